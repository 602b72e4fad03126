/* thunderbird_fields.c: the settings of one incoming or outgoing server as Thunderbird 153
 * resolves them: the server's own preference, else what the user set for all servers, else the
 * program's default. Which servers count is decided in thunderbird_accounts.c. */
#include "formats/thunderbird.h"

#include "base/utf8.h"

#define MINUTE 60000

enum { SOCKET_PLAIN = 0, SOCKET_TRY_STARTTLS = 1, SOCKET_STARTTLS = 2, SOCKET_TLS = 3 };

/* nsMsgAuthMethod; gaps are values that no version writes. */
static const uint8_t auth_words[] = {
    [0] = MLINT_AUTH_NONE,
    [1] = MLINT_AUTH_NONE,
    [2] = MLINT_AUTH_PASSWORD_CLEARTEXT, /* the protocol's own login, never AUTH */
    [3] = MLINT_AUTH_PASSWORD_CLEARTEXT,
    [4] = MLINT_AUTH_PASSWORD_ENCRYPTED,
    [5] = MLINT_AUTH_KERBEROS,
    [6] = MLINT_AUTH_NTLM,
    [7] = MLINT_AUTH_CERTIFICATE,
    [8] = MLINT_AUTH_ANY_SECURE,
    [9] = MLINT_AUTH_ANY,
    [10] = MLINT_AUTH_OAUTH2,
};

/* One side being filled. */
struct filling {
    struct mlint_tb_graph *graph;
    struct mlint_tb_object *object;
    struct mlint_side *side;
};

static struct mlint_field *field_of(struct filling *f, enum mlint_field_id id)
{
    return &f->side->field[id];
}

static void set_number(struct filling *f, enum mlint_field_id id, const struct mlint_node *node,
                       bool inherited, int64_t number)
{
    mlint_field_set_number(field_of(f, id), MLINT_WRITTEN, node, number);
    field_of(f, id)->inherited = inherited;
    field_of(f, id)->replaced = mlint_tb_replaced(f->graph, f->object, node);
}

static void set_default(struct filling *f, enum mlint_field_id id, enum mlint_tb_pref pref,
                        int64_t number)
{
    mlint_field_set_number(field_of(f, id), MLINT_CLIENT_DEFAULT, NULL, number);
    field_of(f, id)->where = mlint_tb_name(f->graph, f->object, pref);
}

void mlint_tb_set_computed(struct mlint_tb_graph *graph, struct mlint_field *field,
                           const struct mlint_node *node)
{
    field->where = mlint_arena_copy(graph->arena, node->name).ptr;
    field->computed = true;
    field->comment = node->number
                         ? "the program has a fault where it sets this (see the finding)"
                         : "computed when Thunderbird starts: look at a machine that has it";
}

/* Whether a program computes the value when Thunderbird starts: then nobody can know it. */
static bool is_computed(struct filling *f, enum mlint_field_id id,
                        const struct mlint_node *node)
{
    if (!mlint_tb_is_computed(node))
        return false;
    mlint_tb_set_computed(f->graph, field_of(f, id), node);
    return true;
}

static void set_text(struct filling *f, enum mlint_field_id id, enum mlint_tb_pref pref)
{
    bool inherited;
    const struct mlint_node *node = mlint_tb_get(f->graph, f->object, pref, &inherited);

    if (is_computed(f, id, node))
        return;
    if (node) {
        mlint_field_set_text(field_of(f, id), MLINT_WRITTEN, node, node->value);
        field_of(f, id)->inherited = inherited;
        field_of(f, id)->replaced = mlint_tb_replaced(f->graph, f->object, node);
        if (!f->graph->quiet && !mlint_utf8_valid(node->value))
            mlint_reading_note(f->graph->reading, MLINT_NOTE_ENCODING, node,
                               "%.*s has bytes that are no UTF-8", MLINT_STR_ARG(node->name));
    } else {
        field_of(f, id)->where = mlint_tb_name(f->graph, f->object, pref);
    }
}

static void note(struct filling *f, const struct mlint_node *node, const char *text)
{
    if (!f->graph->quiet)
        mlint_reading_note(f->graph->reading, MLINT_NOTE_UNKNOWN_VALUE, node, "%.*s: %s",
                           MLINT_STR_ARG(node->name), text);
}

