/* custom.h: rules that others add: a pattern in the settings, or a function of the host's. */
#ifndef MLINT_RULES_CUSTOM_H
#define MLINT_RULES_CUSTOM_H

#include "base/pattern.h"
#include "rules/rule.h"

/* Whether a text may be the id of a rule, and what to say if not. */
bool mlint_is_rule_id(struct mlint_str id);
#define MLINT_RULE_ID_TEXT                                                                     \
    "a rule's name is lower-case letters, digits and hyphens, a letter first"

/* What a settings file says of a rule, as written; ptr NULL: not said. */
struct mlint_custom {
    struct mlint_str id, field, pattern, message, level, hint;
    const char *origin; /* the file's name */
};

/* Where `key` of a [rule ...] section goes, or NULL if there is no such key. */
struct mlint_str *mlint_custom_key(struct mlint_custom *custom, const char *key);
/* The names of the keys, ended by NULL. */
extern const char *const mlint_custom_keys[];

/* Make a rule in the arena of what a section said, or say what is wrong with it. The pattern is
 * the caller's to free. */
enum mlint_status mlint_custom_rule(struct mlint_arena *arena,
                                    const struct mlint_custom *custom,
                                    const struct mlint_rule **out,
                                    struct mlint_pattern **pattern, struct mlint_error *error);
/* Make a rule in the arena of a host's; its strings are copied. */
enum mlint_status mlint_host_rule_make(struct mlint_arena *arena,
                                       const struct mlint_host_rule *host,
                                       const struct mlint_rule **out,
                                       struct mlint_error *error);

#endif
