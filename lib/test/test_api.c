/* test_api.c: what maillint.h says that a function may return, it can return, and nothing else.
 *
 * Every function with a status is called as hosts might: rightly, wrongly, with each request
 * for memory refused, with callbacks that fail; answers.c compares. A new function wants calls
 * here. */
#include "test/answers.h"
#include "test/counting.h"

#include "base/buf.h"
#include "source/limits.h"

#include <fcntl.h>
#include <stdio.h>

#define POISON 77

static struct mlint_answers answers;

#define TRY(function, ...) MLINT_TRY(&answers, function, __VA_ARGS__)
#define TRY_BARE(function, ...) MLINT_TRY_BARE(&answers, function, __VA_ARGS__)

/* ---- What hosts pass in --------------------------------------------------------------------
 */

static const char profile[] =
    "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"
    "user_pref(\"mail.account.account1.server\", \"server1\");\n"
    "user_pref(\"mail.server.server1.type\", \"pop3\");\n"
    "user_pref(\"mail.server.server1.hostname\", \"pop.example.com\");\n"
    "user_pref(\"mail.server.server1.userName\", \"kim\");\n";
static const struct mlint_input input = { .struct_size = sizeof(input),
                                          .name = "prefs.js",
                                          .data = profile,
                                          .length = sizeof(profile) - 1 };
static const char provider_text[] = "[provider]\nid = own\npassword-pattern = ^[a-z]+$\n"
                                    "[pop3]\nhost = pop.example.com\nport = 995\n";
static const char rule_text[] =
    "[rule own-host]\nfield = host\npattern = example\nmessage = no\n"
    "[maillint]\nmin-interval = 15\n";

/* Longer than a block of memory, so that what is copied asks for one. */
static char long_alias[40000], long_brief[40000], long_aliases[40000];

static void make_long_texts(void)
{
    memset(long_alias, 'a', sizeof(long_alias) - 1);
    memcpy(long_alias + 20000, "@b=m@b", 6);
    long_alias[20006] = '\0';
    memset(long_brief, 'b', sizeof(long_brief) - 1);
    memset(long_aliases, 'c', sizeof(long_aliases) - 1);
    memcpy(long_aliases + 20000, "@b,m@b\n", 7);
    long_aliases[20007] = '\0';
}

static void judge(void *user, struct mlint_judging *judging,
                  const struct mlint_account *account)
{
    (void)user, (void)account;
    mlint_judging_pass(judging);
}

static struct mlint_host_rule rule_of(const char *id, const char *brief)
{
    return (struct mlint_host_rule){ .struct_size = sizeof(struct mlint_host_rule),
                                     .id = id,
                                     .level = MLINT_NOTE,
                                     .brief = brief,
                                     .check = judge };
}

static int see_row(void *user, const struct mlint_dump_row *row)
{
    (void)row;
    return user != NULL;
}

static int see_file(void *user, const struct mlint_result *result,
                    const struct mlint_file *file)
{
    (void)result, (void)file;
    return user != NULL;
}

static int say_stop(void *user)
{
    (void)user;
    return 1;
}

/* Fails when so many calls have succeeded. */
static int write_some(void *user, const void *data, size_t length)
{
    unsigned *left = user;

    (void)data, (void)length;
    return *left == 0 || (--*left, 0);
}

static int write_buf(void *user, const void *data, size_t length)
{
    mlint_buf_add(user, data, length);
    return 0;
}

/* A stream out of memory. */
struct reading {
    struct mlint_str rest;
    bool fails, endless;
};

static int64_t read_some(void *user, void *data, size_t length)
{
    struct reading *reading = user;

    if (reading->fails)
        return -1;
    if (reading->endless)
        return memset(data, 'x', length), (int64_t)length;
    length = length < reading->rest.len ? length : reading->rest.len;
    memcpy(data, reading->rest.ptr, length);
    reading->rest = mlint_str_sub(reading->rest, length, reading->rest.len);
    return (int64_t)length;
}

static struct mlint_report_options options_of(const char *format, unsigned *writes)
{
    return (struct mlint_report_options){ .struct_size = sizeof(struct mlint_report_options),
                                          .format = format,
                                          .facts = 1,
                                          .write = write_some,
                                          .user = writes };
}

