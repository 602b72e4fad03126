/* thunderbird_passwords.c: logins.json and key4.db of a Thunderbird profile. A login belongs to
 * a server if its origin fits and its user name is the account's to the letter; one that
 * differs in case only is never found by Thunderbird. Nothing opened here is ever formatted. */
#include "base/num.h"
#include "formats/thunderbird_passwords.h"

#include "base/utf8.h"
#include "model/config.h"
#include "syntax/json.h"
#include "syntax/nss.h"

#include <stdio.h>

#define LOGINS_AT_MOST 10000

struct login {
    struct mlint_str origin; /* mailbox://HOST, imap://HOST, smtp://HOST */
    struct mlint_str host;   /* of the origin, decoded */
    struct mlint_str user;
    struct mlint_str sealed; /* the password */
};

struct logins {
    struct mlint_reading *reading;
    struct mlint_nss nss;
    struct login *rows;
    size_t count;
};

static struct mlint_str text_of(const struct mlint_node *login, const char *key)
{
    const struct mlint_node *node = mlint_node_get(login, key);

    return node && node->type == MLINT_NODE_STRING ? node->value : MLINT_STR("");
}

/* ---- Reading the store ---- */

/* A host as an origin spells it: %C3%BC for a letter beyond ASCII, [] around an IPv6 address.
 */
static struct mlint_str plain_host(struct mlint_arena *arena, struct mlint_str host)
{
    char *plain;
    size_t i, length = 0;

    if (host.len > 1 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']')
        return mlint_str_sub(host, 1, host.len - 1);
    if (mlint_str_find_char(host, '%') == host.len)
        return host;
    plain = mlint_arena_bytes(arena, host.len);
    for (i = 0; plain && i < host.len; i++) {
        bool coded = i + 2 < host.len && host.ptr[i] == '%' &&
                     mlint_hex_digit(host.ptr[i + 1]) >= 0 &&
                     mlint_hex_digit(host.ptr[i + 2]) >= 0;
        plain[length++] = coded ? (char)(mlint_hex_digit(host.ptr[i + 1]) * 16 +
                                         mlint_hex_digit(host.ptr[i + 2]))
                                : host.ptr[i];
        i += coded ? 2 : 0;
    }
    return plain ? mlint_str_make(plain, length) : host;
}

static void read_login(struct logins *logins, const struct mlint_node *node)
{
    struct login login = { .origin = text_of(node, "hostname"),
                           .sealed = text_of(node, "encryptedPassword") };
    size_t begin;

    if (node->type != MLINT_NODE_DICT || mlint_str_starts(login.origin, MLINT_STR("oauth:")))
        return; /* OAuth tokens are no passwords */
    begin = mlint_str_find(login.origin, MLINT_STR("://"));
    login.host = plain_host(logins->reading->arena,
                            mlint_str_sub(login.origin, begin + 3, login.origin.len));
    login.user = mlint_nss_unseal(&logins->nss, text_of(node, "encryptedUsername"));
    if (login.user.ptr && login.sealed.len)
        logins->rows[logins->count++] = login;
}

static const char *read_logins(struct logins *logins, struct mlint_source *source)
{
    struct mlint_reading *reading = logins->reading;
    struct mlint_tree *tree;
    const struct mlint_node *list;
    size_t left = LOGINS_AT_MOST;

    if (!mlint_source_decode(source, reading->arena, 0))
        return "logins.json cannot be read";
    tree = mlint_json_read(reading->arena, source);
    list = tree && tree->root->child ? mlint_node_get(tree->root->child, "logins") : NULL;
    logins->rows = mlint_arena_array(reading->arena, struct login, LOGINS_AT_MOST);
    if (!list || !logins->rows)
        return "logins.json cannot be read";
    for (const struct mlint_node *node = list->child; node && left; node = node->next, left--)
        read_login(logins, node);
    return NULL;
}

static const char *open_store(struct logins *logins)
{
    struct mlint_reading *reading = logins->reading;
    struct mlint_source *list = reading->companion(reading, "logins.json");
    struct mlint_source *keys = reading->companion(reading, "key4.db");
    struct mlint_source *log;

    if (!list)
        return "no saved passwords (logins.json) beside this file";
    if (!keys)
        return "the keys of the saved passwords (key4.db) are not beside this file";
    log = reading->companion(reading, "key4.db-wal");
    if (!mlint_nss_open(&logins->nss, reading->arena, &reading->result->linter->modules, keys,
                        log ? log->raw : MLINT_STR("")))
        return logins->nss.problem;
    return read_logins(logins, list);
}

