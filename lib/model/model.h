/* model.h: accounts as maillint understands them, and what is said about them.
 *
 * Formats fill it, rules read it, reports print it; none of them knows another. */
#ifndef MLINT_MODEL_MODEL_H
#define MLINT_MODEL_MODEL_H

#include "base/arena.h"
#include "model/shape.h"
#include "source/source.h"
#include "syntax/node.h"
#include "maillint/maillint.h"

struct mlint_config;

/* What a text is when it is not a value but stands for one. */
enum mlint_token {
    MLINT_TOKEN_NONE = 0,
    MLINT_TOKEN_ADDRESS,   /* the full address: %EMAILADDRESS% of clientConfig */
    MLINT_TOKEN_LOCALPART, /* %EMAILLOCALPART% */
    MLINT_TOKEN_DOMAIN,    /* %EMAILDOMAIN% */
    MLINT_TOKEN_OTHER,     /* %REALNAME%, or mixed with text, domain left out */
    MLINT_TOKEN_TEMPLATE,  /* a placeholder that was never filled in: name and host are unknown
                            */
};

struct mlint_reading; /* of formats/format.h */
struct mlint_field;

/* text or number -> field value, and field value -> text for fixes. */
struct mlint_converter {
    const char *name;
    /* Set field from node; false: the value is not understood (an unknown-value note is due).
     */
    bool (*read)(struct mlint_reading *reading, const struct mlint_node *node,
                 struct mlint_field *field);
    /* The model's value in the file's spelling, in the arena; NULL: cannot be written. */
    const char *(*write)(struct mlint_arena *arena, const struct mlint_node *node,
                         struct mlint_str value);
};

struct mlint_field {
    uint8_t presence; /* enum mlint_presence */
    uint8_t token;    /* enum mlint_token */
    uint16_t source;  /* index of the source it stands in */
    bool inherited;   /* copied from another side or place; the fix belongs there */
    bool computed;    /* absent, since a program decides when the client starts */
    bool odd;         /* hidden, but not as the client hides it: it may be readable */
    uint8_t shape;    /* enum mlint_shape of hosts and logins, once the file was read */
    struct mlint_str text;
    int64_t number; /* numbers, flags, enums; ports out of range stay as written */
    const struct mlint_node *node; /* where it stands, or NULL */
    const char *where; /* path of a value that is not written, or NULL: the client's own key */
    const char
        *comment; /* for reasons: why unknown or default ("asked at installation"), or NULL */
    struct mlint_str secret; /* the password itself, in memory that is wiped; never formatted */
    const struct mlint_converter *converter; /* writes values back, or NULL: no fix */
    const struct mlint_node *replaced; /* a weaker file's value of the same setting, or NULL */
};

struct mlint_side {
    struct mlint_field field[MLINT_SIDE_FIELD_COUNT];
    bool exists;
};

struct mlint_address {
    struct mlint_str text;
    bool alias; /* the file itself says it is an alias of the first */
    bool login; /* another identity */
};

/* A readable password that stands with an account's settings though these do not use it. */
struct mlint_spare {
    struct mlint_spare *next;
    const struct mlint_node *node;
    unsigned side;
};

/* What a format may say of an account beyond its fields. */
enum {
    MLINT_ACCOUNT_NOT_LIVE = 1,      /* the client does not use it; see not_live */
    MLINT_ACCOUNT_TEMPLATE = 2,      /* describes accounts to be (clientConfig, autodiscover,
                                        templates):      no mailbox of its own */
    MLINT_ACCOUNT_FILE_ONLY = 4,     /* no account: a file's own setting (interval) */
    MLINT_ACCOUNT_OTHER = 8,         /* EAS, EWS, Google: listed, no verdicts */
    MLINT_ACCOUNT_PREDEFINED = 16,   /* host known to the client only (iCloud, Gmail) */
    MLINT_ACCOUNT_SPA_UNUSED = 32,   /* SPA switched on beside authentication off */
    MLINT_ACCOUNT_NO_CHECK_KEY = 64, /* the format has no place for an interval */
    MLINT_ACCOUNT_TOLD = 128, /* read back from a report: its mailbox is `told`, or none */
    MLINT_ACCOUNT_LOGIN_ONLY = 256, /* a stored login: whether and how a client uses it is not
                                       in the file */
};

