/* account_online.c: Apple Mail has the account online and in use. */
#include "rules/rule.h"

static const char MENU[] =
    "not stored in files: see Mailbox > Take All Accounts Online in Mail";

static enum mlint_verdict_kind check_other(struct mlint_judging *judging)
{
    const struct mlint_field *online = &judging->account->online;

    if (online->presence == MLINT_WRITTEN && !online->number)
        mlint_remark(judging, MLINT_INCOMING, MLINT_FIELD_ONLINE,
                     "the client was left offline");
    return mlint_not_applicable(judging, "only Apple Mail takes accounts offline one by one");
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    const struct mlint_field *online = &judging->account->online;

    if (judging->account->client != MLINT_CLIENT_APPLE_MAIL)
        return check_other(judging);
    if (mlint_is_unknown(judging, online, MENU))
        return judging->worst;
    if (online->number)
        return mlint_pass(judging);
    return mlint_fail(judging, MLINT_INCOMING, MLINT_FIELD_ONLINE, "%s",
                      online->comment ? online->comment : "the account is offline");
}

const struct mlint_rule mlint_rule_account_online = {
    .id = "account-online",
    .level = MLINT_ERROR,
    .brief = "Apple Mail has the account online.",
    .why = "After failed logins Apple Mail takes an account offline and leaves it so: mail neither "
           "comes nor goes, although the settings are right. An account or its Mail service may "
           "also be switched off.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Take the account online in the client.",
        [MLINT_CLIENT_APPLE_MAIL] = "Mailbox > Online Status > Take the account online; System "
                                    "Settings > Internet Accounts: switch Mail on; Mail > Settings > "
                                    "Accounts: Enable this account.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": Take account "
              "<business email> Online (Mac Mail)",
    .check = check,
};
