/* source.c: from an offset in the text back to line, column and byte. Nothing is indexed up
 * front: most files have few findings, and counting newlines runs at memory speed. */
#include "source/lines.h"
#include "source/sift.h"

#include "base/printable.h"
#include "base/sixteen.h"
#include "base/utf8.h"

#include <iconv.h>
#include <stdio.h>

void mlint_source_init(struct mlint_source *source, struct mlint_str name, struct mlint_str raw)
{
    *source = (struct mlint_source){ .name = name, .raw = raw, .text = raw };
}

/* Bytes that text takes in the source's own encoding. */
static size_t encoded_length(const char *encoding, struct mlint_str text)
{
    iconv_t cd = iconv_open(encoding, "UTF-8");
    char *in = (char *)(uintptr_t)text.ptr, scratch[256];
    size_t left = text.len, total = 0;

    if (cd == (iconv_t)-1)
        return text.len;
    while (left) {
        char *out = scratch;
        size_t room = sizeof(scratch), before = left;
        iconv(cd, &in, &left, &out, &room);
        total += sizeof(scratch) - room;
        if (left == before) { /* U+008D: a byte that the page leaves open */
            uint32_t c;
            size_t width = mlint_utf8_decode(in, left, &c);

            in += width;
            left -= width;
            total++;
        }
    }
    iconv_close(cd);
    return total;
}

/* Every byte of these is a character; 932, 936, 949 and 950 have pairs. */
static bool is_single_byte(unsigned code_page)
{
    return code_page < 900 || (code_page >= 1250 && code_page <= 1258);
}

/* Whether every UTF-16 unit became one byte of the text, as only those of ASCII do. */
static bool is_narrowed(const struct mlint_source *source)
{
    return !source->sifted && source->raw.len == source->bom + 2 * source->text.len;
}

/* What a part of the text takes in bytes of a code page or of another encoding. */
static uint32_t count_encoded(const struct mlint_source *source, struct mlint_str text)
{
    char name[16];

    if (source->encoding == MLINT_ENC_NAMED)
        return (uint32_t)encoded_length(source->encoding_name, text);
    if (is_single_byte(source->code_page))
        return (uint32_t)mlint_utf8_count(text);
    snprintf(name, sizeof(name), "CP%u", source->code_page % 100000u);
    return (uint32_t)encoded_length(name, text);
}

/* What a part of the text takes in the source's own encoding: UTF-16 units, or bytes. Nothing
 * is counted for UTF-8, whose bytes are the text's own. */
static inline uint32_t count_own(const struct mlint_source *source, struct mlint_str text)
{
    switch (source->encoding) {
    case MLINT_ENC_UTF16LE:
    case MLINT_ENC_UTF16BE:
        return is_narrowed(source) ? (uint32_t)text.len : mlint_count_units(text);
    case MLINT_ENC_CODEPAGE:
    case MLINT_ENC_NAMED:
        return count_encoded(source, text);
    default:
        return 0;
    }
}

/* Where the line that holds offset begins, no further back than `least`, which it is if no line
 * ends between. */
static uint32_t line_begin(struct mlint_str text, uint32_t least, uint32_t offset)
{
    const char *end = offset > least ? memrchr(text.ptr + least, '\n', offset - least) : NULL;
    uint32_t start = end ? (uint32_t)(end + 1 - text.ptr) : least;

    while (offset > start) { /* a CR behind it, less that of a CRLF whose LF is at offset */
        end = memrchr(text.ptr + start, '\r', offset - start);
        if (!end)
            break;
        offset = (uint32_t)(end - text.ptr);
        if (mlint_ends_line(text, offset))
            return offset + 1;
    }
    return start;
}

/* Where the character begins that an offset is in the middle of; the offset itself where it is
 * in none. Counted from there the character would be counted twice. */
static uint32_t character_begin(struct mlint_str text, uint32_t offset)
{
    uint32_t begin = offset, c;

    if (offset >= text.len || ((unsigned char)text.ptr[offset] & 0xC0) != 0x80)
        return offset;
    while (begin > 0 && offset - begin < 3 && ((unsigned char)text.ptr[begin] & 0xC0) == 0x80)
        begin--;
    return begin + mlint_utf8_decode(text.ptr + begin, text.len - begin, &c) > offset ? begin
                                                                                      : offset;
}

