/* apple_accounts_sqlite.c: ~/Library/Accounts/Accounts3.sqlite and Accounts4.sqlite, where
 * macOS and iOS keep accounts. A Core Data store: entity numbers come from Z_PRIMARYKEY,
 * properties are keyed archives, and a property that equals its default is not stored at all.
 */
#include "formats/apple_mail_accounts.h"
#include "base/utf8.h"
#include "formats/apple_senders.h"
#include "formats/apple_values.h"
#include "model/config.h"
#include "syntax/keyed.h"
#include "syntax/sqlite.h"

enum { WRITE_VERSION = 18 }; /* byte of the header: 2 for a store that keeps a log */

static const char KEYCHAIN[] = "passwords are in the keychain, not in this file";
static const char *const companions[] = { "Accounts3.sqlite-wal", "Accounts4.sqlite-wal",
                                          "com.apple.mail.plist", NULL };

static int probe(const struct mlint_probe *probe)
{
    if (!mlint_str_starts(probe->raw, MLINT_STR("SQLite format 3")))
        return MLINT_BID_NONE;
    return mlint_str_starts_nocase(probe->name, MLINT_STR("Accounts")) ? MLINT_BID_CERTAIN
                                                                       : MLINT_BID_SYNTAX;
}

/* ---- The database as a tree: rows of ZACCOUNT with their properties below them ---- */

/* Rows of a table that are read; the queries ask for one more, to know whether there is. */
enum { ACCOUNTS_AT_MOST = 20000, ROWS_AT_MOST = 200000 };

static const char accounts_sql[] =
    "SELECT a.Z_PK, a.ZACTIVE, a.ZPARENTACCOUNT, a.ZACCOUNTDESCRIPTION, a.ZUSERNAME, "
    "a.ZIDENTIFIER, t.ZIDENTIFIER AS TYPE FROM ZACCOUNT a "
    "LEFT JOIN ZACCOUNTTYPE t ON a.ZACCOUNTTYPE = t.Z_PK ORDER BY a.Z_PK LIMIT 20001";
static const char properties_sql[] =
    "SELECT ZOWNER, ZKEY, ZVALUE FROM ZACCOUNTPROPERTY WHERE ZKEY IN ('Hostname', "
    "'PortNumber', "
    "'SSLEnabled', 'SSLIsDirect', 'AuthenticationScheme', 'IdentityEmailAddress', "
    "'EmailAddresses', "
    "'ShouldUseAuthentication', 'EmailAliases', 'defaultAddress', 'SendingAccountIdentifier', "
    "'isOffline', 'IsOffline', "
    "'AccountIsOffline') ORDER BY ZOWNER, ZKEY, Z_PK LIMIT 200001";
static const char entities_sql[] =
    "SELECT Z_NAME, Z_ENT FROM Z_PRIMARYKEY WHERE Z_NAME IN ('Account', 'Dataclass')";

/* The rows of ZACCOUNT, sorted by their key. */
struct rows {
    struct mlint_node *table;
    struct mlint_node **at;
    size_t count;
    struct mlint_apple_senders senders; /* by ZIDENTIFIER in small letters */
};

static struct mlint_node *row_of(const struct rows *rows, int64_t key)
{
    size_t low = 0, high = rows->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int64_t found = rows->at[middle]->index;
        if (found == key)
            return rows->at[middle];
        if (found < key)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static int64_t number_of(const struct mlint_node *row, const char *column)
{
    const struct mlint_node *node = mlint_node_get(row, column);

    return node && node->type == MLINT_NODE_INTEGER ? node->number : -1;
}

/* What cannot be read is there all the same: it must not look like an absent key, which has a
 * meaning of its own. */
static void attach_property(struct mlint_tree *tree, struct mlint_node *owner,
                            struct mlint_str key, const struct mlint_node *value)
{
    struct mlint_node *made;

