/* test_xml_plain.c: the plain reader and libxml2 tell the same story of whatever the plain one
 * accepts: every XML file of the golden cases, and mutants of them. */
#include "base/buf.h"
#include "base/module.h"
#include "base/utf8.h"
#include "source/limits.h"
#include "syntax/module_xml.h"
#include "syntax/xml_plain.h"
#include "syntax/xml_plain_scan.h"
#include "test/cases.h"
#include "test/edge.h"
#include "test/random.h"
#include "test/test.h"

#include <stdio.h>

/* What a reader tells, written down: where tags begin and end, attributes, the text of elements
 * that hold no others, and whether there is more than white space beside elements. */
struct story {
    struct mlint_buf told, text; /* text comes in pieces that may be cut anywhere */
    struct mlint_str source;
    bool has_elements[MLINT_LIMIT_DEPTH + 2];
    unsigned depth;
    bool trouble;
};

static void tell_stray(struct story *story)
{
    if (mlint_str_trim(mlint_str_make(story->text.ptr, story->text.len)).len)
        mlint_buf_text(&story->told, "S\n");
}

static bool on_open(void *user, size_t at, const struct mlint_xml_attribute *list, size_t count)
{
    struct story *story = user;

    if (story->depth)
        tell_stray(story);
    story->has_elements[story->depth] = true;
    story->has_elements[++story->depth] = false;
    mlint_buf_clear(&story->text);
    mlint_buf_printf(&story->told, "O%zu", at);
    for (size_t i = 0; i < count; i++)
        mlint_buf_printf(&story->told, " %.*s=%.*s", MLINT_STR_ARG(list[i].name),
                         MLINT_STR_ARG(list[i].value));
    mlint_buf_char(&story->told, '\n');
    return story->depth <= MLINT_LIMIT_DEPTH;
}

static bool on_text(void *user, struct mlint_str piece)
{
    mlint_buf_str(&((struct story *)user)->text, piece);
    return true;
}

static bool on_close(void *user, size_t at)
{
    struct story *story = user;
    const char *tag = memrchr(story->source.ptr, '<', at);

    if (story->has_elements[story->depth--])
        tell_stray(story);
    else
        mlint_buf_printf(&story->told, "T%.*s\n", (int)story->text.len,
                         story->text.len ? story->text.ptr : "");
    mlint_buf_clear(&story->text);
    mlint_buf_printf(&story->told, "C%zu\n", (size_t)(tag - story->source.ptr));
    return true;
}

static bool on_problem(void *user, enum mlint_xml_problem problem, size_t at)
{
    (void)problem;
    (void)at;
    ((struct story *)user)->trouble = true;
    return false;
}

/* ---- The same from the plain reader ---- */

static void check_view(const struct story *story, struct mlint_str view, struct mlint_span span)
{
    ck_assert_ptr_eq(story->source.ptr + span.begin, view.ptr);
    ck_assert_uint_eq(span.end - span.begin, view.len);
}

static bool on_plain_open(void *user, const struct mlint_xml_element *element,
                          const struct mlint_xml_written *written, size_t count)
{
    struct story *story = user;
    struct mlint_xml_attribute list[16];
    size_t at = element->tag.end - 1 - (story->source.ptr[element->tag.end - 2] == '/');

    ck_assert_uint_lt(count, 16);
    for (size_t i = 0; i < count; i++) {
        list[i] = (struct mlint_xml_attribute){ written[i].name, written[i].value };
        check_view(story, written[i].name, written[i].name_span);
        check_view(story, written[i].value, written[i].value_span);
    }
    check_view(story, element->name, element->name_span);
    ck_assert_int_eq(story->source.ptr[element->tag.begin], '<');
    ck_assert_uint_eq(element->name_span.begin, element->tag.begin + 1);
    ck_assert(!element->has_elements);
    story->depth = 0;
    mlint_buf_clear(&story->text);
    return on_open(story, at, list, count);
}

