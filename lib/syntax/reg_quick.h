/* reg_quick.h: what most of a .reg file is made of, compiled for every width of vectors: lines
 * below unwanted keys, which are passed over, and values as regedit writes most of them.
 *
 * Before it may stand TARGET, an attribute, and the searches of reg_scan.h in another width:
 * find_bracket, find_name_end and places_of. */
#include "syntax/reg_lex.h"
#include "syntax/reg_scan.h"

#ifndef TARGET
#define TARGET
#define find_bracket mlint_reg_bracket
#define find_name_end mlint_reg_name_end
#define places_of mlint_reg_places_of
#endif

/* ---- Unwanted keys ---------------------------------------------------------------------- */

TARGET static inline bool is_telling(const struct mlint_reg_options *options, size_t length)
{
    return options->telling == 0 || (length < 64 && (options->telling >> length & 1) != 0);
}

/* Behind the line of another unwanted key of the same parent, p being behind its bracket; NULL:
 * it is no such key, or not as plain as regedit writes them. Exports are made of these. */
TARGET static inline const char *pass_neighbour(struct mlint_reg_reader *reader, const char *p)
{
    struct mlint_str parent = reader->choice.refused, path;
    const char *name, *close;

    if (parent.len == 0 || (size_t)(reader->end - p) < parent.len || *p == '-' ||
        memcmp(p, parent.ptr, parent.len) != 0)
        return NULL;
    name = p + parent.len;
    close = find_name_end(name, reader->end);
    path = mlint_str_make(p, (size_t)(close - p));
    if (close == name || reader->end - close < 2 || close[0] != ']' ||
        (close[1] != '\n' && close[1] != '\r') ||
        (is_telling(reader->options, (size_t)(close - name)) &&
         reader->options->wanted(path, parent.len)))
        return NULL;
    return close + 1;
}

/* A bracket begins a key where only blanks stand before it in its line. */
TARGET static bool skip(struct mlint_reg_reader *reader)
{
    const char *p = reader->next;

    while ((p = find_bracket(p, reader->end)) < reader->end) {
        const char *line = p++, *passed;

        while (line > reader->next && (line[-1] == ' ' || line[-1] == '\t'))
            line--;
        if (line > reader->next && line[-1] != '\n' && line[-1] != '\r')
            continue;
        passed = pass_neighbour(reader, p);
        reader->next = passed ? passed : line;
        if (passed == NULL)
            return true;
        p = passed;
    }
    return false;
}

/* ---- Plain values ----------------------------------------------------------------------- */

/* Of places as bits: all but the first; all up to that of the first. */
TARGET static inline uint64_t but_first(uint64_t places)
{
    return places & (places - 1);
}

TARGET static inline uint64_t up_to_first(uint64_t places)
{
    return places ^ (places - 1);
}

/* Where the next line begins if eol, behind which a byte can be looked at, is at an LF or CRLF;
 * NULL: it is at anything else, a CR alone as well. */
TARGET static inline const char *behind_line(const char *eol)
{
    if (eol[0] == '\n')
        return eol + 1;
    return eol[0] == '\r' && eol[1] == '\n' ? eol + 2 : NULL;
}

TARGET static inline void store_text(struct mlint_reg_reader *reader,
                                     struct mlint_reg_item *item, const char *begin,
                                     const char *end)
{
    struct mlint_node *node;

    item->begin = begin;
    item->end = end;
    node = mlint_reg_store_item(reader, item);
    if (node != NULL)
        mlint_reg_set_string(node, mlint_str_make(begin, (size_t)(end - begin)), MLINT_REG_SZ);
}

/* The current line, which begins with a quote and has no backslash; `quotes` are the places of
 * the others in it: one behind the name, then none for a number, two around a text. */
TARGET static inline bool read_parts(struct mlint_reg_reader *reader, uint64_t quotes)
{
    const char *line = reader->line, *close = line + __builtin_ctzll(quotes), *data = close + 2;
    const uint64_t last = UINT64_C(1) << (reader->eol - 1 - line);
    struct mlint_reg_item item = { .name = { .text = { line + 1, (size_t)(close - line - 1) },
                                             .begin = line + 1,
                                             .end = close } };

    if (item.name.text.len == 0 || close[1] != '=')
        return false;
    quotes = but_first(quotes);
    if (quotes == 0 && mlint_str_starts(mlint_str_make(data, (size_t)(reader->eol - data)),
                                        MLINT_STR("dword:"))) {
        mlint_reg_read_dword(reader, &item, data + 6);
        return true;
    }
    if (*data != '"' || but_first(quotes) != last)
        return false;
    store_text(reader, &item, data + 1, reader->eol - 1);
    return true;
}

/* All that matters in a line of less than 64 bytes is found in one step, where reg_value.c goes
 * from part to part; it reads these lines to the same nodes. A byte more is needed, as the line
 * may end in a CR that is the last of the 64. */
TARGET static bool read_plain(struct mlint_reg_reader *reader)
{
    const char *line = reader->next, *eol, *next;
    struct mlint_reg_places places;
    uint64_t quotes;

    if (reader->end - line <= 64 || *line != '"')
        return false;
    places = places_of(line);
    quotes = but_first(places.quotes) & up_to_first(places.stops);
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
