/* named.c: paths compared by their parts alone: another link to a file may well be another
 * client's copy of it. */
#include "named.h"

#include <stdlib.h>
#include <string.h>

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

static struct mlint_cli_name *find(const struct mlint_cli_named *named, const char *path)
{
    const struct mlint_cli_name wanted = { .path = path };

    if (!named->count)
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
        if (strcmp(options->paths[i], "-") != 0)
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

bool mlint_cli_named_take(struct mlint_cli_named *named, const char *path)
{
    struct mlint_cli_name *name = find(named, path);
    bool again = name && name->taken;

    if (name)
        name->taken = true;
    return !again;
}
