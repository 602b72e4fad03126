/* test_custom.c: rules that others add: patterns in the settings, and functions of a host's. */
#include "test/counting.h"
#include "test/test.h"

#include "base/arena.h"
#include "base/pattern.h"
#include "model/config.h"

#include <stdio.h>

static const char profile[] =
    "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"
    "user_pref(\"mail.account.account1.server\", \"server1\");\n"
    "user_pref(\"mail.account.account1.identities\", \"id1\");\n"
    "user_pref(\"mail.identity.id1.useremail\", \"jane@example.com\");\n"
    "user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\n"
    "user_pref(\"mail.server.server1.type\", \"pop3\");\n"
    "user_pref(\"mail.server.server1.hostname\", \"pop.example.com\");\n"
    "user_pref(\"mail.server.server1.port\", 995);\n"
    "user_pref(\"mail.server.server1.socketType\", 3);\n"
    "user_pref(\"mail.server.server1.userName\", "
    "\"janeaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\");\n"
    "user_pref(\"mail.smtpservers\", \"smtp1\");\n"
    "user_pref(\"mail.smtpserver.smtp1.hostname\", \"smtp.example.org\");\n"
    "user_pref(\"mail.smtpserver.smtp1.try_ssl\", 2);\n"
    "user_pref(\"mail.smtpserver.smtp1.authMethod\", 1);\n";

static struct mlint_config *new_config(void)
{
    struct mlint_config *config = NULL;

    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    return config;
}

static enum mlint_status load(struct mlint_config *config, const char *settings,
                              struct mlint_error *error)
{
    return mlint_config_load(config, "s.ini", settings, strlen(settings), error);
}

static struct mlint_result *check(struct mlint_linter *linter)
{
    struct mlint_input input = { .struct_size = sizeof(input),
                                 .name = "prefs.js",
                                 .data = profile,
                                 .length = sizeof(profile) - 1 };
    struct mlint_result *result = NULL;

    ck_assert_int_eq(mlint_check(linter, &input, &result, NULL), MLINT_OK);
    ck_assert_uint_eq(mlint_result_account_count(result), 1);
    return result;
}

/* "VERDICT REASON; LEVEL FIELD MESSAGE | HINT; ..." of a rule. */
static void describe(const struct mlint_result *result, const char *rule, char *out,
                     size_t size)
{
    size_t at = 0;

    for (size_t i = 0; i < mlint_result_verdict_count(result); i++) {
        const struct mlint_verdict *verdict = mlint_result_verdict(result, i);
        if (strcmp(mlint_rule_id(verdict->rule), rule) == 0)
            at += (size_t)snprintf(out + at, size - at, "%s %s;",
                                   mlint_verdict_name(verdict->kind),
                                   verdict->reason ? verdict->reason : "-");
    }
    for (size_t i = 0; i < mlint_result_finding_count(result); i++) {
        const struct mlint_finding *finding = mlint_result_finding(result, i);
        if (strcmp(mlint_rule_id(mlint_finding_rule(finding)), rule) == 0)
            at += (size_t)snprintf(out + at, size - at, " %s %s %s | %s;",
                                   mlint_level_name(mlint_finding_level(finding)),
                                   mlint_finding_field(finding), mlint_finding_message(finding),
                                   mlint_finding_hint(finding) ? mlint_finding_hint(finding)
                                                               : "-");
    }
}

/* ---- Patterns ---- */

static const struct {
    const char *field, *pattern, *wanted;
} patterns[] = {
    { "incoming.host", "example\\.com$", "pass -;" },
    { "host", "example\\.com$", "fail -; warning outgoing.host M | H;" },
    { "incoming.host", "^(?!pop\\.)", "fail -; warning incoming.host M | H;" },
    { "incoming.port", "^995$", "pass -;" },
    { "incoming.security", "^tls$", "pass -;" },
    { "outgoing.security", "^tls$", "fail -; warning outgoing.security M | H;" },
    { "leave_on_server", "^true$",
      "fail -; warning incoming.leave_on_server M (the client's default) | H;" },
    { "address", "@example\\.com$", "pass -;" },
    { "online", "true", "unknown the value is not in this file;" },
    { "outgoing.username", "x", "not-applicable no login name of its own is used;" },
    /* Nothing in the trial starts with "jane": met at run time only. */
    { "incoming.username", "^jane(\\w+\\s?)+$",
      "unknown the rule's pattern was stopped: it takes too many steps; note incoming.username "
      "this rule's pattern takes too many steps on this value and was stopped | write the "
      "pattern without repeats inside repeats, such as (a+)+;" },
};

