/* prefs_statement.h: preference statements in the usual spelling, with blanks and comments
 * wherever they like, in one go. Whatever else there is (signs, attributes, errors) is refused
 * here, and so is what stands in the last bytes of the text, where a search could leave it.
 *
 * Included by each prefs_quick_*.c behind its own way to look at WIDTH bytes at p:
 *   TARGET      what a function needs to do that
 *   equal(p, c) a bit for each byte that is c
 *   stops(p)    a bit for each quote of either kind, backslash and NUL */
#ifndef MLINT_SYNTAX_PREFS_STATEMENT_H
#define MLINT_SYNTAX_PREFS_STATEMENT_H

#include "syntax/node.h"
#include "syntax/prefs_quick.h"

enum {
    WIDTH = 32,
    ROOM = 2 * WIDTH, /* bytes from `last` to the end: no search begins beyond `last` */
};

#ifndef TARGET
#define TARGET

static inline uint32_t equal(const char *p, char c)
{
    uint32_t mask = 0;

    for (unsigned i = 0; i < WIDTH; i++)
        mask |= (uint32_t)(p[i] == c) << i;
    return mask;
}

static inline uint32_t stops(const char *p)
{
    return equal(p, '"') | equal(p, '\'') | equal(p, '\\') | equal(p, '\0');
}
#endif

/* ---- Strings ---------------------------------------------------------------------------- */

/* The bytes that a backslash before them escapes, in a run of backslashes every other one. The
 * subtraction carries through a run and so tells whether it ends on an odd place. */
static inline uint32_t escaped_by(uint32_t slashes)
{
    const uint32_t odd = 0xAAAAAAAA;

    return ((slashes << 1 | odd) - slashes) ^ odd ^ slashes;
}

/* Past an escape by other letters than `"` and `\\`, on the first of which p is; NULL: it is
 * none, or p is on a NUL byte. */
static const char *strange_end(const char *p, const char *last)
{
    if (*p == 'n' || *p == 'r' || *p == '\'')
        return p + 1;
    return *p ? mlint_prefs_escape_end(p - 1, last + ROOM) : NULL;
}

/* The quote that ends the string, from a place in it where there may be escapes, of which JSON
 * is full. Not inline: what it compares with would be loaded for every string. */
__attribute__((noinline)) TARGET static const char *escaped_end(const char *p, const char *last,
                                                                char quote, bool *any)
{
    do {
        uint32_t slashes = equal(p, '\\'), escaped = escaped_by(slashes);
        uint32_t quotes = equal(p, quote) & ~escaped;
        uint32_t inside = quotes ^ (quotes - 1); /* all if there is none */
        uint32_t strange = (escaped & ~(slashes | equal(p, '"'))) | equal(p, '\0');

        *any |= (slashes & inside) != 0;
        if (strange & inside)
            p = strange_end(p + __builtin_ctz(strange), last);
        else if (quotes)
            return p + __builtin_ctz(quotes);
        else /* the last byte may begin an escape */
            p += WIDTH - ((slashes & ~escaped) >> (WIDTH - 1));
    } while (p && p <= last);
    return NULL;
}

/* The end of the string that opens at p, past its quote, or NULL. */
TARGET static inline const char *string_end(const char *p, const char *last, char quote,
                                            struct mlint_prefs_token *token)
{
    uint32_t stopped;

    token->kind = MLINT_PREFS_STRING;
    token->begin = ++p;
    token->escaped = false;
    for (; p <= last; p += WIDTH) {
        if (!(stopped = stops(p)))
            continue;
        p += __builtin_ctz(stopped);
        if (*p != quote && !(p = escaped_end(p, last, quote, &token->escaped)))
            return NULL;
        token->end = p;
        return p + 1;
    }
    return NULL;
}

/* ---- Values ----------------------------------------------------------------------------- */

/* Ten digits compare as the numbers that they are. */
static inline bool is_large(const char *digits)
{
    return *digits > '1' && memcmp(digits, "2147483647", 10) > 0;
}

/* Numbers with more digits, and the smallest of all, are read with care. */
static inline const char *digits_end(const char *p)
{
    const char *digits = *p == '-' || *p == '+' ? p + 1 : p;
    unsigned count = mlint_prefs_digits(digits);

    if (count - 1 > 9 || (count == 10 && is_large(digits)))
        return NULL;
    return digits + count;
}

/* true, false or a short number at p, or NULL. */
static inline const char *scalar_end(const char *p, struct mlint_prefs_statement *s)
{
    s->value.begin = p;
    s->value.escaped = false;
    s->type = MLINT_NODE_BOOLEAN;
    if (memcmp(p, "true", 4) == 0) {
        p += 4;
    } else if (memcmp(p, "false", 5) == 0) {
        p += 5;
    } else {
        s->type = MLINT_NODE_INTEGER;
        p = digits_end(p);
    }
    s->value.end = p;
    return p;
}

