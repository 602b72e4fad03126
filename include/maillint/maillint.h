/* maillint.h: the public interface of libmaillint, and the only public header.
 *
 * libmaillint reads the account files that mail clients export and says, account by account,
 * which documented settings are right, which are wrong, and which the file cannot show.
 * It opens no network connection, runs nothing that it reads, prints nothing, never exits.
 *
 * The shortest use: mlint_config_new, mlint_linter_new, mlint_check, getters of the result,
 * mlint_result_free, mlint_linter_free, mlint_config_free. tools/example has whole programs.
 *
 * What holds for all of it, unless a function says otherwise:
 *
 * - Threads. The library has no state of its own. A config is set up by one thread; from its
 *   first linter on it must not change, and any number of threads may share it. A linter is for
 *   one thread at a time. A result says the same for ever, but places are worked out when they
 *   are asked for, so one thread at a time may use it. Functions without an object may be
 * called by any thread.
 * - Ownership. What a function called _new or mlint_check hands out is the caller's, to be
 *   freed with the _free of its type, which takes NULL. What a getter returns belongs to the
 *   object it was asked of and lives as long: rules and formats as long as the program (a
 *   config's own rules: as the config), files, accounts, fields, verdicts and findings as the
 *   result. To be freed in this order: results, linters, chunks, reports, the config.
 * - Text is NUL-ended UTF-8. Values of a file stand there as written, control characters
 *   included; what the library itself words (messages, reasons, hints, errors) is safe to show
 *   on a terminal and holds no password. Lengths are bytes without the NUL, times milliseconds,
 *   indexes count from 0. Strings that go in are copied.
 * - Failure. A function that can fail returns `enum mlint_status`, and names below each status
 *   that it may return; MLINT_E_NO_MEMORY alone means that the allocator refused. On failure
 *   out-parameters stay as they were and `error`, which may be NULL, is filled; on success it
 * is not touched. A function without a status cannot fail; it takes no NULL for an object or a
 *   callback, and answers an index past the end with NULL.
 * - Structs with a struct_size grow at their end in later versions. Set it to sizeof the
 * struct. One that is larger than the library's is taken, and what the library does not know is
 * not looked at; one that is smaller than that of 0.1.0 is MLINT_E_ARGUMENT.
 * - Enumerations may get more values in later versions, behind those that are there.
 */
#ifndef MAILLINT_MAILLINT_H
#define MAILLINT_MAILLINT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
/* Marks what the shared library shows. Since 0.1.0. */
#define MLINT_API __attribute__((visibility("default")))
/* Marks a status that must be looked at. Since 0.1.0. */
#define MLINT_MUST_USE __attribute__((warn_unused_result))
#else
#define MLINT_API
#define MLINT_MUST_USE
#endif

/* ---- Words ------------------------------------------------------------------------------ */

/* How a call of ours went; says nothing about the user's file (that is a finding).
 * Since 0.1.0. */
enum mlint_status {
    MLINT_OK = 0,        /* done; always 0 */
    MLINT_E_NO_MEMORY,   /* the allocator refused */
    MLINT_E_ARGUMENT,    /* a NULL, an unknown id, a wrong struct_size, a call out of order */
    MLINT_E_IO,          /* a callback of the host, or a temporary file, failed */
    MLINT_E_LIMIT,       /* a named ceiling was reached (lib/source/limits.h) */
    MLINT_E_SETTINGS,    /* a settings, provider, alias or merged text is wrong */
    MLINT_E_UNSUPPORTED, /* this installation lacks the library that the input needs */
    MLINT_E_CANCELLED,   /* a callback of the host asked to stop */
};

/* What came of reading one file. Since 0.1.0. */
enum mlint_file_status {
    MLINT_FILE_OK = 0,       /* read to its end; oddities are findings */
    MLINT_FILE_UNRECOGNISED, /* no known format */
    MLINT_FILE_DAMAGED,      /* ends early or had to be given up; read as far as it goes */
    MLINT_FILE_UNREADABLE,   /* encrypted, locked, no permission, needs a missing library */
    MLINT_FILE_LIMIT, /* larger than a ceiling; what was read before it, if anything, is there
                       */
};

/* How loud a rule is. In rising order, so that levels can be compared. Since 0.1.0. */
enum mlint_level {
    MLINT_OFF = 0, /* the rule does not run */
    MLINT_NOTE,    /* worth knowing */
    MLINT_WARNING, /* asks for trouble */
    MLINT_ERROR,   /* does not work, or not safely */
};

/* What a rule says of an account. In the order in which its servers are joined: the larger
 * wins. Since 0.1.0. */
enum mlint_verdict_kind {
    MLINT_NOT_APPLICABLE = 0, /* the rule has nothing to ask here */
    MLINT_PASS,               /* as documented */
    MLINT_UNKNOWN,            /* the file cannot show it; the reason says where to look */
    MLINT_FAIL,               /* not as documented; there is a finding */
};

/* The mail clients whose files are read. Since 0.1.0. */
enum mlint_client {
    MLINT_CLIENT_NONE = 0,        /* none in particular */
    MLINT_CLIENT_OUTLOOK,         /* Microsoft Outlook */
    MLINT_CLIENT_OUTLOOK_EXPRESS, /* Outlook Express */
    MLINT_CLIENT_WINDOWS_MAIL,    /* Windows Mail, Windows Live Mail */
    MLINT_CLIENT_THUNDERBIRD,     /* Mozilla Thunderbird */
    MLINT_CLIENT_K9,              /* K-9 Mail, Thunderbird for Android */
    MLINT_CLIENT_APPLE_MAIL,      /* Apple Mail on macOS and iOS */
    MLINT_CLIENT_EVOLUTION,       /* GNOME Evolution */
    MLINT_CLIENT_CLAWS_MAIL,      /* Claws Mail, Sylpheed */
    MLINT_CLIENT_COUNT            /* how many there are; grows in later versions */
};

/* How a field came by its value. Since 0.1.0. */
enum mlint_presence {
    MLINT_ABSENT = 0,     /* neither the file nor the client says anything */
    MLINT_WRITTEN,        /* stands in the file */
    MLINT_CLIENT_DEFAULT, /* what the client falls back on, the file being silent */
    MLINT_HIDDEN,         /* there, but sealed or not readable */
};

/* What a server speaks; values of MLINT_FIELD_PROTOCOL. Since 0.1.0. */
enum mlint_protocol {
    MLINT_PROTOCOL_POP3 = 1, /* RFC 1939 */
    MLINT_PROTOCOL_IMAP,     /* RFC 3501, RFC 9051 */
    MLINT_PROTOCOL_SMTP,     /* RFC 5321, RFC 6409 */
    MLINT_PROTOCOL_OTHER     /* Exchange and the like: listed, never judged */
};

/* How a connection is encrypted; values of MLINT_FIELD_SECURITY. Since 0.1.0. */
enum mlint_security {
    MLINT_SECURITY_NONE = 1,             /* not at all */
    MLINT_SECURITY_STARTTLS,             /* RFC 2595 (POP3, IMAP), RFC 3207 (SMTP) */
    MLINT_SECURITY_TLS,                  /* from the first byte: RFC 8314 */
    MLINT_SECURITY_STARTTLS_IF_AVAILABLE /* STARTTLS where offered, else in clear */
};

