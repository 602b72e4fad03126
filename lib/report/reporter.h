/* reporter.h: what a report is: pure functions from finished results to bytes.
 *
 * Bytes go into sections: most reports use one, which is written as it comes; a JSON document
 * keeps files, accounts, verdicts and findings apart until the end. Numbers of files and
 * accounts are only known when chunks are put in order, so they are written as references.
 *
 * What other files of the run decide (the verdicts of model/mailbox.h) is deferred: reporters
 * ask mlint_verdict_shown and mlint_finding_shown, and get the rest from `cross` when the run
 * ends. */
#ifndef MLINT_REPORT_REPORTER_H
#define MLINT_REPORT_REPORTER_H

#include "base/buf.h"
#include "model/mailbox.h"
#include "model/model.h"

#define MLINT_REPORT_SECTIONS 5

struct mlint_reference {
    size_t offset;  /* in the section's bytes */
    uint32_t local; /* file or account number inside the chunk */
    bool account;
};

struct mlint_section {
    struct mlint_buf bytes;
    struct mlint_reference *references;
    size_t count, cap;
};

/* Everything that a reporter's functions are given. */
struct mlint_rendering {
    const struct mlint_report_options *options;
    const struct mlint_config *config;
    const char *header;             /* begin: of the streams that are merged, or NULL */
    struct mlint_arena *arena;      /* scratch */
    struct mlint_section *sections; /* where bytes go */
    uint32_t files, accounts;       /* numbers of the result's first ones inside the chunk */
    const uint8_t *deferred; /* by account: bits of enum mlint_cross_rule; NULL: nothing is */
    const uint8_t *held;     /* by finding->number: the baseline holds it back; NULL: none is */
    bool incomplete;         /* end: the run was stopped */
    bool some;               /* end: the last section holds items */
    uint64_t left_out;       /* end: items beyond most_items */
    bool first; /* cross: nothing was said by it yet, and it may say so; end: nothing was */
};

/* A cross-file verdict or finding, found when the run ends. */
struct mlint_cross {
    const char *rule;
    enum mlint_client client;
    enum mlint_level level;
    enum mlint_verdict_kind verdict;
    const char *reason;
    uint64_t file, account; /* numbers in the run */
    /* The rest is there for unknown and fail only. */
    const char *path;                  /* the file's */
    const char *key;                   /* the account's */
    const char *field;                 /* "incoming.username" */
    const struct mlint_account *owner; /* the account, where the result is at hand, or NULL */
    uint64_t identity;                 /* else its identity; 0: it is about no account */
    struct mlint_location location;
    const char *excerpt; /* for people: the line and its marker, or NULL */
    const char *message; /* NULL: a verdict only */
    const char *hint;    /* or NULL */
    const struct mlint_cross_related *related;
    size_t related_count;
};

struct mlint_cross_related {
    uint64_t file, account;
    const char *path, *key;
    struct mlint_location location;
};

struct mlint_reporter {
    const char *id;
    const char *media_type;
    const char *extension;
    unsigned sections;
    bool excerpts;     /* cross wants excerpts */
    bool passes;       /* cross wants verdicts that nothing came of as well */
    bool fingerprints; /* cross wants to name findings */
    bool alone;        /* a run of one result shows everything in its place, nothing deferred */
    bool in_place;     /* with alone: shows verdicts as well as findings */
    /* Each may be NULL. */
    void (*begin)(struct mlint_rendering *rendering);
    void (*result)(struct mlint_rendering *rendering, const struct mlint_result *result);
    void (*cross)(struct mlint_rendering *rendering, const struct mlint_cross *cross);
    void (*end)(struct mlint_rendering *rendering, const struct mlint_summary *summary);
    /* What stands before section n (from 1) when the sections are put together; NULL: it goes
     * on with the list before it. Where `frame` is set, items begin with "\n,", which the first
     * item of a list loses, and hold no other line end. */
    const char *(*frame)(unsigned section);
    uint64_t most_items; /* of one list; the rest is left out and counted. 0: all */
};

/* Sorted by id; NULL-ended. */
extern const struct mlint_reporter *const mlint_reporters[];

static inline struct mlint_buf *mlint_out(struct mlint_rendering *rendering, unsigned section)
{
    return &rendering->sections[section].bytes;
}
/* Write the run-wide number of a file or account given its index in the result at hand. */
void mlint_out_file(struct mlint_rendering *rendering, unsigned section, size_t index);
void mlint_out_account(struct mlint_rendering *rendering, unsigned section, size_t index);
/* Whether this verdict or finding of the result is final, or the run's to decide. */
bool mlint_verdict_shown(const struct mlint_rendering *rendering,
                         const struct mlint_verdict *verdict);
bool mlint_finding_shown(const struct mlint_rendering *rendering,
                         const struct mlint_finding *finding);
/* Why a verdict is what it is, or NULL. Of a failure whose findings the baseline holds back,
 * all of them, it is mlint_held_back; `cross` gets such verdicts without their finding. */
extern const char mlint_held_back[];
const char *mlint_verdict_reason(const struct mlint_rendering *rendering,
                                 const struct mlint_result *result,
                                 const struct mlint_verdict *verdict);

#endif
