/* outlook_prf.c: .prf files, with which administrators have Outlook set up a profile: both
 * dialects, that of Outlook 97 to 2000 (Newprof) and that of 2002 and later (/importprf).
 *
 * A value arrives only if the mapping section of its account gives its name a property id, so
 * it is the id that says what a value means. Here names, sections and ids are brought together;
 * what the properties mean for an account is outlook_prf_account.c's. */
#include "formats/outlook_prf.h"

#include "base/num.h"
#include "base/utf8.h"
#include "model/config.h"
#include "source/limits.h"
#include "syntax/ini.h"

/* ---- Properties ----------------------------------------------------------------------------
 */

enum family { ANY, POP, IMAP };

/* Ids up to 0x1101 are those of Outlook 2002 and later (MS: account management properties),
 * from 0x1235 those of 97 to 2000, which .iaf files share. The names are what every generator
 * calls them: a value that is not mapped is known by its name. */
static const struct property {
    uint16_t id;
    uint8_t property;
    uint8_t family;
    const char *name;
} properties[] = {
    { 0x0002, MLINT_PRF_NAME, ANY, "AccountName" },
    { 0x000C, MLINT_PRF_EMAIL, ANY, "EmailAddress" },
    { 0x0100, MLINT_PRF_SERVER, POP, "POP3Server" },
    { 0x0100, MLINT_PRF_SERVER, IMAP, "IMAPServer" },
    { 0x0100, MLINT_PRF_SERVER, ANY, "HttpServer" },
    { 0x0101, MLINT_PRF_USER, POP, "POP3UserName" },
    { 0x0101, MLINT_PRF_USER, IMAP, "IMAPUserName" },
    { 0x0102, MLINT_PRF_PASSWORD, POP, "POP3Password" },
    { 0x0102, MLINT_PRF_PASSWORD, IMAP, "IMAPPassword" },
    { 0x0104, MLINT_PRF_PORT, POP, "POP3Port" },
    { 0x0104, MLINT_PRF_PORT, IMAP, "IMAPPort" },
    { 0x0105, MLINT_PRF_SSL, POP, "POP3UseSSL" },
    { 0x0105, MLINT_PRF_SSL, IMAP, "IMAPUseSSL" },
    { 0x0108, MLINT_PRF_SPA, POP, "POP3UseSPA" },
    { 0x0108, MLINT_PRF_SPA, IMAP, "IMAPUseSPA" },
    { 0x0200, MLINT_PRF_SMTP_SERVER, ANY, "SMTPServer" },
    { 0x0201, MLINT_PRF_SMTP_PORT, ANY, "SMTPPort" },
    { 0x0202, MLINT_PRF_SMTP_SSL, ANY, "SMTPUseSSL" },
    { 0x0203, MLINT_PRF_SMTP_AUTH, ANY, "SMTPUseAuth" },
    { 0x0204, MLINT_PRF_SMTP_USER, ANY, "SMTPUserName" },
    { 0x0205, MLINT_PRF_SMTP_PASSWORD, ANY, "SMTPPassword" },
    { 0x0207, MLINT_PRF_SMTP_SPA, ANY, "SMTPUseSPA" },
    { 0x0208, MLINT_PRF_SMTP_METHOD, ANY, "SMTPAuthMethod" },
    { 0x020A, MLINT_PRF_SMTP_ENCRYPTION, ANY, "SMTPSecureConnection" },
    { 0x1000, MLINT_PRF_LEAVE, POP, "LeaveOnServer" },
    { 0x1235, MLINT_PRF_NAME, ANY, NULL },
    { 0x1298, MLINT_PRF_SERVER, IMAP, NULL },
    { 0x1299, MLINT_PRF_USER, IMAP, "IMAPLogonName" },
    { 0x129A, MLINT_PRF_PASSWORD, IMAP, NULL },
    { 0x129C, MLINT_PRF_SPA, IMAP, "IMAPUseSicily" },
    { 0x129D, MLINT_PRF_PORT, IMAP, NULL },
    { 0x129E, MLINT_PRF_SSL, IMAP, "IMAPSSL" },
    { 0x13C4, MLINT_PRF_SERVER, POP, NULL },
    { 0x13C5, MLINT_PRF_USER, POP, "POP3LogonName" },
    { 0x13C6, MLINT_PRF_PASSWORD, POP, NULL },
    { 0x13C8, MLINT_PRF_SPA, POP, "POP3UseSicily" },
    { 0x13C9, MLINT_PRF_PORT, POP, NULL },
    { 0x13CA, MLINT_PRF_SSL, POP, "POP3SSL" },
    { 0x13CC, MLINT_PRF_LEAVE, POP, "POP3LeaveOnServer" },
    { 0x1428, MLINT_PRF_SMTP_SERVER, ANY, NULL },
    { 0x1429, MLINT_PRF_SMTP_USER, ANY, "SMTPLogonName" },
    { 0x142A, MLINT_PRF_SMTP_PASSWORD, ANY, NULL },
    { 0x142C, MLINT_PRF_SMTP_SICILY, ANY, "SMTPUseSicily" },
    { 0x142D, MLINT_PRF_SMTP_PORT, ANY, NULL },
    { 0x142E, MLINT_PRF_SMTP_SSL, ANY, "SMTPSSL" },
    { 0x1432, MLINT_PRF_EMAIL, ANY, "SMTPEmailAddress" },
};

