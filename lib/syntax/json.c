/* json.c: JSON (RFC 8259) -> a tree. Strict, as the programs that read these files are: the
 * first error ends the reading. Numbers that fit are integers, all others keep their text. */
#include "syntax/json.h"

#include "base/num.h"
#include "base/utf8.h"
#include "source/limits.h"

struct reader {
    struct mlint_tree *tree;
    const char *text, *p, *end;
    unsigned depth;
    const char *problem; /* the first, at p */
    bool lenient;        /* unknown escapes are text */
};

/* Where a value goes. */
struct slot {
    struct mlint_node *parent;
    struct mlint_str name;
    struct mlint_span name_span;
};

static bool read_value(struct reader *r, const struct slot *slot);

static bool fail(struct reader *r, const char *problem)
{
    if (!r->problem)
        r->problem = problem;
    return false;
}

static char peek(const struct reader *r)
{
    return r->p < r->end ? *r->p : '\0';
}

static void skip_blanks(struct reader *r)
{
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
        r->p++;
}

static struct mlint_span span_of(const struct reader *r, const char *begin, const char *end)
{
    return (struct mlint_span){ (uint32_t)(begin - r->text), (uint32_t)(end - r->text) };
}

static struct mlint_node *add(struct reader *r, const struct slot *slot,
                              enum mlint_node_type type)
{
    struct mlint_node *node = mlint_node_add(r->tree, slot->parent, type, slot->name);

    if (!node) {
        fail(r, "there is more in it than maillint reads");
        return NULL;
    }
    node->name_span = slot->name_span;
    return node;
}

/* ---- Strings ---------------------------------------------------------------------------- */

static bool read_unit(const char **p, const char *end, uint32_t *out)
{
    int i;

    *out = 0;
    for (i = 0; i < 4; i++, (*p)++) {
        int digit = *p < end ? mlint_hex_digit(**p) : -1;
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

/* \uHHHH and its second half if there is one; *p is past the first u. */
static bool read_unicode(const char **p, const char *end, char **out)
{
    const char *next;
    uint32_t c, low;

    if (!read_unit(p, end, &c))
        return false;
    if ((c & 0xFC00) == 0xD800 && end - *p > 2 && (*p)[0] == '\\' && (*p)[1] == 'u') {
        next = *p + 2;
        if (read_unit(&next, end, &low) && (low & 0xFC00) == 0xDC00) {
            c = 0x10000 + ((c & 0x3FF) << 10 | (low & 0x3FF));
            *p = next;
        }
    }
    *out += mlint_utf8_encode(c, *out);
    return true;
}

/* text[*p] is just past a backslash. */
static bool read_escape(const char **p, const char *end, char **out)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char c = *p < end ? **p : '\0';
    const char *found = c ? strchr(names, c) : NULL;

    *p += 1;
    if (c == 'u')
        return read_unicode(p, end, out);
    if (!found)
        return false;
    *(*out)++ = values[found - names];
    return true;
}

/* The text between quotes with its escapes undone; they only ever shrink it. */
static bool decode(struct reader *r, const char *begin, const char *end, struct mlint_str *out)
{
    size_t size = (size_t)(end - begin);
    const char *start = begin, *escape;
    char *text = mlint_arena_bytes(r->tree->arena, size + 4), *to = text;

    if (!text)
        return fail(r, "out of memory");
    while (begin < end) {
        if (*begin != '\\') {
            *to++ = *begin++;
            continue;
        }
        escape = begin++;
        if (read_escape(&begin, end, &to))
            continue;
        if (!r->lenient)
            return fail(r, "an unknown escape in a string");
        mlint_tree_note(
            r->tree, MLINT_NOTE_SYNTAX, span_of(r, start, start + 1),
            "a text with an escape that JSON does not know; taken as it is written");
        begin = escape + 1;
        *to++ = '\\';
    }
    mlint_arena_trim(r->tree->arena, text, size + 4, (size_t)(to - text));
    *out = mlint_str_make(text, (size_t)(to - text));
    return true;
}

/* r->p is on the opening quote. span: without the quotes. */
static bool read_string(struct reader *r, struct mlint_str *out, struct mlint_span *span)
{
    const char *begin = r->p + 1, *p = begin;
    bool escaped = false;

    while (p < r->end && *p != '"' && (unsigned char)*p >= 0x20) {
        if (*p == '\\') {
            escaped = true;
            p++;
        }
        p++;
    }
    if (p >= r->end)
        return fail(r, "no closing quote");
    if (*p != '"') {
        r->p = p;
        return fail(r, "a line end or control character in a string");
    }
    *span = span_of(r, begin, p);
    if (escaped && !decode(r, begin, p, out))
        return false;
    if (!escaped)
        *out = mlint_str_make(begin, (size_t)(p - begin));
    r->p = p + 1;
    return true;
}

/* ---- Other scalars ---------------------------------------------------------------------- */

static size_t skip_digits(struct reader *r)
{
    const char *begin = r->p;

    while (r->p < r->end && *r->p >= '0' && *r->p <= '9')
        r->p++;
    return (size_t)(r->p - begin);
}

/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? */
static bool scan_number(struct reader *r, bool *whole)
{
    *whole = true;
    if (peek(r) == '-')
        r->p++;
    if (peek(r) == '0')
        r->p++;
    else if (!skip_digits(r))
        return false;
    if (peek(r) == '.') {
        *whole = false;
        r->p++;
        if (!skip_digits(r))
            return false;
    }
    if (peek(r) == 'e' || peek(r) == 'E') {
        *whole = false;
        r->p++;
        if (peek(r) == '+' || peek(r) == '-')
            r->p++;
        return skip_digits(r) > 0;
    }
    return true;
}

static bool read_number(struct reader *r, const struct slot *slot)
{
    const char *begin = r->p;
    struct mlint_node *node;
    struct mlint_str text;
    int64_t number = 0;
    bool whole;

    if (!scan_number(r, &whole))
        return fail(r, "no number of JSON");
    text = mlint_str_make(begin, (size_t)(r->p - begin));
    whole = whole && mlint_num_parse(text, 10, &number);
    node = add(r, slot, whole ? MLINT_NODE_INTEGER : MLINT_NODE_REAL);
    if (!node)
        return false;
    node->value = text;
    node->number = number;
    node->value_span = span_of(r, begin, r->p);
    return true;
}

static bool read_word(struct reader *r, const struct slot *slot)
{
    static const struct {
        struct mlint_str text;
        enum mlint_node_type type;
        int64_t number;
    } words[] = {
        { MLINT_STR_INIT("true"), MLINT_NODE_BOOLEAN, 1 },
        { MLINT_STR_INIT("false"), MLINT_NODE_BOOLEAN, 0 },
        { MLINT_STR_INIT("null"), MLINT_NODE_NULL, 0 },
    };
    struct mlint_str rest = mlint_str_make(r->p, (size_t)(r->end - r->p));
    size_t i;

    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct mlint_node *node;
        if (!mlint_str_starts(rest, words[i].text))
            continue;
        node = add(r, slot, words[i].type);
        if (!node)
            return false;
        node->value = mlint_str_sub(rest, 0, words[i].text.len);
        node->number = words[i].number;
        node->value_span = span_of(r, r->p, r->p + words[i].text.len);
        r->p += words[i].text.len;
        return true;
    }
    return fail(r, rest.len ? "no value of JSON" : "the file ends too early");
}

