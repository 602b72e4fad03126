/* apple_account_bundle.c: MailAccounts.plist of an account bundle that a provider installs
 * (/Library/Mail/AccountTypes, 10.4 and later): templates from which Mail makes accounts. */
#include "formats/apple_senders.h"
#include "formats/apple_values.h"
#include "source/limits.h"

static const char *const keys[] = { "<key>Multiple<", "ServerName",
                                    "UserNameMatchesEmailAddress", NULL };

static int probe(const struct mlint_probe *probe)
{
    return mlint_apple_bid(probe, keys);
}

/* ServerName and AuthenticationScheme are lists of which the first counts. */
static const struct mlint_node *first_text(const struct mlint_node *dict, const char *key)
{
    const struct mlint_node *node = mlint_node_get(dict, key);

    if (node && node->type == MLINT_NODE_ARRAY)
        node = node->child;
    return node && node->type == MLINT_NODE_STRING ? node : NULL;
}

static void read_user(struct mlint_field *user, const struct mlint_node *dict)
{
    const struct mlint_node *same = mlint_node_get(dict, "UserNameMatchesEmailAddress");
    int64_t truth = 0;

    user->comment = "asked when the account is made";
    if (!same || !mlint_apple_truth(same, &truth))
        return;
    mlint_field_set_text(user, MLINT_WRITTEN, same, same->value);
    user->token = truth ? MLINT_TOKEN_ADDRESS : MLINT_TOKEN_LOCALPART;
    user->text = truth ? MLINT_STR("(the address)") : MLINT_STR("(the part before the @)");
}

static void read_server(struct mlint_reading *reading, struct mlint_side *side,
                        const struct mlint_node *dict, enum mlint_protocol protocol)
{
    const struct mlint_node *host = first_text(dict, "ServerName");
    struct mlint_apple_server server = {
        .dict = dict,
        .protocol = protocol,
        .port = mlint_node_get(dict, "PortNumber"),
        .ssl = mlint_node_get(dict, "SSLEnabled"),
    };

    side->exists = true;
    if (host)
        mlint_field_set_text(&side->field[MLINT_FIELD_HOST], MLINT_WRITTEN, host, host->value);
    mlint_apple_server_read(reading, side, &server);
    mlint_apple_auth_read(reading, &side->field[MLINT_FIELD_AUTH], dict,
                          first_text(dict, "AuthenticationScheme"), false);
    read_user(&side->field[MLINT_FIELD_USERNAME], dict);
}

static struct mlint_str id_of(struct mlint_arena *arena, const struct mlint_node *dict)
{
    const struct mlint_node *id = mlint_apple_text(dict, "AccountID");

    (void)arena;
    return id ? id->value : MLINT_STR("");
}

static void read_delivery(struct mlint_reading *reading, struct mlint_account *account,
                          const struct mlint_apple_senders *senders,
                          const struct mlint_node *wanted)
{
    const struct mlint_node *item = mlint_apple_sender_named(senders, wanted->value);
    struct mlint_side *side = mlint_account_add_outgoing(reading->result, account);

    if (!side)
        return;
    mlint_field_set_number(&side->field[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN, NULL,
                           MLINT_PROTOCOL_SMTP);
    if (item) {
        read_server(reading, side, item, MLINT_PROTOCOL_SMTP);
        return;
    }
    side->exists = true;
    side->field[MLINT_FIELD_HOST].comment = "its outgoing server is not in this file";
    mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, wanted,
                       "DeliveryAccounts names no account of this bundle");
}

/* The first is what Mail begins with, the others may be chosen. */
static void read_deliveries(struct mlint_reading *reading, struct mlint_account *account,
                            const struct mlint_apple_senders *senders,
                            const struct mlint_node *dict)
{
    const struct mlint_node *list = mlint_node_get(dict, "DeliveryAccounts");
    const struct mlint_node *item = list ? list->child : NULL;

    if (list && list->type == MLINT_NODE_STRING)
        read_delivery(reading, account, senders, list);
    for (; item && account->outgoing_count < MLINT_LIMIT_OUTGOING; item = item->next)
        if (item->type == MLINT_NODE_STRING)
            read_delivery(reading, account, senders, item);
}

static void read_account(struct mlint_reading *reading,
                         const struct mlint_apple_senders *senders,
                         const struct mlint_node *dict)
{
    const struct mlint_node *protocol = mlint_apple_text(dict, "Protocol");
    const struct mlint_node *name = mlint_apple_text(dict, "AccountName");
    const struct mlint_node *id = mlint_apple_text(dict, "AccountID");
    bool pop = protocol && mlint_str_starts_nocase(protocol->value, MLINT_STR("POP"));
    struct mlint_account *account;

    if (!protocol)
        mlint_reading_note(reading, MLINT_NOTE_SYNTAX, dict,
                           "an account without Protocol is passed over");
    if (!protocol || (!pop && !mlint_str_eq_nocase(protocol->value, MLINT_STR("IMAP"))))
        return;
    account = mlint_result_add_account(reading->result, reading->file,
                                       id ? id->value : MLINT_STR("Accounts"));
    if (!account)
        return;
    account->flags = MLINT_ACCOUNT_TEMPLATE;
    account->node = dict;
    if (name)
        mlint_field_set_text(&account->name, MLINT_WRITTEN, name, name->value);
    mlint_field_set_number(&account->incoming.field[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN,
                           protocol, pop ? MLINT_PROTOCOL_POP3 : MLINT_PROTOCOL_IMAP);
    read_server(reading, &account->incoming, dict,
                pop ? MLINT_PROTOCOL_POP3 : MLINT_PROTOCOL_IMAP);
    read_deliveries(reading, account, senders, dict);
}

static enum mlint_read_outcome read_bundle(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = mlint_apple_parse(reading);
    const struct mlint_node *top = reading->tree ? reading->tree->root->child : NULL;
    const struct mlint_node *multiple = top ? mlint_node_get(top, "Multiple") : NULL;
    const struct mlint_node *set;

    if (outcome != MLINT_READ_OK)
        return outcome;
    if (!multiple || multiple->type != MLINT_NODE_ARRAY)
        return MLINT_READ_NOT_MINE;
    for (set = multiple->child; set; set = set->next) {
        const struct mlint_node *accounts = mlint_node_get(set, "Accounts");
        const struct mlint_apple_senders senders =
            mlint_apple_senders_of(reading->arena, accounts, id_of);
        const struct mlint_node *item = accounts ? accounts->child : NULL;
        for (; item; item = item->next)
            read_account(reading, &senders, item);
    }
    return mlint_reading_outcome(reading, reading->tree);
}

const struct mlint_format mlint_format_apple_account_bundle = {
    .id = "apple-account-bundle",
    .client = MLINT_CLIENT_APPLE_MAIL,
    .title = "Apple Mail account bundle (a provider's MailAccounts.plist)",
    .recognised_by = "a property list with Multiple, Accounts and ServerName",
    .probe = probe,
    .read = read_bundle,
    .parse = mlint_apple_parse,
};
