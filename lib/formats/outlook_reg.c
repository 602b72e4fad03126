/* outlook_reg.c: .reg exports with profiles of Outlook 2002 to 365. One that holds accounts of
 * Outlook Express as well is this format's, with both. */
#include "formats/registry.h"

/* One more than outlook-express-reg, so that this one is asked first. */
static int probe(const struct mlint_probe *probe)
{
    int bid = mlint_registry_bid(probe);

    /* The header is regedit's alone; files of the other family are passed on. */
    if (bid != MLINT_BID_NONE &&
        mlint_str_starts(probe->text, MLINT_STR("Windows Registry Editor Version 5.00")))
        return MLINT_BID_CERTAIN;
    return bid == MLINT_BID_NONE ? bid : bid + 1;
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    if (!mlint_registry_tree(reading))
        return MLINT_READ_LIMIT;
    if (!mlint_registry_has_profiles(reading->tree))
        return MLINT_READ_NOT_MINE;
    mlint_registry_add_profiles(reading);
    if (mlint_registry_has_managers(reading->tree))
        mlint_registry_add_managers(reading);
    return mlint_registry_conclude(reading);
}

const struct mlint_format mlint_format_outlook_reg = {
    .id = "outlook-reg",
    .client = MLINT_CLIENT_OUTLOOK,
    .title = "Outlook profile, exported from the registry (.reg)",
    .recognised_by = "a registry export with a key ...\\Outlook\\Profiles or ...\\9375CFF0...",
    .often = "W",
    .probe = probe,
    .read = read,
    .parse = mlint_registry_parse,
    .sieve = mlint_registry_sift,
};