/* Everything about an offset before the cursor and nearer to it than to base, counted back:
 * reports ask for the end of a value, and then for its line. */
static bool step_back(const struct mlint_source *source, const struct mlint_mark *base,
                      uint32_t offset, struct mlint_mark *out)
{
    struct mlint_str text = source->text;
    const struct mlint_mark *cursor = source->cursor;
    uint32_t start;

    if (!cursor || !cursor->line || offset >= cursor->offset ||
        cursor->offset - offset > offset - base->offset)
        return false;
    start = offset >= cursor->line_start ? cursor->line_start
                                         : line_begin(text, base->offset, offset);
    if (start == base->offset && start) /* the line may begin before it */
        return false;
    *out = *cursor;
    if (start < cursor->line_start) {
        out->line -= mlint_count_lines(text, start, cursor->line_start);
        out->line_end = 0;
    }
    out->units -= count_own(source, mlint_str_sub(text, offset, cursor->offset));
    out->line_start = start;
    out->column = (uint32_t)mlint_utf8_count(mlint_str_sub(text, start, offset));
    out->offset = offset;
    return true;
}

/* How many bytes reports ask for at most that are near to the ones they asked for last. */
#define NEAR 256

/* Everything about an offset in the cursor's line, where nothing but printable ASCII stands
 * between them: reports ask for the beginning of a value, its end, and then for its line. */
static bool step_aside(const struct mlint_source *source, uint32_t offset,
                       struct mlint_mark *out)
{
    const struct mlint_mark *cursor = source->cursor;
    bool back = cursor && offset < cursor->offset;
    uint32_t begin, length;
    struct mlint_str between;

    if (!cursor || !cursor->line || (back && offset < cursor->line_start))
        return false;
    begin = back ? offset : cursor->offset;
    length = back ? cursor->offset - offset : offset - cursor->offset;
    between = mlint_str_make(source->text.ptr + begin, length);
    if (length > NEAR || mlint_printable_run(between.ptr, length) < length)
        return false;
    *out = *cursor;
    out->offset = offset;
    out->column += back ? 0 - length : length;
    out->units += back ? 0 - count_own(source, between) : count_own(source, between);
    return true;
}

static struct mlint_mark nearest_mark(const struct mlint_source *source, uint32_t offset)
{
    size_t nearest = offset / MLINT_MARK_STEP;

    if (!source->mark_count)
        return (struct mlint_mark){ .line = 1 };
    return source->marks[nearest < source->mark_count ? nearest : source->mark_count - 1];
}

static bool is_in_line_of(const struct mlint_mark *cursor, const struct mlint_mark *mark)
{
    return cursor && cursor->line && cursor->line_start == mark->line_start;
}

/* Everything about offset, from the nearest mark before it. */
static struct mlint_mark mark_at(const struct mlint_source *source, uint32_t offset)
{
    struct mlint_str text = source->text;
    bool whole = character_begin(text, offset) == offset;
    struct mlint_mark mark;
    uint32_t start;

    if (whole && step_aside(source, offset, &mark))
        return mark;
    mark = nearest_mark(source, offset);
    if (whole && step_back(source, &mark, offset, &mark))
        return mark;
    if (source->cursor && source->cursor->offset >= mark.offset &&
        source->cursor->offset <= offset && source->cursor->line)
        mark = *source->cursor;
    start = line_begin(text, mark.offset, offset);
    mark.line += mlint_count_lines(text, mark.offset, start);
    mark.units += count_own(source, mlint_str_sub(text, mark.offset, offset));
    if (start > mark.offset || (start && mlint_ends_line(text, start - 1))) {
        mark.line_start = start;
        mark.line_end = 0;
        mark.column = 0;
    }
    mark.column += (uint32_t)mlint_utf8_count(mlint_str_sub(text, start, offset));
    mark.offset = offset;
    if (is_in_line_of(source->cursor, &mark))
        mark.line_end = source->cursor->line_end;
    if (source->cursor && whole)
        *source->cursor = mark;
    return mark;
}

