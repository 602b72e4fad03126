/* prefs_width.h: WIDTH bytes at once in plain integers, where prefs_quick_*.c has no vectors
 * for them. */
#ifndef MLINT_SYNTAX_PREFS_WIDTH_H
#define MLINT_SYNTAX_PREFS_WIDTH_H

#include "base/eight.h"

enum { WIDTH = 64 };

#ifndef TARGET
#define TARGET

/* A bit for each of eight bytes that is zero: no sum reaches the next byte. */
static inline uint64_t zeros_of_eight(uint64_t bytes)
{
    const uint64_t low = MLINT_EACH(0x7F);
    uint64_t tops = ~(((bytes & low) + low) | bytes | low);

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    tops = __builtin_bswap64(tops);
#endif
    return (tops >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static inline uint64_t equal(const char *p, char c)
{
    uint64_t mask = 0;

    for (unsigned i = 0; i < WIDTH; i += 8)
        mask |= zeros_of_eight(mlint_eight(p + i) ^ MLINT_EACH((unsigned char)c)) << i;
    return mask;
}

static inline uint64_t stops(const char *p)
{
    return equal(p, '"') | equal(p, '\'') | equal(p, '\\') | equal(p, '\0');
}
#endif

#endif
