/* test_closing.c: files that were read are closed, if later, and nobody else's are. */
#include "source/closing.h"

#include "maillint/maillint.h"
#include "test/test.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define MOST 64

static bool is_open(int descriptor)
{
    return fcntl(descriptor, F_GETFD) >= 0;
}

static int open_null(void)
{
    int descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);

    ck_assert_int_ge(descriptor, 0);
    return descriptor;
}

static const unsigned steps[] = { 1, 2, 3, 5, 8 };

/* All, every second, every third: whatever stands in a row, the others stay open. */
START_TEST(closes_its_own)
{
    struct mlint_closing closing = { .below = INT_MAX };
    int opened[MOST];
    unsigned step = steps[_i];

    for (unsigned i = 0; i < MOST; i++)
        opened[i] = open_null();
    for (unsigned i = 0; i < MOST; i += i % 8 == 0 ? 1 : step)
        mlint_closing_add(&closing, opened[i]);
    ck_assert_uint_le(closing.count, MLINT_LIMIT_CLOSING);
    mlint_closing_now(&closing);
    mlint_closing_now(&closing);
    for (unsigned i = 0, next = 0; i < MOST; i++) {
        ck_assert_msg(is_open(opened[i]) == (i != next), "%u, step %u", i, step);
        next = i == next ? next + (next % 8 == 0 ? 1 : step) : next;
        if (is_open(opened[i]))
            close(opened[i]);
    }
}
END_TEST

/* They may come in any order. */
START_TEST(closes_backwards)
{
    struct mlint_closing closing = { .below = INT_MAX };
    int opened[MLINT_LIMIT_CLOSING];

    for (unsigned i = 0; i < MLINT_LIMIT_CLOSING; i++)
        opened[i] = open_null();
    for (unsigned i = MLINT_LIMIT_CLOSING; i-- > 0;)
        mlint_closing_add(&closing, opened[i]);
    mlint_closing_now(&closing);
    for (unsigned i = 0; i < MLINT_LIMIT_CLOSING; i++)
        ck_assert_msg(!is_open(opened[i]), "%u", i);
}
END_TEST

static char *make_file(void)
{
    char *path =
        mlint_test_print("%s/closing.XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    int descriptor = mkstemp(path);

    ck_assert_int_ge(descriptor, 0);
    close(descriptor);
    mlint_test_write(path,
                     MLINT_STR("user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"
                               "user_pref(\"mail.account.account1.server\", \"server1\");\n"
                               "user_pref(\"mail.server.server1.type\", \"pop3\");\n"));
    return path;
}

static unsigned count_open(void)
{
    unsigned count = 0;

    for (int descriptor = 0; descriptor < 256; descriptor++)
        count += is_open(descriptor);
    return count;
}

/* Lint the file that often; *most learns how many descriptors were open at once. */
static void lint_often(struct mlint_linter *linter, const char *path, unsigned flags,
                       unsigned *most)
{
    for (unsigned i = 0; i < 100; i++) {
        struct mlint_result *result = NULL;
        unsigned count;

        ck_assert_int_eq(mlint_check_file(linter, AT_FDCWD, path, NULL, "thunderbird-prefs",
                                          flags, &result, NULL),
                         MLINT_OK);
        ck_assert_int_eq(mlint_file_status(mlint_result_file(result, 0)), MLINT_FILE_OK);
        mlint_result_free(result);
        count = count_open();
        *most = count > *most ? count : *most;
    }
}

/* Have no more descriptors than that; returns how many there were. */
static rlim_t limit_to(rlim_t most)
{
    struct rlimit limit;
    rlim_t before;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    before = limit.rlim_cur;
    limit.rlim_cur = most;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    return before;
}

/* Where few can be opened none is kept: a walk has folders to open. */
START_TEST(keeps_none_of_few)
{
    struct mlint_closing closing;
    int first = open_null(), second = open_null();
    rlim_t limit = limit_to(8 * ((rlim_t)first + 1));

    mlint_closing_init(&closing);
    mlint_closing_add(&closing, first);
    ck_assert(is_open(first));
    mlint_closing_add(&closing, second);
    ck_assert(!is_open(first) && !is_open(second));
    ck_assert_uint_eq(closing.count, 0);
    (void)limit_to(limit);
}
END_TEST

static const struct {
    unsigned flags, room; /* how many more can be opened */
} ways[] = { { MLINT_FILE_LISTED, 200 }, { MLINT_FILE_LISTED, 3 }, { 0, 200 } };

/* Listed files may stay open for a while, also where nothing more can be opened; named ones are
 * closed at once; of none anything is left when the linter is freed. */
START_TEST(keeps_few_open)
{
    unsigned before, most = 0;
    char *path = make_file();
    struct mlint_config *config;
    struct mlint_linter *linter;
    int spare = open_null();
    rlim_t limit;

    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    before = count_open();
    limit = limit_to((rlim_t)spare + ways[_i].room);
    lint_often(linter, path, ways[_i].flags, &most);
    ck_assert_uint_le(most, before + (ways[_i].flags ? MLINT_LIMIT_CLOSING : 0));
    ck_assert_msg(!ways[_i].flags || most > before, "%u open, %u before", most, before);
    mlint_linter_free(linter);
    ck_assert_uint_eq(count_open(), before);
    (void)limit_to(limit);
    close(spare);
    mlint_config_free(config);
    ck_assert_int_eq(remove(path), 0);
    free(path);
}
END_TEST

MLINT_SUITE(closing)
{
    Suite *suite = suite_create("closing");

    MLINT_TEST_ROWS(suite, closes_its_own, steps);
    MLINT_TEST(suite, closes_backwards);
    MLINT_TEST(suite, keeps_none_of_few);
    MLINT_TEST_ROWS(suite, keeps_few_open, ways);
    return suite;
}
