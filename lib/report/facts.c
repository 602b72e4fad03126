/* facts.c: the mailboxes of a run, compared at its end. A fixed record of each POP or IMAP
 * account is sorted by mailbox, past a limit on disk; so is what came of it, by account. Memory
 * does not grow with the run. What sharing a mailbox means is model/mailbox.c's affair. */
#include "report/excerpt.h"
#include "report/run.h"

#include "source/limits.h"

#include <stdlib.h>

#define PER_BLOCK 4096u

/* The fields that cross-file findings stand at, in the order of their places in the words. */
static const enum mlint_field_id places[] = { MLINT_FIELD_USERNAME,
                                              MLINT_FIELD_LEAVE_ON_SERVER };
#define PLACES (sizeof(places) / sizeof(places[0]))

/* In memory at once, of the run's mailboxes; the rest waits on disk. */
#define IN_MEMORY (1u << 20)

static struct mlint_mailbox mailbox_of(struct mlint_str bytes)
{
    struct mlint_mailbox mailbox;

    memcpy(&mailbox, bytes.ptr, sizeof(mailbox));
    return mailbox;
}

/* Same mailbox together, one installation together in it, then the report's order. */
static int compare_mailboxes(struct mlint_str left, struct mlint_str right)
{
    const struct mlint_mailbox a = mailbox_of(left), b = mailbox_of(right);

    for (unsigned i = 0; i < 2; i++) {
        if (a.digest[i] != b.digest[i])
            return a.digest[i] < b.digest[i] ? -1 : 1;
    }
    if (a.installation != b.installation)
        return a.installation < b.installation ? -1 : 1;
    return a.account < b.account ? -1 : a.account > b.account;
}

static uint64_t rank_of_mailbox(struct mlint_str bytes)
{
    return mailbox_of(bytes).digest[0];
}

void mlint_facts_init(struct mlint_facts *facts, const struct mlint_allocator *allocator)
{
    mlint_sorter_init(&facts->mailboxes, allocator, IN_MEMORY, compare_mailboxes,
                      rank_of_mailbox);
    mlint_spool_init(&facts->words, allocator);
}

void mlint_facts_done(struct mlint_facts *facts)
{
    mlint_sorter_done(&facts->mailboxes);
    mlint_spool_done(&facts->words);
}

/* ---- Words: what a finding about the mailbox would have to say ---- */

static void put_text(struct mlint_buf *out, struct mlint_str text)
{
    uint32_t len = (uint32_t)text.len;

    mlint_buf_add(out, &len, sizeof(len));
    mlint_buf_str(out, text);
    mlint_buf_char(out, '\0');
}

static void put_excerpt(struct mlint_chunk *chunk, const struct mlint_result *result,
                        const struct mlint_node *node)
{
    const struct mlint_place place = {
        .source = node->source, .located = true, .span = node->value_span, .node = node
    };
    struct mlint_buf *words = &chunk->words;
    size_t start = words->len;
    uint32_t len = 0;

    mlint_buf_add(words, &len, sizeof(len));
    mlint_excerpt(words, &chunk->arena, result, &place);
    len = (uint32_t)(words->len - start - sizeof(len));
    if (!words->failed)
        memcpy(words->ptr + start, &len, sizeof(len));
    mlint_buf_char(words, '\0');
}

/* judged: a finding may stand here, and not only point here. */
static void put_place(struct mlint_chunk *chunk, const struct mlint_result *result,
                      const struct mlint_account *account, enum mlint_field_id id, bool judged)
{
    const struct mlint_node *node = account->incoming.field[id].node;
    struct mlint_buf *words = &chunk->words;
    struct mlint_location location;

    mlint_mailbox_locate(result, account, id, &location);
    mlint_buf_add(words, &location, sizeof(location));
    put_text(words, mlint_str_from(location.path));
    if (judged && node && location.line && chunk->report->reporter->excerpts)
        put_excerpt(chunk, result, node);
    else
        put_text(words, MLINT_STR(""));
}

