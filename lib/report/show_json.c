/* show_json.c: the accounts as they were understood, each field with its presence and place. */
#include "report/records.h"

enum { FILES, ACCOUNTS };

static void begin(struct mlint_rendering *rendering)
{
    mlint_buf_printf(mlint_out(rendering, FILES),
                     "{\n\"maillint\":\"" MLINT_VERSION "\",\"schema\":%d,\n\"files\":[\n",
                     MLINT_SCHEMA);
}

static const char *frame(unsigned section)
{
    return section == ACCOUNTS ? "\n],\n\"accounts\":[\n" : "";
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    const struct mlint_records records = { .rendering = rendering, .show = true };

    for (size_t i = 0; i < shown->file_count; i++) {
        mlint_buf_text(mlint_out(rendering, FILES), "\n,");
        mlint_record_file(&records, FILES, shown->files[i]);
    }
    for (size_t i = 0; i < shown->account_count; i++) {
        mlint_buf_text(mlint_out(rendering, ACCOUNTS), "\n,");
        mlint_record_account(&records, ACCOUNTS, shown, shown->accounts[i]);
    }
}

static void end(struct mlint_rendering *rendering, const struct mlint_summary *summary)
{
    (void)summary;
    mlint_buf_text(mlint_out(rendering, FILES), "\n]\n}\n");
}

const struct mlint_reporter mlint_report_show_json = {
    .id = "show-json",
    .media_type = "application/json",
    .extension = "json",
    .sections = 2,
    .begin = begin,
    .result = result,
    .end = end,
    .frame = frame,
};
