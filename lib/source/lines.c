/* lines.c: the ends of lines in a text. Nearly every text has either no CR at all, and then LFs
 * are all that is counted, or one in every line. */
#include "source/lines.h"

#include "base/sixteen.h"

#ifdef MLINT_LINES_VECTOR
#include <immintrin.h>

#define LONG_TEXT 256 /* from which the wide loop pays for asking the processor */

static unsigned sum_bytes(__m128i bytes)
{
    __m128i sums = _mm_sad_epu8(bytes, _mm_setzero_si128());

    return (unsigned)(_mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4));
}

/* Where lines end among sixteen bytes; the one behind them tells a CR from that of a CRLF. */
static inline __m128i ends_of(const char *p)
{
    const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
    __m128i here = mlint_sixteen(p), next = mlint_sixteen(p + 1);
    __m128i lone = _mm_andnot_si128(_mm_cmpeq_epi8(next, lf), _mm_cmpeq_epi8(here, cr));

    return _mm_or_si128(_mm_cmpeq_epi8(here, lf), lone);
}

/* All of them count downwards in each byte: eight of a block at most, or four. */
static bool feeds_sse2(const char *p, size_t blocks, unsigned *lines)
{
    const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
    __m128i run = _mm_setzero_si128(), returns = run;

    for (const char *end = p + blocks * MLINT_LINES_BLOCK; p < end; p += MLINT_LINES_BLOCK) {
        for (size_t i = 0; i < MLINT_LINES_BLOCK; i += 16) {
            __m128i here = mlint_sixteen(p + i);
            run = _mm_add_epi8(run, _mm_cmpeq_epi8(here, lf));
            returns = _mm_or_si128(returns, _mm_cmpeq_epi8(here, cr));
        }
    }
    *lines = sum_bytes(_mm_sub_epi8(_mm_setzero_si128(), run));
    return !_mm_movemask_epi8(returns);
}

static unsigned ends_sse2(const char *p, size_t blocks)
{
    __m128i run = _mm_setzero_si128();

    for (const char *end = p + blocks * MLINT_LINES_BLOCK; p < end; p += 16)
        run = _mm_add_epi8(run, ends_of(p));
    return sum_bytes(_mm_sub_epi8(_mm_setzero_si128(), run));
}

const struct mlint_lines_kernel mlint_lines_sse2 = { feeds_sse2, ends_sse2 };

#ifdef MLINT_CPU_X86
__attribute__((target("avx2"))) static unsigned sum_wide(__m256i run)
{
    __m256i sums =
        _mm256_sad_epu8(_mm256_sub_epi8(_mm256_setzero_si256(), run), _mm256_setzero_si256());

    return (unsigned)(_mm256_extract_epi64(sums, 0) + _mm256_extract_epi64(sums, 1) +
                      _mm256_extract_epi64(sums, 2) + _mm256_extract_epi64(sums, 3));
}

__attribute__((target("avx2"))) static __m256i load_wide(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

__attribute__((target("avx2"))) static bool feeds_avx2(const char *p, size_t blocks,
                                                       unsigned *lines)
{
    const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');
    __m256i run = _mm256_setzero_si256(), returns = run;

    for (const char *end = p + blocks * MLINT_LINES_BLOCK; p < end; p += MLINT_LINES_BLOCK) {
        for (size_t i = 0; i < MLINT_LINES_BLOCK; i += 32) {
            __m256i here = load_wide(p + i);
            run = _mm256_add_epi8(run, _mm256_cmpeq_epi8(here, lf));
            returns = _mm256_or_si256(returns, _mm256_cmpeq_epi8(here, cr));
        }
    }
    *lines = sum_wide(run);
    return _mm256_testz_si256(returns, returns);
}

__attribute__((target("avx2"))) static unsigned ends_avx2(const char *p, size_t blocks)
{
    const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');
    __m256i run = _mm256_setzero_si256();

    for (const char *end = p + blocks * MLINT_LINES_BLOCK; p < end; p += 32) {
        __m256i here = load_wide(p), next = load_wide(p + 1);
        __m256i lone =
            _mm256_andnot_si256(_mm256_cmpeq_epi8(next, lf), _mm256_cmpeq_epi8(here, cr));
        run = _mm256_add_epi8(run, _mm256_or_si256(_mm256_cmpeq_epi8(here, lf), lone));
    }
    return sum_wide(run);
}

const struct mlint_lines_kernel mlint_lines_avx2 = { feeds_avx2, ends_avx2 };
#endif

static const struct mlint_lines_kernel *widest(size_t len)
{
#ifdef MLINT_CPU_X86
    if (len >= LONG_TEXT && mlint_cpu_has_avx2())
        return &mlint_lines_avx2;
#endif
    (void)len;
    return &mlint_lines_sse2;
}

/* The line ends of whole blocks that have a byte behind them; *at goes past them. A text with
 * CRs mostly has one in its first line. */
static unsigned count_blocks(struct mlint_str text, uint32_t *at, uint32_t to)
{
    const struct mlint_lines_kernel *kernel = widest(to - *at);
    bool plain = !memchr(text.ptr + *at, '\r', MLINT_LINES_BLOCK);
    unsigned lines = 0, found;

    while (to - *at > MLINT_LINES_BLOCK) {
        size_t blocks = (to - *at - 1) / MLINT_LINES_BLOCK;

        if (blocks > MLINT_LINES_MOST)
            blocks = MLINT_LINES_MOST;
        plain = plain && kernel->feeds(text.ptr + *at, blocks, &found);
        lines += plain ? found : kernel->ends(text.ptr + *at, blocks);
        *at += (uint32_t)blocks * MLINT_LINES_BLOCK;
    }
    return lines;
}

/* The line ends of a block at most, as far as a byte is left behind them; *at goes to where
 * that is. The last sixteen bytes are looked at over those before them. */
static unsigned count_rest(struct mlint_str text, uint32_t *at, uint32_t to)
{
    __m128i run = _mm_setzero_si128();
    unsigned lines, rest;

    if (to == text.len && to > *at)
        to--;
    for (; to - *at >= 16; *at += 16)
        run = _mm_sub_epi8(run, ends_of(text.ptr + *at));
    lines = sum_bytes(run);
    if (to < 16 || to == *at) /* at the text's end no byte is left behind it */
        return lines;
    rest = (unsigned)_mm_movemask_epi8(ends_of(text.ptr + to - 16)) >> (16 - (to - *at));
    for (; rest; rest &= rest - 1)
        lines++;
    *at = to;
    return lines;
}

static unsigned count_vectors(struct mlint_str text, uint32_t *at, uint32_t to)
{
    unsigned lines = to - *at > MLINT_LINES_BLOCK ? count_blocks(text, at, to) : 0;

    return lines + count_rest(text, at, to);
}
#else
static unsigned count_vectors(struct mlint_str text, uint32_t *at, uint32_t to)
{
    (void)text, (void)at, (void)to;
    return 0;
}
#endif

unsigned mlint_count_lines(struct mlint_str text, uint32_t from, uint32_t to)
{
    unsigned lines = count_vectors(text, &from, to);

    for (uint32_t i = from; i < to; i++)
        lines += mlint_ends_line(text, i);
    return lines;
}

uint32_t mlint_count_units(struct mlint_str text)
{
    uint32_t units = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        units += (uint32_t)((c & 0xC0) != 0x80) + (uint32_t)(c >= 0xF0);
    }
    return units;
}