static void put_words(struct mlint_chunk *chunk, const struct mlint_result *result,
                      const struct mlint_account *account,
                      const struct mlint_mailbox_words *words, struct mlint_mailbox *mailbox)
{
    const struct mlint_report *report = chunk->report;
    uint64_t identity = 0;

    mailbox->text = chunk->words.len;
    put_text(&chunk->words, result->files[account->file]->path);
    put_text(&chunk->words, account->key);
    if (report->reporter->fingerprints || report->options.baseline || report->holding.records)
        identity = mlint_account_identity(&chunk->arena, account);
    mlint_buf_add(&chunk->words, &identity, sizeof(identity));
    put_text(&chunk->words, words->server);
    put_text(&chunk->words, words->login);
    for (size_t i = 0; i < PLACES; i++)
        put_place(chunk, result, account, places[i], mailbox->flags & MLINT_MAILBOX_POP);
    mailbox->text_length = (uint32_t)(chunk->words.len - mailbox->text);
}

/* Words read back; the strings point into the arena. */
struct told {
    const char *path, *key;
    uint64_t identity;
    struct mlint_mailbox_words words;
    struct mlint_location place[PLACES];
    const char *excerpt[PLACES];
};

static struct mlint_str get_text(const char **next)
{
    struct mlint_str text;
    uint32_t len;

    memcpy(&len, *next, sizeof(len));
    text = mlint_str_make(*next + sizeof(len), len);
    *next += sizeof(len) + len + 1;
    return text;
}

static enum mlint_status tell(struct mlint_facts *facts, struct mlint_arena *arena,
                              const struct mlint_mailbox *mailbox, struct told *out)
{
    char *bytes = mlint_arena_bytes(arena, mailbox->text_length);
    const char *next = bytes;
    enum mlint_status status;

    if (!bytes)
        return MLINT_E_NO_MEMORY;
    status = mlint_spool_read(&facts->words, mailbox->text, bytes, mailbox->text_length);
    if (status != MLINT_OK)
        return status;
    out->path = get_text(&next).ptr;
    out->key = get_text(&next).ptr;
    memcpy(&out->identity, next, sizeof(out->identity));
    next += sizeof(out->identity);
    out->words.server = get_text(&next);
    out->words.login = get_text(&next);
    for (size_t i = 0; i < PLACES; i++) {
        memcpy(&out->place[i], next, sizeof(out->place[i]));
        next += sizeof(out->place[i]);
        out->place[i].path = get_text(&next).ptr;
        out->excerpt[i] = get_text(&next).ptr;
    }
    return MLINT_OK;
}

/* ---- Taking notes ---- */

static struct mlint_mailbox *more_room(struct mlint_chunk *chunk)
{
    const struct mlint_allocator *allocator = chunk->words.allocator;

    if (chunk->mailbox_count == chunk->mailbox_cap) {
        size_t cap = chunk->mailbox_cap ? chunk->mailbox_cap * 2 : 16;
        struct mlint_mailbox *bigger = allocator->alloc(allocator->user, cap * sizeof(*bigger));
        if (!bigger) {
            chunk->failed = true;
            return NULL;
        }
        if (chunk->mailbox_count)
            memcpy(bigger, chunk->mailboxes, chunk->mailbox_count * sizeof(*bigger));
        allocator->free(allocator->user, chunk->mailboxes);
        chunk->mailboxes = bigger;
        chunk->mailbox_cap = cap;
    }
    return &chunk->mailboxes[chunk->mailbox_count++];
}

const uint8_t *mlint_facts_note(struct mlint_chunk *chunk, struct mlint_result *result)
{
    uint8_t *deferred = mlint_arena_alloc(&chunk->arena, result->account_count + 1);

    for (size_t i = 0; deferred && i < result->account_count; i++) {
        struct mlint_mailbox mailbox, *kept;
        struct mlint_mailbox_words words;

        if (!mlint_mailbox_of(&chunk->arena, chunk->report->config, result->accounts[i],
                              &mailbox, &words))
            continue;
        for (unsigned rule = 0; rule < MLINT_CROSS_COUNT; rule++)
            deferred[i] |= (uint8_t)(mlint_mailbox_concerns(rule, &mailbox) << rule);
        put_words(chunk, result, result->accounts[i], &words, &mailbox);
        mailbox.file += chunk->files;
        mailbox.account += chunk->accounts;
        kept = more_room(chunk);
        if (kept)
            *kept = mailbox;
    }
    return deferred;
}

