/* config_paths.c: [path GLOB] sections: settings of some files only. A section is kept as it
 * was written, once it has been tried, and applied to a copy of the config for each file that
 * its glob matches: later sections over earlier ones, and what was set after the file was
 * loaded (the command line) over all of them. */
#include "config_parts.h"
#include "linter.h"

#include "base/glob.h"
#include "rules/rule.h"
#include "source/limits.h"

#include <stdio.h>

#define PATH_PREFIX "path "

static const char *const path_keys[] = { "ignore", "min-interval", "provider", "select" };
#define PATH_KEYS (sizeof(path_keys) / sizeof(path_keys[0]))

bool mlint_is_path_section(const char *section)
{
    return strncmp(section, PATH_PREFIX, sizeof(PATH_PREFIX) - 1) == 0;
}

static bool is_path_key(const char *key)
{
    for (size_t i = 0; i < PATH_KEYS; i++) {
        if (strcmp(key, path_keys[i]) == 0)
            return true;
    }
    return false;
}

/* ---- A copy of a config that may be set: its arena is the original's and must not be used
 * ---- */

static struct mlint_config *copy_of(struct mlint_arena *arena,
                                    const struct mlint_config *config)
{
    struct mlint_config *copy = mlint_arena_new(arena, struct mlint_config);
    size_t count = config->rule_count, settings = mlint_config_setting_count();

    if (!copy)
        return NULL;
    *copy = *config;
    copy->levels = mlint_arena_array(arena, enum mlint_level, count + 1);
    copy->rule_origins = mlint_arena_array(arena, const char *, count + 1);
    copy->rule_turns = mlint_arena_array(arena, unsigned, count + 1);
    copy->origins = mlint_arena_array(arena, const char *, settings);
    if (arena->failed)
        return NULL;
    memcpy(copy->levels, config->levels, count * sizeof(*copy->levels));
    memcpy(copy->rule_origins, config->rule_origins, count * sizeof(*copy->rule_origins));
    memcpy(copy->rule_turns, config->rule_turns, count * sizeof(*copy->rule_turns));
    memcpy(copy->origins, config->origins, settings * sizeof(*copy->origins));
    return copy;
}

/* A key of a section: a rule's id, or one of path_keys. */
static enum mlint_status apply(struct mlint_config *copy, const struct mlint_path_setting *set,
                               struct mlint_error *error)
{
    copy->origin = set->origin;
    if (strcmp(set->key, "select") == 0)
        copy->selected = false; /* of these files, only these */
    return mlint_config_apply(copy, set->name, mlint_str_from(set->value), error);
}

static void apply_section(struct mlint_config *copy, const struct mlint_config *config,
                          const struct mlint_path_section *section)
{
    for (const struct mlint_path_setting *set = section->settings; set; set = set->next) {
        if (mlint_config_turn_of(config, set->name) <= section->turn)
            (void)!apply(copy, set, NULL); /* was tried when it was read */
    }
    for (size_t i = 0; i < config->rule_count; i++) {
        if (config->rule_turns[i] <= section->turn)
            continue;
        copy->levels[i] = config->levels[i];
        copy->rule_origins[i] = config->rule_origins[i];
    }
}

/* ---- Reading ---- */

static struct mlint_path_section *section_of(struct mlint_config *config, const char *name,
                                             const char *file, unsigned line)
{
    struct mlint_path_section **end = &config->paths, *section;
    struct mlint_str folder = mlint_str_from(file);
    size_t slash = mlint_str_rfind_char(folder, '/');

    for (; *end; end = &(*end)->next) {
        if ((*end)->line == line && (*end)->turn == config->turn)
            return *end;
    }
    section = config->path_count < MLINT_LIMIT_PATHS
                  ? mlint_arena_new(&config->arena, struct mlint_path_section)
                  : NULL;
    if (!section)
        return NULL;
    section->glob = mlint_arena_copy(
        &config->arena, mlint_str_trim(mlint_str_from(name + sizeof(PATH_PREFIX) - 1)));
    section->folder = mlint_arena_copy(
        &config->arena,
        mlint_str_sub(folder, 0, slash < folder.len ? slash + (slash == 0) : 0));
    section->origin = mlint_arena_printf(&config->arena, "%s:%u", file, line);
    section->line = line;
    section->turn = config->turn;
    section->number = config->path_count++;
    *end = section;
    return section;
}

