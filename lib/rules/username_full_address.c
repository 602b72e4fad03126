/* username_full_address.c: the login name is a full address, local@domain. */
#include "base/utf8.h"
#include "rules/rule.h"

static bool judge_token(struct mlint_judging *judging, unsigned side,
                        const struct mlint_field *name)
{
    switch (name->token) {
    case MLINT_TOKEN_ADDRESS:
        mlint_pass(judging);
        return true;
    case MLINT_TOKEN_LOCALPART:
    case MLINT_TOKEN_DOMAIN:
    case MLINT_TOKEN_OTHER:
        mlint_fail(judging, side, MLINT_FIELD_USERNAME,
                   "user name \"%s\" does not stand for the full address",
                   mlint_show(judging, name));
        mlint_hint(judging, "use the placeholder for the full address");
        return true;
    default:
        return false;
    }
}

static void suggest_address(struct mlint_judging *judging)
{
    const struct mlint_field *own = &judging->account->address;

    if (!mlint_field_has(own) || own->token != MLINT_TOKEN_NONE || !mlint_is_full_address(own))
        return;
    mlint_hint(
        judging, "write the main address of the mailbox in full, probably \"%s\"",
        mlint_utf8_clean(judging->arena, mlint_utf8_lower(judging->arena, own->text)).ptr);
    mlint_suggest(judging, mlint_utf8_lower(judging->arena, own->text), false);
}

static const char *what_is_wrong(struct mlint_str name)
{
    size_t at = mlint_str_find_char(name, '@');

    if (mlint_has_space(name))
        return "has white space in it";
    if (at < name.len &&
        mlint_str_find_char(mlint_str_sub(name, at + 1, name.len), '@') < name.len - at - 1)
        return "has two @";
    if (mlint_str_find_char(name, '\\') < name.len)
        return "is of the form DOMAIN\\name, not a full address";
    return "is not a full address";
}

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *name = mlint_field_at(judging, side, MLINT_FIELD_USERNAME);

    if (!mlint_has_own_login(judging, side)) {
        mlint_not_applicable(judging, NULL);
        return;
    }
    if (judge_token(judging, side, name) ||
        mlint_is_unknown(judging, name, "no user name in the file"))
        return;
    if (!name->text.len) {
        mlint_unknown(judging, "no user name is stored: the client asks for it");
        return;
    }
    if (mlint_is_full_address(name)) {
        mlint_pass(judging);
        return;
    }
    mlint_fail(judging, side, MLINT_FIELD_USERNAME, "user name \"%s\" %s%s",
               mlint_show(judging, name), what_is_wrong(name->text), mlint_by_default(name));
    suggest_address(judging);
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    for (unsigned side = 0; side < mlint_sides(judging); side++)
        check_side(judging, side);
    return judging->worst;
}

const struct mlint_rule mlint_rule_username_full_address = {
    .id = "username-full-address",
    .level = MLINT_ERROR,
    .brief = "The user name is the full address, name@domain.",
    .why = "The server knows a mailbox by its full address. With the part before the @ alone, with "
           "a Windows domain or with another server's name in it the server answers that there is "
           "no such user, and the client asks for the password again.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Write the full main address as user name, for incoming and outgoing "
                              "mail.",
        [MLINT_CLIENT_OUTLOOK] = "File > Account Settings > Account Settings > Change: write the "
                                 "full address as User Name; More Settings > Outgoing Server "
                                 "likewise.",
        [MLINT_CLIENT_THUNDERBIRD] = "Account Settings > Server Settings > User Name (and Outgoing "
                                     "Server > Edit): write the full address.",
        [MLINT_CLIENT_APPLE_MAIL] = "Mail > Settings > Accounts > Server Settings: write the full "
                                    "address as User Name.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": main full "
              "business email address; \"This user doesn't have a Business Mail account\"",
    .check = check,
};
