/* json.c: the whole run as one JSON document (schema 1, maillint.schema.json). Files, accounts,
 * verdicts and findings are sections, an item a line. */
#include "report/records.h"
#include "report/steps.h"

enum { FILES, ACCOUNTS, VERDICTS, FINDINGS };

static void begin(struct mlint_rendering *rendering)
{
    mlint_buf_printf(mlint_out(rendering, FILES),
                     "{\n\"maillint\":\"" MLINT_VERSION "\",\"schema\":%d,\n\"files\":[\n",
                     MLINT_SCHEMA);
}

static const char *frame(unsigned section)
{
    static const char *const before[] = { "", "\n],\n\"accounts\":[\n",
                                          "\n],\n\"verdicts\":[\n", "\n],\n\"findings\":[\n" };

    return before[section];
}

/* Every item begins with a comma; the first of a section loses it. */
static void next(struct mlint_rendering *rendering, unsigned section)
{
    mlint_buf_text(mlint_out(rendering, section), "\n,");
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    const struct mlint_records records = { .rendering = rendering };

    for (size_t i = 0; i < shown->file_count; i++) {
        next(rendering, FILES);
        mlint_record_file(&records, FILES, shown->files[i]);
    }
    for (size_t i = 0; i < shown->account_count; i++) {
        next(rendering, ACCOUNTS);
        mlint_record_account(&records, ACCOUNTS, shown, shown->accounts[i]);
    }
    for (size_t i = 0; i < shown->verdict_count; i++) {
        if (!mlint_verdict_shown(rendering, &shown->verdicts[i]))
            continue;
        next(rendering, VERDICTS);
        mlint_record_verdict(&records, VERDICTS, shown, &shown->verdicts[i]);
    }
    for (size_t i = 0; i < shown->finding_count; i++) {
        if (!mlint_finding_shown(rendering, shown->findings[i]))
            continue;
        next(rendering, FINDINGS);
        mlint_record_finding(&records, FINDINGS, shown, shown->findings[i]);
    }
}

static void cross(struct mlint_rendering *rendering, const struct mlint_cross *found)
{
    const struct mlint_records records = { .rendering = rendering };

    next(rendering, VERDICTS);
    mlint_record_cross_verdict(&records, VERDICTS, found);
    if (!found->message)
        return;
    next(rendering, FINDINGS);
    mlint_record_cross_finding(&records, FINDINGS, found);
}

static void put_manual(struct mlint_rendering *rendering)
{
    struct mlint_json list = mlint_json_open(mlint_out(rendering, FILES), '[');

    for (unsigned i = 0; i < MLINT_SYMPTOMS; i++) {
        const struct mlint_symptom *symptom = &mlint_symptoms[i];

        for (unsigned step = 0; step < symptom->count; step++) {
            struct mlint_json item;

            if (!symptom->steps[step].text)
                continue;
            mlint_json_key(&list, NULL);
            mlint_buf_char(list.out, '\n');
            item = mlint_json_open(list.out, '{');
            mlint_json_text(&item, "symptom", symptom->id);
            mlint_json_text(&item, "step", symptom->steps[step].text);
            mlint_buf_char(list.out, '}');
        }
    }
    mlint_buf_text(list.out, "\n]");
}

static void end(struct mlint_rendering *rendering, const struct mlint_summary *summary)
{
    const struct mlint_records records = { .rendering = rendering };

    mlint_buf_text(mlint_out(rendering, FILES), "\n],\n\"manual\":");
    put_manual(rendering);
    mlint_buf_text(mlint_out(rendering, FILES), ",\n\"summary\":");
    mlint_record_summary(&records, FILES, summary);
    mlint_buf_text(mlint_out(rendering, FILES), "\n}\n");
}

const struct mlint_reporter mlint_report_json = {
    .id = "json",
    .media_type = "application/json",
    .extension = "json",
    .sections = 4,
    .passes = true,
    .begin = begin,
    .result = result,
    .cross = cross,
    .end = end,
    .frame = frame,
};
