/* apple_values.c: what the readers of Apple's formats share: values in whatever type they come,
 * what Mail's words mean, and how property lists are parsed once for all bidders. */
#include "formats/apple_values.h"

#include "base/num.h"
#include "model/config.h"
#include "syntax/plist.h"

bool mlint_apple_whole(const struct mlint_node *node, int64_t *out)
{
    if (node->type == MLINT_NODE_INTEGER) {
        *out = node->number;
        return true;
    }
    if (node->type == MLINT_NODE_REAL && node->real > -1e15 && node->real < 1e15) {
        *out = (int64_t)node->real;
        return (double)*out == node->real;
    }
    return node->type == MLINT_NODE_STRING &&
           mlint_num_parse(mlint_str_trim(node->value), 10, out);
}

bool mlint_apple_truth(const struct mlint_node *node, int64_t *out)
{
    static const char *const words[2][4] = { { "false", "no", "0", "off" },
                                             { "true", "yes", "1", "on" } };

    if (node->type == MLINT_NODE_BOOLEAN || node->type == MLINT_NODE_INTEGER ||
        node->type == MLINT_NODE_REAL)
        return mlint_apple_whole(node, out) ||
               (*out = node->number, node->type == MLINT_NODE_BOOLEAN);
    for (unsigned i = 0; i < 8; i++)
        if (node->type == MLINT_NODE_STRING &&
            mlint_str_eq_nocase(mlint_str_trim(node->value),
                                mlint_str_from(words[i / 4][i % 4]))) {
            *out = i / 4;
            return true;
        }
    return false;
}

enum mlint_read_outcome mlint_apple_parse(struct mlint_reading *reading)
{
    enum mlint_plist_kind kind;
    struct mlint_source *source = reading->source;

    if (!reading->tree || reading->tree_syntax != &mlint_plist_syntax) {
        reading->tree =
            mlint_plist_read(reading->arena, source, &reading->result->linter->modules);
        reading->tree_syntax = &mlint_plist_syntax;
    }
    if (!reading->tree)
        return MLINT_READ_LIMIT;
    kind = mlint_plist_kind(source->text);
    if (reading->tree->missing_module) {
        reading->file->detail = reading->tree->problem;
        return MLINT_READ_UNREADABLE;
    }
    if (kind == MLINT_PLIST_PRINTED || kind == MLINT_PLIST_OTHER_BINARY) {
        reading->file->detail = mlint_plist_refusal(kind);
        return MLINT_READ_UNREADABLE;
    }
    return MLINT_READ_OK;
}

int mlint_apple_bid(const struct mlint_probe *probe, const char *const *keys)
{
    bool binary = mlint_str_starts(probe->raw, MLINT_STR("bplist"));
    struct mlint_str head = binary ? probe->raw : probe->text;
    enum mlint_plist_kind kind = mlint_plist_kind(head);

    if (kind == MLINT_PLIST_NONE)
        return MLINT_BID_NONE;
    for (; *keys; keys++) {
        if (mlint_str_find(head, mlint_str_from(*keys)) < head.len)
            return MLINT_BID_KEYS;
    }
    if (kind == MLINT_PLIST_XML && mlint_str_find(head, MLINT_STR("<plist")) == head.len)
        return MLINT_BID_NONE;
    return kind == MLINT_PLIST_XML || binary ? MLINT_BID_SYNTAX : MLINT_BID_NONE;
}

const struct mlint_node *mlint_apple_get(const struct mlint_node *node, const char *key)
{
    const struct mlint_node *found = mlint_node_get(node, key);

    return found && found->type != MLINT_NODE_NULL ? found : NULL;
}

const struct mlint_node *mlint_apple_text(const struct mlint_node *node, const char *key)
{
    const struct mlint_node *found = mlint_node_get(node, key);

    return found && found->type == MLINT_NODE_STRING && found->value.len ? found : NULL;
}

