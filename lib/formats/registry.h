/* registry.h: what the readers of registry exports and hives share; private to lib/formats.
 *
 * A registry tree may hold accounts of Outlook 2002 and later (profiles: outlook_profiles.c)
 * and of Outlook Express, Outlook 98-2000 and Windows (Live) Mail (account managers:
 * express_accounts.c). Both take any tree of keys and values, wherever it came from. */
#ifndef MLINT_FORMATS_REGISTRY_H
#define MLINT_FORMATS_REGISTRY_H

#include "formats/format.h"

/* Whether a key's values may matter to any mail client; `from` as in reg.h. */
bool mlint_registry_wanted(struct mlint_str path, size_t from);
/* The lengths of the names that decide it, as `telling` in reg.h. */
#define MLINT_REGISTRY_TELLING                                                                 \
    (1u << 3 | 1u << 8 | 1u << 12 | 1u << 15 | 1u << 17 | 1u << 19 | 1u << 24 |                \
     UINT64_C(1) << 32)
/* The bid of a .reg file's head, before anyone looks for keys. */
int mlint_registry_bid(const struct mlint_probe *probe);
/* Read a .reg file into reading->tree, unless another format has done so already; false without
 * memory. The second is the same as a format's `parse`. */
bool mlint_registry_tree(struct mlint_reading *reading);
/* The same of any source that is an export or a hive; NULL without memory. */
struct mlint_tree *mlint_registry_read(struct mlint_reading *reading,
                                       struct mlint_source *source, bool everything);
bool mlint_registry_is_hive(struct mlint_str raw);
struct mlint_tree *mlint_registry_read_hive(struct mlint_reading *reading,
                                            struct mlint_source *source, bool everything);
enum mlint_read_outcome mlint_registry_parse(struct mlint_reading *reading);
/* The sieve of .reg files. */
void mlint_registry_sift(struct mlint_sift *sift);
/* What became of the tree and its accounts. */
enum mlint_read_outcome mlint_registry_conclude(struct mlint_reading *reading);

/* Add the accounts of a family; whether the tree has keys of it at all. */
bool mlint_registry_has_profiles(const struct mlint_tree *tree);
bool mlint_registry_has_managers(const struct mlint_tree *tree);
void mlint_registry_add_profiles(struct mlint_reading *reading);
void mlint_registry_add_managers(struct mlint_reading *reading);

/* ---- Values ----------------------------------------------------------------------------- */

#define MLINT_REGISTRY_KNOWN 48 /* values of an account; Outlook writes about thirty */

/* The next key or value in file order, root being the first; NULL after the last. */
const struct mlint_node *mlint_registry_next(const struct mlint_node *root,
                                             const struct mlint_node *node);
/* The same of keys alone. */
const struct mlint_node *mlint_registry_next_key(const struct mlint_node *root,
                                                 const struct mlint_node *key);
/* Case apart. Inline, so that the length of the name is known when it is asked for. */
static inline bool mlint_registry_is_key(const struct mlint_node *node, const char *name)
{
    return node && node->type == MLINT_NODE_GROUP &&
           mlint_str_eq_nocase(node->name, mlint_str_from(name));
}
/* Whose keys these are: HKEY_CURRENT_USER, the SID below HKEY_USERS, the root of a hive. */
const struct mlint_node *mlint_registry_user(const struct mlint_node *key);
bool mlint_registry_is_current(const struct mlint_node *user);
/* Text of a REG_SZ, or of a REG_BINARY that holds one; empty for other types and for NULL. */
struct mlint_str mlint_registry_text(struct mlint_reading *reading,
                                     const struct mlint_node *node);

/* A value (or key) by its name, case apart; names are unique in a registry. */
const struct mlint_node *mlint_registry_child(const struct mlint_node *key,
                                              struct mlint_str name);
struct mlint_str mlint_registry_text_named(struct mlint_reading *reading,
                                           const struct mlint_node *key, struct mlint_str name);

