/* test_hosts.c: what programs around the library rely on: to end a call, to bring their own
 * memory, to set ceilings, to have a report from a result, to share a config among threads. */
#include "test/counting.h"
#include "test/test.h"

#include <pthread.h>
#include <stdio.h>

#define THREADS 2
#define ROUNDS 50

/* Two accounts; the second one's name has no domain. */
static const char profile[] =
    "user_pref(\"mail.accountmanager.accounts\", \"account1,account2\");\n"
    "user_pref(\"mail.account.account1.server\", \"server1\");\n"
    "user_pref(\"mail.account.account2.server\", \"server2\");\n"
    "user_pref(\"mail.server.server1.type\", \"imap\");\n"
    "user_pref(\"mail.server.server1.hostname\", \"imap.example.com\");\n"
    "user_pref(\"mail.server.server1.userName\", \"jane@example.com\");\n"
    "user_pref(\"mail.server.server2.type\", \"imap\");\n"
    "user_pref(\"mail.server.server2.hostname\", \"imap.example.com\");\n"
    "user_pref(\"mail.server.server2.userName\", \"kim\");\n";

static const struct mlint_input input = { .struct_size = sizeof(input),
                                          .name = "prefs.js",
                                          .data = profile,
                                          .length = sizeof(profile) - 1 };

struct host {
    struct mlint_counting counting;
    struct mlint_config *config;
    struct mlint_linter *linter;
};

static void open_host(struct host *host)
{
    *host = (struct host){ 0 };
    mlint_counting_init(&host->counting, 0);
    ck_assert_int_eq(mlint_config_new(&host->config, &host->counting.allocator, NULL),
                     MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&host->linter, host->config, NULL), MLINT_OK);
}

static void close_host(struct host *host)
{
    mlint_linter_free(host->linter);
    mlint_config_free(host->config);
    ck_assert_uint_eq(host->counting.live, 0);
}

/* The profile twice, in two folders of a tar: the second polls the same mailbox. Freed by the
 * caller; nothing in it where this build reads no archives. */
static struct mlint_input two_profiles(void)
{
    enum { BLOCK = 512, SIZE = 8 * BLOCK };
    static const char *const names[] = { "a/prefs.js", "b/prefs.js" };
    char *tar = mlint_test_need(calloc(1, SIZE)), *at = tar;
    size_t length = sizeof(profile) - 1;

    for (size_t i = 0; i < 2; i++) {
        unsigned sum = 0;

        snprintf(at, 100, "%s", names[i]);
        memcpy(at + 100, "0000644", 8);
        snprintf(at + 124, 12, "%011zo", length);
        memcpy(at + 136, "00000000000", 12);
        memcpy(at + 148, "        ", 8);
        at[156] = '0';
        memcpy(at + 257, "ustar\00000", 9);
        for (size_t byte = 0; byte < BLOCK; byte++)
            sum += (unsigned char)at[byte];
        snprintf(at + 148, 8, "%06o", sum);
        memcpy(at + BLOCK, profile, length);
        at += BLOCK + (length + BLOCK - 1) / BLOCK * BLOCK;
    }
    ck_assert_uint_le((size_t)(at - tar) + 2 * BLOCK, SIZE);
    return (struct mlint_input){
        .struct_size = sizeof(input), .name = "two.tar", .data = tar, .length = SIZE
    };
}

/* ---- Ending a call ---- */

struct asked {
    unsigned times, stop_at; /* stop_at 0: never */
};

static int ask(void *user)
{
    struct asked *asked = user;

    asked->times++;
    return asked->times == asked->stop_at;
}

/* Whichever question is answered "no": no result, the right word, nothing left behind, and the
 * linter goes on as if nothing had been. */
