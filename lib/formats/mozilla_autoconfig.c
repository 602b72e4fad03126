/* mozilla_autoconfig.c: clientConfig files (config-v1.1.xml of a provider, the ISPDB): what
 * Thunderbird sets up for an address. Each incoming server is an account to be, with every
 * outgoing server; what Thunderbird would pass over is said.
 *
 * The words and their order are model/clientconfig.c's; the same files serve as providers. */
#include "formats/format.h"
#include "model/clientconfig.h"

#include "base/num.h"
#include "source/limits.h"

#define TEN_MINUTES 600000

/* ---- Words back into the file --------------------------------------------------------------
 */

static bool read_nothing(struct mlint_reading *reading, const struct mlint_node *node,
                         struct mlint_field *field)
{
    (void)reading, (void)node, (void)field;
    return false;
}

static const char *write_socket(struct mlint_arena *arena, const struct mlint_node *node,
                                struct mlint_str value)
{
    static const char *const pairs[][2] = {
        { "none", "plain" },
        { "tls", "SSL" },
        { "starttls", "STARTTLS" },
    };

    (void)arena, (void)node;
    return mlint_conv_pair(value, pairs, 3);
}

static const char *write_auth(struct mlint_arena *arena, const struct mlint_node *node,
                              struct mlint_str value)
{
    static const char *const pairs[][2] = {
        { "password-cleartext", "password-cleartext" },
        { "password-encrypted", "password-encrypted" },
        { "kerberos", "GSSAPI" },
        { "oauth2", "OAuth2" },
        { "ntlm", "NTLM" },
    };

    (void)arena, (void)node;
    return mlint_conv_pair(value, pairs, 5);
}

static const struct mlint_converter socket_type = { "socketType", read_nothing, write_socket };
static const struct mlint_converter authentication = { "authentication", read_nothing,
                                                       write_auth };

/* ---- Fields of a server --------------------------------------------------------------------
 */

struct target {
    struct mlint_reading *reading;
    struct mlint_account *account;
    unsigned side;
};

static struct mlint_field *field_of(const struct target *target, enum mlint_field_id id)
{
    return mlint_account_field_of(target->account, target->side, id);
}

static const char *where(const struct target *target, const struct mlint_node *element,
                         const char *name)
{
    struct mlint_arena *arena = target->reading->arena;
    const struct mlint_str parts[] = { mlint_str_from(
                                           mlint_node_path(arena, MLINT_PATH_SLASH, element)),
                                       MLINT_STR("/"), mlint_str_from(name) };

    return mlint_arena_join(arena, parts, 3).ptr;
}

static void set_text(const struct target *target, enum mlint_field_id id,
                     const struct mlint_node *node, struct mlint_str value)
{
    struct mlint_field *field = field_of(target, id);

    if (!node)
        return;
    mlint_field_set_text(field, MLINT_WRITTEN, node, value);
    field->token = (uint8_t)mlint_cc_token(value);
    field->converter = &mlint_conv_element;
}

static void set_enum(const struct target *target, enum mlint_field_id id,
                     const struct mlint_node *node, int64_t value)
{
    struct mlint_field *field = field_of(target, id);

    if (node && value)
        mlint_field_set_number(field, MLINT_WRITTEN, node, value);
    else if (node)
        field->comment = "written, but as nothing that Thunderbird takes";
    else
        field->comment = "not in this file";
}

/* A port out of range is what rules want to see. */
static void set_port(const struct target *target, const struct mlint_cc_server *server)
{
    int64_t port = server->port_number;

    if (!port && server->port)
        mlint_num_parse(mlint_str_trim(server->port->value), 10, &port);
    set_enum(target, MLINT_FIELD_PORT, server->port, port);
    field_of(target, MLINT_FIELD_PORT)->converter = &mlint_conv_number;
}

static void set_password(const struct target *target, const struct mlint_cc_server *server)
{
    const struct mlint_node *node = mlint_node_get(server->element, "password");
    struct mlint_field *field = field_of(target, MLINT_FIELD_PASSWORD);

    if (node && node->type == MLINT_NODE_STRING && node->value.len) {
        mlint_field_set_password(target->reading->result, field, node, node->value);
        return;
    }
    field->number = MLINT_PASSWORD_ABSENT;
    field->comment = "not in this file; Thunderbird asks for it";
}