    if (value->type == MLINT_NODE_BINARY && mlint_keyed_read(tree, owner, key, value->value))
        return;
    made = mlint_node_add(tree, owner, (enum mlint_node_type)value->type, key);
    if (!made || value->type == MLINT_NODE_BINARY)
        return;
    made->value = value->value;
    made->number = value->number; /* the union's widest member */
}

static void attach_properties(struct mlint_tree *tree, const struct rows *accounts,
                              const struct mlint_node *properties)
{
    for (const struct mlint_node *row = properties->child; row; row = row->next) {
        const struct mlint_node *key = mlint_apple_text(row, "ZKEY");
        const struct mlint_node *value = mlint_node_get(row, "ZVALUE");
        struct mlint_node *owner = row_of(accounts, number_of(row, "ZOWNER"));
        if (!owner || !key || !value || value->type == MLINT_NODE_NULL)
            continue;
        attach_property(tree, owner, key->value, value);
    }
}

/* Core Data names the join table after entity numbers, which differ from store to store. */
static const struct mlint_node *data_classes(struct mlint_sqlite *sqlite)
{
    const struct mlint_node *entities =
        mlint_sqlite_query(sqlite, "Z_PRIMARYKEY", entities_sql);
    const struct mlint_node *row = entities ? entities->child : NULL;
    long long account = 0, dataclass = 0;

    for (; row; row = row->next) {
        const struct mlint_node *name = mlint_apple_text(row, "Z_NAME");
        if (name && mlint_str_eq(name->value, MLINT_STR("Account")))
            account = number_of(row, "Z_ENT");
        else if (name)
            dataclass = number_of(row, "Z_ENT");
    }
    if (account <= 0 || dataclass <= 0)
        return NULL;
    return mlint_sqlite_query(
        sqlite, "ENABLEDDATACLASSES",
        mlint_arena_printf(sqlite->tree->arena,
                           "SELECT e.Z_%lldENABLEDACCOUNTS AS ACCOUNT, d.ZNAME FROM "
                           "Z_%lldENABLEDDATACLASSES e JOIN ZDATACLASS d "
                           "ON e.Z_%lldENABLEDDATACLASSES = d.Z_PK LIMIT 200001",
                           account, account, dataclass));
}

/* An account row gets a child MailEnabled once it has any data class: 1 if Mail is among them.
 */
static void attach_data_classes(struct mlint_tree *tree, const struct rows *accounts,
                                const struct mlint_node *classes)
{
    for (struct mlint_node *row = classes ? classes->child : NULL; row; row = row->next) {
        const struct mlint_node *name = mlint_node_get(row, "ZNAME");
        struct mlint_node *owner = row_of(accounts, number_of(row, "ACCOUNT"));
        struct mlint_node *text = NULL, *mark;
        if (!owner || !name)
            continue;
        if (name->type == MLINT_NODE_BINARY)
            text = mlint_keyed_read(tree, row, MLINT_STR("Dataclass"), name->value);
        name = text ? text : name;
        mark = (struct mlint_node *)(uintptr_t)mlint_node_get(owner, "MailEnabled");
        if (!mark)
            mark = mlint_node_add(tree, owner, MLINT_NODE_BOOLEAN, MLINT_STR("MailEnabled"));
        if (mark && mlint_str_eq(name->value, MLINT_STR("com.apple.Dataclass.Mail")))
            mark->number = 1;
    }
}

/* A row's number in paths is its key: ZACCOUNT[18]. */
static bool index_rows(struct mlint_tree *tree, struct rows *rows)
{
    size_t count = 0;

    for (struct mlint_node *row = rows->table->child; row; row = row->next) {
        int64_t key = number_of(row, "Z_PK");
        row->index = key > 0 && key < UINT32_MAX ? (uint32_t)key : 0;
        count++;
    }
    rows->at = mlint_arena_array(tree->arena, struct mlint_node *, count + 1);
    if (!rows->at)
        return false;
    for (struct mlint_node *row = rows->table->child; row; row = row->next)
        rows->at[rows->count++] = row;
    return true;
}

static bool has_more_rows(const struct mlint_node *table, size_t most)
{
    size_t count = 0;

    for (const struct mlint_node *row = table ? table->child : NULL; row; row = row->next)
        count++;
    return count > most;
}

/* A store that is in use has its newest settings in the log. */
static struct mlint_str log_beside(struct mlint_reading *reading)
{
    const char *name = mlint_arena_printf(
        reading->arena, "%.*s-wal", MLINT_STR_ARG(mlint_str_base_name(reading->source->name)));
    struct mlint_source *log = reading->companion(reading, name);
    struct mlint_str raw = reading->source->raw;

