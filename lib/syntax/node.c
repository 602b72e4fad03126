/* node.c: building and asking syntax trees. */
#include "syntax/node.h"

#include "base/num.h"
#include "source/limits.h"

#include <stdarg.h>
#include <stdio.h>

#define SPARES 16 /* nodes come from the arena a few at a time */

_Static_assert(MLINT_LIMIT_NODES % SPARES == 0, "the limit is looked at when none is left");

struct mlint_tree *mlint_tree_new(struct mlint_arena *arena, struct mlint_source *source,
                                  enum mlint_path_style style)
{
    struct mlint_tree *tree = mlint_arena_new(arena, struct mlint_tree);

    if (!tree)
        return NULL;
    tree->arena = arena;
    tree->source = source;
    tree->style = style;
    source->path_style = (uint8_t)style;
    tree->root = mlint_arena_new(arena, struct mlint_node);
    return tree->root ? tree : NULL;
}

bool mlint_tree_provide(struct mlint_tree *tree)
{
    if (tree->node_count >= MLINT_LIMIT_NODES) {
        tree->too_many = true;
        return false;
    }
    tree->spare = mlint_arena_array(tree->arena, struct mlint_node, SPARES);
    tree->spare_count = tree->spare ? SPARES : 0;
    return tree->spare != NULL;
}

struct mlint_note *mlint_tree_note(struct mlint_tree *tree, enum mlint_note_kind kind,
                                   struct mlint_span span, const char *format, ...)
{
    char text[512];
    struct mlint_note *note;
    va_list args;

    if (tree->note_count++ >= MLINT_LIMIT_READER_FINDINGS)
        return NULL;
    note = mlint_arena_new(tree->arena, struct mlint_note);
    if (!note)
        return NULL;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    note->kind = kind;
    note->span = span;
    note->source = tree->source->index;
    note->message = mlint_arena_copy(tree->arena, mlint_str_from(text)).ptr;
    if (tree->last_note)
        tree->last_note->next = note;
    else
        tree->notes = note;
    tree->last_note = note;
    return note;
}

static const struct mlint_node *get(const struct mlint_node *node, const char *name,
                                    bool (*same)(struct mlint_str, struct mlint_str))
{
    struct mlint_str wanted = mlint_str_from(name);
    const struct mlint_node *found = NULL;

    for (const struct mlint_node *child = node ? node->child : NULL; child;
         child = child->next) {
        if (same(child->name, wanted))
            found = child;
    }
    return found;
}

const struct mlint_node *mlint_node_get(const struct mlint_node *node, const char *name)
{
    return get(node, name, mlint_str_eq);
}

const struct mlint_node *mlint_node_get_nocase(const struct mlint_node *node, const char *name)
{
    return get(node, name, mlint_str_eq_nocase);
}

/* Room for one part of a path: a number in brackets, or a name between marks. */
static size_t room_for(const struct mlint_node *node)
{
    return node->name.len + 24;
}

static char *put(char *out, struct mlint_str text)
{
    if (text.len)
        memcpy(out, text.ptr, text.len);
    return out + text.len;
}

static char *put_part(char *out, bool first, enum mlint_path_style style,
                      const struct mlint_node *node)
{
    bool section = style == MLINT_PATH_INI && node->type == MLINT_NODE_GROUP;

    if (node->parent && node->parent->type == MLINT_NODE_ARRAY) {
        *out++ = '[';
        out += mlint_num_digits(out, node->index);
        *out++ = ']';
        return out;
    }
    if (section)
        *out++ = '[';
    else if (!first && style == MLINT_PATH_SLASH)
        *out++ = '/';
    if (!section && (node->flags & MLINT_NODE_ATTRIBUTE))
        *out++ = '@';
    out = put(out, node->name);
    if (section)
        *out++ = ']';
    return out;
}

/* Of a registry: names alone, so that it can be written from its end. */
static const char *registry_path(struct mlint_arena *arena, const struct mlint_node *last)
{
    const struct mlint_node *node = last;
    size_t size = 0;
    char *text, *at;

    for (; node && node->parent; node = node->parent)
        size += node->name.len ? node->name.len + 1 : 0;
    text = size ? mlint_arena_take(arena, size) : NULL;
    if (!text)
        return "";
    at = text + size;
    for (node = last; at > text; node = node->parent) {
        if (!node->name.len)
            continue;
        at--;
        *at = at + 1 == text + size ? '\0' : '\\';
        at -= node->name.len;
        memcpy(at, node->name.ptr, node->name.len);
    }
    return text;
}

const char *mlint_node_path(struct mlint_arena *arena, enum mlint_path_style style,
                            const struct mlint_node *node)
{
    const struct mlint_node *chain[MLINT_LIMIT_DEPTH + 4];
    size_t depth = 0, room = 1;
    char *text, *out;

    if (style == MLINT_PATH_BACKSLASH)
        return registry_path(arena, node);
    for (; node && node->parent && depth < MLINT_LIMIT_DEPTH + 4; node = node->parent) {
        if (node->name.len || node->parent->type == MLINT_NODE_ARRAY) {
            chain[depth++] = node;
            room += room_for(node);
        }
        if (style == MLINT_PATH_FLAT)
            break;
    }
    text = out = mlint_arena_bytes(arena, room);
    if (!text)
        return "";
    for (size_t i = depth; i > 0; i--)
        out = put_part(out, i == depth, style, chain[i - 1]);
    *out = '\0';
    mlint_arena_trim(arena, text, room, (size_t)(out - text) + 1);
    return text;
}

const char *mlint_node_type_name(const struct mlint_node *node)
{
    static const char *const names[] = {
        [MLINT_NODE_GROUP] = "group",     [MLINT_NODE_DICT] = "dict",
        [MLINT_NODE_ARRAY] = "array",     [MLINT_NODE_STRING] = "string",
        [MLINT_NODE_INTEGER] = "integer", [MLINT_NODE_REAL] = "real",
        [MLINT_NODE_BOOLEAN] = "boolean", [MLINT_NODE_BINARY] = "binary",
        [MLINT_NODE_DATE] = "date",       [MLINT_NODE_NULL] = "null",
        [MLINT_NODE_UID] = "uid",         [MLINT_NODE_COMPUTED] = "computed",
    };

    return names[node->type];
}
