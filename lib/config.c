/* config.c: the settings of a run. Every setting is one row: its name, how a value is taken in
 * and how it is shown; options of the command, settings files and hosts all come through here.
 */
#include "config_parts.h"
#include "linter.h"

#include "base/num.h"
#include "base/utf8.h"
#include "model/words.h"
#include "providers/provider.h"
#include "rules/rule.h"
#include "source/limits.h"

#include <stdio.h>

struct setting {
    const char *name;
    enum mlint_status (*set)(struct mlint_config *config, struct mlint_str value,
                             struct mlint_error *error);
    const char *(*show)(const struct mlint_config *config, char *buffer, size_t size);
};

/* ---- Levels ---- */

static enum mlint_status set_fail_on(struct mlint_config *config, struct mlint_str value,
                                     struct mlint_error *error)
{
    static const char *const names[] = { "error", "warning", "note", "never" };

    if (mlint_str_eq(value, MLINT_STR("never"))) {
        config->fail_on = MLINT_OFF;
        return MLINT_OK;
    }
    if (mlint_str_eq(value, MLINT_STR("off")) || !mlint_level_from(value, &config->fail_on))
        return mlint_config_wrong(error, "fail-on is error, warning, note or never, not", value,
                                  mlint_nearest(value, names, 4));
    return MLINT_OK;
}

static const char *show_fail_on(const struct mlint_config *config, char *buffer, size_t size)
{
    (void)buffer;
    (void)size;
    return config->fail_on == MLINT_OFF ? "never" : mlint_level_name(config->fail_on);
}

/* ---- Numbers and switches ---- */

static enum mlint_status number_in(struct mlint_str value, int64_t least, int64_t most,
                                   int64_t *out, struct mlint_error *error)
{
    if (mlint_num_parse(value, 10, out) && *out >= least && *out <= most)
        return MLINT_OK;
    return mlint_fail_with(error, MLINT_E_SETTINGS,
                           "\"%.*s\" is not a number from %lld to %lld", MLINT_STR_ARG(value),
                           (long long)least, (long long)most);
}

static enum mlint_status set_min_interval(struct mlint_config *config, struct mlint_str value,
                                          struct mlint_error *error)
{
    int64_t minutes;
    enum mlint_status status = number_in(value, 0, 10080, &minutes, error);

    if (status == MLINT_OK) {
        config->min_interval_ms = minutes * 60000;
        config->min_interval_set = true;
    }
    return status;
}

static const char *show_min_interval(const struct mlint_config *config, char *buffer,
                                     size_t size)
{
    snprintf(buffer, size, "%lld", (long long)(config->min_interval_ms / 60000));
    return buffer;
}

static enum mlint_status set_code_page(struct mlint_config *config, struct mlint_str value,
                                       struct mlint_error *error)
{
    int64_t page;
    enum mlint_status status = number_in(value, 1, 65535, &page, error);

    if (status == MLINT_OK)
        config->code_page = (unsigned)page;
    return status;
}

static const char *show_code_page(const struct mlint_config *config, char *buffer, size_t size)
{
    snprintf(buffer, size, "%u", config->code_page);
    return buffer;
}

static enum mlint_status set_mib(struct mlint_str value, size_t *out, struct mlint_error *error)
{
    int64_t mib;
    enum mlint_status status = number_in(value, 1, 1023, &mib, error);

    if (status == MLINT_OK)
        *out = (size_t)mib << 20;
    return status;
}

static enum mlint_status set_limit_memory(struct mlint_config *config, struct mlint_str value,
                                          struct mlint_error *error)
{
    return set_mib(value, &config->limit_memory, error);
}

static enum mlint_status set_limit_size(struct mlint_config *config, struct mlint_str value,
                                        struct mlint_error *error)
{
    return set_mib(value, &config->limit_size, error);
}

static const char *show_limit_memory(const struct mlint_config *config, char *buffer,
                                     size_t size)
{
    snprintf(buffer, size, "%zu", config->limit_memory >> 20);
    return buffer;
}

