/* app_password_spaces.c: no white space came along when the app password was pasted. */
#include "base/utf8.h"
#include "rules/password.h"

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *password = mlint_judged_password(judging, side);

    if (!password)
        return;
    if (!mlint_has_space(password->secret)) {
        mlint_pass(judging);
        return;
    }
    mlint_fail(judging, side, MLINT_FIELD_PASSWORD, "the %s password has white space in it",
               mlint_side_name(side));
    if (mlint_app_shape(judging, password->secret) == MLINT_MATCH_FOUND)
        mlint_hint(judging, "take the spaces out: without them it is a proper app password");
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    for (unsigned side = 0; side < mlint_sides(judging); side++)
        check_side(judging, side);
    return judging->worst;
}

const struct mlint_rule mlint_rule_app_password_spaces = {
    .id = "app-password-spaces",
    .level = MLINT_ERROR,
    .brief = "The app password is entered without spaces.",
    .why = "The provider shows an app password in groups of four letters. The gaps are for reading "
           "only; pasted along, they make the password wrong.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Enter the app password again without any spaces.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": the app "
              "password should not contain any spaces",
    .check = check,
};
