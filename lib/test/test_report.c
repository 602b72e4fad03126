/* test_report.c: the parts that reports are made of: excerpts, escapes, sorting on disk, chunks
 * that many threads render, and mailboxes compared over a whole run. */
#include "base/buf.h"
#include "model/masks.h"
#include "report/escapes.h"
#include "report/excerpt.h"
#include "report/json_out.h"
#include "report/run.h"
#include "report/sorter.h"
#include "report/spool.h"
#include "test/test.h"

#include "maillint/maillint.h"

#include <pthread.h>
#include <stdio.h>

/* ---- Excerpts ---------------------------------------------------------------------------- */

#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct {
    const char *name, *text;
    struct mlint_span place, secret;
    const char *wanted;
} excerpts[] = {
    { "plain",
      "first\nuser = Jane\n",
      { 13, 17 },
      { 0, 0 },
      "    2 | user = Jane\n      |        ^~~~\n" },
    { "one character", "a = 1", { 4, 5 }, { 0, 0 }, "    1 | a = 1\n      |     ^\n" },
    { "at the line's end", "a =\nb", { 3, 3 }, { 0, 0 }, "    1 | a =\n      |    ^\n" },
    { "wide characters",
      "\xE6\x97\xA5\xE6\x9C\xAC = x",
      { 9, 10 },
      { 0, 0 },
      "    1 | \xE6\x97\xA5\xE6\x9C\xAC = x\n      |        ^\n" },
    { "wide and marked",
      "\xE6\x97\xA5",
      { 0, 3 },
      { 0, 0 },
      "    1 | \xE6\x97\xA5\n      | ^~\n" },
    { "combining",
      "e\xCC\x81 = x",
      { 6, 7 },
      { 0, 0 },
      "    1 | e\xCC\x81 = x\n      |     ^\n" },
    { "tab counts one column", "\tx", { 1, 2 }, { 0, 0 }, "    1 |  x\n      |  ^\n" },
    { "escape sequence",
      "\x1B[31mx",
      { 5, 6 },
      { 0, 0 },
      "    1 | \xE2\x90\x9B[31mx\n      |      ^\n" },
    { "bidirectional override",
      "\xE2\x80\xAEx",
      { 3, 4 },
      { 0, 0 },
      "    1 | \xEF\xBF\xBDx\n      |  ^\n" },
    { "secret beside it",
      "user=jane pw=abc;",
      { 5, 9 },
      { 13, 16 },
      "    1 | user=jane pw=********;\n      |      ^~~~\n" },
    { "secret itself, any length",
      "pw=a-very-long-pass-phrase",
      { 3, 26 },
      { 3, 26 },
      "    1 | pw=********\n      |    ^~~~~~~~\n" },
    { "secret begins inside the place",
      "pw=abcdef",
      { 3, 9 },
      { 5, 9 },
      "    1 | pw=ab********\n      |    ^~~~~~~~~~\n" },
    { "several lines",
      "a = \"one\ntwo\"",
      { 5, 12 },
      { 0, 0 },
      "    1 | a = \"one\n      |      ^~~\n" },
    { "blank line", "\n\n", { 0, 0 }, { 0, 0 }, "" },
    { "long line, cut behind",
      "x " HUNDRED HUNDRED,
      { 0, 1 },
      { 0, 0 },
      "    1 | x " HUNDRED TEN TEN TEN TEN TEN "01234567\xE2\x80\xA6\n      | ^\n" },
    { "long line, cut at both ends",
      HUNDRED "x" HUNDRED HUNDRED,
      { 100, 101 },
      { 0, 0 },
      "    1 | \xE2\x80\xA6" TEN TEN TEN TEN "x" HUNDRED TEN "012345678\xE2\x80\xA6\n"
      "      |                                          ^\n" },
};

