/* excerpt.c: quotes one line of a source. Parts that hold a secret show a mask of fixed length;
 * characters that would move a cursor show a picture; wide ones count two columns. */
#include "report/excerpt.h"

#include "base/printable.h"
#include "base/utf8.h"
#include "model/masks.h"
#include "source/limits.h"

#define BEFORE 40 /* characters of a long line that are kept before the place */

struct quoting {
    const struct mlint_result *result;
    struct mlint_source *source;
    struct mlint_arena *arena;
    struct mlint_span place;
    struct mlint_span whole;  /* of the text: the line */
    struct mlint_span window; /* what is shown of it */
    struct mlint_position at; /* the place's */
    struct mlint_span *masks; /* inside the window, by where they begin; gaps behind them */
    size_t mask_count, gaps;  /* gaps: the first one's index */
    struct mlint_buf *line;
    unsigned before, inside; /* columns of the line up to the place, and in it */
};

static bool overlaps(struct mlint_span a, struct mlint_span b)
{
    return a.begin < b.end && b.begin < a.end;
}

static void add_mask(struct quoting *q, struct mlint_span span)
{
    struct mlint_span *bigger;

    if (!overlaps(span, q->window))
        return;
    if ((q->mask_count & (q->mask_count - 1)) == 0) {
        bigger = mlint_arena_array(q->arena, struct mlint_span,
                                   q->mask_count ? q->mask_count * 2 : 1);
        if (!bigger)
            return;
        if (q->mask_count)
            memcpy(bigger, q->masks, q->mask_count * sizeof(*bigger));
        q->masks = bigger;
    }
    q->masks[q->mask_count++] = span;
}

/* A binary value may hold a secret; where it is the place that a rule speaks of, it is shown.
 */
static void collect_masks(struct quoting *q)
{
    size_t count;
    const struct mlint_mask *masks;
    struct mlint_span rest, gap;

    mlint_result_want_line(q->result, q->source, q->whole);
    masks = mlint_masks_near(q->source, q->window, &count);
    for (size_t i = 0; i < count; i++) {
        if (!masks[i].binary || !overlaps(masks[i].span, q->place))
            add_mask(q, masks[i].span);
    }
    q->gaps = q->mask_count;
    for (rest = q->window; mlint_masks_gap(q->source, rest, &gap); rest.begin = gap.end)
        add_mask(q, gap);
}

static const struct mlint_span *mask_among(const struct mlint_span *masks, size_t count,
                                           uint32_t offset)
{
    for (size_t i = 0; i < count && masks[i].begin <= offset; i++) {
        if (offset < masks[i].end)
            return &masks[i];
    }
    return NULL;
}

static const struct mlint_span *mask_at(const struct quoting *q, uint32_t offset)
{
    const struct mlint_span *mask = mask_among(q->masks, q->gaps, offset);

    return mask || q->gaps == q->mask_count
               ? mask
               : mask_among(q->masks + q->gaps, q->mask_count - q->gaps, offset);
}

/* A line may have ten thousand masks, and is asked about one by each of its characters. */
static void drop_unseen_masks(struct quoting *q)
{
    size_t kept = 0, gaps = q->gaps;

    for (size_t i = 0; i < q->mask_count; i++) {
        if (i == gaps)
            q->gaps = kept;
        if (overlaps(q->masks[i], q->window))
            q->masks[kept++] = q->masks[i];
    }
    if (gaps == q->mask_count)
        q->gaps = kept;
    q->mask_count = kept;
}

/* `columns` more of the line, inside the place or not. */
static void mark(struct quoting *q, unsigned columns, bool inside)
{
    if (inside)
        q->inside += columns;
    else if (!q->inside)
        q->before += columns;
}

/* One character as it may be shown. */
static void show(struct quoting *q, uint32_t c, bool inside)
{
    char bytes[4], one[5];
    size_t len = mlint_utf8_encode(c, bytes);
    struct mlint_str clean;

    memcpy(one, bytes, len);
    if (c == '\t')
        clean = MLINT_STR(" ");
    else if (c >= 0x20 && c < 0x7F)
        clean = mlint_str_make(one, len);
    else
        clean = mlint_utf8_clean(q->arena, mlint_str_make(one, len));
    mlint_buf_str(q->line, clean);
    mlint_utf8_decode(clean.ptr, clean.len, &c);
    mark(q, mlint_utf8_width(c), inside);
}

