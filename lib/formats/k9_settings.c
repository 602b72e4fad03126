/* k9_settings.c: settings exported by K-9 Mail and Thunderbird for Android (.k9s, XML). What a
 * missing interval means depends on the version of the export; of values with one name the
 * first counts (SettingsFileParser, SettingsImporter). */
#include "formats/format.h"

#include "base/num.h"

/* ---- Elements ------------------------------------------------------------------------------
 */

/* The first of that name, where mlint_node_get finds the last. */
static const struct mlint_node *first(const struct mlint_node *parent, const char *name)
{
    const struct mlint_node *node = parent ? parent->child : NULL;

    while (node && !mlint_str_eq(node->name, mlint_str_from(name)))
        node = node->next;
    return node;
}

static struct mlint_str text_of(const struct mlint_node *parent, const char *name)
{
    const struct mlint_node *node = first(parent, name);

    return node && node->type == MLINT_NODE_STRING ? mlint_str_trim(node->value)
                                                   : MLINT_STR("");
}

/* <value key="NAME"> among the settings. */
static const struct mlint_node *setting(const struct mlint_node *settings, const char *name)
{
    const struct mlint_node *node = settings ? settings->child : NULL;

    while (node && (!mlint_str_eq(node->name, MLINT_STR("value")) ||
                    !mlint_str_eq(text_of(node, "key"), mlint_str_from(name))))
        node = node->next;
    return node;
}

/* ---- Words ---------------------------------------------------------------------------------
 */

struct word {
    const char *word;
    int64_t number;
};

/* The two OPTIONAL ones ended with version 92, which reads them as REQUIRED. */
static const struct word securities[] = {
    { "NONE", MLINT_SECURITY_NONE },
    { "STARTTLS_REQUIRED", MLINT_SECURITY_STARTTLS },
    { "SSL_TLS_REQUIRED", MLINT_SECURITY_TLS },
    { "STARTTLS_OPTIONAL", MLINT_SECURITY_STARTTLS },
    { "SSL_TLS_OPTIONAL", MLINT_SECURITY_TLS },
    { NULL, 0 },
};

static const struct word auths[] = {
    { "PLAIN", MLINT_AUTH_PASSWORD_CLEARTEXT },
    { "LOGIN", MLINT_AUTH_PASSWORD_CLEARTEXT },
    { "AUTOMATIC", MLINT_AUTH_ANY },
    { "CRAM_MD5", MLINT_AUTH_PASSWORD_ENCRYPTED },
    { "EXTERNAL", MLINT_AUTH_CERTIFICATE },
    { "XOAUTH2", MLINT_AUTH_OAUTH2 },
    { "NONE", MLINT_AUTH_NONE },
    { NULL, 0 },
};

static const char *write_security(struct mlint_arena *arena, const struct mlint_node *node,
                                  struct mlint_str value)
{
    static const char *const pairs[][2] = {
        { "none", "NONE" },
        { "starttls", "STARTTLS_REQUIRED" },
        { "tls", "SSL_TLS_REQUIRED" },
    };

    (void)arena, (void)node;
    return mlint_conv_pair(value, pairs, 3);
}

static const char *write_auth(struct mlint_arena *arena, const struct mlint_node *node,
                              struct mlint_str value)
{
    static const char *const pairs[][2] = {
        { "password-cleartext", "PLAIN" },
        { "password-encrypted", "CRAM_MD5" },
        { "oauth2", "XOAUTH2" },
    };

    (void)arena, (void)node;
    return mlint_conv_pair(value, pairs, 3);
}

static bool read_nothing(struct mlint_reading *reading, const struct mlint_node *node,
                         struct mlint_field *field)
{
    (void)reading, (void)node, (void)field;
    return false;
}

static const struct mlint_converter security = { "connection-security", read_nothing,
                                                 write_security };
static const struct mlint_converter auth = { "authentication-type", read_nothing, write_auth };

/* ---- Servers -------------------------------------------------------------------------------
 */

struct target {
    struct mlint_reading *reading;
    struct mlint_account *account;
    unsigned side;
    const struct mlint_node *server;
    int64_t version; /* of the export; 0 unknown */
};

static struct mlint_field *field_of(const struct target *target, enum mlint_field_id id)
{
    return mlint_account_field_of(target->account, target->side, id);
}

static const char *where(const struct target *target, const struct mlint_node *parent,
                         const char *name)
{
    return mlint_arena_printf(target->reading->arena, "%s/%s",
                              mlint_node_path(target->reading->arena, MLINT_PATH_SLASH, parent),
                              name);
}

static void set_text(const struct target *target, enum mlint_field_id id, const char *name)
{
    const struct mlint_node *node = first(target->server, name);
    struct mlint_field *field = field_of(target, id);

    if (!node || node->type != MLINT_NODE_STRING) {
        field->where = where(target, target->server, name);
        return;
    }
    mlint_conv_element.read(target->reading, node, field);
    field->converter = &mlint_conv_element;
}

