/* plugin.c: rules in a shared object. It is code that runs with our rights, so it is taken only
 * from where the user said, as a file that not everybody may write, never from a folder that is
 * linted, and only if it speaks this library's plug-in ABI. */
#include "config_parts.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#define ENTRY "mlint_plugin_1"

struct mlint_opened {
    struct mlint_opened *next;
    void *handle;
};

struct mlint_folder {
    struct mlint_folder *next;
    struct mlint_str path; /* real, without a slash behind */
};

static const struct mlint_plugin_host host = {
    .abi = MLINT_PLUGIN_ABI,
    .struct_size = sizeof(struct mlint_plugin_host),
    .fail = mlint_judging_fail,
    .pass = mlint_judging_pass,
    .unknown = mlint_judging_unknown,
    .not_applicable = mlint_judging_not_applicable,
    .account_client = mlint_account_client,
    .account_key = mlint_account_key,
    .account_address_count = mlint_account_address_count,
    .account_address = mlint_account_address,
    .account_side_count = mlint_account_side_count,
    .account_field = mlint_account_field,
    .field_presence = mlint_field_presence,
    .field_number = mlint_field_number,
    .field_text = mlint_field_text,
};

enum mlint_status mlint_config_set_no_plugins_in(struct mlint_config *config,
                                                 struct mlint_str value,
                                                 struct mlint_error *error)
{
    struct mlint_folder *folder = mlint_arena_new(&config->arena, struct mlint_folder);
    char real[PATH_MAX];

    if (!folder)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    if (!realpath(mlint_arena_copy(&config->arena, value).ptr, real))
        return MLINT_OK; /* what is not there holds no plug-in */
    folder->path = mlint_arena_copy(&config->arena, mlint_str_from(real));
    if (mlint_str_eq(folder->path, MLINT_STR("/")))
        folder->path = MLINT_STR("");
    folder->next = config->linted;
    config->linted = folder;
    return MLINT_OK;
}

static bool is_linted(const struct mlint_config *config, struct mlint_str file)
{
    for (const struct mlint_folder *folder = config->linted; folder; folder = folder->next) {
        if (mlint_str_starts(file, folder->path) && file.len > folder->path.len &&
            file.ptr[folder->path.len] == '/')
            return true;
    }
    return false;
}

static enum mlint_status refuse(struct mlint_error *error, const char *path, const char *why)
{
    return mlint_fail_with(error, MLINT_E_SETTINGS, "plug-in %s: %s", path, why);
}

/* The real path of a plug-in that may be loaded. */
static enum mlint_status find(const struct mlint_config *config, const char *path,
                              char real[PATH_MAX], struct mlint_error *error)
{
    struct stat about;

    if (!realpath(path, real) || stat(real, &about) != 0)
        return refuse(error, path, "there is no such file");
    if (!S_ISREG(about.st_mode))
        return refuse(error, path, "is no file");
    if (about.st_mode & S_IWOTH)
        return refuse(error, path, "everybody may write to it, so it is not loaded");
    if (is_linted(config, mlint_str_from(real)))
        return refuse(error, path, "lies in a folder that is linted, so it is not loaded");
    return MLINT_OK;
}

static enum mlint_status add_rules(struct mlint_config *config, const char *path,
                                   const struct mlint_plugin *plugin, struct mlint_error *error)
{
    if (!plugin)
        return refuse(error, path, "gives no rules");
    if (plugin->abi != MLINT_PLUGIN_ABI || plugin->struct_size != sizeof(*plugin) ||
        plugin->rule_size != sizeof(struct mlint_host_rule))
        return refuse(error, path, "was built for another version of maillint");
    for (size_t i = 0; i < plugin->rule_count; i++) {
        enum mlint_status status = mlint_config_add_rule(config, &plugin->rules[i], error);
        if (status != MLINT_OK)
            return status;
    }
    return MLINT_OK;
}

static enum mlint_status load(struct mlint_config *config, const char *path,
                              struct mlint_opened *opened, struct mlint_error *error)
{
    const struct mlint_plugin *(*entry)(const struct mlint_plugin_host *);
    void *symbol;

    opened->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!opened->handle)
        return refuse(error, path, "cannot be loaded as a shared object");
    symbol = dlsym(opened->handle, ENTRY);
    if (!symbol) {
        dlclose(opened->handle);
        return refuse(error, path, "has no function " ENTRY);
    }
    opened->next = config->plugins; /* its rules point into it as long as the config lives */
    config->plugins = opened;
    memcpy(&entry, &symbol, sizeof(entry));
    return add_rules(config, path, entry(&host), error);
}

enum mlint_status mlint_config_set_plugin(struct mlint_config *config, struct mlint_str value,
                                          struct mlint_error *error)
{
    struct mlint_opened *opened = mlint_arena_new(&config->arena, struct mlint_opened);
    const char *path = mlint_arena_copy(&config->arena, value).ptr;
    char real[PATH_MAX];
    enum mlint_status status;

    if (!opened)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    status = find(config, path, real, error);
    return status == MLINT_OK ? load(config, real, opened, error) : status;
}

void mlint_plugins_close(struct mlint_config *config)
{
    for (struct mlint_opened *opened = config->plugins; opened; opened = opened->next)
        dlclose(opened->handle);
}
