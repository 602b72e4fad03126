/* config_rules.c: which rules a run has, and how loud each is. */
#include "config_parts.h"

#include "model/words.h"
#include "rules/rule.h"
#include "source/limits.h"

enum mlint_status mlint_config_wrong(struct mlint_error *error, const char *what,
                                     struct mlint_str value, const char *nearest)
{
    if (nearest)
        return mlint_fail_with(error, MLINT_E_SETTINGS, "%s \"%.*s\"; did you mean \"%s\"?",
                               what, MLINT_STR_ARG(value), nearest);
    return mlint_fail_with(error, MLINT_E_SETTINGS, "%s \"%.*s\"", what, MLINT_STR_ARG(value));
}

static enum mlint_status find_rule(const struct mlint_config *config, struct mlint_str id,
                                   size_t *out, struct mlint_error *error)
{
    const char *names[MLINT_LIMIT_RULES];

    for (size_t i = 0; i < config->rule_count; i++) {
        names[i] = config->rules[i]->id;
        if (mlint_str_eq(id, mlint_str_from(names[i]))) {
            *out = i;
            return MLINT_OK;
        }
    }
    return mlint_config_wrong(error, "no rule is called", id,
                              mlint_nearest(id, names, config->rule_count));
}

/* Call apply for each rule of a comma-separated list. */
static enum mlint_status each_rule(struct mlint_config *config, struct mlint_str list,
                                   enum mlint_level *target, struct mlint_error *error)
{
    struct mlint_str part;
    enum mlint_status status;
    size_t index;

    while (mlint_str_split(&list, ',', &part)) {
        part = mlint_str_trim(part);
        if (!part.len)
            continue;
        status = find_rule(config, part, &index, error);
        if (status != MLINT_OK)
            return status;
        config->levels[index] = target ? target[index] : MLINT_OFF;
        config->rule_origins[index] = config->origin;
        config->rule_turns[index] = config->turn;
    }
    return MLINT_OK;
}

/* Only the rules named run; reader findings are about the file and stay. */
enum mlint_status mlint_config_set_select(struct mlint_config *config, struct mlint_str value,
                                          struct mlint_error *error)
{
    enum mlint_level before[MLINT_LIMIT_RULES];
    enum mlint_status status;

    for (size_t i = 0; i < config->rule_count; i++) {
        before[i] = config->levels[i] ? config->levels[i] : config->rules[i]->level;
        if (config->selected || config->rules[i]->scope == MLINT_SCOPE_READER)
            continue;
        config->levels[i] = MLINT_OFF;
        config->rule_origins[i] = config->origin;
        config->rule_turns[i] = config->turn;
    }
    status = each_rule(config, value, before, error);
    config->selected = true;
    return status;
}

enum mlint_status mlint_config_set_ignore(struct mlint_config *config, struct mlint_str value,
                                          struct mlint_error *error)
{
    return each_rule(config, value, NULL, error);
}

static enum mlint_status set_level(struct mlint_str word, enum mlint_level *out,
                                   struct mlint_error *error)
{
    static const char *const names[] = { "error", "warning", "note", "off" };

    if (mlint_level_from(word, out))
        return MLINT_OK;
    return mlint_config_wrong(error, "a level is error, warning, note or off, not", word,
                              mlint_nearest(word, names, 4));
}

enum mlint_status mlint_config_set_severity(struct mlint_config *config, struct mlint_str value,
                                            struct mlint_error *error)
{
    size_t equals = mlint_str_find_char(value, '='), index;
    enum mlint_level level;
    enum mlint_status status;

    if (equals == value.len)
        return mlint_config_wrong(error, "severity wants RULE=LEVEL, not", value, NULL);
    status = find_rule(config, mlint_str_trim(mlint_str_sub(value, 0, equals)), &index, error);
    if (status == MLINT_OK)
        status = set_level(mlint_str_trim(mlint_str_sub(value, equals + 1, value.len)), &level,
                           error);
    if (status != MLINT_OK)
        return status;
    config->levels[index] = level;
    config->rule_origins[index] = config->origin;
    config->rule_turns[index] = config->turn;
    return MLINT_OK;
}

void mlint_config_put_rule(struct mlint_config *config, const struct mlint_rule *rule,
                           struct mlint_pattern *pattern, const char *origin)
{
    config->rule_origins[config->rule_count] = origin;
    config->rules[config->rule_count] = rule;
    config->levels[config->rule_count] = rule->level;
    config->patterns[config->rule_count++] = pattern;
}

enum mlint_status mlint_config_take_rule(struct mlint_config *config,
                                         const struct mlint_rule *rule,
                                         struct mlint_pattern *pattern, const char *origin,
                                         struct mlint_error *error)
{
    size_t index;

    if (origin)
        origin = mlint_arena_copy(&config->arena, mlint_str_from(origin)).ptr;

    if (find_rule(config, mlint_str_from(rule->id), &index, NULL) == MLINT_OK) {
        mlint_pattern_free(pattern);
        return mlint_fail_with(error, MLINT_E_SETTINGS, "there is a rule called \"%s\" already",
                               rule->id);
    }
    if (config->rule_count == MLINT_LIMIT_RULES) {
        mlint_pattern_free(pattern);
        return mlint_fail_with(error, MLINT_E_LIMIT, "more than %d rules", MLINT_LIMIT_RULES);
    }
    /* Those of a plug-in came with the setting that names it. */
    mlint_config_put_rule(config, rule, pattern, origin ? origin : config->origin);
    return MLINT_OK;
}

enum mlint_level mlint_config_level(const struct mlint_config *config, const char *rule)
{
    size_t index;

    if (find_rule(config, mlint_str_from(rule), &index, NULL) != MLINT_OK)
        return MLINT_OFF;
    return config->levels[index];
}
