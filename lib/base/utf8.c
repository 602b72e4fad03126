/* utf8.c: UTF-8 without a locale. Bad bytes are one U+FFFD each and never stop a loop. */
#include "base/utf8.h"

#include "base/eight.h"
#include "base/unicode_tables.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define REPLACEMENT 0xFFFDu
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool continues(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

size_t mlint_utf8_decode(const char *s, size_t len, uint32_t *out)
{
    const unsigned char *b = (const unsigned char *)s;
    static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t need;
    uint32_t c;

    if (!len)
        return 0;
    *out = b[0];
    if (b[0] < 0x80)
        return 1;
    *out = REPLACEMENT;
    need = b[0] >= 0xF0 && b[0] < 0xF5 ? 4 : b[0] >= 0xE0 ? 3 : 2;
    if (b[0] < 0xC2 || b[0] > 0xF4 || len < need)
        return 1;
    c = b[0] & (0xFFu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if (!continues(b[i]))
            return 1;
        c = c << 6 | (b[i] & 0x3F);
    }
    if (c < least[need] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return 1;
    *out = c;
    return need;
}

/* The same for texts that are mostly ASCII, as nearly all are. */
static inline size_t step(struct mlint_str s, size_t at, uint32_t *out)
{
    *out = (unsigned char)s.ptr[at];
    return *out < 0x80 ? 1 : mlint_utf8_decode(s.ptr + at, s.len - at, out);
}

size_t mlint_utf8_encode(uint32_t c, char out[4])
{
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        c = REPLACEMENT;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

#if defined(__SSE2__)
/* Sixty-four bytes of ASCII at a time; whole files go through here. */
static size_t ascii_blocks(struct mlint_str s)
{
    size_t i = 0;

    for (; s.len - i >= 64; i += 64) {
        const __m128i *p = (const __m128i *)(const void *)(s.ptr + i);
        __m128i front = _mm_or_si128(_mm_loadu_si128(p), _mm_loadu_si128(p + 1));
        __m128i back = _mm_or_si128(_mm_loadu_si128(p + 2), _mm_loadu_si128(p + 3));
        if (_mm_movemask_epi8(_mm_or_si128(front, back)))
            break;
    }
    return i;
}

/* A bit for each of sixteen bytes that is no ASCII. */
static unsigned beyond_ascii(const char *p)
{
    return (unsigned)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)p));
}

/* Of a text of sixteen bytes or more; its last sixteen are looked at over those before. */
static size_t long_ascii_run(struct mlint_str s)
{
    for (size_t i = ascii_blocks(s); i < s.len; i += 16) {
        size_t at = s.len - i < 16 ? s.len - 16 : i;
        unsigned beyond = beyond_ascii(s.ptr + at);

        if (beyond)
            return at + (size_t)__builtin_ctz(beyond);
    }
    return s.len;
}
#endif

/* How far words of eight bytes are plain, the last one over the one before it. */
static inline size_t plain_run(struct mlint_str s, bool (*plain)(uint64_t))
{
    size_t i = 0;

    for (; i + 8 <= s.len; i += 8) {
        if (!plain(mlint_eight(s.ptr + i)))
            return i;
    }
    return i && plain(mlint_eight(s.ptr + s.len - 8)) ? s.len : i;
}

static bool is_ascii(uint64_t bytes)
{
    return mlint_all_from(bytes, 0);
}

size_t mlint_utf8_ascii(struct mlint_str s)
{
    size_t i;

#if defined(__SSE2__)
    if (s.len >= 16)
        return long_ascii_run(s);
#endif
    i = plain_run(s, is_ascii);
    while (i < s.len && !(s.ptr[i] & 0x80))
        i++;
    return i;
}

bool mlint_utf8_valid(struct mlint_str s)
{
    for (size_t i = 0; i < s.len;) {
        uint32_t c;
        size_t n;

        i += mlint_utf8_ascii(mlint_str_sub(s, i, s.len));
        if (i == s.len)
            break;
        n = step(s, i, &c);
        if (n == 1)
            return false;
        i += n;
    }
    return true;
}

size_t mlint_utf8_count(struct mlint_str s)
{
    size_t count = 0;

    for (size_t i = 0; i < s.len; count++) {
        size_t run = mlint_utf8_ascii(mlint_str_sub(s, i, s.len));
        uint32_t c;

        count += run;
        i += run;
        if (i == s.len)
            break;
        i += step(s, i, &c);
    }
    return count;
}

