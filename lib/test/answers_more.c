/* answers_more.c: calls of the `api` suite that reach ceilings, and those about baselines. */
#include "test/answers.h"

#include "source/limits.h"

#include <stdio.h>
#include <string.h>

static void judge(void *user, struct mlint_judging *judging,
                  const struct mlint_account *account)
{
    (void)user, (void)account;
    mlint_judging_pass(judging);
}

static void too_many_rules(struct mlint_answers *answers)
{
    struct mlint_config *config = NULL;
    enum mlint_status status = MLINT_OK;
    char id[16];

    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    for (unsigned i = 0; status == MLINT_OK; i++) {
        struct mlint_host_rule rule = { .struct_size = sizeof(rule),
                                        .id = id,
                                        .level = MLINT_NOTE,
                                        .brief = "b",
                                        .check = judge };

        snprintf(id, sizeof(id), "r-%u", i);
        status = MLINT_TRY(answers, mlint_config_add_rule, config, &rule);
    }
    ck_assert_int_eq(status, MLINT_E_LIMIT);
    ck_assert_uint_eq(mlint_config_rule_count(config), MLINT_LIMIT_RULES);
    mlint_config_free(config);
}

static void too_many_installation_files(struct mlint_answers *answers)
{
    struct mlint_config *config = NULL;
    enum mlint_status status = MLINT_OK;
    unsigned count = 0;

    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    for (; status == MLINT_OK && count <= MLINT_LIMIT_INSTALLATION; count++)
        status = MLINT_TRY(answers, mlint_config_add_installation_file, config, "pref/a.js",
                           "a.js", NULL, 0);
    ck_assert_int_eq(status, MLINT_E_SETTINGS);
    ck_assert_uint_eq(count, MLINT_LIMIT_INSTALLATION + 1);
    mlint_config_free(config);
}

void mlint_answers_of_ceilings(struct mlint_answers *answers)
{
    too_many_rules(answers);
    too_many_installation_files(answers);
}

static const char head[] = "# maillint baseline 1\n";

/* A line more than a baseline may have. */
static void too_many_lines(struct mlint_answers *answers)
{
    static const char line[] = "0123456789abcdef no-spa a.js\n";
    size_t step = sizeof(line) - 1, begin = sizeof(head) - 1;
    size_t length = begin + (MLINT_LIMIT_BASELINE + 1) * step;
    struct mlint_baseline *baseline = NULL;
    char *text = mlint_test_need(malloc(length));

    memcpy(text, head, begin);
    for (size_t at = begin; at < length; at += step)
        memcpy(text + at, line, step);
    ck_assert_int_eq(MLINT_TRY(answers, mlint_baseline_new, &baseline, NULL, "b", text, length),
                     MLINT_E_LIMIT);
    ck_assert_ptr_null(baseline);
    free(text);
}

void mlint_answers_of_baselines(struct mlint_answers *answers)
{
    struct mlint_baseline *baseline = NULL;

    ck_assert_int_eq(MLINT_TRY(answers, mlint_baseline_new, NULL, NULL, "b", head, 1),
                     MLINT_E_ARGUMENT);
    ck_assert_int_eq(MLINT_TRY(answers, mlint_baseline_new, &baseline, NULL, "b", NULL, 1),
                     MLINT_E_ARGUMENT);
    ck_assert_int_eq(MLINT_TRY(answers, mlint_baseline_new, &baseline, NULL, NULL, "x\n", 2),
                     MLINT_E_SETTINGS);
    ck_assert_uint_eq(answers->error.line, 1);
    ck_assert_ptr_null(baseline);
    ck_assert_int_eq(MLINT_TRY_BARE(answers, mlint_report_claim, NULL, NULL, NULL),
                     MLINT_E_ARGUMENT);
    too_many_lines(answers);
    mlint_baseline_free(NULL);
}

static int swallow(void *user, const void *data, size_t length)
{
    (void)user, (void)data, (void)length;
    return 0;
}

void mlint_answers_of_holding(struct mlint_answers *answers, const struct mlint_config *config,
                              const struct mlint_result *result,
                              const struct mlint_allocator *allocator)
{
    struct mlint_report_options options = {
        .struct_size = sizeof(options),
        .format = "ndjson",
        .write = swallow,
        .write_baseline = swallow,
    };
    struct mlint_baseline *baseline = NULL;
    struct mlint_report *report = NULL;
    struct mlint_chunk *chunk = NULL;

    if (MLINT_TRY(answers, mlint_baseline_new, &baseline, allocator, "b", head,
                  sizeof(head) - 1) != MLINT_OK)
        return;
    options.baseline = baseline;
    if (MLINT_TRY(answers, mlint_report_new, &report, config, &options) == MLINT_OK) {
        if (MLINT_TRY_BARE(answers, mlint_chunk_new, &chunk, report) == MLINT_OK &&
            MLINT_TRY_BARE(answers, mlint_report_claim, report, result, chunk) == MLINT_OK &&
            MLINT_TRY_BARE(answers, mlint_report_render, report, result, chunk) == MLINT_OK)
            (void)!MLINT_TRY(answers, mlint_report_append, report, chunk);
        mlint_chunk_free(chunk);
        (void)!MLINT_TRY(answers, mlint_report_finish, report, 1, NULL);
        mlint_report_free(report);
    }
    mlint_baseline_free(baseline);
}
