/* report.c: a run over many results: renders them in any thread, appends them in order, and
 * puts the sections together at the end. What a report looks like is the reporters' affair. */
#include "report/run.h"

#include "base/error.h"
#include "model/words.h"

static enum mlint_status refuse(struct mlint_error *error, enum mlint_status status,
                                const char *message)
{
    return status == MLINT_OK ? MLINT_OK : mlint_fail_with(error, status, "%s", message);
}

size_t mlint_report_format_count(void)
{
    size_t count = 0;

    while (mlint_reporters[count])
        count++;
    return count;
}

const char *mlint_report_format_at(size_t index)
{
    return index < mlint_report_format_count() ? mlint_reporters[index]->id : NULL;
}

static const struct mlint_reporter *find(const char *id)
{
    for (size_t i = 0; id && mlint_reporters[i]; i++) {
        if (strcmp(mlint_reporters[i]->id, id) == 0)
            return mlint_reporters[i];
    }
    return NULL;
}

/* ---- Chunks ---- */

static const struct mlint_allocator *allocator_of(const struct mlint_report *report)
{
    return report->config->allocator;
}

void mlint_chunk_init(struct mlint_chunk *chunk, const struct mlint_report *report)
{
    *chunk = (struct mlint_chunk){ .report = report };
    for (unsigned i = 0; i < MLINT_REPORT_SECTIONS; i++)
        mlint_buf_init(&chunk->section[i].bytes, allocator_of(report), 0);
    mlint_buf_init(&chunk->alone.bytes, allocator_of(report), 0);
    mlint_buf_init(&chunk->words, allocator_of(report), 0);
    mlint_buf_init(&chunk->noted, allocator_of(report), 0);
    mlint_arena_init(&chunk->arena, allocator_of(report), 0);
}

void mlint_chunk_done(struct mlint_chunk *chunk)
{
    const struct mlint_allocator *allocator = allocator_of(chunk->report);

    for (unsigned i = 0; i < MLINT_REPORT_SECTIONS; i++)
        mlint_section_done(&chunk->section[i]);
    mlint_section_done(&chunk->alone);
    mlint_buf_done(&chunk->words);
    mlint_buf_done(&chunk->noted);
    mlint_arena_done(&chunk->arena);
    allocator->free(allocator->user, chunk->mailboxes);
}

void mlint_chunk_clear(struct mlint_chunk *chunk)
{
    for (unsigned i = 0; i < MLINT_REPORT_SECTIONS; i++)
        mlint_section_clear(&chunk->section[i]);
    mlint_section_clear(&chunk->alone);
    mlint_buf_clear(&chunk->words);
    mlint_buf_clear(&chunk->noted);
    mlint_arena_reset(&chunk->arena);
    chunk->mailbox_count = 0;
    chunk->summary = (struct mlint_summary){ 0 };
    chunk->results = chunk->files = chunk->accounts = 0;
    chunk->sections = 0;
    chunk->failed = chunk->claimed = false;
}

enum mlint_status mlint_chunk_new(struct mlint_chunk **out, const struct mlint_report *report)
{
    struct mlint_chunk *chunk;

    if (!out || !report)
        return MLINT_E_ARGUMENT;
    chunk = allocator_of(report)->alloc(allocator_of(report)->user, sizeof(*chunk));
    if (!chunk)
        return MLINT_E_NO_MEMORY;
    mlint_chunk_init(chunk, report);
    *out = chunk;
    return MLINT_OK;
}

void mlint_chunk_free(struct mlint_chunk *chunk)
{
    const struct mlint_allocator *allocator;

    if (!chunk)
        return;
    allocator = allocator_of(chunk->report);
    mlint_chunk_done(chunk);
    allocator->free(allocator->user, chunk);
}

/* ---- Rendering ---- */