START_TEST(quotes_lines)
{
    struct mlint_arena arena;
    struct mlint_buf out;
    struct mlint_source source;
    struct mlint_source *sources[] = { &source };
    struct mlint_result result = { .sources = sources, .source_count = 1 };
    struct mlint_place place = { .located = true, .span = excerpts[_i].place };

    mlint_arena_init(&arena, NULL, 0);
    mlint_buf_init(&out, NULL, 0);
    mlint_source_init(&source, MLINT_STR("file"), mlint_str_from(excerpts[_i].text));
    ck_assert(mlint_source_decode(&source, &arena, 0));
    if (excerpts[_i].secret.end)
        mlint_source_hide(&source, &arena, excerpts[_i].secret);
    mlint_arena_init(&result.arena, NULL, 0);
    mlint_result_find_masks(&result);
    mlint_excerpt(&out, &arena, &result, &place);
    mlint_assert_str(excerpts[_i].name, mlint_str_make(out.ptr, out.len),
                     mlint_str_from(excerpts[_i].wanted));
    mlint_buf_done(&out);
    mlint_arena_done(&arena);
    mlint_arena_done(&result.arena);
}
END_TEST

/* Ten thousand quotes of one line need the memory of one. */
START_TEST(keeps_nothing_of_a_quote)
{
    struct mlint_source source;
    struct mlint_source *sources[] = { &source };
    struct mlint_result result = { .sources = sources, .source_count = 1 };
    struct mlint_place place = { .located = true, .span = { 7502, 7503 } };
    struct mlint_arena arena, scratch;
    struct mlint_buf text, out;

    mlint_arena_init(&arena, NULL, 0);
    mlint_arena_init(&scratch, NULL, 0);
    mlint_arena_init(&result.arena, NULL, 0);
    mlint_buf_init(&text, NULL, 0);
    mlint_buf_init(&out, NULL, 0);
    for (unsigned i = 0; i < 3000; i++)
        mlint_buf_text(&text, "a=bc ");
    mlint_source_init(&source, MLINT_STR("file"), mlint_str_make(text.ptr, text.len));
    for (uint32_t at = 2; at < text.len; at += 5)
        mlint_source_hide(&source, &arena, (struct mlint_span){ at, at + 2 });
    mlint_result_find_masks(&result);
    mlint_excerpt(&out, &scratch, &result, &place);
    mlint_assert_str("excerpt", mlint_str_make(out.ptr, out.len),
                     MLINT_STR("    1 | \xE2\x80\xA6 a=******** a=\xE2\x80\xA6\n"
                               "      |     ^~~~~~~~\n"));
    ck_assert_uint_eq(scratch.used, 0);
    mlint_buf_done(&out);
    mlint_buf_done(&text);
    mlint_arena_done(&result.arena);
    mlint_arena_done(&scratch);
    mlint_arena_done(&arena);
}
END_TEST

/* Masks that are found when they are asked for, and no memory left for them. */
START_TEST(quotes_nothing_without_masks)
{
    struct mlint_source source;
    struct mlint_source *sources[] = { &source };
    struct mlint_result result = { .sources = sources, .source_count = 1, .masks_due = true };
    struct mlint_place place = { .located = true, .span = { 5, 9 } };
    struct mlint_location location;
    struct mlint_arena arena;
    struct mlint_buf out;

    mlint_arena_init(&arena, NULL, 0);
    mlint_buf_init(&out, NULL, 0);
    mlint_source_init(&source, MLINT_STR("file"), MLINT_STR("user=jane pw=abc;"));
    ck_assert(mlint_source_decode(&source, &arena, 0));
    mlint_arena_init(&result.arena, NULL, 1);
    ck_assert_ptr_null(mlint_arena_alloc(&result.arena, 100));
    mlint_excerpt(&out, &arena, &result, &place);
    mlint_assert_str("excerpt", mlint_str_make(out.ptr, out.len),
                     MLINT_STR("    1 | ********\n      | ^~~~~~~~\n"));
    ck_assert_int_eq(mlint_place_locate(&result, &place, &location), 1);
    ck_assert_uint_eq(location.column, 0);
    ck_assert_int_eq((int)location.byte_offset, -1);
    mlint_buf_done(&out);
    mlint_arena_done(&arena);
    mlint_arena_done(&result.arena);
}
END_TEST

/* Where little memory is left the masks are found at once: a lack of it is the file's then, and
 * not the whole report's. */
START_TEST(finds_masks_at_once_when_memory_is_short)
{
    struct mlint_result result = { .masks_due = false };

    mlint_arena_init(&result.arena, NULL, 0);
    mlint_result_plan_masks(&result);
    ck_assert(result.masks_due);
    mlint_arena_done(&result.arena);
    mlint_arena_init(&result.arena, NULL, 1u << 20);
    mlint_result_plan_masks(&result);
    ck_assert(!result.masks_due);
    mlint_arena_done(&result.arena);
}
END_TEST

