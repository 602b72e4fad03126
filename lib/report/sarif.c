/* sarif.c: SARIF 2.1.0 (OASIS), a result a finding. Results stand by severity, so that what is
 * past GitHub's ceiling of a run is what matters least, and a notification says how much that
 * is. Columns count characters; paths are URIs as relative as they were given. */
#include "report/escapes.h"
#include "report/fingerprint.h"
#include "report/json_out.h"
#include "report/phrases.h"
#include "report/view.h"

enum { HEAD, ERRORS, WARNINGS, NOTES, NOTIFICATIONS };

#define GITHUB_RESULTS 25000 /* results of one run that GitHub takes */

static const char *level_word(enum mlint_level level)
{
    return level == MLINT_ERROR ? "error" : level == MLINT_WARNING ? "warning" : "note";
}

static void put_message(struct mlint_json *json, const char *key, const char *text)
{
    mlint_json_key(json, key);
    mlint_buf_text(json->out, "{\"text\":");
    mlint_json_string(json->out, mlint_str_from(text));
    mlint_buf_char(json->out, '}');
}

/* ---- The rules ---- */

static void put_rule(struct mlint_rendering *rendering, struct mlint_json *list,
                     const struct mlint_rule *rule)
{
    enum mlint_level level = mlint_config_level(rendering->config, mlint_rule_id(rule));
    struct mlint_json object;

    mlint_json_key(list, NULL);
    mlint_buf_char(list->out, '\n');
    object = mlint_json_open(list->out, '{');
    mlint_json_text(&object, "id", mlint_rule_id(rule));
    put_message(&object, "shortDescription", mlint_rule_brief(rule));
    if (mlint_rule_why(rule)) {
        put_message(&object, "fullDescription", mlint_rule_why(rule));
        put_message(&object, "help", mlint_rule_why(rule));
    }
    mlint_json_key(&object, "defaultConfiguration");
    mlint_buf_printf(list->out, "{\"enabled\":%s,\"level\":\"%s\"}}",
                     level == MLINT_OFF ? "false" : "true",
                     level_word(level == MLINT_OFF ? mlint_rule_level(rule) : level));
}

static void begin(struct mlint_rendering *rendering)
{
    struct mlint_buf *out = mlint_out(rendering, HEAD);
    struct mlint_json list;

    mlint_buf_text(out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                        "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":"
                        "\"maillint\",\"version\":\"" MLINT_VERSION "\",\"rules\":");
    list = mlint_json_open(out, '[');
    for (size_t i = 0; i < mlint_config_rule_count(rendering->config); i++)
        put_rule(rendering, &list, mlint_config_rule_at(rendering->config, i));
    mlint_buf_text(out, "\n]}},\"columnKind\":\"unicodeCodePoints\"");
}

static const char *frame(unsigned section)
{
    static const char *const before[] = {
        [ERRORS] = ",\"results\":[\n",
        [NOTIFICATIONS] = "\n],\"invocations\":[{\"toolExecutionNotifications\":[\n",
    };

    return before[section];
}

/* ---- Results ---- */

static void put_artifact(struct mlint_json *json, const char *path)
{
    struct mlint_buf uri;

    mlint_buf_init(&uri, json->out->allocator, 0);
    mlint_uri(&uri, path);
    mlint_json_key(json, "artifactLocation");
    mlint_buf_text(json->out, "{\"uri\":");
    mlint_json_string(json->out, mlint_str_make(uri.ptr, uri.len));
    mlint_buf_char(json->out, '}');
    json->out->failed |= uri.failed;
    mlint_buf_done(&uri);
}

static void put_region(struct mlint_json *json, const char *key,
                       const struct mlint_location *place)
{
    struct mlint_json region;

    if (!place->line && place->byte_offset < 0)
        return;
    mlint_json_key(json, key);
    region = mlint_json_open(json->out, '{');
    if (place->line) {
        mlint_json_number(&region, "startLine", place->line);
        if (place->column)
            mlint_json_number(&region, "startColumn", place->column);
        mlint_json_number(&region, "endLine", place->end_line);
        if (place->end_column)
            mlint_json_number(&region, "endColumn", place->end_column);
    } else {
        mlint_json_number(&region, "byteOffset", place->byte_offset);
        mlint_json_number(&region, "byteLength", place->byte_length);
    }
    mlint_buf_char(json->out, '}');
}

static void put_location(struct mlint_json *list, const char *path,
                         const struct mlint_location *place)
{
    struct mlint_json object, physical;

    mlint_json_key(list, NULL);
    object = mlint_json_open(list->out, '{');
    mlint_json_key(&object, "physicalLocation");
    physical = mlint_json_open(list->out, '{');
    put_artifact(&physical, path);
    put_region(&physical, "region", place);
    mlint_buf_char(list->out, '}');
    if (place->path[0]) {
        mlint_json_key(&object, "logicalLocations");
        mlint_buf_text(list->out, "[{\"fullyQualifiedName\":");
        mlint_json_string(list->out, mlint_str_from(place->path));
        mlint_buf_text(list->out, "}]");
    }
    mlint_buf_char(list->out, '}');
}

static void put_fingerprint(struct mlint_rendering *rendering, struct mlint_json *json,
                            const struct mlint_cross *view)
{
    mlint_json_key(json, "partialFingerprints");
    mlint_buf_printf(json->out, "{\"maillint/v1\":\"%016llx\"}",
                     (unsigned long long)mlint_fingerprint(rendering->arena, view));
}

/* The rule's place among those that the head lists, or their number. */
static size_t rule_index(const struct mlint_config *config, const char *id)
{
    size_t i = 0;

    while (i < mlint_config_rule_count(config) &&
           strcmp(mlint_rule_id(mlint_config_rule_at(config, i)), id) != 0)
        i++;
    return i;
}

