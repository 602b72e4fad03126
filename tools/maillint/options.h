/* options.h: the command line as tables. A row both parses an option and prints its help. */
#ifndef MLINT_TOOLS_OPTIONS_H
#define MLINT_TOOLS_OPTIONS_H

#include "cli.h"

enum mlint_cli_kind {
    MLINT_CLI_FLAG,    /* bool at offset */
    MLINT_CLI_TEXT,    /* const char * at offset */
    MLINT_CLI_NUMBER,  /* unsigned at offset, from 1 */
    MLINT_CLI_WHEN,    /* enum mlint_cli_when at offset */
    MLINT_CLI_SETTING, /* a setting of the library by the option's name; no value: "yes" */
    MLINT_CLI_PROVIDER,
    MLINT_CLI_ALIASES,
    MLINT_CLI_PLUGIN,
    MLINT_CLI_LIST, /* may be repeated; kept in given */
};

enum mlint_cli_when { MLINT_CLI_AUTO, MLINT_CLI_ALWAYS, MLINT_CLI_NEVER };

struct mlint_cli_option {
    const char *name;
    char letter;       /* or 0 */
    const char *value; /* what help calls the value; NULL: there is none */
    enum mlint_cli_kind kind;
    size_t offset; /* in struct mlint_cli_options */
    const char *help;
};

/* One option as it was given, in order. */
struct mlint_cli_given {
    const struct mlint_cli_option *option;
    const char *value;
};

struct mlint_cli_options {
    const struct mlint_cli_command *command;
    struct mlint_cli_given *given;
    size_t given_count;
    const char **paths;
    size_t path_count;
    bool help;
    bool no_config, quiet, facts;
    const char *config, *format, *input_format, *output, *stdin_name, *symptom, *files_from,
        *shard, *write_baseline, *for_path;
    enum mlint_cli_when color, progress;
    unsigned jobs; /* 0: as many as there are processors */
};

/* Tables that commands share; each ends with a row without a name. */
extern const struct mlint_cli_option mlint_cli_general_options[], mlint_cli_settings_options[],
    mlint_cli_config_options[], mlint_cli_source_options[], mlint_cli_input_options[],
    mlint_cli_format_options[], mlint_cli_kind_options[], mlint_cli_report_options[],
    mlint_cli_judging_options[], mlint_cli_failing_options[], mlint_cli_baseline_options[];

/* Parse what follows the command's name. Returns 0 or an exit code, having said why. */
int mlint_cli_parse(struct mlint_cli_options *options, int count, char **arguments);
void mlint_cli_options_done(struct mlint_cli_options *options);

/* COMMAND --help, and maillint --help. */
void mlint_cli_command_help(const struct mlint_cli_command *command);
void mlint_cli_main_help(void);

/* A config from the settings file and the options. NULL: said why, the run ends with 2. */
struct mlint_config *mlint_cli_configure(const struct mlint_cli_options *options);
/* The setting limit-size, in bytes. */
size_t mlint_cli_size_limit(const struct mlint_config *config);
/* --format among the formats that the command has: its index, or -1, having said why. */
int mlint_cli_choose(const char *what, const char *typed, const char *const *names,
                     size_t count);
/* --input-format: 0 if there is none or the library knows it, else an exit code. */
int mlint_cli_check_input_format(const struct mlint_cli_options *options);

#endif
