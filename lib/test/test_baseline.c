/* test_baseline.c: what findings are called from run to run, and what a baseline holds back. */
#include "test/counting.h"
#include "test/test.h"

#include "base/buf.h"

#include <stdio.h>

/* ---- Names ---- */

#define NAMED "user_pref(\"mail.server.server1.userName\", \"Jane@example.com\");\n"
#define SPA "user_pref(\"mail.server.server1.authMethod\", 6);\n"
#define REST                                                                                   \
    "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"                             \
    "user_pref(\"mail.account.account1.server\", \"server1\");\n"                              \
    "user_pref(\"mail.server.server1.type\", \"pop3\");\n"                                     \
    "user_pref(\"mail.server.server1.check_new_mail\", true);\n"                               \
    "user_pref(\"mail.server.server1.hostname\", \"pop.example.com\");\n"

static const char base_text[] = REST SPA NAMED;

/* Fingerprints of the findings of a rule, one behind another. */
static void names_of(const char *path, const char *text, const char *rule,
                     struct mlint_buf *out)
{
    struct mlint_input input = {
        .struct_size = sizeof(input), .name = path, .data = text, .length = strlen(text)
    };
    struct mlint_config *config;
    struct mlint_linter *linter;
    struct mlint_result *result;

    mlint_buf_init(out, NULL, 0);
    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_check(linter, &input, &result, NULL), MLINT_OK);
    for (size_t i = 0; i < mlint_result_finding_count(result); i++) {
        const struct mlint_finding *finding = mlint_result_finding(result, i);

        if (strcmp(mlint_rule_id(mlint_finding_rule(finding)), rule) == 0)
            mlint_buf_text(out, mlint_finding_fingerprint(result, finding));
    }
    mlint_result_free(result);
    mlint_linter_free(linter);
    mlint_config_free(config);
}

static const struct {
    const char *name, *path, *text, *rule;
    bool same;
} namings[] = {
    { "moved", "elsewhere/user/prefs.js", base_text, "no-spa", true },
    { "renamed", "jane.js", base_text, "no-spa", true },
    { "other order", "prefs.js", NAMED SPA REST, "no-spa", true },
    { "a line more", "prefs.js", "\n// text\n" REST SPA NAMED, "no-spa", true },
    { "the login in other case", "prefs.js",
      REST SPA "user_pref(\"mail.server.server1.userName\", \"JANE@example.com\");\n", "no-spa",
      true },
    { "another account", "prefs.js",
      REST SPA "user_pref(\"mail.server.server1.userName\", \"kim@example.com\");\n", "no-spa",
      false },
    { "another key", "prefs.js",
      "user_pref(\"mail.accountmanager.accounts\", \"account7\");\n"
      "user_pref(\"mail.account.account7.server\", \"server9\");\n"
      "user_pref(\"mail.server.server9.type\", \"pop3\");\n"
      "user_pref(\"mail.server.server9.hostname\", \"pop.example.com\");\n"
      "user_pref(\"mail.server.server9.authMethod\", 6);\n"
      "user_pref(\"mail.server.server9.userName\", \"Jane@example.com\");\n",
      "no-spa", true },
    { "another rule", "prefs.js", base_text, "username-lowercase", false },
    { "another fault of the field", "prefs.js",
      REST NAMED "user_pref(\"mail.server.server1.authMethod\", 8);\n", "no-spa", false },
};

START_TEST(names_findings)
{
    struct mlint_buf first, second;

    names_of("prefs.js", base_text, "no-spa", &first);
    names_of(namings[_i].path, namings[_i].text, namings[_i].rule, &second);
    ck_assert_msg(first.len == 16 && second.len == 16, "%s: not one finding each",
                  namings[_i].name);
    ck_assert_msg((memcmp(first.ptr, second.ptr, 16) == 0) == namings[_i].same,
                  "%s: %.16s %.16s", namings[_i].name, first.ptr, second.ptr);
    mlint_buf_done(&first);
    mlint_buf_done(&second);
}
END_TEST

