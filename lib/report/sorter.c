/* sorter.c: an external merge sort. A record is two lengths, the key and the value; what a key
 * means is the comparison's affair. */
#include "report/sorter.h"

#include <stdlib.h>

#define WINDOW (8u << 10)  /* of each run, while runs are merged */
#define WORTH_DEALING 32   /* items; fewer are compared */
#define MODEST (16u << 10) /* bytes in memory from which on there will be many */

struct head {
    uint32_t key, value; /* lengths */
};

void mlint_sorter_init(struct mlint_sorter *sorter, const struct mlint_allocator *allocator,
                       size_t limit, int (*compare)(struct mlint_str a, struct mlint_str b),
                       uint64_t (*rank)(struct mlint_str key))
{
    *sorter = (struct mlint_sorter){ .compare = compare, .rank = rank, .limit = limit };
    mlint_buf_init(&sorter->heap, allocator, 0);
    mlint_spool_init(&sorter->disk, allocator);
}

static const struct mlint_allocator *allocator_of(const struct mlint_sorter *sorter)
{
    return sorter->heap.allocator;
}

void mlint_sorter_done(struct mlint_sorter *sorter)
{
    allocator_of(sorter)->free(allocator_of(sorter)->user, sorter->items);
    /* Not wiped: no report holds a secret, and much of the room was perhaps never touched. */
    allocator_of(sorter)->free(allocator_of(sorter)->user, sorter->heap.ptr);
    mlint_spool_done(&sorter->disk);
}

static struct head head_at(const char *record)
{
    struct head head;

    memcpy(&head, record, sizeof(head));
    return head;
}

static struct mlint_str key_at(const char *record)
{
    return mlint_str_make(record + sizeof(struct head), head_at(record).key);
}

static struct mlint_str value_at(const char *record)
{
    struct head head = head_at(record);

    return mlint_str_make(record + sizeof(head) + head.key, head.value);
}

static size_t size_at(const char *record)
{
    struct head head = head_at(record);

    return sizeof(head) + head.key + head.value;
}

/* ---- Runs ---- */

