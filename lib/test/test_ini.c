/* test_ini.c: INI files line by line: which lines count, where values begin and end, which one
 * of several of a name wins. */
#include "syntax/ini.h"
#include "test/random.h"
#include "test/test.h"

#include <stdio.h>

#define W MLINT_INI_WINDOWS
#define U MLINT_INI_UNIX

/* What [s] and k lead to; wanted NULL: no such value. */
static const struct {
    const char *name;
    enum mlint_ini_dialect dialect;
    struct mlint_str input;
    const char *wanted;
    unsigned line, column; /* of the value */
    unsigned notes;
} values[] = {
    { "plain", W, MLINT_STR_INIT("[s]\nk=v\n"), "v", 2, 3, 0 },
    { "no line end at the end", W, MLINT_STR_INIT("[s]\nk=v"), "v", 2, 3, 0 },
    { "CRLF", W, MLINT_STR_INIT("[s]\r\nk=v\r\n"), "v", 2, 3, 0 },
    { "CR alone", W, MLINT_STR_INIT("[s]\rk=v\r"), "v", 2, 3, 0 },
    { "all three in one file", W, MLINT_STR_INIT("[s]\r\n\rj=1\n\nk=v\rm=2"), "v", 5, 3, 0 },
    { "LF before CR", W, MLINT_STR_INIT("[s]\n\rk=v\n\r"), "v", 3, 3, 0 },
    { "blanks around", W, MLINT_STR_INIT(" \t[ s ]\t\n \tk \t=\t v w \t\n"), "v w", 2, 9, 0 },
    { "names in capitals", W, MLINT_STR_INIT("[S]\nK=v\n"), "v", 2, 3, 0 },
    { "names in capitals on Unix", U, MLINT_STR_INIT("[s]\nK=v\n"), NULL, 0, 0, 0 },
    { "semicolon in a value", W, MLINT_STR_INIT("[s]\nk=v ; w\n"), "v ; w", 2, 3, 0 },
    { "number sign in a value", U, MLINT_STR_INIT("[s]\nk=v # w\n"), "v # w", 2, 3, 0 },
    { "equals in a value", W, MLINT_STR_INIT("[s]\nk==v=w\n"), "=v=w", 2, 3, 0 },
    { "quotes stay", W, MLINT_STR_INIT("[s]\nk=\"v\"\n"), "\"v\"", 2, 3, 0 },
    { "backslashes stay", W, MLINT_STR_INIT("[s]\nk=a\\n\\\nj=1\n"), "a\\n\\", 2, 3, 0 },
    { "colon does not split", W, MLINT_STR_INIT("[s]\nk:x=w\nk=v\n"), "v", 3, 3, 0 },
    { "empty value", W, MLINT_STR_INIT("[s]\nk=\n"), "", 2, 3, 0 },
    { "comment", W, MLINT_STR_INIT("[s]\n;k=w\n  ; k=w\nk=v\n"), "v", 4, 3, 0 },
    { "comment with an apostrophe", W, MLINT_STR_INIT("[s]\n'k=w\nk=v\n"), "v", 3, 3, 0 },
    { "number sign is no comment", W, MLINT_STR_INIT("[s]\n#k=w\nk=v\n"), "v", 3, 3, 0 },
    { "number sign is one on Unix", U, MLINT_STR_INIT("[s]\n#k=w\nk=v\n"), "v", 3, 3, 0 },
    { "row of dashes", W, MLINT_STR_INIT("[s]\n--- x ---\nk=v\n"), "v", 3, 3, 1 },
    { "many skipped lines, one note", W, MLINT_STR_INIT("a\n[s]\nb\nc\nk=v\n=d\n"), "v", 5, 3,
      1 },
    { "value before any section", W, MLINT_STR_INIT("k=w\n[s]\nk=v\n"), "v", 3, 3, 1 },
    { "no section at all", W, MLINT_STR_INIT("k=w\n"), NULL, 0, 0, 1 },
    { "first value wins", W, MLINT_STR_INIT("[s]\nk=v\nK=w\n"), "v", 2, 3, 0 },
    { "last value wins on Unix", U, MLINT_STR_INIT("[s]\nk=w\nk=v\n"), "v", 3, 3, 0 },
    { "second section", W, MLINT_STR_INIT("[s]\nj=1\n[t]\nk=w\n[S]\nk=v\n"), "v", 6, 3, 1 },
    { "first section wins", W, MLINT_STR_INIT("[s]\nk=v\n[s]\nk=w\n"), "v", 2, 3, 1 },
    { "bracket inside a name", W, MLINT_STR_INIT("[t[s]]\nk=w\n[s]\nk=v\n"), "v", 4, 3, 0 },
    { "text after a header", W, MLINT_STR_INIT("[s] ; text\nk=v\n"), "v", 2, 3, 0 },
    { "header without its end", W, MLINT_STR_INIT("[s]\n[t\nk=v\n"), "v", 3, 3, 1 },
    { "another section's value", W, MLINT_STR_INIT("[s]\n[t]\nk=w\n"), NULL, 0, 0, 0 },
    { "byte-order mark", W, MLINT_STR_INIT("\xEF\xBB\xBF[s]\nk=v\n"), "v", 2, 3, 0 },
    { "UTF-16", W, MLINT_STR_INIT("\xFF\xFE[\0s\0]\0\n\0k\0=\0\xFC\0\n"), "\xC3\xBC", 2, 3, 0 },
    { "code page", W, MLINT_STR_INIT("[s]\nk=\xFC\n"), "\xC3\xBC", 2, 3, 0 },
    { "NUL inside", W, MLINT_STR_INIT("[s]\nx\0y=w\nk=v\n"), "v", 3, 3, 0 },
    { "empty file", W, MLINT_STR_INIT(""), NULL, 0, 0, 0 },
};