static void cancel_anywhere(struct host *host, const struct mlint_input *what, size_t files)
{
    struct asked all = { 0 };
    struct mlint_result *result = NULL;
    struct mlint_error error;

    mlint_linter_set_progress(host->linter, ask, &all);
    ck_assert_int_eq(mlint_check(host->linter, what, &result, NULL), MLINT_OK);
    ck_assert_uint_eq(mlint_result_file_count(result), files);
    mlint_result_free(result);
    ck_assert_uint_ge(all.times, 1);
    for (unsigned stop = 1; stop <= all.times; stop++) {
        struct asked asked = { .stop_at = stop };

        result = NULL;
        mlint_linter_set_progress(host->linter, ask, &asked);
        ck_assert_int_eq(mlint_check(host->linter, what, &result, &error), MLINT_E_CANCELLED);
        ck_assert_int_eq(error.status, MLINT_E_CANCELLED);
        ck_assert_ptr_null(result);
        ck_assert_uint_eq(asked.times, stop); /* once is enough */
    }
    mlint_linter_set_progress(host->linter, NULL, NULL);
    ck_assert_int_eq(mlint_check(host->linter, what, &result, NULL), MLINT_OK);
    ck_assert_uint_eq(mlint_result_file_count(result), files);
    mlint_result_free(result);
}

START_TEST(cancel_accounts)
{
    struct host host;

    open_host(&host);
    cancel_anywhere(&host, &input, 1);
    close_host(&host);
}
END_TEST

START_TEST(cancel_archive)
{
    struct mlint_input archive = two_profiles();
    struct host host;

    open_host(&host);
    cancel_anywhere(&host, &archive, 2);
    close_host(&host);
    free((char *)(uintptr_t)archive.data);
}
END_TEST

static int take_row(void *user, const struct mlint_dump_row *row)
{
    (void)row;
    ++*(unsigned *)user;
    return 0;
}

START_TEST(cancel_dump_and_file)
{
    struct asked asked = { .stop_at = 1 };
    struct mlint_result *result = NULL;
    unsigned rows = 0;
    struct host host;
    char *path = mlint_test_path("testdata/demo/outlook.reg");

    open_host(&host);
    mlint_linter_set_progress(host.linter, ask, &asked);
    ck_assert_int_eq(mlint_dump(host.linter, &input, take_row, &rows, NULL), MLINT_E_CANCELLED);
    ck_assert_uint_eq(rows, 0);
    asked.times = 0;
    ck_assert_int_eq(mlint_check_file(host.linter, -1, path, NULL, NULL, 0, &result, NULL),
                     MLINT_E_CANCELLED);
    ck_assert_ptr_null(result);
    close_host(&host);
    free(path);
}
END_TEST

/* ---- One by one ---- */

struct seen {
    unsigned files, accounts, findings;
    unsigned stop_at; /* the account at which it is enough; 0: none */
    bool kim;         /* the finding about her name came */
};

static int see_file(void *user, const struct mlint_result *result,
                    const struct mlint_file *file)
{
    struct seen *seen = user;

    ck_assert_ptr_eq(mlint_result_file(result, 0), file);
    seen->files++;
    return 0;
}

static int see_account(void *user, const struct mlint_result *result,
                       const struct mlint_account *account)
{
    struct seen *seen = user;

    ck_assert_ptr_eq(mlint_result_account(result, seen->accounts), account);
    seen->accounts++;
    return seen->accounts == seen->stop_at;
}

static int see_finding(void *user, const struct mlint_result *result,
                       const struct mlint_finding *finding)
{
    struct seen *seen = user;
    struct mlint_location place;

    seen->findings++;
    if (strcmp(mlint_rule_id(mlint_finding_rule(finding)), "username-full-address") == 0) {
        ck_assert_int_eq(mlint_finding_locate(result, finding, &place), 1);
        ck_assert_uint_eq(place.line, 9);
        seen->kim = true;
    }
    return 0;
}

START_TEST(one_by_one)
{
    struct seen seen = { 0 }, enough = { .stop_at = 1 };
    struct mlint_visitor visitor = { sizeof(visitor), see_file, see_account, see_finding,
                                     &seen };
    struct host host;

    open_host(&host);
    ck_assert_int_eq(mlint_check_each(host.linter, &input, &visitor, NULL), MLINT_OK);
    ck_assert_uint_eq(seen.files, 1);
    ck_assert_uint_eq(seen.accounts, 2);
    ck_assert(seen.kim);
    visitor.user = &enough;
    ck_assert_int_eq(mlint_check_each(host.linter, &input, &visitor, NULL), MLINT_E_CANCELLED);
    ck_assert_uint_eq(enough.accounts, 1);
    ck_assert_uint_eq(enough.findings, 0);
    visitor = (struct mlint_visitor){ .struct_size = sizeof(visitor) };
    ck_assert_int_eq(mlint_check_each(host.linter, &input, &visitor, NULL), MLINT_OK);
    visitor.struct_size = 1;
    ck_assert_int_eq(mlint_check_each(host.linter, &input, &visitor, NULL), MLINT_E_ARGUMENT);
    close_host(&host);
}
END_TEST

