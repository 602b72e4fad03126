/* thunderbird_names.c: the preferences that matter by name: which kind of object each belongs
 * to and what type it has. What they are set to is sorted in thunderbird_graph.c. */
#include "formats/thunderbird.h"

#include "base/num.h"

#define ROW(pref, kind, slot, type, fixed, shared, name)                                       \
    [MLINT_TB_##pref] = { MLINT_TB_##kind, slot,   MLINT_NODE_##type,                          \
                          fixed,           shared, MLINT_STR_INIT(name) }

const struct mlint_tb_row mlint_tb_rows[MLINT_TB_PREF_COUNT] = {
    ROW(ACCOUNTS, GLOBAL, 0, STRING, true, false, "mail.accountmanager.accounts"),
    ROW(APPEND, GLOBAL, 1, STRING, false, false, "mail.accountmanager.appendaccounts"),
    ROW(SMTP_LIST, GLOBAL, 2, STRING, true, false, "mail.smtpservers"),
    ROW(SMTP_DEFAULT, GLOBAL, 3, STRING, false, false, "mail.smtp.defaultserver"),
    ROW(UI_VERSION, GLOBAL, 4, INTEGER, false, false, "mail.ui-rdf.version"),
    ROW(APP_VERSION, GLOBAL, 5, STRING, false, false, "extensions.lastAppVersion"),
    ROW(MILESTONE, GLOBAL, 6, STRING, false, false, "mailnews.start_page_override.mstone"),
    ROW(APPEND_VERSION, GLOBAL, 7, INTEGER, true, false,
        "mailnews.append_preconfig_accounts.version"),
    ROW(CONFIG_NAME, GLOBAL, 8, STRING, false, false, "general.config.filename"),
    ROW(CONFIG_SHIFT, GLOBAL, 9, INTEGER, false, false, "general.config.obscure_value"),
    ROW(ACCOUNT_SERVER, ACCOUNT, 0, STRING, false, false, "server"),
    ROW(ACCOUNT_IDENTITIES, ACCOUNT, 1, STRING, false, false, "identities"),
    ROW(TYPE, SERVER, 0, STRING, false, false, "type"),
    ROW(HOST, SERVER, 1, STRING, false, true, "hostname"),
    ROW(USER, SERVER, 2, STRING, false, true, "userName"),
    ROW(PORT, SERVER, 3, INTEGER, true, true, "port"),
    ROW(SOCKET, SERVER, 4, INTEGER, true, true, "socketType"),
    ROW(IS_SECURE, SERVER, 5, BOOLEAN, true, false, "isSecure"),
    ROW(AUTH, SERVER, 6, INTEGER, true, true, "authMethod"),
    ROW(NAME, SERVER, 7, STRING, false, true, "name"),
    ROW(CHECK, SERVER, 8, BOOLEAN, false, false, "check_new_mail"),
    ROW(CHECK_TIME, SERVER, 9, INTEGER, true, true, "check_time"),
    ROW(AT_START, SERVER, 17, BOOLEAN, true, true, "login_at_startup"),
    ROW(LEAVE, SERVER, 10, BOOLEAN, true, true, "leave_on_server"),
    ROW(HIDDEN, SERVER, 11, BOOLEAN, true, true, "hidden"),
    ROW(REAL_HOST, SERVER, 12, STRING, false, false, "realhostname"),
    ROW(REAL_USER, SERVER, 13, STRING, false, false, "realuserName"),
    ROW(USE_SEC_AUTH, SERVER, 14, BOOLEAN, false, false, "useSecAuth"),
    ROW(AUTH_LOGIN, SERVER, 15, BOOLEAN, false, false, "auth_login"),
    ROW(PASSWORD, SERVER, 16, STRING, false, false, "password"),
    ROW(EMAIL, IDENTITY, 0, STRING, false, true, "useremail"),
    ROW(SMTP_KEY, IDENTITY, 1, STRING, false, true, "smtpServer"),
    ROW(SMTP_TYPE, SMTP, 0, STRING, false, false, "type"),
    ROW(SMTP_HOST, SMTP, 1, STRING, false, false, "hostname"),
    ROW(SMTP_USER, SMTP, 2, STRING, false, false, "username"),
    ROW(SMTP_PORT, SMTP, 3, INTEGER, false, false, "port"),
    ROW(SMTP_SOCKET, SMTP, 4, INTEGER, true, true, "try_ssl"),
    ROW(SMTP_AUTH, SMTP, 5, INTEGER, true, true, "authMethod"),
    ROW(SMTP_OLD_AUTH, SMTP, 6, INTEGER, false, false, "auth_method"),
    ROW(SMTP_PASSWORD, SMTP, 7, STRING, false, false, "password"),
};

static const struct mlint_str prefixes[MLINT_TB_KIND_COUNT] = {
    [MLINT_TB_GLOBAL] = MLINT_STR_INIT(""),
    [MLINT_TB_ACCOUNT] = MLINT_STR_INIT("mail.account."),
    [MLINT_TB_SERVER] = MLINT_STR_INIT("mail.server."),
    [MLINT_TB_IDENTITY] = MLINT_STR_INIT("mail.identity."),
    [MLINT_TB_SMTP] = MLINT_STR_INIT("mail.smtpserver."),
    [MLINT_TB_MAILBOX] = MLINT_STR_INIT(""),
};

/* The first row of each kind. */
static const uint8_t starts[MLINT_TB_SMTP + 2] = {
    MLINT_TB_ACCOUNTS, MLINT_TB_ACCOUNT_SERVER, MLINT_TB_TYPE,
    MLINT_TB_EMAIL,    MLINT_TB_SMTP_TYPE,      MLINT_TB_PREF_COUNT,
};