#define PROPERTIES (sizeof(properties) / sizeof(properties[0]))

static const struct property *by_id(unsigned id, unsigned family)
{
    for (size_t i = 0; i < PROPERTIES; i++) {
        if (properties[i].id == id &&
            (id < 0x1235 || properties[i].family == ANY || properties[i].family == family))
            return &properties[i];
    }
    return NULL;
}

static const struct property *by_name(struct mlint_str name)
{
    for (size_t i = 0; i < PROPERTIES; i++) {
        if (properties[i].name && mlint_str_eq_nocase(name, mlint_str_from(properties[i].name)))
            return &properties[i];
    }
    return NULL;
}

static enum family family_of(const struct mlint_prf_account *account)
{
    return account->protocol == MLINT_PROTOCOL_IMAP ? IMAP : POP;
}

const char *mlint_prf_name(enum mlint_prf_property property,
                           const struct mlint_prf_account *account)
{
    unsigned family = family_of(account);
    const char *name = "";

    for (size_t i = 0; i < PROPERTIES; i++) {
        if (properties[i].property != property || !properties[i].name ||
            (properties[i].family != ANY && properties[i].family != family))
            continue;
        if (!*name || (properties[i].id >= 0x1235) == account->old)
            name = properties[i].name;
    }
    return name;
}

/* ---- Mapping sections ----------------------------------------------------------------------
 */

/* "PT_LONG,0x0108": the id; a full tag like 0x001e3001 has the type in its upper half. 0: none.
 */
static unsigned id_of(struct mlint_str text)
{
    size_t comma = mlint_str_find_char(text, ',');
    struct mlint_str number = mlint_str_trim(mlint_str_sub(text, comma + 1, text.len));
    bool hex = mlint_str_starts_nocase(number, MLINT_STR("0x"));
    int64_t id;

    if (comma >= text.len || !mlint_str_starts_nocase(mlint_str_trim(text), MLINT_STR("PT_")))
        return 0;
    number = mlint_str_sub(number, hex ? 2 : 0, number.len);
    if (!mlint_num_parse(number, hex ? 16 : 10, &id) || id < 0 || id > UINT32_MAX)
        return 0;
    return (unsigned)id & 0xFFFF;
}

static bool is_password(const struct property *property)
{
    return property->property == MLINT_PRF_PASSWORD ||
           property->property == MLINT_PRF_SMTP_PASSWORD;
}

