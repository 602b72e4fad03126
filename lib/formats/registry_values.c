/* registry_values.c: an account's fields from the values of its key, and back into the spelling
 * of a .reg file for fixes. Knows types of values, no names of them. */
#include "formats/registry.h"
#include "model/config.h"
#include "syntax/reg.h"

#include "base/num.h"
#include "base/utf8.h"

/* ---- Values ----------------------------------------------------------------------------- */

struct mlint_str mlint_registry_text(struct mlint_reading *reading,
                                     const struct mlint_node *node)
{
    if (node && node->type == MLINT_NODE_STRING)
        return node->value;
    if (node && node->type == MLINT_NODE_BINARY)
        return mlint_reg_text(reading->arena, node->value, reading->config->code_page);
    return MLINT_STR("");
}

static const char too_many[] = "has more accounts than maillint reads of one file";

enum mlint_read_outcome mlint_registry_conclude(struct mlint_reading *reading)
{
    if (reading->file->detail == too_many)
        return MLINT_READ_LIMIT;
    return mlint_reading_outcome(reading, reading->tree);
}

/* Length and the letters at both ends; no name begins or ends with a blank. */
static uint32_t mark_of(size_t len, char first, char last)
{
    return (uint32_t)len << 16 | (uint32_t)(unsigned char)mlint_lower(first) << 8 |
           (unsigned char)mlint_lower(last);
}

static size_t bucket_of(uint32_t mark)
{
    return mark * 0x9E3779B1u >> 26;
}

/* From the last child to the first, so that lists begin with the first. */
static void link_children(struct mlint_registry_account *entry, size_t count)
{
    memset(entry->first, 0, sizeof(entry->first));
    for (size_t i = count; i > 0; i--) {
        uint8_t *bucket = &entry->first[bucket_of(entry->mark[i - 1])];

        entry->next[i - 1] = *bucket;
        *bucket = (uint8_t)i;
    }
}

void mlint_registry_look(struct mlint_registry_account *entry, struct mlint_reading *reading,
                         const struct mlint_node *key)
{
    const struct mlint_node *node = key->child;
    size_t count = 0;

    for (; node && count < MLINT_REGISTRY_KNOWN; node = node->next) {
        struct mlint_str name = node->name;

        if (!name.len)
            continue;
        entry->child[count] = node;
        entry->mark[count++] = mark_of(name.len, name.ptr[0], name.ptr[name.len - 1]);
    }
    link_children(entry, count);
    entry->more = node;
    entry->reading = reading;
    entry->key = key;
    entry->prefix = MLINT_STR("POP3 ");
}

void mlint_registry_open(struct mlint_registry_account *entry, struct mlint_str name)
{
    struct mlint_reading *reading = entry->reading;

    entry->path = MLINT_STR("");
    entry->account = mlint_result_add_account(reading->result, reading->file, name);
    if (!entry->account) {
        if (!reading->arena->failed)
            reading->file->detail = too_many;
        return;
    }
    entry->account->node = entry->key;
    entry->path =
        mlint_str_from(mlint_node_path(reading->arena, reading->tree->style, entry->key));
}

struct mlint_str mlint_registry_text_named(struct mlint_reading *reading,
                                           const struct mlint_node *key, struct mlint_str name)
{
    return mlint_registry_text(reading, mlint_registry_child(key, name));
}

/* Case apart. Elements of .oeaccount files are called as the values are, "_" for a blank. */
static bool is_same(struct mlint_str written, struct mlint_str name)
{
    if (memcmp(written.ptr, name.ptr, written.len) == 0)
        return true;
    for (size_t i = 0; i < written.len; i++) {
        char a = written.ptr[i], b = name.ptr[i];

        if (a == b || (a == '_' && b == ' '))
            continue;
        if (mlint_lower(a) != mlint_lower(b))
            return false;
    }
    return true;
}

const struct mlint_node *mlint_registry_child(const struct mlint_node *key,
                                              struct mlint_str name)
{
    const struct mlint_node *node = key->child;

