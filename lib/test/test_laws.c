/* test_laws.c: what holds for every golden case, whatever is in it.
 *
 * Any prefix is read without a crash; two runs give the same bytes; a file on disk gives what
 * its bytes give; any refusal of memory ends in an error or in success, with nothing leaked;
 * no report, dump or message holds a password of the case. */
#include "test/cases.h"
#include "test/counting.h"

#include "model/config.h"
#include "model/model.h"

#include <fcntl.h>

#define ALL_CUTS_BELOW 1024 /* bytes; longer inputs are cut at CUTS places */
#define CUTS 64
#define QUICK_CUTS 12
#define QUICK_STEP 7 /* of refusals: shares no divisor with the ten reports */
#define LAST_BUDGET (4u << 20)
#define SHORTEST_SECRET 4

/* MLINT_QUICK=1: each step is slow (valgrind), so a sample of them has to do. */
static bool is_quick(void)
{
    const char *quick = getenv("MLINT_QUICK");

    return quick && quick[0] == '1';
}

static struct mlint_case *open_case(int index)
{
    struct mlint_case *item = &mlint_cases_all()->item[index];

    mlint_case_open(item);
    return item;
}

/* ---- Prefixes ---------------------------------------------------------------------------- */

/* In a block of its own, so that a read past its end is seen by the sanitizers. */
static void check_prefix(struct mlint_case_run *run, size_t input, size_t length)
{
    struct mlint_str whole = run->item->inputs[input].bytes;
    char *bytes = malloc(length ? length : 1);
    struct mlint_result *result;

    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, whole.ptr, length);
    result = mlint_case_check(run, input, mlint_str_make(bytes, length));
    ck_assert_msg(run->status == MLINT_OK, "%s, first %zu bytes: %s", run->item->name, length,
                  run->error.message);
    mlint_result_free(result);
    free(bytes);
}

START_TEST(reads_any_prefix)
{
    struct mlint_case *item = open_case(_i);
    struct mlint_case_run run = { 0 };

    mlint_case_configure(&run, item, NULL);
    ck_assert_msg(run.status == MLINT_OK, "%s: %s", item->name, run.error.message);
    for (size_t i = 0; i < item->input_count; i++) {
        size_t length = item->inputs[i].bytes.len;
        size_t most = is_quick() ? QUICK_CUTS : CUTS;
        size_t cuts = length < (is_quick() ? most : ALL_CUTS_BELOW) ? length : most;

        for (size_t n = 0; n < cuts; n++)
            check_prefix(&run, i, length * n / cuts);
    }
    mlint_case_done(&run);
    mlint_case_close(item);
}
END_TEST

/* ---- The same again ---------------------------------------------------------------------- */

static void same_report(struct mlint_case_run *a, struct mlint_case_run *b, const char *format)
{
    struct mlint_buf first, second;

    ck_assert_msg(mlint_case_report(a, format, &first) == MLINT_OK, "%s, %s: %s", a->item->name,
                  format, a->error.message);
    ck_assert_int_eq(mlint_case_report(b, format, &second), MLINT_OK);
    ck_assert_msg(first.len == second.len &&
                      (first.len == 0 || memcmp(first.ptr, second.ptr, first.len) == 0),
                  "%s: two runs differ in the %s report", a->item->name, format);
    mlint_buf_done(&first);
    mlint_buf_done(&second);
}

/* The second run has every allocation filled with rubbish first: what was never written shows.
 */
START_TEST(says_the_same_twice)
{
    struct mlint_case *item = open_case(_i);
    struct mlint_case_run first = { 0 }, second = { 0 };
    struct mlint_counting counting;

    mlint_counting_init(&counting, 0);
    mlint_case_lint(&first, item, NULL);
    mlint_case_lint(&second, item, &counting.allocator);
    for (size_t i = 0; i < mlint_report_format_count(); i++)
        same_report(&first, &second, mlint_report_format_at(i));
    mlint_case_done(&first);
    mlint_case_done(&second);
    ck_assert_msg(counting.live == 0, "%s: %zu blocks leaked", item->name, counting.live);
    mlint_case_close(item);
}
END_TEST

/* ---- From disk --------------------------------------------------------------------------- */