static int compare_items(const void *a, const void *b, void *user)
{
    const struct mlint_sorter *sorter = user;
    const struct mlint_sorter_item *x = a, *y = b;
    int order;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    order = sorter->compare(key_at(sorter->heap.ptr + x->offset),
                            key_at(sorter->heap.ptr + y->offset));
    return order ? order : x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* Ranks are digests or numbers, which spread evenly: dealt out by rank, about as many buckets
 * as items, there is little left to compare. */
struct dealing {
    uint64_t least;
    unsigned shift;
    size_t buckets;
};

static size_t bucket_of(const struct dealing *dealing, const struct mlint_sorter_item *item)
{
    return (size_t)((item->rank - dealing->least) >> dealing->shift);
}

static struct dealing plan_dealing(const struct mlint_sorter *sorter)
{
    struct dealing dealing = { .least = sorter->items[0].rank };
    uint64_t most = dealing.least;

    for (size_t i = 1; i < sorter->count; i++) {
        uint64_t rank = sorter->items[i].rank;

        if (rank < dealing.least)
            dealing.least = rank;
        if (rank > most)
            most = rank;
    }
    while ((most - dealing.least) >> dealing.shift >= 2 * sorter->count)
        dealing.shift++;
    dealing.buckets = (size_t)((most - dealing.least) >> dealing.shift) + 1;
    return dealing;
}

/* Put the items into `to` bucket by bucket, each in the order in which they came; `ends`,
 * zeroed, learns where buckets end. */
static void deal(const struct mlint_sorter *sorter, const struct dealing *dealing,
                 struct mlint_sorter_item *to, uint32_t *ends)
{
    uint32_t before = 0;

    for (size_t i = 0; i < sorter->count; i++)
        ends[bucket_of(dealing, &sorter->items[i])]++;
    for (size_t i = 0; i < dealing->buckets; i++) {
        uint32_t count = ends[i];

        ends[i] = before;
        before += count;
    }
    for (size_t i = 0; i < sorter->count; i++)
        to[ends[bucket_of(dealing, &sorter->items[i])]++] = sorter->items[i];
}

static enum mlint_status sort_by_rank(struct mlint_sorter *sorter)
{
    const struct mlint_allocator *allocator = allocator_of(sorter);
    struct dealing dealing = plan_dealing(sorter);
    struct mlint_sorter_item *items =
        allocator->alloc(allocator->user, sorter->cap * sizeof(*items));
    uint32_t *ends = allocator->alloc(allocator->user, dealing.buckets * sizeof(*ends));
    size_t begin = 0;

    if (!items || !ends) {
        allocator->free(allocator->user, items);
        allocator->free(allocator->user, ends);
        return MLINT_E_NO_MEMORY;
    }
    memset(ends, 0, dealing.buckets * sizeof(*ends));
    deal(sorter, &dealing, items, ends);
    for (size_t i = 0; i < dealing.buckets; begin = ends[i++]) {
        if (ends[i] - begin > 1)
            qsort_r(items + begin, ends[i] - begin, sizeof(*items), compare_items, sorter);
    }
    allocator->free(allocator->user, ends);
    allocator->free(allocator->user, sorter->items);
    sorter->items = items;
    return MLINT_OK;
}

static enum mlint_status sort(struct mlint_sorter *sorter)
{
    if (sorter->rank && sorter->count >= WORTH_DEALING && sorter->count <= UINT32_MAX)
        return sort_by_rank(sorter);
    if (sorter->count)
        qsort_r(sorter->items, sorter->count, sizeof(*sorter->items), compare_items, sorter);
    return MLINT_OK;
}

/* A run being read: a window that holds at least the record at hand. */
struct reader {
    struct mlint_spool *disk;
    uint64_t next, end; /* on disk, past the window */
    char *window;
    size_t at, len, cap;
    uint64_t rank; /* of the record at hand */
};

static bool widen(struct reader *reader, const struct mlint_allocator *allocator, size_t need)
{
    size_t cap = need > WINDOW ? need : WINDOW;
    char *bigger;

    if (cap <= reader->cap)
        return true;
    bigger = allocator->alloc(allocator->user, cap);
    if (!bigger)
        return false;
    if (reader->len)
        memcpy(bigger, reader->window, reader->len);
    allocator->free(allocator->user, reader->window);
    reader->window = bigger;
    reader->cap = cap;
    return true;
}

/* Have `need` bytes at hand from `at` on, if the run holds them. */
static enum mlint_status fill(struct reader *reader, const struct mlint_allocator *allocator,
                              size_t need)
{
    size_t rest = reader->len - reader->at, more;
    enum mlint_status status;

    if (rest >= need)
        return MLINT_OK;
    if (rest)
        memmove(reader->window, reader->window + reader->at, rest);
    reader->at = 0;
    reader->len = rest;
    if (!widen(reader, allocator, need))
        return MLINT_E_NO_MEMORY;
    more = reader->cap - rest;
    if (more > reader->end - reader->next)
        more = (size_t)(reader->end - reader->next);
    status = mlint_spool_read(reader->disk, reader->next, reader->window + rest, more);
    if (status != MLINT_OK)
        return status;
    reader->next += more;
    reader->len += more;
    return reader->len >= need ? MLINT_OK : MLINT_E_IO;
}

static bool is_empty(const struct reader *reader)
{
    return reader->at == reader->len && reader->next == reader->end;
}

/* Have the next record at hand. */
static enum mlint_status peek(const struct mlint_sorter *sorter, struct reader *reader)
{
    const struct mlint_allocator *allocator = allocator_of(sorter);
    enum mlint_status status;

    if (is_empty(reader))
        return MLINT_OK;
    status = fill(reader, allocator, sizeof(struct head));
    if (status == MLINT_OK)
        status = fill(reader, allocator, size_at(reader->window + reader->at));
    if (status == MLINT_OK && sorter->rank)
        reader->rank = sorter->rank(key_at(reader->window + reader->at));
    return status;
}

static bool is_before(const struct mlint_sorter *sorter, const struct reader *a,
                      const struct reader *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank;
    return sorter->compare(key_at(a->window + a->at), key_at(b->window + b->at)) < 0;
}

static struct reader *least(const struct mlint_sorter *sorter, struct reader *readers,
                            unsigned count)
{
    struct reader *best = NULL;

    for (unsigned i = 0; i < count; i++) {
        if (!is_empty(&readers[i]) && (!best || is_before(sorter, &readers[i], best)))
            best = &readers[i];
    }
    return best;
}

/* Visit the records of all runs in order. */
static enum mlint_status merge(struct mlint_sorter *sorter,
                               enum mlint_status (*visit)(void *user, struct mlint_str key,
                                                          struct mlint_str value),
                               void *user)
{
    const struct mlint_allocator *allocator = allocator_of(sorter);
    struct reader readers[MLINT_SORTER_RUNS] = { 0 }, *reader;
    enum mlint_status status = MLINT_OK;

    for (unsigned i = 0; i < sorter->run_count && status == MLINT_OK; i++) {
        readers[i].disk = &sorter->disk;
        readers[i].next = sorter->runs[i];
        readers[i].end =
            i + 1 < sorter->run_count ? sorter->runs[i + 1] : mlint_spool_size(&sorter->disk);
        status = peek(sorter, &readers[i]);
    }
    while (status == MLINT_OK && (reader = least(sorter, readers, sorter->run_count))) {
        const char *record = reader->window + reader->at;

        status = visit(user, key_at(record), value_at(record));
        reader->at += size_at(record);
        if (status == MLINT_OK)
            status = peek(sorter, reader);
    }
    for (unsigned i = 0; i < sorter->run_count; i++)
        allocator->free(allocator->user, readers[i].window);
    return status;
}

static enum mlint_status put_record(void *user, struct mlint_str key, struct mlint_str value)
{
    struct head head = { (uint32_t)key.len, (uint32_t)value.len };
    struct mlint_spool *disk = user;
    enum mlint_status status = mlint_spool_add(disk, &head, sizeof(head));

    if (status == MLINT_OK)
        status = mlint_spool_add(disk, key.ptr, key.len);
    return status == MLINT_OK ? mlint_spool_add(disk, value.ptr, value.len) : status;
}

/* Too many runs to merge at once: make them one. */
static enum mlint_status compact(struct mlint_sorter *sorter)
{
    struct mlint_spool one;
    enum mlint_status status;

    mlint_spool_init(&one, allocator_of(sorter));
    status = merge(sorter, put_record, &one);
    if (status != MLINT_OK) {
        mlint_spool_done(&one);
        return status;
    }
    mlint_spool_done(&sorter->disk);
    sorter->disk = one;
    sorter->run_count = 1;
    return MLINT_OK;
}

/* What is in memory becomes a run. */
static enum mlint_status spill(struct mlint_sorter *sorter)
{
    enum mlint_status status = MLINT_OK;

    if (!sorter->count)
        return MLINT_OK;
    if (sorter->run_count == MLINT_SORTER_RUNS)
        status = compact(sorter);
    if (status == MLINT_OK)
        status = sort(sorter);
    if (status != MLINT_OK)
        return status;
    sorter->runs[sorter->run_count] = mlint_spool_size(&sorter->disk);
    sorter->run_count++;
    for (size_t i = 0; i < sorter->count && status == MLINT_OK; i++) {
        const char *record = sorter->heap.ptr + sorter->items[i].offset;
        status = mlint_spool_add(&sorter->disk, record, size_at(record));
    }
    mlint_buf_clear(&sorter->heap);
    sorter->count = 0;
    return status;
}

/* ---- In and out ---- */

static bool more_items(struct mlint_sorter *sorter)
{
    const struct mlint_allocator *allocator = allocator_of(sorter);
    size_t cap = sorter->cap ? sorter->cap * 2 : 256;
    struct mlint_sorter_item *bigger;

    if (sorter->count < sorter->cap)
        return true;
    bigger = allocator->alloc(allocator->user, cap * sizeof(*bigger));
    if (!bigger)
        return false;
    if (sorter->count)
        memcpy(bigger, sorter->items, sorter->count * sizeof(*bigger));
    allocator->free(allocator->user, sorter->items);
    sorter->items = bigger;
    sorter->cap = cap;
    return true;
}

enum mlint_status mlint_sorter_add(struct mlint_sorter *sorter, struct mlint_str key,
                                   struct mlint_str value)
{
    struct head head = { (uint32_t)key.len, (uint32_t)value.len };
    enum mlint_status status = MLINT_OK;

    if (key.len > UINT32_MAX || value.len > UINT32_MAX)
        return MLINT_E_LIMIT;
    if (sorter->count && sorter->heap.len + sizeof(head) + key.len + value.len > sorter->limit)
        status = spill(sorter);
    if (status != MLINT_OK)
        return status;
    /* Growing to the limit step by step would copy, and ask the system for, twice as much. */
    if (sorter->heap.len > MODEST && sorter->heap.len < sorter->limit)
        mlint_buf_reserve(&sorter->heap, sorter->limit - sorter->heap.len);
    if (!more_items(sorter))
        return MLINT_E_NO_MEMORY;
    sorter->items[sorter->count++] = (struct mlint_sorter_item){
        .rank = sorter->rank ? sorter->rank(key) : 0,
        .offset = sorter->heap.len,
    };
    mlint_buf_add(&sorter->heap, &head, sizeof(head));
    mlint_buf_str(&sorter->heap, key);
    mlint_buf_str(&sorter->heap, value);
    return sorter->heap.failed ? MLINT_E_NO_MEMORY : MLINT_OK;
}

enum mlint_status mlint_sorter_each(struct mlint_sorter *sorter,
                                    enum mlint_status (*visit)(void *user, struct mlint_str key,
                                                               struct mlint_str value),
                                    void *user)
{
    enum mlint_status status = MLINT_OK;

    if (sorter->run_count) {
        status = spill(sorter);
        return status == MLINT_OK ? merge(sorter, visit, user) : status;
    }
    status = sort(sorter);
    for (size_t i = 0; i < sorter->count && status == MLINT_OK; i++) {
        const char *record = sorter->heap.ptr + sorter->items[i].offset;
        status = visit(user, key_at(record), value_at(record));
    }
    return status;
}