static const char *show_limit_size(const struct mlint_config *config, char *buffer, size_t size)
{
    snprintf(buffer, size, "%zu", config->limit_size >> 20);
    return buffer;
}

static enum mlint_status set_switch(struct mlint_str value, bool *out,
                                    struct mlint_error *error)
{
    if (mlint_str_eq(value, MLINT_STR("yes")) || mlint_str_eq(value, MLINT_STR("true")))
        *out = true;
    else if (mlint_str_eq(value, MLINT_STR("no")) || mlint_str_eq(value, MLINT_STR("false")))
        *out = false;
    else
        return mlint_config_wrong(error, "yes or no is wanted, not", value, NULL);
    return MLINT_OK;
}

static enum mlint_status set_include_disabled(struct mlint_config *config,
                                              struct mlint_str value, struct mlint_error *error)
{
    return set_switch(value, &config->include_disabled, error);
}

static enum mlint_status set_read_passwords(struct mlint_config *config, struct mlint_str value,
                                            struct mlint_error *error)
{
    return set_switch(value, &config->read_passwords, error);
}

static enum mlint_status set_allow_plugins(struct mlint_config *config, struct mlint_str value,
                                           struct mlint_error *error)
{
    return set_switch(value, &config->allow_plugins, error);
}

static const char *show_include_disabled(const struct mlint_config *config, char *buffer,
                                         size_t size)
{
    (void)buffer;
    (void)size;
    return config->include_disabled ? "yes" : "no";
}

static const char *show_read_passwords(const struct mlint_config *config, char *buffer,
                                       size_t size)
{
    (void)buffer;
    (void)size;
    return config->read_passwords ? "yes" : "no";
}

static enum mlint_status set_protocols(struct mlint_config *config, struct mlint_str value,
                                       struct mlint_error *error)
{
    struct mlint_str part;
    bool imap = false;

    while (mlint_str_split(&value, ',', &part)) {
        part = mlint_str_trim(part);
        if (mlint_str_eq_nocase(part, MLINT_STR("imap")))
            imap = true;
        else if (!mlint_str_eq_nocase(part, MLINT_STR("pop3")))
            return mlint_config_wrong(error, "protocols are pop3 and imap, not", part, NULL);
    }
    config->interval_for_imap = imap;
    return MLINT_OK;
}

static const char *show_protocols(const struct mlint_config *config, char *buffer, size_t size)
{
    (void)buffer;
    (void)size;
    return config->interval_for_imap ? "pop3,imap" : "pop3";
}

/* ---- Providers ---- */

static const struct mlint_provider *provider_named(const struct mlint_config *config,
                                                   struct mlint_str id)
{
    for (const struct mlint_provider *p = config->providers; p; p = p->next) {
        if (mlint_str_eq(p->id, id))
            return p;
    }
    return NULL;
}

static enum mlint_status set_provider(struct mlint_config *config, struct mlint_str value,
                                      struct mlint_error *error)
{
    const struct mlint_provider *chosen = provider_named(config, value);
    const char *names[64];
    size_t count = 0;

    if (chosen) {
        config->chosen = chosen;
        return MLINT_OK;
    }
    for (const struct mlint_provider *p = config->providers; p && count < 64; p = p->next)
        names[count++] = p->id.ptr;
    return mlint_config_wrong(error, "no provider is called", value,
                              mlint_nearest(value, names, count));
}

static const char *show_provider(const struct mlint_config *config, char *buffer, size_t size)
{
    (void)buffer;
    (void)size;
    return config->chosen ? config->chosen->id.ptr : "by account";
}

static enum mlint_status set_domain(struct mlint_config *config, struct mlint_str value,
                                    struct mlint_error *error)
{
    size_t equals = mlint_str_find_char(value, '=');
    struct mlint_domain_map *row;
    struct mlint_str provider;