static void set_word(const struct target *target, enum mlint_field_id id, const char *name,
                     const struct word *words)
{
    const struct mlint_node *node = first(target->server, name);
    struct mlint_str text = text_of(target->server, name);
    struct mlint_field *field = field_of(target, id);

    if (!text.len) {
        field->where = where(target, target->server, name);
        return;
    }
    for (; words->word; words++) {
        if (!mlint_str_eq(text, mlint_str_from(words->word)))
            continue;
        mlint_field_set_number(field, MLINT_WRITTEN, node, words->number);
        field->converter = id == MLINT_FIELD_SECURITY ? &security : &auth;
        return;
    }
    field->comment = "written, but with a word that K-9 Mail does not know";
    mlint_reading_note(target->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                       "%s \"%.*s\" is none that K-9 Mail knows", name, MLINT_STR_ARG(text));
}

static void set_port(const struct target *target)
{
    const struct mlint_node *node = first(target->server, "port");
    struct mlint_field *field = field_of(target, MLINT_FIELD_PORT);
    int64_t port;

    field->where = where(target, target->server, "port");
    if (mlint_num_parse(text_of(target->server, "port"), 10, &port)) {
        mlint_field_set_number(field, MLINT_WRITTEN, node, port);
        field->converter = &mlint_conv_number;
    } else if (node) {
        mlint_reading_note(target->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "port should be a number");
    }
}

static void read_server(const struct target *target, enum mlint_protocol protocol)
{
    const struct mlint_node *secret = first(target->server, "password");
    struct mlint_field *password = field_of(target, MLINT_FIELD_PASSWORD);

    mlint_field_set_number(field_of(target, MLINT_FIELD_PROTOCOL), MLINT_WRITTEN,
                           first(target->server, "type"), protocol);
    set_text(target, MLINT_FIELD_HOST, "host");
    set_port(target);
    set_word(target, MLINT_FIELD_SECURITY, "connection-security", securities);
    set_word(target, MLINT_FIELD_AUTH, "authentication-type", auths);
    set_text(target, MLINT_FIELD_USERNAME, "username");
    if (secret && secret->type == MLINT_NODE_STRING && secret->value.len) {
        mlint_field_set_password(target->reading->result, password, secret, secret->value);
        return;
    }
    password->number = MLINT_PASSWORD_ABSENT;
    password->comment = "an export carries no password; the app asks for it";
}

/* Version 95 brought NONE; before it a server without a name had no login. */
static void read_outgoing(struct target *target, const struct mlint_node *server)
{
    struct mlint_field *field;

    if (!server || !mlint_account_add_outgoing(target->reading->result, target->account))
        return;
    target->side = MLINT_OUTGOING;
    target->server = server;
    read_server(target, MLINT_PROTOCOL_SMTP);
    field = field_of(target, MLINT_FIELD_AUTH);
    if (target->version && target->version < 95 && !text_of(server, "username").len) {
        *field = (struct mlint_field){ .where = where(target, server, "username") };
        mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, MLINT_AUTH_NONE);
    }
}

/* ---- Polling -------------------------------------------------------------------------------
 */

#define INTERVAL "automaticCheckIntervalMinutes"

static void set_minutes(const struct target *target, enum mlint_presence presence,
                        const struct mlint_node *node, int64_t minutes)
{
    mlint_field_set_number(field_of(target, MLINT_FIELD_CHECK_ENABLED), presence, node,
                           minutes > 0);
    mlint_field_set_number(field_of(target, MLINT_FIELD_INTERVAL), presence, node,
                           minutes > 0 ? minutes * 60000 : 0);
}

/* What the app lets one choose; the last three until version 60. */
static bool can_choose(int64_t minutes, int64_t version)
{
    static const int64_t choices[] = { -1, 15, 30, 60, 120, 180, 360, 720, 1440, 1, 5, 10 };
    size_t count = sizeof(choices) / sizeof(choices[0]) - (version > 60 ? 3 : 0);

    for (size_t i = 0; i < count; i++) {
        if (choices[i] == minutes)
            return true;
    }
    return false;
}

/* -1 is "never". The app's own default was that until version 60, is 15 minutes since. */
static void read_interval(const struct target *target, const struct mlint_node *settings)
{
    const struct mlint_node *node = setting(settings, INTERVAL);
    struct mlint_field *field = field_of(target, MLINT_FIELD_INTERVAL);
    int64_t minutes;

    if (node && mlint_num_parse(mlint_str_trim(node->value), 10, &minutes)) {
        if (can_choose(minutes, target->version)) {
            set_minutes(target, MLINT_WRITTEN, node, minutes);
            return;
        }
        mlint_reading_note(target->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           INTERVAL " %lld is none that K-9 Mail has", (long long)minutes);
        field->comment = "written, but with an interval that K-9 Mail does not have";
        return;
    }
    if (node)
        mlint_reading_note(target->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           INTERVAL " should be a number of minutes, or -1");
    if (!target->version) {
        field->comment = "not in this file, which does not say its version either";
        return;
    }
    set_minutes(target, MLINT_CLIENT_DEFAULT, NULL, target->version < 61 ? -1 : 15);
    field->where = where(target, target->server->parent, "settings/" INTERVAL);
}

