/* find.c: where a text stands in another one. Sixteen to sixty-four places are looked at at
 * once: where the needle's first and last byte stand at their distance, the rest is compared.
 * Which loop runs is decided per call, so nothing here is remembered. */
#include "base/find.h"

#ifdef MLINT_FIND_VECTOR
#include "base/cpu.h"

#include <immintrin.h>

#define NOWHERE SIZE_MAX
#define LONGEST_NEEDLE 64 /* longer ones are memmem's, whose time does not depend on them */
#define LONG_TEXT 256     /* from which the wide loop pays for asking the processor */

/* The first place of the mask, counted from `at`, where all of the needle stands. */
static size_t confirm(struct mlint_str s, struct mlint_str needle, size_t at, unsigned mask)
{
    for (; mask; mask &= mask - 1) {
        size_t place = at + (size_t)__builtin_ctz(mask);
        if (memcmp(s.ptr + place, needle.ptr, needle.len) == 0)
            return place;
    }
    return NOWHERE;
}

static unsigned places_sse2(const char *p, size_t apart, __m128i first, __m128i last)
{
    __m128i begins = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i ends = _mm_loadu_si128((const __m128i *)(const void *)(p + apart));

    return (unsigned)_mm_movemask_epi8(
        _mm_and_si128(_mm_cmpeq_epi8(begins, first), _mm_cmpeq_epi8(ends, last)));
}

/* The last block begins where it has all its bytes, over part of the one before. */
static size_t find_sse2(struct mlint_str s, struct mlint_str needle)
{
    const __m128i first = _mm_set1_epi8(needle.ptr[0]);
    const __m128i last = _mm_set1_epi8(needle.ptr[needle.len - 1]);
    const size_t end = s.len - needle.len - 15;

    for (size_t at = 0;; at = at + 16 < end ? at + 16 : end) {
        unsigned mask = places_sse2(s.ptr + at, needle.len - 1, first, last);
        size_t place = mask ? confirm(s, needle, at, mask) : NOWHERE;
        if (place != NOWHERE)
            return place;
        if (at == end)
            return s.len;
    }
}

const struct mlint_find_kernel mlint_find_sse2 = { 16, find_sse2 };

__attribute__((target("avx2"))) static __m256i places_avx2(const char *p, size_t apart,
                                                           __m256i first, __m256i last)
{
    __m256i begins = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i ends = _mm256_loadu_si256((const __m256i *)(const void *)(p + apart));

    return _mm256_and_si256(_mm256_cmpeq_epi8(begins, first), _mm256_cmpeq_epi8(ends, last));
}

__attribute__((target("avx2"))) static size_t find_avx2(struct mlint_str s,
                                                        struct mlint_str needle)
{
    const __m256i first = _mm256_set1_epi8(needle.ptr[0]);
    const __m256i last = _mm256_set1_epi8(needle.ptr[needle.len - 1]);
    const size_t end = s.len - needle.len - 63, apart = needle.len - 1;

    for (size_t at = 0;; at = at + 64 < end ? at + 64 : end) {
        __m256i low = places_avx2(s.ptr + at, apart, first, last);
        __m256i high = places_avx2(s.ptr + at + 32, apart, first, last);
        __m256i any = _mm256_or_si256(low, high);
        if (!_mm256_testz_si256(any, any)) {
            unsigned mask = (unsigned)_mm256_movemask_epi8(low);
            size_t place = confirm(s, needle, at, mask);
            if (place == NOWHERE)
                place = confirm(s, needle, at + 32, (unsigned)_mm256_movemask_epi8(high));
            if (place != NOWHERE)
                return place;
        }
        if (at == end)
            return s.len;
    }
}

const struct mlint_find_kernel mlint_find_avx2 = { 64, find_avx2 };

static const struct mlint_find_kernel *kernel_for(struct mlint_str s, struct mlint_str needle)
{
    if (!needle.len || needle.len > LONGEST_NEEDLE || s.len < needle.len + 15)
        return NULL;
    return s.len >= LONG_TEXT && mlint_cpu_has_avx2() ? &mlint_find_avx2 : &mlint_find_sse2;
}
#endif

size_t mlint_str_find(struct mlint_str s, struct mlint_str needle)
{
    const char *hit;
#ifdef MLINT_FIND_VECTOR
    const struct mlint_find_kernel *kernel = kernel_for(s, needle);

    if (kernel)
        return kernel->find(s, needle);
#endif
    hit = s.len ? memmem(s.ptr, s.len, needle.ptr, needle.len) : NULL;
    return hit ? (size_t)(hit - s.ptr) : s.len;
}
