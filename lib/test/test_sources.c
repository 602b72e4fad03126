/* test_sources.c: what the house rules ask of every source file, read off the files themselves:
 * the layers' arrows, heavy libraries in their modules only, sizes, banned calls, opening
 * comments. Looks at text; knows no C beyond comments, strings and the house's brace style. */
#include "test/test.h"

#include <ctype.h>
#include <fnmatch.h>

#define LONGEST_FUNCTION 80
#define LONGEST_FILE 600
#define LONGEST_LINE 110

struct source {
    char *name; /* lib/base/str.c */
    struct mlint_str text;
    char *code; /* the same with comments and what is in quotes blanked */
};

static struct {
    struct source *item;
    size_t count;
} sources;

/* ---- Reading them ------------------------------------------------------------------------ */

/* Blank comments and the insides of literals, keeping every line end. */
static char *strip(struct mlint_str text)
{
    char *code = mlint_test_need(strndup(text.ptr, text.len));
    char in = 0; /* '*' block comment, '/' line comment, or the quote */

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i], next = i + 1 < text.len ? text.ptr[i + 1] : '\0';
        bool ends = (in == '/' && c == '\n') || (in && in != '*' && in != '/' && c == in);

        if (!in && c == '/' && (next == '*' || next == '/')) {
            in = next;
            code[i] = code[i + 1] = ' ';
            i++;
        } else if (in == '*' && c == '*' && next == '/') {
            code[i] = code[i + 1] = ' ';
            i++;
            in = 0;
        } else if (!in && (c == '"' || c == '\'')) {
            in = c;
        } else if (ends) {
            in = 0;
        } else if (in) {
            code[i] = c == '\n' ? '\n' : ' ';
            if (c == '\\' && in != '*' && in != '/' && next)
                code[++i] = ' ';
        }
    }
    return code;
}

static void add_source(const char *name)
{
    char *path = mlint_test_path("%s", name);
    struct source *item;

    sources.item =
        mlint_test_need(realloc(sources.item, (sources.count + 1) * sizeof(*sources.item)));
    item = &sources.item[sources.count++];
    item->name = mlint_test_print("%s", name);
    item->text = mlint_test_read(path);
    mlint_test_need((char *)item->text.ptr);
    item->code = strip(item->text);
    free(path);
}

static void walk(const char *folder)
{
    char *path = mlint_test_path("%s", folder);
    struct mlint_test_names names = mlint_test_list(path);

    for (size_t i = 0; i < names.count; i++) {
        char *name = mlint_test_print("%s/%s", folder, names.name[i]);
        char *below = mlint_test_path("%s", name);

        if (mlint_test_is_folder(below))
            walk(name);
        else if (fnmatch("*.[ch]", name, 0) == 0)
            add_source(name);
        free(below);
        free(name);
    }
    mlint_test_names_free(&names);
    free(path);
}

static bool is_below(const struct source *source, const char *folder)
{
    return strncmp(source->name, folder, strlen(folder)) == 0;
}

static unsigned line_of(const struct source *source, size_t offset)
{
    unsigned line = 1;

    for (size_t i = 0; i < offset; i++)
        line += source->text.ptr[i] == '\n';
    return line;
}

/* ---- Layers ------------------------------------------------------------------------------ */

/* What a folder of lib may include beside itself. Files of lib itself are the api layer. */
static const struct {
    const char *folder, *may;
} layers[] = {
    { "base", "maillint" },
    { "source", "maillint base" },
    { "syntax", "maillint base source" },
    { "model", "maillint base source syntax" },
    { "providers", "maillint base source syntax model" },
    { "formats", "maillint base source syntax model" },
    { "rules", "maillint base source model providers" },
    { "report", "maillint base source model" },
};

static bool has_word(const char *list, struct mlint_str word)
{
    struct mlint_str rest = mlint_str_from(list), part;

    while (mlint_str_split(&rest, ' ', &part))
        if (mlint_str_eq(part, word))
            return true;
    return false;
}

/* The folder of lib that a file is in; NULL ptr for lib itself. */
static struct mlint_str layer_of(const struct source *source)
{
    struct mlint_str below = mlint_str_from(source->name + strlen("lib/"));
    size_t slash = mlint_str_find_char(below, '/');

    return slash < below.len ? mlint_str_sub(below, 0, slash) : mlint_str_make(NULL, 0);
}

