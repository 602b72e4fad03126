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

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static const char *skip_line(const char *p, const char *end)
{
    while (p < end && !is_line_end(*p))
        p++;
    return p;
}

/* *open: the comment that has no end, or NULL. */
static const char *skip_space(const char *p, const char *end, const char **open)
{
    *open = NULL;
    for (;;) {
        p = mlint_prefs_blanks(p, end);
        if (end - p < 2 || *p != '/' || (p[1] != '/' && p[1] != '*'))
            return p;
        if (p[1] == '/') {
            p = skip_line(p, end);
            continue;
        }
        *open = p;
        for (p += 2; end - p > 1 && !(p[0] == '*' && p[1] == '/'); p++)
            ;
        if (end - p < 2)
            return end;
        p += 2;
        *open = NULL;
    }
}

/* From the ` that opens a template, or the } that closes a hole of it: to the next hole, or to
 * the ` that ends it. */
static void read_template(struct mlint_js_lexer *lexer, struct mlint_js_token *token)
{
    const char *p = lexer->p + 1, *end = lexer->end;
    bool head = *lexer->p == '`', hole;

    while (p < end && *p != '`' && !(end - p > 1 && p[0] == '$' && p[1] == '{')) {
        token->escaped |= *p == '\\';
        p += *p == '\\' && end - p > 1 ? 2 : 1;
    }
    hole = p < end && *p == '$';
    lexer->p = token->end = p < end ? p + 1 + hole : end;
    if (p == end) {
        token->kind = MLINT_JS_OTHER;
        token->fault = "this text has no end";
        lexer->lost = true;
    } else if (head && !hole) {
        token->kind = MLINT_JS_STRING;
        token->begin++;
        token->end--;
    } else {
        token->kind = MLINT_JS_PIECE;
        token->character = head ? '(' : hole ? ',' : ')';
    }
}

/* An ordinary string ends at its quote, and wrongly at the end of its line. */
static void read_string(struct mlint_js_lexer *lexer, struct mlint_js_token *token)
{
    const char *begin = lexer->p, *p = begin + 1, *end = lexer->end;

    while (p < end && *p != *begin && !is_line_end(*p)) {
        token->escaped |= *p == '\\';
        p += *p == '\\' && end - p > 1 ? 1 + (end - p > 2 && p[1] == '\r' && p[2] == '\n') : 0;
        p++;
    }
    token->kind = MLINT_JS_STRING;
    token->begin = begin + 1;
    token->end = p;
    lexer->p = p + (p < end && *p == *begin);
    if (lexer->p > p)
        return;
    token->kind = MLINT_JS_OTHER;
    token->fault = p < end ? "this text does not end with its line" : "this text has no end";
    token->begin = begin;
}

/* /.../flags, which never crosses a line end. */
static void read_pattern(struct mlint_js_lexer *lexer, struct mlint_js_token *token)
{
    const char *p = lexer->p + 1, *end = lexer->end;
    bool in_class = false;

    token->kind = MLINT_JS_OTHER;
    for (; p < end && !is_line_end(*p) && (*p != '/' || in_class); p++) {
        if (*p == '\\' && end - p > 1 && !is_line_end(p[1]))
            p++;
        else if (*p == '[')
            in_class = true;
        else if (*p == ']')
            in_class = false;
    }
    if (p == end || *p != '/')
        token->fault = "this pattern does not end with its line";
    lexer->p = token->end = p + !token->fault;
}

/* Quotation marks of word processors, which are none to JavaScript. */
static bool is_curly(const char *p, const char *end)
{
    return end - p > 2 && memcmp(p, "\xE2\x80", 2) == 0 && (unsigned char)p[2] >= 0x98 &&
           (unsigned char)p[2] <= 0x9F;
}

static bool has_other_letters(const char *p, const char *end)
{
    while (p < end && strchr("0123456789._eEn", *p))
        p++;
    return p < end;
}

static void read_word(struct mlint_js_lexer *lexer, struct mlint_js_token *token)
{
    const char *p = lexer->p;

    token->kind = *p >= '0' && *p <= '9' ? MLINT_JS_NUMBER : MLINT_JS_WORD;
    for (; p < lexer->end && (is_word(*p) || (token->kind == MLINT_JS_NUMBER && *p == '.'));
         p++)
        if (is_curly(p, lexer->end))
            token->fault = "only \" and ' are quotation marks";
    lexer->p = token->end = p;
    /* 12ab; letters follow 0 (0x1F), an exponent, or end a large number (12n). */
    if (token->kind == MLINT_JS_NUMBER && *token->begin != '0' &&
        has_other_letters(token->begin, p))
        token->fault = "this is no number";
}

/* Whether a value follows: behind it a '/' opens a pattern. prefcalls_flow.c knows more of )
 * and }. */
static bool leads_to_value(const struct mlint_js_token *token)
{
    static const char *const words[] = { "await",  "case", "delete", "do",        "else",
                                         "in",     "new",  "of",     "return",    "throw",
                                         "typeof", "void", "yield",  "instanceof" };
    struct mlint_str text = mlint_str_make(token->begin, (size_t)(token->end - token->begin));
    size_t i;

    if (token->kind == MLINT_JS_CHAR)
        return token->character != ')' && token->character != ']' && token->character != '}';
    if (token->kind == MLINT_JS_PIECE)
        return token->character != ')';
    for (i = 0; token->kind == MLINT_JS_WORD && i < sizeof(words) / sizeof(words[0]); i++)
        if (mlint_str_eq(text, mlint_str_from(words[i])))
            return true;
    return false;
}

void mlint_js_next(struct mlint_js_lexer *lexer, struct mlint_js_token *token)
{
    const char *open, *p = skip_space(lexer->p, lexer->end, &open);
    char c = p < lexer->end ? *p : '\0';

    lexer->p = p;
    *token = (struct mlint_js_token){ .begin = p, .end = p, .character = c };
    if (p == lexer->end && open) {
        token->begin = open;
        token->fault = "this comment has no end";
        lexer->lost = true;
    }
    if (p == lexer->end)
        return;
    if (c == '`' || (c == '}' && lexer->in_hole)) {
        read_template(lexer, token);
    } else if (c == '"' || c == '\'') {
        read_string(lexer, token);
    } else if (is_word(c)) {
        read_word(lexer, token);
    } else if (c == '/' && !lexer->after_value) {
        read_pattern(lexer, token);
    } else {
        token->kind = MLINT_JS_CHAR;
        lexer->p = token->end = p + 1;
    }
    lexer->after_value = !leads_to_value(token);
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
