/* test_merge.c: streams of several runs, merged, give the report of one run over everything,
 * whatever the shares, their order and the number of steps; what cannot be merged is refused.
 */
#include "base/buf.h"
#include "test/counting.h"
#include "test/test.h"

#include "maillint/maillint.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* The inputs of every golden case. */
struct inputs {
    char **path; /* below testdata */
    size_t count, cap;
};

static void add_inputs(struct inputs *inputs, const char *folder)
{
    char *whole = mlint_test_path("testdata/%s", folder);
    struct mlint_test_names names = mlint_test_list(whole);

    for (size_t i = 0; i < names.count; i++) {
        char *path = mlint_test_print("%s/%s", folder, names.name[i]);
        char *real = mlint_test_path("testdata/%s", path);

        if (mlint_test_is_folder(real)) {
            add_inputs(inputs, path);
            free(path);
        } else {
            if (inputs->count == inputs->cap) {
                inputs->cap = inputs->cap ? inputs->cap * 2 : 64;
                inputs->path =
                    mlint_test_need(realloc(inputs->path, inputs->cap * sizeof(*inputs->path)));
            }
            inputs->path[inputs->count++] = path;
        }
        free(real);
    }
    mlint_test_names_free(&names);
    free(whole);
}

/* As a walk does: by the bytes of whole paths. */
static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_inputs(struct inputs *inputs)
{
    qsort(inputs->path, inputs->count, sizeof(*inputs->path), compare);
}

static void free_inputs(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        free(inputs->path[i]);
    free(inputs->path);
}

static int keep(void *user, const void *data, size_t length)
{
    mlint_buf_add(user, data, length);
    return 0;
}

static struct mlint_report_options options_for(const char *format, struct mlint_buf *out)
{
    mlint_buf_init(out, NULL, 0);
    return (struct mlint_report_options){ .struct_size = sizeof(struct mlint_report_options),
                                          .format = format,
                                          .facts = 1,
                                          .write = keep,
                                          .user = out };
}

/* Lint every input whose number leaves `share` over `shares`; rule: one to switch off, or NULL.
 */