static void read_server(const struct target *target, const struct mlint_cc_server *server)
{
    struct mlint_field *username = field_of(target, MLINT_FIELD_USERNAME);

    mlint_field_set_number(field_of(target, MLINT_FIELD_PROTOCOL), MLINT_WRITTEN, server->type,
                           server->protocol);
    set_text(target, MLINT_FIELD_HOST, server->host, server->host_text);
    set_port(target, server);
    set_enum(target, MLINT_FIELD_SECURITY, server->socket, server->security);
    field_of(target, MLINT_FIELD_SECURITY)->converter = &socket_type;
    set_enum(target, MLINT_FIELD_AUTH, server->auth, server->chosen);
    field_of(target, MLINT_FIELD_AUTH)->converter = &authentication;
    set_text(target, MLINT_FIELD_USERNAME, server->username, server->username_text);
    if (!server->username)
        username->where = where(target, server->element, "username");
    set_password(target, server);
}

/* Every new account checks each 10 minutes and leaves mail on the server, whatever the file
 * says of an interval (CreateInBackend of Thunderbird 153). */
static void read_polling(const struct target *target, const struct mlint_cc_server *server)
{
    const struct mlint_node *pop = mlint_node_get(server->element, "pop3");
    const struct mlint_node *leave = mlint_node_get(pop, "leaveMessagesOnServer");
    struct mlint_field *field = field_of(target, MLINT_FIELD_INTERVAL);
    struct mlint_str word;

    mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, TEN_MINUTES);
    field->where = "check_time";
    field->comment = "Thunderbird gives every new account 10 minutes";
    if (mlint_node_get(pop, "checkInterval"))
        mlint_reading_note(
            target->reading, MLINT_NOTE_UNKNOWN_VALUE, mlint_node_get(pop, "checkInterval"),
            "Thunderbird passes over checkInterval: new accounts get 10 minutes");
    if (server->protocol != MLINT_PROTOCOL_POP3)
        return;
    field = field_of(target, MLINT_FIELD_LEAVE_ON_SERVER);
    word = leave && leave->type == MLINT_NODE_STRING ? mlint_str_trim(leave->value)
                                                     : MLINT_STR("");
    if (mlint_str_eq(word, MLINT_STR("true")) || mlint_str_eq(word, MLINT_STR("false"))) {
        mlint_field_set_number(field, MLINT_WRITTEN, leave, word.len == 4);
        return;
    }
    mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, 1);
    field->where = where(target, server->element, "pop3/leaveMessagesOnServer");
    if (leave)
        mlint_reading_note(
            target->reading, MLINT_NOTE_UNKNOWN_VALUE, leave,
            "leaveMessagesOnServer is neither true nor false: Thunderbird passes "
            "over it and leaves messages");
}

/* ---- What Thunderbird makes of it ----------------------------------------------------------
 */

static void check_text(struct mlint_reading *reading, const struct mlint_node *node,
                       struct mlint_str value)
{
    if (node && mlint_cc_odd_percent(value) < value.len)
        mlint_reading_note(
            reading, MLINT_NOTE_UNKNOWN_VALUE, node,
            "\"%.*s\" has a placeholder that Thunderbird does not know: it knows "
            "%%EMAILADDRESS%%, %%EMAILLOCALPART%%, %%EMAILDOMAIN%% and %%REALNAME%%",
            MLINT_STR_ARG(value));
}

/* Words that are passed over for a later element. */
static void check_words(struct mlint_reading *reading, const struct mlint_cc_server *server)
{
    for (const struct mlint_node *node = server->element->child; node; node = node->next) {
        bool socket = mlint_str_eq(node->name, MLINT_STR("socketType"));
        bool chosen;

        if ((node->flags & MLINT_NODE_ATTRIBUTE) ||
            (!socket && !mlint_str_eq(node->name, MLINT_STR("authentication"))))
            continue;
        chosen = node == (socket ? server->socket : server->auth);
        if (chosen && (socket ? server->security : server->chosen))
            return; /* what follows is an alternative that is not needed */
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "%s \"%.*s\" is none that Thunderbird knows",
                           socket ? "socketType" : "authentication",
                           MLINT_STR_ARG(node->value));
    }
}

