/* maillint.h: the public interface of libmaillint, and the only public header.
 *
 * libmaillint reads the account files that mail clients export and says, account by account,
 * which documented settings are right, which are wrong, and which the file cannot show.
 * It opens no network connection, runs nothing that it reads, prints nothing, never exits.
 *
 * Objects and threads. A `mlint_config` holds settings; once the first linter is made from it
 * it must not change, and any number of threads may then share it. A `mlint_linter` holds one
 * thread's working memory: one per thread. A `mlint_result` belongs to whoever asked for it and
 * must be freed before its linter; what it says never changes, but places are worked out when
 * they are asked for, so one thread at a time may use it. Strings that a getter returns are
 * NUL-ended UTF-8, belong to the object that was asked and live as long as it does; they hold
 * what the file holds, control characters included, where a getter says "as written".
 *
 * Every function that can fail returns `enum mlint_status`, leaves its out-parameter untouched
 * on failure, and takes a `struct mlint_error *` that may be NULL. Any of them may return
 * MLINT_E_ARGUMENT (a NULL that is not allowed, a struct_size that is too small) and
 * MLINT_E_NO_MEMORY (the allocator refused); what else it may return stands beside it. Getters
 * do not fail; an index past the end gives NULL. A free function takes NULL.
 *
 * Indexes count from 0. Lengths are bytes without the NUL, times are milliseconds.
 *
 * Since version 0.1.0, all of it. Constants that the clients or standards fix name their
 * source.
 */
#ifndef MAILLINT_MAILLINT_H
#define MAILLINT_MAILLINT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define MLINT_API __attribute__((visibility("default")))
#define MLINT_MUST_USE __attribute__((warn_unused_result))
#else
#define MLINT_API
#define MLINT_MUST_USE
#endif

/* ---- Words ------------------------------------------------------------------------------ */

/* How a call of ours went; says nothing about the user's file (that is a finding). */
enum mlint_status {
    MLINT_OK = 0,
    MLINT_E_NO_MEMORY,   /* the allocator or the memory ceiling refused */
    MLINT_E_ARGUMENT,    /* a NULL, an unknown id, a value out of range */
    MLINT_E_IO,          /* a file could not be opened, read or written */
    MLINT_E_LIMIT,       /* a named ceiling was reached */
    MLINT_E_SETTINGS,    /* a settings, provider or alias text is wrong */
    MLINT_E_UNSUPPORTED, /* this build lacks the library that the input needs */
    MLINT_E_CANCELLED,   /* a callback of the host asked to stop */
};

/* What came of reading one file. */
enum mlint_file_status {
    MLINT_FILE_OK = 0,
    MLINT_FILE_UNRECOGNISED, /* no known format */
    MLINT_FILE_DAMAGED,      /* ends early or had to be given up; read as far as it goes */
    MLINT_FILE_UNREADABLE,   /* encrypted, locked, no permission, needs a missing library */
    MLINT_FILE_LIMIT,        /* larger than a ceiling */
};

enum mlint_level { MLINT_OFF = 0, MLINT_NOTE, MLINT_WARNING, MLINT_ERROR };

/* In the order in which sides are joined: the larger wins. */
enum mlint_verdict_kind {
    MLINT_NOT_APPLICABLE = 0,
    MLINT_PASS,
    MLINT_UNKNOWN,
    MLINT_FAIL,
};

enum mlint_client {
    MLINT_CLIENT_NONE = 0,
    MLINT_CLIENT_OUTLOOK,
    MLINT_CLIENT_OUTLOOK_EXPRESS,
    MLINT_CLIENT_WINDOWS_MAIL,
    MLINT_CLIENT_THUNDERBIRD,
    MLINT_CLIENT_K9,
    MLINT_CLIENT_APPLE_MAIL,
    MLINT_CLIENT_EVOLUTION,
    MLINT_CLIENT_CLAWS_MAIL,
    MLINT_CLIENT_COUNT
};

/* How a field came by its value. */
enum mlint_presence {
    MLINT_ABSENT = 0,     /* neither the file nor the client says anything */
    MLINT_WRITTEN,        /* stands in the file */
    MLINT_CLIENT_DEFAULT, /* what the client falls back on, the file being silent */
    MLINT_HIDDEN,         /* there, but sealed or not readable */
};

