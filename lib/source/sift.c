/* sift.c: the window over a long file: reads, decodes UTF-16, asks the sieve, closes the gaps.
 * What a line means is the sieve's affair. */
#include "source/sift.h"

#include "base/utf8.h"
#include "source/limits.h"
#include "source/lines.h"
#include "source/utf16.h"

#include <limits.h>

#define WORTH_FROM (4u << 20) /* kept so much and more than half of all: not worth the work */

struct run {
    struct mlint_sifting *s;
    struct mlint_sifted *out;
    struct mlint_arena *arena;
    struct mlint_sift sift;
    size_t kept;     /* end of what was decided and stays, in s->text */
    size_t at;       /* begin of what is undecided; s->len is its end */
    size_t counted;  /* up to here lines were counted */
    size_t checked;  /* up to here the bytes are valid UTF-8 */
    uint64_t passed; /* bytes of text decided, gone ones included */
    uint32_t lines;  /* before `counted` */
    bool whole;      /* the rest is kept as it is */
    char *raw;       /* UTF-16 before it is decoded */
    size_t raw_len, raw_cap;
};

void mlint_sifting_init(struct mlint_sifting *sifting, const struct mlint_allocator *allocator)
{
    *sifting = (struct mlint_sifting){
        .allocator = allocator,
        .limit = UINT32_MAX / 4,
        .window = 256u << 10, /* at least 4: a byte-order mark comes in one piece */
        .untouched = 4 * MLINT_LIMIT_PROBE,
        .context = MLINT_LIMIT_LOOK_BACK,
        .least = 1024,
    };
}

/* ---- Memory ----------------------------------------------------------------------------- */

static void give_back(const struct mlint_sifting *s, char *bytes, size_t len)
{
    if (bytes)
        explicit_bzero(bytes, len); /* may hold passwords */
    s->allocator->free(s->allocator->user, bytes);
}

/* Once most of the file is kept, the rest of it will be: get room for all of it at once. */
static size_t next_cap(struct run *run, size_t more)
{
    const struct mlint_sifting *s = run->s;
    size_t cap = s->cap;
    uint64_t rest = s->expected > run->out->size ? s->expected - run->out->size : 0;

    run->whole |= s->len >= WORTH_FROM && 2 * (uint64_t)run->kept > run->passed;
    if (run->whole && rest <= s->limit && cap < s->len + more + rest)
        cap = s->len + more + (size_t)(run->raw ? rest / 2 : rest);
    while (cap < s->len + more)
        cap = cap ? cap * 2 : 2 * s->window;
    return cap;
}

static bool reserve(struct run *run, size_t more)
{
    struct mlint_sifting *s = run->s;
    size_t cap;
    char *bigger;

    if (s->cap - s->len >= more)
        return true;
    cap = next_cap(run, more);
    bigger = s->allocator->alloc(s->allocator->user, cap);
    if (!bigger) {
        s->no_memory = true;
        return false;
    }
    if (s->len)
        memcpy(bigger, s->text, s->len);
    give_back(s, s->text, s->len);
    s->text = bigger;
    s->cap = cap;
    return true;
}

/* ---- Bytes ------------------------------------------------------------------------------ */

static bool pull(struct run *run, char *into, size_t room, size_t *len)
{
    struct mlint_sifting *s = run->s;
    ptrdiff_t got;

    if (s->head.len) {
        got = (ptrdiff_t)(s->head.len < room ? s->head.len : room);
        memcpy(into, s->head.ptr, (size_t)got);
        s->head = mlint_str_sub(s->head, (size_t)got, s->head.len);
    } else {
        got = s->pull(s->user, into, room);
    }
    s->broken = got < 0;
    if (got <= 0) {
        run->sift.last = true;
        return got == 0;
    }
    *len += (size_t)got;
    run->out->size += (size_t)got;
    s->too_large = run->out->size > s->limit;
    return !s->too_large;
}

/* A character that the window's end cuts; at the file's end it is what it is. */
static size_t cut_character(struct mlint_str text)
{
    for (size_t back = 1; back <= 3 && back <= text.len; back++) {
        unsigned char c = (unsigned char)text.ptr[text.len - back];

        if (c >= 0xC0)
            return (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) > back ? back : 0;
        if (c < 0x80)
            return 0;
    }
    return 0;
}

static void check_utf8(struct run *run)
{
    struct mlint_str fresh =
        mlint_str_make(run->s->text + run->checked, run->s->len - run->checked);

    if (!run->sift.last)
        fresh.len -= cut_character(fresh);
    if (!run->out->not_utf8 && !mlint_utf8_valid(fresh))
        run->out->not_utf8 = true;
    run->checked += fresh.len;
}

static bool fill_bytes(struct run *run, size_t more)
{
    struct mlint_sifting *s = run->s;
    bool first = run->out->size == 0;

    if (!reserve(run, more) || !pull(run, s->text + s->len, more, &s->len))
        return false;
    if (first) /* the encoding was found in the head, so that the mark is there */
        run->kept = run->at = run->counted = run->checked = run->out->bom;
    check_utf8(run);
    return true;
}

/* Half a pair at the end of the window waits for the other half. */
static size_t whole_units(const struct run *run, bool big_endian)
{
    size_t len = run->raw_len - run->raw_len % 2;

    if (len >= 2 && ((unsigned char)run->raw[len - (big_endian ? 2 : 1)] & 0xFC) == 0xD8)
        len -= 2;
    return len;
}

