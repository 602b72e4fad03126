/* settings.c: makes the library's config out of the settings file and the options given.
 * The file comes first, options in their order after it, so that the command line wins. */
#include "options.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SETTINGS_FILE ".maillint.ini"
#define SETTINGS_MOST (4u << 20) /* bytes of a settings, provider or aliases file */

static bool load(struct mlint_config *config, const char *path,
                 const struct mlint_cli_bytes *bytes)
{
    struct mlint_error error;

    if (mlint_config_load(config, path, bytes->data ? bytes->data : "", bytes->length,
                          &error) == MLINT_OK)
        return true;
    mlint_cli_say("%s", error.message);
    return false;
}

/* 1: loaded; 0: no such file; -1: said why not. */
static int load_if_there(struct mlint_config *config, const char *path)
{
    struct mlint_cli_bytes bytes;
    int problem = mlint_cli_slurp_file(path, SETTINGS_MOST, &bytes);
    bool good;

    if (problem == ENOENT || problem == ENOTDIR)
        return 0;
    if (problem) {
        mlint_cli_say("cannot read settings %s: %s", path, strerror(problem));
        return -1;
    }
    good = load(config, path, &bytes);
    mlint_cli_bytes_free(&bytes);
    return good ? 1 : -1;
}

/* In this folder or the nearest one above it. */
static int load_nearby(struct mlint_config *config)
{
    char folder[PATH_MAX - sizeof(SETTINGS_FILE)], path[PATH_MAX];

    if (!getcwd(folder, sizeof(folder)))
        return 0;
    for (;;) {
        char *slash = strrchr(folder, '/');
        int loaded;
        snprintf(path, sizeof(path), "%s/%s", strcmp(folder, "/") == 0 ? "" : folder,
                 SETTINGS_FILE);
        if (access(path, F_OK) == 0 && (loaded = load_if_there(config, path)) != 0)
            return loaded;
        if (!slash || !folder[1])
            return 0;
        slash[slash == folder] = '\0';
    }
}

static int load_users(struct mlint_config *config)
{
    const char *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    char path[PATH_MAX];

    if (folder && folder[0] == '/')
        snprintf(path, sizeof(path), "%s/maillint/maillint.ini", folder);
    else if (home && home[0] == '/')
        snprintf(path, sizeof(path), "%s/.config/maillint/maillint.ini", home);
    else
        return 0;
    return access(path, F_OK) == 0 ? load_if_there(config, path) : 0;
}

/* Settings files that the user named may name code; one found beside the input may not. */
static void allow_plugins(struct mlint_config *config)
{
    (void)!mlint_config_set(config, "allow-plugins", "yes", NULL, NULL);
}

static bool set(struct mlint_config *config, const char *name, const char *value)
{
    struct mlint_error error;

    if (mlint_config_set(config, name, value, "the command line", &error) == MLINT_OK)
        return true;
    mlint_cli_say("%s", error.message);
    return false;
}

/* Code is never taken from where the input is. */
static bool forbid_plugins(struct mlint_config *config, const char *input)
{
    const char *slash = strrchr(input, '/');
    char folder[PATH_MAX];
    struct stat about;

    if (strcmp(input, "-") == 0 || strlen(input) >= sizeof(folder) || stat(input, &about) != 0)
        return true;
    if (S_ISDIR(about.st_mode))
        return set(config, "no-plugins-in", input);
    snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - input) + 1 : 1,
             slash ? input : ".");
    return set(config, "no-plugins-in", folder);
}

/* Plug-ins named as options come before everything that may name their rules. */
static bool load_plugins(struct mlint_config *config, const struct mlint_cli_options *options)
{
    bool good = true;

    for (size_t i = 0; good && i < options->path_count; i++)
        good = forbid_plugins(config, options->paths[i]);
    for (size_t i = 0; good && i < options->given_count; i++) {
        if (options->given[i].option->kind == MLINT_CLI_PLUGIN)
            good = set(config, "plugin", options->given[i].value);
    }
    return good;
}

static bool load_settings(struct mlint_config *config, const struct mlint_cli_options *options)
{
    int loaded;

    if (options->no_config && options->config) {
        mlint_cli_misused("--config and --no-config exclude each other");
        return false;
    }
    if (options->no_config)
        return true;
    if (options->config) {
        allow_plugins(config);
        loaded = load_if_there(config, options->config);
        if (loaded == 0)
            mlint_cli_say("cannot read settings %s: no such file", options->config);
        return loaded == 1;
    }
    loaded = load_nearby(config);
    if (loaded)
        return loaded > 0;
    allow_plugins(config);
    return load_users(config) >= 0;
}

