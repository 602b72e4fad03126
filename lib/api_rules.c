/* api_rules.c: public entry points for rules beyond the built-in ones. */
#include "linter.h"

#include "rules/custom.h"

size_t mlint_config_rule_count(const struct mlint_config *config)
{
    return config->rule_count;
}

const struct mlint_rule *mlint_config_rule_at(const struct mlint_config *config, size_t index)
{
    return index < config->rule_count ? config->rules[index] : NULL;
}

enum mlint_status mlint_config_add_rule(struct mlint_config *config,
                                        const struct mlint_host_rule *host,
                                        struct mlint_error *error)
{
    const struct mlint_rule *rule;
    enum mlint_status status;

    if (!config || !host)
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_config_add_rule: an argument is NULL");
    status = mlint_host_rule_make(&config->arena, host, &rule, error);
    if (status == MLINT_OK && config->arena.failed)
        status = mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    return status == MLINT_OK ? mlint_config_take_rule(config, rule, NULL, NULL, error)
                              : status;
}
