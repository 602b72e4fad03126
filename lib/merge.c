/* merge.c: streams of runs in, one report out. Streams are cut into groups (the lines of one
 * result), which are sorted by path; what the streams' own ends said across files is left out
 * and judged again. Every stream must have the same header and its trailer: a run that died, or
 * one with other rules, would make the whole a lie. */
#include "merge.h"

#include "base/num.h"
#include "report/records.h"
#include "report/run.h"
#include "report/sorter.h"

#include <stdarg.h>
#include <stdio.h>

#define SORTED_IN_MEMORY (16u << 20)
#define LONGEST_LINE (64u << 20)
#define READ_AT_LEAST (256u << 10)

struct mlint_merge {
    const struct mlint_allocator *allocator;
    struct mlint_config *config; /* as the streams' headers say */
    struct mlint_arena kept;     /* the header */
    struct mlint_str header;     /* {NULL, 0} before the first stream */
    struct mlint_sorter groups;
    struct mlint_result result; /* the group at hand */
    struct mlint_report *report;
    uint64_t milliseconds;
    bool incomplete;
    enum mlint_status status; /* sticky */
    struct mlint_error error;
};

/* One stream being read. */
struct stream {
    struct mlint_merge *merge;
    const char *name;
    uint64_t line;
    struct mlint_buf group;   /* its lines */
    struct mlint_buf path;    /* of its first file */
    struct mlint_arena arena; /* a line's */
    uint64_t files, accounts;
    uint64_t first; /* number of the group's first file */
    bool header, trailer, after_mailbox;
};

static enum mlint_status fail(struct mlint_merge *merge, enum mlint_status status,
                              const char *format, ...) __attribute__((format(printf, 3, 4)));

static enum mlint_status fail(struct mlint_merge *merge, enum mlint_status status,
                              const char *format, ...)
{
    va_list args;

    if (merge->status != MLINT_OK)
        return merge->status;
    merge->status = merge->error.status = status;
    va_start(args, format);
    vsnprintf(merge->error.message, sizeof(merge->error.message), format, args);
    va_end(args);
    for (char *c = merge->error.message; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = '?';
    }
    return status;
}

static enum mlint_status out_of_memory(struct mlint_merge *merge)
{
    return fail(merge, MLINT_E_NO_MEMORY, "out of memory");
}

static enum mlint_status answer(const struct mlint_merge *merge, struct mlint_error *error)
{
    if (error && merge->status != MLINT_OK)
        *error = merge->error;
    return merge->status;
}

/* A call that was wrong changes nothing. */
static enum mlint_status refuse(struct mlint_error *error, const char *message)
{
    return mlint_fail_with(error, MLINT_E_ARGUMENT, "%s", message);
}

/* ---- Headers and trailers ---- */

static void judge_nothing(void *user, struct mlint_judging *judging,
                          const struct mlint_account *account)
{
    (void)user, (void)judging, (void)account;
}

/* A rule of the streams' settings or host: known by name, as it has judged already. */
static void adopt_rule(struct mlint_config *config, const struct mlint_node *rule)
{
    struct mlint_host_rule host = { .struct_size = sizeof(host),
                                    .level = MLINT_WARNING,
                                    .check = judge_nothing };
    char id[64], brief[512];

    snprintf(id, sizeof(id), "%.*s", MLINT_STR_ARG(rule->name));
    snprintf(brief, sizeof(brief), "%.*s", MLINT_STR_ARG(rule->value));
    host.id = id;
    host.brief = brief;
    /* A name that cannot be one shows when a finding has it. */
    (void)!mlint_config_add_rule(config, &host, NULL);
}

/* Settings that say how the files were read and judged. No others: a stream comes from another
 * machine, and must not name plug-ins, folders or files to this one. */
static bool is_adopted(struct mlint_str name)
{
    static const char *const names[] = { "code-page",    "fail-on",    "include-disabled",
                                         "limit-memory", "limit-size", "min-interval",
                                         "protocols",    "provider",   "read-passwords" };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (mlint_str_eq(name, mlint_str_from(names[i])))
            return true;
    }
    return false;
}

