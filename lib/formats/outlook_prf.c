/* outlook_prf.c: .prf files, with which administrators have Outlook set up a profile: both
 * dialects, that of Outlook 97 to 2000 (Newprof) and that of 2002 and later (/importprf).
 *
 * A value arrives only if the mapping section of its account gives its name a property id, so
 * it is the id that says what a value means. Here names, sections and ids are brought together;
 * what the properties mean for an account is outlook_prf_account.c's. */
#include "formats/outlook_prf.h"

#include "base/eight.h"
#include "base/num.h"
#include "base/utf8.h"
#include "model/config.h"
#include "source/limits.h"
#include "syntax/ini.h"

/* ---- Mapping sections ----------------------------------------------------------------------
 */

/* The id that a line of the mapping section gives a name, or 0. */
static unsigned id_at(const struct mlint_prf_slot *slot)
{
    return slot->line ? slot->line->subtype : 0;
}

static void read_map(struct mlint_prf_map *map, const struct mlint_node *section)
{
    map->section = section;
    mlint_prf_names_fill(&map->lines, section);
    map->type = mlint_prf_names_find(&map->lines, MLINT_STR("AccountType"))->line;
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
static enum mlint_prf_family served_family(const struct mlint_prf_account *account)
{
    const struct mlint_node *key = account->section->child;
    enum mlint_prf_family family = MLINT_PRF_ANY;

    for (unsigned i = 0; key && i < MLINT_PRF_KEYS; key = key->next, i++) {
        const struct mlint_prf_known *known = mlint_prf_by_name(key->name);

        if (!known || known->property != MLINT_PRF_SERVER || !key->value.len)
            continue;
        if (known->family != MLINT_PRF_IMAP)
            return MLINT_PRF_POP;
        family = MLINT_PRF_IMAP;
    }
    return family;
}

static enum mlint_protocol protocol_by_family(const struct mlint_prf_account *account)
{
    if ((account->entry && mlint_str_starts_nocase(account->entry->value, MLINT_STR("IMAP"))) ||
        served_family(account) == MLINT_PRF_IMAP)
        return MLINT_PROTOCOL_IMAP;
    return MLINT_PROTOCOL_POP3;
}

static void find_protocol(struct mlint_prf_account *account)
{
    const struct mlint_tree *tree = account->prf->reading->tree;
    const struct mlint_node *type = account->prf->map.type;

    if (!type)
        type = mlint_ini_value(tree, account->section, MLINT_STR("AccountType"));
    account->type = type ? type : account->entry;
    account->protocol = type ? protocol_of(type->value) : protocol_by_family(account);
    account->family = account->protocol == MLINT_PROTOCOL_IMAP ? MLINT_PRF_IMAP : MLINT_PRF_POP;
}

/* ---- The values of an account --------------------------------------------------------------
 */

/* Outlook handles these by itself, mapped or not. */
static bool is_control(struct mlint_str name)
{
    static const struct mlint_str names[] = {
        MLINT_STR_INIT("UniqueService"),   MLINT_STR_INIT("DefaultAccount"),
        MLINT_STR_INIT("DeliverToStore"),  MLINT_STR_INIT("AccountType"),
        MLINT_STR_INIT("DeliverToFolder"),
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (mlint_str_eq_nocase(name, names[i]))
            return true;
    }
    return false;
}

/* As there is in "password", and in few other names. */
static bool has_w(uint64_t bytes)
{
    return mlint_any_letter(bytes, 'w') != 0;
}

/* Which password a value is by its name alone, or what no account has. */
static enum mlint_prf_property password_by_name(const struct mlint_node *key)
{
    if (!mlint_any_eight(key->name.ptr, key->name.len, has_w) ||
        !mlint_reading_is_password(key->name))
        return MLINT_PRF_PROPERTIES;
    return mlint_str_starts_nocase(key->name, MLINT_STR("SMTP")) ? MLINT_PRF_SMTP_PASSWORD
                                                                 : MLINT_PRF_PASSWORD;
}

/* The same by its property, if it has one. */
static inline enum mlint_prf_property password_of(const struct mlint_node *key,
                                                  enum mlint_prf_property property)
{
    if (property == MLINT_PRF_PROPERTIES)
        return password_by_name(key);
    return mlint_prf_is_password(property) ? property : MLINT_PRF_PROPERTIES;
}

static void say_lost(struct mlint_prf_account *account, const struct mlint_node *key)
{
    struct mlint_prf *prf = account->prf;
    const struct mlint_prf_known *known = mlint_prf_by_name(key->name);
    enum mlint_prf_property password = password_by_name(key);

    if (password < MLINT_PRF_PROPERTIES) {
        if (!account->lost[password])
            account->lost[password] = key;
    } else if (known && !account->value[known->property]) {
        account->lost[known->property] = key;
    }
    if (!known && key->value.len) { /* whatever it is: "Pwd" is somebody's password */
        prf->reading->arena->secret = true;
        mlint_source_hide(prf->reading->source, prf->reading->arena, key->value_span);
    }
    if (!prf->map.section || !key->value.len)
        return; /* said once for the section; or nothing that could arrive */
    mlint_reading_note(prf->reading, MLINT_NOTE_UNKNOWN_VALUE, key,
                       "\"%.*s\" never reaches Outlook: the section [%.*s] does not map it",
                       MLINT_STR_ARG(key->name), MLINT_STR_ARG(prf->map.section->name));
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

/* A name that everybody knows, under an id that nobody does. */
static void say_astray(struct mlint_prf_account *account, const struct mlint_node *key,
                       unsigned id)
{
    const struct mlint_prf_known *known =
        mlint_prf_is_id(id) ? NULL : mlint_prf_by_name(key->name);

    if (!known)
        return;
    if (!account->value[known->property])
        account->lost[known->property] = key;
    mlint_reading_note(account->prf->reading, MLINT_NOTE_UNKNOWN_VALUE, key,
                       "\"%.*s\" does not arrive as such: the section [%.*s] maps it to 0x%04x",
                       MLINT_STR_ARG(key->name), MLINT_STR_ARG(account->prf->map.section->name),
                       id);
}

/* The place of a value's name among those that nothing maps. */
static struct mlint_prf_slot *stray_slot(struct mlint_prf *prf, const struct mlint_node *key)
{
    struct mlint_prf_slot *slot = mlint_prf_names_find(&prf->strays, key->name);

    if (!slot->line)
        slot->line = key;
    return slot;
}

static void sort_key(struct mlint_prf_account *account, const struct mlint_node *key)
{
    struct mlint_prf_slot *slot = mlint_prf_names_find(&account->prf->map.lines, key->name);
    unsigned id = id_at(slot);
    enum mlint_prf_property property = mlint_prf_by_id(id, account->family);

    account->passwords |= password_of(key, property) < MLINT_PRF_PROPERTIES;
    if (!slot->line)
        slot = stray_slot(account->prf, key);
    if (slot->value && slot->value->parent == account->section) {
        say_twice(account->prf, key, slot->value); /* an earlier line of the same name wins */
        return;
    }
    slot->value = key;
    if (property < MLINT_PRF_PROPERTIES) {
        if (!account->value[property])
            account->value[property] = key;
        account->old |= mlint_prf_is_old(id);
    } else if (id) {
        say_astray(account, key, id);
    } else if (!is_control(key->name)) {
        say_lost(account, key);
    }
}

static void sort_keys(struct mlint_prf_account *account)
{
    const struct mlint_node *key = account->section->child;

    mlint_prf_names_start(&account->prf->strays, account->section);
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
        unsigned id = id_at(mlint_prf_names_find(&account->prf->map.lines, key->name));
        enum mlint_prf_property property =
            password_of(key, mlint_prf_by_id(id, account->family));

        if (key->value.len && property < MLINT_PRF_PROPERTIES &&
            !mlint_reading_is_token(key->value))
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
        map = entry->value.len ? mlint_ini_section(prf->reading->tree, entry->value) : NULL;
    else
        map = mlint_ini_section(prf->reading->tree, served_family(&account) == MLINT_PRF_IMAP
                                                        ? MLINT_STR("IMAP_I_Mail")
                                                        : MLINT_STR("I_Mail"));
    if (map != prf->map.section) /* most accounts of a file share one: the newest stays read */
        read_map(&prf->map, map);
    find_protocol(&account);
    if (entry && !map)
        mlint_reading_note(
            prf->reading, MLINT_NOTE_UNKNOWN_VALUE, entry,
            "there is no section [%.*s] to map this account's values: none of them "
            "reaches Outlook",
            MLINT_STR_ARG(entry->value));
    sort_keys(&account);
    out = mlint_prf_add(&account);
    if (out && account.passwords)
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
    i = source->ascii ? source->text.len : mlint_utf8_ascii(source->text);
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
    unsigned looked = 0;

    if (list || mlint_ini_section(tree, MLINT_STR("Service List")) ||
        mlint_ini_value(tree, mlint_ini_section(tree, MLINT_STR("General")),
                        MLINT_STR("Custom")))
        return true;
    for (const struct mlint_node *section = tree->root->child; section;
         section = section->next) {
        if (number_of(section->name) < 0)
            continue;
        for (const struct mlint_node *key = section->child; key && looked < MLINT_PRF_KEYS;
             key = key->next, looked++) {
            if (mlint_prf_by_name(key->name))
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
    struct mlint_prf prf;
    uint8_t *used;

    if (!tree)
        return outcome;
    list = mlint_ini_section(tree, MLINT_STR("Internet Account List"));
    if (!is_prf(tree, list))
        return MLINT_READ_NOT_MINE;
    used = mlint_arena_array(reading->arena, uint8_t,
                             tree->root->last ? tree->root->last->index + 1 : 1);
    if (!used)
        return MLINT_READ_LIMIT;
    prf.reading = reading;
    prf.map.section = tree->root; /* none that maps anything has been read yet */
    say_encoding(reading);
    add_listed(&prf, list, used);
    add_unlisted(&prf, used);
    return outcome;
}

static int probe(const struct mlint_probe *probe)
{
    /* From behind their "[": the first letter tells most others from them. */
    static const struct mlint_str headers[] = {
        MLINT_STR_INIT("Internet Account List]"),
        MLINT_STR_INIT("Service List]"),
        MLINT_STR_INIT("Account1]"),
    };
    struct mlint_str rest = probe->text;
    bool text = mlint_str_find_char(probe->text, '\0') == probe->text.len;

    while (text && rest.len) {
        rest = mlint_str_sub(rest, mlint_str_find_char(rest, '[') + 1, rest.len);
        for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
            if (mlint_str_starts_nocase(rest, headers[i]))
                return i < 2 ? MLINT_BID_CERTAIN : MLINT_BID_SYNTAX;
        }
    }
    return text && mlint_str_ends_nocase(probe->name, MLINT_STR(".prf")) ? MLINT_BID_NAME
                                                                         : MLINT_BID_NONE;
}

const struct mlint_format mlint_format_outlook_prf = {
    .id = "outlook-prf",
    .client = MLINT_CLIENT_OUTLOOK,
    .title = "Outlook profile request (.prf): what an administrator asks Outlook to set up",
    .recognised_by = "an INI file with [Internet Account List], [Service List] or Custom=1",
    .often = ";[",
    .probe = probe,
    .read = read,
    .parse = parse,
};