enum mlint_protocol {
    MLINT_PROTOCOL_POP3 = 1,
    MLINT_PROTOCOL_IMAP,
    MLINT_PROTOCOL_SMTP,
    MLINT_PROTOCOL_OTHER
};

enum mlint_security {
    MLINT_SECURITY_NONE = 1,
    MLINT_SECURITY_STARTTLS,
    MLINT_SECURITY_TLS,
    MLINT_SECURITY_STARTTLS_IF_AVAILABLE,
};

enum mlint_auth {
    MLINT_AUTH_PASSWORD_CLEARTEXT = 1,
    MLINT_AUTH_PASSWORD_ENCRYPTED, /* CRAM-MD5, APOP, digest */
    MLINT_AUTH_NTLM,               /* SPA, NTLM, MSN, Sicily */
    MLINT_AUTH_KERBEROS,
    MLINT_AUTH_OAUTH2,
    MLINT_AUTH_CERTIFICATE,
    MLINT_AUTH_NONE,
    MLINT_AUTH_ANY,
    MLINT_AUTH_ANY_SECURE,
    MLINT_AUTH_POP_BEFORE_SMTP,
};

enum mlint_password {
    MLINT_PASSWORD_ABSENT = 1,
    MLINT_PASSWORD_ENCRYPTED,
    MLINT_PASSWORD_READABLE
};

/* The fields of one side (a server) of an account, and of the account itself. Each has a type:
 * text, number, flag (0 or 1) or one of the enums above. */
enum mlint_field_id {
    MLINT_FIELD_PROTOCOL = 0,     /* enum mlint_protocol */
    MLINT_FIELD_HOST,             /* text, as written */
    MLINT_FIELD_PORT,             /* number; out-of-range values are kept as written */
    MLINT_FIELD_SECURITY,         /* enum mlint_security */
    MLINT_FIELD_AUTH,             /* enum mlint_auth */
    MLINT_FIELD_USERNAME,         /* text, as written */
    MLINT_FIELD_PASSWORD,         /* enum mlint_password; never the password itself */
    MLINT_FIELD_CHECK_ENABLED,    /* flag: polls by itself (incoming) */
    MLINT_FIELD_INTERVAL,         /* number, milliseconds between polls; 0 never (incoming) */
    MLINT_FIELD_LEAVE_ON_SERVER,  /* flag (incoming) */
    MLINT_FIELD_SAME_AS_INCOMING, /* flag: logs in with the incoming name (outgoing) */
    MLINT_SIDE_FIELD_COUNT,
    MLINT_FIELD_NAME = MLINT_SIDE_FIELD_COUNT, /* text: the account's label */
    MLINT_FIELD_ENABLED,                       /* flag */
    MLINT_FIELD_ONLINE,                        /* flag */
    MLINT_FIELD_ADDRESS,                       /* text: the account's own address */
    MLINT_FIELD_COUNT
};

/* Which server of an account: 0 the incoming one, 1 the outgoing one, 2.. its alternatives. */
enum { MLINT_INCOMING = 0, MLINT_OUTGOING = 1 };

/* The word for a value in reports ("pop3", "starttls", ...), or NULL if out of range. */
MLINT_API const char *mlint_level_name(enum mlint_level level);
MLINT_API const char *mlint_verdict_name(enum mlint_verdict_kind kind);
MLINT_API const char *mlint_client_name(enum mlint_client client);
MLINT_API const char *mlint_file_status_name(enum mlint_file_status status);
MLINT_API const char *mlint_presence_name(enum mlint_presence presence);
MLINT_API const char *mlint_status_text(enum mlint_status status);
/* "incoming.username", "outgoing.port", "outgoing[2].host", "name"; written into buffer. */
MLINT_API const char *mlint_field_name(unsigned side, enum mlint_field_id id, char buffer[48]);
/* The library's version, "MAJOR.MINOR.PATCH". */
MLINT_API const char *mlint_version(void);

/* ---- Errors and memory ------------------------------------------------------------------ */

#define MLINT_ERROR_TEXT 512

struct mlint_error {
    enum mlint_status status;
    unsigned line;                  /* in the settings, provider or alias text; 0 unknown */
    char message[MLINT_ERROR_TEXT]; /* NUL-ended UTF-8 without control characters */
};

/* The caller's memory. Everything that libmaillint itself allocates comes from here and goes
 * back; the libraries it opens on need (libxml2, SQLite, libarchive, hivex, libcrypto) use
 * their own. Called by every thread that uses the config it was given with. */