enum mlint_status mlint_facts_take(struct mlint_facts *facts, const struct mlint_chunk *chunk,
                                   uint64_t files, uint64_t accounts)
{
    uint64_t base = mlint_spool_size(&facts->words);
    enum mlint_status status = MLINT_OK;

    if (chunk->words.len)
        status = mlint_spool_add(&facts->words, chunk->words.ptr, chunk->words.len);
    for (size_t i = 0; i < chunk->mailbox_count && status == MLINT_OK; i++) {
        struct mlint_mailbox mailbox = chunk->mailboxes[i];

        mailbox.text += base;
        mailbox.file += (uint32_t)files;
        mailbox.account += (uint32_t)accounts;
        status = mlint_sorter_add(&facts->mailboxes,
                                  mlint_str_make((const char *)&mailbox, sizeof(mailbox)),
                                  MLINT_STR(""));
    }
    return status;
}

/* ---- Joining: mailbox by mailbox, each account learns how many others count against it ----
 */

/* Others that findings name: some of the group's first installation, some of all others. An
 * account of the first one is shown the second list; any other finds enough in both. */
struct candidates {
    struct mlint_mailbox list[2][MLINT_LIMIT_RELATED + 1];
    size_t count[2];
};

/* What counts against one account. */
struct joined {
    struct mlint_mailbox self;
    uint32_t related[MLINT_CROSS_COUNT]; /* how many of each follow */
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

/* Hand on one account with what counts against it; others' numbers are known by now. */
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
    others = out.joined.self.others;
    others[MLINT_CROSS_POP_SESSION] = joining->all.polling - own->polling;
    others[MLINT_CROSS_LEAVE_ON_SERVER] = joining->all.members - own->members;
    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT; rule++) {
        if (!others[rule] || !mlint_mailbox_concerns(rule, self))
            continue;
        out.joined.related[rule] = (uint32_t)relate(joining, rule, self, out.related + count);
        count += out.joined.related[rule];
    }
    return mlint_sorter_add(
        &joining->judged, mlint_str_make((const char *)&self->account, sizeof(self->account)),
        mlint_str_make((const char *)&out,
                       sizeof(out.joined) + count * sizeof(struct mlint_mailbox)));
}

/* The group is complete: go through it again. */
static enum mlint_status close_group(struct joining *joining)
{
    uint64_t member = 0, end = mlint_spool_size(&joining->members);
    enum mlint_status status = close_household(joining);

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
    mlint_spool_clear(&joining->members);
    mlint_spool_clear(&joining->households);
    memset(joining->candidates, 0, sizeof(joining->candidates));
    joining->all = joining->own = (struct household){ 0, 0 };
    joining->households_closed = 0;
    return status;
}

static enum mlint_status join(void *user, struct mlint_str key, struct mlint_str value)
{
    struct joining *joining = user;
    const struct mlint_mailbox mailbox = mailbox_of(key);
    bool polls = mlint_mailbox_concerns(MLINT_CROSS_POP_SESSION, &mailbox);
    enum mlint_status status = MLINT_OK;

    (void)value;
    if (joining->all.members && !mlint_mailbox_same(&joining->last, &mailbox))
        status = close_group(joining);
    else if (joining->own.members &&
             (!mailbox.installation || mailbox.installation != joining->last.installation))
        status = close_household(joining);
    joining->last = mailbox;
    joining->all.members++;
    joining->own.members++;
    joining->all.polling += polls;
    joining->own.polling += polls;
    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT; rule++)
        add_candidate(joining, (enum mlint_cross_rule)rule, &mailbox);
    return status == MLINT_OK ? mlint_spool_add(&joining->members, &mailbox, sizeof(mailbox))
                              : status;
}

/* ---- Judging: account by account, in the report's order ---- */

struct judging {
    struct mlint_report *report;
    struct mlint_arena arena;
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
        struct told told;
        enum mlint_status status =
            tell(&judging->report->facts, &judging->arena, &others[i], &told);

