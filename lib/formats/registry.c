/* registry.c: which parts of a registry matter to mail, and reading a .reg file down to them.
 * What the keys mean is in outlook_profiles.c and express_accounts.c. */
#include "formats/registry.h"
#include "base/eight.h"
#include "model/config.h"
#include "syntax/reg.h"
#include "syntax/reg_scan.h"

/* The list of a profile's services and accounts, in every version since 2002. */
#define ACCOUNT_LIST "9375CFF0413111d3B88A00104B2A6676"

/* Keys below which everything matters, wherever they stand: exports come with any root. No two
 * are of one length, so most names of a path are ruled out by theirs. */
static const struct mlint_str marks[33] = {
    [3] = MLINT_STR_INIT("IAM"),
    [12] = MLINT_STR_INIT("Windows Mail"),
    [15] = MLINT_STR_INIT("Outlook Express"),
    [17] = MLINT_STR_INIT("Windows Live Mail"),
    [19] = MLINT_STR_INIT("OMI Account Manager"),
    [24] = MLINT_STR_INIT("Internet Account Manager"),
    [32] = MLINT_STR_INIT(ACCOUNT_LIST),
};

static bool is_mark(struct mlint_str name)
{
    return name.len < sizeof(marks) / sizeof(marks[0]) && name.len > 0 &&
           mlint_str_eq_nocase(name, marks[name.len]);
}

/* The parents of profiles: ...\Outlook\Profiles, ...\Windows Messaging Subsystem\Profiles. */
static bool holds_profiles(struct mlint_str parent, struct mlint_str name)
{
    return mlint_str_eq_nocase(name, MLINT_STR("Profiles")) &&
           (mlint_str_eq_nocase(parent, MLINT_STR("Outlook")) ||
            mlint_str_eq_nocase(parent, MLINT_STR("Windows Messaging Subsystem")));
}

/* The key of all profiles, which a name of the path is, or one of them; what is in them counts
 * only below a mark. */
static bool is_profile(struct mlint_str path, size_t begin, size_t end)
{
    struct mlint_str before = mlint_str_sub(path, 0, begin ? begin - 1 : 0);
    size_t slash = mlint_str_rfind_char(before, '\\');
    struct mlint_str parent =
        slash < before.len ? mlint_str_sub(before, slash + 1, before.len) : before;
    struct mlint_str rest = mlint_str_sub(path, end + 1, path.len);

    return mlint_str_find_char(rest, '\\') == rest.len &&
           holds_profiles(parent, mlint_str_sub(path, begin, end));
}

/* Asked of every key of an export: most names are ruled out by their length. A name decides
 * alone or with those before it, or, for a profile, by how few stand behind it: of those before
 * `from` none can. */
bool mlint_registry_wanted(struct mlint_str path, size_t from)
{
    const char *end = path.ptr + path.len;

    for (size_t begin = from, at; begin < path.len; begin = at + 1) {
        at = (size_t)(mlint_reg_find(path.ptr + begin, end, end, '\\', '\\') - path.ptr);
        if (at - begin > 32 || !(MLINT_REGISTRY_TELLING >> (at - begin) & 1))
            continue;
        if (is_mark(mlint_str_sub(path, begin, at)) ||
            ((path.ptr[begin] | 0x20) == 'p' && is_profile(path, begin, at)))
            return true;
    }
    return false;
}

static bool has_w(uint64_t bytes)
{
    return mlint_any_letter(bytes, 'w') != 0;
}

/* "Password", "Passwd": asked of every value, so it looks for the rarest letter first. */
static bool is_secret(struct mlint_str text)
{
    if (!mlint_any_eight(text.ptr, text.len, has_w))
        return false;
    for (size_t i = 4; i < text.len; i++) {
        if ((text.ptr[i] | 0x20) == 'w' &&
            mlint_str_eq_nocase(mlint_str_sub(text, i - 4, i), MLINT_STR("pass")))
            return true;
    }
    return false;
}

