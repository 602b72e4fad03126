/* claim.c: which of a result's findings and verdicts a report shows: not what other files of
 * the run decide, and not what the baseline holds back. That is decided in the report's order,
 * before results are rendered in any. */
#include "report/fingerprint.h"
#include "report/run.h"
#include "report/view.h"

#include <stdlib.h>

const char mlint_held_back[] = "known: the baseline holds it back";

static bool is_deferred_by(const uint8_t *deferred, const struct mlint_rule *rule,
                           size_t account)
{
    enum mlint_cross_rule cross;

    if (!deferred || account == MLINT_NO_ACCOUNT || !deferred[account])
        return false;
    cross = mlint_cross_rule_named(mlint_rule_id(rule));
    return cross < MLINT_CROSS_COUNT && (deferred[account] & 1u << cross);
}

bool mlint_verdict_shown(const struct mlint_rendering *rendering,
                         const struct mlint_verdict *verdict)
{
    return !is_deferred_by(rendering->deferred, verdict->rule, verdict->account);
}

bool mlint_finding_shown(const struct mlint_rendering *rendering,
                         const struct mlint_finding *finding)
{
    if (rendering->held && rendering->held[finding->number])
        return false;
    return !is_deferred_by(rendering->deferred, finding->rule, mlint_finding_account(finding));
}

const char *mlint_verdict_reason(const struct mlint_rendering *rendering,
                                 const struct mlint_result *result,
                                 const struct mlint_verdict *verdict)
{
    bool held = false;

    if (!rendering->held || verdict->kind != MLINT_FAIL)
        return verdict->reason;
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct mlint_finding *finding = result->findings[i];

        if (finding->rule != verdict->rule || finding->place.file != verdict->file ||
            mlint_finding_account(finding) != verdict->account)
            continue;
        if (!rendering->held[finding->number])
            return verdict->reason;
        held = true;
    }
    return held ? mlint_held_back : verdict->reason;
}

static uint64_t name_of(struct mlint_arena *arena, const struct mlint_result *result,
                        const struct mlint_finding *finding)
{
    struct mlint_cross view;

    mlint_view_finding(result, finding, &view);
    return mlint_fingerprint(arena, &view);
}

/* ---- A run of one result, which shows in its place what others would decide at the end ----
 */

struct waiting {
    uint64_t name;
    size_t account;
    uint32_t number;
};

/* In the order in which the end would claim them. */
static int compare_waiting(const void *left, const void *right)
{
    const struct waiting *a = left, *b = right;

    if (a->name != b->name)
        return a->name < b->name ? -1 : 1;
    if (a->account != b->account)
        return a->account < b->account ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static const uint8_t *foresee(const struct mlint_report *report, struct mlint_chunk *chunk,
                              const struct mlint_result *result)
{
    size_t most = result->finding_count, count = 0, equal = 0;
    struct waiting *waiting = mlint_arena_array(&chunk->arena, struct waiting, most + 1);
    uint8_t *held = mlint_arena_alloc(&chunk->arena, most + 1);

    if (!waiting || !held)
        return NULL;
    memcpy(held, chunk->held, most);
    for (size_t i = 0; i < most; i++) {
        const struct mlint_finding *finding = result->findings[i];
        size_t account = mlint_finding_account(finding);

        if (is_deferred_by(chunk->deferred, finding->rule, account))
            waiting[count++] = (struct waiting){ name_of(&chunk->arena, result, finding),
                                                 account, finding->number };
    }
    if (count)
        qsort(waiting, count, sizeof(*waiting), compare_waiting);
    for (size_t i = 0; i < count; i++) {
        equal = i && waiting[i].name == waiting[i - 1].name ? equal + 1 : 0;
        held[waiting[i].number] = equal < mlint_holding_left(&report->holding, waiting[i].name);
    }
    return held;
}

/* ---- Claims ---- */

static const uint8_t *claim_findings(struct mlint_report *report, struct mlint_chunk *chunk,
                                     const struct mlint_result *result)
{
    uint8_t *held = mlint_arena_alloc(&chunk->arena, result->finding_count + 1);

    for (size_t i = 0; held && i < result->finding_count; i++) {
        const struct mlint_finding *finding = result->findings[i];

        if (!is_deferred_by(chunk->deferred, finding->rule, mlint_finding_account(finding)))
            held[finding->number] =
                mlint_holding_claim(&report->holding, name_of(&chunk->arena, result, finding));
    }
    return held;
}

enum mlint_status mlint_report_claim(struct mlint_report *report,
                                     const struct mlint_result *result,
                                     struct mlint_chunk *chunk)
{
    if (!report || !result || !chunk || chunk->report != report)
        return MLINT_E_ARGUMENT;
    if (!report->options.baseline)
        return MLINT_OK;
    mlint_arena_reset(&chunk->arena);
    for (size_t i = 0; i < result->file_count; i++)
        mlint_holding_see(&report->holding, &chunk->arena, result->files[i]->path);
    /* Paths of places are made on demand, in the result's own arena. */
    chunk->deferred = mlint_facts_note(chunk, (struct mlint_result *)(uintptr_t)result);
    chunk->held = claim_findings(report, chunk, result);
    if (chunk->held)
        chunk->held_alone =
            report->reporter->alone && !chunk->results ? foresee(report, chunk, result) : NULL;
    chunk->claimed = true;
    return chunk->arena.failed ? MLINT_E_NO_MEMORY : MLINT_OK;
}

bool mlint_cross_claim(struct mlint_report *report, const struct mlint_cross *cross)
{
    struct mlint_arena *arena = &report->own.arena;
    uint64_t name;

    if (!cross->message || (!report->options.baseline && !report->holding.records))
        return false;
    name = mlint_fingerprint(arena, cross);
    if (report->holding.records)
        mlint_holding_record(&report->own.noted, arena, name, cross->path, cross->rule);
    return mlint_holding_claim(&report->holding, name);
}

void mlint_findings_note(struct mlint_chunk *chunk, const struct mlint_rendering *rendering,
                         const struct mlint_result *result)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct mlint_finding *finding = result->findings[i];

        if (!is_deferred_by(rendering->deferred, finding->rule, mlint_finding_account(finding)))
            mlint_holding_record(
                &chunk->noted, &chunk->arena, name_of(&chunk->arena, result, finding),
                result->files[finding->place.file]->path.ptr, mlint_rule_id(finding->rule));
    }
}
