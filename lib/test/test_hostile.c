/* test_hostile.c: inputs that grow: each ends at a ceiling that is named, in bounded time and
 * memory, and what stands beside it is still read. */
#include "base/buf.h"
#include "maillint/maillint.h"
#include "source/limits.h"
#include "test/counting.h"
#include "test/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENTRY                                                                                  \
    "[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\P\\"            \
    "9375CFF0413111d3B88A00104B2A6676\\%08x]\r\n"                                              \
    "\"clsid\"=\"{ED475411-B0D6-11D2-8C3B-00104B2A6676}\"\r\n"                                 \
    "\"POP3 Server\"=\"pop.example.org\"\r\n\"POP3 User\"=\"Jane%u@Example.org\"\r\n"

struct run {
    struct mlint_counting counting;
    struct mlint_config *config;
    struct mlint_linter *linter;
    struct mlint_result *result;
};

static void open_run(struct run *run)
{
    mlint_counting_init(&run->counting, 0);
    run->result = NULL;
    ck_assert_int_eq(mlint_config_new(&run->config, &run->counting.allocator, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&run->linter, run->config, NULL), MLINT_OK);
}

static void close_run(struct run *run)
{
    mlint_result_free(run->result);
    mlint_linter_free(run->linter);
    mlint_config_free(run->config);
    ck_assert_uint_eq(run->counting.live, 0);
}

static void check(struct run *run, const char *name, const struct mlint_buf *text)
{
    struct mlint_input input = {
        .struct_size = sizeof(input), .name = name, .data = text->ptr, .length = text->len
    };

    open_run(run);
    ck_assert_int_eq(mlint_check(run->linter, &input, &run->result, NULL), MLINT_OK);
}

static enum mlint_file_status status_of(const struct run *run)
{
    return mlint_file_status(mlint_result_file(run->result, 0));
}

/* ---- Ceilings of one file ------------------------------------------------------------------
 */

static void many_accounts(struct mlint_buf *text)
{
    mlint_buf_text(text, "Windows Registry Editor Version 5.00\r\n\r\n");
    for (unsigned i = 0; i < MLINT_LIMIT_ACCOUNTS + 10; i++)
        mlint_buf_printf(text, ENTRY, i, i);
}

static void deep_plist(struct mlint_buf *text)
{
    mlint_buf_text(text,
                   "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>PayloadContent"
                   "</key>");
    for (int i = 0; i < 200000; i++)
        mlint_buf_text(text, "<array>");
}

static void deep_ascii_plist(struct mlint_buf *text)
{
    mlint_buf_text(text, "{ MailAccounts = ");
    for (int i = 0; i < 200000; i++)
        mlint_buf_char(text, '(');
}

static void larger_than_allowed(struct mlint_buf *text)
{
    mlint_buf_text(text, "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n");
    while (text->len <= (MLINT_LIMIT_INPUT_MIB << 20))
        mlint_buf_text(text,
                       "// a comment that is not worth the paper that it is printed on\n");
}

static const struct {
    const char *name;
    void (*make)(struct mlint_buf *text);
} grown[] = {
    { "many.reg", many_accounts },
    { "deep.mobileconfig", deep_plist },
    { "deep.plist", deep_ascii_plist },
    { "large.js", larger_than_allowed },
};

START_TEST(ends_at_a_ceiling)
{
    struct mlint_buf text;
    struct run run;

    mlint_buf_init(&text, NULL, 0);
    grown[_i].make(&text);
    check(&run, grown[_i].name, &text);
    ck_assert_msg(status_of(&run) == MLINT_FILE_LIMIT, "%s: %s", grown[_i].name,
                  mlint_file_status_name(status_of(&run)));
    ck_assert_ptr_nonnull(mlint_file_detail(mlint_result_file(run.result, 0)));
    ck_assert_uint_le(mlint_result_account_count(run.result), MLINT_LIMIT_ACCOUNTS);
    ck_assert_uint_le(mlint_result_finding_count(run.result), MLINT_LIMIT_FINDINGS);
    ck_assert_uint_le(run.counting.peak_bytes, (size_t)MLINT_LIMIT_MEMORY_MIB << 20);
    close_run(&run);
    mlint_buf_done(&text);
}
END_TEST

/* More findings than are kept is said, though nothing else is wrong with the file. */
START_TEST(says_that_findings_are_missing)
{
    struct mlint_buf text;
    struct run run;

    mlint_buf_init(&text, NULL, 0);
    mlint_buf_text(&text, "Windows Registry Editor Version 5.00\r\n\r\n");
    for (unsigned i = 0; i < MLINT_LIMIT_ACCOUNTS; i++)
        mlint_buf_printf(&text, ENTRY "\"POP3 Use SPA\"=dword:00000001\r\n", i, i);
    check(&run, "findings.reg", &text);
    ck_assert_uint_eq(mlint_result_account_count(run.result), MLINT_LIMIT_ACCOUNTS);
    ck_assert_uint_eq(mlint_result_finding_count(run.result), MLINT_LIMIT_FINDINGS);
    ck_assert_int_eq(status_of(&run), MLINT_FILE_LIMIT);
    close_run(&run);
    mlint_buf_done(&text);
}
END_TEST

