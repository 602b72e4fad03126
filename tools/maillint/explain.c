/* explain.c: `maillint explain RULE...`: why a rule is there and what to do, client by client.
 */
#include "options.h"

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

    printf("%s%s (%s)\n\n%s\n", markdown ? "## " : "", mlint_rule_id(rule),
           mlint_level_name(mlint_rule_level(rule)), mlint_rule_brief(rule));
    if (why)
        printf("\n%s\n", why);
    for (int client = 1; client < MLINT_CLIENT_COUNT; client++)
        step(client_title((enum mlint_client)client),
             mlint_rule_step(rule, (enum mlint_client)client), markdown);
    step("Source", mlint_rule_source(rule), markdown);
}

static const struct mlint_rule *find(const char *id)
{
    const struct mlint_rule *rule = mlint_rule_find(id);
    const char *names[128];
    size_t count = 0;

    if (rule)
        return rule;
    for (; count < mlint_rule_count() && count < 128; count++)
        names[count] = mlint_rule_id(mlint_rule_at(count));
    (void)mlint_cli_choose("rule", id, names, count);
    return NULL;
}

static int run(struct mlint_cli_options *options)
{
    static const char *const formats[] = { "text", "markdown" };
    int format =
        mlint_cli_choose("format", options->format ? options->format : "text", formats, 2);

    if (format < 0)
        return MLINT_EXIT_USAGE;
    if (!options->path_count)
        return mlint_cli_misused("explain wants a rule's name; 'maillint rules' lists them");
    for (size_t i = 0; i < options->path_count; i++) {
        if (!find(options->paths[i]))
            return MLINT_EXIT_USAGE;
    }
    for (size_t i = 0; i < options->path_count; i++) {
        if (i)
            putchar('\n');
        explain(mlint_rule_find(options->paths[i]), format == 1);
    }
    return mlint_cli_flush(MLINT_EXIT_CLEAN);
}

static const struct mlint_cli_option *const tables[] = { mlint_cli_format_options,
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
