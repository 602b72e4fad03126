/* config.c: `maillint config`: the settings that a run with the same options would have, and
 * where each came from: the default, an option, or a line of a settings file. */
#include "options.h"

struct listing {
    bool json, begun;
};

static void print_text(const char *name, const char *value, const char *origin)
{
    char clean[3][512];

    printf("%-32s %-16s %s\n", mlint_cli_clean(name, clean[0], sizeof(clean[0])),
           mlint_cli_clean(value, clean[1], sizeof(clean[1])),
           mlint_cli_clean(origin, clean[2], sizeof(clean[2])));
}

static void print_json(struct listing *listing, const char *name, const char *value,
                       const char *origin)
{
    fputs(listing->begun ? ",\n  {\"name\": " : "  {\"name\": ", stdout);
    mlint_cli_json(stdout, name);
    fputs(", \"value\": ", stdout);
    mlint_cli_json(stdout, value);
    fputs(", \"origin\": ", stdout);
    mlint_cli_json(stdout, origin);
    putchar('}');
    listing->begun = true;
}

static int print(void *user, const char *name, const char *value, const char *origin)
{
    struct listing *listing = user;

    if (listing->json)
        print_json(listing, name, value, origin);
    else
        print_text(name, value, origin);
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
    if (options->for_path)
        (void)mlint_config_each_for(config, options->for_path, print, &listing);
    else
        (void)mlint_config_each(config, print, &listing);
    if (listing.json)
        puts("\n]");
    mlint_config_free(config);
    return mlint_cli_flush(MLINT_EXIT_CLEAN);
}

static const struct mlint_cli_option own[] = {
    { "for", 0, "PATH", MLINT_CLI_TEXT, offsetof(struct mlint_cli_options, for_path),
      "as they are for the file PATH, with the [path GLOB] sections that match it" },
    { NULL, 0, NULL, MLINT_CLI_FLAG, 0, NULL },
};

static const struct mlint_cli_option *const tables[] = {
    own,
    mlint_cli_format_options,
    mlint_cli_judging_options,
    mlint_cli_failing_options,
    mlint_cli_settings_options,
    mlint_cli_config_options,
    mlint_cli_general_options,
    NULL,
};

const struct mlint_cli_command mlint_cli_config = {
    .name = "config",
    .arguments = "",
    .brief = "list the settings and where each came from",
    .about =
        "Lists the settings that check would have here with the same options, and where "
        "each came from: default, an option, or a line of a settings file. --format is text "
        "or json.",
    .tables = tables,
    .run = run,
};
