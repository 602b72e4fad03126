/* claws_mail_accountrc.c: accountrc of Claws Mail and Sylpheed: a section [Account: N] for each
 * account. How often mail is checked stands in clawsrc beside it, for all accounts at once;
 * passwords in passwordstorerc, or, in older versions, obfuscated (Claws) or plain (Sylpheed)
 * in accountrc. */
#include "formats/format.h"
#include "syntax/ini.h"

#include "base/num.h"

/* Claws Mail's RecvProtocol: 0 to 2 are POP3 with different logins; 4 news, 5 and 6 local. */
enum { POP3 = 0, APOP = 1, RPOP = 2, IMAP4 = 3 };

struct target {
    struct mlint_reading *reading;
    struct mlint_account *account;
    unsigned side;
    const struct mlint_tree *tree;
    const struct mlint_node *section;
};

static struct mlint_field *field_of(const struct target *target, enum mlint_field_id id)
{
    return mlint_account_field_of(target->account, target->side, id);
}

static const struct mlint_node *value(const struct target *target, const char *name)
{
    return mlint_ini_value(target->tree, target->section, mlint_str_from(name));
}

static const char *where(const struct target *target, const char *name)
{
    return mlint_arena_printf(target->reading->arena, "[%.*s]%s",
                              MLINT_STR_ARG(target->section->name), name);
}

static bool get_number(const struct target *target, const char *name, int64_t *number)
{
    const struct mlint_node *node = value(target, name);

    return node && mlint_num_parse(node->value, 10, number);
}

static bool is_on(const struct target *target, const char *name)
{
    int64_t number;

    return get_number(target, name, &number) && number;
}

static void set_text(const struct target *target, enum mlint_field_id id, const char *name)
{
    const struct mlint_node *node = value(target, name);
    struct mlint_field *field = field_of(target, id);

    if (!node) {
        field->where = where(target, name);
        return;
    }
    mlint_field_set_text(field, MLINT_WRITTEN, node, node->value);
    field->converter = &mlint_conv_text;
}

/* The port counts only where its switch is on. */
static void set_port(const struct target *target, const char *switch_name, const char *name,
                     int64_t otherwise)
{
    struct mlint_field *field = field_of(target, MLINT_FIELD_PORT);
    int64_t port;

    if (is_on(target, switch_name) && get_number(target, name, &port)) {
        mlint_field_set_number(field, MLINT_WRITTEN, value(target, name), port);
        field->converter = &mlint_conv_number;
        return;
    }
    mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, otherwise);
    field->where = where(target, name);
}

static const char *write_security(struct mlint_arena *arena, const struct mlint_node *node,
                                  struct mlint_str word)
{
    static const char *const pairs[][2] = { { "none", "0" },
                                            { "tls", "1" },
                                            { "starttls", "2" } };

    (void)arena, (void)node;
    return mlint_conv_pair(word, pairs, 3);
}

static bool read_nothing(struct mlint_reading *reading, const struct mlint_node *node,
                         struct mlint_field *field)
{
    (void)reading, (void)node, (void)field;
    return false;
}

static const struct mlint_converter ssl = { "ssl", read_nothing, write_security };

static void set_security(const struct target *target, const char *name)
{
    static const uint8_t meanings[] = { MLINT_SECURITY_NONE, MLINT_SECURITY_TLS,
                                        MLINT_SECURITY_STARTTLS };
    struct mlint_field *field = field_of(target, MLINT_FIELD_SECURITY);
    int64_t number;

    if (!value(target, name)) {
        mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, MLINT_SECURITY_NONE);
        field->where = where(target, name);
    } else if (get_number(target, name, &number) && number >= 0 && number < 3) {
        mlint_field_set_number(field, MLINT_WRITTEN, value(target, name), meanings[number]);
        field->converter = &ssl;
    } else {
        mlint_reading_note(target->reading, MLINT_NOTE_UNKNOWN_VALUE, value(target, name),
                           "%s should be 0, 1 or 2", name);
    }
}

static void set_password(const struct target *target, const char *name)
{
    const struct mlint_node *node = value(target, name);
    struct mlint_field *field = field_of(target, MLINT_FIELD_PASSWORD);

    if (node && node->value.len && node->value.ptr[0] == '!') {
        mlint_field_set_number(field, MLINT_HIDDEN, node, MLINT_PASSWORD_ENCRYPTED);
        field->comment = "stored obfuscated";
    } else if (node && node->value.len) {
        mlint_field_set_password(target->reading->result, field, node, node->value);
    } else {
        field->number = MLINT_PASSWORD_ABSENT;
        field->comment = "not in accountrc; look in passwordstorerc";
    }
}

/* ---- Incoming ------------------------------------------------------------------------------
 */

