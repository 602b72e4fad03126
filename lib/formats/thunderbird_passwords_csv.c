/* thunderbird_passwords_csv.c: what Thunderbird's Saved Passwords > Export writes: one login a
 * row, in clear text. A row of an incoming server is an account; the rows of outgoing servers
 * join the account with the same user name. Passwords are judged only with --read-passwords. */
#include "base/utf8.h"
#include "model/config.h"
#include "formats/format.h"
#include "syntax/csv.h"

static int probe(const struct mlint_probe *probe)
{
    bool header =
        mlint_str_starts(probe->text, MLINT_STR("\"url\",\"username\",\"password\"")) ||
        mlint_str_starts(probe->text, MLINT_STR("url,username,password"));

    return header ? MLINT_BID_KEYS : MLINT_BID_NONE;
}

static const struct kind {
    struct mlint_str scheme;
    enum mlint_protocol protocol;
} kinds[] = {
    { MLINT_STR_INIT("mailbox://"), MLINT_PROTOCOL_POP3 },
    { MLINT_STR_INIT("imap://"), MLINT_PROTOCOL_IMAP },
    { MLINT_STR_INIT("smtp://"), MLINT_PROTOCOL_SMTP },
};

static const struct kind *kind_of(const struct mlint_node *row)
{
    const struct mlint_node *url = mlint_node_get(row, "url");

    for (size_t i = 0; url && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (mlint_str_starts(url->value, kinds[i].scheme))
            return &kinds[i];
    }
    return NULL;
}

static void read_password(struct mlint_reading *reading, struct mlint_field *field,
                          const struct mlint_node *node)
{
    struct mlint_str secret = node->value;

    if (!secret.len)
        return;
    mlint_field_set_password(reading->result, field, node, secret);
    if (reading->config->read_passwords)
        return;
    field->secret = (struct mlint_str){ NULL, 0 };
    field->comment = "not looked at: --read-passwords judges it";
}

static void read_side(struct mlint_reading *reading, struct mlint_side *side,
                      const struct mlint_node *row, const struct kind *kind)
{
    const struct mlint_node *url = mlint_node_get(row, "url");
    const struct mlint_node *user = mlint_node_get(row, "username");
    const struct mlint_node *password = mlint_node_get(row, "password");

    static const char ELSEWHERE[] =
        "only names and passwords are in this file; prefs.js has it";

    side->exists = true;
    mlint_field_set_number(&side->field[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN, url,
                           kind->protocol);
    mlint_field_set_text(&side->field[MLINT_FIELD_HOST], MLINT_WRITTEN, url,
                         mlint_str_sub(url->value, kind->scheme.len, url->value.len));
    if (user)
        mlint_field_set_text(&side->field[MLINT_FIELD_USERNAME], MLINT_WRITTEN, user,
                             user->value);
    if (password)
        read_password(reading, &side->field[MLINT_FIELD_PASSWORD], password);
    side->field[MLINT_FIELD_PORT].comment = ELSEWHERE;
    side->field[MLINT_FIELD_SECURITY].comment = ELSEWHERE;
    side->field[MLINT_FIELD_AUTH].comment = ELSEWHERE;
    side->field[MLINT_FIELD_CHECK_ENABLED].comment = ELSEWHERE;
    side->field[MLINT_FIELD_INTERVAL].comment = ELSEWHERE;
    side->field[MLINT_FIELD_LEAVE_ON_SERVER].comment = ELSEWHERE;
}

static void add_account(struct mlint_reading *reading, const struct mlint_node *row,
                        const struct kind *kind)
{
    const struct mlint_node *url = mlint_node_get(row, "url");
    struct mlint_account *account =
        mlint_result_add_account(reading->result, reading->file, url->value);

    if (!account)
        return;
    account->node = row;
    account->flags |= MLINT_ACCOUNT_LOGIN_ONLY;
    account->address.comment = "addresses are not in this file";
    read_side(reading, &account->incoming, row, kind);
}

/* The account of this file whose incoming login has the same name; case makes no difference. */
static struct mlint_account *account_with(struct mlint_reading *reading,
                                          const struct mlint_node *row)
{
    struct mlint_account *account = mlint_reading_accounts(reading);
    const struct mlint_node *user = mlint_node_get(row, "username");

    for (; user && account; account = account->next) {
        if (account->file == reading->file->index && !account->outgoing_count &&
            mlint_str_eq_nocase(account->incoming.field[MLINT_FIELD_USERNAME].text,
                                user->value))
            return account;
    }
    return NULL;
}

static void add_outgoing(struct mlint_reading *reading, const struct mlint_node *row,
                         const struct kind *kind)
{
    struct mlint_account *account = account_with(reading, row);
    struct mlint_side *side;

    if (!account) {
        account = mlint_result_add_account(reading->result, reading->file,
                                           mlint_node_get(row, "url")->value);
        if (!account)
            return;
        account->node = row;
        account->flags |= MLINT_ACCOUNT_LOGIN_ONLY;
        account->incoming.field[MLINT_FIELD_PROTOCOL].comment =
            "no incoming server with this name in the file";
    }
    side = mlint_account_add_outgoing(reading->result, account);
    if (side)
        read_side(reading, side, row, kind);
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    if (!mlint_source_decode(reading->source, reading->arena, 0))
        return MLINT_READ_LIMIT;
    reading->tree = mlint_csv_read(reading->arena, reading->source);
    if (!reading->tree)
        return MLINT_READ_LIMIT;
    return mlint_reading_outcome(reading, reading->tree);
}

static enum mlint_read_outcome read_csv(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);
    const struct mlint_node *rows = reading->tree ? reading->tree->root->child : NULL;
    bool any = false;

    for (unsigned outgoing = 0; rows && outgoing < 2; outgoing++) {
        for (const struct mlint_node *row = rows->child; row; row = row->next) {
            const struct kind *kind = kind_of(row);
            if (!kind || (kind->protocol == MLINT_PROTOCOL_SMTP) != outgoing)
                continue;
            any = true;
            if (outgoing)
                add_outgoing(reading, row, kind);
            else
                add_account(reading, row, kind);
        }
    }
    return any || outcome != MLINT_READ_OK ? outcome : MLINT_READ_NOT_MINE;
}

const struct mlint_format mlint_format_thunderbird_passwords_csv = {
    .id = "thunderbird-passwords-csv",
    .client = MLINT_CLIENT_THUNDERBIRD,
    .title = "Thunderbird's exported passwords (CSV)",
    .recognised_by = "a header url, username, password and rows of mailbox, imap or smtp",
    .starts = "\"u",
    .probe = probe,
    .read = read_csv,
    .parse = parse,
};
