/* output.h: where a report goes: standard output, or a file that appears whole or not at all.
 */
#ifndef MLINT_TOOLS_OUTPUT_H
#define MLINT_TOOLS_OUTPUT_H

#include "options.h"

#include <sys/stat.h>

struct mlint_cli_output {
    const char *name; /* for messages */
    int descriptor;
    char *temporary, *target; /* NULL: not written through a temporary file */
    size_t folder_length;     /* of both, with the slash */
    bool live;                /* a pipe or terminal: what is appended is sent at once */
    int problem;              /* errno of the first write that failed */
    size_t used;
    char *buffer;
    bool replaces; /* the target was there when the run began: the file below */
    dev_t device;
    ino_t inode;
};

/* What a file that a run comes across is to its output. */
enum mlint_cli_own { MLINT_CLI_FOREIGN, MLINT_CLI_TARGET, MLINT_CLI_TEMPORARY };

/* path NULL or "-": standard output. false: said why. */
bool mlint_cli_output_open(struct mlint_cli_output *output, const char *path,
                           const struct mlint_cli_options *options);
/* A file that was found in an open folder, and one that was named. */
enum mlint_cli_own mlint_cli_output_found(const struct mlint_cli_output *output, int folder,
                                          const char *name);
enum mlint_cli_own mlint_cli_output_named(const struct mlint_cli_output *output,
                                          const struct stat *file);
/* The callback of struct mlint_report_options. */
int mlint_cli_output_write(void *output, const void *data, size_t length);
/* Send what is buffered. */
bool mlint_cli_output_flush(struct mlint_cli_output *output);
/* Put the file in its place, or with good false take it away. false: said why. */
bool mlint_cli_output_close(struct mlint_cli_output *output, bool good);

#endif
