/* formats.c: `maillint formats`: what can be read, and how each format is recognised. */
#include "options.h"

static void print_text(const struct mlint_format *format)
{
    const char *client = mlint_client_name(mlint_format_client(format));

    printf("%s (%s)%s\n    %s\n    recognised by: %s\n", mlint_format_id(format),
           client ? client : "any client",
           mlint_format_available(format) ? "" : ", not in this build",
           mlint_format_title(format), mlint_format_recognised_by(format));
}

static void print_json(const struct mlint_format *format, bool last)
{
    const char *client = mlint_client_name(mlint_format_client(format));

    fputs("  {\"id\": ", stdout);
    mlint_cli_json(stdout, mlint_format_id(format));
    if (client) {
        fputs(", \"client\": ", stdout);
        mlint_cli_json(stdout, client);
    }
    fputs(", \"title\": ", stdout);
    mlint_cli_json(stdout, mlint_format_title(format));
    fputs(", \"recognised_by\": ", stdout);
    mlint_cli_json(stdout, mlint_format_recognised_by(format));
    printf(", \"available\": %s}%s\n", mlint_format_available(format) ? "true" : "false",
           last ? "" : ",");
}

static int run(struct mlint_cli_options *options)
{
    static const char *const formats[] = { "text", "json" };
    int chosen =
        mlint_cli_choose("format", options->format ? options->format : "text", formats, 2);
    size_t count = mlint_format_count();

    if (chosen < 0)
        return MLINT_EXIT_USAGE;
    if (options->path_count)
        return mlint_cli_misused("formats takes no arguments");
    if (chosen == 1)
        puts("[");
    for (size_t i = 0; i < count; i++) {
        if (chosen == 1)
            print_json(mlint_format_at(i), i + 1 == count);
        else
            print_text(mlint_format_at(i));
    }
    if (chosen == 1)
        puts("]");
    return mlint_cli_flush(MLINT_EXIT_CLEAN);
}

static const struct mlint_cli_option *const tables[] = { mlint_cli_format_options,
                                                         mlint_cli_general_options, NULL };

const struct mlint_cli_command mlint_cli_formats = {
    .name = "formats",
    .arguments = "",
    .brief = "list the formats that can be read",
    .about =
        "Lists every format: its id, its client, how it is recognised, and whether this build "
        "reads it. --format is text or json.",
    .tables = tables,
    .run = run,
};
