/* rules.c: `maillint rules`: every rule on a line, or as JSON. */
#include "options.h"

static void print_text(const struct mlint_rule *rule)
{
    printf("%-22s %-8s %s\n", mlint_rule_id(rule), mlint_level_name(mlint_rule_level(rule)),
           mlint_rule_brief(rule));
}

static void print_pair(const char *name, const char *value, bool last)
{
    printf("\"%s\": ", name);
    mlint_cli_json(stdout, value ? value : "");
    fputs(last ? "" : ", ", stdout);
}

static void print_json(const struct mlint_rule *rule, bool last)
{
    fputs("  {", stdout);
    print_pair("id", mlint_rule_id(rule), false);
    print_pair("level", mlint_level_name(mlint_rule_level(rule)), false);
    print_pair("about", mlint_rule_is_reader(rule) ? "file" : "account", false);
    print_pair("brief", mlint_rule_brief(rule), false);
    print_pair("source", mlint_rule_source(rule), true);
    puts(last ? "}" : "},");
}

static int run(struct mlint_cli_options *options)
{
    static const char *const formats[] = { "text", "json" };
    int format =
        mlint_cli_choose("format", options->format ? options->format : "text", formats, 2);
    struct mlint_config *config;
    size_t count;

    if (format < 0)
        return MLINT_EXIT_USAGE;
    if (options->path_count)
        return mlint_cli_misused(
            "rules takes no arguments; 'maillint explain RULE' explains one");
    config = mlint_cli_configure(options);
    if (!config)
        return MLINT_EXIT_USAGE;
    count = mlint_config_rule_count(config);
    if (format == 1)
        puts("[");
    for (size_t i = 0; i < count; i++) {
        if (format == 1)
            print_json(mlint_config_rule_at(config, i), i + 1 == count);
        else
            print_text(mlint_config_rule_at(config, i));
    }
    if (format == 1)
        puts("]");
    mlint_config_free(config);
    return mlint_cli_flush(MLINT_EXIT_CLEAN);
}

static const struct mlint_cli_option *const tables[] = { mlint_cli_format_options,
                                                         mlint_cli_settings_options,
                                                         mlint_cli_general_options, NULL };

const struct mlint_cli_command mlint_cli_rules = {
    .name = "rules",
    .arguments = "",
    .brief = "list the rules",
    .about = "Lists every rule with its level, a line each, those of the settings last. "
             "--format is text or json.",
    .tables = tables,
    .run = run,
};
