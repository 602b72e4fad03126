/* ini_scan.h: where the lines of an INI file end and where their "=" stands, many bytes at a
 * time where the machine has SSE2. Private to lib/syntax/ini.c.
 *
 * Inline, so that the place in the text stays in registers. */
#ifndef MLINT_SYNTAX_INI_SCAN_H
#define MLINT_SYNTAX_INI_SCAN_H

#include "base/sixteen.h"
#include "base/str.h"

struct mlint_ini_line {
    const char *begin, *end;
};

#define MLINT_INI_BLOCK 64

/* A text on the way through it. */
struct mlint_ini_scan {
    const char *text;
    const char *line;         /* the next one */
    const char *block, *next; /* the block at hand and the one behind it */
    const char *limit;
    uint64_t ends; /* a bit for each end of a line in the block that is still to come */
};

static inline struct mlint_ini_scan mlint_ini_scan_of(struct mlint_str text)
{
    return (struct mlint_ini_scan){ text.ptr, text.ptr, text.ptr, text.ptr, text.ptr + text.len,
                                    0 };
}

/* CR, LF and CRLF end a line, in one file too: generators mix them. */
static uint64_t mlint_ini_ends_plain(const char *block, size_t len)
{
    uint64_t ends = 0;

    for (size_t i = 0; i < len; i++)
        ends |= (uint64_t)(block[i] == '\r' || block[i] == '\n') << i;
    return ends;
}

#if defined(__SSE2__)
static inline uint64_t mlint_ini_ends_sixteen(const char *p)
{
    __m128i bytes = mlint_sixteen(p);

    return (unsigned)_mm_movemask_epi8(
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')),
                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))));
}

static inline uint64_t mlint_ini_ends(const char *block)
{
    return mlint_ini_ends_sixteen(block) | mlint_ini_ends_sixteen(block + 16) << 16 |
           mlint_ini_ends_sixteen(block + 32) << 32 | mlint_ini_ends_sixteen(block + 48) << 48;
}
#else
static inline uint64_t mlint_ini_ends(const char *block)
{
    return mlint_ini_ends_plain(block, MLINT_INI_BLOCK);
}
#endif

/* The same of the last block, which is short: it is looked at together with what stands before
 * it, if that is enough. */
static inline uint64_t mlint_ini_last_ends(const struct mlint_ini_scan *scan, size_t len)
{
    if (scan->limit - scan->text < MLINT_INI_BLOCK)
        return mlint_ini_ends_plain(scan->next, len);
    return mlint_ini_ends(scan->limit - MLINT_INI_BLOCK) >> (MLINT_INI_BLOCK - len);
}

static inline void mlint_ini_look(struct mlint_ini_scan *scan)
{
    size_t left = (size_t)(scan->limit - scan->next);

    scan->block = scan->next;
    if (left >= MLINT_INI_BLOCK) {
        scan->ends = mlint_ini_ends(scan->block);
        scan->next += MLINT_INI_BLOCK;
    } else {
        scan->ends = mlint_ini_last_ends(scan, left);
        scan->next = scan->limit;
    }
}

/* The next line; false where there is none. Of the lines that hold nothing, as there is one
 * between the two of a CRLF, most are left out. */
static inline bool mlint_ini_next(struct mlint_ini_scan *scan, struct mlint_ini_line *line)
{
    uint64_t behind;

    *line = (struct mlint_ini_line){ scan->line, scan->limit };
    while (!scan->ends) {
        if (scan->next == scan->limit) {
            scan->line = scan->limit;
            return line->begin < scan->limit;
        }
        mlint_ini_look(scan);
    }
    line->end = scan->block + (unsigned)__builtin_ctzll(scan->ends);
    /* The sum carries over all bits that are next to the lowest one. */
    behind = scan->ends + (scan->ends & -scan->ends);
    scan->line = behind ? scan->block + (unsigned)__builtin_ctzll(behind) : scan->next;
    scan->ends &= behind;
    return true;
}

/* The first "=" from p on, which is within the text; `end` or any place behind it: there is
 * none before that. */
static inline const char *mlint_ini_find_equals(const char *p, const char *end,
                                                const char *limit)
{
#if defined(__SSE2__)
    for (; limit - p >= 16 && p < end; p += 16) {
        int found = _mm_movemask_epi8(_mm_cmpeq_epi8(mlint_sixteen(p), _mm_set1_epi8('=')));

        if (found)
            return p + (unsigned)__builtin_ctz((unsigned)found);
    }
#else
    (void)limit;
#endif
    while (p < end && *p != '=')
        p++;
    return p;
}

#endif
