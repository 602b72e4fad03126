/* generate.c: `generate KIND COUNT FOLDER`: a corpus of made-up files, a thousand to a folder,
 * and the list of their paths in FOLDER.list. The same arguments give the same bytes anywhere.
 */
#include "writers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int fail(const char *path)
{
    fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
    return 1;
}

static int write_file(const struct mlint_bench_kind *kind, const char *path, uint64_t number)
{
    FILE *out = fopen(path, "wb");

    if (!out)
        return fail(path);
    kind->write(out, number);
    return fclose(out) == 0 ? 0 : fail(path);
}

static int generate(const struct mlint_bench_kind *kind, uint64_t count, const char *folder,
                    FILE *list)
{
    char path[4096];

    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return fail(folder);
    for (uint64_t i = 0; i < count; i++) {
        snprintf(path, sizeof(path), "%s/%04u", folder, (unsigned)(i / 1000));
        if (i % 1000 == 0 && mkdir(path, 0777) != 0 && errno != EEXIST)
            return fail(path);
        snprintf(path, sizeof(path), "%s/%04u/%03u.%s", folder, (unsigned)(i / 1000),
                 (unsigned)(i % 1000), kind->extension);
        if (write_file(kind, path, i) != 0)
            return 1;
        fprintf(list, "%s\n", path);
    }
    return 0;
}

/* The list comes last: where it is, the corpus is whole. */
static int run(const struct mlint_bench_kind *kind, uint64_t count, const char *folder)
{
    char path[4096], written[4096 + 8];
    FILE *list;
    int failed;

    snprintf(path, sizeof(path), "%s.list", folder);
    snprintf(written, sizeof(written), "%s.new", path);
    list = fopen(written, "w");
    if (!list)
        return fail(written);
    failed = generate(kind, count, folder, list);
    if (fclose(list) != 0 || failed)
        return 1;
    return rename(written, path) == 0 ? 0 : fail(path);
}

int main(int count, char **arguments)
{
    for (size_t i = 0; count == 4 && i < mlint_bench_kind_count; i++) {
        if (strcmp(mlint_bench_kinds[i].name, arguments[1]) == 0)
            return run(&mlint_bench_kinds[i], strtoull(arguments[2], NULL, 10), arguments[3]);
    }
    fputs("usage: generate KIND COUNT FOLDER; KIND is one of", stderr);
    for (size_t i = 0; i < mlint_bench_kind_count; i++)
        fprintf(stderr, " %s", mlint_bench_kinds[i].name);
    fputc('\n', stderr);
    return 2;
}