    if (!log && raw.len > WRITE_VERSION && raw.ptr[WRITE_VERSION] == 2)
        reading->file->detail = mlint_arena_printf(
            reading->arena, "read without %s, which may hold newer settings", name);
    return log ? log->raw : MLINT_STR("");
}

/* ---- Rows become accounts ---- */

struct kind {
    const char *type;
    enum mlint_protocol protocol;
    uint32_t flags;
};

static const struct kind kinds[] = {
    { "com.apple.account.IMAP", MLINT_PROTOCOL_IMAP, 0 },
    { "com.apple.account.POP", MLINT_PROTOCOL_POP3, 0 },
    { "com.apple.account.IMAPMail", MLINT_PROTOCOL_IMAP, MLINT_ACCOUNT_PREDEFINED },
    { "com.apple.account.Google", MLINT_PROTOCOL_IMAP, MLINT_ACCOUNT_PREDEFINED },
    { "com.apple.account.Yahoo", MLINT_PROTOCOL_IMAP, MLINT_ACCOUNT_PREDEFINED },
    { "com.apple.account.aol", MLINT_PROTOCOL_IMAP, MLINT_ACCOUNT_PREDEFINED },
    { "com.apple.account.Hotmail", MLINT_PROTOCOL_IMAP, MLINT_ACCOUNT_PREDEFINED },
    { "com.apple.account.Exchange", MLINT_PROTOCOL_OTHER, MLINT_ACCOUNT_OTHER },
};

static const struct kind *kind_of(const struct mlint_node *row)
{
    const struct mlint_node *type = mlint_apple_text(row, "TYPE");

    for (size_t i = 0; type && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (mlint_str_eq_nocase(type->value, mlint_str_from(kinds[i].type)))
            return &kinds[i];
    }
    return NULL;
}

static void set_text(struct mlint_field *field, const struct mlint_node *node)
{
    if (node)
        mlint_field_set_text(field, MLINT_WRITTEN, node, node->value);
}

static void read_server(struct mlint_reading *reading, struct mlint_side *side,
                        const struct mlint_node *row, enum mlint_protocol protocol,
                        bool is_predefined)
{
    struct mlint_apple_server server = {
        .dict = row,
        .protocol = protocol,
        .port = mlint_apple_get(row, "PortNumber"),
        .ssl = mlint_apple_get(row, "SSLEnabled"),
        .direct = mlint_apple_get(row, "SSLIsDirect"),
    };
    const struct mlint_node *host = mlint_apple_get(row, "Hostname");

    side->exists = true;
    set_text(&side->field[MLINT_FIELD_HOST], mlint_apple_text(row, "Hostname"));
    if (side->field[MLINT_FIELD_HOST].presence == MLINT_ABSENT) {
        side->field[MLINT_FIELD_HOST].comment =
            host            ? "what is stored for the server cannot be read"
            : is_predefined ? "the server of this account type is known to macOS only"
                            : "no server is stored";
        return;
    }
    mlint_apple_server_read(reading, side, &server);
    mlint_apple_auth_read(reading, &side->field[MLINT_FIELD_AUTH], row,
                          mlint_apple_get(row, "AuthenticationScheme"),
                          protocol == MLINT_PROTOCOL_SMTP &&
                              !mlint_apple_text(row, "ZUSERNAME"));
}

static void read_user(struct mlint_field *user, const struct rows *accounts,
                      const struct mlint_node *row)
{
    const struct mlint_node *own = mlint_apple_text(row, "ZUSERNAME");
    const struct mlint_node *parent = row_of(accounts, number_of(row, "ZPARENTACCOUNT"));

    set_text(user, own || !parent ? own : mlint_apple_text(parent, "ZUSERNAME"));
    user->inherited = !own && parent;
}

static struct mlint_str identifier_of(struct mlint_arena *arena, const struct mlint_node *row)
{
    const struct mlint_node *id = mlint_apple_text(row, "ZIDENTIFIER");