static bool may_include(const struct source *source, struct mlint_str header)
{
    struct mlint_str layer = layer_of(source);
    struct mlint_str target = mlint_str_sub(header, 0, mlint_str_find_char(header, '/'));

    if (!layer.ptr || mlint_str_eq(layer, MLINT_STR("test")) || mlint_str_eq(layer, target))
        return true;
    for (size_t i = 0; i < MLINT_TEST_COUNT(layers); i++)
        if (mlint_str_eq(layer, mlint_str_from(layers[i].folder)))
            return has_word(layers[i].may, target);
    return false;
}

/* The name in each #include line, quotes or brackets kept off; *quoted tells which. */
static bool next_include(struct mlint_str *rest, struct mlint_str *header, bool *quoted)
{
    struct mlint_str line;

    while (mlint_str_split(rest, '\n', &line)) {
        char end;

        if (!mlint_str_starts(line, MLINT_STR("#include ")) || line.len < 12)
            continue;
        *quoted = line.ptr[9] == '"';
        end = *quoted ? '"' : '>';
        line = mlint_str_sub(line, 10, line.len);
        *header = mlint_str_sub(line, 0, mlint_str_find_char(line, end));
        return true;
    }
    return false;
}

START_TEST(includes_point_left)
{
    const struct source *source = &sources.item[_i];
    struct mlint_str rest = source->text, header;
    bool quoted;

    while (is_below(source, "lib/") && next_include(&rest, &header, &quoted))
        ck_assert_msg(!quoted || may_include(source, header), "%s must not include %.*s",
                      source->name, MLINT_STR_ARG(header));
}
END_TEST

/* The command has the public header, its own headers and the system's; so has the example. */
START_TEST(tools_use_the_public_header_only)
{
    const struct source *source = &sources.item[_i];
    struct mlint_str rest = source->text, header;
    bool quoted;

    if (!is_below(source, "tools/maillint/") && !is_below(source, "tools/example/"))
        return;
    while (next_include(&rest, &header, &quoted))
        ck_assert_msg(!quoted || mlint_str_find_char(header, '/') == header.len ||
                          mlint_str_eq(header, MLINT_STR("maillint/maillint.h")),
                      "%s must not include %.*s", source->name, MLINT_STR_ARG(header));
}
END_TEST

/* Headers of heavy libraries, and the one kind of file that may name each. */
static const struct {
    const char *header, *file;
} heavy[] = {
    { "libxml/", "module_xml.c" },      { "archive", "module_archive.c" },
    { "openssl/", "module_c*.c" },      { "hivex.h", "module_hive.c" },
    { "sqlite3.h", "module_sqlite.c" }, { "jansson.h", "module_json.c" },
};

START_TEST(heavy_libraries_stay_in_modules)
{
    const struct source *source = &sources.item[_i];
    struct mlint_str rest = source->text, header;
    const char *base = strrchr(source->name, '/') + 1;
    bool quoted;

    if (!is_below(source, "lib/") || is_below(source, "lib/test/"))
        return;
    while (next_include(&rest, &header, &quoted))
        for (size_t i = 0; !quoted && i < MLINT_TEST_COUNT(heavy); i++)
            ck_assert_msg(!mlint_str_starts(header, mlint_str_from(heavy[i].header)) ||
                              fnmatch(heavy[i].file, base, 0) == 0,
                          "%s must not include <%.*s>", source->name, MLINT_STR_ARG(header));
}
END_TEST

/* ---- Sizes ------------------------------------------------------------------------------- */

/* A function's brace stands in the first column, and so does the one that ends it. */
START_TEST(functions_are_short)
{
    const struct source *source = &sources.item[_i];
    struct mlint_str rest = mlint_str_from(source->code), line;
    unsigned number = 0, opened = 0;

    while (mlint_str_split(&rest, '\n', &line)) {
        number++;
        if (line.len == 1 && line.ptr[0] == '{')
            opened = number;
        if (line.len >= 1 && line.ptr[0] == '}' && opened) {
            ck_assert_msg(number - opened < LONGEST_FUNCTION, "%s:%u: a function of %u lines",
                          source->name, opened, number - opened + 1);
            opened = 0;
        }
    }
}
END_TEST

