/* test.h: what the suites share.
 *
 * A suite NAME is one file test_NAME.c with `MLINT_SUITE(NAME) { ... return suite; }` and one
 * name in meson.build. Prefer tables of {name, input, wanted}: a test that loops over a table
 * runs once for each row and finds its row at index _i; put the row's name in the message. */
#ifndef MLINT_TEST_TEST_H
#define MLINT_TEST_TEST_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/str.h"

/* Opens the function that makes a suite. */
#define MLINT_SUITE(name)                                                                      \
    Suite *mlint_suite_##name(void);                                                           \
    Suite *mlint_suite_##name(void)
#define MLINT_TEST_COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
/* A test that runs once. */
#define MLINT_TEST(suite, function) mlint_test_add((suite), #function, (function), 1)
/* A test that runs once for each row of a table. */
#define MLINT_TEST_ROWS(suite, function, rows)                                                 \
    mlint_test_add((suite), #function, (function), MLINT_TEST_COUNT(rows))
/* Two views hold the same bytes; what names the row. */
#define mlint_assert_str(what, got, wanted)                                                    \
    do {                                                                                       \
        struct mlint_str got_ = (got), wanted_ = (wanted);                                     \
        ck_assert_msg(mlint_str_eq(got_, wanted_), "%s: got \"%.*s\", wanted \"%.*s\"", what,  \
                      MLINT_STR_ARG(got_), MLINT_STR_ARG(wanted_));                            \
    } while (0)

struct mlint_test_suite {
    const char *name;
    Suite *(*make)(void);
};
/* Ends with a NULL name. */
extern const struct mlint_test_suite mlint_test_suites[];

/* Ends the program without memory; usable while suites are made, where ck_assert is not. */
void *mlint_test_need(void *pointer);
/* printf into memory of its own. */
char *mlint_test_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

void mlint_test_add(Suite *suite, const char *name, const TTest *test, size_t count);

/* The folder of the source tree, and a path below it (to be freed). */
const char *mlint_test_root(void);
char *mlint_test_path(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A whole file, NUL-ended; ptr NULL if it is not there. Free ptr. */
struct mlint_str mlint_test_read(const char *path);
void mlint_test_write(const char *path, struct mlint_str data);
/* Names of the entries of a folder, sorted; dot files are left out. */
struct mlint_test_names {
    char **name;
    size_t count;
};
struct mlint_test_names mlint_test_list(const char *path);
void mlint_test_names_free(struct mlint_test_names *names);
bool mlint_test_is_folder(const char *path);

#endif