    for (; node; node = node->next) {
        if (node->name.len == name.len && is_same(node->name, name))
            return node;
    }
    return NULL;
}

/* "POP3 Server" against the parts "POP3 " and "Server". */
static bool is_called(struct mlint_str name, struct mlint_str prefix, struct mlint_str rest)
{
    return name.len == prefix.len + rest.len &&
           is_same(mlint_str_make(name.ptr + prefix.len, rest.len), rest) &&
           (prefix.len == 0 || is_same(mlint_str_make(name.ptr, prefix.len), prefix));
}

/* The first child of that name, which is a key only where `keys` says so. */
static const struct mlint_node *find(const struct mlint_registry_account *entry, bool keys,
                                     struct mlint_str prefix, struct mlint_str rest)
{
    uint32_t mark = mark_of(prefix.len + rest.len, prefix.len ? prefix.ptr[0] : rest.ptr[0],
                            rest.ptr[rest.len - 1]);
    const struct mlint_node *node;

    for (size_t i = entry->first[bucket_of(mark)]; i > 0; i = entry->next[i - 1]) {
        node = entry->child[i - 1];
        if (entry->mark[i - 1] == mark && (keys || node->type != MLINT_NODE_GROUP) &&
            is_called(node->name, prefix, rest))
            return node;
    }
    for (node = entry->more; node; node = node->next) {
        if ((keys || node->type != MLINT_NODE_GROUP) && is_called(node->name, prefix, rest))
            return node;
    }
    return NULL;
}

const struct mlint_node *mlint_registry_value(const struct mlint_registry_account *entry,
                                              bool incoming, struct mlint_str name)
{
    return find(entry, false, incoming ? entry->prefix : MLINT_STR(""), name);
}

const struct mlint_node *mlint_registry_named(const struct mlint_registry_account *entry,
                                              struct mlint_str name)
{
    return find(entry, true, MLINT_STR(""), name);
}

struct mlint_field *mlint_registry_field(struct mlint_registry_account *entry, unsigned side,
                                         enum mlint_field_id id)
{
    return mlint_account_field_of(entry->account, side, id);
}

/* Of an .iaf: no key has it. */
static bool is_record(const struct mlint_registry_account *entry)
{
    return entry->reading->tree->style != MLINT_PATH_BACKSLASH && !entry->path.len;
}

const char *mlint_registry_where(struct mlint_registry_account *entry, bool incoming,
                                 struct mlint_str name)
{
    bool registry = entry->reading->tree->style == MLINT_PATH_BACKSLASH;
    struct mlint_str prefix = incoming ? entry->prefix : MLINT_STR("");
    struct mlint_str path = entry->path;
    char *out = mlint_arena_take(entry->reading->arena, path.len + prefix.len + name.len + 2);
    char *at = out, *value;

    if (!out)
        return "";
    at = mempcpy(at, path.ptr, path.len);
    if (!is_record(entry))
        *at++ = registry ? '\\' : '/';
    value = at;
    at = mempcpy(at, prefix.ptr, prefix.len);
    at = mempcpy(at, name.ptr, name.len);
    *at = '\0';
    while (path.len && !registry && (value = strchr(value, ' ')))
        *value = '_';
    return out;
}

/* ---- Fields ----------------------------------------------------------------------------- */

/* Fixes are for text files. */
static const struct mlint_converter *writable(const struct mlint_registry_account *entry,
                                              const struct mlint_converter *converter)
{
    if (entry->reading->source->encoding == MLINT_ENC_BINARY)
        return NULL;
    if (entry->reading->tree->style == MLINT_PATH_SLASH &&
        converter == &mlint_conv_registry_text)
        return &mlint_conv_element;
    return converter;
}

void mlint_registry_say_type(struct mlint_reading *reading, const struct mlint_node *node,
                             const char *wanted)
{
    mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                       "\"%.*s\" should be %s; the mail program cannot use it as it is",
                       MLINT_STR_ARG(node->name), wanted);
}