START_TEST(patterns_judge_fields)
{
    struct mlint_config *config = new_config();
    struct mlint_linter *linter = NULL;
    struct mlint_result *result;
    struct mlint_error error = { 0 };
    char *settings =
        mlint_test_print("[rule own]\nfield = %s\npattern = %s\nmessage = M\nhint = H\n",
                         patterns[_i].field, patterns[_i].pattern);
    char got[1024] = "";

    ck_assert_msg(load(config, settings, &error) == MLINT_OK, "%s", error.message);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    result = check(linter);
    describe(result, "own", got, sizeof(got));
    ck_assert_str_eq(got, patterns[_i].wanted);
    mlint_result_free(result);
    mlint_linter_free(linter);
    mlint_config_free(config);
    free(settings);
}
END_TEST

#define RULE "[rule own]\nmessage = M\n"

static const struct {
    const char *settings, *wanted;
} refused[] = {
    { RULE "field = usernam\npattern = x\n",
      "s.ini:1: [rule own]: no field is called \"usernam\"; did you mean \"username\"?" },
    { RULE "field = incoming.same_as_incoming\npattern = x\n",
      "s.ini:1: [rule own]: no field is called \"incoming.same_as_incoming\"; did you mean "
      "\"same_as_incoming\"?" },
    { RULE "field = incoming.name\npattern = x\n",
      "s.ini:1: [rule own]: no field is called \"incoming.name\"; did you mean \"name\"?" },
    { RULE "field = outgoing.password\npattern = x\n",
      "s.ini:1: [rule own]: passwords are not matched by patterns" },
    { "\n" RULE "field = host\npattern = (x\n",
      "s.ini:2: [rule own]: pattern \"(x\": missing closing parenthesis, at character 3" },
    { RULE "field = host\npattern = (a+)+$\n",
      "s.ini:1: [rule own]: the pattern takes too many steps even on a short value; write it "
      "without repeats inside repeats, such as (a+)+" },
    { RULE "field = host\npattern = (?:[x-z]+-?)*[0-5]\n",
      "s.ini:1: [rule own]: the pattern takes too many steps even on a short value; write it "
      "without repeats inside repeats, such as (a+)+" },
    { RULE "field = host\npattern = \\C\n",
      "s.ini:1: [rule own]: pattern \"\\C\": using \\C is disabled by the application, at "
      "character 3" },
    { RULE "field = host\npatern = x\n",
      "s.ini:4: a rule has no \"patern\"; did you mean \"pattern\"?" },
    { RULE "field = host\npattern = x\npattern = y\n",
      "s.ini:5: \"pattern\" is there twice, or runs over two lines" },
    { RULE "field = host\npattern = x\n  y\n",
      "s.ini:5: \"pattern\" is there twice, or runs over two lines" },
    { RULE "field = host\npattern = x\nlevel = fatal\n",
      "s.ini:1: [rule own]: a level is error, warning, note or off" },
    { RULE "field = host\n", "s.ini:1: [rule own]: \"pattern = ...\" is missing" },
    { RULE "pattern = x\n", "s.ini:1: [rule own]: \"field = ...\" is missing" },
    { "[rule own]\nfield = host\npattern = x\n",
      "s.ini:1: [rule own]: \"message = ...\" is missing" },
    { "[rule no-spa]\nfield = host\npattern = x\nmessage = M\n",
      "s.ini:1: there is a rule called \"no-spa\" already" },
    { "[rule Own]\nfield = host\npattern = x\nmessage = M\n",
      "s.ini:1: [rule Own]: a rule's name is lower-case letters, digits and hyphens, a letter "
      "first" },
};