bool mlint_apple_scheme(struct mlint_str scheme, enum mlint_auth *out)
{
    static const struct {
        const char *name;
        enum mlint_auth auth;
    } schemes[] = {
        { "", MLINT_AUTH_PASSWORD_CLEARTEXT },
        { "PLAIN", MLINT_AUTH_PASSWORD_CLEARTEXT },
        { "LOGIN", MLINT_AUTH_PASSWORD_CLEARTEXT },
        { "Password", MLINT_AUTH_PASSWORD_CLEARTEXT },
        { "NTLM", MLINT_AUTH_NTLM },
        { "CRAM-MD5", MLINT_AUTH_PASSWORD_ENCRYPTED },
        { "DIGEST-MD5", MLINT_AUTH_PASSWORD_ENCRYPTED },
        { "APOP", MLINT_AUTH_PASSWORD_ENCRYPTED },
        { "GSSAPI", MLINT_AUTH_KERBEROS },
        { "EXTERNAL", MLINT_AUTH_CERTIFICATE },
        { "XOAUTH2", MLINT_AUTH_OAUTH2 },
        { "OAUTHBEARER", MLINT_AUTH_OAUTH2 },
    };

    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (mlint_str_eq_nocase(scheme, mlint_str_from(schemes[i].name))) {
            *out = schemes[i].auth;
            return true;
        }
    }
    *out = MLINT_AUTH_OAUTH2; /* ATOKEN and its kin: Apple's own tokens */
    return mlint_str_starts_nocase(scheme, MLINT_STR("ATOKEN"));
}

/* The path that a key of dict would have. */
static const char *where(struct mlint_reading *reading, const struct mlint_node *dict,
                         const char *key)
{
    return mlint_arena_printf(reading->arena, "%s/%s", mlint_path_of(reading->result, dict),
                              key);
}

static int64_t default_port(enum mlint_protocol protocol, bool secure)
{
    if (protocol == MLINT_PROTOCOL_POP3)
        return secure ? 995 : 110;
    return protocol == MLINT_PROTOCOL_IMAP ? (secure ? 993 : 143) : 465;
}

static void read_port(struct mlint_reading *reading, struct mlint_side *side,
                      const struct mlint_apple_server *server, bool ssl)
{
    struct mlint_field *port = &side->field[MLINT_FIELD_PORT];
    int64_t number;

    if (server->port && mlint_apple_whole(server->port, &number)) {
        mlint_field_set_number(port, MLINT_WRITTEN, server->port, number);
    } else if (server->port) {
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, server->port,
                           "PortNumber is no number");
        port->comment = "the stored port is no number";
    } else if (server->protocol == MLINT_PROTOCOL_SMTP) {
        port->comment = "no port is stored: Apple Mail tries 25, 587 and 465 in turn";
    } else {
        mlint_field_set_number(port, MLINT_CLIENT_DEFAULT, NULL,
                               default_port(server->protocol, ssl));
        port->where = where(reading, server->dict, "PortNumber");
    }
}

/* Mail begins TLS at once on the protocol's secure port or when told so (SSLIsDirect), else it
 * upgrades with STARTTLS. */
static enum mlint_security security_of(const struct mlint_side *side,
                                       const struct mlint_apple_server *server, bool ssl)
{
    const struct mlint_field *port = &side->field[MLINT_FIELD_PORT];
    int64_t layer, direct;

    if (server->layer && mlint_apple_whole(server->layer, &layer))
        return layer == 3   ? MLINT_SECURITY_TLS
               : layer == 2 ? MLINT_SECURITY_STARTTLS
                            : MLINT_SECURITY_NONE;
    if (!ssl)
        return MLINT_SECURITY_NONE;
    if (server->direct && mlint_apple_truth(server->direct, &direct) && direct)
        return MLINT_SECURITY_TLS;
    return mlint_field_has(port) && port->number == default_port(server->protocol, true)
               ? MLINT_SECURITY_TLS
               : MLINT_SECURITY_STARTTLS;
}

