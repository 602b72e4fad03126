/* prefs_quotes.h: where the quotes in a stretch of text stand, found before anything is made of
 * them, so that nothing waits for the end of a string. Included by prefs_statement.h. */
#ifndef MLINT_SYNTAX_PREFS_QUOTES_H
#define MLINT_SYNTAX_PREFS_QUOTES_H

#include "syntax/prefs_quick.h"
#include "syntax/prefs_width.h"

/* The place of the first bit; the last one if there is none. */
static inline size_t first_of(uint64_t mask)
{
    return (size_t)__builtin_ctzll(mask | UINT64_C(1) << (WIDTH - 1));
}

/* The bytes that a backslash before them escapes, in a run of backslashes every other one. The
 * subtraction carries through a run and so tells whether it ends on an odd place. */
static inline uint64_t escaped_by(uint64_t slashes)
{
    const uint64_t odd = 0xAAAAAAAAAAAAAAAA;

    return ((slashes << 1 | odd) - slashes) ^ odd ^ slashes;
}

/* Double quotes that no backslash escapes, in WIDTH bytes at p; *strange: there may be other
 * escapes than of quotes and backslashes, NUL bytes, or nothing but backslashes. *carry:
 * whether the first byte is escaped, then whether that behind the last one is: an odd run of
 * backslashes ends there. */
TARGET static inline uint64_t open_quotes(const char *p, uint64_t *carry, uint64_t *strange)
{
    uint64_t slashes = equal(p, '\\'), all = equal(p, '"');
    uint64_t escaped = escaped_by(slashes & ~*carry) | *carry;

    *carry = __builtin_clzll(~slashes | 1) & 1;
    *strange = (escaped & ~(slashes | all)) | equal(p, '\0') | (slashes == UINT64_MAX);
    return all & ~escaped;
}

#ifndef AT_ONCE
#define AT_ONCE 4 /* more quotes than that hardly ever stand in WIDTH bytes */

TARGET static inline void note_first(const char **places, const char *p, uint64_t bits)
{
    for (unsigned i = 0; i < AT_ONCE; i++, bits &= bits - 1) {
        const char *place = p + first_of(bits);
        __asm__("" : "+r"(place)); /* else compilers gather all of them in a vector, slowly */
        places[i] = place;
    }
}
#endif

/* Note where the bits of WIDTH bytes at p are; returns how many. There is room for AT_ONCE, and
 * as many are always noted, so that no branch is missed. */
TARGET static inline size_t note_places(const char **places, const char *p, uint64_t bits)
{
    size_t count = (size_t)__builtin_popcountll(bits);

    note_first(places, p, bits);
    if (count > AT_ONCE)
        for (; bits; bits &= bits - 1)
            *places++ = p + first_of(bits);
    return count;
}

/* Those of a stretch from p on, up to a block with anything strange in it. What is before p
 * does not matter: it is a line end there. */
TARGET static void find_quotes(struct mlint_prefs_quotes *quotes, const char *p,
                               const char *last)
{
    const char *end = last - p < MLINT_PREFS_STRETCH ? last : p + MLINT_PREFS_STRETCH;
    const char **places = quotes->places;
    uint64_t carry = 0, strange, found;

    for (; p < end; p += WIDTH) {
        found = open_quotes(p, &carry, &strange);
        if (strange)
            break;
        places += note_places(places, p, found);
    }
    quotes->next = quotes->places;
    quotes->end = places;
}

#endif