/* ---- Escapes ----------------------------------------------------------------------------- */

static const struct {
    const char *text, *json, *xml, *csv, *property, *uri;
} escapes[] = {
    { "plain", "\"plain\"", "plain", "\"plain\"", "plain", "plain" },
    { "a\"b", "\"a\\\"b\"", "a&quot;b", "\"a\"\"b\"", "a\"b", "a%22b" },
    { "</script>", "\"\\u003c/script>\"", "&lt;/script&gt;", "\"</script>\"", "</script>",
      "%3C/script%3E" },
    { "=1+1", "\"=1+1\"", "=1+1", "\"'=1+1\"", "=1+1", "=1+1" },
    { " -2", "\" -2\"", " -2", "\"' -2\"", " -2", "%20-2" },
    { "\xEF\xBC\x9D"
      "1",
      "\"\xEF\xBC\x9D"
      "1\"",
      "\xEF\xBC\x9D"
      "1",
      "\"'\xEF\xBC\x9D"
      "1\"",
      "\xEF\xBC\x9D"
      "1",
      "%EF%BC%9D1" },
    { "a\nb", "\"a\\nb\"",
      "a\xE2\x90\x8A"
      "b",
      "\"a\xE2\x90\x8A"
      "b\"",
      "a\xE2\x90\x8A"
      "b",
      "a%0Ab" },
    { "%0A::x,y", "\"%0A::x,y\"", "%0A::x,y", "\"'%0A::x,y\"", "%250A%3A%3Ax%2Cy",
      "%250A%3A%3Ax,y" },
    { "\xFF", "\"\xEF\xBF\xBD\"", "\xEF\xBF\xBD", "\"\xEF\xBF\xBD\"", "\xEF\xBF\xBD", "%FF" },
    { "\xE2\x80\xAE", "\"\\u202e\"", "\xEF\xBF\xBD", "\"\xEF\xBF\xBD\"", "\xEF\xBF\xBD",
      "%E2%80%AE" },
    { "\xEF\xBF\xBF", "\"\xEF\xBF\xBF\"", "\xEF\xBF\xBD", "\"\xEF\xBF\xBF\"", "\xEF\xBF\xBF",
      "%EF%BF%BF" },
    { "\xF0\x9F\x98\x80", "\"\xF0\x9F\x98\x80\"", "\xF0\x9F\x98\x80", "\"\xF0\x9F\x98\x80\"",
      "\xF0\x9F\x98\x80", "%F0%9F%98%80" },
    { "./a b", "\"./a b\"", "./a b", "\"./a b\"", "./a b", "a%20b" },
    { "/tmp/x", "\"/tmp/x\"", "/tmp/x", "\"/tmp/x\"", "/tmp/x", "file:///tmp/x" },
};

static void check_escape(const char *what, struct mlint_buf *out, const char *wanted)
{
    mlint_assert_str(what, mlint_str_make(out->ptr, out->len), mlint_str_from(wanted));
    mlint_buf_clear(out);
}

START_TEST(escapes_text)
{
    const char *text = escapes[_i].text;
    struct mlint_arena arena;
    struct mlint_buf out;

    mlint_arena_init(&arena, NULL, 0);
    mlint_buf_init(&out, NULL, 0);
    mlint_json_string(&out, mlint_str_from(text));
    check_escape("json", &out, escapes[_i].json);
    mlint_xml_text(&out, &arena, text);
    check_escape("xml", &out, escapes[_i].xml);
    mlint_csv_cell(&out, &arena, text);
    check_escape("csv", &out, escapes[_i].csv);
    mlint_github_property(&out, &arena, text);
    check_escape("github", &out, escapes[_i].property);
    mlint_uri(&out, text);
    check_escape("uri", &out, escapes[_i].uri);
    mlint_buf_done(&out);
    mlint_arena_done(&arena);
}
END_TEST

/* ---- Numbers in sections ---------------------------------------------------------------- */

