/* api_results.c: public getters of results; they look up, locate and never judge. */
#include "linter.h"

#include "model/masks.h"
#include "model/words.h"
#include "report/fingerprint.h"
#include "report/view.h"
#include "rules/rule.h"

#include <stdio.h>

size_t mlint_result_file_count(const struct mlint_result *result)
{
    return result->file_count;
}

const struct mlint_file *mlint_result_file(const struct mlint_result *result, size_t index)
{
    return index < result->file_count ? result->files[index] : NULL;
}

const char *mlint_file_path(const struct mlint_file *file)
{
    return file->path.ptr;
}

const struct mlint_format *mlint_file_format(const struct mlint_file *file)
{
    return file->format;
}

enum mlint_file_status mlint_file_status(const struct mlint_file *file)
{
    return file->status;
}

const char *mlint_file_detail(const struct mlint_file *file)
{
    return file->detail;
}

size_t mlint_file_account_count(const struct mlint_file *file)
{
    return file->account_count;
}

size_t mlint_result_account_count(const struct mlint_result *result)
{
    return result->account_count;
}

const struct mlint_account *mlint_result_account(const struct mlint_result *result,
                                                 size_t index)
{
    return index < result->account_count ? result->accounts[index] : NULL;
}

size_t mlint_account_file(const struct mlint_account *account)
{
    return account->file;
}

const char *mlint_account_key(const struct mlint_account *account)
{
    return account->key.ptr;
}

enum mlint_client mlint_account_client(const struct mlint_account *account)
{
    return account->client;
}

const char *mlint_account_not_live(const struct mlint_account *account)
{
    if (!(account->flags & MLINT_ACCOUNT_NOT_LIVE))
        return NULL;
    return account->not_live ? account->not_live : "the client does not use it";
}

const char *mlint_account_provider(const struct mlint_account *account)
{
    return account->provider && !account->provider->generic ? account->provider->id.ptr : NULL;
}

size_t mlint_account_address_count(const struct mlint_account *account)
{
    return account->address_count;
}

const char *mlint_account_address(const struct mlint_account *account, size_t index)
{
    return index < account->address_count ? account->addresses[index].text.ptr : NULL;
}

size_t mlint_account_side_count(const struct mlint_account *account)
{
    return 1 + account->outgoing_count;
}

const struct mlint_field *mlint_account_field(const struct mlint_account *account,
                                              unsigned side, enum mlint_field_id id)
{
    static const struct mlint_field absent = { 0 };
    const struct mlint_field *field =
        mlint_account_field_of((struct mlint_account *)(uintptr_t)account, side, id);

    return field ? field : &absent;
}

enum mlint_presence mlint_field_presence(const struct mlint_field *field)
{
    return (enum mlint_presence)field->presence;
}

int64_t mlint_field_number(const struct mlint_field *field)
{
    return field->number;
}

const char *mlint_field_text(const struct mlint_result *result, const struct mlint_field *field,
                             enum mlint_field_id id, char buffer[32])
{
    const char *word;
    long long number = field->number;

    (void)result;
    if (field->presence == MLINT_ABSENT)
        return "";
    if (mlint_field_is_text(id))
        return field->text.ptr ? field->text.ptr : "";
    if (mlint_field_is_flag(id))
        return field->number ? "true" : "false";
    word = mlint_enum_word(id, field->number);
    if (word)
        return word;
    snprintf(buffer, 32, "%lld", id == MLINT_FIELD_INTERVAL ? number / 60000 : number);
    return buffer;
}

/* Whether the line and byte of an offset would tell, with the place of a password, how long
 * that is: in the middle of it, or behind it in its line or file. */
static bool tells(const struct mlint_source *source, uint32_t offset, uint32_t since)
{
    return mlint_masks_told_until(source, offset) > since || mlint_masks_inside(source, offset);
}

/* Line, column and bytes of a span; the caller has set everything to "nowhere" before. */
static void locate_span(const struct mlint_result *result, uint32_t index,
                        struct mlint_span span, struct mlint_location *out)
{
    const struct mlint_source *source = result->sources[index];
    struct mlint_ends ends;

    mlint_result_want_masks(result);
    if (mlint_source_hidden(source, span))
        span.end = span.begin; /* how long a password is stays a secret as well */
    mlint_source_ends(source, span, &ends);
    out->line = ends.begin.line;
    out->end_line = ends.end.line;
    if (!tells(source, span.begin, ends.line_start)) {
        out->column = ends.begin.column;
        out->end_column = ends.end.column;
    }
    if (!tells(source, span.begin, 0)) {
        out->byte_offset = ends.byte;
        out->byte_length = ends.byte_end - ends.byte;
    }
}

/* Line and column alone, for which no other line matters. */
static void locate_line(const struct mlint_result *result, uint32_t index, uint32_t offset,
                        struct mlint_location *out)
{
    struct mlint_source *source = result->sources[index];
    struct mlint_position position;
    struct mlint_span line;
    struct mlint_str text;

    if (source->encoding == MLINT_ENC_BINARY)
        return;
    text = mlint_source_line_and_position(source, offset, &line.begin, &position);
    line.end = line.begin + (uint32_t)text.len;
    line.end = (line.end > offset ? line.end : offset) + 1;
    mlint_result_want_line(result, source, line);
    out->line = out->end_line = position.line;
    if (!tells(source, offset, line.begin))
        out->column = out->end_column = position.column;
}

static const struct mlint_location nowhere = { .byte_offset = -1,
                                               .byte_length = 0,
                                               .path = "" };

