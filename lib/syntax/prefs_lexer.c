/* prefs_lexer.c: the tokens of Mozilla's preference files, exactly as Mozilla's parser cuts
 * them (modules/libpref/parser, unchanged from Thunderbird 60 to 153).
 *
 * This is the careful way; prefs.c reads the usual spelling without it. It allocates only to
 * decode strings with escapes. */
#include "syntax/prefs_lexer.h"

#include "base/num.h"
#include "base/utf8.h"
#include "syntax/prefs_scan.h"

static char peek(const struct mlint_prefs_lexer *lexer)
{
    return lexer->p < lexer->end ? *lexer->p : '\0';
}

const char *mlint_prefs_comment_end(const char *p, const char *end)
{
    const char *begin = p;

    if (p < end && *p == '#')
        return mlint_prefs_find(p, end, '\n', '\r', '\0');
    if (end - p < 2 || *p != '/')
        return p;
    if (p[1] == '/')
        return mlint_prefs_find(p, end, '\n', '\r', '\0');
    if (p[1] != '*')
        return p;
    for (p += 2;; p++) {
        p = mlint_prefs_find(p, end, '*', '\0', '*');
        if (p == end || *p == '\0')
            return begin;
        if (end - p > 1 && p[1] == '/')
            return p + 2;
    }
}

const char *mlint_prefs_skipped(const char *p, const char *end)
{
    for (;;) {
        const char *comment = mlint_prefs_blanks(p, end);

        if (comment == end || (*comment != '/' && *comment != '#'))
            return comment;
        p = mlint_prefs_comment_end(comment, end);
        if (p == comment)
            return p;
    }
}

void mlint_prefs_skip(struct mlint_prefs_lexer *lexer)
{
    lexer->p = mlint_prefs_skipped(lexer->p, lexer->end);
}

static inline int hex_digit(char c)
{
    unsigned digit = (unsigned)c - '0', letter = ((unsigned)c | 0x20) - 'a';

    if (digit <= 9)
        return (int)digit;
    return letter <= 5 ? (int)letter + 10 : -1;
}