static const struct mlint_reference references[] = {
    { 1, 0, false }, { 1, 0, true }, { 2, 0, false },
    { 3, 2, true },  { 3, 2, true }, { 4, 0, true },
};

static const struct {
    uint64_t base[2];
    const char *wanted;
} numberings[] = {
    { { 0, 0 }, "a00b0c22d0" },
    { { 9, 98 }, "a998b9c100100d98" },
    { { UINT64_MAX, 10000000000 },
      "a1844674407370955161510000000000b18446744073709551615c1000000000210000000002d1000000000"
      "0" },
};

START_TEST(numbers_references)
{
    struct mlint_section section = { .count = MLINT_TEST_COUNT(references) };
    struct mlint_buf out;

    mlint_buf_init(&section.bytes, NULL, 0);
    mlint_buf_init(&out, NULL, 0);
    mlint_buf_text(&section.bytes, "abcd");
    section.references = (struct mlint_reference *)(uintptr_t)references;
    mlint_section_number(&section, numberings[_i].base, &out);
    mlint_assert_str("numbered", mlint_str_make(out.ptr, out.len),
                     mlint_str_from(numberings[_i].wanted));
    mlint_buf_done(&section.bytes);
    mlint_buf_done(&out);
}
END_TEST

/* ---- Spools and sorting on disk ---------------------------------------------------------- */

#define SPOOLED 300000u /* numbers: more than a spool keeps in memory */

START_TEST(spools_overflow)
{
    struct mlint_spool spool;
    uint64_t number;

    mlint_spool_init(&spool, NULL);
    for (uint64_t i = 0; i < SPOOLED; i++)
        ck_assert_int_eq(mlint_spool_add(&spool, &i, sizeof(i)), MLINT_OK);
    ck_assert_uint_eq(mlint_spool_size(&spool), SPOOLED * sizeof(number));
    ck_assert_uint_gt(spool.on_disk, 0);
    ck_assert_uint_le(spool.memory.len, MLINT_SPOOL_MEMORY);
    for (uint64_t i = 0; i < SPOOLED; i += 997) {
        ck_assert_int_eq(mlint_spool_read(&spool, i * sizeof(i), &number, sizeof(number)),
                         MLINT_OK);
        ck_assert_uint_eq(number, i);
    }
    ck_assert_int_eq(mlint_spool_read(&spool, SPOOLED * sizeof(number) - 1, &number, 2),
                     MLINT_E_IO);
    mlint_spool_done(&spool);
}
END_TEST

struct sorted {
    char last[16];
    uint32_t last_value;
    size_t count;
};

static enum mlint_status check_order(void *user, struct mlint_str key, struct mlint_str value)
{
    struct sorted *sorted = user;
    char now[16] = "";
    uint32_t number;
    int order;

    memcpy(now, key.ptr, key.len);
    memcpy(&number, value.ptr, sizeof(number));
    order = strcmp(sorted->last, now);
    ck_assert_msg(order < 0 || (order == 0 && sorted->last_value < number),
                  "%s, %u comes after %s, %u", now, number, sorted->last, sorted->last_value);
    memcpy(sorted->last, now, sizeof(now));
    sorted->last_value = number;
    sorted->count++;
    return MLINT_OK;
}

static uint64_t rank_by_first_digit(struct mlint_str key)
{
    return (unsigned char)key.ptr[1];
}

/* The first eight bytes as a number: spread, and equal for most longer keys. */
static uint64_t rank_by_eight(struct mlint_str key)
{
    uint64_t rank = 0;

    for (size_t i = 0; i < 8; i++)
        rank = rank << 8 | (i < key.len ? (unsigned char)key.ptr[i] : 0);
    return rank;
}

/* In memory, in a few runs, in more runs than are merged at once; with and without ranks. */
static const struct {
    uint32_t count;
    size_t limit;
    uint64_t (*rank)(struct mlint_str key);
} sorts[] = {
    { 0, 1000, NULL },          { 1, 1, NULL },
    { 500, 1u << 20, NULL },    { 500, 1u << 20, rank_by_first_digit },
    { 5000, 20000, NULL },      { 5000, 20000, rank_by_first_digit },
    { 5000, 600, NULL },        { 5000, 600, rank_by_first_digit },
    { 1, 1, rank_by_eight },    { 5000, 1u << 20, rank_by_eight },
    { 2, 1000, rank_by_eight }, { 5000, 20000, rank_by_eight },
};