struct mlint_allocator {
    void *(*alloc)(void *user, size_t size); /* as malloc */
    void (*free)(void *user, void *pointer); /* as free; pointer may be NULL */
    void *user;
};

/* ---- Settings --------------------------------------------------------------------------- */

struct mlint_config;

/* A config with the default settings and the built-in providers and rules: free it with
 * mlint_config_free, after its linters and reports. allocator may be NULL (malloc and free) and
 * must outlive the config and its linters. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_config_new(struct mlint_config **out, const struct mlint_allocator *allocator,
                 struct mlint_error *error);
MLINT_API void mlint_config_free(struct mlint_config *config);

/* Set one setting by name: "min-interval" (minutes, 0 to 10080), "fail-on", "select", "ignore",
 * "severity" (RULE=LEVEL), "alias" (ALIAS=MAIN), "provider", "domain" (DOMAIN=PROVIDER),
 * "protocols", "code-page" (1 to 65535), "limit-memory" and "limit-size" (MiB, 1 to 1023),
 * "include-disabled", "read-passwords" (yes, no), "baseline" (a path, see
 * mlint_config_baseline), "working-folder" (the folder that relative names of files are
 * relative to, which the globs of [path GLOB] sections need; not from settings files). The
 * strings are copied. origin (may be NULL) says in mlint_config_each where the value came from.
 * MLINT_E_SETTINGS: no such setting, rule, level or provider, or a value out of range; the
 * error's message names the nearest right word. */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_config_set(struct mlint_config *config,
                                                            const char *name, const char *value,
                                                            const char *origin,
                                                            struct mlint_error *error);
/* Read a settings file's text (INI, the sections of .maillint.ini); name is for messages. What
 * stood before a wrong line has been taken. MLINT_E_SETTINGS: error->line says where. */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_config_load(struct mlint_config *config,
                                                             const char *name, const char *data,
                                                             size_t length,
                                                             struct mlint_error *error);
/* Add a provider from INI text or a Mozilla clientConfig (told apart by their first character),
 * and make it the one to hold accounts against. The text is copied.
 * MLINT_E_SETTINGS: the text is wrong; MLINT_E_UNSUPPORTED: the XML reader is not installed. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_config_add_provider(struct mlint_config *config, const char *name, const char *data,
                          size_t length, struct mlint_error *error);
/* Add aliases, "alias,main" a line; empty lines and those that begin with # are passed over.
 * MLINT_E_SETTINGS: error->line says where. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_config_add_aliases(struct mlint_config *config, const char *name, const char *data,
                         size_t length, struct mlint_error *error);
/* Call visit for each setting with its value and where it came from ("default", the origin
 * given with it, "FILE:LINE"): all of them, "path GLOB: NAME", "severity RULE" of each rule,
 * "alias ADDRESS" and "domain DOMAIN" as there are. Stops when visit returns non-zero and
 * returns that. */
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
/* The level of a rule under these settings; MLINT_OFF for one that is off or unknown. */
MLINT_API enum mlint_level mlint_config_level(const struct mlint_config *config,
                                              const char *rule);
/* The level at and above which a run counts as failed; MLINT_OFF means never. */
MLINT_API enum mlint_level mlint_config_fail_on(const struct mlint_config *config);

/* The setting "baseline": the file that whoever runs shall read with mlint_baseline_new, or
 * NULL; the library opens no file of its own accord. From a settings file it is relative to
 * that file's folder, which stands before it. Lives as long as the config. Since 0.1.0. */
MLINT_API const char *mlint_config_baseline(const struct mlint_config *config);

/* ---- Rules and formats ------------------------------------------------------------------ */

struct mlint_rule;

MLINT_API size_t mlint_rule_count(void);
MLINT_API const struct mlint_rule *mlint_rule_at(size_t index); /* sorted by id */
MLINT_API const struct mlint_rule *mlint_rule_find(const char *id);
MLINT_API const char *mlint_rule_id(const struct mlint_rule *rule);
MLINT_API enum mlint_level mlint_rule_level(const struct mlint_rule *rule);
MLINT_API const char *mlint_rule_brief(const struct mlint_rule *rule);
MLINT_API const char *mlint_rule_why(const struct mlint_rule *rule);
MLINT_API const char *mlint_rule_source(const struct mlint_rule *rule);
/* What to do in that client, or NULL where the rule has no step for it. */
MLINT_API const char *mlint_rule_step(const struct mlint_rule *rule, enum mlint_client client);
/* 1 if the rule speaks of the file rather than of an account (syntax, encoding, ...). */
MLINT_API int mlint_rule_is_reader(const struct mlint_rule *rule);