/* ---- Encryption and port ---------------------------------------------------------------- */

/* At a start with an older user interface number, 1 ("TLS, if available") becomes STARTTLS; a
 * profile without the number counts as new and is not touched (MailMigrator.sys.mjs). */
static bool migrates(struct mlint_tb_graph *graph, int64_t below)
{
    const struct mlint_node *node = mlint_tb_own(graph, graph->global, MLINT_TB_UI_VERSION);

    if (!node || node->number == 0 || node->number >= below)
        return false;
    /* Step 35 throws at an outgoing server without a host, and the later steps never come. */
    return below <= 35 || node->number >= 35 || !graph->hostless_outgoing;
}

static const struct mlint_node *ui_version(struct filling *f)
{
    return mlint_tb_own(f->graph, f->graph->global, MLINT_TB_UI_VERSION);
}

static void set_socket(struct filling *f, const struct mlint_node *node, bool inherited)
{
    enum mlint_security security = MLINT_SECURITY_NONE;

    if (is_computed(f, MLINT_FIELD_SECURITY, node))
        return;
    if (node->number == SOCKET_TRY_STARTTLS &&
        is_computed(f, MLINT_FIELD_SECURITY, ui_version(f)))
        return;
    if (node->number == SOCKET_TLS)
        security = MLINT_SECURITY_TLS;
    else if (node->number == SOCKET_STARTTLS)
        security = MLINT_SECURITY_STARTTLS;
    else if (node->number == SOCKET_TRY_STARTTLS)
        security = migrates(f->graph, 44) ? MLINT_SECURITY_STARTTLS
                                          : MLINT_SECURITY_STARTTLS_IF_AVAILABLE;
    else if (node->number != SOCKET_PLAIN)
        note(f, node, "only 0 to 3 are known; Thunderbird connects without encryption");
    set_number(f, MLINT_FIELD_SECURITY, node, inherited, security);
}

static void read_incoming_socket(struct filling *f)
{
    const struct mlint_node *node = mlint_tb_own(f->graph, f->object, MLINT_TB_SOCKET);
    const struct mlint_node *old = mlint_tb_own(f->graph, f->object, MLINT_TB_IS_SECURE);
    bool inherited = false;

    /* isSecure is from before 2005; it still stands in for an absent socketType. */
    if (!node && is_computed(f, MLINT_FIELD_SECURITY, old))
        return;
    if (!node && old && old->number) {
        set_number(f, MLINT_FIELD_SECURITY, old, false, MLINT_SECURITY_TLS);
        return;
    }
    if (!node)
        node = mlint_tb_get(f->graph, f->object, MLINT_TB_SOCKET, &inherited);
    if (node)
        set_socket(f, node, inherited);
    else
        set_default(f, MLINT_FIELD_SECURITY, MLINT_TB_SOCKET, MLINT_SECURITY_NONE);
}

/* The default asks for socketType 3 alone, as written: a migrated 1 changes nothing. */
static int64_t default_port(int64_t protocol, bool tls)
{
    if (protocol == MLINT_PROTOCOL_POP3)
        return tls ? 995 : 110;
    if (protocol == MLINT_PROTOCOL_IMAP)
        return tls ? 993 : 143;
    if (protocol == MLINT_PROTOCOL_SMTP)
        return tls ? 465 : 587;
    return tls ? 443 : 80;
}

/* Whether the usual port is anybody's guess. */
static bool follows_computed(struct filling *f)
{
    struct mlint_field *port = field_of(f, MLINT_FIELD_PORT);

    if (!mlint_field_has(field_of(f, MLINT_FIELD_PROTOCOL)))
        port->comment = "follows from the protocol, which is computed";
    else if (!mlint_field_has(field_of(f, MLINT_FIELD_SECURITY)))
        port->comment = "follows from the encryption, which is computed";
    return port->comment != NULL;
}

/* POP is JavaScript (port > 1), IMAP is C++ (neither -1 nor 0), SMTP asks for any but 0. */
static bool is_port(int64_t protocol, const struct mlint_node *node)
{
    if (!node || node->number == 0)
        return false;
    if (protocol == MLINT_PROTOCOL_IMAP)
        return node->number != -1;
    return protocol == MLINT_PROTOCOL_SMTP || node->number > 1;
}

