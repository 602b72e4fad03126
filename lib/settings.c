/* settings.c: a settings file's text (.maillint.ini), read with inih. Every value goes through
 * mlint_config_set, so that files and options cannot differ.
 *
 *     [maillint]   name = value, as the options of check without their dashes
 *     [severity]   RULE = LEVEL
 *     [aliases]    ALIAS = MAIN
 *     [domains]    DOMAIN = PROVIDER */
#include "linter.h"

#include <ini.h>

struct loading {
    struct mlint_config *config;
    const char *name;
    struct mlint_error *error;
    struct mlint_arena *arena;
    enum mlint_status status;
};

static const struct section {
    const char *name;
    const char *setting; /* NULL: the key names it */
} sections[] = {
    { "maillint", NULL },
    { "severity", "severity" },
    { "aliases", "alias" },
    { "domains", "domain" },
};
#define SECTION_COUNT (sizeof(sections) / sizeof(sections[0]))

static const struct section *find_section(struct loading *loading, const char *name)
{
    const char *names[SECTION_COUNT];
    const char *near;

    for (size_t i = 0; i < SECTION_COUNT; i++) {
        names[i] = sections[i].name;
        if (strcmp(name, names[i]) == 0)
            return &sections[i];
    }
    near = mlint_nearest(mlint_str_from(name), names, SECTION_COUNT);
    loading->status = mlint_fail_with(
        loading->error, MLINT_E_SETTINGS, "no section is called [%s]%s%s%s", name,
        near ? "; did you mean [" : "", near ? near : "", near ? "]?" : "");
    return NULL;
}

static int take(void *user, const char *section, const char *key, const char *value)
{
    struct loading *loading = user;
    const struct section *found = find_section(loading, section);

    if (!found)
        return 0;
    if (found->setting)
        value = mlint_arena_printf(loading->arena, "%s=%s", key, value);
    loading->status = mlint_config_set(loading->config, found->setting ? found->setting : key,
                                       value, loading->name, loading->error);
    return loading->status == MLINT_OK;
}

/* "FILE:LINE: what was wrong". */
static void name_line(struct loading *loading, int line)
{
    struct mlint_error *error = loading->error;
    const char *cause;

    if (!error)
        return;
    cause = loading->status == MLINT_OK
                ? "not a line of an INI file"
                : mlint_arena_copy(loading->arena, mlint_str_from(error->message)).ptr;
    mlint_fail_with(error, MLINT_E_SETTINGS, "%s:%d: %s", loading->name, line, cause);
    error->line = (unsigned)line;
}

enum mlint_status mlint_config_load(struct mlint_config *config, const char *name,
                                    const char *data, size_t length, struct mlint_error *error)
{
    struct mlint_arena arena;
    struct loading loading = {
        .config = config, .name = name ? name : "settings", .error = error, .arena = &arena
    };
    struct mlint_str text;
    int line;

    if (!config || (!data && length))
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_config_load: an argument is NULL");
    mlint_arena_init(&arena, config->allocator, 0);
    text = mlint_arena_copy(&arena, mlint_str_make(length ? data : "", length));
    line = arena.failed ? 0 : ini_parse_string(text.ptr, take, &loading);
    if (line)
        name_line(&loading, line);
    if (arena.failed || config->arena.failed)
        loading.status = mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    else if (line)
        loading.status = MLINT_E_SETTINGS;
    mlint_arena_done(&arena);
    return loading.status;
}
