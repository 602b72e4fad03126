/* named.c: paths compared by their parts alone: another link to a file may well be another
 * client's copy of it. */
#include "named.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct mlint_cli_name {
    const char *path;
    bool taken;
};

/* The next part of a path that means something; its length is 0 at the end. */
static const char *next_part(const char *path, size_t *length)
{
    do {
        path += strspn(path, "/");
        *length = strcspn(path, "/");
    } while (*length == 1 && *path == '.' && *++path);
    if (*path == '\0')
        *length = 0;
    return path;
}

static int compare_paths(const char *a, const char *b)
{
    int order = (*a == '/') - (*b == '/');
    size_t a_length = 1, b_length;

    while (!order && a_length) {
        size_t common;

        a = next_part(a, &a_length);
        b = next_part(b, &b_length);
        common = a_length < b_length ? a_length : b_length;
        order = memcmp(a, b, common);
        if (!order)
            order = (a_length > b_length) - (a_length < b_length);
        a += a_length;
        b += b_length;
    }
    return order;
}

static int compare_names(const void *a, const void *b)
{
    const struct mlint_cli_name *x = a, *y = b;

    return compare_paths(x->path, y->path);
}

/* "x/" and "x/." are x only if that is a folder; "" is nothing, for all that it
 * has the parts of ".". */
static bool is_misspelt(const char *path)
{
    size_t length = strlen(path);
    bool dot = length && path[length - 1] == '.' && (length == 1 || path[length - 2] == '/');
    struct stat status;

    return (!length || dot || path[length - 1] == '/') &&
           (stat(path, &status) != 0 || !S_ISDIR(status.st_mode));
}

static struct mlint_cli_name *find(const struct mlint_cli_named *named, const char *path)
{
    const struct mlint_cli_name wanted = { .path = path };

    if (!named->count || is_misspelt(path))
        return NULL;
    return bsearch(&wanted, named->name, named->count, sizeof(wanted), compare_names);
}

bool mlint_cli_named_init(struct mlint_cli_named *named,
                          const struct mlint_cli_options *options)
{
    size_t kept = 0;

    *named = (struct mlint_cli_named){ .name = calloc(options->path_count + 1,
                                                      sizeof(*named->name)) };
    if (!named->name)
        return false;
    for (size_t i = 0; i < options->path_count; i++) {
        if (strcmp(options->paths[i], "-") != 0 && !is_misspelt(options->paths[i]))
            named->name[named->count++].path = options->paths[i];
    }
    qsort(named->name, named->count, sizeof(*named->name), compare_names);
    for (size_t i = 0; i < named->count; i++) {
        if (!i || compare_names(&named->name[kept - 1], &named->name[i]) != 0)
            named->name[kept++] = named->name[i];
    }
    named->count = kept;
    return true;
}

void mlint_cli_named_done(struct mlint_cli_named *named)
{
    free(named->name);
    *named = (struct mlint_cli_named){ 0 };
}

bool mlint_cli_named_has(const struct mlint_cli_named *named, const char *path)
{
    return find(named, path) != NULL;
}

/* Cut the path's last part off, or make it the folder that a walk calls so; false: nothing that
 * a walk passes through lies round it. */
static bool go_up(char *path)
{
    char *slash = strrchr(path, '/'), *last = slash ? slash + 1 : path;

    if (!*path || strcmp(last, "..") == 0 || strcmp(path, ".") == 0 || strcmp(path, "/") == 0)
        return false;
    while (slash && slash > path && slash[-1] == '/')
        slash--;
    if (slash)
        slash[slash == path] = '\0';
    else
        memcpy(path, ".", 2);
    return true;
}

static bool is_link(const char *path)
{
    struct stat status;

    return lstat(path, &status) != 0 || S_ISLNK(status.st_mode);
}

bool mlint_cli_named_around(const struct mlint_cli_named *named, const char *path)
{
    char *folder = named->count > 1 && find(named, path) ? strdup(path) : NULL;
    bool found = false;

    while (folder && !found && !is_link(folder) && go_up(folder))
        found = find(named, folder) != NULL;
    free(folder);
    return found;
}

bool mlint_cli_named_take(struct mlint_cli_named *named, const char *path)
{
    struct mlint_cli_name *name = strcmp(path, "-") != 0 ? find(named, path) : NULL;
    bool again = name && name->taken;

    if (name)
        name->taken = true;
    return !again;
}
