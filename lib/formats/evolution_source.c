/* evolution_source.c: .source files of Evolution. An account is three of them, linked by their
 * names: the account itself, its identity (IdentityUid), and the transport that the identity
 * names (TransportUid). The account's file is read with the two beside it; the others alone
 * hold no account. */
#include "formats/format.h"
#include "syntax/ini.h"

#include "base/num.h"

struct target {
    struct mlint_reading *reading;
    struct mlint_account *account;
    unsigned side;
    const struct mlint_tree *tree; /* of the part at hand */
};

static struct mlint_field *field_of(const struct target *target, enum mlint_field_id id)
{
    return mlint_account_field_of(target->account, target->side, id);
}

static const struct mlint_node *value(const struct mlint_tree *tree, const char *section,
                                      const char *name)
{
    return tree ? mlint_ini_value(tree, mlint_ini_section(tree, mlint_str_from(section)),
                                  mlint_str_from(name))
                : NULL;
}

static struct mlint_str text_of(const struct mlint_tree *tree, const char *section,
                                const char *name)
{
    const struct mlint_node *node = value(tree, section, name);

    return node ? node->value : MLINT_STR("");
}

static void set_text(const struct target *target, enum mlint_field_id id, const char *section,
                     const char *name)
{
    const struct mlint_node *node = value(target->tree, section, name);

    if (!node)
        return;
    mlint_field_set_text(field_of(target, id), MLINT_WRITTEN, node, node->value);
    field_of(target, id)->converter = &mlint_conv_text;
}

/* ---- Words ---------------------------------------------------------------------------------
 */

static const char *write_security(struct mlint_arena *arena, const struct mlint_node *node,
                                  struct mlint_str word)
{
    static const char *const pairs[][2] = {
        { "none", "none" },
        { "tls", "ssl-on-alternate-port" },
        { "starttls", "starttls-on-standard-port" },
    };

    (void)arena, (void)node;
    return mlint_conv_pair(word, pairs, 3);
}

static bool read_nothing(struct mlint_reading *reading, const struct mlint_node *node,
                         struct mlint_field *field)
{
    (void)reading, (void)node, (void)field;
    return false;
}

static const struct mlint_converter security = { "Security", read_nothing, write_security };

static void set_security(const struct target *target)
{
    static const struct {
        const char *word;
        enum mlint_security security;
    } words[] = {
        { "none", MLINT_SECURITY_NONE },
        { "ssl-on-alternate-port", MLINT_SECURITY_TLS },
        { "starttls-on-standard-port", MLINT_SECURITY_STARTTLS },
    };
    const struct mlint_node *node = value(target->tree, "Security", "Method");
    struct mlint_field *field = field_of(target, MLINT_FIELD_SECURITY);

    for (size_t i = 0; node && i < sizeof(words) / sizeof(words[0]); i++) {
        if (!mlint_str_eq(node->value, mlint_str_from(words[i].word)))
            continue;
        mlint_field_set_number(field, MLINT_WRITTEN, node, words[i].security);
        field->converter = &security;
        return;
    }
    field->where = "[Security]Method";
    if (node)
        mlint_reading_note(target->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "Method of [Security] is none that Evolution knows");
}

/* SASL names; an empty one, or "none" for incoming mail, is a plain login. */
static void set_auth(const struct target *target)
{
    static const struct {
        const char *word;
        enum mlint_auth auth;
    } words[] = {
        { "PLAIN", MLINT_AUTH_PASSWORD_CLEARTEXT },
        { "LOGIN", MLINT_AUTH_PASSWORD_CLEARTEXT },
        { "plain/password", MLINT_AUTH_PASSWORD_CLEARTEXT },
        { "password", MLINT_AUTH_PASSWORD_CLEARTEXT },
        { "CRAM-MD5", MLINT_AUTH_PASSWORD_ENCRYPTED },
        { "DIGEST-MD5", MLINT_AUTH_PASSWORD_ENCRYPTED },
        { "+APOP", MLINT_AUTH_PASSWORD_ENCRYPTED },
        { "NTLM", MLINT_AUTH_NTLM },
        { "GSSAPI", MLINT_AUTH_KERBEROS },
        { "XOAUTH2", MLINT_AUTH_OAUTH2 },
        { "OAuth2", MLINT_AUTH_OAUTH2 },
        { "Google", MLINT_AUTH_OAUTH2 },
        { "Outlook", MLINT_AUTH_OAUTH2 },
        { "POPB4SMTP", MLINT_AUTH_POP_BEFORE_SMTP },
    };
    const struct mlint_node *node = value(target->tree, "Authentication", "Method");
    struct mlint_field *field = field_of(target, MLINT_FIELD_AUTH);

    field->where = "[Authentication]Method";
    if (!node)
        return;
    if (!node->value.len || mlint_str_eq_nocase(node->value, MLINT_STR("none"))) {
        mlint_field_set_number(field, MLINT_WRITTEN, node,
                               target->side ? MLINT_AUTH_NONE : MLINT_AUTH_PASSWORD_CLEARTEXT);
        return;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (mlint_str_eq_nocase(node->value, mlint_str_from(words[i].word)))
            mlint_field_set_number(field, MLINT_WRITTEN, node, words[i].auth);
    }
    if (field->presence == MLINT_ABSENT)
        mlint_reading_note(target->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "Method \"%.*s\" is none that maillint knows",
                           MLINT_STR_ARG(node->value));
}

