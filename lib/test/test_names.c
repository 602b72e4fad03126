/* test_names.c: the folder that a linter remembers. What is asked again is what is there now,
 * also where somebody set the folder's time back. */
#include "maillint/maillint.h"
#include "test/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define CASE "testdata/formats/windows-mail-oeaccount/poll-disagree/input/"

struct scene {
    char *folder, *account;
    struct mlint_config *config;
    struct mlint_linter *linter;
};

static void put(const struct scene *scene, const char *name)
{
    char *from = mlint_test_path(CASE "%s", name);
    char *to = mlint_test_print("%s/%s", scene->folder, name);
    struct mlint_str bytes = mlint_test_read(from);

    mlint_test_write(to, bytes);
    free((char *)(uintptr_t)bytes.ptr);
    free(from);
    free(to);
}

static void set_back(const char *path)
{
    const struct timespec times[2] = { { .tv_sec = 1577836800 }, { .tv_sec = 1577836800 } };

    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void begin(struct scene *scene)
{
    const char *tmp = getenv("TMPDIR");

    scene->folder = mlint_test_print("%s/names.XXXXXX", tmp ? tmp : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(scene->folder));
    scene->account = mlint_test_print("%s/account{00000001}.oeaccount", scene->folder);
    put(scene, "account{00000001}.oeaccount");
    put(scene, "new.reg");
    set_back(scene->folder);
    ck_assert_int_eq(mlint_config_new(&scene->config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&scene->linter, scene->config, NULL), MLINT_OK);
}

static void end(struct scene *scene)
{
    mlint_linter_free(scene->linter);
    mlint_config_free(scene->config);
    free(scene->folder);
    free(scene->account);
}

static void remove_file(const struct scene *scene, const char *name)
{
    char *path = mlint_test_print("%s/%s", scene->folder, name);

    ck_assert_int_eq(unlink(path), 0);
    free(path);
}

/* Whether the account has the interval of the exports beside it. */
static bool has_interval(const struct scene *scene)
{
    struct mlint_result *result;
    const struct mlint_field *field;
    bool has;

    ck_assert_int_eq(
        mlint_check_file(scene->linter, AT_FDCWD, scene->account, NULL, NULL, 1, &result, NULL),
        MLINT_OK);
    ck_assert_uint_eq(mlint_result_account_count(result), 1);
    field = mlint_account_field(mlint_result_account(result, 0), MLINT_INCOMING,
                                MLINT_FIELD_INTERVAL);
    has = mlint_field_presence(field) == MLINT_WRITTEN;
    mlint_result_free(result);
    return has;
}

/* Three seconds pass, since a folder that changed just now is not remembered at all. */
START_TEST(a_changed_folder_is_read_again)
{
    struct scene scene;

    begin(&scene);
    sleep(3);
    ck_assert(has_interval(&scene));
    ck_assert(has_interval(&scene));
    put(&scene, "old.reg"); /* says another interval */
    set_back(scene.folder);
    ck_assert(!has_interval(&scene));
    remove_file(&scene, "old.reg");
    remove_file(&scene, "new.reg");
    remove_file(&scene, "account{00000001}.oeaccount");
    ck_assert_int_eq(rmdir(scene.folder), 0);
    end(&scene);
}
END_TEST

/* A folder that could not be read is not taken for an empty one the next time. */
START_TEST(a_locked_folder_is_asked_again)
{
    struct scene scene;
    bool locked;

    begin(&scene);
    sleep(3);
    ck_assert_int_eq(chmod(scene.folder, 0300), 0); /* to be entered, not to be listed */
    locked = access(scene.folder, R_OK) != 0;       /* root may read it all the same */
    ck_assert(has_interval(&scene) != locked);
    ck_assert_int_eq(chmod(scene.folder, 0700), 0);
    ck_assert(has_interval(&scene));
    remove_file(&scene, "new.reg");
    remove_file(&scene, "account{00000001}.oeaccount");
    ck_assert_int_eq(rmdir(scene.folder), 0);
    end(&scene);
}
END_TEST

MLINT_SUITE(names)
{
    Suite *suite = suite_create("names");

    MLINT_TEST(suite, a_changed_folder_is_read_again);
    MLINT_TEST(suite, a_locked_folder_is_asked_again);
    return suite;
}