/* ---- A run with everything in it -----------------------------------------------------------
 */

struct run {
    const struct mlint_allocator *allocator;
    struct mlint_config *config;
    struct mlint_linter *linter;
    struct mlint_result *result;
};

static void configure(struct run *run)
{
    struct mlint_host_rule rule = rule_of("host-rule", long_brief);
    struct mlint_config *config = NULL;

    if (TRY(mlint_config_new, &config, run->allocator) != MLINT_OK)
        return;
    (void)!TRY(mlint_config_set, config, "alias", long_alias, "test");
    mlint_config_free(config);
    if (mlint_config_new(&config, run->allocator, NULL) != MLINT_OK)
        return;
    (void)!TRY(mlint_config_add_aliases, config, "a", long_aliases, strlen(long_aliases));
    mlint_config_free(config);
    if (mlint_config_new(&config, run->allocator, NULL) != MLINT_OK)
        return;
    (void)!TRY(mlint_config_add_installation_file, config, "mozilla.cfg", NULL, long_aliases,
               strlen(long_aliases));
    mlint_config_free(config);
    if (mlint_config_new(&config, run->allocator, NULL) != MLINT_OK)
        return;
    (void)!TRY(mlint_config_add_rule, config, &rule);
    mlint_config_free(config);
    if (mlint_config_new(&run->config, run->allocator, NULL) != MLINT_OK)
        return;
    (void)!TRY(mlint_config_load, run->config, "s.ini", rule_text, strlen(rule_text));
    (void)!TRY(mlint_config_add_provider, run->config, "own", provider_text,
               strlen(provider_text));
}

/* Each call with a new linter, which has no memory kept. */
static bool renew(struct run *run)
{
    mlint_linter_free(run->linter);
    run->linter = NULL;
    return TRY(mlint_linter_new, &run->linter, run->config) == MLINT_OK;
}

static void lint(struct run *run)
{
    struct mlint_visitor visitor = { .struct_size = sizeof(visitor), .file = see_file };
    struct mlint_result *result = NULL;
    char *path = mlint_test_path("testdata/demo/thunderbird/prefs.js");

    if (renew(run) && TRY(mlint_check_file, run->linter, AT_FDCWD, path, NULL, NULL, 1,
                          &result) == MLINT_OK) {
        ck_assert_int_eq(mlint_file_status(mlint_result_file(result, 0)), MLINT_FILE_OK);
        mlint_result_free(result);
    }
    if (renew(run))
        (void)!TRY(mlint_check_each, run->linter, &input, &visitor);
    if (renew(run))
        (void)!TRY(mlint_dump, run->linter, &input, see_row, NULL);
    if (renew(run) && TRY(mlint_check, run->linter, &input, &run->result) != MLINT_OK)
        ck_assert_ptr_null(run->result);
    free(path);
}

/* A report of that format whose write fails after so many calls. */
static void report(struct run *run, const char *format, unsigned writes)
{
    unsigned again = writes;
    struct mlint_report_options options = options_of(format, &writes);
    struct mlint_report *report = NULL;
    struct mlint_chunk *chunk = NULL;
    struct mlint_summary summary = { .files = POISON };

    if (TRY(mlint_report_new, &report, run->config, &options) != MLINT_OK) {
        ck_assert_ptr_null(report);
        return;
    }
    if (TRY_BARE(mlint_chunk_new, &chunk, report) == MLINT_OK) {
        (void)!TRY_BARE(mlint_report_render, report, run->result, chunk);
        (void)!TRY(mlint_report_append, report, chunk);
        mlint_chunk_free(chunk);
    }
    (void)!TRY(mlint_report_add, report, run->result);
    if (TRY(mlint_report_finish, report, 1, &summary) != MLINT_OK)
        ck_assert_uint_eq(summary.files, POISON);
    ck_assert_int_eq(mlint_report_finish(report, 1, NULL, NULL), MLINT_E_ARGUMENT);
    mlint_report_free(report);
    (void)!TRY(mlint_result_report, run->result, format, write_some, &again);
}

