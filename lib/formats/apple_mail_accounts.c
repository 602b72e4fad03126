/* apple_mail_accounts.c: accounts as Mail on the Mac kept them in property lists: in
 * com.apple.mail.plist up to 10.6, in Accounts.plist from 10.7 to 10.10.
 *
 * A mail account names its outgoing server by SMTPIdentifier, "HOST:USER" or "HOST". Numbers
 * and flags come as text as often as not. Passwords are in the keychain. */
#include "formats/apple_mail_accounts.h"

#include "base/utf8.h"
#include "formats/apple_senders.h"
#include "formats/apple_values.h"
#include "model/config.h"
#include "syntax/plist.h"

static const char KEYCHAIN[] = "passwords are in the keychain, not in this file";

struct kind {
    const char *name;
    enum mlint_protocol protocol;
    uint32_t flags;
};

static const struct kind kinds[] = {
    { "IMAPAccount", MLINT_PROTOCOL_IMAP, 0 },
    { "POPAccount", MLINT_PROTOCOL_POP3, 0 },
    { "iToolsAccount", MLINT_PROTOCOL_IMAP, MLINT_ACCOUNT_PREDEFINED },
    { "AosImapAccount", MLINT_PROTOCOL_IMAP, MLINT_ACCOUNT_PREDEFINED },
    { "GmailAccount", MLINT_PROTOCOL_IMAP, MLINT_ACCOUNT_PREDEFINED },
    { "ExchangeAccount", MLINT_PROTOCOL_OTHER, MLINT_ACCOUNT_OTHER },
    { "EWSAccount", MLINT_PROTOCOL_OTHER, MLINT_ACCOUNT_OTHER },
};

/* Local folders, RSS and the like are no mail accounts: NULL. Without AccountType the folder in
 * AccountPath names the protocol: ~/Library/Mail/POP-user@host. */
static const struct kind *kind_of(const struct mlint_node *account)
{
    const struct mlint_node *type = mlint_apple_text(account, "AccountType");
    const struct mlint_node *path = mlint_apple_text(account, "AccountPath");

    for (size_t i = 0; type && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (mlint_str_eq(type->value, mlint_str_from(kinds[i].name)))
            return &kinds[i];
    }
    if (type || !path)
        return NULL;
    if (mlint_str_find(path->value, MLINT_STR("/IMAP-")) < path->value.len)
        return &kinds[0];
    return mlint_str_find(path->value, MLINT_STR("/POP-")) < path->value.len ? &kinds[1] : NULL;
}

static void set_text(struct mlint_field *field, const struct mlint_node *node)
{
    if (node)
        mlint_field_set_text(field, MLINT_WRITTEN, node, node->value);
}

static void read_text(struct mlint_reading *reading, struct mlint_field *field,
                      const struct mlint_node *dict, const char *key)
{
    const struct mlint_node *node = mlint_apple_get(dict, key);

    if (node && node->type != MLINT_NODE_STRING)
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, node, "%s is no string", key);
    set_text(field, mlint_apple_text(dict, key));
}

static void read_server(struct mlint_reading *reading, struct mlint_side *side,
                        const struct mlint_node *dict, enum mlint_protocol protocol,
                        bool is_predefined)
{
    const struct mlint_node *password = mlint_apple_text(dict, "Password");
    struct mlint_apple_server server = {
        .dict = dict,
        .protocol = protocol,
        .port = mlint_apple_get(dict, "PortNumber"),
        .ssl = mlint_apple_get(dict, "SSLEnabled"),
        .direct = mlint_apple_get(dict, "SSLIsDirect"),
        .layer = mlint_apple_get(dict, "SecurityLayerType"),
    };

    side->exists = true;
    read_text(reading, &side->field[MLINT_FIELD_HOST], dict, "Hostname");
    read_text(reading, &side->field[MLINT_FIELD_USERNAME], dict, "Username");
    side->field[MLINT_FIELD_PASSWORD].comment = KEYCHAIN;
    if (password)
        mlint_field_set_password(reading->result, &side->field[MLINT_FIELD_PASSWORD], password,
                                 password->value);
    if (is_predefined && side->field[MLINT_FIELD_HOST].presence == MLINT_ABSENT) {
        side->field[MLINT_FIELD_HOST].comment =
            "the server of this account type is known to Mail only";
        return;
    }
    mlint_apple_server_read(reading, side, &server);
    mlint_apple_auth_read(reading, &side->field[MLINT_FIELD_AUTH], dict,
                          mlint_apple_get(dict, "AuthenticationScheme"),
                          protocol == MLINT_PROTOCOL_SMTP &&
                              !mlint_field_has(&side->field[MLINT_FIELD_USERNAME]));
}

