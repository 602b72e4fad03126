/* golden_cross.c: what only the whole run can show, as lines of findings.txt and verdicts.txt.
 * Asks the judge of the report layer itself, so that no report's wording comes between. */
#include "report/run.h"
#include "test/golden.h"

/* The judge hands its visitor no pointer of ours. */
static struct {
    struct mlint_case_run *run;
    struct mlint_buf *out;
    bool findings;
} judging;

/* The account of that number in the run. */
static const struct mlint_account *find_account(uint64_t number, const struct mlint_file **file)
{
    for (size_t i = 0; i < judging.run->item->input_count; i++) {
        const struct mlint_result *result = judging.run->results[i];
        size_t count = result ? mlint_result_account_count(result) : 0;

        if (number < count) {
            const struct mlint_account *account = mlint_result_account(result, number);

            *file = mlint_result_file(result, mlint_account_file(account));
            return account;
        }
        number -= count;
    }
    ck_abort_msg("%s: a cross-file verdict on an account that there is not",
                 judging.run->item->name);
    return NULL;
}

static void put_finding(const struct mlint_cross *cross)
{
    struct mlint_buf *out = judging.out;

    mlint_buf_printf(out, "run %s:%u:%u %s %s %s.%s %s\n", cross->path, cross->location.line,
                     cross->location.column, mlint_level_name(cross->level), cross->rule,
                     cross->key, cross->field, cross->message);
    for (size_t i = 0; i < cross->related_count; i++)
        mlint_buf_printf(out, "  also %s:%u:%u %s\n", cross->related[i].path,
                         cross->related[i].location.line, cross->related[i].location.column,
                         cross->related[i].key);
}

static void put_verdict(const struct mlint_cross *cross)
{
    const struct mlint_file *file = NULL;
    const struct mlint_account *account = find_account(cross->account, &file);

    mlint_buf_printf(judging.out, "run %s:%s %s %s%s%s\n", mlint_file_path(file),
                     mlint_account_key(account), cross->rule,
                     mlint_verdict_name(cross->verdict), cross->reason ? " " : "",
                     cross->reason ? cross->reason : "");
}

static enum mlint_status visit(struct mlint_report *report, const struct mlint_cross *cross)
{
    (void)report;
    if (!judging.findings)
        put_verdict(cross);
    else if (cross->message)
        put_finding(cross);
    return MLINT_OK;
}

void mlint_golden_cross(struct mlint_case_run *run, bool findings, struct mlint_buf *out)
{
    struct mlint_report *report = NULL;
    struct mlint_buf rendered;
    size_t count = 0;
    enum mlint_status status;

    for (size_t i = 0; i < run->item->input_count; i++)
        count += run->results[i] != NULL;
    if (count < 2)
        return;
    judging.run = run;
    judging.findings = findings;
    judging.out = out;
    status = mlint_case_begin_report(run, mlint_report_format_at(0), &rendered, &report);
    if (status == MLINT_OK)
        status = mlint_facts_judge(report, visit);
    ck_assert_msg(status == MLINT_OK, "%s: %s", run->item->name, mlint_status_text(status));
    mlint_report_free(report);
    mlint_buf_done(&rendered);
}
