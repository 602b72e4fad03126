/* neighbours.h: the mailboxes of a result's accounts, for rules that look at several. */
#ifndef MLINT_RULES_NEIGHBOURS_H
#define MLINT_RULES_NEIGHBOURS_H

#include "model/mailbox.h"
#include "source/limits.h"

/* The accounts that share a mailbox, and what each rule counts of them. */
struct mlint_sharers {
    size_t count[MLINT_CROSS_COUNT];
    /* By their order in the result: as many as leave MLINT_LIMIT_RELATED for any one account
     * when those of its own installation are left out. */
    uint32_t first[MLINT_CROSS_COUNT][2 * MLINT_LIMIT_RELATED + 1];
    size_t first_count[MLINT_CROSS_COUNT];
};

struct mlint_neighbour {
    struct mlint_account *account;
    struct mlint_named_mailbox named; /* with its words where there are others */
    const struct mlint_sharers *sharers;
    size_t own[MLINT_CROSS_COUNT]; /* of the count: this one and its installation */
};

struct mlint_neighbours {
    struct mlint_neighbour *item; /* in the order of the accounts */
    size_t count;
};

void mlint_neighbours_find(struct mlint_result *result, struct mlint_neighbours *all);
/* How many count against this one; the first of them go to others, *listed of them. */
size_t mlint_neighbours_of(const struct mlint_neighbours *all, size_t self,
                           enum mlint_cross_rule rule,
                           const struct mlint_account *others[MLINT_LIMIT_RELATED],
                           size_t *listed);

#endif
