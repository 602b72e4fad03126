/* sorter.h: records sorted by a key, whatever their number: in memory up to a limit, then as
 * sorted runs on disk that are merged when they are read. Equal keys keep their order. */
#ifndef MLINT_REPORT_SORTER_H
#define MLINT_REPORT_SORTER_H

#include "report/spool.h"

#define MLINT_SORTER_RUNS 64 /* merged at once */

/* A record in memory. */
struct mlint_sorter_item {
    uint64_t rank;
    size_t offset; /* in the heap */
};

struct mlint_sorter {
    int (*compare)(struct mlint_str a, struct mlint_str b);
    uint64_t (*rank)(struct mlint_str key);
    size_t limit;          /* bytes in memory */
    struct mlint_buf heap; /* records as they came */
    struct mlint_sorter_item *items;
    size_t count, cap;
    struct mlint_spool disk;
    uint64_t
        runs[MLINT_SORTER_RUNS + 1]; /* where each begins; the last ends where the disk does */
    unsigned run_count;
};

/* rank may be NULL; where it gives two keys different numbers, compare has them in that order:
 * most comparisons then need not look at the records. */
void mlint_sorter_init(struct mlint_sorter *sorter, const struct mlint_allocator *allocator,
                       size_t limit, int (*compare)(struct mlint_str a, struct mlint_str b),
                       uint64_t (*rank)(struct mlint_str key));
void mlint_sorter_done(struct mlint_sorter *sorter);
enum mlint_status mlint_sorter_add(struct mlint_sorter *sorter, struct mlint_str key,
                                   struct mlint_str value);
/* Visit all in order; stops when visit fails. Nothing can be added afterwards. */
enum mlint_status mlint_sorter_each(struct mlint_sorter *sorter,
                                    enum mlint_status (*visit)(void *user, struct mlint_str key,
                                                               struct mlint_str value),
                                    void *user);

#endif
