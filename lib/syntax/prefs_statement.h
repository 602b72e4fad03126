/* prefs_statement.h: preference statements in the usual spelling, with blanks and comments
 * wherever they like, in one go. Whatever else there is (attributes, escapes in names, errors)
 * is refused here, and so is what stands in the last bytes of the text, where a search could
 * leave it.
 *
 * Which kind of value comes next, and how long a name is, no processor foresees, and a branch
 * that is missed costs more than all else about a statement. So those on a line of their own,
 * as Thunderbird writes them, are passed without asking: their quotes are found first, by the
 * stretch (prefs_quotes.h), and all kinds of values are reckoned with at once.
 *
 * Included by each prefs_quick_*.c behind its own way to look at WIDTH bytes at p, if it is not
 * to be that of prefs_width.h:
 *
 *   TARGET      what a function needs to do that
 *   equal(p, c) a bit for each byte that is c
 *   stops(p)    a bit for each quote of either kind, backslash and NUL
 *   note_first  if it has a quicker one than prefs_quotes.h, with AT_ONCE */
#ifndef MLINT_SYNTAX_PREFS_STATEMENT_H
#define MLINT_SYNTAX_PREFS_STATEMENT_H

#include "base/eight.h"
#include "syntax/node.h"
#include "syntax/prefs_quick.h"
#include "syntax/prefs_quotes.h"

enum {
    ROOM = MLINT_PREFS_ROOM, /* from `last` to the end: hardly a search begins beyond `last` */
};

/* The quotes of a block that begins before `last` may be WIDTH behind it, and from one of them
 * WIDTH bytes are looked at. */
_Static_assert(ROOM >= 2 * WIDTH, "no search leaves the text");

/* Not inline, so that the usual way has the registers to itself. */
#define RARE __attribute__((noinline))

/* ---- What stands between ---------------------------------------------------------------- */

static inline bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* Past blanks, comments and the byte c, or NULL. */
static const char *expect(const char *p, const char *end, char c)
{
    if (p < end && *p != c)
        p = mlint_prefs_skip_on(p, end);
    return p < end && *p == c ? p + 1 : NULL;
}

/* Up to the quote before the name, in whichever way it is written. */
RARE static const char *odd_opening_end(const char *p, const char *last, bool defaults)
{
    const char *end = last + ROOM;

    p = mlint_prefs_skip_on(p, end);
    if (end - p >= 9 && memcmp(p, "user_pref", 9) == 0)
        p = expect(p + 9, end, '(');
    else if (defaults && end - p >= 4 && memcmp(p, "pref", 4) == 0)
        p = expect(p + 4, end, '(');
    else
        return NULL;
    if (p && p < end && !is_quote(*p))
        p = mlint_prefs_skip_on(p, end);
    return p && p <= last && is_quote(*p) ? p : NULL;
}

/* As Thunderbird begins a statement; in two parts, which compilers compare without a call. */
static inline bool begins_line(const char *p)
{
    return memcmp(p, "\nuser_pr", 8) == 0 && memcmp(p + 8, "ef(\"", 4) == 0;
}

/* Up to the quote before the name, past a line end. */
static inline const char *opening_end(const char *p, const char *last, bool defaults)
{
    return begins_line(p) ? p + 11 : odd_opening_end(p, last, defaults);
}

RARE static const char *odd_separator_end(const char *p, const char *end)
{
    p = expect(p, end, ',');
    return p ? mlint_prefs_skip_on(p, end) : NULL;
}

/* Past `, ` or whatever else separates name and value, if perhaps not past all of it. */
static inline const char *separator_end(const char *p, const char *last)
{
    return memcmp(p, ", ", 2) == 0 ? p + 2 : odd_separator_end(p, last + ROOM);
}

RARE static const char *odd_closing_end(const char *p, const char *end)
{
    p = expect(p, end, ')');
    return p ? expect(p, end, ';') : NULL;
}

/* Past `);` or whatever else ends a statement, up to the `\n` that may follow. */
static inline const char *closing_end(const char *p, const char *last)
{
    if (memcmp(p, ");", 2) != 0)
        return odd_closing_end(p, last + ROOM);
    p += 2;
    return memcmp(p, "\r\n", 2) == 0 ? p + 1 : p;
}

/* ---- Strings ---------------------------------------------------------------------------- */

/* Past an escape by other letters than `"` and `\\`, on the first of which p is; NULL: it is
 * none, or p is on a NUL byte. */
RARE static const char *strange_end(const char *p, const char *last)
{
    if (*p == 'n' || *p == 'r' || *p == '\'')
        return p + 1;
    return *p ? mlint_prefs_escape_end(p - 1, last + ROOM) : NULL;
}

