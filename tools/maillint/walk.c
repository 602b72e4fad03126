/* walk.c: the inputs of a run in a fixed order: the paths given, folders walked whole by names
 * in the byte order of whole paths, then those of --files-from; less what --exclude and --shard
 * leave out. Symbolic links are followed where the user named them and nowhere else, so there
 * are no loops. */
#include "walk.h"

#include "folder.h"
#include "list.h"
#include "named.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WALK_DEPTH 128 /* folders inside folders */

struct level {
    struct mlint_cli_folder *folder;
    struct mlint_cli_names names;
    size_t path_length; /* of the folder's own path in walk->path, with its slash */
};

struct mlint_cli_walk {
    const struct mlint_cli_options *options;
    size_t at; /* in the paths given */
    struct mlint_cli_named named;
    struct mlint_cli_list list;
    bool has_list, failed;
    char *path;
    size_t room;
    unsigned depth;
    unsigned long share, shares; /* --shard; shares 0: all */
    const struct mlint_cli_output *output[2];
    struct level level[WALK_DEPTH]; /* set when they are entered */
};

static bool parse_shard(struct mlint_cli_walk *walk, const char *text)
{
    char *slash = NULL, *end = NULL;

    walk->share = strtoul(text, &slash, 10);
    if (slash != text && *slash == '/')
        walk->shares = strtoul(slash + 1, &end, 10);
    if (end && !*end && walk->share >= 1 && walk->share <= walk->shares &&
        walk->shares <= 100000)
        return true;
    mlint_cli_misused("--shard wants I/N with I from 1 to N, not \"%s\"", text);
    return false;
}

struct mlint_cli_walk *mlint_cli_walk_new(const struct mlint_cli_options *options)
{
    struct mlint_cli_walk *walk = malloc(sizeof(*walk));
    bool good = true;

    if (!walk) {
        mlint_cli_say("out of memory");
        return NULL;
    }
    memset(walk, 0, offsetof(struct mlint_cli_walk, level));
    walk->options = options;
    walk->list.descriptor = -1;
    if (!mlint_cli_named_init(&walk->named, options)) {
        mlint_cli_say("out of memory");
        good = false;
    }
    if (good && options->shard)
        good = parse_shard(walk, options->shard);
    if (good && options->files_from)
        good = walk->has_list = mlint_cli_list_open(&walk->list, options->files_from);
    if (good)
        return walk;
    mlint_cli_walk_free(walk);
    return NULL;
}

void mlint_cli_walk_outputs(struct mlint_cli_walk *walk, const struct mlint_cli_output *report,
                            const struct mlint_cli_output *baseline)
{
    walk->output[0] = report;
    walk->output[1] = baseline;
}

void mlint_cli_walk_free(struct mlint_cli_walk *walk)
{
    if (!walk)
        return;
    while (walk->depth) {
        struct level *level = &walk->level[--walk->depth];
        mlint_cli_names_done(&level->names);
        mlint_cli_folder_drop(level->folder);
    }
    mlint_cli_list_close(&walk->list);
    mlint_cli_named_done(&walk->named);
    free(walk->path);
    free(walk);
}

bool mlint_cli_walk_failed(const struct mlint_cli_walk *walk)
{
    return walk->failed || walk->list.failed;
}

static void fail(struct mlint_cli_walk *walk, const char *why)
{
    mlint_cli_say("%s: %s", walk->path ? walk->path : "walk", why);
    walk->failed = true;
}

/* ---- What is left out ---- */

static bool excluded(const struct mlint_cli_walk *walk, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

    for (size_t i = 0; i < walk->options->given_count; i++) {
        const struct mlint_cli_given *given = &walk->options->given[i];
        if (given->option->kind == MLINT_CLI_LIST &&
            (fnmatch(given->value, name, 0) == 0 || fnmatch(given->value, path, 0) == 0))
            return true;
    }
    return false;
}

static enum mlint_cli_own found_own(const struct mlint_cli_walk *walk, int folder,
                                    const char *name)
{
    enum mlint_cli_own own = MLINT_CLI_FOREIGN;

    for (size_t i = 0; i < 2 && walk->output[i] && own == MLINT_CLI_FOREIGN; i++)
        own = mlint_cli_output_found(walk->output[i], folder, name);
    return own;
}

static enum mlint_cli_own named_own(const struct mlint_cli_walk *walk,
                                    const struct stat *status)
{
    enum mlint_cli_own own = MLINT_CLI_FOREIGN;

    for (size_t i = 0; i < 2 && walk->output[i] && own == MLINT_CLI_FOREIGN; i++)
        own = mlint_cli_output_named(walk->output[i], status);
    return own;
}

/* FNV-1a over the path, mixed, so that shares are even whatever paths look like. */
static bool in_share(const struct mlint_cli_walk *walk, const char *path)
{
    uint64_t hash = 0xCBF29CE484222325u;

    if (!walk->shares)
        return true;
    for (const unsigned char *c = (const unsigned char *)path; *c; c++)
        hash = (hash ^ *c) * 0x100000001B3u;
    hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
    return (hash ^ hash >> 32) % walk->shares == walk->share - 1;
}

/* ---- Folders ---- */

static bool set_path(struct mlint_cli_walk *walk, size_t keep, const char *rest, bool slash)
{
    size_t length = strlen(rest), needed = keep + length + 2;

    if (needed > walk->room) {
        char *path = realloc(walk->path, needed * 2);
        if (!path) {
            fail(walk, "out of memory");
            return false;
        }
        walk->path = path;
        walk->room = needed * 2;
    }
    memmove(walk->path + keep, rest, length + 1);
    if (slash && (keep + length) && walk->path[keep + length - 1] != '/')
        memcpy(walk->path + keep + length, "/", 2);
    return true;
}

