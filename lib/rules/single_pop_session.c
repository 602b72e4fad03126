/* single_pop_session.c: one POP session a mailbox. What other accounts do is weighed by the
 * engine (model/mailbox.h); here only what one account says of itself. */
#include "model/mailbox.h"
#include "rules/rule.h"

/* Whether there is nothing to ask, since the account never polls, or nobody knows. */
static bool is_quiet(struct mlint_judging *judging)
{
    const struct mlint_field *enabled = mlint_field_at(judging, 0, MLINT_FIELD_CHECK_ENABLED);
    const struct mlint_field *at_start = mlint_field_at(judging, 0, MLINT_FIELD_CHECK_AT_START);
    enum mlint_polling polling = mlint_account_polling(judging->account);

    if (polling == MLINT_POLLS_NEVER)
        mlint_not_applicable(judging, "the account does not check for mail at intervals");
    else if (polling == MLINT_POLLS_PERHAPS)
        mlint_unknown_because(judging,
                              enabled->computed ? enabled->comment : at_start->comment);
    return polling != MLINT_POLLS;
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    const struct mlint_field *protocol = mlint_field_at(judging, 0, MLINT_FIELD_PROTOCOL);
    const struct mlint_field *login = mlint_field_at(judging, 0, MLINT_FIELD_USERNAME);
    const struct mlint_field *host = mlint_field_at(judging, 0, MLINT_FIELD_HOST);

    if (judging->account->flags & MLINT_ACCOUNT_TEMPLATE)
        return mlint_not_applicable(judging, "describes accounts that are yet to be made");
    if (mlint_field_has(protocol) && protocol->number != MLINT_PROTOCOL_POP3)
        return mlint_not_applicable(judging, "not a POP account");
    if (login->token == MLINT_TOKEN_TEMPLATE || host->token == MLINT_TOKEN_TEMPLATE)
        return mlint_not_applicable(judging, "template not filled in");
    if (judging->provider->many_pop_sessions)
        return mlint_not_applicable(judging, "this provider lets several clients poll at once");
    if (judging->account->flags & MLINT_ACCOUNT_LOGIN_ONLY)
        return mlint_unknown(judging, "only names and passwords are in this file");
    if (is_quiet(judging))
        return judging->worst;
    if (mlint_is_unknown(judging, protocol,
                         "the file does not say whether this is POP or IMAP") ||
        mlint_is_unknown(judging, login, "no user name in the file"))
        return judging->worst;
    if (!login->text.len)
        return mlint_unknown(judging, "no user name is stored: the client asks for it");
    if (judging->provider->generic &&
        mlint_is_unknown(judging, host, "no incoming server in the file"))
        return judging->worst;
    return mlint_pass(judging);
}

const struct mlint_rule mlint_rule_single_pop_session = {
    .id = "single-pop-session",
    .level = MLINT_WARNING,
    .scope = MLINT_SCOPE_RUN,
    .brief = "Only one client polls a mailbox by POP.",
    .why = "The server allows one POP session for a mailbox at a time. When a second computer or "
           "phone polls the same mailbox, one of them is turned away and asks for the password.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Let one client poll the mailbox by POP; use IMAP or webmail on the "
                              "others, or switch their automatic checking off.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": only one "
              "active POP session for any given mailbox",
    .check = check,
};