/* The same rules at the same levels, and the settings that reports show. */
static void adopt(struct mlint_config *config, const struct mlint_node *header)
{
    const struct mlint_node *rules = mlint_node_get(header, "rules");
    const struct mlint_node *options = mlint_node_get(header, "options");
    const struct mlint_node *own = mlint_node_get(header, "own_rules");
    char text[128];

    for (const struct mlint_node *rule = own ? own->child : NULL; rule; rule = rule->next)
        adopt_rule(config, rule);

    for (const struct mlint_node *rule = rules ? rules->child : NULL; rule; rule = rule->next) {
        snprintf(text, sizeof(text), "%.*s=%.*s", MLINT_STR_ARG(rule->name),
                 MLINT_STR_ARG(rule->value));
        /* A rule or setting that this maillint lacks shows when a finding names it. */
        (void)!mlint_config_set(config, "severity", text, "stream", NULL);
    }
    for (const struct mlint_node *set = options ? options->child : NULL; set; set = set->next) {
        char name[64];

        if (!is_adopted(set->name) || set->value.len >= sizeof(text))
            continue;
        snprintf(name, sizeof(name), "%.*s", MLINT_STR_ARG(set->name));
        snprintf(text, sizeof(text), "%.*s", MLINT_STR_ARG(set->value));
        (void)!mlint_config_set(config, name, text, "stream", NULL);
    }
}

static enum mlint_status take_header(struct stream *stream, struct mlint_str line)
{
    struct mlint_merge *merge = stream->merge;
    const struct mlint_node *header = mlint_record_read(&stream->arena, line);

    if (!header || mlint_record_number(header, "schema", 0) != MLINT_SCHEMA)
        return fail(merge, MLINT_E_SETTINGS, "%s: is of another schema than %d", stream->name,
                    MLINT_SCHEMA);
    if (!mlint_record_flag(header, "facts"))
        return fail(merge, MLINT_E_SETTINGS, "%s: was made without --facts", stream->name);
    stream->header = true;
    if (merge->header.ptr) {
        if (!mlint_str_eq(merge->header, line))
            return fail(merge, MLINT_E_SETTINGS,
                        "%s: was made with other rules, settings or version than the first",
                        stream->name);
        return MLINT_OK;
    }
    merge->header = mlint_arena_copy(&merge->kept, line);
    adopt(merge->config, header);
    return merge->kept.failed ? out_of_memory(merge) : MLINT_OK;
}

static enum mlint_status take_trailer(struct stream *stream, struct mlint_str line)
{
    struct mlint_merge *merge = stream->merge;
    const struct mlint_node *trailer = mlint_record_read(&stream->arena, line);

    if (!trailer || mlint_record_number(trailer, "files", -1) != (int64_t)stream->files ||
        mlint_record_number(trailer, "accounts", -1) != (int64_t)stream->accounts)
        return fail(merge, MLINT_E_SETTINGS,
                    "%s: its trailer counts other files or accounts than it holds",
                    stream->name);
    stream->trailer = true;
    merge->incomplete |= mlint_record_flag(trailer, "incomplete");
    merge->milliseconds += (uint64_t)mlint_record_number(trailer, "milliseconds", 0);
    return MLINT_OK;
}

/* ---- Groups ---- */

static enum mlint_status close_group(struct stream *stream)
{
    struct mlint_merge *merge = stream->merge;
    enum mlint_status status = MLINT_OK;

    if (stream->group.failed || stream->path.failed)
        return out_of_memory(merge);
    if (stream->group.len)
        status =
            mlint_sorter_add(&merge->groups, mlint_str_make(stream->path.ptr, stream->path.len),
                             mlint_str_make(stream->group.ptr, stream->group.len));
    if (status != MLINT_OK)
        return fail(merge, status, "the temporary file cannot be written");
    mlint_buf_clear(&stream->group);
    mlint_buf_clear(&stream->path);
    stream->after_mailbox = false;
    return MLINT_OK;
}

static enum mlint_status take_file(struct stream *stream, struct mlint_str line)
{
    const struct mlint_node *file = mlint_record_read(&stream->arena, line);
    struct mlint_str path;

    if (!file)
        return fail(stream->merge, MLINT_E_SETTINGS, "%s:%llu: is no record of maillint",
                    stream->name, (unsigned long long)stream->line);
    path = mlint_record_text(file, "path");
    if (!mlint_record_flag(file, "member") && close_group(stream) != MLINT_OK)
        return stream->merge->status;
    if (!stream->group.len) {
        mlint_buf_str(&stream->path, path);
        stream->first = stream->files;
    }
    stream->files++;
    return MLINT_OK;
}

/* The word after {"type":" that every record of ours begins with, or nothing. */
static struct mlint_str type_of(struct mlint_str line)
{
    static const struct mlint_str start = MLINT_STR_INIT("{\"type\":\"");