    if (equals == value.len)
        return mlint_config_wrong(error, "domain wants DOMAIN=PROVIDER, not", value, NULL);
    provider = mlint_str_trim(mlint_str_sub(value, equals + 1, value.len));
    if (!provider_named(config, provider))
        return mlint_config_wrong(error, "no provider is called", provider, NULL);
    row = mlint_arena_new(&config->arena, struct mlint_domain_map);
    if (!row)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    row->domain =
        mlint_utf8_lower(&config->arena, mlint_str_trim(mlint_str_sub(value, 0, equals)));
    row->provider = mlint_arena_copy(&config->arena, provider);
    row->origin = config->origin;
    row->next = config->domains;
    config->domains = row;
    return MLINT_OK;
}

static const char *show_installation(const struct mlint_config *config, char *buffer,
                                     size_t size)
{
    (void)buffer;
    (void)size;
    return config->installation ? config->installation : "none";
}

/* ---- The baseline: a name only; whoever runs opens it ---- */

static enum mlint_status set_baseline(struct mlint_config *config, struct mlint_str value,
                                      struct mlint_error *error)
{
    if (!value.len)
        return mlint_fail_with(error, MLINT_E_SETTINGS, "baseline wants a file's name");
    config->baseline = mlint_arena_copy(&config->arena, value).ptr;
    return MLINT_OK;
}

static const char *show_baseline(const struct mlint_config *config, char *buffer, size_t size)
{
    (void)buffer;
    (void)size;
    return config->baseline ? config->baseline : "none";
}

const char *mlint_config_baseline(const struct mlint_config *config)
{
    return config->baseline;
}

static enum mlint_status set_working_folder(struct mlint_config *config, struct mlint_str value,
                                            struct mlint_error *error)
{
    (void)error;
    config->working_folder = mlint_arena_copy(&config->arena, value).ptr;
    return MLINT_OK;
}

/* ---- The table ---- */

static const struct setting settings[] = {
    { "alias", mlint_config_set_alias, NULL },
    { "allow-plugins", set_allow_plugins, NULL },
    { "baseline", set_baseline, show_baseline },
    { "code-page", set_code_page, show_code_page },
    { "domain", set_domain, NULL },
    { "fail-on", set_fail_on, show_fail_on },
    { "ignore", mlint_config_set_ignore, NULL },
    { "include-disabled", set_include_disabled, show_include_disabled },
    { "installation", mlint_config_set_installation, show_installation },
    { "limit-memory", set_limit_memory, show_limit_memory },
    { "limit-size", set_limit_size, show_limit_size },
    { "min-interval", set_min_interval, show_min_interval },
    { "no-plugins-in", mlint_config_set_no_plugins_in, NULL },
    { "plugin", mlint_config_set_plugin, NULL },
    { "protocols", set_protocols, show_protocols },
    { "provider", set_provider, show_provider },
    { "read-passwords", set_read_passwords, show_read_passwords },
    { "select", mlint_config_set_select, NULL },
    { "severity", mlint_config_set_severity, NULL },
    { "working-folder", set_working_folder, NULL },
};
#define SETTING_COUNT (sizeof(settings) / sizeof(settings[0]))

/* What is taken in from here on came from there; what comes later is stronger. */
void mlint_config_begin(struct mlint_config *config, const char *origin)
{
    if (!config->loading)
        config->turn++;
    config->origin =
        origin ? mlint_arena_copy(&config->arena, mlint_str_from(origin)).ptr : "the program";
}

enum mlint_status mlint_config_set(struct mlint_config *config, const char *name,
                                   const char *value, const char *origin,
                                   struct mlint_error *error)
{
    const char *names[SETTING_COUNT];
    struct mlint_str wanted = mlint_str_from(name);

