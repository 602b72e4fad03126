/* baseline.c: a baseline's text, read: one finding a line, "FINGERPRINT RULE PATH", behind a
 * line that says what it is. Sorted lines of one finding each are what version control merges
 * well; rule and path are there for people. Nothing of the text is quoted in messages: the file
 * that a setting names may be any. */
#include "report/baseline.h"

#include "base/error.h"
#include "base/num.h"
#include "base/utf8.h"
#include "source/limits.h"

#include <stdlib.h>

#define HEAD "# maillint baseline 1"

static enum mlint_status wrong(const struct mlint_baseline *baseline, unsigned line,
                               const char *why, struct mlint_error *error)
{
    enum mlint_status status =
        mlint_fail_with(error, MLINT_E_SETTINGS, "%s:%u: %s", baseline->name, line, why);

    if (error)
        error->line = line;
    return status;
}

/* Of this version: not 10. */
static bool is_head(struct mlint_str line)
{
    struct mlint_str head = MLINT_STR(HEAD);

    return mlint_str_starts(line, head) && (line.len == head.len || line.ptr[head.len] == ':');
}

static bool read_fingerprint(struct mlint_str text, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        int digit = mlint_hex_digit(text.ptr[i]);

        if (digit < 0)
            return false;
        *out = *out << 4 | (uint64_t)digit;
    }
    return text.len == 16;
}

static bool is_rule(struct mlint_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return text.len > 0;
}

/* The entries are counted before, so that there is room. */
static bool take_entry(struct mlint_baseline *baseline, struct mlint_str line, unsigned number)
{
    struct mlint_known *known = &baseline->known[baseline->count];
    struct mlint_str word;

    if (!mlint_str_split(&line, ' ', &word) || !read_fingerprint(word, &known->fingerprint) ||
        !mlint_str_split(&line, ' ', &word) || !is_rule(word) || !line.len)
        return false;
    known->line = number;
    known->rule = mlint_arena_copy(&baseline->arena, word);
    known->place = mlint_utf8_clean(&baseline->arena, line);
    baseline->count++;
    return true;
}

static enum mlint_status take_lines(struct mlint_baseline *baseline, struct mlint_str text,
                                    struct mlint_error *error)
{
    struct mlint_str line;

    for (unsigned number = 1; mlint_str_split(&text, '\n', &line); number++) {
        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (number == 1 && !is_head(line))
            return wrong(baseline, 1, "does not begin like a baseline of maillint", error);
        if (!line.len || line.ptr[0] == '#')
            continue;
        if (!take_entry(baseline, line, number))
            return wrong(baseline, number, "is no \"FINGERPRINT RULE PATH\"", error);
    }
    return MLINT_OK;
}

/* ---- Order ---- */

static int by_name(const void *left, const void *right)
{
    const struct mlint_known *a = left, *b = right;

    if (a->fingerprint != b->fingerprint)
        return a->fingerprint < b->fingerprint ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

static int by_place(const void *left, const void *right)
{
    const struct mlint_known *a = *(const struct mlint_known *const *)left;
    const struct mlint_known *b = *(const struct mlint_known *const *)right;
    int order = mlint_str_cmp(a->place, b->place);

    return order ? order : by_name(a, b);
}

static bool put_in_order(struct mlint_baseline *baseline)
{
    size_t count = baseline->count;
    struct mlint_known **list =
        mlint_arena_array(&baseline->arena, struct mlint_known *, count + 1);

    baseline->by_path = mlint_arena_array(&baseline->arena, uint32_t, count + 1);
    if (baseline->arena.failed)
        return false;
    if (count)
        qsort(baseline->known, count, sizeof(*baseline->known), by_name);
    for (size_t i = 0; i < count; i++)
        list[i] = &baseline->known[i];
    if (count)
        qsort(list, count, sizeof(struct mlint_known *), by_place);
    for (size_t i = 0; i < count; i++) {
        bool same = i && mlint_str_eq(list[i]->place, list[i - 1]->place);

        list[i]->path = same ? list[i - 1]->path : (uint32_t)i;
        baseline->by_path[i] = (uint32_t)(list[i] - baseline->known);
    }
    return true;
}

/* ---- The life of a baseline ---- */

static enum mlint_status read_all(struct mlint_baseline *baseline, struct mlint_str text,
                                  struct mlint_error *error)
{
    enum mlint_status status;
    size_t lines = 1;

    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    if (lines > MLINT_LIMIT_BASELINE)
        return mlint_fail_with(error, MLINT_E_LIMIT, "%s: has more than %d lines",
                               baseline->name, MLINT_LIMIT_BASELINE);
    baseline->known = mlint_arena_array(&baseline->arena, struct mlint_known, lines + 1);
    if (!baseline->known)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    if (!text.len)
        return wrong(baseline, 1, "does not begin like a baseline of maillint", error);
    status = take_lines(baseline, text, error);
    if (status == MLINT_OK && !put_in_order(baseline))
        status = mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    return status;
}

enum mlint_status mlint_baseline_new(struct mlint_baseline **out,
                                     const struct mlint_allocator *allocator, const char *name,
                                     const char *data, size_t length, struct mlint_error *error)
{
    struct mlint_baseline *baseline;
    enum mlint_status status;

    if (!out || (!data && length))
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_baseline_new: an argument is NULL");
    if (!allocator)
        allocator = mlint_allocator_default();
    baseline = allocator->alloc(allocator->user, sizeof(*baseline));
    if (!baseline)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    *baseline = (struct mlint_baseline){ .allocator = allocator };
    mlint_arena_init(&baseline->arena, allocator, 0);
    baseline->name =
        mlint_arena_copy(&baseline->arena, mlint_str_from(name ? name : "baseline")).ptr;
    status = read_all(baseline, mlint_str_make(length ? data : "", length), error);
    if (status == MLINT_OK)
        *out = baseline;
    else
        mlint_baseline_free(baseline);
    return status;
}

void mlint_baseline_free(struct mlint_baseline *baseline)
{
    const struct mlint_allocator *allocator;

    if (!baseline)
        return;
    allocator = baseline->allocator;
    mlint_arena_done(&baseline->arena);
    allocator->free(allocator->user, baseline);
}