/* ---- Servers -------------------------------------------------------------------------------
 */

static void read_server(const struct target *target, enum mlint_protocol protocol,
                        const char *section)
{
    const struct mlint_node *port = value(target->tree, "Authentication", "Port");
    struct mlint_field *password = field_of(target, MLINT_FIELD_PASSWORD);
    int64_t number;

    mlint_field_set_number(field_of(target, MLINT_FIELD_PROTOCOL), MLINT_WRITTEN,
                           value(target->tree, section, "BackendName"), protocol);
    set_text(target, MLINT_FIELD_HOST, "Authentication", "Host");
    set_text(target, MLINT_FIELD_USERNAME, "Authentication", "User");
    if (port && mlint_num_parse(port->value, 10, &number)) {
        mlint_field_set_number(field_of(target, MLINT_FIELD_PORT), MLINT_WRITTEN, port, number);
        field_of(target, MLINT_FIELD_PORT)->converter = &mlint_conv_number;
    }
    set_security(target);
    set_auth(target);
    password->number = MLINT_PASSWORD_ABSENT;
    password->comment = "Evolution keeps passwords in the desktop's keyring";
}

static int truth_of(const struct mlint_node *node)
{
    if (node && mlint_str_eq_nocase(node->value, MLINT_STR("true")))
        return 1;
    return node && mlint_str_eq_nocase(node->value, MLINT_STR("false")) ? 0 : -1;
}

static void set_flag(struct mlint_field *field, const struct mlint_node *node)
{
    if (truth_of(node) >= 0)
        mlint_field_set_number(field, MLINT_WRITTEN, node, truth_of(node));
}

static void read_polling(const struct target *target)
{
    const struct mlint_node *minutes = value(target->tree, "Refresh", "IntervalMinutes");
    struct mlint_field *field = field_of(target, MLINT_FIELD_INTERVAL);
    int64_t number;

    set_flag(field_of(target, MLINT_FIELD_CHECK_ENABLED),
             value(target->tree, "Refresh", "Enabled"));
    set_flag(field_of(target, MLINT_FIELD_LEAVE_ON_SERVER),
             value(target->tree, "Pop Backend", "KeepOnServer"));
    if (minutes && mlint_num_parse(minutes->value, 10, &number) && number >= 0 &&
        number < 1000000)
        mlint_field_set_number(field, MLINT_WRITTEN, minutes, number * 60000);
    else
        field->comment = "not in this file: Edit > Accounts > Edit > Receiving Options";
}

/* ---- The files beside ----------------------------------------------------------------------
 */

static bool is_plain_name(struct mlint_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '/' || name.ptr[i] == '\\' || name.ptr[i] == '\0')
            return false;
    }
    return name.len > 0 && name.len < 200 && name.ptr[0] != '.';
}

static const struct mlint_tree *part(struct mlint_reading *reading, struct mlint_str uid)
{
    struct mlint_source *source;

    if (!is_plain_name(uid))
        return NULL;
    source = reading->companion(
        reading, mlint_arena_printf(reading->arena, "%.*s.source", MLINT_STR_ARG(uid)));
    if (!source || !mlint_source_decode(source, reading->arena, 0))
        return NULL;
    return mlint_ini_read(reading->arena, source, MLINT_INI_UNIX);
}

/* "Jane <jane@example.com>", or the address alone. */
static struct mlint_str address_in(struct mlint_str text)
{
    size_t open = mlint_str_find_char(text, '<');

    if (open < text.len) {
        text = mlint_str_sub(text, open + 1, text.len);
        text = mlint_str_sub(text, 0, mlint_str_find_char(text, '>'));
    }
    return mlint_str_trim(text);
}