/* 0 chooses by what the server offers; the rest are bits, of which the plain ones are known. */
static void set_imap_auth(const struct target *target)
{
    static const uint8_t meanings[] = {
        [0] = MLINT_AUTH_ANY,
        [1] = MLINT_AUTH_PASSWORD_CLEARTEXT,
        [2] = MLINT_AUTH_PASSWORD_ENCRYPTED,
        [8] = MLINT_AUTH_KERBEROS,
    };
    struct mlint_field *field = field_of(target, MLINT_FIELD_AUTH);
    const struct mlint_node *node = value(target, "imap_auth_method");
    int64_t number;

    field->where = where(target, "imap_auth_method");
    if (!node)
        mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, MLINT_AUTH_ANY);
    else if (get_number(target, "imap_auth_method", &number) && number >= 0 &&
             number < (int64_t)sizeof(meanings) && meanings[number])
        mlint_field_set_number(field, MLINT_WRITTEN, node, meanings[number]);
    else
        field->comment = "a method that maillint does not know by its number";
}

static void set_pop_auth(const struct target *target, int64_t protocol)
{
    bool apop = protocol == APOP || is_on(target, "use_apop_auth");
    const struct mlint_node *node =
        value(target, protocol == APOP ? "protocol" : "use_apop_auth");

    mlint_field_set_number(
        field_of(target, MLINT_FIELD_AUTH), node ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT, node,
        apop ? MLINT_AUTH_PASSWORD_ENCRYPTED : MLINT_AUTH_PASSWORD_CLEARTEXT);
}

/* Mail goes when it was fetched, unless it stays for some days (7 if nothing is said). */
static void set_leave(const struct target *target)
{
    struct mlint_field *field = field_of(target, MLINT_FIELD_LEAVE_ON_SERVER);
    const struct mlint_node *remove = value(target, "remove_mail");
    const struct mlint_node *days = value(target, "message_leave_time");
    int64_t number;

    if (remove && !is_on(target, "remove_mail"))
        mlint_field_set_number(field, MLINT_WRITTEN, remove, 1);
    else if (days && get_number(target, "message_leave_time", &number))
        mlint_field_set_number(field, MLINT_WRITTEN, days, number > 0);
    else
        field->where = where(target, "remove_mail");
}

/* [Common] of clawsrc, for all accounts at once. */
static void set_interval(const struct target *target, const struct mlint_tree *common)
{
    struct mlint_field *field = field_of(target, MLINT_FIELD_INTERVAL);
    struct mlint_field *enabled = field_of(target, MLINT_FIELD_CHECK_ENABLED);
    const struct mlint_node *section =
        common ? mlint_ini_section(common, MLINT_STR("Common")) : NULL;
    const struct mlint_node *on, *minutes;
    int64_t number;

    if (!section) {
        field->comment =
            "in clawsrc, which is not beside this file: Configuration > Preferences "
            "> Mail Handling > Receiving";
        return;
    }
    on = mlint_ini_value(common, section, MLINT_STR("autochk_newmail"));
    minutes = mlint_ini_value(common, section, MLINT_STR("autochk_interval"));
    if (on && mlint_num_parse(on->value, 10, &number))
        mlint_field_set_number(enabled, MLINT_WRITTEN, on, number != 0);
    if (minutes && mlint_num_parse(minutes->value, 10, &number) && number >= 0 &&
        number < 1000000)
        mlint_field_set_number(field, MLINT_WRITTEN, minutes, number * 60000);
    else
        mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, 10 * 60000);
}

static void read_incoming(const struct target *target, int64_t protocol,
                          const struct mlint_tree *common)
{
    bool imap = protocol == IMAP4;

    target->account->incoming.exists = true;
    mlint_field_set_number(field_of(target, MLINT_FIELD_PROTOCOL),
                           value(target, "protocol") ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT,
                           value(target, "protocol"),
                           imap ? MLINT_PROTOCOL_IMAP : MLINT_PROTOCOL_POP3);
    set_text(target, MLINT_FIELD_HOST, "receive_server");
    set_text(target, MLINT_FIELD_USERNAME, "user_id");
    set_security(target, imap ? "ssl_imap" : "ssl_pop");
    if (imap)
        set_port(target, "set_imapport", "imap_port",
                 field_of(target, MLINT_FIELD_SECURITY)->number == MLINT_SECURITY_TLS ? 993
                                                                                      : 143);
    else
        set_port(target, "set_popport", "pop_port",
                 field_of(target, MLINT_FIELD_SECURITY)->number == MLINT_SECURITY_TLS ? 995
                                                                                      : 110);
    set_password(target, "password");
    if (imap) {
        set_imap_auth(target);
    } else {
        set_pop_auth(target, protocol);
        set_leave(target);
    }
    set_interval(target, common);
}

/* ---- Outgoing ------------------------------------------------------------------------------
 */

static void set_smtp_auth(const struct target *target)
{
    struct mlint_field *field = field_of(target, MLINT_FIELD_AUTH);
    const struct mlint_node *method = value(target, "smtp_auth_method");
    const struct mlint_node *node = method ? method : value(target, "use_smtp_auth");
    int64_t number = 0;

    get_number(target, "smtp_auth_method", &number);
    if (number == 0)
        mlint_field_set_number(field, MLINT_WRITTEN, node, MLINT_AUTH_ANY);
    else if (number == 1 || number == 16)
        mlint_field_set_number(field, MLINT_WRITTEN, node, MLINT_AUTH_PASSWORD_CLEARTEXT);
    else if (number == 2 || number == 4)
        mlint_field_set_number(field, MLINT_WRITTEN, node, MLINT_AUTH_PASSWORD_ENCRYPTED);
    else
        field->comment = "a method that maillint does not know by its number";
}