/* An account being filled from the values of one key. */
struct mlint_registry_account {
    struct mlint_reading *reading;
    struct mlint_account *account;
    const struct mlint_node *key;
    struct mlint_str path;   /* of the key, for values that are not written */
    struct mlint_str prefix; /* "POP3 " or "IMAP " */
    /* What stands in the key, with what tells most names apart. By a hash of that, the first
     * child's number and each one's next, counted from 1: 0 ends the list. */
    const struct mlint_node *child[MLINT_REGISTRY_KNOWN];
    uint32_t mark[MLINT_REGISTRY_KNOWN];
    uint8_t next[MLINT_REGISTRY_KNOWN], first[64];
    const struct mlint_node *more; /* the first child that found no room there, or NULL */
};

/* Look at a key: what is asked of `entry` from then on is found quickly. */
void mlint_registry_look(struct mlint_registry_account *entry, struct mlint_reading *reading,
                         const struct mlint_node *key);
/* Add an account for it; entry->account is NULL if there can be none. */
void mlint_registry_open(struct mlint_registry_account *entry, struct mlint_str name);
/* The value of that name, below the prefix of the incoming protocol where `incoming` is set. */
const struct mlint_node *mlint_registry_value(const struct mlint_registry_account *entry,
                                              bool incoming, struct mlint_str name);
/* The same as mlint_registry_child of its key. */
const struct mlint_node *mlint_registry_named(const struct mlint_registry_account *entry,
                                              struct mlint_str name);
struct mlint_field *mlint_registry_field(struct mlint_registry_account *entry, unsigned side,
                                         enum mlint_field_id id);
const char *mlint_registry_where(struct mlint_registry_account *entry, bool incoming,
                                 struct mlint_str name);

/* Note a value that should be "text" or "a dword". */
void mlint_registry_say_type(struct mlint_reading *reading, const struct mlint_node *node,
                             const char *wanted);
/* A field from the value of that name: as written, else absent with its place. */
void mlint_registry_set_text(struct mlint_registry_account *entry, unsigned side,
                             enum mlint_field_id id, struct mlint_str name);
/* A dword as it is; the client's default where there is none; nothing where the value is of
 * another type. Returns whether the field has a number. */
#define MLINT_REGISTRY_NO_NUMBER "written, but not as a number"
bool mlint_registry_set_number(struct mlint_registry_account *entry, unsigned side,
                               enum mlint_field_id id, struct mlint_str name,
                               int64_t otherwise);
/* A dword as it stands in the file. */
void mlint_registry_put_number(const struct mlint_registry_account *entry,
                               struct mlint_field *field, const struct mlint_node *node,
                               int64_t number);
/* The number of an outgoing server's only switch for encryption, as its port makes it: STARTTLS
 * towards those of mail submission. Absent where the port is no number. */
void mlint_registry_by_port(struct mlint_registry_account *entry, struct mlint_field *security);
/* The dword of a node; false with a note if it is there and no dword, or if it is absent. */
bool mlint_registry_dword(struct mlint_registry_account *entry, const struct mlint_node *node,
                          int64_t *number);
/* Sealed bytes are there but hidden; text is a password that anyone can read. */
void mlint_registry_set_password(struct mlint_registry_account *entry, unsigned side,
                                 struct mlint_str name);
/* What else stands there as a readable password: last, when the account's fields are read. */
void mlint_registry_add_spares(struct mlint_registry_account *entry);
/* The outgoing server logs in as the incoming one does. */
void mlint_registry_same_login(struct mlint_registry_account *entry,
                               const struct mlint_node *node);

/* Model words to what stands in the file. */
extern const struct mlint_converter mlint_conv_registry_text;
extern const struct mlint_converter mlint_conv_registry_number;
extern const struct mlint_converter mlint_conv_registry_spa;        /* 1 SPA, 0 not */
extern const struct mlint_converter mlint_conv_registry_ssl;        /* 1 TLS, 0 not */
extern const struct mlint_converter mlint_conv_registry_encryption; /* 0-3, Outlook's own */
extern const struct mlint_converter mlint_conv_registry_sicily;     /* 0-3, Outlook Express' */

#endif
