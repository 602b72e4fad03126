/* test_xml_plain.c: the plain reader and libxml2 tell the same story of whatever the plain one
 * accepts: every XML file of the golden cases, and mutants of them. */
#include "base/buf.h"
#include "base/module.h"
#include "base/utf8.h"
#include "syntax/module_xml.h"
#include "syntax/xml_plain.h"
#include "test/cases.h"
#include "test/test.h"

/* What a reader tells, written down; text comes in pieces that may be cut anywhere. */
struct story {
    struct mlint_buf told, text;
    bool trouble;
};

static void settle(struct story *story)
{
    if (story->text.len)
        mlint_buf_printf(&story->told, "T%.*s\n", (int)story->text.len, story->text.ptr);
    mlint_buf_clear(&story->text);
}

static bool on_open(void *user, size_t at, const struct mlint_xml_attribute *list, size_t count)
{
    struct story *story = user;

    settle(story);
    mlint_buf_printf(&story->told, "O%zu", at);
    for (size_t i = 0; i < count; i++)
        mlint_buf_printf(&story->told, " %.*s=%.*s", MLINT_STR_ARG(list[i].name),
                         MLINT_STR_ARG(list[i].value));
    mlint_buf_char(&story->told, '\n');
    return true;
}

static bool on_text(void *user, struct mlint_str piece)
{
    mlint_buf_str(&((struct story *)user)->text, piece);
    return true;
}

static bool on_close(void *user, size_t at)
{
    settle(user);
    mlint_buf_printf(&((struct story *)user)->told, "C%zu\n", at);
    return true;
}

/* The plain reader tells of tags; the text is what stands between them. */
struct plain_story {
    struct story story;
    struct mlint_str text;
    uint32_t behind;
};

static void tell_text(struct plain_story *plain, uint32_t to)
{
    for (uint32_t i = plain->behind; i < to; i++) {
        char c = plain->text.ptr[i];
        if (c != '\r')
            mlint_buf_char(&plain->story.text, c);
        else if (i + 1 == to || plain->text.ptr[i + 1] != '\n')
            mlint_buf_char(&plain->story.text, '\n');
    }
}

static bool on_plain_open(void *user, const struct mlint_xml_tag *tag,
                          const struct mlint_xml_written *written, size_t count)
{
    struct plain_story *plain = user;
    struct mlint_xml_attribute list[16];
    size_t at = tag->end - 1 - (plain->text.ptr[tag->end - 2] == '/');

    ck_assert_uint_lt(count, 16);
    for (size_t i = 0; i < count; i++) {
        const struct mlint_span *name = &written[i].name_span, *value = &written[i].value_span;
        list[i] = (struct mlint_xml_attribute){ written[i].name, written[i].value };
        ck_assert_ptr_eq(plain->text.ptr + name->begin, written[i].name.ptr);
        ck_assert_uint_eq(name->end - name->begin, written[i].name.len);
        ck_assert_ptr_eq(plain->text.ptr + value->begin, written[i].value.ptr);
        ck_assert_uint_eq(value->end - value->begin, written[i].value.len);
    }
    ck_assert_int_eq(plain->text.ptr[tag->begin], '<');
    ck_assert(tag->name_end > tag->begin + 1 && tag->name_end < tag->end);
    if (plain->behind) /* before the root there is no text */
        tell_text(plain, tag->begin);
    plain->behind = tag->end;
    return on_open(&plain->story, at, list, count);
}

static bool on_plain_close(void *user, uint32_t begin, uint32_t end)
{
    struct plain_story *plain = user;

    tell_text(plain, begin);
    plain->behind = end;
    return on_close(&plain->story, end);
}

static bool on_plain_comment(void *user, uint32_t begin, uint32_t end)
{
    struct plain_story *plain = user;

    tell_text(plain, begin);
    plain->behind = end;
    return true;
}

static bool on_problem(void *user, enum mlint_xml_problem problem, size_t at)
{
    (void)problem;
    (void)at;
    ((struct story *)user)->trouble = true;
    return false;
}

static void begin(struct story *story, struct mlint_xml_handler *handler)
{
    story->trouble = false;
    mlint_buf_init(&story->told, NULL, 0);
    mlint_buf_init(&story->text, NULL, 0);
    *handler = (struct mlint_xml_handler){ story, on_open, on_text, on_close, on_problem };
}

static void end(struct story *story)
{
    mlint_buf_done(&story->told);
    mlint_buf_done(&story->text);
}

/* Whether the plain reader took it; if so libxml2 must have said the same and nothing more. */
static bool same_story(void *parser, struct mlint_str text)
{
    struct plain_story plain = { .text = text };
    const struct mlint_xml_plain_handler plain_handler = { &plain, on_plain_open,
                                                           on_plain_close, on_plain_comment };
    struct story full;
    struct mlint_xml_handler handler;
    bool taken;

    begin(&plain.story, &handler);
    taken = mlint_utf8_valid(text) && mlint_xml_plain(text, 0, &plain_handler);
    settle(&plain.story);
    ck_assert(taken || !plain.story.told.len);
    if (taken) {
        begin(&full, &handler);
        mlint_module_xml.parse(parser, text, &handler);
        settle(&full);
        ck_assert_msg(!full.trouble, "libxml2 refuses: %.*s", MLINT_STR_ARG(text));
        ck_assert_msg(mlint_str_eq(mlint_str_make(plain.story.told.ptr, plain.story.told.len),
                                   mlint_str_make(full.told.ptr, full.told.len)),
                      "of %.*s\nplain:\n%.*s\nlibxml2:\n%.*s", MLINT_STR_ARG(text),
                      (int)plain.story.told.len, plain.story.told.ptr, (int)full.told.len,
                      full.told.ptr);
        end(&full);
    }
    end(&plain.story);
    return taken;
}

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

/* One or two bytes of another value, a part doubled or a part left out. */
static size_t mutate(uint64_t *state, struct mlint_str seed, char *out)
{
    static const char odd[] = "<>/\"'&;!?[]- =\r\n\t\0aA:.xe]";
    size_t at = next(state) % seed.len, part = next(state) % 12;

    memcpy(out, seed.ptr, seed.len);
    part = part < seed.len - at ? part : seed.len - at;
    switch (next(state) % 4) {
    case 0:
        memmove(out + at, out + at + part, seed.len - at - part);
        return seed.len - part;
    case 1:
        memmove(out + at + part, out + at, seed.len - at);
        return seed.len + part;
    case 2:
        out[next(state) % seed.len] = odd[next(state) % (sizeof(odd) - 1)];
        break;
    default:
        out[next(state) % seed.len] = (char)next(state);
    }
    out[at] = odd[next(state) % (sizeof(odd) - 1)];
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
    "<!-- x -->\n<a><b>1</b> <!-- <c>2</c> --> <!-- - --><d/>\n<!-- --></a> <!--e-->",
    "<?xml version=\"1.0\" encoding=\"utf-16\" ?>\n<MessageAccount>\n\t<POP3_Port "
    "type=\"DWORD\">"
    "000003e3</POP3_Port>\n</MessageAccount>",
    "<a b=\"c\" d=\"e\" ><f/><g /> text ] ]]> \r</a >",
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
    ck_assert_int_gt(taken, _i < 4 ? count / 100 : -1); /* or nothing was compared */
    free(mutant);
    mlint_module_xml.destroy(parser);
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
    mlint_test_add(suite, "cases tell the same", cases_tell_the_same, 1);
    return suite;
}