void mlint_source_index(struct mlint_source *source, struct mlint_arena *arena)
{
    size_t count = source->text.len / MLINT_MARK_STEP + 1;
    struct mlint_mark *marks;

    if (count < 4 || source->marks || source->encoding == MLINT_ENC_BINARY)
        return;
    marks = mlint_arena_array(arena, struct mlint_mark, count);
    if (!marks)
        return;
    source->marks = marks;
    source->marks[0].line = 1;
    for (size_t i = 1; i < count; i++) {
        source->mark_count = i;
        marks[i] =
            mark_at(source, character_begin(source->text, (uint32_t)(i * MLINT_MARK_STEP)));
    }
    source->mark_count = count;
}

static uint32_t within(const struct mlint_source *source, uint32_t offset)
{
    return offset < source->text.len ? offset : (uint32_t)source->text.len;
}

/* Where the line that holds offset ends. */
static uint32_t line_end(struct mlint_str text, uint32_t offset)
{
    uint32_t end = offset, size = (uint32_t)text.len;

#if defined(__SSE2__)
    for (; size - end >= 16; end += 16) {
        __m128i bytes = mlint_sixteen(text.ptr + end);
        __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')),
                                    _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
        unsigned mask = (unsigned)_mm_movemask_epi8(ends);

        if (mask)
            return end + (uint32_t)__builtin_ctz(mask);
    }
#endif
    while (end < size && text.ptr[end] != '\n' && text.ptr[end] != '\r')
        end++;
    return end;
}

/* The same, remembered for the next place in a line, which may be all of a large file. Not from
 * within the line's own end. */
static uint32_t line_end_at(const struct mlint_source *source, const struct mlint_mark *mark)
{
    uint32_t end;

    if (mark->line_end && mark->line_end >= mark->offset)
        return mark->line_end;
    end = line_end(source->text, mark->offset);
    if (end > mark->offset && is_in_line_of(source->cursor, mark))
        source->cursor->line_end = end;
    return end;
}

static unsigned line_number(const struct mlint_source *source, const struct mlint_mark *mark)
{
    return mark->line +
           (source->sifted ? mlint_sifted_before(source->sifted, mark->line).lines : 0);
}

static struct mlint_position position_of(const struct mlint_source *source,
                                         const struct mlint_mark *mark)
{
    return (struct mlint_position){ line_number(source, mark), mark->column + 1 };
}

struct mlint_position mlint_source_position(const struct mlint_source *source, uint32_t offset)
{
    struct mlint_mark mark;

    if (source->encoding == MLINT_ENC_BINARY)
        return (struct mlint_position){ 0, 0 };
    mark = mark_at(source, within(source, offset));
    return position_of(source, &mark);
}

struct mlint_str mlint_source_line_and_position(const struct mlint_source *source,
                                                uint32_t offset, uint32_t *begin,
                                                struct mlint_position *position)
{
    struct mlint_mark mark = mark_at(source, within(source, offset));

    *begin = mark.line_start;
    *position = source->encoding == MLINT_ENC_BINARY ? (struct mlint_position){ 0, 0 }
                                                     : position_of(source, &mark);
    return mlint_str_sub(source->text, mark.line_start, line_end_at(source, &mark));
}

struct mlint_str mlint_source_line(const struct mlint_source *source, uint32_t offset,
                                   uint32_t *begin)
{
    struct mlint_position position;

    return mlint_source_line_and_position(source, offset, begin, &position);
}

/* Whether bytes of the text are bytes of the file, one for one. */
static bool is_in_place(const struct mlint_source *source)
{
    return source->encoding == MLINT_ENC_BINARY ||
           (source->encoding == MLINT_ENC_UTF8 && !source->sifted);
}

/* The byte in raw where text[offset] begins, of a source that was decoded or sifted. */
static int64_t byte_at(const struct mlint_source *source, const struct mlint_mark *mark,
                       uint32_t offset)
{
    int64_t byte = source->bom;

    if (source->sifted)
        byte += (int64_t)mlint_sifted_before(source->sifted, mark->line).bytes;
    switch (source->encoding) {
    case MLINT_ENC_UTF16LE:
    case MLINT_ENC_UTF16BE:
        return byte + 2 * (int64_t)mark->units;
    case MLINT_ENC_CODEPAGE:
    case MLINT_ENC_NAMED:
        return byte + mark->units;
    default:
        return byte + offset;
    }
}