/* Intervals of 1, 2 and 3 minutes are one fault: values are no part of a name. */
START_TEST(names_know_no_values)
{
    struct mlint_buf last = { 0 }, now;

    for (unsigned minutes = 1; minutes < 4; minutes++) {
        char *text = mlint_test_print("%suser_pref(\"mail.server.server1.check_time\", %u);\n",
                                      base_text, minutes);

        names_of("prefs.js", text, "check-interval", &now);
        ck_assert_uint_eq(now.len, 16);
        ck_assert(minutes == 1 || memcmp(now.ptr, last.ptr, 16) == 0);
        if (minutes > 1)
            mlint_buf_done(&last);
        last = now;
        free(text);
    }
    mlint_buf_done(&last);
}
END_TEST

/* Whatever the password is, and whether it is short or long, the names are the same. */
START_TEST(names_know_no_password)
{
    static const char *const passwords[] = { "a b", "0000 0000", "correct horse battery" };
    static const char *const rules[] = { "readable-password", "app-password-spaces",
                                         "app-password" };
    struct mlint_buf first, now;

    for (size_t rule = 0; rule < 3; rule++) {
        for (size_t i = 0; i < 3; i++) {
            char *text = mlint_test_print(
                "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>PayloadType</key>"
                "<string>Configuration</string><key>PayloadContent</key><array><dict>"
                "<key>PayloadType</key><string>com.apple.mail.managed</string>"
                "<key>EmailAccountType</key><string>EmailTypeIMAP</string>"
                "<key>EmailAddress</key><string>j@example.com</string>"
                "<key>IncomingMailServerHostName</key><string>imap.bizmail.yahoo.com</string>"
                "<key>IncomingMailServerUsername</key><string>j@example.com</string>"
                "<key>IncomingPassword</key><string>%s</string></dict></array></dict></plist>",
                passwords[i]);

            names_of("a.mobileconfig", text, rules[rule], i ? &now : &first);
            ck_assert_msg(first.len == 16, "%s: %zu", rules[rule], first.len / 16);
            if (i) {
                mlint_assert_str(rules[rule], mlint_str_make(now.ptr, now.len),
                                 mlint_str_make(first.ptr, first.len));
                mlint_buf_done(&now);
            }
            free(text);
        }
        mlint_buf_done(&first);
    }
}
END_TEST

/* ---- Reading ---- */

#define HEAD "# maillint baseline 1\n"
#define ENTRY "0123456789abcdef no-spa a/prefs.js\n"

static const struct {
    const char *name, *text;
    enum mlint_status status;
    unsigned line;
} texts[] = {
    { "no entry", HEAD, MLINT_OK, 0 },
    { "one", HEAD ENTRY, MLINT_OK, 0 },
    { "no line end", HEAD "0123456789abcdef no-spa a", MLINT_OK, 0 },
    { "CR LF and comments",
      "# maillint baseline 1: more\r\n\r\n# why\r\n0123456789ABCDEF a-1 b c \xFF\r\n", MLINT_OK,
      0 },
    { "empty", "", MLINT_E_SETTINGS, 1 },
    { "no head", ENTRY, MLINT_E_SETTINGS, 1 },
    { "another version", "# maillint baseline 2\n", MLINT_E_SETTINGS, 1 },
    { "short name", HEAD ENTRY "0123456789abcde no-spa a\n", MLINT_E_SETTINGS, 3 },
    { "no hexadecimal", HEAD "0123456789abcdeg no-spa a\n", MLINT_E_SETTINGS, 2 },
    { "no rule", HEAD "0123456789abcdef\n", MLINT_E_SETTINGS, 2 },
    { "no path", HEAD "0123456789abcdef no-spa\n", MLINT_E_SETTINGS, 2 },
    { "rule with capitals", HEAD "0123456789abcdef No-spa a\n", MLINT_E_SETTINGS, 2 },
    { "a merge that was left", HEAD "\n<<<<<<< HEAD\n", MLINT_E_SETTINGS, 3 },
    { "something else", HEAD "root:$6$secret:19000:0:99999:7:::\n", MLINT_E_SETTINGS, 2 },
};

