/* thunderbird_qr.c: what the QR codes of Thunderbird's "Export for Mobile" hold: JSON arrays
 * with up to three accounts each. Numbers mean other things than in prefs.js; items that a
 * newer version appends are passed over, null and "" say nothing (qr-code-format of Thunderbird
 * for Android; QRExport of Thunderbird 153). */
#include "formats/format.h"

#include "model/config.h"
#include "syntax/json.h"

/* ---- Items of arrays -----------------------------------------------------------------------
 */

static const struct mlint_node *item(const struct mlint_node *array, unsigned index)
{
    const struct mlint_node *node =
        array && array->type == MLINT_NODE_ARRAY ? array->child : NULL;

    while (node && index--)
        node = node->next;
    return node;
}

static bool is_number(const struct mlint_node *node)
{
    return node && node->type == MLINT_NODE_INTEGER;
}

static struct mlint_str text_of(const struct mlint_node *node)
{
    return node && node->type == MLINT_NODE_STRING ? node->value : MLINT_STR("");
}

/* ---- Servers: [protocol, host, port, security, authentication, user, ...] -------------------
 */

enum { AT_PROTOCOL, AT_HOST, AT_PORT, AT_SECURITY, AT_AUTH, AT_USER };

struct target {
    struct mlint_reading *reading;
    struct mlint_account *account;
    unsigned side;
    const struct mlint_node *server;
};

static struct mlint_field *field_of(const struct target *target, enum mlint_field_id id)
{
    return mlint_account_field_of(target->account, target->side, id);
}

static void set_text(const struct target *target, enum mlint_field_id id, unsigned index)
{
    const struct mlint_node *node = item(target->server, index);

    if (text_of(node).len)
        mlint_field_set_text(field_of(target, id), MLINT_WRITTEN, node, node->value);
    else
        field_of(target, id)->comment = "not in this code";
}

/* A number's meaning; 0 in the table: none is known. */
static void set_word(const struct target *target, enum mlint_field_id id, unsigned index,
                     const uint8_t *meanings, size_t count)
{
    const struct mlint_node *node = item(target->server, index);
    struct mlint_field *field = field_of(target, id);

    if (is_number(node) && node->number >= 0 && (uint64_t)node->number < count &&
        meanings[node->number]) {
        mlint_field_set_number(field, MLINT_WRITTEN, node, meanings[node->number]);
        return;
    }
    field->comment = "not as any version writes it";
    if (!node && target->reading->tree->damaged)
        return;
    mlint_reading_note(target->reading, MLINT_NOTE_UNKNOWN_VALUE, node ? node : target->server,
                       "%s is none that Thunderbird for Android knows",
                       id == MLINT_FIELD_AUTH ? "the authentication"
                                              : "the connection security");
}

static void set_password(const struct target *target, unsigned index)
{
    const struct mlint_node *node = item(target->server, index);
    struct mlint_field *field = field_of(target, MLINT_FIELD_PASSWORD);

    if (text_of(node).len) {
        mlint_field_set_password(target->reading->result, field, node, node->value);
        return;
    }
    field->number = MLINT_PASSWORD_ABSENT;
    field->comment = "exported without the password; the app asks for it";
}

static void read_server(const struct target *target, enum mlint_protocol protocol)
{
    static const uint8_t securities[] = { MLINT_SECURITY_NONE, 0, MLINT_SECURITY_STARTTLS,
                                          MLINT_SECURITY_TLS };
    static const uint8_t auths[] = {
        MLINT_AUTH_NONE,
        MLINT_AUTH_PASSWORD_CLEARTEXT,
        MLINT_AUTH_PASSWORD_ENCRYPTED,
        MLINT_AUTH_KERBEROS,
        MLINT_AUTH_NTLM,
        MLINT_AUTH_CERTIFICATE,
        MLINT_AUTH_OAUTH2,
    };
    const struct mlint_node *port = item(target->server, AT_PORT);

    mlint_field_set_number(field_of(target, MLINT_FIELD_PROTOCOL), MLINT_WRITTEN,
                           item(target->server, AT_PROTOCOL), protocol);
    set_text(target, MLINT_FIELD_HOST, AT_HOST);
    if (is_number(port))
        mlint_field_set_number(field_of(target, MLINT_FIELD_PORT), MLINT_WRITTEN, port,
                               port->number);
    else if (port && port->type != MLINT_NODE_NULL)
        mlint_reading_note(target->reading, MLINT_NOTE_UNKNOWN_VALUE, port,
                           "the port must be a number without quotes");
    set_word(target, MLINT_FIELD_SECURITY, AT_SECURITY, securities, sizeof(securities));
    set_word(target, MLINT_FIELD_AUTH, AT_AUTH, auths, sizeof(auths));
    set_text(target, MLINT_FIELD_USERNAME, AT_USER);
}

/* ---- Accounts ------------------------------------------------------------------------------
 */

