/* app_password.c: where the provider asks for app passwords, a readable one looks like one. */
#include "rules/password.h"

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *password = mlint_judged_password(judging, side);

    if (!password)
        return;
    switch (mlint_app_shape(judging, password->secret)) {
    case MLINT_MATCH_FOUND:
        mlint_pass(judging);
        break;
    case MLINT_MATCH_NONE:
        mlint_fail(judging, side, MLINT_FIELD_PASSWORD,
                   "the %s password does not look like an app password", mlint_side_name(side));
        break;
    default:
        mlint_unknown(judging, "the pattern of app passwords could not be tried");
    }
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    if (!judging->provider->app_password)
        return mlint_not_applicable(judging, "this provider asks for no app password");
    for (unsigned side = 0; side < mlint_sides(judging); side++)
        check_side(judging, side);
    return judging->worst;
}

const struct mlint_rule mlint_rule_app_password = {
    .id = "app-password",
    .level = MLINT_WARNING,
    .brief = "The password is an app password.",
    .why = "Mail clients no longer log in with the account's own password: the provider makes an "
           "app password for them, sixteen lower-case letters. With any other password the client "
           "asks again and again.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Create an app password in the provider's account security page and "
                              "enter it in the client, for incoming and outgoing mail.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": create an app "
              "password",
    .check = check,
};
