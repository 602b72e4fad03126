/* junit.c: a suite a file, a case a verdict, for dashboards of test runs. An unknown verdict is
 * a skipped case with the reason; what does not apply is left out; a file that could not be
 * read is an error. */
#include "report/escapes.h"
#include "report/phrases.h"
#include "report/view.h"

struct suite {
    struct mlint_rendering *rendering;
    const struct mlint_result *result;
    const struct mlint_file *file;
    unsigned tests, failures, errors, skipped;
};

static struct mlint_buf *out_of(const struct suite *suite)
{
    return mlint_out(suite->rendering, 0);
}

static void put(struct mlint_rendering *rendering, const char *before, const char *text,
                const char *after)
{
    mlint_buf_text(mlint_out(rendering, 0), before);
    mlint_xml_text(mlint_out(rendering, 0), rendering->arena, text);
    mlint_buf_text(mlint_out(rendering, 0), after);
}

static void open_case(struct mlint_rendering *rendering, const char *path, const char *key,
                      const char *rule)
{
    put(rendering, "<testcase classname=\"", path, "");
    if (key)
        put(rendering, ": ", key, "");
    put(rendering, "\" name=\"", rule, "\">");
}

static void put_failure(struct mlint_rendering *rendering, const struct mlint_cross *view)
{
    struct mlint_buf *out = mlint_out(rendering, 0);

    put(rendering, "<failure type=\"", mlint_level_name(view->level), "\" message=\"");
    mlint_xml_text(out, rendering->arena, view->message);
    put(rendering, "\">", view->path, "");
    if (view->location.line)
        mlint_out_position(out, ":", &view->location);
    if (view->location.path[0])
        put(rendering, "\n", view->location.path, "");
    if (view->hint)
        put(rendering, "\n", view->hint, "");
    mlint_buf_text(out, "</failure>");
}

/* Findings of the verdict, or, with no verdict, the one finding about the file itself. */
static void put_findings(const struct suite *suite, const struct mlint_verdict *verdict)
{
    for (size_t i = 0; i < suite->result->finding_count; i++) {
        const struct mlint_finding *finding = suite->result->findings[i];
        struct mlint_cross view;

        if (finding->rule != verdict->rule ||
            mlint_finding_account(finding) != verdict->account ||
            finding->place.file != verdict->file ||
            (suite->rendering->held && suite->rendering->held[finding->number]))
            continue;
        mlint_view_finding(suite->result, finding, &view);
        put_failure(suite->rendering, &view);
    }
}

static bool belongs(const struct suite *suite, const struct mlint_verdict *verdict)
{
    return verdict->file == suite->file->index && verdict->kind != MLINT_NOT_APPLICABLE &&
           mlint_verdict_shown(suite->rendering, verdict);
}

/* Not known, or a failure that the baseline holds back. */
static const char *why_skipped(const struct suite *suite, const struct mlint_verdict *verdict)
{
    const char *reason = mlint_verdict_reason(suite->rendering, suite->result, verdict);

    return verdict->kind == MLINT_UNKNOWN || reason == mlint_held_back ? reason : NULL;
}

static const char *key_of(const struct suite *suite, const struct mlint_verdict *verdict)
{
    return verdict->account == MLINT_NO_ACCOUNT
               ? NULL
               : suite->result->accounts[verdict->account]->key.ptr;
}

static void put_verdict(const struct suite *suite, const struct mlint_verdict *verdict)
{
    const char *skipped = why_skipped(suite, verdict);

    open_case(suite->rendering, suite->file->path.ptr, key_of(suite, verdict),
              mlint_rule_id(verdict->rule));
    if (skipped || verdict->kind == MLINT_UNKNOWN)
        put(suite->rendering, "<skipped message=\"", skipped, "\"/>");
    else if (verdict->kind == MLINT_FAIL)
        put_findings(suite, verdict);
    mlint_buf_text(out_of(suite), "</testcase>\n");
}

static bool is_reader(const struct suite *suite, const struct mlint_finding *finding)
{
    return finding->place.file == suite->file->index && mlint_rule_is_reader(finding->rule) &&
           mlint_finding_shown(suite->rendering, finding);
}