static void read_port(struct filling *f, enum mlint_tb_pref pref)
{
    int64_t protocol = field_of(f, MLINT_FIELD_PROTOCOL)->number;
    bool tls = field_of(f, MLINT_FIELD_SECURITY)->number == MLINT_SECURITY_TLS, inherited;
    const struct mlint_node *node = mlint_tb_get(f->graph, f->object, pref, &inherited);

    if (is_computed(f, MLINT_FIELD_PORT, node))
        return;
    if (is_port(protocol, node)) {
        set_number(f, MLINT_FIELD_PORT, node, inherited, node->number);
        return;
    }
    if (follows_computed(f)) {
        field_of(f, MLINT_FIELD_PORT)->where = mlint_tb_name(f->graph, f->object, pref);
        return;
    }
    if (node && node->number != -1)
        note(f, node, "no port; Thunderbird takes the usual one");
    set_default(f, MLINT_FIELD_PORT, pref, default_port(protocol, tls));
}

/* ---- Authentication --------------------------------------------------------------------- */

static bool ends_with(struct mlint_str s, struct mlint_str end)
{
    return s.len >= end.len && mlint_str_eq(mlint_str_sub(s, s.len - end.len, s.len), end);
}

/* Microsoft's own hosts went over to OAuth2 with user interface number 35. */
static bool is_microsoft(struct filling *f, const char *host)
{
    return ends_with(field_of(f, MLINT_FIELD_HOST)->text, mlint_str_from(host));
}

static void read_auth(struct filling *f, enum mlint_tb_pref pref, const char *oauth_host)
{
    bool inherited;
    const struct mlint_node *node = mlint_tb_get(f->graph, f->object, pref, &inherited);
    struct mlint_field *field = field_of(f, MLINT_FIELD_AUTH);

    if (is_computed(f, MLINT_FIELD_AUTH, node))
        return;
    if (is_microsoft(f, oauth_host) && is_computed(f, MLINT_FIELD_AUTH, ui_version(f)))
        return;
    if (migrates(f->graph, 35) && is_microsoft(f, oauth_host)) {
        set_default(f, MLINT_FIELD_AUTH, pref, MLINT_AUTH_OAUTH2);
        field->comment = "Thunderbird changes it to OAuth2 at its next start";
    } else if (!node) {
        set_default(f, MLINT_FIELD_AUTH, pref, MLINT_AUTH_PASSWORD_CLEARTEXT);
    } else if (node->number >= 0 && node->number < (int64_t)sizeof(auth_words)) {
        set_number(f, MLINT_FIELD_AUTH, node, inherited, auth_words[node->number]);
    } else {
        note(f, node, "only 0 to 10 are known");
        field->where = mlint_tb_name(f->graph, f->object, pref);
        field->comment =
            "the file names an authentication method that Thunderbird does not know";
    }
}

/* ---- Passwords -------------------------------------------------------------------------- */

/* Passwords live in logins.json; files of the last century may carry one in clear text. */
static void read_password(struct filling *f, enum mlint_tb_pref pref)
{
    struct mlint_field *field = field_of(f, MLINT_FIELD_PASSWORD);
    const struct mlint_node *node = mlint_tb_own(f->graph, f->object, pref);

    if (is_computed(f, MLINT_FIELD_PASSWORD, node))
        return;
    if (node && node->value.len) {
        mlint_field_set_password(f->graph->reading->result, field, node, node->value);
        return;
    }
    field->number = MLINT_PASSWORD_ABSENT;
    field->comment = "Thunderbird keeps passwords apart: Settings > Privacy & Security > "
                     "Saved Passwords";
}

/* ---- Keys that 153 no longer reads ------------------------------------------------------ */