/* "host:user" or "host"; the case of a host does not matter. */
static struct mlint_str server_name(struct mlint_arena *arena, struct mlint_str host,
                                    struct mlint_str user)
{
    struct mlint_str lower = mlint_utf8_lower(arena, host);

    return user.len ? mlint_str_from(mlint_arena_printf(
                          arena, "%.*s:%.*s", MLINT_STR_ARG(lower), MLINT_STR_ARG(user)))
                    : lower;
}

static struct mlint_str name_of(struct mlint_arena *arena, const struct mlint_node *delivery)
{
    const struct mlint_node *host = mlint_apple_text(delivery, "Hostname");
    const struct mlint_node *user = mlint_apple_text(delivery, "Username");

    return host ? server_name(arena, host->value, user ? user->value : MLINT_STR(""))
                : MLINT_STR("");
}

static const struct mlint_node *delivery_named(struct mlint_arena *arena,
                                               const struct mlint_apple_senders *senders,
                                               struct mlint_str identifier)
{
    size_t colon = mlint_str_find(identifier, MLINT_STR(":"));
    struct mlint_str user = colon < identifier.len
                                ? mlint_str_sub(identifier, colon + 1, identifier.len)
                                : MLINT_STR("");

    return mlint_apple_sender_named(
        senders, server_name(arena, mlint_str_sub(identifier, 0, colon), user));
}

static void read_outgoing(struct mlint_reading *reading, struct mlint_account *account,
                          const struct mlint_node *dict,
                          const struct mlint_apple_senders *senders)
{
    const struct mlint_node *identifier = mlint_apple_text(dict, "SMTPIdentifier");
    const struct mlint_node *item;
    struct mlint_side *side;

    if (!identifier)
        return;
    item = delivery_named(reading->arena, senders, identifier->value);
    side = mlint_account_add_outgoing(reading->result, account);
    if (!side)
        return;
    mlint_field_set_number(&side->field[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN, NULL,
                           MLINT_PROTOCOL_SMTP);
    if (item) {
        read_server(reading, side, item, MLINT_PROTOCOL_SMTP, false);
        return;
    }
    side->field[MLINT_FIELD_HOST].comment = "its outgoing server is not in this file";
    mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, identifier,
                       "SMTPIdentifier \"%.*s\" names no server of DeliveryAccounts",
                       MLINT_STR_ARG(identifier->value));
}

static void read_addresses(struct mlint_reading *reading, struct mlint_account *account,
                           const struct mlint_node *dict)
{
    const struct mlint_node *addresses = mlint_node_get(dict, "EmailAddresses");
    const struct mlint_node *aliases = mlint_node_get(dict, "EmailAliases");
    const struct mlint_node *item = addresses ? addresses->child : NULL;

    if (addresses && addresses->type == MLINT_NODE_STRING)
        item = addresses;
    if (item && item->type == MLINT_NODE_STRING)
        set_text(&account->address, item);
    for (; item; item = item == addresses ? NULL : item->next) {
        if (item->type == MLINT_NODE_STRING)
            mlint_account_add_address(reading->result, account, item->value, false);
    }
    for (item = aliases ? aliases->child : NULL; item; item = item->next) {
        const struct mlint_node *alias = mlint_apple_text(item, "alias");
        if (alias)
            mlint_account_add_address(reading->result, account, alias->value, true);
    }
}

/* An account that is switched off, or kept offline by a tool that writes such a key. Mail
 * itself stores no offline state that is known. */