void mlint_registry_set_text(struct mlint_registry_account *entry, unsigned side,
                             enum mlint_field_id id, struct mlint_str name)
{
    bool incoming = side == MLINT_INCOMING && id < MLINT_SIDE_FIELD_COUNT;
    const struct mlint_node *node = mlint_registry_value(entry, incoming, name);
    struct mlint_field *field = mlint_registry_field(entry, side, id);

    if (node && node->type != MLINT_NODE_STRING && node->type != MLINT_NODE_BINARY) {
        mlint_registry_say_type(entry->reading, node, "text");
        node = NULL;
    }
    if (!node) {
        field->where = mlint_registry_where(entry, incoming, name);
        return;
    }
    mlint_field_set_text(field, MLINT_WRITTEN, node, mlint_registry_text(entry->reading, node));
    field->converter = writable(entry, &mlint_conv_registry_text);
}

bool mlint_registry_dword(struct mlint_registry_account *entry, const struct mlint_node *node,
                          int64_t *number)
{
    if (!node)
        return false;
    if (node->type != MLINT_NODE_INTEGER) {
        mlint_registry_say_type(entry->reading, node, "a dword");
        return false;
    }
    *number = node->number;
    return true;
}

void mlint_registry_put_number(const struct mlint_registry_account *entry,
                               struct mlint_field *field, const struct mlint_node *node,
                               int64_t number)
{
    mlint_field_set_number(field, MLINT_WRITTEN, node, number);
    field->converter = writable(entry, &mlint_conv_registry_number);
}

bool mlint_registry_set_number(struct mlint_registry_account *entry, unsigned side,
                               enum mlint_field_id id, struct mlint_str name, int64_t otherwise)
{
    bool incoming = side == MLINT_INCOMING;
    const struct mlint_node *node = mlint_registry_value(entry, incoming, name);
    struct mlint_field *field = mlint_registry_field(entry, side, id);
    int64_t number;

    if (mlint_registry_dword(entry, node, &number)) {
        mlint_registry_put_number(entry, field, node, number);
        return true;
    }
    field->where = mlint_registry_where(entry, incoming, name);
    if (node)
        field->comment = MLINT_REGISTRY_NO_NUMBER;
    else
        mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, otherwise);
    return !node;
}

void mlint_registry_by_port(struct mlint_registry_account *entry, struct mlint_field *security)
{
    const struct mlint_field *port =
        mlint_registry_field(entry, MLINT_OUTGOING, MLINT_FIELD_PORT);

    if (security->number && !mlint_field_has(port)) {
        *security = (struct mlint_field){
            .where = security->where,
            .comment = "TLS or STARTTLS depends on the port, which is no number",
        };
        return;
    }
    if (!security->number)
        security->number = MLINT_SECURITY_NONE;
    else
        security->number = port->number == 25 || port->number == 587 ? MLINT_SECURITY_STARTTLS
                                                                     : MLINT_SECURITY_TLS;
}

/* What Windows' data protection seals names its provider near its beginning; .oeaccount files
 * have the bytes as hexadecimal digits. */
static bool is_sealed(struct mlint_str bytes)
{
    struct mlint_str front = mlint_str_sub(bytes, 0, 32);
    struct mlint_str digits = mlint_str_sub(bytes, 0, 64);

    return mlint_str_find(front, MLINT_STR("\xD0\x8C\x9D\xDF")) < front.len ||
           mlint_str_find_nocase(digits, MLINT_STR("d08c9ddf")) < digits.len;
}

void mlint_registry_set_password(struct mlint_registry_account *entry, unsigned side,
                                 struct mlint_str name)
{
    bool incoming = side == MLINT_INCOMING;
    const struct mlint_node *node = mlint_registry_value(entry, incoming, name);
    struct mlint_field *field = mlint_registry_field(entry, side, MLINT_FIELD_PASSWORD);

