/* baseline.h: the files behind --baseline and --write-baseline. */
#ifndef MLINT_TOOLS_BASELINE_H
#define MLINT_TOOLS_BASELINE_H

#include "output.h"

struct mlint_cli_baseline {
    const struct mlint_cli_options *options;
    struct mlint_baseline *known; /* NULL: there is none */
    struct mlint_cli_output output;
    bool writes;
    bool all;        /* the run is the whole: files that it did not have are gone */
    uint64_t unused; /* suppressions, said so or not */
};

/* Read the one, begin the other, as options and settings (NULL: nothing is judged) say. false:
 * said why. */
bool mlint_cli_baseline_open(struct mlint_cli_baseline *baseline,
                             const struct mlint_cli_options *options,
                             const struct mlint_config *config);
void mlint_cli_baseline_use(struct mlint_cli_baseline *baseline,
                            struct mlint_report_options *wanted);
/* With good, put the new baseline in its place. false: that failed, said why. */
bool mlint_cli_baseline_close(struct mlint_cli_baseline *baseline, bool good);

#endif
