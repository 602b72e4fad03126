/* api_catalogue.c: public access to the tables of rules and formats. */
#include "base/module.h"
#include "formats/format.h"
#include "rules/rule.h"

size_t mlint_rule_count(void)
{
    size_t count = 0;

    while (mlint_rules[count])
        count++;
    return count;
}

const struct mlint_rule *mlint_rule_at(size_t index)
{
    return index < mlint_rule_count() ? mlint_rules[index] : NULL;
}

const struct mlint_rule *mlint_rule_find(const char *id)
{
    for (size_t i = 0; id && mlint_rules[i]; i++) {
        if (strcmp(mlint_rules[i]->id, id) == 0)
            return mlint_rules[i];
    }
    return NULL;
}

const char *mlint_rule_id(const struct mlint_rule *rule)
{
    return rule->id;
}

enum mlint_level mlint_rule_level(const struct mlint_rule *rule)
{
    return rule->level;
}

const char *mlint_rule_brief(const struct mlint_rule *rule)
{
    return rule->brief;
}

const char *mlint_rule_why(const struct mlint_rule *rule)
{
    return rule->why;
}

const char *mlint_rule_source(const struct mlint_rule *rule)
{
    return rule->source;
}

const char *mlint_rule_step(const struct mlint_rule *rule, enum mlint_client client)
{
    return client < MLINT_CLIENT_COUNT ? rule->steps[client] : NULL;
}

int mlint_rule_is_reader(const struct mlint_rule *rule)
{
    return rule->scope == MLINT_SCOPE_READER;
}

size_t mlint_format_count(void)
{
    size_t count = 0;

    while (mlint_formats[count])
        count++;
    return count;
}

const struct mlint_format *mlint_format_at(size_t index)
{
    return index < mlint_format_count() ? mlint_formats[index] : NULL;
}

const struct mlint_format *mlint_format_find(const char *id)
{
    for (size_t i = 0; id && mlint_formats[i]; i++) {
        if (strcmp(mlint_formats[i]->id, id) == 0)
            return mlint_formats[i];
    }
    return NULL;
}

const char *mlint_format_id(const struct mlint_format *format)
{
    return format->id;
}

const char *mlint_format_title(const struct mlint_format *format)
{
    return format->title;
}

const char *mlint_format_recognised_by(const struct mlint_format *format)
{
    return format->recognised_by;
}

enum mlint_client mlint_format_client(const struct mlint_format *format)
{
    return format->client;
}

int mlint_format_available(const struct mlint_format *format)
{
    return !format->needs || mlint_module_built(mlint_module_named(format->needs));
}
