/* reg_hex.c: hex data of a .reg file: pairs of digits, commas, and lines that go on after a
 * backslash. Most of a registry's bytes are written so. */
#include "source/limits.h"
#include "syntax/reg_lex.h"

/* "aa," over and over, as programs write it. Returns where it ends. */
static const char *read_plain_pairs(struct mlint_buf *bytes, const char *p, const char *eol)
{
    size_t room = bytes->cap - bytes->len, count = (size_t)(eol - p) / 3;
    unsigned char *out = (unsigned char *)bytes->ptr + bytes->len, *at = out, *end;

    for (end = out + (count < room ? count : room); at < end; at++, p += 3) {
        unsigned high = mlint_reg_digit(p), low = mlint_reg_digit(p + 1);

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
        high = mlint_reg_digit(p);
        low = p + 1 < eol ? mlint_reg_digit(p + 1) : 0;
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
        if (!mlint_reg_is_over(q, reader->eol))
            return HEX_BAD;
        return HEX_DONE;
    }
    if (q < reader->eol && *q == '\\')
        return mlint_reg_is_over(q + 1, reader->eol) ? HEX_MORE : HEX_BAD;
    return mlint_reg_is_over(q, reader->eol) ? HEX_DONE : HEX_BAD;
}

/* The next line that is neither blank nor a comment. What it holds must be data; a key's line
 * is left for the caller of all, so that one lost line does not take a whole key along. */
static const char *continue_hex(struct mlint_reg_reader *reader, const char *first_line)
{
    const char *p;

    do {
        p = mlint_reg_blanks(reader->next, reader->end);
        if (p < reader->end && *p == '[')
            break;
        if (!mlint_reg_next_line(reader)) {
            reader->line = first_line;
            mlint_reg_cut(reader);
            return NULL;
        }
        p = mlint_reg_blanks(reader->line, reader->eol);
        if (p < reader->eol && *p != ';' && mlint_reg_digit(p) != 0)
            return p;
    } while (p == reader->eol || *p == ';');
    reader->line = first_line;
    mlint_reg_bad_line(reader, "the data does not go on after the backslash");
    return NULL;
}

static void set_hex(struct mlint_reg_reader *reader, struct mlint_node *node, uint32_t type)
{
    mlint_reg_set_bytes(
        reader->tree->arena, node,
        &(struct mlint_reg_bytes){ .type = type,
                                   .bytes = { reader->bytes.ptr, reader->bytes.len },
                                   .wide = reader->wide,
                                   .code_page = reader->options->code_page });
}

void mlint_reg_read_hex(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                        const char *p, uint32_t type)
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
    node = mlint_reg_store_item(reader, item);
    if (node != NULL)
        set_hex(reader, node, type);
}