START_TEST(finds_values)
{
    struct mlint_source source;
    struct mlint_arena arena;
    struct mlint_tree *tree;
    const struct mlint_node *node;
    struct mlint_position at;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("x.prf"), values[_i].input);
    ck_assert(mlint_source_decode(&source, &arena, 1252));
    tree = mlint_ini_read(&arena, &source, values[_i].dialect);
    ck_assert_ptr_nonnull(tree);
    node = mlint_ini_value(tree, mlint_ini_section(tree, MLINT_STR("s")), MLINT_STR("k"));
    ck_assert_msg(!node == !values[_i].wanted, "%s: %s", values[_i].name,
                  node ? "there is a value" : "there is none");
    if (node) {
        at = mlint_source_position(&source, node->value_span.begin);
        ck_assert_msg(mlint_str_eq(node->value, mlint_str_from(values[_i].wanted)),
                      "%s: got \"%.*s\"", values[_i].name, MLINT_STR_ARG(node->value));
        ck_assert_msg(at.line == values[_i].line && at.column == values[_i].column,
                      "%s: at %u:%u", values[_i].name, at.line, at.column);
    }
    ck_assert_msg(tree->note_count == values[_i].notes, "%s: %u notes", values[_i].name,
                  tree->note_count);
    mlint_arena_done(&arena);
}
END_TEST

/* Two thousand sections, each found by its name, written in the other case. */
START_TEST(finds_many_sections)
{
    static char text[2000 * 24];
    size_t len = 0;
    char name[24];
    struct mlint_source source;
    struct mlint_arena arena;
    struct mlint_tree *tree;

    for (int i = 0; i < 2000; i++)
        len += (size_t)snprintf(text + len, sizeof(text) - len, "[Section%d]\nk=%d\n", i, i);
    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("x.prf"), mlint_str_make(text, len));
    ck_assert(mlint_source_decode(&source, &arena, 0));
    tree = mlint_ini_read(&arena, &source, MLINT_INI_WINDOWS);
    ck_assert_ptr_nonnull(tree);
    for (int i = 0; i < 2000; i++) {
        const struct mlint_node *section;

        snprintf(name, sizeof(name), "SECTION%d", i);
        section = mlint_ini_section(tree, mlint_str_from(name));
        ck_assert_msg(section && section->index == (uint32_t)i, "%s", name);
    }
    ck_assert_ptr_null(mlint_ini_section(tree, MLINT_STR("Section2000")));
    mlint_arena_done(&arena);
}
END_TEST

/* ---- Against a plain reader ----------------------------------------------------------------
 */

#define MOST 64 /* sections of one text: some are found one by one, more by a table */

/* Where the plain reader stands, beside the tree that it is held against. */
struct plain {
    const struct mlint_tree *tree;
    struct mlint_str text;
    enum mlint_ini_dialect dialect;
    const struct mlint_node *section, *due[MOST]; /* what is due next in each */
    unsigned sections;
};

static struct mlint_str trim_plainly(struct mlint_str s)
{
    while (s.len && strchr(" \t\f\v", s.ptr[0]) && s.ptr[0])
        s = mlint_str_sub(s, 1, s.len);
    while (s.len && strchr(" \t\f\v", s.ptr[s.len - 1]) && s.ptr[s.len - 1])
        s = mlint_str_sub(s, 0, s.len - 1);
    return s;
}

