/* outlook_profiles.c: which of the profiles in a registry Outlook uses, and which of the
 * entries in a profile's list are accounts. The fields of an account are outlook_account.c's.
 *
 * A registry often holds one profile several times: Outlook 2013 and 2016 copied the older
 * version's on their first start, people keep backups, and an export of the whole registry
 * shows HKEY_CURRENT_USER once more under HKEY_USERS. Only one of the copies is live. */
#include "formats/outlook.h"
#include "formats/registry.h"

#include "base/num.h"
#include "base/utf8.h"

#include <stdlib.h>

#define ACCOUNT_LIST "9375CFF0413111d3B88A00104B2A6676"

/* The profile's mail accounts in order, as little-endian dwords. */
#define MAIL_ACCOUNTS "{ED475418-B0D6-11D2-8C3B-00104B2A6676}"

struct profile {
    const struct mlint_node *list;   /* the key with the accounts */
    const struct mlint_node *key;    /* the profile, its parent */
    const struct mlint_node *user;   /* see mlint_registry_user */
    struct mlint_str name;           /* lower case, without "backup of " */
    int version;                     /* ten times Office's number; 100 for 2002 to 2010 */
    size_t order;                    /* in the file */
    const struct mlint_node *listed; /* the value that lists its mail accounts, or NULL */
    const char *not_live;
    bool copy; /* another key has the same profile */
};

/* ---- What a profile's path says --------------------------------------------------------- */

static int version_of(const struct mlint_node *key)
{
    const struct mlint_node *program = key->parent ? key->parent->parent : NULL;
    struct mlint_str number;
    int64_t major;

    if (!mlint_registry_is_key(program, "Outlook") || !program->parent)
        return 100; /* Windows Messaging Subsystem: Outlook 2002 to 2010 */
    number = program->parent->name;
    number = mlint_str_sub(number, 0, mlint_str_find_char(number, '.'));
    return mlint_num_parse(number, 10, &major) && major > 0 && major < 1000 ? (int)major * 10
                                                                            : 0;
}

static bool is_backup(const struct mlint_node *key)
{
    if (key->parent && !mlint_registry_is_key(key->parent, "Profiles") &&
        mlint_str_find_nocase(key->parent->name, MLINT_STR("backup")) < key->parent->name.len)
        return true;
    for (; key; key = key->parent) {
        if (mlint_str_starts_nocase(key->name, MLINT_STR("Backup Of ")))
            return true;
    }
    return false;
}

static struct mlint_str name_of(struct mlint_reading *reading, const struct mlint_node *key)
{
    struct mlint_str name = mlint_utf8_lower(reading->arena, key->name);

    if (mlint_str_starts(name, MLINT_STR("backup of ")))
        name = mlint_str_sub(name, 10, name.len);
    return name;
}

struct profiles {
    struct profile *items;
    size_t count, cap;
};

static bool add_profile(struct mlint_reading *reading, struct profiles *profiles,
                        const struct mlint_node *list)
{
    struct profile *items = mlint_arena_extend(reading->arena, profiles->items, profiles->count,
                                               &profiles->cap, sizeof(*items));
    struct profile *profile;

    if (!items)
        return false;
    profiles->items = items;
    profile = &items[profiles->count];
    profile->list = list;
    profile->key = list->parent;
    profile->user = mlint_registry_user(list);
    profile->name = name_of(reading, list->parent);
    profile->version = version_of(list->parent);
    profile->listed = mlint_registry_child(list, MLINT_STR(MAIL_ACCOUNTS));
    profile->order = profiles->count++;
    if (is_backup(list->parent))
        profile->not_live = "in a backup of the profile, which Outlook does not use";
    return true;
}

/* false without memory. */
static bool find_profiles(struct mlint_reading *reading, struct profiles *profiles)
{
    const struct mlint_node *root = reading->tree->root, *node = root;

    for (; node; node = mlint_registry_next_key(root, node)) {
        if (mlint_registry_is_key(node, ACCOUNT_LIST) && !add_profile(reading, profiles, node))
            return false;
    }
    return true;
}

/* ---- Which copy is live ----------------------------------------------------------------- */