static bool fill_utf16(struct run *run)
{
    struct mlint_sifting *s = run->s;
    bool first = run->out->size == 0, big_endian = run->out->encoding == MLINT_ENC_UTF16BE;
    struct mlint_str units;

    if (!pull(run, run->raw + run->raw_len, run->raw_cap - run->raw_len, &run->raw_len))
        return false;
    units =
        mlint_str_make(run->raw, run->sift.last ? run->raw_len : whole_units(run, big_endian));
    if (first && units.len >= run->out->bom)
        units = mlint_str_sub(units, run->out->bom, units.len);
    if (!reserve(run, units.len / 2 * 3 + 1))
        return false;
    s->len += mlint_utf16_decode(mlint_utf16_best(), units, big_endian, s->text + s->len,
                                 &run->out->bad_encoding);
    run->raw_len -= (size_t)(units.ptr + units.len - run->raw);
    memmove(run->raw, units.ptr + units.len, run->raw_len);
    return true;
}

/* As much again as is undecided, so that no line is looked at more than twice. */
static bool fill(struct run *run)
{
    size_t undecided = run->s->len - run->at, before = run->s->len;
    size_t wanted = undecided > run->s->window ? undecided : run->s->window;

    while (!run->sift.last && run->s->len - before < wanted) {
        if (run->raw ? !fill_utf16(run) : !fill_bytes(run, run->s->window))
            return false;
        if (run->whole)
            run->at = run->kept = run->s->len;
    }
    return true;
}

/* ---- Cuts ------------------------------------------------------------------------------- */

static void add_cut(struct run *run, struct mlint_str gone)
{
    struct mlint_sifted *out = run->out;
    struct mlint_cut cut = { 0 };

    if (out->count)
        cut = out->cuts[out->count - 1];
    run->lines += mlint_count_lines(mlint_str_make(run->s->text, run->kept),
                                    (uint32_t)run->counted, (uint32_t)run->kept);
    run->counted = run->kept;
    cut.lines += mlint_count_lines(gone, 0, (uint32_t)gone.len);
    cut.bytes += run->raw ? 2 * (uint64_t)mlint_count_units(gone) : gone.len;
    if (!out->count || cut.line != run->lines + 1) {
        if (out->count == out->cap) {
            size_t cap = out->cap ? 2 * out->cap : 64;
            struct mlint_cut *bigger = mlint_arena_array(run->arena, struct mlint_cut, cap);

            if (!bigger)
                return;
            if (out->count)
                memcpy(bigger, out->cuts, out->count * sizeof(*bigger));
            out->cuts = bigger;
            out->cap = cap;
        }
        out->count++;
    }
    cut.line = run->lines + 1;
    out->cuts[out->count - 1] = cut;
}

/* Carry out an answer. Behind a lone CR nothing goes: the next line may begin with a LF, and
 * the two would be one line end. */
static void decide(struct run *run)
{
    char *text = run->s->text;
    size_t begin = run->at + run->sift.keep;

    if (begin > run->out->bom && text[begin - 1] == '\r') {
        run->sift.keep += run->sift.drop;
        run->sift.drop = 0;
    }
    if (run->kept != run->at)
        memmove(text + run->kept, text + run->at, run->sift.keep);
    run->kept += run->sift.keep;
    run->at += run->sift.keep;
    if (run->sift.drop)
        add_cut(run, mlint_str_make(text + run->at, run->sift.drop));
    run->at += run->sift.drop;
    run->passed += run->sift.keep + run->sift.drop;
}

/* Ask until nothing more can be said of the window, then close the gap. */
static void sift_window(struct run *run)
{
    struct mlint_sifting *s = run->s;
    size_t gap;

    while (!run->whole && run->at < s->len) {
        run->sift.text = mlint_str_make(s->text + run->at, s->len - run->at);
        run->sift.from = s->untouched > run->passed ? (size_t)(s->untouched - run->passed) : 0;
        run->sift.keep = run->sift.drop = 0;
        s->sieve(&run->sift);
        if (run->sift.keep + run->sift.drop == 0)
            break;
        decide(run);
    }
    gap = run->at - run->kept;
    if (gap) {
        memmove(s->text + run->kept, s->text + run->at, s->len - run->at);
        s->len -= gap;
        explicit_bzero(s->text + s->len, gap); /* no copy of a password stays behind */
        run->at -= gap;
        run->checked -= run->checked > gap ? gap : run->checked;
    }
}

static bool sift_all(struct run *run)
{
    while (!run->sift.last) {
        if (!fill(run))
            return false;
        sift_window(run);
    }
    return !run->arena->failed;
}

bool mlint_sift_file(struct mlint_sifting *sifting, struct mlint_arena *arena,
                     struct mlint_sifted *out)
{
    struct mlint_source head = { .raw = sifting->head };
    struct run run = {
        .s = sifting,
        .out = out,
        .arena = arena,
        .sift = { .context = sifting->context, .least = sifting->least },
    };
    bool done;

    mlint_source_find_encoding(&head);
    *out = (struct mlint_sifted){ .encoding = head.encoding, .bom = head.bom };
    run.sift.bytes = out->encoding == MLINT_ENC_UTF8;
    if (!run.sift.bytes) {
        run.raw_cap = sifting->window + 4;
        run.raw = sifting->allocator->alloc(sifting->allocator->user, run.raw_cap);
        sifting->no_memory = !run.raw;
        if (!run.raw)
            return false;
    }
    done = sift_all(&run);
    if (done && run.raw)
        out->text = mlint_str_make(sifting->len ? sifting->text : "", sifting->len);
    if (run.raw)
        give_back(sifting, run.raw, run.raw_cap);
    return done;
}

struct mlint_cut mlint_sifted_before(const struct mlint_sifted *sifted, uint32_t line)
{
    size_t low = 0, high = sifted->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (sifted->cuts[middle].line <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? sifted->cuts[low - 1] : (struct mlint_cut){ 0 };
}