/* ---- Containers ------------------------------------------------------------------------- */

static bool read_member(struct reader *r, struct mlint_node *object)
{
    struct slot slot = { .parent = object };

    skip_blanks(r);
    if (peek(r) != '"')
        return fail(r, "no name in double quotes");
    if (!read_string(r, &slot.name, &slot.name_span))
        return false;
    skip_blanks(r);
    if (peek(r) != ':')
        return fail(r, "no ':' after the name");
    r->p++;
    return read_value(r, &slot);
}

/* r->p is on the opening bracket. */
static bool read_container(struct reader *r, const struct slot *slot, char close)
{
    const char *begin = r->p++;
    struct mlint_node *node = add(r, slot, close == '}' ? MLINT_NODE_DICT : MLINT_NODE_ARRAY);
    struct slot item = { .parent = node };

    if (!node)
        return false;
    skip_blanks(r);
    if (peek(r) == close) {
        r->p++;
        node->value_span = span_of(r, begin, r->p);
        return true;
    }
    for (;;) {
        if (!(close == '}' ? read_member(r, node) : read_value(r, &item)))
            return false;
        skip_blanks(r);
        if (peek(r) == close)
            break;
        if (peek(r) != ',')
            return fail(r, r->p < r->end ? "no ',' between two values"
                                         : "the file ends too early");
        r->p++;
    }
    r->p++;
    node->value_span = span_of(r, begin, r->p);
    return true;
}

static bool read_text(struct reader *r, const struct slot *slot)
{
    struct mlint_node *node = add(r, slot, MLINT_NODE_STRING);

    return node && read_string(r, &node->value, &node->value_span);
}

static bool read_value(struct reader *r, const struct slot *slot)
{
    bool ok;
    char c;

    skip_blanks(r);
    c = peek(r);
    if (r->depth >= MLINT_LIMIT_DEPTH) {
        r->tree->too_deep = true;
        return fail(r, "it is nested too deeply");
    }
    r->depth++;
    if (c == '{' || c == '[')
        ok = read_container(r, slot, c == '{' ? '}' : ']');
    else if (c == '"')
        ok = read_text(r, slot);
    else if (c == '-' || (c >= '0' && c <= '9'))
        ok = read_number(r, slot);
    else
        ok = read_word(r, slot);
    r->depth--;
    return ok;
}

static void note_problem(struct reader *r)
{
    const char *place = r->p < r->end ? r->p : r->end;
    struct mlint_note *note;

    r->tree->damaged = true;
    r->tree->problem = mlint_arena_printf(r->tree->arena, "is no valid JSON: %s", r->problem);
    if (place == r->end && place > r->text)
        place--;
    note = mlint_tree_note(r->tree, MLINT_NOTE_SYNTAX,
                           span_of(r, place, place < r->end ? place + 1 : place),
                           "no valid JSON from here on: %s", r->problem);
    if (note)
        note->hint = "JSON has no comments, and no comma before a closing bracket";
}

static struct mlint_tree *read_document(struct mlint_arena *arena, struct mlint_source *source,
                                        bool lenient)
{
    struct reader r = { .text = source->text.ptr, .p = source->text.ptr, .lenient = lenient };
    struct slot top = { 0 };

    r.end = r.text + source->text.len;
    r.tree = mlint_tree_new(arena, source, MLINT_PATH_SLASH);
    if (!r.tree)
        return NULL;
    top.parent = r.tree->root;
    top.name = MLINT_STR("");
    if (read_value(&r, &top)) {
        skip_blanks(&r);
        if (r.p < r.end)
            fail(&r, "more text after the end");
    }
    if (r.problem && !arena->failed)
        note_problem(&r);
    return r.tree;
}

struct mlint_tree *mlint_json_read(struct mlint_arena *arena, struct mlint_source *source)
{
    return read_document(arena, source, false);
}

struct mlint_tree *mlint_json_read_lenient(struct mlint_arena *arena,
                                           struct mlint_source *source)
{
    return read_document(arena, source, true);
}