struct mlint_account {
    struct mlint_account *next;
    struct mlint_str key; /* server1, 00000002, PayloadContent[0] */
    enum mlint_client client;
    const struct mlint_format *format;
    uint32_t file;  /* index among the result's files */
    uint32_t index; /* among the result's accounts, FILE_ONLY ones left out */
    uint32_t flags;
    const char *not_live;
    /* Two accounts with the same installation are one client and poll once (settled 13):
     * "" for a file of its own. */
    struct mlint_str installation;
    struct mlint_field name, enabled, online, address;
    struct mlint_address *addresses;
    size_t address_count;
    struct mlint_side incoming;
    struct mlint_side *outgoing; /* first, then alternatives */
    size_t outgoing_count;
    struct mlint_spare *spares; /* newest first */
    const char *unread;         /* why what the file does not show of it is unknown, or NULL */
    size_t spare_count;
    const struct mlint_node *node; /* where the account as a whole stands */
    const struct mlint_provider *provider;
    const struct mlint_config *config;       /* its file's own settings, or NULL */
    const struct mlint_told_mailbox *told;   /* model/mailbox.h */
    const struct mlint_named_mailbox *named; /* its mailbox, where somebody has asked already */
};

/* A value to write instead, in the model's words. */
struct mlint_change {
    bool set, safe;
    struct mlint_str text;
};

struct mlint_place {
    uint32_t file;   /* index among the result's files */
    uint32_t source; /* index among the result's sources */
    bool located;    /* span is valid */
    struct mlint_span span;
    const struct mlint_node *node;
    const char *path;                      /* never NULL once the finding is sealed */
    const struct mlint_known_place *known; /* instead of all that: read back from a report */
};

struct mlint_known_place {
    struct mlint_location location;
    const char *source; /* the file beside it where it is, or NULL */
};

struct mlint_finding {
    struct mlint_finding *next;
    const struct mlint_rule *rule;
    enum mlint_level level;
    const struct mlint_account *account; /* or NULL */
    uint8_t side;                        /* 0 incoming, 1.. outgoing */
    int8_t field;                        /* enum mlint_field_id, -1 none */
    const char *field_name;              /* "incoming.username", or NULL */
    struct mlint_place place;
    const char *message;
    const char *hint;       /* or NULL */
    struct mlint_str value; /* as written, for the marker; empty for secrets */
    struct mlint_change change;
    const char *replacement; /* the change in the file's spelling, or NULL */
    const struct mlint_place *related;
    size_t related_count;
    uint32_t number; /* in the order in which findings were said */
};

struct mlint_file {
    struct mlint_str path;
    const struct mlint_format *format;
    enum mlint_file_status status;
    const char *detail;
    uint32_t index, account_count, source;
    const struct mlint_config *config; /* its own, by its path; NULL: the result's */
    uint64_t sections;                 /* a bit for each [path GLOB] section that matched it */
    bool too_many_accounts; /* MLINT_LIMIT_ACCOUNTS was reached: the status becomes limit */
    const struct mlint_tree *tree;
};

struct mlint_result {
    struct mlint_arena arena;
    struct mlint_linter *linter;
    const struct mlint_config *config;
    struct mlint_file **files;
    size_t file_count, file_cap;
    struct mlint_source **sources;
    size_t source_count, source_cap;
    struct mlint_account *account_list, *last_account;
    const struct mlint_account **accounts; /* without FILE_ONLY, once sealed */
    size_t account_count;
    struct mlint_verdict *verdicts;
    size_t verdict_count, verdict_cap;
    bool borrows_file_buffer; /* the linter's, given back when the result is freed */
    size_t byte_count;        /* of the file, wherever they lie */
    char *own_bytes;          /* a file read while that buffer was lent, or a sifted one */
    size_t own_count;
    struct mlint_finding *finding_list, *last_finding;
    bool masks_due;         /* nobody has asked for its sources' masks yet: model/masks.h */
    uint8_t lines_masked;   /* but for so many single lines' */
    bool too_many_findings; /* MLINT_LIMIT_FINDINGS was reached */
    const struct mlint_finding **findings; /* sorted, once sealed */
    size_t finding_count;
};