int64_t mlint_source_byte(const struct mlint_source *source, uint32_t offset)
{
    struct mlint_mark mark;

    if (source->derived)
        return -1;
    if (is_in_place(source))
        return (int64_t)source->bom + offset;
    mark = mark_at(source, within(source, offset));
    return byte_at(source, &mark, offset);
}

/* One end of a span: the place, and the byte in raw. */
static int64_t end_of(const struct mlint_source *source, const struct mlint_mark *mark,
                      uint32_t offset, struct mlint_position *out)
{
    *out = position_of(source, mark);
    if (source->derived)
        return -1;
    return is_in_place(source) ? (int64_t)source->bom + offset : byte_at(source, mark, offset);
}

void mlint_source_ends(const struct mlint_source *source, struct mlint_span span,
                       struct mlint_ends *out)
{
    struct mlint_mark mark;

    *out = (struct mlint_ends){ .line_start = 0 };
    if (source->encoding == MLINT_ENC_BINARY) {
        out->byte = mlint_source_byte(source, span.begin);
        out->byte_end = mlint_source_byte(source, span.end);
        return;
    }
    mark = mark_at(source, within(source, span.begin));
    out->line_start = mark.line_start;
    out->byte = end_of(source, &mark, span.begin, &out->begin);
    if (span.end != span.begin)
        mark = mark_at(source, within(source, span.end));
    out->byte_end = end_of(source, &mark, span.end, &out->end);
}

/* Of secrets in order, the first that ends behind the offset. */
static size_t first_behind(const struct mlint_source *source, uint32_t offset)
{
    size_t low = 0, high = source->secret_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (source->secrets[middle].span.end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The very span, hidden before; NULL where that is not known. */
static struct mlint_mask *find_secret(const struct mlint_source *source, struct mlint_span span)
{
    size_t first =
        source->secrets_scattered ? source->secret_count : first_behind(source, span.begin);
    struct mlint_mask *mask = source->secrets ? source->secrets + first : NULL;

    return first < source->secret_count && mask->span.begin == span.begin &&
                   mask->span.end == span.end
               ? mask
               : NULL;
}

static void hide(struct mlint_source *source, struct mlint_arena *arena, struct mlint_span span,
                 bool telling)
{
    struct mlint_mask *known = find_secret(source, span);

    if (known) {
        known->telling |= telling;
        return;
    }
    if (source->secret_count == source->secret_cap) {
        size_t cap = source->secret_cap ? source->secret_cap * 2 : 4;
        struct mlint_mask *bigger = mlint_arena_array(arena, struct mlint_mask, cap);
        if (!bigger)
            return;
        if (source->secret_count)
            memcpy(bigger, source->secrets, source->secret_count * sizeof(*bigger));
        source->secrets = bigger;
        source->secret_cap = cap;
    }
    if (source->secret_count && span.begin < source->secrets[source->secret_count - 1].span.end)
        source->secrets_scattered = true;
    source->secrets[source->secret_count++] =
        (struct mlint_mask){ .span = span, .telling = telling };
}

void mlint_source_hide(struct mlint_source *source, struct mlint_arena *arena,
                       struct mlint_span span)
{
    hide(source, arena, span, true);
}

void mlint_source_cover(struct mlint_source *source, struct mlint_arena *arena,
                        struct mlint_span span)
{
    hide(source, arena, span, false);
}

bool mlint_source_hidden(const struct mlint_source *source, struct mlint_span span)
{
    size_t first = source->secrets_scattered ? 0 : first_behind(source, span.begin);

    if (!source->secrets_scattered)
        return first < source->secret_count && source->secrets[first].span.begin < span.end;
    for (size_t i = 0; i < source->secret_count; i++) {
        if (span.begin < source->secrets[i].span.end &&
            source->secrets[i].span.begin < span.end)
            return true;
    }
    return false;
}
