/* express_accounts.c: accounts of the Internet Account Manager, which Outlook Express 4 to 6,
 * Windows Mail, and Outlook 98 and 2000 in Internet mode (OMI Account Manager) share. All text
 * is REG_SZ; news and directory accounts stand in the same list. */
#include "formats/express.h"

/* "SMTP Use Sicily" is no flag (oe-smtpauthtype). */
enum { SICILY_NONE = 0, SICILY_SPA = 1, SICILY_SAME = 2, SICILY_OWN = 3 };

struct mlint_manager {
    const char *name;
    enum mlint_client client;
};

static const struct mlint_manager managers[] = {
    { "Internet Account Manager", MLINT_CLIENT_OUTLOOK_EXPRESS },
    { "OMI Account Manager", MLINT_CLIENT_OUTLOOK },
    { "IAM", MLINT_CLIENT_WINDOWS_MAIL }, /* Vista and later */
};

static const struct mlint_manager *manager_of(const struct mlint_node *accounts)
{
    if (!mlint_registry_is_key(accounts, "Accounts"))
        return NULL;
    for (size_t i = 0; i < sizeof(managers) / sizeof(managers[0]); i++) {
        if (mlint_registry_is_key(accounts->parent, managers[i].name))
            return &managers[i];
    }
    return NULL;
}

static bool has_text(struct mlint_reading *reading, const struct mlint_node *key,
                     struct mlint_str name)
{
    return mlint_registry_text_named(reading, key, name).len > 0;
}

bool mlint_express_is_judged(struct mlint_reading *reading, const struct mlint_node *key)
{
    return has_text(reading, key, MLINT_STR("POP3 Server")) ||
           has_text(reading, key, MLINT_STR("IMAP Server"));
}

/* ---- Servers ---------------------------------------------------------------------------- */

/* One switch for encryption. Towards the ports of mail submission it begins with STARTTLS. */
static void read_security(struct mlint_registry_account *entry, unsigned side,
                          struct mlint_str name)
{
    struct mlint_field *field = mlint_registry_field(entry, side, MLINT_FIELD_SECURITY);

    if (!mlint_registry_set_number(entry, side, MLINT_FIELD_SECURITY, name, 0))
        return;
    if (side == MLINT_OUTGOING)
        mlint_registry_by_port(entry, field);
    else
        field->number = field->number ? MLINT_SECURITY_TLS : MLINT_SECURITY_NONE;
    if (field->converter)
        field->converter = &mlint_conv_registry_ssl;
}

/* Version 2 of the password's wrapping, else the first. */
static void read_password(struct mlint_registry_account *entry, unsigned side,
                          const struct mlint_str names[2])
{
    bool incoming = side == MLINT_INCOMING;

    mlint_registry_set_password(entry, side,
                                mlint_registry_value(entry, incoming, names[0]) ||
                                        !mlint_registry_value(entry, incoming, names[1])
                                    ? names[0]
                                    : names[1]);
}

