/* outlook_account.c: one entry of an Outlook profile as an account. Names and meanings of the
 * values are those of Outlook 2002 to 365 (MS account management property ids 0x0002 to
 * 0x1000); a missing value is Outlook's default, a value of 0 is "off" and not "on because it
 * is there". */
#include "formats/outlook.h"
#include "formats/registry.h"

#define INTERVAL_COMMENT                                                                       \
    "Outlook keeps it elsewhere: File > Options > Advanced > Send/Receive (Ctrl+Alt+S)"

/* ---- What kind of entry it is ----------------------------------------------------------- */

static bool has_mail_values(const struct mlint_node *key)
{
    static const struct mlint_str names[] = {
        MLINT_STR_INIT("POP3 Server"), MLINT_STR_INIT("IMAP Server"),
        MLINT_STR_INIT("SMTP Server"), MLINT_STR_INIT("POP3 User"), MLINT_STR_INIT("IMAP User")
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (mlint_registry_child(key, names[i]))
            return true;
    }
    return false;
}

enum mlint_outlook_kind mlint_outlook_kind_of(struct mlint_reading *reading,
                                              const struct mlint_node *key)
{
    static const struct {
        struct mlint_str clsid;
        enum mlint_outlook_kind kind;
    } kinds[] = {
        { MLINT_STR_INIT("{ED475411-B0D6-11D2-8C3B-00104B2A6676}"), MLINT_OUTLOOK_POP3 },
        { MLINT_STR_INIT("{ED475412-B0D6-11D2-8C3B-00104B2A6676}"), MLINT_OUTLOOK_IMAP },
        { MLINT_STR_INIT("{4DB5CBF0-3B77-4852-BC8E-BB81908861F3}"), MLINT_OUTLOOK_HTTP },
        { MLINT_STR_INIT("{4DB5CBF2-3B77-4852-BC8E-BB81908861F3}"), MLINT_OUTLOOK_NO_ACCOUNT },
    };
    struct mlint_str clsid =
        mlint_str_trim(mlint_registry_text_named(reading, key, MLINT_STR("clsid")));
    struct mlint_str service;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (mlint_str_eq_nocase(clsid, kinds[i].clsid))
            return kinds[i].kind;
    }
    if (mlint_str_eq_nocase(clsid, MLINT_STR("{ED475414-B0D6-11D2-8C3B-00104B2A6676}"))) {
        service = mlint_registry_text_named(reading, key, MLINT_STR("Service Name"));
        return mlint_str_eq_nocase(service, MLINT_STR("MSEMS")) ? MLINT_OUTLOOK_EXCHANGE
                                                                : MLINT_OUTLOOK_NO_ACCOUNT;
    }
    return has_mail_values(key) ? MLINT_OUTLOOK_UNKNOWN : MLINT_OUTLOOK_NO_ACCOUNT;
}

/* ---- Incoming --------------------------------------------------------------------------- */

/* OAuth stores the name of an identity instead of a password: ..._tp_google_imap_OAuth2. */
static const struct mlint_node *oauth_node(const struct mlint_registry_account *entry)
{
    const struct mlint_node *node = entry->key->child;

    for (; node; node = node->next) {
        struct mlint_str text = node->value;

        while (text.len && text.ptr[text.len - 1] == '\0')
            text.len--;
        if (text.len && text.ptr[text.len - 1] == '2' && text.len < 1024 &&
            mlint_str_ends_nocase(mlint_registry_text(entry->reading, node),
                                  MLINT_STR("_OAuth2")))
            return node;
    }
    return NULL;
}

static void read_spa(struct mlint_registry_account *entry, unsigned side, struct mlint_str name)
{
    bool incoming = side == MLINT_INCOMING;
    const struct mlint_node *node = mlint_registry_value(entry, incoming, name);
    struct mlint_field *field = mlint_registry_field(entry, side, MLINT_FIELD_AUTH);
    int64_t spa;

    if (!mlint_registry_set_number(entry, side, MLINT_FIELD_AUTH, name, 0))
        return;
    spa = field->number;
    field->number = spa ? MLINT_AUTH_NTLM : MLINT_AUTH_PASSWORD_CLEARTEXT;
    if (field->node == node && field->converter)
        field->converter = &mlint_conv_registry_spa;
}

static void read_incoming_auth(struct mlint_registry_account *entry)
{
    const struct mlint_node *oauth = oauth_node(entry);

    if (oauth)
        mlint_field_set_number(mlint_registry_field(entry, MLINT_INCOMING, MLINT_FIELD_AUTH),
                               MLINT_WRITTEN, oauth, MLINT_AUTH_OAUTH2);
    else
        read_spa(entry, MLINT_INCOMING, MLINT_STR("Use SPA"));
}