void mlint_apple_server_read(struct mlint_reading *reading, struct mlint_side *side,
                             const struct mlint_apple_server *server)
{
    struct mlint_field *security = &side->field[MLINT_FIELD_SECURITY];
    const struct mlint_node *written = server->layer ? server->layer : server->ssl;
    int64_t ssl = 0, layer = 0, direct;

    if (server->ssl && !mlint_apple_truth(server->ssl, &ssl)) {
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, server->ssl,
                           "SSLEnabled is neither yes nor no");
        security->comment = "the stored value for SSL is neither yes nor no";
        return;
    }
    read_port(reading, side, server, ssl != 0);
    if (server->layer &&
        (!mlint_apple_whole(server->layer, &layer) || layer < 1 || layer > 3)) {
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, server->layer,
                           "SecurityLayerType is none of 1, 2 and 3");
        security->comment = "the stored kind of encryption is not known";
        return;
    }
    if (ssl && !layer && server->direct && !mlint_apple_truth(server->direct, &direct)) {
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, server->direct,
                           "SSLIsDirect is neither yes nor no");
        security->comment = "whether TLS or STARTTLS is used is stored as neither yes nor no";
        return;
    }
    if (ssl && !layer && server->port && !mlint_field_has(&side->field[MLINT_FIELD_PORT])) {
        security->comment = "SSL is asked for, but whether by TLS or STARTTLS depends on the "
                            "port, which is no number";
        return;
    }
    mlint_field_set_number(security, written ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT, written,
                           security_of(side, server, ssl != 0));
    if (!written)
        security->where = where(reading, server->dict, "SSLEnabled");
}

void mlint_apple_auth_read(struct mlint_reading *reading, struct mlint_field *field,
                           const struct mlint_node *dict, const struct mlint_node *scheme,
                           bool may_be_off)
{
    const struct mlint_node *used = mlint_apple_get(dict, "ShouldUseAuthentication");
    enum mlint_auth auth = MLINT_AUTH_PASSWORD_CLEARTEXT;
    int64_t wanted = 1;

    if (used && mlint_apple_truth(used, &wanted) && !wanted) {
        mlint_field_set_number(field, MLINT_WRITTEN, used, MLINT_AUTH_NONE);
        return;
    }
    if (!used && !scheme && may_be_off) {
        field->comment = "the file does not say whether this server is logged in to";
        return;
    }
    if (scheme &&
        (scheme->type != MLINT_NODE_STRING || !mlint_apple_scheme(scheme->value, &auth))) {
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, scheme,
                           "maillint does not know this authentication scheme");
        field->comment = "maillint does not know the stored authentication scheme";
        return;
    }
    mlint_field_set_number(field, scheme ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT, scheme, auth);
    if (!scheme)
        field->where = where(reading, dict, "AuthenticationScheme");
}

void mlint_apple_poll_read(struct mlint_reading *reading, const struct mlint_node *settings,
                           struct mlint_side *incoming)
{
    const struct mlint_node *poll = mlint_node_get(settings, "PollTime");
    const struct mlint_node *fetch = mlint_node_get(settings, "AutoFetch");
    struct mlint_field *interval = &incoming->field[MLINT_FIELD_INTERVAL];
    int64_t number;

    interval->comment =
        "PollTime is not set: Mail's default applies (Mail > Settings > General > "
        "Check for new messages)";
    if (fetch && mlint_apple_truth(fetch, &number))
        mlint_field_set_number(&incoming->field[MLINT_FIELD_CHECK_ENABLED], MLINT_WRITTEN,
                               fetch, number != 0);
    if (!poll)
        return;
    if (!mlint_apple_whole(poll, &number) || number < -1 || number > INT32_MAX)
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, poll,
                           "PollTime is no number of minutes");
    else if (number == -1)
        interval->comment = "PollTime is -1: Mail itself decides how often it checks";
    else
        mlint_field_set_number(interval, MLINT_WRITTEN, poll, number * 60000);
}
