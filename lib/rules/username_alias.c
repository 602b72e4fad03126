/* username_alias.c: the login name is the mailbox's main address, not an alias of it. */
#include "base/utf8.h"
#include "rules/rule.h"

/* An address that the file itself calls an alias (Apple's EmailAliases and comma lists). */
static bool is_named_alias(struct mlint_judging *judging, struct mlint_str name)
{
    const struct mlint_account *account = judging->account;

    for (size_t i = 0; i < account->address_count; i++) {
        if (account->addresses[i].alias &&
            mlint_same_folded(judging->arena, account->addresses[i].text, name))
            return true;
    }
    return false;
}

static void fail_as_alias(struct mlint_judging *judging, unsigned side,
                          const struct mlint_field *name, struct mlint_str main)
{
    const char *shown = mlint_utf8_clean(judging->arena, main).ptr;

    mlint_fail(judging, side, MLINT_FIELD_USERNAME, "user name \"%s\" is an alias%s%s%s",
               mlint_show(judging, name), main.len ? " of \"" : "", shown,
               main.len ? "\"" : "");
    if (!main.len)
        return;
    mlint_hint(judging, "write \"%s\"", shown);
    mlint_suggest(judging, main, false);
}

static void compare_with_own(struct mlint_judging *judging, unsigned side,
                             const struct mlint_field *name)
{
    const struct mlint_field *own = &judging->account->address;
    bool own_known = mlint_field_has(own) && own->token == MLINT_TOKEN_NONE && own->text.len;

    if (own_known && mlint_same_folded(judging->arena, name->text, own->text))
        mlint_pass(judging);
    else if (is_named_alias(judging, name->text))
        fail_as_alias(judging, side, name, own_known ? own->text : MLINT_STR(""));
    else if (!own_known)
        mlint_unknown_because(judging, own->comment
                                           ? own->comment
                                           : "the account's own address is not in the file");
    else
        mlint_unknown(judging,
                      "the user name is \"%s\", the account's address \"%s\": check which "
                      "of them is the mailbox's main address",
                      mlint_show(judging, name), mlint_show(judging, own));
}

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *name = mlint_field_at(judging, side, MLINT_FIELD_USERNAME);
    struct mlint_str main;

    if (!mlint_has_own_login(judging, side)) {
        mlint_not_applicable(judging, NULL);
        return;
    }
    if (name->token == MLINT_TOKEN_ADDRESS) {
        mlint_pass(judging);
        return;
    }
    if (name->token != MLINT_TOKEN_NONE && name->token != MLINT_TOKEN_TEMPLATE) {
        mlint_unknown(judging, "what the placeholder stands for is not in the file");
        return;
    }
    if (mlint_is_unknown(judging, name, "no user name in the file"))
        return;
    if (!name->text.len) {
        mlint_unknown(judging, "no user name is stored: the client asks for it");
        return;
    }
    main = mlint_config_main_of(judging->config, name->text);
    if (main.ptr && !mlint_same_folded(judging->arena, main, name->text))
        fail_as_alias(judging, side, name, main);
    else
        compare_with_own(judging, side, name);
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    for (unsigned side = 0; side < mlint_sides(judging); side++)
        check_side(judging, side);
    return judging->worst;
}

const struct mlint_rule mlint_rule_username_alias = {
    .id = "username-alias",
    .level = MLINT_ERROR,
    .brief = "The user name is the mailbox's main address, not an alias.",
    .why = "An alias receives mail but cannot log in. A client that logs in with an alias is asked "
           "for the password for ever. Only the provider knows which addresses are aliases: tell "
           "maillint with --alias or --aliases.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Log in with the main address; the Email Control Panel shows which one "
                              "it is. The alias may stay as sender address.",
        [MLINT_CLIENT_OUTLOOK] = "File > Account Settings > Account Settings > Change: write the "
                                 "main address as User Name; the alias may stay as E-mail Address.",
        [MLINT_CLIENT_THUNDERBIRD] = "Account Settings > Server Settings > User Name: write the main "
                                     "address; the alias may stay as identity.",
        [MLINT_CLIENT_APPLE_MAIL] = "Mail > Settings > Accounts > Server Settings: write the main "
                                    "address as User Name; the alias may stay as Email Address.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": use your main "
              "full business email address as the username",
    .check = check,
};
