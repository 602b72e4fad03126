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
static size_t confirm(struct mlint_str s, struct mlint_str needle, size_t at, uint64_t mask)
{
    for (; mask; mask &= mask - 1) {
        size_t place = at + (size_t)__builtin_ctzll(mask);
        if (memcmp(s.ptr + place, needle.ptr, needle.len) == 0)
            return place;
    }
    return NOWHERE;
}

/* What is looked for: the first and the last byte, and how far they stand apart. */
struct ends_sse2 {
    __m128i first, last;
    size_t apart;
};

static inline uint64_t places_sse2(const char *p, const struct ends_sse2 *ends)
{
    __m128i begins = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i behind = _mm_loadu_si128((const __m128i *)(const void *)(p + ends->apart));

    return (unsigned)_mm_movemask_epi8(
        _mm_and_si128(_mm_cmpeq_epi8(begins, ends->first), _mm_cmpeq_epi8(behind, ends->last)));
}

/* The first block from `at` on that has a place, or `end`. Nothing is called here, so that what
 * is looked for stays where it is compared. */
static inline size_t skip_sse2(const char *text, size_t at, size_t end,
                               const struct ends_sse2 *ends)
{
    while (at < end && !places_sse2(text + at, ends))
        at += 16;
    return at < end ? at : end;
}

/* The last block begins where it has all its bytes, over part of the one before. */
static size_t find_sse2(struct mlint_str s, struct mlint_str needle)
{
    const struct ends_sse2 ends = { _mm_set1_epi8(needle.ptr[0]),
                                    _mm_set1_epi8(needle.ptr[needle.len - 1]), needle.len - 1 };
    const size_t end = s.len - needle.len - 15;

    for (size_t at = 0;; at += 16) {
        size_t place;

        at = skip_sse2(s.ptr, at, end, &ends);
        place = confirm(s, needle, at, places_sse2(s.ptr + at, &ends));
        if (place != NOWHERE)
            return place;
        if (at == end)
            return s.len;
    }
}

const struct mlint_find_kernel mlint_find_sse2 = { 16, find_sse2 };

#define AVX2 __attribute__((target("avx2"))) static inline

struct ends_avx2 {
    __m256i first, last;
    size_t apart;
};

AVX2 __m256i places_avx2(const char *p, const struct ends_avx2 *ends)
{
    __m256i begins = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i behind = _mm256_loadu_si256((const __m256i *)(const void *)(p + ends->apart));

    return _mm256_and_si256(_mm256_cmpeq_epi8(begins, ends->first),
                            _mm256_cmpeq_epi8(behind, ends->last));
}

AVX2 size_t skip_avx2(const char *text, size_t at, size_t end, const struct ends_avx2 *ends)
{
    for (; at < end; at += 64) {
        __m256i any =
            _mm256_or_si256(places_avx2(text + at, ends), places_avx2(text + at + 32, ends));
        if (!_mm256_testz_si256(any, any))
            return at;
    }
    return end;
}

AVX2 uint64_t both_avx2(const char *p, const struct ends_avx2 *ends)
{
    unsigned low = (unsigned)_mm256_movemask_epi8(places_avx2(p, ends));
    unsigned high = (unsigned)_mm256_movemask_epi8(places_avx2(p + 32, ends));

    return (uint64_t)high << 32 | low;
}

__attribute__((target("avx2"))) static size_t find_avx2(struct mlint_str s,
                                                        struct mlint_str needle)
{
    const struct ends_avx2 ends = { _mm256_set1_epi8(needle.ptr[0]),
                                    _mm256_set1_epi8(needle.ptr[needle.len - 1]),
                                    needle.len - 1 };
    const size_t end = s.len - needle.len - 63;

    for (size_t at = 0;; at += 64) {
        size_t place;

        at = skip_avx2(s.ptr, at, end, &ends);
        place = confirm(s, needle, at, both_avx2(s.ptr + at, &ends));
        if (place != NOWHERE)
            return place;
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
