/* seal.c: the end of judging: findings get their places, words and fixes, and their order. */
#include "rules/seal.h"

#include "base/utf8.h"
#include "model/words.h"
#include "source/limits.h"

#include <stdlib.h>

#define MANY 16 /* places of one result from which an index of lines pays */

static bool is_secret(const struct mlint_finding *finding)
{
    return finding->field == MLINT_FIELD_PASSWORD;
}

static struct mlint_str value_at(const struct mlint_result *result,
                                 const struct mlint_place *place)
{
    const struct mlint_source *source = result->sources[place->source];

    if (!place->located || mlint_source_hidden(source, place->span) ||
        source->encoding == MLINT_ENC_BINARY)
        return MLINT_STR("");
    return mlint_str_sub(source->text, place->span.begin, place->span.end);
}

/* Where a field's value stands, or would stand. */
void mlint_place_field(struct mlint_result *result, const struct mlint_account *account,
                       const struct mlint_field *field, struct mlint_place *place)
{
    const struct mlint_node *node = field->node;

    place->file = account->file;
    place->source = result->files[account->file]->source;
    if (node && field->presence != MLINT_CLIENT_DEFAULT) {
        place->node = node;
        place->source = node->source;
        place->span = node->value_span;
        place->located = node->source < result->source_count && node->value_span.end > 0;
    }
    place->path = field->where ? field->where : node ? mlint_path_of(result, node) : NULL;
    if (!place->path && account->node)
        place->path = mlint_path_of(result, account->node);
    if (!place->path)
        place->path = account->key.ptr;
}

/* A client default has no place of its own: show where the account stands, if that is known. */
static void fall_back(struct mlint_result *result, struct mlint_finding *finding)
{
    const struct mlint_field *anchor =
        mlint_field_in(finding->account, finding->side, MLINT_FIELD_HOST);
    const struct mlint_node *node = finding->account->node;

    if (finding->place.located)
        return;
    if (anchor->node && anchor->presence == MLINT_WRITTEN)
        node = anchor->node;
    if (!node || node->source >= result->source_count ||
        node->name_span.end == node->name_span.begin)
        return;
    finding->place.source = node->source;
    finding->place.span = node->name_span;
    finding->place.located = true;
}

/* The weaker value that the finding's has taken the place of: it is still in its file. */
static void relate_replaced(struct mlint_result *result, struct mlint_finding *finding,
                            const struct mlint_field *field)
{
    struct mlint_place *place;

    if (!field->replaced || finding->related_count ||
        field->replaced->source >= result->source_count)
        return;
    place = mlint_arena_new(&result->arena, struct mlint_place);
    if (!place)
        return;
    *place = (struct mlint_place){ .file = finding->place.file,
                                   .source = field->replaced->source,
                                   .located = true,
                                   .span = field->replaced->value_span,
                                   .node = field->replaced,
                                   .path = mlint_path_of(result, field->replaced) };
    finding->related = place;
    finding->related_count = 1;
}

static const char *replacement(struct mlint_result *result, const struct mlint_finding *finding,
                               const struct mlint_field *field)
{
    if (!finding->change.set || field->presence != MLINT_WRITTEN || field->inherited ||
        !field->node || is_secret(finding))
        return NULL;
    if (field->converter && field->converter->write)
        return field->converter->write(&result->arena, field->node, finding->change.text);
    return mlint_field_is_text((enum mlint_field_id)finding->field)
               ? mlint_arena_copy(&result->arena, finding->change.text).ptr
               : NULL;
}

static const char *step_of(const struct mlint_finding *finding)
{
    enum mlint_client client = finding->account ? finding->account->client : MLINT_CLIENT_NONE;
    const char *step = finding->rule->steps[client];

    return step ? step : finding->rule->steps[MLINT_CLIENT_NONE];
}

static void seal_account_finding(struct mlint_result *result, struct mlint_finding *finding)
{
    const struct mlint_field elsewhere = { .presence = MLINT_WRITTEN,
                                           .node = finding->place.node };
    const struct mlint_field *field = finding->place.node
                                          ? &elsewhere
                                          : mlint_field_in(finding->account, finding->side,
                                                           (enum mlint_field_id)finding->field);
    char name[48];

    mlint_place_field(result, finding->account, field, &finding->place);
    fall_back(result, finding);
    finding->value = is_secret(finding) ? MLINT_STR("") : value_at(result, &finding->place);
    finding->replacement = replacement(result, finding, field);
    relate_replaced(result, finding, field);
    mlint_field_name(finding->side, (enum mlint_field_id)finding->field, name);
    finding->field_name = mlint_arena_copy(&result->arena, mlint_str_from(name)).ptr;
}

static int compare(const void *left, const void *right)
{
    const struct mlint_finding *a = *(const struct mlint_finding *const *)left;
    const struct mlint_finding *b = *(const struct mlint_finding *const *)right;

    if (a->place.file != b->place.file)
        return a->place.file < b->place.file ? -1 : 1;
    if (a->place.source != b->place.source)
        return a->place.source < b->place.source ? -1 : 1;
    if (a->place.span.begin != b->place.span.begin)
        return a->place.span.begin < b->place.span.begin ? -1 : 1;
    if (a->rule != b->rule)
        return strcmp(a->rule->id, b->rule->id);
    return (a->number > b->number) - (a->number < b->number);
}

static void index_sources(struct mlint_result *result)
{
    size_t places = result->finding_count + result->account_count;

    for (size_t i = 0; places > MANY && i < result->source_count; i++)
        mlint_source_index(result->sources[i], &result->arena);
}

void mlint_findings_seal(struct mlint_result *result)
{
    size_t count = 0;

    result->findings = mlint_arena_array(&result->arena, const struct mlint_finding *,
                                         result->finding_count + 1);
    if (!result->findings)
        return;
    for (struct mlint_finding *f = result->finding_list; f; f = f->next) {
        if (f->account && f->field >= 0)
            seal_account_finding(result, f);
        if (!f->place.path)
            f->place.path = "";
        if (!f->hint)
            f->hint = step_of(f);
        f->number = (uint32_t)count;
        result->findings[count++] = f;
    }
    if (count > 1)
        qsort(result->findings, count, sizeof(*result->findings), compare);
    index_sources(result);
}
