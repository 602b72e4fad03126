/* progress.h: a line on standard error that says how far a run is. */
#ifndef MLINT_TOOLS_PROGRESS_H
#define MLINT_TOOLS_PROGRESS_H

#include "options.h"

struct mlint_cli_progress {
    const struct mlint_cli_options *options;
    bool on, shown, counted;
    uint64_t total; /* 0: not known */
    uint64_t done;
    uint64_t started, next; /* milliseconds */
};

uint64_t mlint_cli_milliseconds(void); /* of a clock that never goes back */
void mlint_cli_progress_begin(struct mlint_cli_progress *progress,
                              const struct mlint_cli_options *options);
/* So many more files are done. */
void mlint_cli_progress_add(struct mlint_cli_progress *progress, uint64_t files);
/* Take the line away. */
void mlint_cli_progress_end(struct mlint_cli_progress *progress);

#endif
