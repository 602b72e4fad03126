/* installation.c: the setting `installation`: the files with which an administrator sets one
 * Thunderbird up, read once and laid below and over every profile. What they mean is said by
 * formats/thunderbird_installation.c.
 *
 * Debian's Thunderbird in usr/lib/thunderbird is also set up from etc/thunderbird. */
#include "config_parts.h"
#include "linter.h"

#include "source/limits.h"
#include "syntax/prefs.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_BYTES (16u << 20) /* of one such file */

const struct mlint_installed *mlint_config_installed(const struct mlint_config *config,
                                                     struct mlint_str path)
{
    const struct mlint_installed *file = config->installed;

    while (file && !mlint_str_eq(file->path, path))
        file = file->next;
    return file;
}

static enum mlint_status add(struct mlint_config *config, struct mlint_str path,
                             struct mlint_str name, struct mlint_str bytes,
                             struct mlint_error *error)
{
    struct mlint_installed *file;

    if (config->installed_count >= MLINT_LIMIT_INSTALLATION)
        return mlint_fail_with(error, MLINT_E_SETTINGS,
                               "the installation has more than %d files that set it up",
                               MLINT_LIMIT_INSTALLATION);
    file = mlint_arena_new(&config->arena, struct mlint_installed);
    if (!file)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    *file = (struct mlint_installed){ .next = config->installed,
                                      .path = mlint_arena_copy(&config->arena, path),
                                      .name = mlint_arena_copy(&config->arena, name),
                                      .bytes = mlint_arena_copy(&config->arena, bytes) };
    config->installed = file;
    config->installed_count++;
    return config->arena.failed ? mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory")
                                : MLINT_OK;
}

enum mlint_status mlint_config_add_installation_file(struct mlint_config *config,
                                                     const char *path, const char *name,
                                                     const void *data, size_t length,
                                                     struct mlint_error *error)
{
    if (!config || !path || (!data && length))
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_config_add_installation_file: an argument is NULL");
    return add(config, mlint_str_from(path), mlint_str_from(name ? name : path),
               mlint_str_make(length ? data : "", length), error);
}

/* ---- A folder of them ------------------------------------------------------------------- */

struct loading {
    struct mlint_config *config;
    struct mlint_error *error;
    struct mlint_arena arena; /* for names while they are put together */
    const char *folder;       /* as it was given */
};

static bool read_all(struct loading *loading, int descriptor, struct mlint_str *bytes)
{
    struct stat info;
    size_t size, at = 0;
    char *data;

    if (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size < 0 ||
        info.st_size > MOST_BYTES)
        return false;
    size = (size_t)info.st_size;
    data = mlint_arena_bytes(&loading->arena, size + 1);
    while (data && at < size) {
        ssize_t got = read(descriptor, data + at, size - at);
        if (got <= 0)
            return false;
        at += (size_t)got;
    }
    *bytes = mlint_str_make(data, at);
    return data != NULL;
}

/* A file of that place, if there is one; up: where below the folder its root is. */
static enum mlint_status load(struct loading *loading, const char *up, const char *path)
{
    const char *whole =
        mlint_arena_printf(&loading->arena, "%s/%s%s", loading->folder, up, path);
    struct mlint_str shown = mlint_path_beside(
        &loading->arena,
        mlint_str_from(mlint_arena_printf(&loading->arena, "%s/", loading->folder)),
        mlint_arena_printf(&loading->arena, "%s%s", up, path));
    int descriptor = open(whole, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    enum mlint_status status = MLINT_OK;
    struct mlint_str bytes;

    if (descriptor < 0)
        return MLINT_OK;
    if (read_all(loading, descriptor, &bytes))
        status = add(loading->config, mlint_str_from(path), shown, bytes, loading->error);
    else
        status = mlint_fail_with(loading->error, MLINT_E_SETTINGS, "%s cannot be read", whole);
    close(descriptor);
    return status;
}

static enum mlint_status load_scripts(struct loading *loading, const char *up, const char *path)
{
    DIR *directory =
        opendir(mlint_arena_printf(&loading->arena, "%s/%s%s", loading->folder, up, path));
    enum mlint_status status = MLINT_OK;
    const struct dirent *entry;

