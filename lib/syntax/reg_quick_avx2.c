/* reg_quick_avx2.c: the bulk of .reg files, in vectors of thirty-two bytes. */
#include "base/cpu.h"

#ifdef MLINT_CPU_X86
#include "syntax/reg_scan.h"

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))

TARGET static inline __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

TARGET static inline uint64_t joined(__m256i low, __m256i high)
{
    uint64_t first = (uint32_t)_mm256_movemask_epi8(low);
    uint64_t second = (uint32_t)_mm256_movemask_epi8(high);

    return first | second << 32;
}

TARGET static inline __m256i brackets(const char *p)
{
    return _mm256_cmpeq_epi8(load(p), _mm256_set1_epi8('['));
}

TARGET static inline const char *find_bracket(const char *p, const char *end)
{
    for (; end - p >= 128; p += 128) {
        __m256i a = brackets(p), b = brackets(p + 32);
        __m256i c = brackets(p + 64), d = brackets(p + 96);
        __m256i front = _mm256_or_si256(a, b), all = _mm256_or_si256(c, d);
        bool behind;

        all = _mm256_or_si256(all, front);
        if (_mm256_testz_si256(all, all))
            continue;
        behind = _mm256_testz_si256(front, front);
        return p + (behind ? 64 : 0) + __builtin_ctzll(behind ? joined(c, d) : joined(a, b));
    }
    return mlint_reg_bracket(p, end);
}

TARGET static inline __m256i name_ends(const char *p)
{
    const __m256i bytes = load(p);
    /* A backslash is one less than a closing bracket, which is odd. */
    const __m256i name =
        _mm256_cmpeq_epi8(_mm256_or_si256(bytes, _mm256_set1_epi8(1)), _mm256_set1_epi8(']'));
    const __m256i line = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n')),
                                         _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\r')));

    return _mm256_or_si256(name, line);
}

TARGET static inline const char *find_name_end(const char *p, const char *end)
{
    for (; end - p >= 64; p += 64) {
        uint64_t ends = joined(name_ends(p), name_ends(p + 32));

        if (ends)
            return p + __builtin_ctzll(ends);
    }
    return mlint_reg_name_end(p, end);
}

TARGET static inline __m256i stops(__m256i bytes)
{
    const __m256i below = _mm256_min_epu8(bytes, _mm256_set1_epi8(' ' - 1));

    return _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\')),
                           _mm256_cmpeq_epi8(bytes, below));
}

TARGET static inline struct mlint_reg_places places_of(const char *p)
{
    const __m256i quote = _mm256_set1_epi8('"'), low = load(p), high = load(p + 32);

    return (struct mlint_reg_places){
        .quotes = joined(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote)),
        .stops = joined(stops(low), stops(high)),
    };
}

#include "syntax/reg_quick.h"

const struct mlint_reg_kernel mlint_reg_avx2 = { "avx2", skip, read_plain };
#endif
