/* apple_mail_plist.c: com.apple.mail.plist, Mail's preferences: how often it checks, for all
 * accounts alike, and up to 10.6 the accounts themselves.
 *
 * Beside a store of accounts the interval belongs to those accounts and is judged there. */
#include "formats/apple_mail_accounts.h"
#include "formats/apple_values.h"

static const char *const keys[] = { "PollTime", "AutoFetch", "DraftsViewerAttributes",
                                    "AddressesIncludeNameOnPasteboard", NULL };
static const char *const stores[] = { "Accounts4.sqlite", "Accounts3.sqlite", "Accounts.plist",
                                      NULL };

static bool named_so(struct mlint_str path)
{
    return mlint_str_eq_nocase(mlint_str_base_name(path), MLINT_STR("com.apple.mail.plist"));
}

static int probe(const struct mlint_probe *probe)
{
    int bid = mlint_apple_bid(probe, keys);

    return bid == MLINT_BID_SYNTAX && named_so(probe->name) ? MLINT_BID_KEYS : bid;
}

static bool has_own_keys(const struct mlint_node *top)
{
    for (size_t i = 0; keys[i]; i++) {
        if (mlint_node_get(top, keys[i]))
            return true;
    }
    return false;
}

static bool has_store_beside(struct mlint_reading *reading)
{
    for (size_t i = 0; stores[i]; i++) {
        if (reading->companion(reading, stores[i]))
            return true;
    }
    return false;
}

/* The interval without accounts: it holds for all that Mail has. */
static void add_setting(struct mlint_reading *reading, const struct mlint_node *top)
{
    struct mlint_account *setting =
        mlint_result_add_account(reading->result, reading->file, MLINT_STR("com.apple.mail"));

    if (!setting)
        return;
    setting->flags = MLINT_ACCOUNT_FILE_ONLY;
    setting->node = top;
    mlint_apple_poll_read(reading, top, &setting->incoming);
}

static enum mlint_read_outcome read_settings(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = mlint_apple_parse(reading);
    const struct mlint_node *top = reading->tree ? reading->tree->root->child : NULL;

    if (outcome != MLINT_READ_OK)
        return outcome;
    if (!top || top->type != MLINT_NODE_DICT || mlint_node_get(top, "PayloadType") ||
        !(has_own_keys(top) || (named_so(reading->source->name) && top->child)))
        return MLINT_READ_NOT_MINE;
    if (!mlint_apple_mail_accounts(reading, top, top) && !has_store_beside(reading))
        add_setting(reading, top);
    return mlint_reading_outcome(reading, reading->tree);
}

const struct mlint_format mlint_format_apple_mail_plist = {
    .id = "apple-mail-plist",
    .client = MLINT_CLIENT_APPLE_MAIL,
    .title = "Apple Mail preferences (com.apple.mail.plist)",
    .recognised_by = "a property list with PollTime, AutoFetch or other settings of Mail",
    .probe = probe,
    .read = read_settings,
    .parse = mlint_apple_parse,
};