        if (status != MLINT_OK)
            return status;
        related[i] = (struct mlint_cross_related){
            .file = others[i].file,
            .account = others[i].account,
            .path = told.path,
            .key = told.key,
            .location = told.place[0],
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
                              const struct mlint_mailbox *self, struct mlint_cross *cross)
{
    struct mlint_cross_judgement judgement;
    char *field = mlint_arena_bytes(&judging->arena, 48);
    struct told told;
    enum mlint_status status = tell(&judging->report->facts, &judging->arena, self, &told);
    size_t place = 0;

    if (status != MLINT_OK || !field)
        return status == MLINT_OK ? MLINT_E_NO_MEMORY : status;
    mlint_mailbox_judge(&judging->arena, rule, self, &told.words, self->others[rule],
                        &judgement);
    while (place < PLACES - 1 && places[place] != judgement.field)
        place++;
    cross->verdict = judgement.kind;
    cross->reason = judgement.reason;
    cross->message = judgement.message;
    cross->path = told.path;
    cross->key = told.key;
    cross->identity = told.identity;
    cross->field = mlint_field_name(MLINT_INCOMING, judgement.field, field);
    cross->location = told.place[place];
    cross->excerpt = told.excerpt[place];
    cross->hint = step_of(mlint_rule_find(cross->rule), cross->client);
    return MLINT_OK;
}

static enum mlint_status judge(struct judging *judging, enum mlint_cross_rule rule,
                               const struct mlint_mailbox *self,
                               const struct mlint_mailbox *others, size_t count)
{
    struct mlint_cross cross = {
        .rule = mlint_cross_rule_id(rule),
        .client = (enum mlint_client)self->client,
        .verdict = MLINT_PASS,
        .file = self->file,
        .account = self->account,
        .level = mlint_config_level(judging->report->config, mlint_cross_rule_id(rule)),
    };
    enum mlint_status status = MLINT_OK;

    if (self->level[rule])
        cross.level = (enum mlint_level)(self->level[rule] - 1);
    if (cross.level == MLINT_OFF || !mlint_mailbox_concerns(rule, self))
        return MLINT_OK;
    if (self->others[rule])
        status = fill(judging, rule, self, &cross);
    if (status == MLINT_OK && cross.verdict == MLINT_FAIL)
        status = tell_related(judging, others, count, &cross);
    if (judging->arena.failed)
        status = MLINT_E_NO_MEMORY;
    if (status == MLINT_OK)
        status = judging->visit(judging->report, &cross);
    mlint_arena_reset(&judging->arena);
    return status;
}

static enum mlint_status judge_account(void *user, struct mlint_str key, struct mlint_str value)
{
    struct judging *judging = user;
    struct mlint_mailbox others[MLINT_CROSS_COUNT * MLINT_LIMIT_RELATED];
    struct joined joined;
    size_t at = 0;
    enum mlint_status status = MLINT_OK;

    (void)key;
    memcpy(&joined, value.ptr, sizeof(joined));
    memcpy(others, value.ptr + sizeof(joined), value.len - sizeof(joined));
    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT && status == MLINT_OK; rule++) {
        status = judge(judging, (enum mlint_cross_rule)rule, &joined.self, others + at,
                       joined.related[rule]);
        at += joined.related[rule];
    }
    return status;
}

enum mlint_status mlint_facts_judge(struct mlint_report *report,
                                    enum mlint_status (*visit)(struct mlint_report *report,
                                                               const struct mlint_cross *cross))
{
    const struct mlint_allocator *allocator = report->config->allocator;
    struct judging judging = { .report = report, .visit = visit };
    struct joining joining = { .all = { 0, 0 } };
    enum mlint_status status;

    mlint_sorter_init(&joining.judged, allocator, IN_MEMORY, compare_accounts, rank_of_account);
    mlint_spool_init(&joining.members, allocator);
    mlint_spool_init(&joining.households, allocator);
    mlint_arena_init(&judging.arena, allocator, 0);
    status = mlint_sorter_each(&report->facts.mailboxes, join, &joining);
    if (status == MLINT_OK && joining.all.members)
        status = close_group(&joining);
    if (status == MLINT_OK)
        status = mlint_sorter_each(&joining.judged, judge_account, &judging);
    mlint_arena_done(&judging.arena);
    mlint_sorter_done(&joining.judged);
    mlint_spool_done(&joining.members);
    mlint_spool_done(&joining.households);
    return status;
}