START_TEST(wrong_rules_are_refused)
{
    struct mlint_config *config = new_config();
    struct mlint_error error = { 0 };
    size_t before = mlint_config_rule_count(config);

    ck_assert_int_eq(load(config, refused[_i].settings, &error), MLINT_E_SETTINGS);
    ck_assert_str_eq(error.message, refused[_i].wanted);
    ck_assert_uint_eq(mlint_config_rule_count(config), before);
    mlint_config_free(config);
}
END_TEST

/* A line that inih would cut in two is refused, not cut. */
START_TEST(long_lines_are_refused)
{
    struct mlint_config *config = new_config();
    struct mlint_error error = { 0 };
    char *settings = mlint_test_print("[maillint]\nignore = %0190d\n", 0);

    ck_assert_int_eq(load(config, settings, &error), MLINT_E_SETTINGS);
    ck_assert_str_eq(error.message, "s.ini:2: a line has more than 198 bytes");
    ck_assert_uint_eq(error.line, 2);
    mlint_config_free(config);
    free(settings);
}
END_TEST

/* Settings may name a rule above the place where it is made. */
START_TEST(added_rules_take_levels)
{
    struct mlint_config *config = new_config();
    struct mlint_error error = { 0 };
    size_t count = mlint_config_rule_count(config);

    ck_assert_uint_eq(count, mlint_rule_count());
    ck_assert_msg(load(config,
                       "[severity]\nown = error\n[rule own]\nfield = host\npattern = x\n"
                       "message = M\n",
                       &error) == MLINT_OK,
                  "%s", error.message);
    ck_assert_uint_eq(mlint_config_rule_count(config), count + 1);
    ck_assert_str_eq(mlint_rule_id(mlint_config_rule_at(config, count)), "own");
    ck_assert_ptr_null(mlint_config_rule_at(config, count + 1));
    ck_assert_int_eq(mlint_config_level(config, "own"), MLINT_ERROR);
    ck_assert_int_eq(mlint_config_set(config, "select", "no-spa", NULL, &error), MLINT_OK);
    ck_assert_int_eq(mlint_config_level(config, "own"), MLINT_OFF);
    mlint_config_free(config);
}
END_TEST

START_TEST(rules_have_a_ceiling)
{
    struct mlint_config *config = new_config();
    struct mlint_error error = { 0 };
    enum mlint_status status = MLINT_OK;
    size_t added = 0;

    for (; status == MLINT_OK; added++) {
        char *settings =
            mlint_test_print("[rule own-%zu]\nfield = host\npattern = x\nmessage = M\n", added);
        status = load(config, settings, &error);
        free(settings);
        ck_assert_uint_lt(added, 1000);
    }
    ck_assert_str_eq(error.message, "s.ini:1: more than 256 rules");
    ck_assert_uint_eq(mlint_config_rule_count(config), 256);
    mlint_config_free(config);
}
END_TEST

/* Whatever request for memory is refused: an answer, and nothing left behind. */
START_TEST(rules_without_memory)
{
    static const char settings[] = RULE "field = host\npattern = ^pop\\.(a|b)$\n";
    enum mlint_status status = MLINT_E_NO_MEMORY;
    struct mlint_counting counting;

    for (size_t n = 1; status != MLINT_OK; n++) {
        struct mlint_config *config = NULL;
        mlint_counting_init(&counting, n);
        status = mlint_config_new(&config, &counting.allocator, NULL);
        if (status == MLINT_OK)
            status = load(config, settings, NULL);
        mlint_config_free(config);
        ck_assert_uint_eq(counting.live, 0);
        ck_assert_uint_lt(n, 10000);
    }
}
END_TEST

/* How serious no-spa is for a file of that path, under the settings of its sections. */
static enum mlint_level level_at(const struct mlint_config *config, const char *path)
{
    const struct mlint_config *own;
    enum mlint_level level;
    struct mlint_arena arena;
    uint64_t sections;

    mlint_arena_init(&arena, NULL, 0);
    own = mlint_config_for(&arena, config, mlint_str_from(path), &sections);
    level = mlint_config_level(own ? own : config, "no-spa");
    mlint_arena_done(&arena);
    return level;
}

