/* clientconfig.c: the words of clientConfig and which of several elements Thunderbird takes
 * (readFromXML, InputSanitizer of Thunderbird 153). Says nothing to anyone: reports are the
 * format's. */
#include "model/clientconfig.h"

#include "base/num.h"
#include "model/shape.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct mlint_str placeholders[] = {
    MLINT_STR_INIT("%EMAILADDRESS%"),
    MLINT_STR_INIT("%EMAILLOCALPART%"),
    MLINT_STR_INIT("%EMAILDOMAIN%"),
    MLINT_STR_INIT("%REALNAME%"),
};

static struct mlint_str text_of(const struct mlint_node *node)
{
    return node ? mlint_str_trim(node->value) : MLINT_STR("");
}

const struct mlint_node *mlint_cc_provider(const struct mlint_tree *tree)
{
    const struct mlint_node *root = tree->root->child;

    if (!root || !mlint_str_eq(root->name, MLINT_STR("clientConfig")))
        return NULL;
    return mlint_node_get(root, "emailProvider");
}

/* ---- Placeholders --------------------------------------------------------------------------
 */

/* The placeholder that begins here: its place in the list, or -1. */
static int placeholder_at(struct mlint_str text, size_t at)
{
    for (size_t i = 0; i < COUNT(placeholders); i++) {
        if (mlint_str_starts(mlint_str_sub(text, at, text.len), placeholders[i]))
            return (int)i;
    }
    return -1;
}

size_t mlint_cc_odd_percent(struct mlint_str text)
{
    for (size_t i = mlint_str_find_char(text, '%'); i < text.len; i++) {
        int found = text.ptr[i] == '%' ? placeholder_at(text, i) : -1;

        if (found >= 0)
            i += placeholders[found].len - 1;
        else if (text.ptr[i] == '%')
            return i;
    }
    return text.len;
}

/* A whole address, however it is put together: something, one "@", something. */
static bool is_address(struct mlint_str text)
{
    size_t at = mlint_str_find_char(text, '@');

    if (at == 0 || at + 1 >= text.len)
        return false;
    return mlint_str_rfind_char(text, '@') == at &&
           (placeholder_at(text, 0) == 1 || text.ptr[0] != '%') &&
           (placeholder_at(text, at + 1) == 2 || text.ptr[at + 1] != '%');
}

enum mlint_token mlint_cc_token(struct mlint_str text)
{
    int first = -1;

    for (size_t i = mlint_str_find_char(text, '%'); i < text.len && first < 0; i++)
        first = text.ptr[i] == '%' ? placeholder_at(text, i) : -1;
    if (first < 0)
        return MLINT_TOKEN_NONE;
    if (mlint_str_eq(text, placeholders[0]) || is_address(text))
        return MLINT_TOKEN_ADDRESS;
    if (mlint_str_eq(text, placeholders[1]))
        return MLINT_TOKEN_LOCALPART;
    return mlint_str_eq(text, placeholders[2]) ? MLINT_TOKEN_DOMAIN : MLINT_TOKEN_OTHER;
}

/* %CAPITALS%, known or not, pass Thunderbird's check of host names: where the word ends, or at.
 */
static size_t capitals_end(struct mlint_str text, size_t at)
{
    size_t end = at + 1;

    while (end < text.len && text.ptr[end] >= 'A' && text.ptr[end] <= 'Z')
        end++;
    return end > at + 1 && end < text.len && text.ptr[end] == '%' ? end : at;
}

static bool is_host_character(char c)
{
    c = mlint_lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '-' && c <= ':' && c != '/') || c == '[' || c == ']';
}

bool mlint_cc_is_host(struct mlint_str text)
{
    if (mlint_shape_of(text) == MLINT_SHAPE_PLAIN)
        return true;
    for (size_t i = 0; i < text.len; i++) {
        size_t end;

        if (is_host_character(text.ptr[i]))
            continue;
        end = text.ptr[i] == '%' ? capitals_end(text, i) : i;
        if (end == i)
            return false;
        i = end;
    }
    return text.len > 0;
}

/* ---- Words ---------------------------------------------------------------------------------
 */

static enum mlint_protocol protocol_of(struct mlint_str word, bool outgoing)
{
    static const char *const others[] = { "nntp", "exchange", "ews", "owa", "graph" };

    if (outgoing)
        return mlint_str_eq(word, MLINT_STR("smtp")) ? MLINT_PROTOCOL_SMTP
                                                     : (enum mlint_protocol)0;
    if (mlint_str_eq(word, MLINT_STR("pop3")))
        return MLINT_PROTOCOL_POP3;
    if (mlint_str_eq(word, MLINT_STR("imap")))
        return MLINT_PROTOCOL_IMAP;
    for (size_t i = 0; i < COUNT(others); i++) {
        if (mlint_str_eq(word, mlint_str_from(others[i])))
            return MLINT_PROTOCOL_OTHER;
    }
    return (enum mlint_protocol)0;
}

static enum mlint_security security_of(struct mlint_str word)
{
    if (mlint_str_eq(word, MLINT_STR("SSL")))
        return MLINT_SECURITY_TLS;
    if (mlint_str_eq(word, MLINT_STR("STARTTLS")))
        return MLINT_SECURITY_STARTTLS;
    return mlint_str_eq(word, MLINT_STR("plain")) ? MLINT_SECURITY_NONE
                                                  : (enum mlint_security)0;
}

