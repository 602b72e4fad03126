/* named.h: the paths that the user named, so that none of them is read twice: the accounts of
 * one file would pass for two clients that use the same mailbox. */
#ifndef MLINT_TOOLS_NAMED_H
#define MLINT_TOOLS_NAMED_H

#include "options.h"

struct mlint_cli_name;

struct mlint_cli_named {
    struct mlint_cli_name *name; /* each once, sorted */
    size_t count;
};

/* false: out of memory. */
bool mlint_cli_named_init(struct mlint_cli_named *named,
                          const struct mlint_cli_options *options);
void mlint_cli_named_done(struct mlint_cli_named *named);
/* The path is about to be read. false: it is among them, and was before. */
bool mlint_cli_named_take(struct mlint_cli_named *named, const char *path);

#endif