/* How a client logs in; values of MLINT_FIELD_AUTH. Since 0.1.0. */
enum mlint_auth {
    MLINT_AUTH_PASSWORD_CLEARTEXT =
        1,                         /* the password as it is: USER, LOGIN, PLAIN (RFC 4616) */
    MLINT_AUTH_PASSWORD_ENCRYPTED, /* CRAM-MD5 (RFC 2195), APOP (RFC 1939), digests */
    MLINT_AUTH_NTLM,               /* [MS-NLMP]: SPA, NTLM, MSN, Sicily */
    MLINT_AUTH_KERBEROS,           /* GSSAPI (RFC 4752) */
    MLINT_AUTH_OAUTH2,             /* OAUTHBEARER (RFC 7628), XOAUTH2 */
    MLINT_AUTH_CERTIFICATE,        /* the client's TLS certificate: EXTERNAL (RFC 4422) */
    MLINT_AUTH_NONE,               /* no login */
    MLINT_AUTH_ANY,                /* whatever the server offers */
    MLINT_AUTH_ANY_SECURE,         /* whatever it offers that does not show the password */
    MLINT_AUTH_POP_BEFORE_SMTP,    /* mail is fetched first; Outlook's and Claws Mail's */
};

/* What a file holds of a password; values of MLINT_FIELD_PASSWORD. Since 0.1.0. */
enum mlint_password {
    MLINT_PASSWORD_ABSENT = 1, /* not in this file */
    MLINT_PASSWORD_ENCRYPTED,  /* sealed by the client or the system */
    MLINT_PASSWORD_READABLE    /* in clear, or as good as */
};

/* The fields of one side (a server) of an account, and of the account itself. Each has a type:
 * text, number, flag (0 or 1) or one of the enumerations above. Since 0.1.0. */
enum mlint_field_id {
    MLINT_FIELD_PROTOCOL = 0,     /* enum mlint_protocol */
    MLINT_FIELD_HOST,             /* text: the server's name, as written */
    MLINT_FIELD_PORT,             /* number; as written, also outside 1 to 65535 */
    MLINT_FIELD_SECURITY,         /* enum mlint_security */
    MLINT_FIELD_AUTH,             /* enum mlint_auth */
    MLINT_FIELD_USERNAME,         /* text: the login name, as written */
    MLINT_FIELD_PASSWORD,         /* enum mlint_password; never the password itself */
    MLINT_FIELD_CHECK_ENABLED,    /* flag: polls at intervals (incoming) */
    MLINT_FIELD_CHECK_AT_START,   /* flag: polls when the client starts (incoming) */
    MLINT_FIELD_INTERVAL,         /* number: milliseconds between polls, 0 never (incoming) */
    MLINT_FIELD_LEAVE_ON_SERVER,  /* flag: fetched mail stays there (incoming) */
    MLINT_FIELD_SAME_AS_INCOMING, /* flag: logs in with the incoming name (outgoing) */
    MLINT_SIDE_FIELD_COUNT,       /* fields of a side are below, the account's from here on */
    MLINT_FIELD_NAME = MLINT_SIDE_FIELD_COUNT, /* text: the account's label */
    MLINT_FIELD_ENABLED,                       /* flag: the client uses the account */
    MLINT_FIELD_ONLINE,                        /* flag: not taken offline (Apple Mail) */
    MLINT_FIELD_ADDRESS,                       /* text: the account's own address */
    MLINT_FIELD_COUNT                          /* how many there are */
};

/* Which server of an account: 0 the incoming one, 1 the outgoing one, 2 and up its
 * alternatives. Since 0.1.0. */
enum {
    MLINT_INCOMING = 0, /* mail is fetched from it */
    MLINT_OUTGOING = 1, /* mail is sent through it */
};

/* "off", "note", "warning", "error"; NULL if out of range. Since 0.1.0. */
MLINT_API const char *mlint_level_name(enum mlint_level level);
/* "not-applicable", "pass", "unknown", "fail"; NULL if out of range. Since 0.1.0. */
MLINT_API const char *mlint_verdict_name(enum mlint_verdict_kind kind);
/* "outlook", "thunderbird", ..., "any" for MLINT_CLIENT_NONE; NULL if out of range.
 * Since 0.1.0. */
MLINT_API const char *mlint_client_name(enum mlint_client client);
/* "ok", "unrecognised", "damaged", "unreadable", "limit"; NULL if out of range. Since 0.1.0. */
MLINT_API const char *mlint_file_status_name(enum mlint_file_status status);
/* "absent", "written", "client-default", "hidden"; NULL if out of range. Since 0.1.0. */
MLINT_API const char *mlint_presence_name(enum mlint_presence presence);
/* A status in a few words, such as "out of memory"; NULL if out of range. Since 0.1.0. */
MLINT_API const char *mlint_status_text(enum mlint_status status);
/* A field as reports and settings write it: "incoming.username", "outgoing.port",
 * "outgoing[1].host" (side 2, the first alternative), "name". Written into buffer, which is
 * returned; NULL if id is out of range. Since 0.1.0. */
MLINT_API const char *mlint_field_name(unsigned side, enum mlint_field_id id, char buffer[48]);
/* The version of the library that runs, "MAJOR.MINOR.PATCH". Since 0.1.0. */
MLINT_API const char *mlint_version(void);

/* ---- Errors and memory ------------------------------------------------------------------ */

/* Room for an error's text, with its NUL; longer ones are cut. Our own choice: a path and a
 * sentence. Since 0.1.0. */
#define MLINT_ERROR_TEXT 512

/* A failure in words, kept by the caller. Needs no preparation. Since 0.1.0. */
struct mlint_error {
    enum mlint_status status;       /* the same that the call returned */
    unsigned line;                  /* of the text that was given, from 1; 0: none to name */
    char message[MLINT_ERROR_TEXT]; /* NUL-ended, one line, no control characters */
};

/* The caller's memory. Everything that libmaillint itself allocates comes from here and goes
 * back; the libraries it opens on need (libxml2, SQLite, libarchive, hivex, libcrypto) use
 * their own. Called by every thread that uses the config it was given with, so it has to be
 * thread-safe if they are several. Since 0.1.0. */
struct mlint_allocator {
    void *(*alloc)(void *user, size_t size); /* as malloc: aligned for any type, or NULL */
    void (*free)(void *user, void *pointer); /* as free; pointer may be NULL */
    void *user;                              /* handed to both */
};

/* ---- Settings --------------------------------------------------------------------------- */

/* The settings of a run, its rules and its providers. Since 0.1.0. */
struct mlint_config;

/* A config with the default settings, the built-in rules and the built-in providers. allocator
 * may be NULL (malloc and free); it must outlive the config and all that is made from it. Free
 * *out with mlint_config_free. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: out is NULL
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_config_new(struct mlint_config **out, const struct mlint_allocator *allocator,
                 struct mlint_error *error);
/* Free a config, after its linters and reports; closes its plug-ins. Since 0.1.0. */
MLINT_API void mlint_config_free(struct mlint_config *config);

