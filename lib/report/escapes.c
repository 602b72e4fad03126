/* escapes.c: one function for each thing that text is written into. */
#include "report/escapes.h"

#include "base/utf8.h"

/* Replace single characters of clean text by the strings that a table has for them. */
struct replacement {
    char c;
    const char *by;
};

static void replace(struct mlint_buf *out, struct mlint_str text,
                    const struct replacement *table)
{
    for (size_t i = 0; i < text.len; i++) {
        const struct replacement *row = table;

        while (row->c && row->c != text.ptr[i])
            row++;
        if (row->c)
            mlint_buf_text(out, row->by);
        else
            mlint_buf_char(out, text.ptr[i]);
    }
}

static struct mlint_str clean(struct mlint_arena *arena, const char *text)
{
    return mlint_utf8_clean(arena, mlint_str_from(text));
}

/* XML 1.0 2.2 has no U+FFFE and U+FFFF; every other character that is left is allowed. */
void mlint_xml_text(struct mlint_buf *out, struct mlint_arena *arena, const char *text)
{
    static const struct replacement table[] = { { '&', "&amp;" },  { '<', "&lt;" },
                                                { '>', "&gt;" },   { '"', "&quot;" },
                                                { '\'', "&#39;" }, { 0, NULL } };
    struct mlint_str rest = clean(arena, text);
    size_t at = 0;

    while ((at += mlint_str_find(mlint_str_sub(rest, at, rest.len), MLINT_STR("\xEF\xBF"))) <
           rest.len) {
        if ((unsigned char)rest.ptr[at + 2] < 0xBE) {
            at += 3;
            continue;
        }
        replace(out, mlint_str_sub(rest, 0, at), table);
        mlint_buf_text(out, "\xEF\xBF\xBD");
        rest = mlint_str_sub(rest, at + 3, rest.len);
        at = 0;
    }
    replace(out, rest, table);
}

/* What a spreadsheet may evaluate, the full-width signs that Excel folds included; blanks and
 * quotes before it do not help. */
static bool looks_like_formula(struct mlint_str text)
{
    uint32_t c = 0;

    for (size_t i = 0; i < text.len;) {
        i += mlint_utf8_decode(text.ptr + i, text.len - i, &c);
        if (!mlint_is_space(c) && c != '"' && c != '\'')
            break;
    }
    return c == '=' || c == '+' || c == '-' || c == '@' || c == '|' || c == '%' ||
           c == 0xFF1D || c == 0xFF0B || c == 0xFF0D || c == 0xFF20 || c == 0x2409 ||
           c == 0x240D;
}

void mlint_csv_cell(struct mlint_buf *out, struct mlint_arena *arena, const char *text)
{
    static const struct replacement table[] = { { '"', "\"\"" }, { 0, NULL } };
    struct mlint_str shown = clean(arena, text);

    mlint_buf_char(out, '"');
    if (looks_like_formula(shown))
        mlint_buf_char(out, '\'');
    replace(out, shown, table);
    mlint_buf_char(out, '"');
}

/* Line ends are gone by now: clean made pictures of them. */
void mlint_github_data(struct mlint_buf *out, struct mlint_arena *arena, const char *text)
{
    static const struct replacement table[] = { { '%', "%25" }, { 0, NULL } };

    replace(out, clean(arena, text), table);
}

void mlint_github_property(struct mlint_buf *out, struct mlint_arena *arena, const char *text)
{
    static const struct replacement table[] = {
        { '%', "%25" }, { ':', "%3A" }, { ',', "%2C" }, { 0, NULL }
    };

    replace(out, clean(arena, text), table);
}

static bool stays_in_uri(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~/!$&'()*+,;=@", c));
}

void mlint_uri(struct mlint_buf *out, const char *path)
{
    if (path[0] == '/')
        mlint_buf_text(out, "file://");
    while (path[0] == '.' && path[1] == '/') {
        path += 2;
        while (*path == '/')
            path++;
    }
    for (; *path; path++) {
        if (stays_in_uri(*path))
            mlint_buf_char(out, *path);
        else
            mlint_buf_printf(out, "%%%02X", (unsigned)(unsigned char)*path);
    }
}
