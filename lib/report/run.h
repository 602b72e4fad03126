/* run.h: a report under way: its sections on disk, its facts, its chunks. Reporters see none of
 * it; they see reporter.h. */
#ifndef MLINT_REPORT_RUN_H
#define MLINT_REPORT_RUN_H

#include "report/baseline.h"
#include "report/reporter.h"
#include "report/sorter.h"
#include "report/spool.h"

/* The mailboxes of the run so far. */
struct mlint_facts {
    struct mlint_sorter mailboxes; /* by mailbox and installation */
    struct mlint_spool words;      /* what a mailbox's `text` points into */
    struct mlint_spool waiting;    /* who waits for a verdict, in the report's order: for
                                      reporters that show those that pass */
    struct mlint_buf excerpt;      /* one, on its way to whoever judges */
};

struct mlint_chunk {
    const struct mlint_report *report;
    struct mlint_section section[MLINT_REPORT_SECTIONS];
    struct mlint_section
        alone; /* section 0 with nothing deferred; empty where that is the same */
    struct mlint_arena arena; /* scratch, reset per result */
    struct mlint_mailbox *mailboxes;
    size_t mailbox_count, mailbox_cap;
    struct mlint_buf words;
    struct mlint_buf noted;                      /* for a new baseline */
    const uint8_t *deferred, *held, *held_alone; /* of the result that was claimed */
    bool claimed;
    uint64_t sections; /* [path GLOB] ones that matched a file */
    struct mlint_summary summary;
    uint32_t results, files, accounts; /* rendered so far */
    bool failed;
};

struct mlint_report {
    const struct mlint_config *config;
    const struct mlint_reporter *reporter;
    struct mlint_report_options options;
    const char *header;                              /* of merged streams, or NULL */
    struct mlint_spool spool[MLINT_REPORT_SECTIONS]; /* 1 and up: kept until the end */
    struct mlint_facts facts;
    struct mlint_holding holding;
    uint64_t sections; /* [path GLOB] ones that matched a file */
    struct mlint_summary summary;
    uint64_t results, files, accounts; /* appended so far */
    struct mlint_chunk own;            /* for begin, cross, end and mlint_report_add */
    struct mlint_buf numbered;         /* a section on its way out */
    struct mlint_buf held,
        held_alone;      /* section 0 of the first result, while it is the only one */
    bool begun, in_list; /* the head is out; section 0 holds items */
    bool finished;       /* the end is out, or failed */
    bool incomplete;
    bool asked, crossed; /* cross was called; it had something to say */
    bool some;           /* the last section put together holds items */
    uint64_t left_out;
    enum mlint_status status; /* sticky */
};

/* mlint_report_new; header: what merged streams began with, to be said again, or NULL. */
enum mlint_status mlint_report_open(struct mlint_report **out,
                                    const struct mlint_config *config,
                                    const struct mlint_report_options *options,
                                    const char *header, struct mlint_error *error);

void mlint_section_done(struct mlint_section *section);
void mlint_section_clear(struct mlint_section *section);
/* All of it, with the references made numbers: base[0] is the first file's, base[1] the first
 * account's. */
void mlint_section_number(const struct mlint_section *section, const uint64_t base[2],
                          struct mlint_buf *out);

void mlint_chunk_init(struct mlint_chunk *chunk, const struct mlint_report *report);
void mlint_chunk_done(struct mlint_chunk *chunk);
void mlint_chunk_clear(struct mlint_chunk *chunk);

/* Hold back what the baseline knows of a finding between files. Returns true if it does; notes
 * it for a new one. */
bool mlint_cross_claim(struct mlint_report *report, const struct mlint_cross *cross);
/* Note the findings of a result that are final for a new baseline. */
void mlint_findings_note(struct mlint_chunk *chunk, const struct mlint_rendering *rendering,
                         const struct mlint_result *result);
/* Put the sections from 1 on behind one another. */
void mlint_report_put_together(struct mlint_report *report);

void mlint_facts_init(struct mlint_facts *facts, const struct mlint_allocator *allocator);
void mlint_facts_done(struct mlint_facts *facts);
/* Note the mailboxes of a result in the chunk; returns what the run decides, by account. */
const uint8_t *mlint_facts_note(struct mlint_chunk *chunk, struct mlint_result *result);
/* Take over a chunk's mailboxes; its files and accounts are numbered from these on. */
enum mlint_status mlint_facts_take(struct mlint_facts *facts, const struct mlint_chunk *chunk,
                                   uint64_t files, uint64_t accounts);
/* Judge them all, in the order of the report; stops when visit fails. */
enum mlint_status mlint_facts_judge(
    struct mlint_report *report,
    enum mlint_status (*visit)(struct mlint_report *report, const struct mlint_cross *cross));

#endif