static void note_old(struct filling *f, enum mlint_tb_pref pref, enum mlint_tb_pref now,
                     const char *change)
{
    const struct mlint_node *node = mlint_tb_own(f->graph, f->object, pref);
    const struct mlint_node *current = mlint_tb_own(f->graph, f->object, now);
    unsigned version = f->graph->version;
    const char *name;

    if (!node || f->graph->quiet)
        return;
    if (current && current->type == node->type && mlint_str_eq(current->value, node->value))
        return;
    name = mlint_tb_name(f->graph, f->object, now);
    if (version && version < 102 && node->type == MLINT_NODE_STRING)
        mlint_reading_note(f->graph->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "%.*s: version %u, which wrote this file, uses it instead of %s; %s",
                           MLINT_STR_ARG(node->name), version, name, change);
    else
        mlint_reading_note(f->graph->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "%.*s: no longer read; %s", MLINT_STR_ARG(node->name), change);
}

static void note_old_keys(struct filling *f)
{
    const char *moved = "versions 102 to 128 moved it, later ones ignore it";
    const struct mlint_node *login = mlint_tb_own(f->graph, f->object, MLINT_TB_AUTH_LOGIN);
    const struct mlint_node *secure = mlint_tb_own(f->graph, f->object, MLINT_TB_USE_SEC_AUTH);

    note_old(f, MLINT_TB_REAL_HOST, MLINT_TB_HOST, moved);
    note_old(f, MLINT_TB_REAL_USER, MLINT_TB_USER, moved);
    if (mlint_tb_own(f->graph, f->object, MLINT_TB_AUTH))
        return;
    if (secure && secure->number)
        note_old(
            f, MLINT_TB_USE_SEC_AUTH, MLINT_TB_AUTH,
            "before Thunderbird 3.1 it asked for any secure method, later ones take a plain "
            "password");
    else if (login && login->type == MLINT_NODE_BOOLEAN && !login->number)
        note_old(f, MLINT_TB_AUTH_LOGIN, MLINT_TB_AUTH,
                 "before Thunderbird 3.1 it asked for the protocol's own login");
}

/* ---- Sides ------------------------------------------------------------------------------ */

static void read_start(struct filling *f)
{
    bool inherited;
    const struct mlint_node *node =
        mlint_tb_get(f->graph, f->object, MLINT_TB_AT_START, &inherited);

    if (is_computed(f, MLINT_FIELD_CHECK_AT_START, node))
        return;
    if (node)
        set_number(f, MLINT_FIELD_CHECK_AT_START, node, inherited, node->number);
    else
        set_default(f, MLINT_FIELD_CHECK_AT_START, MLINT_TB_AT_START, 0);
}

static void read_polling(struct filling *f)
{
    bool inherited;
    /* Decided by the protocol when absent; mail.server.default.check_new_mail is never read. */
    const struct mlint_node *check = mlint_tb_own(f->graph, f->object, MLINT_TB_CHECK);
    const struct mlint_node *time =
        mlint_tb_get(f->graph, f->object, MLINT_TB_CHECK_TIME, &inherited);

    if (is_computed(f, MLINT_FIELD_CHECK_ENABLED, check))
        ;
    else if (check)
        set_number(f, MLINT_FIELD_CHECK_ENABLED, check, false, check->number);
    else
        set_default(f, MLINT_FIELD_CHECK_ENABLED, MLINT_TB_CHECK, 1);
    if (is_computed(f, MLINT_FIELD_INTERVAL, time))
        return;
    if (time)
        set_number(f, MLINT_FIELD_INTERVAL, time, inherited,
                   time->number > 0 ? time->number * MINUTE : 0);
    else
        set_default(f, MLINT_FIELD_INTERVAL, MLINT_TB_CHECK_TIME, 10 * MINUTE);
}

static void read_leave(struct filling *f)
{
    bool inherited;
    const struct mlint_node *node =
        mlint_tb_get(f->graph, f->object, MLINT_TB_LEAVE, &inherited);

    if (field_of(f, MLINT_FIELD_PROTOCOL)->number != MLINT_PROTOCOL_POP3)
        return;
    if (is_computed(f, MLINT_FIELD_LEAVE_ON_SERVER, node))
        return;
    if (node)
        set_number(f, MLINT_FIELD_LEAVE_ON_SERVER, node, inherited, node->number);
    else
        set_default(f, MLINT_FIELD_LEAVE_ON_SERVER, MLINT_TB_LEAVE, 0);
}

