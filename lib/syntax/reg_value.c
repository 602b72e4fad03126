/* reg_value.c: one value of a .reg file: "name"=data, over several lines where hex data goes on.
 * The grammar is what regedit was measured to take; what it ignores is either noted and dropped,
 * or, where people and tools are known to write it, noted and read. */
#include "base/num.h"
#include "source/limits.h"
#include "syntax/reg_lex.h"

/* A name or a string: what it says, and where it stands without its quotes. */
struct quoted {
    struct mlint_str text;
    const char *begin, *end;
    char odd_escape; /* the character of the first escape that regedit does not know, or 0 */
    bool nul;        /* it holds \0, at which regedit stops */
};

static char unescaped(char c, struct quoted *quoted)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case '0':
        quoted->nul = true;
        return '\0';
    case '\\':
    case '"':
        return c;
    default:
        if (quoted->odd_escape == 0)
            quoted->odd_escape = c;
        return c;
    }
}

/* p is behind the opening quote. Returns what follows the closing one, NULL if there is none. */
static const char *read_quoted(struct mlint_reg_reader *reader, const char *p,
                               struct quoted *quoted)
{
    const char *quote = memchr(p, '"', (size_t)(reader->eol - p));
    size_t room = (size_t)(reader->eol - p), len = 0;
    char *out;

    *quoted = (struct quoted){ .begin = p };
    if (quote == NULL)
        return NULL;
    if (memchr(p, '\\', (size_t)(quote - p)) == NULL) {
        quoted->text = mlint_str_make(p, (size_t)(quote - p));
        quoted->end = quote;
        return quote + 1;
    }
    out = mlint_arena_bytes(reader->tree->arena, room);
    if (out == NULL)
        return NULL;
    while (p < reader->eol && *p != '"') {
        bool escape = *p == '\\' && p + 1 < reader->eol;

        out[len++] = escape ? unescaped(p[1], quoted) : *p;
        p += escape ? 2 : 1;
    }
    mlint_arena_trim(reader->tree->arena, out, room, len);
    quoted->text = mlint_str_make(out, len);
    quoted->end = p;
    return p < reader->eol ? p + 1 : NULL;
}

/* Nothing but blanks and a comment may follow. */
static bool is_over(const char *p, const char *eol)
{
    p = mlint_reg_blanks(p, eol);
    return p == eol || *p == ';';
}

/* ---- Storing ------------------------------------------------------------------------------- */

struct item {
    struct quoted name;
    const char *begin, *end; /* of the data as written */
    bool hex;
};

/* The node for a value that was read whole, or NULL where none is kept. */
static struct mlint_node *store(struct mlint_reg_reader *reader, const struct item *item)
{
    const struct mlint_node *old = NULL;
    struct mlint_node *node;
    struct mlint_note *note;

    if (reader->key == NULL)
        return NULL;
    node = mlint_reg_store_value(&reader->store, reader->key, item->name.text, &old);
    if (node == NULL)
        return NULL;
    node->name_span = mlint_reg_span(reader, item->name.begin, item->name.end);
    node->value_span = mlint_reg_span(reader, item->begin, item->end);
    if (reader->options->secret != NULL && reader->options->secret(node->name))
        mlint_reg_hide(reader, node->value_span);
    if (old == NULL)
        return node;
    if (old->type == MLINT_NODE_BINARY) /* an excerpt would show bytes that are nobody's business */
        mlint_reg_hide(reader, old->value_span);
    if (item->hex)
        mlint_reg_hide(reader, node->value_span);
    note = mlint_tree_note(reader->tree, MLINT_NOTE_DUPLICATE_KEY, node->value_span,
                           "value is set again; the last one counts");
    if (note != NULL) {
        note->node = node;
        note->related = old;
    }
    return node;
}

static void drop(struct mlint_reg_reader *reader, const struct item *item)
{
    const struct mlint_node *old;
    struct mlint_note *note;
    struct mlint_span span = mlint_reg_span(reader, reader->line, reader->eol);

    if (reader->key == NULL)
        return;
    old = mlint_reg_store_drop_value(&reader->store, reader->key, item->name.text);
    if (old == NULL) {
        mlint_tree_note(reader->tree, MLINT_NOTE_SYNTAX, span,
                        "this line deletes a value; regedit writes no such line");
        return;
    }
    note = mlint_tree_note(reader->tree, MLINT_NOTE_DUPLICATE_KEY, span,
                           "value is deleted here after it was set; it counts as not set");
    if (note != NULL)
        note->related = old;
}

/* ---- Data ---------------------------------------------------------------------------------- */

