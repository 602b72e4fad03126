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

/* The quote that ends the string whose text begins at p, and whether there are escapes before
 * it; NULL: a NUL byte, no end, or an escape that is none. */
static inline const char *mlint_prefs_string_end_plain(const char *p, const char *end,
                                                       char quote, bool *escaped)
{
    for (;;) {
        p = mlint_prefs_find(p, end, quote, '\\', '\0');
        if (p == end || *p == '\0')
            return NULL;
        if (*p == quote)
            return p;
        *escaped = true;
        if (!(p = mlint_prefs_escape_end(p, end)))
            return NULL;
    }
}

#if MLINT_PREFS_VECTOR
static inline unsigned mlint_prefs_mask(__m128i bytes, __m128i wanted)
{
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted));
}

/* Past the escapes of a vector, a pair of bytes each, of which the masks then know nothing.
 * JSON is full of them. NULL: not only `\\"` and `\\\\`, which are to be looked at one by one.
 */
static inline const char *mlint_prefs_pass_escapes(const char *p, unsigned *quotes,
                                                   unsigned slashes)
{
    const char *next = p + 16;

    while (slashes & (*quotes - 1)) { /* one before the first quote */
        unsigned at = (unsigned)__builtin_ctz(slashes);

        if (p[at + 1] != '"' && p[at + 1] != '\\')
            return NULL;
        next += at == 15;
        *quotes &= ~(3u << at);
        slashes &= ~(3u << at);
    }
    return next;
}

static inline const char *mlint_prefs_string_end_vector(const char *p, const char *end,
                                                        char quote, bool *escaped)
{
    const __m128i vquote = _mm_set1_epi8(quote), vslash = _mm_set1_epi8('\\');
    const __m128i none = _mm_setzero_si128();

    while (end - p > 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i stop = _mm_or_si128(_mm_cmpeq_epi8(bytes, vslash), _mm_cmpeq_epi8(bytes, none));
        unsigned quotes = mlint_prefs_mask(bytes, vquote);
        unsigned stops = (unsigned)_mm_movemask_epi8(stop);
        const char *next = p + 16;

        if (stops & (quotes - 1)) { /* one before the first quote */
            if (mlint_prefs_mask(bytes, none))
                break;
            if (!(next = mlint_prefs_pass_escapes(p, &quotes, stops)))
                break;
            *escaped = true;
        }
        if (quotes)
            return p + __builtin_ctz(quotes);
        p = next;
    }
    return mlint_prefs_string_end_plain(p, end, quote, escaped);
}
#endif

static inline const char *mlint_prefs_string_end(const char *p, const char *end, char quote,
                                                 bool *escaped)
{
#if MLINT_PREFS_VECTOR
    return mlint_prefs_string_end_vector(p, end, quote, escaped);
#else
    return mlint_prefs_string_end_plain(p, end, quote, escaped);
#endif
}

/* The first byte that is no blank, or end. */
static inline const char *mlint_prefs_blanks(const char *p, const char *end)
{
    int few;

    /* None, one or two are the rule. */
    for (few = 0; few < 3; few++, p++)
        if (p == end || !mlint_prefs_is_blank(*p))
            return p;
#if MLINT_PREFS_VECTOR
    return mlint_prefs_blanks_vector(p, end);
#else
    return mlint_prefs_blanks_plain(p, end);
#endif
}

#endif
