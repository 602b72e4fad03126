/* explain.c: `maillint explain RULE...`: why a rule is there and what to do, client by client.
 */
#include "options.h"

#include <string.h>

#define RULES_MAX 256

static const char *client_title(enum mlint_client client)
{
    static const char *const titles[MLINT_CLIENT_COUNT] = {
        [MLINT_CLIENT_OUTLOOK] = "Outlook",
        [MLINT_CLIENT_OUTLOOK_EXPRESS] = "Outlook Express",
        [MLINT_CLIENT_WINDOWS_MAIL] = "Windows Mail",
        [MLINT_CLIENT_THUNDERBIRD] = "Thunderbird",
        [MLINT_CLIENT_K9] = "Thunderbird for Android, K-9 Mail",
        [MLINT_CLIENT_APPLE_MAIL] = "Apple Mail",
        [MLINT_CLIENT_EVOLUTION] = "Evolution",
        [MLINT_CLIENT_CLAWS_MAIL] = "Claws Mail",
    };

    return titles[client] ? titles[client] : mlint_client_name(client);
}

static void step(const char *title, const char *text, bool markdown)
{
    if (text && markdown)
        printf("\n**%s**: %s\n", title, text);
    else if (text)
        printf("\n%s:\n  %s\n", title, text);
}

static void explain(const struct mlint_rule *rule, bool markdown)
{
    const char *why = mlint_rule_why(rule);
    bool named = false;

    printf("%s%s (%s)\n\n%s\n", markdown ? "## " : "", mlint_rule_id(rule),
           mlint_level_name(mlint_rule_level(rule)), mlint_rule_brief(rule));
    if (why)
        printf("\n%s\n", why);
    for (int client = 1; client < MLINT_CLIENT_COUNT; client++) {
        const char *text = mlint_rule_step(rule, (enum mlint_client)client);
        step(client_title((enum mlint_client)client), text, markdown);
        named = named || text;
    }
    step(named ? "Elsewhere" : "What to do", mlint_rule_step(rule, MLINT_CLIENT_NONE),
         markdown);
    step("Source", mlint_rule_source(rule), markdown);
}

static const struct mlint_rule *find(const struct mlint_config *config, const char *id)
{
    const char *names[RULES_MAX];
    size_t count = 0;

    for (; count < mlint_config_rule_count(config) && count < RULES_MAX; count++) {
        const struct mlint_rule *rule = mlint_config_rule_at(config, count);
        names[count] = mlint_rule_id(rule);
        if (strcmp(names[count], id) == 0)
            return rule;
    }
    (void)mlint_cli_choose("rule", id, names, count);
    return NULL;
}

static int explain_all(const struct mlint_config *config,
                       const struct mlint_cli_options *options, bool markdown)
{
    for (size_t i = 0; i < options->path_count; i++) {
        if (!find(config, options->paths[i]))
            return MLINT_EXIT_USAGE;
    }
    for (size_t i = 0; i < options->path_count; i++) {
        if (i)
            putchar('\n');
        explain(find(config, options->paths[i]), markdown);
    }
    return mlint_cli_flush(MLINT_EXIT_CLEAN);
}

static int run(struct mlint_cli_options *options)
{
    struct mlint_config *config;
    int code;

    static const char *const formats[] = { "text", "markdown" };
    int format =
        mlint_cli_choose("format", options->format ? options->format : "text", formats, 2);

    if (format < 0)
        return MLINT_EXIT_USAGE;
    if (!options->path_count)
        return mlint_cli_misused("explain wants a rule's name; 'maillint rules' lists them");
    config = mlint_cli_configure(options);
    if (!config)
        return MLINT_EXIT_USAGE;
    code = explain_all(config, options, format == 1);
    mlint_config_free(config);
    return code;
}

static const struct mlint_cli_option *const tables[] = { mlint_cli_format_options,
                                                         mlint_cli_settings_options,
                                                         mlint_cli_general_options, NULL };

const struct mlint_cli_command mlint_cli_explain = {
    .name = "explain",
    .arguments = "RULE...",
    .brief = "say why a rule is there and how to mend it in each client",
    .about = "Explains rules: why, what to do in each client, and where it is documented. "
             "--format is text or markdown.",
    .tables = tables,
    .run = run,
};
