/* facts.c: the mailboxes of a run. 64 bytes of each POP account stay in memory, its words go to
 * a temporary file; accounts by IMAP go there altogether and come back only where a POP account
 * shares their mailbox. What sharing means is model/mailbox.c's affair. */
#include "report/excerpt.h"
#include "report/run.h"

#include "source/limits.h"

#include <stdlib.h>

#define PER_BLOCK 4096u

/* The fields that cross-file findings stand at, in the order of their places in the words. */
static const enum mlint_field_id places[] = { MLINT_FIELD_USERNAME,
                                              MLINT_FIELD_LEAVE_ON_SERVER };
#define PLACES (sizeof(places) / sizeof(places[0]))

void mlint_facts_init(struct mlint_facts *facts, const struct mlint_allocator *allocator)
{
    *facts = (struct mlint_facts){ .allocator = allocator };
    mlint_spool_init(&facts->words, allocator);
    mlint_spool_init(&facts->later, allocator);
}

static void give_back(const struct mlint_facts *facts, void *memory)
{
    facts->allocator->free(facts->allocator->user, memory);
}

void mlint_facts_done(struct mlint_facts *facts)
{
    for (size_t i = 0; i * PER_BLOCK < facts->count; i++)
        give_back(facts, facts->blocks[i]);
    give_back(facts, facts->blocks);
    give_back(facts, facts->order);
    mlint_spool_done(&facts->words);
    mlint_spool_done(&facts->later);
}

static struct mlint_mailbox *at(const struct mlint_facts *facts, size_t index)
{
    return &facts->blocks[index / PER_BLOCK][index % PER_BLOCK];
}

static bool new_block(struct mlint_facts *facts)
{
    const struct mlint_allocator *allocator = facts->allocator;
    size_t number = facts->count / PER_BLOCK;

    if (number == facts->block_cap) {
        size_t cap = facts->block_cap ? facts->block_cap * 2 : 16;
        struct mlint_mailbox **bigger =
            allocator->alloc(allocator->user, cap * sizeof(*bigger));
        if (!bigger)
            return false;
        if (number)
            memcpy(bigger, facts->blocks, number * sizeof(*bigger));
        give_back(facts, facts->blocks);
        facts->blocks = bigger;
        facts->block_cap = cap;
    }
    facts->blocks[number] =
        allocator->alloc(allocator->user, PER_BLOCK * sizeof(struct mlint_mailbox));
    return facts->blocks[number] != NULL;
}

static bool keep(struct mlint_facts *facts, const struct mlint_mailbox *mailbox)
{
    if (facts->count % PER_BLOCK == 0 && !new_block(facts))
        return false;
    *at(facts, facts->count) = *mailbox;
    facts->count++;
    return true;
}

/* ---- Words: what a finding about the mailbox would have to say ---- */

static void put_text(struct mlint_buf *out, struct mlint_str text)
{
    uint32_t len = (uint32_t)text.len;

    mlint_buf_add(out, &len, sizeof(len));
    mlint_buf_str(out, text);
    mlint_buf_char(out, '\0');
}

static void put_place(struct mlint_chunk *chunk, const struct mlint_result *result,
                      const struct mlint_account *account, enum mlint_field_id id)
{
    const struct mlint_node *node = account->incoming.field[id].node;
    struct mlint_location location;
    struct mlint_buf excerpt;

    mlint_mailbox_locate(result, account, id, &location);
    mlint_buf_add(&chunk->words, &location, sizeof(location));
    put_text(&chunk->words, mlint_str_from(location.path));
    mlint_buf_init(&excerpt, chunk->words.allocator, 0);
    if (node && location.line && chunk->report->reporter->excerpts) {
        const struct mlint_place place = {
            .source = node->source, .located = true, .span = node->value_span, .node = node
        };
        mlint_excerpt(&excerpt, &chunk->arena, result, &place);
    }
    put_text(&chunk->words, mlint_str_make(excerpt.ptr, excerpt.len));
    chunk->words.failed |= excerpt.failed;
    mlint_buf_done(&excerpt);
}

static void put_words(struct mlint_chunk *chunk, const struct mlint_result *result,
                      const struct mlint_account *account,
                      const struct mlint_mailbox_words *words, struct mlint_mailbox *mailbox)
{
    mailbox->text = chunk->words.len;
    put_text(&chunk->words, result->files[account->file]->path);
    put_text(&chunk->words, account->key);
    put_text(&chunk->words, words->server);
    put_text(&chunk->words, words->login);
    for (size_t i = 0; i < PLACES; i++)
        put_place(chunk, result, account, places[i]);
    mailbox->text_length = (uint32_t)(chunk->words.len - mailbox->text);
}