/* Set one setting by name. Values are trimmed; a list is separated by commas.
 * - alias: ALIAS=MAIN, two addresses; adds one
 * - allow-plugins: yes, no: whether settings files may name plug-ins (no)
 * - baseline: a path, see mlint_config_baseline
 * - code-page: 1 to 65535: of 8-bit text that is not UTF-8 (1252, Western Windows)
 * - domain: DOMAIN=PROVIDER; adds one
 * - fail-on: error, warning, note, never (warning)
 * - ignore: rules that shall not run
 * - include-disabled: yes, no: judge accounts that the client does not use (no)
 * - installation: a folder that sets a Thunderbird up, its application folder or one that
 *   holds usr/lib/thunderbird; see mlint_config_add_installation_file
 * - limit-memory: 1 to 1023 MiB for one result (256)
 * - limit-size: 1 to 1023 MiB for one input, and for one archive member (128)
 * - min-interval: 0 to 10080 minutes, a week, for check-interval (10, as Turbify's help)
 * - no-plugins-in: a folder below which no plug-in is taken; adds one
 * - plugin: path of a shared object with rules; loads it
 * - protocols: pop3 or pop3,imap: which accounts check-interval asks (pop3)
 * - provider: id of a provider that all accounts are held against (chosen by account)
 * - read-passwords: yes, no: open the saved passwords of a Thunderbird profile (no)
 * - select: the only rules that shall run, those about a file's syntax aside
 * - severity: RULE=LEVEL
 * - working-folder: what relative names of files are relative to, which the globs of
 *   [path GLOB] sections need; not from settings files
 * origin (may be NULL) says in mlint_config_each where the value came from. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: config, name or value is NULL, or a plug-in has a rule that
 *   mlint_config_add_rule would not take
 * - MLINT_E_SETTINGS: no such setting, rule, level, provider or plug-in, or a value out of
 *   range (the message names the nearest right word)
 * - MLINT_E_LIMIT: a plug-in has more than 256 rules with those that are there
 *   (MLINT_LIMIT_RULES)
 * - MLINT_E_NO_MEMORY: the config is then only good to be freed */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_config_set(struct mlint_config *config,
                                                            const char *name, const char *value,
                                                            const char *origin,
                                                            struct mlint_error *error);
/* Take in a settings file's text, INI as in .maillint.ini: [maillint], [severity], [aliases],
 * [domains], [rule NAME]. name (may be NULL) stands in messages and origins, "NAME:LINE". Of a
 * wrong text everything before the wrong line has been taken in. data may be NULL if length is
 * 0. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: config or data is NULL
 * - MLINT_E_SETTINGS: a line is wrong, error->line says which
 * - MLINT_E_NO_MEMORY: the config is then only good to be freed */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_config_load(struct mlint_config *config,
                                                             const char *name, const char *data,
                                                             size_t length,
                                                             struct mlint_error *error);
/* Add a provider, and make it the one that all accounts are held against. The text is INI or a
 * Mozilla clientConfig, told apart by their first character; name (may be NULL) stands in
 * messages and names a clientConfig without an id. data may be NULL if length is 0. Since
 * 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: config or data is NULL
 * - MLINT_E_SETTINGS: the text is wrong, error->line says where if it is INI
 * - MLINT_E_UNSUPPORTED: the module that reads XML is not installed
 * - MLINT_E_NO_MEMORY: the config is then only good to be freed */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_config_add_provider(struct mlint_config *config, const char *name, const char *data,
                          size_t length, struct mlint_error *error);
/* Add aliases, "alias,main" a line; empty lines and those that begin with # are passed over.
 * name (may be NULL) stands in messages and origins. Of a wrong text everything before the
 * wrong line has been taken in. data may be NULL if length is 0. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: config or data is NULL
 * - MLINT_E_SETTINGS: a line is wrong, error->line says which
 * - MLINT_E_NO_MEMORY: the config is then only good to be freed */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_config_add_aliases(struct mlint_config *config, const char *name, const char *data,
                         size_t length, struct mlint_error *error);
/* Add a file that sets up the Thunderbird whose profiles are linted: each of them is judged as
 * it is beside these. path is its place in the application's folder ("defaults/pref/X.js",
 * "distribution/policies.json", "mozilla.cfg") or below /etc/thunderbird ("pref/X.js",
 * "policies/policies.json"), name what reports call it (NULL: path). The strings and data are
 * copied; data may be NULL if length is 0. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: config or path is NULL, or data with a length
 * - MLINT_E_SETTINGS: there are more than 64 of them (MLINT_LIMIT_INSTALLATION)
 * - MLINT_E_NO_MEMORY: the config is then only good to be freed */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_config_add_installation_file(struct mlint_config *config, const char *path,
                                   const char *name, const void *data, size_t length,
                                   struct mlint_error *error);
/* Call visit for each setting that has one value ("by account" where no provider was set), then
 * for "severity RULE" of each rule, "alias ADDRESS", "domain DOMAIN" and "path GLOB: NAME" as
 * there are, with its
 * value as mlint_config_set takes it and where it came from: "default", the origin given with
 * it, "the program" without one. The strings live until visit returns. Stops when visit returns
 * non-zero, and returns that; else 0. Since 0.1.0. */
MLINT_API int mlint_config_each(const struct mlint_config *config,
                                int (*visit)(void *user, const char *name, const char *value,
                                             const char *origin),
                                void *user);
/* The same, as it is for one file, named as reports name it: with the [path GLOB] sections that
 * match it. 0 also without memory. Since 0.1.0. */
MLINT_API int mlint_config_each_for(const struct mlint_config *config, const char *path,
                                    int (*visit)(void *user, const char *name,
                                                 const char *value, const char *origin),
                                    void *user);
/* The level of a rule under these settings; MLINT_OFF for one that is off or unknown.
 * Since 0.1.0. */
MLINT_API enum mlint_level mlint_config_level(const struct mlint_config *config,
                                              const char *rule);
/* The level at and above which a run counts as failed; MLINT_OFF means never. Since 0.1.0. */
MLINT_API enum mlint_level mlint_config_fail_on(const struct mlint_config *config);

/* The setting "baseline": the file that whoever runs shall read with mlint_baseline_new, or
 * NULL; the library opens no file of its own accord. From a settings file it is relative to
 * that file's folder, which stands before it. Lives as long as the config. Since 0.1.0. */
MLINT_API const char *mlint_config_baseline(const struct mlint_config *config);

/* ---- Rules and formats ------------------------------------------------------------------ */

/* One question that is put to every account, or to every file. Since 0.1.0. */
struct mlint_rule;

/* How many rules are built in. Since 0.1.0. */
MLINT_API size_t mlint_rule_count(void);
/* A built-in rule, in the order of their ids; NULL past the end. Since 0.1.0. */
MLINT_API const struct mlint_rule *mlint_rule_at(size_t index);
/* The built-in rule of that id; NULL if there is none, or id is NULL. Since 0.1.0. */
MLINT_API const struct mlint_rule *mlint_rule_find(const char *id);
/* Its id, "username-lowercase": lower-case letters, digits, hyphens; never changes.
 * Since 0.1.0. */
