/* facts.c: the mailboxes of a run, noted as results are rendered and taken over in the report's
 * order. Of each POP or IMAP account a fixed record is sorted by mailbox, past a limit on disk;
 * what a finding would have to say of it waits in a spool, since most are never spoken of.
 * facts_judge.c compares them. */
#include "report/facts.h"

#include "report/excerpt.h"

/* The fields that findings of each rule stand at. */
static const enum mlint_field_id places[MLINT_CROSS_COUNT] = {
    [MLINT_CROSS_POP_SESSION] = MLINT_FIELD_USERNAME,
    [MLINT_CROSS_LEAVE_ON_SERVER] = MLINT_FIELD_LEAVE_ON_SERVER,
};

/* Same mailbox together, one installation together in it, then the report's order. */
static int compare_mailboxes(struct mlint_str left, struct mlint_str right)
{
    const struct mlint_mailbox a = mlint_facts_mailbox(left), b = mlint_facts_mailbox(right);

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
    return mlint_facts_mailbox(bytes).digest[0];
}

void mlint_facts_init(struct mlint_facts *facts, const struct mlint_allocator *allocator)
{
    mlint_sorter_init(&facts->mailboxes, allocator, MLINT_FACTS_IN_MEMORY, compare_mailboxes,
                      rank_of_mailbox);
    mlint_spool_init(&facts->words, allocator);
    mlint_spool_init(&facts->waiting, allocator);
    mlint_buf_init(&facts->excerpt, allocator, 0);
}

void mlint_facts_done(struct mlint_facts *facts)
{
    mlint_sorter_done(&facts->mailboxes);
    mlint_spool_done(&facts->words);
    mlint_spool_done(&facts->waiting);
    mlint_buf_done(&facts->excerpt);
}

/* ---- Words: what a finding about the mailbox would have to say ---- */

/* Seven bits a byte, the lowest first: most numbers are small. */
static inline char *write_number(char *to, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *to++ = (char)(number | 0x80);
    *to++ = (char)number;
    return to;
}

/* Room for as many of them, or NULL; take_room says where they ended. */
static char *make_room(struct mlint_buf *out, size_t numbers)
{
    return mlint_buf_reserve(out, numbers * 10) ? out->ptr + out->len : NULL;
}

static void take_room(struct mlint_buf *out, const char *end)
{
    out->len = (size_t)(end - out->ptr);
}

static void put_number(struct mlint_buf *out, uint64_t number)
{
    char *p = make_room(out, 1);

    if (p)
        take_room(out, write_number(p, number));
}

/* With a NUL behind it. */
static void put_text(struct mlint_buf *out, struct mlint_str text)
{
    char *p = mlint_buf_reserve(out, 10 + text.len + 1) ? out->ptr + out->len : NULL;

    if (!p)
        return;
    p = write_number(p, text.len);
    if (text.len)
        memcpy(p, text.ptr, text.len);
    p[text.len] = '\0';
    take_room(out, p + text.len + 1);
}

static void put_location(struct mlint_buf *out, const struct mlint_location *location)
{
    char *p = make_room(out, 6);

    if (!p)
        return;
    p = write_number(p, location->line);
    p = write_number(p, location->column);
    p = write_number(p, (uint32_t)(location->end_line - location->line));
    p = write_number(p, (uint32_t)(location->end_column - location->column));
    p = write_number(p, (uint64_t)location->byte_offset + 1); /* -1: none */
    p = write_number(p, (uint64_t)location->byte_length);
    take_room(out, p);
    put_text(out, mlint_str_from(location->path));
}

static void put_quote(struct mlint_chunk *chunk, const struct mlint_result *result,
                      const struct mlint_node *node)
{
    const struct mlint_place place = {
        .source = node->source, .located = true, .span = node->value_span, .node = node
    };
    struct mlint_buf *words = &chunk->words;
    struct mlint_quote quote = { 0 };
    size_t start = words->len;
    uint32_t len = 0;
    char *p;

    mlint_buf_add(words, &len, sizeof(len));
    mlint_quote_line(words, &chunk->arena, result, &place, &quote);
    len = (uint32_t)(words->len - start - sizeof(len));
    if (!words->failed)
        memcpy(words->ptr + start, &len, sizeof(len));
    p = make_room(words, 3);
    if (!p)
        return;
    p = write_number(p, quote.line);
    p = write_number(p, quote.before);
    take_room(words, write_number(p, quote.inside));
}

/* Whether findings are named, in the report or for a baseline. */
static bool names_findings(const struct mlint_report *report)
{
    return report->reporter->fingerprints || report->options.baseline ||
           report->holding.records;
}

static void put_place(struct mlint_chunk *chunk, const struct mlint_result *result,
                      const struct mlint_account *account, enum mlint_field_id id, bool quoted)
{
    /* Who shows the line says neither the path of the setting nor its bytes. */
    bool line_only = chunk->report->reporter->excerpts && !names_findings(chunk->report);
    const struct mlint_node *node = account->incoming.field[id].node;
    struct mlint_location location;

    mlint_mailbox_locate(result, account, id, line_only, &location);
    quoted = quoted && node && location.line;
    put_location(&chunk->words, &location);
    mlint_buf_char(&chunk->words, quoted);
    if (quoted)
        put_quote(chunk, result, node);
}

/* Where findings of that rule stand. The login name is pointed at by those about others, too.
 */
static bool has_place(const struct mlint_mailbox *mailbox, enum mlint_cross_rule rule)
{
    return rule == MLINT_CROSS_POP_SESSION || mlint_mailbox_can_fail(rule, mailbox);
}

