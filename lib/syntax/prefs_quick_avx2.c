/* prefs_quick_avx2.c: the usual spelling of preferences, thirty-two bytes at a time. */
#include "base/cpu.h"

#ifdef MLINT_CPU_X86
#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx2")))

TARGET static inline uint32_t equal(const char *p, char c)
{
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)p);

    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c)));
}

/* No two of the four end in the same hexadecimal digit: the shuffle, which picks by that digit,
 * brings each of them back, and for every other byte something else. */
TARGET static inline uint32_t stops(const char *p)
{
    const __m256i table = _mm256_broadcastsi128_si256(
        _mm_setr_epi8('\0', 0, '"', 0, 0, 0, 0, '\'', 0, 0, 0, 0, '\\', 0, 0, 0));
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i same = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, bytes), bytes);

    return (uint32_t)_mm256_movemask_epi8(same);
}

#include "syntax/prefs_statement.h"

const struct mlint_prefs_kernel mlint_prefs_avx2 = { "avx2", pass };
#endif
