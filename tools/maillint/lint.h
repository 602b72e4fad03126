/* lint.h: what check and show have in common: inputs in, a report out. */
#ifndef MLINT_TOOLS_LINT_H
#define MLINT_TOOLS_LINT_H

#include "output.h"

/* Lint the inputs of the options and write the report format; returns the exit code. */
int mlint_cli_lint(const struct mlint_cli_options *options, const char *format, bool judge);

/* The report format that --format and --symptom ask for; NULL: said why not. */
const char *mlint_cli_report_format(const struct mlint_cli_options *options);
struct mlint_report_options mlint_cli_report_options_of(const struct mlint_cli_options *options,
                                                        const char *format,
                                                        struct mlint_cli_output *output);
/* How many findings stand at or above the level that fails a run. */
uint64_t mlint_cli_failing(const struct mlint_config *config,
                           const struct mlint_summary *summary);

#endif