static void count_file(struct mlint_summary *summary, const struct mlint_file *file)
{
    summary->files++;
    summary->recognised += file->format && file->status != MLINT_FILE_UNRECOGNISED;
    summary->unrecognised += file->status == MLINT_FILE_UNRECOGNISED;
    summary->damaged += file->status == MLINT_FILE_DAMAGED;
    summary->unreadable += file->status == MLINT_FILE_UNREADABLE;
    summary->limit += file->status == MLINT_FILE_LIMIT;
}

static void count_level(struct mlint_summary *summary, enum mlint_level level)
{
    summary->errors += level == MLINT_ERROR;
    summary->warnings += level == MLINT_WARNING;
    summary->notes += level == MLINT_NOTE;
}

/* Only what is final; the rest is counted when the run ends. */
static void count(const struct mlint_rendering *rendering, struct mlint_summary *summary,
                  const struct mlint_result *result)
{
    for (size_t i = 0; i < result->file_count; i++)
        count_file(summary, result->files[i]);
    summary->accounts += result->account_count;
    for (size_t i = 0; i < result->account_count; i++)
        summary->not_live += mlint_account_not_live(result->accounts[i]) != NULL;
    for (size_t i = 0; i < result->finding_count; i++) {
        if (mlint_finding_shown(rendering, result->findings[i]))
            count_level(summary, result->findings[i]->level);
        summary->held_back += rendering->held && rendering->held[result->findings[i]->number];
    }
    for (size_t i = 0; i < result->verdict_count; i++) {
        if (result->verdicts[i].kind == MLINT_UNKNOWN &&
            mlint_verdict_shown(rendering, &result->verdicts[i]))
            summary->unknown++;
    }
}

/* Whether a run of this result alone would say more here than a run of many; what is held back
 * may make it do so for nothing. */
static bool differs_alone(const struct mlint_report *report,
                          const struct mlint_rendering *rendering,
                          const struct mlint_result *result)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        if (!mlint_finding_shown(rendering, result->findings[i]))
            return true;
    }
    for (size_t i = 0; report->reporter->in_place && i < result->verdict_count; i++) {
        if (!mlint_verdict_shown(rendering, &result->verdicts[i]))
            return true;
    }
    return false;
}

static struct mlint_rendering rendering_of(const struct mlint_report *report,
                                           struct mlint_chunk *chunk)
{
    return (struct mlint_rendering){
        .options = &report->options,
        .config = report->config,
        .header = report->header,
        .arena = &chunk->arena,
        .sections = chunk->section,
        .files = chunk->files,
        .accounts = chunk->accounts,
        .incomplete = report->incomplete,
        .some = report->some,
        .left_out = report->left_out,
    };
}

static bool went_wrong(const struct mlint_chunk *chunk)
{
    bool failed = chunk->arena.failed || chunk->words.failed || chunk->noted.failed ||
                  chunk->alone.bytes.failed;

    for (unsigned i = 0; i < MLINT_REPORT_SECTIONS; i++)
        failed |= chunk->section[i].bytes.failed;
    return failed || chunk->failed;
}

enum mlint_status mlint_report_render(const struct mlint_report *report,
                                      const struct mlint_result *result,
                                      struct mlint_chunk *chunk)
{
    const struct mlint_reporter *reporter;
    struct mlint_rendering rendering;

