/* test_glob.c: patterns for paths. */
#include "base/glob.h"
#include "test/test.h"

static const struct {
    const char *glob, *path;
    bool wanted;
} rows[] = {
    { "", "", true },
    { "", "a", false },
    { "a", "a", true },
    { "a", "b", false },
    { "*", "abc", true },
    { "*", "a/b", false },
    { "*", "", true },
    { "a*c", "abbc", true },
    { "a*c", "abcd", false },
    { "*.js", ".js", true },
    { "a*b*c", "a-b-b-c", true },
    { "?", "\xC3\xA4", true },
    { "?", "/", false },
    { "??", "\xC3\xA4", false },
    { "**", "a/b/c", true },
    { "**", "", true },
    { "**/c", "c", true },
    { "**/c", "a/b/c", true },
    { "**/c", "a/bc", false },
    { "a/**/c", "a/c", true },
    { "a/**/c", "a/b/b/c", true },
    { "a/**/c", "abc", false },
    { "a/**", "a/b/c", true },
    { "a/**", "a", false },
    { "a**c", "a/b/c", true },
    { "**/a*/**/d", "x/ab/y/ac/d", true },
    { "**/*.js", "a/b.js/c.js", true },
    { "*/b/*", "a/b/c", true },
    { "*/b/*", "a/c/b", false },
    { "[ab]", "b", true },
    { "[a-c]x", "bx", true },
    { "[!a-c]", "b", false },
    { "[!a-c]", "d", true },
    { "[!a]", "/", false },
    { "[]]", "]", true },
    { "[a", "[a", true },
    { "[a-]", "-", true },
    { "a\\b", "a\\b", true },
    { "A", "a", false },
};

START_TEST(matches)
{
    ck_assert_msg(mlint_glob(mlint_str_from(rows[_i].glob), mlint_str_from(rows[_i].path)) ==
                      rows[_i].wanted,
                  "%s on %s", rows[_i].glob, rows[_i].path);
}
END_TEST

/* Stars that find nothing give up in time. */
START_TEST(does_not_explode)
{
    char path[4096];

    memset(path, 'a', sizeof(path));
    for (size_t i = 200; i < sizeof(path); i += 201)
        path[i] = '/';
    ck_assert(!mlint_glob(MLINT_STR("**/*a*a*a*a*a*a*a*b/**/*a*a*a*b"),
                          mlint_str_make(path, sizeof(path))));
}
END_TEST

MLINT_SUITE(glob)
{
    Suite *suite = suite_create("glob");

    MLINT_TEST_ROWS(suite, matches, rows);
    MLINT_TEST(suite, does_not_explode);
    return suite;
}
