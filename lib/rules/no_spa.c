/* no_spa.c: Secure Password Authentication (SPA, NTLM, "Sicily", MSN) is off, both ways. */
#include "rules/rule.h"

static void fail_side(struct mlint_judging *judging, unsigned side,
                      const struct mlint_field *auth)
{
    if (auth->number == MLINT_AUTH_NTLM)
        mlint_fail(judging, side, MLINT_FIELD_AUTH, "the %s server is told to use SPA (NTLM)%s",
                   mlint_side_name(side), mlint_by_default(auth));
    else
        mlint_fail(judging, side, MLINT_FIELD_AUTH,
                   "the %s server is told to use \"any secure method\", which rules the plain "
                   "password out%s",
                   mlint_side_name(side), mlint_by_default(auth));
    mlint_suggest(judging, MLINT_STR("password-cleartext"), true);
}

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *auth = mlint_field_at(judging, side, MLINT_FIELD_AUTH);

    if (side && auth->inherited)
        return; /* the incoming server's setting, judged there */
    if (mlint_is_unknown(judging, auth, "the file does not say how the client logs in"))
        return;
    switch (auth->number) {
    case MLINT_AUTH_NTLM:
    case MLINT_AUTH_ANY_SECURE:
        fail_side(judging, side, auth);
        break;
    case MLINT_AUTH_ANY:
        mlint_unknown(judging, "the client takes any method that the server offers, SPA too");
        break;
    default:
        mlint_pass(judging);
    }
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    for (unsigned side = 0; side < mlint_sides(judging); side++)
        check_side(judging, side);
    if (judging->account->flags & MLINT_ACCOUNT_SPA_UNUSED)
        mlint_remark(judging, MLINT_OUTGOING, MLINT_FIELD_AUTH,
                     "SPA is switched on, but without effect: authentication is off");
    return judging->worst;
}

const struct mlint_rule mlint_rule_no_spa = {
    .id = "no-spa",
    .level = MLINT_ERROR,
    .brief = "SPA (NTLM) is off, for incoming and outgoing mail.",
    .why = "With Secure Password Authentication the client does not send the password but an NTLM "
           "answer, which these servers do not accept. The login fails and the client asks for "
           "the password again. TLS already protects the password.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Choose the normal password as authentication method, not SPA or NTLM.",
        [MLINT_CLIENT_OUTLOOK] = "File > Account Settings > Account Settings > Change: clear "
                                 "\"Require logon using Secure Password Authentication (SPA)\"; in "
                                 "More Settings > Outgoing Server likewise.",
        [MLINT_CLIENT_OUTLOOK_EXPRESS] = "Tools > Accounts > Properties > Servers: clear \"Log on "
                                         "using Secure Password Authentication\", also under "
                                         "Outgoing Mail Server > Settings.",
        [MLINT_CLIENT_WINDOWS_MAIL] = "Account Properties > Servers: clear \"Log on using Secure "
                                      "Password Authentication\", also under Outgoing Mail Server > "
                                      "Settings.",
        [MLINT_CLIENT_THUNDERBIRD] = "Account Settings > Server Settings > Authentication method: "
                                     "Normal password; Outgoing Server > Edit likewise.",
        [MLINT_CLIENT_APPLE_MAIL] = "Mail > Settings > Accounts > Server Settings > Authentication: "
                                    "Password.",
    },
    .source = "Turbify help, \"Troubleshooting POP password prompts in mail clients\": have NOT "
              "enabled Require Secure Password Authentication (SPA)",
    .check = check,
};
