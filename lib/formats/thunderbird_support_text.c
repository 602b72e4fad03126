/* thunderbird_support_text.c: what Help > Troubleshooting Information > Copy text puts on the
 * clipboard (about:support). It names servers, never who logs in; connection security and
 * authentication come as words or as numbers, mixed in one text, and labels other than INCOMING
 * and OUTGOING are in the user's language.
 *
 * Names may hold commas, so lines are read from their end. */
#include "formats/format.h"

#include "base/num.h"
#include "source/limits.h"

/* ---- Lines into nodes ----------------------------------------------------------------------
 */

struct lines {
    struct mlint_reading *reading;
    struct mlint_tree *tree;
    struct mlint_node *account; /* "account1:" at hand, or NULL */
};

static struct mlint_span span_of(const struct lines *lines, struct mlint_str s)
{
    uint32_t begin = (uint32_t)(s.ptr - lines->tree->source->text.ptr);

    return (struct mlint_span){ begin, begin + (uint32_t)s.len };
}

static struct mlint_node *add(struct lines *lines, struct mlint_node *parent, const char *name,
                              struct mlint_str value)
{
    struct mlint_node *node =
        mlint_node_add(lines->tree, parent, MLINT_NODE_STRING, mlint_str_from(name));

    if (!node)
        return NULL;
    node->value = value;
    node->name_span = node->value_span = span_of(lines, value);
    return node;
}

/* The part behind the last comma, taken off the end. */
static struct mlint_str take_last(struct mlint_str *rest)
{
    size_t comma = mlint_str_rfind_char(*rest, ',');
    struct mlint_str part;

    if (comma >= rest->len) {
        part = mlint_str_trim(*rest);
        rest->len = 0;
        return part;
    }
    part = mlint_str_trim(mlint_str_sub(*rest, comma + 1, rest->len));
    rest->len = comma;
    return part;
}

/* host, host:port; brackets keep the colons of an address. */
static void add_host(struct lines *lines, struct mlint_node *parent, struct mlint_str text)
{
    size_t colon = mlint_str_rfind_char(text, ':');
    size_t bracket = mlint_str_rfind_char(text, ']');
    bool has_port = colon < text.len && (bracket == text.len || bracket < colon);

    add(lines, parent, "host", mlint_str_sub(text, 0, has_port ? colon : text.len));
    if (has_port)
        add(lines, parent, "port", mlint_str_sub(text, colon + 1, text.len));
}

/* [key, name,] (type) host[:port], security, authentication[, default] */
static void add_server(struct lines *lines, const char *label, struct mlint_str text)
{
    bool incoming = label[0] == 'I';
    struct mlint_node *node =
        mlint_node_add(lines->tree, lines->account, MLINT_NODE_GROUP, mlint_str_from(label));
    struct mlint_str auth, security, server;
    size_t comma;

    if (!node)
        return;
    node->name_span = node->value_span = span_of(lines, text);
    if (!incoming)
        add(lines, node, "default", take_last(&text));
    auth = take_last(&text);
    security = take_last(&text);
    server = take_last(&text);
    comma = incoming ? mlint_str_find_char(text, ',') : 0;
    if (comma < text.len)
        add(lines, node, "name",
            mlint_str_trim(mlint_str_sub(text, comma + (incoming ? 1 : 0), text.len)));
    if (incoming && server.len && server.ptr[0] == '(') {
        size_t close = mlint_str_find_char(server, ')');

        add(lines, node, "type", mlint_str_sub(server, 1, close));
        server = mlint_str_trim(mlint_str_sub(server, close + 1, server.len));
    }
    add_host(lines, node, server);
    add(lines, node, "socketType", security);
    add(lines, node, "authMethod", auth);
}

/* "account" and digits and a colon. */
static bool is_header(struct mlint_str line)
{
    static const struct mlint_str prefix = MLINT_STR_INIT("account");
    int64_t number;

    return mlint_str_starts(line, prefix) && line.len > prefix.len + 1 &&
           line.ptr[line.len - 1] == ':' &&
           mlint_num_parse(mlint_str_sub(line, prefix.len, line.len - 1), 10, &number);
}

/* Both kinds have at least five parts; fewer are a line that was cut. */
static bool is_whole(struct mlint_str text)
{
    unsigned commas = 0;

    for (size_t i = 0; i < text.len; i++)
        commas += text.ptr[i] == ',';
    return commas >= 4;
}

static void read_server_line(struct lines *lines, const char *label, struct mlint_str text)
{
    if (is_whole(text))
        add_server(lines, label, text);
    else
        mlint_tree_note(lines->tree, MLINT_NOTE_SYNTAX, span_of(lines, text),
                        "an %s line with parts missing is skipped", label);
}

