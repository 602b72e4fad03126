/* config.h: the settings of a run, and what a thread keeps between files. */
#ifndef MLINT_MODEL_CONFIG_H
#define MLINT_MODEL_CONFIG_H

#include "base/buf.h"
#include "base/module.h"
#include "base/pattern.h"
#include "maillint/maillint.h"
#include "source/closing.h"

struct mlint_alias {
    struct mlint_alias *next;
    struct mlint_str alias, main; /* lower-cased */
    const char *origin;
};

/* A file of the installation that profiles are joined with. */
struct mlint_installed {
    struct mlint_installed *next;
    struct mlint_str path; /* its place there: "defaults/pref/X.js" */
    struct mlint_str name; /* as reports show it */
    struct mlint_str bytes;
};

/* A [path GLOB] section of a settings file; see config_paths.c. */
struct mlint_path_setting {
    struct mlint_path_setting *next;
    const char *key;          /* as written: a rule's id or a setting's name */
    const char *name, *value; /* as a setting: "severity", "no-spa=off" */
    const char *shown;        /* the value as written */
    const char *origin;
};

struct mlint_path_section {
    struct mlint_path_section *next;
    struct mlint_str glob, folder; /* of the settings file */
    const char *origin;
    unsigned line, turn, number;
    struct mlint_path_setting *settings;
};

struct mlint_config {
    struct mlint_arena arena;
    const struct mlint_allocator *allocator;
    const struct mlint_rule **rules; /* built in, then those that settings and hosts added */
    enum mlint_level *levels;        /* beside them */
    size_t rule_count;
    struct mlint_pattern **patterns; /* of added rules, beside them; NULL: none */
    enum mlint_level fail_on;
    int64_t min_interval_ms;
    bool min_interval_set;  /* by the user: wins over the provider's */
    bool selected;          /* a select setting was given */
    bool interval_for_imap; /* protocols = pop3,imap */
    bool include_disabled;
    bool read_passwords;
    const char *baseline;            /* a path, for whoever opens it; NULL: none */
    unsigned code_page;              /* for 8-bit text that is not UTF-8 */
    size_t limit_memory, limit_size; /* bytes */
    struct mlint_alias *aliases;
    struct mlint_provider *providers;    /* built-in ones and files */
    const struct mlint_provider *chosen; /* --provider, or NULL: pick by account */
    struct mlint_domain_map {
        struct mlint_domain_map *next;
        struct mlint_str domain, provider;
        const char *origin;
    } * domains;
    bool allow_plugins;           /* settings files may name shared objects */
    struct mlint_opened *plugins; /* shared objects with rules */
    struct mlint_folder *linted;  /* no plug-in is taken from these */
    struct mlint_installed *installed;
    size_t installed_count;
    const char *installation;         /* the folder they were read from, or NULL */
    const char **origins;             /* by setting, for mlint_config_each */
    const char **rule_origins;        /* by rule: of its level */
    struct mlint_path_section *paths; /* in their order */
    unsigned path_count;
    const char *working_folder;   /* what relative paths are relative to; NULL: nothing known */
    unsigned turn;                /* counts settings files and settings of the program */
    unsigned *turns, *rule_turns; /* beside origins: when each was set last */
    bool loading;                 /* a settings file is one turn */
    const char *origin;           /* of the setting that is being taken in, or NULL */
};

/* The names of the folder that was listed last: files beside each other ask for the same. */
struct mlint_listing {
    uint64_t device, inode; /* 0, 0: none */
    int64_t changed, nanoseconds;
    struct mlint_buf names;
};

/* One thread's memory between files. */
struct mlint_linter {
    const struct mlint_config *config;
    struct mlint_modules modules;
    struct mlint_result *spare; /* a freed result, its arena's first block kept */
    char *file_buffer;          /* reused to read files */
    size_t file_cap;
    struct mlint_closing closing;           /* of listed files */
    struct mlint_pattern *shape;            /* of app passwords, once one was met */
    const struct mlint_format *last_format; /* of the file before; see formats/detect.c */
    struct mlint_listing listing;
    bool file_busy;              /* a live result reads from file_buffer */
    int (*progress)(void *user); /* the host's, or NULL */
    void *progress_user;
    bool stopped; /* it has asked to end the call that runs */
};

/* Ask the host whether to go on. Once it said no the rest of the call does nothing and is
 * thrown away; places that loop over the input ask here. */
static inline bool mlint_linter_stopped(struct mlint_linter *linter)
{
    if (linter->progress && !linter->stopped)
        linter->stopped = linter->progress(linter->progress_user) != 0;
    return linter->stopped;
}

/* The installed file at that place, or NULL. */
const struct mlint_installed *mlint_config_installed(const struct mlint_config *config,
                                                     struct mlint_str path);
/* Add a rule that lives as long as the config; the pattern (or NULL) becomes the config's, also
 * when the rule is refused: its id is taken, or there are too many. origin: what gave it its
 * level, or NULL. */
enum mlint_status mlint_config_take_rule(struct mlint_config *config,
                                         const struct mlint_rule *rule,
                                         struct mlint_pattern *pattern, const char *origin,
                                         struct mlint_error *error);
/* The settings of one file, where [path GLOB] sections match it, in the arena; else NULL. A bit
 * for each section that does. */
const struct mlint_config *mlint_config_for(struct mlint_arena *arena,
                                            const struct mlint_config *config,
                                            struct mlint_str path, uint64_t *sections);
static inline enum mlint_level mlint_config_level_at(const struct mlint_config *config,
                                                     size_t rule_index)
{
    return config->levels[rule_index];
}
/* The main address that this one (any case) is an alias of, or {NULL, 0}. */
struct mlint_str mlint_config_main_of(const struct mlint_config *config,
                                      struct mlint_str address);

#endif
