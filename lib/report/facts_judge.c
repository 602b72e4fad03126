/* facts_judge.c: the mailboxes of a run, compared at its end: sorted by mailbox each learns how
 * many others count against it, and what came of that is sorted by account. Memory does not
 * grow with the run. What sharing a mailbox means is model/mailbox.c's affair. */
#include "report/facts.h"

#include "source/limits.h"

#include <stdlib.h>

/* ---- Joining: mailbox by mailbox, each account learns how many others count against it. Most
 * share theirs with nobody, and nothing is handed on of them ---- */

/* Others that findings name: some of the group's first installation, some of all others. An
 * account of the first one is shown the second list; any other finds enough in both. */
struct candidates {
    struct mlint_mailbox list[2][MLINT_LIMIT_RELATED + 1];
    size_t count[2];
};

/* What counts against one account. */
struct joined {
    struct mlint_mailbox self;
    uint32_t others[MLINT_CROSS_COUNT];  /* how many there are */
    uint32_t related[MLINT_CROSS_COUNT]; /* how many of them follow */
};

/* How many members of the group are one installation, and how many of those poll. */
struct household {
    uint32_t members, polling;
};

struct joining {
    struct mlint_sorter judged;    /* struct joined and its related, by account */
    struct mlint_spool members;    /* of the group at hand */
    struct mlint_spool households; /* likewise, in the order of their members */
    struct mlint_mailbox last;
    struct household all, own;
    struct candidates candidates[MLINT_CROSS_COUNT];
    size_t households_closed;
};

/* The key is the account's number. */
static uint64_t rank_of_account(struct mlint_str key)
{
    uint32_t account;

    memcpy(&account, key.ptr, sizeof(account));
    return account;
}

static int compare_accounts(struct mlint_str left, struct mlint_str right)
{
    uint64_t a = rank_of_account(left), b = rank_of_account(right);

    return a < b ? -1 : a > b;
}

static enum mlint_status close_household(struct joining *joining)
{
    enum mlint_status status =
        mlint_spool_add(&joining->households, &joining->own, sizeof(joining->own));

    joining->own = (struct household){ 0, 0 };
    joining->households_closed++;
    return status;
}

static void add_candidate(struct joining *joining, enum mlint_cross_rule rule,
                          const struct mlint_mailbox *mailbox)
{
    struct candidates *candidates = &joining->candidates[rule];
    unsigned which = joining->households_closed > 0;
    size_t *count = &candidates->count[which];

    if (rule == MLINT_CROSS_POP_SESSION && !mlint_mailbox_concerns(rule, mailbox))
        return;
    if (*count <= MLINT_LIMIT_RELATED)
        candidates->list[which][(*count)++] = *mailbox;
}

static size_t relate(const struct joining *joining, enum mlint_cross_rule rule,
                     const struct mlint_mailbox *self, struct mlint_mailbox *related)
{
    const struct candidates *candidates = &joining->candidates[rule];
    size_t count = 0;

    for (unsigned which = 0; which < 2; which++) {
        for (size_t i = 0; i < candidates->count[which] && count < MLINT_LIMIT_RELATED; i++) {
            const struct mlint_mailbox *other = &candidates->list[which][i];
            if (other->account != self->account && mlint_mailbox_counts(rule, self, other))
                related[count++] = *other;
        }
    }
    return count;
}

/* Hand on one account if something counts against it; others' numbers are known by now. */
static enum mlint_status put_joined(struct joining *joining, const struct mlint_mailbox *self,
                                    const struct household *own)
{
    struct {
        struct joined joined;
        struct mlint_mailbox related[MLINT_CROSS_COUNT * MLINT_LIMIT_RELATED];
    } out; /* large, and mostly of no use */
    uint32_t *others;
    size_t count = 0;

    out.joined = (struct joined){ .self = *self };
    others = out.joined.others;
    if (mlint_mailbox_minds(MLINT_CROSS_POP_SESSION, self))
        others[MLINT_CROSS_POP_SESSION] = joining->all.polling - own->polling;
    if (mlint_mailbox_minds(MLINT_CROSS_LEAVE_ON_SERVER, self))
        others[MLINT_CROSS_LEAVE_ON_SERVER] = joining->all.members - own->members;
    if (!others[MLINT_CROSS_POP_SESSION] && !others[MLINT_CROSS_LEAVE_ON_SERVER])
        return MLINT_OK;
    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT; rule++) {
        if (!others[rule])
            continue;
        out.joined.related[rule] = (uint32_t)relate(joining, rule, self, out.related + count);
        count += out.joined.related[rule];
    }
    return mlint_sorter_add(
        &joining->judged, mlint_str_make((const char *)&self->account, sizeof(self->account)),
        mlint_str_make((const char *)&out,
                       sizeof(out.joined) + count * sizeof(struct mlint_mailbox)));
}

static void forget_group(struct joining *joining)
{
    mlint_spool_clear(&joining->members);
    mlint_spool_clear(&joining->households);
    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT; rule++)
        memset(joining->candidates[rule].count, 0, sizeof(joining->candidates[rule].count));
    joining->all = joining->own = (struct household){ 0, 0 };
    joining->households_closed = 0;
}