static bool on_plain_close(void *user, const struct mlint_xml_element *element,
                           struct mlint_str text, struct mlint_span span)
{
    struct story *story = user;

    if (!element->has_elements)
        mlint_buf_printf(&story->told, "T%.*s\n", MLINT_STR_ARG(text));
    ck_assert(!element->has_elements || !text.len);
    ck_assert(span.begin == element->tag.end || span.end == element->tag.begin);
    mlint_buf_printf(&story->told, "C%zu\n", (size_t)span.end);
    return true;
}

static bool on_plain_leaf(void *user, const struct mlint_xml_element *element,
                          struct mlint_str text, struct mlint_span span)
{
    return on_plain_open(user, element, NULL, 0) && on_plain_close(user, element, text, span);
}

static void on_plain_stray(void *user, struct mlint_span span)
{
    struct story *story = user;
    struct mlint_str text = mlint_str_sub(story->source, span.begin, span.end);

    ck_assert(text.len && mlint_str_trim(text).len == text.len);
    mlint_buf_text(&story->told, "S\n");
}

static void begin(struct story *story, struct mlint_str text)
{
    *story = (struct story){ .source = text };
    mlint_buf_init(&story->told, NULL, 0);
    mlint_buf_init(&story->text, NULL, 0);
}

static void end(struct story *story)
{
    mlint_buf_done(&story->told);
    mlint_buf_done(&story->text);
}

/* Whether the plain reader took it; if so libxml2 must have said the same and nothing more. */
static bool same_story(void *parser, struct mlint_str text)
{
    struct story plain, full;
    const struct mlint_xml_sink sink = { &plain,         NULL,          on_plain_open,
                                         on_plain_close, on_plain_leaf, on_plain_stray };
    const struct mlint_xml_handler handler = { &full, on_open, on_text, on_close, on_problem };
    struct mlint_arena arena;
    bool taken;

    mlint_arena_init(&arena, NULL, 0);
    begin(&plain, text);
    taken = mlint_utf8_valid(text) && mlint_xml_plain(text, 0, false, &arena, &sink);
    if (taken) {
        begin(&full, text);
        mlint_module_xml.parse(parser, text, &handler);
        ck_assert_msg(!full.trouble, "libxml2 refuses: %.*s", MLINT_STR_ARG(text));
        ck_assert_msg(mlint_str_eq(mlint_str_make(plain.told.ptr, plain.told.len),
                                   mlint_str_make(full.told.ptr, full.told.len)),
                      "of %.*s\nplain:\n%.*s\nlibxml2:\n%.*s", MLINT_STR_ARG(text),
                      (int)plain.told.len, plain.told.ptr, (int)full.told.len, full.told.ptr);
        end(&full);
    }
    end(&plain);
    mlint_arena_done(&arena);
    return taken;
}

/* One or two bytes of another value, a part doubled or a part left out. */
static size_t mutate(uint64_t *state, struct mlint_str seed, char *out)
{
    static const char odd[] = "<>/\"'&;!?[]- =\r\n\t\0aA:.xe]";
    size_t at = mlint_random(state) % seed.len, part = mlint_random(state) % 12;

    memcpy(out, seed.ptr, seed.len);
    part = part < seed.len - at ? part : seed.len - at;
    switch (mlint_random(state) % 4) {
    case 0:
        memmove(out + at, out + at + part, seed.len - at - part);
        return seed.len - part;
    case 1:
        memmove(out + at + part, out + at, seed.len - at);
        return seed.len + part;
    case 2:
        out[mlint_random(state) % seed.len] = odd[mlint_random(state) % (sizeof(odd) - 1)];
        break;
    default:
        out[mlint_random(state) % seed.len] = (char)mlint_random(state);
    }
    out[at] = odd[mlint_random(state) % (sizeof(odd) - 1)];
    return seed.len;
}