static void put_places(struct mlint_chunk *chunk, const struct mlint_result *result,
                       const struct mlint_account *account, const struct mlint_mailbox *mailbox)
{
    bool excerpts = chunk->report->reporter->excerpts;

    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT; rule++) {
        if (has_place(mailbox, rule))
            put_place(chunk, result, account, places[rule],
                      excerpts && mlint_mailbox_can_fail(rule, mailbox));
    }
}

static void put_words(struct mlint_chunk *chunk, const struct mlint_result *result,
                      const struct mlint_account *account,
                      const struct mlint_mailbox_words *words, struct mlint_mailbox *mailbox)
{
    struct mlint_buf *out = &chunk->words;
    uint64_t identity = 0;
    uint32_t len = 0;

    mailbox->text = out->len;
    mlint_buf_add(out, &len, sizeof(len));
    put_text(out, result->files[account->file]->path);
    put_text(out, account->key);
    if (names_findings(chunk->report))
        identity = mlint_account_identity(&chunk->arena, account);
    put_number(out, identity);
    put_text(out, words->login);
    put_places(chunk, result, account, mailbox);
    len = (uint32_t)(out->len - mailbox->text - sizeof(len));
    if (!out->failed)
        memcpy(out->ptr + mailbox->text, &len, sizeof(len));
}

static uint64_t get_number(const char **next)
{
    uint64_t number = 0;

    for (unsigned shift = 0;; shift += 7) {
        unsigned char byte = (unsigned char)*(*next)++;

        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return number;
    }
}

static struct mlint_str get_text(const char **next)
{
    size_t len = (size_t)get_number(next);
    struct mlint_str text = mlint_str_make(*next, len);

    *next += len + 1;
    return text;
}

static void get_location(struct mlint_location *out, const char **next)
{
    out->line = (unsigned)get_number(next);
    out->column = (unsigned)get_number(next);
    out->end_line = out->line + (unsigned)get_number(next);
    out->end_column = out->column + (unsigned)get_number(next);
    out->byte_offset = (int64_t)(get_number(next) - 1);
    out->byte_length = (int64_t)get_number(next);
    out->path = get_text(next).ptr;
}

/* The excerpt of a quote. */
static const char *get_quote(struct mlint_facts *facts, struct mlint_arena *arena,
                             const char **next)
{
    struct mlint_buf *out = &facts->excerpt;
    struct mlint_quote quote;
    struct mlint_str line;
    uint32_t len;

    memcpy(&len, *next, sizeof(len));
    line = mlint_str_make(*next + sizeof(len), len);
    *next += sizeof(len) + len;
    quote.line = (unsigned)get_number(next);
    quote.before = (unsigned)get_number(next);
    quote.inside = (unsigned)get_number(next);
    if (!line.len)
        return "";
    mlint_buf_clear(out);
    mlint_quote_put(out, &quote, line);
    arena->failed |= out->failed;
    return mlint_arena_copy(arena, mlint_str_make(out->ptr, out->len)).ptr;
}

/* Read the words of a mailbox into the arena; NULL: they cannot be read. */
static const char *read_words(struct mlint_facts *facts, struct mlint_arena *arena,
                              uint64_t text, enum mlint_status *status)
{
    uint32_t len = 0;
    char *bytes;

    *status = mlint_spool_read(&facts->words, text, &len, sizeof(len));
    if (*status != MLINT_OK)
        return NULL;
    bytes = mlint_arena_bytes(arena, len);
    *status = bytes ? mlint_spool_read(&facts->words, text + sizeof(len), bytes, len)
                    : MLINT_E_NO_MEMORY;
    return *status == MLINT_OK ? bytes : NULL;
}

enum mlint_status mlint_facts_tell(struct mlint_facts *facts, struct mlint_arena *arena,
                                   const struct mlint_mailbox *mailbox,
                                   struct mlint_facts_words *out)
{
    enum mlint_status status;
    const char *next = read_words(facts, arena, mailbox->text, &status);

    if (!next)
        return status;
    *out = (struct mlint_facts_words){ .path = get_text(&next).ptr };
    out->key = get_text(&next).ptr;
    out->identity = get_number(&next);
    out->words.login = get_text(&next);
    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT; rule++) {
        out->place[rule] = (struct mlint_location){ .byte_offset = -1, .path = "" };
        out->excerpt[rule] = "";
        if (!has_place(mailbox, rule))
            continue;
        get_location(&out->place[rule], &next);
        if (*next++)
            out->excerpt[rule] = get_quote(facts, arena, &next);
    }
    return arena->failed ? MLINT_E_NO_MEMORY : MLINT_OK;
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

static enum mlint_status take(struct mlint_facts *facts, const struct mlint_mailbox *mailbox,
                              bool passes)
{
    struct mlint_waiting waiting = {
        mailbox->file, mailbox->account, mailbox->flags, mailbox->client, { 0 }
    };
    enum mlint_status status = mlint_sorter_add(
        &facts->mailboxes, mlint_str_make((const char *)mailbox, sizeof(*mailbox)),
        MLINT_STR(""));

    if (status != MLINT_OK || !passes || !(mailbox->flags & MLINT_MAILBOX_POP))
        return status;
    memcpy(waiting.level, mailbox->level, sizeof(waiting.level));
    return mlint_spool_add(&facts->waiting, &waiting, sizeof(waiting));
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
        status = take(facts, &mailbox, chunk->report->reporter->passes);
    }
    return status;
}
