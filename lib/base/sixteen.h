/* sixteen.h: sixteen bytes of a text looked at at once, where the machine has SSE2. */
#ifndef MLINT_BASE_SIXTEEN_H
#define MLINT_BASE_SIXTEEN_H

#if defined(__SSE2__)
#include <emmintrin.h>

static inline __m128i mlint_sixteen(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* All ones for each byte from `first` to `last`. */
static inline __m128i mlint_sixteen_between(__m128i bytes, char first, char last)
{
    __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8(first));

    return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8((char)(last - first))), above);
}
#endif

#endif
