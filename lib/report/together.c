/* together.c: a report's sections, spooled until its end, as the lists of one document. */
#include "report/run.h"

/* One list being written from its sections. Items begin with "\n,": the first loses that, and
 * what comes after the last one allowed is only counted. */
struct listing {
    struct mlint_report *report;
    uint64_t items;
    bool begun;
};

static int pass_on(void *user, const void *data, size_t len)
{
    struct listing *listing = user;
    struct mlint_report *report = listing->report;
    uint64_t most = report->reporter->most_items;
    const char *next = data, *end = next + len, *stop = end;

    for (const char *at = next; most && (at = memchr(at, '\n', (size_t)(end - at))); at++) {
        if (++listing->items == most + 1)
            stop = at;
    }
    if (most && listing->items > most && stop == end)
        return 0;
    if (!listing->begun)
        next += 2;
    listing->begun = true;
    return report->options.write(report->options.user, next, (size_t)(stop - next));
}

void mlint_report_put_together(struct mlint_report *report)
{
    struct listing listing = { .report = report };

    for (unsigned i = 1; i < report->reporter->sections && report->status == MLINT_OK; i++) {
        const char *before = report->reporter->frame(i);

        if (before) {
            listing = (struct listing){ .report = report };
            if (report->options.write(report->options.user, before, strlen(before)))
                report->status = MLINT_E_IO;
        }
        if (report->status == MLINT_OK)
            report->status = mlint_spool_each(&report->spool[i], pass_on, &listing);
        if (report->reporter->most_items && listing.items > report->reporter->most_items)
            report->left_out = listing.items - report->reporter->most_items;
    }
    report->some = listing.begun;
}