/* Likewise for sections by path, where the answer is also the right one. */
START_TEST(paths_without_memory)
{
    static const char settings[] = "[path old/**]\nno-spa = off\nmin-interval = 3\n"
                                   "[path new]\nselect = no-spa\n";
    enum mlint_status status = MLINT_E_NO_MEMORY;
    struct mlint_counting counting;

    for (size_t n = 1; status != MLINT_OK; n++) {
        struct mlint_config *config = NULL;
        mlint_counting_init(&counting, n);
        status = mlint_config_new(&config, &counting.allocator, NULL);
        if (status == MLINT_OK)
            status = load(config, settings, NULL);
        ck_assert(status == MLINT_OK || status == MLINT_E_NO_MEMORY);
        if (status == MLINT_OK) {
            ck_assert_int_eq(level_at(config, "old/a"), MLINT_OFF);
            ck_assert_int_eq(level_at(config, "other"), MLINT_ERROR);
            ck_assert_int_eq(level_at(config, "new"), MLINT_ERROR);
        }
        mlint_config_free(config);
        ck_assert_uint_eq(counting.live, 0);
        ck_assert_uint_lt(n, 10000);
    }
}
END_TEST

/* ---- Rules of a host ---- */

static void count_calls(void *user, struct mlint_judging *judging,
                        const struct mlint_account *account)
{
    char buffer[32], message[64] = "no\tTLS at ";
    const struct mlint_field *host =
        mlint_account_field(account, MLINT_OUTGOING, MLINT_FIELD_HOST);
    const struct mlint_field *security =
        mlint_account_field(account, MLINT_OUTGOING, MLINT_FIELD_SECURITY);

    ++*(unsigned *)user;
    mlint_judging_pass(judging);
    if (mlint_field_number(security) == MLINT_SECURITY_TLS)
        return;
    strncat(message, mlint_field_text(NULL, host, MLINT_FIELD_HOST, buffer), 40);
    mlint_judging_fail(judging, MLINT_OUTGOING, MLINT_FIELD_SECURITY, message, NULL);
    mlint_judging_fail(judging, 7, MLINT_FIELD_PORT, NULL, "look at it");
    memset(message, 'x', sizeof(message)); /* what was said is kept, not pointed to */
}

static struct mlint_host_rule host_rule(unsigned *calls)
{
    return (struct mlint_host_rule){ .struct_size = sizeof(struct mlint_host_rule),
                                     .id = "host-tls",
                                     .level = MLINT_ERROR,
                                     .brief = "Mail is sent over TLS.",
                                     .step = "Use port 465.",
                                     .check = count_calls,
                                     .user = calls };
}