/* Of an archive, each file's own before the next file; all of it, and what a whole result says.
 */
struct order {
    size_t file; /* the one at hand, plus 1 */
    size_t accounts, findings;
};

static int order_file(void *user, const struct mlint_result *result,
                      const struct mlint_file *file)
{
    struct order *order = user;

    ck_assert_ptr_eq(mlint_result_file(result, order->file), file);
    order->file++;
    return 0;
}

static int order_account(void *user, const struct mlint_result *result,
                         const struct mlint_account *account)
{
    struct order *order = user;

    ck_assert_uint_eq(mlint_account_file(account) + 1, order->file);
    ck_assert_ptr_eq(mlint_result_account(result, order->accounts), account);
    order->accounts++;
    return 0;
}

static int order_finding(void *user, const struct mlint_result *result,
                         const struct mlint_finding *finding)
{
    struct order *order = user;

    ck_assert_uint_eq(mlint_finding_file(finding) + 1, order->file);
    ck_assert_ptr_eq(mlint_result_finding(result, order->findings), finding);
    order->findings++;
    return 0;
}

START_TEST(file_by_file)
{
    struct mlint_input archive = two_profiles();
    struct order order = { 0 };
    struct mlint_visitor visitor = { sizeof(visitor), order_file, order_account, order_finding,
                                     &order };
    struct mlint_result *result = NULL;
    struct host host;

    open_host(&host);
    ck_assert_int_eq(mlint_check_each(host.linter, &archive, &visitor, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_check(host.linter, &archive, &result, NULL), MLINT_OK);
    ck_assert_uint_eq(order.file, 2);
    ck_assert_uint_eq(order.accounts, 4);
    ck_assert_uint_gt(order.findings, 1);
    ck_assert_uint_eq(order.file, mlint_result_file_count(result));
    ck_assert_uint_eq(order.accounts, mlint_result_account_count(result));
    ck_assert_uint_eq(order.findings, mlint_result_finding_count(result));
    mlint_result_free(result);
    close_host(&host);
    free((char *)(uintptr_t)archive.data);
}
END_TEST

/* ---- A report from a result ---- */

struct text {
    char bytes[65536];
    size_t length;
    bool full; /* answer as a full disk does */
};

static int take(void *user, const void *data, size_t length)
{
    struct text *text = user;

    if (text->full || length > sizeof(text->bytes) - 1 - text->length)
        return 1;
    memcpy(text->bytes + text->length, data, length);
    text->length += length;
    text->bytes[text->length] = '\0';
    return 0;
}

START_TEST(json_from_result)
{
    static struct text text, full = { .full = true };
    struct mlint_result *result = NULL;
    struct host host;

    open_host(&host);
    ck_assert_int_eq(mlint_check(host.linter, &input, &result, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_result_report(result, "json", take, &text, NULL), MLINT_OK);
    ck_assert_int_eq(text.bytes[0], '{');
    ck_assert_str_eq(text.bytes + text.length - 2, "}\n");
    ck_assert_ptr_nonnull(strstr(text.bytes, "\"username-full-address\""));
    ck_assert_ptr_nonnull(strstr(text.bytes, "\"jane@example.com\""));
    ck_assert_int_eq(mlint_result_report(result, "json", take, &full, NULL), MLINT_E_IO);
    ck_assert_int_eq(mlint_result_report(result, "jsonn", take, &text, NULL), MLINT_E_ARGUMENT);
    ck_assert_int_eq(mlint_result_report(result, NULL, take, &text, NULL), MLINT_E_ARGUMENT);
    mlint_result_free(result);
    close_host(&host);
}
END_TEST

/* ---- Getters ---- */

/* Past the end is NULL, or absent; out of range has no name. */
START_TEST(past_the_end)
{
    struct mlint_result *result = NULL;
    const struct mlint_account *account;
    char buffer[48];
    struct host host;

    open_host(&host);
    ck_assert_int_eq(mlint_check(host.linter, &input, &result, NULL), MLINT_OK);
    account = mlint_result_account(result, 0);
    ck_assert_ptr_null(mlint_rule_at(mlint_rule_count()));
    ck_assert_ptr_null(mlint_rule_find(NULL));
    ck_assert_ptr_null(mlint_rule_step(mlint_rule_at(0), MLINT_CLIENT_COUNT));
    ck_assert_ptr_null(mlint_config_rule_at(host.config, mlint_config_rule_count(host.config)));
    ck_assert_int_eq(mlint_config_level(host.config, NULL), MLINT_OFF);
    ck_assert_ptr_null(mlint_format_at(mlint_format_count()));
    ck_assert_ptr_null(mlint_format_find(NULL));
    ck_assert_ptr_null(mlint_report_format_at(mlint_report_format_count()));
    ck_assert_ptr_null(mlint_result_file(result, mlint_result_file_count(result)));
    ck_assert_ptr_null(mlint_result_account(result, mlint_result_account_count(result)));
    ck_assert_ptr_null(mlint_result_verdict(result, mlint_result_verdict_count(result)));
    ck_assert_ptr_null(mlint_result_finding(result, mlint_result_finding_count(result)));
    ck_assert_ptr_null(mlint_account_address(account, mlint_account_address_count(account)));
    ck_assert_int_eq(mlint_field_presence(mlint_account_field(account, 99, MLINT_FIELD_HOST)),
                     MLINT_ABSENT);
    ck_assert_str_eq(mlint_field_text(NULL, mlint_account_field(account, 0, MLINT_FIELD_COUNT),
                                      MLINT_FIELD_HOST, buffer),
                     "");
    ck_assert_ptr_null(mlint_field_name(0, MLINT_FIELD_COUNT, buffer));
    ck_assert_str_eq(mlint_field_name(2, MLINT_FIELD_HOST, buffer), "outgoing[1].host");
    ck_assert_ptr_null(mlint_level_name((enum mlint_level)(MLINT_ERROR + 1)));
    ck_assert_ptr_null(mlint_verdict_name((enum mlint_verdict_kind)(MLINT_FAIL + 1)));
    ck_assert_ptr_null(mlint_client_name(MLINT_CLIENT_COUNT));
    ck_assert_ptr_null(mlint_file_status_name((enum mlint_file_status)(MLINT_FILE_LIMIT + 1)));
    ck_assert_ptr_null(mlint_presence_name((enum mlint_presence)(MLINT_HIDDEN + 1)));
    ck_assert_ptr_null(mlint_status_text((enum mlint_status)(MLINT_E_CANCELLED + 1)));
    mlint_result_free(result);
    close_host(&host);
}
END_TEST

/* ---- Memory and ceilings ---- */

/* Every request of a whole run refused once: an answer each time, and nothing left. */
START_TEST(refusing_allocator)
{
    static struct text text;
    size_t requests = 1;

    for (size_t fail_at = 1; fail_at <= requests; fail_at++) {
        struct mlint_counting counting;
        struct mlint_config *config = NULL;
        struct mlint_linter *linter = NULL;
        struct mlint_result *result = NULL;
        enum mlint_status status;

        mlint_counting_init(&counting, fail_at);
        text.length = 0;
        status = mlint_config_new(&config, &counting.allocator, NULL);
        if (status == MLINT_OK)
            status = mlint_linter_new(&linter, config, NULL);
        if (status == MLINT_OK)
            status = mlint_check(linter, &input, &result, NULL);
        if (status == MLINT_OK)
            status = mlint_result_report(result, "json", take, &text, NULL);
        ck_assert_int_eq(status, counting.refused ? MLINT_E_NO_MEMORY : MLINT_OK);
        mlint_result_free(result);
        mlint_linter_free(linter);
        mlint_config_free(config);
        ck_assert_uint_eq(counting.live, 0);
        if (counting.refused)
            requests = fail_at + 1;
    }
    ck_assert_uint_gt(requests, 3);
}
END_TEST

static enum mlint_file_status status_with(const char *setting, size_t length)
{
    char *data = mlint_test_need(malloc(length));
    struct mlint_input large = { .struct_size = sizeof(large), .name = "prefs.js" };
    struct mlint_counting counting;
    struct mlint_config *config = NULL;
    struct mlint_linter *linter = NULL;
    struct mlint_result *result = NULL;
    enum mlint_file_status status;

    memset(data, '\n', length);
    for (size_t at = 0; at + 64 < length;)
        at += (size_t)snprintf(data + at, 64,
                               "user_pref(\"mail.identity.id%zu.useremail\", \"a@b\");\n", at);
    large.data = data;
    large.length = length;
    mlint_counting_init(&counting, 0);
    ck_assert_int_eq(mlint_config_new(&config, &counting.allocator, NULL), MLINT_OK);
    if (setting)
        ck_assert_int_eq(mlint_config_set(config, setting, "1", "test", NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_check(linter, &large, &result, NULL), MLINT_OK);
    ck_assert_uint_eq(mlint_result_file_count(result), 1);
    status = mlint_file_status(mlint_result_file(result, 0));
    mlint_result_free(result);
    if (setting)
        ck_assert_uint_lt(counting.peak_bytes, 4u << 20);
    mlint_linter_free(linter);
    mlint_config_free(config);
    free(data);
    return status;
}

START_TEST(ceilings)
{
    struct mlint_config *config = NULL;
    struct mlint_error error;

    ck_assert_int_ne(status_with(NULL, (1u << 20) + 1), MLINT_FILE_LIMIT);
    ck_assert_int_eq(status_with("limit-size", (1u << 20) + 1), MLINT_FILE_LIMIT);
    ck_assert_int_eq(status_with("limit-memory", 1u << 20), MLINT_FILE_LIMIT);
    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_config_set(config, "limit-size", "0", "test", &error),
                     MLINT_E_SETTINGS);
    ck_assert_int_eq(mlint_config_set(config, "limit-memory", "1024", "test", &error),
                     MLINT_E_SETTINGS);
    mlint_config_free(config);
}
END_TEST

/* ---- Threads ---- */

struct worker {
    pthread_t thread;
    const struct mlint_config *config;
    struct text text; /* of the last round */
    unsigned wrong;
};

static void *work(void *user)
{
    struct worker *worker = user;
    struct mlint_linter *linter = NULL;

    if (mlint_linter_new(&linter, worker->config, NULL) != MLINT_OK)
        worker->wrong++;
    for (unsigned i = 0; i < ROUNDS && linter; i++) {
        struct mlint_result *result = NULL;

        worker->text.length = 0;
        if (mlint_check(linter, &input, &result, NULL) != MLINT_OK ||
            mlint_result_report(result, "json", take, &worker->text, NULL) != MLINT_OK)
            worker->wrong++;
        mlint_result_free(result);
    }
    mlint_linter_free(linter);
    return NULL;
}

START_TEST(threads_share_a_config)
{
    static struct worker workers[THREADS];
    struct mlint_config *config = NULL;

    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i].config = config;
        ck_assert_int_eq(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(workers[i].thread, NULL), 0);
    for (unsigned i = 0; i < THREADS; i++) {
        ck_assert_uint_eq(workers[i].wrong, 0);
        ck_assert_uint_gt(workers[i].text.length, 0);
        ck_assert_str_eq(workers[i].text.bytes, workers[0].text.bytes);
    }
    mlint_config_free(config);
}
END_TEST

MLINT_SUITE(hosts)
{
    Suite *suite = suite_create("hosts");

    MLINT_TEST(suite, cancel_accounts);
    MLINT_TEST(suite, cancel_archive);
    MLINT_TEST(suite, cancel_dump_and_file);
    MLINT_TEST(suite, one_by_one);
    MLINT_TEST(suite, file_by_file);
    MLINT_TEST(suite, json_from_result);
    MLINT_TEST(suite, past_the_end);
    MLINT_TEST(suite, refusing_allocator);
    MLINT_TEST(suite, ceilings);
    MLINT_TEST(suite, threads_share_a_config);
    return suite;
}
