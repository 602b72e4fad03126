/* walk.h: the inputs of a run, one after the other, in an order that depends on names alone. */
#ifndef MLINT_TOOLS_WALK_H
#define MLINT_TOOLS_WALK_H

#include "output.h"

/* An open folder, shared by the files that were found in it. */
struct mlint_cli_folder;
int mlint_cli_folder_descriptor(const struct mlint_cli_folder *folder);
/* How mlint_check_file is to read a file that the folder lists. */
unsigned mlint_cli_folder_flags(const struct mlint_cli_folder *folder);
void mlint_cli_folder_drop(struct mlint_cli_folder *folder); /* may be called by any thread */

enum mlint_cli_item_kind {
    MLINT_CLI_PATH, /* named by the user: must be readable and of a known format */
    MLINT_CLI_STDIN,
    MLINT_CLI_STREAM, /* a pipe or device: read whole first */
    MLINT_CLI_FOUND,  /* found in a walk: may be anything */
};

struct mlint_cli_item {
    enum mlint_cli_item_kind kind;
    struct mlint_cli_folder *folder; /* where to open it; NULL: the current one. Drop it */
    const char *name;                /* shown; the walk's memory until the next item */
    size_t path_at;                  /* what to open is name + path_at */
    bool target;                     /* an output is about to replace it */
};

struct mlint_cli_walk;

/* NULL: said why. */
struct mlint_cli_walk *mlint_cli_walk_new(const struct mlint_cli_options *options);
/* The files that the run writes: their temporary files are passed over, and what they are about
 * to replace is marked. */
void mlint_cli_walk_outputs(struct mlint_cli_walk *walk, const struct mlint_cli_output *report,
                            const struct mlint_cli_output *baseline);
/* The next input; false at the end. */
bool mlint_cli_walk_next(struct mlint_cli_walk *walk, struct mlint_cli_item *item);
/* Whether the next input is known without waiting for a list. */
bool mlint_cli_walk_ready(struct mlint_cli_walk *walk);
/* Whether something could not be walked; it was said when it happened. */
bool mlint_cli_walk_failed(const struct mlint_cli_walk *walk);
void mlint_cli_walk_free(struct mlint_cli_walk *walk);

#endif