MLINT_API const char *mlint_rule_id(const struct mlint_rule *rule);
/* The level it has unless settings change it. Since 0.1.0. */
MLINT_API enum mlint_level mlint_rule_level(const struct mlint_rule *rule);
/* What it asks, in one sentence. Never NULL. Since 0.1.0. */
MLINT_API const char *mlint_rule_brief(const struct mlint_rule *rule);
/* Why it asks, a paragraph. Never NULL. Since 0.1.0. */
MLINT_API const char *mlint_rule_why(const struct mlint_rule *rule);
/* Where that is documented. Never NULL. Since 0.1.0. */
MLINT_API const char *mlint_rule_source(const struct mlint_rule *rule);
/* What to do in that client (MLINT_CLIENT_NONE: in any); NULL where the rule has no step for
 * it, or client is out of range. Since 0.1.0. */
MLINT_API const char *mlint_rule_step(const struct mlint_rule *rule, enum mlint_client client);
/* 1 if the rule speaks of the file rather than of an account (syntax, encoding, ...), and so
 * gives findings but no verdicts; else 0. Since 0.1.0. */
MLINT_API int mlint_rule_is_reader(const struct mlint_rule *rule);

/* How many rules a config has: the built-in ones and, behind them, those that its settings
 * ([rule NAME]), plug-ins and host have added. At most 256 (MLINT_LIMIT_RULES). Since 0.1.0. */
MLINT_API size_t mlint_config_rule_count(const struct mlint_config *config);
/* A rule of a config, in the order in which they were added; NULL past the end. Since 0.1.0. */
MLINT_API const struct mlint_rule *mlint_config_rule_at(const struct mlint_config *config,
                                                        size_t index);

/* An account that a file holds. Since 0.1.0. */
struct mlint_account;
/* One value of an account. Since 0.1.0. */
struct mlint_field;
/* What was found in one input. Since 0.1.0. */
struct mlint_result;
/* A rule of the host at work on one account; lives until its check returns. Since 0.1.0. */
struct mlint_judging;

/* A rule of the host's own. Since 0.1.0. */
struct mlint_host_rule {
    size_t struct_size;     /* sizeof(struct mlint_host_rule) */
    const char *id;         /* 1 to 64 lower-case letters, digits, hyphens; a letter first */
    enum mlint_level level; /* settings may change it, as any rule's */
    const char *brief;      /* one sentence: what is asked; not NULL */
    const char *why;        /* a paragraph; NULL: brief */
    const char *step;       /* what to do, the hint of findings without one, or NULL */
    const char *source;     /* where it is documented; NULL: "the program that ..." */
    /* Judge an account by its getters (result is NULL for mlint_field_text) and say so with the
     * functions below; the worst that was said is the verdict, and nothing said is
     * not-applicable. Every thread that lints calls it; it must not keep its arguments. */
    void (*check)(void *user, struct mlint_judging *judging,
                  const struct mlint_account *account);
    void *user; /* handed to check; must outlive the config */
};

/* Add a rule, before settings that name it and before the first linter. Its strings are copied.
 * Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: config or rule is NULL, or the rule has a wrong struct_size, id or level,
 *   no brief or no check
 * - MLINT_E_SETTINGS: there is a rule of that id
 * - MLINT_E_LIMIT: there are 256 rules (MLINT_LIMIT_RULES)
 * - MLINT_E_NO_MEMORY: the config is then only good to be freed */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_config_add_rule(struct mlint_config *config, const struct mlint_host_rule *rule,
                      struct mlint_error *error);
/* The account fails: a finding at a field. MLINT_FIELD_NAME, or a side or field that is not
 * there: at the account as a whole. message NULL: the rule's brief; hint NULL: the rule's step.
 * Texts are copied, cleaned of control characters and cut after 1023 bytes. Since 0.1.0. */
MLINT_API void mlint_judging_fail(struct mlint_judging *judging, unsigned side,
                                  enum mlint_field_id field, const char *message,
                                  const char *hint);
/* The account is as the rule asks. Since 0.1.0. */
MLINT_API void mlint_judging_pass(struct mlint_judging *judging);
/* The file cannot show it; reason (copied) says why. NULL: "the rule cannot tell".
 * Since 0.1.0. */
MLINT_API void mlint_judging_unknown(struct mlint_judging *judging, const char *reason);
/* The rule has nothing to ask of this account; reason (copied) may be NULL. Since 0.1.0. */
MLINT_API void mlint_judging_not_applicable(struct mlint_judging *judging, const char *reason);

/* A kind of file that can be read. Since 0.1.0. */
struct mlint_format;

/* How many formats there are, those of missing libraries included. Since 0.1.0. */
MLINT_API size_t mlint_format_count(void);
/* A format, in the order of their ids; NULL past the end. Since 0.1.0. */
MLINT_API const struct mlint_format *mlint_format_at(size_t index);
/* The format of that id; NULL if there is none, or id is NULL. Since 0.1.0. */
MLINT_API const struct mlint_format *mlint_format_find(const char *id);
/* Its id, "outlook-reg"; never changes. Since 0.1.0. */
MLINT_API const char *mlint_format_id(const struct mlint_format *format);
/* Its name for people. Never NULL. Since 0.1.0. */
MLINT_API const char *mlint_format_title(const struct mlint_format *format);
/* What in a file's content tells this format. Never NULL. Since 0.1.0. */
MLINT_API const char *mlint_format_recognised_by(const struct mlint_format *format);
/* The client that writes it. Since 0.1.0. */
MLINT_API enum mlint_client mlint_format_client(const struct mlint_format *format);
/* 1 if this build can read it; 0 if the library it needs was left out. Since 0.1.0. */
MLINT_API int mlint_format_available(const struct mlint_format *format);

/* ---- Plug-ins: rules in a shared object ------------------------------------------------- */

/* The version of what follows; a plug-in of another one is refused. Since 0.1.0. */
#define MLINT_PLUGIN_ABI 1

/* The library's functions that a plug-in may call; it links with nothing. Lives as long as the
 * plug-in. Since 0.1.0. */
struct mlint_plugin_host {
    unsigned abi;       /* MLINT_PLUGIN_ABI of the library */
    size_t struct_size; /* the library's; later versions append */
    /* mlint_judging_fail */
    void (*fail)(struct mlint_judging *judging, unsigned side, enum mlint_field_id field,
                 const char *message, const char *hint);
    /* mlint_judging_pass */
    void (*pass)(struct mlint_judging *judging);
    /* mlint_judging_unknown */
    void (*unknown)(struct mlint_judging *judging, const char *reason);
    /* mlint_judging_not_applicable */
    void (*not_applicable)(struct mlint_judging *judging, const char *reason);
    /* mlint_account_client */
    enum mlint_client (*account_client)(const struct mlint_account *account);
    /* mlint_account_key */
    const char *(*account_key)(const struct mlint_account *account);
    /* mlint_account_address_count */
    size_t (*account_address_count)(const struct mlint_account *account);
    /* mlint_account_address */
    const char *(*account_address)(const struct mlint_account *account, size_t index);
    /* mlint_account_side_count */
    size_t (*account_side_count)(const struct mlint_account *account);
    /* mlint_account_field */
    const struct mlint_field *(*account_field)(const struct mlint_account *account,
                                               unsigned side, enum mlint_field_id id);
    /* mlint_field_presence */
    enum mlint_presence (*field_presence)(const struct mlint_field *field);
    /* mlint_field_number */
    int64_t (*field_number)(const struct mlint_field *field);
    /* mlint_field_text */
    const char *(*field_text)(const struct mlint_result *result,
                              const struct mlint_field *field, enum mlint_field_id id,
                              char buffer[32]);
};

