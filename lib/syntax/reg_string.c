/* reg_string.c: quoted names and strings of a .reg file, and what their backslashes mean. */
#include "syntax/reg_lex.h"

static char unescaped(char c, struct mlint_reg_quoted *quoted)
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

const char *mlint_reg_read_escaped(struct mlint_reg_reader *reader,
                                   struct mlint_reg_quoted *quoted)
{
    const char *p = quoted->begin;
    size_t room = (size_t)(reader->eol - p), len = 0;
    char *out;

    if (memchr(p, '"', room) == NULL)
        return NULL;
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

void mlint_reg_read_string(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                           const char *p, uint32_t type)
{
    struct mlint_reg_quoted text;
    struct mlint_node *node;
    const char *after = mlint_reg_read_quoted(reader, p, &text);

    if (after == NULL) {
        mlint_reg_cut_line(reader, "the closing quote is missing");
        return;
    }
    if (text.nul || !mlint_reg_is_over(after, reader->eol)) {
        mlint_reg_bad_line(reader, text.nul ? "\\0 inside a string"
                                            : "something follows the closing quote");
        return;
    }
    item->begin = text.begin;
    item->end = text.end;
    node = mlint_reg_store_item(reader, item);
    if (node == NULL)
        return;
    mlint_reg_set_string(node, text.text, type);
    if (text.odd_escape != 0 && (unsigned char)text.odd_escape > ' ')
        mlint_tree_note(
            reader->tree, MLINT_NOTE_SYNTAX, node->value_span,
            "regedit drops the backslash before \"%c\"; a backslash is written \\\\",
            (unsigned char)text.odd_escape < 0x7F ? text.odd_escape : '?');
}

/* hivexregedit's str(1):"..." escapes quotes and nothing else, so it goes to the last one. */
void mlint_reg_read_str(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                        const char *p, uint32_t type)
{
    const char *close = memrchr(p, '"', (size_t)(reader->eol - p));
    size_t room = (size_t)(reader->eol - p), len = 0;
    struct mlint_node *node;
    char *out;

    if (close == NULL || !mlint_reg_is_over(close + 1, reader->eol)) {
        mlint_reg_cut_line(reader, "the closing quote is missing");
        return;
    }
    item->begin = p;
    item->end = close;
    node = mlint_reg_store_item(reader, item);
    out = node != NULL ? mlint_arena_bytes(reader->tree->arena, room) : NULL;
    if (out == NULL)
        return;
    for (; p < close; p++) {
        if (*p == '\\' && p[1] == '"' && p + 1 < close)
            p++;
        out[len++] = *p;
    }
    mlint_arena_trim(reader->tree->arena, out, room, len);
    mlint_reg_set_string(node, mlint_str_make(out, len), type);
}