static void check_server(struct mlint_reading *reading, const struct mlint_cc_server *server)
{
    struct mlint_str port = server->port ? mlint_str_trim(server->port->value) : MLINT_STR("");
    int64_t number;

    check_text(reading, server->host, server->host_text);
    check_text(reading, server->username, server->username_text);
    if (server->protocol && server->protocol != MLINT_PROTOCOL_OTHER)
        check_words(reading, server);
    if (server->port_number && !mlint_num_parse(port, 10, &number))
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, server->port,
                           "port \"%.*s\" is taken as %lld", MLINT_STR_ARG(port),
                           (long long)server->port_number);
    if (server->rejected && !reading->tree->damaged)
        mlint_tree_note(reading->tree, MLINT_NOTE_SYNTAX, server->element->name_span,
                        "Thunderbird passes over this server: %s", server->rejected);
}

static void reject_file(struct mlint_reading *reading, const struct mlint_node *node,
                        const char *what)
{
    mlint_tree_note(reading->tree, MLINT_NOTE_SYNTAX, node->name_span,
                    "Thunderbird refuses the whole file: %s", what);
}

/* "isp.example.xml" of a collection of files; config-v1.1.xml is named after nothing. */
static struct mlint_str file_domain(struct mlint_reading *reading)
{
    struct mlint_str name = mlint_str_base_name(reading->source->name);

    if (!mlint_str_ends_nocase(name, MLINT_STR(".xml")))
        return MLINT_STR("");
    name.len -= 4;
    if (mlint_str_find_char(name, '.') == name.len || !mlint_cc_is_host(name) ||
        mlint_str_find(name, MLINT_STR("config-v")) < name.len)
        return MLINT_STR("");
    return name;
}

static void check_names(struct mlint_reading *reading, const struct mlint_node *provider)
{
    const struct mlint_node *id = mlint_node_get(provider, "id");
    struct mlint_str file = file_domain(reading);
    bool any = false, listed = false;

    for (const struct mlint_node *node = provider->child; node; node = node->next) {
        struct mlint_str domain;

        if (!mlint_str_eq(node->name, MLINT_STR("domain")) || node->type != MLINT_NODE_STRING)
            continue;
        domain = mlint_str_trim(node->value);
        listed |= mlint_str_eq_nocase(domain, file);
        if (mlint_cc_is_host(domain))
            any = true;
        else
            mlint_reading_note(reading, MLINT_NOTE_SYNTAX, node,
                               "Thunderbird passes over this domain: \"%.*s\" is not one",
                               MLINT_STR_ARG(domain));
    }
    if (!any)
        reject_file(reading, provider, "it names no domain");
    if (!id || !mlint_cc_is_host(mlint_str_trim(id->value)))
        reject_file(reading, provider, "the provider's id is not a domain");
    else if (file.len && !mlint_str_eq_nocase(mlint_str_trim(id->value), file))
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, id,
                           "the id is \"%.*s\", but the file is named after \"%.*s\"",
                           MLINT_STR_ARG(id->value), MLINT_STR_ARG(file));
    if (any && file.len && !listed)
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, id,
                           "the domain that the file is named after, \"%.*s\", is not listed",
                           MLINT_STR_ARG(file));
}

/* ---- Accounts ------------------------------------------------------------------------------
 */

/* What all accounts of a file share, looked up once: files can be long. */
struct shared {
    struct mlint_reading *reading;
    const struct mlint_node *name; /* displayName, or NULL */
    struct mlint_cc_server smtp[MLINT_LIMIT_OUTGOING];
    size_t smtp_count;
    bool incoming, outgoing; /* Thunderbird takes at least one */
};

static void add_outgoing(const struct shared *shared, struct target *target)
{
    target->side = MLINT_OUTGOING;
    for (size_t i = 0; i < shared->smtp_count; i++, target->side++) {
        if (!mlint_account_add_outgoing(shared->reading->result, target->account))
            return;
        read_server(target, &shared->smtp[i]);
    }
}

/* "imap-1": its type and its number among the accounts. */
static struct mlint_str key_of(struct mlint_reading *reading,
                               const struct mlint_cc_server *server)
{
    char number[20];
    struct mlint_str parts[] = { server->type->value, MLINT_STR("-"), MLINT_STR("") };

    parts[2] =
        mlint_str_make(number, mlint_num_digits(number, reading->file->account_count + 1));
    return mlint_arena_join(reading->arena, parts, 3);
}

