/* test.c: the tests' main, and the few helpers that every suite may use.
 *
 * maillint-tests [SUITE...] runs the suites that are named, or all. It knows nothing of what
 * they test. */
#include "test/test.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

void mlint_test_add(Suite *suite, const char *name, const TTest *test, size_t count)
{
    TCase *tcase = tcase_create(name);

    tcase_add_loop_test(tcase, test, 0, (int)count);
    suite_add_tcase(suite, tcase);
}

const char *mlint_test_root(void)
{
    const char *root = getenv("MLINT_SOURCE_ROOT");

    return root ? root : ".";
}

void *mlint_test_need(void *pointer)
{
    if (!pointer) {
        fprintf(stderr, "the tests ran out of memory\n");
        exit(3);
    }
    return pointer;
}

static char *print(const char *format, va_list args)
{
    char *text = NULL;

    return mlint_test_need(vasprintf(&text, format, args) < 0 ? NULL : text);
}

char *mlint_test_print(const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = print(format, args);
    va_end(args);
    return text;
}

char *mlint_test_path(const char *format, ...)
{
    va_list args;
    char *tail, *path;

    va_start(args, format);
    tail = print(format, args);
    va_end(args);
    path = mlint_test_print("%s/%s", mlint_test_root(), tail);
    free(tail);
    return path;
}

struct mlint_str mlint_test_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *data = NULL;
    size_t len = 0, cap = 0, got = 0;

    if (!file)
        return mlint_str_make(NULL, 0);
    do {
        len += got;
        if (len + 1 >= cap) {
            cap = cap ? 2 * cap : 4096;
            data = mlint_test_need(realloc(data, cap));
        }
        got = fread(data + len, 1, cap - len - 1, file);
    } while (got > 0);
    data[len] = '\0';
    fclose(file);
    return mlint_str_make(data, len);
}

void mlint_test_write(const char *path, struct mlint_str data)
{
    FILE *file = fopen(path, "wb");

    ck_assert_msg(file != NULL, "%s: cannot be written", path);
    ck_assert_uint_eq(fwrite(data.ptr, 1, data.len, file), data.len);
    ck_assert_int_eq(fclose(file), 0);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Bytes, not the locale's order. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

struct mlint_test_names mlint_test_list(const char *path)
{
    struct mlint_test_names names = { NULL, 0 };
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, visible, by_bytes);

    if (count <= 0) {
        free(entries);
        return names;
    }
    names.name = mlint_test_need(calloc((size_t)count, sizeof(*names.name)));
    for (int i = 0; i < count; i++) {
        names.name[names.count++] = strdup(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return names;
}

void mlint_test_names_free(struct mlint_test_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->name[i]);
    free(names->name);
    *names = (struct mlint_test_names){ NULL, 0 };
}

bool mlint_test_is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int run(const struct mlint_test_suite *suite)
{
    SRunner *runner = srunner_create(suite->make());
    int checks, failed;

    srunner_run_all(runner, CK_NORMAL);
    checks = srunner_ntests_run(runner);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    if (checks == 0)
        fprintf(stderr, "%s: no test ran\n", suite->name);
    return failed || checks == 0;
}

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc < 2;
}

int main(int argc, char **argv)
{
    int ran = 0, failed = 0;

    for (const struct mlint_test_suite *suite = mlint_test_suites; suite->name; suite++)
        if (wanted(suite->name, argc, argv)) {
            ran++;
            failed |= run(suite);
        }
    if (ran == 0)
        fprintf(stderr, "no such suite: %s\n", argc > 1 ? argv[1] : "(none)");
    return ran == 0 || failed;
}
