/* random.h: random numbers and texts that are the same in every run. */
#ifndef MLINT_TEST_RANDOM_H
#define MLINT_TEST_RANDOM_H

#include <stdint.h>

#include "base/str.h"

/* Marsaglia's xorshift64; the state is never 0. */
static inline uint64_t mlint_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

/* A text of up to `most` bytes out of the letters. */
static inline struct mlint_str mlint_random_text(uint64_t *state, const char *letters,
                                                 size_t most, char *out)
{
    size_t len = mlint_random(state) % (most + 1), count = strlen(letters);

    for (size_t i = 0; i < len; i++)
        out[i] = letters[mlint_random(state) % count];
    return mlint_str_make(out, len);
}

#endif
