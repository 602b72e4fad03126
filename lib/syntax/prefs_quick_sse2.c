/* prefs_quick_sse2.c: the usual spelling of preferences, in vectors of sixteen bytes. */
#include "base/sixteen.h"
#include "syntax/prefs_scan.h"

#if MLINT_PREFS_VECTOR
#define TARGET

static inline uint64_t equal(const char *p, char c)
{
    const __m128i wanted = _mm_set1_epi8(c);
    uint64_t mask = 0;

    for (unsigned i = 0; i < 64; i += 16)
        mask |= (uint64_t)_mm_movemask_epi8(_mm_cmpeq_epi8(mlint_sixteen(p + i), wanted)) << i;
    return mask;
}

static inline uint64_t stops(const char *p)
{
    const __m128i quote = _mm_set1_epi8('"'), other = _mm_set1_epi8('\'');
    const __m128i slash = _mm_set1_epi8('\\'), nul = _mm_setzero_si128();
    uint64_t mask = 0;

    for (unsigned i = 0; i < 64; i += 16) {
        __m128i bytes = mlint_sixteen(p + i);
        __m128i quotes =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, other));
        __m128i others = _mm_or_si128(_mm_cmpeq_epi8(bytes, slash), _mm_cmpeq_epi8(bytes, nul));
        mask |= (uint64_t)_mm_movemask_epi8(_mm_or_si128(quotes, others)) << i;
    }
    return mask;
}

#include "syntax/prefs_statement.h"

const struct mlint_prefs_kernel mlint_prefs_sse2 = { "sse2", pass };
#endif