/* Of a value that has passed; few are asked for it. */
static int64_t number_of(const struct mlint_prefs_statement *s)
{
    const char *p = s->value.begin;
    bool negative = *p == '-';
    int64_t number = 0;

    if (s->type != MLINT_NODE_INTEGER)
        return s->type == MLINT_NODE_BOOLEAN && *p == 't';
    for (p += negative || *p == '+'; p < s->value.end; p++)
        number = number * 10 + (*p - '0');
    return negative ? -number : number;
}

/* ---- What stands between ---------------------------------------------------------------- */

/* Past blanks, comments and the byte c, or NULL. */
static const char *expect(const char *p, const char *end, char c)
{
    p = mlint_prefs_skip_on(p, end);
    return p < end && *p == c ? p + 1 : NULL;
}

static inline bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* Up to the quote before the name, in whichever way it is written. */
static const char *odd_opening_end(const char *p, const char *end, bool defaults,
                                   uint8_t *flags)
{
    p = mlint_prefs_skip_on(p, end);
    if (end - p > 10 && memcmp(p, "user_pref(", 10) == 0 && is_quote(p[10]))
        return p + 10;
    if (end - p >= 9 && memcmp(p, "user_pref", 9) == 0) {
        p += 9;
    } else if (defaults && end - p >= 4 && memcmp(p, "pref", 4) == 0) {
        *flags = MLINT_NODE_DEFAULT;
        p += 4;
    } else {
        return NULL;
    }
    p = expect(p, end, '(');
    p = p ? mlint_prefs_skip_on(p, end) : NULL;
    return p && p < end && is_quote(*p) ? p : NULL;
}

/* Up to the quote before the name, past a line end. */
static inline const char *opening_end(const char *p, const char *last, bool defaults,
                                      uint8_t *flags)
{
    *flags = 0;
    if (memcmp(p, "\nuser_pref(\"", 12) == 0)
        return p + 11;
    if (memcmp(p, "\r\nuser_pref(\"", 13) == 0)
        return p + 12;
    return odd_opening_end(p, last + ROOM, defaults, flags);
}

static const char *odd_separator_end(const char *p, const char *end)
{
    p = expect(p, end, ',');
    return p ? mlint_prefs_skip_on(p, end) : NULL;
}

/* Past `, ` or whatever else separates name and value. */
static inline const char *separator_end(const char *p, const char *last)
{
    if (memcmp(p, ", ", 2) == 0 && (p[2] == '"' || p[2] > '/'))
        return p + 2;
    return odd_separator_end(p, last + ROOM);
}

static const char *odd_closing_end(const char *p, const char *end)
{
    p = expect(p, end, ')');
    return p ? expect(p, end, ';') : NULL;
}

/* Past `);` or whatever else ends a statement. */
static inline const char *closing_end(const char *p, const char *last)
{
    if (memcmp(p, ");", 2) == 0)
        return p + 2;
    return odd_closing_end(p, last + ROOM);
}

/* ---- Statements ------------------------------------------------------------------------- */

/* Past the statement at p, which is not beyond `last`, or NULL. A string that has been found
 * ends a WIDTH before the end, so that what may follow it can be looked at. */
TARGET static inline const char *statement_end(const char *p, const char *last, bool defaults,
                                               struct mlint_prefs_statement *s)
{
    if (!(p = opening_end(p, last, defaults, &s->flags)) ||
        !(p = string_end(p, last, *p, &s->name)) || !(p = separator_end(p, last)) || p > last)
        return NULL;
    if (is_quote(*p)) {
        s->type = MLINT_NODE_STRING;
        p = string_end(p, last, *p, &s->value);
    } else {
        p = scalar_end(p, s);
    }
    return p ? closing_end(p, last) : NULL;
}

/* A name with escapes is decoded first. */
static inline bool may_matter(const struct mlint_prefs_search *search,
                              struct mlint_prefs_statement *s)
{
    if (s->name.escaped)
        return true;
    if (!(search->initials >> (*s->name.begin & 31) & 1))
        return false;
    if (!search->classify)
        return true;
    s->class =
        search->classify(mlint_str_make(s->name.begin, (size_t)(s->name.end - s->name.begin)));
    return s->class != MLINT_PREFS_DROP &&
           !(search->any_first && s->class == MLINT_PREFS_FIRST);
}

TARGET static bool pass(const char **at, const char *end,
                        const struct mlint_prefs_search *search,
                        struct mlint_prefs_statement *out)
{
    const struct mlint_prefs_search wanted = *search; /* a call cannot change this one */
    const char *p = *at, *last, *next;
    struct mlint_prefs_statement s = { 0 };

    if (end - p < ROOM)
        return false;
    last = end - ROOM;
    while (p <= last && (next = statement_end(p, last, wanted.defaults, &s))) {
        p = next;
        if (may_matter(&wanted, &s)) {
            s.number = number_of(&s);
            *out = s;
            *at = p;
            return true;
        }
    }
    *at = p;
    return false;
}

#endif