/* The rules above are the built-in ones. A config has these and, behind them, those that its
 * settings ([rule NAME]) and its host have added. */
MLINT_API size_t mlint_config_rule_count(const struct mlint_config *config);
MLINT_API const struct mlint_rule *mlint_config_rule_at(const struct mlint_config *config,
                                                        size_t index);

struct mlint_account;
struct mlint_field;
struct mlint_result;
struct mlint_judging; /* one rule at work on one account; lives until check returns */

/* A rule of the host's own. */
struct mlint_host_rule {
    size_t struct_size;     /* sizeof(struct mlint_host_rule) */
    const char *id;         /* lower-case letters, digits, hyphens; no other rule's */
    enum mlint_level level; /* settings may change it, as any rule's */
    const char *brief;      /* one line: what is asked */
    const char *why;        /* a paragraph, or NULL */
    const char *step;       /* what to do, the hint of findings without one, or NULL */
    const char *source;     /* where it is documented, or NULL */
    /* Judge an account by its getters (result is NULL for mlint_field_text) and say so with the
     * functions below; the worst that was said is the verdict, and nothing said is
     * not-applicable. Every thread that lints calls it; it must not keep its arguments. */
    void (*check)(void *user, struct mlint_judging *judging,
                  const struct mlint_account *account);
    void *user;
};

/* Add a rule; its strings are copied, user must outlive the config. To be done before settings
 * that name the rule, and before the first linter. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_config_add_rule(struct mlint_config *config, const struct mlint_host_rule *rule,
                      struct mlint_error *error);
/* The account fails: a finding at a field (MLINT_FIELD_NAME: the account as a whole), with the
 * rule's step as hint if it has none (NULL). Texts are copied. */
MLINT_API void mlint_judging_fail(struct mlint_judging *judging, unsigned side,
                                  enum mlint_field_id field, const char *message,
                                  const char *hint);
MLINT_API void mlint_judging_pass(struct mlint_judging *judging);
/* reason may be NULL. */
MLINT_API void mlint_judging_unknown(struct mlint_judging *judging, const char *reason);
MLINT_API void mlint_judging_not_applicable(struct mlint_judging *judging, const char *reason);

struct mlint_format;

MLINT_API size_t mlint_format_count(void);
MLINT_API const struct mlint_format *mlint_format_at(size_t index); /* sorted by id */
MLINT_API const struct mlint_format *mlint_format_find(const char *id);
MLINT_API const char *mlint_format_id(const struct mlint_format *format);
MLINT_API const char *mlint_format_title(const struct mlint_format *format);
MLINT_API const char *mlint_format_recognised_by(const struct mlint_format *format);
MLINT_API enum mlint_client mlint_format_client(const struct mlint_format *format);
/* 1 if this build can read it; 0 if the library it needs was left out. */
MLINT_API int mlint_format_available(const struct mlint_format *format);

/* ---- Plug-ins: rules in a shared object ------------------------------------------------- */

#define MLINT_PLUGIN_ABI 1

/* The library's functions that a plug-in may call; it links with nothing. See the functions of
 * those names (mlint_judging_fail, mlint_account_client, ...). */
struct mlint_plugin_host {
    unsigned abi;       /* MLINT_PLUGIN_ABI */
    size_t struct_size; /* later versions append */
    void (*fail)(struct mlint_judging *judging, unsigned side, enum mlint_field_id field,
                 const char *message, const char *hint);
    void (*pass)(struct mlint_judging *judging);
    void (*unknown)(struct mlint_judging *judging, const char *reason);
    void (*not_applicable)(struct mlint_judging *judging, const char *reason);
    enum mlint_client (*account_client)(const struct mlint_account *account);
    const char *(*account_key)(const struct mlint_account *account);
    size_t (*account_address_count)(const struct mlint_account *account);
    const char *(*account_address)(const struct mlint_account *account, size_t index);
    size_t (*account_side_count)(const struct mlint_account *account);
    const struct mlint_field *(*account_field)(const struct mlint_account *account,
                                               unsigned side, enum mlint_field_id id);
    enum mlint_presence (*field_presence)(const struct mlint_field *field);
    int64_t (*field_number)(const struct mlint_field *field);
    const char *(*field_text)(const struct mlint_result *result,
                              const struct mlint_field *field, enum mlint_field_id id,
                              char buffer[32]);
};

