/* masks.c: finds, once for a result, the parts of each source that no report quotes. Passwords
 * that no account was given (a duplicate, a dead account) are among them. */
#include "model/masks.h"

#include "model/words.h"

#include <stdlib.h>

/* The masks of one source while they are collected. */
struct gathering {
    struct mlint_mask *masks;
    size_t count, cap;
};

static void add(struct mlint_arena *arena, struct gathering *gathering, struct mlint_span span,
                bool binary)
{
    if (gathering->count == gathering->cap) {
        size_t cap = gathering->cap ? gathering->cap * 2 : 8;
        struct mlint_mask *bigger = mlint_arena_array(arena, struct mlint_mask, cap);

        if (!bigger)
            return;
        if (gathering->count)
            memcpy(bigger, gathering->masks, gathering->count * sizeof(*bigger));
        gathering->masks = bigger;
        gathering->cap = cap;
    }
    gathering->masks[gathering->count++] = (struct mlint_mask){ .span = span, .binary = binary };
}

static void add_node(struct mlint_result *result, struct gathering *gatherings,
                     const struct mlint_node *node)
{
    bool named;

    if (node->source >= result->source_count || node->type <= MLINT_NODE_ARRAY ||
        node->value_span.begin >= node->value_span.end)
        return;
    named = mlint_name_is_secret(node->name);
    if (named || node->type == MLINT_NODE_BINARY)
        add(&result->arena, &gatherings[node->source], node->value_span, !named);
}

static void add_tree(struct mlint_result *result, struct gathering *gatherings,
                     const struct mlint_node *root)
{
    const struct mlint_node *node = root;

    while (node) {
        add_node(result, gatherings, node);
        if (node->child) {
            node = node->child;
            continue;
        }
        while (node != root && !node->next)
            node = node->parent;
        node = node != root ? node->next : NULL;
    }
}

static int by_begin(const void *left, const void *right)
{
    const struct mlint_mask *a = left, *b = right;

    return (a->span.begin > b->span.begin) - (a->span.begin < b->span.begin);
}

static void seal(struct mlint_source *source, const struct gathering *gathering)
{
    uint32_t reach = 0;

    if (gathering->count)
        qsort(gathering->masks, gathering->count, sizeof(*gathering->masks), by_begin);
    for (size_t i = 0; i < gathering->count; i++) {
        if (gathering->masks[i].span.end > reach)
            reach = gathering->masks[i].span.end;
        gathering->masks[i].reach = reach;
    }
    source->masks = gathering->masks;
    source->mask_count = gathering->count;
}

void mlint_result_find_masks(struct mlint_result *result)
{
    struct gathering *gatherings =
        mlint_arena_array(&result->arena, struct gathering, result->source_count);

    if (!gatherings)
        return;
    for (size_t i = 0; i < result->source_count; i++) {
        const struct mlint_source *source = result->sources[i];

        for (size_t n = 0; n < source->secret_count; n++)
            add(&result->arena, &gatherings[i], source->secrets[n], false);
    }
    for (size_t i = 0; i < result->file_count; i++) {
        if (result->files[i]->tree)
            add_tree(result, gatherings, result->files[i]->tree->root);
    }
    for (size_t i = 0; i < result->source_count; i++)
        seal(result->sources[i], &gatherings[i]);
}

/* The first that begins at or behind the offset. */
static size_t first_from(const struct mlint_source *source, uint32_t offset)
{
    size_t low = 0, high = source->mask_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (source->masks[middle].span.begin < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct mlint_mask *mlint_masks_near(const struct mlint_source *source,
                                          struct mlint_span span, size_t *count)
{
    size_t end = first_from(source, span.end), begin = end;

    while (begin > 0 && source->masks[begin - 1].reach > span.begin)
        begin--;
    *count = end - begin;
    return *count ? source->masks + begin : NULL;
}