/* Words read back; the strings point into the arena. */
struct told {
    const char *path, *key;
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

static enum mlint_status tell(const struct mlint_facts *facts, struct mlint_arena *arena,
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
        if (!(mailbox.flags & MLINT_MAILBOX_POP))
            status = mlint_spool_add(&facts->later, &mailbox, sizeof(mailbox));
        else if (!keep(facts, &mailbox))
            status = MLINT_E_NO_MEMORY;
    }
    return status;
}

/* ---- Joining ---- */

static int compare_digests(const struct mlint_mailbox *a, const struct mlint_mailbox *b)
{
    for (unsigned i = 0; i < 2; i++) {
        if (a->digest[i] != b->digest[i])
            return a->digest[i] < b->digest[i] ? -1 : 1;
    }
    return 0;
}

/* Same mailbox together, one installation together in it, then the report's order. */
static int compare(const void *a, const void *b, void *user)
{
    const struct mlint_facts *facts = user;
    const struct mlint_mailbox *x = at(facts, *(const uint32_t *)a);
    const struct mlint_mailbox *y = at(facts, *(const uint32_t *)b);
    int order = compare_digests(x, y);

    if (order)
        return order;
    if (x->installation != y->installation)
        return x->installation < y->installation ? -1 : 1;
    return x->account < y->account ? -1 : x->account > y->account;
}

static bool sort(struct mlint_facts *facts)
{
    give_back(facts, facts->order);
    facts->order =
        facts->allocator->alloc(facts->allocator->user, (facts->count + 1) * sizeof(uint32_t));
    if (!facts->order)
        return false;
    for (size_t i = 0; i < facts->count; i++)
        facts->order[i] = (uint32_t)i;
    qsort_r(facts->order, facts->count, sizeof(uint32_t), compare, facts);
    return true;
}