/* What a plug-in gives; it must stay where it is. */
struct mlint_plugin {
    unsigned abi;       /* MLINT_PLUGIN_ABI */
    size_t struct_size; /* sizeof(struct mlint_plugin) */
    size_t rule_size;   /* sizeof(struct mlint_host_rule) */
    const struct mlint_host_rule *rules;
    size_t rule_count;
};

/* A plug-in defines this function; the number is the ABI's. The setting `plugin` (a path) loads
 * it: from a program's own call always, from a settings file only after it has set
 * `allow-plugins` to yes, and from no folder that it has named with `no-plugins-in`. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const struct mlint_plugin *
mlint_plugin_1(const struct mlint_plugin_host *host);

/* ---- Linting ---------------------------------------------------------------------------- */

struct mlint_linter;
struct mlint_result;
struct mlint_file;
struct mlint_finding;

/* config must outlive the linter. */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_linter_new(struct mlint_linter **out,
                                                            const struct mlint_config *config,
                                                            struct mlint_error *error);
MLINT_API void mlint_linter_free(struct mlint_linter *linter);
/* Have progress asked, between files, archive members and accounts, whether the call that runs
 * (mlint_check and its sisters, mlint_dump) shall go on: 0 yes; else it ends, without a result,
 * with MLINT_E_CANCELLED. NULL: never ask. */
MLINT_API void mlint_linter_set_progress(struct mlint_linter *linter,
                                         int (*progress)(void *user), void *user);

struct mlint_input {
    size_t struct_size; /* sizeof(struct mlint_input) */
    const char *name;   /* what reports call it; UTF-8 or bytes */
    const void *data;   /* must live until the result is freed; never written to */
    size_t length;      /* bytes */
    const char *format; /* force this format id; NULL: recognise by content */
    /* Look up a file beside this one (user.js beside prefs.js); NULL: there are none.
     * Return 1 and set data and length (alive until the result is freed), or 0. */
    int (*companion)(void *user, const char *name, const void **data, size_t *length);
    void *user;
};

/* Lint one buffer, whatever its bytes: what is wrong with them is in the result (its files'
 * statuses and findings), never in the status. *out is freed with mlint_result_free.
 * MLINT_E_ARGUMENT: no format has the id that input->format forces. MLINT_E_CANCELLED: the
 * linter's progress said so. */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_check(struct mlint_linter *linter,
                                                       const struct mlint_input *input,
                                                       struct mlint_result **out,
                                                       struct mlint_error *error);
/* Lint a file: path is opened relative to directory (a descriptor, or AT_FDCWD); name is what
 * reports call it (NULL: path). A file that cannot be opened gives a result whose file has the
 * status `unreadable`. beside: 1 to read companions from the same directory. Statuses as for
 * mlint_check. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_check_file(struct mlint_linter *linter, int directory, const char *path, const char *name,
                 const char *format, int beside, struct mlint_result **out,
                 struct mlint_error *error);
MLINT_API void mlint_result_free(struct mlint_result *result);

/* What mlint_check_each calls, in this order; a NULL is left out, non-zero ends the call. What
 * they are given lives until they return. */
struct mlint_visitor {
    size_t struct_size; /* sizeof(struct mlint_visitor) */
    int (*file)(void *user, const struct mlint_result *result, const struct mlint_file *file);
    int (*account)(void *user, const struct mlint_result *result,
                   const struct mlint_account *account);
    int (*finding)(void *user, const struct mlint_result *result,
                   const struct mlint_finding *finding);
    void *user;
};

/* Lint one buffer and hand over its files, accounts and findings one by one, once all of it has
 * been linted. MLINT_E_CANCELLED: the visitor said so; else as for mlint_check. */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_check_each(struct mlint_linter *linter,
                                                            const struct mlint_input *input,
                                                            const struct mlint_visitor *visitor,
                                                            struct mlint_error *error);

/* ---- Results ---------------------------------------------------------------------------- */

struct mlint_file;
struct mlint_account;
struct mlint_field;
struct mlint_finding;