START_TEST(reads_baselines)
{
    struct mlint_baseline *baseline = NULL;
    struct mlint_error error = { 0 };

    ck_assert_msg(mlint_baseline_new(&baseline, NULL, "known.txt", texts[_i].text,
                                     strlen(texts[_i].text), &error) == texts[_i].status,
                  "%s: %s", texts[_i].name, error.message);
    ck_assert_msg(error.line == texts[_i].line, "%s: line %u", texts[_i].name, error.line);
    ck_assert_ptr_null(strstr(error.message, "secret"));
    if (texts[_i].status != MLINT_OK) {
        char *place = mlint_test_print("known.txt:%u: ", texts[_i].line);

        ck_assert_msg(strstr(error.message, place) == error.message, "%s", error.message);
        free(place);
    }
    mlint_baseline_free(baseline);
}
END_TEST

START_TEST(has_a_ceiling)
{
    struct mlint_baseline *baseline = NULL;
    struct mlint_error error = { 0 };
    size_t length = 1000001;
    char *lines = mlint_test_need(malloc(length));

    memset(lines, '\n', length);
    ck_assert_int_eq(mlint_baseline_new(&baseline, NULL, "b", lines, length, &error),
                     MLINT_E_LIMIT);
    ck_assert_ptr_nonnull(strstr(error.message, "1000000 lines"));
    free(lines);
}
END_TEST

/* ---- Runs ---- */

struct run {
    struct mlint_counting counting;
    struct mlint_buf report, written;
    struct mlint_summary summary;
    struct mlint_error error;
    unsigned unused, seen, across;
};

static int keep_report(void *user, const void *data, size_t length)
{
    mlint_buf_add(&((struct run *)user)->report, data, length);
    return 0;
}

static int keep_baseline(void *user, const void *data, size_t length)
{
    mlint_buf_add(&((struct run *)user)->written, data, length);
    return 0;
}

static int count_unused(void *user, const struct mlint_unused *unused)
{
    struct run *run = user;

    run->unused++;
    run->seen += unused->seen != 0;
    run->across += unused->across;
    return 1;
}

static enum mlint_status add_all(struct mlint_config *config, struct mlint_report *report,
                                 const char *const *paths, struct mlint_error *error)
{
    struct mlint_linter *linter;
    enum mlint_status status = mlint_linter_new(&linter, config, error);

    if (status != MLINT_OK)
        return status;
    for (; *paths && status == MLINT_OK; paths++) {
        struct mlint_input input = { .struct_size = sizeof(input),
                                     .name = *paths,
                                     .data = base_text,
                                     .length = sizeof(base_text) - 1 };
        struct mlint_result *result;

        status = mlint_check(linter, &input, &result, error);
        if (status != MLINT_OK)
            break;
        status = mlint_report_add(report, result, error);
        mlint_result_free(result);
    }
    mlint_linter_free(linter);
    return status;
}

/* The same profile under each path; baseline may be NULL. */
static enum mlint_status go(struct run *run, const char *format, const char *baseline,
                            const char *const *paths, size_t fail_at)
{
    struct mlint_report_options options = { .struct_size = sizeof(options),
                                            .format = format,
                                            .write = keep_report,
                                            .user = run,
                                            .write_baseline = keep_baseline,
                                            .unused = count_unused,
                                            .baseline_user = run };
    struct mlint_config *config = NULL;
    struct mlint_report *report = NULL;
    struct mlint_baseline *known = NULL;
    enum mlint_status status;

    *run = (struct run){ .unused = 0 };
    mlint_counting_init(&run->counting, fail_at);
    mlint_buf_init(&run->report, NULL, 0);
    mlint_buf_init(&run->written, NULL, 0);
    status = mlint_config_new(&config, &run->counting.allocator, &run->error);
    if (status == MLINT_OK && baseline)
        status = mlint_baseline_new(&known, &run->counting.allocator, "known", baseline,
                                    strlen(baseline), &run->error);
    options.baseline = known;
    if (status == MLINT_OK)
        status = mlint_report_new(&report, config, &options, &run->error);
    if (status == MLINT_OK)
        status = add_all(config, report, paths, &run->error);
    if (status == MLINT_OK)
        status = mlint_report_finish(report, 0, &run->summary, &run->error);
    mlint_report_free(report);
    mlint_baseline_free(known);
    mlint_config_free(config);
    ck_assert_uint_eq(run->counting.live, 0);
    return status;
}