/* A built-in name, else a file. */
static bool add_provider(struct mlint_config *config, const char *value)
{
    struct mlint_error unnamed, error;
    struct mlint_cli_bytes bytes;
    bool good;
    int problem;

    if (mlint_config_set(config, "provider", value, "--provider", &unnamed) == MLINT_OK)
        return true;
    problem = mlint_cli_slurp_file(value, SETTINGS_MOST, &bytes);
    if (problem) {
        if (strpbrk(value, "./"))
            mlint_cli_say("cannot read provider %s: %s", value, strerror(problem));
        else
            mlint_cli_say("--provider: %s", unnamed.message);
        return false;
    }
    good = mlint_config_add_provider(config, value, bytes.data ? bytes.data : "", bytes.length,
                                     &error) == MLINT_OK;
    if (!good)
        mlint_cli_say("%s", error.message);
    mlint_cli_bytes_free(&bytes);
    return good;
}

static bool add_aliases(struct mlint_config *config, const char *path)
{
    struct mlint_cli_bytes bytes;
    struct mlint_error error;
    int problem = mlint_cli_slurp_file(path, SETTINGS_MOST, &bytes);
    bool good;

    if (problem) {
        mlint_cli_say("cannot read aliases %s: %s", path, strerror(problem));
        return false;
    }
    good = mlint_config_add_aliases(config, path, bytes.data ? bytes.data : "", bytes.length,
                                    &error) == MLINT_OK;
    if (!good)
        mlint_cli_say("%s", error.message);
    mlint_cli_bytes_free(&bytes);
    return good;
}

static bool apply(struct mlint_config *config, const struct mlint_cli_given *given)
{
    const char *value = given->value ? given->value : "yes";
    char origin[64];
    struct mlint_error error;

    switch (given->option->kind) {
    case MLINT_CLI_PROVIDER:
        return add_provider(config, value);
    case MLINT_CLI_ALIASES:
        return add_aliases(config, value);
    case MLINT_CLI_SETTING:
        snprintf(origin, sizeof(origin), "--%s", given->option->name);
        if (mlint_config_set(config, given->option->name, value, origin, &error) == MLINT_OK)
            return true;
        mlint_cli_say("%s: %s", origin, error.message);
        return false;
    default:
        return true;
    }
}

/* What relative paths are relative to. */
static bool tell_folder(struct mlint_config *config)
{
    char folder[PATH_MAX];

    return !getcwd(folder, sizeof(folder)) || set(config, "working-folder", folder);
}

struct mlint_config *mlint_cli_configure(const struct mlint_cli_options *options)
{
    struct mlint_config *config;
    struct mlint_error error;
    bool good;

    if (mlint_config_new(&config, NULL, &error) != MLINT_OK) {
        mlint_cli_say("%s", error.message);
        return NULL;
    }
    good =
        tell_folder(config) && load_plugins(config, options) && load_settings(config, options);
    for (size_t i = 0; good && i < options->given_count; i++)
        good = apply(config, &options->given[i]);
    if (good)
        return config;
    mlint_config_free(config);
    return NULL;
}

static int size_limit(void *user, const char *name, const char *value, const char *origin)
{
    (void)origin;
    if (strcmp(name, "limit-size") != 0)
        return 0;
    *(size_t *)user = (size_t)strtoul(value, NULL, 10) << 20;
    return 1;
}

size_t mlint_cli_size_limit(const struct mlint_config *config)
{
    size_t bytes = (size_t)128 << 20;

    (void)mlint_config_each(config, size_limit, &bytes);
    return bytes;
}

int mlint_cli_check_input_format(const struct mlint_cli_options *options)
{
    const char *names[64];
    size_t count = 0;

    if (!options->input_format || mlint_format_find(options->input_format))
        return 0;
    for (; count < mlint_format_count() && count < 64; count++)
        names[count] = mlint_format_id(mlint_format_at(count));
    return mlint_cli_choose("format", options->input_format, names, count) < 0
               ? MLINT_EXIT_USAGE
               : 0;
}
