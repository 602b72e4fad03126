/* named.c: paths compared as they are written. Two spellings may be one file, but so may two
 * links, and then each may well be another client's. */
#include "named.h"

#include <stdlib.h>
#include <string.h>

struct mlint_cli_name {
    const char *path;
    bool taken;
};

static int compare_names(const void *a, const void *b)
{
    const struct mlint_cli_name *x = a, *y = b;

    return strcmp(x->path, y->path);
}

bool mlint_cli_named_init(struct mlint_cli_named *named,
                          const struct mlint_cli_options *options)
{
    size_t count = options->path_count, kept = 0;

    named->count = 0;
    named->name = calloc(count + 1, sizeof(*named->name));
    if (!named->name)
        return false;
    for (size_t i = 0; i < count; i++)
        named->name[i].path = options->paths[i];
    qsort(named->name, count, sizeof(*named->name), compare_names);
    for (size_t i = 0; i < count; i++) {
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

bool mlint_cli_named_take(struct mlint_cli_named *named, const char *path)
{
    const struct mlint_cli_name wanted = { .path = path };
    struct mlint_cli_name *name = NULL;
    bool again;

    if (named->count)
        name = bsearch(&wanted, named->name, named->count, sizeof(wanted), compare_names);
    again = name && name->taken;
    if (name)
        name->taken = true;
    return !again;
}