static void stop_at(uint32_t *end, uint32_t at, uint32_t border)
{
    if (border > at && border < *end)
        *end = border;
}

/* Where the printable ASCII that begins at `at` ends, all of it inside the place or none. */
static uint32_t plain_end(const struct quoting *q, uint32_t at)
{
    uint32_t end = q->window.end;

    stop_at(&end, at, q->place.begin);
    stop_at(&end, at, q->place.end);
    for (size_t i = 0; i < q->mask_count; i++)
        stop_at(&end, at, q->masks[i].begin);
    return at + (uint32_t)mlint_printable_run(q->source->text.ptr + at, end - at);
}

static void quote(struct quoting *q)
{
    struct mlint_str text = q->source->text;
    uint32_t at = q->window.begin;

    while (at < q->window.end) {
        const struct mlint_span *mask = mask_at(q, at);
        bool inside = q->place.begin <= at && at < q->place.end;
        uint32_t c, next = mask ? at : plain_end(q, at);

        if (next > at) {
            mlint_buf_add(q->line, text.ptr + at, next - at);
            mark(q, next - at, inside);
        } else if (mask) {
            next = mask->end < q->window.end ? mask->end : q->window.end;
            mlint_buf_text(q->line, MLINT_MASK);
            mark(q, sizeof(MLINT_MASK) - 1,
                 overlaps(q->place, (struct mlint_span){ at, next }));
        } else {
            next = at + (uint32_t)mlint_utf8_decode(text.ptr + at, q->window.end - at, &c);
            show(q, c, inside);
        }
        at = next;
    }
    if (!q->inside && q->place.begin >= q->window.end)
        q->inside = 1;
}

/* Step from `at` over at most `most` characters, forwards within [at, end). */
static uint32_t forwards(struct mlint_str text, uint32_t at, uint32_t end, unsigned most)
{
    uint32_t c;

    while (most-- && at < end)
        at += (uint32_t)mlint_utf8_decode(text.ptr + at, end - at, &c);
    return at;
}

