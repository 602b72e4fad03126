/* apple_senders.c: outgoing servers, sorted by name. */
#include "formats/apple_senders.h"

#include <stdlib.h>

static int compare_senders(const void *left, const void *right)
{
    const struct mlint_apple_sender *a = left, *b = right;
    int order = mlint_str_cmp(a->name, b->name);

    if (order)
        return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

struct mlint_apple_senders mlint_apple_senders_of(
    struct mlint_arena *arena, const struct mlint_node *list,
    struct mlint_str (*name_of)(struct mlint_arena *arena, const struct mlint_node *node))
{
    struct mlint_apple_senders senders = { .count = 0 };
    const struct mlint_node *node;
    size_t most = 1;

    for (node = list ? list->child : NULL; node; node = node->next)
        most++;
    senders.sender = mlint_arena_array(arena, struct mlint_apple_sender, most);
    for (node = list && senders.sender ? list->child : NULL; node; node = node->next) {
        struct mlint_str name = name_of(arena, node);

        if (name.len)
            senders.sender[senders.count] =
                (struct mlint_apple_sender){ name, node, senders.count };
        senders.count += name.len > 0;
    }
    if (senders.count)
        qsort(senders.sender, senders.count, sizeof(*senders.sender), compare_senders);
    return senders;
}

const struct mlint_node *mlint_apple_sender_named(const struct mlint_apple_senders *senders,
                                                  struct mlint_str name)
{
    size_t low = 0, high = senders->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (mlint_str_cmp(senders->sender[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < senders->count && mlint_str_eq(senders->sender[low].name, name)
               ? senders->sender[low].node
               : NULL;
}