    while (directory && status == MLINT_OK && (entry = readdir(directory)))
        if (mlint_str_ends_nocase(mlint_str_from(entry->d_name), MLINT_STR(".js")))
            status = load(loading, up,
                          mlint_arena_printf(&loading->arena, "%s/%s", path, entry->d_name));
    if (directory)
        closedir(directory);
    return status;
}

static uint16_t keep_config_name(struct mlint_str name)
{
    return mlint_str_eq(name, MLINT_STR("general.config.filename"));
}

/* The names that general.config.filename is given; which of them counts is asked later. */
static enum mlint_status load_config_files(struct loading *loading)
{
    static const struct mlint_prefs_options options = { .mode = MLINT_PREFS_DEFAULT,
                                                        .classify = keep_config_name };
    const struct mlint_installed *file = loading->config->installed;
    enum mlint_status status = MLINT_OK;

    for (; file && status == MLINT_OK; file = file->next) {
        struct mlint_source source;
        const struct mlint_tree *tree;
        const struct mlint_node *node;

        if (!mlint_str_ends_nocase(file->path, MLINT_STR(".js")))
            continue;
        mlint_source_init(&source, file->name, file->bytes);
        if (!mlint_source_decode(&source, &loading->arena, 0) ||
            !(tree = mlint_prefs_read(&loading->arena, &source, &options)))
            continue;
        for (node = tree->root->child; node && status == MLINT_OK; node = node->next)
            if (mlint_str_find_char(node->value, '/') == node->value.len &&
                node->value.len > 0 && !mlint_config_installed(loading->config, node->value))
                status = load(loading, "", mlint_arena_copy(&loading->arena, node->value).ptr);
    }
    return status;
}

static enum mlint_status load_folder(struct loading *loading, const char *up)
{
    static const char *const scripts[] = { "defaults/pref", "pref" };
    static const char *const policies[] = { "distribution/policies.json",
                                            "policies/policies.json" };
    enum mlint_status status = MLINT_OK;
    size_t i;

    for (i = 0; i < 2 && status == MLINT_OK; i++)
        status = load_scripts(loading, up, scripts[i]);
    for (i = 0; i < 2 && status == MLINT_OK; i++)
        status = load(loading, up, policies[i]);
    return status;
}

static bool is_debians(const char *folder)
{
    char *whole = realpath(folder, NULL);
    bool yes =
        whole && mlint_str_ends_nocase(mlint_str_from(whole), MLINT_STR("usr/lib/thunderbird"));

    free(whole);
    return yes;
}

enum mlint_status mlint_config_set_installation(struct mlint_config *config,
                                                struct mlint_str value,
                                                struct mlint_error *error)
{
    struct loading loading = { .config = config, .error = error };
    enum mlint_status status;

    loading.folder = mlint_arena_copy(&config->arena, value).ptr;
    if (!loading.folder)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    config->installed = NULL;
    config->installed_count = 0;
    mlint_arena_init(&loading.arena, config->allocator, 0);
    status = load_folder(&loading, "");
    if (status == MLINT_OK && is_debians(loading.folder))
        status = load_folder(&loading, "../../../etc/thunderbird/");
    if (status == MLINT_OK)
        status = load_config_files(&loading);
    if (status == MLINT_OK && loading.arena.failed)
        status = mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    mlint_arena_done(&loading.arena);
    if (status == MLINT_OK && !config->installed_count)
        status = mlint_fail_with(error, MLINT_E_SETTINGS,
                                 "%s holds nothing that sets Thunderbird up (defaults/pref, "
                                 "distribution/policies.json)",
                                 loading.folder);
    if (status == MLINT_OK)
        config->installation = loading.folder;
    return status;
}