static enum mlint_auth auth_of(struct mlint_str word, bool outgoing)
{
    static const struct {
        const char *word;
        enum mlint_auth auth;
        bool outgoing;
    } words[] = {
        { "password-cleartext", MLINT_AUTH_PASSWORD_CLEARTEXT, false },
        { "plain", MLINT_AUTH_PASSWORD_CLEARTEXT, false },
        { "password-encrypted", MLINT_AUTH_PASSWORD_ENCRYPTED, false },
        { "secure", MLINT_AUTH_PASSWORD_ENCRYPTED, false },
        { "GSSAPI", MLINT_AUTH_KERBEROS, false },
        { "NTLM", MLINT_AUTH_NTLM, false },
        { "OAuth2", MLINT_AUTH_OAUTH2, false },
        { "none", MLINT_AUTH_NONE, true },
        { "client-IP-address", MLINT_AUTH_NONE, true },
        { "smtp-after-pop", MLINT_AUTH_POP_BEFORE_SMTP, true },
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (mlint_str_eq(word, mlint_str_from(words[i].word)) &&
            (outgoing || !words[i].outgoing))
            return words[i].auth;
    }
    return (enum mlint_auth)0;
}

/* parseInt of JavaScript: digits, and whatever follows them. */
static int64_t port_of(struct mlint_str text)
{
    int64_t port;
    size_t len = 0;

    while (len < text.len && text.ptr[len] >= '0' && text.ptr[len] <= '9')
        len++;
    if (!mlint_num_parse(mlint_str_sub(text, 0, len), 10, &port) || port < 1 || port > 65535)
        return 0;
    return port;
}

/* ---- Servers -------------------------------------------------------------------------------
 */

static void take_socket(struct mlint_cc_server *out, const struct mlint_node *node)
{
    if (!out->security) {
        out->socket = node;
        out->security = security_of(text_of(node));
    }
}

/* Thunderbird speaks OAuth2 with providers that it has an agreement with (OAuth2Providers). */
static bool has_oauth(struct mlint_str host)
{
    static const struct mlint_str providers[] = {
        MLINT_STR_INIT("gmail.com"),       MLINT_STR_INIT("googlemail.com"),
        MLINT_STR_INIT("google.com"),      MLINT_STR_INIT("mail.ru"),
        MLINT_STR_INIT("yandex.com"),      MLINT_STR_INIT("yandex.ru"),
        MLINT_STR_INIT("yahoo.com"),       MLINT_STR_INIT("aol.com"),
        MLINT_STR_INIT("office365.com"),   MLINT_STR_INIT("outlook.com"),
        MLINT_STR_INIT("fastmail.com"),    MLINT_STR_INIT("comcast.net"),
        MLINT_STR_INIT("thundermail.com"),
    };

    for (size_t i = 0; i < COUNT(providers); i++) {
        if (mlint_str_ends_nocase(host, providers[i]))
            return true;
    }
    return false;
}

/* The first that Thunderbird can use; OAuth2 with a stranger only where nothing else is
 * offered. */
static void take_auth(struct mlint_cc_server *out, const struct mlint_node *node, bool outgoing)
{
    enum mlint_auth auth = auth_of(text_of(node), outgoing);
    bool stranger = out->chosen == MLINT_AUTH_OAUTH2 && !has_oauth(text_of(out->host));

    out->auth_mask |= auth ? 1u << auth : 0;
    if (!out->chosen || (stranger && auth)) {
        out->auth = node;
        out->chosen = auth;
    }
}

static const char *reason(const struct mlint_cc_server *out)
{
    if (!out->protocol)
        return "its type is none that Thunderbird knows";
    if (out->protocol == MLINT_PROTOCOL_OTHER)
        return NULL;
    if (!mlint_cc_is_host(out->host_text))
        return "its hostname is not one";
    if (!out->port_number)
        return "its port is not a number from 1 to 65535";
    if (!out->security)
        return "its socketType is none of plain, SSL and STARTTLS";
    return out->chosen ? NULL : "its authentication is none that Thunderbird knows";
}

/* The first of each counts, but for those that Thunderbird may pass over. */
static void take_element(struct mlint_cc_server *out, const struct mlint_node *node,
                         bool outgoing)
{
    struct mlint_str name = node->name;

    if (mlint_str_eq(name, MLINT_STR("hostname")))
        out->host = out->host ? out->host : node;
    else if (mlint_str_eq(name, MLINT_STR("port")))
        out->port = out->port ? out->port : node;
    else if (mlint_str_eq(name, MLINT_STR("username")))
        out->username = out->username ? out->username : node;
    else if (mlint_str_eq(name, MLINT_STR("socketType")))
        take_socket(out, node);
    else if (mlint_str_eq(name, MLINT_STR("authentication")))
        take_auth(out, node, outgoing);
}

bool mlint_cc_read(const struct mlint_node *element, struct mlint_cc_server *out)
{
    bool outgoing = mlint_str_eq(element->name, MLINT_STR("outgoingServer"));

    if ((element->flags & MLINT_NODE_ATTRIBUTE) ||
        (!outgoing && !mlint_str_eq(element->name, MLINT_STR("incomingServer"))))
        return false;
    *out = (struct mlint_cc_server){ .element = element };
    for (const struct mlint_node *node = element->child; node; node = node->next) {
        if (node->flags & MLINT_NODE_ATTRIBUTE)
            out->type = mlint_str_eq(node->name, MLINT_STR("type")) ? node : out->type;
        else if (node->type == MLINT_NODE_STRING)
            take_element(out, node, outgoing);
    }
    out->protocol = protocol_of(text_of(out->type), outgoing);
    out->host_text = text_of(out->host);
    out->username_text = text_of(out->username);
    out->port_number = port_of(text_of(out->port));
    out->rejected = reason(out);
    return true;
}
