/* test_sift.c: long files, of which only the lines that matter are kept in memory, against the
 * same bytes given whole: every report must be the same, and memory must not follow the size.
 * Windows of a few bytes are tools/fuzz/fuzz_sift.c's. */
#include "base/buf.h"
#include "maillint/maillint.h"
#include "test/counting.h"
#include "test/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define FILLER (2u << 20)     /* bytes of no interest on each side of the accounts */
#define MOST (FILLER / 4 * 5) /* that one check may hold */
#define ACCOUNT_LIST "9375CFF0413111d3B88A00104B2A6676"

/* ---- Files ------------------------------------------------------------------------------ */

static void dull_prefs(struct mlint_buf *text)
{
    for (size_t end = text->len + FILLER, i = 0; text->len < end; i++)
        mlint_buf_printf(text, "user_pref(\"browser.k%zu\", \"a b\\\"c\"); // note %zu\n", i,
                         i);
}

static void prefs(struct mlint_buf *text)
{
    mlint_buf_text(text, "// Mozilla User Preferences\n\n");
    dull_prefs(text);
    mlint_buf_text(text, "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"
                         "user_pref(\"mail.account.account1.server\", \"server1\");\n"
                         "user_pref(\"mail.server.server1.type\", \"pop3\");\n"
                         "user_pref(\"mail.server.server1.hostname\", \"pop.example.org\");\n");
    dull_prefs(text);
    mlint_buf_text(text, "user_pref(\"mail.server.server1.userName\", \"Jane@Example.org\");\n"
                         "user_pref(\"mail.server.server1.check_time\", 1);\n");
    dull_prefs(text);
}

/* An error eats its neighbour, a word for a secret stands near it, and a NUL ends the file. */
static void odd_prefs(struct mlint_buf *text)
{
    prefs(text);
    mlint_buf_text(text, "user_pref(\"signon.password_hint\", 1);\n"
                         "user_pref(\"mail.server.server1.authMethod\" 6);\n"
                         "user_pref(\"mail.server.server1.password\", \"hunter2\"\n"
                         "user_pref(\"mail.x\", 1);\n");
    dull_prefs(text);
    mlint_buf_add(text, "\0rest", 5);
}

/* Nothing of Thunderbird's: another reader, which has no sieve, looks at all of it. */
static void foreign_prefs(struct mlint_buf *text)
{
    mlint_buf_text(text, "// Mozilla User Preferences\n\n");
    dull_prefs(text);
    mlint_buf_text(text, "# \nlockPref(\"mail.server.server1.hostname\", \"x\");\n");
}

static void dull_keys(struct mlint_buf *text)
{
    for (size_t end = text->len + FILLER, i = 0; text->len < end; i++)
        mlint_buf_printf(text,
                         "[HKEY_CURRENT_USER\\Software\\Classes\\%zu]\r\n@=\"x\"\r\n"
                         "\"y\"=hex:00,01,\\\r\n  02\r\n\r\n",
                         i);
}

static void reg(struct mlint_buf *text)
{
    mlint_buf_text(text, "Windows Registry Editor Version 5.00\r\n\r\n");
    dull_keys(text);
    mlint_buf_text(text, "[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\"
                         "Profiles\\P\\" ACCOUNT_LIST "\\00000001]\r\n"
                         "\"clsid\"=\"{ED475411-B0D6-11D2-8C3B-00104B2A6676}\"\r\n"
                         "\"POP3 Server\"=\"pop.example.org\"\r\n"
                         "\"POP3 User\"=\"Jane@Example.org\"\r\n\"POP3 Use SPA\"=dword:1\r\n");
    dull_keys(text);
}

static void utf8_reg(struct mlint_buf *text)
{
    reg(text);
    mlint_buf_text(text, "\"a\"=\"\xC3\xA9\"\r\n\"b\"=\"\xC3\xA8\"\r\n");
    dull_keys(text);
}

static void codepage_reg(struct mlint_buf *text)
{
    utf8_reg(text);
    mlint_buf_text(text, "\"\xE9\"=\"\xFC\"\r\n");
    dull_keys(text);
    mlint_buf_text(text, "[HKEY_CURRENT_USER\\Software\\Microsoft\\Outlook Express]\r\n"
                         "\"\xE9\"=\"x\r\n");
}

/* The last line that is not empty tells that the file was cut. */
static void cut_reg(struct mlint_buf *text)
{
    reg(text);
    mlint_buf_text(text, "\"y\"=\"x");
    for (size_t i = 0; i < FILLER / 2; i++)
        mlint_buf_text(text, "\r\n");
}