static void read_incoming_security(struct mlint_registry_account *entry)
{
    struct mlint_field *field =
        mlint_registry_field(entry, MLINT_INCOMING, MLINT_FIELD_SECURITY);
    const struct mlint_node *finer;

    if (!mlint_registry_set_number(entry, MLINT_INCOMING, MLINT_FIELD_SECURITY,
                                   MLINT_STR("Use SSL"), 0))
        return;
    finer = field->number ? NULL
                          : mlint_registry_value(entry, true, MLINT_STR("Secure Connection"));
    if (finer && finer->type == MLINT_NODE_INTEGER && finer->number) {
        /* Seen in newer versions; what its numbers mean is documented for SMTP alone. */
        *field = (struct mlint_field){ .where = field->where };
        field->comment =
            "only \"Secure Connection\" is set, which is not documented for incoming "
            "servers: look in the account's advanced settings";
        return;
    }
    field->number = field->number ? MLINT_SECURITY_TLS : MLINT_SECURITY_NONE;
    if (field->converter)
        field->converter = &mlint_conv_registry_ssl;
}

/* 1 keeps mail, 2 removes it after N days (the upper half), 4 removes what is deleted. */
static void read_leave(struct mlint_registry_account *entry)
{
    struct mlint_field *field =
        mlint_registry_field(entry, MLINT_INCOMING, MLINT_FIELD_LEAVE_ON_SERVER);
    const struct mlint_node *node = mlint_registry_named(entry, MLINT_STR("Leave on Server"));
    int64_t bits;

    if (mlint_registry_dword(entry, node, &bits))
        mlint_field_set_number(field, MLINT_WRITTEN, node, bits & 1);
    else
        field->where = mlint_registry_where(entry, false, MLINT_STR("Leave on Server"));
}

