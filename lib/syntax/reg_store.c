/* reg_store.c: the tree of a .reg file as the registry would stand after its import.
 *
 * Names ignore case, a key named twice is one key, a value set twice has its last content, and
 * a deleted key takes everything below it along. Every step is a look-up in one hash table, so
 * that a hostile file of a million repetitions and deletions costs what a million lines cost.
 */
#include "base/eight.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "source/limits.h"
#include "syntax/reg_lex.h"

static const struct {
    const char *name, *full;
} roots[] = {
    { "HKEY_CURRENT_USER", "HKEY_CURRENT_USER" },
    { "HKEY_LOCAL_MACHINE", "HKEY_LOCAL_MACHINE" },
    { "HKEY_USERS", "HKEY_USERS" },
    { "HKEY_CLASSES_ROOT", "HKEY_CLASSES_ROOT" },
    { "HKEY_CURRENT_CONFIG", "HKEY_CURRENT_CONFIG" },
    { "HKCU", "HKEY_CURRENT_USER" },
    { "HKLM", "HKEY_LOCAL_MACHINE" },
    { "HKU", "HKEY_USERS" },
    { "HKCR", "HKEY_CLASSES_ROOT" },
    { "HKCC", "HKEY_CURRENT_CONFIG" },
};

static struct mlint_str full_root(struct mlint_str name)
{
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        if (mlint_str_eq_nocase(name, mlint_str_from(roots[i].name)))
            return mlint_str_from(roots[i].full);
    }
    return name;
}

/* The next character with its case folded; ASCII first. */
static uint32_t folded(struct mlint_str *rest)
{
    uint32_t c = (unsigned char)*rest->ptr;
    size_t len = 1;

    if (c < 0x80)
        c = (unsigned char)mlint_lower((char)c);
    else
        len = mlint_utf8_decode(rest->ptr, rest->len, &c);
    rest->ptr += len;
    rest->len -= len;
    return c < 0x80 ? c : mlint_to_lower(c);
}

static uint64_t mix_ascii(uint64_t hash, uint64_t eight, uint64_t secret)
{
    eight |= mlint_capitals(eight) >> 2; /* 0x80 to 0x20, which makes small */
    return mlint_hash_step(hash, eight, secret);
}

/* All of up to seven characters, some of them twice. */
static uint64_t pack(const char *p, size_t count)
{
    uint32_t first, last;

    if (count >= 4) {
        memcpy(&first, p, 4);
        memcpy(&last, p + count - 4, 4);
        return (uint64_t)first << 32 | last;
    }
    if (count == 0)
        return 0;
    first = (unsigned char)p[0];
    last = (unsigned char)p[count - 1];
    return first << 16 | (uint32_t)(unsigned char)p[count / 2] << 8 | last;
}

/* Names that same_name takes for the same have the same; a file can be made of others, so none
 * of their letters may be left out. ASCII goes eight characters at once, the last ones over
 * those before them. */
static uint32_t hash_of(uint64_t secret, const struct mlint_node *parent, struct mlint_str name)
{
    uint64_t begin = (uint64_t)(uintptr_t)parent ^ name.len * 0x9E3779B97F4A7C15u;
    const char *p = name.ptr, *end = name.ptr + name.len;
    uint64_t last = name.len >= 8 ? mlint_eight(end - 8) : pack(p, name.len);
    uint64_t hash = begin, all = last;

    for (; end - p > 8; p += 8) {
        all |= mlint_eight(p);
        hash = mix_ascii(hash, mlint_eight(p), secret);
    }
    hash = mix_ascii(hash, last, secret);
    if (all & MLINT_EACH(0x80)) {
        hash = begin;
        while (name.len > 0)
            hash = mlint_hash_step(hash, folded(&name), secret);
    }
    return (uint32_t)hash;
}

/* Case apart. A letter may be longer than its other case, but names of two lengths are two:
 * hash_of goes by that. */
static bool same_name(struct mlint_str a, struct mlint_str b)
{
    if (a.len != b.len)
        return false;
    if (memcmp(a.ptr, b.ptr, a.len) == 0)
        return true;
    while (a.len > 0 && b.len > 0) {
        if (folded(&a) != folded(&b))
            return false;
    }
    return a.len == b.len;
}