static void add_account(const struct shared *shared, const struct mlint_cc_server *server)
{
    struct mlint_reading *reading = shared->reading;
    struct target target = { reading, NULL, MLINT_INCOMING };

    target.account =
        mlint_result_add_account(reading->result, reading->file, key_of(reading, server));
    if (!target.account)
        return;
    target.account->node = server->element;
    target.account->flags |= MLINT_ACCOUNT_TEMPLATE;
    target.account->incoming.exists = true;
    if (shared->name && shared->name->type == MLINT_NODE_STRING)
        mlint_field_set_text(&target.account->name, MLINT_WRITTEN, shared->name,
                             mlint_str_trim(shared->name->value));
    if (server->protocol == MLINT_PROTOCOL_OTHER) {
        target.account->flags |= MLINT_ACCOUNT_OTHER;
        mlint_field_set_number(field_of(&target, MLINT_FIELD_PROTOCOL), MLINT_WRITTEN,
                               server->type, MLINT_PROTOCOL_OTHER);
        return;
    }
    read_server(&target, server);
    read_polling(&target, server);
    add_outgoing(shared, &target);
}

static void find_outgoing(struct shared *shared, const struct mlint_node *provider)
{
    struct mlint_cc_server server;

    for (const struct mlint_node *node = provider->child; node; node = node->next) {
        if (!mlint_str_eq(node->name, MLINT_STR("outgoingServer")) ||
            !mlint_cc_read(node, &server) || server.protocol != MLINT_PROTOCOL_SMTP)
            continue;
        shared->outgoing |= !server.rejected;
        if (shared->smtp_count < MLINT_LIMIT_OUTGOING)
            shared->smtp[shared->smtp_count++] = server;
    }
}

/* What an element says of a server: in `room` unless it is known; NULL: it is none. */
static const struct mlint_cc_server *server_of(const struct shared *shared,
                                               const struct mlint_node *element,
                                               struct mlint_cc_server *room)
{
    for (size_t i = 0; i < shared->smtp_count; i++) {
        if (shared->smtp[i].element == element)
            return &shared->smtp[i];
    }
    return mlint_cc_read(element, room) ? room : NULL;
}

static void add_accounts(struct mlint_reading *reading, const struct mlint_node *provider)
{
    struct shared shared; /* its servers are written before they are read */
    struct mlint_cc_server room;

    shared.reading = reading;
    shared.name = mlint_node_get(provider, "displayName");
    shared.smtp_count = 0;
    shared.incoming = shared.outgoing = false;
    find_outgoing(&shared, provider);
    for (const struct mlint_node *node = provider->child; node; node = node->next) {
        const struct mlint_cc_server *server = server_of(&shared, node, &room);

        if (!server)
            continue;
        check_server(reading, server);
        if (!server->protocol || server->protocol == MLINT_PROTOCOL_SMTP)
            continue;
        shared.incoming |= !server->rejected;
        add_account(&shared, server);
    }
    if (reading->tree->damaged)
        return;
    if (!shared.incoming)
        reject_file(reading, provider, "it has no incoming server that can be used");
    if (!shared.outgoing)
        reject_file(reading, provider, "it has no outgoing server that can be used");
}

/* ---- The format ----------------------------------------------------------------------------
 */

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome;
    const struct mlint_node *root = mlint_reading_xml_root(reading, "clientConfig", false,
                                                           &outcome),
                            *provider;

    if (reading->tree && reading->tree->damaged &&
        mlint_str_starts_nocase(reading->source->text, MLINT_STR("<?php"))) {
        reading->file->detail = "a PHP program, not the clientConfig that it sends";
        return MLINT_READ_NOT_MINE;
    }
    if (!root)
        return outcome;
    provider = mlint_cc_provider(reading->tree);
    if (!provider) {
        if (outcome == MLINT_READ_OK)
            reject_file(reading, root, "it has no emailProvider");
        return outcome;
    }
    add_accounts(reading, provider);
    if (outcome == MLINT_READ_OK)
        check_names(reading, provider);
    return outcome;
}

static int probe(const struct mlint_probe *probe)
{
    return mlint_probe_xml_root(probe, "clientConfig");
}

const struct mlint_format mlint_format_mozilla_autoconfig = {
    .id = "mozilla-autoconfig",
    .client = MLINT_CLIENT_THUNDERBIRD,
    .title = "Mozilla clientConfig (config-v1.1.xml, ISPDB)",
    .recognised_by = "XML whose root element is clientConfig",
    .needs = "xml",
    .starts = "<",
    .probe = probe,
    .read = read,
    .parse = mlint_reading_xml,
};
