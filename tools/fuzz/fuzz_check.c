/* fuzz_check.c: any bytes through the whole of mlint_check, every report and dump. */
#include "fuzz.h"

#include <maillint/maillint.h>
#include <stdlib.h>

static struct mlint_config *config;
static struct mlint_linter *linter;

static int drop(void *user, const void *data, size_t length)
{
    (void)user, (void)data, (void)length;
    return 0;
}

static int drop_row(void *user, const struct mlint_dump_row *row)
{
    (void)user;
    return row->path == NULL;
}

static void finish(void)
{
    mlint_linter_free(linter);
    mlint_config_free(config);
}

static int start(void)
{
    if (!linter && (mlint_config_new(&config, NULL, NULL) != MLINT_OK ||
                    mlint_linter_new(&linter, config, NULL) != MLINT_OK || atexit(finish) != 0))
        return 0;
    return linter != NULL;
}

static void report(const struct mlint_result *result, const char *format)
{
    struct mlint_report_options options = {
        .struct_size = sizeof(options), .format = format, .facts = 1, .write = drop
    };
    struct mlint_report *report = NULL;

    if (mlint_report_new(&report, config, &options, NULL) == MLINT_OK &&
        mlint_report_add(report, result, NULL) == MLINT_OK &&
        mlint_report_finish(report, 0, NULL, NULL) != MLINT_OK)
        abort();
    mlint_report_free(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mlint_input input = {
        .struct_size = sizeof(input), .name = "input", .data = data, .length = size
    };
    struct mlint_result *result = NULL;

    if (!start() || mlint_check(linter, &input, &result, NULL) != MLINT_OK)
        abort();
    for (size_t i = 0; i < mlint_report_format_count(); i++)
        report(result, mlint_report_format_at(i));
    mlint_result_free(result);
    if (mlint_dump(linter, &input, drop_row, NULL, NULL) == MLINT_E_ARGUMENT)
        abort();
    return 0;
}
