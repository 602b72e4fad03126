/* hive.c: walks a registry hive and keeps the values that are wanted.
 *
 * A hive is a web of offsets that strangers may have tied: keys that contain themselves, a
 * million keys that share one list of a million others, values of megabytes that all point to
 * the same bytes. So a key is visited once, and everything that costs is counted beforehand
 * against an allowance that grows with the file. */
#include "syntax/hive.h"

#include "base/buf.h"
#include "source/limits.h"
#include "syntax/module_hive.h"
#include "syntax/reg.h"

#define CELL 8                /* keys begin at multiples of it */
#define WORK_AT_LEAST 1000000 /* steps: a key or value looked at, or 64 bytes of data */
#define WORK_PER_BYTE 1
#define MAX_PATH (16 << 20) /* 64 names of 64 Ki characters */

struct level {
    size_t *children;        /* to be released */
    size_t next;             /* the child to visit next */
    size_t path_len;         /* of the key whose children these are */
    struct mlint_node *node; /* that key's, or NULL while nothing below it was wanted */
    size_t name, name_len;   /* its own name within the path */
    size_t key;              /* its offset */
};

struct walk {
    const struct mlint_module_hive *module;
    const struct mlint_hive_options *options;
    struct mlint_tree *tree;
    void *hive;
    struct level level[MLINT_LIMIT_DEPTH];
    size_t depth;
    struct mlint_buf path;
    unsigned char *visited; /* a bit for each cell */
    size_t cells;
    uint64_t work; /* left */
};

bool mlint_hive_is_dirty(struct mlint_str raw)
{
    /* Written before and after a change: two numbers that differ in between. */
    return raw.len >= 12 && memcmp(raw.ptr + 4, raw.ptr + 8, 4) != 0;
}

/* ---- Allowances ------------------------------------------------------------------------- */

static bool spend(struct walk *walk, uint64_t steps)
{
    if (walk->work < steps) {
        walk->work = 0;
        walk->tree->too_many = true;
        return false;
    }
    walk->work -= steps;
    return true;
}

/* Whether a key is seen for the first time. */
static bool is_new(struct walk *walk, size_t key)
{
    size_t cell = key / CELL;

    if (cell >= walk->cells || walk->visited[cell / 8] >> cell % 8 & 1)
        return false;
    walk->visited[cell / 8] |= (unsigned char)(1 << cell % 8);
    return true;
}

static void damage(struct walk *walk)
{
    walk->tree->damaged = true;
    walk->tree->problem = "some of the hive is damaged";
}

/* ---- Nodes ------------------------------------------------------------------------------ */

static struct mlint_span span_at(const struct walk *walk, size_t offset, size_t length)
{
    size_t end = walk->tree->source->raw.len;

    if (offset > end)
        return MLINT_NO_SPAN;
    return (struct mlint_span){ (uint32_t)offset,
                                (uint32_t)(end - offset < length ? end : offset + length) };
}

/* The node of the innermost key, made with those above it when the first value needs it. */
static struct mlint_node *node_of_key(struct walk *walk)
{
    struct mlint_node *node = walk->tree->root;

    for (size_t i = 1; i < walk->depth; i++) {
        struct level *level = &walk->level[i];

        if (level->node == NULL) {
            struct mlint_str name =
                mlint_str_make(walk->path.ptr + level->name, level->name_len);

            name = mlint_arena_copy(walk->tree->arena, name);
            level->node = mlint_node_add(walk->tree, node, MLINT_NODE_GROUP, name);
            if (level->node == NULL)
                return NULL;
            level->node->name_span = span_at(walk, level->key, CELL);
            level->node->subtype = 1;
        }
        node = level->node;
    }
    return node;
}

static void set_value(struct walk *walk, struct mlint_node *node, size_t value, uint32_t type,
                      size_t length)
{
    struct mlint_reg_bytes bytes = { .type = type, .wide = true };
    char *data = NULL;

    if (length <= MLINT_LIMIT_VALUE)
        data = walk->module->value_bytes(walk->hive, value, &length);
    if (data != NULL)
        bytes.bytes = mlint_str_make(data, length);
    else if (length > 0)
        bytes.type = MLINT_REG_BINARY; /* too long to matter, or damaged */
    mlint_reg_set_bytes(walk->tree->arena, node, &bytes);
    walk->module->release(data);
}