bool mlint_reg_store_init(struct mlint_reg_store *store, struct mlint_tree *tree)
{
    store->tree = tree;
    store->slot_count = 128;
    store->secret = mlint_hash_secret();
    store->slots = mlint_arena_array(tree->arena, struct mlint_reg_slot, store->slot_count);
    return store->slots != NULL;
}

static bool grow(struct mlint_reg_store *store)
{
    size_t count = store->slot_count * 2;
    struct mlint_reg_slot *slots =
        mlint_arena_array(store->tree->arena, struct mlint_reg_slot, count);

    if (slots == NULL)
        return false;
    for (size_t i = 0; i < store->slot_count; i++) {
        size_t at = store->slots[i].hash & (count - 1);

        if (store->slots[i].node == NULL)
            continue;
        while (slots[at].node != NULL)
            at = (at + 1) & (count - 1);
        slots[at] = store->slots[i];
    }
    store->slots = slots;
    store->slot_count = count;
    return true;
}

/* Its slot, or the next free one; the first that is looked at is taken. */
static __attribute__((noinline)) struct mlint_reg_slot *
probe(const struct mlint_reg_store *store, uint32_t hash, const struct mlint_node *parent,
      struct mlint_str name, bool key)
{
    size_t at = hash & (store->slot_count - 1);
    struct mlint_reg_slot *slot = &store->slots[at];

    while (slot->node != NULL) {
        if (slot->hash == hash && slot->node->parent == parent &&
            (slot->node->type == MLINT_NODE_GROUP) == key && same_name(slot->node->name, name))
            return slot;
        at = (at + 1) & (store->slot_count - 1);
        slot = &store->slots[at];
    }
    return slot;
}

/* Where a key or a value of that name is or would be. */
static inline struct mlint_reg_slot *slot_of(const struct mlint_reg_store *store,
                                             const struct mlint_node *parent,
                                             struct mlint_str name, bool key)
{
    uint32_t hash = hash_of(store->secret, parent, name) ^ (key ? 0x5BD1E995u : 0);
    struct mlint_reg_slot *slot = &store->slots[hash & (store->slot_count - 1)];

    if (slot->node != NULL)
        slot = probe(store, hash, parent, name, key);
    slot->hash = hash;
    return slot;
}

static bool is_live(const struct mlint_reg_slot *slot)
{
    return slot->node != NULL && !(slot->node->flags & MLINT_NODE_DELETED);
}

/* A new node in a slot that is free or holds a deleted one. */
static struct mlint_node *fill(struct mlint_reg_store *store, struct mlint_reg_slot *slot,
                               struct mlint_node *parent, struct mlint_str name, bool key)
{
    struct mlint_node *node =
        mlint_node_add(store->tree, parent, key ? MLINT_NODE_GROUP : MLINT_NODE_NULL, name);

    if (node == NULL)
        return NULL;
    if (slot->node == NULL)
        store->used++;
    slot->node = node;
    if (store->used * 2 > store->slot_count && !grow(store))
        return NULL;
    return node;
}

/* Take the first name off a path; empty ones do not count, as in "\Software" and "a\\b". */
static bool next_name(struct mlint_str *path, struct mlint_str *name)
{
    const char *p = path->ptr, *end = p + path->len, *begin;

    while (p < end && *p == '\\')
        p++;
    begin = p;
    p = mlint_reg_find(p, end, end, '\\', '\\');
    *name = mlint_str_make(begin, (size_t)(p - begin));
    *path = mlint_str_make(p, (size_t)(end - p));
    return name->len > 0;
}

/* Keys come in the order of the tree: begin at the last one or its parent where that fits. The
 * rest of the path is left in *path; returns how many names were spared. */
static unsigned resume(const struct mlint_reg_store *store, struct mlint_str *path,
                       struct mlint_node **node)
{
    struct mlint_str last = store->last_path;
    size_t parent = mlint_str_rfind_char(last, '\\');