static bool is_shared(const struct mlint_facts *facts, size_t sorted,
                      const struct mlint_mailbox *mailbox)
{
    size_t low = 0, high = sorted;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_digests(mailbox, at(facts, facts->order[middle]));

        if (!order)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* The accounts by IMAP that share a mailbox with one by POP join the others. */
static enum mlint_status fetch_later(struct mlint_facts *facts)
{
    struct mlint_mailbox some[64];
    uint64_t end = mlint_spool_size(&facts->later);
    size_t sorted = facts->count, len;

    for (uint64_t next = 0; next < end; next += len) {
        len = end - next < sizeof(some) ? (size_t)(end - next) : sizeof(some);
        if (mlint_spool_read(&facts->later, next, some, len) != MLINT_OK)
            return MLINT_E_IO;
        for (size_t i = 0; i < len / sizeof(some[0]); i++) {
            if (is_shared(facts, sorted, &some[i]) && !keep(facts, &some[i]))
                return MLINT_E_NO_MEMORY;
        }
    }
    if (facts->count > sorted && !sort(facts))
        return MLINT_E_NO_MEMORY;
    return MLINT_OK;
}

/* How many of order[begin, end) poll by POP. */
static uint32_t polling(const struct mlint_facts *facts, size_t begin, size_t end)
{
    uint32_t count = 0;

    for (size_t i = begin; i < end; i++)
        count += mlint_mailbox_concerns(MLINT_CROSS_POP_SESSION, at(facts, facts->order[i]));
    return count;
}

/* The end of what has the mailbox of order[begin]; with `one`, the installation as well. */
static size_t end_of(const struct mlint_facts *facts, size_t begin, bool one)
{
    const struct mlint_mailbox *first = at(facts, facts->order[begin]);
    size_t end = begin + 1;

    if (one && !first->installation)
        return end;
    while (end < facts->count && mlint_mailbox_same(first, at(facts, facts->order[end])) &&
           (!one || at(facts, facts->order[end])->installation == first->installation))
        end++;
    return end;
}

/* For each of one mailbox's accounts: how many of other installations count against it. */
static void count_others(struct mlint_facts *facts, size_t begin, size_t end)
{
    uint32_t all = polling(facts, begin, end);

    for (size_t from = begin, to; from < end; from = to) {
        uint32_t own;

        to = end_of(facts, from, true);
        own = polling(facts, from, to);
        for (size_t i = from; i < to; i++) {
            struct mlint_mailbox *mailbox = at(facts, facts->order[i]);
            mailbox->group = (uint32_t)begin;
            mailbox->others[MLINT_CROSS_POP_SESSION] = all - own;
            mailbox->others[MLINT_CROSS_LEAVE_ON_SERVER] =
                (uint32_t)(end - begin - (to - from));
        }
    }
}

/* ---- Judging ---- */

struct judging {
    struct mlint_report *report;
    struct mlint_arena arena;
    enum mlint_status (*visit)(struct mlint_report *report, const struct mlint_cross *cross);
};

/* Past what has the mailbox and the installation of order[from]: by halves, as one installation
 * may have very many copies. */
static size_t past_installation(const struct mlint_facts *facts, size_t from)
{
    const struct mlint_mailbox *own = at(facts, facts->order[from]);
    size_t low = from + 1, high = facts->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct mlint_mailbox *there = at(facts, facts->order[middle]);

        if (mlint_mailbox_same(own, there) && own->installation == there->installation)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int compare_related(const void *left, const void *right)
{
    const struct mlint_cross_related *a = left, *b = right;

    return a->account < b->account ? -1 : a->account > b->account;
}

/* A few of the others, by their places. */
static enum mlint_status relate(struct judging *judging, enum mlint_cross_rule rule,
                                const struct mlint_mailbox *self, struct mlint_cross *cross)
{
    const struct mlint_facts *facts = &judging->report->facts;
    struct mlint_cross_related *related =
        mlint_arena_array(&judging->arena, struct mlint_cross_related, MLINT_LIMIT_RELATED);
    size_t i = self->group;

    cross->related = related;
    while (related && i < facts->count && cross->related_count < MLINT_LIMIT_RELATED) {
        const struct mlint_mailbox *other = at(facts, facts->order[i]);
        bool own = self->installation && self->installation == other->installation;
        struct told told;

        if (!mlint_mailbox_same(self, other))
            break;
        if (mlint_mailbox_counts(rule, self, other)) {
            if (tell(facts, &judging->arena, other, &told) != MLINT_OK)
                return MLINT_E_IO;
            related[cross->related_count++] = (struct mlint_cross_related){
                .file = other->file,
                .account = other->account,
                .path = told.path,
                .key = told.key,
                .location = told.place[0],
            };
        }
        i = own ? past_installation(facts, i) : i + 1;
    }
    if (related)
        qsort(related, cross->related_count, sizeof(*related), compare_related);
    return related ? MLINT_OK : MLINT_E_NO_MEMORY;
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
    cross->field = mlint_field_name(MLINT_INCOMING, judgement.field, field);
    cross->location = told.place[place];
    cross->excerpt = told.excerpt[place];
    cross->hint = step_of(mlint_rule_find(cross->rule), cross->client);
    return judgement.kind == MLINT_FAIL ? relate(judging, rule, self, cross) : MLINT_OK;
}

static enum mlint_status judge(struct judging *judging, enum mlint_cross_rule rule,
                               const struct mlint_mailbox *self)
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

    if (cross.level == MLINT_OFF || !mlint_mailbox_concerns(rule, self))
        return MLINT_OK;
    if (self->others[rule])
        status = fill(judging, rule, self, &cross);
    if (judging->arena.failed)
        status = MLINT_E_NO_MEMORY;
    if (status == MLINT_OK)
        status = judging->visit(judging->report, &cross);
    mlint_arena_reset(&judging->arena);
    return status;
}

enum mlint_status mlint_facts_judge(struct mlint_report *report,
                                    enum mlint_status (*visit)(struct mlint_report *report,
                                                               const struct mlint_cross *cross))
{
    struct mlint_facts *facts = &report->facts;
    struct judging judging = { .report = report, .visit = visit };
    size_t by_pop = facts->count;
    enum mlint_status status;

    if (!by_pop)
        return MLINT_OK;
    status = sort(facts) ? fetch_later(facts) : MLINT_E_NO_MEMORY;
    for (size_t begin = 0, end; begin < facts->count && status == MLINT_OK; begin = end) {
        end = end_of(facts, begin, false);
        count_others(facts, begin, end);
    }
    mlint_arena_init(&judging.arena, facts->allocator, 0);
    for (size_t i = 0; i < by_pop && status == MLINT_OK; i++) {
        for (unsigned rule = 0; rule < MLINT_CROSS_COUNT && status == MLINT_OK; rule++)
            status = judge(&judging, (enum mlint_cross_rule)rule, at(facts, i));
    }
    mlint_arena_done(&judging.arena);
    return status;
}