static void done(struct run *run)
{
    mlint_buf_done(&run->report);
    mlint_buf_done(&run->written);
}

static char *text_of(const struct mlint_buf *buf)
{
    return mlint_test_print("%.*s", (int)buf->len, buf->ptr);
}

static const char *const one[] = { "a/prefs.js", NULL };
static const char *const two[] = { "a/prefs.js", "b/prefs.js", NULL };
static const char *const moved[] = { "c/d/prefs.js", NULL };

/* Everything found is held back the next time, in every form of report; a copy of the file is
 * new; what is fixed is unused. */
START_TEST(holds_back)
{
    const char *format = mlint_report_format_at((size_t)_i);
    struct run first, again, more, away;
    uint64_t found;
    char *known;

    ck_assert_int_eq(go(&first, format, NULL, one, 0), MLINT_OK);
    found = first.summary.errors + first.summary.warnings + first.summary.notes;
    ck_assert_uint_eq(found, 2);
    ck_assert_uint_eq(first.summary.held_back, 0);
    known = text_of(&first.written);
    ck_assert_int_eq(go(&again, format, known, one, 0), MLINT_OK);
    ck_assert_uint_eq(again.summary.held_back, found);
    ck_assert_uint_eq(again.summary.errors + again.summary.warnings + again.summary.notes, 0);
    ck_assert_uint_eq(again.unused, 0);
    mlint_assert_str(format, mlint_str_make(again.written.ptr, again.written.len),
                     mlint_str_from(known));
    ck_assert_int_eq(go(&away, format, known, moved, 0), MLINT_OK);
    ck_assert_uint_eq(away.summary.held_back, found);
    ck_assert_int_eq(go(&more, format, known, two, 0), MLINT_OK);
    ck_assert_uint_eq(more.summary.held_back, found);
    /* Both profiles now poll one mailbox and take its mail away: two findings more of each. */
    ck_assert_uint_eq(more.summary.errors + more.summary.warnings + more.summary.notes,
                      found + 4);
    free(known);
    done(&first), done(&again), done(&more), done(&away);
}
END_TEST

static size_t count_of(const struct mlint_buf *buf, const char *word)
{
    struct mlint_str rest = mlint_str_make(buf->ptr, buf->len);
    size_t count = 0, at;

    while ((at = mlint_str_find(rest, mlint_str_from(word))) < rest.len) {
        rest = mlint_str_sub(rest, at + strlen(word), rest.len);
        count++;
    }
    return count;
}

/* One for one: of two equal findings and one entry, the second is new, also between files. */
START_TEST(counts)
{
    struct run all, some;
    char *known, *line, *end;

    ck_assert_int_eq(go(&all, "json", NULL, two, 0), MLINT_OK);
    known = text_of(&all.written);
    ck_assert_uint_eq(count_of(&all.written, " single-pop-session "), 2);
    line = strstr(known, " single-pop-session a/");
    ck_assert_ptr_nonnull(line);
    line -= 16;
    end = strchr(line, '\n') + 1;
    memmove(line, end, strlen(end) + 1);
    ck_assert_int_eq(go(&some, "json", known, two, 0), MLINT_OK);
    ck_assert_uint_eq(some.summary.held_back,
                      all.summary.errors + all.summary.warnings + all.summary.notes - 1);
    ck_assert_uint_eq(count_of(&some.report, "{\"rule\":\"single-pop-session\",\"severity\""),
                      1);
    ck_assert_uint_eq(count_of(&some.report, "the baseline holds it back"),
                      count_of(&all.report, "\"fail\"") - 1);
    ck_assert_uint_eq(some.unused, 0);
    free(known);
    done(&all), done(&some);
}
END_TEST