/* Without a name of its own the outgoing server gets the incoming one's. */
static void read_login(const struct target *target)
{
    const struct mlint_node *use = value(target, "use_smtp_auth");
    const struct mlint_node *name = value(target, "smtp_user_id");
    struct mlint_field *auth = field_of(target, MLINT_FIELD_AUTH), chosen;

    if (!is_on(target, "use_smtp_auth")) {
        mlint_field_set_number(auth, use ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT, use,
                               is_on(target, "pop_before_smtp") ? MLINT_AUTH_POP_BEFORE_SMTP
                                                                : MLINT_AUTH_NONE);
        return;
    }
    set_smtp_auth(target);
    if (name && name->value.len) {
        set_text(target, MLINT_FIELD_USERNAME, "smtp_user_id");
        set_password(target, "smtp_password");
        return;
    }
    chosen = *auth;
    mlint_reading_same_login(target->account, target->side, name ? name : use);
    *auth = chosen;
}

static void read_outgoing(struct target *target)
{
    bool tls;

    if (!value(target, "smtp_server") ||
        !mlint_account_add_outgoing(target->reading->result, target->account))
        return;
    target->side = MLINT_OUTGOING;
    mlint_field_set_number(field_of(target, MLINT_FIELD_PROTOCOL), MLINT_CLIENT_DEFAULT, NULL,
                           MLINT_PROTOCOL_SMTP);
    set_text(target, MLINT_FIELD_HOST, "smtp_server");
    set_security(target, "ssl_smtp");
    tls = field_of(target, MLINT_FIELD_SECURITY)->number == MLINT_SECURITY_TLS;
    set_port(target, "set_smtpport", "smtp_port", tls ? 465 : 25);
    read_login(target);
}

static void add_spare(const struct target *target)
{
    const struct mlint_node *node = value(target, "smtp_password");

    if (node && node->value.len && node->value.ptr[0] != '!')
        mlint_account_add_spare(target->reading->result, target->account, MLINT_OUTGOING, node);
}

/* ---- The format ----------------------------------------------------------------------------
 */

static void add_account(struct mlint_reading *reading, const struct mlint_node *section,
                        const struct mlint_tree *common)
{
    struct target target = { .reading = reading, .tree = reading->tree, .section = section };
    int64_t protocol = POP3;

    if (value(&target, "protocol") && !get_number(&target, "protocol", &protocol))
        return;
    if (protocol < POP3 || protocol > IMAP4)
        return; /* news, local delivery, or no receiving at all */
    target.account = mlint_result_add_account(reading->result, reading->file, section->name);
    if (!target.account)
        return;
    target.account->node = section;
    set_text(&target, MLINT_FIELD_NAME, "account_name");
    set_text(&target, MLINT_FIELD_ADDRESS, "address");
    mlint_account_add_address(reading->result, target.account, target.account->address.text,
                              false);
    read_incoming(&target, protocol, common);
    read_outgoing(&target);
    add_spare(&target);
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    if (!mlint_source_decode(reading->source, reading->arena, 0))
        return MLINT_READ_LIMIT;
    reading->tree = mlint_ini_read(reading->arena, reading->source, MLINT_INI_UNIX);
    return reading->tree ? mlint_reading_outcome(reading, reading->tree) : MLINT_READ_LIMIT;
}

static const struct mlint_str prefix = MLINT_STR_INIT("Account: ");

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);
    const struct mlint_tree *common = NULL;
    struct mlint_source *beside;
    bool any = false;

    if (!reading->tree)
        return outcome;
    beside = reading->companion(reading, "clawsrc");
    if (beside && mlint_source_decode(beside, reading->arena, 0))
        common = mlint_ini_read(reading->arena, beside, MLINT_INI_UNIX);
    for (const struct mlint_node *node = reading->tree->root->child; node; node = node->next) {
        if (!mlint_str_starts(node->name, prefix))
            continue;
        any = true;
        add_account(reading, node, common);
    }
    return any ? outcome : MLINT_READ_NOT_MINE;
}

static int probe(const struct mlint_probe *probe)
{
    struct mlint_str text = probe->text;

    /* Written by the programs themselves: a section is the first thing, or a comment. */
    if (!text.len || (text.ptr[0] != '[' && text.ptr[0] != '#'))
        return MLINT_BID_NONE;
    return mlint_str_find(text, MLINT_STR("[Account: ")) < text.len ? MLINT_BID_KEYS
                                                                    : MLINT_BID_NONE;
}

static const char *const companions[] = { "clawsrc", NULL };

const struct mlint_format mlint_format_claws_mail_accountrc = {
    .id = "claws-mail-accountrc",
    .client = MLINT_CLIENT_CLAWS_MAIL,
    .title = "accountrc of Claws Mail or Sylpheed",
    .recognised_by = "an INI file with sections [Account: N]",
    .companions = companions,
    .probe = probe,
    .read = read,
    .parse = parse,
};