START_TEST(files_and_lines_are_short)
{
    const struct source *source = &sources.item[_i];
    struct mlint_str rest = source->text, line;
    unsigned number = 0;

    while (mlint_str_split(&rest, '\n', &line)) {
        number++;
        ck_assert_msg(line.len <= LONGEST_LINE || is_below(source, "include/"),
                      "%s:%u: %zu columns", source->name, number, line.len);
        ck_assert_msg(line.len == 0 || !isspace((unsigned char)line.ptr[line.len - 1]),
                      "%s:%u: blanks at the end", source->name, number);
    }
    ck_assert_msg(number <= LONGEST_FILE || is_below(source, "include/"), "%s: %u lines",
                  source->name, number);
}
END_TEST

/* ---- Words ------------------------------------------------------------------------------- */

static const char *const banned[] = {
    "sprintf", "vsprintf", "strcpy",    "strcat", "strtok", "atoi",  "atol", "sscanf",
    "alloca",  "system",   "setlocale", "printf", "exit",   "abort", "gets", "popen",
};
static const char *const heap[] = { "malloc", "calloc",  "realloc",
                                    "strdup", "strndup", "asprintf" };

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* A call of that function, not of a member or of a longer name. */
static const char *find_call(const char *code, const char *name)
{
    size_t length = strlen(name);

    for (const char *hit = code; (hit = strstr(hit, name)) != NULL; hit += length) {
        bool starts = hit == code || (!is_word(hit[-1]) && hit[-1] != '.' && hit[-1] != '>');

        if (starts && hit[length] == '(')
            return hit;
    }
    return NULL;
}

static void deny_calls(const struct source *source, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *hit = find_call(source->code, names[i]);

        ck_assert_msg(!hit, "%s:%u: calls %s", source->name,
                      hit ? line_of(source, (size_t)(hit - source->code)) : 0, names[i]);
    }
}

START_TEST(banned_calls_are_absent)
{
    const struct source *source = &sources.item[_i];

    if (!is_below(source, "lib/") || is_below(source, "lib/test/"))
        return;
    deny_calls(source, banned, MLINT_TEST_COUNT(banned));
    /* Modules cannot reach the host's allocator; their libraries do not use it either. */
    if (!is_below(source, "lib/base/") && fnmatch("*/module_*.c", source->name, 0) != 0)
        deny_calls(source, heap, MLINT_TEST_COUNT(heap));
}
END_TEST

/* Words that tell of unfinished work or of somebody's machine; in two parts each, so that this
 * file is none of those that it finds. */
static const char *const left_over[][2] = {
    { "TO", "DO" }, { "FIX", "ME" }, { "XX", "X:" }, { "/wo", "rk/" }, { "typedef str", "uct" },
};

START_TEST(nothing_is_left_over)
{
    const struct source *source = &sources.item[_i];

    for (size_t i = 0; i < MLINT_TEST_COUNT(left_over); i++) {
        char *word = mlint_test_print("%s%s", left_over[i][0], left_over[i][1]);
        size_t at = mlint_str_find(source->text, mlint_str_from(word));

        ck_assert_msg(at == source->text.len, "%s:%u: %s", source->name, line_of(source, at),
                      word);
        free(word);
    }
}
END_TEST

START_TEST(files_say_what_they_are)
{
    const struct source *source = &sources.item[_i];
    char *opening = mlint_test_print("/* %s: ", strrchr(source->name, '/') + 1);

    ck_assert_msg(mlint_str_starts(source->text, mlint_str_from(opening)),
                  "%s does not begin with \"%s\"", source->name, opening);
    free(opening);
}
END_TEST

MLINT_SUITE(sources)
{
    Suite *suite = suite_create("sources");

    walk("include");
    walk("lib");
    walk("tools");
    mlint_test_add(suite, "includes point left", includes_point_left, sources.count);
    mlint_test_add(suite, "tools use the public header only", tools_use_the_public_header_only,
                   sources.count);
    mlint_test_add(suite, "heavy libraries stay in modules", heavy_libraries_stay_in_modules,
                   sources.count);
    mlint_test_add(suite, "functions are short", functions_are_short, sources.count);
    mlint_test_add(suite, "files and lines are short", files_and_lines_are_short,
                   sources.count);
    mlint_test_add(suite, "banned calls are absent", banned_calls_are_absent, sources.count);
    mlint_test_add(suite, "nothing is left over", nothing_is_left_over, sources.count);
    mlint_test_add(suite, "files say what they are", files_say_what_they_are, sources.count);
    return suite;
}
