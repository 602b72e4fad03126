/* printable.h: runs of printable ASCII, which most of what files say and reports write is. */
#ifndef MLINT_BASE_PRINTABLE_H
#define MLINT_BASE_PRINTABLE_H

#include "base/sixteen.h"
#include "base/str.h"

#if defined(__SSE2__)
/* A bit for each of sixteen bytes that is not printable. */
static inline unsigned mlint_unprintable(const char *p)
{
    __m128i bytes = mlint_sixteen(p);
    __m128i odd = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)); /* and all from 0x80 on */

    return (unsigned)_mm_movemask_epi8(
        _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F))));
}
#endif

/* How many bytes at the front are from blank to tilde. */
static inline size_t mlint_printable_run(const char *p, size_t len)
{
    size_t i = 0;

#if defined(__SSE2__)
    for (; len >= 16 && i < len; i += 16) {
        size_t at = len - i < 16 ? len - 16 : i; /* the last sixteen over those before them */
        unsigned odd = mlint_unprintable(p + at);

        if (odd)
            return at + (size_t)__builtin_ctz(odd);
    }
#endif
    while (i < len && (unsigned char)(p[i] - 0x20) < 0x7F - 0x20)
        i++;
    return i < len ? i : len;
}

#endif
