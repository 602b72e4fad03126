/* reporter.h: what a report is: pure functions from finished results to bytes.
 *
 * Bytes go into the sections of a chunk: most reports use one; a JSON document keeps files,
 * accounts, verdicts and findings apart until the end. Numbers of files and accounts are only
 * known when chunks are put in order, so they are written as references. */
#ifndef MLINT_REPORT_REPORTER_H
#define MLINT_REPORT_REPORTER_H

#include "base/buf.h"
#include "model/model.h"

#define MLINT_REPORT_SECTIONS 4

struct mlint_reference {
    size_t offset; /* in the section's bytes */
    uint32_t local; /* file or account number inside the chunk */
    bool account;
};

struct mlint_section {
    struct mlint_buf bytes;
    struct mlint_reference *references;
    size_t count, cap;
};

struct mlint_chunk {
    const struct mlint_report *report;
    struct mlint_section section[MLINT_REPORT_SECTIONS];
    struct mlint_arena arena; /* scratch, reset per result */
    struct mlint_facts *facts;
    struct mlint_summary summary;
    uint32_t files, accounts; /* rendered so far */
    bool failed;
};

/* Everything that a reporter's functions are given. */
struct mlint_rendering {
    const struct mlint_report *report;
    const struct mlint_report_options *options;
    const struct mlint_config *config;
    struct mlint_chunk *chunk;
    struct mlint_arena *arena;
};

/* A cross-file verdict or finding, found when the run ends. */
struct mlint_cross {
    const struct mlint_rule *rule;
    enum mlint_level level;
    enum mlint_verdict_kind verdict;
    const char *reason;
    uint64_t file, account; /* numbers in the run */
    const char *path;       /* the file's */
    const char *key;        /* the account's */
    const char *field;      /* "incoming.username" */
    struct mlint_location location;
    const char *message, *hint; /* NULL: a verdict only */
    const struct mlint_cross_related {
        uint64_t file, account;
        const char *path, *key;
        struct mlint_location location;
    } *related;
    size_t related_count;
};

struct mlint_reporter {
    const char *id;
    const char *media_type;
    const char *extension;
    unsigned sections;
    /* Each may be NULL. */
    void (*begin)(struct mlint_rendering *rendering);
    void (*result)(struct mlint_rendering *rendering, const struct mlint_result *result);
    void (*cross)(struct mlint_rendering *rendering, const struct mlint_cross *cross);
    void (*end)(struct mlint_rendering *rendering, const struct mlint_summary *summary);
    /* What stands before section n when the sections are put together, and after the last. */
    const char *(*frame)(unsigned section, bool empty);
};

/* Sorted by id; NULL-ended. */
extern const struct mlint_reporter *const mlint_reporters[];

static inline struct mlint_buf *mlint_out(struct mlint_rendering *rendering, unsigned section)
{
    return &rendering->chunk->section[section].bytes;
}
/* Write the run-wide number of a file or account given its index in the result at hand. */
void mlint_out_file(struct mlint_rendering *rendering, unsigned section, size_t index);
void mlint_out_account(struct mlint_rendering *rendering, unsigned section, size_t index);

#endif
