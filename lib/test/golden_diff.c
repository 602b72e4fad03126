/* golden_diff.c: a short line diff for people: the equal lines at both ends are left out. */
#include "test/golden.h"

#define MOST_LINES 10 /* Check cannot carry long messages */
#define LONGEST 160

struct lines {
    struct mlint_str *line;
    size_t count;
};

static struct lines split(struct mlint_str text)
{
    struct lines lines = { NULL, 0 };
    struct mlint_str rest = text, line;

    lines.line = mlint_test_need(calloc(text.len + 1, sizeof(*lines.line)));
    while (text.len && mlint_str_split(&rest, '\n', &line))
        lines.line[lines.count++] = line;
    return lines;
}

static void print(struct mlint_buf *out, char mark, const struct lines *lines, size_t from,
                  size_t to)
{
    size_t last = to - from > MOST_LINES ? from + MOST_LINES : to;

    for (size_t i = from; i < last; i++)
        mlint_buf_printf(out, "  %4zu %c%.*s\n", i + 1, mark,
                         MLINT_STR_ARG(mlint_str_sub(lines->line[i], 0, LONGEST)));
    if (last < to)
        mlint_buf_printf(out, "       %c... %zu lines more\n", mark, to - last);
}

void mlint_golden_diff(struct mlint_buf *out, struct mlint_str wanted, struct mlint_str got)
{
    struct lines a = split(wanted), b = split(got);
    size_t head = 0, tail = 0, shorter = a.count < b.count ? a.count : b.count;

    while (head < shorter && mlint_str_eq(a.line[head], b.line[head]))
        head++;
    while (tail < shorter - head &&
           mlint_str_eq(a.line[a.count - 1 - tail], b.line[b.count - 1 - tail]))
        tail++;
    print(out, '-', &a, head, a.count - tail);
    print(out, '+', &b, head, b.count - tail);
    free(a.line);
    free(b.line);
}
