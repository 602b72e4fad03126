/* prefs_quick.c: preference statements in the usual spelling, with blanks and comments wherever
 * they like, in one go. Whatever else there is (signs, attributes, errors) is refused here. */
#include "syntax/prefs_quick.h"

#include "syntax/node.h"

/* The end of the string that opens at p, past its quote, or NULL. */
static inline const char *string_end(const char *p, const char *end,
                                     struct mlint_prefs_token *token)
{
    token->kind = MLINT_PREFS_STRING;
    token->begin = p + 1;
    token->escaped = false;
    /* The quote is a constant in each call, so that the search is made for it. */
    token->end = *p == '"' ? mlint_prefs_string_end(p + 1, end, '"', &token->escaped)
                           : mlint_prefs_string_end(p + 1, end, '\'', &token->escaped);
    return token->end ? token->end + 1 : NULL;
}

/* At most ten digits, so that the number of steps needs no care. */
static inline const char *digits_end(const char *p, const char *end,
                                     struct mlint_prefs_statement *s)
{
    bool negative = *p == '-';
    const char *digits = p += negative, *most = end - p > 10 ? p + 10 : end;
    uint64_t number = 0;
    unsigned digit;

    for (; p < most && (digit = (unsigned char)(*p - '0')) <= 9; p++)
        number = number * 10 + digit;
    if (p == digits || number > INT32_MAX)
        return NULL;
    s->type = MLINT_NODE_INTEGER;
    s->number = negative ? -(int64_t)number : (int64_t)number;
    return p;
}

/* true, false or a short number at p, or NULL. */
static inline const char *scalar_end(const char *p, const char *end,
                                     struct mlint_prefs_statement *s)
{
    s->value.begin = p;
    s->value.escaped = false;
    s->type = MLINT_NODE_BOOLEAN;
    s->number = *p == 't';
    if (end - p > 5 && memcmp(p, "true", 4) == 0)
        p += 4;
    else if (end - p > 6 && memcmp(p, "false", 5) == 0)
        p += 5;
    else
        p = digits_end(p, end, s);
    s->value.end = p;
    return p;
}

/* Past what may be skipped and the byte c, or NULL. */
static inline const char *expect(const char *p, const char *end, char c)
{
    if (p < end && *p == c)
        return p + 1;
    p = mlint_prefs_skip_on(p, end);
    return p < end && *p == c ? p + 1 : NULL;
}

/* Past what comes before the name. */
static inline const char *opening_end(const char *p, const char *end, bool defaults,
                                      uint8_t *flags)
{
    *flags = 0;
    if (end - p > 10 && memcmp(p, "user_pref(\"", 11) == 0)
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
    return p ? mlint_prefs_skip_on(p, end) : NULL;
}

/* Past `, ` or whatever else separates name and value. */
static inline const char *separator_end(const char *p, const char *end)
{
    if (end - p > 2 && p[0] == ',' && p[1] == ' ' && (p[2] == '"' || p[2] > '/'))
        return p + 2;
    p = expect(p, end, ',');
    return p ? mlint_prefs_skip_on(p, end) : NULL;
}

/* Past `);` or whatever else ends a statement. */
static inline const char *closing_end(const char *p, const char *end)
{
    if (end - p > 1 && p[0] == ')' && p[1] == ';')
        return p + 2;
    p = expect(p, end, ')');
    return p ? expect(p, end, ';') : NULL;
}

static inline bool is_quote(const char *p, const char *end)
{
    return p < end && (*p == '"' || *p == '\'');
}

const char *mlint_prefs_quick(const char *p, const char *end, bool defaults,
                              struct mlint_prefs_statement *s)
{
    if (!(p = opening_end(p, end, defaults, &s->flags)) || !is_quote(p, end) ||
        !(p = string_end(p, end, &s->name)) || !(p = separator_end(p, end)) || p == end)
        return NULL;
    if (is_quote(p, end)) {
        s->type = MLINT_NODE_STRING;
        s->number = 0;
        p = string_end(p, end, &s->value);
    } else {
        p = scalar_end(p, end, s);
    }
    return p ? closing_end(p, end) : NULL;
}
