/* prefs_quick_avx2.c: the usual spelling of preferences, in vectors of thirty-two bytes. */
#include "base/cpu.h"

#ifdef MLINT_CPU_X86
#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx2,bmi")))

TARGET static inline uint64_t joined(__m256i low, __m256i high)
{
    uint64_t first = (uint32_t)_mm256_movemask_epi8(low);
    uint64_t second = (uint32_t)_mm256_movemask_epi8(high);

    return first | second << 32;
}

TARGET static inline __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

TARGET static inline uint64_t equal(const char *p, char c)
{
    const __m256i wanted = _mm256_set1_epi8(c);

    return joined(_mm256_cmpeq_epi8(load(p), wanted), _mm256_cmpeq_epi8(load(p + 32), wanted));
}

/* No two of the four end in the same hexadecimal digit: the shuffle, which picks by that digit,
 * brings each of them back, and for every other byte something else. */
TARGET static inline __m256i stops_of_half(__m256i bytes)
{
    const __m256i table = _mm256_broadcastsi128_si256(
        _mm_setr_epi8('\0', 0, '"', 0, 0, 0, 0, '\'', 0, 0, 0, 0, '\\', 0, 0, 0));

    return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, bytes), bytes);
}

TARGET static inline uint64_t stops(const char *p)
{
    return joined(stops_of_half(load(p)), stops_of_half(load(p + 32)));
}

#include "syntax/prefs_statement.h"

const struct mlint_prefs_kernel mlint_prefs_avx2 = { "avx2", pass };
#endif
