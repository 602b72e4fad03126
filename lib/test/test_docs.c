/* test_docs.c: the tables of README.md are what the program's own tables say. MLINT_UPDATE=1
 * writes them anew, between their marks "<!-- NAME -->" and "<!-- end of NAME -->". The tables
 * of pitfalls in testdata/README.md name cases and tests that there are. */
#include "base/buf.h"
#include "maillint/maillint.h"
#include "test/test.h"

#include <unistd.h>

static void put_rules(struct mlint_buf *out)
{
    mlint_buf_text(out, "| rule | level | asks |\n|---|---|---|\n");
    for (size_t i = 0; i < mlint_rule_count(); i++) {
        const struct mlint_rule *rule = mlint_rule_at(i);

        mlint_buf_printf(out, "| `%s` | %s | %s |\n", mlint_rule_id(rule),
                         mlint_level_name(mlint_rule_level(rule)), mlint_rule_brief(rule));
    }
}

static void put_formats(struct mlint_buf *out)
{
    mlint_buf_text(out, "| format | client | what it is |\n|---|---|---|\n");
    for (size_t i = 0; i < mlint_format_count(); i++) {
        const struct mlint_format *format = mlint_format_at(i);

        mlint_buf_printf(out, "| `%s` | %s | %s |\n", mlint_format_id(format),
                         mlint_client_name(mlint_format_client(format)),
                         mlint_format_title(format));
    }
}

static const struct {
    const char *name;
    void (*put)(struct mlint_buf *out);
} tables[] = { { "rules", put_rules }, { "formats", put_formats } };

/* The part between the marks, its place in the text in *begin. */
static struct mlint_str between(struct mlint_str text, const char *name, size_t *begin)
{
    char *open = mlint_test_print("<!-- %s -->\n", name);
    char *close = mlint_test_print("<!-- end of %s -->", name);
    size_t from = mlint_str_find(text, mlint_str_from(open)) + strlen(open);
    size_t to = mlint_str_find(text, mlint_str_from(close));

    ck_assert_msg(from <= to && to < text.len, "README.md has no place for the table %s", name);
    free(open);
    free(close);
    *begin = from;
    return mlint_str_sub(text, from, to);
}

static void rewrite(const char *path, struct mlint_str text, size_t from, size_t length,
                    const struct mlint_buf *table)
{
    struct mlint_buf all;

    mlint_buf_init(&all, NULL, 0);
    mlint_buf_str(&all, mlint_str_sub(text, 0, from));
    mlint_buf_add(&all, table->ptr, table->len);
    mlint_buf_str(&all, mlint_str_sub(text, from + length, text.len));
    mlint_test_write(path, mlint_str_make(all.ptr, all.len));
    mlint_buf_done(&all);
}

START_TEST(readme_has_the_table)
{
    char *path = mlint_test_path("README.md");
    struct mlint_str text = mlint_test_read(path), there;
    struct mlint_buf table;
    size_t begin;

    ck_assert_msg(text.ptr, "no README.md");
    mlint_buf_init(&table, NULL, 0);
    tables[_i].put(&table);
    there = between(text, tables[_i].name, &begin);
    if (getenv("MLINT_UPDATE"))
        rewrite(path, text, begin, there.len, &table);
    else
        ck_assert_msg(mlint_str_eq(there, mlint_str_make(table.ptr, table.len)),
                      "README.md: the table of %s is old; MLINT_UPDATE=1 writes it anew",
                      tables[_i].name);
    mlint_buf_done(&table);
    free((char *)text.ptr);
    free(path);
}
END_TEST

static bool is_there(const char *folder, struct mlint_str path)
{
    char *name = mlint_test_print("%s/%.*s", folder, MLINT_STR_ARG(path));
    char *whole = mlint_test_path("%s", name);
    bool there = access(whole, F_OK) == 0;

    free(whole);
    free(name);
    return there;
}

/* Of the words between backticks, those with a slash or a source's ending. */
static bool is_path(struct mlint_str word)
{
    return mlint_str_find_char(word, '/') < word.len ||
           mlint_str_ends_nocase(word, MLINT_STR(".c")) ||
           mlint_str_ends_nocase(word, MLINT_STR(".py")) ||
           mlint_str_ends_nocase(word, MLINT_STR(".sh"));
}

/* Checks the paths of one line; how many there are. */
static unsigned check_paths(struct mlint_str line)
{
    struct mlint_str part;
    unsigned paths = 0;

    for (bool inside = false; mlint_str_split(&line, '`', &part); inside = !inside) {
        if (!inside || !is_path(part))
            continue;
        paths++;
        ck_assert_msg(is_there("testdata", part) || is_there("lib/test", part),
                      "testdata/README.md: there is no %.*s", MLINT_STR_ARG(part));
    }
    return paths;
}

/* "| 17 | ...", with a number of its own. */
static bool is_numbered(struct mlint_str line)
{
    return mlint_str_starts(line, MLINT_STR("| ")) && line.len > 2 && line.ptr[2] >= '0' &&
           line.ptr[2] <= '9';
}

START_TEST(pitfalls_have_cases)
{
    char *path = mlint_test_path("testdata/README.md");
    struct mlint_str text = mlint_test_read(path), rest = text, line;
    bool below = false;
    unsigned rows = 0;

    ck_assert_msg(text.ptr, "no testdata/README.md");
    while (mlint_str_split(&rest, '\n', &line)) {
        if (mlint_str_starts(line, MLINT_STR("#")))
            below = mlint_str_ends_nocase(line, MLINT_STR("pitfalls"));
        if (!below)
            continue;
        if (check_paths(line) == 0 && is_numbered(line))
            ck_abort_msg("testdata/README.md: no case for \"%.*s\"", MLINT_STR_ARG(line));
        rows += is_numbered(line);
    }
    ck_assert_msg(rows > 0, "testdata/README.md lists no pitfalls");
    free((char *)text.ptr);
    free(path);
}
END_TEST

MLINT_SUITE(docs)
{
    Suite *suite = suite_create("docs");

    MLINT_TEST_ROWS(suite, readme_has_the_table, tables);
    MLINT_TEST(suite, pitfalls_have_cases);
    return suite;
}