int mlint_registry_bid(const struct mlint_probe *probe)
{
    static const struct mlint_str roots[] = { MLINT_STR_INIT("[HKEY_"),
                                              MLINT_STR_INIT("[HKCU\\"),
                                              MLINT_STR_INIT("[HKU\\"),
                                              MLINT_STR_INIT("[-HKEY_") };
    struct mlint_str text = probe->text;

    if (mlint_str_starts_nocase(text, MLINT_STR("Windows Registry Editor")) ||
        mlint_str_starts_nocase(text, MLINT_STR("REGEDIT4")))
        return MLINT_BID_SYNTAX;
    for (size_t at = mlint_str_find_char(text, '['); at < text.len;
         at += 1 + mlint_str_find_char(mlint_str_sub(text, at + 1, text.len), '[')) {
        struct mlint_str rest = mlint_str_sub(text, at, text.len);
        bool starts_line = at == 0 || text.ptr[at - 1] == '\n' || text.ptr[at - 1] == '\r';

        for (size_t i = 0; starts_line && i < sizeof(roots) / sizeof(roots[0]); i++) {
            if (mlint_str_starts_nocase(rest, roots[i]))
                return MLINT_BID_SYNTAX;
        }
    }
    return MLINT_BID_NONE;
}

struct mlint_tree *mlint_registry_read(struct mlint_reading *reading,
                                       struct mlint_source *source, bool everything)
{
    struct mlint_reg_options options = {
        .wanted = everything ? NULL : mlint_registry_wanted,
        .telling = MLINT_REGISTRY_TELLING,
        .secret = is_secret,
        .code_page = reading->config->code_page,
    };
    unsigned code_page = reading->config->code_page ? reading->config->code_page : 1252;

    if (mlint_registry_is_hive(source->raw))
        return mlint_registry_read_hive(reading, source, everything);
    if (!mlint_source_decode(source, reading->arena, code_page))
        return NULL;
    return mlint_reg_read(reading->arena, source, &options);
}

bool mlint_registry_tree(struct mlint_reading *reading)
{
    static const char syntax[] = "reg"; /* its address marks the tree as ours */

    if (reading->tree_syntax != syntax) {
        reading->tree = mlint_registry_read(reading, reading->source, reading->everything);
        reading->tree_syntax = syntax;
    }
    return reading->tree != NULL;
}

void mlint_registry_sift(struct mlint_sift *sift)
{
    mlint_reg_sift(sift, mlint_registry_wanted);
}

enum mlint_read_outcome mlint_registry_parse(struct mlint_reading *reading)
{
    return mlint_registry_tree(reading) ? mlint_reading_outcome(reading, reading->tree)
                                        : MLINT_READ_LIMIT;
}

const struct mlint_node *mlint_registry_next(const struct mlint_node *root,
                                             const struct mlint_node *node)
{
    if (node->child)
        return node->child;
    while (node != root && !node->next)
        node = node->parent;
    return node != root ? node->next : NULL;
}

static const struct mlint_node *first_key(const struct mlint_node *node)
{
    while (node && node->type != MLINT_NODE_GROUP)
        node = node->next;
    return node;
}

const struct mlint_node *mlint_registry_next_key(const struct mlint_node *root,
                                                 const struct mlint_node *key)
{
    const struct mlint_node *next = first_key(key->child);

    for (; !next && key != root; key = key->parent)
        next = first_key(key->next);
    return next;
}

const struct mlint_node *mlint_registry_user(const struct mlint_node *key)
{
    const struct mlint_node *second = key;

    if (!key->parent)
        return key;
    for (; key->parent->parent; key = key->parent)
        second = key;
    if (mlint_registry_is_key(key, "Software") || mlint_registry_is_key(key, "Identities"))
        return key->parent;
    if ((mlint_registry_is_key(key, "HKEY_USERS") ||
         mlint_registry_is_key(key, "HKEY_LOCAL_MACHINE")) &&
        !mlint_registry_is_key(second, "Software"))
        return second;
    return key;
}

bool mlint_registry_is_current(const struct mlint_node *user)
{
    return !user->parent || mlint_registry_is_key(user, "HKEY_CURRENT_USER");
}

static bool is_profiles(const struct mlint_node *key)
{
    return key->parent && holds_profiles(key->parent->name, key->name);
}

bool mlint_registry_has_profiles(const struct mlint_tree *tree)
{
    const struct mlint_node *node = tree->root;

    for (; node; node = mlint_registry_next_key(tree->root, node)) {
        if (mlint_registry_is_key(node, ACCOUNT_LIST) || is_profiles(node))
            return true;
    }
    return false;
}

bool mlint_registry_has_managers(const struct mlint_tree *tree)
{
    const struct mlint_node *node = tree->root;

    for (; node; node = mlint_registry_next_key(tree->root, node)) {
        if (is_mark(node->name) && !mlint_registry_is_key(node, ACCOUNT_LIST))
            return true;
    }
    return false;
}
