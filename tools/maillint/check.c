/* check.c: `maillint [check] PATH...`: lint, and report in one of the library's formats. */
#include "lint.h"

#include <stddef.h>
#include <string.h>

/* Formats of other commands are not offered here. */
static size_t report_formats(const char **names, size_t most)
{
    size_t count = 0;

    for (size_t i = 0; i < mlint_report_format_count() && count < most; i++) {
        const char *name = mlint_report_format_at(i);
        if (strncmp(name, "show", 4) != 0)
            names[count++] = name;
    }
    return count;
}

const char *mlint_cli_report_format(const struct mlint_cli_options *options)
{
    static const char *const symptoms[] = { "password-prompt", "no-account", "cannot-connect" };
    const char *format = options->format ? options->format : "text", *names[32];
    size_t count = report_formats(names, 32);

    if (options->symptom && mlint_cli_choose("symptom", options->symptom, symptoms, 3) < 0)
        return NULL;
    if (options->symptom && !options->format)
        format = "checklist";
    if (mlint_cli_choose("report format", format, names, count) < 0)
        return NULL;
    if (options->symptom && strcmp(format, "checklist") != 0) {
        mlint_cli_misused("--symptom is for --format checklist");
        return NULL;
    }
    return format;
}

static bool gives_baseline(const struct mlint_cli_options *options)
{
    for (size_t i = 0; i < options->given_count; i++) {
        if (strcmp(options->given[i].option->name, "baseline") == 0)
            return true;
    }
    return false;
}

static int run(struct mlint_cli_options *options)
{
    const char *format = mlint_cli_report_format(options);

    if (format && options->facts && strcmp(format, "ndjson") != 0)
        return mlint_cli_misused("--facts is for --format ndjson");
    if (format && options->facts && (options->write_baseline || gives_baseline(options)))
        return mlint_cli_misused("--facts leaves the baseline to merge; give it there");
    return format ? mlint_cli_lint(options, format, true) : MLINT_EXIT_USAGE;
}

static const struct mlint_cli_option own[] = {
    { "facts", 0, NULL, MLINT_CLI_FLAG, offsetof(struct mlint_cli_options, facts),
      "with ndjson: also a record per mailbox, which merge needs" },
    { NULL, 0, NULL, MLINT_CLI_FLAG, 0, NULL },
};

static const struct mlint_cli_option *const tables[] = {
    mlint_cli_kind_options,     own,
    mlint_cli_report_options,   mlint_cli_judging_options,
    mlint_cli_failing_options,  mlint_cli_baseline_options,
    mlint_cli_source_options,   mlint_cli_input_options,
    mlint_cli_settings_options, mlint_cli_config_options,
    mlint_cli_general_options,  NULL,
};

const struct mlint_cli_command mlint_cli_check = {
    .name = "check",
    .arguments = "PATH...",
    .brief = "lint files, folders or standard input (the word may be left out)",
    .about =
        "Lints account files and reports what the documented rules find. PATH is a file, a "
        "folder, which is walked whole, or - for standard input.",
    .tables = tables,
    .run = run,
};
