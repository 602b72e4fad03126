/* test_decidable.c: what files of the Outlook and Windows family can show at all, rule by rule.
 * All cases of a format are linted for turbify; a rule that can be decided has to pass in one
 * of them and to fail in another, one that cannot must never do either. So the table is neither
 * a promise without a case nor behind what the readers have learned.
 *
 *   b  both: some case passes, some fails
 *   p  passes only: nothing that such a file can hold is wrong
 *   f  fails only: known aliases are told, but the file does not say what the address is
 *   -  never decided: it is not in the file, or means nothing there
 *
 * Passwords are sealed in all but .iaf files; they are judged where somebody typed one in. The
 * interval of Express' accounts stands in their .reg or in one beside them. */
#include "base/module.h"
#include "rules/rule.h"
#include "test/golden.h"

/* Exports and hives may hold accounts of both families: here Outlook's own count. */
static const struct column {
    const char *format;
    enum mlint_client client; /* or NONE for all */
} columns[] = {
    { "outlook-reg", MLINT_CLIENT_OUTLOOK },
    { "registry-hive", MLINT_CLIENT_OUTLOOK },
    { "outlook-express-reg", 0 },
    { "windows-mail-oeaccount", 0 },
    { "outlook-express-iaf", 0 },
    { "outlook-prf", 0 },
    { "autodiscover-pox", 0 },
};

#define COLUMNS MLINT_TEST_COUNT(columns)

/* clang-format off */
static const struct row {
    const char *rule;
    char cell[COLUMNS][2];
} table[] = {
    /*                       Outlook .reg, hive; Express .reg, .oeaccount, .iaf; .prf; Autodiscover */
    { "account-online",        { "-", "-", "-", "-", "-", "-", "-" } },
    { "app-password",          { "b", "b", "b", "b", "b", "b", "-" } },
    { "app-password-spaces",   { "b", "b", "b", "b", "b", "b", "-" } },
    { "check-interval",        { "-", "-", "b", "b", "b", "-", "-" } },
    { "cleartext-login",       { "b", "b", "b", "b", "b", "b", "b" } },
    { "leave-on-server",       { "b", "b", "b", "b", "b", "b", "-" } },
    { "local-proxy",           { "b", "b", "b", "b", "b", "b", "b" } },
    { "no-spa",                { "b", "b", "b", "b", "b", "b", "b" } },
    { "readable-password",     { "b", "b", "b", "b", "b", "b", "p" } },
    { "server-settings",       { "b", "b", "b", "b", "b", "b", "b" } },
    { "single-pop-session",    { "b", "b", "b", "b", "b", "b", "-" } },
    { "smtp-auth",             { "b", "b", "b", "b", "b", "b", "b" } },
    { "username-alias",        { "b", "b", "b", "b", "b", "b", "f" } },
    { "username-full-address", { "b", "b", "b", "b", "b", "b", "b" } },
    { "username-lowercase",    { "b", "b", "b", "b", "b", "b", "b" } },
};
/* clang-format on */

enum { PASSED = 1, FAILED = 2 };

struct seen {
    unsigned of[MLINT_TEST_COUNT(table)];
};

static unsigned mark_of(enum mlint_verdict_kind kind)
{
    return kind == MLINT_PASS ? PASSED : kind == MLINT_FAIL ? FAILED : 0;
}

/* What one file says by itself. */
static void note_result(const struct mlint_result *result, enum mlint_client client,
                        struct seen *seen)
{
    for (size_t i = 0; i < mlint_result_verdict_count(result); i++) {
        const struct mlint_verdict *verdict = mlint_result_verdict(result, i);

        if (client &&
            (verdict->account == MLINT_NO_ACCOUNT ||
             mlint_account_client(mlint_result_account(result, verdict->account)) != client))
            continue;
        for (size_t row = 0; row < MLINT_TEST_COUNT(table); row++) {
            if (strcmp(mlint_rule_id(verdict->rule), table[row].rule) == 0)
                seen->of[row] |= mark_of(verdict->kind);
        }
    }
}

/* What several files say together: lines "run FILE:ACCOUNT RULE VERDICT". */
static void note_together(struct mlint_case_run *run, struct seen *seen)
{
    struct mlint_buf lines;
    struct mlint_str text;

    mlint_buf_init(&lines, NULL, 0);
    mlint_golden_cross(run, false, &lines);
    text = mlint_str_make(lines.ptr ? lines.ptr : "", lines.len);
    for (size_t row = 0; row < MLINT_TEST_COUNT(table); row++) {
        char *fails = mlint_test_print(" %s fail\n", table[row].rule);

        if (mlint_str_find(text, mlint_str_from(fails)) < text.len)
            seen->of[row] |= FAILED;
        free(fails);
    }
    mlint_buf_done(&lines);
}

static void for_turbify(struct mlint_config *config, void *user)
{
    struct mlint_error error;

    (void)user;
    ck_assert_int_eq(mlint_config_set(config, "provider", "turbify", "test", &error), MLINT_OK);
}

static void note_case(struct mlint_case *item, enum mlint_client client, struct seen *seen)
{
    struct mlint_case_run run = { .tune = for_turbify };

    mlint_case_open(item);
    mlint_case_lint(&run, item, NULL);
    ck_assert_msg(run.status == MLINT_OK, "%s: %s", item->name, run.error.message);
    for (size_t i = 0; i < item->input_count; i++) {
        if (run.results[i])
            note_result(run.results[i], client, seen);
    }
    note_together(&run, seen);
    mlint_case_done(&run);
    mlint_case_close(item);
}

static const char *word_of(unsigned seen)
{
    static const char *const words[] = { "-", "p", "f", "b" };

    return words[seen];
}

START_TEST(cells_hold)
{
    const struct mlint_cases *cases = mlint_cases_all();
    const struct column *column = &columns[_i];
    char *folder = mlint_test_print("formats/%s/", column->format);
    struct seen seen = { { 0 } };

    for (size_t i = 0; i < cases->count; i++) {
        if (strncmp(cases->item[i].name, folder, strlen(folder)) == 0)
            note_case(&cases->item[i], column->client, &seen);
    }
    free(folder);
    if (getenv("MLINT_CASE")) /* some cases only prove nothing */
        return;
    if (strcmp(column->format, "registry-hive") == 0 && !mlint_module_built(MLINT_MODULE_HIVE))
        return;
    for (size_t i = 0; i < MLINT_TEST_COUNT(table); i++)
        ck_assert_msg(strcmp(word_of(seen.of[i]), table[i].cell[_i]) == 0,
                      "%s: %s is \"%s\", not \"%s\"", column->format, table[i].rule,
                      word_of(seen.of[i]), table[i].cell[_i]);
}
END_TEST

/* A new rule has a row. */
START_TEST(rows_are_complete)
{
    size_t row = 0;

    for (size_t i = 0; mlint_rules[i]; i++) {
        if (!mlint_rules[i]->check)
            continue;
        ck_assert_msg(row < MLINT_TEST_COUNT(table) &&
                          strcmp(table[row].rule, mlint_rules[i]->id) == 0,
                      "%s has no row, or not in its place", mlint_rules[i]->id);
        row++;
    }
    ck_assert_uint_eq(row, MLINT_TEST_COUNT(table));
}
END_TEST

MLINT_SUITE(decidable)
{
    Suite *suite = suite_create("decidable");

    mlint_test_add(suite, "cells hold", cells_hold, COLUMNS);
    MLINT_TEST(suite, rows_are_complete);
    return suite;
}
