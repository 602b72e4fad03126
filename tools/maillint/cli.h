/* cli.h: what the files of the command share: commands, exit codes, messages, file helpers.
 * The command uses the public header only, so that whatever it can do, any host can. */
#ifndef MLINT_TOOLS_CLI_H
#define MLINT_TOOLS_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <maillint/maillint.h>

enum mlint_cli_exit {
    MLINT_EXIT_CLEAN = 0,
    MLINT_EXIT_FINDINGS = 1, /* something at or above --fail-on */
    MLINT_EXIT_USAGE = 2,    /* wrong usage or settings, or our own output failed */
    MLINT_EXIT_INPUT = 3,    /* an input could not be read or understood */
};

struct mlint_cli_options;
struct mlint_cli_option;

/* A command is one row here and one file. */
struct mlint_cli_command {
    const char *name;
    const char *arguments;                        /* as usage prints them */
    const char *brief;                            /* for the list of commands */
    const char *about;                            /* for COMMAND --help; may be NULL */
    const struct mlint_cli_option *const *tables; /* its options; NULL-ended */
    int (*run)(struct mlint_cli_options *options);
};

extern const struct mlint_cli_command mlint_cli_check, mlint_cli_config, mlint_cli_dump,
    mlint_cli_explain, mlint_cli_formats, mlint_cli_merge, mlint_cli_rules, mlint_cli_show;
/* Sorted by name; NULL-ended. */
extern const struct mlint_cli_command *const mlint_cli_commands[];
const struct mlint_cli_command *mlint_cli_find_command(const char *name);

/* ---- Messages (message.c) ---- */

/* "maillint: ..." on standard error, cleaned of control characters. */
__attribute__((format(printf, 1, 2))) void mlint_cli_say(const char *format, ...);
/* The same, with a pointer to the help, and the exit code of wrong usage. */
__attribute__((format(printf, 1, 2))) int mlint_cli_misused(const char *format, ...);
/* text without control characters or broken UTF-8, as \xNN; cut to fit. Returns buffer. */
const char *mlint_cli_clean(const char *text, char *buffer, size_t size);
/* The name nearest to what was typed, or NULL if none is near. */
const char *mlint_cli_nearest(const char *typed, const char *const *names, size_t count);
/* Write text as a JSON string, quotes and all. */
void mlint_cli_json(FILE *out, const char *text);
/* Flush standard output; says so and answers an exit code if that failed. */
int mlint_cli_flush(int code);

/* ---- Signals (signals.c) ---- */

/* From here on SIGINT and SIGTERM end the run early, but in order. */
void mlint_cli_catch_signals(void);
bool mlint_cli_signalled(void);
/* Wait until the descriptor has something to read; false: a signal came first. */
bool mlint_cli_wait_for(int descriptor);

/* ---- Files in memory (slurp.c) ---- */

struct mlint_cli_bytes {
    char *data;
    size_t length, capacity;
};

/* Read until the end or one byte past most. Returns 0, or errno. */
int mlint_cli_slurp(int descriptor, size_t most, struct mlint_cli_bytes *out);
int mlint_cli_slurp_file(const char *path, size_t most, struct mlint_cli_bytes *out);
void mlint_cli_bytes_free(struct mlint_cli_bytes *bytes);
/* Open for reading; "-", /dev/stdin and /dev/fd/N are descriptors that we have already. */
int mlint_cli_open(const char *path);

#endif