START_TEST(tells_the_unused)
{
    static const char known[] = HEAD "0123456789abcdef no-spa a/prefs.js\n"
                                     "0123456789abcdef leave-on-server gone.js\n";
    struct run run;

    ck_assert_int_eq(go(&run, "ndjson", known, one, 0), MLINT_OK);
    ck_assert_uint_eq(run.unused, 2);
    ck_assert_uint_eq(run.seen, 1);
    ck_assert_uint_eq(run.across, 1);
    ck_assert_uint_eq(run.summary.unused_suppressions, 2);
    ck_assert_uint_eq(count_of(&run.report, "\"held_back\":0,\"unused_suppressions\":2"), 1);
    done(&run);
}
END_TEST

/* Any refusal of memory ends in an error or in the same baseline, with nothing leaked. */
START_TEST(survives_refusals)
{
    struct run whole, run;
    char *known;

    ck_assert_int_eq(go(&whole, "text", NULL, two, 0), MLINT_OK);
    known = text_of(&whole.written);
    for (size_t at = 1;; at++) {
        enum mlint_status status = go(&run, "text", known, two, at);

        if (status == MLINT_OK)
            mlint_assert_str("baseline", mlint_str_make(run.written.ptr, run.written.len),
                             mlint_str_from(known));
        else
            ck_assert_int_eq(status, MLINT_E_NO_MEMORY);
        done(&run);
        if (!run.counting.refused)
            break;
    }
    free(known);
    done(&whole);
}
END_TEST

START_TEST(wants_claims)
{
    struct mlint_input input = { .struct_size = sizeof(input),
                                 .name = "prefs.js",
                                 .data = base_text,
                                 .length = sizeof(base_text) - 1 };
    struct mlint_report_options options = { .struct_size = sizeof(options),
                                            .format = "csv",
                                            .write = keep_report };
    struct run run = { .unused = 0 };
    struct mlint_config *config;
    struct mlint_linter *linter;
    struct mlint_result *result;
    struct mlint_baseline *known;
    struct mlint_report *report;
    struct mlint_chunk *chunk;

    mlint_buf_init(&run.report, NULL, 0);
    options.user = &run;
    ck_assert_int_eq(mlint_baseline_new(&known, NULL, NULL, HEAD, strlen(HEAD), NULL),
                     MLINT_OK);
    options.baseline = known;
    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_check(linter, &input, &result, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_report_new(&report, config, &options, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_chunk_new(&chunk, report), MLINT_OK);
    ck_assert_int_eq(mlint_report_render(report, result, chunk), MLINT_E_ARGUMENT);
    ck_assert_int_eq(mlint_report_claim(report, result, chunk), MLINT_OK);
    ck_assert_int_eq(mlint_report_render(report, result, chunk), MLINT_OK);
    ck_assert_int_eq(mlint_report_append(report, chunk, NULL), MLINT_OK);
    mlint_chunk_free(chunk);
    mlint_report_free(report);
    mlint_result_free(result);
    mlint_linter_free(linter);
    mlint_config_free(config);
    mlint_baseline_free(known);
    mlint_buf_done(&run.report);
}
END_TEST

MLINT_SUITE(baseline)
{
    Suite *suite = suite_create("baseline");

    MLINT_TEST_ROWS(suite, names_findings, namings);
    MLINT_TEST(suite, names_know_no_values);
    MLINT_TEST(suite, names_know_no_password);
    MLINT_TEST_ROWS(suite, reads_baselines, texts);
    MLINT_TEST(suite, has_a_ceiling);
    mlint_test_add(suite, "holds_back", holds_back, mlint_report_format_count());
    MLINT_TEST(suite, counts);
    MLINT_TEST(suite, tells_the_unused);
    MLINT_TEST(suite, survives_refusals);
    MLINT_TEST(suite, wants_claims);
    return suite;
}
