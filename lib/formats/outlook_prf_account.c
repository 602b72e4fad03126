/* outlook_prf_account.c: what the properties of one [AccountN] ask Outlook to set up. The
 * meaning of each is that of the same property in Outlook's profiles; a .prf never says what
 * Outlook made of it, nor what was changed since. */
#include "formats/outlook_prf.h"

#include "base/num.h"

#define LOST "stands in the file, but never reaches Outlook: no mapping section gives it an id"
#define UNMAPPED "no mapping section for this account: nothing of it reaches Outlook"
#define ASKED "not asked for in this .prf: Outlook's own default"

/* ---- Fields --------------------------------------------------------------------------------
 */

/* "[Account1]POP3Port" */
static const char *where(const struct mlint_prf_account *account,
                         enum mlint_prf_property property)
{
    struct mlint_str section = account->section->name, name = mlint_prf_name(property, account);
    char *text = mlint_arena_bytes(account->prf->reading->arena, section.len + name.len + 3);

    if (!text)
        return "";
    text[0] = '[';
    memcpy(text + 1, section.ptr, section.len);
    text[section.len + 1] = ']';
    memcpy(text + section.len + 2, name.ptr, name.len);
    text[section.len + name.len + 2] = '\0';
    return text;
}

/* Generators leave traces of their own: {edit_name} of C#, ' + $user + ' of PowerShell. */
static bool is_unfilled(struct mlint_str text)
{
    size_t open = mlint_str_find_char(text, '{'), dollar = mlint_str_find_char(text, '$');

    if (open < text.len &&
        mlint_str_find_char(mlint_str_sub(text, open, text.len), '}') < text.len - open)
        return true;
    return dollar + 1 < text.len && mlint_lower(text.ptr[dollar + 1]) >= 'a' &&
           mlint_lower(text.ptr[dollar + 1]) <= 'z';
}

/* Lost values leave the field absent; what the file is silent on is told by its place. */
static bool is_missing(struct mlint_prf_account *account, struct mlint_field *field,
                       enum mlint_prf_property property)
{
    if (account->value[property])
        return false;
    if (!account->prf->map.section)
        field->comment = UNMAPPED;
    else if (account->lost[property])
        field->comment = LOST;
    else
        field->where = where(account, property);
    return true;
}

static void set_text(struct mlint_prf_account *account, struct mlint_field *field,
                     enum mlint_prf_property property)
{
    const struct mlint_node *node = account->value[property];

    if (is_missing(account, field, property))
        return;
    mlint_field_set_text(field, MLINT_WRITTEN, node, node->value);
    field->converter = &mlint_conv_text;
    if (is_unfilled(node->value))
        field->token = MLINT_TOKEN_TEMPLATE;
}

/* A property's number; false where there is none, or none that Outlook can read (a note). */
static bool get_number(struct mlint_prf_account *account, enum mlint_prf_property property,
                       int64_t *number)
{
    const struct mlint_node *node = account->value[property];

    if (!node || !node->value.len)
        return false;
    if (mlint_reading_number(node->value, number))
        return true;
    if (is_unfilled(node->value) || account->said[property])
        return false;
    account->said[property] = true;
    mlint_reading_note(account->prf->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                       "\"%.*s\" should be a number, decimal or with 0x before it",
                       MLINT_STR_ARG(node->name));
    return false;
}

/* As written, else Outlook's default; absent where a value was written and is of no use. */
static void set_number(struct mlint_prf_account *account, struct mlint_field *field,
                       enum mlint_prf_property property, int64_t otherwise)
{
    const struct mlint_node *node = account->value[property];
    int64_t number;

    if (get_number(account, property, &number)) {
        mlint_field_set_number(field, MLINT_WRITTEN, node, number);
    } else if (node && node->value.len) {
        field->comment = "written, but not as a number";
    } else if (!account->lost[property] && account->prf->map.section) {
        mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, otherwise);
        field->where = where(account, property);
        field->comment = ASKED;
    } else {
        field->comment = account->prf->map.section ? LOST : UNMAPPED;
    }
}

