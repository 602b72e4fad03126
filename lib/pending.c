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

__attribute__((weak)) enum mlint_status mlint_config_load(struct mlint_config *config,
                                                          const char *name, const char *data,
                                                          size_t length,
                                                          struct mlint_error *error)
{
    (void)config, (void)name, (void)data, (void)length, (void)error;
    return MLINT_E_UNSUPPORTED;
}

__attribute__((weak)) size_t mlint_report_format_count(void)
{
    return 0;
}

__attribute__((weak)) const char *mlint_report_format_at(size_t index)
{
    (void)index;
    return NULL;
}

__attribute__((weak)) enum mlint_status mlint_report_new(struct mlint_report **out,
                                                         const struct mlint_config *config,
                                                         const struct mlint_report_options *options,
                                                         struct mlint_error *error)
{
    (void)out, (void)config, (void)options, (void)error;
    return MLINT_E_UNSUPPORTED;
}

__attribute__((weak)) enum mlint_status mlint_report_add(struct mlint_report *report,
                                                         const struct mlint_result *result,
                                                         struct mlint_error *error)
{
    (void)report, (void)result, (void)error;
    return MLINT_E_UNSUPPORTED;
}

__attribute__((weak)) enum mlint_status mlint_report_finish(struct mlint_report *report,
                                                            uint64_t milliseconds,
                                                            struct mlint_summary *summary,
                                                            struct mlint_error *error)
{
    (void)report, (void)milliseconds, (void)summary, (void)error;
    return MLINT_E_UNSUPPORTED;
}

__attribute__((weak)) void mlint_report_free(struct mlint_report *report)
{
    (void)report;
}

__attribute__((weak)) enum mlint_status mlint_report_render(const struct mlint_report *report,
                                                            const struct mlint_result *result,
                                                            struct mlint_chunk *chunk)
{
    (void)report, (void)result, (void)chunk;
    return MLINT_E_UNSUPPORTED;
}

__attribute__((weak)) enum mlint_status mlint_report_append(struct mlint_report *report,
                                                            struct mlint_chunk *chunk,
                                                            struct mlint_error *error)
{
    (void)report, (void)chunk, (void)error;
    return MLINT_E_UNSUPPORTED;
}

__attribute__((weak)) enum mlint_status mlint_chunk_new(struct mlint_chunk **out,
                                                        const struct mlint_report *report)
{
    (void)out, (void)report;
    return MLINT_E_UNSUPPORTED;
}

__attribute__((weak)) void mlint_chunk_free(struct mlint_chunk *chunk)
{
    (void)chunk;
}