/* What a plug-in gives; it must stay where it is until the plug-in is closed. Since 0.1.0. */
struct mlint_plugin {
    unsigned abi;                        /* MLINT_PLUGIN_ABI */
    size_t struct_size;                  /* sizeof(struct mlint_plugin), exactly */
    size_t rule_size;                    /* sizeof(struct mlint_host_rule), exactly */
    const struct mlint_host_rule *rules; /* as for mlint_config_add_rule */
    size_t rule_count;                   /* how many */
};

/* A plug-in defines this function; the number is the ABI's. It returns NULL if it cannot work
 * with that host. The setting `plugin` (a path) loads it: from a program's own call always,
 * from a settings file only after the program has set `allow-plugins` to yes, and from no
 * folder that it has named with `no-plugins-in`. Since 0.1.0. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const struct mlint_plugin *
mlint_plugin_1(const struct mlint_plugin_host *host);

/* ---- Linting ---------------------------------------------------------------------------- */

/* One thread's working memory, which it keeps from input to input. Since 0.1.0. */
struct mlint_linter;
/* One file of an input. Since 0.1.0. */
struct mlint_file;
/* Something that is wrong with a file or an account. Since 0.1.0. */
struct mlint_finding;

/* A linter with the settings of config, which must outlive it and must not change any more.
 * Free *out with mlint_linter_free. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: out or config is NULL
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_linter_new(struct mlint_linter **out,
                                                            const struct mlint_config *config,
                                                            struct mlint_error *error);
/* Free a linter, after its results. Since 0.1.0. */
MLINT_API void mlint_linter_free(struct mlint_linter *linter);
/* Have progress asked whether the call that runs (mlint_check, mlint_check_file,
 * mlint_check_each, mlint_dump) shall go on: before each file, archive member and account, by
 * the thread that called. 0: yes; else it ends, without a result and without asking again, with
 * MLINT_E_CANCELLED, and the linter is as good as before. progress NULL: never ask. linter
 * NULL: does nothing. Since 0.1.0. */
MLINT_API void mlint_linter_set_progress(struct mlint_linter *linter,
                                         int (*progress)(void *user), void *user);

/* Bytes to be linted. The struct itself is not looked at after the call. Since 0.1.0. */
struct mlint_input {
    size_t struct_size; /* sizeof(struct mlint_input) */
    const char *name;   /* what reports call it; UTF-8 or bytes. NULL: "-" */
    const void *data;   /* must live until the result is freed; never written to */
    size_t length;      /* bytes; 0: data may be NULL */
    const char *format; /* read it as the format of this id; NULL: recognise it by content */
    /* Look up a file beside this one, "user.js", also in folders above, "../name". Set data and
     * length, alive until the result is freed, and return 1; or return 0. Called by the thread
     * that lints, within the call. NULL: there are none. Archives have their own and do not
     * ask. */
    int (*companion)(void *user, const char *name, const void **data, size_t *length);
    void *user; /* handed to companion and list */
    /* The names in a folder beside this file ("": its own, "..", "../defaults/pref"), in any
     * order, those of folders with a '/' behind them: that of number index, alive until the
     * next call, or NULL at the end. Called as companion is. NULL: folders are not listed. */
    const char *(*list)(void *user, const char *folder, size_t index);
};

/* Lint one buffer, whatever its bytes. What is wrong with them, a ceiling that was reached
 * included, is in the result: in its files' statuses and in its findings. Free *out with
 * mlint_result_free; one linter may have several results at a time. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: linter, input or out is NULL, input has a wrong struct_size or a length
 *   without data, or no format has the id that it forces
 * - MLINT_E_CANCELLED: the linter's progress said so
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_check(struct mlint_linter *linter,
                                                       const struct mlint_input *input,
                                                       struct mlint_result **out,
                                                       struct mlint_error *error);
/* How mlint_check_file goes about a file; flags to be added up. Since 0.1.0. */
enum mlint_file_flags {
    /* Files beside it (user.js beside prefs.js) are read as well, but no links or pipes. */
    MLINT_FILE_BESIDE = 1,
    /* A folder's listing has just called it a regular file, and its file system lies on a disk:
     * what one read leaves out is not there, so nothing more is asked. It is not followed if it
     * has become a link. Saves a fifth of what a small file costs. Up to sixteen such files are
     * closed together: by later calls for that linter, at the latest when it is freed. Until
     * then the descriptors are the linter's: nobody else may close them. */
    MLINT_FILE_LISTED = 2
};

/* Lint a file: path is opened relative to directory (a descriptor, or AT_FDCWD), links
 * followed; name is what reports call it (NULL: path); format as in struct mlint_input; flags
 * are of enum mlint_file_flags. A file that cannot be opened or read gives a result whose one
 * file is MLINT_FILE_UNREADABLE and says why. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: linter, path or out is NULL, or no format has that id
 * - MLINT_E_CANCELLED: the linter's progress said so
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_check_file(struct mlint_linter *linter, int directory, const char *path, const char *name,
                 const char *format, unsigned flags, struct mlint_result **out,
                 struct mlint_error *error);
/* Free a result, before its linter; memory that held passwords is wiped. Since 0.1.0. */
MLINT_API void mlint_result_free(struct mlint_result *result);

/* What mlint_check_each calls: for each file in order `file`, then `account` for each of its
 * accounts, then `finding` for each of its findings. A NULL is left out; non-zero ends the
 * call. What they are given lives until they return. Since 0.1.0. */
struct mlint_visitor {
    size_t struct_size; /* sizeof(struct mlint_visitor) */
    /* A file of the input, read as far as its status says. */
    int (*file)(void *user, const struct mlint_result *result, const struct mlint_file *file);
    /* An account of that file; its verdicts are in the result. */
    int (*account)(void *user, const struct mlint_result *result,
                   const struct mlint_account *account);
    /* A finding of that file. */
    int (*finding)(void *user, const struct mlint_result *result,
                   const struct mlint_finding *finding);
    void *user; /* handed to all three */
};

/* Lint one buffer and hand over what was found piece by piece; there is no result to free. An
 * input is handed over once all of it was read, an archive too: rules that compare accounts
 * (single-pop-session, leave-on-server) need those of all its members, and user.js may come in
 * it long after prefs.js. So what grows with an input grows up to limit-memory; what does not
 * grow is memory from input to input. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: linter, input or visitor is NULL, one has a wrong struct_size, input has
 *   a length without data, or no format has the id that it forces
 * - MLINT_E_CANCELLED: the visitor or the linter's progress said so
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_check_each(struct mlint_linter *linter,
                                                            const struct mlint_input *input,
                                                            const struct mlint_visitor *visitor,
                                                            struct mlint_error *error);

/* ---- Results ---------------------------------------------------------------------------- */