    line = mlint_str_starts(line, start) ? mlint_str_sub(line, start.len, line.len)
                                         : MLINT_STR("");
    return mlint_str_sub(line, 0, mlint_str_find_char(line, '"'));
}

static bool is(struct mlint_str type, const char *word)
{
    return mlint_str_eq(type, mlint_str_from(word));
}

static enum mlint_status keep_line(struct stream *stream, struct mlint_str line)
{
    mlint_buf_str(&stream->group, line);
    mlint_buf_char(&stream->group, '\n');
    return stream->group.failed ? out_of_memory(stream->merge) : MLINT_OK;
}

/* Whether a verdict or finding is the stream's own view across files: behind the mailboxes of
 * the last group, or about a file before it. There are as many as accounts, so that no more
 * than the number is read; a quote inside a text would have a backslash. */
static bool is_across(const struct stream *stream, struct mlint_str line)
{
    static const struct mlint_str key = MLINT_STR_INIT("\"file\":");
    size_t at = mlint_str_find(line, key) + key.len, end = at;
    int64_t file;

    if (stream->after_mailbox)
        return true;
    while (end < line.len && line.ptr[end] >= '0' && line.ptr[end] <= '9')
        end++;
    return mlint_num_parse(mlint_str_sub(line, at, end), 10, &file) &&
           (uint64_t)file < stream->first;
}

static enum mlint_status take_line(struct stream *stream, struct mlint_str line)
{
    struct mlint_merge *merge = stream->merge;
    struct mlint_str type = type_of(line);

    stream->line++;
    mlint_arena_reset(&stream->arena);
    if (!line.len)
        return MLINT_OK;
    if (!stream->header && !is(type, "header"))
        return fail(merge, MLINT_E_SETTINGS, "%s: does not begin like a stream of maillint",
                    stream->name);
    if (!stream->header)
        return take_header(stream, line);
    if (stream->trailer)
        return fail(merge, MLINT_E_SETTINGS, "%s: goes on after its trailer", stream->name);
    if (is(type, "summary"))
        return take_trailer(stream, line);
    if (is(type, "file") && take_file(stream, line) != MLINT_OK)
        return merge->status;
    if ((is(type, "verdict") || is(type, "finding")) && is_across(stream, line))
        return MLINT_OK;
    stream->after_mailbox |= is(type, "mailbox");
    stream->accounts += is(type, "account");
    return stream->files ? keep_line(stream, line) : MLINT_OK;
}

/* ---- Reading ---- */

/* Every whole line of the window; what is left moves to its front. */
static void take_lines(struct stream *stream, struct mlint_buf *window)
{
    struct mlint_str rest = mlint_str_make(window->ptr, window->len);
    size_t end;

    while (stream->merge->status == MLINT_OK &&
           (end = mlint_str_find_char(rest, '\n')) < rest.len) {
        take_line(stream, mlint_str_sub(rest, 0, end));
        rest = mlint_str_sub(rest, end + 1, rest.len);
    }
    if (rest.len)
        memmove(window->ptr, rest.ptr, rest.len);
    window->len = rest.len;
}

static void read_stream(struct stream *stream,
                        int64_t (*read)(void *user, void *data, size_t length), void *user)
{
    struct mlint_merge *merge = stream->merge;
    struct mlint_buf window;
    int64_t got = 1;

    mlint_buf_init(&window, merge->allocator, LONGEST_LINE);
    while (got > 0 && merge->status == MLINT_OK) {
        if (window.len + READ_AT_LEAST > LONGEST_LINE) {
            fail(merge, MLINT_E_LIMIT, "%s:%llu: the line is too long", stream->name,
                 (unsigned long long)stream->line + 1);
            break;
        }
        if (!mlint_buf_reserve(&window, READ_AT_LEAST)) {
            out_of_memory(merge);
            break;
        }
        got = read(user, window.ptr + window.len, window.cap - window.len);
        if (got < 0 || (uint64_t)got > window.cap - window.len)
            fail(merge, MLINT_E_IO, "%s: cannot be read", stream->name);
        if (got > 0)
            window.len += (size_t)got;
        take_lines(stream, &window);
    }
    if (merge->status == MLINT_OK && (!stream->trailer || window.len))
        fail(merge, MLINT_E_SETTINGS,
             "%s: has no trailer: the run that wrote it did not end, do it again",
             stream->name);
    mlint_buf_done(&window);
}

