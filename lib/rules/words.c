/* words.c: what rules ask of texts: addresses, hosts, folding. */
#include "base/num.h"
#include "base/utf8.h"
#include "rules/rule.h"

bool mlint_same_folded(struct mlint_arena *arena, struct mlint_str a, struct mlint_str b)
{
    if (mlint_str_eq_nocase(a, b))
        return true;
    return mlint_str_eq(mlint_utf8_lower(arena, a), mlint_utf8_lower(arena, b));
}

/* Where the local part ends: at the '@' behind a quoted string, or at the first '@'. */
static size_t end_of_local(struct mlint_str text)
{
    size_t i = 1;

    if (!text.len || text.ptr[0] != '"')
        return mlint_str_find_char(text, '@');
    while (i < text.len && text.ptr[i] != '"')
        i += text.ptr[i] == '\\' ? 2 : 1;
    return i + 1 < text.len && text.ptr[i + 1] == '@' ? i + 1 : text.len;
}

/* user%host, user/host, user#host: a mark in the local part with a host name behind it. */
static bool hides_host(struct mlint_str local)
{
    for (size_t i = 0; i < local.len; i++) {
        if (local.ptr[i] == '%' || local.ptr[i] == '/' || local.ptr[i] == '#') {
            struct mlint_str rest = mlint_str_sub(local, i + 1, local.len);
            struct mlint_str before = mlint_str_sub(local, 0, i);
            if (mlint_str_find_char(rest, '.') < rest.len ||
                (local.ptr[i] == '/' && mlint_str_find_char(before, '.') < before.len))
                return true;
        }
    }
    return false;
}

/* What a byte does to the parts of an address. */
enum { NOT_IN_DOMAIN = 1, NOT_IN_LOCAL = 2, MAY_HIDE_HOST = 4 };

static unsigned marks_in(struct mlint_str text)
{
    static const uint8_t marks[256] = {
        ['\0'] = NOT_IN_DOMAIN | NOT_IN_LOCAL, ['@'] = NOT_IN_DOMAIN,
        ['\\'] = NOT_IN_DOMAIN | NOT_IN_LOCAL, [':'] = NOT_IN_DOMAIN | NOT_IN_LOCAL,
        ['/'] = NOT_IN_DOMAIN | MAY_HIDE_HOST, ['#'] = NOT_IN_DOMAIN | MAY_HIDE_HOST,
        ['%'] = NOT_IN_DOMAIN | MAY_HIDE_HOST,
    };
    unsigned found = 0;

    for (size_t i = 0; i < text.len; i++)
        found |= marks[(unsigned char)text.ptr[i]];
    return found;
}

static bool is_domain(struct mlint_str domain)
{
    size_t dot;

    domain = mlint_plain_host(domain); /* a dot behind the last label is no fault */
    dot = mlint_str_find_char(domain, '.');
    return dot > 0 && dot + 1 < domain.len && !(marks_in(domain) & NOT_IN_DOMAIN);
}

static bool is_full_address(struct mlint_str text)
{
    size_t at = end_of_local(text);
    struct mlint_str local = mlint_str_sub(text, 0, at);
    struct mlint_str domain = mlint_str_sub(text, at + 1, text.len);
    unsigned marks;

    if (at == 0 || at >= text.len || !is_domain(domain) || mlint_has_space(domain))
        return false;
    if (local.ptr[0] == '"')
        return true;
    marks = marks_in(local);
    return !(marks & NOT_IN_LOCAL) && !((marks & MAY_HIDE_HOST) && hides_host(local)) &&
           !mlint_has_space(local);
}

bool mlint_is_full_address(const struct mlint_field *field)
{
    if (field->shape != MLINT_SHAPE_ANY)
        return field->shape == MLINT_SHAPE_ADDRESS;
    return is_full_address(field->text);
}

struct mlint_str mlint_plain_host(struct mlint_str host)
{
    host = mlint_str_trim(host);
    if (host.len > 1 && host.ptr[host.len - 1] == '.')
        host.len--;
    return host;
}

/* 127.0.0.0/8 in dotted form. */
static bool is_loopback_v4(struct mlint_str host)
{
    struct mlint_str part, rest = host;
    unsigned parts = 0;
    int64_t number;

    while (mlint_str_split(&rest, '.', &part)) {
        if (!mlint_num_parse(part, 10, &number) || number < 0 || number > 255)
            return false;
        if (parts++ == 0 && number != 127)
            return false;
    }
    return parts == 4;
}

/* All names and addresses of this computer end with one of these, and few others do. */
static bool may_end_loopback(struct mlint_str host)
{
    char last = host.len ? mlint_lower(host.ptr[host.len - 1]) : '\0';

    return last == 't' || last == 'n' || last == ']' || (last >= '0' && last <= '9');
}

bool mlint_is_loopback(struct mlint_str host)
{
    static const struct mlint_str names[] = {
        MLINT_STR_INIT("localhost"),
        MLINT_STR_INIT("localhost.localdomain"),
        MLINT_STR_INIT("ip6-localhost"),
        MLINT_STR_INIT("0.0.0.0"),
        MLINT_STR_INIT("::1"),
        MLINT_STR_INIT("[::1]"),
        MLINT_STR_INIT("0:0:0:0:0:0:0:1"),
    };

    host = mlint_plain_host(host);
    if (!may_end_loopback(host))
        return false;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (mlint_str_eq_nocase(host, names[i]))
            return true;
    }
    return is_loopback_v4(host) || mlint_str_ends_nocase(host, MLINT_STR(".localhost"));
}