static const char *nearest_key(const struct mlint_config *config, const char *key)
{
    const char *names[MLINT_LIMIT_RULES + PATH_KEYS];
    size_t count = 0;

    for (; count < PATH_KEYS; count++)
        names[count] = path_keys[count];
    for (size_t i = 0; i < config->rule_count; i++)
        names[count++] = config->rules[i]->id;
    return mlint_nearest(mlint_str_from(key), names, count);
}

static bool is_rule_id(const struct mlint_config *config, const char *key)
{
    for (size_t i = 0; i < config->rule_count; i++) {
        if (strcmp(config->rules[i]->id, key) == 0)
            return true;
    }
    return false;
}

/* Apply it to a copy that is thrown away, to have it refused where it stands. */
static enum mlint_status try_out(struct mlint_config *config,
                                 const struct mlint_path_setting *set,
                                 struct mlint_error *error)
{
    struct mlint_arena arena;
    struct mlint_config *copy;
    enum mlint_status status = MLINT_E_NO_MEMORY;

    mlint_arena_init(&arena, config->allocator, 0);
    copy = copy_of(&arena, config);
    if (copy)
        status = apply(copy, set, error);
    mlint_arena_done(&arena);
    return status == MLINT_E_NO_MEMORY ? mlint_fail_with(error, status, "out of memory")
                                       : status;
}

enum mlint_status mlint_config_take_path(struct mlint_config *config,
                                         const struct mlint_path_place *place, const char *key,
                                         const char *value, struct mlint_error *error)
{
    struct mlint_path_section *section =
        section_of(config, place->section, place->file, place->section_line);
    struct mlint_path_setting *set, **end;
    enum mlint_status status;

    if (!section && config->path_count == MLINT_LIMIT_PATHS)
        return mlint_fail_with(error, MLINT_E_SETTINGS, "more than %d [path GLOB] sections",
                               MLINT_LIMIT_PATHS);
    if (!section)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    if (!section->glob.len)
        return mlint_fail_with(error, MLINT_E_SETTINGS, "[path] wants a glob: [path old/**]");
    if (!is_path_key(key) && !is_rule_id(config, key)) {
        struct mlint_str name = mlint_str_from(key);
        return mlint_config_wrong(error,
                                  "[path GLOB] takes rules and ignore, min-interval, "
                                  "provider, select, not",
                                  name, nearest_key(config, key));
    }
    set = mlint_arena_new(&config->arena, struct mlint_path_setting);
    if (!set)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    set->key = mlint_arena_copy(&config->arena, mlint_str_from(key)).ptr;
    set->name = is_path_key(key) ? set->key : "severity";
    set->value = is_path_key(key) ? mlint_arena_copy(&config->arena, mlint_str_from(value)).ptr
                                  : mlint_arena_printf(&config->arena, "%s=%s", key, value);
    set->shown = set->value + (is_path_key(key) ? 0 : strlen(key) + 1);
    set->origin = mlint_arena_printf(&config->arena, "%s:%u", place->file, place->line);
    status = try_out(config, set, error);
    if (status != MLINT_OK)
        return status;
    for (end = &section->settings; *end; end = &(*end)->next)
        ;
    *end = set;
    return MLINT_OK;
}

/* ---- Matching ---- */

/* folder/path without empty parts, "." and "..", as far as they can be known. */
static struct mlint_str joined(struct mlint_arena *arena, struct mlint_str folder,
                               struct mlint_str path)
{
    bool rooted = path.len && path.ptr[0] == '/';
    struct mlint_str rest, part;
    size_t len = 0;
    char *out;