/* Past the string with p in it, or NULL. */
TARGET static inline const char *string_end(const char *p, const char *last, char quote)
{
    do {
        uint64_t slashes = equal(p, '\\'), escaped = escaped_by(slashes);
        uint64_t all = equal(p, quote), quotes = all & ~escaped;
        uint64_t inside = quotes ^ (quotes - 1); /* every bit if there is none */
        uint64_t usual = slashes | (quote == '"' ? all : equal(p, '"'));
        uint64_t strange = (escaped & ~usual) | equal(p, '\0');

        if (strange & inside)
            p = strange_end(p + first_of(strange), last);
        else if (quotes)
            return p + first_of(quotes) + 1;
        else /* the last byte may begin an escape */
            p += WIDTH - ((slashes & ~escaped) >> (WIDTH - 1));
    } while (p && p <= last);
    return NULL;
}

/* Past the string whose quote, perhaps a single one, is at p. */
RARE TARGET static const char *odd_string_end(const char *p, const char *last)
{
    return string_end(p + 1, last, *p);
}

/* NULL also if it has escapes, which nobody writes in a name. */
RARE TARGET static const char *odd_name_end(const char *p, const char *last)
{
    const char *end = odd_string_end(p, last);

    return end && !memchr(p, '\\', (size_t)(end - p)) ? end : NULL;
}

/* Past the name whose quote is at p, or NULL. */
TARGET static inline const char *name_end(const char *p, const char *last)
{
    uint64_t stopped = stops(p + 1) | UINT64_C(1) << (WIDTH - 1);
    const char *end = p + 1 + first_of(stopped);

    return *end == *p ? end + 1 : odd_name_end(p, last);
}

/* ---- Values ----------------------------------------------------------------------------- */

/* Of true, false or a number without a sign at p, else 0: all in one go, since no processor
 * foresees which it is. Up to nine digits are no number too large, nor are ten from a 1 on. */
static inline unsigned scalar_length(const char *p)
{
    unsigned is_true = memcmp(p, "true", 4) == 0;
    unsigned is_false = (memcmp(p, "fals", 4) == 0) & (p[4] == 'e');
    unsigned length = mlint_prefs_digits(p) + 4 * is_true + 5 * is_false;
    /* Top bits of differences: of comparisons compilers may make branches. */
    unsigned limit = 10 + (((unsigned char)*p - (unsigned)'2') >> 31);

    return length & -((length - limit) >> 31);
}

/* Ten digits compare as the numbers that they are. Numbers with more, and the smallest of all,
 * are read with care. */
static const char *number_end(const char *p)
{
    unsigned count;

    p += *p == '-' || *p == '+';
    count = mlint_prefs_digits(p);
    if (!count || count > 10 || (count == 10 && memcmp(p, "2147483647", 10) > 0))
        return NULL;
    return p + count;
}

/* Of a value behind more blanks, with a sign and so on. */
RARE TARGET static const char *odd_value_end(const char *p, const char *last)
{
    unsigned length;

    p = mlint_prefs_skip_on(p, last + ROOM);
    if (p > last)
        return NULL;
    if (is_quote(*p))
        return odd_string_end(p, last);
    length = scalar_length(p);
    return length ? p + length : number_end(p);
}

/* Past the value at p, and the blanks and comments before it; or NULL. */
TARGET static inline const char *value_end(const char *p, const char *last)
{
    unsigned length;

    if (is_quote(*p))
        return *p == '"' ? string_end(p + 1, last, '"') : odd_string_end(p, last);
    length = scalar_length(p);
    return length ? p + length : odd_value_end(p, last);
}

/* ---- Statements ------------------------------------------------------------------------- */

/* A statement while it is passed: strings with their quotes, the value with what may stand
 * between it and the `, ` before it. */
struct parts {
    const char *name, *name_end, *value, *value_end;
    uint16_t class; /* what search->classify said */
};

/* Past the statement at p, which is not beyond `last`, or NULL. A string that has been found
 * ends some way before the end, so that what may follow it can be looked at. */
TARGET static inline const char *statement_end(struct parts *parts, const char *p,
                                               const char *last, bool defaults)
{
    if (!(parts->name = opening_end(p, last, defaults)) ||
        !(parts->name_end = name_end(parts->name, last)) ||
        !(parts->value = separator_end(parts->name_end, last)) || parts->value > last ||
        !(parts->value_end = value_end(parts->value, last)))
        return NULL;
    return closing_end(parts->value_end, last);
}

static inline bool may_matter(const struct mlint_prefs_search *search, struct parts *parts)
{
    const char *name = parts->name + 1;
    uint16_t class = MLINT_PREFS_DROP;

    if (!(search->initials >> (*name & 31) & 1))
        return false;
    if (search->classify)
        class = search->classify(mlint_str_make(name, (size_t)(parts->name_end - 1 - name)));
    parts->class = class;
    return !search->classify ||
           (class != MLINT_PREFS_DROP && !(search->any_first && class == MLINT_PREFS_FIRST));
}

/* ---- As Thunderbird writes them --------------------------------------------------------- */