static void read_string(struct mlint_reg_reader *reader, struct item *item, const char *p,
                        uint32_t type)
{
    struct quoted text;
    struct mlint_node *node;
    const char *after = read_quoted(reader, p, &text);

    if (after == NULL) {
        mlint_reg_cut_line(reader, "the closing quote is missing");
        return;
    }
    if (text.nul || !is_over(after, reader->eol)) {
        mlint_reg_bad_line(reader, text.nul ? "\\0 inside a string"
                                            : "something follows the closing quote");
        return;
    }
    item->begin = text.begin;
    item->end = text.end;
    node = store(reader, item);
    if (node == NULL)
        return;
    node->type = MLINT_NODE_STRING;
    node->flags = 0;
    node->subtype = (uint16_t)type;
    node->value = text.text;
    if (text.odd_escape != 0 && (unsigned char)text.odd_escape > ' ')
        mlint_tree_note(reader->tree, MLINT_NOTE_SYNTAX, node->value_span,
                        "regedit drops the backslash before \"%c\"; a backslash is written \\\\",
                        (unsigned char)text.odd_escape < 0x7F ? text.odd_escape : '?');
}

/* hivexregedit's str(1):"..." escapes quotes and nothing else, so it goes to the last one. */
static void read_str(struct mlint_reg_reader *reader, struct item *item, const char *p,
                     uint32_t type)
{
    const char *close = memrchr(p, '"', (size_t)(reader->eol - p));
    size_t room = (size_t)(reader->eol - p), len = 0;
    struct mlint_node *node;
    char *out;

    if (close == NULL || !is_over(close + 1, reader->eol)) {
        mlint_reg_cut_line(reader, "the closing quote is missing");
        return;
    }
    item->begin = p;
    item->end = close;
    node = store(reader, item);
    out = node != NULL ? mlint_arena_bytes(reader->tree->arena, room) : NULL;
    if (out == NULL)
        return;
    for (; p < close; p++) {
        if (*p == '\\' && p[1] == '"' && p + 1 < close)
            p++;
        out[len++] = *p;
    }
    mlint_arena_trim(reader->tree->arena, out, room, len);
    node->type = MLINT_NODE_STRING;
    node->flags = 0;
    node->subtype = (uint16_t)type;
    node->value = mlint_str_make(out, len);
}

/* dword: up to eight digits. Returns where they end, NULL if they are not a dword. */
static const char *read_digits(const char *p, const char *eol, int64_t *number)
{
    unsigned digits = 0;

    *number = 0;
    for (; p < eol && mlint_hex_digit(*p) >= 0; p++) {
        *number = *number << 4 | mlint_hex_digit(*p);
        if (++digits > 8)
            return NULL;
    }
    return digits > 0 ? p : NULL;
}

static void read_dword(struct mlint_reg_reader *reader, struct item *item, const char *p)
{
    struct mlint_node *node;
    int64_t number;

    item->begin = mlint_reg_blanks(p, reader->eol);
    item->end = read_digits(item->begin, reader->eol, &number);
    if (item->end == NULL || !is_over(item->end, reader->eol)) {
        if (item->begin == reader->end)
            mlint_reg_cut_line(reader, "the number is missing");
        else
            mlint_reg_bad_line(reader, "dword: takes one to eight hexadecimal digits");
        return;
    }
    node = store(reader, item);
    if (node == NULL)
        return;
    node->type = MLINT_NODE_INTEGER;
    node->flags = 0;
    node->subtype = MLINT_REG_DWORD;
    node->value = mlint_str_make(item->begin, (size_t)(item->end - item->begin));
    node->number = number;
}

/* One more than the digit's value, 0 for what is no digit: hex data is most of a registry. */
static const unsigned char digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static unsigned digit_at(const char *p)
{
    return digits[(unsigned char)*p];
}

/* "aa," over and over, as programs write it. Returns where it ends. */
static const char *read_plain_pairs(struct mlint_buf *bytes, const char *p, const char *eol)
{
    size_t room = bytes->cap - bytes->len, count = (size_t)(eol - p) / 3;
    unsigned char *out = (unsigned char *)bytes->ptr + bytes->len, *at = out, *end;

    for (end = out + (count < room ? count : room); at < end; at++, p += 3) {
        unsigned high = digit_at(p), low = digit_at(p + 1);

        if (high * low == 0 || p[2] != ',')
            break;
        *at = (unsigned char)(high * 16 + low - 17);
    }
    bytes->len += (size_t)(at - out);
    return p;
}

/* Pairs of digits and commas from p on, into reader->bytes (with room for them). Returns where
 * it stopped: behind a comma, or at what is no comma. */
