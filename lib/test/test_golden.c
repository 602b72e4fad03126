/* test_golden.c: every case of testdata against what is written down beside its input.
 *
 *   MLINT_CASE='formats/outlook-reg/(glob)'   only these cases
 *   MLINT_UPDATE=1                            write down what comes out; then read it by eye
 *
 * What is there is compared whole: nothing missing, nothing extra. A case with nothing to
 * compare is a failure. */
#include "test/golden.h"

#include <unistd.h>

#define LONGEST_MESSAGE 4000 /* bytes; Check gives up on much longer ones */

struct kind {
    const char *file;
    void (*make)(struct mlint_case_run *run, struct mlint_buf *out);
};

static const struct kind kinds[] = {
    { "accounts.txt", mlint_golden_accounts },
    { "findings.txt", mlint_golden_findings },
    { "verdicts.txt", mlint_golden_verdicts },
};

static bool updating(void)
{
    const char *update = getenv("MLINT_UPDATE");

    return update && update[0] && strcmp(update, "0") != 0;
}

/* Compare one text with its file, or write it; what differs goes into complaints. */
static void compare(const struct mlint_case *item, const char *file,
                    const struct mlint_buf *got, struct mlint_buf *complaints)
{
    struct mlint_str text = mlint_str_make(got->ptr ? got->ptr : "", got->len), wanted;
    char *path = mlint_test_print("%s/%s", item->folder, file);

    if (updating())
        mlint_test_write(path, text);
    wanted = mlint_test_read(path);
    ck_assert_msg(wanted.ptr, "%s: cannot be read", path);
    if (!mlint_str_eq(wanted, text)) {
        mlint_buf_printf(complaints, "\n%s/%s:\n", item->name, file);
        mlint_golden_diff(complaints, wanted, text);
    }
    free((char *)wanted.ptr);
    free(path);
}

static bool exists(const struct mlint_case *item, const char *file)
{
    char *path = mlint_test_print("%s/%s", item->folder, file);
    bool there = access(path, F_OK) == 0;

    free(path);
    return there;
}

static size_t compare_texts(struct mlint_case_run *run, bool all, struct mlint_buf *complaints)
{
    size_t compared = 0;

    for (size_t i = 0; i < MLINT_TEST_COUNT(kinds); i++) {
        struct mlint_buf got;

        if (!all && !exists(run->item, kinds[i].file))
            continue;
        kinds[i].make(run, &got);
        compare(run->item, kinds[i].file, &got, complaints);
        mlint_buf_done(&got);
        compared++;
    }
    return compared;
}

static size_t compare_reports(struct mlint_case_run *run, struct mlint_buf *complaints)
{
    struct mlint_test_names names = mlint_test_list(run->item->folder);
    size_t compared = 0;

    for (size_t i = 0; i < names.count; i++) {
        struct mlint_buf got;

        if (strncmp(names.name[i], "report.", 7) != 0)
            continue;
        ck_assert_msg(mlint_case_report(run, names.name[i] + 7, &got) == MLINT_OK, "%s/%s: %s",
                      run->item->name, names.name[i], run->error.message);
        compare(run->item, names.name[i], &got, complaints);
        mlint_buf_done(&got);
        compared++;
    }
    mlint_test_names_free(&names);
    return compared;
}

START_TEST(compares)
{
    struct mlint_case *item = &mlint_cases_all()->item[_i];
    struct mlint_case_run run = { 0 };
    struct mlint_buf complaints;
    size_t compared;

    mlint_buf_init(&complaints, NULL, 0);
    mlint_case_open(item);
    mlint_case_lint(&run, item, NULL);
    ck_assert_msg(run.status == MLINT_OK, "%s: %s", item->name, run.error.message);
    compared = compare_reports(&run, &complaints);
    compared += compare_texts(&run, false, &complaints);
    if (compared == 0 && updating())
        compared = compare_texts(&run, true, &complaints);
    ck_assert_msg(compared > 0, "%s: nothing to compare with; MLINT_UPDATE=1 writes it",
                  item->name);
    ck_assert_msg(complaints.len == 0, "%.*s",
                  (int)(complaints.len < LONGEST_MESSAGE ? complaints.len : LONGEST_MESSAGE),
                  complaints.ptr);
    mlint_case_done(&run);
    mlint_case_close(item);
    mlint_buf_done(&complaints);
}
END_TEST

MLINT_SUITE(golden)
{
    Suite *suite = suite_create("golden");

    mlint_test_add(suite, "compares", compares, mlint_cases_all()->count);
    return suite;
}
