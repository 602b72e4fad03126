/* smtp_auth.c: the outgoing server is logged in to, with the same mailbox. */
#include "rules/rule.h"

static bool is_own_address(struct mlint_judging *judging, struct mlint_str login)
{
    const struct mlint_account *account = judging->account;

    for (size_t i = 0; i < account->address_count; i++) {
        if (mlint_same_folded(judging->arena, account->addresses[i].text, login))
            return true;
    }
    return mlint_field_has(&account->address) &&
           mlint_same_folded(judging->arena, account->address.text, login);
}

static bool is_plain_address(const struct mlint_field *login)
{
    return mlint_field_has(login) && login->token == MLINT_TOKEN_NONE &&
           mlint_is_full_address(login);
}

static struct mlint_str main_of(struct mlint_judging *judging, struct mlint_str login)
{
    struct mlint_str main = mlint_config_main_of(judging->config, login);

    return main.ptr ? main : login;
}

static bool is_another_mailbox(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *in = mlint_field_at(judging, 0, MLINT_FIELD_USERNAME);
    const struct mlint_field *out = mlint_field_at(judging, side, MLINT_FIELD_USERNAME);

    if (!mlint_has_own_login(judging, side) || !mlint_field_has(&judging->account->address) ||
        mlint_same_folded(judging->arena, main_of(judging, in->text),
                          main_of(judging, out->text)))
        return false;
    return is_plain_address(in) && is_plain_address(out) && !is_own_address(judging, out->text);
}

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *auth = mlint_field_at(judging, side, MLINT_FIELD_AUTH);

    if (mlint_is_unknown(judging, auth, "the file does not say how the client logs in"))
        return;
    if (auth->number == MLINT_AUTH_NONE) {
        mlint_fail(judging, side, MLINT_FIELD_AUTH,
                   "the outgoing server is used without authentication%s",
                   mlint_by_default(auth));
        mlint_suggest(judging, MLINT_STR("password-cleartext"), false);
    } else if (auth->number == MLINT_AUTH_POP_BEFORE_SMTP) {
        mlint_fail(
            judging, side, MLINT_FIELD_AUTH,
            "the outgoing server is expected to know the client from its POP login; it wants "
            "a login of its own");
    } else if (is_another_mailbox(judging, side)) {
        mlint_fail(judging, side, MLINT_FIELD_USERNAME,
                   "the outgoing server is used with another mailbox's name, \"%s\"",
                   mlint_show(judging, mlint_field_at(judging, side, MLINT_FIELD_USERNAME)));
    } else {
        mlint_pass(judging);
    }
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    for (unsigned side = 1; side < mlint_sides(judging); side++)
        check_side(judging, side);
    return judging->worst;
}

const struct mlint_rule mlint_rule_smtp_auth = {
    .id = "smtp-auth",
    .level = MLINT_ERROR,
    .brief = "The outgoing server is logged in to, with the same mailbox.",
    .why = "Providers accept mail from known users only. Without a login, or with another "
           "mailbox's, sending fails although receiving works.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Switch authentication on for the outgoing server and use the same "
                              "user name and password as for incoming mail.",
        [MLINT_CLIENT_OUTLOOK] = "Account Settings > Change > More Settings > Outgoing Server: \"My "
                                 "outgoing server (SMTP) requires authentication\", same settings as "
                                 "incoming.",
        [MLINT_CLIENT_OUTLOOK_EXPRESS] = "Tools > Accounts > Properties > Servers: \"My server "
                                         "requires authentication\".",
        [MLINT_CLIENT_WINDOWS_MAIL] = "Account Properties > Servers: \"My server requires "
                                      "authentication\".",
        [MLINT_CLIENT_THUNDERBIRD] = "Account Settings > Outgoing Server (SMTP) > Edit: normal "
                                     "password, and the full address as user name.",
        [MLINT_CLIENT_APPLE_MAIL] = "Mail > Settings > Accounts > Server Settings > Outgoing Mail "
                                    "Server: set authentication and user name.",
    },
    .source = "follows from the server settings of the Turbify help page",
    .check = check,
};
