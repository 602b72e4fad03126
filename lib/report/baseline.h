/* baseline.h: findings that were there before, as a file keeps them, and a run's dealings with
 * them: which of its findings are held back, which entries nothing answers to any more, and
 * what a new baseline would hold. */
#ifndef MLINT_REPORT_BASELINE_H
#define MLINT_REPORT_BASELINE_H

#include "report/reporter.h"
#include "report/sorter.h"

/* One entry; entries with the same name stand together, in the file's order. */
struct mlint_known {
    uint64_t fingerprint;
    uint32_t line;
    uint32_t path; /* the number of the first entry by path that has the same path */
    struct mlint_str place, rule; /* for people: the file's path, cleaned, and the rule */
};

struct mlint_baseline {
    struct mlint_arena arena;
    const struct mlint_allocator *allocator;
    const char *name;
    struct mlint_known *known; /* by fingerprint, then line */
    uint32_t *by_path;         /* their numbers, by path */
    size_t count;
};

/* A run's use of a baseline, and what it records for a new one. */
struct mlint_holding {
    const struct mlint_allocator *allocator;
    const struct mlint_baseline *baseline; /* or NULL */
    uint32_t *taken;   /* by entry, at the first of a name: how many of them were met */
    uint32_t *by_line; /* the entries' numbers in the order of the baseline's file */
    uint8_t *seen;     /* by place in by_path: a file of that path was part of the run */
    bool records;
    struct mlint_sorter lines; /* of the new baseline */
};

enum mlint_status mlint_holding_init(struct mlint_holding *holding,
                                     const struct mlint_allocator *allocator,
                                     const struct mlint_report_options *options);
void mlint_holding_done(struct mlint_holding *holding);
/* How many more findings of that name are held back. */
uint32_t mlint_holding_left(const struct mlint_holding *holding, uint64_t fingerprint);
/* One more finding of that name: true if it is held back. */
bool mlint_holding_claim(struct mlint_holding *holding, uint64_t fingerprint);
/* A file is part of the run. */
void mlint_holding_see(struct mlint_holding *holding, struct mlint_arena *arena,
                       struct mlint_str path);
/* Note a finding for the new baseline. */
void mlint_holding_record(struct mlint_buf *out, struct mlint_arena *arena,
                          uint64_t fingerprint, const char *path, const char *rule);
/* Take in what was noted. */
enum mlint_status mlint_holding_take(struct mlint_holding *holding, struct mlint_str noted);
enum mlint_status mlint_holding_write(struct mlint_holding *holding,
                                      const struct mlint_report_options *options);
/* How many entries of rules that ran nothing answered to, as the host counts them. */
uint64_t mlint_holding_unused(const struct mlint_holding *holding,
                              const struct mlint_config *config,
                              const struct mlint_report_options *options,
                              struct mlint_arena *arena);
/* Likewise [path GLOB] sections, given those that matched. */
uint64_t mlint_sections_unused(const struct mlint_config *config, uint64_t matched,
                               const struct mlint_report_options *options,
                               struct mlint_arena *arena);

#endif