static bool is_at(const struct plain *plain, struct mlint_span span, struct mlint_str s)
{
    return plain->text.ptr + span.begin == s.ptr && span.end - span.begin == s.len;
}

/* The first section of that name, of those that were met. */
static const struct mlint_node *met(const struct plain *plain, struct mlint_str name)
{
    const struct mlint_node *section = plain->tree->root->child;

    for (unsigned i = 0; i < plain->sections; i++, section = section->next) {
        if (plain->dialect == W ? mlint_str_cmp_nocase(section->name, name) == 0
                                : mlint_str_cmp(section->name, name) == 0)
            return section;
    }
    return NULL;
}

static void expect_section(struct plain *plain, struct mlint_str line)
{
    size_t close = mlint_str_rfind_char(line, ']');
    struct mlint_str name = trim_plainly(mlint_str_sub(line, 1, close));

    if (close == line.len)
        return;
    ck_assert_ptr_nonnull(mlint_ini_section(plain->tree, name));
    plain->section = met(plain, name);
    if (plain->section)
        return;
    plain->section = mlint_ini_section(plain->tree, name);
    ck_assert_uint_eq(plain->section->index, plain->sections);
    ck_assert(is_at(plain, plain->section->name_span, name));
    plain->due[plain->sections++] = plain->section->child;
}

static void expect_line(struct plain *plain, struct mlint_str line)
{
    size_t equals = mlint_str_find_char(line, '=');
    struct mlint_str name = trim_plainly(mlint_str_sub(line, 0, equals));
    struct mlint_str value = trim_plainly(mlint_str_sub(line, equals + 1, line.len));
    const struct mlint_node *node;

    if (!line.len ||
        (plain->dialect == W ? line.ptr[0] == ';' || line.ptr[0] == '\'' : line.ptr[0] == '#'))
        return;
    if (line.ptr[0] == '[') {
        expect_section(plain, line);
        return;
    }
    if (equals == line.len || !name.len || !plain->section)
        return;
    node = plain->due[plain->section->index];
    ck_assert_msg(node && is_at(plain, node->name_span, name) &&
                      is_at(plain, node->value_span, value),
                  "%.*s", MLINT_STR_ARG(line));
    mlint_assert_str("name", node->name, name);
    mlint_assert_str("value", node->value, value);
    plain->due[plain->section->index] = node->next;
}

static void expect_text(struct plain *plain)
{
    for (size_t begin = 0, end; begin < plain->text.len; begin = end + 1) {
        for (end = begin; end < plain->text.len && !strchr("\r\n", plain->text.ptr[end]);)
            end++;
        expect_line(plain, trim_plainly(mlint_str_sub(plain->text, begin, end)));
    }
    for (unsigned i = 0; i < plain->sections; i++)
        ck_assert_ptr_null(plain->due[i]);
    ck_assert(plain->sections == 0 || plain->tree->root->last->index + 1 == plain->sections);
}

START_TEST(reads_as_line_by_line)
{
    static const char *const letters[] = { "aB=[]\r\n; ", "a=\n", "aBcDe=\n[]\t\f'#",
                                           "abcdefghijklmnopqrstuvwxyz=\n",
                                           "[]a=\r\n\r\n\n\n\n\n" };
    uint64_t state = 0x9E3779B97F4A7C15u;
    char text[400];

    for (unsigned round = 0; round < 20000; round++) {
        struct mlint_str made =
            mlint_random_text(&state, letters[round % MLINT_TEST_COUNT(letters)],
                              round % 16 ? 79 : sizeof(text), text);
        struct plain plain = { .dialect = round % 3 ? W : U };
        struct mlint_source source;
        struct mlint_arena arena;

        mlint_arena_init(&arena, NULL, 0);
        mlint_source_init(&source, MLINT_STR("x.prf"), made);
        ck_assert(mlint_source_decode(&source, &arena, 0));
        plain.text = source.text;
        plain.tree = mlint_ini_read(&arena, &source, plain.dialect);
        ck_assert_ptr_nonnull(plain.tree);
        expect_text(&plain);
        mlint_arena_done(&arena);
    }
}
END_TEST

MLINT_SUITE(ini)
{
    Suite *suite = suite_create("ini");

    MLINT_TEST_ROWS(suite, finds_values, values);
    MLINT_TEST(suite, finds_many_sections);
    MLINT_TEST(suite, reads_as_line_by_line);
    return suite;
}