static void read_incoming(struct mlint_registry_account *entry, enum mlint_protocol protocol)
{
    struct mlint_side *side = &entry->account->incoming;
    struct mlint_field *interval = &side->field[MLINT_FIELD_INTERVAL];
    const struct mlint_node *clsid = mlint_registry_named(entry, MLINT_STR("clsid"));

    side->exists = true;
    if (!clsid)
        clsid = mlint_registry_value(entry, true, MLINT_STR("Server"));
    mlint_field_set_number(&side->field[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN, clsid, protocol);
    mlint_registry_set_text(entry, MLINT_INCOMING, MLINT_FIELD_HOST, MLINT_STR("Server"));
    mlint_registry_set_text(entry, MLINT_INCOMING, MLINT_FIELD_USERNAME, MLINT_STR("User"));
    mlint_registry_set_number(entry, MLINT_INCOMING, MLINT_FIELD_PORT, MLINT_STR("Port"),
                              protocol == MLINT_PROTOCOL_POP3 ? 110 : 143);
    read_incoming_security(entry);
    read_incoming_auth(entry);
    mlint_registry_set_password(entry, MLINT_INCOMING, MLINT_STR("Password"));
    if (protocol == MLINT_PROTOCOL_POP3)
        read_leave(entry);
    interval->comment = INTERVAL_COMMENT;
}

/* ---- Outgoing --------------------------------------------------------------------------- */

/* Since Outlook 2007; it outranks "SMTP Use SSL". */
#define FINER "SMTP Secure Connection"

static void read_encryption(struct mlint_registry_account *entry)
{
    static const uint8_t words[] = { MLINT_SECURITY_NONE, MLINT_SECURITY_TLS,
                                     MLINT_SECURITY_STARTTLS,
                                     MLINT_SECURITY_STARTTLS_IF_AVAILABLE };
    struct mlint_field *field =
        mlint_registry_field(entry, MLINT_OUTGOING, MLINT_FIELD_SECURITY);
    const struct mlint_node *node = mlint_registry_named(entry, MLINT_STR(FINER));
    int64_t kind;

    if (mlint_registry_dword(entry, node, &kind)) {
        mlint_registry_put_number(entry, field, node, kind);
        if (kind < 4) {
            field->number = words[kind];
            field->converter = field->converter ? &mlint_conv_registry_encryption : NULL;
            return;
        }
        *field = (struct mlint_field){ .comment = "Outlook knows only 0 to 3" };
        mlint_reading_note(entry->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "\"" FINER "\" is %lld; Outlook knows only 0 to 3", (long long)kind);
        return;
    }
    if (node) {
        field->comment = MLINT_REGISTRY_NO_NUMBER;
        return;
    }
    /* Outlook 2003 and before: one switch, and the port decides how encryption begins. */
    if (!mlint_registry_set_number(entry, MLINT_OUTGOING, MLINT_FIELD_SECURITY,
                                   MLINT_STR("SMTP Use SSL"), 0))
        return;
    mlint_registry_by_port(entry, field);
    if (field->presence == MLINT_CLIENT_DEFAULT)
        field->where = mlint_registry_where(entry, false, MLINT_STR(FINER));
    if (field->converter)
        field->converter = &mlint_conv_registry_ssl;
}

/* An own name and password. A stale name beside "same as incoming" is not used and not read. */
static void read_own_login(struct mlint_registry_account *entry)
{
    mlint_registry_set_text(entry, MLINT_OUTGOING, MLINT_FIELD_USERNAME,
                            MLINT_STR("SMTP User"));
    mlint_registry_set_password(entry, MLINT_OUTGOING, MLINT_STR("SMTP Password"));
    read_spa(entry, MLINT_OUTGOING, MLINT_STR("SMTP Use SPA"));
}

static void read_no_login(struct mlint_registry_account *entry, const struct mlint_node *use)
{
    const struct mlint_node *spa = mlint_registry_named(entry, MLINT_STR("SMTP Use SPA"));
    struct mlint_field *auth = mlint_registry_field(entry, MLINT_OUTGOING, MLINT_FIELD_AUTH);

    mlint_field_set_number(auth, use ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT, use,
                           MLINT_AUTH_NONE);
    if (!use)
        auth->where = mlint_registry_where(entry, false, MLINT_STR("SMTP Use Auth"));
    if (spa && spa->type == MLINT_NODE_INTEGER && spa->number)
        entry->account->flags |= MLINT_ACCOUNT_SPA_UNUSED;
}

static void read_login(struct mlint_registry_account *entry)
{
    const struct mlint_node *use = mlint_registry_named(entry, MLINT_STR("SMTP Use Auth"));
    const struct mlint_node *method =
        mlint_registry_named(entry, MLINT_STR("SMTP Auth Method"));
    struct mlint_field *auth = mlint_registry_field(entry, MLINT_OUTGOING, MLINT_FIELD_AUTH);
    int64_t on = 0, how = 0;
    bool usable = mlint_registry_dword(entry, use, &on) || !use;

    if ((!mlint_registry_dword(entry, method, &how) && method && on) || !usable) {
        auth->comment = MLINT_REGISTRY_NO_NUMBER;
    } else if (!on) {
        read_no_login(entry, use);
    } else if (how & 1) {
        read_own_login(entry);
    } else if (how & 2) {
        mlint_field_set_number(auth, MLINT_WRITTEN, method, MLINT_AUTH_POP_BEFORE_SMTP);
    } else {
        mlint_registry_same_login(entry, method ? method : use);
        if (how)
            mlint_reading_note(entry->reading, MLINT_NOTE_UNKNOWN_VALUE, method,
                               "\"SMTP Auth Method\" is %lld; Outlook knows only 0, 1 and 2",
                               (long long)how);
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
    read_encryption(entry);
    read_login(entry);
}

/* ---- The account ------------------------------------------------------------------------ */

/* Exchange, Hotmail, ActiveSync: listed, nothing of it is judged. */
static void read_other(struct mlint_registry_account *entry)
{
    const struct mlint_node *clsid = mlint_registry_named(entry, MLINT_STR("clsid"));

    entry->prefix = MLINT_STR("HTTP ");
    entry->account->flags |= MLINT_ACCOUNT_OTHER;
    entry->account->incoming.exists = true;
    mlint_field_set_number(mlint_registry_field(entry, MLINT_INCOMING, MLINT_FIELD_PROTOCOL),
                           MLINT_WRITTEN, clsid, MLINT_PROTOCOL_OTHER);
    if (mlint_registry_value(entry, true, MLINT_STR("Server URL")))
        mlint_registry_set_text(entry, MLINT_INCOMING, MLINT_FIELD_HOST,
                                MLINT_STR("Server URL"));
    if (mlint_registry_value(entry, true, MLINT_STR("User")))
        mlint_registry_set_text(entry, MLINT_INCOMING, MLINT_FIELD_USERNAME, MLINT_STR("User"));
}

struct mlint_account *mlint_outlook_add(struct mlint_reading *reading,
                                        const struct mlint_node *key,
                                        enum mlint_outlook_kind kind, struct mlint_str name)
{
    struct mlint_registry_account entry;
    struct mlint_account *account;

    mlint_registry_look(&entry, reading, key);
    mlint_registry_open(&entry, name);
    account = entry.account;
    if (!account)
        return NULL;
    account->client = MLINT_CLIENT_OUTLOOK;
    mlint_registry_set_text(&entry, MLINT_INCOMING, MLINT_FIELD_NAME,
                            MLINT_STR("Account Name"));
    mlint_registry_set_text(&entry, MLINT_INCOMING, MLINT_FIELD_ADDRESS, MLINT_STR("Email"));
    account->name.converter = account->address.converter = NULL;
    mlint_account_add_address(reading->result, account, account->address.text, false);
    if (kind == MLINT_OUTLOOK_EXCHANGE || kind == MLINT_OUTLOOK_HTTP) {
        read_other(&entry);
        return account;
    }
    if (kind == MLINT_OUTLOOK_UNKNOWN)
        kind = mlint_registry_named(&entry, MLINT_STR("POP3 Server")) ||
                       !mlint_registry_named(&entry, MLINT_STR("IMAP Server"))
                   ? MLINT_OUTLOOK_POP3
                   : MLINT_OUTLOOK_IMAP;
    entry.prefix = kind == MLINT_OUTLOOK_IMAP ? MLINT_STR("IMAP ") : MLINT_STR("POP3 ");
    read_incoming(&entry,
                  kind == MLINT_OUTLOOK_IMAP ? MLINT_PROTOCOL_IMAP : MLINT_PROTOCOL_POP3);
    read_outgoing(&entry);
    mlint_registry_add_spares(&entry);
    return account;
}