    if (!config || !name || !value)
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_config_set: an argument is NULL");
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        enum mlint_status status;
        names[i] = settings[i].name;
        if (!mlint_str_eq(wanted, mlint_str_from(names[i])))
            continue;
        mlint_config_begin(config, origin);
        status = settings[i].set(config, mlint_str_trim(mlint_str_from(value)), error);
        if (status == MLINT_OK && config->arena.failed)
            status = mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
        if (status == MLINT_OK)
            config->origins[i] = config->origin, config->turns[i] = config->turn;
        config->origin = NULL;
        return status;
    }
    return mlint_config_wrong(error, "no setting is called", wanted,
                              mlint_nearest(wanted, names, SETTING_COUNT));
}

size_t mlint_config_setting_count(void)
{
    return SETTING_COUNT;
}

static size_t setting_named(const char *name)
{
    size_t i = 0;

    while (i < SETTING_COUNT && strcmp(settings[i].name, name) != 0)
        i++;
    return i;
}

enum mlint_status mlint_config_apply(struct mlint_config *copy, const char *name,
                                     struct mlint_str value, struct mlint_error *error)
{
    size_t i = setting_named(name);
    enum mlint_status status = settings[i].set(copy, mlint_str_trim(value), error);

    if (status == MLINT_OK)
        copy->origins[i] = copy->origin;
    return status;
}

unsigned mlint_config_turn_of(const struct mlint_config *config, const char *name)
{
    size_t i = setting_named(name);

    return settings[i].show ? config->turns[i] : 0; /* levels have turns of their own */
}

/* The newest first: of two of one name it counts. */
static int each_mapping(const struct mlint_config *config,
                        int (*visit)(void *user, const char *name, const char *value,
                                     const char *origin),
                        void *user)
{
    char name[336];
    int stop = 0;

    for (const struct mlint_alias *row = config->aliases; row && !stop; row = row->next) {
        snprintf(name, sizeof(name), "alias %.*s", MLINT_STR_ARG(row->alias));
        stop = visit(user, name, row->main.ptr, row->origin);
    }
    for (const struct mlint_domain_map *row = config->domains; row && !stop; row = row->next) {
        snprintf(name, sizeof(name), "domain %.*s", MLINT_STR_ARG(row->domain));
        stop = visit(user, name, row->provider.ptr, row->origin);
    }
    return stop;
}

int mlint_config_each_plain(const struct mlint_config *config,
                            int (*visit)(void *user, const char *name, const char *value,
                                         const char *origin),
                            void *user)
{
    char buffer[64];
    int stop = 0;

    for (size_t i = 0; i < SETTING_COUNT && !stop; i++) {
        if (settings[i].show)
            stop = visit(user, settings[i].name,
                         settings[i].show(config, buffer, sizeof(buffer)), config->origins[i]);
    }
    for (size_t i = 0; i < config->rule_count && !stop; i++) {
        char name[96];
        snprintf(name, sizeof(name), "severity %s", config->rules[i]->id);
        stop = visit(user, name, mlint_level_name(config->levels[i]),
                     config->rule_origins[i] ? config->rule_origins[i] : "the program");
    }
    return stop ? stop : each_mapping(config, visit, user);
}

int mlint_config_each(const struct mlint_config *config,
                      int (*visit)(void *user, const char *name, const char *value,
                                   const char *origin),
                      void *user)
{
    int stop = mlint_config_each_plain(config, visit, user);

    return stop ? stop : mlint_config_each_path(config, visit, user);
}

enum mlint_level mlint_config_fail_on(const struct mlint_config *config)
{
    return config->fail_on;
}