/* The members that every result has; its object stays open. */
static struct mlint_json open_result(struct mlint_rendering *rendering,
                                     const struct mlint_cross *view)
{
    unsigned section = view->level == MLINT_ERROR     ? ERRORS
                       : view->level == MLINT_WARNING ? WARNINGS
                                                      : NOTES;
    struct mlint_buf *out = mlint_out(rendering, section);
    struct mlint_json json, list;
    const char *text = view->message;
    size_t rule = rule_index(rendering->config, view->rule);

    mlint_buf_text(out, "\n,");
    json = mlint_json_open(out, '{');
    mlint_json_text(&json, "ruleId", view->rule);
    if (rule < mlint_config_rule_count(rendering->config))
        mlint_json_number(&json, "ruleIndex", rule);
    mlint_json_text(&json, "level", level_word(view->level));
    if (view->hint)
        text = mlint_arena_printf(rendering->arena, "%s. %s", view->message, view->hint);
    put_message(&json, "message", text);
    mlint_json_key(&json, "locations");
    list = mlint_json_open(out, '[');
    put_location(&list, view->path, &view->location);
    mlint_buf_char(out, ']');
    put_fingerprint(rendering, &json, view);
    return json;
}

static void put_related(const struct mlint_result *shown, const struct mlint_finding *finding,
                        struct mlint_json *json)
{
    struct mlint_json list;

    if (!finding->related_count)
        return;
    mlint_json_key(json, "relatedLocations");
    list = mlint_json_open(json->out, '[');
    for (size_t i = 0; i < finding->related_count; i++) {
        const struct mlint_place *place = &finding->related[i];
        struct mlint_location location;

        mlint_place_locate(shown, place, &location);
        put_location(&list, shown->files[place->file]->path.ptr, &location);
    }
    mlint_buf_char(json->out, ']');
}

/* A fix needs a region to replace; one without is none (and GitHub refuses empty ones). */
static void put_fix(const struct mlint_finding *finding, const struct mlint_cross *view,
                    struct mlint_json *json)
{
    struct mlint_json change;

    if (!finding->replacement || !finding->change.safe || !view->location.line)
        return;
    mlint_json_key(json, "fixes");
    mlint_buf_text(json->out, "[{\"description\":{\"text\":\"Write the right value.\"},"
                              "\"artifactChanges\":[");
    change = mlint_json_open(json->out, '{');
    put_artifact(&change, view->path);
    mlint_json_key(&change, "replacements");
    mlint_buf_char(json->out, '[');
    change = mlint_json_open(json->out, '{');
    put_region(&change, "deletedRegion", &view->location);
    put_message(&change, "insertedContent", finding->replacement);
    mlint_buf_text(json->out, "}]}]}]");
}

static void put_trouble(struct mlint_rendering *rendering, const struct mlint_file *file)
{
    struct mlint_buf *out = mlint_out(rendering, NOTIFICATIONS);
    const char *trouble = mlint_file_trouble(file);
    struct mlint_json json, list;

    if (!trouble)
        return;
    mlint_buf_text(out, "\n,");
    json = mlint_json_open(out, '{');
    mlint_json_text(&json, "level", "error");
    put_message(&json, "message",
                mlint_arena_printf(rendering->arena, "%s%s%s", trouble,
                                   file->detail ? ": " : "", file->detail ? file->detail : ""));
    mlint_json_key(&json, "locations");
    list = mlint_json_open(out, '[');
    put_location(&list, file->path.ptr,
                 &(struct mlint_location){ .byte_offset = -1, .path = "" });
    mlint_buf_text(out, "]}");
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    for (size_t i = 0; i < shown->file_count; i++)
        put_trouble(rendering, shown->files[i]);
    for (size_t i = 0; i < shown->finding_count; i++) {
        struct mlint_cross view;
        struct mlint_json json;

        if (!mlint_finding_shown(rendering, shown->findings[i]))
            continue;
        mlint_view_finding(shown, shown->findings[i], &view);
        json = open_result(rendering, &view);
        put_related(shown, shown->findings[i], &json);
        put_fix(shown->findings[i], &view, &json);
        mlint_buf_char(json.out, '}');
    }
}

static void cross(struct mlint_rendering *rendering, const struct mlint_cross *found)
{
    struct mlint_json json, list;

    if (!found->message)
        return;
    json = open_result(rendering, found);
    mlint_json_key(&json, "relatedLocations");
    list = mlint_json_open(json.out, '[');
    for (size_t i = 0; i < found->related_count; i++)
        put_location(&list, found->related[i].path, &found->related[i].location);
    mlint_buf_text(json.out, "]}");
}

static void end(struct mlint_rendering *rendering, const struct mlint_summary *summary)
{
    struct mlint_buf *out = mlint_out(rendering, HEAD);
    bool whole = !summary->damaged && !summary->unreadable && !summary->limit;

    if (rendering->left_out)
        mlint_buf_printf(
            out,
            "%s{\"level\":\"warning\",\"message\":{\"text\":\"%llu results are left "
            "out, the least severe ones: GitHub takes %d of a run.\"}}",
            rendering->some ? "\n," : "", (unsigned long long)rendering->left_out,
            GITHUB_RESULTS);
    mlint_buf_printf(out, "\n],\"executionSuccessful\":%s}]}]}\n",
                     whole && !rendering->incomplete ? "true" : "false");
}

const struct mlint_reporter mlint_report_sarif = {
    .id = "sarif",
    .media_type = "application/sarif+json",
    .extension = "sarif",
    .sections = 5,
    .begin = begin,
    .result = result,
    .cross = cross,
    .end = end,
    .frame = frame,
    .most_items = GITHUB_RESULTS,
    .fingerprints = true,
};
