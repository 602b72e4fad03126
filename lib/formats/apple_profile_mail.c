/* apple_profile_mail.c: the payload com.apple.mail.managed as iOS and macOS understand it.
 *
 * UseSSL is no "TLS from the start": iOS begins TLS at once only on the protocol's secure port
 * and upgrades with STARTTLS on any other. An empty string is how Profile Manager and others
 * write "ask the user". Passwords are judged, never shown. */
#include "formats/apple_profile.h"

static const char NOT_FILLED_IN[] = "template not filled in";
static const char ASKED[] = "asked when the profile is installed";

/* The keys of a server. */
enum key { HOST, PORT, SSL, AUTH, USER, PASSWORD, KEYS };

static const struct mlint_str key_names[2][KEYS] = {
    { MLINT_STR_INIT("IncomingMailServerHostName"),
      MLINT_STR_INIT("IncomingMailServerPortNumber"),
      MLINT_STR_INIT("IncomingMailServerUseSSL"),
      MLINT_STR_INIT("IncomingMailServerAuthentication"),
      MLINT_STR_INIT("IncomingMailServerUsername"), MLINT_STR_INIT("IncomingPassword") },
    { MLINT_STR_INIT("OutgoingMailServerHostName"),
      MLINT_STR_INIT("OutgoingMailServerPortNumber"),
      MLINT_STR_INIT("OutgoingMailServerUseSSL"),
      MLINT_STR_INIT("OutgoingMailServerAuthentication"),
      MLINT_STR_INIT("OutgoingMailServerUsername"), MLINT_STR_INIT("OutgoingPassword") },
};

/* Keys that are no server's. */
enum other { TYPE, LABEL, ADDRESS, IDENTITY, SAME_PASSWORD, OTHERS };

static const struct mlint_str other_names[OTHERS] = {
    MLINT_STR_INIT("EmailAccountType"),
    MLINT_STR_INIT("EmailAccountDescription"),
    MLINT_STR_INIT("EmailAddress"),
    MLINT_STR_INIT("IdentificationUUID"),
    MLINT_STR_INIT("OutgoingPasswordSameAsIncomingPassword"),
};

/* The values of all these keys, found in one pass; NULL: not there. */
struct values {
    const struct mlint_node *value[2][KEYS];
    const struct mlint_node *other[OTHERS];
    bool has_outgoing; /* a key of the outgoing server, known or not */
};

/* One server being read. */
struct server {
    struct mlint_profile *profile;
    const struct mlint_node *payload;
    const struct mlint_node
        *identity;                 /* PayloadIdentification that fills the blanks, or NULL */
    const struct mlint_str *names; /* of its keys */
    const struct mlint_node *const *value; /* of each */
    struct mlint_side *side;
    enum mlint_protocol protocol;
};

/* Of a key IncomingMailServer... or OutgoingMailServer...: only PASSWORD is none. */
static void find_server_value(const struct mlint_node *node, unsigned side, struct values *out)
{
    for (unsigned key = 0; key < PASSWORD; key++) {
        if (mlint_str_eq(node->name, key_names[side][key]))
            out->value[side][key] = node;
    }
    out->has_outgoing |= side == 1;
}

static void find_value(const struct mlint_node *node, struct values *out)
{
    unsigned side = node->name.ptr[0] == 'O';

    if (mlint_str_starts(node->name, MLINT_STR("OutgoingMailServer")) ||
        mlint_str_starts(node->name, MLINT_STR("IncomingMailServer"))) {
        find_server_value(node, side, out);
        return;
    }
    if (mlint_str_eq(node->name, key_names[side][PASSWORD]))
        out->value[side][PASSWORD] = node;
    for (unsigned other = 0; other < OTHERS; other++) {
        if (mlint_str_eq(node->name, other_names[other]))
            out->other[other] = node;
    }
}

/* As mlint_node_get: the last of a name counts. */
static void find_values(const struct mlint_node *payload, struct values *out)
{
    *out = (struct values){ 0 };
    for (const struct mlint_node *node = payload->child; node; node = node->next) {
        char first = node->name.len ? node->name.ptr[0] : '\0';

        if (first == 'I' || first == 'O' || first == 'E')
            find_value(node, out);
    }
}