    return id ? mlint_utf8_lower(arena, id->value) : MLINT_STR("");
}

static void read_outgoing(struct mlint_reading *reading, struct mlint_account *account,
                          const struct rows *accounts, const struct mlint_node *row)
{
    const struct mlint_node *wanted = mlint_apple_text(row, "SendingAccountIdentifier");
    const struct mlint_node *sender;
    struct mlint_side *side =
        wanted ? mlint_account_add_outgoing(reading->result, account) : NULL;

    if (!side)
        return;
    sender = mlint_apple_sender_named(&accounts->senders,
                                      mlint_utf8_lower(reading->arena, wanted->value));
    mlint_field_set_number(&side->field[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN, NULL,
                           MLINT_PROTOCOL_SMTP);
    side->field[MLINT_FIELD_PASSWORD].comment = KEYCHAIN;
    if (!sender) {
        side->field[MLINT_FIELD_HOST].comment = "its outgoing server is not in this file";
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, wanted,
                           "SendingAccountIdentifier names no account of this file");
        return;
    }
    read_server(reading, side, sender, MLINT_PROTOCOL_SMTP, false);
    read_user(&side->field[MLINT_FIELD_USERNAME], accounts, sender);
}

static void add_alias(struct mlint_reading *reading, struct mlint_account *account,
                      const struct mlint_node *alias)
{
    const struct mlint_node *list = mlint_node_get(alias, "EmailAddresses");
    const struct mlint_node *primary = mlint_node_get(alias, "IsPrimary");
    const struct mlint_node *item = list ? list->child : NULL;
    int64_t first = 0;

    if (primary)
        mlint_apple_truth(primary, &first);
    for (; item; item = item->next) {
        const struct mlint_node *address = mlint_apple_text(item, "EmailAddress");
        if (address)
            mlint_account_add_address(reading->result, account, address->value, !first);
    }
}

/* macOS: IdentityEmailAddress and EmailAliases; iOS: EmailAddresses, once a list and once a
 * dictionary whose keys are the addresses. */
static void read_addresses(struct mlint_reading *reading, struct mlint_account *account,
                           const struct mlint_node *row)
{
    const struct mlint_node *own = mlint_apple_text(row, "IdentityEmailAddress");
    const struct mlint_node *list = mlint_node_get(row, "EmailAddresses");
    const struct mlint_node *aliases = mlint_node_get(row, "EmailAliases");
    const struct mlint_node *item;

    own = own ? own : mlint_apple_text(row, "defaultAddress");
    if (own)
        mlint_account_add_address(reading->result, account, own->value, false);
    for (item = list ? list->child : NULL; item; item = item->next) {
        if (list->type == MLINT_NODE_DICT)
            mlint_account_add_address(reading->result, account, item->name, false);
        else if (item->type == MLINT_NODE_STRING)
            mlint_account_add_address(reading->result, account, item->value, false);
    }
    for (item = aliases ? aliases->child : NULL; item; item = item->next)
        add_alias(reading, account, item);
    set_text(&account->address, own);
}

static bool is_off(const struct mlint_field *field)
{
    return mlint_field_has(field) && !field->number;
}

static void read_online(struct mlint_account *account, const struct rows *accounts,
                        const struct mlint_node *row)
{
    static const char *const offline_keys[] = { "isOffline", "AccountIsOffline" };
    const struct mlint_node *parent = row_of(accounts, number_of(row, "ZPARENTACCOUNT"));
    const struct mlint_node *active = mlint_node_get(row, "ZACTIVE");
    const struct mlint_node *mail = mlint_node_get(row, "MailEnabled");
    int64_t offline;

    if (!mail && parent)
        mail = mlint_node_get(parent, "MailEnabled");
    account->online.comment =
        "Mail stores no offline state: Mailbox > Take All Accounts Online";
    mlint_field_set_number(&account->enabled, active ? MLINT_WRITTEN : MLINT_ABSENT, active, 1);
    if (active && active->type == MLINT_NODE_INTEGER && !active->number) {
        mlint_field_set_number(&account->online, MLINT_WRITTEN, active, 0);
        account->online.comment = "the account is switched off";
    } else if (mail && !mail->number) {
        mlint_field_set_number(&account->online, MLINT_WRITTEN, mail, 0);
        account->online.comment = "Mail is switched off for this account";
    }
    /* What is switched off is not in use, whatever is stored of its being online. */
    for (size_t i = 0; i < 2 && !is_off(&account->online); i++) {
        const struct mlint_node *node = mlint_node_get_nocase(row, offline_keys[i]);
        if (node && mlint_apple_truth(node, &offline)) {
            mlint_field_set_number(&account->online, MLINT_WRITTEN, node, !offline);
            account->online.comment = offline ? "the account is kept offline" : NULL;
        }
    }
}

/* Google and the like are in the store for calendars alone as well. */
static bool has_mail(const struct kind *kind, const struct mlint_node *row)
{
    const struct mlint_node *mail = mlint_node_get(row, "MailEnabled");

    return !kind->flags ||
           !mlint_str_eq(mlint_str_from(kind->type), MLINT_STR("com.apple.account.Google")) ||
           !mail || mail->number;
}

/* iCloud's mail account has no label; its parent has. */
static void read_name(struct mlint_account *account, const struct rows *accounts,
                      const struct mlint_node *row)
{
    const struct mlint_node *parent = row_of(accounts, number_of(row, "ZPARENTACCOUNT"));
    const struct mlint_node *own = mlint_apple_text(row, "ZACCOUNTDESCRIPTION");

    set_text(&account->name,
             own || !parent ? own : mlint_apple_text(parent, "ZACCOUNTDESCRIPTION"));
}

/* An account that is in Accounts3 and in Accounts4 of one folder is one account of one Mac; two
 * accounts of one store are two. */
static struct mlint_str installation(struct mlint_reading *reading,
                                     const struct mlint_node *row)
{
    const struct mlint_node *id = mlint_apple_text(row, "ZIDENTIFIER");
    struct mlint_str path = reading->source->name;
    struct mlint_str folder = mlint_str_sub(path, 0, path.len - mlint_str_base_name(path).len);
    const char *name = id ? mlint_arena_printf(reading->arena, "%.*s#accounts#%.*s",
                                               MLINT_STR_ARG(folder), MLINT_STR_ARG(id->value))
                          : mlint_arena_printf(reading->arena, "%.*s#accounts#%u",
                                               MLINT_STR_ARG(folder), row->index);

    return mlint_str_from(name);
}

static void read_account(struct mlint_reading *reading, const struct rows *accounts,
                         const struct mlint_node *row, const struct mlint_node *settings)
{
    const struct kind *kind = kind_of(row);
    const struct mlint_node *id = mlint_apple_text(row, "ZIDENTIFIER");
    struct mlint_account *account;

    if (!kind || !has_mail(kind, row))
        return;
    account = mlint_result_add_account(reading->result, reading->file,
                                       id ? id->value : MLINT_STR("ZACCOUNT"));
    if (!account)
        return;
    account->node = row;
    account->flags = kind->flags;
    account->installation = installation(reading, row);
    mlint_field_set_number(&account->incoming.field[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN,
                           mlint_node_get(row, "TYPE"), kind->protocol);
    read_name(account, accounts, row);
    read_addresses(reading, account, row);
    read_server(reading, &account->incoming, row, kind->protocol,
                kind->flags & (MLINT_ACCOUNT_PREDEFINED | MLINT_ACCOUNT_OTHER));
    read_user(&account->incoming.field[MLINT_FIELD_USERNAME], accounts, row);
    account->incoming.field[MLINT_FIELD_PASSWORD].comment = KEYCHAIN;
    read_outgoing(reading, account, accounts, row);
    read_online(account, accounts, row);
    mlint_apple_poll_read(reading, settings, &account->incoming);
}

static enum mlint_read_outcome fail(struct mlint_reading *reading, const char *problem)
{
    reading->file->detail = problem;
    return MLINT_READ_DAMAGED;
}

static enum mlint_read_outcome read_rows(struct mlint_reading *reading,
                                         struct mlint_sqlite *sqlite)
{
    const struct mlint_node *settings, *properties, *classes;
    struct rows rows = { .table = mlint_sqlite_query(sqlite, "ZACCOUNT", accounts_sql) };

    if (!rows.table)
        return strcmp(sqlite->problem, "a table that is needed is missing") == 0
                   ? MLINT_READ_NOT_MINE
                   : fail(reading, sqlite->problem);
    if (!index_rows(sqlite->tree, &rows))
        return MLINT_READ_LIMIT;
    properties = mlint_sqlite_query(sqlite, "ZACCOUNTPROPERTY", properties_sql);
    if (!properties)
        return fail(reading, sqlite->problem);
    classes = data_classes(sqlite);
    attach_properties(sqlite->tree, &rows, properties);
    attach_data_classes(sqlite->tree, &rows, classes);
    sqlite->tree->too_many |= has_more_rows(rows.table, ACCOUNTS_AT_MOST) ||
                              has_more_rows(properties, ROWS_AT_MOST) ||
                              has_more_rows(classes, ROWS_AT_MOST);
    rows.senders = mlint_apple_senders_of(reading->arena, rows.table, identifier_of);
    settings = mlint_apple_settings_beside(reading);
    for (size_t i = 0; i < rows.count; i++)
        read_account(reading, &rows, rows.at[i], settings);
    return mlint_reading_outcome(reading, sqlite->tree);
}

static enum mlint_read_outcome read_store(struct mlint_reading *reading)
{
    struct mlint_sqlite sqlite;
    enum mlint_read_outcome outcome;

    reading->source->encoding = MLINT_ENC_BINARY;
    reading->tree = mlint_tree_new(reading->arena, reading->source, MLINT_PATH_SLASH);
    if (!reading->tree)
        return MLINT_READ_LIMIT;
    outcome = mlint_sqlite_open(&sqlite, reading->tree, &reading->result->linter->modules,
                                log_beside(reading))
                  ? read_rows(reading, &sqlite)
                  : fail(reading, sqlite.problem);
    mlint_sqlite_close(&sqlite);
    return outcome;
}

const struct mlint_format mlint_format_apple_accounts_sqlite = {
    .id = "apple-accounts-sqlite",
    .client = MLINT_CLIENT_APPLE_MAIL,
    .title = "macOS and iOS accounts database (Accounts3/4.sqlite)",
    .recognised_by = "a SQLite database with ZACCOUNT and ZACCOUNTPROPERTY",
    .companions = companions,
    .needs = "sqlite",
    .starts = "S",
    .probe = probe,
    .read = read_store,
};
