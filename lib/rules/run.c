/* run.c: every rule over every account of a result, and the readers' notes as findings. */
#include "rules/rule.h"

#include "rules/neighbours.h"
#include "rules/seal.h"
#include "source/limits.h"

/* Room for what every rule may say of an account. */
static bool reserve_verdicts(struct mlint_result *result)
{
    size_t needed = result->verdict_count + result->config->rule_count;
    size_t cap = result->verdict_cap ? result->verdict_cap : 24;
    struct mlint_verdict *bigger;

    if (needed <= result->verdict_cap)
        return true;
    while (cap < needed)
        cap *= 2;
    bigger = (void *)mlint_arena_bytes(&result->arena, cap * sizeof(*bigger));
    if (!bigger)
        return false;
    if (result->verdict_count)
        memcpy(bigger, result->verdicts, result->verdict_count * sizeof(*bigger));
    result->verdicts = bigger;
    result->verdict_cap = cap;
    return true;
}

static void add_verdict(const struct mlint_judging *judging, size_t account)
{
    struct mlint_result *result = judging->result;

    result->verdicts[result->verdict_count++] = (struct mlint_verdict){
        .rule = judging->rule,
        .account = account,
        .file = judging->account->file,
        .kind = judging->worst,
        .reason = judging->worst_reason,
    };
}

/* ---- Rules that look at several accounts ---- */

static void judge_mailbox(struct mlint_judging *judging, const struct mlint_neighbours *all,
                          size_t self)
{
    enum mlint_cross_rule rule = mlint_cross_rule_named(judging->rule->id);
    const struct mlint_account *others[MLINT_LIMIT_RELATED];
    const struct mlint_named_mailbox *own = &all->item[self].named;
    struct mlint_cross_judgement said;
    struct mlint_place *related;
    size_t count, listed;

    if (!mlint_mailbox_concerns(rule, &own->mailbox))
        return;
    count = mlint_neighbours_of(all, self, rule, others, &listed);
    mlint_mailbox_judge(judging->arena, rule, &own->mailbox, &own->words, count, &said);
    if (said.kind == MLINT_PASS)
        mlint_pass(judging);
    if (said.kind == MLINT_UNKNOWN)
        mlint_unknown_because(judging, said.reason);
    if (said.kind != MLINT_FAIL)
        return;
    mlint_fail(judging, MLINT_INCOMING, said.field, "%s", said.message);
    related = mlint_arena_array(judging->arena, struct mlint_place, listed);
    if (!related || !judging->finding)
        return;
    for (size_t i = 0; i < listed; i++)
        mlint_place_field(judging->result, others[i],
                          mlint_account_field(others[i], MLINT_INCOMING, MLINT_FIELD_USERNAME),
                          &related[i]);
    judging->finding->related = related;
    judging->finding->related_count = listed;
}

/* ---- One account ---- */

#define NOBODY SIZE_MAX /* no mailbox that can be compared */

static void judge(struct mlint_judging *judging, const struct mlint_neighbours *all,
                  size_t self)
{
    judging->worst = MLINT_NOT_APPLICABLE;
    judging->worst_reason = NULL;
    judging->finding = NULL;
    judging->rule->check(judging);
    if (judging->rule->scope == MLINT_SCOPE_RUN && self != NOBODY)
        judge_mailbox(judging, all, self);
}

static bool is_judged(const struct mlint_config *config, const struct mlint_account *account)
{
    if (account->flags & MLINT_ACCOUNT_OTHER)
        return false;
    return config->include_disabled || !(account->flags & MLINT_ACCOUNT_NOT_LIVE);
}

static const struct mlint_config *config_of(const struct mlint_result *result,
                                            const struct mlint_config *own)
{
    return own ? own : result->config;
}

/* A side without authentication has no login; an outgoing one may take the incoming one's. */
static bool has_own_login(const struct mlint_account *account, unsigned side)
{
    const struct mlint_field *same =
        mlint_field_in(account, side, MLINT_FIELD_SAME_AS_INCOMING);
    const struct mlint_field *auth;

    if (side && mlint_field_has(same) && same->number)
        return false;
    auth = mlint_field_in(account, side, MLINT_FIELD_AUTH);
    return !mlint_field_has(auth) ||
           (auth->number != MLINT_AUTH_NONE && auth->number != MLINT_AUTH_POP_BEFORE_SMTP);
}

_Static_assert(MLINT_LIMIT_OUTGOING < 32, "each side has a bit");

static uint32_t own_logins(const struct mlint_account *account)
{
    uint32_t sides = 0;

    for (unsigned side = 0; side <= account->outgoing_count; side++)
        sides |= (uint32_t)has_own_login(account, side) << side;
    return sides;
}