const char *mlint_path_of(struct mlint_result *result, const struct mlint_node *node)
{
    const struct mlint_source *source =
        node->source < result->source_count ? result->sources[node->source] : NULL;

    return mlint_node_path(
        &result->arena, source ? (enum mlint_path_style)source->path_style : MLINT_PATH_SLASH,
        node);
}

/* Rows of a database have no place in the file. */
static bool has_span(const struct mlint_result *result, const struct mlint_field *field)
{
    return field->node && field->presence != MLINT_CLIENT_DEFAULT &&
           field->node->source < result->source_count && field->node->value_span.end;
}

void mlint_field_find_line(const struct mlint_result *result, const struct mlint_field *field,
                           struct mlint_location *out)
{
    *out = nowhere;
    if (has_span(result, field))
        locate_line(result, field->node->source, field->node->value_span.begin, out);
}

const char *mlint_field_path(const struct mlint_result *result, const struct mlint_field *field)
{
    struct mlint_result *own =
        (struct mlint_result *)(uintptr_t)result; /* paths go to its arena */

    if (field->where)
        return field->where;
    return field->node ? mlint_path_of(own, field->node) : "";
}

int mlint_field_locate(const struct mlint_result *result, const struct mlint_field *field,
                       struct mlint_location *out)
{
    *out = nowhere;
    out->path = mlint_field_path(result, field);
    if (!has_span(result, field))
        return 0;
    locate_span(result, field->node->source, field->node->value_span, out);
    return 1;
}

size_t mlint_result_verdict_count(const struct mlint_result *result)
{
    return result->verdict_count;
}

const struct mlint_verdict *mlint_result_verdict(const struct mlint_result *result,
                                                 size_t index)
{
    return index < result->verdict_count ? &result->verdicts[index] : NULL;
}

size_t mlint_result_finding_count(const struct mlint_result *result)
{
    return result->finding_count;
}

const struct mlint_finding *mlint_result_finding(const struct mlint_result *result,
                                                 size_t index)
{
    return index < result->finding_count ? result->findings[index] : NULL;
}

const struct mlint_rule *mlint_finding_rule(const struct mlint_finding *finding)
{
    return finding->rule;
}

enum mlint_level mlint_finding_level(const struct mlint_finding *finding)
{
    return finding->level;
}

const char *mlint_finding_message(const struct mlint_finding *finding)
{
    return finding->message;
}

const char *mlint_finding_hint(const struct mlint_finding *finding)
{
    return finding->hint;
}

size_t mlint_finding_account(const struct mlint_finding *finding)
{
    bool none = !finding->account || (finding->account->flags & MLINT_ACCOUNT_FILE_ONLY);

    return none ? MLINT_NO_ACCOUNT : finding->account->index;
}

size_t mlint_finding_file(const struct mlint_finding *finding)
{
    return finding->place.file;
}

const char *mlint_finding_field(const struct mlint_finding *finding)
{
    return finding->field_name;
}

int mlint_finding_locate(const struct mlint_result *result, const struct mlint_finding *finding,
                         struct mlint_location *out)
{
    return mlint_place_locate(result, &finding->place, out);
}

const char *mlint_finding_fingerprint(const struct mlint_result *result,
                                      const struct mlint_finding *finding)
{
    struct mlint_result *own = (struct mlint_result *)(uintptr_t)result; /* its arena */
    struct mlint_cross view;

    mlint_view_finding(result, finding, &view);
    return mlint_arena_printf(&own->arena, "%016llx",
                              (unsigned long long)mlint_fingerprint(&own->arena, &view));
}

/* Of a place what needs no look at the file; false: that is all there is. */
static bool begin_locating(const struct mlint_result *result, const struct mlint_place *place,
                           struct mlint_location *out)
{
    *out = place->known ? place->known->location : nowhere;
    if (place->path && !place->known)
        out->path = place->path;
    return !place->known && place->located && place->source < result->source_count;
}

int mlint_place_locate(const struct mlint_result *result, const struct mlint_place *place,
                       struct mlint_location *out)
{
    if (!begin_locating(result, place, out))
        return out->line || out->byte_offset >= 0;
    locate_span(result, place->source, place->span, out);
    return 1;
}

void mlint_place_find_line(const struct mlint_result *result, const struct mlint_place *place,
                           struct mlint_location *out)
{
    if (begin_locating(result, place, out))
        locate_line(result, place->source, place->span.begin, out);
}

const char *mlint_finding_source(const struct mlint_result *result,
                                 const struct mlint_finding *finding)
{
    return mlint_view_path(result, &finding->place);
}

size_t mlint_finding_related_count(const struct mlint_finding *finding)
{
    return finding->related_count;
}

int mlint_finding_related_locate(const struct mlint_result *result,
                                 const struct mlint_finding *finding, size_t index,
                                 struct mlint_location *out)
{
    return mlint_place_locate(result, &finding->related[index], out);
}

const char *mlint_finding_related_source(const struct mlint_result *result,
                                         const struct mlint_finding *finding, size_t index)
{
    return mlint_view_path(result, &finding->related[index]);
}

const char *mlint_field_source(const struct mlint_result *result,
                               const struct mlint_field *field)
{
    if (!field->node || field->presence == MLINT_CLIENT_DEFAULT ||
        field->node->source >= result->source_count)
        return NULL;
    return result->sources[field->node->source]->name.ptr;
}

const char *mlint_finding_replacement(const struct mlint_finding *finding)
{
    return finding->replacement;
}