    if (!rooted && folder.len)
        path = mlint_str_from(
            mlint_arena_printf(arena, "%.*s/%.*s", MLINT_STR_ARG(folder), MLINT_STR_ARG(path)));
    rooted = path.len && path.ptr[0] == '/';
    out = mlint_arena_bytes(arena, path.len + 2);
    rest = path;
    while (out && mlint_str_split(&rest, '/', &part)) {
        struct mlint_str done = mlint_str_make(out, len);

        if (!part.len || mlint_str_eq(part, MLINT_STR(".")))
            continue;
        if (mlint_str_eq(part, MLINT_STR("..")) && len &&
            !mlint_str_eq(mlint_str_base_name(done), MLINT_STR(".."))) {
            size_t slash = mlint_str_rfind_char(done, '/');
            len = slash < len ? slash : 0;
            continue;
        }
        if (len || rooted)
            out[len++] = '/';
        memcpy(out + len, part.ptr, part.len);
        len += part.len;
    }
    return out ? mlint_str_make(out, len) : MLINT_STR("");
}

/* The path itself, or a folder or archive around it. */
static bool covers(struct mlint_str glob, struct mlint_str path)
{
    bool folder = glob.len > 1 && glob.ptr[glob.len - 1] == '/';
    bool names;

    glob.len -= folder;
    names = mlint_str_find_char(glob, '/') == glob.len;
    for (size_t i = 1; i <= path.len; i++) {
        struct mlint_str part = mlint_str_sub(path, 0, i);

        if (i < path.len ? path.ptr[i] != '/' && path.ptr[i] != '!' : folder)
            continue;
        if (mlint_glob(glob, names ? mlint_str_base_name(part) : part))
            return true;
    }
    return false;
}

static bool matches(struct mlint_arena *arena, const struct mlint_config *config,
                    const struct mlint_path_section *section, struct mlint_str path)
{
    struct mlint_str here = mlint_str_from(config->working_folder);
    struct mlint_str whole = joined(arena, here, path), folder;

    if (section->glob.ptr[0] == '/')
        return covers(section->glob, whole);
    folder =
        section->folder.len || here.len ? joined(arena, here, section->folder) : MLINT_STR("");
    if (!folder.len) /* the root, or nothing known */
        return covers(section->glob,
                      mlint_str_sub(whole, whole.len && whole.ptr[0] == '/', whole.len));
    if (!mlint_str_starts(whole, folder) || whole.len <= folder.len ||
        whole.ptr[folder.len] != '/')
        return false;
    return covers(section->glob, mlint_str_sub(whole, folder.len + 1, whole.len));
}

void mlint_file_configure(struct mlint_result *result, struct mlint_file *file)
{
    if (result->config->paths)
        file->config =
            mlint_config_for(&result->arena, result->config, file->path, &file->sections);
}

const struct mlint_config *mlint_config_for(struct mlint_arena *arena,
                                            const struct mlint_config *config,
                                            struct mlint_str path, uint64_t *sections)
{
    struct mlint_config *copy = NULL;

    *sections = 0;
    for (const struct mlint_path_section *s = config->paths; s; s = s->next) {
        if (!matches(arena, config, s, path))
            continue;
        *sections |= UINT64_C(1) << s->number;
        if (!copy)
            copy = copy_of(arena, config);
        if (copy)
            apply_section(copy, config, s);
    }
    return copy;
}

/* ---- Showing ---- */

int mlint_config_each_path(const struct mlint_config *config,
                           int (*visit)(void *user, const char *name, const char *value,
                                        const char *origin),
                           void *user)
{
    char name[512];
    int stop = 0;

    for (const struct mlint_path_section *s = config->paths; s && !stop; s = s->next) {
        for (const struct mlint_path_setting *set = s->settings; set && !stop;
             set = set->next) {
            snprintf(name, sizeof(name), "path %.*s: %s%s", MLINT_STR_ARG(s->glob),
                     set->name == set->key ? "" : "severity ", set->key);
            stop = visit(user, name, set->shown, set->origin);
        }
    }
    return stop;
}

int mlint_config_each_for(const struct mlint_config *config, const char *path,
                          int (*visit)(void *user, const char *name, const char *value,
                                       const char *origin),
                          void *user)
{
    const struct mlint_config *effective;
    struct mlint_arena arena;
    uint64_t sections;
    int stop;

    mlint_arena_init(&arena, config->allocator, 0);
    effective = mlint_config_for(&arena, config, mlint_str_from(path), &sections);
    stop = mlint_config_each_plain(effective ? effective : config, visit, user);
    mlint_arena_done(&arena);
    return stop;
}