static bool in_ranges(const struct range *ranges, size_t count, uint32_t c)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c < ranges[middle].first)
            high = middle;
        else if (c > ranges[middle].last)
            low = middle + 1;
        else
            return true;
    }
    return false;
}

unsigned mlint_utf8_width(uint32_t c)
{
    if (c < 0x300)
        return c != 0;
    if (in_ranges(zero_width, COUNT(zero_width), c))
        return 0;
    return in_ranges(double_width, COUNT(double_width), c) ? 2 : 1;
}

bool mlint_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    return in_ranges(upper_ranges, COUNT(upper_ranges), c);
}

uint32_t mlint_to_lower(uint32_t c)
{
    size_t low = 0, high = COUNT(lower_runs);

    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct case_run *run = &lower_runs[middle];
        if (c < run->first)
            high = middle;
        else if (c > run->last)
            low = middle + 1;
        else if ((c - run->first) % (uint32_t)run->step)
            return c;
        else
            return (uint32_t)((int32_t)c + run->distance);
    }
    return c;
}

bool mlint_is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
           c == 0xFEFF;
}

static inline bool any(struct mlint_str s, size_t from, bool (*test)(uint32_t))
{
    for (size_t i = from; i < s.len;) {
        uint32_t c;
        i += step(s, i, &c);
        if (test(c))
            return true;
    }
    return false;
}

static bool has_no_capital(uint64_t bytes)
{
    return mlint_all_from(bytes, 0) && !mlint_capitals(bytes);
}

static bool has_no_blank(uint64_t bytes)
{
    return mlint_all_from(bytes, ' ' + 1);
}

bool mlint_has_upper(struct mlint_str s)
{
    return any(s, plain_run(s, has_no_capital), mlint_is_upper);
}

bool mlint_has_space(struct mlint_str s)
{
    return any(s, plain_run(s, has_no_blank), mlint_is_space);
}

/* A copy with the letters of ASCII made small, up to `len`, all of it ASCII. */
static void lower_ascii(char *copy, const char *from, size_t len)
{
    size_t i = 0;

    for (; i + 8 <= len; i += 8) {
        uint64_t bytes = mlint_lower_eight(mlint_eight(from + i));
        memcpy(copy + i, &bytes, sizeof(bytes));
    }
    for (; i < len; i++)
        copy[i] = mlint_lower(from[i]);
}

struct mlint_str mlint_utf8_lower(struct mlint_arena *arena, struct mlint_str s)
{
    size_t len = mlint_utf8_ascii(s), size = (s.len - len) * 3 + len + 1;
    char *copy = mlint_arena_bytes(arena, size);

    if (!copy)
        return MLINT_STR("");
    lower_ascii(copy, s.ptr, len);
    for (size_t i = len; i < s.len;) {
        uint32_t c;
        size_t n = step(s, i, &c);
        if (c < 0x80)
            copy[len++] = (char)mlint_to_lower(c);
        else if (n == 1)
            copy[len++] = s.ptr[i];
        else
            len += mlint_utf8_encode(mlint_to_lower(c), copy + len);
        i += n;
    }
    copy[len] = '\0';
    mlint_arena_trim(arena, copy, size, len + 1);
    return mlint_str_make(copy, len);
}

/* Characters that would move the cursor, change colours or reorder what a person reads. */
static bool is_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
           (c >= 0xE0000 && c <= 0xE007F);
}

static bool is_clean(uint64_t bytes)
{
    return mlint_all_from(bytes, 0x20) && mlint_all_from(bytes + MLINT_EACH(1), 0);
}

struct mlint_str mlint_utf8_clean(struct mlint_arena *arena, struct mlint_str s)
{
    size_t len = plain_run(s, is_clean), size = (s.len - len) * 3 + len + 1;
    char *copy = mlint_arena_bytes(arena, size);

    if (!copy)
        return MLINT_STR("");
    if (len)
        memcpy(copy, s.ptr, len);
    for (size_t i = len; i < s.len;) {
        uint32_t c = (unsigned char)s.ptr[i];
        if (c >= 0x20 && c < 0x7F) {
            copy[len++] = s.ptr[i++];
            continue;
        }
        i += step(s, i, &c);
        if (c < 0x20)
            c = 0x2400 + c; /* the visible picture of the control character */
        else if (is_unsafe(c))
            c = REPLACEMENT;
        len += mlint_utf8_encode(c, copy + len);
    }
    copy[len] = '\0';
    mlint_arena_trim(arena, copy, size, len + 1);
    return mlint_str_make(copy, len);
}
