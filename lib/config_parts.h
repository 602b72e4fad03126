/* config_parts.h: what the files that make up the settings share. */
#ifndef MLINT_CONFIG_PARTS_H
#define MLINT_CONFIG_PARTS_H

#include "base/error.h"
#include "model/config.h"

/* A value that is none: "WHAT "VALUE"; did you mean "NEAREST"?" (nearest may be NULL). */
enum mlint_status mlint_config_wrong(struct mlint_error *error, const char *what,
                                     struct mlint_str value, const char *nearest);

/* The settings of that name; see config_rules.c. */
enum mlint_status mlint_config_set_select(struct mlint_config *config, struct mlint_str value,
                                          struct mlint_error *error);
enum mlint_status mlint_config_set_ignore(struct mlint_config *config, struct mlint_str value,
                                          struct mlint_error *error);
enum mlint_status mlint_config_set_severity(struct mlint_config *config, struct mlint_str value,
                                            struct mlint_error *error);
enum mlint_status mlint_config_set_alias(struct mlint_config *config, struct mlint_str value,
                                         struct mlint_error *error);
/* What is taken in from here on came from there (NULL: the program). */
void mlint_config_begin(struct mlint_config *config, const char *origin);
size_t mlint_config_setting_count(void);
/* Set one in a copy of a config, which keeps the value's own bytes. */
enum mlint_status mlint_config_apply(struct mlint_config *copy, const char *name,
                                     struct mlint_str value, struct mlint_error *error);
/* When a setting was set last; see config_paths.c. */
unsigned mlint_config_turn_of(const struct mlint_config *config, const char *name);
/* mlint_config_each, without and of the [path GLOB] sections. */
int mlint_config_each_plain(const struct mlint_config *config,
                            int (*visit)(void *user, const char *name, const char *value,
                                         const char *origin),
                            void *user);
int mlint_config_each_path(const struct mlint_config *config,
                           int (*visit)(void *user, const char *name, const char *value,
                                        const char *origin),
                           void *user);

/* Where a key of a [path GLOB] section stands. */
struct mlint_path_place {
    const char *section; /* "path GLOB" */
    const char *file;
    unsigned section_line, line;
};
bool mlint_is_path_section(const char *section);
enum mlint_status mlint_config_take_path(struct mlint_config *config,
                                         const struct mlint_path_place *place, const char *key,
                                         const char *value, struct mlint_error *error);
/* See plugin.c. */
enum mlint_status mlint_config_set_plugin(struct mlint_config *config, struct mlint_str value,
                                          struct mlint_error *error);
enum mlint_status mlint_config_set_no_plugins_in(struct mlint_config *config,
                                                 struct mlint_str value,
                                                 struct mlint_error *error);
/* See installation.c. */
enum mlint_status mlint_config_set_installation(struct mlint_config *config,
                                                struct mlint_str value,
                                                struct mlint_error *error);
void mlint_plugins_close(struct mlint_config *config);
/* Append a rule; there must be room. */
void mlint_config_put_rule(struct mlint_config *config, const struct mlint_rule *rule,
                           struct mlint_pattern *pattern, const char *origin);

#endif