/* Copies of one profile side by side, the one that Outlook uses first. */
static int compare_copies(const void *left, const void *right)
{
    const struct profile *a = left, *b = right;
    int order = mlint_str_cmp(a->name, b->name);

    if (order)
        return order;
    if (a->user != b->user) {
        bool first = mlint_registry_is_current(a->user);

        if (first != mlint_registry_is_current(b->user))
            return first ? -1 : 1;
        return mlint_str_cmp(a->user->name, b->user->name);
    }
    if (!a->not_live != !b->not_live)
        return a->not_live ? 1 : -1;
    if (a->version != b->version)
        return a->version > b->version ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

static int compare_order(const void *left, const void *right)
{
    const struct profile *a = left, *b = right;

    return a->order < b->order ? -1 : a->order > b->order;
}

/* Two keys with the same values in the same order, and so on below them. */
static bool same_content(const struct mlint_node *a, const struct mlint_node *b)
{
    const struct mlint_node *end = a;

    while (a && b) {
        if (a->type != b->type || a->number != b->number || !mlint_str_eq(a->value, b->value) ||
            (a != end && !mlint_str_eq_nocase(a->name, b->name)))
            return false;
        if (!a->child != !b->child)
            return false;
        if (a->child) {
            a = a->child;
            b = b->child;
            continue;
        }
        while (a != end && !a->next && !b->next) {
            a = a->parent;
            b = b->parent;
        }
        if (a == end)
            return true;
        a = a->next;
        b = b->next;
    }
    return !a && !b;
}

/* Sorted by compare_copies: `first` is the one in use of its name, whoever's it is. */
static void judge_copies(struct profile *profiles, size_t count)
{
    struct profile *first = profiles, *own = profiles; /* own: the first of the same user */

    for (size_t i = 1; i < count; i++) {
        struct profile *profile = &profiles[i];

        if (!mlint_str_eq(first->name, profile->name)) {
            first = own = profile;
        } else if (own->user == profile->user) {
            own->copy = profile->copy = true;
            if (!profile->not_live)
                profile->not_live =
                    "left over from an older Office: a newer one has this profile";
        } else {
            own = profile;
            if (profile->not_live || !mlint_registry_is_current(first->user) ||
                !same_content(first->list, profile->list))
                continue;
            first->copy = profile->copy = true;
            profile->not_live = "the same profile as under HKEY_CURRENT_USER, shown twice";
        }
    }
}

/* ---- Which entries are accounts --------------------------------------------------------- */

static bool is_listed(const struct mlint_node *value, const struct mlint_node *key)
{
    int64_t number;

    if (!value || value->type != MLINT_NODE_BINARY)
        return true;
    if (!mlint_num_parse(key->name, 16, &number))
        return false;
    for (size_t i = 0; i + 4 <= value->value.len; i += 4) {
        const unsigned char *b = (const unsigned char *)value->value.ptr + i;
        uint32_t listed =
            b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;

        if (listed == (uint64_t)number)
            return true;
    }
    return false;
}

/* "00000002" where there is one profile, else with what tells the profiles apart. */
static struct mlint_str key_of(struct mlint_reading *reading, const struct profile *profile,
                               const struct mlint_node *key, bool alone)
{
    const char *path;
    struct mlint_str rest;
    size_t at;

    if (alone)
        return key->name;
    if (!profile->not_live && mlint_registry_is_current(profile->user))
        return mlint_str_from(mlint_arena_printf(reading->arena, "%.*s\\%.*s",
                                                 MLINT_STR_ARG(profile->key->name),
                                                 MLINT_STR_ARG(key->name)));
    path = mlint_node_path(reading->arena, MLINT_PATH_BACKSLASH, profile->key);
    rest = mlint_str_from(path);
    at = mlint_str_find_nocase(rest, MLINT_STR("\\Software\\Microsoft\\"));
    if (at < rest.len && mlint_registry_is_current(profile->user))
        rest = mlint_str_sub(rest, at + 20, rest.len);
    return mlint_str_from(mlint_arena_printf(reading->arena, "%.*s\\%.*s", MLINT_STR_ARG(rest),
                                             MLINT_STR_ARG(key->name)));
}

static void add_account(struct mlint_reading *reading, const struct profile *profile,
                        const struct mlint_node *key, bool alone)
{
    enum mlint_outlook_kind kind = mlint_outlook_kind_of(reading, key);
    struct mlint_account *account;

    if (kind == MLINT_OUTLOOK_NO_ACCOUNT)
        return;
    account = mlint_outlook_add(reading, key, kind, key_of(reading, profile, key, alone));
    if (!account)
        return;
    account->not_live = profile->not_live;
    if (!account->not_live && kind == MLINT_OUTLOOK_UNKNOWN)
        account->not_live = "no known clsid: Outlook cannot tell what kind of account it is";
    if (!account->not_live && !is_listed(profile->listed, key))
        account->not_live = "not in the profile's list of accounts, which Outlook goes by";
    if (account->not_live)
        account->flags |= MLINT_ACCOUNT_NOT_LIVE;
    if (profile->copy)
        account->installation = mlint_str_from(mlint_arena_printf(
            reading->arena, "%.*s|%.*s|%.*s", MLINT_STR_ARG(reading->file->path),
            MLINT_STR_ARG(profile->name), MLINT_STR_ARG(key->name)));
}

void mlint_registry_add_profiles(struct mlint_reading *reading)
{
    struct profiles profiles = { NULL, 0, 0 };

    if (!find_profiles(reading, &profiles))
        return;
    if (profiles.count > 1) {
        qsort(profiles.items, profiles.count, sizeof(*profiles.items), compare_copies);
        judge_copies(profiles.items, profiles.count);
        qsort(profiles.items, profiles.count, sizeof(*profiles.items), compare_order);
    }
    for (size_t i = 0; i < profiles.count; i++) {
        const struct mlint_node *key = profiles.items[i].list->child;

        for (; key; key = key->next) {
            if (key->type == MLINT_NODE_GROUP)
                add_account(reading, &profiles.items[i], key, profiles.count == 1);
        }
    }
}