/* As mlint_apple_text, of a value that was found or not. */
static const struct mlint_node *text(const struct mlint_node *node)
{
    return node && node->type == MLINT_NODE_STRING && node->value.len ? node : NULL;
}

static int64_t secure_port(enum mlint_protocol protocol)
{
    return protocol == MLINT_PROTOCOL_POP3 ? 995 : protocol == MLINT_PROTOCOL_IMAP ? 993 : 465;
}

static const char *where(const struct server *server, enum key key)
{
    return mlint_profile_where(server->profile->reading, server->payload,
                               server->names[key].ptr);
}

/* ---- Protocol, host, authentication ---- */

static enum mlint_protocol read_protocol(struct mlint_profile *profile,
                                         const struct mlint_node *node,
                                         struct mlint_field *field)
{
    enum mlint_protocol protocol = 0;

    if (!node) {
        field->comment = "the profile does not say whether it is IMAP or POP";
        return 0;
    }
    if (mlint_str_eq(node->value, MLINT_STR("EmailTypeIMAP")))
        protocol = MLINT_PROTOCOL_IMAP;
    else if (mlint_str_eq(node->value, MLINT_STR("EmailTypePOP")))
        protocol = MLINT_PROTOCOL_POP3;
    if (protocol)
        mlint_field_set_number(field, MLINT_WRITTEN, node, protocol);
    else if (mlint_profile_is_code(node->value))
        field->comment = NOT_FILLED_IN;
    else
        mlint_reading_note(profile->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "EmailAccountType is neither EmailTypeIMAP nor EmailTypePOP; iOS "
                           "refuses the account");
    return protocol;
}

static void read_host(const struct server *server)
{
    const struct mlint_node *node = server->value[HOST];
    struct mlint_field *field = &server->side->field[MLINT_FIELD_HOST];

    if (node && node->type == MLINT_NODE_STRING)
        mlint_field_set_text(field, MLINT_WRITTEN, node, node->value);
    else
        mlint_profile_string(server->profile->reading, node, server->names[HOST].ptr, field);
    if (!node)
        field->comment = "the profile names no server";
}

static bool auth_number(struct mlint_reading *reading, const struct mlint_node *node,
                        struct mlint_field *field)
{
    static const struct {
        const char *name;
        enum mlint_auth auth;
    } names[] = {
        { "EmailAuthNone", MLINT_AUTH_NONE },
        { "EmailAuthPassword", MLINT_AUTH_PASSWORD_CLEARTEXT },
        { "EmailAuthCRAMMD5", MLINT_AUTH_PASSWORD_ENCRYPTED },
        { "EmailAuthHTTPMD5", MLINT_AUTH_PASSWORD_ENCRYPTED },
        { "EmailAuthNTLM", MLINT_AUTH_NTLM },
    };

    (void)reading;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (mlint_str_eq(node->value, mlint_str_from(names[i].name))) {
            mlint_field_set_number(field, MLINT_WRITTEN, node, names[i].auth);
            return true;
        }
    return false;
}

static void read_auth(const struct server *server)
{
    const struct mlint_node *node = server->value[AUTH];
    struct mlint_field *field = &server->side->field[MLINT_FIELD_AUTH];

    if (!node)
        field->comment = "the profile does not say how to log in, though iOS requires it to";
    else if (mlint_profile_is_code(node->value))
        field->comment = NOT_FILLED_IN;
    else if (!auth_number(server->profile->reading, node, field))
        mlint_reading_note(server->profile->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "%s has none of Apple's values (EmailAuthPassword, EmailAuthNone, "
                           "...); iOS refuses the account",
                           server->names[AUTH].ptr);
}

/* ---- Port and security, which only make sense together ---- */

