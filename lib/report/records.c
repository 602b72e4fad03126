/* records.c: files, verdicts, findings and summaries as JSON objects (accounts:
 * records_account.c). What the file does not carry is left out, never null; null is "no
 * account". */
#include "report/records.h"

static inline struct mlint_json begin(const struct mlint_records *records, unsigned section,
                                      const char *type)
{
    struct mlint_json json = mlint_json_open(mlint_out(records->rendering, section), '{');

    if (records->stream)
        mlint_json_word(&json, "type", type);
    return json;
}

static void finish(const struct mlint_records *records, struct mlint_json *json)
{
    mlint_buf_text(json->out, records->stream ? "}\n" : "}");
}

static void put_file(const struct mlint_records *records, unsigned section,
                     struct mlint_json *json, const char *key, size_t file)
{
    mlint_json_key(json, key);
    mlint_out_file(records->rendering, section, file);
}

static void put_account(const struct mlint_records *records, unsigned section,
                        struct mlint_json *json, size_t account)
{
    if (account == MLINT_NO_ACCOUNT) {
        mlint_json_null(json, "account");
        return;
    }
    mlint_json_key(json, "account");
    mlint_out_account(records->rendering, section, account);
}

void mlint_record_location(struct mlint_json *json, const char *key,
                           const struct mlint_location *place, const char *source)
{
    struct mlint_json object;

    mlint_json_key(json, key);
    object = mlint_json_open(json->out, '{');
    mlint_json_text(&object, "source", source);
    if (place->line) {
        mlint_json_number(&object, "line", place->line);
        if (place->column)
            mlint_json_number(&object, "column", place->column);
        mlint_json_number(&object, "end_line", place->end_line);
        if (place->end_column)
            mlint_json_number(&object, "end_column", place->end_column);
    }
    if (place->byte_offset >= 0) {
        mlint_json_number(&object, "byte_offset", place->byte_offset);
        mlint_json_number(&object, "byte_length", place->byte_length);
    }
    mlint_json_text(&object, "path", place->path);
    mlint_buf_char(json->out, '}');
}

void mlint_record_file(const struct mlint_records *records, unsigned section,
                       const struct mlint_file *file)
{
    struct mlint_json json = begin(records, section, "file");

    if (records->stream)
        put_file(records, section, &json, "id", file->index);
    if (records->stream && file->index)
        mlint_json_flag(&json, "member", true); /* of the same result as the one before */
    mlint_json_str(&json, "path", file->path);
    if (file->format) {
        mlint_json_word(&json, "format", mlint_format_id(file->format));
        mlint_json_word(&json, "client", mlint_client_name(mlint_format_client(file->format)));
    }
    mlint_json_word(&json, "status", mlint_file_status_name(file->status));
    mlint_json_text(&json, "detail", file->detail);
    mlint_json_number(&json, "accounts", file->account_count);
    finish(records, &json);
}

/* The most frequent record by far: what stands between its values is written whole. */
void mlint_record_verdict(const struct mlint_records *records, unsigned section,
                          const struct mlint_result *result,
                          const struct mlint_verdict *verdict)
{
    struct mlint_buf *out = mlint_out(records->rendering, section);
    const char *reason = mlint_verdict_reason(records->rendering, result, verdict);

    if (records->stream)
        mlint_buf_literal(out, "{\"type\":\"verdict\",\"rule\":\"");
    else
        mlint_buf_literal(out, "{\"rule\":\"");
    mlint_buf_text(out, mlint_rule_id(verdict->rule));
    mlint_buf_literal(out, "\",\"account\":");
    if (verdict->account == MLINT_NO_ACCOUNT)
        mlint_buf_literal(out, "null");
    else
        mlint_out_account(records->rendering, section, verdict->account);
    if (records->stream || verdict->account == MLINT_NO_ACCOUNT) {
        mlint_buf_literal(out, ",\"file\":");
        mlint_out_file(records->rendering, section, verdict->file);
    }
    mlint_buf_literal(out, ",\"verdict\":\"");
    mlint_buf_text(out, mlint_verdict_name(verdict->kind));
    mlint_buf_char(out, '"');
    if (reason) {
        mlint_buf_literal(out, ",\"reason\":");
        mlint_json_string(out, mlint_str_from(reason));
    }
    if (records->stream)
        mlint_buf_literal(out, "}\n");
    else
        mlint_buf_char(out, '}');
}

/* The name of a place's source where it is not the file itself: user.js over prefs.js. */
static const char *source_of(const struct mlint_result *result, const struct mlint_place *place)
{
    if (place->known)
        return place->known->source;
    if (!place->located || place->source >= result->source_count ||
        place->source == result->files[place->file]->source)
        return NULL;
    return result->sources[place->source]->name.ptr;
}

static void put_related(const struct mlint_records *records, unsigned section,
                        const struct mlint_result *result, const struct mlint_finding *finding,
                        struct mlint_json *json)
{
    struct mlint_json list;