/* A million skipped lines leave a hundred findings, and the account at the end. */
START_TEST(keeps_reading_past_a_million_errors)
{
    struct mlint_buf text;
    struct run run;

    mlint_buf_init(&text, NULL, 0);
    for (int i = 0; i < 1000000; i++)
        mlint_buf_text(&text, "user_pref(x;\n");
    mlint_buf_text(&text,
                   "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"
                   "user_pref(\"mail.account.account1.server\", \"server1\");\n"
                   "user_pref(\"mail.server.server1.type\", \"pop3\");\n"
                   "user_pref(\"mail.server.server1.hostname\", \"pop.example.org\");\n");
    check(&run, "errors.js", &text);
    ck_assert_uint_eq(mlint_result_account_count(run.result), 1);
    ck_assert_uint_le(mlint_result_finding_count(run.result), MLINT_LIMIT_READER_FINDINGS + 20);
    close_run(&run);
    mlint_buf_done(&text);
}
END_TEST

/* Quotes in a template's hole that nothing closes, patterns, templates in and behind others. */
static const struct {
    const char *begin, *unit;
} repeated[] = {
    { "var a = `${", "\\\"" }, { "var a = `${", "\"a" }, { "var a ", "=/a" },
    { "var a = `", "${`" },    { "var a = ", "`${x}" },
};

/* Time that grows with the square of the size would take minutes here. */
START_TEST(reads_a_long_line_of_a_script)
{
    struct mlint_buf text;
    struct run run;

    mlint_buf_init(&text, NULL, 0);
    mlint_buf_text(&text, "lockPref(\"mail.accountmanager.accounts\", \"account1\");\n"
                          "lockPref(\"mail.account.account1.server\", \"server1\");\n"
                          "lockPref(\"mail.server.server1.type\", \"pop3\");\n"
                          "lockPref(\"mail.server.server1.hostname\", \"pop.example.org\");\n");
    mlint_buf_text(&text, repeated[_i].begin);
    while (text.len < 2u << 20)
        mlint_buf_text(&text, repeated[_i].unit);
    check(&run, "line.js", &text);
    ck_assert_uint_eq(mlint_result_account_count(run.result), 1);
    close_run(&run);
    mlint_buf_done(&text);
}
END_TEST

/* A member that unpacks to a thousand times its size is given up; the other one is read. */
START_TEST(gives_up_a_zip_bomb)
{
    char *path = mlint_test_path("testdata/hostile/bomb.zip");
    struct mlint_str bytes = mlint_test_read(path);
    const struct mlint_buf text = { .ptr = (char *)bytes.ptr, .len = bytes.len };
    struct run run;

    ck_assert_msg(bytes.ptr, "%s: cannot be read", path);
    check(&run, "bomb.zip", &text);
    ck_assert_uint_eq(mlint_result_file_count(run.result), 2);
    ck_assert_int_eq(status_of(&run), MLINT_FILE_LIMIT);
    ck_assert_int_eq(mlint_file_status(mlint_result_file(run.result, 1)), MLINT_FILE_OK);
    ck_assert_uint_eq(mlint_result_account_count(run.result), 1);
    close_run(&run);
    free((char *)bytes.ptr);
    free(path);
}
END_TEST

/* ---- What lies beside a file ---------------------------------------------------------------
 */