    if (node && node->type == MLINT_NODE_STRING && mlint_reading_is_token(node->value)) {
        field->comment = MLINT_NO_PASSWORD_YET;
        return;
    }
    if (node && node->type == MLINT_NODE_STRING && node->value.len) {
        mlint_field_set_password(entry->reading->result, field, node, node->value);
        return;
    }
    if (node && node->value.len) {
        bool sealed = !is_record(entry) && is_sealed(node->value);

        mlint_field_set_number(field, MLINT_HIDDEN, node, MLINT_PASSWORD_ENCRYPTED);
        field->odd = !sealed;
        field->comment = sealed ? "stored, but sealed to the user's Windows account"
                                : "stored, but as no known program stores it";
        return;
    }
    field->number = MLINT_PASSWORD_ABSENT;
    field->where = mlint_registry_where(entry, incoming, name);
    field->comment = "not stored here; the mail program asks for it";
}

/* "POP3 Password", "SMTP_Password2", "Password": what the clients call one, and not "Password
 * Hint". */
static bool is_password_value(struct mlint_str name)
{
    static const struct mlint_str owners[] = { MLINT_STR_INIT("POP3"), MLINT_STR_INIT("IMAP"),
                                               MLINT_STR_INIT("SMTP"), MLINT_STR_INIT("HTTP"),
                                               MLINT_STR_INIT("HTTPMail") };
    struct mlint_str word = MLINT_STR("Password");

    if (name.len && name.ptr[name.len - 1] == '2')
        name.len--;
    if (!name.len || (name.ptr[name.len - 1] | 0x20) != 'd' ||
        !mlint_str_ends_nocase(name, word))
        return false;
    name.len -= word.len;
    if (name.len && (name.ptr[name.len - 1] == ' ' || name.ptr[name.len - 1] == '_'))
        name.len--;
    for (size_t i = 0; name.len && i < sizeof(owners) / sizeof(owners[0]); i++) {
        if (mlint_str_eq_nocase(name, owners[i]))
            return true;
    }
    return !name.len;
}

void mlint_registry_add_spares(struct mlint_registry_account *entry)
{
    const struct mlint_node *node = entry->key->child;

    for (; node; node = node->next) {
        if (is_password_value(node->name) && node->type == MLINT_NODE_STRING &&
            mlint_str_trim(node->value).len && !mlint_reading_is_token(node->value))
            mlint_account_add_spare(entry->reading->result, entry->account,
                                    mlint_str_starts_nocase(node->name, MLINT_STR("SMTP"))
                                        ? MLINT_OUTGOING
                                        : MLINT_INCOMING,
                                    node);
    }
}

void mlint_registry_same_login(struct mlint_registry_account *entry,
                               const struct mlint_node *node)
{
    mlint_reading_same_login(entry->account, MLINT_OUTGOING, node);
}

/* ---- Back into the file ----------------------------------------------------------------- */

/* What the key tables of other formats call read is done above, field by field. */
static bool read_nothing(struct mlint_reading *reading, const struct mlint_node *node,
                         struct mlint_field *field)
{
    (void)reading, (void)node, (void)field;
    return false;
}

static const char *write_quoted(struct mlint_arena *arena, struct mlint_str value)
{
    char *out = mlint_arena_bytes(arena, 2 * value.len + 1);
    size_t len = 0;

    if (!out)
        return NULL;
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '"' || value.ptr[i] == '\\')
            out[len++] = '\\';
        out[len++] = value.ptr[i];
    }
    out[len] = '\0';
    return out;
}

static char *add_unit(char *out, unsigned unit)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char bytes[2] = { unit & 0xFF, unit >> 8 };

    for (size_t i = 0; i < 2; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
        *out++ = ',';
    }
    return out;
}