static void read_identity(const struct target *target, const struct mlint_tree *identity)
{
    const struct mlint_node *address = value(identity, "Mail Identity", "Address");
    struct mlint_str aliases = text_of(identity, "Mail Identity", "Aliases"), alias;

    if (!address || !address->value.len)
        return;
    mlint_field_set_text(&target->account->address, MLINT_WRITTEN, address, address->value);
    mlint_account_add_address(target->reading->result, target->account, address->value, false);
    while (mlint_str_split(&aliases, ';', &alias))
        mlint_account_add_address(target->reading->result, target->account, address_in(alias),
                                  true);
}

static void read_outgoing(struct target *target, const struct mlint_tree *identity)
{
    const struct mlint_tree *transport =
        part(target->reading, text_of(identity, "Mail Submission", "TransportUid"));

    if (!mlint_str_eq(text_of(transport, "Mail Transport", "BackendName"), MLINT_STR("smtp")) ||
        !mlint_account_add_outgoing(target->reading->result, target->account))
        return;
    target->side = MLINT_OUTGOING;
    target->tree = transport;
    read_server(target, MLINT_PROTOCOL_SMTP, "Mail Transport");
}

/* ---- The format ----------------------------------------------------------------------------
 */

static void add_account(struct mlint_reading *reading, enum mlint_protocol protocol)
{
    struct target target = { .reading = reading, .tree = reading->tree };
    struct mlint_str key = mlint_str_base_name(reading->source->name);
    const struct mlint_tree *identity;

    if (mlint_str_ends_nocase(key, MLINT_STR(".source")))
        key.len -= 7;
    target.account = mlint_result_add_account(reading->result, reading->file, key);
    if (!target.account)
        return;
    target.account->node = mlint_ini_section(reading->tree, MLINT_STR("Mail Account"));
    target.account->incoming.exists = true;
    set_text(&target, MLINT_FIELD_NAME, "Data Source", "DisplayName");
    set_flag(&target.account->enabled, value(reading->tree, "Data Source", "Enabled"));
    if (truth_of(value(reading->tree, "Data Source", "Enabled")) == 0) {
        target.account->flags |= MLINT_ACCOUNT_NOT_LIVE;
        target.account->not_live = "switched off in Evolution";
    }
    read_server(&target, protocol, "Mail Account");
    read_polling(&target);
    identity = part(reading, text_of(reading->tree, "Mail Account", "IdentityUid"));
    if (!identity)
        return;
    read_identity(&target, identity);
    read_outgoing(&target, identity);
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    if (!mlint_source_decode(reading->source, reading->arena, 0))
        return MLINT_READ_LIMIT;
    reading->tree = mlint_ini_read(reading->arena, reading->source, MLINT_INI_UNIX);
    return reading->tree ? mlint_reading_outcome(reading, reading->tree) : MLINT_READ_LIMIT;
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);
    struct mlint_str backend;

    if (!reading->tree)
        return outcome;
    if (!mlint_ini_section(reading->tree, MLINT_STR("Data Source")))
        return MLINT_READ_NOT_MINE;
    backend = text_of(reading->tree, "Mail Account", "BackendName");
    if (mlint_str_starts(backend, MLINT_STR("imap")))
        add_account(reading, MLINT_PROTOCOL_IMAP);
    else if (mlint_str_eq(backend, MLINT_STR("pop")))
        add_account(reading, MLINT_PROTOCOL_POP3);
    else if (!backend.len && !mlint_ini_section(reading->tree, MLINT_STR("Mail Identity")) &&
             !mlint_ini_section(reading->tree, MLINT_STR("Mail Transport")))
        return MLINT_READ_NOT_MINE; /* a calendar, an address book */
    return outcome;
}

static int probe(const struct mlint_probe *probe)
{
    struct mlint_str text = probe->text;

    if (!text.len || (text.ptr[0] != '[' && text.ptr[0] != '#'))
        return MLINT_BID_NONE;
    return mlint_str_find(text, MLINT_STR("[Data Source]")) < text.len ? MLINT_BID_KEYS
                                                                       : MLINT_BID_NONE;
}

const struct mlint_format mlint_format_evolution_source = {
    .id = "evolution-source",
    .client = MLINT_CLIENT_EVOLUTION,
    .title = "account of Evolution (.source)",
    .recognised_by = "a key file with [Data Source] and [Mail Account]",
    .probe = probe,
    .read = read,
    .parse = parse,
};
