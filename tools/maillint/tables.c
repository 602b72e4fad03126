/* tables.c: the options that commands share, one row each. A row says how an option is parsed,
 * what its help line reads, and where its value goes; nothing else knows an option's name. */
#include "options.h"

#define AT(member) offsetof(struct mlint_cli_options, member)
#define END                                                                                    \
    {                                                                                          \
        NULL, 0, NULL, MLINT_CLI_FLAG, 0, NULL                                                 \
    }

const struct mlint_cli_option mlint_cli_general_options[] = {
    { "help", 'h', NULL, MLINT_CLI_FLAG, AT(help), "show this help" },
    END,
};

const struct mlint_cli_option mlint_cli_settings_options[] = {
    { "config", 0, "FILE", MLINT_CLI_TEXT, AT(config),
      "read settings from FILE (default: .maillint.ini here or in a parent folder, else "
      "maillint/maillint.ini in the user's configuration folder)" },
    { "no-config", 0, NULL, MLINT_CLI_FLAG, AT(no_config), "read no settings file" },
    { "plugin", 0, "FILE", MLINT_CLI_PLUGIN, 0,
      "also take rules from the shared object FILE, which must not lie where the input is "
      "(repeatable)" },
    END,
};

const struct mlint_cli_option mlint_cli_config_options[] = {
    { "limit-memory", 0, "MIB", MLINT_CLI_SETTING, 0,
      "give up a file that needs more memory (default 256)" },
    { "limit-size", 0, "MIB", MLINT_CLI_SETTING, 0, "give up larger files (default 128)" },
    { "code-page", 0, "N", MLINT_CLI_SETTING, 0,
      "Windows code page of 8-bit text that is not UTF-8 (default 1252)" },
    { "read-passwords", 0, NULL, MLINT_CLI_SETTING, 0,
      "also open saved passwords to judge them; none is ever printed" },
    { "installation", 0, "DIR", MLINT_CLI_SETTING, 0,
      "judge Thunderbird profiles beside what the application's folder DIR sets up: "
      "defaults/pref, mozilla.cfg, distribution/policies.json" },
    END,
};

const struct mlint_cli_option mlint_cli_source_options[] = {
    { "input-format", 0, "ID", MLINT_CLI_TEXT, AT(input_format),
      "take every file for this format ('maillint formats' lists them)" },
    { "stdin-name", 0, "NAME", MLINT_CLI_TEXT, AT(stdin_name),
      "what reports call standard input (default -)" },
    END,
};

const struct mlint_cli_option mlint_cli_input_options[] = {
    { "files-from", 0, "FILE", MLINT_CLI_TEXT, AT(files_from),
      "also take the paths in FILE, one a line or ended by NUL; - is standard input" },
    { "exclude", 0, "GLOB", MLINT_CLI_LIST, 0,
      "leave out files and folders whose name or path matches (repeatable)" },
    { "shard", 0, "I/N", MLINT_CLI_TEXT, AT(shard),
      "only the I-th of N shares of the files, picked by their paths" },
    { "jobs", 'j', "N", MLINT_CLI_NUMBER, AT(jobs),
      "worker threads (default: the processors this process may use)" },
    { "progress", 0, "WHEN", MLINT_CLI_WHEN, AT(progress),
      "show progress on standard error: auto (on a terminal), always or never" },
    END,
};

const struct mlint_cli_option mlint_cli_format_options[] = {
    { "format", 'f', "FORMAT", MLINT_CLI_TEXT, AT(format), "how to write it (default text)" },
    END,
};

const struct mlint_cli_option mlint_cli_kind_options[] = {
    { "format", 'f', "FORMAT", MLINT_CLI_TEXT, AT(format),
      "text (default), checklist, json, ndjson, sarif, junit, csv, html or github" },
    { "symptom", 0, "S", MLINT_CLI_TEXT, AT(symptom),
      "the checklist for password-prompt (default), no-account or cannot-connect" },
    END,
};

const struct mlint_cli_option mlint_cli_report_options[] = {
    { "output", 'o', "FILE", MLINT_CLI_TEXT, AT(output),
      "write the report to FILE, all of it or none" },
    { "quiet", 'q', NULL, MLINT_CLI_FLAG, AT(quiet), "no summary line" },
    { "color", 0, "WHEN", MLINT_CLI_WHEN, AT(color),
      "colours: auto (on a terminal, unless NO_COLOR is set), always or never" },
    END,
};

const struct mlint_cli_option mlint_cli_judging_options[] = {
    { "provider", 0, "NAME|FILE", MLINT_CLI_PROVIDER, 0,
      "hold accounts against a built-in provider, a provider INI or a Mozilla clientConfig" },
    { "select", 0, "RULE,..", MLINT_CLI_SETTING, 0, "run only these rules" },
    { "ignore", 0, "RULE,..", MLINT_CLI_SETTING, 0, "do not run these rules" },
    { "severity", 0, "RULE=LEVEL", MLINT_CLI_SETTING, 0,
      "how loud a rule is: error, warning, note or off (repeatable)" },
    { "min-interval", 0, "MINUTES", MLINT_CLI_SETTING, 0,
      "what check-interval asks for (default 10)" },
    { "alias", 0, "ALIAS=MAIN", MLINT_CLI_SETTING, 0,
      "ALIAS is an alias of the address MAIN (repeatable)" },
    { "aliases", 0, "FILE", MLINT_CLI_ALIASES, 0, "aliases from FILE, 'alias,main' a line" },
    { "include-disabled", 0, NULL, MLINT_CLI_SETTING, 0,
      "also judge accounts that the client itself does not use" },
    END,
};

const struct mlint_cli_option mlint_cli_failing_options[] = {
    { "fail-on", 0, "LEVEL", MLINT_CLI_SETTING, 0,
      "exit with 1 from this level on: error, warning (default), note or never" },
    { "baseline", 0, "FILE", MLINT_CLI_SETTING, 0,
      "report only what FILE does not know (--write-baseline makes one)" },
    END,
};

const struct mlint_cli_option mlint_cli_baseline_options[] = {
    { "write-baseline", 0, "FILE", MLINT_CLI_TEXT, AT(write_baseline),
      "write FILE, a baseline of everything that is found now" },
    END,
};
