/* reg_scan.h: the searches that a .reg file is made of, sixteen bytes or more at a time where
 * the machine has SSE2, and byte by byte elsewhere. For lib/syntax/reg*.c, for who chooses
 * keys, and for their tests, which hold both ways against each other.
 *
 * Inline, because names and values are short and most searches end within two steps. */
#ifndef MLINT_SYNTAX_REG_SCAN_H
#define MLINT_SYNTAX_REG_SCAN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#define MLINT_REG_VECTOR 1
#else
#define MLINT_REG_VECTOR 0
#endif

static inline const char *mlint_reg_find_plain(const char *p, const char *end, char a, char b)
{
    while (p < end && *p != a && *p != b)
        p++;
    return p;
}

static inline const char *mlint_reg_name_end_plain(const char *p, const char *end)
{
    while (p < end && *p != '\\' && *p != ']' && *p != '\n' && *p != '\r')
        p++;
    return p;
}

/* Of the 64 bytes at a place, a bit for each that is a quote; and for each that a plain line
 * does not hold: a backslash, or what is below a blank, as the line's own end is. */
struct mlint_reg_places {
    uint64_t quotes, stops;
};

static inline struct mlint_reg_places mlint_reg_places_plain(const char *p)
{
    struct mlint_reg_places places = { 0, 0 };

    for (unsigned i = 0; i < 64; i++) {
        places.quotes |= (uint64_t)(p[i] == '"') << i;
        places.stops |= (uint64_t)(p[i] == '\\' || (unsigned char)p[i] < ' ') << i;
    }
    return places;
}

static inline const char *mlint_reg_find_high_plain(const char *p, const char *end)
{
    while (p < end && (unsigned char)*p < 0x80)
        p++;
    return p;
}

#if MLINT_REG_VECTOR
static inline const char *mlint_reg_find_vector(const char *p, const char *end,
                                                const char *readable, char a, char b)
{
    const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b);

    for (; p < end && readable - p >= 16; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned mask = (unsigned)_mm_movemask_epi8(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, va), _mm_cmpeq_epi8(bytes, vb)));

        if (mask) {
            p += __builtin_ctz(mask);
            return p < end ? p : end;
        }
    }
    return p < end ? mlint_reg_find_plain(p, end, a, b) : end;
}

/* A bit for each of sixteen bytes that ends a name. */
static inline unsigned mlint_reg_name_ends(const char *p)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    /* A backslash is one less than a closing bracket, which is odd. */
    const __m128i name =
        _mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(1)), _mm_set1_epi8(']'));
    const __m128i line = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')),
                                      _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));

    return (unsigned)_mm_movemask_epi8(_mm_or_si128(name, line));
}

static inline const char *mlint_reg_name_end_vector(const char *p, const char *end)
{
    for (; end - p >= 32; p += 32) {
        unsigned mask = mlint_reg_name_ends(p) | mlint_reg_name_ends(p + 16) << 16;

        if (mask)
            return p + __builtin_ctz(mask);
    }
    return mlint_reg_name_end_plain(p, end);
}

/* All ones for each of sixteen bytes that is a bracket. */
static inline __m128i mlint_reg_brackets(const char *p)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);

    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8('['));
}

/* 64 bytes at a time: few stand within less. */
static inline const char *mlint_reg_bracket_vector(const char *p, const char *end)
{
    for (; end - p >= 64; p += 64) {
        __m128i a = mlint_reg_brackets(p), b = mlint_reg_brackets(p + 16);
        __m128i c = mlint_reg_brackets(p + 32), d = mlint_reg_brackets(p + 48);
        uint64_t low, high;

        if (_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d))) == 0)
            continue;
        low = (unsigned)_mm_movemask_epi8(a) | (unsigned)_mm_movemask_epi8(b) << 16;
        high = (unsigned)_mm_movemask_epi8(c) | (unsigned)_mm_movemask_epi8(d) << 16;
        return p + __builtin_ctzll(low | high << 32);
    }
    p = p < end ? memchr(p, '[', (size_t)(end - p)) : NULL;
    return p ? p : end;
}

static inline struct mlint_reg_places mlint_reg_places_vector(const char *p)
{
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
    const __m128i below = _mm_set1_epi8(' ' - 1);
    struct mlint_reg_places places = { 0, 0 };

    for (unsigned i = 0; i < 64; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i quotes = _mm_cmpeq_epi8(bytes, quote);
        __m128i stops = _mm_or_si128(_mm_cmpeq_epi8(bytes, slash),
                                     _mm_cmpeq_epi8(_mm_min_epu8(bytes, below), bytes));

        places.quotes |= (uint64_t)(unsigned)_mm_movemask_epi8(quotes) << i;
        places.stops |= (uint64_t)(unsigned)_mm_movemask_epi8(stops) << i;
    }
    return places;
}

static inline const char *mlint_reg_find_high_vector(const char *p, const char *end)
{
    for (; end - p >= 16; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned mask = (unsigned)_mm_movemask_epi8(bytes);

        if (mask)
            return p + __builtin_ctz(mask);
    }
    return mlint_reg_find_high_plain(p, end);
}
#endif

/* The first of two bytes, or end. What lies from there to `readable` may be looked at, so that
 * a search to the end of a line need not slow down before it. */
static inline const char *mlint_reg_find(const char *p, const char *end, const char *readable,
                                         char a, char b)
{
#if MLINT_REG_VECTOR
    return mlint_reg_find_vector(p, end, readable, a, b);
#else
    (void)readable;
    return mlint_reg_find_plain(p, end, a, b);
#endif
}

/* Where a name of a key's path ends: at a backslash, a bracket or the line's end. */
static inline const char *mlint_reg_name_end(const char *p, const char *end)
{
#if MLINT_REG_VECTOR
    return mlint_reg_name_end_vector(p, end);
#else
    return mlint_reg_name_end_plain(p, end);
#endif
}

/* The next opening bracket, or end. */
static inline const char *mlint_reg_bracket(const char *p, const char *end)
{
#if MLINT_REG_VECTOR
    return mlint_reg_bracket_vector(p, end);
#else
    p = p < end ? memchr(p, '[', (size_t)(end - p)) : NULL;
    return p ? p : end;
#endif
}

static inline struct mlint_reg_places mlint_reg_places_of(const char *p)
{
#if MLINT_REG_VECTOR
    return mlint_reg_places_vector(p);
#else
    return mlint_reg_places_plain(p);
#endif
}

/* The first byte beyond ASCII, or end. */
static inline const char *mlint_reg_find_high(const char *p, const char *end)
{
#if MLINT_REG_VECTOR
    return mlint_reg_find_high_vector(p, end);
#else
    return mlint_reg_find_high_plain(p, end);
#endif
}

#endif