static void read_identities(const struct target *target, const struct mlint_node *group)
{
    for (const struct mlint_node *node = item(group, 1); node; node = node->next) {
        struct mlint_str email = text_of(item(node, 0));

        if (!email.len)
            continue;
        if (target->account->address.presence == MLINT_ABSENT)
            mlint_field_set_text(&target->account->address, MLINT_WRITTEN, item(node, 0),
                                 email);
        mlint_account_add_address(target->reading->result, target->account, email, false);
    }
}

static void read_outgoing(struct target *target, const struct mlint_node *groups)
{
    target->side = MLINT_OUTGOING;
    for (const struct mlint_node *group = item(groups, 0); group; group = group->next) {
        target->server = item(group, 0);
        if (!target->server || target->server->type != MLINT_NODE_ARRAY ||
            !mlint_account_add_outgoing(target->reading->result, target->account))
            continue;
        read_server(target, MLINT_PROTOCOL_SMTP);
        set_password(target, 6);
        read_identities(target, group);
        target->side++;
    }
}

static void add_account(struct mlint_reading *reading, const struct mlint_node *incoming,
                        const struct mlint_node *groups)
{
    const struct mlint_node *kind = item(incoming, AT_PROTOCOL);
    struct target target = { .reading = reading, .server = incoming };

    if (!is_number(kind) || kind->number < 0 || kind->number > 1) {
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, kind ? kind : incoming,
                           "the protocol is neither 0 (IMAP) nor 1 (POP3): the account is "
                           "passed over");
        return;
    }
    target.account =
        mlint_result_add_account(reading->result, reading->file,
                                 mlint_str_from(mlint_arena_printf(
                                     reading->arena, "%u", reading->file->account_count + 1)));
    if (!target.account)
        return;
    target.account->node = incoming;
    target.account->incoming.exists = true;
    read_server(&target, kind->number ? MLINT_PROTOCOL_POP3 : MLINT_PROTOCOL_IMAP);
    if (text_of(item(incoming, 6)).len)
        mlint_field_set_text(&target.account->name, MLINT_WRITTEN, item(incoming, 6),
                             item(incoming, 6)->value);
    set_password(&target, 7);
    field_of(&target, MLINT_FIELD_INTERVAL)->comment =
        "a code does not carry it: Settings > the account > Fetching mail, in the app";
    read_outgoing(&target, groups);
}

/* ---- The format ----------------------------------------------------------------------------
 */

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    static const char syntax[] = "json";

    if (reading->tree_syntax != syntax) {
        if (!mlint_source_decode(reading->source, reading->arena, 0))
            return MLINT_READ_LIMIT;
        reading->tree = mlint_json_read_lenient(reading->arena, reading->source);
        reading->tree_syntax = syntax;
    }
    return reading->tree ? mlint_reading_outcome(reading, reading->tree) : MLINT_READ_LIMIT;
}

/* [1, [part, parts], incoming, outgoing groups, ...]. */
static bool is_code(const struct mlint_node *top)
{
    const struct mlint_node *parts = item(top, 1), *server = item(top, 2);

    return is_number(item(top, 0)) && is_number(item(parts, 0)) && is_number(item(parts, 1)) &&
           server && server->type == MLINT_NODE_ARRAY;
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);
    const struct mlint_node *top = reading->tree ? reading->tree->root->child : NULL;

    if (!reading->tree)
        return outcome;
    if (!is_code(top)) {
        reading->file->detail = NULL;
        return MLINT_READ_NOT_MINE;
    }
    if (item(top, 0)->number != 1) {
        reading->file->detail = "a code of a newer version than maillint knows";
        return MLINT_READ_UNREADABLE;
    }
    for (const struct mlint_node *node = item(top, 2); node; node = node->next) {
        add_account(reading, node, node->next);
        node = node->next;
        if (!node)
            break;
    }
    return outcome;
}

/* Passwords have no name here, only a place. */
static bool is_secret(const struct mlint_node *node)
{
    const struct mlint_node *list = node->parent;

    if (!list || list->type != MLINT_NODE_ARRAY || node->type != MLINT_NODE_STRING)
        return false;
    return node->index >= 6 && is_number(item(list, AT_PROTOCOL));
}

static int probe(const struct mlint_probe *probe)
{
    struct mlint_str text = probe->text;
    size_t brackets = 0;

    if (!text.len || text.ptr[0] != '[')
        return MLINT_BID_NONE;
    for (size_t i = 0; i < text.len && i < 64; i++)
        brackets += text.ptr[i] == '[';
    return brackets >= 3 ? MLINT_BID_KEYS : MLINT_BID_SYNTAX;
}

const struct mlint_format mlint_format_thunderbird_qr = {
    .id = "thunderbird-qr",
    .client = MLINT_CLIENT_THUNDERBIRD,
    .title = "Thunderbird's code for the phone (JSON of the QR code)",
    .recognised_by = "a JSON array [1, [part, parts], server, ...]",
    .probe = probe,
    .read = read,
    .parse = parse,
    .is_secret = is_secret,
};
