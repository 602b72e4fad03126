/* settings.c: a settings file's text (.maillint.ini), read with inih. Every value goes through
 * mlint_config_set, so that files and options cannot differ.
 *
 *     [maillint]   name = value, as the options of check without their dashes
 *     [severity]   RULE = LEVEL
 *     [aliases]    ALIAS = MAIN
 *     [domains]    DOMAIN = PROVIDER
 *     [rule NAME]  a rule of one's own; see rules/custom.c
 *     [path GLOB]  RULE = LEVEL and some settings, of files that match; see config_paths.c
 *
 * Rules are made and plug-ins opened first, so that [severity] and `select` may name them
 * wherever they stand. */
#include "config_parts.h"
#include "linter.h"

#include "base/own_ini.h"
#include "rules/custom.h"

#define RULE_PREFIX "rule "

/* A [rule NAME] section. */
struct draft {
    struct draft *next;
    struct mlint_custom custom;
};

struct loading {
    struct mlint_config *config;
    struct mlint_own_ini ini;
    struct mlint_error *error;
    struct mlint_arena *arena;
    struct draft *drafts, *draft; /* first, newest */
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
    mlint_fail_with(loading->error, MLINT_E_SETTINGS, "no section is called [%s]%s%s%s", name,
                    near ? "; did you mean [" : "", near ? near : "", near ? "]?" : "");
    return NULL;
}

/* "FILE:LINE" of what is being taken in. */
static const char *here(const struct loading *loading)
{
    return mlint_arena_printf(loading->arena, "%s:%u", loading->ini.name, loading->ini.line);
}

/* A file that the settings name stands where they do. */
static const char *beside(const struct loading *loading, const char *value)
{
    struct mlint_str name = mlint_str_from(loading->ini.name);
    size_t slash = mlint_str_rfind_char(name, '/');

    if (value[0] == '/' || slash == name.len)
        return value;
    return mlint_arena_printf(loading->arena, "%.*s/%s", (int)slash, name.ptr, value);
}

/* ---- Rules ---- */

static struct draft *draft_of(struct loading *loading, const char *section)
{
    struct mlint_str id = mlint_str_trim(mlint_str_from(section + sizeof(RULE_PREFIX) - 1));
    struct draft *draft;

    if (loading->draft && mlint_str_eq(loading->draft->custom.id, id))
        return loading->draft;
    draft = mlint_arena_new(loading->arena, struct draft);
    if (!draft)
        return NULL;
    draft->custom.id = mlint_arena_copy(loading->arena, id);
    draft->custom.origin = loading->ini.name;
    if (loading->draft)
        loading->draft->next = draft;
    else
        loading->drafts = draft;
    loading->draft = draft;
    return draft;
}

