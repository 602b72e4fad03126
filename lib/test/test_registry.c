/* test_registry.c: the tables of formats, rules and reports: sorted, complete, each row with
 * its file, its text and its cases. */
#include "formats/format.h"
#include "report/reporter.h"
#include "rules/rule.h"
#include "test/cases.h"

#include <ctype.h>
#include <fnmatch.h>
#include <unistd.h>

#define SHORTEST_TEXT 10 /* characters of an explanation */

/* An id is lower-case words with hyphens, and the file is called the same with underscores. */
static void check_id(const char *id, const char *before, const char *folder)
{
    char *path = mlint_test_path("%s/%s.c", folder, id);

    ck_assert_msg(!before || strcmp(before, id) < 0, "%s stands after %s", id, before);
    for (const char *c = id; *c; c++)
        ck_assert_msg(islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '-',
                      "%s: '%c' in an id", id, *c);
    for (char *c = path + strlen(path) - strlen(id) - 2; *c; c++)
        *c = *c == '-' ? '_' : *c;
    ck_assert_msg(access(path, R_OK) == 0, "%s is not there", path);
    free(path);
}

static size_t count_cases(const char *kind, const char *id)
{
    char *glob = mlint_test_print("%s/%s/*", kind, id);
    const struct mlint_cases *cases = mlint_cases_all();
    size_t count = 0;

    for (size_t i = 0; i < cases->count; i++)
        count += fnmatch(glob, cases->item[i].name, 0) == 0;
    free(glob);
    return count;
}

static void check_text(const char *id, const char *what, const char *text)
{
    ck_assert_msg(text && strlen(text) >= SHORTEST_TEXT, "%s: no %s", id, what);
    for (const char *c = text; *c; c++)
        ck_assert_msg((unsigned char)*c >= 0x20, "%s: a control character in %s", id, what);
}

START_TEST(formats_are_complete)
{
    const char *before = NULL;

    ck_assert_ptr_nonnull(mlint_formats[0]);
    for (size_t i = 0; mlint_formats[i]; i++) {
        const struct mlint_format *format = mlint_formats[i];

        check_id(format->id, before, "lib/formats");
        check_text(format->id, "title", format->title);
        check_text(format->id, "word on how it is recognised", format->recognised_by);
        ck_assert_msg(format->client < MLINT_CLIENT_COUNT, "%s: no such client", format->id);
        ck_assert_msg(format->probe && format->read, "%s: no probe or no read", format->id);
        ck_assert_msg(count_cases("formats", format->id) > 0, "%s: no case in testdata/formats",
                      format->id);
        ck_assert_ptr_eq(mlint_format_find(format->id), format);
        before = format->id;
    }
    ck_assert_ptr_null(mlint_format_find("no-such-format"));
}
END_TEST

static bool has_step(const struct mlint_rule *rule)
{
    for (int client = 0; client < MLINT_CLIENT_COUNT; client++)
        if (mlint_rule_step(rule, (enum mlint_client)client))
            return true;
    return false;
}

START_TEST(rules_are_complete)
{
    const char *before = NULL;

    ck_assert_ptr_nonnull(mlint_rules[0]);
    for (size_t i = 0; mlint_rules[i]; i++) {
        const struct mlint_rule *rule = mlint_rules[i];
        bool reader = rule->scope == MLINT_SCOPE_READER;

        check_id(rule->id, before, "lib/rules");
        check_text(rule->id, "brief", rule->brief);
        check_text(rule->id, "why", rule->why);
        check_text(rule->id, "source", rule->source);
        ck_assert_msg(has_step(rule), "%s: says nowhere what to do", rule->id);
        ck_assert_msg(rule->level > MLINT_OFF && rule->level <= MLINT_ERROR, "%s: level",
                      rule->id);
        ck_assert_msg(rule->scope != MLINT_SCOPE_ACCOUNT || rule->check, "%s: no check",
                      rule->id);
        ck_assert_int_eq(mlint_rule_is_reader(rule), reader);
        ck_assert_msg(count_cases("rules", rule->id) > 0, "%s: no case in testdata/rules",
                      rule->id);
        ck_assert_ptr_eq(mlint_rule_find(rule->id), rule);
        before = rule->id;
    }
    ck_assert_ptr_null(mlint_rule_find("no-such-rule"));
}
END_TEST