static void judge_account(struct mlint_result *result, struct mlint_account *account,
                          const struct mlint_neighbours *all, size_t self)
{
    bool file_only = account->flags & MLINT_ACCOUNT_FILE_ONLY;
    struct mlint_judging judging = {
        .config = config_of(result, account->config),
        .account = account,
        .provider = account->provider,
        .result = result,
        .arena = &result->arena,
        .own_logins = own_logins(account),
    };

    if (!reserve_verdicts(result))
        return;
    for (size_t i = 0; i < result->config->rule_count; i++) {
        judging.rule = result->config->rules[i];
        judging.level = mlint_config_level_at(judging.config, i);
        if (judging.level == MLINT_OFF || judging.rule->scope == MLINT_SCOPE_READER)
            continue;
        if (file_only && strcmp(judging.rule->id, "check-interval") != 0)
            continue;
        judge(&judging, all, self);
        add_verdict(&judging, file_only ? MLINT_NO_ACCOUNT : account->index);
    }
}

/* ---- Readers' notes ---- */

static size_t rule_for(enum mlint_note_kind kind)
{
    size_t i = 0;

    while (mlint_rules[i] &&
           (mlint_rules[i]->scope != MLINT_SCOPE_READER || mlint_rules[i]->note != kind))
        i++;
    return i;
}

static struct mlint_finding *add_note(struct mlint_result *result,
                                      const struct mlint_file *file, enum mlint_note_kind kind)
{
    const struct mlint_config *config = config_of(result, file->config);
    size_t rule = rule_for(kind);
    struct mlint_finding *finding = NULL;

    if (mlint_rules[rule] && mlint_config_level_at(config, rule) != MLINT_OFF)
        finding = mlint_result_add_finding(result, mlint_rules[rule]);
    if (!finding)
        return NULL;
    finding->level = mlint_config_level_at(config, rule);
    finding->place.file = file->index;
    finding->place.source = file->source;
    return finding;
}

static void relate(struct mlint_result *result, struct mlint_finding *finding,
                   const struct mlint_file *file, const struct mlint_node *node)
{
    struct mlint_place *place = mlint_arena_new(&result->arena, struct mlint_place);

    if (!place || node->source >= result->source_count)
        return;
    *place = (struct mlint_place){ .file = file->index,
                                   .source = node->source,
                                   .located = true,
                                   .span = node->value_span,
                                   .node = node,
                                   .path = mlint_path_of(result, node) };
    finding->related = place;
    finding->related_count = 1;
}

static void report_note(struct mlint_result *result, const struct mlint_file *file,
                        const struct mlint_note *note)
{
    struct mlint_finding *finding = add_note(result, file, note->kind);

    if (!finding)
        return;
    finding->message = note->message;
    finding->hint = note->hint;
    finding->place.source = note->source;
    finding->place.span = note->span;
    finding->place.node = note->node;
    finding->place.located = note->source < result->source_count && note->span.end > 0;
    finding->place.path = note->node ? mlint_path_of(result, note->node) : "";
    if (note->related)
        relate(result, finding, file, note->related);
}

static void report_notes(struct mlint_result *result, const struct mlint_file *file)
{
    const struct mlint_tree *tree = file->tree;
    struct mlint_finding *rest;

    if (!tree || file->status == MLINT_FILE_UNRECOGNISED)
        return;
    for (const struct mlint_note *note = tree->notes; note; note = note->next)
        report_note(result, file, note);
    if (tree->note_count <= MLINT_LIMIT_READER_FINDINGS)
        return;
    rest = add_note(result, file, MLINT_NOTE_SYNTAX);
    if (rest)
        rest->message = mlint_arena_printf(&result->arena, "and %u more oddities of this file",
                                           tree->note_count - MLINT_LIMIT_READER_FINDINGS);
}

void mlint_rules_run(struct mlint_result *result)
{
    struct mlint_neighbours all = { 0 };
    struct mlint_account *account;
    size_t next = 0;

    for (account = result->account_list; account; account = account->next) {
        account->config = result->files[account->file]->config;
        account->provider = mlint_provider_for(config_of(result, account->config), account);
    }
    mlint_neighbours_find(result, &all);
    if (result->arena.failed)
        return;
    for (account = result->account_list; account; account = account->next) {
        size_t self = next < all.count && all.item[next].account == account ? next++ : NOBODY;

        if (mlint_linter_stopped(result->linter))
            return; /* the result is thrown away */
        if (is_judged(result->config, account))
            judge_account(result, account, &all, self);
    }
    for (size_t i = 0; i < result->file_count; i++)
        report_notes(result, result->files[i]);
    mlint_findings_seal(result);
}