static void run(const struct inputs *inputs, size_t share, size_t shares, const char *format,
                const char *ignore, struct mlint_buf *out)
{
    struct mlint_report_options options = options_for(format, out);
    char *root = mlint_test_path("testdata");
    int folder = open(root, O_RDONLY | O_DIRECTORY);
    struct mlint_config *config;
    struct mlint_linter *linter;
    struct mlint_report *report;

    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    if (ignore)
        ck_assert_int_eq(mlint_config_set(config, "ignore", ignore, "test", NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_report_new(&report, config, &options, NULL), MLINT_OK);
    for (size_t i = share; i < inputs->count; i += shares) {
        struct mlint_result *result;

        ck_assert_int_eq(
            mlint_check_file(linter, folder, inputs->path[i], NULL, NULL, 1, &result, NULL),
            MLINT_OK);
        ck_assert_int_eq(mlint_report_add(report, result, NULL), MLINT_OK);
        mlint_result_free(result);
    }
    ck_assert_int_eq(mlint_report_finish(report, 0, NULL, NULL), MLINT_OK);
    mlint_report_free(report);
    mlint_linter_free(linter);
    mlint_config_free(config);
    close(folder);
    free(root);
}

/* A stream given out in pieces of odd sizes. */
struct piece {
    struct mlint_str rest;
    size_t size;
};

static int64_t read_piece(void *user, void *data, size_t length)
{
    struct piece *piece = user;
    size_t len = piece->rest.len < piece->size ? piece->rest.len : piece->size;

    if (len > length)
        len = length;
    if (len)
        memcpy(data, piece->rest.ptr, len);
    piece->rest.ptr += len;
    piece->rest.len -= len;
    return (int64_t)len;
}

static enum mlint_status add(struct mlint_merge *merge, const char *name,
                             const struct mlint_buf *stream, struct mlint_error *error)
{
    struct piece piece = { mlint_str_make(stream->ptr, stream->len), 100003 };

    return mlint_merge_add(merge, name, read_piece, &piece, error);
}

static void merge_in_order(const struct mlint_buf *streams, const size_t *order, size_t count,
                           const char *format, struct mlint_buf *out)
{
    struct mlint_report_options options = options_for(format, out);
    struct mlint_error error = { .message = "" };
    struct mlint_merge *merge;

    ck_assert_int_eq(mlint_merge_new(&merge, NULL, &error), MLINT_OK);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(add(merge, "share", &streams[order[i]], &error) == MLINT_OK, "%s",
                      error.message);
    ck_assert_msg(mlint_merge_report(merge, &options, NULL, &error) == MLINT_OK, "%s",
                  error.message);
    mlint_merge_free(merge);
}

static void same(const char *what, struct mlint_buf *got, struct mlint_buf *wanted)
{
    size_t at = 0;

    while (at < got->len && at < wanted->len && got->ptr[at] == wanted->ptr[at])
        at++;
    ck_assert_msg(got->len == wanted->len && at == got->len,
                  "%s: differs at byte %zu\n got: %.*s\nwanted: %.*s", what, at,
                  (int)(got->len - at < 300 ? got->len - at : 300), got->ptr + at,
                  (int)(wanted->len - at < 300 ? wanted->len - at : 300), wanted->ptr + at);
}

static const struct {
    const char *format;
    size_t order[3];
} shares[] = {
    { "json", { 0, 1, 2 } },  { "json", { 2, 0, 1 } },   { "ndjson", { 1, 2, 0 } },
    { "sarif", { 2, 1, 0 } }, { "csv", { 0, 2, 1 } },    { "junit", { 1, 0, 2 } },
    { "html", { 0, 1, 2 } },  { "github", { 2, 1, 0 } }, { "text", { 1, 2, 0 } },
};

/* "   12 | a line" and what is under it, which a fix ends: streams do not carry lines of the
 * files, and without them a fix has a line of its own. */
static bool is_quoted(struct mlint_str line)
{
    size_t at = 0;

    if (mlint_str_starts(line, MLINT_STR("      = write ")))
        return true;
    while (at < line.len &&
           (line.ptr[at] == ' ' || (line.ptr[at] >= '0' && line.ptr[at] <= '9')))
        at++;
    return at >= 6 && at < line.len && line.ptr[at] == '|' && line.ptr[at - 1] == ' ';
}

static void drop_quoted(struct mlint_buf *text)
{
    struct mlint_str rest = mlint_str_make(text->ptr, text->len), line;
    size_t kept = 0;

    while (mlint_str_split(&rest, '\n', &line)) {
        if (is_quoted(line))
            continue;
        memmove(text->ptr + kept, line.ptr, line.len);
        text->ptr[kept + line.len] = '\n';
        kept += line.len + 1;
    }
    ck_assert_uint_lt(kept, text->len); /* or there was nothing to drop */
    text->len = kept;
}

START_TEST(merged_is_one)
{
    struct inputs inputs = { NULL, 0, 0 };
    struct mlint_buf streams[3], one, merged;

    add_inputs(&inputs, "formats");
    add_inputs(&inputs, "demo");
    ck_assert_uint_gt(inputs.count, 50);
    for (size_t i = 0; i < 3; i++)
        run(&inputs, i, 3, "ndjson", NULL, &streams[i]);
    merge_in_order(streams, shares[_i].order, 3, shares[_i].format, &merged);
    free_inputs(&inputs);
    inputs = (struct inputs){ NULL, 0, 0 };
    add_inputs(&inputs, "demo");
    add_inputs(&inputs, "formats");
    sort_inputs(&inputs);
    run(&inputs, 0, 1, shares[_i].format, NULL, &one);
    if (strcmp(shares[_i].format, "text") == 0) {
        drop_quoted(&one);
        drop_quoted(&merged);
    }
    same(shares[_i].format, &merged, &one);
    for (size_t i = 0; i < 3; i++)
        mlint_buf_done(&streams[i]);
    mlint_buf_done(&one);
    mlint_buf_done(&merged);
    free_inputs(&inputs);
}
END_TEST

/* Merging what was merged is merging everything. */
START_TEST(merges_in_steps)
{
    static const size_t order[] = { 0, 1, 2 };
    struct inputs inputs = { NULL, 0, 0 };
    struct mlint_buf streams[3], two[2], once, twice;

    add_inputs(&inputs, "demo");
    for (size_t i = 0; i < 3; i++)
        run(&inputs, i, 3, "ndjson", NULL, &streams[i]);
    merge_in_order(streams, order, 3, "ndjson", &once);
    merge_in_order(streams + 1, order, 2, "ndjson", &two[0]);
    two[1] = streams[0];
    merge_in_order(two, order, 2, "ndjson", &twice);
    same("in two steps", &twice, &once);
    for (size_t i = 0; i < 3; i++)
        mlint_buf_done(&streams[i]);
    mlint_buf_done(&two[0]);
    mlint_buf_done(&once);
    mlint_buf_done(&twice);
    free_inputs(&inputs);
}
END_TEST

static enum mlint_status try_two(const struct mlint_buf *first, const struct mlint_buf *second,
                                 struct mlint_error *error)
{
    struct mlint_merge *merge;
    enum mlint_status status;

    ck_assert_int_eq(mlint_merge_new(&merge, NULL, NULL), MLINT_OK);
    status = add(merge, "first", first, error);
    if (status == MLINT_OK)
        status = add(merge, "second", second, error);
    mlint_merge_free(merge);
    return status;
}

static void refused(const struct mlint_buf *first, const struct mlint_buf *second,
                    const char *why)
{
    struct mlint_error error = { .message = "" };

    ck_assert_int_eq(try_two(first, second, &error), MLINT_E_SETTINGS);
    ck_assert_msg(strstr(error.message, "second: ") && strstr(error.message, why),
                  "said \"%s\", wanted \"%s\"", error.message, why);
}

START_TEST(refuses)
{
    struct inputs inputs = { NULL, 0, 0 };
    struct mlint_buf good, other, bad;
    const char *trailer;

    add_inputs(&inputs, "demo");
    run(&inputs, 0, 1, "ndjson", NULL, &good);
    run(&inputs, 0, 1, "ndjson", "no-spa", &other);
    refused(&good, &other, "other rules");
    bad = good;
    mlint_buf_char(&good, '\0');
    good.len--;
    trailer = strstr(good.ptr, "{\"type\":\"summary\"");
    ck_assert_ptr_nonnull(trailer);
    bad.len = (size_t)(trailer - good.ptr);
    bad.ptr = good.ptr;
    refused(&good, &bad, "no trailer");
    bad.len = good.len - 1;
    refused(&good, &bad, "no trailer");
    bad = (struct mlint_buf){ .ptr = (char *)(uintptr_t) "hello\n", .len = 6 };
    refused(&good, &bad, "does not begin");
    mlint_buf_done(&good);
    mlint_buf_done(&other);
    free_inputs(&inputs);
}
END_TEST

/* So many lints of the demo profile, and last a file in which there is no mailbox or one. */
static struct inputs long_run(const char *last)
{
    struct inputs inputs = { mlint_test_need(calloc(3001, sizeof(char *))), 3001, 3001 };

    for (size_t i = 0; i < 3000; i++)
        inputs.path[i] = mlint_test_print("demo/thunderbird/prefs.js");
    inputs.path[3000] = mlint_test_print("%s", last);
    return inputs;
}

static size_t peak_of_merging(const char *last)
{
    struct inputs inputs = long_run(last);
    struct mlint_counting counting;
    struct mlint_buf stream, out;
    struct mlint_report_options options;
    struct mlint_merge *merge;

    run(&inputs, 0, 1, "ndjson", NULL, &stream);
    options = options_for("text", &out);
    mlint_counting_init(&counting, 0);
    ck_assert_int_eq(mlint_merge_new(&merge, &counting.allocator, NULL), MLINT_OK);
    ck_assert_int_eq(add(merge, "long", &stream, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_merge_report(merge, &options, NULL, NULL), MLINT_OK);
    mlint_merge_free(merge);
    mlint_buf_done(&stream);
    mlint_buf_done(&out);
    free_inputs(&inputs);
    return counting.peak_bytes;
}

/* What a stream says at its end of all its accounts, megabytes here, is not kept as part of its
 * last file; a buffer may double once more for either. */
START_TEST(ends_take_no_memory)
{
    size_t usual = peak_of_merging("demo/thunderbird/prefs.js");
    size_t bare = peak_of_merging("formats/mozilla-autoconfig/alternatives/input.xml");

    ck_assert_msg(bare < usual + (512u << 10),
                  "%zu bytes, and %zu without a mailbox at the end", usual, bare);
}
END_TEST

/* Whatever a stream holds: an error or a report, nothing else. */
START_TEST(survives_damage)
{
    struct inputs inputs = { NULL, 0, 0 };
    struct mlint_buf stream, out;
    uint32_t random = 1;

    add_inputs(&inputs, "demo");
    run(&inputs, 0, 1, "ndjson", NULL, &stream);
    for (int round = 0; round < 300; round++) {
        struct mlint_report_options options = options_for("json", &out);
        struct mlint_merge *merge;
        size_t at = (random = random * 1664525u + 1013904223u) % stream.len;
        char was = stream.ptr[at];

        stream.ptr[at] = "0\"{}[]:,x9"[(random >> 16) % 10];
        ck_assert_int_eq(mlint_merge_new(&merge, NULL, NULL), MLINT_OK);
        if (add(merge, "damaged", &stream, NULL) == MLINT_OK)
            (void)!mlint_merge_report(merge, &options, NULL, NULL);
        mlint_merge_free(merge);
        mlint_buf_done(&out);
        stream.ptr[at] = was;
    }
    mlint_buf_done(&stream);
    free_inputs(&inputs);
}
END_TEST

MLINT_SUITE(merge)
{
    Suite *suite = suite_create("merge");

    MLINT_TEST_ROWS(suite, merged_is_one, shares);
    MLINT_TEST(suite, merges_in_steps);
    MLINT_TEST(suite, refuses);
    MLINT_TEST(suite, ends_take_no_memory);
    MLINT_TEST(suite, survives_damage);
    return suite;
}