/* Up to `digits` hexadecimal digits; false if there are fewer. */
static bool read_hex(const char **p, const char *end, unsigned digits, uint32_t *out)
{
    *out = 0;
    for (; digits; digits--, (*p)++) {
        int digit = *p < end ? hex_digit(**p) : -1;
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

/* \uHHHH, or a pair of them for a character beyond the first plane; *p is past the u. */
static const char *read_utf16(const char **p, const char *end, uint32_t *out)
{
    uint32_t low;

    if (!read_hex(p, end, 4, out))
        return "\\u needs four hexadecimal digits";
    if (*out == 0)
        return "\\u0000 is not allowed in a string";
    if ((*out & 0xFC00) == 0xDC00)
        return "half a surrogate pair in a string";
    if ((*out & 0xFC00) != 0xD800)
        return NULL;
    /* Mozilla's parser takes the backslash even if no u follows; so `\"` ends the string. */
    if (*p == end || **p != '\\')
        return "half a surrogate pair in a string";
    *p += 1;
    if (*p == end || **p != 'u')
        return "half a surrogate pair in a string";
    *p += 1;
    if (!read_hex(p, end, 4, &low) || (low & 0xFC00) != 0xDC00)
        return "half a surrogate pair in a string";
    *out = 0x10000 + ((*out & 0x3FF) << 10 | (low & 0x3FF));
    return NULL;
}

/* One escape at *p, which is on the backslash. bytes and *size receive what it stands for. */
static const char *read_escape(const char **p, const char *end, char bytes[4], size_t *size)
{
    uint32_t value;
    const char *problem;
    char c = end - *p > 1 ? (*p)[1] : '\0';

    *size = 1;
    *p += 2;
    switch (c) {
    case '"':
    case '\'':
    case '\\':
        bytes[0] = c;
        return NULL;
    case 'n':
        bytes[0] = '\n';
        return NULL;
    case 'r':
        bytes[0] = '\r';
        return NULL;
    case 'x':
        if (!read_hex(p, end, 2, &value))
            return "\\x needs two hexadecimal digits";
        bytes[0] = (char)value;
        return value ? NULL : "\\x00 is not allowed in a string";
    case 'u':
        problem = read_utf16(p, end, &value);
        if (!problem)
            *size = mlint_utf8_encode(value, bytes);
        return problem;
    default:
        *p -= 1; /* it may be the quote */
        return "unknown escape in a string";
    }
}

const char *mlint_prefs_escape_end(const char *p, const char *end)
{
    char bytes[4];
    size_t size;

    return read_escape(&p, end, bytes, &size) ? NULL : p;
}

/* A string is read to its closing quote even after an error in it. */
static void read_string(struct mlint_prefs_lexer *lexer, struct mlint_prefs_token *token)
{
    char quote = *lexer->p, bytes[4];
    const char *p = lexer->p + 1, *problem;
    size_t size;

    token->kind = MLINT_PREFS_STRING;
    token->begin = p;
    for (;;) {
        p = mlint_prefs_find(p, lexer->end, quote, '\\', '\0');
        if (p == lexer->end || *p != '\\')
            break;
        token->escaped = true;
        problem = read_escape(&p, lexer->end, bytes, &size);
        if (problem && token->kind == MLINT_PREFS_STRING) {
            token->kind = MLINT_PREFS_BAD;
            token->problem = problem;
        }
    }
    token->end = p;
    if (p < lexer->end && *p == quote) {
        p++;
    } else {
        token->kind = MLINT_PREFS_BAD;
        token->problem = "no closing quote";
    }
    lexer->p = p;
}

struct mlint_str mlint_prefs_decode(struct mlint_arena *arena,
                                    const struct mlint_prefs_token *token)
{
    size_t length = (size_t)(token->end - token->begin), used = 0, size;
    const char *p = token->begin;
    char bytes[4], *text;

    /* No escape is shorter than what it stands for. */
    text = mlint_arena_bytes(arena, length);
    if (!text)
        return MLINT_STR("");
    while (p < token->end) {
        const char *next = mlint_prefs_find(p, token->end, '\\', '\\', '\\');
        memcpy(text + used, p, (size_t)(next - p));
        used += (size_t)(next - p);
        p = next;
        if (p == token->end || read_escape(&p, token->end, bytes, &size))
            break;
        memcpy(text + used, bytes, size);
        used += size;
    }
    mlint_arena_trim(arena, text, length, used);
    return mlint_str_make(text, used);
}

static void read_integer(struct mlint_prefs_lexer *lexer, struct mlint_prefs_token *token)
{
    uint64_t value = 0;
    char c;

    token->kind = MLINT_PREFS_INTEGER;
    for (; c = peek(lexer), c >= '0' && c <= '9'; lexer->p++)
        value = value > UINT32_MAX ? value : value * 10 + (uint64_t)(c - '0');
    token->number = (uint32_t)value;
    if (mlint_prefs_is_word(c)) {
        token->kind = MLINT_PREFS_BAD;
        token->problem = "letters in a number";
    } else if (value > UINT32_MAX) {
        token->kind = MLINT_PREFS_BAD;
        token->problem = "a number too large for 32 bits";
    }
    token->end = lexer->p;
}

static void read_bad(struct mlint_prefs_lexer *lexer, struct mlint_prefs_token *token)
{
    token->kind = MLINT_PREFS_BAD;
    if (*lexer->p == '/' && lexer->end - lexer->p > 1 && lexer->p[1] == '*') {
        token->problem = "a /* comment without its end";
        lexer->p = mlint_prefs_find(lexer->p, lexer->end, '\0', '\0', '\0');
    } else {
        token->problem = "a character that has no place here";
        lexer->p++;
    }
    token->end = lexer->p;
}

void mlint_prefs_next(struct mlint_prefs_lexer *lexer, struct mlint_prefs_token *token)
{
    char c;

    mlint_prefs_skip(lexer);
    c = peek(lexer);
    *token = (struct mlint_prefs_token){ .begin = lexer->p, .end = lexer->p, .character = c };
    if (c == '\0') {
        token->kind = MLINT_PREFS_END;
    } else if (c == '"' || c == '\'') {
        read_string(lexer, token);
    } else if (memchr("(),;+-", c, 6)) {
        token->kind = MLINT_PREFS_CHAR;
        token->end = ++lexer->p;
    } else if (c >= '0' && c <= '9') {
        read_integer(lexer, token);
    } else if (mlint_prefs_is_word(c)) {
        token->kind = MLINT_PREFS_WORD;
        while (mlint_prefs_is_word(peek(lexer)))
            lexer->p++;
        token->end = lexer->p;
    } else {
        read_bad(lexer, token);
    }
}