/* ---- Finding the login of a server ---- */

static const char *scheme_of(const struct mlint_side *side, bool outgoing)
{
    const struct mlint_field *protocol = &side->field[MLINT_FIELD_PROTOCOL];

    if (outgoing)
        return "smtp://";
    return mlint_field_has(protocol) && protocol->number == MLINT_PROTOCOL_POP3 ? "mailbox://"
                                                                                : "imap://";
}

static bool is_of_server(const struct login *login, const char *scheme, struct mlint_str host)
{
    struct mlint_str prefix = mlint_str_from(scheme);

    return mlint_str_starts(login->origin, prefix) && mlint_str_eq_nocase(login->host, host);
}

static const struct login *find_login(const struct logins *logins, const char *scheme,
                                      struct mlint_str host, struct mlint_str user, bool exact)
{
    for (size_t i = 0; i < logins->count; i++) {
        const struct login *login = &logins->rows[i];
        bool same = exact ? mlint_str_eq(login->user, user)
                          : mlint_str_eq(mlint_utf8_lower(logins->reading->arena, login->user),
                                         mlint_utf8_lower(logins->reading->arena, user));
        if (same && is_of_server(login, scheme, host))
            return login;
    }
    return NULL;
}

static void say_other_spelling(const struct logins *logins, const struct mlint_field *user,
                               const struct login *login)
{
    mlint_reading_note(logins->reading, MLINT_NOTE_UNKNOWN_VALUE, user->node,
                       "the password is saved for another spelling of the user name, \"%.*s\": "
                       "Thunderbird does not find it and asks again",
                       MLINT_STR_ARG(mlint_utf8_clean(logins->reading->arena, login->user)));
}

static void bind(const struct logins *logins, struct mlint_side *side, bool outgoing)
{
    const struct mlint_field *host = &side->field[MLINT_FIELD_HOST];
    const struct mlint_field *user = &side->field[MLINT_FIELD_USERNAME];
    struct mlint_field *password = &side->field[MLINT_FIELD_PASSWORD];
    const char *scheme = scheme_of(side, outgoing);
    struct mlint_str server = plain_host(logins->reading->arena, host->text);
    const struct login *login;

    if (password->presence == MLINT_WRITTEN || !mlint_field_has(host) || !mlint_field_has(user))
        return;
    login = find_login(logins, scheme, server, user->text, true);
    if (!login) {
        password->comment = "no password is saved for this user name and server";
        login = find_login(logins, scheme, server, user->text, false);
        if (login)
            say_other_spelling(logins, user, login);
        return;
    }
    password->secret = mlint_nss_unseal(&logins->nss, login->sealed);
    password->presence = MLINT_HIDDEN;
    password->number = MLINT_PASSWORD_ENCRYPTED;
    password->comment = password->secret.ptr ? NULL : "the saved password cannot be opened";
    password->where = "logins.json";
}

static void comment_all(struct mlint_reading *reading, const char *comment)
{
    struct mlint_account *account = mlint_reading_accounts(reading);

    for (; account; account = account->next) {
        for (unsigned side = 0;
             account->file == reading->file->index && side <= account->outgoing_count; side++) {
            struct mlint_field *password =
                mlint_account_field_of(account, side, MLINT_FIELD_PASSWORD);
            if (password->presence == MLINT_ABSENT)
                password->comment = comment;
        }
    }
}

void mlint_tb_passwords(struct mlint_reading *reading)
{
    struct logins logins = { .reading = reading };
    struct mlint_account *account = mlint_reading_accounts(reading);
    const char *problem;

    if (!reading->config->read_passwords)
        return;
    problem = open_store(&logins);
    if (problem)
        comment_all(reading, problem);
    for (; account && !problem; account = account->next) {
        if (account->file != reading->file->index)
            continue;
        bind(&logins, &account->incoming, false);
        for (size_t i = 0; i < account->outgoing_count; i++)
            bind(&logins, &account->outgoing[i], true);
    }
    mlint_nss_done(&logins.nss);
}
