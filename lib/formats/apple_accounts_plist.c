/* apple_accounts_plist.c: ~/Library/Mail/V2/MailData/Accounts.plist of OS X 10.7 to 10.10. The
 * interval is not in it; a com.apple.mail.plist in the same folder has it. */
#include "formats/apple_mail_accounts.h"
#include "formats/apple_values.h"

static const char *const keys[] = { "MailAccounts", "DeliveryAccounts", NULL };
static const char *const companions[] = { "com.apple.mail.plist", NULL };

static int probe(const struct mlint_probe *probe)
{
    return mlint_apple_bid(probe, keys);
}

static enum mlint_read_outcome read_accounts(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = mlint_apple_parse(reading);
    const struct mlint_node *top = reading->tree ? reading->tree->root->child : NULL;

    if (outcome != MLINT_READ_OK)
        return outcome;
    if (!top ||
        (!mlint_node_get(top, "MailAccounts") && !mlint_node_get(top, "DeliveryAccounts")))
        return MLINT_READ_NOT_MINE;
    if (mlint_node_get(top, "PollTime") || mlint_node_get(top, "AutoFetch") ||
        mlint_str_eq_nocase(mlint_str_base_name(reading->source->name),
                            MLINT_STR("com.apple.mail.plist")))
        return MLINT_READ_NOT_MINE; /* preferences that hold the accounts as well (to 10.6) */
    mlint_apple_mail_accounts(reading, top, mlint_apple_settings_beside(reading));
    return mlint_reading_outcome(reading, reading->tree);
}

const struct mlint_format mlint_format_apple_accounts_plist = {
    .id = "apple-accounts-plist",
    .client = MLINT_CLIENT_APPLE_MAIL,
    .title = "Apple Mail Accounts.plist (10.7 to 10.10)",
    .recognised_by = "a property list with MailAccounts or DeliveryAccounts",
    .companions = companions,
    .probe = probe,
    .read = read_accounts,
    .parse = mlint_apple_parse,
};