/* A place. Of a password only the beginning is told: where it ends would tell its length.
 * Since 0.1.0. */
struct mlint_location {
    unsigned line;       /* from 1; 0: the file has no lines, or the place is not in it */
    unsigned column;     /* from 1, in characters; 0: it would tell how long a password is */
    unsigned end_line;   /* of what stands just past the last character */
    unsigned end_column; /* the same */
    int64_t byte_offset; /* in the file as the user has it; -1: unknown */
    int64_t byte_length; /* 0 where byte_offset is -1, and of passwords */
    const char *path;    /* the place in the client's own terms; never NULL, may be "" */
};

/* How many files the input has: one, or each account file of an archive; never 0.
 * Since 0.1.0. */
MLINT_API size_t mlint_result_file_count(const struct mlint_result *result);
/* A file, in the order in which they were read; NULL past the end. Since 0.1.0. */
MLINT_API const struct mlint_file *mlint_result_file(const struct mlint_result *result,
                                                     size_t index);
/* Its name as given, and for an archive's member "export.zip!profile/prefs.js". Bytes as given,
 * UTF-8 or not. Since 0.1.0. */
MLINT_API const char *mlint_file_path(const struct mlint_file *file);
/* What it was read as; NULL where that is not known. Since 0.1.0. */
MLINT_API const struct mlint_format *mlint_file_format(const struct mlint_file *file);
/* What came of reading it. Since 0.1.0. */
MLINT_API enum mlint_file_status mlint_file_status(const struct mlint_file *file);
/* The status in words, or who signed the file; NULL: there is nothing to add. Since 0.1.0. */
MLINT_API const char *mlint_file_detail(const struct mlint_file *file);
/* How many accounts of the result are this file's. Since 0.1.0. */
MLINT_API size_t mlint_file_account_count(const struct mlint_file *file);

/* How many accounts all files have, live or not. Since 0.1.0. */
MLINT_API size_t mlint_result_account_count(const struct mlint_result *result);
/* An account, in the order of files and of their text; NULL past the end. Since 0.1.0. */
MLINT_API const struct mlint_account *mlint_result_account(const struct mlint_result *result,
                                                           size_t index);
/* The index of its file. Since 0.1.0. */
MLINT_API size_t mlint_account_file(const struct mlint_account *account);
/* Its name in the client's own terms: "server1", "00000002", "PayloadContent[0]".
 * Since 0.1.0. */
MLINT_API const char *mlint_account_key(const struct mlint_account *account);
/* The client whose account it is. Since 0.1.0. */
MLINT_API enum mlint_client mlint_account_client(const struct mlint_account *account);
/* Why the client itself does not use the account (disabled, deleted); NULL: it does.
 * Since 0.1.0. */
MLINT_API const char *mlint_account_not_live(const struct mlint_account *account);
/* The id of the provider that it was held against; NULL: none in particular. Since 0.1.0. */
MLINT_API const char *mlint_account_provider(const struct mlint_account *account);
/* How many addresses the file gives it, at most 64 (MLINT_LIMIT_ADDRESSES). Since 0.1.0. */
MLINT_API size_t mlint_account_address_count(const struct mlint_account *account);
/* An address as written, the account's own first; NULL past the end. Since 0.1.0. */
MLINT_API const char *mlint_account_address(const struct mlint_account *account, size_t index);
/* How many servers it has: 1 the incoming one only, 2 an outgoing one too, more with outgoing
 * alternatives, at most 17 (MLINT_LIMIT_OUTGOING). Since 0.1.0. */
MLINT_API size_t mlint_account_side_count(const struct mlint_account *account);
/* A field of one side; the account's own fields (MLINT_FIELD_NAME and up) ignore side. Never
 * NULL: what is not there, a side or id past the end included, is MLINT_ABSENT. Since 0.1.0. */
MLINT_API const struct mlint_field *mlint_account_field(const struct mlint_account *account,
                                                        unsigned side, enum mlint_field_id id);
/* How the field came by its value. Since 0.1.0. */
MLINT_API enum mlint_presence mlint_field_presence(const struct mlint_field *field);
/* The value of a number, flag or enumeration; 0 for texts and for what is absent. Since 0.1.0.
 */
MLINT_API int64_t mlint_field_number(const struct mlint_field *field);
/* The value of a text as written; of the others the word or digits that reports print,
 * intervals in minutes. "" if absent, never NULL. id is the one the field was got by; result
 * may be NULL. Lives as long as both the result and buffer. Since 0.1.0. */
MLINT_API const char *mlint_field_text(const struct mlint_result *result,
                                       const struct mlint_field *field, enum mlint_field_id id,
                                       char buffer[32]);
/* Where the field stands. Returns 1, or 0 and the path alone for a value that is not written or
 * has no place in the file. The path lives as long as the result. Since 0.1.0. */
MLINT_API int mlint_field_locate(const struct mlint_result *result,
                                 const struct mlint_field *field, struct mlint_location *out);

/* The name of the file that a field stands in (user.js over prefs.js), or NULL for a value that
 * is not written. Lives as long as the result. Since 0.1.0. */
MLINT_API const char *mlint_field_source(const struct mlint_result *result,
                                         const struct mlint_field *field);

/* What a rule says of an account. Since 0.1.0. */
struct mlint_verdict {
    const struct mlint_rule *rule; /* never NULL */
    size_t account; /* index, or MLINT_NO_ACCOUNT where it is about a file's own setting */
    size_t file;    /* index of its file */
    enum mlint_verdict_kind kind; /* what was said */
    const char *reason;           /* of unknown and not-applicable; or NULL */
};
/* Stands for an index where there is no account. Since 0.1.0. */
#define MLINT_NO_ACCOUNT ((size_t)-1)

/* How many verdicts there are: one for each account that is judged and each rule that is not
 * off. Since 0.1.0. */
MLINT_API size_t mlint_result_verdict_count(const struct mlint_result *result);
/* A verdict, in the order of accounts and of the config's rules; NULL past the end.
 * Since 0.1.0. */
MLINT_API const struct mlint_verdict *mlint_result_verdict(const struct mlint_result *result,
                                                           size_t index);

/* How many findings there are, at most 10000 (MLINT_LIMIT_FINDINGS). Since 0.1.0. */
MLINT_API size_t mlint_result_finding_count(const struct mlint_result *result);
/* A finding, in the order of files, places and rules; NULL past the end. Since 0.1.0. */
MLINT_API const struct mlint_finding *mlint_result_finding(const struct mlint_result *result,
                                                           size_t index);
/* The rule that it comes from. Since 0.1.0. */
MLINT_API const struct mlint_rule *mlint_finding_rule(const struct mlint_finding *finding);
/* How loud it is: the rule's level under the config, or MLINT_NOTE for a remark. Since 0.1.0.
 */
