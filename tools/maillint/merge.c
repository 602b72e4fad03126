/* merge.c: `maillint merge NDJSON...`: the streams of many runs as one report. What the streams
 * were judged by is in them; only how the report looks, and what fails, is chosen here. */
#include "lint.h"

#include "baseline.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static int64_t read_stream(void *user, void *data, size_t length)
{
    const int *descriptor = user;
    ssize_t got;

    do {
        if (!mlint_cli_wait_for(*descriptor))
            return -1;
        got = read(*descriptor, data, length);
    } while (got < 0 && errno == EINTR);
    return got;
}

static bool add_stream(struct mlint_merge *merge, const char *path)
{
    struct mlint_error error;
    int descriptor = mlint_cli_open(path);
    enum mlint_status status;

    if (descriptor < 0) {
        mlint_cli_say("%s: %s", path, strerror(errno));
        return false;
    }
    status = mlint_merge_add(merge, path, read_stream, &descriptor, &error);
    close(descriptor);
    if (status != MLINT_OK && mlint_cli_signalled())
        mlint_cli_say("interrupted: nothing was merged");
    else if (status != MLINT_OK)
        mlint_cli_say("%s", error.message);
    return status == MLINT_OK;
}

static int report(const struct mlint_cli_options *options, struct mlint_merge *merge,
                  const struct mlint_config *config, const char *format)
{
    struct mlint_cli_baseline baseline;
    struct mlint_cli_output output;
    struct mlint_report_options wanted;
    struct mlint_summary summary;
    struct mlint_error error;
    bool good;

    if (!mlint_cli_baseline_open(&baseline, options, config))
        return MLINT_EXIT_USAGE;
    if (!mlint_cli_output_open(&output, options->output, options)) {
        (void)mlint_cli_baseline_close(&baseline, false);
        return MLINT_EXIT_USAGE;
    }
    baseline.all = true;
    wanted = mlint_cli_report_options_of(options, format, &output);
    mlint_cli_baseline_use(&baseline, &wanted);
    good = mlint_merge_report(merge, &wanted, &summary, &error) == MLINT_OK;
    if (!good && !output.problem && !baseline.output.problem)
        mlint_cli_say("%s", error.message);
    good = good && mlint_cli_output_flush(&output);
    good = mlint_cli_baseline_close(&baseline, good) && good;
    if (!mlint_cli_output_close(&output, good) || !good)
        return MLINT_EXIT_USAGE;
    if (summary.damaged || summary.unreadable || summary.limit)
        return MLINT_EXIT_INPUT;
    return mlint_cli_failing(config, &summary) ? MLINT_EXIT_FINDINGS : MLINT_EXIT_CLEAN;
}

static int merge(const struct mlint_cli_options *options, const struct mlint_config *config,
                 const char *format)
{
    struct mlint_merge *merging;
    struct mlint_error error;
    bool good = true;
    int code;

    if (mlint_merge_new(&merging, NULL, &error) != MLINT_OK) {
        mlint_cli_say("%s", error.message);
        return MLINT_EXIT_USAGE;
    }
    mlint_cli_catch_signals();
    for (size_t i = 0; good && i < options->path_count; i++)
        good = add_stream(merging, options->paths[i]);
    code = good ? report(options, merging, config, format) : MLINT_EXIT_INPUT;
    mlint_merge_free(merging);
    return code;
}

static int run(struct mlint_cli_options *options)
{
    const char *format = mlint_cli_report_format(options);
    struct mlint_config *config;
    int code;

    if (!format)
        return MLINT_EXIT_USAGE;
    if (!options->path_count)
        return mlint_cli_misused(
            "merge wants the ndjson of one or more runs; - is standard input");
    options->no_config = true; /* the streams say by what they were judged */
    config = mlint_cli_configure(options);
    if (!config)
        return MLINT_EXIT_USAGE;
    code = merge(options, config, format);
    mlint_config_free(config);
    return code;
}

static const struct mlint_cli_option *const tables[] = {
    mlint_cli_kind_options,     mlint_cli_report_options,  mlint_cli_failing_options,
    mlint_cli_baseline_options, mlint_cli_general_options, NULL,
};

const struct mlint_cli_command mlint_cli_merge = {
    .name = "merge",
    .arguments = "NDJSON...",
    .brief = "join the reports of many runs and judge what only all together show",
    .about =
        "Joins reports that were written with --format ndjson --facts, in any order, into one, "
        "as if one run had seen every file. All must be whole and of the same rules and "
        "settings. They carry no lines of the files: a merged text report quotes none.",
    .tables = tables,
    .run = run,
};
