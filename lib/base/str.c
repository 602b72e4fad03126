/* str.c: searching, comparing and splitting byte views; edit distance for "did you mean". */
#include "base/str.h"

#include "base/eight.h"

/* Most texts that are compared are the same to the letter, or differ in more than the bit that
 * makes a capital. */
static bool same_folded(uint64_t a, uint64_t b)
{
    uint64_t differ = a ^ b;

    if (differ & ~MLINT_EACH(0x20))
        return false;
    return !differ || mlint_lower_eight(a) == mlint_lower_eight(b);
}

/* Four to eight bytes, those in the middle twice. */
static uint64_t both_ends(const char *p, size_t len)
{
    uint32_t head, tail;

    memcpy(&head, p, sizeof(head));
    memcpy(&tail, p + len - sizeof(tail), sizeof(tail));
    return (uint64_t)tail << 32 | head;
}

bool mlint_bytes_eq_nocase(const char *a, const char *b, size_t len)
{
    size_t i = 0;

    for (; len - i >= 8; i += 8) {
        if (!same_folded(mlint_eight(a + i), mlint_eight(b + i)))
            return false;
    }
    if (i && i < len) /* the rest, and once more what is before it */
        return same_folded(mlint_eight(a + len - 8), mlint_eight(b + len - 8));
    if (len - i >= 4)
        return same_folded(both_ends(a, len), both_ends(b, len));
    for (; i < len; i++) {
        if (mlint_lower(a[i]) != mlint_lower(b[i]))
            return false;
    }
    return true;
}

bool mlint_str_ends_nocase(struct mlint_str s, struct mlint_str suffix)
{
    return s.len >= suffix.len &&
           mlint_str_eq_nocase(mlint_str_sub(s, s.len - suffix.len, s.len), suffix);
}

