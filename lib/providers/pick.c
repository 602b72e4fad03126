/* pick.c: which provider an account is held against. */
#include "providers/provider.h"

#define SLIP 2 /* edits up to which a host is taken for a misspelt one */

const struct mlint_provider *mlint_provider_generic(void)
{
    static const struct mlint_provider generic = {
        .id = MLINT_STR_INIT("generic"),
        .name = MLINT_STR_INIT("any provider"),
        .password_pattern = MLINT_STR_INIT(""),
        .generic = true,
    };

    return &generic;
}

static struct mlint_str plain_host(struct mlint_str host)
{
    host = mlint_str_trim(host);
    if (host.len > 1 && host.ptr[host.len - 1] == '.')
        host.len--;
    return host;
}

unsigned mlint_host_distance(struct mlint_str host, struct mlint_str right)
{
    return mlint_edit_distance(plain_host(host), right, SLIP);
}

/* The nearest server host of that protocol; limit + 1: none is as near as that. */
static unsigned nearest_within(unsigned limit, const struct mlint_provider *provider,
                               struct mlint_str host, bool outgoing, bool *secondary)
{
    unsigned best = limit + 1;

    for (size_t i = 0; best && i < provider->server_count; i++) {
        const struct mlint_server *server = &provider->servers[i];
        unsigned distance;
        if (!server->host.len || (server->protocol == MLINT_PROTOCOL_SMTP) != outgoing)
            continue;
        distance = mlint_edit_distance(host, server->host, limit);
        if (distance < best) {
            best = distance;
            *secondary = server->secondary;
        }
    }
    return best;
}

/* Most are right, which is soon seen; SLIP + 1: none is near. */
static unsigned nearest(const struct mlint_provider *provider, const struct mlint_field *field,
                        bool outgoing, bool *secondary)
{
    struct mlint_str host = plain_host(field->text);

    if (nearest_within(0, provider, host, outgoing, secondary) == 0)
        return 0;
    return nearest_within(SLIP, provider, host, outgoing, secondary);
}

static const struct mlint_field *host_of(const struct mlint_account *account, unsigned side)
{
    const struct mlint_field *host = mlint_field_in(account, side, MLINT_FIELD_HOST);

    return mlint_field_has(host) && host->token == MLINT_TOKEN_NONE && host->text.len ? host
                                                                                      : NULL;
}

/* A host that also serves others (imap.mail.yahoo.com) speaks for a provider only beside an
 * outgoing server of that provider. */
static bool hosts_match(const struct mlint_provider *provider,
                        const struct mlint_account *account, unsigned *distance)
{
    const struct mlint_field *in = host_of(account, MLINT_INCOMING), *out;
    bool secondary = false, ignored;

    if (!in)
        return false;
    *distance = nearest(provider, in, false, &secondary);
    if (*distance > SLIP)
        return false;
    out = host_of(account, MLINT_OUTGOING);
    return !secondary || (out && nearest(provider, out, true, &ignored) <= SLIP);
}

static const struct mlint_provider *by_host(const struct mlint_config *config,
                                            const struct mlint_account *account)
{
    const struct mlint_provider *found = NULL;
    unsigned best = SLIP + 1, distance;

    for (const struct mlint_provider *p = config->providers; p; p = p->next) {
        if (hosts_match(p, account, &distance) && distance < best) {
            best = distance;
            found = p;
        }
    }
    return found;
}

static const struct mlint_provider *named(const struct mlint_config *config,
                                          struct mlint_str id)
{
    const struct mlint_provider *p = config->providers;

    while (p && !mlint_str_eq(p->id, id))
        p = p->next;
    return p;
}

static const struct mlint_provider *by_domain(const struct mlint_config *config,
                                              const struct mlint_account *account)
{
    size_t at = mlint_str_rfind_char(account->address.text, '@');
    struct mlint_str domain =
        mlint_str_sub(account->address.text, at + 1, account->address.text.len);

    if (!domain.len)
        return NULL;
    for (const struct mlint_domain_map *map = config->domains; map; map = map->next) {
        if (mlint_str_eq_nocase(map->domain, domain))
            return named(config, map->provider);
    }
    for (const struct mlint_provider *p = config->providers; p; p = p->next) {
        for (size_t i = 0; i < p->domain_count; i++) {
            if (mlint_str_eq_nocase(p->domains[i], domain))
                return p;
        }
    }
    return NULL;
}

const struct mlint_provider *mlint_provider_for(const struct mlint_config *config,
                                                const struct mlint_account *account)
{
    const struct mlint_provider *found = config->chosen;

    if (!found)
        found = by_host(config, account);
    if (!found)
        found = by_domain(config, account);
    return found ? found : mlint_provider_generic();
}