static void read_from_disk(struct mlint_case_run *run)
{
    for (size_t i = 0; i < run->item->input_count; i++) {
        const struct mlint_case_input *input = &run->item->inputs[i];
        int beside = strncmp(input->name, "input/", 6) == 0;

        if (!run->results[i])
            continue;
        mlint_result_free(run->results[i]);
        run->results[i] = NULL;
        run->status = mlint_check_file(run->linter, AT_FDCWD, input->path, input->name,
                                       run->format, beside, &run->results[i], &run->error);
        ck_assert_msg(run->status == MLINT_OK, "%s: %s", input->path, run->error.message);
    }
}

START_TEST(says_the_same_of_the_file)
{
    struct mlint_case *item = open_case(_i);
    struct mlint_case_run bytes = { 0 }, disk = { 0 };

    mlint_case_lint(&bytes, item, NULL);
    mlint_case_lint(&disk, item, NULL);
    read_from_disk(&disk);
    for (size_t i = 0; i < mlint_report_format_count(); i++)
        same_report(&bytes, &disk, mlint_report_format_at(i));
    mlint_case_done(&bytes);
    mlint_case_done(&disk);
    mlint_case_close(item);
}
END_TEST

/* ---- Memory ------------------------------------------------------------------------------ */

static enum mlint_status report_everything(struct mlint_case_run *run)
{
    enum mlint_status status = run->status;

    for (size_t i = 0; i < mlint_report_format_count() && status == MLINT_OK; i++) {
        struct mlint_buf out;

        status = mlint_case_report(run, mlint_report_format_at(i), &out);
        mlint_buf_done(&out);
    }
    return status;
}

static bool may_say(enum mlint_status status)
{
    return status == MLINT_OK || status == MLINT_E_NO_MEMORY || status == MLINT_E_LIMIT;
}

/* A whole run with the n-th request refused: for good, or only that one. */
static size_t run_short(struct mlint_case *item, size_t fail_at, bool once, const char *format)
{
    struct mlint_case_run run = { 0 };
    struct mlint_counting counting;
    struct mlint_buf out = { 0 };
    enum mlint_status status;

    mlint_counting_init(&counting, fail_at);
    counting.fail_once = once;
    mlint_case_lint(&run, item, &counting.allocator);
    status = run.status == MLINT_OK ? mlint_case_report(&run, format, &out) : run.status;
    mlint_buf_done(&out);
    mlint_case_done(&run);
    ck_assert_msg(counting.live == 0, "%s, %s: request %zu refused: %zu blocks leaked",
                  item->name, format, fail_at, counting.live);
    ck_assert_msg(may_say(status), "%s, %s: request %zu refused: %s", item->name, format,
                  fail_at, mlint_status_text(status));
    ck_assert_msg(counting.refused == 0 || status != MLINT_OK || once,
                  "%s, %s: request %zu refused, and nobody noticed", item->name, format,
                  fail_at);
    return counting.refused;
}

/* Each request is refused with one report after another, and each case begins with another, so
 * that all cases together refuse every request of every report; also of a sample, whose cases
 * begin with another request each. */
START_TEST(survives_every_refusal)
{
    struct mlint_case *item = open_case(_i);
    size_t step = is_quick() ? QUICK_STEP : 1, formats = mlint_report_format_count();

    for (int once = 0; once < 2; once++)
        for (size_t n = 1 + (size_t)_i % step, spared = 0; spared < formats; n += step) {
            const char *format = mlint_report_format_at((n / step + (size_t)_i) % formats);

            ck_assert_uint_lt(n, 100000);
            spared = run_short(item, n, once, format) ? 0 : spared + 1;
        }
    mlint_case_close(item);
}
END_TEST

static void set_budget(struct mlint_config *config, void *user)
{
    config->limit_memory = *(const size_t *)user;
}

START_TEST(survives_every_budget)
{
    struct mlint_case *item = open_case(_i);
    size_t budget;

    for (budget = 1; budget <= LAST_BUDGET;
         budget += budget / 3 + 1 + (is_quick() ? budget : 0)) {
        struct mlint_case_run run = { .tune = set_budget, .user = &budget };
        enum mlint_status status;

        mlint_case_lint(&run, item, NULL);
        status = report_everything(&run);
        ck_assert_msg(may_say(status), "%s with %zu bytes: %s", item->name, budget,
                      mlint_status_text(status));
        mlint_case_done(&run);
    }
    mlint_case_close(item);
}
END_TEST

/* ---- Secrets ----------------------------------------------------------------------------- */

