/* express.h: accounts and polling of the Outlook Express family; private to
 * lib/formats/express_*.c. */
#ifndef MLINT_FORMATS_EXPRESS_H
#define MLINT_FORMATS_EXPRESS_H

#include "formats/registry.h"

/* A "Poll For Mail": milliseconds between checks, for all accounts of whoever it belongs to. A
 * value of another type is one that nobody can read. */
struct mlint_express_poll {
    const struct mlint_node *node;
    const struct mlint_node *user;     /* see mlint_registry_user */
    const struct mlint_node *identity; /* the identity's key, or NULL */
    enum mlint_client client;
    bool bound; /* an account has it */
    bool said;  /* that it is no number */
};

/* What other files of the folder say of the interval, once that was asked for. */
struct mlint_express_loan {
    const struct mlint_node *node; /* a poll that has no accounts in its own file */
    bool asked, unsure;            /* unsure: there are several, of different numbers */
    bool offered, taken; /* the other way: whether files beside this one take its poll */
};

struct mlint_express_polls {
    struct mlint_express_poll *poll;
    size_t count;
    struct mlint_express_loan loan[MLINT_CLIENT_WINDOWS_MAIL + 1];
};

/* The key below Identities that a key stands under, or NULL. */
const struct mlint_node *mlint_express_identity(const struct mlint_node *key);

/* Add the account whose values are children of key, if it is one of mail. Numbers must be
 * INTEGERs, sealed passwords BINARY. */
void mlint_express_add(struct mlint_reading *reading, const struct mlint_node *key,
                       struct mlint_str name, enum mlint_client client,
                       struct mlint_express_polls *polls);

/* Whether it becomes an account that has an interval, which one of HTTPMail has not. */
bool mlint_express_is_judged(struct mlint_reading *reading, const struct mlint_node *key);

/* The next key below root that is an account of mail, after being the last or root itself. */
const struct mlint_node *mlint_express_next(struct mlint_reading *reading,
                                            const struct mlint_node *root,
                                            const struct mlint_node *after,
                                            enum mlint_client *client);

bool mlint_express_find_polls(struct mlint_arena *arena, const struct mlint_tree *tree,
                              struct mlint_express_polls *polls);
bool mlint_express_same_poll(const struct mlint_node *a, const struct mlint_node *b);
/* Whether a poll may be that of an account of the same tree. */
bool mlint_express_may_be_of(const struct mlint_express_poll *poll,
                             const struct mlint_node *account, enum mlint_client client);
/* The interval of an account, as far as one poll is certainly its own. */
void mlint_express_set_interval(struct mlint_registry_account *entry,
                                struct mlint_express_polls *polls);
/* Polls that no account has: settings of the file alone. */
void mlint_express_add_unbound(struct mlint_reading *reading,
                               struct mlint_express_polls *polls);

/* ---- Files of one folder: express_beside.c ---------------------------------------------- */

/* The poll of an account of that client in another file. */
const struct mlint_express_loan *mlint_express_borrow(struct mlint_reading *reading,
                                                      struct mlint_express_polls *polls,
                                                      enum mlint_client client);
/* Whether accounts in other files have this file's poll of that client. */
bool mlint_express_is_lent(struct mlint_reading *reading, enum mlint_client client);

/* Whether a file of the folder holds an account that is judged, and whose an .iaf is. They ask
 * what the readers of these files ask, and say nothing. */
bool mlint_express_in_iaf(struct mlint_reading *reading, struct mlint_source *source,
                          enum mlint_client *client);
bool mlint_express_in_oeaccount(struct mlint_reading *reading, struct mlint_source *source);

#endif