static void to_utf16(struct mlint_buf *text, bool big_endian)
{
    struct mlint_buf wide;

    mlint_buf_init(&wide, NULL, 0);
    mlint_buf_add(&wide, big_endian ? "\xFE\xFF" : "\xFF\xFE", 2);
    for (size_t i = 0; i < text->len; i++) {
        char unit[2] = { text->ptr[i], '\0' };

        if (big_endian)
            unit[0] = '\0', unit[1] = text->ptr[i];
        mlint_buf_add(&wide, unit, 2);
    }
    mlint_buf_done(text);
    *text = wide;
}

static const struct row {
    const char *name;
    void (*make)(struct mlint_buf *text);
    enum { EIGHT_BIT, LITTLE, BIG } width;
    bool whole; /* it is read whole after all */
} rows[] = {
    { "prefs.js", prefs, EIGHT_BIT, false },
    { "odd/prefs.js", odd_prefs, EIGHT_BIT, false },
    { "utf16/prefs.js", prefs, LITTLE, false },
    { "foreign.js", foreign_prefs, EIGHT_BIT, true },
    { "export.reg", reg, LITTLE, false },
    { "big.reg", reg, BIG, false },
    { "ascii.reg", reg, EIGHT_BIT, false },
    { "utf8.reg", utf8_reg, EIGHT_BIT, false },
    { "codepage.reg", codepage_reg, EIGHT_BIT, false },
    { "cut.reg", cut_reg, LITTLE, true },
};

static void make(const struct row *row, struct mlint_buf *text)
{
    mlint_buf_init(text, NULL, 0);
    row->make(text);
    if (row->width != EIGHT_BIT)
        to_utf16(text, row->width == BIG);
    ck_assert(!text->failed);
}

/* ---- Both ways -------------------------------------------------------------------------- */

static int append(void *user, const void *data, size_t length)
{
    mlint_buf_add(user, data, length);
    return 0;
}

/* A linter with memory of its own that is counted. */
struct side {
    struct mlint_counting counting;
    struct mlint_config *config;
    struct mlint_linter *linter;
    struct mlint_result *result;
};

static void open_side(struct side *side)
{
    mlint_counting_init(&side->counting, 0);
    side->result = NULL;
    ck_assert_int_eq(mlint_config_new(&side->config, &side->counting.allocator, NULL),
                     MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&side->linter, side->config, NULL), MLINT_OK);
}

static void close_side(struct side *side)
{
    mlint_result_free(side->result);
    mlint_linter_free(side->linter);
    mlint_config_free(side->config);
    ck_assert_uint_eq(side->counting.live, 0);
}

static void check_bytes(struct side *side, const char *name, const struct mlint_buf *text)
{
    struct mlint_input input = {
        .struct_size = sizeof(input), .name = name, .data = text->ptr, .length = text->len
    };

    open_side(side);
    ck_assert_int_eq(mlint_check(side->linter, &input, &side->result, NULL), MLINT_OK);
}

static void check_path(struct side *side, const char *name, const char *path, unsigned flags)
{
    open_side(side);
    ck_assert_int_eq(
        mlint_check_file(side->linter, AT_FDCWD, path, name, NULL, flags, &side->result, NULL),
        MLINT_OK);
}

/* A file of its own for this test and process, to be unlinked and freed. */
static char *write_file(const struct mlint_buf *text)
{
    char *path = mlint_test_print("/tmp/maillint-sift-%ld-%d", (long)getpid(), rand());

    mlint_test_write(path, mlint_str_make(text->ptr, text->len));
    return path;
}

static void compare_reports(const char *name, const struct mlint_result *whole,
                            const struct mlint_result *part)
{
    static const char *const formats[] = { "json", "text", "html" };
    struct mlint_buf left, right;

    for (size_t i = 0; i < MLINT_TEST_COUNT(formats); i++) {
        mlint_buf_init(&left, NULL, 0);
        mlint_buf_init(&right, NULL, 0);
        ck_assert_int_eq(mlint_result_report(whole, formats[i], append, &left, NULL), MLINT_OK);
        ck_assert_int_eq(mlint_result_report(part, formats[i], append, &right, NULL), MLINT_OK);
        mlint_assert_str(name, mlint_str_make(right.ptr, right.len),
                         mlint_str_make(left.ptr, left.len));
        mlint_buf_done(&left);
        mlint_buf_done(&right);
    }
}

/* Each row as a file that was named, and as one that a folder lists. */
START_TEST(reports_agree)
{
    const struct row *row = &rows[_i / 2];
    struct mlint_buf text;
    struct side whole, part;
    char *path;

    make(row, &text);
    path = write_file(&text);
    check_bytes(&whole, row->name, &text);
    check_path(&part, row->name, path, _i % 2 ? MLINT_FILE_LISTED : 0);
    compare_reports(row->name, whole.result, part.result);
    ck_assert_msg(row->whole || part.counting.peak_bytes < MOST, "%s: %zu bytes of %zu",
                  row->name, part.counting.peak_bytes, text.len);
    close_side(&whole);
    close_side(&part);
    unlink(path);
    free(path);
    mlint_buf_done(&text);
}
END_TEST