static struct mlint_field *outgoing(struct mlint_account *out, enum mlint_field_id id)
{
    return mlint_account_field_of(out, MLINT_OUTGOING, id);
}

/* ---- Words back into the file --------------------------------------------------------------
 */

static bool read_nothing(struct mlint_reading *reading, const struct mlint_node *node,
                         struct mlint_field *field)
{
    (void)reading, (void)node, (void)field;
    return false;
}

/* A word's place in the list is Outlook's number for it. */
static const char *write_word(struct mlint_arena *arena, struct mlint_str value,
                              const char *const words[4])
{
    for (int i = 0; i < 4 && words[i]; i++) {
        if (mlint_str_eq(value, mlint_str_from(words[i])))
            return mlint_arena_printf(arena, "%d", i);
    }
    return NULL;
}

static const char *write_spa(struct mlint_arena *arena, const struct mlint_node *node,
                             struct mlint_str value)
{
    static const char *const words[4] = { "password-cleartext", "ntlm" };

    (void)node;
    return write_word(arena, value, words);
}

static const char *write_ssl(struct mlint_arena *arena, const struct mlint_node *node,
                             struct mlint_str value)
{
    static const char *const words[4] = { "none", "tls" };

    (void)node;
    return write_word(arena, value, words);
}

static const char *write_encryption(struct mlint_arena *arena, const struct mlint_node *node,
                                    struct mlint_str value)
{
    static const char *const words[4] = { "none", "tls", "starttls", "starttls-if-available" };

    (void)node;
    return write_word(arena, value, words);
}

static const struct mlint_converter spa = { "SPA flag", read_nothing, write_spa };
static const struct mlint_converter ssl = { "SSL flag", read_nothing, write_ssl };
static const struct mlint_converter encryption = { "encryption", read_nothing,
                                                   write_encryption };

/* ---- Incoming ------------------------------------------------------------------------------
 */

static void set_spa(struct mlint_prf_account *account, struct mlint_field *field,
                    enum mlint_prf_property property)
{
    set_number(account, field, property, 0);
    if (field->presence == MLINT_ABSENT)
        return;
    field->number = field->number ? MLINT_AUTH_NTLM : MLINT_AUTH_PASSWORD_CLEARTEXT;
    field->converter = field->node ? &spa : NULL;
}

static void set_password(struct mlint_prf_account *account, struct mlint_field *field,
                         enum mlint_prf_property property)
{
    const struct mlint_node *node = account->value[property];

    if (!node) /* it never arrives, but who has the file can read it */
        node = account->lost[property];
    if (node && mlint_reading_is_token(node->value)) {
        field->comment = MLINT_NO_PASSWORD_YET;
        return;
    }
    if (node && node->value.len) {
        mlint_field_set_password(account->prf->reading->result, field, node, node->value);
        return;
    }
    field->number = MLINT_PASSWORD_ABSENT;
    field->comment = "a .prf carries no password; Outlook asks for it";
}

static void read_leave(struct mlint_prf_account *account, struct mlint_field *field)
{
    int64_t bits;

    if (is_missing(account, field, MLINT_PRF_LEAVE))
        return;
    if (get_number(account, MLINT_PRF_LEAVE, &bits))
        mlint_field_set_number(field, MLINT_WRITTEN, account->value[MLINT_PRF_LEAVE], bits & 1);
}

