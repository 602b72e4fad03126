/* output.h: where a report goes: standard output, or a file that appears whole or not at all.
 */
#ifndef MLINT_TOOLS_OUTPUT_H
#define MLINT_TOOLS_OUTPUT_H

#include "options.h"

struct mlint_cli_output {
    const char *name; /* for messages */
    int descriptor;
    char *temporary, *target; /* NULL: not written through a temporary file */
    bool live;                /* a pipe or terminal: what is appended is sent at once */
    int problem;              /* errno of the first write that failed */
    size_t used;
    char *buffer;
};

/* path NULL or "-": standard output. false: said why. */
bool mlint_cli_output_open(struct mlint_cli_output *output, const char *path,
                           const struct mlint_cli_options *options);
/* The callback of struct mlint_report_options. */
int mlint_cli_output_write(void *output, const void *data, size_t length);
/* Send what is buffered. */
bool mlint_cli_output_flush(struct mlint_cli_output *output);
/* Put the file in its place, or with good false take it away. false: said why. */
bool mlint_cli_output_close(struct mlint_cli_output *output, bool good);

#endif
