/* thunderbird.h: what the formats of the Thunderbird family share: preferences sorted into
 * accounts, servers, identities and outgoing servers, and how those become accounts of the
 * model.
 *
 * Judged by the code of Thunderbird 153. Private to formats/thunderbird_*.c. */
#ifndef MLINT_FORMATS_THUNDERBIRD_H
#define MLINT_FORMATS_THUNDERBIRD_H

#include "formats/format.h"
#include "syntax/prefs.h"

/* The four kinds of object that preferences describe, and the global ones. */
enum mlint_tb_kind {
    MLINT_TB_GLOBAL,
    MLINT_TB_ACCOUNT,  /* mail.account.KEY. */
    MLINT_TB_SERVER,   /* mail.server.KEY. */
    MLINT_TB_IDENTITY, /* mail.identity.KEY. */
    MLINT_TB_SMTP,     /* mail.smtpserver.KEY. */
    MLINT_TB_MAILBOX,  /* no preferences: type, host, user and port that a live server has */
    MLINT_TB_KIND_COUNT
};

/* The preferences that matter; rows of the table in thunderbird_names.c. */
enum mlint_tb_pref {
    MLINT_TB_ACCOUNTS, /* global ones, by their whole name */
    MLINT_TB_APPEND,
    MLINT_TB_SMTP_LIST,
    MLINT_TB_SMTP_DEFAULT,
    MLINT_TB_UI_VERSION,
    MLINT_TB_APP_VERSION,
    MLINT_TB_MILESTONE,
    MLINT_TB_APPEND_VERSION,
    MLINT_TB_CONFIG_NAME,
    MLINT_TB_CONFIG_SHIFT,
    MLINT_TB_ACCOUNT_SERVER,
    MLINT_TB_ACCOUNT_IDENTITIES,
    MLINT_TB_TYPE, /* incoming servers */
    MLINT_TB_HOST,
    MLINT_TB_USER,
    MLINT_TB_PORT,
    MLINT_TB_SOCKET,
    MLINT_TB_IS_SECURE,
    MLINT_TB_AUTH,
    MLINT_TB_NAME,
    MLINT_TB_CHECK,
    MLINT_TB_CHECK_TIME,
    MLINT_TB_AT_START,
    MLINT_TB_LEAVE,
    MLINT_TB_HIDDEN,
    MLINT_TB_REAL_HOST,
    MLINT_TB_REAL_USER,
    MLINT_TB_USE_SEC_AUTH,
    MLINT_TB_AUTH_LOGIN,
    MLINT_TB_PASSWORD,
    MLINT_TB_EMAIL, /* identities */
    MLINT_TB_SMTP_KEY,
    MLINT_TB_SMTP_TYPE, /* outgoing servers */
    MLINT_TB_SMTP_HOST,
    MLINT_TB_SMTP_USER,
    MLINT_TB_SMTP_PORT,
    MLINT_TB_SMTP_SOCKET,
    MLINT_TB_SMTP_AUTH,
    MLINT_TB_SMTP_OLD_AUTH,
    MLINT_TB_SMTP_PASSWORD,
    MLINT_TB_PREF_COUNT
};

#define MLINT_TB_SLOTS 18 /* most preferences of one kind */

/* What a preference is, by its name. */
struct mlint_tb_row {
    enum mlint_tb_kind kind;
    uint8_t slot;       /* in mlint_tb_object.value */
    uint8_t type;       /* enum mlint_node_type */
    bool typed_default; /* Thunderbird ships a default: one of another type is refused */
    bool shared;        /* KEY "default" stands in for what an object lacks */
    struct mlint_str name;
};

/* What an administrator's files and user.js add to an object: the defaults below the user's
 * values, and the values that stronger files have replaced. */
struct mlint_tb_layers {
    const struct mlint_node *base[MLINT_TB_SLOTS];
    const struct mlint_node *replaced[MLINT_TB_SLOTS];
    const struct mlint_node *unlocks[MLINT_TB_SLOTS]; /* what may take that lock away */
    uint32_t locked; /* a bit for each slot whose default counts, whatever the user has */
};

struct mlint_tb_object {
    struct mlint_tb_object *next, *same_slot;
    struct mlint_str key; /* server1 */
    enum mlint_tb_kind kind;
    bool used;   /* a live account has it; outgoing servers: mail.smtpservers names it */
    bool judged; /* outgoing servers: some live account has it as a side */
    const char *not_live;           /* accounts: why Thunderbird drops it */
    struct mlint_account *account;  /* accounts: what became of it, if it is live */
    const struct mlint_node *first; /* first node seen */
    const struct mlint_node *value[MLINT_TB_SLOTS]; /* the user's */
    struct mlint_tb_layers *layers;                 /* NULL: there is nothing else */
    bool noted[MLINT_TB_SLOTS];                     /* its wrong type has been noted */
};