START_TEST(hosts_add_rules)
{
    struct mlint_config *config = new_config();
    struct mlint_linter *linter = NULL;
    struct mlint_result *result;
    unsigned calls = 0;
    struct mlint_host_rule rule = host_rule(&calls);
    char got[1024] = "";

    ck_assert_int_eq(mlint_config_add_rule(config, &rule, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_config_set(config, "severity", "host-tls=note", NULL, NULL),
                     MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    result = check(linter);
    describe(result, "host-tls", got, sizeof(got));
    ck_assert_str_eq(got, "fail -; note name Mail is sent over TLS. | look at it; note "
                          "outgoing.security no\u2409TLS at smtp.example.org | Use port 465.;");
    ck_assert_uint_eq(calls, 1);
    mlint_result_free(result);
    mlint_linter_free(linter);
    mlint_config_free(config);
}
END_TEST

START_TEST(wrong_host_rules_are_refused)
{
    struct mlint_config *config = new_config();
    struct mlint_host_rule rule = host_rule(NULL);
    struct mlint_error error = { 0 };

    ck_assert_int_eq(mlint_config_add_rule(config, NULL, NULL), MLINT_E_ARGUMENT);
    rule.struct_size = 8;
    ck_assert_int_eq(mlint_config_add_rule(config, &rule, NULL), MLINT_E_ARGUMENT);
    rule = host_rule(NULL);
    rule.check = NULL;
    ck_assert_int_eq(mlint_config_add_rule(config, &rule, NULL), MLINT_E_ARGUMENT);
    rule = host_rule(NULL);
    rule.id = NULL;
    ck_assert_int_eq(mlint_config_add_rule(config, &rule, NULL), MLINT_E_ARGUMENT);
    rule = host_rule(NULL);
    ck_assert_int_eq(mlint_config_add_rule(config, &rule, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_config_add_rule(config, &rule, &error), MLINT_E_SETTINGS);
    ck_assert_str_eq(error.message, "there is a rule called \"host-tls\" already");
    mlint_config_free(config);
}
END_TEST

/* ---- Patterns of providers ---- */

static const struct {
    const char *pattern, *wanted; /* NULL: fine */
} shapes[] = {
    { "^[a-z]{16}$", NULL },
    { "^([a-z]+)+$", "password-pattern takes too many steps even on a short text" },
    { "[a-", "pattern \"[a-\": missing terminating ] for character class, at character 4" },
};

START_TEST(password_patterns_are_tried)
{
    struct mlint_config *config = new_config();
    struct mlint_error error = { 0 };
    char *text =
        mlint_test_print("[provider]\nid = own\npassword-pattern = %s\n", shapes[_i].pattern);
    enum mlint_status status =
        mlint_config_add_provider(config, "p.ini", text, strlen(text), &error);

    ck_assert_int_eq(status, shapes[_i].wanted ? MLINT_E_SETTINGS : MLINT_OK);
    ck_assert_str_eq(error.message, shapes[_i].wanted ? shapes[_i].wanted : "");
    mlint_config_free(config);
    free(text);
}
END_TEST

static const struct {
    const char *one, *wanted;
} sessions[] = {
    { "", "pass -;" },
    { "one-pop-session = yes\n", "pass -;" },
    { "one-pop-session = no\n",
      "not-applicable this provider lets several clients poll at once;" },
};

START_TEST(providers_may_allow_many_sessions)
{
    struct mlint_config *config = new_config();
    struct mlint_linter *linter = NULL;
    struct mlint_result *result;
    char *text = mlint_test_print("[provider]\nid = own\n%s", sessions[_i].one);
    char got[1024] = "";

    ck_assert_int_eq(mlint_config_add_provider(config, "p.ini", text, strlen(text), NULL),
                     MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    result = check(linter);
    describe(result, "single-pop-session", got, sizeof(got));
    ck_assert_str_eq(got, sessions[_i].wanted);
    mlint_result_free(result);
    mlint_linter_free(linter);
    mlint_config_free(config);
    free(text);
}
END_TEST

START_TEST(long_texts_are_not_matched)
{
    struct mlint_pattern *pattern = NULL;
    static char text[4097];

    memset(text, 'a', sizeof(text));
    ck_assert_int_eq(
        mlint_pattern_new(&pattern, NULL, mlint_allocator_default(), MLINT_STR("a$"), NULL),
        MLINT_OK);
    ck_assert_int_eq(mlint_pattern_match(pattern, mlint_str_make(text, 4096)),
                     MLINT_MATCH_FOUND);
    ck_assert_int_eq(mlint_pattern_match(pattern, mlint_str_make(text, 4097)),
                     MLINT_MATCH_GAVE_UP);
    ck_assert_int_eq(mlint_pattern_match(pattern, MLINT_STR("a\xFF")), MLINT_MATCH_GAVE_UP);
    ck_assert_int_eq(mlint_pattern_match(pattern, MLINT_STR("")), MLINT_MATCH_NONE);
    mlint_pattern_free(pattern);
}
END_TEST

MLINT_SUITE(custom)
{
    Suite *suite = suite_create("custom");

    MLINT_TEST_ROWS(suite, patterns_judge_fields, patterns);
    MLINT_TEST_ROWS(suite, wrong_rules_are_refused, refused);
    MLINT_TEST(suite, long_lines_are_refused);
    MLINT_TEST(suite, added_rules_take_levels);
    MLINT_TEST(suite, rules_have_a_ceiling);
    MLINT_TEST(suite, rules_without_memory);
    MLINT_TEST(suite, paths_without_memory);
    MLINT_TEST(suite, hosts_add_rules);
    MLINT_TEST(suite, wrong_host_rules_are_refused);
    MLINT_TEST_ROWS(suite, password_patterns_are_tried, shapes);
    MLINT_TEST_ROWS(suite, providers_may_allow_many_sessions, sessions);
    MLINT_TEST(suite, long_texts_are_not_matched);
    return suite;
}
