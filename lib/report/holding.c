/* holding.c: a run's findings held against a baseline, one for one: of two equal findings and
 * one entry the first is known and the second is new. And the lines of a new baseline, sorted
 * by path, rule and name, past a limit on disk. */
#include "report/baseline.h"

#include "base/utf8.h"
#include "model/mailbox.h"

#include <stdio.h>
#include <stdlib.h>

#define IN_MEMORY (2u << 20)

static int compare_lines(const void *left, const void *right, void *known)
{
    const struct mlint_known *list = known;
    uint32_t a = list[*(const uint32_t *)left].line, b = list[*(const uint32_t *)right].line;

    return (a > b) - (a < b);
}

enum mlint_status mlint_holding_init(struct mlint_holding *holding,
                                     const struct mlint_allocator *allocator,
                                     const struct mlint_report_options *options)
{
    size_t count = options->baseline ? options->baseline->count : 0;

    *holding = (struct mlint_holding){ .allocator = allocator,
                                       .baseline = options->baseline,
                                       .records = options->write_baseline != NULL };
    mlint_sorter_init(&holding->lines, allocator, IN_MEMORY, mlint_str_cmp, NULL);
    if (!count)
        return MLINT_OK;
    holding->taken = allocator->alloc(allocator->user, count * sizeof(*holding->taken));
    holding->seen = allocator->alloc(allocator->user, count);
    holding->by_line = allocator->alloc(allocator->user, count * sizeof(*holding->by_line));
    if (!holding->taken || !holding->seen || !holding->by_line)
        return MLINT_E_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        holding->by_line[i] = (uint32_t)i;
    qsort_r(holding->by_line, count, sizeof(*holding->by_line), compare_lines,
            options->baseline->known);
    memset(holding->taken, 0, count * sizeof(*holding->taken));
    memset(holding->seen, 0, count);
    return MLINT_OK;
}

void mlint_holding_done(struct mlint_holding *holding)
{
    if (!holding->allocator)
        return;
    mlint_sorter_done(&holding->lines);
    holding->allocator->free(holding->allocator->user, holding->taken);
    holding->allocator->free(holding->allocator->user, holding->seen);
    holding->allocator->free(holding->allocator->user, holding->by_line);
}

/* ---- Claims ---- */