START_TEST(sorts_on_disk)
{
    struct mlint_sorter sorter;
    struct sorted sorted = { .count = 0 };
    uint32_t random = 7;

    mlint_sorter_init(&sorter, mlint_allocator_default(), sorts[_i].limit, mlint_str_cmp,
                      sorts[_i].rank);
    for (uint32_t i = 1; i <= sorts[_i].count; i++) {
        char key[16];
        int len;

        random = random * 1664525u + 1013904223u;
        len = snprintf(key, sizeof(key), "k%u", random >> 20);
        ck_assert_int_eq(mlint_sorter_add(&sorter, mlint_str_make(key, (size_t)len),
                                          mlint_str_make((char *)&i, sizeof(i))),
                         MLINT_OK);
    }
    ck_assert_int_eq(mlint_sorter_each(&sorter, check_order, &sorted), MLINT_OK);
    ck_assert_uint_eq(sorted.count, sorts[_i].count);
    mlint_sorter_done(&sorter);
}
END_TEST

/* ---- Runs -------------------------------------------------------------------------------- */

#define FILES 40

static int keep(void *user, const void *data, size_t length)
{
    mlint_buf_add(user, data, length);
    return 0;
}

static int refuse(void *user, const void *data, size_t length)
{
    (void)user, (void)data, (void)length;
    return 1;
}

/* A profile with one POP account; every third is of the same mailbox. */
static char *profile(unsigned number)
{
    return mlint_test_print(
        "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"
        "user_pref(\"mail.account.account1.server\", \"server1\");\n"
        "user_pref(\"mail.account.account1.identities\", \"id1\");\n"
        "user_pref(\"mail.identity.id1.useremail\", \"u@example.com\");\n"
        "user_pref(\"mail.server.server1.type\", \"pop3\");\n"
        "user_pref(\"mail.server.server1.hostname\", \"pop.example.com\");\n"
        "user_pref(\"mail.server.server1.check_new_mail\", true);\n"
        "user_pref(\"mail.server.server1.userName\", \"u%u@example.com\");\n",
        number % 3 ? number : 0);
}

struct run {
    struct mlint_config *config;
    struct mlint_report *report;
    struct mlint_chunk *chunks[FILES];
    const char *format;
};

/* One thread's share: every second file, each into a chunk of its own. */
struct share {
    struct run *run;
    unsigned first;
    bool failed;
};

static void *render_share(void *user)
{
    struct share *share = user;
    struct mlint_linter *linter;

    share->failed = mlint_linter_new(&linter, share->run->config, NULL) != MLINT_OK;
    for (unsigned i = share->first; !share->failed && i < FILES; i += 2) {
        char *text = profile(i), *name = mlint_test_print("p%02u.js", i);
        struct mlint_input input = {
            .struct_size = sizeof(input), .name = name, .data = text, .length = strlen(text)
        };
        struct mlint_result *result;

        share->failed = mlint_check(linter, &input, &result, NULL) != MLINT_OK ||
                        mlint_chunk_new(&share->run->chunks[i], share->run->report) != MLINT_OK;
        if (!share->failed) {
            share->failed = mlint_report_render(share->run->report, result,
                                                share->run->chunks[i]) != MLINT_OK;
            mlint_result_free(result);
        }
        free(text);
        free(name);
    }
    mlint_linter_free(linter);
    return NULL;
}

static void run_all(const char *format, bool threads, struct mlint_buf *out,
                    struct mlint_summary *summary)
{
    struct run run = { .format = format };
    struct share shares[2] = { { &run, 0, false }, { &run, 1, false } };
    struct mlint_report_options options = {
        .struct_size = sizeof(options), .format = format, .facts = 1, .write = keep, .user = out
    };
    pthread_t other;

