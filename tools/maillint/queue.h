/* queue.h: many files by many threads, one report in a fixed order. */
#ifndef MLINT_TOOLS_QUEUE_H
#define MLINT_TOOLS_QUEUE_H

#include <stdatomic.h>

#include "output.h"
#include "progress.h"
#include "walk.h"

/* What a run works with. */
struct mlint_cli_run {
    const struct mlint_cli_options *options;
    const struct mlint_config *config;
    struct mlint_report *report;
    struct mlint_cli_output *output;
    struct mlint_cli_progress progress;
    struct mlint_cli_walk *walk;
    bool claims;        /* there is a baseline: findings are claimed in the report's order */
    bool trouble;       /* an input could not be read or understood */
    atomic_bool failed; /* the report could not be written; said why */
    bool interrupted;   /* SIGINT or SIGTERM came */
};

/* Lint everything that the walk yields. */
void mlint_cli_queue(struct mlint_cli_run *run);

#endif
