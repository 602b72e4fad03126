/* config_aliases.c: which addresses are aliases of which. */
#include "config_parts.h"

#include "base/utf8.h"

#define ADDRESS_MOST 320 /* RFC 5321, 4.5.3.1: 64 + 1 + 255 octets are the longest */

static enum mlint_status add_alias(struct mlint_config *config, struct mlint_str alias,
                                   struct mlint_str main, struct mlint_error *error)
{
    struct mlint_alias *row;

    alias = mlint_str_trim(alias);
    main = mlint_str_trim(main);
    if (mlint_str_find_char(alias, '@') == alias.len ||
        mlint_str_find_char(main, '@') == main.len)
        return mlint_fail_with(error, MLINT_E_SETTINGS,
                               "an alias and its main address are "
                               "both addresses, not \"%.*s\" and \"%.*s\"",
                               MLINT_STR_ARG(alias), MLINT_STR_ARG(main));
    row = mlint_arena_new(&config->arena, struct mlint_alias);
    if (!row)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    row->alias = mlint_utf8_lower(&config->arena, alias);
    row->main = mlint_utf8_lower(&config->arena, main);
    row->origin = config->origin;
    row->next = config->aliases;
    config->aliases = row;
    return MLINT_OK;
}

enum mlint_status mlint_config_set_alias(struct mlint_config *config, struct mlint_str value,
                                         struct mlint_error *error)
{
    size_t equals = mlint_str_find_char(value, '=');

    if (equals == value.len)
        return mlint_config_wrong(error, "alias wants ALIAS=MAIN, not", value, NULL);
    return add_alias(config, mlint_str_sub(value, 0, equals),
                     mlint_str_sub(value, equals + 1, value.len), error);
}

struct mlint_str mlint_config_main_of(const struct mlint_config *config,
                                      struct mlint_str address)
{
    struct mlint_arena scratch;
    struct mlint_str low = { NULL, 0 };

    if (!config->aliases || address.len >= ADDRESS_MOST)
        return low;
    mlint_arena_init(&scratch, config->allocator, 0);
    low = mlint_utf8_lower(&scratch, address);
    for (const struct mlint_alias *row = config->aliases; row; row = row->next) {
        if (mlint_str_eq(row->alias, low)) {
            mlint_arena_done(&scratch);
            return row->main;
        }
    }
    mlint_arena_done(&scratch);
    return (struct mlint_str){ NULL, 0 };
}

static enum mlint_status add_aliases(struct mlint_config *config, const char *name,
                                     struct mlint_str rest, struct mlint_error *error)
{
    struct mlint_str line;
    unsigned number = 0;

    while (mlint_str_split(&rest, '\n', &line)) {
        enum mlint_status status = MLINT_OK;
        size_t comma;
        number++;
        line = mlint_str_trim(line);
        comma = mlint_str_find_char(line, ',');
        if (!line.len || line.ptr[0] == '#')
            continue;
        if (comma == line.len)
            status = mlint_fail_with(error, MLINT_E_SETTINGS, "%s:%u: \"alias,main\" is wanted",
                                     name, number);
        else
            status = add_alias(config, mlint_str_sub(line, 0, comma),
                               mlint_str_sub(line, comma + 1, line.len), error);
        if (status != MLINT_OK) {
            if (error)
                error->line = number;
            return status;
        }
    }
    return MLINT_OK;
}

enum mlint_status mlint_config_add_aliases(struct mlint_config *config, const char *name,
                                           const char *data, size_t length,
                                           struct mlint_error *error)
{
    enum mlint_status status;

    if (!config || (!data && length))
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_config_add_aliases: an argument is NULL");
    name = name ? name : "aliases";
    mlint_config_begin(config, name);
    status = add_aliases(config, name, mlint_str_make(length ? data : "", length), error);
    if (status == MLINT_OK && config->arena.failed)
        status = mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    config->origin = NULL;
    return status;
}
