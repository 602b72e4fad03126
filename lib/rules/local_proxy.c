/* local_proxy.c: mail goes straight to the provider, not through security software on the same
 * computer. Such software left its mark as a loopback host or a login with the real server in
 * it. */
#include "base/num.h"
#include "base/utf8.h"
#include "rules/rule.h"

/* What a login that carries a server falls into. */
struct parts {
    struct mlint_str user, host;
};

static bool looks_like_host(struct mlint_str text)
{
    size_t dot = mlint_str_find_char(text, '.');

    return dot > 0 && dot + 1 < text.len && mlint_str_find_char(text, '@') == text.len &&
           !mlint_has_space(text);
}

/* user/host, user#host, host/user, host/110/user (K9), host:user (POPFile). */
static bool split_at(struct mlint_str login, char mark, bool host_first, struct parts *out)
{
    size_t first = mlint_str_find_char(login, mark), last = mlint_str_rfind_char(login, mark);
    struct mlint_str front = mlint_str_sub(login, 0, first);
    struct mlint_str back = mlint_str_sub(login, last + 1, login.len);

    if (first == login.len || !front.len || !back.len)
        return false;
    if (!host_first && looks_like_host(back)) {
        *out = (struct parts){ mlint_str_sub(login, 0, last), back };
        return true;
    }
    *out = (struct parts){ back, front };
    return looks_like_host(front);
}

/* user@domain@host. */
static bool split_address(struct mlint_str login, struct parts *out)
{
    size_t first = mlint_str_find_char(login, '@'), last = mlint_str_rfind_char(login, '@');

    *out = (struct parts){ mlint_str_sub(login, 0, last),
                           mlint_str_sub(login, last + 1, login.len) };
    return first < last && last < login.len && looks_like_host(out->host);
}

/* Whether anything stands in it that may divide a name from a server, beside the one @ of an
 * address. */
static bool has_mark(struct mlint_str login)
{
    static const uint8_t marks[256] = { ['/'] = 2, ['#'] = 2, [':'] = 2, ['@'] = 1 };
    size_t sum = 0;

    for (size_t i = 0; i < login.len; i++)
        sum += marks[(unsigned char)login.ptr[i]];
    return sum > 1;
}

static bool carries_server(const struct mlint_field *field, struct parts *out)
{
    struct mlint_str login = field->text;

    if (field->shape != MLINT_SHAPE_ANY || (login.len && login.ptr[0] == '"') ||
        !has_mark(login))
        return false;
    return split_address(login, out) || split_at(login, '/', false, out) ||
           split_at(login, '#', false, out) || split_at(login, ':', true, out);
}

static bool is_proxy_host(struct mlint_str host)
{
    return mlint_is_loopback(host) ||
           mlint_str_ends_nocase(mlint_plain_host(host), MLINT_STR(".norton.antivirus"));
}

/* Ports of mail bridges that people run on purpose: Proton Mail Bridge, DavMail. */
static bool is_bridge_port(const struct mlint_field *port)
{
    return mlint_field_has(port) &&
           (port->number == 1143 || port->number == 1025 || port->number == 1080);
}

static void fail_host(struct mlint_judging *judging, unsigned side,
                      const struct mlint_field *host, const struct parts *parts)
{
    const struct mlint_field *port = mlint_field_at(judging, side, MLINT_FIELD_PORT);
    enum mlint_level level = judging->level;

    if (is_bridge_port(port) && level > MLINT_NOTE)
        judging->level = MLINT_NOTE;
    mlint_fail(judging, side, MLINT_FIELD_HOST, "%s server \"%s\" is %s%s",
               mlint_side_name(side), mlint_show(judging, host),
               mlint_is_loopback(host->text) ? "this computer itself" : "a virus scanner's",
               is_bridge_port(port) ? ": perhaps a mail bridge that runs here on purpose"
                                    : ": security software stands between client and provider");
    judging->level = level;
    if (parts) {
        mlint_hint(judging, "set the server to \"%s\" and the user name to \"%s\"",
                   mlint_utf8_clean(judging->arena, parts->host).ptr,
                   mlint_utf8_clean(judging->arena, parts->user).ptr);
        mlint_suggest(judging, parts->host, false);
    }
}

static void fail_login(struct mlint_judging *judging, unsigned side,
                       const struct mlint_field *login, const struct parts *parts)
{
    mlint_fail(judging, side, MLINT_FIELD_USERNAME,
               "user name \"%s\" carries the real server: security software wrote it so",
               mlint_show(judging, login));
    mlint_hint(judging, "set the server to \"%s\" and the user name to \"%s\"",
               mlint_utf8_clean(judging->arena, parts->host).ptr,
               mlint_utf8_clean(judging->arena, parts->user).ptr);
    mlint_suggest(judging, parts->user, false);
}

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *host = mlint_field_at(judging, side, MLINT_FIELD_HOST);
    const struct mlint_field *login = mlint_field_at(judging, side, MLINT_FIELD_USERNAME);
    bool usable = mlint_has_own_login(judging, side) && mlint_field_has(login) &&
                  login->token == MLINT_TOKEN_NONE;
    struct parts parts;
    bool carried = usable && carries_server(login, &parts);

    if (carried)
        fail_login(judging, side, login, &parts);
    if (mlint_is_unknown(judging, host, "the server's name is not in the file"))
        return;
    if (is_proxy_host(host->text))
        fail_host(judging, side, host, carried ? &parts : NULL);
    else if (!carried)
        mlint_pass(judging);
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    for (unsigned side = 0; side < mlint_sides(judging); side++)
        check_side(judging, side);
    return judging->worst;
}

const struct mlint_rule mlint_rule_local_proxy = {
    .id = "local-proxy",
    .level = MLINT_WARNING,
    .brief = "No security software stands between the client and the servers.",
    .why = "Virus scanners and mail filters used to put themselves into accounts: the server "
           "becomes 127.0.0.1 and the real one moves into the user name. When the software is "
           "gone or out of date, every login fails.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Write the provider's servers and the plain user name again, and "
                              "switch mail scanning off in the security software as a test.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": disable "
              "security software",
    .check = check,
};
