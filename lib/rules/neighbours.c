/* neighbours.c: which accounts of a result use the same mailbox. Sorted once, since ten
 * thousand accounts on one mailbox are a hundred million pairs. */
#include "rules/neighbours.h"

#include <stdlib.h>

static int by_mailbox(const void *left, const void *right)
{
    const struct mlint_neighbour *a = *(struct mlint_neighbour *const *)left;
    const struct mlint_neighbour *b = *(struct mlint_neighbour *const *)right;

    for (int i = 0; i < 2; i++) {
        if (a->mailbox.digest[i] != b->mailbox.digest[i])
            return a->mailbox.digest[i] < b->mailbox.digest[i] ? -1 : 1;
    }
    if (a->mailbox.installation != b->mailbox.installation)
        return a->mailbox.installation < b->mailbox.installation ? -1 : 1;
    return (a > b) - (a < b);
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

/* Whether the rule counts it against others at all. */
static bool counts(enum mlint_cross_rule rule, const struct mlint_neighbour *neighbour)
{
    return rule == MLINT_CROSS_LEAVE_ON_SERVER ||
           mlint_mailbox_concerns(rule, &neighbour->mailbox);
}

static bool same_installation(const struct mlint_mailbox *a, const struct mlint_mailbox *b)
{
    return a == b || (a->installation && a->installation == b->installation);
}

/* The accounts of one installation: sorted[from] to sorted[to]. The first of them are
 * candidates for what is shown; more than that of one installation never are. */
static void count_own(const struct mlint_neighbours *all, struct mlint_neighbour **sorted,
                      size_t from, size_t to, enum mlint_cross_rule rule,
                      struct mlint_sharers *sharers, uint32_t *candidates, size_t *found)
{
    size_t own = 0;

    for (size_t i = from; i < to; i++) {
        if (!counts(rule, sorted[i]))
            continue;
        if (own++ < MLINT_LIMIT_RELATED || !sorted[i]->mailbox.installation)
            candidates[(*found)++] = (uint32_t)(sorted[i] - all->item);
    }
    sharers->count[rule] += own;
    for (size_t i = from; i < to; i++)
        sorted[i]->own[rule] = sorted[i]->mailbox.installation ? own
                               : counts(rule, sorted[i])       ? 1
                                                               : 0;
}

/* The accounts of one mailbox. */
static void share(struct mlint_neighbours *all, struct mlint_neighbour **sorted, size_t from,
                  size_t to, struct mlint_sharers *sharers, uint32_t *candidates)
{
    for (int rule = 0; rule < MLINT_CROSS_COUNT; rule++) {
        size_t found = 0, begin = from, end;

        for (; begin < to; begin = end) {
            for (end = begin + 1; end < to && sorted[end]->mailbox.installation ==
                                                  sorted[begin]->mailbox.installation;)
                end++;
            count_own(all, sorted, begin, end, (enum mlint_cross_rule)rule, sharers, candidates,
                      &found);
        }
        qsort(candidates, found, sizeof(*candidates), by_number);
        if (found > sizeof(sharers->first[rule]) / sizeof(sharers->first[rule][0]))
            found = sizeof(sharers->first[rule]) / sizeof(sharers->first[rule][0]);
        memcpy(sharers->first[rule], candidates, found * sizeof(*candidates));
        sharers->first_count[rule] = found;
    }
    for (size_t i = from; i < to; i++)
        sorted[i]->sharers = sharers;
}

static void share_all(struct mlint_arena *arena, struct mlint_neighbours *all)
{
    struct mlint_neighbour **sorted =
        mlint_arena_array(arena, struct mlint_neighbour *, all->count);
    uint32_t *candidates = mlint_arena_array(arena, uint32_t, all->count);
    size_t begin = 0, end;

    if (!sorted || !candidates)
        return;
    for (size_t i = 0; i < all->count; i++)
        sorted[i] = &all->item[i];
    qsort(sorted, all->count, sizeof(*sorted), by_mailbox);
    for (; begin < all->count; begin = end) {
        struct mlint_sharers *sharers;

        for (end = begin + 1; end < all->count && mlint_mailbox_same(&sorted[end]->mailbox,
                                                                     &sorted[begin]->mailbox);)
            end++;
        if (end == begin + 1)
            continue; /* nobody else: the rule */
        sharers = mlint_arena_new(arena, struct mlint_sharers);
        if (!sharers)
            return;
        share(all, sorted, begin, end, sharers, candidates);
    }
}

static void name_mailbox(struct mlint_result *result, struct mlint_neighbour *neighbour)
{
    struct mlint_account *account = (struct mlint_account *)(uintptr_t)neighbour->account;

    mlint_mailbox_name(&result->arena, result->config, account, &neighbour->mailbox,
                       &neighbour->words);
    mlint_mailbox_remember(&result->arena, result->config, account, &neighbour->mailbox,
                           &neighbour->words);
}

void mlint_neighbours_find(struct mlint_result *result, struct mlint_neighbours *all)
{
    struct mlint_arena *arena = &result->arena;
    const struct mlint_account *account;
    size_t most = 0;

    for (account = result->account_list; account; account = account->next)
        most++;
    all->item = mlint_arena_array(arena, struct mlint_neighbour, most);
    for (account = result->account_list; account && all->item; account = account->next) {
        struct mlint_neighbour *next = &all->item[all->count];

        if (mlint_mailbox_begin(result->config, account, &next->mailbox))
            all->item[all->count++].account = account;
    }
    if (all->count < 2)
        return; /* nobody to compare it with */
    for (size_t i = 0; i < all->count; i++)
        name_mailbox(result, &all->item[i]);
    share_all(arena, all);
}

size_t mlint_neighbours_of(const struct mlint_neighbours *all, size_t self,
                           enum mlint_cross_rule rule,
                           const struct mlint_account *others[MLINT_LIMIT_RELATED],
                           size_t *listed)
{
    const struct mlint_neighbour *own = &all->item[self];
    const struct mlint_sharers *sharers = own->sharers;

    *listed = 0;
    if (!sharers)
        return 0;
    for (size_t i = 0; i < sharers->first_count[rule] && *listed < MLINT_LIMIT_RELATED; i++) {
        const struct mlint_neighbour *other = &all->item[sharers->first[rule][i]];

        if (!same_installation(&own->mailbox, &other->mailbox))
            others[(*listed)++] = other->account;
    }
    return sharers->count[rule] - own->own[rule];
}