/* Round the first buffer's end, and nothing at all. */
static const size_t sizes[] = { 0, 1, (256u << 10) - 1, 256u << 10, (256u << 10) + 1 };

START_TEST(a_buffer_may_be_full)
{
    struct mlint_buf text;
    struct side whole, part;
    char *path;

    make(&rows[0], &text);
    text.len = sizes[_i];
    path = write_file(&text);
    check_bytes(&whole, "prefs.js", &text);
    check_path(&part, "prefs.js", path, MLINT_FILE_LISTED);
    compare_reports("prefs.js", whole.result, part.result);
    close_side(&whole);
    close_side(&part);
    unlink(path);
    free(path);
    mlint_buf_done(&text);
}
END_TEST

/* The ceilings are those of the file, not of what is kept of it. */
START_TEST(a_long_file_is_refused)
{
    struct mlint_buf text;
    struct side side;
    char *path;

    make(&rows[0], &text);
    path = write_file(&text);
    open_side(&side);
    ck_assert_int_eq(mlint_config_set(side.config, "limit-size", "2", NULL, NULL), MLINT_OK);
    ck_assert_int_eq(
        mlint_check_file(side.linter, AT_FDCWD, path, "prefs.js", NULL, 0, &side.result, NULL),
        MLINT_OK);
    ck_assert_int_eq(mlint_file_status(mlint_result_file(side.result, 0)), MLINT_FILE_LIMIT);
    close_side(&side);
    unlink(path);
    free(path);
    mlint_buf_done(&text);
}
END_TEST

/* Memory that is refused anywhere ends in an error, not in a crash or a leak. */
START_TEST(memory_runs_out)
{
    struct mlint_buf text;
    bool refused = true;
    char *path;

    make(&rows[4], &text);
    path = write_file(&text);
    for (size_t fail_at = 1; refused; fail_at++) {
        enum mlint_status status = MLINT_E_NO_MEMORY;
        struct mlint_counting counting;
        struct mlint_config *config = NULL;
        struct mlint_linter *linter = NULL;
        struct mlint_result *result = NULL;

        mlint_counting_init(&counting, fail_at);
        if (mlint_config_new(&config, &counting.allocator, NULL) == MLINT_OK &&
            mlint_linter_new(&linter, config, NULL) == MLINT_OK)
            status =
                mlint_check_file(linter, AT_FDCWD, path, "export.reg", NULL, 0, &result, NULL);
        refused = counting.refused;
        if (status == MLINT_OK) { /* the whole file, or said to be none */
            const struct mlint_file *file = mlint_result_file(result, 0);
            ck_assert_int_eq(mlint_file_status(file) == MLINT_FILE_OK, !refused);
            ck_assert_uint_eq(mlint_result_account_count(result), refused ? 0 : 1);
        } else {
            ck_assert_int_eq(status, MLINT_E_NO_MEMORY);
            ck_assert(refused);
        }
        ck_assert_uint_lt(fail_at, 100000);
        mlint_result_free(result);
        mlint_linter_free(linter);
        mlint_config_free(config);
        ck_assert_uint_eq(counting.live, 0);
    }
    unlink(path);
    free(path);
    mlint_buf_done(&text);
}
END_TEST

/* Two results of one linter at once: the second cannot have the linter's buffer. */
START_TEST(two_at_once)
{
    struct mlint_result *second = NULL;
    struct mlint_buf text, left, right;
    struct side side;
    char *path;

    make(&rows[4], &text);
    path = write_file(&text);
    check_path(&side, rows[4].name, path, 0);
    ck_assert_int_eq(
        mlint_check_file(side.linter, AT_FDCWD, path, rows[4].name, NULL, 0, &second, NULL),
        MLINT_OK);
    mlint_buf_init(&left, NULL, 0);
    mlint_buf_init(&right, NULL, 0);
    ck_assert_int_eq(mlint_result_report(side.result, "text", append, &left, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_result_report(second, "text", append, &right, NULL), MLINT_OK);
    mlint_assert_str("second", mlint_str_make(right.ptr, right.len),
                     mlint_str_make(left.ptr, left.len));
    mlint_buf_done(&left);
    mlint_buf_done(&right);
    mlint_result_free(second);
    ck_assert_uint_lt(side.counting.peak_bytes, 2 * MOST);
    close_side(&side);
    unlink(path);
    free(path);
    mlint_buf_done(&text);
}
END_TEST

MLINT_SUITE(sift)
{
    Suite *suite = suite_create("sift");

    mlint_test_add(suite, "reports_agree", reports_agree, 2 * MLINT_TEST_COUNT(rows));
    MLINT_TEST_ROWS(suite, a_buffer_may_be_full, sizes);
    MLINT_TEST(suite, a_long_file_is_refused);
    MLINT_TEST(suite, memory_runs_out);
    MLINT_TEST(suite, two_at_once);
    return suite;
}