struct mlint_tb_graph {
    struct mlint_reading *reading;
    struct mlint_arena *arena;
    struct mlint_tb_object *objects, *last; /* in file order */
    struct mlint_tb_object **slots;
    size_t slot_count, object_count;
    uint64_t secret;                /* that slots go by */
    struct mlint_tb_object *recent; /* neighbours in the file are mostly of one object */
    struct mlint_tb_object *global;
    struct mlint_tb_object *fallback[MLINT_TB_KIND_COUNT]; /* KEY "default", or NULL */
    struct mlint_str installation;                         /* the profile, or "" */
    unsigned version;       /* major one of the Thunderbird that wrote the profile; 0 unknown */
    bool any_mail;          /* some mail.* preference was seen */
    bool quiet;             /* no notes about the object in hand */
    bool joined;            /* what the administrator has set up is in it */
    bool silent;            /* no notes about what is being added */
    bool hostless_outgoing; /* mail.smtpservers names one without a host */
    bool no_outgoing;       /* the list of outgoing servers is broken as a whole */
    const char *not_live;   /* why none of the accounts is, or NULL */
    bool any_server;        /* which server an account has is computed */
    bool any_computed;      /* something in it is */
};

/* For mlint_prefs_options.classify and .initials: extensions., general., mail. and mailnews. */
uint16_t mlint_tb_classify(struct mlint_str name);
#define MLINT_TB_INITIALS (1u << ('e' & 31) | 1u << ('g' & 31) | 1u << ('m' & 31))
extern const struct mlint_tb_row mlint_tb_rows[MLINT_TB_PREF_COUNT];
static inline const struct mlint_tb_row *mlint_tb_row(enum mlint_tb_pref pref)
{
    return &mlint_tb_rows[pref];
}
/* server1 of mail.server.server1.port, whose row this is. */
struct mlint_str mlint_tb_key(const struct mlint_tb_row *row, struct mlint_str name);
bool mlint_tb_graph_init(struct mlint_tb_graph *graph, struct mlint_reading *reading);
/* Sort a tree's preferences in, in the order in which Thunderbird reads its files: of two
 * defaults, and of two values of the user, the later one counts. */
void mlint_tb_graph_add(struct mlint_tb_graph *graph, const struct mlint_tree *tree);
struct mlint_tb_object *mlint_tb_find(const struct mlint_tb_graph *graph,
                                      enum mlint_tb_kind kind, struct mlint_str key);
/* The same, made if need be; NULL without memory. */
struct mlint_tb_object *mlint_tb_claim(struct mlint_tb_graph *graph, enum mlint_tb_kind kind,
                                       struct mlint_str key);
/* The object's own preference if it is there and of its type; a wrong type is noted. */
const struct mlint_node *mlint_tb_own_value(struct mlint_tb_graph *graph,
                                            struct mlint_tb_object *object,
                                            enum mlint_tb_pref pref);
/* Most are what the user's file says and no other. */
static inline const struct mlint_node *mlint_tb_own(struct mlint_tb_graph *graph,
                                                    struct mlint_tb_object *object,
                                                    enum mlint_tb_pref pref)
{
    const struct mlint_tb_row *row = mlint_tb_row(pref);
    const struct mlint_node *node = object ? object->value[row->slot] : NULL;

    if (!object || (!object->layers && (!node || node->type == row->type)))
        return node;
    return mlint_tb_own_value(graph, object, pref);
}
/* The same, else what the user set for all objects of the kind (mail.server.default.*). */
const struct mlint_node *mlint_tb_get(struct mlint_tb_graph *graph,
                                      struct mlint_tb_object *object, enum mlint_tb_pref pref,
                                      bool *inherited);
/* The value of another file that this one, which counts, has taken the place of, or NULL. */
const struct mlint_node *mlint_tb_replaced_value(const struct mlint_tb_graph *graph,
                                                 const struct mlint_tb_object *object,
                                                 const struct mlint_node *node);