MLINT_API enum mlint_level mlint_finding_level(const struct mlint_finding *finding);
/* What is wrong, in one sentence. Never NULL. Since 0.1.0. */
MLINT_API const char *mlint_finding_message(const struct mlint_finding *finding);
/* What to do; NULL where the message says it. Since 0.1.0. */
MLINT_API const char *mlint_finding_hint(const struct mlint_finding *finding);
/* The index of its account, or MLINT_NO_ACCOUNT. Since 0.1.0. */
MLINT_API size_t mlint_finding_account(const struct mlint_finding *finding);
/* The index of its file. Since 0.1.0. */
MLINT_API size_t mlint_finding_file(const struct mlint_finding *finding);
/* The field that it is about, as mlint_field_name writes it; NULL: none. Since 0.1.0. */
MLINT_API const char *mlint_finding_field(const struct mlint_finding *finding);
/* Where it stands. Returns 1, or 0 and the path alone where it has no place in the file. The
 * path lives as long as the result. Since 0.1.0. */
MLINT_API int mlint_finding_locate(const struct mlint_result *result,
                                   const struct mlint_finding *finding,
                                   struct mlint_location *out);
/* The name of the file that the place is in: the finding's own, or another that was read with
 * it ("profile/user.js", "app/distribution/policies.json"). Since 0.1.0. */
MLINT_API const char *mlint_finding_source(const struct mlint_result *result,
                                           const struct mlint_finding *finding);
/* How many places have to do with it, such as an earlier value of the same name. Since 0.1.0.
 */
MLINT_API size_t mlint_finding_related_count(const struct mlint_finding *finding);
/* One of those places, as mlint_finding_locate; 0 past the end, and out untouched.
 * Since 0.1.0. */
MLINT_API int mlint_finding_related_locate(const struct mlint_result *result,
                                           const struct mlint_finding *finding, size_t index,
                                           struct mlint_location *out);
/* The name of the file that it is in; NULL past the end. Since 0.1.0. */
MLINT_API const char *mlint_finding_related_source(const struct mlint_result *result,
                                                   const struct mlint_finding *finding,
                                                   size_t index);
/* What a safe fix would write instead, in the file's own spelling; NULL: there is none.
 * Since 0.1.0. */
MLINT_API const char *mlint_finding_replacement(const struct mlint_finding *finding);

/* 16 hexadecimal digits that name the finding from run to run, wherever its file lies and in
 * whatever order its lines stand: SARIF and baselines use them. Findings that say the same of
 * one account have the same name. "" without memory. Lives as long as the result.
 * Since 0.1.0. */
MLINT_API const char *mlint_finding_fingerprint(const struct mlint_result *result,
                                                const struct mlint_finding *finding);

/* ---- A run over many results, and its report -------------------------------------------- */

/* A report being written. Since 0.1.0. */
struct mlint_report;
/* Results of one thread, rendered and not yet appended. Since 0.1.0. */
struct mlint_chunk;

/* Findings that a run need not report again: a text that an earlier run has written, a line
 * that says what it is and then a finding a line, "FINGERPRINT RULE PATH". It holds no password
 * and nothing made of one. Since 0.1.0. */
struct mlint_baseline;

/* Read a baseline's text; name (NULL: "baseline") is for messages. Both are copied; data may be
 * NULL if length is 0. allocator may be NULL, and must outlive the baseline, which is freed
 * with mlint_baseline_free, after the reports that use it; any number of threads may share it.
 * Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: out is NULL, or data with a length
 * - MLINT_E_SETTINGS: a line is none: error->line says which, its text is not quoted
 * - MLINT_E_LIMIT: more than a million lines (MLINT_LIMIT_BASELINE)
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_baseline_new(struct mlint_baseline **out, const struct mlint_allocator *allocator,
                   const char *name, const char *data, size_t length,
                   struct mlint_error *error);
/* Free a baseline, after the reports that use it. Since 0.1.0. */
MLINT_API void mlint_baseline_free(struct mlint_baseline *baseline);

/* A suppression that suppressed nothing. The strings live until the callback returns.
 * Since 0.1.0. */
struct mlint_unused {
    size_t struct_size; /* sizeof(struct mlint_unused) of the library */
    const char *origin; /* "FILE:LINE" of the baseline or settings file */
    const char *what;   /* the rule of a baseline's entry, or "[path GLOB]" of the settings */
    const char *path;   /* the file that the entry names; NULL: it is of the settings */
    /* 1: that file was part of the run, and for a rule across files every file of the baseline
     * was; 0: it was not, or is of settings */
    int seen;
    int across; /* 1: an entry of a rule that judges files together; else 0 */
};

/* What a report is to be. The struct is copied; symptom and user have to live as long as the
 * report. Since 0.1.0. */
struct mlint_report_options {
    size_t struct_size;  /* sizeof(struct mlint_report_options) */
    const char *format;  /* "text", "checklist", "json", "show", ...: mlint_report_format_at */
    int color;           /* not 0: ANSI colours (text, checklist, show) */
    int quiet;           /* not 0: no summary line (text, checklist, github) */
    int facts;           /* not 0: ndjson carries a mailbox record per account, for merging */
    const char *symptom; /* checklist: "password-prompt", "no-account", "cannot-connect"; NULL
                            or unknown: the first */
    /* Receives the report's bytes in order, by the thread that makes the call. Returns 0, or
     * non-zero to fail the report. */
    int (*write)(void *user, const void *data, size_t length);
    void *user; /* handed to write */
    /* Hold back what this holds, one finding for each of its entries, the first of equal ones
     * first: neither reported nor counted but in held_back. Must outlive the report. NULL:
     * none. Results must then be claimed (mlint_report_claim) before they are rendered. */
    const struct mlint_baseline *baseline;
    /* Receives, when the report is finished, the text of a baseline of all that the run has
     * found, held back or not; nothing after mlint_report_interrupt. Returns 0, or non-zero to
     * fail the run. NULL: not wanted. */
    int (*write_baseline)(void *user, const void *data, size_t length);
    /* Asked, when the report is finished, about each entry of the baseline whose rule is on and
     * that no finding answered to, in the file's order, and each [path GLOB] section that no
     * file matched, unless the run was interrupted: returns 1 if it counts as unused. NULL:
     * sections and entries of files that were part of the run count. */
    int (*unused)(void *user, const struct mlint_unused *unused);
    void *baseline_user; /* of the last two */
};

/* What a report counted. Since 0.1.0. */
struct mlint_summary {
    uint64_t files;               /* entries: files, and account files of archives */
    uint64_t recognised;          /* of them, those of a known format */
    uint64_t accounts;            /* in all of them, live or not */
    uint64_t not_live;            /* of them, those that their client does not use */
    uint64_t errors;              /* findings of MLINT_ERROR */
    uint64_t warnings;            /* findings of MLINT_WARNING */
    uint64_t notes;               /* findings of MLINT_NOTE */
    uint64_t unknown;             /* verdicts of MLINT_UNKNOWN */
    uint64_t unrecognised;        /* files that are MLINT_FILE_UNRECOGNISED */
    uint64_t damaged;             /* files that are MLINT_FILE_DAMAGED */
    uint64_t unreadable;          /* files that are MLINT_FILE_UNREADABLE */
    uint64_t limit;               /* files that are MLINT_FILE_LIMIT */
    uint64_t milliseconds;        /* as the host gave it to mlint_report_finish */
    uint64_t held_back;           /* findings that the baseline knew; in no other number */
    uint64_t unused_suppressions; /* baseline entries and [path GLOB] sections */
};