static const char *const seeds[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST "
    "1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">"
    "<dict><key>A</key><string>b "
    "\xC3\xA9</string><true/><array>\r\n<integer>1</integer></array>"
    "</dict>\r\n</plist>\n",
    "<clientConfig version=\"1.1\"><emailProvider id=\"a.example\"><domain>a.example</domain>"
    "<incomingServer type=\"pop3\"><port>995</port></incomingServer></emailProvider>"
    "</clientConfig>",
    "<r><fourteen.bytes>sixty letters and blanks are about as many as one step looks "
    "at</fourteen.bytes><b/></r>",
    "<!-- x -->\n<a><b>1</b> <!-- <c>2</c> --> <!-- - --><d/>\n<!-- --></a> <!--e-->",
    "<?xml version=\"1.0\" encoding=\"utf-16\" ?>\n<MessageAccount>\n\t<POP3_Port "
    "type=\"DWORD\">"
    "000003e3</POP3_Port>\n</MessageAccount>",
    "<r>&lt;stray&gt; <s>a &amp; b</s>\r\n<t>&quot;\r\n&apos;</t><u>&amp;amp;</u> "
    "&amp;<v/></r>",
    /* White space and texts that are longer than a vector. */
    "<long>\n                                        <element-of-a-long-name>a text that is "
    "not "
    "over before the vector is \t "
    "twice</element-of-a-long-name>\r\n\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t"
    "\t\t\t<short/>\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n          <!-- and a comment -->        "
    " "
    "       \n</long>                    \n",
    "<a b=\"c\" d=\"e\" ><f/><g /> text ] ]]> \r</a >",
    /* Start tags that come again, and others that are nearly the same. */
    "<list><key>a</key><kex>b</kex><key>c</key><key >d</key><socketType>e</socketType>"
    "<socketTypf>f</socketTypf><socketType>g</socketType><sixteen-letters>h</sixteen-letters>"
    "<sixteen-letters>i</sixteen-letters><keys>j</keys><key/></list>          ",
};
#define MUTANTS 8000

START_TEST(mutants_tell_the_same)
{
    void *parser = mlint_module_xml.create();
    uint64_t state = 0x9E3779B97F4A7C15u + (uint64_t)_i;
    struct mlint_str seed = mlint_str_from(seeds[_i]);
    char *mutant = malloc(seed.len + 16);
    const char *wanted = getenv("MLINT_MUTANTS");
    long count = wanted ? strtol(wanted, NULL, 10) : MUTANTS, taken = 0;

    same_story(parser, seed);
    for (long i = 0; i < count; i++)
        taken += same_story(parser, mlint_str_make(mutant, mutate(&state, seed, mutant)));
    ck_assert_int_gt(taken, _i != 6 ? count / 100 : -1); /* or nothing was compared */
    free(mutant);
    mlint_module_xml.destroy(parser);
}
END_TEST

static bool take_open(void *user, const struct mlint_xml_element *element,
                      const struct mlint_xml_written *written, size_t count)
{
    (void)user, (void)element, (void)written, (void)count;
    return true;
}

static bool take_close(void *user, const struct mlint_xml_element *element,
                       struct mlint_str text, struct mlint_span span)
{
    (void)user, (void)element, (void)text, (void)span;
    return true;
}

/* Whether a document is taken whose eight bytes between the two texts are an odd one among
 * letters, and so many blanks stand behind it. */
static bool takes(const char *before, char odd, unsigned at, const char *after, int blanks)
{
    const struct mlint_xml_sink sink = { NULL, NULL, take_open, take_close, take_close, NULL };
    char letters[9] = "abcdefgh", text[256];
    struct mlint_arena arena;
    bool taken;
    int len;

    letters[at] = odd;
    len = snprintf(text, sizeof(text), "%s%s%s%*s", before, letters, after, blanks, "");
    mlint_arena_init(&arena, NULL, 0);
    taken = mlint_xml_plain(mlint_str_make(text, (size_t)len), 0, false, &arena, &sink);
    mlint_arena_done(&arena);
    return taken;
}

/* A byte in a name, a text or a comment is judged alike near the end, where bytes are looked at
 * one by one, and far from it, where they are not. */
