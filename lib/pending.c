/* pending.c: weak stand-ins until their owners land; this file goes away with the last one. */
#include "providers/provider.h"
#include "rules/rule.h"

__attribute__((weak)) bool mlint_providers_built_in(struct mlint_config *config)
{
    (void)config;
    return true;
}

__attribute__((weak)) struct mlint_provider *mlint_provider_parse(struct mlint_arena *arena,
                                                                  const char *name,
                                                                  struct mlint_str text,
                                                                  struct mlint_error *error)
{
    (void)arena, (void)name, (void)text, (void)error;
    return NULL;
}

__attribute__((weak)) void mlint_rules_run(struct mlint_result *result)
{
    (void)result;
}
