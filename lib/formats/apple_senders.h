/* apple_senders.h: outgoing servers by the name under which accounts choose them. */
#ifndef MLINT_FORMATS_APPLE_SENDERS_H
#define MLINT_FORMATS_APPLE_SENDERS_H

#include "formats/format.h"

struct mlint_apple_sender {
    struct mlint_str name;
    const struct mlint_node *node;
    size_t order; /* in the list */
};

struct mlint_apple_senders {
    struct mlint_apple_sender *sender; /* sorted once, so that many accounts stay cheap */
    size_t count;
};

/* The children of a list (NULL: none) by the name that name_of gives, empty for none; the arena
 * is for names that must be made. Out of memory: none, and the arena says so. */
struct mlint_apple_senders mlint_apple_senders_of(
    struct mlint_arena *arena, const struct mlint_node *list,
    struct mlint_str (*name_of)(struct mlint_arena *arena, const struct mlint_node *node));
/* The first in the list that has exactly that name, or NULL. */
const struct mlint_node *mlint_apple_sender_named(const struct mlint_apple_senders *senders,
                                                  struct mlint_str name);

#endif
