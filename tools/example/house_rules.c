/* house_rules.c: a plug-in with one rule: hosts are written as names of the company's. It links
 * with nothing; what it needs of the library comes in with `host`: cc -shared -fPIC
 * house_rules.c $(pkg-config --cflags maillint) -o house_rules.so maillint --plugin
 * ./house_rules.so exports/ */
#include <maillint/maillint.h>

#include <string.h>

#define DOMAIN ".example.com"

/* Set once, before any rule runs. */
static const struct mlint_plugin_host *library;

static int ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);

    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static void check(void *user, struct mlint_judging *judging,
                  const struct mlint_account *account)
{
    const struct mlint_field *host =
        library->account_field(account, MLINT_INCOMING, MLINT_FIELD_HOST);
    char buffer[32];

    (void)user;
    if (library->field_presence(host) != MLINT_WRITTEN)
        library->unknown(judging, "the server's name is not in the file");
    else if (ends_with(library->field_text(NULL, host, MLINT_FIELD_HOST, buffer), DOMAIN))
        library->pass(judging);
    else
        library->fail(judging, MLINT_INCOMING, MLINT_FIELD_HOST,
                      "the server is none of the company's", NULL);
}

const struct mlint_plugin *mlint_plugin_1(const struct mlint_plugin_host *host)
{
    static struct mlint_host_rule rule;
    static struct mlint_plugin plugin;

    if (host->abi != MLINT_PLUGIN_ABI)
        return NULL;
    library = host;
    rule.struct_size = sizeof(rule);
    rule.id = "house-server";
    rule.level = MLINT_WARNING;
    rule.brief = "The incoming server is the company's.";
    rule.step = "Write a server that ends in " DOMAIN ".";
    rule.check = check;
    plugin.abi = MLINT_PLUGIN_ABI;
    plugin.struct_size = sizeof(plugin);
    plugin.rule_size = sizeof(rule);
    plugin.rules = &rule;
    plugin.rule_count = 1;
    return &plugin;
}
