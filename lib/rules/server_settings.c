/* server_settings.c: host, port, security and authentication are the provider's. Without a
 * known provider see server_sense.c: only settings that contradict themselves fail. */
#include "base/utf8.h"
#include "model/words.h"
#include "rules/server.h"

/* A server of the provider, beside what stands in the account. */
struct candidate {
    const struct mlint_server *server;
    unsigned distance; /* of the hosts, where both have one */
    unsigned score;
};

#define FITS_WHOLLY (1 + 48 + 8 + 4) /* no server fits better */

/* How well it fits: the host counts most. */
static struct candidate fit(const struct mlint_judging *judging, unsigned side,
                            const struct mlint_server *server)
{
    const struct mlint_field *host = mlint_field_at(judging, side, MLINT_FIELD_HOST);
    const struct mlint_field *port = mlint_field_at(judging, side, MLINT_FIELD_PORT);
    const struct mlint_field *security = mlint_field_at(judging, side, MLINT_FIELD_SECURITY);
    struct candidate fits = { .server = server, .score = server->secondary ? 0 : 1 };

    if (mlint_field_has(host) && server->host.len) {
        fits.distance = mlint_host_distance(host->text, server->host);
        fits.score += 16 * (3 - fits.distance); /* 0 to 3 */
    }
    if (mlint_field_has(port) && port->number == server->port)
        fits.score += 8;
    if (mlint_field_has(security) && security->number == (int64_t)server->security)
        fits.score += 4;
    return fits;
}

static struct candidate best_server(const struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *protocol = mlint_field_at(judging, side, MLINT_FIELD_PROTOCOL);
    int64_t wanted = side ? MLINT_PROTOCOL_SMTP : protocol->number;
    struct candidate best = { 0 };

    for (size_t i = 0; i < judging->provider->server_count && best.score < FITS_WHOLLY; i++) {
        const struct mlint_server *server = &judging->provider->servers[i];
        struct candidate next;
        if (server->protocol != (enum mlint_protocol)wanted)
            continue;
        next = fit(judging, side, server);
        if (!best.server || next.score > best.score)
            best = next;
    }
    return best;
}

static void judge_host(struct mlint_judging *judging, unsigned side,
                       const struct mlint_server *server, unsigned distance)
{
    const struct mlint_field *host = mlint_field_at(judging, side, MLINT_FIELD_HOST);
    const char *problem = mlint_host_problem(host);

    if (!server->host.len ||
        mlint_is_unknown(judging, host, "the server's name is not in the file"))
        return;
    if (distance == 0 && !problem) {
        mlint_pass(judging);
        return;
    }
    if (problem)
        mlint_fail(judging, side, MLINT_FIELD_HOST, "%s server \"%s\" %s",
                   mlint_side_name(side), mlint_show(judging, host), problem);
    else if (distance <= 2)
        mlint_fail(judging, side, MLINT_FIELD_HOST,
                   "%s server \"%s\" is probably a typing slip for \"%s\"",
                   mlint_side_name(side), mlint_show(judging, host), server->host.ptr);
    else
        mlint_fail(judging, side, MLINT_FIELD_HOST, "%s server is \"%s\"%s; %s has \"%s\"",
                   mlint_side_name(side), mlint_show(judging, host), mlint_by_default(host),
                   judging->provider->name.ptr, server->host.ptr);
    mlint_hint(judging, "write \"%s\"", server->host.ptr);
    mlint_suggest(judging, server->host, distance <= 2);
}

static void judge_port(struct mlint_judging *judging, unsigned side,
                       const struct mlint_server *server)
{
    const struct mlint_field *port = mlint_field_at(judging, side, MLINT_FIELD_PORT);

    if (!server->port || mlint_is_unknown(judging, port, "the port is not in the file"))
        return;
    if (port->number == server->port) {
        mlint_pass(judging);
        return;
    }
    mlint_fail(judging, side, MLINT_FIELD_PORT, "%s port is %lld%s; %s uses %d",
               mlint_side_name(side), (long long)port->number, mlint_by_default(port),
               judging->provider->name.ptr, server->port);
    mlint_hint(judging, "set the %s port to %d", mlint_side_name(side), server->port);
    mlint_suggest(judging,
                  mlint_str_from(mlint_arena_printf(judging->arena, "%d", server->port)), true);
}