static void read_incoming(struct target *target, enum mlint_protocol protocol)
{
    const struct mlint_node *settings = first(target->server->parent, "settings");
    const struct mlint_node *policy = setting(settings, "deletePolicy");
    struct mlint_field *leave = field_of(target, MLINT_FIELD_LEAVE_ON_SERVER);

    read_server(target, protocol);
    read_interval(target, settings);
    /* Whatever the policy, nothing is deleted from the server by being read. */
    if (protocol == MLINT_PROTOCOL_POP3)
        mlint_field_set_number(leave, policy ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT, policy, 1);
}

/* ---- Accounts ------------------------------------------------------------------------------
 */

static void read_identities(const struct target *target, const struct mlint_node *account)
{
    const struct mlint_node *list = first(account, "identities");
    const struct mlint_node *node = list ? list->child : NULL;

    for (; node; node = node->next) {
        struct mlint_str email = text_of(node, "email");

        if (!email.len)
            continue;
        if (target->account->address.presence == MLINT_ABSENT)
            mlint_field_set_text(&target->account->address, MLINT_WRITTEN, first(node, "email"),
                                 email);
        mlint_account_add_address(target->reading->result, target->account, email, false);
    }
}

static bool is_uuid(struct mlint_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (dash ? s.ptr[i] != '-' : mlint_hex_digit(s.ptr[i]) < 0)
            return false;
    }
    return s.len == 36;
}

static void leave_out(struct mlint_account *account, const char *why)
{
    account->flags |= MLINT_ACCOUNT_NOT_LIVE;
    if (!account->not_live)
        account->not_live = why;
}

static void read_servers(struct target *target, const struct mlint_node *account)
{
    const struct mlint_node *incoming = first(account, "incoming-server");
    struct mlint_str type = text_of(incoming, "type");

    target->server = incoming;
    if (!incoming || incoming->type != MLINT_NODE_GROUP) {
        leave_out(target->account, "no incoming server: the app does not import it");
        return;
    }
    if (!type.len) {
        leave_out(target->account,
                  "the incoming server has no type: the app does not import it");
        return;
    }
    target->account->incoming.exists = true;
    if (mlint_str_eq_nocase(type, MLINT_STR("POP3"))) {
        read_incoming(target, MLINT_PROTOCOL_POP3);
    } else if (mlint_str_eq_nocase(type, MLINT_STR("IMAP"))) {
        read_incoming(target, MLINT_PROTOCOL_IMAP);
    } else {
        target->account->flags |= MLINT_ACCOUNT_OTHER;
        mlint_field_set_number(field_of(target, MLINT_FIELD_PROTOCOL), MLINT_WRITTEN,
                               first(incoming, "type"), MLINT_PROTOCOL_OTHER);
        return;
    }
    read_outgoing(target, first(account, "outgoing-server"));
}

static void add_account(struct mlint_reading *reading, const struct mlint_node *node,
                        int64_t version)
{
    struct target target = { .reading = reading, .version = version };
    struct mlint_str uuid = text_of(node, "uuid");

    target.account = mlint_result_add_account(reading->result, reading->file, uuid);
    if (!target.account)
        return;
    target.account->node = node;
    if (!is_uuid(uuid))
        leave_out(target.account, "its uuid is not one: the app does not import it");
    if (text_of(node, "name").len)
        mlint_field_set_text(&target.account->name, MLINT_WRITTEN, first(node, "name"),
                             text_of(node, "name"));
    read_identities(&target, node);
    read_servers(&target, node);
}

/* ---- The format ----------------------------------------------------------------------------
 */

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome;
    const struct mlint_node *root =
                                mlint_reading_xml_root(reading, "k9settings", false, &outcome),
                            *accounts;
    int64_t version = 0;

    if (!root)
        return outcome;
    if (!mlint_num_parse(text_of(root, "version"), 10, &version) || version < 1)
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, first(root, "version"),
                           "the export does not say its version: the app does not import it");
    accounts = first(root, "accounts");
    for (const struct mlint_node *node = accounts ? accounts->child : NULL; node;
         node = node->next) {
        if (mlint_str_eq(node->name, MLINT_STR("account")) && node->type == MLINT_NODE_GROUP)
            add_account(reading, node, version);
    }
    if (reading->tree->damaged)
        mlint_reading_drop_defaults(reading);
    return outcome;
}

static int probe(const struct mlint_probe *probe)
{
    return mlint_probe_xml_root(probe, "k9settings");
}

const struct mlint_format mlint_format_k9_settings = {
    .id = "k9-settings",
    .client = MLINT_CLIENT_K9,
    .title = "settings of K-9 Mail or Thunderbird for Android (.k9s)",
    .recognised_by = "XML whose root element is k9settings",
    .needs = "xml",
    .starts = "<",
    .probe = probe,
    .read = read,
    .parse = mlint_reading_xml,
};
