/* prefs_scan.h: the searches that a preference file is made of, sixteen bytes at a time
 * where the machine has SSE2, and byte by byte elsewhere.
 *
 * Inline, because most searches end within the first sixteen bytes. Both ways are compiled
 * wherever SSE2 exists, so that the tests can hold them against each other. */
#ifndef MLINT_SYNTAX_PREFS_SCAN_H
#define MLINT_SYNTAX_PREFS_SCAN_H

#include "syntax/prefs_lexer.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#define MLINT_PREFS_VECTOR 1
#else
#define MLINT_PREFS_VECTOR 0
#endif

/* Space, and the five controls from tab to carriage return. */
static inline bool mlint_prefs_is_blank(char c)
{
    return c == ' ' || (unsigned char)(c - '\t') <= '\r' - '\t';
}

static inline const char *mlint_prefs_find_plain(const char *p, const char *end, char a, char b,
                                                 char c)
{
    while (p < end && *p != a && *p != b && *p != c)
        p++;
    return p;
}

static inline const char *mlint_prefs_blanks_plain(const char *p, const char *end)
{
    while (p < end && mlint_prefs_is_blank(*p))
        p++;
    return p;
}

#if MLINT_PREFS_VECTOR
static inline const char *mlint_prefs_find_vector(const char *p, const char *end, char a,
                                                  char b, char c)
{
    const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b), vc = _mm_set1_epi8(c);

    for (; end - p >= 16; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, va), _mm_cmpeq_epi8(bytes, vb));
        unsigned mask =
            (unsigned)_mm_movemask_epi8(_mm_or_si128(found, _mm_cmpeq_epi8(bytes, vc)));
        if (mask)
            return p + __builtin_ctz(mask);
    }
    return mlint_prefs_find_plain(p, end, a, b, c);
}

static inline const char *mlint_prefs_blanks_vector(const char *p, const char *end)
{
    const __m128i space = _mm_set1_epi8(' '), tab = _mm_set1_epi8('\t');
    const __m128i range = _mm_set1_epi8('\r' - '\t');

    for (; end - p >= 16; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i low = _mm_sub_epi8(bytes, tab);
        __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(low, range), low);
        unsigned mask =
            (unsigned)_mm_movemask_epi8(_mm_or_si128(control, _mm_cmpeq_epi8(bytes, space)));
        if (mask != 0xFFFF)
            return p + __builtin_ctz(~mask);
    }
    return mlint_prefs_blanks_plain(p, end);
}
#endif

/* The first of three bytes, or end. */
static inline const char *mlint_prefs_find(const char *p, const char *end, char a, char b,
                                           char c)
{
#if MLINT_PREFS_VECTOR
    return mlint_prefs_find_vector(p, end, a, b, c);
#else
    return mlint_prefs_find_plain(p, end, a, b, c);
#endif
}

/* How many of the sixteen bytes at p are digits, up to the first that is none. */
static inline unsigned mlint_prefs_digits_plain(const char *p)
{
    unsigned count = 0;

    while (count < 16 && (unsigned char)(p[count] - '0') <= 9)
        count++;
    return count;
}

#if MLINT_PREFS_VECTOR
static inline unsigned mlint_prefs_digits_vector(const char *p)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    /* As signed bytes the ten digits become the least. */
    __m128i lowered = _mm_sub_epi8(bytes, _mm_set1_epi8((char)('0' + 0x80)));
    __m128i digits = _mm_cmpgt_epi8(_mm_set1_epi8(INT8_MIN + 10), lowered);

    return (unsigned)__builtin_ctz(~(unsigned)_mm_movemask_epi8(digits));
}
#endif

static inline unsigned mlint_prefs_digits(const char *p)
{
#if MLINT_PREFS_VECTOR
    return mlint_prefs_digits_vector(p);
#else
    return mlint_prefs_digits_plain(p);
#endif
}

/* The first byte that is no blank, or end. */
static inline const char *mlint_prefs_blanks(const char *p, const char *end)
{
    int few;

    /* None or one are the rule. */
    for (few = 0; few < 2; few++, p++)
        if (p == end || !mlint_prefs_is_blank(*p))
            return p;
#if MLINT_PREFS_VECTOR
    return mlint_prefs_blanks_vector(p, end);
#else
    return mlint_prefs_blanks_plain(p, end);
#endif
}

/* Past blanks and comments. */
static inline const char *mlint_prefs_skip_on(const char *p, const char *end)
{
    p = mlint_prefs_blanks(p, end);
    return p < end && (*p == '/' || *p == '#') ? mlint_prefs_skipped(p, end) : p;
}

#endif