static void read_value(struct walk *walk, struct mlint_node *key, size_t value)
{
    uint32_t type = 0;
    size_t length = 0;
    char *name = walk->module->value_name(walk->hive, value);
    struct mlint_node *node;
    struct mlint_str text;

    if (name == NULL || walk->module->value_size(walk->hive, value, &type, &length) != 0) {
        walk->module->release(name);
        damage(walk);
        return;
    }
    text = mlint_arena_copy(walk->tree->arena, mlint_str_from(*name != '\0' ? name : "@"));
    walk->module->release(name);
    if (!spend(walk, length / 64))
        return;
    node = mlint_node_add(walk->tree, key, MLINT_NODE_NULL, text);
    if (node == NULL)
        return;
    node->name_span = node->value_span = span_at(walk, value, CELL);
    set_value(walk, node, value, type, length);
}

static void read_values(struct walk *walk, size_t key)
{
    size_t *values;
    struct mlint_node *node;

    if (!spend(walk, walk->module->value_count(walk->hive, key)))
        return;
    values = walk->module->values(walk->hive, key);
    node = node_of_key(walk);
    if (values == NULL)
        damage(walk);
    for (size_t i = 0; values != NULL && node != NULL && values[i] != 0; i++)
        read_value(walk, node, values[i]);
    walk->module->release(values);
}

/* ---- Keys ------------------------------------------------------------------------------- */

/* Go down into a key. Its path is the parent's and its name; false if it is not entered. */
static bool enter(struct walk *walk, size_t key)
{
    struct level *level = &walk->level[walk->depth];
    struct mlint_str path;
    char *name;

    if (!is_new(walk, key))
        return false;
    if (walk->depth == MLINT_LIMIT_DEPTH) {
        walk->tree->too_deep = true;
        return false;
    }
    *level = (struct level){ .key = key };
    if (walk->depth > 0) {
        name = walk->module->node_name(walk->hive, key);
        if (name == NULL) {
            damage(walk);
            return false;
        }
        if (walk->depth > 1)
            mlint_buf_char(&walk->path, '\\');
        level->name = walk->path.len;
        level->name_len = strlen(name);
        mlint_buf_text(&walk->path, name);
        walk->module->release(name);
    }
    level->path_len = walk->path.len;
    path = mlint_str_make(walk->path.ptr, walk->path.len);
    if (walk->depth > 0 && walk->options->enter != NULL && !walk->options->enter(path))
        return false;
    if (!spend(walk, 1 + walk->module->child_count(walk->hive, key)))
        return false;
    level->children = walk->module->children(walk->hive, key);
    if (level->children == NULL)
        damage(walk);
    walk->depth++;
    if (walk->depth > 1 && (walk->options->wanted == NULL || walk->options->wanted(path, 0)))
        read_values(walk, key);
    return true;
}

static void leave(struct walk *walk)
{
    walk->module->release(walk->level[--walk->depth].children);
}

static void walk_keys(struct walk *walk)
{
    enter(walk, walk->module->root(walk->hive));
    while (walk->depth > 0 && !walk->tree->arena->failed && !walk->path.failed) {
        struct level *level = &walk->level[walk->depth - 1];
        size_t child = level->children != NULL ? level->children[level->next] : 0;

        walk->path.len = level->path_len;
        if (child == 0 || walk->tree->too_many) {
            leave(walk);
            continue;
        }
        level->next++;
        enter(walk, child);
    }
    while (walk->depth > 0)
        leave(walk);
}

struct mlint_tree *mlint_hive_read(struct mlint_arena *arena, struct mlint_source *source,
                                   struct mlint_modules *modules,
                                   const struct mlint_hive_options *options)
{
    struct walk walk = { .options = options };
    size_t size = source->raw.len;

    source->encoding = MLINT_ENC_BINARY;
    source->text = source->raw;
    walk.module = mlint_module_open(modules, MLINT_MODULE_HIVE);
    walk.tree = mlint_tree_new(arena, source, MLINT_PATH_BACKSLASH);
    walk.cells = size / CELL + 1;
    walk.visited = mlint_arena_alloc(arena, walk.cells / 8 + 1);
    walk.work = WORK_AT_LEAST + (uint64_t)size * WORK_PER_BYTE;
    if (walk.tree == NULL || walk.visited == NULL)
        return NULL;
    walk.tree->damaged = true;
    walk.tree->problem = "this build was made without the library that reads hives";
    if (walk.module == NULL)
        return walk.tree;
    walk.hive = walk.module->open(source->raw.ptr, size, &walk.tree->problem);
    if (walk.hive == NULL)
        return walk.tree;
    walk.tree->damaged = false;
    mlint_buf_init(&walk.path, arena->allocator, MAX_PATH);
    walk_keys(&walk);
    if (walk.path.failed)
        arena->failed = true;
    mlint_buf_done(&walk.path);
    walk.module->close(walk.hive);
    return arena->failed ? NULL : walk.tree;
}