static void tally(struct suite *suite)
{
    bool skipped;

    for (size_t i = 0; i < suite->result->verdict_count; i++) {
        const struct mlint_verdict *verdict = &suite->result->verdicts[i];

        if (!belongs(suite, verdict))
            continue;
        skipped = verdict->kind == MLINT_UNKNOWN || why_skipped(suite, verdict);
        suite->tests++;
        suite->failures += verdict->kind == MLINT_FAIL && !skipped;
        suite->skipped += skipped;
    }
    for (size_t i = 0; i < suite->result->finding_count; i++)
        suite->failures += is_reader(suite, suite->result->findings[i]),
            suite->tests += is_reader(suite, suite->result->findings[i]);
    suite->errors = mlint_file_trouble(suite->file) != NULL;
    suite->tests += suite->errors;
}

static void open_suite(const struct suite *suite)
{
    put(suite->rendering, "<testsuite name=\"", suite->file->path.ptr, "\"");
    mlint_buf_printf(out_of(suite),
                     " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\">\n",
                     suite->tests, suite->failures, suite->errors, suite->skipped);
}

static void put_file(struct suite *suite)
{
    struct mlint_rendering *rendering = suite->rendering;
    const char *path = suite->file->path.ptr, *trouble = mlint_file_trouble(suite->file);

    tally(suite);
    if (!suite->tests)
        return;
    open_suite(suite);
    if (trouble) {
        open_case(rendering, path, NULL, "reading");
        put(rendering, "<error message=\"", trouble, "");
        put(rendering, suite->file->detail ? ": " : "", suite->file->detail,
            "\"/></testcase>\n");
    }
    for (size_t i = 0; i < suite->result->finding_count; i++) {
        struct mlint_cross view;

        if (!is_reader(suite, suite->result->findings[i]))
            continue;
        mlint_view_finding(suite->result, suite->result->findings[i], &view);
        open_case(rendering, path, NULL, view.rule);
        put_failure(rendering, &view);
        mlint_buf_text(out_of(suite), "</testcase>\n");
    }
    for (size_t i = 0; i < suite->result->verdict_count; i++) {
        if (belongs(suite, &suite->result->verdicts[i]))
            put_verdict(suite, &suite->result->verdicts[i]);
    }
    mlint_buf_text(out_of(suite), "</testsuite>\n");
}

static void begin(struct mlint_rendering *rendering)
{
    mlint_buf_text(
        mlint_out(rendering, 0),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"maillint\">\n");
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    for (size_t i = 0; i < shown->file_count; i++) {
        struct suite suite = { .rendering = rendering,
                               .result = shown,
                               .file = shown->files[i] };

        put_file(&suite);
    }
}

/* A suite of one case each, as suites name their numbers at the front. A pass has no name to
 * tell and is not worth a million suites. */
static void cross(struct mlint_rendering *rendering, const struct mlint_cross *found)
{
    struct mlint_buf *out = mlint_out(rendering, 0);

    if (!found->path || found->verdict < MLINT_UNKNOWN)
        return;
    put(rendering, "<testsuite name=\"", found->path, "\"");
    mlint_buf_printf(out, " tests=\"1\" failures=\"%d\" errors=\"0\" skipped=\"%d\">\n",
                     found->message != NULL, found->message == NULL);
    open_case(rendering, found->path, found->key, found->rule);
    if (found->message)
        put_failure(rendering, found);
    else
        put(rendering, "<skipped message=\"", found->reason, "\"/>");
    mlint_buf_text(out, "</testcase>\n</testsuite>\n");
}

static void end(struct mlint_rendering *rendering, const struct mlint_summary *summary)
{
    (void)summary;
    mlint_buf_text(mlint_out(rendering, 0), "</testsuites>\n");
}

const struct mlint_reporter mlint_report_junit = {
    .id = "junit",
    .media_type = "application/xml",
    .extension = "xml",
    .sections = 1,
    .alone = true,
    .begin = begin,
    .result = result,
    .cross = cross,
    .end = end,
};
