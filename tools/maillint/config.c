/* config.c: `maillint config`: the settings that a run here would have, and where each is from.
 */
#include "options.h"

struct listing {
    bool json, some;
};

static int print(void *user, const char *name, const char *value, const char *origin)
{
    struct listing *listing = user;

    if (!listing->json) {
        printf("%-30s %-12s (%s)\n", name, value, origin);
        return 0;
    }
    fputs(listing->some ? ",\n  {\"name\": " : "  {\"name\": ", stdout);
    mlint_cli_json(stdout, name);
    fputs(", \"value\": ", stdout);
    mlint_cli_json(stdout, value);
    fputs(", \"origin\": ", stdout);
    mlint_cli_json(stdout, origin);
    putchar('}');
    listing->some = true;
    return 0;
}

static int run(struct mlint_cli_options *options)
{
    static const char *const formats[] = { "text", "json" };
    int format =
        mlint_cli_choose("format", options->format ? options->format : "text", formats, 2);
    struct listing listing = { .json = format == 1 };
    struct mlint_config *config;

    if (format < 0)
        return MLINT_EXIT_USAGE;
    if (options->path_count)
        return mlint_cli_misused("config takes no arguments");
    config = mlint_cli_configure(options);
    if (!config)
        return MLINT_EXIT_USAGE;
    if (listing.json)
        puts("[");
    (void)mlint_config_each(config, print, &listing);
    if (listing.json)
        puts("\n]");
    mlint_config_free(config);
    return mlint_cli_flush(MLINT_EXIT_CLEAN);
}

static const struct mlint_cli_option *const tables[] = {
    mlint_cli_format_options, mlint_cli_judging_options, mlint_cli_failing_options,
    mlint_cli_config_options, mlint_cli_general_options, NULL,
};

const struct mlint_cli_command mlint_cli_config = {
    .name = "config",
    .arguments = "",
    .brief = "show the settings that are in force here, and where each is from",
    .about =
        "Shows every setting as check would have it with the same options: its value, and "
        "whether that is the default or from a settings file or an option. --format is text "
        "or json.",
    .tables = tables,
    .run = run,
};
