/* reg_plain.c: values as regedit writes most of them: "name"="text" and "name"=dword:, in a
 * line of less than 64 bytes. All that matters in it is found in one step, where reg_value.c
 * goes from part to part; what is not so plain is left to that, which reads these lines to the
 * same nodes. */
#include "syntax/reg_lex.h"

#if MLINT_REG_VECTOR

/* What follows the line that ends at eol, where a byte can be looked at behind it; NULL if it
 * does not end there as lines do. */
static const char *behind_line(const char *eol)
{
    if (eol[0] == '\n')
        return eol + 1;
    return eol[0] == '\r' && eol[1] == '\n' ? eol + 2 : NULL;
}

static void store_text(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                       const char *begin, const char *end)
{
    struct mlint_node *node;

    item->begin = begin;
    item->end = end;
    node = mlint_reg_store_item(reader, item);
    if (node != NULL)
        mlint_reg_set_string(node, mlint_str_make(begin, (size_t)(end - begin)), MLINT_REG_SZ);
}

/* A line whose quotes are the bits of `quotes`, without the first of them. */
static bool read_parts(struct mlint_reg_reader *reader, uint64_t quotes)
{
    const char *line = reader->line, *close = line + __builtin_ctzll(quotes), *data = close + 2;
    struct mlint_reg_item item = { .name = { .text = { line + 1, (size_t)(close - line - 1) },
                                             .begin = line + 1,
                                             .end = close } };

    if (item.name.text.len == 0 || close[1] != '=')
        return false;
    quotes &= quotes - 1;
    if (quotes == 0 && mlint_str_starts(mlint_str_make(data, (size_t)(reader->eol - data)),
                                        MLINT_STR("dword:"))) {
        mlint_reg_read_dword(reader, &item, data + 6);
        return true;
    }
    if (*data != '"' || (quotes & (quotes - 1)) != UINT64_C(1) << (reader->eol - 1 - line))
        return false;
    store_text(reader, &item, data + 1, reader->eol - 1);
    return true;
}

bool mlint_reg_read_plain(struct mlint_reg_reader *reader)
{
    const char *line = reader->next, *eol, *next;
    struct mlint_reg_places places;
    uint64_t quotes;

    if (reader->end - line <= 64 || *line != '"')
        return false;
    places = mlint_reg_places_of(line);
    quotes = places.quotes & (places.quotes - 1) & (places.stops ^ (places.stops - 1));
    if (places.stops == 0 || quotes == 0)
        return false;
    eol = line + __builtin_ctzll(places.stops);
    next = behind_line(eol);
    if (next == NULL)
        return false;
    reader->line = line;
    reader->eol = eol;
    reader->next = next;
    if (read_parts(reader, quotes))
        return true;
    reader->next = line;
    return false;
}

#else

bool mlint_reg_read_plain(struct mlint_reg_reader *reader)
{
    (void)reader;
    return false;
}

#endif