/* UTF-16LE with its terminator, as pairs on one line: regedit takes lines of any length. */
static const char *write_bytes(struct mlint_arena *arena, struct mlint_str value)
{
    char *out = mlint_arena_bytes(arena, 12 * value.len + 7), *at = out;
    uint32_t c;

    if (!out)
        return NULL;
    while (value.len) {
        size_t len = mlint_utf8_decode(value.ptr, value.len, &c);

        if (c >= 0x10000) {
            at = add_unit(at, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        at = add_unit(at, c);
        value = mlint_str_sub(value, len, value.len);
    }
    at = add_unit(at, 0);
    at[-1] = '\0';
    return out;
}

static const char *write_text(struct mlint_arena *arena, const struct mlint_node *node,
                              struct mlint_str value)
{
    if (memchr(value.ptr, '\n', value.len) || memchr(value.ptr, '\r', value.len))
        return NULL;
    if (!(node->flags & MLINT_NODE_BYTES))
        return write_quoted(arena, value);
    if (node->type == MLINT_NODE_BINARY ? mlint_reg_is_wide(node->value)
                                        : (node->flags & MLINT_NODE_WIDE) != 0)
        return write_bytes(arena, value);
    return NULL;
}

static const char *write_dword(struct mlint_arena *arena, const struct mlint_node *node,
                               int64_t number)
{
    if (node->flags & MLINT_NODE_BYTES || number < 0 || number > UINT32_MAX)
        return NULL;
    return mlint_arena_printf(arena, "%08x", (unsigned)number);
}

static const char *write_number(struct mlint_arena *arena, const struct mlint_node *node,
                                struct mlint_str value)
{
    int64_t number;

    return mlint_num_parse(value, 10, &number) ? write_dword(arena, node, number) : NULL;
}

/* A word's place in a list is the number that the registry has for it. */
static const char *write_word(struct mlint_arena *arena, const struct mlint_node *node,
                              struct mlint_str value, const char *const words[4])
{
    for (int i = 0; i < 4 && words[i]; i++) {
        if (mlint_str_eq(value, mlint_str_from(words[i])))
            return write_dword(arena, node, i);
    }
    return NULL;
}

static const char *write_spa(struct mlint_arena *arena, const struct mlint_node *node,
                             struct mlint_str value)
{
    static const char *const words[4] = { "password-cleartext", "ntlm" };

    return write_word(arena, node, value, words);
}

static const char *write_ssl(struct mlint_arena *arena, const struct mlint_node *node,
                             struct mlint_str value)
{
    static const char *const words[4] = { "none", "tls" };

    return write_word(arena, node, value, words);
}

static const char *write_encryption(struct mlint_arena *arena, const struct mlint_node *node,
                                    struct mlint_str value)
{
    static const char *const words[4] = { "none", "tls", "starttls", "starttls-if-available" };

    return write_word(arena, node, value, words);
}

/* Out of SPA: 3 where the outgoing server has a name of its own, 2 for the incoming one's. */
static const char *write_sicily(struct mlint_arena *arena, const struct mlint_node *node,
                                struct mlint_str value)
{
    const struct mlint_node *user = mlint_node_get_nocase(node->parent, "SMTP User Name");

    if (mlint_str_eq(value, MLINT_STR("password-cleartext")))
        return write_dword(arena, node, user && user->value.len ? 3 : 2);
    return mlint_str_eq(value, MLINT_STR("none")) ? write_dword(arena, node, 0) : NULL;
}

const struct mlint_converter mlint_conv_registry_text = { "registry text", read_nothing,
                                                          write_text };
const struct mlint_converter mlint_conv_registry_number = { "dword", read_nothing,
                                                            write_number };
const struct mlint_converter mlint_conv_registry_spa = { "SPA flag", read_nothing, write_spa };
const struct mlint_converter mlint_conv_registry_ssl = { "SSL flag", read_nothing, write_ssl };
const struct mlint_converter mlint_conv_registry_encryption = { "encryption", read_nothing,
                                                                write_encryption };
const struct mlint_converter mlint_conv_registry_sicily = { "Sicily", read_nothing,
                                                            write_sicily };