static void judge_security(struct mlint_judging *judging, unsigned side,
                           const struct mlint_server *server)
{
    const struct mlint_field *security = mlint_field_at(judging, side, MLINT_FIELD_SECURITY);
    const char *wanted = mlint_security_phrase(server->security);

    if (!server->security ||
        mlint_is_unknown(judging, security,
                         "the file does not say how the connection is encrypted"))
        return;
    if (security->number == (int64_t)server->security) {
        mlint_pass(judging);
        return;
    }
    mlint_fail(judging, side, MLINT_FIELD_SECURITY,
               "%s connection uses %s%s; %s asks for %s on port %d", mlint_side_name(side),
               mlint_security_phrase((enum mlint_security)security->number),
               mlint_by_default(security), judging->provider->name.ptr, wanted, server->port);
    mlint_hint(judging, "choose %s for the %s server", wanted, mlint_side_name(side));
    mlint_suggest(
        judging, mlint_str_from(mlint_enum_word(MLINT_FIELD_SECURITY, server->security)), true);
}

static void judge_auth(struct mlint_judging *judging, unsigned side,
                       const struct mlint_server *server)
{
    const struct mlint_field *auth = mlint_field_at(judging, side, MLINT_FIELD_AUTH);

    if (side && auth->inherited)
        return; /* the incoming server's setting, judged there */
    if (!server->auth_mask ||
        mlint_is_unknown(judging, auth, "the file does not say how the client logs in"))
        return;
    if (auth->number >= 0 && auth->number < 32 && (server->auth_mask >> auth->number & 1)) {
        mlint_pass(judging);
        return;
    }
    if (auth->number == MLINT_AUTH_ANY) {
        mlint_unknown(judging, "the client takes any method that the server offers");
        return;
    }
    mlint_fail(judging, side, MLINT_FIELD_AUTH,
               "%s authentication is %s%s; %s takes the password as it is, over TLS",
               mlint_side_name(side), mlint_auth_phrase((enum mlint_auth)auth->number),
               mlint_by_default(auth), judging->provider->name.ptr);
    mlint_hint(judging, "choose the normal password for the %s server", mlint_side_name(side));
    if (server->auth_mask & 1u << MLINT_AUTH_PASSWORD_CLEARTEXT)
        mlint_suggest(judging, MLINT_STR("password-cleartext"), true);
}

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *protocol = mlint_field_at(judging, side, MLINT_FIELD_PROTOCOL);
    struct candidate best;

    if (!side && mlint_is_unknown(judging, protocol,
                                  "the file does not say whether this is POP or IMAP"))
        return;
    best = best_server(judging, side);
    if (!best.server) {
        mlint_fail(judging, side, side ? MLINT_FIELD_HOST : MLINT_FIELD_PROTOCOL,
                   "%s has no %s server", judging->provider->name.ptr,
                   side ? "outgoing" : mlint_enum_word(MLINT_FIELD_PROTOCOL, protocol->number));
        return;
    }
    judge_host(judging, side, best.server, best.distance);
    judge_port(judging, side, best.server);
    judge_security(judging, side, best.server);
    judge_auth(judging, side, best.server);
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    bool known = !judging->provider->generic && judging->provider->server_count;

    for (unsigned side = 0; side < mlint_sides(judging); side++) {
        if (known)
            check_side(judging, side);
        else
            mlint_check_server_sense(judging, side);
    }
    return judging->worst;
}

const struct mlint_rule mlint_rule_server_settings = {
    .id = "server-settings",
    .level = MLINT_ERROR,
    .brief = "Servers, ports, encryption and authentication are the provider's.",
    .why = "A wrong host, port or encryption makes the connection fail or the login be refused; "
           "clients often show that as one more question for the password.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Compare servers, ports and encryption with the provider's page and "
                              "correct them.",
        [MLINT_CLIENT_OUTLOOK] = "File > Account Settings > Account Settings > Change, and More "
                                 "Settings > Advanced: correct servers, ports and encryption.",
        [MLINT_CLIENT_THUNDERBIRD] = "Account Settings > Server Settings and Outgoing Server > Edit: "
                                     "correct server, port, security and authentication.",
        [MLINT_CLIENT_APPLE_MAIL] = "Mail > Settings > Accounts > Server Settings: correct servers, "
                                    "ports and TLS.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": verify that "
              "your business email server settings are correct",
    .check = check,
};