bool mlint_prf_maps_password(struct mlint_str text)
{
    unsigned id = id_of(text);

    for (size_t i = 0; id && i < PROPERTIES; i++) {
        if (properties[i].id == id && is_password(&properties[i]))
            return true;
    }
    return false;
}

static unsigned mapped_id(const struct mlint_prf_map *map, struct mlint_str name)
{
    for (size_t i = 0; i < map->count; i++) {
        if (mlint_str_eq_nocase(map->lines[i]->name, name))
            return map->ids[i];
    }
    return 0;
}

/* Most accounts of a file share one: the newest stays read. */
static void read_map(struct mlint_prf *prf, const struct mlint_node *section)
{
    struct mlint_prf_map *map = &prf->map;

    if (map->section == section)
        return;
    *map = (struct mlint_prf_map){ .section = section };
    for (const struct mlint_node *line = section ? section->child : NULL;
         line && map->count < MLINT_PRF_KEYS; line = line->next) {
        if (!map->type && mlint_str_eq_nocase(line->name, MLINT_STR("AccountType")))
            map->type = line;
        map->lines[map->count] = line;
        map->ids[map->count++] = (uint16_t)id_of(line->value);
    }
}

/* ---- Protocol ------------------------------------------------------------------------------
 */

static enum mlint_protocol protocol_of(struct mlint_str type)
{
    if (mlint_str_eq_nocase(type, MLINT_STR("POP3")) ||
        mlint_str_eq_nocase(type, MLINT_STR("POP")))
        return MLINT_PROTOCOL_POP3;
    if (mlint_str_eq_nocase(type, MLINT_STR("IMAP")) ||
        mlint_str_eq_nocase(type, MLINT_STR("IMAP4")))
        return MLINT_PROTOCOL_IMAP;
    return MLINT_PROTOCOL_OTHER;
}

/* Which family of old ids has a server, where AccountType is silent: it is in 97 to 2000. */
static enum family served_family(const struct mlint_prf_account *account)
{
    const struct mlint_node *key = account->section->child;
    enum family family = ANY;

    for (unsigned i = 0; key && i < MLINT_PRF_KEYS; key = key->next, i++) {
        const struct property *known = by_name(key->name);

        if (!known || known->property != MLINT_PRF_SERVER || !key->value.len)
            continue;
        if (known->family != IMAP)
            return POP;
        family = IMAP;
    }
    return family;
}

static void find_protocol(struct mlint_prf_account *account)
{
    const struct mlint_tree *tree = account->prf->reading->tree;
    const struct mlint_node *type = account->prf->map.type;
    bool imap;

    if (!type)
        type = mlint_ini_value(tree, account->section, MLINT_STR("AccountType"));
    account->type = type ? type : account->entry;
    if (type) {
        account->protocol = protocol_of(type->value);
        return;
    }
    imap = served_family(account) == IMAP;
    if (account->entry && mlint_str_starts_nocase(account->entry->value, MLINT_STR("IMAP")))
        imap = true;
    account->protocol = imap ? MLINT_PROTOCOL_IMAP : MLINT_PROTOCOL_POP3;
}

/* ---- The values of an account --------------------------------------------------------------
 */

/* Outlook handles these by itself, mapped or not. */
static bool is_control(struct mlint_str name)
{
    static const char *const names[] = { "UniqueService", "DefaultAccount", "DeliverToStore",
                                         "AccountType", "DeliverToFolder" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (mlint_str_eq_nocase(name, mlint_str_from(names[i])))
            return true;
    }
    return false;
}

/* Which password a value is, by its id or its name: the property, else what no account has. */
static enum mlint_prf_property password_of(const struct mlint_prf_account *account,
                                           const struct mlint_node *key)
{
    unsigned id = mapped_id(&account->prf->map, key->name);
    const struct property *known = id ? by_id(id, family_of(account)) : NULL;

    if (known && is_password(known))
        return (enum mlint_prf_property)known->property;
    if (known || !mlint_reading_is_password(key->name))
        return MLINT_PRF_PROPERTIES;
    return mlint_str_starts_nocase(key->name, MLINT_STR("SMTP")) ? MLINT_PRF_SMTP_PASSWORD
                                                                 : MLINT_PRF_PASSWORD;
}