/* The group is complete: go through it again. */
static enum mlint_status close_group(struct joining *joining)
{
    uint64_t member = 0, end = mlint_spool_size(&joining->members);
    enum mlint_status status = MLINT_OK;

    if (joining->all.members > 1)
        status = close_household(joining);
    for (uint64_t at = 0; member < end && status == MLINT_OK; at += sizeof(struct household)) {
        struct household own = { 0, 0 };

        status = mlint_spool_read(&joining->households, at, &own, sizeof(own));
        for (uint32_t i = 0; i < own.members && status == MLINT_OK; i++) {
            struct mlint_mailbox self;

            status = mlint_spool_read(&joining->members, member, &self, sizeof(self));
            member += sizeof(self);
            if (status == MLINT_OK && (self.flags & MLINT_MAILBOX_POP))
                status = put_joined(joining, &self, &own);
        }
    }
    forget_group(joining);
    return status;
}

static enum mlint_status add_member(struct joining *joining,
                                    const struct mlint_mailbox *mailbox)
{
    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT; rule++)
        add_candidate(joining, (enum mlint_cross_rule)rule, mailbox);
    return mlint_spool_add(&joining->members, mailbox, sizeof(*mailbox));
}

/* The first of a group is kept in `last` alone until there is a second. */
static enum mlint_status join(void *user, struct mlint_str key, struct mlint_str value)
{
    struct joining *joining = user;
    const struct mlint_mailbox mailbox = mlint_facts_mailbox(key);
    bool polls = mlint_mailbox_concerns(MLINT_CROSS_POP_SESSION, &mailbox);
    enum mlint_status status = MLINT_OK;

    (void)value;
    if (joining->all.members && !mlint_mailbox_same(&joining->last, &mailbox))
        status = close_group(joining);
    if (joining->all.members == 1)
        status = add_member(joining, &joining->last);
    if (status == MLINT_OK && joining->own.members &&
        (!mailbox.installation || mailbox.installation != joining->last.installation))
        status = close_household(joining);
    joining->last = mailbox;
    joining->all.members++;
    joining->own.members++;
    joining->all.polling += polls;
    joining->own.polling += polls;
    return status == MLINT_OK && joining->all.members > 1 ? add_member(joining, &mailbox)
                                                          : status;
}

/* ---- Judging: account by account, in the report's order ---- */

struct judging {
    struct mlint_report *report;
    struct mlint_arena arena;
    const struct mlint_rule *rule[MLINT_CROSS_COUNT];
    enum mlint_level level[MLINT_CROSS_COUNT]; /* the run's */
    uint64_t at;                               /* in those that wait */
    enum mlint_status (*visit)(struct mlint_report *report, const struct mlint_cross *cross);
};

static int compare_related(const void *left, const void *right)
{
    const struct mlint_cross_related *a = left, *b = right;

    return a->account < b->account ? -1 : a->account > b->account;
}

static enum mlint_status tell_related(struct judging *judging,
                                      const struct mlint_mailbox *others, size_t count,
                                      struct mlint_cross *cross)
{
    struct mlint_cross_related *related =
        mlint_arena_array(&judging->arena, struct mlint_cross_related, count);

    for (size_t i = 0; related && i < count; i++) {
        struct mlint_facts_words told;
        enum mlint_status status =
            mlint_facts_tell(&judging->report->facts, &judging->arena, &others[i], &told);

        if (status != MLINT_OK)
            return status;
        related[i] = (struct mlint_cross_related){
            .file = others[i].file,
            .account = others[i].account,
            .path = told.path,
            .key = told.key,
            .location = told.place[MLINT_CROSS_POP_SESSION],
        };
    }
    if (!related)
        return count ? MLINT_E_NO_MEMORY : MLINT_OK;
    qsort(related, count, sizeof(*related), compare_related);
    cross->related = related;
    cross->related_count = count;
    return MLINT_OK;
}

static const char *step_of(const struct mlint_rule *rule, enum mlint_client client)
{
    const char *step = rule ? mlint_rule_step(rule, client) : NULL;

    return step || !rule ? step : mlint_rule_step(rule, MLINT_CLIENT_NONE);
}

static enum mlint_status fill(struct judging *judging, enum mlint_cross_rule rule,
                              const struct joined *joined, struct mlint_cross *cross)
{
    struct mlint_cross_judgement judgement;
    char *field = mlint_arena_bytes(&judging->arena, 48);
    struct mlint_facts_words told;
    enum mlint_status status =
        mlint_facts_tell(&judging->report->facts, &judging->arena, &joined->self, &told);

    if (status != MLINT_OK || !field)
        return status == MLINT_OK ? MLINT_E_NO_MEMORY : status;
    mlint_mailbox_judge(&judging->arena, rule, &joined->self, &told.words, joined->others[rule],
                        &judgement);
    cross->verdict = judgement.kind;
    cross->reason = judgement.reason;
    cross->message = judgement.message;
    cross->path = told.path;
    cross->key = told.key;
    cross->identity = told.identity;
    cross->field = mlint_field_name(MLINT_INCOMING, judgement.field, field);
    cross->location = told.place[rule];
    cross->excerpt = told.excerpt[rule];
    cross->hint = step_of(judging->rule[rule], cross->client);
    return MLINT_OK;
}

