/* outlook_express_reg.c: .reg exports with the keys of Outlook Express 4 to 6, Outlook 98-2000
 * in Internet mode, and Windows (Live) Mail. */
#include "formats/registry.h"

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    if (!mlint_registry_tree(reading))
        return MLINT_READ_LIMIT;
    if (!mlint_registry_has_managers(reading->tree) && !reading->tree->too_deep)
        return MLINT_READ_NOT_MINE;
    mlint_registry_add_managers(reading);
    return mlint_registry_conclude(reading);
}

const struct mlint_format mlint_format_outlook_express_reg = {
    .id = "outlook-express-reg",
    .client = MLINT_CLIENT_OUTLOOK_EXPRESS,
    .title = "Outlook Express or Windows Mail, exported from the registry (.reg)",
    .recognised_by = "a registry export with a key ...\\Internet Account Manager, ...\\Outlook "
                     "Express or ...\\Windows (Live) Mail",
    .probe = mlint_registry_bid,
    .read = read,
    .parse = mlint_registry_parse,
    .sieve = mlint_registry_sift,
};