/* A place. Of a password only the beginning is told: where it ends would tell its length. */
struct mlint_location {
    unsigned line, column; /* from 1; 0: the file has no lines. Columns count characters */
    unsigned end_line, end_column; /* just past the last character */
    int64_t byte_offset;           /* in the file as the user has it; -1: unknown */
    int64_t byte_length;
    const char *path; /* the place in the client's own terms; never NULL */
};

/* The entries of the input: one file, or each account file of an archive
 * ("export.zip!profile/prefs.js"). detail says in words what the status means here. */
MLINT_API size_t mlint_result_file_count(const struct mlint_result *result);
MLINT_API const struct mlint_file *mlint_result_file(const struct mlint_result *result,
                                                     size_t index);
MLINT_API const char *mlint_file_path(const struct mlint_file *file);
MLINT_API const struct mlint_format *
mlint_file_format(const struct mlint_file *file); /* or NULL */
MLINT_API enum mlint_file_status mlint_file_status(const struct mlint_file *file);
MLINT_API const char *mlint_file_detail(const struct mlint_file *file); /* or NULL */
MLINT_API size_t mlint_file_account_count(const struct mlint_file *file);

/* The accounts of all its files, live or not, in file order. key is the account's name in the
 * client's own terms: "server1", "00000002", "PayloadContent[0]". */
MLINT_API size_t mlint_result_account_count(const struct mlint_result *result);
MLINT_API const struct mlint_account *mlint_result_account(const struct mlint_result *result,
                                                           size_t index);
MLINT_API size_t
mlint_account_file(const struct mlint_account *account); /* index of its file */
MLINT_API const char *mlint_account_key(const struct mlint_account *account);
MLINT_API enum mlint_client mlint_account_client(const struct mlint_account *account);
/* Why the client itself does not use the account (disabled, deleted), or NULL if it is live. */
MLINT_API const char *mlint_account_not_live(const struct mlint_account *account);
MLINT_API const char *mlint_account_provider(const struct mlint_account *account); /* or NULL */
MLINT_API size_t mlint_account_address_count(const struct mlint_account *account);
MLINT_API const char *mlint_account_address(const struct mlint_account *account, size_t index);
/* 1 (incoming only), 2 (and outgoing), more with outgoing alternatives. */
MLINT_API size_t mlint_account_side_count(const struct mlint_account *account);
/* A field of one side; the account's own fields (NAME and up) ignore side. Never NULL. */
MLINT_API const struct mlint_field *mlint_account_field(const struct mlint_account *account,
                                                        unsigned side, enum mlint_field_id id);
MLINT_API enum mlint_presence mlint_field_presence(const struct mlint_field *field);
MLINT_API int64_t
mlint_field_number(const struct mlint_field *field); /* numbers, flags, enums */
/* Text fields: as written. Others: the word or digits as reports print them. "" if absent.
 * result may be NULL. */
MLINT_API const char *mlint_field_text(const struct mlint_result *result,
                                       const struct mlint_field *field, enum mlint_field_id id,
                                       char buffer[32]);
/* Where the field stands. Returns 0 and the path alone for a value that is not written. */
MLINT_API int mlint_field_locate(const struct mlint_result *result,
                                 const struct mlint_field *field, struct mlint_location *out);

struct mlint_verdict {
    const struct mlint_rule *rule;
    size_t account; /* index, or MLINT_NO_ACCOUNT where it is about a file's own setting */
    size_t file;
    enum mlint_verdict_kind kind;
    const char *reason; /* or NULL */
};
#define MLINT_NO_ACCOUNT ((size_t)-1)

/* One verdict for each account that is judged and each rule that is not off, in the order of
 * accounts and rules. */
MLINT_API size_t mlint_result_verdict_count(const struct mlint_result *result);
MLINT_API const struct mlint_verdict *mlint_result_verdict(const struct mlint_result *result,
                                                           size_t index);

/* Findings are sorted by file, place and rule. Messages and hints are safe to show on a
 * terminal and hold no password. */
MLINT_API size_t mlint_result_finding_count(const struct mlint_result *result);
MLINT_API const struct mlint_finding *mlint_result_finding(const struct mlint_result *result,
                                                           size_t index);