static void read_line(struct lines *lines, struct mlint_str line)
{
    static const char *const labels[] = { "INCOMING", "OUTGOING" };
    bool indented = line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t');

    line = mlint_str_trim(line);
    if (line.len && !indented)
        lines->account = NULL; /* another section, unless it is a header */
    if (is_header(line)) {
        lines->account = mlint_node_add(lines->tree, lines->tree->root, MLINT_NODE_GROUP,
                                        mlint_str_sub(line, 0, line.len - 1));
        if (lines->account)
            lines->account->name_span = lines->account->value_span = span_of(lines, line);
        return;
    }
    for (size_t i = 0; lines->account && i < 2; i++) {
        struct mlint_str label = mlint_str_from(labels[i]);

        if (mlint_str_starts(line, label) && line.len > label.len && line.ptr[label.len] == ':')
            read_server_line(lines, labels[i],
                             mlint_str_trim(mlint_str_sub(line, label.len + 1, line.len)));
    }
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    struct lines lines = { .reading = reading };
    struct mlint_str rest, line;

    if (!mlint_source_decode(reading->source, reading->arena, 1252))
        return MLINT_READ_LIMIT;
    lines.tree = mlint_tree_new(reading->arena, reading->source, MLINT_PATH_SLASH);
    if (!lines.tree)
        return MLINT_READ_LIMIT;
    rest = reading->source->text;
    while (!reading->arena->failed && mlint_str_split(&rest, '\n', &line))
        read_line(&lines, line);
    reading->tree = lines.tree;
    return mlint_reading_outcome(reading, lines.tree);
}

/* ---- Words ---------------------------------------------------------------------------------
 */

/* By their numbers (nsMsgSocketType, nsMsgAuthMethod). */
static const struct {
    const char *word;
    enum mlint_security security;
} securities[] = {
    { "plain", MLINT_SECURITY_NONE },
    { "trySTARTTLS", MLINT_SECURITY_STARTTLS_IF_AVAILABLE },
    { "alwaysSTARTTLS", MLINT_SECURITY_STARTTLS },
    { "SSL", MLINT_SECURITY_TLS },
};

static const struct {
    const char *word;
    enum mlint_auth auth;
} auths[] = {
    { "0", MLINT_AUTH_NONE }, /* invalid; shown as "No authentication" */
    { "none", MLINT_AUTH_NONE },
    { "old", MLINT_AUTH_PASSWORD_CLEARTEXT },
    { "passwordCleartext", MLINT_AUTH_PASSWORD_CLEARTEXT },
    { "passwordEncrypted", MLINT_AUTH_PASSWORD_ENCRYPTED },
    { "GSSAPI", MLINT_AUTH_KERBEROS },
    { "NTLM", MLINT_AUTH_NTLM },
    { "External", MLINT_AUTH_CERTIFICATE },
    { "secure", MLINT_AUTH_ANY_SECURE },
    { "anything", MLINT_AUTH_ANY },
    { "OAuth2", MLINT_AUTH_OAUTH2 },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* ---- Accounts ------------------------------------------------------------------------------
 */

struct target {
    struct mlint_reading *reading;
    struct mlint_account *account;
    unsigned side;
    const struct mlint_node *server;
};

static struct mlint_field *field_of(const struct target *target, enum mlint_field_id id)
{
    return mlint_account_field_of(target->account, target->side, id);
}

static struct mlint_str text_of(const struct mlint_node *server, const char *name)
{
    const struct mlint_node *node = mlint_node_get(server, name);

    return node ? node->value : MLINT_STR("");
}

static void say_unknown(const struct target *target, const char *name)
{
    mlint_reading_note(target->reading, MLINT_NOTE_UNKNOWN_VALUE,
                       mlint_node_get(target->server, name),
                       "%s \"%.*s\" is none that Thunderbird knows", name,
                       MLINT_STR_ARG(text_of(target->server, name)));
}

static void set_security(const struct target *target)
{
    struct mlint_str word = text_of(target->server, "socketType");
    int64_t number;

    if (!mlint_num_parse(word, 10, &number))
        number = -1;
    for (size_t i = 0; i < COUNT(securities); i++) {
        if (number != (int64_t)i &&
            !mlint_str_eq_nocase(word, mlint_str_from(securities[i].word)))
            continue;
        mlint_field_set_number(field_of(target, MLINT_FIELD_SECURITY), MLINT_WRITTEN,
                               mlint_node_get(target->server, "socketType"),
                               securities[i].security);
        return;
    }
    say_unknown(target, "socketType");
}

static void set_auth(const struct target *target)
{
    struct mlint_str word = text_of(target->server, "authMethod");
    int64_t number;

    if (!mlint_num_parse(word, 10, &number))
        number = -1;
    for (size_t i = 0; i < COUNT(auths); i++) {
        if (number != (int64_t)i && !mlint_str_eq_nocase(word, mlint_str_from(auths[i].word)))
            continue;
        mlint_field_set_number(field_of(target, MLINT_FIELD_AUTH), MLINT_WRITTEN,
                               mlint_node_get(target->server, "authMethod"), auths[i].auth);
        return;
    }
    say_unknown(target, "authMethod");
}

/* A port that is not written is the protocol's own. */
static void set_port(const struct target *target, enum mlint_protocol protocol)
{
    struct mlint_field *field = field_of(target, MLINT_FIELD_PORT);
    bool tls = field_of(target, MLINT_FIELD_SECURITY)->number == MLINT_SECURITY_TLS;
    const struct mlint_node *node = mlint_node_get(target->server, "port");
    int64_t port;

    if (node && mlint_num_parse(node->value, 10, &port))
        mlint_field_set_number(field, MLINT_WRITTEN, node, port);
    else if (node)
        say_unknown(target, "port");
    else if (protocol == MLINT_PROTOCOL_POP3)
        mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, tls ? 995 : 110);
    else if (protocol == MLINT_PROTOCOL_IMAP)
        mlint_field_set_number(field, MLINT_CLIENT_DEFAULT, NULL, tls ? 993 : 143);
    else
        field->comment = "not in this text: Account Settings > Outgoing Server";
}

