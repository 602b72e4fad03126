/* lint.c: one run: settings, walk, report, queue, and the exit code that comes of it. */
#include "lint.h"

#include "baseline.h"
#include "queue.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool wants_color(const struct mlint_cli_options *options)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");

    if (options->color != MLINT_CLI_AUTO)
        return options->color == MLINT_CLI_ALWAYS;
    return !options->output && isatty(STDOUT_FILENO) && !(no_color && no_color[0]) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

uint64_t mlint_cli_failing(const struct mlint_config *config,
                           const struct mlint_summary *summary)
{
    switch (mlint_config_fail_on(config)) {
    case MLINT_ERROR:
        return summary->errors;
    case MLINT_WARNING:
        return summary->errors + summary->warnings;
    case MLINT_NOTE:
        return summary->errors + summary->warnings + summary->notes;
    default:
        return 0;
    }
}

static int finish(struct mlint_cli_run *run, const struct mlint_cli_baseline *baseline,
                  bool judge)
{
    uint64_t passed = mlint_cli_milliseconds() - run->progress.started;
    struct mlint_summary summary;
    struct mlint_error error;

    mlint_cli_progress_end(&run->progress);
    if (run->interrupted)
        mlint_report_interrupt(run->report);
    if (!run->failed &&
        mlint_report_finish(run->report, passed, &summary, &error) != MLINT_OK) {
        if (!run->output->problem && !baseline->output.problem)
            mlint_cli_say("%s", error.message);
        run->failed = true;
    }
    if (run->failed)
        return MLINT_EXIT_USAGE;
    if (run->interrupted)
        mlint_cli_say("interrupted: the report covers what was done until then");
    if (run->trouble || run->interrupted)
        return MLINT_EXIT_INPUT;
    return judge && mlint_cli_failing(run->config, &summary) ? MLINT_EXIT_FINDINGS
                                                             : MLINT_EXIT_CLEAN;
}

struct mlint_report_options mlint_cli_report_options_of(const struct mlint_cli_options *options,
                                                        const char *format,
                                                        struct mlint_cli_output *output)
{
    return (struct mlint_report_options){
        .struct_size = sizeof(struct mlint_report_options),
        .format = format,
        .color = wants_color(options),
        .quiet = options->quiet,
        .facts = options->facts,
        .symptom = options->symptom,
        .write = mlint_cli_output_write,
        .user = output,
    };
}

static int lint(struct mlint_cli_run *run, struct mlint_cli_baseline *baseline,
                const char *format, bool judge)
{
    struct mlint_report_options wanted =
        mlint_cli_report_options_of(run->options, format, run->output);
    struct mlint_error error;
    int code;

    mlint_cli_baseline_use(baseline, &wanted);
    run->claims = wanted.baseline != NULL;
    if (mlint_report_new(&run->report, run->config, &wanted, &error) != MLINT_OK)
        return mlint_cli_misused("%s", error.message);
    mlint_cli_progress_begin(&run->progress, run->options);
    mlint_cli_queue(run);
    code = finish(run, baseline, judge);
    mlint_report_free(run->report);
    return code;
}

static int lint_to_output(struct mlint_cli_run *run, const char *format, bool judge)
{
    struct mlint_cli_baseline baseline;
    bool good;
    int code;

    if (!mlint_cli_baseline_open(&baseline, run->options, judge ? run->config : NULL))
        return MLINT_EXIT_USAGE;
    if (!mlint_cli_output_open(run->output, run->options->output, run->options)) {
        (void)mlint_cli_baseline_close(&baseline, false);
        return MLINT_EXIT_USAGE;
    }
    mlint_cli_walk_outputs(run->walk, run->output, &baseline.output);
    mlint_cli_catch_signals();
    code = lint(run, &baseline, format, judge);
    /* A baseline must know nothing that no report has shown. */
    good = code != MLINT_EXIT_USAGE && mlint_cli_output_flush(run->output);
    good = mlint_cli_baseline_close(&baseline, good && !run->interrupted) && good;
    return mlint_cli_output_close(run->output, good) && good ? code : MLINT_EXIT_USAGE;
}

int mlint_cli_lint(const struct mlint_cli_options *options, const char *format, bool judge)
{
    struct mlint_cli_output output;
    struct mlint_cli_run run = { .options = options, .output = &output };
    struct mlint_config *config;
    int code = mlint_cli_check_input_format(options);

    if (code)
        return code;
    if (!options->path_count && !options->files_from)
        return mlint_cli_misused("no file given; - is standard input");
    config = mlint_cli_configure(options);
    if (!config)
        return MLINT_EXIT_USAGE;
    run.config = config;
    run.walk = mlint_cli_walk_new(options);
    code = run.walk ? lint_to_output(&run, format, judge) : MLINT_EXIT_USAGE;
    mlint_cli_walk_free(run.walk);
    mlint_config_free(config);
    return code;
}