MLINT_API const struct mlint_rule *mlint_finding_rule(const struct mlint_finding *finding);
MLINT_API enum mlint_level mlint_finding_level(const struct mlint_finding *finding);
MLINT_API const char *mlint_finding_message(const struct mlint_finding *finding);
MLINT_API const char *mlint_finding_hint(const struct mlint_finding *finding); /* or NULL */
MLINT_API size_t
mlint_finding_account(const struct mlint_finding *finding); /* or MLINT_NO_ACCOUNT */
MLINT_API size_t mlint_finding_file(const struct mlint_finding *finding);
MLINT_API const char *
mlint_finding_field(const struct mlint_finding *finding); /* "incoming.port" or NULL */
MLINT_API int mlint_finding_locate(const struct mlint_result *result,
                                   const struct mlint_finding *finding,
                                   struct mlint_location *out);
/* What a safe fix would write instead, in the file's own spelling, or NULL. */
MLINT_API const char *mlint_finding_replacement(const struct mlint_finding *finding);

/* 16 hexadecimal digits that name the finding from run to run, wherever its file lies and in
 * whatever order its lines stand: SARIF and baselines use them. Findings that say the same of
 * one account have the same name. "" without memory. Lives as long as the result. */
MLINT_API const char *mlint_finding_fingerprint(const struct mlint_result *result,
                                                const struct mlint_finding *finding);

/* ---- A run over many results, and its report -------------------------------------------- */

struct mlint_report;
struct mlint_chunk;

/* Findings that a run need not report again: a text that an earlier run has written, a line
 * that says what it is and then a finding a line, "FINGERPRINT RULE PATH". It holds no password
 * and nothing made of one. */
struct mlint_baseline;

/* Read a baseline's text; name (NULL: "baseline") is for messages. Both are copied. allocator
 * may be NULL, and must outlive the baseline, which mlint_baseline_free frees, after the
 * reports that use it; any number of threads may share it. Since 0.1.0. MLINT_E_SETTINGS: a
 * line is none (error->line says which, its text is not quoted); MLINT_E_LIMIT: more than a
 * million lines. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_baseline_new(struct mlint_baseline **out, const struct mlint_allocator *allocator,
                   const char *name, const char *data, size_t length,
                   struct mlint_error *error);
MLINT_API void mlint_baseline_free(struct mlint_baseline *baseline);

/* A suppression that suppressed nothing. The strings live until the callback returns. */
struct mlint_unused {
    size_t struct_size; /* sizeof(struct mlint_unused) of the library */
    const char *origin; /* "FILE:LINE" of the baseline or settings file */
    const char *what;   /* the rule of a baseline's entry, or "[path GLOB]" of the settings */
    const char *path;   /* the file that the entry names; NULL: it is of the settings */
    int seen;           /* 1: that file was part of the run; 0: it was not, or is of settings */
};

struct mlint_report_options {
    size_t struct_size;   /* sizeof(struct mlint_report_options) */
    const char *format;   /* "text", "checklist", "json", "show", ... */
    int color;            /* 1: ANSI colours (text reports) */
    int quiet;            /* 1: no summary line */
    int facts;            /* 1: ndjson carries a mailbox record per account */
    int include_disabled; /* 1: show lists accounts that are not live (show always does) */
    const char *symptom;  /* checklist group, or NULL for the first */
    unsigned width;       /* columns of the terminal; 0: do not wrap */
    /* Receives the report's bytes in order; returns 0, or non-zero to fail the run. */
    int (*write)(void *user, const void *data, size_t length);
    void *user;
    /* Hold back what this holds, one finding for each of its entries, the first of equal ones
     * first: neither reported nor counted but in held_back. Must outlive the report. NULL:
     * none. Results must then be claimed (mlint_report_claim) before they are rendered. */
    const struct mlint_baseline *baseline;
    /* Receives, when the report is finished, the text of a baseline of all that the run has
     * found, held back or not; nothing after mlint_report_interrupt. Returns 0, or non-zero to
     * fail the run. NULL: not wanted. */
    int (*write_baseline)(void *user, const void *data, size_t length);
    /* Asked, when the report is finished, about each entry of the baseline that no finding
     * answered to and each [path GLOB] section that no file matched, unless the run was
     * interrupted: returns 1 if it counts as unused. NULL: sections and entries of files that
     * were part of the run count. */
    int (*unused)(void *user, const struct mlint_unused *unused);
    void *baseline_user; /* of the last two */
};

