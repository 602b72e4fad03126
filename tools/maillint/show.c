/* show.c: `maillint show PATH...`: the accounts as they were understood, unjudged. */
#include "lint.h"

static int run(struct mlint_cli_options *options)
{
    static const char *const formats[] = { "text", "json" };
    static const char *const reports[] = { "show", "show-json" };
    int format =
        mlint_cli_choose("format", options->format ? options->format : "text", formats, 2);

    return format < 0 ? MLINT_EXIT_USAGE : mlint_cli_lint(options, reports[format], false);
}

static const struct mlint_cli_option *const tables[] = {
    mlint_cli_format_options,   mlint_cli_report_options,
    mlint_cli_source_options,   mlint_cli_input_options,
    mlint_cli_settings_options, mlint_cli_config_options,
    mlint_cli_general_options,  NULL,
};

const struct mlint_cli_command mlint_cli_show = {
    .name = "show",
    .arguments = "PATH...",
    .brief = "show the accounts as maillint understood them",
    .about =
        "Shows every account, each field with its value, how it came by it (written in the "
        "file, or what the client falls back on) and where it stands. --format is text or "
        "json.",
    .tables = tables,
    .run = run,
};