static enum mlint_protocol protocol_of(struct mlint_str type)
{
    if (mlint_str_eq(type, MLINT_STR("pop3")))
        return MLINT_PROTOCOL_POP3;
    if (mlint_str_eq(type, MLINT_STR("imap")))
        return MLINT_PROTOCOL_IMAP;
    return MLINT_PROTOCOL_OTHER;
}

static const struct mlint_node *read_type(struct filling *f)
{
    const struct mlint_node *type = mlint_tb_own(f->graph, f->object, MLINT_TB_TYPE);

    if (type && !is_computed(f, MLINT_FIELD_PROTOCOL, type))
        set_number(f, MLINT_FIELD_PROTOCOL, type, false, protocol_of(type->value));
    return type;
}

/* The usual port, or 0 if nobody knows which that is. */
static int64_t usual_port(struct mlint_tb_graph *graph, struct mlint_tb_object *server)
{
    struct mlint_side side = { 0 };
    struct filling f = { graph, server, &side };

    read_type(&f);
    read_incoming_socket(&f);
    read_port(&f, MLINT_TB_PORT);
    return side.field[MLINT_FIELD_PORT].number;
}

int64_t mlint_tb_incoming_port(struct mlint_tb_graph *graph, struct mlint_tb_object *server)
{
    bool inherited;
    const struct mlint_node *type = mlint_tb_own(graph, server, MLINT_TB_TYPE);
    const struct mlint_node *port = mlint_tb_get(graph, server, MLINT_TB_PORT, &inherited);

    if (!type)
        return 0;
    if (mlint_tb_is_computed(type) || mlint_tb_is_computed(port) ||
        !is_port(protocol_of(type->value), port))
        return usual_port(graph, server);
    return port->number;
}

void mlint_tb_read_incoming(struct mlint_tb_graph *graph, struct mlint_tb_object *server,
                            struct mlint_account *account)
{
    struct filling f = { graph, server, &account->incoming };
    const struct mlint_node *type = read_type(&f);

    f.side->exists = true;
    if (type && field_of(&f, MLINT_FIELD_PROTOCOL)->number == MLINT_PROTOCOL_OTHER)
        account->flags |= MLINT_ACCOUNT_OTHER;
    set_text(&f, MLINT_FIELD_HOST, MLINT_TB_HOST);
    set_text(&f, MLINT_FIELD_USERNAME, MLINT_TB_USER);
    read_incoming_socket(&f);
    if (type)
        read_port(&f, MLINT_TB_PORT);
    read_auth(&f, MLINT_TB_AUTH, "outlook.office365.com");
    read_password(&f, MLINT_TB_PASSWORD);
    read_polling(&f);
    read_start(&f);
    read_leave(&f);
    note_old_keys(&f);
}

void mlint_tb_read_outgoing(struct mlint_tb_graph *graph, struct mlint_tb_object *smtp,
                            struct mlint_side *side)
{
    struct filling f = { graph, smtp, side };
    const struct mlint_node *socket;
    bool inherited;

    mlint_field_set_number(field_of(&f, MLINT_FIELD_PROTOCOL), MLINT_CLIENT_DEFAULT, NULL,
                           MLINT_PROTOCOL_SMTP);
    set_text(&f, MLINT_FIELD_HOST, MLINT_TB_SMTP_HOST);
    set_text(&f, MLINT_FIELD_USERNAME, MLINT_TB_SMTP_USER);
    socket = mlint_tb_get(graph, smtp, MLINT_TB_SMTP_SOCKET, &inherited);
    if (socket)
        set_socket(&f, socket, inherited);
    else
        set_default(&f, MLINT_FIELD_SECURITY, MLINT_TB_SMTP_SOCKET, MLINT_SECURITY_NONE);
    read_port(&f, MLINT_TB_SMTP_PORT);
    read_auth(&f, MLINT_TB_SMTP_AUTH, "smtp.office365.com");
    if (!mlint_tb_own(graph, smtp, MLINT_TB_SMTP_AUTH))
        note_old(&f, MLINT_TB_SMTP_OLD_AUTH, MLINT_TB_SMTP_AUTH,
                 "before Thunderbird 3.1 it chose the login, later ones take a plain password");
    read_password(&f, MLINT_TB_SMTP_PASSWORD);
}