static enum mlint_status judge(struct judging *judging, enum mlint_cross_rule rule,
                               const struct joined *joined, const struct mlint_mailbox *related)
{
    const struct mlint_mailbox *self = &joined->self;
    struct mlint_cross cross = {
        .rule = mlint_cross_rule_id(rule),
        .client = (enum mlint_client)self->client,
        .verdict = MLINT_PASS,
        .file = self->file,
        .account = self->account,
        .level = judging->level[rule],
    };
    enum mlint_status status = MLINT_OK;

    if (self->level[rule])
        cross.level = (enum mlint_level)(self->level[rule] - 1);
    if (cross.level == MLINT_OFF || !mlint_mailbox_concerns(rule, self))
        return MLINT_OK;
    if (joined->others[rule])
        status = fill(judging, rule, joined, &cross);
    if (status == MLINT_OK && cross.verdict == MLINT_FAIL)
        status = tell_related(judging, related, joined->related[rule], &cross);
    if (judging->arena.failed)
        status = MLINT_E_NO_MEMORY;
    if (status == MLINT_OK)
        status = judging->visit(judging->report, &cross);
    if (joined->others[rule])
        mlint_arena_reset(&judging->arena);
    return status;
}

/* Those up to that account, itself left out, pass. */
static enum mlint_status pass_until(struct judging *judging, uint64_t account)
{
    struct mlint_spool *spool = &judging->report->facts.waiting;
    enum mlint_status status = MLINT_OK;

    while (status == MLINT_OK && judging->at < mlint_spool_size(spool)) {
        struct joined alone = { .related = { 0 } };
        struct mlint_waiting waiting;

        status = mlint_spool_read(spool, judging->at, &waiting, sizeof(waiting));
        if (status != MLINT_OK || waiting.account > account)
            break;
        judging->at += sizeof(waiting);
        if (waiting.account == account)
            break;
        alone.self.file = waiting.file;
        alone.self.account = waiting.account;
        alone.self.flags = waiting.flags;
        alone.self.client = waiting.client;
        memcpy(alone.self.level, waiting.level, sizeof(waiting.level));
        for (unsigned rule = 0; rule < MLINT_CROSS_COUNT && status == MLINT_OK; rule++)
            status = judge(judging, (enum mlint_cross_rule)rule, &alone, NULL);
    }
    return status;
}

static enum mlint_status judge_account(void *user, struct mlint_str key, struct mlint_str value)
{
    struct judging *judging = user;
    struct mlint_mailbox others[MLINT_CROSS_COUNT * MLINT_LIMIT_RELATED];
    struct joined joined;
    size_t at = 0;
    enum mlint_status status = pass_until(judging, rank_of_account(key));

    memcpy(&joined, value.ptr, sizeof(joined));
    memcpy(others, value.ptr + sizeof(joined), value.len - sizeof(joined));
    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT && status == MLINT_OK; rule++) {
        status = judge(judging, (enum mlint_cross_rule)rule, &joined, others + at);
        at += joined.related[rule];
    }
    return status;
}

static enum mlint_status judge_all(struct judging *judging, struct mlint_sorter *joined)
{
    enum mlint_status status = mlint_sorter_each(joined, judge_account, judging);

    return status == MLINT_OK ? pass_until(judging, UINT64_MAX) : status;
}

static void find_rules(struct judging *judging)
{
    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT; rule++) {
        const char *id = mlint_cross_rule_id((enum mlint_cross_rule)rule);

        judging->rule[rule] = mlint_rule_find(id);
        judging->level[rule] = mlint_config_level(judging->report->config, id);
    }
}

enum mlint_status mlint_facts_judge(struct mlint_report *report,
                                    enum mlint_status (*visit)(struct mlint_report *report,
                                                               const struct mlint_cross *cross))
{
    const struct mlint_allocator *allocator = report->config->allocator;
    struct judging judging = { .report = report, .visit = visit };
    struct joining joining = { .all = { 0, 0 } };
    enum mlint_status status;

    find_rules(&judging);
    mlint_sorter_init(&joining.judged, allocator, MLINT_FACTS_IN_MEMORY, compare_accounts,
                      rank_of_account);
    mlint_spool_init(&joining.members, allocator);
    mlint_spool_init(&joining.households, allocator);
    mlint_arena_init(&judging.arena, allocator, 0);
    status = mlint_sorter_each(&report->facts.mailboxes, join, &joining);
    if (status == MLINT_OK && joining.all.members)
        status = close_group(&joining);
    if (status == MLINT_OK)
        status = judge_all(&judging, &joining.judged);
    mlint_arena_done(&judging.arena);
    mlint_sorter_done(&joining.judged);
    mlint_spool_done(&joining.members);
    mlint_spool_done(&joining.households);
    return status;
}