static void default_port(const struct server *server, bool ssl)
{
    struct mlint_field *field = &server->side->field[MLINT_FIELD_PORT];
    int64_t port = ssl                                       ? secure_port(server->protocol)
                   : server->protocol == MLINT_PROTOCOL_POP3 ? 110
                                                             : 143;

    if (!server->protocol)
        return;
    if (server->profile->is_template) {
        field->comment = NOT_FILLED_IN;
        return;
    }
    if (server->protocol == MLINT_PROTOCOL_SMTP && !ssl) {
        field->comment = "the profile names no port: Apple Mail tries 25, 587 and 465 in turn";
        return;
    }
    mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, port);
    field->where = where(server, PORT);
}

/* 1: read; 0: not there; -1: there, but no number. */
static int read_port(const struct server *server, int64_t *port)
{
    const struct mlint_node *node = server->value[PORT];

    if (!node)
        return 0;
    if (!mlint_profile_number(server->profile->reading, node, port))
        return -1;
    mlint_field_set_number(&server->side->field[MLINT_FIELD_PORT], MLINT_WRITTEN, node, *port);
    return 1;
}

static void read_security(const struct server *server)
{
    const struct mlint_node *node = server->value[SSL];
    struct mlint_field *field = &server->side->field[MLINT_FIELD_SECURITY];
    enum mlint_security security = MLINT_SECURITY_NONE;
    int64_t port = 0, ssl = 0;
    int has_port = read_port(server, &port);

    if (node && !mlint_profile_flag(server->profile->reading, node, &ssl)) {
        field->comment = "the profile's value for SSL is neither yes nor no";
        return;
    }
    if (has_port == 0)
        default_port(server, ssl);
    if (!node && server->profile->is_template) {
        field->comment = NOT_FILLED_IN;
        return;
    }
    if (ssl && (has_port < 0 || (has_port && !server->protocol))) {
        field->comment = "SSL is asked for, but whether by TLS or STARTTLS depends on the port "
                         "and type, which the profile does not say";
        return;
    }
    if (ssl)
        security = has_port == 0 || port == secure_port(server->protocol)
                       ? MLINT_SECURITY_TLS
                       : MLINT_SECURITY_STARTTLS;
    mlint_field_set_number(field, node ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT, node, security);
    if (!node)
        field->where = where(server, SSL);
}

/* ---- Names and passwords ---- */

static const struct mlint_node *identity_text(const struct server *server, const char *key)
{
    return server->identity ? mlint_apple_text(server->identity, key) : NULL;
}

static void read_user(const struct server *server)
{
    struct mlint_field *field = &server->side->field[MLINT_FIELD_USERNAME];
    const struct mlint_node *own = mlint_profile_string(
        server->profile->reading, server->value[USER], server->names[USER].ptr, field);
    const struct mlint_node *shared = identity_text(server, "UserName");

    if (own || shared) {
        mlint_field_set_text(field, MLINT_WRITTEN, own ? own : shared,
                             own ? own->value : shared->value);
        field->inherited = !own;
        field->comment = NULL;
        return;
    }
    if (!field->comment)
        field->comment = ASKED;
    field->where = where(server, USER);
}

/* Whatever stands there, anyone can read it: also what iOS refuses for its type. */
static const struct mlint_node *find_password(const struct server *server)
{
    const struct mlint_node *node = server->value[PASSWORD];

    if (node && node->type != MLINT_NODE_STRING && node->type != MLINT_NODE_NULL)
        mlint_reading_note(server->profile->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "%s is no string; devices refuse the account",
                           server->names[PASSWORD].ptr);
    while (node && (node->type == MLINT_NODE_ARRAY || node->type == MLINT_NODE_DICT))
        node = node->child;
    return node && node->value.len ? node : NULL;
}

static void read_password(const struct server *server)
{
    const struct mlint_node *own = find_password(server);
    const struct mlint_node *shared = identity_text(server, "Password");
    struct mlint_field *field = &server->side->field[MLINT_FIELD_PASSWORD];

    if (own && mlint_profile_is_code(own->value)) {
        field->comment = NOT_FILLED_IN;
        return;
    }
    if (own || shared) {
        mlint_field_set_password(server->profile->reading->result, field, own ? own : shared,
                                 own ? own->value : shared->value);
        /* The identification's password serves both servers and is judged once. */
        field->inherited = !own && server->protocol == MLINT_PROTOCOL_SMTP;
        return;
    }
    field->comment = ASKED;
}

