/* reg_value.c: one value of a .reg file: "name"=data, over several lines where hex data goes
 * on. The grammar is what regedit was measured to take; what it ignores is either noted and
 * dropped, or, where people and tools are known to write it, noted and read. */
#include "base/num.h"
#include "source/limits.h"
#include "syntax/reg_lex.h"

/* ---- Storing ---------------------------------------------------------------------------- */

/* The node for a value that was read whole, or NULL where none is kept. */
struct mlint_node *mlint_reg_store_item(struct mlint_reg_reader *reader,
                                        const struct mlint_reg_item *item)
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
    if (old->type ==
        MLINT_NODE_BINARY) /* an excerpt would show bytes that are nobody's business */
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

static void drop(struct mlint_reg_reader *reader, const struct mlint_reg_item *item)
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

/* ---- Data ------------------------------------------------------------------------------- */

/* dword: up to eight digits. Returns where they end, NULL if they are not a dword. */
static const char *read_digits(const char *p, const char *eol, int64_t *number)
{
    const char *begin = p;
    uint32_t value = 0;

    for (; p < eol && mlint_reg_digit(p); p++)
        value = value << 4 | (mlint_reg_digit(p) - 1);
    *number = value;
    return p > begin && p - begin <= 8 ? p : NULL;
}

void mlint_reg_read_dword(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                          const char *p)
{
    struct mlint_node *node;
    int64_t number;

    item->begin = mlint_reg_blanks(p, reader->eol);
    item->end = read_digits(item->begin, reader->eol, &number);
    if (item->end == NULL || !mlint_reg_is_over(item->end, reader->eol)) {
        if (item->begin == reader->end)
            mlint_reg_cut_line(reader, "the number is missing");
        else
            mlint_reg_bad_line(reader, "dword: takes one to eight hexadecimal digits");
        return;
    }
    node = mlint_reg_store_item(reader, item);
    if (node == NULL)
        return;
    node->type = MLINT_NODE_INTEGER;
    node->flags = 0;
    node->subtype = MLINT_REG_DWORD;
    node->value = mlint_str_make(item->begin, (size_t)(item->end - item->begin));
    node->number = number;
}

/* ---- The line --------------------------------------------------------------------------- */

/* Whether a word stands at *p, case apart; other_case tells that regedit would not take it. */
static inline bool take(const char **p, const char *eol, struct mlint_str word,
                        bool *other_case)
{
    struct mlint_str here = mlint_str_make(*p, (size_t)(eol - *p));
    bool exact = mlint_str_starts(here, word);

    if (!exact && !mlint_str_starts_nocase(here, word))
        return false;
    *other_case |= !exact;
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
static void store_empty(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                        const char *p, uint32_t type)
{
    struct mlint_node *node;

    say_ignored(reader, "a line end is missing after the empty value");
    item->begin = item->end = p;
    node = mlint_reg_store_item(reader, item);
    if (node != NULL)
        mlint_reg_set_bytes(reader->tree->arena, node,
                            &(struct mlint_reg_bytes){ .type = type });
}

/* Returns where another value begins on the same line, or NULL. */
static const char *read_data(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                             const char *p)
{
    const char *eol = reader->eol;
    bool other_case = false, unknown = false;
    uint32_t type = MLINT_REG_BINARY;

    if (p < eol && *p == '"') {
        mlint_reg_read_string(reader, item, p + 1, MLINT_REG_SZ);
    } else if (p < eol && *p == '-' && mlint_reg_is_over(p + 1, eol)) {
        drop(reader, item);
    } else if (take(&p, eol, MLINT_STR("dword:"), &other_case)) {
        if (other_case)
            say_ignored(reader, "\"dword:\" must be lower case");
        mlint_reg_read_dword(reader, item, p);
    } else if (take(&p, eol, MLINT_STR("hex:"), &other_case) ||
               (take(&p, eol, MLINT_STR("hex("), &other_case) && take_type(&p, eol, &type))) {
        if (p < eol && *p == '"') {
            store_empty(reader, item, p, type);
            return p;
        }
        if (other_case)
            say_ignored(reader, "\"hex\" must be lower case");
        mlint_reg_read_hex(reader, item, p, type);
    } else if (take(&p, eol, MLINT_STR("str("), &unknown) && take_type(&p, eol, &type) &&
               p < eol && *p == '"') {
        say_ignored(reader, "\"str(...)\" is hivexregedit's own");
        mlint_reg_read_str(reader, item, p + 1, type);
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
    struct mlint_reg_item item = { .name = {
                                       .text = MLINT_STR("@"), .begin = p, .end = p + 1 } };

    if (*p == '"') {
        p = mlint_reg_read_quoted(reader, p + 1, &item.name);
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
