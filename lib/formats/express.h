/* express.h: accounts and polling of the Outlook Express family; private to
 * lib/formats/express_*.c. */
#ifndef MLINT_FORMATS_EXPRESS_H
#define MLINT_FORMATS_EXPRESS_H

#include "formats/registry.h"

/* A "Poll For Mail": milliseconds between checks, for all accounts of whoever it belongs to. */
struct mlint_express_poll {
    const struct mlint_node *node;
    const struct mlint_node *user;     /* see mlint_registry_user */
    const struct mlint_node *identity; /* the identity's key, or NULL */
    enum mlint_client client;
    bool bound; /* an account has it */
};

struct mlint_express_polls {
    struct mlint_express_poll *poll;
    size_t count;
};

/* The key below Identities that a key stands under, or NULL. */
const struct mlint_node *mlint_express_identity(const struct mlint_node *key);

/* Add the account whose values are children of key, if it is one of mail. Numbers must be
 * INTEGERs, sealed passwords BINARY. */
void mlint_express_add(struct mlint_reading *reading, const struct mlint_node *key,
                       struct mlint_str name, enum mlint_client client,
                       struct mlint_express_polls *polls);

bool mlint_express_find_polls(struct mlint_reading *reading, struct mlint_express_polls *polls);
/* The interval of an account, as far as one poll is certainly its own. */
void mlint_express_set_interval(struct mlint_registry_account *entry,
                                struct mlint_express_polls *polls);
/* Polls that no account has: settings of the file alone. */
void mlint_express_add_unbound(struct mlint_reading *reading,
                               struct mlint_express_polls *polls);

#endif
