/* clientconfig.c: providers from Mozilla clientConfig files, so that every file of the ISPDB
 * can be what accounts are held against. Each server that Thunderbird would take is one
 * alternative, the first of its protocol the recommended one. */
#include "providers/provider.h"

#include "base/error.h"
#include "model/clientconfig.h"
#include "syntax/xml.h"

#define SERVERS_AT_MOST 64u
#define DOMAINS_AT_MOST 4096u

static struct mlint_str copy_of(struct mlint_arena *arena, const struct mlint_node *node)
{
    return node && node->type == MLINT_NODE_STRING
               ? mlint_arena_copy(arena, mlint_str_trim(node->value))
               : MLINT_STR("");
}

static bool seen(const struct mlint_provider *provider, enum mlint_protocol protocol)
{
    for (size_t i = 0; i < provider->server_count; i++) {
        if (provider->servers[i].protocol == protocol)
            return true;
    }
    return false;
}

/* Hosts with a placeholder differ from account to account: any will do. */
static void add_server(struct mlint_arena *arena, struct mlint_provider *provider,
                       const struct mlint_cc_server *from)
{
    bool open = mlint_cc_token(from->host_text) != MLINT_TOKEN_NONE;

    if (from->rejected || from->protocol == MLINT_PROTOCOL_OTHER ||
        provider->server_count == SERVERS_AT_MOST)
        return;
    provider->servers[provider->server_count] = (struct mlint_server){
        .protocol = from->protocol,
        .host = open ? MLINT_STR("") : mlint_arena_copy(arena, from->host_text),
        .port = (int)from->port_number,
        .security = from->security,
        .auth_mask = from->auth_mask,
        .secondary = seen(provider, from->protocol),
    };
    provider->server_count++;
}

static void add_element(struct mlint_arena *arena, struct mlint_provider *provider,
                        const struct mlint_node *node)
{
    struct mlint_cc_server server;

    if (node->flags & MLINT_NODE_ATTRIBUTE)
        return;
    if (mlint_cc_read(node, &server))
        add_server(arena, provider, &server);
    else if (mlint_str_eq(node->name, MLINT_STR("domain")) &&
             provider->domain_count < DOMAINS_AT_MOST && node->value.len)
        provider->domains[provider->domain_count++] = copy_of(arena, node);
    else if (mlint_str_eq(node->name, MLINT_STR("displayName")) && !provider->name.len)
        provider->name = copy_of(arena, node);
}

static struct mlint_provider *build(struct mlint_arena *arena, const struct mlint_node *from)
{
    struct mlint_provider *provider = mlint_arena_new(arena, struct mlint_provider);
    size_t domains = 0;

    if (!provider)
        return NULL;
    for (const struct mlint_node *node = from->child; node; node = node->next)
        domains += mlint_str_eq(node->name, MLINT_STR("domain"));
    provider->id = copy_of(arena, mlint_node_get(from, "id"));
    provider->name = provider->password_pattern = MLINT_STR("");
    provider->servers = mlint_arena_array(arena, struct mlint_server, SERVERS_AT_MOST);
    provider->domains = mlint_arena_array(
        arena, struct mlint_str, domains < DOMAINS_AT_MOST ? domains + 1 : DOMAINS_AT_MOST);
    if (!provider->servers || !provider->domains)
        return NULL;
    for (const struct mlint_node *node = from->child; node; node = node->next)
        add_element(arena, provider, node);
    return provider;
}

struct mlint_provider *mlint_provider_from_xml(struct mlint_arena *arena, const char *name,
                                               struct mlint_str text, struct mlint_error *error)
{
    struct mlint_modules modules = { .table = { NULL } };
    struct mlint_source source;
    struct mlint_tree *tree = NULL;
    const struct mlint_node *from = NULL;
    struct mlint_provider *provider = NULL;

    if (!mlint_module_open(&modules, MLINT_MODULE_XML))
        return mlint_fail_with(error, MLINT_E_UNSUPPORTED,
                               "%s: the module that reads XML is not installed", name),
               NULL;
    mlint_source_init(&source, mlint_str_from(name), mlint_arena_copy(arena, text));
    if (mlint_xml_decode(arena, &source))
        tree = mlint_xml_read(arena, &source, &modules);
    mlint_modules_done(&modules);
    if (tree && !tree->damaged)
        from = mlint_cc_provider(tree);
    if (from)
        provider = build(arena, from);
    if (arena->failed)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory"), NULL;
    if (!provider || !provider->server_count)
        return mlint_fail_with(error, MLINT_E_SETTINGS, "%s: %s", name,
                               tree && tree->damaged && tree->problem ? tree->problem
                               : from ? "the clientConfig has no server that can be used"
                                      : "not a clientConfig"),
               NULL;
    if (!provider->id.len)
        provider->id = mlint_arena_copy(arena, mlint_str_base_name(mlint_str_from(name)));
    if (!provider->name.len)
        provider->name = provider->id;
    return provider;
}
