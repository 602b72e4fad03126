/* utf16_ascii.c: runs of ASCII in UTF-16, the bulk of every registry export, narrowed 16 to
 * 128 units at a time. What is not ASCII is left to utf16.c; which loop runs is decided per
 * call, by asking the processor, so nothing here is remembered. */
#include "source/utf16.h"

#ifdef MLINT_UTF16_VECTOR
#include "base/cpu.h"
#include <immintrin.h>
#endif

static size_t narrow_plain(const unsigned char *in, size_t units, bool big_endian, char *out)
{
    const unsigned char *low = in + (big_endian ? 1 : 0), *high = in + (big_endian ? 0 : 1);
    size_t i = 0;

    while (i < units && high[2 * i] == 0 && low[2 * i] < 0x80) {
        out[i] = (char)low[2 * i];
        i++;
    }
    return i;
}

const struct mlint_utf16_kernel mlint_utf16_plain = { "plain", narrow_plain };

#ifdef MLINT_UTF16_VECTOR

static __m128i load_sse2(const unsigned char *in, bool big_endian)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)in);

    if (big_endian)
        v = _mm_or_si128(_mm_slli_epi16(v, 8), _mm_srli_epi16(v, 8));
    return v;
}

static size_t narrow_sse2(const unsigned char *in, size_t units, bool big_endian, char *out)
{
    const __m128i beyond = _mm_set1_epi16((short)0xFF80);
    size_t i = 0;

    for (; i + 16 <= units; i += 16) {
        __m128i a = load_sse2(in + 2 * i, big_endian);
        __m128i b = load_sse2(in + 2 * i + 16, big_endian);
        __m128i high = _mm_and_si128(_mm_or_si128(a, b), beyond);

        if (_mm_movemask_epi8(_mm_cmpeq_epi8(high, _mm_setzero_si128())) != 0xFFFF)
            break;
        _mm_storeu_si128((__m128i *)(void *)(out + i), _mm_packus_epi16(a, b));
    }
    return i + narrow_plain(in + 2 * i, units - i, big_endian, out + i);
}

const struct mlint_utf16_kernel mlint_utf16_sse2 = { "sse2", narrow_sse2 };

__attribute__((target("avx2"))) static __m256i load_avx2(const unsigned char *in,
                                                         bool big_endian)
{
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)in);

    if (big_endian)
        v = _mm256_or_si256(_mm256_slli_epi16(v, 8), _mm256_srli_epi16(v, 8));
    return v;
}

/* packus works on each half alone: the quarters are put back in order. Returns the bytes. */
__attribute__((target("avx2"))) static __m256i store_avx2(char *out, __m256i a, __m256i b)
{
    __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xD8);

    _mm256_storeu_si256((__m256i *)(void *)out, bytes);
    return bytes;
}

/* 64 units, whatever they are; returns the lowest of bytes that have a sign: packus makes a
 * negative one, or a NUL, of every unit that is not ASCII. */
__attribute__((target("avx2"))) static __m256i narrow_64(const unsigned char *in, char *out)
{
    __m256i front = store_avx2(out, load_avx2(in, false), load_avx2(in + 32, false));
    __m256i back = store_avx2(out + 32, load_avx2(in + 64, false), load_avx2(in + 96, false));

    return _mm256_min_epi8(front, back);
}

/* The bulk: no file worth hurrying for is big-endian, or has a NUL. What was written of units
 * that are not ASCII is written again: each of them takes a byte at least. */
__attribute__((target("avx2"))) static size_t narrow_little_avx2(const unsigned char *in,
                                                                 size_t units, char *out)
{
    const unsigned char *at = in, *end = in + 2 * (units - units % 128);

    for (; at < end; at += 256, out += 128) {
        __m256i least = _mm256_min_epi8(narrow_64(at, out), narrow_64(at + 128, out + 64));

        if (_mm256_movemask_epi8(_mm256_cmpgt_epi8(least, _mm256_setzero_si256())) != -1)
            break;
    }
    return (size_t)(at - in) / 2;
}

__attribute__((target("avx2"))) static size_t narrow_avx2(const unsigned char *in, size_t units,
                                                          bool big_endian, char *out)
{
    const __m256i beyond = _mm256_set1_epi16((short)0xFF80);
    size_t i = big_endian ? 0 : narrow_little_avx2(in, units, out);

    for (; i + 32 <= units; i += 32) {
        __m256i a = load_avx2(in + 2 * i, big_endian);
        __m256i b = load_avx2(in + 2 * i + 32, big_endian);

        if (!_mm256_testz_si256(_mm256_or_si256(a, b), beyond))
            break;
        store_avx2(out + i, a, b);
    }
    return i + narrow_sse2(in + 2 * i, units - i, big_endian, out + i);
}

const struct mlint_utf16_kernel mlint_utf16_avx2 = { "avx2", narrow_avx2 };

const struct mlint_utf16_kernel *mlint_utf16_best(void)
{
    return mlint_cpu_has_avx2() ? &mlint_utf16_avx2 : &mlint_utf16_sse2;
}

#else

const struct mlint_utf16_kernel *mlint_utf16_best(void)
{
    return &mlint_utf16_plain;
}

#endif
