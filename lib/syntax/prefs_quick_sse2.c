/* prefs_quick_sse2.c: the usual spelling of preferences, sixteen bytes at a time. */
#include "syntax/prefs_scan.h"

#if MLINT_PREFS_VECTOR
#define TARGET

static inline uint32_t equal(const char *p, char c)
{
    const __m128i wanted = _mm_set1_epi8(c);
    __m128i low = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(p + 16));

    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(low, wanted)) |
           (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(high, wanted)) << 16;
}

static inline uint32_t stops_of_half(const char *p)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i quotes = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                  _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\'')));
    __m128i others = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')),
                                  _mm_cmpeq_epi8(bytes, _mm_setzero_si128()));

    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(quotes, others));
}

static inline uint32_t stops(const char *p)
{
    return stops_of_half(p) | stops_of_half(p + 16) << 16;
}

#include "syntax/prefs_statement.h"

const struct mlint_prefs_kernel mlint_prefs_sse2 = { "sse2", pass };
#endif