/* ---- Names ------------------------------------------------------------------------------ */

/* A bit for each length that a name of the kind has: most others are turned away by it. */
static uint32_t lengths_of(enum mlint_tb_kind kind)
{
    switch (kind) {
    case MLINT_TB_ACCOUNT: /* server, identities */
        return 1u << 6 | 1u << 10;
    case MLINT_TB_SERVER: /* type, hidden, hostname, authMethod, realhostname and so on */
        return 1u << 4 | 1u << 6 | 1u << 8 | 1u << 10 | 1u << 12 | 1u << 14 | 1u << 15 |
               1u << 16;
    case MLINT_TB_IDENTITY: /* useremail, smtpServer */
        return 1u << 9 | 1u << 10;
    case MLINT_TB_SMTP: /* type, try_ssl, hostname, authMethod, auth_method */
        return 1u << 4 | 1u << 7 | 1u << 8 | 1u << 10 | 1u << 11;
    default:
        return 0;
    }
}

/* 1 + the row whose name this is among those from `from` to before `to`, or 0. */
static inline uint16_t search(unsigned from, unsigned to, struct mlint_str name)
{
    for (unsigned i = from; i < to; i++)
        if (mlint_tb_rows[i].name.len == name.len &&
            mlint_tb_rows[i].name.ptr[0] == name.ptr[0] &&
            mlint_str_eq(mlint_tb_rows[i].name, name))
            return (uint16_t)(i + 1);
    return MLINT_PREFS_DROP;
}

/* Where a server's mail lies: names of the user's folders and of hosts of old. */
static bool is_folder(struct mlint_str last)
{
    return mlint_str_eq(last, MLINT_STR("directory")) ||
           mlint_str_eq(last, MLINT_STR("directory-rel"));
}

/* A name that has the prefix of the kind. */
static uint16_t classify_object(enum mlint_tb_kind kind, struct mlint_str name)
{
    size_t dot = mlint_str_rfind_char(name, '.');
    struct mlint_str last = mlint_str_sub(name, dot + 1, name.len);
    uint16_t found = MLINT_PREFS_DROP;

    if (dot > prefixes[kind].len && last.len < 32 && lengths_of(kind) >> last.len & 1)
        found = search(starts[kind], starts[kind + 1], last);
    if (!found && kind == MLINT_TB_SERVER && is_folder(last))
        return MLINT_PREFS_HIDE;
    return found ? found : MLINT_PREFS_FIRST;
}

/* mail.*, most of which begins neither an object's name nor another one that matters. */
static uint16_t classify_mail(struct mlint_str name)
{
    uint16_t found;

    switch (name.ptr[5]) {
    case 'a':
        if (mlint_str_starts(name, MLINT_STR("mail.account.")))
            return classify_object(MLINT_TB_ACCOUNT, name);
        break;
    case 'i':
        if (mlint_str_starts(name, MLINT_STR("mail.identity.")))
            return classify_object(MLINT_TB_IDENTITY, name);
        break;
    case 's':
        if (mlint_str_starts(name, MLINT_STR("mail.server.")))
            return classify_object(MLINT_TB_SERVER, name);
        if (mlint_str_starts(name, MLINT_STR("mail.smtpserver.")))
            return classify_object(MLINT_TB_SMTP, name);
        break;
    case 'u':
        break;
    default:
        return MLINT_PREFS_FIRST;
    }
    found = search(MLINT_TB_ACCOUNTS, MLINT_TB_APP_VERSION, name);
    return found ? found : MLINT_PREFS_FIRST;
}

uint16_t mlint_tb_classify(struct mlint_str name)
{
    uint16_t found;

    if (name.len < 6)
        return MLINT_PREFS_DROP;
    if (mlint_str_starts(name, MLINT_STR("mail.")))
        return classify_mail(name);
    if (name.ptr[0] == 'e')
        return search(MLINT_TB_APP_VERSION, MLINT_TB_MILESTONE, name);
    if (name.ptr[0] == 'g')
        return search(MLINT_TB_CONFIG_NAME, MLINT_TB_ACCOUNT_SERVER, name);
    if (!mlint_str_starts(name, MLINT_STR("mailnews.")))
        return MLINT_PREFS_DROP;
    found = search(MLINT_TB_MILESTONE, MLINT_TB_CONFIG_NAME, name);
    return found ? found : MLINT_PREFS_FIRST;
}

const char *mlint_tb_name(struct mlint_tb_graph *graph, const struct mlint_tb_object *object,
                          enum mlint_tb_pref pref)
{
    const struct mlint_tb_row *row = &mlint_tb_rows[pref];
    struct mlint_str prefix = prefixes[row->kind];
    char *name, *p;

    if (row->kind == MLINT_TB_GLOBAL)
        return row->name.ptr;
    name = mlint_arena_bytes(graph->arena, prefix.len + object->key.len + row->name.len + 2);
    if (!name)
        return "";
    p = mempcpy(mempcpy(name, prefix.ptr, prefix.len), object->key.ptr, object->key.len);
    *p++ = '.';
    memcpy(p, row->name.ptr, row->name.len + 1);
    return name;
}

unsigned mlint_tb_major(struct mlint_str version)
{
    int64_t number;
    struct mlint_str part;

    if (!mlint_str_split(&version, '.', &part) || !mlint_num_parse(part, 10, &number) ||
        number < 0 || number > 100000)
        return 0;
    return (unsigned)number;
}

struct mlint_str mlint_tb_key(const struct mlint_tb_row *row, struct mlint_str name)
{
    return mlint_str_sub(name, prefixes[row->kind].len, name.len - row->name.len - 1);
}