    mlint_json_key(json, "related");
    list = mlint_json_open(json->out, '[');
    for (size_t i = 0; i < finding->related_count; i++) {
        const struct mlint_place *place = &finding->related[i];
        struct mlint_location location;
        struct mlint_json item;

        mlint_json_key(&list, NULL);
        item = mlint_json_open(json->out, '{');
        put_file(records, section, &item, "file", place->file);
        mlint_place_locate(result, place, &location);
        mlint_record_location(&item, "location", &location, source_of(result, place));
        mlint_buf_char(json->out, '}');
    }
    mlint_buf_char(json->out, ']');
}

static void put_fix(struct mlint_json *json, const struct mlint_finding *finding)
{
    struct mlint_json fix;

    if (!finding->replacement)
        return;
    mlint_json_key(json, "fix");
    fix = mlint_json_open(json->out, '{');
    mlint_json_flag(&fix, "safe", finding->change.safe);
    mlint_json_text(&fix, "replacement", finding->replacement);
    mlint_buf_char(json->out, '}');
}

void mlint_record_finding(const struct mlint_records *records, unsigned section,
                          const struct mlint_result *result,
                          const struct mlint_finding *finding)
{
    struct mlint_json json = begin(records, section, "finding");
    struct mlint_location location;

    mlint_finding_locate(result, finding, &location);
    mlint_json_word(&json, "rule", mlint_rule_id(finding->rule));
    mlint_json_word(&json, "severity", mlint_level_name(finding->level));
    mlint_json_text(&json, "message", finding->message);
    mlint_json_text(&json, "hint", finding->hint);
    put_file(records, section, &json, "file", finding->place.file);
    put_account(records, section, &json, mlint_finding_account(finding));
    mlint_json_text(&json, "field", finding->field_name);
    mlint_record_location(&json, "location", &location, source_of(result, &finding->place));
    put_related(records, section, result, finding, &json);
    put_fix(&json, finding);
    finish(records, &json);
}

void mlint_record_cross_verdict(const struct mlint_records *records, unsigned section,
                                const struct mlint_cross *cross)
{
    struct mlint_json json = begin(records, section, "verdict");

    mlint_json_word(&json, "rule", cross->rule);
    mlint_json_number(&json, "account", (int64_t)cross->account);
    if (records->stream)
        mlint_json_number(&json, "file", (int64_t)cross->file);
    mlint_json_word(&json, "verdict", mlint_verdict_name(cross->verdict));
    mlint_json_text(&json, "reason", cross->reason);
    finish(records, &json);
}

void mlint_record_cross_finding(const struct mlint_records *records, unsigned section,
                                const struct mlint_cross *cross)
{
    struct mlint_json json = begin(records, section, "finding"), list, item;

    mlint_json_word(&json, "rule", cross->rule);
    mlint_json_word(&json, "severity", mlint_level_name(cross->level));
    mlint_json_text(&json, "message", cross->message);
    mlint_json_text(&json, "hint", cross->hint);
    mlint_json_number(&json, "file", (int64_t)cross->file);
    mlint_json_number(&json, "account", (int64_t)cross->account);
    mlint_json_text(&json, "field", cross->field);
    mlint_record_location(&json, "location", &cross->location, NULL);
    mlint_json_key(&json, "related");
    list = mlint_json_open(json.out, '[');
    for (size_t i = 0; i < cross->related_count; i++) {
        mlint_json_key(&list, NULL);
        item = mlint_json_open(json.out, '{');
        mlint_json_number(&item, "file", (int64_t)cross->related[i].file);
        mlint_json_number(&item, "account", (int64_t)cross->related[i].account);
        mlint_record_location(&item, "location", &cross->related[i].location, NULL);
        mlint_buf_char(json.out, '}');
    }
    mlint_buf_char(json.out, ']');
    finish(records, &json);
}

void mlint_record_summary(const struct mlint_records *records, unsigned section,
                          const struct mlint_summary *summary)
{
    struct mlint_json json = begin(records, section, "summary");

    mlint_json_number(&json, "files", (int64_t)summary->files);
    mlint_json_number(&json, "recognised", (int64_t)summary->recognised);
    mlint_json_number(&json, "unrecognised", (int64_t)summary->unrecognised);
    mlint_json_number(&json, "damaged", (int64_t)summary->damaged);
    mlint_json_number(&json, "unreadable", (int64_t)summary->unreadable);
    mlint_json_number(&json, "limit", (int64_t)summary->limit);
    mlint_json_number(&json, "accounts", (int64_t)summary->accounts);
    mlint_json_number(&json, "errors", (int64_t)summary->errors);
    mlint_json_number(&json, "warnings", (int64_t)summary->warnings);
    mlint_json_number(&json, "notes", (int64_t)summary->notes);
    mlint_json_number(&json, "unknown", (int64_t)summary->unknown);
    if (records->rendering->options->baseline)
        mlint_json_number(&json, "held_back", (int64_t)summary->held_back);
    if (summary->unused_suppressions)
        mlint_json_number(&json, "unused_suppressions", (int64_t)summary->unused_suppressions);
    mlint_json_number(&json, "milliseconds", (int64_t)summary->milliseconds);
    if (records->rendering->incomplete)
        mlint_json_flag(&json, "incomplete", true);
    finish(records, &json);
}