    if (!report || !result || !chunk || chunk->report != report ||
        (report->options.baseline && !chunk->claimed))
        return MLINT_E_ARGUMENT;
    reporter = report->reporter;
    if (!chunk->claimed) {
        mlint_arena_reset(&chunk->arena);
        /* Paths of places are made on demand, in the result's own arena. */
        chunk->deferred = mlint_facts_note(chunk, (struct mlint_result *)(uintptr_t)result);
        chunk->held = chunk->held_alone = NULL;
    }
    rendering = rendering_of(report, chunk);
    rendering.deferred = chunk->deferred;
    rendering.held = chunk->held;
    chunk->claimed = false;
    count(&rendering, &chunk->summary, result);
    if (report->holding.records)
        mlint_findings_note(chunk, &rendering, result);
    if (reporter->result)
        reporter->result(&rendering, result);
    if (reporter->alone && !chunk->results && differs_alone(report, &rendering, result)) {
        rendering.deferred = NULL;
        rendering.held = chunk->held_alone;
        rendering.sections = &chunk->alone;
        reporter->result(&rendering, result);
    }
    for (size_t i = 0; i < result->file_count; i++)
        chunk->sections |= result->files[i]->sections;
    chunk->results++;
    chunk->files += (uint32_t)result->file_count;
    chunk->accounts += (uint32_t)result->account_count;
    chunk->failed = went_wrong(chunk) || result->arena.failed;
    return chunk->failed ? MLINT_E_NO_MEMORY : MLINT_OK;
}

/* ---- Appending ---- */

static enum mlint_status write_out(struct mlint_report *report, unsigned section,
                                   const char *data, size_t len)
{
    if (!len || report->status != MLINT_OK)
        return report->status;
    /* Lists in section 0 are written as they come; the others when they are put together. */
    if (!section && report->reporter->frame && !report->in_list && data[0] == '\n')
        data += 2, len -= 2;
    report->in_list |= !section && report->begun;
    if (section)
        report->status = mlint_spool_add(&report->spool[section], data, len);
    else if (report->options.write(report->options.user, data, len))
        report->status = MLINT_E_IO;
    return report->status;
}

/* A section with its references made numbers. */
static enum mlint_status put_section(struct mlint_report *report, unsigned number,
                                     struct mlint_section *section)
{
    const uint64_t base[2] = { report->files, report->accounts };

    if (!section->count)
        return write_out(report, number, section->bytes.ptr, section->bytes.len);
    mlint_section_number(section, base, &report->numbered);
    if (report->numbered.failed)
        report->status = MLINT_E_NO_MEMORY;
    return write_out(report, number, report->numbered.ptr, report->numbered.len);
}

static void add_summary(struct mlint_summary *to, const struct mlint_summary *from)
{
    to->files += from->files;
    to->recognised += from->recognised;
    to->accounts += from->accounts;
    to->not_live += from->not_live;
    to->errors += from->errors;
    to->warnings += from->warnings;
    to->notes += from->notes;
    to->unknown += from->unknown;
    to->unrecognised += from->unrecognised;
    to->damaged += from->damaged;
    to->unreadable += from->unreadable;
    to->limit += from->limit;
    to->held_back += from->held_back;
}

static void swap(struct mlint_buf *a, struct mlint_buf *b)
{
    struct mlint_buf c = *a;

    *a = *b;
    *b = c;
}

/* The first result waits while it may be the only one. */
static void hold(struct mlint_report *report, struct mlint_chunk *chunk)
{
    swap(&report->held, &chunk->section[0].bytes);
    swap(&report->held_alone, &chunk->alone.bytes);
}

static void let_go(struct mlint_report *report, bool alone)
{
    struct mlint_buf *held = alone ? &report->held_alone : &report->held;

    write_out(report, 0, held->ptr, held->len);
    mlint_buf_clear(&report->held);
    mlint_buf_clear(&report->held_alone);
}