static void say_lost(struct mlint_prf_account *account, const struct mlint_node *key)
{
    struct mlint_prf *prf = account->prf;
    const struct property *known = by_name(key->name);
    enum mlint_prf_property password = password_of(account, key);

    if (password < MLINT_PRF_PROPERTIES) {
        if (!account->lost[password])
            account->lost[password] = key;
    } else if (known && !account->value[known->property]) {
        account->lost[known->property] = key;
    }
    if (!prf->map.section || !key->value.len)
        return; /* said once for the section; or nothing that could arrive */
    mlint_reading_note(prf->reading, MLINT_NOTE_UNKNOWN_VALUE, key,
                       "\"%.*s\" never reaches Outlook: the section [%.*s] does not map it",
                       MLINT_STR_ARG(key->name), MLINT_STR_ARG(prf->map.section->name));
}

/* An earlier line of the same name wins. */
static const struct mlint_node *earlier(const struct mlint_node *section,
                                        const struct mlint_node *key)
{
    for (const struct mlint_node *other = section->child; other != key; other = other->next) {
        if (mlint_str_eq_nocase(other->name, key->name))
            return other;
    }
    return NULL;
}

static void say_twice(struct mlint_prf *prf, const struct mlint_node *key,
                      const struct mlint_node *first)
{
    struct mlint_note *note =
        mlint_tree_note(prf->reading->tree, MLINT_NOTE_DUPLICATE_KEY, key->name_span,
                        "\"%.*s\" is given a second time; Windows takes the first value",
                        MLINT_STR_ARG(key->name));

    if (note) {
        note->node = key;
        note->related = first;
    }
}

static void sort_key(struct mlint_prf_account *account, const struct mlint_node *key)
{
    unsigned id = mapped_id(&account->prf->map, key->name);
    const struct property *known = id ? by_id(id, family_of(account)) : NULL;
    const struct mlint_node *first = earlier(account->section, key);

    if (first) {
        say_twice(account->prf, key, first);
    } else if (known) {
        if (!account->value[known->property])
            account->value[known->property] = key;
        account->old |= id >= 0x1235;
    } else if (!id && !is_control(key->name)) {
        say_lost(account, key);
    }
}

static void sort_keys(struct mlint_prf_account *account)
{
    const struct mlint_node *key = account->section->child;

    for (unsigned i = 0; key && i < MLINT_PRF_KEYS; key = key->next, i++)
        sort_key(account, key);
    if (key)
        mlint_reading_note(
            account->prf->reading, MLINT_NOTE_SYNTAX, key,
            "more than %u values in one account: this and what follows is not read",
            MLINT_PRF_KEYS);
}

/* Passwords that no field of the account is: which of them arrives, nobody but Outlook asks. */
static void add_spares(const struct mlint_prf_account *account, struct mlint_account *out)
{
    const struct mlint_node *key = account->section->child;

    for (unsigned i = 0; key && i < MLINT_PRF_KEYS; key = key->next, i++) {
        enum mlint_prf_property property = password_of(account, key);

        if (key->value.len && property < MLINT_PRF_PROPERTIES)
            mlint_account_add_spare(
                account->prf->reading->result, out,
                property == MLINT_PRF_SMTP_PASSWORD ? MLINT_OUTGOING : MLINT_INCOMING, key);
    }
}

/* ---- The list of accounts ------------------------------------------------------------------
 */