static void read_incoming(struct mlint_prf_account *account, struct mlint_account *out)
{
    struct mlint_field *fields = out->incoming.field;
    struct mlint_field *security = &fields[MLINT_FIELD_SECURITY];
    bool pop = account->protocol == MLINT_PROTOCOL_POP3;

    out->incoming.exists = true;
    mlint_field_set_number(&fields[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN, account->type,
                           account->protocol);
    set_text(account, &fields[MLINT_FIELD_HOST], MLINT_PRF_SERVER);
    set_text(account, &fields[MLINT_FIELD_USERNAME], MLINT_PRF_USER);
    if (account->protocol == MLINT_PROTOCOL_OTHER) {
        out->flags |= MLINT_ACCOUNT_OTHER;
        return;
    }
    set_number(account, &fields[MLINT_FIELD_PORT], MLINT_PRF_PORT, pop ? 110 : 143);
    fields[MLINT_FIELD_PORT].converter = &mlint_conv_number;
    set_number(account, security, MLINT_PRF_SSL, 0);
    if (security->presence != MLINT_ABSENT)
        security->number = security->number ? MLINT_SECURITY_TLS : MLINT_SECURITY_NONE;
    security->converter = security->node ? &ssl : NULL;
    set_spa(account, &fields[MLINT_FIELD_AUTH], MLINT_PRF_SPA);
    set_password(account, &fields[MLINT_FIELD_PASSWORD], MLINT_PRF_PASSWORD);
    if (pop)
        read_leave(account, &fields[MLINT_FIELD_LEAVE_ON_SERVER]);
    fields[MLINT_FIELD_INTERVAL].comment = "no .prf can set it; Outlook keeps it elsewhere: "
                                           "File > Options > Advanced > Send/Receive "
                                           "(Ctrl+Alt+S)";
}

/* ---- Outgoing ------------------------------------------------------------------------------
 */

static void read_encryption(struct mlint_prf_account *account, struct mlint_account *out)
{
    static const uint8_t words[] = { MLINT_SECURITY_NONE, MLINT_SECURITY_TLS,
                                     MLINT_SECURITY_STARTTLS,
                                     MLINT_SECURITY_STARTTLS_IF_AVAILABLE };
    const struct mlint_node *node = account->value[MLINT_PRF_SMTP_ENCRYPTION];
    struct mlint_field *field = outgoing(out, MLINT_FIELD_SECURITY);
    int64_t port = outgoing(out, MLINT_FIELD_PORT)->number, kind;

    if (get_number(account, MLINT_PRF_SMTP_ENCRYPTION, &kind)) {
        if (kind >= 0 && kind < 4) {
            mlint_field_set_number(field, MLINT_WRITTEN, node, words[kind]);
            field->converter = &encryption;
            return;
        }
        field->comment = "Outlook knows only 0 to 3";
        mlint_reading_note(account->prf->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "\"%.*s\" is %lld; Outlook knows only 0 to 3",
                           MLINT_STR_ARG(node->name), (long long)kind);
        return;
    }
    if (account->lost[MLINT_PRF_SMTP_ENCRYPTION] && !account->value[MLINT_PRF_SMTP_SSL]) {
        field->comment = LOST;
        return;
    }
    /* Outlook 2003 and before: one switch, and the port decides how encryption begins. */
    set_number(account, field, MLINT_PRF_SMTP_SSL, 0);
    if (field->presence == MLINT_ABSENT)
        return;
    field->converter = field->node ? &ssl : NULL;
    if (!field->number)
        field->number = MLINT_SECURITY_NONE;
    else
        field->number =
            port == 25 || port == 587 ? MLINT_SECURITY_STARTTLS : MLINT_SECURITY_TLS;
}

static void read_own_login(struct mlint_prf_account *account, struct mlint_account *out)
{
    set_text(account, outgoing(out, MLINT_FIELD_USERNAME), MLINT_PRF_SMTP_USER);
    set_password(account, outgoing(out, MLINT_FIELD_PASSWORD), MLINT_PRF_SMTP_PASSWORD);
}

/* Outlook 97 to 2000 knows one way to log in to the outgoing server: SPA. */
static void read_old_login(struct mlint_prf_account *account, struct mlint_account *out)
{
    struct mlint_field *auth = outgoing(out, MLINT_FIELD_AUTH);

    set_number(account, auth, MLINT_PRF_SMTP_SICILY, 0);
    if (auth->presence == MLINT_ABSENT)
        return;
    if (auth->number != 0 && auth->number != 1) {
        mlint_reading_note(account->prf->reading, MLINT_NOTE_UNKNOWN_VALUE, auth->node,
                           "SMTPUseSicily is %lld; Outlook 97 to 2000 knows only 0 and 1",
                           (long long)auth->number);
        *auth = (struct mlint_field){ .comment = "only 0 and 1 are known" };
        return;
    }
    auth->number = auth->number ? MLINT_AUTH_NTLM : MLINT_AUTH_NONE;
    if (auth->number == MLINT_AUTH_NTLM)
        read_own_login(account, out);
}

static void read_no_login(struct mlint_prf_account *account, struct mlint_account *out)
{
    struct mlint_field *auth = outgoing(out, MLINT_FIELD_AUTH);
    int64_t spa_on;

    set_number(account, auth, MLINT_PRF_SMTP_AUTH, 0);
    if (auth->presence != MLINT_ABSENT)
        auth->number = MLINT_AUTH_NONE;
    if (get_number(account, MLINT_PRF_SMTP_SPA, &spa_on) && spa_on)
        out->flags |= MLINT_ACCOUNT_SPA_UNUSED;
}

static void read_login(struct mlint_prf_account *account, struct mlint_account *out)
{
    const struct mlint_node *method = account->value[MLINT_PRF_SMTP_METHOD];
    struct mlint_field *auth = outgoing(out, MLINT_FIELD_AUTH);
    int64_t on = 0, how = 0;

    if (!get_number(account, MLINT_PRF_SMTP_AUTH, &on) || !on) {
        read_no_login(account, out);
        return;
    }
    if (account->lost[MLINT_PRF_SMTP_METHOD]) {
        auth->comment = LOST;
        return;
    }
    get_number(account, MLINT_PRF_SMTP_METHOD, &how);
    if (how & 1) {
        read_own_login(account, out);
        set_spa(account, auth, MLINT_PRF_SMTP_SPA);
    } else if (how & 2) {
        mlint_field_set_number(auth, MLINT_WRITTEN, method, MLINT_AUTH_POP_BEFORE_SMTP);
    } else {
        mlint_reading_same_login(out, MLINT_OUTGOING,
                                 method ? method : account->value[MLINT_PRF_SMTP_AUTH]);
    }
}

static void read_outgoing(struct mlint_prf_account *account, struct mlint_account *out)
{
    if (!account->value[MLINT_PRF_SMTP_SERVER] && !account->lost[MLINT_PRF_SMTP_SERVER])
        return;
    if (!mlint_account_add_outgoing(account->prf->reading->result, out))
        return;
    mlint_field_set_number(outgoing(out, MLINT_FIELD_PROTOCOL), MLINT_CLIENT_DEFAULT, NULL,
                           MLINT_PROTOCOL_SMTP);
    set_text(account, outgoing(out, MLINT_FIELD_HOST), MLINT_PRF_SMTP_SERVER);
    set_number(account, outgoing(out, MLINT_FIELD_PORT), MLINT_PRF_SMTP_PORT, 25);
    outgoing(out, MLINT_FIELD_PORT)->converter = &mlint_conv_number;
    read_encryption(account, out);
    if (account->old)
        read_old_login(account, out);
    else
        read_login(account, out);
}

struct mlint_account *mlint_prf_add(struct mlint_prf_account *account)
{
    struct mlint_reading *reading = account->prf->reading;
    struct mlint_account *out =
        mlint_result_add_account(reading->result, reading->file, account->section->name);

    if (!out)
        return NULL;
    out->node = account->section;
    if (!account->entry) {
        out->flags |= MLINT_ACCOUNT_NOT_LIVE;
        out->not_live = "not in [Internet Account List]: Outlook does not set it up";
    }
    set_text(account, &out->name, MLINT_PRF_NAME);
    set_text(account, &out->address, MLINT_PRF_EMAIL);
    out->name.converter = out->address.converter = NULL;
    out->name.token = MLINT_TOKEN_NONE;
    if (out->address.token == MLINT_TOKEN_NONE)
        mlint_account_add_address(reading->result, out, out->address.text, false);
    read_incoming(account, out);
    if (account->protocol != MLINT_PROTOCOL_OTHER)
        read_outgoing(account, out);
    if (out->incoming.field[MLINT_FIELD_USERNAME].token == MLINT_TOKEN_TEMPLATE)
        out->flags |= MLINT_ACCOUNT_TEMPLATE;
    return out;
}