enum mlint_status mlint_report_append(struct mlint_report *report, struct mlint_chunk *chunk,
                                      struct mlint_error *error)
{
    if (!report || !chunk || chunk->report != report)
        return refuse(error, MLINT_E_ARGUMENT, "mlint_report_append: a wrong argument");
    if (report->finished)
        return refuse(error, MLINT_E_ARGUMENT, "mlint_report_append: the report is finished");
    if (chunk->failed && report->status == MLINT_OK)
        report->status = MLINT_E_NO_MEMORY;
    if (report->status == MLINT_OK)
        report->status =
            mlint_facts_take(&report->facts, chunk, report->files, report->accounts);
    if (report->status == MLINT_OK)
        report->status = mlint_holding_take(&report->holding,
                                            mlint_str_make(chunk->noted.ptr, chunk->noted.len));
    if (!report->results && chunk->results == 1 && chunk->alone.bytes.len)
        hold(report, chunk);
    else if (report->held_alone.len)
        let_go(report, false);
    for (unsigned i = 0; i < report->reporter->sections && report->status == MLINT_OK; i++)
        put_section(report, i, &chunk->section[i]);
    add_summary(&report->summary, &chunk->summary);
    report->sections |= chunk->sections;
    report->results += chunk->results;
    report->files += chunk->files;
    report->accounts += chunk->accounts;
    mlint_chunk_clear(chunk);
    return refuse(error, report->status, "the report could not be written");
}

enum mlint_status mlint_report_add(struct mlint_report *report,
                                   const struct mlint_result *result, struct mlint_error *error)
{
    enum mlint_status status;

    if (!report || !result)
        return refuse(error, MLINT_E_ARGUMENT, "mlint_report_add: an argument is NULL");
    if (report->finished)
        return refuse(error, MLINT_E_ARGUMENT, "mlint_report_add: the report is finished");
    status = mlint_report_claim(report, result, &report->own);
    if (status == MLINT_OK)
        status = mlint_report_render(report, result, &report->own);
    if (status != MLINT_OK)
        return refuse(error, status, mlint_status_text(status));
    return mlint_report_append(report, &report->own, error);
}

/* ---- The life of a report ---- */

static void flush(struct mlint_report *report)
{
    for (unsigned i = 0; i < report->reporter->sections; i++)
        put_section(report, i, &report->own.section[i]);
    if (went_wrong(&report->own) && report->status == MLINT_OK)
        report->status = MLINT_E_NO_MEMORY;
    mlint_chunk_clear(&report->own);
}

enum mlint_status mlint_report_new(struct mlint_report **out, const struct mlint_config *config,
                                   const struct mlint_report_options *options,
                                   struct mlint_error *error)
{
    return mlint_report_open(out, config, options, NULL, error);
}

enum mlint_status mlint_report_open(struct mlint_report **out,
                                    const struct mlint_config *config,
                                    const struct mlint_report_options *options,
                                    const char *header, struct mlint_error *error)
{
    const struct mlint_reporter *reporter;
    struct mlint_rendering rendering;
    struct mlint_report *report;

    if (!out || !config || !options || options->struct_size < sizeof(*options) ||
        !options->write)
        return refuse(error, MLINT_E_ARGUMENT, "mlint_report_new: a wrong argument");
    reporter = find(options->format);
    if (!reporter)
        return refuse(error, MLINT_E_ARGUMENT, "no report format has that name");
    report = config->allocator->alloc(config->allocator->user, sizeof(*report));
    if (!report)
        return refuse(error, MLINT_E_NO_MEMORY, "out of memory");
    *report = (struct mlint_report){
        .config = config, .reporter = reporter, .options = *options, .header = header
    };
    for (unsigned i = 0; i < MLINT_REPORT_SECTIONS; i++)
        mlint_spool_init(&report->spool[i], config->allocator);
    mlint_facts_init(&report->facts, config->allocator);
    mlint_buf_init(&report->numbered, config->allocator, 0);
    mlint_buf_init(&report->held, config->allocator, 0);
    mlint_buf_init(&report->held_alone, config->allocator, 0);
    mlint_chunk_init(&report->own, report);
    report->status = mlint_holding_init(&report->holding, config->allocator, options);
    rendering = rendering_of(report, &report->own);
    if (reporter->begin)
        reporter->begin(&rendering);
    flush(report);
    report->begun = true;
    if (report->status != MLINT_OK) {
        enum mlint_status status = report->status;
        mlint_report_free(report);
        return refuse(error, status, "the report could not be begun");
    }
    *out = report;
    return MLINT_OK;
}

