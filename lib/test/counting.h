/* counting.h: an allocator that counts what is alive and can refuse the n-th request.
 *
 * Every block is checked when it is freed, so that a block of somebody else's is found out. */
#ifndef MLINT_TEST_COUNTING_H
#define MLINT_TEST_COUNTING_H

#include "maillint/maillint.h"
#include "test/test.h"

struct mlint_counting {
    struct mlint_allocator allocator;
    size_t requests, live, live_bytes, peak_bytes;
    size_t fail_at; /* this request (from 1) and all later ones are refused; 0: none */
    bool fail_once; /* only that one is refused */
    size_t refused;
};

/* fail_at 0: never refuse. The allocator points into *counting: do not move it. */
void mlint_counting_init(struct mlint_counting *counting, size_t fail_at);

#endif