    *node = store->tree->root;
    if (last.len == 0 || parent == last.len)
        return 0;
    if (path->len > last.len && path->ptr[last.len] == '\\' && mlint_str_starts(*path, last)) {
        *path = mlint_str_sub(*path, last.len + 1, path->len);
        *node = store->last_key;
        return store->last_level;
    }
    if (path->len > parent && mlint_str_starts(*path, mlint_str_sub(last, 0, parent + 1))) {
        *path = mlint_str_sub(*path, parent + 1, path->len);
        *node = store->last_key->parent;
        return store->last_level - 1;
    }
    return 0;
}

struct mlint_node *mlint_reg_store_key(struct mlint_reg_store *store, struct mlint_str path,
                                       struct mlint_span span)
{
    struct mlint_str whole = path, name;
    struct mlint_node *node;
    unsigned level = resume(store, &path, &node);

    for (; next_name(&path, &name); level++) {
        struct mlint_reg_slot *slot;

        if (level == MLINT_LIMIT_DEPTH) {
            store->tree->too_deep = true;
            return NULL;
        }
        if (level == 0)
            name = full_root(name);
        slot = slot_of(store, node, name, true);
        if (is_live(slot)) {
            node = slot->node;
            continue;
        }
        node = fill(store, slot, node, name, true);
        if (node == NULL)
            return NULL;
        node->name_span = span;
    }
    if (node != store->tree->root && node->subtype == 0) {
        node->subtype = 1; /* it has a line of its own, and not only ones below it */
        node->name_span = span;
    }
    store->last_path = whole;
    store->last_key = node;
    store->last_level = level;
    return node;
}

struct mlint_node *mlint_reg_store_value(struct mlint_reg_store *store, struct mlint_node *key,
                                         struct mlint_str name, const struct mlint_node **old)
{
    struct mlint_reg_slot *slot = slot_of(store, key, name, false);
    struct mlint_node *copy;

    if (!is_live(slot))
        return fill(store, slot, key, name, false);
    copy = mlint_arena_new(store->tree->arena, struct mlint_node);
    if (copy == NULL)
        return NULL;
    *copy = *slot->node;
    *old = copy;
    return slot->node;
}

/* Deletion only marks: the nodes below a deleted key are out of reach with it, since look-ups
 * go by the parent and a key made anew is another node. */
static const struct mlint_node *drop(struct mlint_reg_store *store, struct mlint_reg_slot *slot)
{
    if (!is_live(slot))
        return NULL;
    slot->node->flags |= MLINT_NODE_DELETED;
    store->deleted = true;
    store->last_path = MLINT_STR("");
    return slot->node;
}

const struct mlint_node *mlint_reg_store_drop_key(struct mlint_reg_store *store,
                                                  struct mlint_str path)
{
    struct mlint_reg_slot *slot = NULL;
    const struct mlint_node *node = store->tree->root;
    struct mlint_str name;

    for (unsigned level = 0; next_name(&path, &name); level++) {
        slot = slot_of(store, node, level == 0 ? full_root(name) : name, true);
        if (!is_live(slot))
            return NULL;
        node = slot->node;
    }
    return slot ? drop(store, slot) : NULL;
}

const struct mlint_node *mlint_reg_store_drop_value(struct mlint_reg_store *store,
                                                    struct mlint_node *key,
                                                    struct mlint_str name)
{
    return drop(store, slot_of(store, key, name, false));
}

static void sweep_children(struct mlint_node *parent)
{
    struct mlint_node **link = &parent->child;

    parent->last = NULL;
    while (*link != NULL) {
        struct mlint_node *node = *link;

        if (node->flags & MLINT_NODE_DELETED) {
            *link = node->next;
            continue;
        }
        parent->last = node;
        link = &node->next;
    }
}

void mlint_reg_store_sweep(struct mlint_reg_store *store)
{
    struct mlint_node *node = store->tree->root;

    if (!store->deleted)
        return;
    while (node != NULL) {
        sweep_children(node);
        if (node->child != NULL) {
            node = node->child;
            continue;
        }
        while (node != NULL && node->next == NULL)
            node = node->parent;
        if (node != NULL)
            node = node->next;
    }
}