/* "Account" and digits: the N, or -1. */
static int64_t number_of(struct mlint_str name)
{
    static const struct mlint_str prefix = MLINT_STR_INIT("Account");
    struct mlint_str digits;
    int64_t number;

    if (!mlint_str_starts_nocase(name, prefix))
        return -1;
    digits = mlint_str_sub(name, prefix.len, name.len);
    if (!digits.len || digits.ptr[0] == '+' || !mlint_num_parse(digits, 10, &number))
        return -1;
    return number;
}

static void add_account(struct mlint_prf *prf, const struct mlint_node *section,
                        const struct mlint_node *entry)
{
    struct mlint_prf_account account = { .prf = prf, .section = section, .entry = entry };
    const struct mlint_node *map = NULL;
    struct mlint_account *out;

    if (entry)
        map = mlint_ini_section(prf->reading->tree, entry->value);
    else
        map = mlint_ini_section(prf->reading->tree, served_family(&account) == IMAP
                                                        ? MLINT_STR("IMAP_I_Mail")
                                                        : MLINT_STR("I_Mail"));
    read_map(prf, map);
    find_protocol(&account);
    if (entry && !map)
        mlint_reading_note(
            prf->reading, MLINT_NOTE_UNKNOWN_VALUE, entry,
            "there is no section [%.*s] to map this account's values: none of them "
            "reaches Outlook",
            MLINT_STR_ARG(entry->value));
    sort_keys(&account);
    out = mlint_prf_add(&account);
    if (out)
        add_spares(&account, out);
}

/* The places of sections that the list names: no section makes two accounts. */
static void add_listed(struct mlint_prf *prf, const struct mlint_node *list, uint8_t *used)
{
    const struct mlint_node *entry = list ? list->child : NULL;
    unsigned said = 0;

    for (; entry && !prf->reading->arena->failed; entry = entry->next) {
        const struct mlint_node *section;

        if (number_of(entry->name) < 0)
            continue;
        section = mlint_ini_section(prf->reading->tree, entry->name);
        if (!section) {
            if (said++ < MLINT_LIMIT_READER_FINDINGS)
                mlint_reading_note(prf->reading, MLINT_NOTE_UNKNOWN_VALUE, entry,
                                   "%.*s is listed, but there is no section [%.*s]",
                                   MLINT_STR_ARG(entry->name), MLINT_STR_ARG(entry->name));
        } else if (used[section->index]) {
            say_twice(prf, entry, section);
        } else {
            used[section->index] = 1;
            add_account(prf, section, entry);
        }
    }
}

static void add_unlisted(struct mlint_prf *prf, const uint8_t *used)
{
    const struct mlint_node *section = prf->reading->tree->root->child;

    for (; section && !prf->reading->arena->failed; section = section->next) {
        if (!used[section->index] && section->child && number_of(section->name) >= 0)
            add_account(prf, section, NULL);
    }
}

/* ---- The format ----------------------------------------------------------------------------
 */

