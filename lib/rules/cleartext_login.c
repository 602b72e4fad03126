/* cleartext_login.c: a password travels over a connection that is certainly encrypted. */
#include "rules/rule.h"

static void fail_side(struct mlint_judging *judging, unsigned side,
                      const struct mlint_field *security)
{
    const struct mlint_field *host = mlint_field_at(judging, side, MLINT_FIELD_HOST);
    bool local = mlint_field_has(host) && mlint_is_loopback(host->text);
    bool perhaps = security->number == MLINT_SECURITY_STARTTLS_IF_AVAILABLE;

    mlint_fail(judging, side, MLINT_FIELD_SECURITY, "the %s password is sent %s%s%s",
               mlint_side_name(side),
               perhaps ? "without encryption if the server does not offer it"
                       : "without encryption",
               mlint_by_default(security),
               local ? ", to a proxy on this computer that may pass it on likewise" : "");
}

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *auth = mlint_field_at(judging, side, MLINT_FIELD_AUTH);
    const struct mlint_field *security = mlint_field_at(judging, side, MLINT_FIELD_SECURITY);

    if (mlint_is_unknown(judging, auth, "the file does not say how the client logs in"))
        return;
    if (auth->number != MLINT_AUTH_PASSWORD_CLEARTEXT) {
        mlint_not_applicable(judging, "no plain password is sent");
        return;
    }
    if (mlint_is_unknown(judging, security,
                         "the file does not say how the connection is encrypted"))
        return;
    if (security->number == MLINT_SECURITY_TLS || security->number == MLINT_SECURITY_STARTTLS)
        mlint_pass(judging);
    else
        fail_side(judging, side, security);
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    for (unsigned side = 0; side < mlint_sides(judging); side++)
        check_side(judging, side);
    return judging->worst;
}

const struct mlint_rule mlint_rule_cleartext_login = {
    .id = "cleartext-login",
    .level = MLINT_ERROR,
    .brief = "Passwords travel over encrypted connections only.",
    .why = "Without TLS anybody on the way can read the password. Servers that insist on TLS "
           "refuse such a login, and the client asks for the password again.",
    .steps = {
        [MLINT_CLIENT_NONE] = "Choose TLS (SSL), or STARTTLS where the provider says so, for "
                              "incoming and outgoing mail.",
        [MLINT_CLIENT_OUTLOOK] = "Account Settings > Change > More Settings > Advanced: choose "
                                 "SSL/TLS as encryption for both servers.",
        [MLINT_CLIENT_THUNDERBIRD] = "Account Settings > Server Settings > Connection security: "
                                     "SSL/TLS; Outgoing Server > Edit likewise.",
        [MLINT_CLIENT_APPLE_MAIL] = "Mail > Settings > Accounts > Server Settings: Use TLS/SSL.",
    },
    .source = "follows from the server settings of the Turbify help page; RFC 8314",
    .check = check,
};