static bool set_defaults(struct mlint_config *config)
{
    config->fail_on = MLINT_WARNING;
    config->min_interval_ms = 10 * 60000;
    config->limit_memory = (size_t)MLINT_LIMIT_MEMORY_MIB << 20;
    config->limit_size = (size_t)MLINT_LIMIT_INPUT_MIB << 20;
    config->code_page = 1252;
    config->rules =
        mlint_arena_array(&config->arena, const struct mlint_rule *, MLINT_LIMIT_RULES);
    config->levels = mlint_arena_array(&config->arena, enum mlint_level, MLINT_LIMIT_RULES);
    config->patterns =
        mlint_arena_array(&config->arena, struct mlint_pattern *, MLINT_LIMIT_RULES);
    config->origins = mlint_arena_array(&config->arena, const char *, SETTING_COUNT);
    config->rule_origins = mlint_arena_array(&config->arena, const char *, MLINT_LIMIT_RULES);
    config->turns = mlint_arena_array(&config->arena, unsigned, SETTING_COUNT);
    config->rule_turns = mlint_arena_array(&config->arena, unsigned, MLINT_LIMIT_RULES);
    if (config->arena.failed)
        return false;
    for (size_t i = 0; mlint_rules[i]; i++)
        mlint_config_put_rule(config, mlint_rules[i], NULL, "default");
    for (size_t i = 0; i < SETTING_COUNT; i++)
        config->origins[i] = "default";
    return mlint_providers_built_in(config);
}

enum mlint_status mlint_config_new(struct mlint_config **out,
                                   const struct mlint_allocator *allocator,
                                   struct mlint_error *error)
{
    struct mlint_config *config;

    if (!out)
        return mlint_fail_with(error, MLINT_E_ARGUMENT, "mlint_config_new: out is NULL");
    if (!allocator)
        allocator = mlint_allocator_default();
    config = allocator->alloc(allocator->user, sizeof(*config));
    if (!config)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    memset(config, 0, sizeof(*config));
    config->allocator = allocator;
    mlint_arena_init(&config->arena, allocator, 0);
    if (!set_defaults(config)) {
        mlint_config_free(config);
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    }
    *out = config;
    return MLINT_OK;
}

void mlint_config_free(struct mlint_config *config)
{
    const struct mlint_allocator *allocator;

    if (!config)
        return;
    allocator = config->allocator;
    for (size_t i = 0; i < config->rule_count; i++)
        mlint_pattern_free(config->patterns[i]);
    mlint_plugins_close(config);
    mlint_arena_done(&config->arena);
    allocator->free(allocator->user, config);
}

/* A pattern that cannot be compiled, or that takes too long, is better refused now than met by
 * the first password. */
static enum mlint_status try_pattern(const struct mlint_config *config,
                                     const struct mlint_provider *provider,
                                     struct mlint_error *error)
{
    struct mlint_pattern *pattern;
    enum mlint_status status;

    if (!provider->password_pattern.len)
        return MLINT_OK;
    status =
        mlint_pattern_new(&pattern, NULL, config->allocator, provider->password_pattern, error);
    if (status != MLINT_OK)
        return status;
    if (mlint_pattern_explodes(pattern))
        status = mlint_fail_with(error, MLINT_E_SETTINGS,
                                 "password-pattern takes too many steps even on a short text");
    mlint_pattern_free(pattern);
    return status;
}

enum mlint_status mlint_config_add_provider(struct mlint_config *config, const char *name,
                                            const char *data, size_t length,
                                            struct mlint_error *error)
{
    struct mlint_provider *provider;
    struct mlint_error unasked = { 0 };
    enum mlint_status status;

    error = error ? error : &unasked;
    if (!config || (!data && length))
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_config_add_provider: an argument is NULL");
    provider = mlint_provider_parse(&config->arena, name ? name : "provider",
                                    mlint_str_make(length ? data : "", length), error);
    if (config->arena.failed)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    if (!provider)
        return error->status;
    status = try_pattern(config, provider, error);
    if (status != MLINT_OK)
        return status;
    provider->next = config->providers;
    config->providers = provider;
    config->chosen = provider;
    mlint_config_begin(config, name ? name : "provider");
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (settings[i].set == set_provider)
            config->origins[i] = config->origin, config->turns[i] = config->turn;
    }
    config->origin = NULL;
    if (config->arena.failed)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    return MLINT_OK;
}