struct mlint_summary {
    uint64_t files, recognised, accounts, errors, warnings, notes, unknown;
    uint64_t unrecognised, damaged, unreadable, limit;
    uint64_t milliseconds;
    uint64_t held_back;           /* findings that the baseline knew; in no other number */
    uint64_t unused_suppressions; /* baseline entries and [path GLOB] sections */
};

MLINT_API size_t mlint_report_format_count(void);
MLINT_API const char *mlint_report_format_at(size_t index);

MLINT_API MLINT_MUST_USE enum mlint_status
mlint_report_new(struct mlint_report **out, const struct mlint_config *config,
                 const struct mlint_report_options *options, struct mlint_error *error);
/* Decide which findings of the result the baseline holds back, before it is rendered into the
 * chunk: one thread at a time, in the order that the report shall have. Does nothing without a
 * baseline; mlint_report_add does it by itself. Since 0.1.0. */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_report_claim(struct mlint_report *report,
                                                              const struct mlint_result *result,
                                                              struct mlint_chunk *chunk);
/* Render a result; may be called by many threads at once, each with its own chunk.
 * MLINT_E_ARGUMENT: there is a baseline, and it was not claimed. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_report_render(const struct mlint_report *report, const struct mlint_result *result,
                    struct mlint_chunk *chunk);
/* Append what was rendered; one thread at a time, in the order the report shall have. */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_report_append(struct mlint_report *report,
                                                               struct mlint_chunk *chunk,
                                                               struct mlint_error *error);
MLINT_API MLINT_MUST_USE enum mlint_status mlint_chunk_new(struct mlint_chunk **out,
                                                           const struct mlint_report *report);
MLINT_API void mlint_chunk_free(struct mlint_chunk *chunk);
/* mlint_report_render and mlint_report_append in one, for a single thread. */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_report_add(struct mlint_report *report,
                                                            const struct mlint_result *result,
                                                            struct mlint_error *error);
/* A report of one result in one call, with the default options of its format. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_result_report(const struct mlint_result *result, const char *format,
                    int (*write)(void *user, const void *data, size_t length), void *user,
                    struct mlint_error *error);
/* The run ends before its inputs do: the report's end will say so. */
MLINT_API void mlint_report_interrupt(struct mlint_report *report);
/* Judge what only the whole run can show, write the end, and fill summary (may be NULL). */
MLINT_API MLINT_MUST_USE enum mlint_status mlint_report_finish(struct mlint_report *report,
                                                               uint64_t milliseconds,
                                                               struct mlint_summary *summary,
                                                               struct mlint_error *error);
MLINT_API void mlint_report_free(struct mlint_report *report);

/* ---- Many runs as one ---------------------------------------------------------------------
 */

/* Joins the streams of runs (`ndjson` with facts), in any order, into one report as if one run
 * had seen every file: by path, with the rules across files judged over all of them. */
struct mlint_merge;

/* allocator may be NULL, and must outlive the merge. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_merge_new(struct mlint_merge **out, const struct mlint_allocator *allocator,
                struct mlint_error *error);
/* Take in one stream, whole. read fills data with up to length bytes and returns how many, 0 at
 * the end, negative on failure. A stream with other rules, settings or version than the first,
 * or without its trailer, is refused by its name with MLINT_E_SETTINGS; the merge is then of no
 * further use. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_merge_add(struct mlint_merge *merge, const char *name,
                int64_t (*read)(void *user, void *data, size_t length), void *user,
                struct mlint_error *error);
/* Write the report; once. summary may be NULL. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_merge_report(struct mlint_merge *merge, const struct mlint_report_options *options,
                   struct mlint_summary *summary, struct mlint_error *error);
MLINT_API void mlint_merge_free(struct mlint_merge *merge);

/* ---- What the syntax layer read --------------------------------------------------------- */

struct mlint_dump_row {
    const char *file;  /* the entry's name */
    const char *path;  /* the place in the client's own terms */
    const char *name;  /* last part of the path */
    const char *type;  /* "string", "integer", "boolean", "binary", ... */
    const char *value; /* "(hidden)" for passwords and binary that may hold one */
    unsigned line, column;
};

/* Visit every value of the input in file order; stops when visit returns non-zero. */
MLINT_API MLINT_MUST_USE enum mlint_status
mlint_dump(struct mlint_linter *linter, const struct mlint_input *input,
           int (*visit)(void *user, const struct mlint_dump_row *row), void *user,
           struct mlint_error *error);

#ifdef __cplusplus
}
#endif
#endif