int mlint_str_cmp(struct mlint_str a, struct mlint_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

int mlint_str_cmp_nocase(struct mlint_str a, struct mlint_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;

    for (size_t i = 0; i < n; i++) {
        int order = (unsigned char)mlint_lower(a.ptr[i]) - (unsigned char)mlint_lower(b.ptr[i]);
        if (order)
            return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Most blanks are of indentation. */
static bool is_indentation(const char *eight)
{
    return mlint_eight(eight) == MLINT_EACH(' ');
}

struct mlint_str mlint_str_trim_blanks(struct mlint_str s)
{
    const char *begin = s.ptr, *end = s.ptr + s.len;

    while (end - begin >= 8 && is_indentation(begin))
        begin += 8;
    while (begin < end && is_blank(*begin))
        begin++;
    while (end - begin >= 8 && is_indentation(end - 8))
        end -= 8;
    while (begin < end && is_blank(end[-1]))
        end--;
    return mlint_str_make(begin, (size_t)(end - begin));
}

/* The first place of c from `from` on, or the end. */
static size_t next_char(struct mlint_str s, size_t from, char c)
{
    return from < s.len ? from + mlint_str_find_char(mlint_str_sub(s, from, s.len), c) : s.len;
}

/* memchr leads to the places where the first letter stands, in either case. */
size_t mlint_str_find_nocase(struct mlint_str s, struct mlint_str needle)
{
    char low = needle.len ? mlint_lower(needle.ptr[0]) : 0;
    char high = low >= 'a' && low <= 'z' ? (char)(low - 'a' + 'A') : low;
    size_t lower, upper;

    if (!needle.len || needle.len > s.len)
        return needle.len ? s.len : 0;
    lower = next_char(s, 0, low);
    upper = next_char(s, 0, high);
    while (lower < s.len || upper < s.len) {
        size_t at = lower < upper ? lower : upper;
        if (mlint_str_starts_nocase(mlint_str_sub(s, at, s.len), needle))
            return at;
        if (lower == at)
            lower = next_char(s, at + 1, low);
        if (upper == at)
            upper = next_char(s, at + 1, high);
    }
    return s.len;
}

struct mlint_str mlint_str_base_name(struct mlint_str path)
{
    size_t slash = mlint_str_rfind_char(path, '/');

    return slash < path.len ? mlint_str_sub(path, slash + 1, path.len) : path;
}

bool mlint_str_split(struct mlint_str *rest, char sep, struct mlint_str *part)
{
    size_t at;

    if (!rest->ptr)
        return false;
    at = mlint_str_find_char(*rest, sep);
    *part = mlint_str_sub(*rest, 0, at);
    *rest = at < rest->len ? mlint_str_sub(*rest, at + 1, rest->len)
                           : (struct mlint_str){ NULL, 0 };
    return true;
}

#define DISTANCE_MAX 96 /* longer words are never "near" */

/* One row of the optimal-string-alignment matrix, of which only the cells within limit of the
 * diagonal can matter; returns the smallest. */
static unsigned fill_row(const unsigned *two_up, const unsigned *up, unsigned *row,
                         struct mlint_str pair[2], size_t i, unsigned limit)
{
    char a = mlint_lower(pair[0].ptr[i - 1]);
    size_t from = i > limit ? i - limit : 1;
    size_t to = i + limit < pair[1].len ? i + limit : pair[1].len;
    unsigned best = limit + 1;

    row[from - 1] = from == 1 ? (unsigned)i : limit + 1;
    if (from == 1 && row[0] < best)
        best = row[0];
    for (size_t j = from; j <= to; j++) {
        char b = mlint_lower(pair[1].ptr[j - 1]);
        unsigned cell = up[j - 1] + (a != b);

        if (up[j] + 1 < cell)
            cell = up[j] + 1;
        if (row[j - 1] + 1 < cell)
            cell = row[j - 1] + 1;
        if (i > 1 && j > 1 && a == mlint_lower(pair[1].ptr[j - 2]) &&
            b == mlint_lower(pair[0].ptr[i - 2]) && two_up[j - 2] + 1 < cell)
            cell = two_up[j - 2] + 1;
        row[j] = cell;
        if (cell < best)
            best = cell;
    }
    if (to < pair[1].len)
        row[to + 1] = limit + 1;
    return best;
}

/* What both begin and end with costs nothing. */
static void drop_common(struct mlint_str *a, struct mlint_str *b)
{
    while (a->len && b->len && mlint_lower(a->ptr[0]) == mlint_lower(b->ptr[0])) {
        a->ptr++;
        b->ptr++;
        a->len--;
        b->len--;
    }
    while (a->len && b->len &&
           mlint_lower(a->ptr[a->len - 1]) == mlint_lower(b->ptr[b->len - 1])) {
        a->len--;
        b->len--;
    }
}

/* Nothing is left that both begin or end with, so each end takes an edit of its own. With two
 * at most the rest is the same: all but two bytes at each end of one stand in the other, one
 * place off at most. */
static bool may_be_near(struct mlint_str a, struct mlint_str b, unsigned limit)
{
    if (limit > 2 || a.len < 5)
        return true;
    for (size_t from = 1; from <= 3 && from + a.len - 4 <= b.len; from++) {
        if (mlint_bytes_eq_nocase(a.ptr + 2, b.ptr + from, a.len - 4))
            return true;
    }
    return false;
}

/* Of two that are not the same, in a frame that the others need not pay for. */
static __attribute__((noinline)) unsigned measure(struct mlint_str a, struct mlint_str b,
                                                  unsigned limit)
{
    unsigned rows[3][DISTANCE_MAX + 1];
    struct mlint_str pair[2];

    drop_common(&a, &b);
    if (!may_be_near(a, b, limit))
        return limit + 1;
    pair[0] = a;
    pair[1] = b;
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        if (fill_row(rows[(i + 1) % 3], rows[(i - 1) % 3], rows[i % 3], pair, i, limit) > limit)
            return limit + 1;
    }
    return rows[a.len % 3][b.len] > limit ? limit + 1 : rows[a.len % 3][b.len];
}

unsigned mlint_edit_distance(struct mlint_str a, struct mlint_str b, unsigned limit)
{
    size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;

    if (gap > limit || a.len > DISTANCE_MAX || b.len > DISTANCE_MAX)
        return limit + 1;
    if (mlint_str_eq(a, b)) /* as most names are that are compared */
        return 0;
    return measure(a, b, limit);
}

const char *mlint_nearest(struct mlint_str word, const char *const *candidates, size_t count)
{
    unsigned best = word.len < 4 ? 2 : 3; /* one more than the distance still taken as near */
    const char *found = NULL;

    for (size_t i = 0; i < count; i++) {
        unsigned distance = mlint_edit_distance(word, mlint_str_from(candidates[i]), best - 1);
        if (distance < best) {
            best = distance;
            found = candidates[i];
            if (best == 0)
                break;
        }
    }
    return found;
}