/* Whether the file itself says the same word elsewhere, where it may be shown. */
static bool is_public(const struct mlint_account *account, struct mlint_str secret)
{
    for (unsigned side = 0; side < mlint_account_side_count(account); side++)
        for (int id = 0; id < MLINT_FIELD_COUNT; id++) {
            const struct mlint_field *field =
                mlint_account_field(account, side, (enum mlint_field_id)id);

            if (mlint_str_find(field->text, secret) < field->text.len)
                return true;
        }
    return false;
}

static void deny(struct mlint_case_run *run, const struct mlint_buf *out,
                 struct mlint_str secret, const char *where)
{
    struct mlint_str text = mlint_str_make(out->ptr, out->len);

    ck_assert_msg(secret.len < SHORTEST_SECRET || mlint_str_find(text, secret) == text.len,
                  "%s: a password stands in %s", run->item->name, where);
}

/* The password, and its spelling in the file (base64, escapes). */
static void deny_field(struct mlint_case_run *run, const struct mlint_buf *out,
                       const struct mlint_account *account, const struct mlint_field *field,
                       const char *where)
{
    if (field->secret.len == 0 || is_public(account, field->secret))
        return;
    deny(run, out, field->secret, where);
    if (field->node && field->node->type == MLINT_NODE_STRING)
        deny(run, out, field->node->value, where);
}

static void deny_all(struct mlint_case_run *run, const struct mlint_buf *out, const char *where)
{
    for (size_t i = 0; i < run->item->secrets.count; i++)
        deny(run, out, mlint_str_from(run->item->secrets.name[i]), where);
    for (size_t i = 0; i < run->item->input_count; i++) {
        const struct mlint_result *result = run->results[i];

        for (size_t a = 0; result && a < mlint_result_account_count(result); a++) {
            const struct mlint_account *account = mlint_result_account(result, a);

            for (unsigned side = 0; side < mlint_account_side_count(account); side++)
                deny_field(run, out, account,
                           mlint_account_field(account, side, MLINT_FIELD_PASSWORD), where);
        }
    }
}

START_TEST(keeps_secrets)
{
    struct mlint_case *item = open_case(_i);
    struct mlint_case_run run = { 0 };
    struct mlint_buf out;

    mlint_case_lint(&run, item, NULL);
    for (size_t i = 0; i < mlint_report_format_count(); i++) {
        ck_assert_int_eq(mlint_case_report(&run, mlint_report_format_at(i), &out), MLINT_OK);
        deny_all(&run, &out, mlint_report_format_at(i));
        mlint_buf_done(&out);
    }
    if (mlint_case_dump(&run, &out) != MLINT_OK)
        mlint_buf_text(&out, run.error.message);
    deny_all(&run, &out, "dump");
    mlint_buf_done(&out);
    mlint_case_done(&run);
    mlint_case_close(item);
}
END_TEST

/* Where a password ends would tell how long it is. */
START_TEST(keeps_the_length_of_secrets)
{
    struct mlint_case *item = open_case(_i);
    struct mlint_case_run run = { 0 };

    mlint_case_lint(&run, item, NULL);
    for (size_t i = 0; i < item->input_count; i++) {
        const struct mlint_result *result = run.results[i];

        for (size_t f = 0; result && f < mlint_result_finding_count(result); f++) {
            const struct mlint_finding *finding = mlint_result_finding(result, f);
            const char *field = mlint_finding_field(finding);
            struct mlint_location place;

            if (!field || !strstr(field, ".password") || finding->place.node == NULL ||
                !mlint_finding_locate(result, finding, &place))
                continue;
            ck_assert_ptr_null(mlint_finding_replacement(finding));
            ck_assert_uint_eq(place.column, place.end_column);
            ck_assert_int_eq(place.byte_length, 0);
        }
    }
    mlint_case_done(&run);
    mlint_case_close(item);
}
END_TEST

MLINT_SUITE(laws)
{
    Suite *suite = suite_create("laws");
    size_t count = mlint_cases_all()->count;

    mlint_test_add(suite, "reads any prefix", reads_any_prefix, count);
    mlint_test_add(suite, "says the same twice", says_the_same_twice, count);
    mlint_test_add(suite, "says the same of the file", says_the_same_of_the_file, count);
    mlint_test_add(suite, "survives every refusal", survives_every_refusal, count);
    mlint_test_add(suite, "survives every budget", survives_every_budget, count);
    mlint_test_add(suite, "keeps secrets", keeps_secrets, count);
    mlint_test_add(suite, "keeps the length of secrets", keeps_the_length_of_secrets, count);
    return suite;
}