/* The first entry whose name is not below, from there on. */
static size_t first_of(const struct mlint_baseline *baseline, uint64_t fingerprint)
{
    size_t low = 0, high = baseline->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (baseline->known[middle].fingerprint < fingerprint)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t mlint_holding_left(const struct mlint_holding *holding, uint64_t fingerprint)
{
    const struct mlint_baseline *baseline = holding->baseline;
    size_t first, end;

    if (!baseline)
        return 0;
    first = end = first_of(baseline, fingerprint);
    if (fingerprint < UINT64_MAX)
        end = first_of(baseline, fingerprint + 1);
    return end > first ? (uint32_t)(end - first) - holding->taken[first] : 0;
}

bool mlint_holding_claim(struct mlint_holding *holding, uint64_t fingerprint)
{
    if (!mlint_holding_left(holding, fingerprint))
        return false;
    holding->taken[first_of(holding->baseline, fingerprint)]++;
    return true;
}

void mlint_holding_see(struct mlint_holding *holding, struct mlint_arena *arena,
                       struct mlint_str path)
{
    const struct mlint_baseline *baseline = holding->baseline;
    size_t low = 0, high = baseline ? baseline->count : 0;
    struct mlint_str clean = { NULL, 0 };

    if (high)
        clean = mlint_utf8_clean(arena, path);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct mlint_known *known = &baseline->known[baseline->by_path[middle]];

        if (mlint_str_cmp(known->place, clean) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (baseline && low < baseline->count &&
        mlint_str_eq(baseline->known[baseline->by_path[low]].place, clean))
        holding->seen[low] = 1;
}

/* ---- Entries that nothing answers to ---- */

static bool is_unused(const struct mlint_report_options *options,
                      const struct mlint_unused *unused)
{
    return options->unused ? options->unused(options->baseline_user, unused) != 0
                           : unused->seen;
}

/* Nobody looked for what a rule finds that is off for the file. */
static bool rule_ran(const struct mlint_config *config, struct mlint_arena *arena,
                     const struct mlint_known *known)
{
    uint64_t sections;
    const struct mlint_config *own = mlint_config_for(arena, config, known->place, &sections);

    return mlint_config_level(own ? own : config, known->rule.ptr) != MLINT_OFF;
}

static bool all_seen(const struct mlint_holding *holding)
{
    const struct mlint_baseline *baseline = holding->baseline;
    bool all = true;

    for (size_t i = 0; i < baseline->count && all; i++)
        all = holding->seen[baseline->known[i].path];
    return all;
}

uint64_t mlint_holding_unused(const struct mlint_holding *holding,
                              const struct mlint_config *config,
                              const struct mlint_report_options *options,
                              struct mlint_arena *arena)
{
    const struct mlint_baseline *baseline = holding->baseline;
    bool all = baseline && all_seen(holding);
    uint64_t count = 0;

    for (size_t i = 0; baseline && i < baseline->count; i++) {
        const struct mlint_known *known = &baseline->known[holding->by_line[i]];
        size_t first = first_of(baseline, known->fingerprint);
        struct mlint_unused unused = { .struct_size = sizeof(unused) };

        mlint_arena_reset(arena);
        if (holding->by_line[i] - first < holding->taken[first] ||
            !rule_ran(config, arena, known))
            continue;
        unused.origin = mlint_arena_printf(arena, "%s:%u", baseline->name, known->line);
        unused.what = known->rule.ptr;
        unused.path = known->place.ptr;
        /* Across files, the file that is missing may be what the finding is about. */
        unused.across = mlint_cross_rule_named(known->rule.ptr) != MLINT_CROSS_COUNT;
        unused.seen = holding->seen[known->path] && (all || !unused.across);
        count += is_unused(options, &unused);
    }
    return count;
}

uint64_t mlint_sections_unused(const struct mlint_config *config, uint64_t matched,
                               const struct mlint_report_options *options,
                               struct mlint_arena *arena)
{
    uint64_t count = 0;

    for (const struct mlint_path_section *s = config->paths; s; s = s->next) {
        const struct mlint_unused unused = {
            .struct_size = sizeof(unused),
            .origin = s->origin,
            .what = mlint_arena_printf(arena, "[path %.*s]", MLINT_STR_ARG(s->glob)),
        };

        if (!(matched & UINT64_C(1) << s->number))
            count += !options->unused || is_unused(options, &unused);
    }
    mlint_arena_reset(arena);
    return count;
}

/* ---- A new baseline ---- */

static void put_text(struct mlint_buf *out, struct mlint_str text)
{
    uint32_t len = (uint32_t)text.len;

    mlint_buf_add(out, &len, sizeof(len));
    mlint_buf_str(out, text);
}

void mlint_holding_record(struct mlint_buf *out, struct mlint_arena *arena,
                          uint64_t fingerprint, const char *path, const char *rule)
{
    const char *clean = mlint_utf8_clean(arena, mlint_str_from(path[0] ? path : "-")).ptr;
    char name[24];

    /* Cleaned text has no control character, so these sort as three words would. */
    snprintf(name, sizeof(name), "%016llx", (unsigned long long)fingerprint);
    put_text(out,
             mlint_str_from(mlint_arena_printf(arena, "%s\x01%s\x01%s", clean, rule, name)));
    put_text(out, mlint_str_from(mlint_arena_printf(arena, "%s %s %s\n", name, rule, clean)));
}

static struct mlint_str get_text(struct mlint_str *noted)
{
    struct mlint_str text;
    uint32_t len;

    memcpy(&len, noted->ptr, sizeof(len));
    text = mlint_str_make(noted->ptr + sizeof(len), len);
    *noted = mlint_str_sub(*noted, sizeof(len) + len, noted->len);
    return text;
}

enum mlint_status mlint_holding_take(struct mlint_holding *holding, struct mlint_str noted)
{
    enum mlint_status status = MLINT_OK;

    while (noted.len && status == MLINT_OK) {
        struct mlint_str key = get_text(&noted), line = get_text(&noted);

        status = mlint_sorter_add(&holding->lines, key, line);
    }
    return status;
}

static enum mlint_status write_line(void *user, struct mlint_str key, struct mlint_str line)
{
    const struct mlint_report_options *options = user;

    (void)key;
    return options->write_baseline(options->baseline_user, line.ptr, line.len) ? MLINT_E_IO
                                                                               : MLINT_OK;
}

enum mlint_status mlint_holding_write(struct mlint_holding *holding,
                                      const struct mlint_report_options *options)
{
    static const char head[] =
        "# maillint baseline 1: findings that are known, by fingerprint, rule and file. "
        "--write-baseline makes it again.\n";
    struct mlint_report_options use = *options;

    if (!holding->records)
        return MLINT_OK;
    if (options->write_baseline(options->baseline_user, head, sizeof(head) - 1))
        return MLINT_E_IO;
    return mlint_sorter_each(&holding->lines, write_line, &use);
}
