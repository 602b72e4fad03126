/* server_sense.c: server settings that cannot be right whoever the provider is. */
#include "base/utf8.h"
#include "rules/server.h"

const char *mlint_security_phrase(enum mlint_security security)
{
    switch (security) {
    case MLINT_SECURITY_NONE:
        return "no encryption";
    case MLINT_SECURITY_STARTTLS:
        return "STARTTLS";
    case MLINT_SECURITY_TLS:
        return "TLS";
    case MLINT_SECURITY_STARTTLS_IF_AVAILABLE:
        return "STARTTLS only if the server offers it";
    }
    return "unknown encryption";
}

const char *mlint_auth_phrase(enum mlint_auth auth)
{
    switch (auth) {
    case MLINT_AUTH_PASSWORD_CLEARTEXT:
        return "the normal password";
    case MLINT_AUTH_PASSWORD_ENCRYPTED:
        return "an encrypted password";
    case MLINT_AUTH_NTLM:
        return "SPA (NTLM)";
    case MLINT_AUTH_KERBEROS:
        return "Kerberos";
    case MLINT_AUTH_OAUTH2:
        return "OAuth2";
    case MLINT_AUTH_CERTIFICATE:
        return "a certificate";
    case MLINT_AUTH_NONE:
        return "switched off";
    case MLINT_AUTH_ANY:
        return "any method";
    case MLINT_AUTH_ANY_SECURE:
        return "any secure method";
    case MLINT_AUTH_POP_BEFORE_SMTP:
        return "a POP login before sending";
    }
    return "unknown";
}

/* An IPv6 address: in brackets, or with two colons. */
static bool is_address(struct mlint_str host, size_t colon)
{
    struct mlint_str rest = mlint_str_sub(host, colon + 1, host.len);

    return mlint_str_starts(host, MLINT_STR("[")) || mlint_str_find_char(rest, ':') < rest.len;
}

static bool has_double_dot(struct mlint_str host)
{
    for (size_t i = 1; i < host.len; i++) {
        if (host.ptr[i] == '.' && host.ptr[i - 1] == '.')
            return true;
    }
    return false;
}

const char *mlint_host_problem(const struct mlint_field *field)
{
    struct mlint_str host = field->text;
    size_t colon;

    if (field->presence != MLINT_WRITTEN || field->token != MLINT_TOKEN_NONE ||
        field->shape != MLINT_SHAPE_ANY)
        return NULL;
    colon = mlint_str_find_char(host, ':');
    if (colon < host.len && mlint_str_find(host, MLINT_STR("://")) < host.len)
        return "is a web address, not a server's name";
    if (mlint_has_space(host))
        return "has white space in it";
    if (colon < host.len && !is_address(host, colon))
        return "carries a port; the port has a field of its own";
    return has_double_dot(host) ? "has two dots in a row" : NULL;
}

static bool host_fails(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *host = mlint_field_at(judging, side, MLINT_FIELD_HOST);
    const char *problem;

    if (host->presence != MLINT_WRITTEN || host->token != MLINT_TOKEN_NONE)
        return false;
    if (!host->text.len) {
        mlint_fail(judging, side, MLINT_FIELD_HOST, "no %s server is named",
                   mlint_side_name(side));
        return true;
    }
    problem = mlint_host_problem(host);
    if (problem)
        mlint_fail(judging, side, MLINT_FIELD_HOST, "%s server \"%s\" %s",
                   mlint_side_name(side), mlint_show(judging, host), problem);
    return problem != NULL;
}

/* Well-known ports: which protocol they are for, and whether TLS starts at once on them. */
static const struct known_port {
    int64_t port;
    enum mlint_protocol protocol;
    bool tls;
} known_ports[] = {
    { 110, MLINT_PROTOCOL_POP3, false }, { 995, MLINT_PROTOCOL_POP3, true },
    { 143, MLINT_PROTOCOL_IMAP, false }, { 993, MLINT_PROTOCOL_IMAP, true },
    { 25, MLINT_PROTOCOL_SMTP, false },  { 587, MLINT_PROTOCOL_SMTP, false },
    { 465, MLINT_PROTOCOL_SMTP, true },
};

static const struct known_port *known_port(int64_t port)
{
    for (size_t i = 0; i < sizeof(known_ports) / sizeof(known_ports[0]); i++) {
        if (known_ports[i].port == port)
            return &known_ports[i];
    }
    return NULL;
}

static const char *protocol_word(int64_t protocol)
{
    return protocol == MLINT_PROTOCOL_POP3   ? "POP"
           : protocol == MLINT_PROTOCOL_IMAP ? "IMAP"
                                             : "SMTP";
}

static bool port_fails(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *port = mlint_field_at(judging, side, MLINT_FIELD_PORT);
    const struct mlint_field *protocol = mlint_field_at(judging, side, MLINT_FIELD_PROTOCOL);
    int64_t own = side ? MLINT_PROTOCOL_SMTP : mlint_field_has(protocol) ? protocol->number : 0;
    const struct known_port *known;

    if (!mlint_field_has(port))
        return false;
    if (port->number < 1 || port->number > 65535) {
        mlint_fail(judging, side, MLINT_FIELD_PORT, "%s port %lld does not exist",
                   mlint_side_name(side), (long long)port->number);
        return true;
    }
    known = known_port(port->number);
    if (!known || !own || known->protocol == (enum mlint_protocol)own)
        return false;
    mlint_fail(judging, side, MLINT_FIELD_PORT, "%s port %lld is for %s, not for %s",
               mlint_side_name(side), (long long)port->number, protocol_word(known->protocol),
               protocol_word(own));
    return true;
}

static bool security_fails(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *port = mlint_field_at(judging, side, MLINT_FIELD_PORT);
    const struct mlint_field *security = mlint_field_at(judging, side, MLINT_FIELD_SECURITY);
    const struct known_port *known = mlint_field_has(port) ? known_port(port->number) : NULL;
    bool tls;

    if (!known || !mlint_field_has(security))
        return false;
    tls = security->number == MLINT_SECURITY_TLS;
    if (tls == known->tls)
        return false;
    mlint_fail(judging, side,
               security->presence == MLINT_WRITTEN ? MLINT_FIELD_SECURITY : MLINT_FIELD_PORT,
               known->tls ? "%s port %lld wants TLS from the start, but the client uses %s%s"
                          : "%s port %lld does not start with TLS, but the client uses %s%s",
               mlint_side_name(side), (long long)port->number,
               mlint_security_phrase((enum mlint_security)security->number),
               mlint_by_default(security));
    return true;
}

void mlint_check_server_sense(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *host = mlint_field_at(judging, side, MLINT_FIELD_HOST);
    bool failed = host_fails(judging, side);

    failed |= port_fails(judging, side);
    failed |= security_fails(judging, side);
    if (failed || mlint_is_unknown(judging, host, "the server's name is not in the file"))
        return;
    mlint_unknown(judging, "no provider is known for this server: name one with --provider");
}
