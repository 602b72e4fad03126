/* prefs_quick_avx512.c: the usual spelling of preferences, in vectors of sixty-four bytes. */
#include "base/cpu.h"

#ifdef MLINT_CPU_X86
#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx512bw,avx512vbmi2,bmi,popcnt")))

TARGET static inline __m512i load(const char *p)
{
    return _mm512_loadu_si512(p);
}

TARGET static inline uint64_t equal(const char *p, char c)
{
    return _mm512_cmpeq_epi8_mask(load(p), _mm512_set1_epi8(c));
}

/* As in prefs_quick_avx2.c. */
TARGET static inline uint64_t stops(const char *p)
{
    const __m512i table = _mm512_broadcast_i32x4(
        _mm_setr_epi8('\0', 0, '"', 0, 0, 0, 0, '\'', 0, 0, 0, 0, '\\', 0, 0, 0));

    return _mm512_cmpeq_epi8_mask(_mm512_shuffle_epi8(table, load(p)), load(p));
}

#define AT_ONCE 8

/* The numbers of the bits come one behind the other, the first eight become places. */
TARGET static inline void note_first(const char **places, const char *p, uint64_t bits)
{
    static const char each[64] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12,
                                   13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
                                   26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,
                                   39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51,
                                   52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63 };
    __m512i numbers = _mm512_maskz_compress_epi8(bits, load(each));
    __m512i wide = _mm512_cvtepu8_epi64(_mm512_castsi512_si128(numbers));

    _mm512_storeu_si512(places, _mm512_add_epi64(wide, _mm512_set1_epi64((long long)p)));
}

#include "syntax/prefs_statement.h"

const struct mlint_prefs_kernel mlint_prefs_avx512 = { "avx512", pass };
#endif