static bool refuse_key(struct loading *loading, const char *key)
{
    const char *near = NULL;
    size_t count = 0;

    while (mlint_custom_keys[count])
        count++;
    near = mlint_nearest(mlint_str_from(key), mlint_custom_keys, count);
    mlint_fail_with(loading->error, MLINT_E_SETTINGS, "a rule has no \"%s\"%s%s%s", key,
                    near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return false;
}

/* A shared object, if the program lets files name one. */
static bool take_plugin(struct loading *loading, const char *value)
{
    if (!loading->config->allow_plugins) {
        mlint_fail_with(
            loading->error, MLINT_E_SETTINGS,
            "a plug-in is named by --plugin, by the file of --config or by your own "
            "settings, not by a file that happens to be there");
        return false;
    }
    if (value[0] != '/') {
        mlint_fail_with(loading->error, MLINT_E_SETTINGS,
                        "a plug-in is named by its whole path, not \"%s\"", value);
        return false;
    }
    return mlint_config_set(loading->config, "plugin", value, here(loading), loading->error) ==
           MLINT_OK;
}

static bool is_plugin(const char *section, const char *key)
{
    return strcmp(section, "maillint") == 0 && strcmp(key, "plugin") == 0;
}

static bool is_rule(const char *section)
{
    return strncmp(section, RULE_PREFIX, sizeof(RULE_PREFIX) - 1) == 0;
}

static bool take_rule(void *user, const char *section, const char *key, const char *value)
{
    struct loading *loading = user;
    struct mlint_str *place;
    struct draft *draft;

    if (is_plugin(section, key))
        return take_plugin(loading, value);
    if (!is_rule(section))
        return true;
    draft = draft_of(loading, section);
    if (!draft)
        return true; /* no memory: said at the end */
    place = mlint_custom_key(&draft->custom, key);
    if (!place)
        return refuse_key(loading, key);
    if (place->ptr) {
        mlint_fail_with(loading->error, MLINT_E_SETTINGS,
                        "\"%s\" is there twice, or runs over two lines", key);
        return false;
    }
    *place = mlint_arena_copy(loading->arena, mlint_str_from(value));
    return true;
}

/* Where the section of a rule stands; its keys may be fine and something is missing. */
static unsigned line_of(struct mlint_str text, struct mlint_str id)
{
    struct mlint_str line;

    for (unsigned number = 1; mlint_str_split(&text, '\n', &line); number++) {
        line = mlint_str_trim(line);
        if (mlint_str_starts(line, MLINT_STR("[" RULE_PREFIX)) &&
            mlint_str_find(line, id) < line.len)
            return number;
    }
    return 1;
}

static enum mlint_status make_rules(struct loading *loading)
{
    for (const struct draft *draft = loading->drafts; draft; draft = draft->next) {
        const struct mlint_rule *rule;
        struct mlint_pattern *pattern;
        enum mlint_status status = mlint_custom_rule(&loading->config->arena, &draft->custom,
                                                     &rule, &pattern, loading->error);

        loading->ini.line = line_of(loading->ini.text, draft->custom.id);
        if (status == MLINT_OK)
            status = mlint_config_take_rule(loading->config, rule, pattern, here(loading),
                                            loading->error);
        if (status == MLINT_E_NO_MEMORY)
            return status;
        if (status != MLINT_OK)
            return mlint_own_ini_wrong(loading->ini.name, loading->ini.line, loading->error);
    }
    return MLINT_OK;
}

/* ---- Everything else ---- */

static bool take_path(struct loading *loading, const char *section, const char *key,
                      const char *value)
{
    const struct mlint_path_place place = { section, loading->ini.name,
                                            loading->ini.section_line, loading->ini.line };

    enum mlint_status status =
        mlint_config_take_path(loading->config, &place, key, value, loading->error);

    /* Said at the end, not as a line that is wrong. */
    loading->arena->failed |= status == MLINT_E_NO_MEMORY;
    return status == MLINT_OK;
}

static bool take(void *user, const char *section, const char *key, const char *value)
{
    struct loading *loading = user;
    const struct section *found;

    if (is_rule(section) || is_plugin(section, key))
        return true;
    if (mlint_is_path_section(section))
        return take_path(loading, section, key, value);
    found = find_section(loading, section);
    if (!found)
        return false;
    if (!found->setting &&
        (strcmp(key, "allow-plugins") == 0 || strcmp(key, "no-plugins-in") == 0 ||
         strcmp(key, "working-folder") == 0)) {
        mlint_fail_with(loading->error, MLINT_E_SETTINGS, "\"%s\" is not for settings files",
                        key);
        return false;
    }
    if (!found->setting && strcmp(key, "installation") == 0 && value[0] != '/') {
        mlint_fail_with(loading->error, MLINT_E_SETTINGS,
                        "an installation is named by its whole path, not \"%s\"", value);
        return false;
    }
    if (!found->setting && strcmp(key, "baseline") == 0)
        value = beside(loading, value);
    if (found->setting)
        value = mlint_arena_printf(loading->arena, "%s=%s", key, value);
    return mlint_config_set(loading->config, found->setting ? found->setting : key, value,
                            here(loading), loading->error) == MLINT_OK;
}

static enum mlint_status load(struct loading *loading)
{
    enum mlint_status status =
        mlint_own_ini_read(&loading->ini, take_rule, loading, loading->error);

    if (status == MLINT_OK)
        status = make_rules(loading);
    if (status == MLINT_OK)
        status = mlint_own_ini_read(&loading->ini, take, loading, loading->error);
    if (loading->arena->failed || loading->config->arena.failed)
        return mlint_fail_with(loading->error, MLINT_E_NO_MEMORY, "out of memory");
    return status;
}

enum mlint_status mlint_config_load(struct mlint_config *config, const char *name,
                                    const char *data, size_t length, struct mlint_error *error)
{
    struct mlint_error unasked = { 0 };
    struct mlint_arena arena;
    struct loading loading = { .config = config,
                               .ini.name = name ? name : "settings",
                               .error = error ? error : &unasked,
                               .arena = &arena };
    enum mlint_status status;

    if (!config || (!data && length))
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_config_load: an argument is NULL");
    mlint_arena_init(&arena, config->allocator, 0);
    loading.ini.text = mlint_str_make(length ? data : "", length);
    config->turn++;
    config->loading = true;
    status = load(&loading);
    config->loading = false;
    mlint_arena_done(&arena);
    return status;
}