/* Whether the quotes of the statement at p are known, now at the latest. */
TARGET static inline bool has_quotes(struct mlint_prefs_quotes *quotes, const char *p,
                                     const char *last)
{
    while (quotes->next < quotes->end && *quotes->next < p)
        quotes->next++;
    if (quotes->end - quotes->next < 4)
        find_quotes(quotes, p, last);
    return quotes->end - quotes->next >= 4;
}

/* What the statement consists of whose first quote is *places; returns how many it has, or 0:
 * it is spelled otherwise. Whether the value is a text is reckoned with instead of asked: then
 * it is as long as the next two quotes are apart, and as a scalar it has no length. */
TARGET static inline size_t line_parts(struct parts *parts, const char *const *places)
{
    const char *value = places[1] + 3;
    size_t is_text = places[2] == value;
    size_t length = scalar_length(value) + (-is_text & (size_t)(places[3] + 1 - places[2]));

    parts->name = places[0];
    parts->name_end = value - 2;
    parts->value = value;
    parts->value_end = value + length;
    if (!length || memcmp(value - 2, ", ", 2) != 0 || memcmp(value + length, ");", 2) != 0)
        return 0;
    return 2 + 2 * is_text;
}

/* Whether one of the lines from *at on may matter; *at is it then. Else *at is past those that
 * are spelled as usual and whose quotes are known. */
TARGET static bool find_line(const char **at, const char *last,
                             const struct mlint_prefs_search *search,
                             struct mlint_prefs_quotes *quotes, struct parts *found)
{
    const char *p = *at, **places = quotes->next;
    struct parts parts;
    bool matters = false;
    size_t count;

    while (quotes->end - places >= 4 && begins_line(p) &&
           (count = line_parts(&parts, places))) {
        if (may_matter(search, &parts)) {
            matters = name_end(parts.name, last) == parts.name_end; /* no escape is in it */
            *found = parts;
            break;
        }
        places += count; /* not before: one with an escape in its name is looked at again */
        p = parts.value_end + 2 + (parts.value_end[2] == '\r');
    }
    quotes->next = places;
    *at = p;
    return matters;
}

/* ---- What was found --------------------------------------------------------------------- */

static void take_token(struct mlint_prefs_token *token, const char *begin, const char *end)
{
    token->kind = MLINT_PREFS_STRING;
    token->begin = begin;
    token->end = end;
    token->escaped = false;
}

static int64_t number_of(const char *p, const char *end)
{
    bool negative = *p == '-';
    int64_t number = 0;

    for (p += negative || *p == '+'; p < end; p++)
        number = number * 10 + (*p - '0');
    return negative ? -number : number;
}

static void take_value(struct mlint_prefs_statement *s, const char *p, const char *end)
{
    take_token(&s->value, p, end);
    s->number = 0;
    if (is_quote(*p)) {
        s->type = MLINT_NODE_STRING;
        take_token(&s->value, p + 1, end - 1);
        s->value.escaped = memchr(p, '\\', (size_t)(end - p)) != NULL;
    } else if (*p == 't' || *p == 'f') {
        s->type = MLINT_NODE_BOOLEAN;
        s->number = *p == 't';
    } else {
        s->type = MLINT_NODE_INTEGER;
        s->number = number_of(p, end);
    }
}

/* Few statements are asked what they say. */
RARE static void take(struct mlint_prefs_statement *s, const char *begin,
                      const struct parts *parts, bool defaults)
{
    bool is_default = defaults && *mlint_prefs_skip_on(begin, parts->name) == 'p'; /* pref() */
    const char *value = mlint_prefs_skip_on(parts->value, parts->value_end);

    take_token(&s->name, parts->name + 1, parts->name_end - 1);
    s->flags = is_default ? MLINT_NODE_DEFAULT : 0;
    s->class = parts->class;
    take_value(s, value, parts->value_end);
}

/* Whether one of the statements from *at on may matter; *at is it then. Else *at is beyond
 * `last`, or to be read with care. */
TARGET static bool find(const char **at, const char *last,
                        const struct mlint_prefs_search *search,
                        struct mlint_prefs_quotes *quotes, struct parts *parts)
{
    while (*at <= last) {
        const char *begin = *at, *next;

        if (begins_line(begin) && has_quotes(quotes, begin, last) &&
            find_line(at, last, search, quotes, parts))
            return true;
        if (*at != begin)
            continue;
        next = statement_end(parts, begin, last, search->defaults);
        if (!next)
            return false;
        if (may_matter(search, parts))
            return true;
        *at = next;
    }
    return false;
}

TARGET static bool pass(const char **at, const char *end,
                        const struct mlint_prefs_search *search,
                        struct mlint_prefs_quotes *quotes, struct mlint_prefs_statement *out)
{
    const struct mlint_prefs_search wanted = *search; /* a call cannot change this one */
    struct parts parts;

    if (end - *at < ROOM || !find(at, end - ROOM, &wanted, quotes, &parts))
        return false;
    take(out, *at, &parts, wanted.defaults);
    *at = closing_end(parts.value_end, end - ROOM);
    return true;
}

#endif