struct mlint_file *mlint_result_add_file(struct mlint_result *result, struct mlint_str path);
struct mlint_source *mlint_result_add_source(struct mlint_result *result, struct mlint_str name,
                                             struct mlint_str raw);
struct mlint_account *mlint_result_add_account(struct mlint_result *result,
                                               struct mlint_file *file, struct mlint_str key);
struct mlint_finding *mlint_result_add_finding(struct mlint_result *result,
                                               const struct mlint_rule *rule);
/* Room for outgoing[n]; NULL beyond MLINT_LIMIT_OUTGOING or without memory. */
struct mlint_side *mlint_account_add_outgoing(struct mlint_result *result,
                                              struct mlint_account *account);
void mlint_account_add_address(struct mlint_result *result, struct mlint_account *account,
                               struct mlint_str address, bool alias);
/* A number for whose account it is, never 0: its client with its address, else its login name
 * and server, else its key. What is in the arena meanwhile is of no further use. */
uint64_t mlint_account_identity(struct mlint_arena *arena, const struct mlint_account *account);
/* One of the account's own fields, or NULL. */
struct mlint_field *mlint_account_own_field(struct mlint_account *account,
                                            enum mlint_field_id id);
/* One of those or of a side (0 incoming, 1.. outgoing), const or not. */
static inline struct mlint_field *mlint_account_field_of(struct mlint_account *account,
                                                         unsigned side, enum mlint_field_id id)
{
    if (id >= MLINT_SIDE_FIELD_COUNT || side > account->outgoing_count)
        return mlint_account_own_field(account, id);
    return side ? &account->outgoing[side - 1].field[id] : &account->incoming.field[id];
}
/* mlint_account_field, which rules ask a hundred times an account. */
static inline const struct mlint_field *mlint_field_in(const struct mlint_account *account,
                                                       unsigned side, enum mlint_field_id id)
{
    if (id >= MLINT_SIDE_FIELD_COUNT || side > account->outgoing_count)
        return mlint_account_field(account, side, id);
    return side ? &account->outgoing[side - 1].field[id] : &account->incoming.field[id];
}

/* Setters for formats. node may be NULL. */
void mlint_field_set_text(struct mlint_field *field, enum mlint_presence presence,
                          const struct mlint_node *node, struct mlint_str text);
void mlint_field_set_number(struct mlint_field *field, enum mlint_presence presence,
                            const struct mlint_node *node, int64_t number);
/* A readable password: kept for the rules, hidden from every report. Marks the arena for wiping
 * and the node's span as hidden. */
void mlint_field_set_password(struct mlint_result *result, struct mlint_field *field,
                              const struct mlint_node *node, struct mlint_str secret);
/* The same for one that no field is to have; one that a field of the account has is left alone,
 * so this comes last. */
void mlint_account_add_spare(struct mlint_result *result, struct mlint_account *account,
                             unsigned side, const struct mlint_node *node);
/* The node's path in the client's own terms, in the result's arena. */
const char *mlint_path_of(struct mlint_result *result, const struct mlint_node *node);
/* Of mlint_field_locate, line and column alone, or the path. */
void mlint_field_find_line(const struct mlint_result *result, const struct mlint_field *field,
                           struct mlint_location *out);
const char *mlint_field_path(const struct mlint_result *result,
                             const struct mlint_field *field);
/* Line, column and bytes of a place; 0 and the path alone where it has none. */
int mlint_place_locate(const struct mlint_result *result, const struct mlint_place *place,
                       struct mlint_location *out);
/* Of that, line and column alone, where it has them. */
void mlint_place_find_line(const struct mlint_result *result, const struct mlint_place *place,
                           struct mlint_location *out);
static inline bool mlint_field_has(const struct mlint_field *field)
{
    return field->presence == MLINT_WRITTEN || field->presence == MLINT_CLIENT_DEFAULT;
}

#endif
