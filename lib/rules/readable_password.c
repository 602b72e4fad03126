/* readable_password.c: the file does not carry a password that anyone can read. What only
 * --read-passwords opens is not meant. */
#include "rules/rule.h"

/* Left over from other settings: who gets the file does not ask whether it is used. */
static void check_spares(struct mlint_judging *judging)
{
    for (const struct mlint_spare *spare = judging->account->spares; spare;
         spare = spare->next) {
        mlint_fail(judging, spare->side, MLINT_FIELD_PASSWORD,
                   "the file carries an %s password that the account does not use, and anyone "
                   "can read it",
                   mlint_side_name(spare->side));
        mlint_point_at(judging, spare->node);
    }
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    for (unsigned side = 0; side < mlint_sides(judging); side++) {
        const struct mlint_field *password =
            mlint_field_at(judging, side, MLINT_FIELD_PASSWORD);
        if (password->presence == MLINT_WRITTEN &&
            password->number == MLINT_PASSWORD_READABLE && !password->inherited)
            mlint_fail(judging, side, MLINT_FIELD_PASSWORD,
                       "the file carries the %s password so that anyone can read it",
                       mlint_side_name(side));
        else if (password->odd)
            mlint_unknown_because(judging, password->comment);
        else if (password->presence != MLINT_WRITTEN && judging->account->unread)
            mlint_unknown_because(judging, judging->account->unread);
        else
            mlint_pass(judging);
    }
    check_spares(judging);
    return judging->worst;
}

const struct mlint_rule mlint_rule_readable_password = {
    .id = "readable-password",
    .level = MLINT_WARNING,
    .brief = "The file carries no readable password.",
    .why = "Whoever gets the file gets the mailbox. An app password in a profile or export can be "
           "read and used from anywhere until it is revoked.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Make the file without the password and let the client ask for it; if "
                              "the file was sent around, revoke the app password and make a new one.",
    },
    .source = "follows from the step on app passwords of the Turbify help page; Apple's profile "
              "reference says the same",
    .check = check,
};
