/* ini_scan.h: where a line of an INI file ends and its "=" stands, thirty-two bytes at a time
 * where the machine has SSE2, and byte by byte elsewhere. Private to lib/syntax/ini.c.
 *
 * Inline, because most lines are found within one step. */
#ifndef MLINT_SYNTAX_INI_SCAN_H
#define MLINT_SYNTAX_INI_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* CR, LF and CRLF end a line, in one file too: generators mix them. Between the two of a CRLF
 * stands a line that holds nothing. */
static inline bool mlint_ini_is_end(char c)
{
    return c == '\r' || c == '\n';
}

struct mlint_ini_line {
    const char *begin, *end;
    const char *equals; /* the first one, or NULL */
};

#if defined(__SSE2__)
#define MLINT_INI_STEP 32

/* One bit for each of MLINT_INI_STEP bytes that is a or b. */
static inline uint32_t mlint_ini_find_either(const char *p, char a, char b)
{
    const __m128i *bytes = (const __m128i *)(const void *)p;
    const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b);
    __m128i front = _mm_loadu_si128(bytes), back = _mm_loadu_si128(bytes + 1);

    front = _mm_or_si128(_mm_cmpeq_epi8(front, va), _mm_cmpeq_epi8(front, vb));
    back = _mm_or_si128(_mm_cmpeq_epi8(back, va), _mm_cmpeq_epi8(back, vb));
    return (uint32_t)_mm_movemask_epi8(front) | (uint32_t)_mm_movemask_epi8(back) << 16;
}

/* The place behind the lowest ones: adding the lowest carries over them all. */
static inline unsigned mlint_ini_behind_ones(uint32_t bits)
{
    return (unsigned)__builtin_ctzll(bits + (uint64_t)(bits & -bits));
}
#endif

/* Find where a line ends, and its "=" if that is wanted. Returns where the next line begins;
 * lines that hold nothing may be left out. */
static inline const char *mlint_ini_find_end(struct mlint_ini_line *line, const char *limit,
                                             bool equals)
{
    const char *p = line->begin;

    line->equals = NULL;
#if defined(__SSE2__)
    for (; limit - p >= MLINT_INI_STEP; p += MLINT_INI_STEP) {
        uint32_t ends = mlint_ini_find_either(p, '\r', '\n'), before = ~ends & (ends - 1);
        uint32_t signs = equals ? mlint_ini_find_either(p, '=', '=') & before : 0;

        if (signs && !line->equals)
            line->equals = p + __builtin_ctz(signs);
        if (ends) {
            line->end = p + __builtin_ctz(ends);
            return p + mlint_ini_behind_ones(ends);
        }
    }
#endif
    for (; p < limit && !mlint_ini_is_end(*p); p++) {
        if (*p == '=' && equals && !line->equals)
            line->equals = p;
    }
    line->end = p;
    return p < limit ? p + 1 : p;
}

#endif