/* Every kind of note that a reader can leave becomes a finding of exactly one rule. */
START_TEST(every_note_has_its_rule)
{
    for (int kind = 0; kind < MLINT_NOTE_KIND_COUNT; kind++) {
        int found = 0;

        for (size_t i = 0; mlint_rules[i]; i++)
            found += mlint_rules[i]->scope == MLINT_SCOPE_READER &&
                     (int)mlint_rules[i]->note == kind;
        ck_assert_msg(found == 1, "%d rules for notes of kind %d", found, kind);
    }
}
END_TEST

/* Whether a case of the rule's own has a line that matches in that file. */
static bool some_case_says(const struct mlint_rule *rule, const char *file, const char *glob)
{
    char *mine = mlint_test_print("rules/%s/*", rule->id);
    const struct mlint_cases *cases = mlint_cases_all();
    bool found = false;

    for (size_t i = 0; i < cases->count && !found; i++) {
        char *path = mlint_test_print("%s/%s", cases->item[i].folder, file);
        struct mlint_str text = mlint_test_read(path);

        if (text.ptr && fnmatch(mine, cases->item[i].name, 0) == 0)
            found = fnmatch(glob, text.ptr, 0) == 0;
        free((char *)text.ptr);
        free(path);
    }
    free(mine);
    return found;
}

/* A rule that never fails, or never passes, in its own cases is not tested. */
START_TEST(cases_of_rules_show_both_outcomes)
{
    for (size_t i = 0; mlint_rules[i]; i++) {
        const struct mlint_rule *rule = mlint_rules[i];
        char *fail = mlint_test_print("* %s fail*", rule->id);
        char *pass = mlint_test_print("* %s pass*", rule->id);
        char *finding = mlint_test_print("* %s *", rule->id);

        ck_assert_msg(some_case_says(rule, "findings.txt", finding),
                      "%s: no case has a finding", rule->id);
        if (rule->scope != MLINT_SCOPE_READER) {
            ck_assert_msg(some_case_says(rule, "verdicts.txt", fail), "%s: no case fails",
                          rule->id);
            ck_assert_msg(some_case_says(rule, "verdicts.txt", pass), "%s: no case passes",
                          rule->id);
        }
        free(fail);
        free(pass);
        free(finding);
    }
}
END_TEST

/* Whether some case has the whole report written down. */
static bool some_case_has(const char *report)
{
    const struct mlint_cases *cases = mlint_cases_all();
    bool found = false;

    for (size_t i = 0; i < cases->count && !found; i++) {
        char *path = mlint_test_print("%s/report.%s", cases->item[i].folder, report);

        found = access(path, R_OK) == 0;
        free(path);
    }
    return found;
}

START_TEST(reports_are_complete)
{
    const char *before = NULL;

    ck_assert_ptr_nonnull(mlint_reporters[0]);
    for (size_t i = 0; mlint_reporters[i]; i++) {
        const struct mlint_reporter *reporter = mlint_reporters[i];

        check_id(reporter->id, before, "lib/report");
        ck_assert_msg(reporter->media_type && strchr(reporter->media_type, '/'),
                      "%s: no media type", reporter->id);
        ck_assert_msg(reporter->extension && reporter->extension[0] != '.', "%s: no extension",
                      reporter->id);
        ck_assert_msg(reporter->sections >= 1 && reporter->sections <= MLINT_REPORT_SECTIONS,
                      "%s: %u sections", reporter->id, reporter->sections);
        ck_assert_msg(some_case_has(reporter->id), "%s: no case has report.%s", reporter->id,
                      reporter->id);
        ck_assert_str_eq(mlint_report_format_at(i), reporter->id);
        before = reporter->id;
    }
}
END_TEST

MLINT_SUITE(registry)
{
    Suite *suite = suite_create("registry");

    MLINT_TEST(suite, formats_are_complete);
    MLINT_TEST(suite, rules_are_complete);
    MLINT_TEST(suite, every_note_has_its_rule);
    MLINT_TEST(suite, cases_of_rules_show_both_outcomes);
    MLINT_TEST(suite, reports_are_complete);
    return suite;
}