static void read_server(const struct server *server)
{
    server->side->exists = true;
    read_host(server);
    read_auth(server);
    read_security(server);
    read_user(server);
    read_password(server);
    mlint_profile_set_converters(server->profile, server->side);
}

/* With "same password" set, OutgoingPassword has no effect. */
static void read_outgoing_password(const struct server *server, const struct mlint_node *node)
{
    struct mlint_field *field = &server->side->field[MLINT_FIELD_PASSWORD];
    int64_t same = 0;

    if (!node || !mlint_profile_flag(server->profile->reading, node, &same) || !same)
        return;
    if (mlint_field_has(field) && !field->inherited && !server->profile->is_template)
        mlint_reading_note(server->profile->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "OutgoingPassword has no effect beside %s",
                           other_names[SAME_PASSWORD].ptr);
    memset(field, 0, sizeof *field);
    field->inherited = true;
    field->comment = "the same as the incoming password";
}

/* ---- The account ---- */

/* The identification payload that IdentificationUUID names (macOS): names and password. */
static const struct mlint_node *find_identity(const struct mlint_profile *profile,
                                              const struct mlint_node *wanted)
{
    const struct mlint_node *item = profile->payloads ? profile->payloads->child : NULL;

    for (; wanted && item; item = item->next) {
        const struct mlint_node *uuid = mlint_apple_text(item, "PayloadUUID");
        const struct mlint_node *found = mlint_node_get(item, "PayloadIdentification");
        if (uuid && found && mlint_str_eq_nocase(uuid->value, wanted->value))
            return found;
    }
    if (wanted)
        mlint_reading_note(profile->reading, MLINT_NOTE_UNKNOWN_VALUE, wanted,
                           "IdentificationUUID names no identification of this profile");
    return NULL;
}

static void read_names(struct mlint_profile *profile, struct mlint_account *account,
                       const struct values *values, const struct mlint_node *identity)
{
    const struct mlint_node *label = text(values->other[LABEL]);
    const struct mlint_node *address = mlint_profile_string(
        profile->reading, values->other[ADDRESS], "EmailAddress", &account->address);

    if (label)
        mlint_field_set_text(&account->name, MLINT_WRITTEN, label, label->value);
    if (!address && identity) {
        address = mlint_apple_text(identity, "EmailAddress");
        account->address.inherited = address;
    }
    if (address)
        mlint_profile_addresses(profile, account, address);
    else if (!account->address.comment)
        account->address.comment = ASKED;
}

void mlint_profile_mail(struct mlint_profile *profile, const struct mlint_node *payload)
{
    struct mlint_account *account = mlint_profile_account(profile, payload);
    struct server server = { .profile = profile, .payload = payload };
    struct values values;

    find_values(payload, &values);
    server.identity = find_identity(profile, text(values.other[IDENTITY]));
    if (!account)
        return;
    read_names(profile, account, &values, server.identity);
    server.names = key_names[0];
    server.value = values.value[0];
    server.side = &account->incoming;
    server.protocol =
        read_protocol(profile, values.other[TYPE], &server.side->field[MLINT_FIELD_PROTOCOL]);
    read_server(&server);
    server.side->field[MLINT_FIELD_LEAVE_ON_SERVER].comment =
        "Mail > Settings > Accounts > Account Information: not in a profile";
    mlint_profile_set_interval(profile, account);
    if (!values.has_outgoing)
        return;
    server.names = key_names[1];
    server.value = values.value[1];
    server.side = mlint_account_add_outgoing(profile->reading->result, account);
    if (!server.side)
        return;
    server.protocol = MLINT_PROTOCOL_SMTP;
    mlint_field_set_number(&server.side->field[MLINT_FIELD_PROTOCOL], MLINT_CLIENT_DEFAULT,
                           NULL, MLINT_PROTOCOL_SMTP);
    read_server(&server);
    read_outgoing_password(&server, values.other[SAME_PASSWORD]);
}
