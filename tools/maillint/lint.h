/* lint.h: what check and show have in common: inputs in, a report out. */
#ifndef MLINT_TOOLS_LINT_H
#define MLINT_TOOLS_LINT_H

#include "options.h"

/* Lint the inputs of the options and write the report format; returns the exit code. */
int mlint_cli_lint(const struct mlint_cli_options *options, const char *format, bool judge);

#endif
