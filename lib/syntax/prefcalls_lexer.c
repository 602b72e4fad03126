/* prefcalls_lexer.c: JavaScript cut into tokens, roughly: enough to know what is code, what is
 * comment and what is text. Numbers and names are not checked any further. */
#include "syntax/prefcalls_lexer.h"

#include "base/num.h"
#include "base/utf8.h"
#include "syntax/prefs_scan.h"

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static const char *skip_line(const char *p, const char *end)
{
    while (p < end && *p != '\n' && *p != '\r')
        p++;
    return p;
}

static const char *skip_space(const char *p, const char *end)
{
    for (;;) {
        p = mlint_prefs_blanks(p, end);
        if (end - p < 2 || *p != '/' || (p[1] != '/' && p[1] != '*'))
            return p;
        if (p[1] == '/') {
            p = skip_line(p, end);
            continue;
        }
        for (p += 2; end - p > 1 && !(p[0] == '*' && p[1] == '/'); p++)
            ;
        p = end - p > 1 ? p + 2 : end;
    }
}

/* A string ends at its quote; an ordinary one also, and wrongly, at the end of its line. */
static void read_string(struct mlint_js_lexer *lexer, struct mlint_js_token *token)
{
    const char *begin = lexer->p, *p = begin + 1, *end = lexer->end;
    char quote = *begin;

    token->kind = MLINT_JS_STRING;
    token->begin = p;
    for (; p < end && *p != quote; p++) {
        if (*p == '\\' && end - p > 1) {
            token->escaped = true;
            p++;
        } else if (quote == '`' ? end - p > 1 && p[0] == '$' && p[1] == '{'
                                : *p == '\n' || *p == '\r') {
            token->kind = MLINT_JS_OTHER;
            if (quote != '`')
                break;
        }
    }
    if (p == end)
        token->kind = MLINT_JS_OTHER;
    token->end = p;
    lexer->p = p < end && *p == quote ? p + 1 : p;
    if (token->kind == MLINT_JS_OTHER) {
        token->begin = begin;
        token->end = lexer->p;
    }
}

/* /.../flags, which never crosses a line end. */
static void read_pattern(struct mlint_js_lexer *lexer, struct mlint_js_token *token)
{
    const char *p = lexer->p + 1, *end = skip_line(p, lexer->end);
    bool in_class = false;

    token->kind = MLINT_JS_OTHER;
    for (; p < end && (*p != '/' || in_class); p++) {
        if (*p == '\\' && end - p > 1)
            p++;
        else if (*p == '[')
            in_class = true;
        else if (*p == ']')
            in_class = false;
    }
    lexer->p = p < end ? p + 1 : end;
    token->end = lexer->p;
}

void mlint_js_next(struct mlint_js_lexer *lexer, struct mlint_js_token *token)
{
    const char *p = skip_space(lexer->p, lexer->end);
    char c = p < lexer->end ? *p : '\0';

    lexer->p = p;
    *token = (struct mlint_js_token){ .begin = p, .end = p, .character = c };
    if (p == lexer->end)
        return;
    if (c == '"' || c == '\'' || c == '`') {
        read_string(lexer, token);
    } else if (is_word(c)) {
        token->kind = c >= '0' && c <= '9' ? MLINT_JS_NUMBER : MLINT_JS_WORD;
        while (p < lexer->end && (is_word(*p) || (token->kind == MLINT_JS_NUMBER && *p == '.')))
            p++;
        lexer->p = token->end = p;
    } else if (c == '/' && !lexer->after_value) {
        read_pattern(lexer, token);
    } else {
        token->kind = MLINT_JS_CHAR;
        lexer->p = token->end = p + 1;
    }
    lexer->after_value = token->kind != MLINT_JS_CHAR || c == ')' || c == ']' || c == '}';
}

/* ---- Escapes ---------------------------------------------------------------------------- */

/* Hexadecimal digits at *p: exactly `count`, or any number up to a closing brace. */
static bool read_hex(const char **p, const char *end, unsigned count, uint32_t *out)
{
    bool braces = *p < end && **p == '{';
    unsigned i;

    *out = 0;
    *p += braces;
    for (i = 0; braces ? *p < end && **p != '}' : i < count; i++, (*p)++) {
        int digit = *p < end ? mlint_hex_digit(**p) : -1;
        if (digit < 0 || *out > 0x10FFFF)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    *p += braces;
    return !braces || *p <= end;
}

static size_t put_unit(const char **p, const char *end, uint32_t c, char *out)
{
    const char *next = *p + 2;
    uint32_t low;

    if ((c & 0xFC00) == 0xD800 && end - *p > 2 && (*p)[0] == '\\' && (*p)[1] == 'u' &&
        read_hex(&next, end, 4, &low) && (low & 0xFC00) == 0xDC00) {
        c = 0x10000 + ((c & 0x3FF) << 10 | (low & 0x3FF));
        *p = next;
    }
    return mlint_utf8_encode(c, out);
}

/* *p is past the backslash. Bytes written to out, at most four. */
static size_t read_escape(const char **p, const char *end, char *out)
{
    static const char names[] = "bfnrtv0", values[] = "\b\f\n\r\t\v";
    char c = **p;
    const char *found = strchr(names, c);
    uint32_t value;

    *p += 1;
    if (c == '\r' && *p < end && **p == '\n')
        *p += 1;
    if (c == '\n' || c == '\r')
        return 0;
    if (c == 'x' || c == 'u')
        return read_hex(p, end, c == 'x' ? 2 : 4, &value) ? put_unit(p, end, value, out) : 0;
    out[0] = c && found ? values[found - names] : c;
    return 1;
}

struct mlint_str mlint_js_text(struct mlint_arena *arena, const struct mlint_js_token *token)
{
    size_t size = (size_t)(token->end - token->begin) + 4, used = 0;
    const char *p = token->begin;
    char *text;

    if (!token->escaped)
        return mlint_str_make(token->begin, size - 4);
    text = mlint_arena_bytes(arena, size);
    if (!text)
        return MLINT_STR("");
    while (p < token->end) {
        if (*p != '\\' || token->end - p < 2) {
            text[used++] = *p++;
            continue;
        }
        p++;
        used += read_escape(&p, token->end, text + used);
    }
    mlint_arena_trim(arena, text, size, used);
    return mlint_str_make(text, used);
}