static const char *read_pairs(struct mlint_reg_reader *reader, const char *p, bool *comma)
{
    const char *eol = reader->eol;
    struct mlint_buf *bytes = &reader->bytes;

    while (p < eol) {
        const char *begin = p;
        unsigned high, low;

        p = read_plain_pairs(bytes, p, eol);
        *comma = p > begin || *comma;
        p = mlint_reg_blanks(p, eol);
        if (p == eol)
            return p;
        high = digit_at(p);
        low = p + 1 < eol ? digit_at(p + 1) : 0;
        if (!high)
            return p;
        *comma = false;
        if (bytes->len < bytes->cap)
            bytes->ptr[bytes->len++] = (char)(low ? (high - 1) << 4 | (low - 1) : high - 1);
        p += low ? 2 : 1;
        if (p == eol || *p != ',')
            return p;
        *comma = true;
        p = mlint_reg_blanks(p + 1, eol);
    }
    return p;
}

enum hex_line { HEX_DONE, HEX_MORE, HEX_BAD };

/* One line of hex data. Ahead of p stands "hex:", a comma or the begin of a later line. */
static enum hex_line read_hex_line(struct mlint_reg_reader *reader, const char *p,
                                   const char **last)
{
    size_t room = (size_t)(reader->eol - p) / 2 + 1;
    bool comma = true;
    const char *q;

    if (room > MLINT_LIMIT_VALUE)
        room = MLINT_LIMIT_VALUE; /* what is beyond it is checked, not kept */
    if (reader->bytes.len <= MLINT_LIMIT_VALUE)
        mlint_buf_reserve(&reader->bytes, room);
    q = read_pairs(reader, p, &comma);
    *last = q;
    if (!comma) {
        if (!is_over(q, reader->eol))
            return HEX_BAD;
        return HEX_DONE;
    }
    if (q < reader->eol && *q == '\\')
        return is_over(q + 1, reader->eol) ? HEX_MORE : HEX_BAD;
    return is_over(q, reader->eol) ? HEX_DONE : HEX_BAD;
}

/* The next line that is neither blank nor a comment. What it holds must be data; a key's line is
 * left for the caller of all, so that one lost line does not take a whole key along. */
static const char *continue_hex(struct mlint_reg_reader *reader, const char *first_line)
{
    const char *p;

    do {
        if (reader->next < reader->end && *mlint_reg_blanks(reader->next, reader->end) == '[')
            break;
        if (!mlint_reg_next_line(reader)) {
            reader->line = first_line;
            mlint_reg_cut(reader);
            return NULL;
        }
        p = mlint_reg_blanks(reader->line, reader->eol);
        if (p < reader->eol && *p != ';' && mlint_hex_digit(*p) >= 0)
            return p;
    } while (p == reader->eol || *p == ';');
    reader->line = first_line;
    mlint_reg_bad_line(reader, "the data does not go on after the backslash");
    return NULL;
}

static void set_hex(struct mlint_reg_reader *reader, struct mlint_node *node, uint32_t type)
{
    mlint_reg_set_bytes(reader->tree->arena, node,
                        &(struct mlint_reg_bytes){
                            .type = type,
                            .bytes = { reader->bytes.ptr, reader->bytes.len },
                            .wide = reader->wide,
                            .code_page = reader->options->code_page });
}

static void read_hex(struct mlint_reg_reader *reader, struct item *item, const char *p,
                     uint32_t type)
{
    const char *first_line = reader->line, *last;
    struct mlint_node *node;
    enum hex_line state;

    mlint_buf_clear(&reader->bytes);
    item->hex = true;
    item->begin = p = mlint_reg_blanks(p, reader->eol);
    item->end = p;
    state = read_hex_line(reader, p, &last);
    while (state == HEX_MORE) {
        item->end = last;
        p = continue_hex(reader, first_line);
        if (p == NULL)
            return;
        state = read_hex_line(reader, p, &last);
    }
    if (state == HEX_BAD) {
        reader->line = first_line;
        mlint_reg_hide(reader, mlint_reg_span(reader, item->begin, reader->eol));
        mlint_reg_bad_line(reader, "hexadecimal data is not pairs of digits and commas");
        return;
    }
    item->end = last;
    node = store(reader, item);
    if (node != NULL)
        set_hex(reader, node, type);
}

/* ---- The line ------------------------------------------------------------------------------ */

/* Whether a word stands at *p, case apart; other_case tells that regedit would not take it. */
static bool take(const char **p, const char *eol, struct mlint_str word, bool *other_case)
{
    struct mlint_str here;

    if ((size_t)(eol - *p) < word.len || mlint_lower(**p) != word.ptr[0])
        return false;
    here = mlint_str_make(*p, word.len);
    if (!mlint_str_eq(here, word)) {
        if (!mlint_str_eq_nocase(here, word))
            return false;
        *other_case = true;
    }
    *p += word.len;
    return true;
}

