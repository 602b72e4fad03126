/* writers.h: one made-up file of each kind; the same number always gives the same bytes. */
#ifndef MLINT_TOOLS_BENCH_WRITERS_H
#define MLINT_TOOLS_BENCH_WRITERS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct mlint_bench_kind {
    const char *name;      /* of the corpus */
    const char *extension; /* of its files */
    void (*write)(FILE *out, uint64_t number);
};

extern const struct mlint_bench_kind mlint_bench_kinds[];
extern const size_t mlint_bench_kind_count;

/* The next number of a series, from any state. */
uint64_t mlint_bench_random(uint64_t *state);
/* A binary property list of an Apple profile with this mail account. */
struct mlint_bench_pair {
    const char *key,
        *text; /* text NULL: number, or a flag if number is -1 (false), -2 (true) */
    long number;
};
void mlint_bench_bplist(FILE *out, const struct mlint_bench_pair *mail, size_t mail_count,
                        const struct mlint_bench_pair *top, size_t top_count);

#endif