START_TEST(widths_agree)
{
    for (int odd = 1; odd < 256; odd++) {
        bool blank = odd == ' ' || odd == '\t' || odd == '\n' || odd == '\r';
        bool letter = (odd | 0x20) >= 'a' && (odd | 0x20) <= 'z' && odd < 0x80;

        for (unsigned at = 1; at < 8; at++) {
            bool name = takes("<", (char)odd, at, "/>", 0);
            bool text = takes("<a>", (char)odd, at, "</a>", 0);
            bool comment = takes("<a/><!--", (char)odd, at, "-->", 0);

            ck_assert_int_eq(name, takes("<", (char)odd, at, "/>", 64));
            ck_assert_int_eq(text, takes("<a>", (char)odd, at, "</a>", 64));
            ck_assert_int_eq(text, takes("<r><a>", (char)odd, at, "</a></r>", 0));
            ck_assert_int_eq(text, takes("<r><a>", (char)odd, at, "</a></r>", 128));
            ck_assert_int_eq(comment, takes("<a/><!--", (char)odd, at, "-->", 64));
            ck_assert(name || !letter);
            ck_assert_int_eq(text, (odd >= 0x20 || blank) && !strchr("<&]", odd));
            ck_assert(comment == (odd >= 0x20 || blank) || (odd == '-' && at == 7));
        }
    }
}
END_TEST

/* The 64 bytes that are looked at in one step, against each of them by itself. */
START_TEST(marks_agree)
{
    uint32_t state = 1;
    char text[64];

    for (unsigned round = 0; round < 1000; round++) {
        uint64_t marks;

        for (size_t i = 0; i < sizeof(text); i++)
            text[i] = (char)((state = state * 1664525u + 1013904223u) >> 24);
        marks = mlint_plain_marks(text);
        for (size_t i = 0; i < sizeof(text); i++) {
            const char *p = text + i;
            ck_assert_int_eq(marks >> i & 1, mlint_plain_letters_end(p, p + 1) == p);
        }
    }
}
END_TEST

/* Every beginning of a document, with nothing behind it that can be read. */
START_TEST(cuts_are_read_no_further)
{
    const struct mlint_xml_sink sink = { NULL, NULL, take_open, take_close, take_close, NULL };
    struct mlint_str seed = mlint_str_from(seeds[_i]);
    struct mlint_arena arena;
    size_t taken = 0;

    mlint_arena_init(&arena, NULL, 0);
    for (size_t len = 0; len <= seed.len; len++)
        taken += mlint_xml_plain(mlint_to_edge(mlint_str_sub(seed, 0, len)), 0, false, &arena,
                                 &sink);
    ck_assert_uint_lt(taken, seed.len / 2); /* few are whole documents */
    mlint_arena_done(&arena);
}
END_TEST

/* Every case's input that begins as XML does; libxml2 and we must agree where we take it. */
START_TEST(cases_tell_the_same)
{
    const struct mlint_cases *cases = mlint_cases_all();
    void *parser = mlint_module_xml.create();
    size_t taken = 0;

    for (size_t i = 0; i < cases->count; i++) {
        struct mlint_case *item = &cases->item[i];
        mlint_case_open(item);
        for (size_t k = 0; k < item->input_count; k++) {
            struct mlint_str text = item->inputs[k].bytes;
            if (text.len && text.ptr[0] == '<')
                taken += same_story(parser, text);
        }
        mlint_case_close(item);
    }
    ck_assert_uint_gt(taken, 20);
    mlint_module_xml.destroy(parser);
}
END_TEST

MLINT_SUITE(xml_plain)
{
    Suite *suite = suite_create("xml_plain");

    MLINT_TEST_ROWS(suite, mutants_tell_the_same, seeds);
    MLINT_TEST_ROWS(suite, cuts_are_read_no_further, seeds);
    MLINT_TEST(suite, widths_agree);
    MLINT_TEST(suite, marks_agree);
    mlint_test_add(suite, "cases tell the same", cases_tell_the_same, 1);
    return suite;
}
