/* username_lowercase.c: the login name is in lower case. */
#include "base/utf8.h"
#include "rules/rule.h"

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *name = mlint_field_at(judging, side, MLINT_FIELD_USERNAME);
    struct mlint_str low;

    if (!mlint_has_own_login(judging, side)) {
        mlint_not_applicable(judging, NULL);
        return;
    }
    if (name->token != MLINT_TOKEN_NONE && name->token != MLINT_TOKEN_TEMPLATE) {
        mlint_pass(judging);
        return;
    }
    if (mlint_is_unknown(judging, name, "no user name in the file"))
        return;
    if (!name->text.len) {
        mlint_unknown(judging, "no user name is stored: the client asks for it");
        return;
    }
    if (name->shape != MLINT_SHAPE_ANY || !mlint_has_upper(name->text)) {
        mlint_pass(judging);
        return;
    }
    if (name->text.ptr[0] == '%' && mlint_str_find_char(name->text, '@') == name->text.len) {
        mlint_not_applicable(judging, "a misspelt placeholder, not a name");
        return;
    }
    low = mlint_utf8_lower(judging->arena, name->text);
    mlint_fail(judging, side, MLINT_FIELD_USERNAME, "user name \"%s\" has capital letters%s",
               mlint_show(judging, name), mlint_by_default(name));
    /* Where it is no full address, username-full-address says what to write; some capitals have
     * no small letter. */
    if (!mlint_is_full_address(name) || mlint_str_eq(low, name->text))
        return;
    mlint_hint(judging, "write \"%s\"", mlint_utf8_clean(judging->arena, low).ptr);
    mlint_suggest(judging, low, true);
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    for (unsigned side = 0; side < mlint_sides(judging); side++)
        check_side(judging, side);
    return judging->worst;
}

const struct mlint_rule mlint_rule_username_lowercase = {
    .id = "username-lowercase",
    .level = MLINT_ERROR,
    .brief = "The user name is written in lower case.",
    .why = "The server compares the user name letter by letter. A client that sends "
           "\"Jane@Example.com\" for jane@example.com is refused and asks for the password again, "
           "however often the right one is typed.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Write the user name in lower case in the account's settings.",
        [MLINT_CLIENT_OUTLOOK] = "File > Account Settings > Account Settings > Change: write the "
                                 "User Name in lower case.",
        [MLINT_CLIENT_THUNDERBIRD] = "Account Settings > Server Settings > User Name (and Outgoing "
                                     "Server > Edit): write it in lower case.",
        [MLINT_CLIENT_APPLE_MAIL] = "Mail > Settings > Accounts > Server Settings: write the User "
                                    "Name in lower case.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": all "
              "lowercase letters",
    .check = check,
};