static void read_server(const struct target *target, enum mlint_protocol protocol)
{
    const struct mlint_node *type = mlint_node_get(target->server, "type");

    mlint_field_set_number(field_of(target, MLINT_FIELD_PROTOCOL),
                           type ? MLINT_WRITTEN : MLINT_CLIENT_DEFAULT, type, protocol);
    mlint_field_set_text(field_of(target, MLINT_FIELD_HOST), MLINT_WRITTEN,
                         mlint_node_get(target->server, "host"),
                         text_of(target->server, "host"));
    set_security(target);
    set_auth(target);
    set_port(target, protocol);
    field_of(target, MLINT_FIELD_USERNAME)->comment =
        "Troubleshooting Information does not show it: Account Settings > Server Settings";
    field_of(target, MLINT_FIELD_PASSWORD)->number = MLINT_PASSWORD_ABSENT;
    field_of(target, MLINT_FIELD_PASSWORD)->comment =
        "Troubleshooting Information shows no passwords";
}

static void read_outgoing(struct target *target, const struct mlint_node *account)
{
    target->side = MLINT_OUTGOING;
    for (const struct mlint_node *node = account->child; node; node = node->next) {
        if (!mlint_str_eq(node->name, MLINT_STR("OUTGOING")) ||
            !mlint_account_add_outgoing(target->reading->result, target->account))
            continue;
        target->server = node;
        read_server(target, MLINT_PROTOCOL_SMTP);
        target->side++;
    }
}

/* Local folders, feeds, news and chat stand among the accounts. */
static void add_account(struct mlint_reading *reading, const struct mlint_node *node)
{
    struct target target = { .reading = reading, .server = mlint_node_get(node, "INCOMING") };
    struct mlint_str type = text_of(target.server, "type");
    enum mlint_protocol protocol = MLINT_PROTOCOL_IMAP;

    if (mlint_str_eq_nocase(type, MLINT_STR("pop3")))
        protocol = MLINT_PROTOCOL_POP3;
    else if (!mlint_str_eq_nocase(type, MLINT_STR("imap")))
        return;
    target.account = mlint_result_add_account(reading->result, reading->file, node->name);
    if (!target.account)
        return;
    target.account->node = node;
    target.account->incoming.exists = true;
    if (text_of(target.server, "name").len)
        mlint_field_set_text(&target.account->name, MLINT_WRITTEN,
                             mlint_node_get(target.server, "name"),
                             text_of(target.server, "name"));
    read_server(&target, protocol);
    field_of(&target, MLINT_FIELD_INTERVAL)->comment =
        "Troubleshooting Information does not show it: Account Settings > Server Settings";
    read_outgoing(&target, node);
}

/* ---- The format ----------------------------------------------------------------------------
 */

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);
    const struct mlint_node *node = reading->tree ? reading->tree->root->child : NULL;
    bool any = false;

    if (!reading->tree)
        return outcome;
    for (; node; node = node->next) {
        any |= mlint_node_get(node, "INCOMING") != NULL;
        add_account(reading, node);
    }
    return any ? outcome : MLINT_READ_NOT_MINE;
}

/* The accounts may stand behind the first bytes; the version always stands in them. */
static int probe(const struct mlint_probe *probe)
{
    struct mlint_str text = probe->text;

    /* It begins with a word, in whatever language; the other text files with a sign. */
    if (!text.len || ((unsigned char)text.ptr[0] < 0x80 &&
                      (mlint_lower(text.ptr[0]) < 'a' || mlint_lower(text.ptr[0]) > 'z')))
        return MLINT_BID_NONE;
    if (mlint_str_find(text, MLINT_STR("  INCOMING: ")) < text.len)
        return MLINT_BID_KEYS;
    return mlint_str_find(text, MLINT_STR("Thunderbird/")) < text.len ? MLINT_BID_NAME
                                                                      : MLINT_BID_NONE;
}

const struct mlint_format mlint_format_thunderbird_support_text = {
    .id = "thunderbird-support-text",
    .client = MLINT_CLIENT_THUNDERBIRD,
    .title = "Thunderbird's Troubleshooting Information, copied as text",
    .recognised_by = "lines \"INCOMING: ...\" below \"account1:\"",
    .probe = probe,
    .read = read,
    .parse = parse,
};