enum mlint_status mlint_merge_add(struct mlint_merge *merge, const char *name,
                                  int64_t (*read)(void *user, void *data, size_t length),
                                  void *user, struct mlint_error *error)
{
    struct stream stream = { .merge = merge, .name = name };

    if (!merge || !name || !read)
        return refuse(error, "mlint_merge_add: an argument is NULL");
    if (merge->report)
        return refuse(error, "mlint_merge_add: the report was begun");
    mlint_buf_init(&stream.group, merge->allocator, 0);
    mlint_buf_init(&stream.path, merge->allocator, 0);
    mlint_arena_init(&stream.arena, merge->allocator, 0);
    read_stream(&stream, read, user);
    if (merge->status == MLINT_OK)
        close_group(&stream);
    mlint_buf_done(&stream.group);
    mlint_buf_done(&stream.path);
    mlint_arena_done(&stream.arena);
    return answer(merge, error);
}

/* ---- Writing ---- */

static enum mlint_status write_group(void *user, struct mlint_str path, struct mlint_str lines)
{
    struct mlint_merge *merge = user;
    struct mlint_arena arena = merge->result.arena;
    const char *problem = NULL;

    mlint_arena_reset(&arena);
    merge->result = (struct mlint_result){ .arena = arena, .config = merge->config };
    if (!mlint_result_told(&merge->result, lines, &problem)) {
        if (merge->result.arena.failed)
            return out_of_memory(merge);
        return fail(merge, MLINT_E_SETTINGS, "%.*s: %s", MLINT_STR_ARG(path), problem);
    }
    if (mlint_report_add(merge->report, &merge->result, &merge->error) != MLINT_OK)
        merge->status = merge->error.status;
    return merge->status;
}

enum mlint_status mlint_merge_report(struct mlint_merge *merge,
                                     const struct mlint_report_options *options,
                                     struct mlint_summary *summary, struct mlint_error *error)
{
    struct mlint_report_options with_facts;
    enum mlint_status status;

    if (!merge || !options || options->struct_size < sizeof(*options))
        return refuse(error, "mlint_merge_report: a wrong argument");
    if (merge->report)
        return refuse(error, "mlint_merge_report: the report was begun");
    if (merge->status == MLINT_OK && !merge->header.ptr)
        return refuse(error, "mlint_merge_report: there is no stream to merge");
    if (merge->status != MLINT_OK)
        return answer(merge, error);
    with_facts = *options;
    with_facts.facts = 1; /* what was merged can be merged again */
    status = mlint_report_open(&merge->report, merge->config, &with_facts, merge->header.ptr,
                               &merge->error);
    if (status == MLINT_E_ARGUMENT) /* another form may be asked for */
        return refuse(error, merge->error.message);
    merge->status = status;
    if (status != MLINT_OK)
        return answer(merge, error);
    status = mlint_sorter_each(&merge->groups, write_group, merge);
    if (status != MLINT_OK)
        fail(merge, status, "the temporary file cannot be read");
    if (merge->incomplete)
        mlint_report_interrupt(merge->report);
    if (merge->status == MLINT_OK)
        merge->status =
            mlint_report_finish(merge->report, merge->milliseconds, summary, &merge->error);
    return answer(merge, error);
}

/* ---- The life of a merge ---- */

enum mlint_status mlint_merge_new(struct mlint_merge **out,
                                  const struct mlint_allocator *allocator,
                                  struct mlint_error *error)
{
    struct mlint_config *config;
    struct mlint_merge *merge;
    enum mlint_status status;

    if (!out)
        return refuse(error, "mlint_merge_new: out is NULL");
    status = mlint_config_new(&config, allocator, error);
    if (status != MLINT_OK)
        return status;
    if (!allocator)
        allocator = mlint_allocator_default();
    merge = allocator->alloc(allocator->user, sizeof(*merge));
    if (!merge) {
        mlint_config_free(config);
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    }
    *merge = (struct mlint_merge){ .allocator = allocator, .config = config };
    mlint_arena_init(&merge->kept, allocator, 0);
    mlint_arena_init(&merge->result.arena, allocator, 0);
    mlint_sorter_init(&merge->groups, allocator, SORTED_IN_MEMORY, mlint_str_cmp, NULL);
    *out = merge;
    return MLINT_OK;
}

void mlint_merge_free(struct mlint_merge *merge)
{
    const struct mlint_allocator *allocator;

    if (!merge)
        return;
    allocator = merge->allocator;
    mlint_report_free(merge->report);
    mlint_sorter_done(&merge->groups);
    mlint_arena_done(&merge->kept);
    mlint_arena_done(&merge->result.arena);
    mlint_config_free(merge->config);
    allocator->free(allocator->user, merge);
}