/* The first byte beyond ASCII, or the text's length. */
static size_t find_high(struct mlint_str text)
{
    size_t i = 0;

    for (uint64_t eight; i + 8 <= text.len; i += 8) {
        memcpy(&eight, text.ptr + i, 8);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (i < text.len && (unsigned char)text.ptr[i] < 0x80)
        i++;
    return i;
}

static void say_encoding(struct mlint_reading *reading)
{
    const struct mlint_source *source = reading->source;
    struct mlint_span start = { 0, 0 };
    size_t i;

    if (source->encoding == MLINT_ENC_CODEPAGE) {
        mlint_tree_note(reading->tree, MLINT_NOTE_ENCODING, start,
                        "8-bit text, read as code page %u; --code-page N reads it as another",
                        source->code_page);
        return;
    }
    if (source->encoding != MLINT_ENC_UTF8 || source->bom) {
        mlint_tree_note(
            reading->tree, MLINT_NOTE_ENCODING, start,
            "Outlook wants a .prf in the ANSI code page of Windows: save it as ANSI");
        return;
    }
    i = find_high(source->text);
    start = (struct mlint_span){ (uint32_t)i, (uint32_t)i + 1 };
    if (i < source->text.len)
        mlint_tree_note(reading->tree, MLINT_NOTE_ENCODING, start,
                        "Outlook reads a .prf in the ANSI code page of Windows: letters beyond "
                        "ASCII, here in UTF-8, arrive garbled");
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    static const char syntax[] = "ini"; /* its address marks the tree as ours */
    unsigned code_page = reading->config->code_page ? reading->config->code_page : 1252;

    if (reading->tree_syntax != syntax) {
        if (!mlint_source_decode(reading->source, reading->arena, code_page))
            return MLINT_READ_LIMIT;
        reading->tree = mlint_ini_read(reading->arena, reading->source, MLINT_INI_WINDOWS);
        reading->tree_syntax = syntax;
        if (reading->tree)
            mlint_prf_hide_passwords(reading);
    }
    return reading->tree ? mlint_reading_outcome(reading, reading->tree) : MLINT_READ_LIMIT;
}

/* The list of accounts, or a [General] that says Custom=1, or an [AccountN] with values that
 * Outlook knows: some generators leave the list out. */
static bool is_prf(const struct mlint_tree *tree, const struct mlint_node *list)
{
    const struct mlint_node *general = mlint_ini_section(tree, MLINT_STR("General"));
    unsigned looked = 0;

    if (list || mlint_ini_section(tree, MLINT_STR("Service List")) ||
        mlint_ini_value(tree, general, MLINT_STR("Custom")))
        return true;
    for (const struct mlint_node *section = tree->root->child; section;
         section = section->next) {
        if (number_of(section->name) < 0)
            continue;
        for (const struct mlint_node *key = section->child; key && looked < MLINT_PRF_KEYS;
             key = key->next, looked++) {
            if (by_name(key->name))
                return true;
        }
    }
    return false;
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);
    const struct mlint_tree *tree = reading->tree;
    const struct mlint_node *list;
    struct mlint_prf *prf;
    uint8_t *used;

    if (!tree)
        return outcome;
    list = mlint_ini_section(tree, MLINT_STR("Internet Account List"));
    if (!is_prf(tree, list))
        return MLINT_READ_NOT_MINE;
    prf = mlint_arena_new(reading->arena, struct mlint_prf);
    used = mlint_arena_array(reading->arena, uint8_t,
                             tree->root->last ? tree->root->last->index + 1 : 1);
    if (!prf || !used)
        return MLINT_READ_LIMIT;
    prf->reading = reading;
    say_encoding(reading);
    add_listed(prf, list, used);
    add_unlisted(prf, used);
    return outcome;
}

static int probe(const struct mlint_probe *probe)
{
    static const struct mlint_str headers[] = {
        MLINT_STR_INIT("[Internet Account List]"),
        MLINT_STR_INIT("[Service List]"),
        MLINT_STR_INIT("[Account1]"),
    };
    struct mlint_str rest = probe->text;
    bool text = memchr(probe->text.ptr, '\0', probe->text.len) == NULL;

    while (text && rest.len) {
        rest = mlint_str_sub(rest, mlint_str_find_char(rest, '['), rest.len);
        for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
            if (mlint_str_starts_nocase(rest, headers[i]))
                return i < 2 ? MLINT_BID_CERTAIN : MLINT_BID_SYNTAX;
        }
        rest = mlint_str_sub(rest, 1, rest.len);
    }
    return text && mlint_str_ends_nocase(probe->name, MLINT_STR(".prf")) ? MLINT_BID_NAME
                                                                         : MLINT_BID_NONE;
}

const struct mlint_format mlint_format_outlook_prf = {
    .id = "outlook-prf",
    .client = MLINT_CLIENT_OUTLOOK,
    .title = "Outlook profile request (.prf): what an administrator asks Outlook to set up",
    .recognised_by = "an INI file with [Internet Account List], [Service List] or Custom=1",
    .probe = probe,
    .read = read,
    .parse = parse,
};