static void read_incoming(struct mlint_registry_account *entry, enum mlint_protocol protocol)
{
    static const struct mlint_str passwords[] = { MLINT_STR_INIT("Password2"),
                                                  MLINT_STR_INIT("Password") };
    bool pop = protocol == MLINT_PROTOCOL_POP3;
    struct mlint_side *side = &entry->account->incoming;
    struct mlint_field *auth = &side->field[MLINT_FIELD_AUTH];

    side->exists = true;
    mlint_field_set_number(&side->field[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN,
                           mlint_registry_value(entry, true, MLINT_STR("Server")), protocol);
    mlint_registry_set_text(entry, MLINT_INCOMING, MLINT_FIELD_HOST, MLINT_STR("Server"));
    mlint_registry_set_text(entry, MLINT_INCOMING, MLINT_FIELD_USERNAME,
                            MLINT_STR("User Name"));
    mlint_registry_set_number(entry, MLINT_INCOMING, MLINT_FIELD_PORT, MLINT_STR("Port"),
                              pop ? 110 : 143);
    read_security(entry, MLINT_INCOMING, MLINT_STR("Secure Connection"));
    if (mlint_registry_set_number(entry, MLINT_INCOMING, MLINT_FIELD_AUTH,
                                  MLINT_STR("Use Sicily"), 0))
        auth->number = auth->number ? MLINT_AUTH_NTLM : MLINT_AUTH_PASSWORD_CLEARTEXT;
    auth->converter = auth->converter ? &mlint_conv_registry_spa : NULL;
    read_password(entry, MLINT_INCOMING, passwords);
}

/* Deleting at once is the dialog's setting when the key says 0. */
static void read_leave(struct mlint_registry_account *entry)
{
    struct mlint_field *field =
        mlint_registry_field(entry, MLINT_INCOMING, MLINT_FIELD_LEAVE_ON_SERVER);
    const struct mlint_node *node =
        mlint_registry_named(entry, MLINT_STR("Leave Mail On Server"));
    int64_t number;

    if (mlint_registry_dword(entry, node, &number))
        mlint_field_set_number(field, MLINT_WRITTEN, node, number != 0);
    else
        field->where = mlint_registry_where(entry, false, MLINT_STR("Leave Mail On Server"));
}

static void read_own_login(struct mlint_registry_account *entry)
{
    static const struct mlint_str passwords[] = { MLINT_STR_INIT("SMTP Password2"),
                                                  MLINT_STR_INIT("SMTP Password") };

    mlint_registry_set_text(entry, MLINT_OUTGOING, MLINT_FIELD_USERNAME,
                            MLINT_STR("SMTP User Name"));
    read_password(entry, MLINT_OUTGOING, passwords);
}

static void read_login(struct mlint_registry_account *entry)
{
    struct mlint_field *auth = mlint_registry_field(entry, MLINT_OUTGOING, MLINT_FIELD_AUTH);
    const struct mlint_node *node;
    int64_t sicily;

    if (!mlint_registry_set_number(entry, MLINT_OUTGOING, MLINT_FIELD_AUTH,
                                   MLINT_STR("SMTP Use Sicily"), 0))
        return;
    node = auth->node;
    sicily = auth->number;
    auth->converter = auth->converter ? &mlint_conv_registry_sicily : NULL;
    switch (sicily) {
    case SICILY_NONE:
        auth->number = MLINT_AUTH_NONE;
        return;
    case SICILY_SPA:
        auth->number = MLINT_AUTH_NTLM;
        read_own_login(entry);
        return;
    case SICILY_SAME:
        mlint_registry_same_login(entry, node);
        return;
    case SICILY_OWN:
        auth->number = MLINT_AUTH_PASSWORD_CLEARTEXT;
        read_own_login(entry);
        return;
    default:
        *auth = (struct mlint_field){ .comment = "only 0 to 3 are known" };
        mlint_reading_note(entry->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "\"SMTP Use Sicily\" is %lld; only 0 to 3 are known",
                           (long long)sicily);
    }
}

static void read_outgoing(struct mlint_registry_account *entry)
{
    if (!mlint_registry_named(entry, MLINT_STR("SMTP Server")))
        return;
    if (!mlint_account_add_outgoing(entry->reading->result, entry->account))
        return;
    mlint_field_set_number(mlint_registry_field(entry, MLINT_OUTGOING, MLINT_FIELD_PROTOCOL),
                           MLINT_CLIENT_DEFAULT, NULL, MLINT_PROTOCOL_SMTP);
    mlint_registry_set_text(entry, MLINT_OUTGOING, MLINT_FIELD_HOST, MLINT_STR("SMTP Server"));
    mlint_registry_set_number(entry, MLINT_OUTGOING, MLINT_FIELD_PORT, MLINT_STR("SMTP Port"),
                              25);
    read_security(entry, MLINT_OUTGOING, MLINT_STR("SMTP Secure Connection"));
    read_login(entry);
}

/* ---- Accounts --------------------------------------------------------------------------- */

/* Hotmail through HTTP: listed, not judged. */
static void read_http(struct mlint_registry_account *entry)
{
    entry->prefix = MLINT_STR("HTTPMail ");
    entry->account->flags |= MLINT_ACCOUNT_OTHER;
    entry->account->incoming.exists = true;
    mlint_field_set_number(
        mlint_registry_field(entry, MLINT_INCOMING, MLINT_FIELD_PROTOCOL), MLINT_WRITTEN,
        mlint_registry_value(entry, true, MLINT_STR("Server")), MLINT_PROTOCOL_OTHER);
    mlint_registry_set_text(entry, MLINT_INCOMING, MLINT_FIELD_HOST, MLINT_STR("Server"));
    mlint_registry_set_text(entry, MLINT_INCOMING, MLINT_FIELD_USERNAME,
                            MLINT_STR("User Name"));
}

/* Every identity counts from 00000001. */
static struct mlint_str name_of(struct mlint_reading *reading, const struct mlint_node *key)
{
    const struct mlint_node *identity = mlint_express_identity(key);

    if (!identity)
        return key->name;
    return mlint_str_from(mlint_arena_printf(
        reading->arena, "%.*s\\%.*s", MLINT_STR_ARG(identity->name), MLINT_STR_ARG(key->name)));
}

static bool says(const struct mlint_registry_account *entry, struct mlint_str name)
{
    return mlint_registry_text(entry->reading, mlint_registry_named(entry, name)).len > 0;
}

void mlint_express_add(struct mlint_reading *reading, const struct mlint_node *key,
                       struct mlint_str name, enum mlint_client client,
                       struct mlint_express_polls *polls)
{
    struct mlint_registry_account entry;
    bool pop, imap;

    mlint_registry_look(&entry, reading, key);
    pop = says(&entry, MLINT_STR("POP3 Server"));
    imap = says(&entry, MLINT_STR("IMAP Server"));
    if (!pop && !imap && !says(&entry, MLINT_STR("HTTPMail Server")))
        return; /* news, directories, or nothing */
    mlint_registry_open(&entry, name);
    if (!entry.account)
        return;
    entry.account->client = client;
    mlint_registry_set_text(&entry, MLINT_INCOMING, MLINT_FIELD_NAME,
                            MLINT_STR("Account Name"));
    mlint_registry_set_text(&entry, MLINT_INCOMING, MLINT_FIELD_ADDRESS,
                            MLINT_STR("SMTP Email Address"));
    entry.account->name.converter = entry.account->address.converter = NULL;
    mlint_account_add_address(reading->result, entry.account, entry.account->address.text,
                              false);
    if (!pop && !imap) {
        read_http(&entry);
        return;
    }
    entry.prefix = pop ? MLINT_STR("POP3 ") : MLINT_STR("IMAP ");
    read_incoming(&entry, pop ? MLINT_PROTOCOL_POP3 : MLINT_PROTOCOL_IMAP);
    if (pop)
        read_leave(&entry);
    read_outgoing(&entry);
    mlint_registry_add_spares(&entry);
    mlint_express_set_interval(&entry, polls);
}

const struct mlint_node *mlint_express_next(struct mlint_reading *reading,
                                            const struct mlint_node *root,
                                            const struct mlint_node *after,
                                            enum mlint_client *client)
{
    const struct mlint_node *node = after;

    while ((node = mlint_registry_next_key(root, node))) {
        const struct mlint_manager *manager = manager_of(node->parent);

        if (!manager || !(mlint_express_is_judged(reading, node) ||
                          has_text(reading, node, MLINT_STR("HTTPMail Server"))))
            continue; /* news, directories, or nothing */
        *client = manager->client;
        return node;
    }
    return NULL;
}

void mlint_registry_add_managers(struct mlint_reading *reading)
{
    const struct mlint_node *root = reading->tree->root, *key = root;
    struct mlint_express_polls polls;
    enum mlint_client client;

    if (!mlint_express_find_polls(reading->arena, reading->tree, &polls))
        return;
    while ((key = mlint_express_next(reading, root, key, &client)))
        mlint_express_add(reading, key, name_of(reading, key), client, &polls);
    mlint_express_add_unbound(reading, &polls);
}