    mlint_buf_init(out, NULL, 0);
    ck_assert_int_eq(mlint_config_new(&run.config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_report_new(&run.report, run.config, &options, NULL), MLINT_OK);
    if (threads)
        ck_assert_int_eq(pthread_create(&other, NULL, render_share, &shares[1]), 0);
    render_share(&shares[0]);
    if (threads)
        pthread_join(other, NULL);
    else
        render_share(&shares[1]);
    ck_assert(!shares[0].failed && !shares[1].failed);
    for (unsigned i = 0; i < FILES; i++) {
        ck_assert_int_eq(mlint_report_append(run.report, run.chunks[i], NULL), MLINT_OK);
        mlint_chunk_free(run.chunks[i]);
    }
    ck_assert_int_eq(mlint_report_finish(run.report, 0, summary, NULL), MLINT_OK);
    mlint_report_free(run.report);
    mlint_config_free(run.config);
}

static size_t count_of(const struct mlint_buf *out, const char *word)
{
    struct mlint_str rest = mlint_str_make(out->ptr, out->len);
    size_t count = 0, at;

    while ((at = mlint_str_find(rest, mlint_str_from(word))) < rest.len) {
        rest = mlint_str_sub(rest, at + strlen(word), rest.len);
        count++;
    }
    return count;
}

START_TEST(threads_change_nothing)
{
    const char *format = mlint_report_format_at((size_t)_i);
    struct mlint_summary summary, again;
    struct mlint_buf one, two;

    run_all(format, false, &one, &summary);
    run_all(format, true, &two, &again);
    mlint_assert_str(format, mlint_str_make(two.ptr, two.len),
                     mlint_str_make(one.ptr, one.len));
    ck_assert(memcmp(&summary, &again, sizeof(summary)) == 0);
    ck_assert_uint_eq(summary.files, FILES);
    ck_assert_uint_eq(summary.accounts, FILES);
    mlint_buf_done(&one);
    mlint_buf_done(&two);
}
END_TEST

/* 14 of the 40 files poll one mailbox: each has one finding, 13 others, all of them named. */
START_TEST(mailboxes_across_files)
{
    struct mlint_buf out;

    run_all("json", false, &out, NULL);
    ck_assert_uint_eq(count_of(&out, "{\"rule\":\"single-pop-session\",\"severity\""), 14);
    ck_assert_uint_eq(count_of(&out, "polled by POP from 13 other accounts too"), 14);
    ck_assert_uint_eq(count_of(&out, "{\"rule\":\"single-pop-session\",\"account\""), FILES);
    ck_assert_uint_eq(count_of(&out, "\"verdict\":\"fail\"},"), 0);
    mlint_buf_done(&out);
    run_all("text", false, &out, NULL);
    ck_assert_uint_eq(count_of(&out, "[single-pop-session]"), 14);
    ck_assert_uint_eq(count_of(&out, "      also: "), 14 * 13 * 2);
    mlint_buf_done(&out);
}
END_TEST

START_TEST(writers_may_fail)
{
    struct mlint_config *config;
    struct mlint_report *report;
    struct mlint_error error = { .status = MLINT_OK };
    struct mlint_report_options options = { .struct_size = sizeof(options),
                                            .format = "text",
                                            .write = refuse };

    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_report_new(&report, config, &options, &error), MLINT_OK);
    ck_assert_int_eq(mlint_report_finish(report, 0, NULL, &error), MLINT_E_IO);
    ck_assert_int_eq(error.status, MLINT_E_IO);
    mlint_report_free(report);
    options.format = "no such form";
    ck_assert_int_eq(mlint_report_new(&report, config, &options, &error), MLINT_E_ARGUMENT);
    mlint_config_free(config);
}
END_TEST

MLINT_SUITE(report)
{
    Suite *suite = suite_create("report");

    MLINT_TEST_ROWS(suite, quotes_lines, excerpts);
    MLINT_TEST(suite, keeps_nothing_of_a_quote);
    MLINT_TEST(suite, quotes_nothing_without_masks);
    MLINT_TEST(suite, finds_masks_at_once_when_memory_is_short);
    MLINT_TEST_ROWS(suite, escapes_text, escapes);
    MLINT_TEST_ROWS(suite, numbers_references, numberings);
    MLINT_TEST(suite, spools_overflow);
    MLINT_TEST_ROWS(suite, sorts_on_disk, sorts);
    mlint_test_add(suite, "threads_change_nothing", threads_change_nothing,
                   mlint_report_format_count());
    MLINT_TEST(suite, mailboxes_across_files);
    MLINT_TEST(suite, writers_may_fail);
    return suite;
}