/* How many kinds of report there are. Since 0.1.0. */
MLINT_API size_t mlint_report_format_count(void);
/* The name of one, in the order of names; NULL past the end. Since 0.1.0. */
MLINT_API const char *mlint_report_format_at(size_t index);

/* Begin a report; its head may be written at once. config must outlive it, and be that of the
 * results. Free *out with mlint_report_free, whatever becomes of it. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: out, config, options or its write is NULL, options has a wrong
 *   struct_size, or no report has that name
 * - MLINT_E_IO: write failed
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_report_new(struct mlint_report **out, const struct mlint_config *config,
                 const struct mlint_report_options *options, struct mlint_error *error);
/* Decide which findings of the result the baseline holds back, before it is rendered into the
 * chunk: one thread at a time, in the order that the report shall have. Does nothing without a
 * baseline; mlint_report_add does it by itself. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: an argument is NULL
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_report_claim(struct mlint_report *report,
                                                              const struct mlint_result *result,
                                                              struct mlint_chunk *chunk);
/* Render a result behind what the chunk holds; the result may then be freed. Many threads may
 * do it at once, each with a result and a chunk of its own. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: a NULL, or the chunk is of another report, or there is a baseline
 *   and the result was not claimed
 * - MLINT_E_NO_MEMORY: appending the chunk will fail as well */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_report_render(const struct mlint_report *report, const struct mlint_result *result,
                    struct mlint_chunk *chunk);
/* Append what was rendered, and empty the chunk for its next use. One thread at a time, in the
 * order that the report shall have. A report that failed once goes on failing the same way.
 * Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: report or chunk is NULL, the chunk is of another report, or the report is
 *   finished
 * - MLINT_E_IO: write, or a file in TMPDIR for what has to wait, failed
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_report_append(struct mlint_report *report,
                                                               struct mlint_chunk *chunk,
                                                               struct mlint_error *error);
/* An empty chunk for one report. Free *out with mlint_chunk_free. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: out or report is NULL
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_chunk_new(struct mlint_chunk **out,
                                                           const struct mlint_report *report);
/* Free a chunk, before its report. Since 0.1.0. */
MLINT_API void mlint_chunk_free(struct mlint_chunk *chunk);
/* mlint_report_render and mlint_report_append in one, for a single thread. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: report or result is NULL, or the report is finished
 * - MLINT_E_IO: write, or a file in TMPDIR for what has to wait, failed
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_report_add(struct mlint_report *report,
                                                            const struct mlint_result *result,
                                                            struct mlint_error *error);
/* A report of one result in one call: of that name, with all other options 0. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: result, format or write is NULL, or no report has that name
 * - MLINT_E_IO: write, or a file in TMPDIR for what has to wait, failed
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_result_report(const struct mlint_result *result, const char *format,
                    int (*write)(void *user, const void *data, size_t length), void *user,
                    struct mlint_error *error);
/* The run ends before its inputs do: the report's end will say so. report may be NULL.
 * Since 0.1.0. */
MLINT_API void mlint_report_interrupt(struct mlint_report *report);
/* Judge what only the whole run can show, write the end, and fill summary (may be NULL). Once:
 * after it, also if it failed, the report can only be freed. milliseconds is what the run took.
 * Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: report is NULL or finished
 * - MLINT_E_IO: write, or a file in TMPDIR for what has waited, failed
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_report_finish(struct mlint_report *report,
                                                               uint64_t milliseconds,
                                                               struct mlint_summary *summary,
                                                               struct mlint_error *error);
/* Free a report, after its chunks; one that was not finished simply ends. Since 0.1.0. */
MLINT_API void mlint_report_free(struct mlint_report *report);

/* ---- Many runs as one ------------------------------------------------------------------- */

/* Joins the streams of runs (`ndjson` with facts), in any order, into one report as if one run
 * had seen every file: by path, with the rules across files judged over all of them. Streams
 * carry no lines of the files, so that a text report quotes none; a checklist tells of shared
 * mailboxes at its end alone. One thread at a time. Since 0.1.0. */
struct mlint_merge;

/* An empty merge. allocator may be NULL (malloc and free), and must outlive it. Free *out with
 * mlint_merge_free. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: out is NULL
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_merge_new(struct mlint_merge **out, const struct mlint_allocator *allocator,
                struct mlint_error *error);
/* Take in one stream, whole. name stands in messages. read fills data with up to length bytes
 * and returns how many, 0 at the end, negative on failure. A merge that failed, other than by a
 * wrong argument, goes on failing the same way. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: merge, name or read is NULL, or the report was begun
 * - MLINT_E_SETTINGS: this is no such stream, has other rules, settings or version than the
 *   first, or lacks its trailer
 * - MLINT_E_IO: read, or a file in TMPDIR, failed
 * - MLINT_E_LIMIT: a line has more than 64 MiB
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_merge_add(struct mlint_merge *merge, const char *name,
                int64_t (*read)(void *user, void *data, size_t length), void *user,
                struct mlint_error *error);
/* Write the report, once, with options->facts whatever it says; summary may be NULL. Since
 * 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: merge, options or its write is NULL, options has a wrong struct_size, no
 *   report has that name, there is no stream, or the report was begun
 * - MLINT_E_SETTINGS: a record of a stream is wrong
 * - MLINT_E_IO: write, or a file in TMPDIR, failed
 * - MLINT_E_LIMIT: a stream had failed by it
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_merge_report(struct mlint_merge *merge, const struct mlint_report_options *options,
                   struct mlint_summary *summary, struct mlint_error *error);
/* Free a merge and its report. Since 0.1.0. */
MLINT_API void mlint_merge_free(struct mlint_merge *merge);

/* ---- What the syntax layer read --------------------------------------------------------- */

/* One value of a file, before anything is made of it. Since 0.1.0. */
struct mlint_dump_row {
    const char *file;  /* the name of the file it stands in, companions included */
    const char *path;  /* the place in the client's own terms */
    const char *name;  /* last part of the path */
    const char *type;  /* "string", "integer", "boolean", "binary", ... */
    const char *value; /* "(hidden)" for passwords, and binary that may hold one */
    unsigned line;     /* from 1; 0: the file has no lines */
    unsigned column;   /* from 1, in characters; 0: it would tell how long a password is */
};

/* Visit every value of the input in file order; a row lives until visit returns, its texts are
 * free of control characters. Stops when visit returns non-zero. Since 0.1.0.
 * - MLINT_OK
 * - MLINT_E_ARGUMENT: linter, input or visit is NULL, input has a wrong struct_size or a length
 *   without data, or no format has the id that it forces
 * - MLINT_E_IO: a file is of no known format or cannot be read
 * - MLINT_E_LIMIT: more memory is needed than limit-memory allows
 * - MLINT_E_CANCELLED: visit or the linter's progress said so
 * - MLINT_E_NO_MEMORY */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_dump(struct mlint_linter *linter, const struct mlint_input *input,
           int (*visit)(void *user, const struct mlint_dump_row *row), void *user,
           struct mlint_error *error);

#ifdef __cplusplus
}
#endif
#endif