static char *make_folder(void)
{
    char *folder =
        mlint_test_print("%s/hostile.XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    char *prefs;
    const struct mlint_str text =
        MLINT_STR("user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"
                  "user_pref(\"mail.account.account1.server\", \"server1\");\n"
                  "user_pref(\"mail.server.server1.type\", \"pop3\");\n"
                  "user_pref(\"mail.server.server1.hostname\", \"pop.example.org\");\n");

    ck_assert_ptr_nonnull(mkdtemp(folder));
    prefs = mlint_test_print("%s/prefs.js", folder);
    mlint_test_write(prefs, text);
    free(prefs);
    return folder;
}

static void make_pipe(const char *path)
{
    ck_assert_int_eq(mkfifo(path, 0600), 0);
}

static void make_link(const char *path)
{
    ck_assert_int_eq(symlink("prefs.js", path), 0);
}

static void make_subfolder(const char *path)
{
    ck_assert_int_eq(mkdir(path, 0700), 0);
}

static const struct {
    const char *name;
    void (*make)(const char *path);
} besides[] = {
    { "pipe", make_pipe },
    { "symbolic link", make_link },
    { "folder", make_subfolder },
};

/* user.js is not waited for and not followed; that it was left out is said. */
START_TEST(leaves_odd_neighbours_alone)
{
    char *folder = make_folder(), *prefs = mlint_test_print("%s/prefs.js", folder);
    char *user = mlint_test_print("%s/user.js", folder);
    struct run run;

    besides[_i].make(user);
    open_run(&run);
    ck_assert_int_eq(
        mlint_check_file(run.linter, AT_FDCWD, prefs, NULL, NULL, 1, &run.result, NULL),
        MLINT_OK);
    ck_assert_msg(status_of(&run) == MLINT_FILE_OK, "%s", besides[_i].name);
    ck_assert_uint_eq(mlint_result_account_count(run.result), 1);
    ck_assert_uint_ge(mlint_result_finding_count(run.result), 1);
    ck_assert_str_eq(mlint_rule_id(mlint_finding_rule(mlint_result_finding(run.result, 0))),
                     "syntax");
    close_run(&run);
    ck_assert_int_eq(remove(user), 0);
    ck_assert_int_eq(remove(prefs), 0);
    ck_assert_int_eq(remove(folder), 0);
    free(user);
    free(prefs);
    free(folder);
}
END_TEST

/* What became of a listed file since is not waited for, followed or taken for empty. */
START_TEST(leaves_a_changed_file_alone)
{
    char *folder = make_folder(), *prefs = mlint_test_print("%s/prefs.js", folder);
    struct run run;
    bool is_pipe = besides[_i].make == make_pipe; /* without a writer: empty */

    ck_assert_int_eq(remove(prefs), 0);
    besides[_i].make(prefs);
    open_run(&run);
    ck_assert_int_eq(mlint_check_file(run.linter, AT_FDCWD, prefs, NULL, NULL,
                                      MLINT_FILE_BESIDE | MLINT_FILE_LISTED, &run.result, NULL),
                     MLINT_OK);
    ck_assert_msg(status_of(&run) ==
                      (is_pipe ? MLINT_FILE_UNRECOGNISED : MLINT_FILE_UNREADABLE),
                  "%s: %d", besides[_i].name, status_of(&run));
    close_run(&run);
    ck_assert_int_eq(remove(prefs), 0);
    ck_assert_int_eq(remove(folder), 0);
    free(prefs);
    free(folder);
}
END_TEST

/* What one read got of a listed file is not taken for all of it where a bad sector may follow:
 * a pipe that has half a file in it is read on, and has no more to give. */
START_TEST(reads_on_behind_a_sector)
{
    char *folder = make_folder(), *prefs = mlint_test_print("%s/prefs.js", folder), part[512];
    struct run run;
    int writer;

    ck_assert_int_eq(remove(prefs), 0);
    make_pipe(prefs);
    writer = open(prefs, O_RDWR | O_CLOEXEC);
    memset(part, ' ', sizeof(part));
    ck_assert_int_eq((int)write(writer, part, sizeof(part)), (int)sizeof(part));
    open_run(&run);
    ck_assert_int_eq(mlint_check_file(run.linter, AT_FDCWD, prefs, NULL, NULL,
                                      MLINT_FILE_LISTED, &run.result, NULL),
                     MLINT_OK);
    ck_assert_int_eq(status_of(&run), MLINT_FILE_UNREADABLE);
    close_run(&run);
    close(writer);
    ck_assert_int_eq(remove(prefs), 0);
    ck_assert_int_eq(remove(folder), 0);
    free(prefs);
    free(folder);
}
END_TEST

/* A file over limit-size is refused by its size: no more than a buffer is read of it. */
START_TEST(does_not_read_what_is_too_large)
{
    char *folder = make_folder(), *prefs = mlint_test_print("%s/prefs.js", folder);
    struct run run;

    ck_assert_int_eq(truncate(prefs, (off_t)200 << 20), 0);
    open_run(&run);
    ck_assert_int_eq(mlint_check_file(run.linter, AT_FDCWD, prefs, NULL, NULL,
                                      _i ? MLINT_FILE_LISTED : 0u, &run.result, NULL),
                     MLINT_OK);
    ck_assert_int_eq(status_of(&run), MLINT_FILE_LIMIT);
    ck_assert_uint_le(run.counting.peak_bytes, 1u << 20);
    close_run(&run);
    ck_assert_int_eq(remove(prefs), 0);
    ck_assert_int_eq(remove(folder), 0);
    free(prefs);
    free(folder);
}
END_TEST

MLINT_SUITE(hostile)
{
    Suite *suite = suite_create("hostile");

    MLINT_TEST_ROWS(suite, ends_at_a_ceiling, grown);
    MLINT_TEST(suite, says_that_findings_are_missing);
    MLINT_TEST(suite, keeps_reading_past_a_million_errors);
    MLINT_TEST_ROWS(suite, reads_a_long_line_of_a_script, repeated);
    MLINT_TEST(suite, gives_up_a_zip_bomb);
    MLINT_TEST_ROWS(suite, leaves_odd_neighbours_alone, besides);
    MLINT_TEST_ROWS(suite, leaves_a_changed_file_alone, besides);
    MLINT_TEST(suite, reads_on_behind_a_sector);
    mlint_test_add(suite, "does_not_read_what_is_too_large", does_not_read_what_is_too_large,
                   2);
    return suite;
}