static void read_online(struct mlint_account *account, const struct mlint_node *dict)
{
    static const char *const offline_keys[] = { "isOffline", "AccountIsOffline" };
    const struct mlint_node *active = mlint_node_get_nocase(dict, "isActive");
    int64_t truth;

    account->online.comment =
        "Mail stores no offline state: Mailbox > Take All Accounts Online";
    mlint_field_set_number(&account->enabled, active ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT,
                           active, 1);
    if (!active)
        account->enabled.where = "isActive";
    if (active && mlint_apple_truth(active, &truth) && !truth) {
        mlint_field_set_number(&account->online, MLINT_WRITTEN, active, 0);
        account->online.comment = "the account is switched off (isActive)";
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        const struct mlint_node *node = mlint_node_get_nocase(dict, offline_keys[i]);
        if (node && mlint_apple_truth(node, &truth)) {
            mlint_field_set_number(&account->online, MLINT_WRITTEN, node, !truth);
            account->online.comment = truth ? "the account is kept offline" : NULL;
            if (truth) /* whatever another tool's key says */
                return;
        }
    }
}

/* Local folders and feeds have a type and no server. */
static void note_passed_over(struct mlint_reading *reading, const struct mlint_node *dict)
{
    if (dict->type != MLINT_NODE_DICT || !mlint_apple_text(dict, "AccountType"))
        mlint_reading_note(reading, MLINT_NOTE_SYNTAX, dict,
                           "an item of MailAccounts without AccountType is passed over");
    else if (mlint_apple_text(dict, "Hostname"))
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE,
                           mlint_node_get(dict, "AccountType"),
                           "maillint does not know this AccountType: the account is passed "
                           "over");
}

static void read_account(struct mlint_reading *reading, const struct mlint_node *dict,
                         const struct mlint_apple_senders *senders,
                         const struct mlint_node *settings)
{
    const struct kind *kind = dict->type == MLINT_NODE_DICT ? kind_of(dict) : NULL;
    const struct mlint_node *id = mlint_apple_text(dict, "uniqueId");
    const struct mlint_node *type;
    struct mlint_account *account;

    if (!kind) {
        note_passed_over(reading, dict);
        return;
    }
    account = mlint_result_add_account(
        reading->result, reading->file,
        id ? id->value
           : mlint_str_from(mlint_arena_printf(reading->arena, "MailAccounts[%u]",
                                               (unsigned)dict->index)));
    if (!account)
        return;
    account->node = dict;
    account->flags = kind->flags;
    type = mlint_node_get(dict, "AccountType");
    mlint_field_set_number(&account->incoming.field[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN,
                           type ? type : mlint_node_get(dict, "AccountPath"), kind->protocol);
    set_text(&account->name, mlint_apple_text(dict, "AccountName"));
    read_addresses(reading, account, dict);
    read_server(reading, &account->incoming, dict, kind->protocol,
                kind->flags & MLINT_ACCOUNT_PREDEFINED);
    read_outgoing(reading, account, dict, senders);
    read_online(account, dict);
    mlint_apple_poll_read(reading, settings, &account->incoming);
}

bool mlint_apple_mail_accounts(struct mlint_reading *reading, const struct mlint_node *top,
                               const struct mlint_node *settings)
{
    const struct mlint_node *accounts = mlint_node_get(top, "MailAccounts");
    const struct mlint_node *deliveries = mlint_node_get(top, "DeliveryAccounts");
    const struct mlint_apple_senders senders =
        mlint_apple_senders_of(reading->arena, deliveries, name_of);
    const struct mlint_node *item;

    for (item = accounts ? accounts->child : NULL; item; item = item->next)
        read_account(reading, item, &senders, settings);
    return accounts || deliveries;
}

const struct mlint_node *mlint_apple_settings_beside(struct mlint_reading *reading)
{
    struct mlint_source *source = reading->companion(reading, "com.apple.mail.plist");
    struct mlint_tree *tree;

    if (!source)
        return NULL;
    tree = mlint_plist_read(reading->arena, source, &reading->result->linter->modules);
    return tree ? tree->root->child : NULL;
}