/* Go into the folder; false: it cannot be opened. */
static bool enter(struct mlint_cli_walk *walk, const struct mlint_cli_folder *parent,
                  const char *path, size_t path_length)
{
    struct level *level = &walk->level[walk->depth];

    if (walk->depth == WALK_DEPTH) {
        fail(walk, "too many folders inside folders; not walked further");
        return true;
    }
    *level = (struct level){ .path_length = path_length };
    level->folder = mlint_cli_folder_open(parent, path);
    walk->depth += level->folder != NULL;
    return level->folder != NULL;
}

static void leave(struct mlint_cli_walk *walk)
{
    struct level *level = &walk->level[--walk->depth];

    mlint_cli_names_done(&level->names);
    mlint_cli_folder_drop(level->folder);
}

static void give_found(struct mlint_cli_walk *walk, const struct level *level,
                       struct mlint_cli_item *item, enum mlint_cli_item_kind kind)
{
    *item = (struct mlint_cli_item){
        .kind = kind,
        .folder = mlint_cli_folder_keep(level->folder),
        .name = walk->path,
        .path_at = level->path_length,
    };
}

/* What is found is read, with what lies beside it, and not once more if it was named as well,
 * a folder with its slash or without. */
static void take_found(struct mlint_cli_walk *walk, bool folder)
{
    size_t length = strlen(walk->path);

    if (walk->named.count < 2)
        return;
    (void)mlint_cli_named_take(&walk->named, walk->path);
    if (!folder)
        return;
    walk->path[length - 1] = '\0';
    (void)mlint_cli_named_take(&walk->named, walk->path);
    walk->path[length - 1] = '/';
}

/* One name of the innermost folder: true if it is an input. */
static bool step(struct mlint_cli_walk *walk, struct mlint_cli_item *item)
{
    struct level *level = &walk->level[walk->depth - 1];
    bool failed = false;
    unsigned char type;
    const char *name = mlint_cli_names_next(&level->names, level->folder, &type, &failed);

    if (!set_path(walk, level->path_length, name ? name : "", false) || !name) {
        if (failed)
            fail(walk, "the folder could not be read to its end");
        leave(walk);
        return false;
    }
    if (excluded(walk, walk->path))
        return false;
    if (type == DT_REG) {
        enum mlint_cli_own own =
            found_own(walk, mlint_cli_folder_descriptor(level->folder), name);
        if (own == MLINT_CLI_TEMPORARY)
            return false;
        take_found(walk, false);
        give_found(walk, level, item, MLINT_CLI_FOUND);
        item->target = own == MLINT_CLI_TARGET;
        return in_share(walk, walk->path) || (mlint_cli_folder_drop(item->folder), false);
    }
    if (!set_path(walk, level->path_length, name, true))
        return false;
    take_found(walk, true);
    if (enter(walk, level->folder, name, strlen(walk->path)))
        return false;
    walk->path[strlen(walk->path) - 1] = '\0'; /* reported as what cannot be read */
    give_found(walk, level, item, MLINT_CLI_PATH);
    return true;
}

/* ---- Paths as named ---- */

/* A path that the user named: true if it is an input, false if a folder was entered. */
static bool named(struct mlint_cli_walk *walk, const char *path, struct mlint_cli_item *item)
{
    const char *stdin_name = walk->options->stdin_name;
    struct stat status;
    bool there = strcmp(path, "-") != 0 && stat(path, &status) == 0;

    *item = (struct mlint_cli_item){ .kind = MLINT_CLI_PATH, .name = path };
    if (strcmp(path, "-") == 0) {
        item->kind = MLINT_CLI_STDIN;
        item->name = stdin_name ? stdin_name : path;
    } else if (there && S_ISDIR(status.st_mode)) {
        bool here = strcmp(path, ".") == 0;
        if (!set_path(walk, 0, here ? "" : path, true) ||
            enter(walk, NULL, path, here ? 0 : strlen(walk->path)))
            return false;
    } else if ((there && !S_ISREG(status.st_mode)) || strncmp(path, "/dev/fd/", 8) == 0) {
        item->kind = MLINT_CLI_STREAM;
    }
    if (there && S_ISREG(status.st_mode)) {
        enum mlint_cli_own own = named_own(walk, &status);
        if (own == MLINT_CLI_TEMPORARY)
            return false;
        item->target = own == MLINT_CLI_TARGET;
    }
    return in_share(walk, item->name);
}

bool mlint_cli_walk_ready(struct mlint_cli_walk *walk)
{
    return walk->depth || walk->at < walk->options->path_count ||
           (walk->has_list && mlint_cli_list_ready(&walk->list));
}

/* The next path of the command line, then of the list; NULL: there are no more. */
static const char *next_given(struct mlint_cli_walk *walk)
{
    const char *path = NULL;

    while (walk->at < walk->options->path_count) {
        path = walk->options->paths[walk->at++];
        if (mlint_cli_named_take(&walk->named, path))
            return path;
    }
    while (walk->has_list && (path = mlint_cli_list_next(&walk->list)) &&
           (excluded(walk, path) || !mlint_cli_named_take(&walk->named, path)))
        continue;
    return walk->has_list ? path : NULL;
}

bool mlint_cli_walk_next(struct mlint_cli_walk *walk, struct mlint_cli_item *item)
{
    for (;;) {
        const char *path;
        if (walk->depth) {
            if (step(walk, item))
                return true;
            continue;
        }
        path = next_given(walk);
        if (!path)
            return false;
        if (named(walk, path, item))
            return true;
    }
}
