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