void mlint_report_interrupt(struct mlint_report *report)
{
    if (report)
        report->incomplete = true;
}

static enum mlint_status take_cross(struct mlint_report *report,
                                    const struct mlint_cross *found)
{
    struct mlint_rendering rendering = rendering_of(report, &report->own);
    const struct mlint_cross *cross = found;
    struct mlint_cross held;
    enum mlint_status status;

    if (mlint_cross_claim(report, found)) {
        held = *found;
        held.message = NULL;
        held.reason = mlint_held_back;
        cross = &held;
        report->summary.held_back++;
    }
    if (cross->message)
        count_level(&report->summary, cross->level);
    report->summary.unknown += cross->verdict == MLINT_UNKNOWN;
    /* A run of one result has said everything where it belongs. */
    if (report->reporter->cross && !report->held_alone.len) {
        rendering.first = !report->crossed;
        report->reporter->cross(&rendering, cross);
        report->crossed |= !rendering.first;
        report->asked = true;
    }
    if (went_wrong(&report->own))
        return MLINT_E_NO_MEMORY;
    mlint_arena_reset(&report->own.arena);
    status = mlint_holding_take(&report->holding,
                                mlint_str_make(report->own.noted.ptr, report->own.noted.len));
    if (status != MLINT_OK)
        return status;
    mlint_buf_clear(&report->own.noted);
    for (unsigned i = 0; i < report->reporter->sections; i++) {
        if (report->own.section[i].bytes.len < 65536)
            continue;
        put_section(report, i, &report->own.section[i]);
        mlint_section_clear(&report->own.section[i]);
    }
    return report->status;
}

static void finish_holding(struct mlint_report *report)
{
    if (report->incomplete || report->status != MLINT_OK)
        return;
    report->summary.unused_suppressions =
        mlint_holding_unused(&report->holding, report->config, &report->options,
                             &report->own.arena) +
        mlint_sections_unused(report->config, report->sections, &report->options,
                              &report->own.arena);
    report->status = mlint_holding_write(&report->holding, &report->options);
}

enum mlint_status mlint_report_finish(struct mlint_report *report, uint64_t milliseconds,
                                      struct mlint_summary *summary, struct mlint_error *error)
{
    struct mlint_rendering rendering;

    if (!report)
        return refuse(error, MLINT_E_ARGUMENT, "mlint_report_finish: report is NULL");
    if (report->finished)
        return refuse(error, MLINT_E_ARGUMENT, "mlint_report_finish: the report is finished");
    report->finished = true;
    report->summary.milliseconds = milliseconds;
    if (report->status == MLINT_OK)
        report->status = mlint_facts_judge(report, take_cross);
    if (report->held_alone.len)
        let_go(report, true);
    flush(report);
    finish_holding(report);
    mlint_report_put_together(report);
    rendering = rendering_of(report, &report->own);
    rendering.first = report->asked && !report->crossed;
    if (report->reporter->end && report->status == MLINT_OK) {
        report->reporter->end(&rendering, &report->summary);
        report->in_list = true; /* the end is no item */
        flush(report);
    }
    if (summary && report->status == MLINT_OK)
        *summary = report->summary;
    return refuse(error, report->status, "the report could not be written");
}

void mlint_report_free(struct mlint_report *report)
{
    const struct mlint_allocator *allocator;

    if (!report)
        return;
    allocator = allocator_of(report);
    for (unsigned i = 0; i < MLINT_REPORT_SECTIONS; i++)
        mlint_spool_done(&report->spool[i]);
    mlint_facts_done(&report->facts);
    mlint_holding_done(&report->holding);
    mlint_buf_done(&report->numbered);
    mlint_buf_done(&report->held);
    mlint_buf_done(&report->held_alone);
    mlint_chunk_done(&report->own);
    allocator->free(allocator->user, report);
}