/* The number between "hex(" and "):"; false if it is none. */
static bool take_type(const char **p, const char *eol, uint32_t *type)
{
    int64_t number;
    const char *end = read_digits(mlint_reg_blanks(*p, eol), eol, &number);

    if (end == NULL || eol - end < 2 || end[0] != ')' || end[1] != ':')
        return false;
    *type = (uint32_t)number;
    *p = end + 2;
    return true;
}

static void say_ignored(struct mlint_reg_reader *reader, const char *why)
{
    if (reader->key != NULL)
        mlint_tree_note(reader->tree, MLINT_NOTE_SYNTAX,
                        mlint_reg_span(reader, reader->line, reader->eol),
                        "regedit ignores this line: %s", why);
}

/* reged -x forgets the line end after an empty value: "a"=hex:"b"=hex:0f. */
static void store_empty(struct mlint_reg_reader *reader, struct item *item, const char *p,
                        uint32_t type)
{
    struct mlint_node *node;

    say_ignored(reader, "a line end is missing after the empty value");
    item->begin = item->end = p;
    node = store(reader, item);
    if (node != NULL)
        mlint_reg_set_bytes(reader->tree->arena, node, &(struct mlint_reg_bytes){ .type = type });
}

/* Returns where another value begins on the same line, or NULL. */
static const char *read_data(struct mlint_reg_reader *reader, struct item *item, const char *p)
{
    const char *eol = reader->eol;
    bool other_case = false, unknown = false;
    uint32_t type = MLINT_REG_BINARY;

    if (p < eol && *p == '"') {
        read_string(reader, item, p + 1, MLINT_REG_SZ);
    } else if (p < eol && *p == '-' && is_over(p + 1, eol)) {
        drop(reader, item);
    } else if (take(&p, eol, MLINT_STR("dword:"), &other_case)) {
        if (other_case)
            say_ignored(reader, "\"dword:\" must be lower case");
        read_dword(reader, item, p);
    } else if (take(&p, eol, MLINT_STR("hex:"), &other_case) ||
               (take(&p, eol, MLINT_STR("hex("), &other_case) && take_type(&p, eol, &type))) {
        if (p < eol && *p == '"') {
            store_empty(reader, item, p, type);
            return p;
        }
        if (other_case)
            say_ignored(reader, "\"hex\" must be lower case");
        read_hex(reader, item, p, type);
    } else if (take(&p, eol, MLINT_STR("str("), &unknown) && take_type(&p, eol, &type) &&
               p < eol && *p == '"') {
        say_ignored(reader, "\"str(...)\" is hivexregedit's own");
        read_str(reader, item, p + 1, type);
    } else if (eol == reader->end) {
        mlint_reg_cut_line(reader, "the value is missing");
    } else {
        mlint_reg_bad_line(reader, "the value has no type that regedit knows");
    }
    return NULL;
}

/* A name, "=" and data. Returns where another value begins on the same line, or NULL. */
static const char *read_item(struct mlint_reg_reader *reader, const char *p)
{
    struct item item = { .name = { .text = MLINT_STR("@"), .begin = p, .end = p + 1 } };

    if (*p == '"') {
        p = read_quoted(reader, p + 1, &item.name);
        if (p == NULL) {
            mlint_reg_cut_line(reader, "the name has no closing quote");
            return NULL;
        }
        if (item.name.text.len == 0)
            item.name.text = MLINT_STR("@");
    } else {
        p++;
    }
    p = mlint_reg_blanks(p, reader->eol);
    if (p == reader->eol || *p != '=') {
        if (p == reader->end)
            mlint_reg_cut_line(reader, "the value is missing");
        else
            mlint_reg_bad_line(reader, "no \"=\" after the name");
        return NULL;
    }
    return read_data(reader, &item, mlint_reg_blanks(p + 1, reader->eol));
}

void mlint_reg_value(struct mlint_reg_reader *reader, const char *p)
{
    while (p != NULL)
        p = read_item(reader, p);
}

bool mlint_reg_is_cut(struct mlint_str line)
{
    size_t quotes = 0;

    line = mlint_str_trim(line);
    if (line.len == 0 || line.ptr[0] == ';')
        return false;
    if (line.ptr[line.len - 1] == '\\' && line.ptr[0] != '"')
        return true;
    if (line.ptr[0] != '"')
        return false;
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '\\')
            i++;
        else if (line.ptr[i] == '"')
            quotes++;
    }
    return quotes % 2 != 0 || line.ptr[line.len - 1] == '\\' || line.ptr[line.len - 1] == '=';
}
