/* leave_on_server.c: a POP client that shares its mailbox leaves mail on the server. Whether
 * the mailbox is shared is weighed by the engine (model/mailbox.h). */
#include "rules/rule.h"

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    const struct mlint_field *protocol = mlint_field_at(judging, 0, MLINT_FIELD_PROTOCOL);

    if (judging->account->flags & MLINT_ACCOUNT_TEMPLATE)
        return mlint_not_applicable(judging, "describes accounts that are yet to be made");
    if (mlint_field_has(protocol) && protocol->number != MLINT_PROTOCOL_POP3)
        return mlint_not_applicable(judging, "not a POP account");
    if (mlint_is_unknown(judging, protocol,
                         "the file does not say whether this is POP or IMAP"))
        return judging->worst;
    if (judging->account->flags & MLINT_ACCOUNT_LOGIN_ONLY)
        return mlint_unknown(judging, "only names and passwords are in this file");
    return mlint_pass(judging);
}

const struct mlint_rule mlint_rule_leave_on_server = {
    .id = "leave-on-server",
    .level = MLINT_NOTE,
    .scope = MLINT_SCOPE_RUN,
    .brief = "A POP client that shares a mailbox leaves mail on the server.",
    .why = "A POP client that deletes mail as it fetches it takes it away from every other client "
           "of the mailbox.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Let the client leave messages on the server.",
        [MLINT_CLIENT_OUTLOOK] = "Account Settings > Change > More Settings > Advanced: leave a copy "
                                 "of messages on the server.",
        [MLINT_CLIENT_THUNDERBIRD] = "Account Settings > Server Settings: leave messages on server.",
        [MLINT_CLIENT_APPLE_MAIL] = "Mail > Settings > Accounts > Account Information: do not remove "
                                    "the copy from the server after retrieving a message.",
    },
    .source = "follows from the step on POP sessions of the Turbify help page",
    .check = check,
};