static void merge(const struct mlint_allocator *allocator, struct mlint_str stream,
                  unsigned writes)
{
    struct mlint_report_options options = options_of("ndjson", &writes);
    struct reading reading = { .rest = stream };
    struct mlint_merge *merge = NULL;

    if (TRY(mlint_merge_new, &merge, allocator) != MLINT_OK)
        return;
    (void)!TRY(mlint_merge_add, merge, "one", read_some, &reading);
    (void)!TRY(mlint_merge_report, merge, &options, NULL);
    mlint_merge_free(merge);
}

static void close_run(struct run *run)
{
    mlint_result_free(run->result);
    mlint_linter_free(run->linter);
    mlint_config_free(run->config);
}

/* The stream of a run, for merges; freed by the caller. */
static struct mlint_buf stream_of_run(void)
{
    struct run run = { 0 };
    struct mlint_report_options options = options_of("ndjson", NULL);
    struct mlint_report *report = NULL;
    struct mlint_buf out;

    mlint_buf_init(&out, mlint_allocator_default(), 0);
    options.write = write_buf;
    options.user = &out;
    configure(&run);
    lint(&run);
    ck_assert_ptr_nonnull(run.result);
    ck_assert_int_eq(mlint_report_new(&report, run.config, &options, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_report_add(report, run.result, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_report_finish(report, 0, NULL, NULL), MLINT_OK);
    mlint_report_free(report);
    close_run(&run);
    return out;
}

/* Every request refused, for good or once. */
static void refuse_memory(struct mlint_str stream)
{
    for (size_t n = 1, spared = 0; spared < 2; n++) {
        struct mlint_counting counting;
        struct run run = { .allocator = &counting.allocator };

        mlint_counting_init(&counting, (n + 1) / 2);
        counting.fail_once = n & 1;
        configure(&run);
        if (run.config)
            lint(&run);
        if (run.result)
            report(&run, "ndjson", UINT32_MAX);
        if (run.result)
            report(&run, "json", UINT32_MAX);
        if (run.result)
            mlint_answers_of_holding(&answers, run.config, run.result, &counting.allocator);
        merge(&counting.allocator, stream, UINT32_MAX);
        close_run(&run);
        ck_assert_msg(counting.live == 0, "request %zu refused: %zu leaked", (n + 1) / 2,
                      counting.live);
        spared = counting.refused ? 0 : spared + 1;
        ck_assert_uint_lt(n, 20000);
    }
}

static void fail_writes(struct mlint_str stream)
{
    static const char *const formats[] = { "ndjson", "text", "json" };
    struct run run = { 0 };

    configure(&run);
    lint(&run);
    for (size_t i = 0; i < 3; i++)
        for (unsigned writes = 0; writes < 12; writes++)
            report(&run, formats[i], writes);
    for (unsigned writes = 0; writes < 4; writes++)
        merge(NULL, stream, writes);
    close_run(&run);
}

/* ---- What is wrong with a call -------------------------------------------------------------
 */

#define WRONG(...) ck_assert_int_eq(TRY(__VA_ARGS__), MLINT_E_ARGUMENT)
#define WRONG_BARE(...) ck_assert_int_eq(TRY_BARE(__VA_ARGS__), MLINT_E_ARGUMENT)

static void wrong_settings(struct run *run)
{
    struct mlint_host_rule rule = rule_of("Rule", "b"), larger = rule_of("larger", "b");
    struct mlint_config *config = run->config;

    WRONG(mlint_config_new, NULL, NULL);
    WRONG(mlint_config_set, NULL, "fail-on", "note", NULL);
    WRONG(mlint_config_set, config, NULL, "note", NULL);
    WRONG(mlint_config_set, config, "fail-on", NULL, NULL);
    WRONG(mlint_config_load, NULL, "n", "", 0);
    WRONG(mlint_config_load, config, "n", NULL, 1);
    WRONG(mlint_config_add_provider, NULL, "n", "", 0);
    WRONG(mlint_config_add_provider, config, "n", NULL, 1);
    WRONG(mlint_config_add_aliases, NULL, "n", "", 0);
    WRONG(mlint_config_add_aliases, config, "n", NULL, 1);
    WRONG(mlint_config_add_installation_file, NULL, "mozilla.cfg", NULL, "", 0);
    WRONG(mlint_config_add_installation_file, config, NULL, NULL, "", 0);
    WRONG(mlint_config_add_installation_file, config, "mozilla.cfg", NULL, NULL, 1);
    ck_assert_int_eq(TRY(mlint_config_load, config, NULL, NULL, 0), MLINT_OK);
    ck_assert_int_eq(TRY(mlint_config_add_aliases, config, NULL, NULL, 0), MLINT_OK);
    WRONG(mlint_config_add_rule, NULL, &rule);
    WRONG(mlint_config_add_rule, config, NULL);
    WRONG(mlint_config_add_rule, config, &rule);
    rule = rule_of("small", "b");
    rule.struct_size--;
    WRONG(mlint_config_add_rule, config, &rule);
    larger.struct_size += 64; /* of a host that knows more than we do */
    ck_assert_int_eq(TRY(mlint_config_add_rule, config, &larger), MLINT_OK);
    ck_assert_int_eq(TRY(mlint_config_add_rule, config, &larger), MLINT_E_SETTINGS);
    ck_assert_int_eq(TRY(mlint_config_set, config, "fail-on", "loud", NULL), MLINT_E_SETTINGS);
    ck_assert_uint_eq(answers.error.line, 0);
    ck_assert_int_eq(TRY(mlint_config_load, config, NULL, "[maillint]\nx = y\n", 17),
                     MLINT_E_SETTINGS);
    ck_assert_uint_eq(answers.error.line, 2);
    ck_assert_int_ne(mlint_config_fail_on(config), MLINT_NOTE);
    ck_assert_int_eq(
        mlint_config_load(config, NULL, "[maillint]\nfail-on = note\nx = y\n", 32, NULL),
        MLINT_E_SETTINGS);
    ck_assert_int_eq(mlint_config_fail_on(config), MLINT_NOTE); /* stood before it */
    ck_assert_int_eq(TRY(mlint_config_add_aliases, config, NULL, "\na\n", 3), MLINT_E_SETTINGS);
    ck_assert_uint_eq(answers.error.line, 2);
    ck_assert_int_eq(TRY(mlint_config_add_provider, config, NULL, NULL, 0), MLINT_E_SETTINGS);
    ck_assert_int_eq(TRY(mlint_config_add_provider, config, NULL, "<x/>", 4), MLINT_E_SETTINGS);
}

static void wrong_inputs(struct run *run)
{
    struct mlint_visitor visitor = { .struct_size = sizeof(visitor) - 1 };
    struct mlint_input small = input, bare = input, forced = input, larger = input;
    struct mlint_linter *linter = run->linter;
    struct mlint_result *result = NULL;

    small.struct_size--;
    bare.data = NULL;
    forced.format = "none";
    larger.struct_size += 64;
    WRONG(mlint_linter_new, NULL, run->config);
    WRONG(mlint_linter_new, &linter, NULL);
    WRONG(mlint_check, NULL, &input, &result);
    WRONG(mlint_check, linter, NULL, &result);
    WRONG(mlint_check, linter, &input, NULL);
    WRONG(mlint_check, linter, &small, &result);
    WRONG(mlint_check, linter, &bare, &result);
    WRONG(mlint_check, linter, &forced, &result);
    WRONG(mlint_check_file, NULL, AT_FDCWD, "x", NULL, NULL, 0, &result);
    WRONG(mlint_check_file, linter, AT_FDCWD, NULL, NULL, NULL, 0, &result);
    WRONG(mlint_check_file, linter, AT_FDCWD, "x", NULL, NULL, 0, NULL);
    WRONG(mlint_check_file, linter, AT_FDCWD, "x", NULL, "none", 0, &result);
    WRONG(mlint_check_each, linter, &input, NULL);
    WRONG(mlint_check_each, linter, &input, &visitor);
    visitor.struct_size = sizeof(visitor) + 64;
    WRONG(mlint_check_each, linter, &bare, &visitor);
    ck_assert_int_eq(TRY(mlint_check_each, linter, &larger, &visitor), MLINT_OK);
    WRONG(mlint_dump, NULL, &input, see_row, NULL);
    WRONG(mlint_dump, linter, &input, NULL, NULL);
    WRONG(mlint_dump, linter, &small, see_row, NULL);
    WRONG(mlint_dump, linter, &bare, see_row, NULL);
    WRONG(mlint_dump, linter, &forced, see_row, NULL);
    ck_assert_ptr_null(result);
}

static void stop(struct run *run)
{
    struct mlint_visitor visitor = { .struct_size = sizeof(visitor), .file = see_file };
    struct mlint_linter *linter = run->linter;
    struct mlint_result *result = NULL;
    struct mlint_input text = input;

    visitor.user = linter; /* not NULL: stop */
    ck_assert_int_eq(TRY(mlint_check_each, linter, &input, &visitor), MLINT_E_CANCELLED);
    ck_assert_int_eq(TRY(mlint_dump, linter, &input, see_row, linter), MLINT_E_CANCELLED);
    mlint_linter_set_progress(linter, say_stop, NULL);
    ck_assert_int_eq(TRY(mlint_check, linter, &input, &result), MLINT_E_CANCELLED);
    ck_assert_int_eq(
        TRY(mlint_check_file, linter, AT_FDCWD, "/dev/null", NULL, NULL, 0, &result),
        MLINT_E_CANCELLED);
    mlint_linter_set_progress(linter, NULL, NULL);
    mlint_linter_set_progress(NULL, NULL, NULL);
    text.data = "hello";
    text.length = 5;
    ck_assert_int_eq(TRY(mlint_dump, linter, &text, see_row, NULL), MLINT_E_IO);
}

static void dump_much(void)
{
    size_t length = 1000000;
    char *data = mlint_test_need(calloc(1, length + 64));
    struct mlint_input large = input;
    struct mlint_config *config = NULL;
    struct mlint_linter *linter = NULL;

    for (size_t at = 0; at < length;)
        at += (size_t)sprintf(data + at, "user_pref(\"mail.a%zu\", 1);\n", at);
    large.data = data;
    large.length = strlen(data);
    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_config_set(config, "limit-memory", "1", NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    ck_assert_int_eq(TRY(mlint_dump, linter, &large, see_row, NULL), MLINT_E_LIMIT);
    mlint_linter_free(linter);
    mlint_config_free(config);
    free(data);
}

static void wrong_reports(struct run *run)
{
    unsigned writes = UINT32_MAX;
    struct mlint_report_options options = options_of("text", &writes), none = options,
                                small = options, mute = options;
    struct mlint_report *report = NULL, *other = NULL;
    struct mlint_chunk *chunk = NULL;

    none.format = "none";
    small.struct_size--;
    mute.write = NULL;
    options.struct_size += 64;
    WRONG(mlint_report_new, NULL, run->config, &options);
    WRONG(mlint_report_new, &report, NULL, &options);
    WRONG(mlint_report_new, &report, run->config, NULL);
    WRONG(mlint_report_new, &report, run->config, &none);
    WRONG(mlint_report_new, &report, run->config, &small);
    WRONG(mlint_report_new, &report, run->config, &mute);
    ck_assert_int_eq(TRY(mlint_report_new, &report, run->config, &options), MLINT_OK);
    ck_assert_int_eq(TRY(mlint_report_new, &other, run->config, &options), MLINT_OK);
    WRONG_BARE(mlint_chunk_new, NULL, report);
    WRONG_BARE(mlint_chunk_new, &chunk, NULL);
    ck_assert_int_eq(TRY_BARE(mlint_chunk_new, &chunk, other), MLINT_OK);
    WRONG_BARE(mlint_report_render, NULL, run->result, chunk);
    WRONG_BARE(mlint_report_render, other, NULL, chunk);
    WRONG_BARE(mlint_report_render, report, run->result, chunk);
    WRONG(mlint_report_append, NULL, chunk);
    WRONG(mlint_report_append, report, chunk);
    WRONG(mlint_report_add, NULL, run->result);
    WRONG(mlint_report_add, report, NULL);
    WRONG(mlint_report_finish, NULL, 0, NULL);
    ck_assert_int_eq(TRY(mlint_report_finish, other, 0, NULL), MLINT_OK);
    WRONG(mlint_report_finish, other, 0, NULL);
    WRONG(mlint_report_append, other, chunk);
    WRONG(mlint_report_add, other, run->result);
    WRONG(mlint_result_report, NULL, "text", write_some, &writes);
    WRONG(mlint_result_report, run->result, NULL, write_some, &writes);
    WRONG(mlint_result_report, run->result, "none", write_some, &writes);
    WRONG(mlint_result_report, run->result, "text", NULL, &writes);
    mlint_report_interrupt(NULL);
    mlint_chunk_free(chunk);
    mlint_report_free(other);
    mlint_report_free(report);
}

/* One merge to which one stream is given, and what its report then says. */
static void merge_fails(struct reading reading, enum mlint_status added,
                        enum mlint_status wanted)
{
    unsigned writes = UINT32_MAX;
    struct mlint_report_options options = options_of("text", &writes);
    struct mlint_merge *merge = NULL;

    ck_assert_int_eq(mlint_merge_new(&merge, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(TRY(mlint_merge_add, merge, "one", read_some, &reading), added);
    ck_assert_int_eq(TRY(mlint_merge_report, merge, &options, NULL), wanted);
    mlint_merge_free(merge);
}

static void wrong_merges(struct mlint_str stream)
{
    unsigned writes = UINT32_MAX;
    struct mlint_report_options options = options_of("text", &writes), none = options;
    struct reading reading = { .rest = stream }, again = reading;
    struct mlint_merge *merge = NULL;

    none.format = "none";
    WRONG(mlint_merge_new, NULL, NULL);
    ck_assert_int_eq(mlint_merge_new(&merge, NULL, NULL), MLINT_OK);
    WRONG(mlint_merge_add, NULL, "one", read_some, &reading);
    WRONG(mlint_merge_add, merge, NULL, read_some, &reading);
    WRONG(mlint_merge_add, merge, "one", NULL, &reading);
    WRONG(mlint_merge_report, merge, &options,
          NULL); /* no stream; none of this is held against it */
    WRONG(mlint_merge_report, NULL, &options, NULL);
    WRONG(mlint_merge_report, merge, NULL, NULL);
    ck_assert_int_eq(TRY(mlint_merge_add, merge, "one", read_some, &reading), MLINT_OK);
    WRONG(mlint_merge_report, merge, &none, NULL);
    ck_assert_int_eq(TRY(mlint_merge_report, merge, &options, NULL), MLINT_OK);
    WRONG(mlint_merge_report, merge, &options, NULL);
    WRONG(mlint_merge_add, merge, "two", read_some, &again);
    mlint_merge_free(merge);
    merge_fails((struct reading){ .fails = true }, MLINT_E_IO, MLINT_E_IO);
    merge_fails((struct reading){ .endless = true }, MLINT_E_LIMIT, MLINT_E_LIMIT);
    merge_fails((struct reading){ .rest = MLINT_STR("{}\n") }, MLINT_E_SETTINGS,
                MLINT_E_SETTINGS);
}

START_TEST(answers_are_documented)
{
    struct run run = { 0 };
    struct mlint_buf stream;

    make_long_texts();
    stream = stream_of_run();
    refuse_memory(mlint_str_make(stream.ptr, stream.len));
    fail_writes(mlint_str_make(stream.ptr, stream.len));
    configure(&run);
    lint(&run);
    wrong_inputs(&run);
    stop(&run);
    wrong_reports(&run);
    close_run(&run);
    run = (struct run){ 0 };
    configure(&run);
    wrong_settings(&run);
    close_run(&run);
    mlint_answers_of_ceilings(&answers);
    mlint_answers_of_baselines(&answers);
    dump_much();
    wrong_merges(mlint_str_make(stream.ptr, stream.len));
    mlint_buf_done(&stream);
    mlint_answers_compare(&answers);
}
END_TEST

MLINT_SUITE(api)
{
    Suite *suite = suite_create("api");

    MLINT_TEST(suite, answers_are_documented);
    return suite;
}