static uint32_t backwards(struct mlint_str text, uint32_t at, uint32_t begin, unsigned most)
{
    while (most-- && at > begin) {
        at--;
        while (at > begin && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
            at--;
    }
    return at;
}

/* Whether the window has more characters than are shown, those under a mask not counted. */
static bool is_long(const struct quoting *q)
{
    unsigned left = MLINT_LIMIT_EXCERPT;
    uint32_t at = q->window.begin;

    while (at < q->window.end && left) {
        const struct mlint_span *mask = mask_at(q, at);

        at = mask ? mask->end : forwards(q->source->text, at, q->window.end, 1);
        left -= !mask;
    }
    return at < q->window.end;
}

/* Round the place, or the mask that it is in, as far as the next masks: what is cut behind one
 * would tell by where it is cut how long the secret is. */
static struct mlint_span window_between(const struct quoting *q, uint32_t place)
{
    const struct mlint_span *mask = mask_at(q, place);
    struct mlint_span core = mask ? *mask : (struct mlint_span){ place, place };
    struct mlint_span window = q->window;

    for (size_t i = 0; i < q->mask_count; i++) {
        if (q->masks[i].end <= core.begin && q->masks[i].end > window.begin)
            window.begin = q->masks[i].end;
        if (q->masks[i].begin >= core.end && &q->masks[i] != mask)
            stop_at(&window.end, core.end, q->masks[i].begin);
    }
    window.begin = backwards(q->source->text, core.begin, window.begin, BEFORE);
    window.end = forwards(q->source->text, core.end, window.end, MLINT_LIMIT_EXCERPT - BEFORE);
    return window;
}

/* The part of the line that is shown: all of it, or MLINT_LIMIT_EXCERPT characters round the
 * place. q->window is the line. */
static struct mlint_span window_of(const struct quoting *q, uint32_t place)
{
    struct mlint_str text = q->source->text;
    struct mlint_span window = q->window;

    if (window.end - window.begin <= MLINT_LIMIT_EXCERPT || /* bytes, and so characters */
        forwards(text, window.begin, window.end, MLINT_LIMIT_EXCERPT) == window.end)
        return window;
    if (q->mask_count)
        return is_long(q) ? window_between(q, place) : window;
    if (forwards(text, window.begin, place, MLINT_LIMIT_EXCERPT / 2) < place)
        window.begin = backwards(text, place, window.begin, BEFORE);
    window.end = forwards(text, window.begin, window.end, MLINT_LIMIT_EXCERPT);
    return window;
}

/* "   12", as wide as the number asks for; the width. */
static unsigned put_gutter(struct mlint_buf *out, unsigned number)
{
    unsigned width = 5;
    char *last;

    for (unsigned most = 99999; number > most && width < 10; most = most * 10 + 9)
        width++;
    if (!mlint_buf_reserve(out, width))
        return width;
    memset(out->ptr + out->len, ' ', width);
    out->len += width;
    last = out->ptr + out->len;
    do {
        *--last = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return width;
}

/* The marker's line: blanks as wide as the number, the bar, and what points at the place. */
static void put_marker(struct mlint_buf *out, const struct mlint_quote *quote, unsigned gutter)
{
    size_t before = quote->inside ? 1 + (size_t)quote->before : 0;
    char *p;

    if (!mlint_buf_reserve(out, gutter + before + quote->inside + sizeof(" |\n")))
        return;
    p = out->ptr + out->len;
    memset(p, ' ', gutter + 2 + before);
    p[gutter + 1] = '|';
    p += gutter + 2 + before;
    if (quote->inside) {
        memset(p, '~', quote->inside);
        *p = '^';
        p += quote->inside;
    }
    *p++ = '\n';
    out->len = (size_t)(p - out->ptr);
}

/* Find the line and what is shown of it; false: there is nothing to quote. */
static bool find_line(struct quoting *q, const struct mlint_result *result,
                      const struct mlint_place *place)
{
    struct mlint_str text;

    if (!place->located || place->source >= result->source_count)
        return false;
    q->source = result->sources[place->source];
    if (q->source->encoding == MLINT_ENC_BINARY || place->span.begin > q->source->text.len)
        return false;
    text =
        mlint_source_line_and_position(q->source, place->span.begin, &q->whole.begin, &q->at);
    if (!mlint_str_trim(text).len)
        return false;
    q->whole.end = q->whole.begin + (uint32_t)text.len;
    q->window = q->whole;
    collect_masks(q);
    q->window =
        window_of(q, place->span.begin < q->whole.end ? place->span.begin : q->whole.end);
    return true;
}

/* The line as it is shown, and where its marker goes. */
static struct mlint_quote put_line(struct mlint_buf *out, struct quoting *q)
{
    drop_unseen_masks(q);
    if (q->window.begin > q->whole.begin) {
        mlint_buf_text(out, "\xE2\x80\xA6");
        q->before = 1;
    }
    q->line = out;
    quote(q);
    if (q->window.end < q->whole.end)
        mlint_buf_text(out, "\xE2\x80\xA6");
    return (struct mlint_quote){ q->at.line, q->before, q->inside };
}

/* Nothing of a quote is kept: ten thousand of one line would be a hundred million masks. */
static void forget(struct mlint_arena *arena, const struct mlint_arena_mark *mark)
{
    bool failed = arena->failed;

    mlint_arena_rewind(arena, mark);
    arena->failed |= failed;
}

bool mlint_quote_line(struct mlint_buf *out, struct mlint_arena *arena,
                      const struct mlint_result *result, const struct mlint_place *place,
                      struct mlint_quote *quote)
{
    struct quoting q = { .result = result, .arena = arena, .place = place->span };
    struct mlint_arena_mark mark = mlint_arena_mark(arena);
    bool found = find_line(&q, result, place);

    if (found)
        *quote = put_line(out, &q);
    forget(arena, &mark);
    return found;
}

void mlint_quote_put(struct mlint_buf *out, const struct mlint_quote *quote,
                     struct mlint_str line)
{
    unsigned gutter = put_gutter(out, quote->line);

    mlint_buf_text(out, " | ");
    mlint_buf_str(out, line);
    mlint_buf_char(out, '\n');
    put_marker(out, quote, gutter);
}

void mlint_excerpt(struct mlint_buf *out, struct mlint_arena *arena,
                   const struct mlint_result *result, const struct mlint_place *place)
{
    struct quoting q = { .result = result, .arena = arena, .place = place->span };
    struct mlint_arena_mark mark = mlint_arena_mark(arena);
    struct mlint_quote quote;
    unsigned gutter;

    if (find_line(&q, result, place)) {
        gutter = put_gutter(out, q.at.line);
        mlint_buf_text(out, " | ");
        quote = put_line(out, &q);
        mlint_buf_char(out, '\n');
        put_marker(out, &quote, gutter);
    }
    forget(arena, &mark);
}