static inline const struct mlint_node *mlint_tb_replaced(const struct mlint_tb_graph *graph,
                                                         const struct mlint_tb_object *object,
                                                         const struct mlint_node *node)
{
    const struct mlint_tb_object *shared = graph->fallback[object->kind];

    if (!object->layers && !(shared && shared->layers))
        return NULL; /* there is no other file */
    return mlint_tb_replaced_value(graph, object, node);
}
/* Whether appendaccounts counts at the next start; *computed: what decides it there, else NULL.
 */
bool mlint_tb_appends(struct mlint_tb_graph *graph, const struct mlint_node **computed);
/* The preference's full name, in the arena: mail.server.server1.port. */
const char *mlint_tb_name(struct mlint_tb_graph *graph, const struct mlint_tb_object *object,
                          enum mlint_tb_pref pref);
/* "153.7.0" -> 153; 0 if it is no version. */
unsigned mlint_tb_major(struct mlint_str version);

/* ---- What an administrator has set up --------------------------------------------------- */

struct mlint_tb_layer;

struct mlint_tb_installation {
    struct mlint_reading *reading;
    struct mlint_tb_layer *first, *last; /* its files, from weak to strong */
    bool given;                          /* by the setting, not found beside the file in hand */
    bool too_many;                       /* MLINT_LIMIT_INSTALLATION was reached */
    const char *app, *system;         /* the folders, seen from the file in hand; NULL: none */
    const struct mlint_node *missing; /* names an AutoConfig file that is not there */
    /* The file in hand where it is one of them: its place, tree, preferences, and why
     * Thunderbird refuses it. */
    struct mlint_str own;
    struct mlint_tb_layer *mine;
    struct mlint_tree *own_tree;
    const struct mlint_tree *own_flat;
    const char *own_refusal;
};

/* The files that the setting `installation` gave; perhaps none. */
void mlint_tb_installation_given(struct mlint_tb_installation *all,
                                 struct mlint_reading *reading);
/* Add the files that are read before a profile, and those that are read after it. */
void mlint_tb_installation_defaults(struct mlint_tb_graph *graph,
                                    const struct mlint_tb_installation *all);
void mlint_tb_installation_overrides(struct mlint_tb_graph *graph,
                                     const struct mlint_tb_installation *all);
/* Judge an administrator's file, together with those of its installation that lie around it.
 * flat: its preferences; refusal: why Thunderbird refuses them, or NULL. */
enum mlint_read_outcome mlint_tb_read_deployment(struct mlint_reading *reading,
                                                 const struct mlint_tree *flat,
                                                 const char *refusal,
                                                 enum mlint_read_outcome outcome);

enum mlint_tb_script { MLINT_TB_SCRIPT_DEFAULTS, MLINT_TB_SCRIPT_CONFIG };

/* Whether a text calls what only default preference files and AutoConfig files may call. */
bool mlint_tb_may_be_script(struct mlint_str text);
/* A default preference file or an AutoConfig file as a tree; everything: for dump. NULL without
 * memory. */
struct mlint_tree *mlint_tb_script_read(struct mlint_arena *arena, struct mlint_source *source,
                                        enum mlint_tb_script kind, bool everything);
/* The preferences that reading->tree, a policies.json, sets, or NULL if there are none;
 * *refusal: why Thunderbird refuses them all, or NULL. */
const struct mlint_tree *mlint_tb_policies_list(struct mlint_reading *reading,
                                                const char **refusal);

/* Why a profile is not the one that Thunderbird starts, for the file's detail; NULL: it is, or
 * nothing says so. profile: the name of its folder. */
const char *mlint_tb_other_profile(struct mlint_reading *reading, struct mlint_str profile);

static inline bool mlint_tb_is_computed(const struct mlint_node *node)
{
    return node && node->type == MLINT_NODE_COMPUTED;
}
/* The field is absent, since this node decides it and is computed. */
void mlint_tb_set_computed(struct mlint_tb_graph *graph, struct mlint_field *field,
                           const struct mlint_node *node);
/* The port that the incoming side gets, its default included; 0: none. */
int64_t mlint_tb_incoming_port(struct mlint_tb_graph *graph, struct mlint_tb_object *server);
/* Fill the incoming and outgoing side, with Thunderbird's defaults. */
void mlint_tb_read_incoming(struct mlint_tb_graph *graph, struct mlint_tb_object *server,
                            struct mlint_account *account);
void mlint_tb_read_outgoing(struct mlint_tb_graph *graph, struct mlint_tb_object *smtp,
                            struct mlint_side *side);
/* Add the file's accounts, live ones first; false: there are more than a file may have. */
bool mlint_tb_add_accounts(struct mlint_tb_graph *graph, struct mlint_str installation);

#endif
