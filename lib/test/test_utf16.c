/* test_utf16.c: UTF-16 to UTF-8, and every vector loop held against the plain one. */
#include "base/utf8.h"
#include "source/source.h"
#include "source/utf16.h"
#include "test/test.h"

#define S(literal) MLINT_STR_INIT(literal)

static const struct {
    const char *name;
    struct mlint_str input; /* little endian */
    struct mlint_str wanted;
    bool bad;
} texts[] = {
    { "nothing", S(""), S(""), false },
    { "one letter", S("a\0"), S("a"), false },
    { "NUL", S("a\0\0\0b\0"), S("a\0b"), false },
    { "last of ASCII", S("\x7F\0"), S("\x7F"), false },
    { "first of two bytes", S("\x80\0"), S("\xC2\x80"), false },
    { "last of two bytes", S("\xFF\x07"), S("\xDF\xBF"), false },
    { "first of three bytes", S("\0\x08"), S("\xE0\xA0\x80"), false },
    { "high byte alone", S("\0\x01"), S("\xC4\x80"), false },
    { "pair", S("\x3D\xD8\xE7\xDC"), S("\xF0\x9F\x93\xA7"), false },
    { "last pair", S("\xFF\xDB\xFF\xDF"), S("\xF4\x8F\xBF\xBF"), false },
    { "high half, then a letter", S("\x3D\xD8z\0"), S("\xEF\xBF\xBDz"), true },
    { "high half at the end", S("a\0\x3D\xD8"), S("a\xEF\xBF\xBD"), true },
    { "low half alone", S("\xE7\xDCz\0"), S("\xEF\xBF\xBDz"), true },
    { "halves the wrong way round", S("\xE7\xDC\x3D\xD8"), S("\xEF\xBF\xBD\xEF\xBF\xBD"),
      true },
    { "odd byte", S("a\0b"), S("a"), true },
};

static struct mlint_str swapped(struct mlint_str s, char *out)
{
    for (size_t i = 0; i < s.len; i++)
        out[i] = (i ^ 1) < s.len ? s.ptr[i ^ 1] : s.ptr[i];
    return mlint_str_make(out, s.len);
}

START_TEST(decodes)
{
    struct mlint_arena arena;
    char buffer[64];

    mlint_arena_init(&arena, NULL, 0);
    for (int big = 0; big < 2; big++) {
        struct mlint_str input = texts[_i].input;
        bool bad = false;

        if (big)
            input = swapped(input, buffer);
        mlint_assert_str(texts[_i].name, mlint_utf16_to_utf8(&arena, input, big, &bad),
                         texts[_i].wanted);
        ck_assert_msg(bad == texts[_i].bad, "%s: bad is %d", texts[_i].name, bad);
    }
    mlint_arena_done(&arena);
}
END_TEST

static const struct mlint_utf16_kernel *const kernels[] = {
    &mlint_utf16_plain,
#ifdef MLINT_UTF16_VECTOR
    &mlint_utf16_sse2,
    &mlint_utf16_avx2,
#endif
};

static bool runs_here(const struct mlint_utf16_kernel *kernel)
{
#ifdef MLINT_UTF16_VECTOR
    return kernel != &mlint_utf16_avx2 || mlint_utf16_best() == kernel;
#else
    return kernel == &mlint_utf16_plain;
#endif
}

/* A small generator: the same texts in every run. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static size_t make_text(unsigned char *out, size_t units, unsigned one_in, uint32_t *state)
{
    for (size_t i = 0; i < units; i++) {
        uint32_t unit = next_random(state) % one_in ? next_random(state) % 0x80
                                                    : next_random(state) % 0x10000;
        out[2 * i] = (unsigned char)unit;
        out[2 * i + 1] = (unsigned char)(unit >> 8);
    }
    return 2 * units;
}

#define LONGEST 300 /* units: more than two steps of the widest loop */

/* Every length around the vectors' widths, at every alignment, ASCII alone and mixed. */
START_TEST(kernels_agree)
{
    static const unsigned densities[] = { 1, 3, 17, 100, 1u << 20 };
    const struct mlint_utf16_kernel *kernel = kernels[_i];
    unsigned char text[2 * LONGEST + 2];
    char wanted[3 * LONGEST + 64], got[3 * LONGEST + 64];
    uint32_t state = 1;

    if (!runs_here(kernel))
        return;
    for (unsigned round = 0; round < LONGEST * 10; round++) {
        size_t offset = round & 1;
        bool big = round % 3 == 0, bad_wanted = false, bad_got = false;
        size_t len = make_text(text + offset, round % LONGEST, densities[round % 5], &state);
        struct mlint_str input = mlint_str_make((const char *)text + offset, len);
        size_t wanted_len =
            mlint_utf16_decode(&mlint_utf16_plain, input, big, wanted, &bad_wanted);
        size_t got_len;

        memset(got, 0x55, sizeof(got));
        got_len = mlint_utf16_decode(kernel, input, big, got, &bad_got);
        mlint_assert_str(kernel->name, mlint_str_make(got, got_len),
                         mlint_str_make(wanted, wanted_len));
        ck_assert_int_eq(bad_got, bad_wanted);
        ck_assert_uint_le(wanted_len, mlint_utf16_measure(input, big));
        ck_assert_uint_le(mlint_utf16_measure(input, big), 3 * len / 2);
        ck_assert_msg(got[len / 2 * 3] == 0x55, "%s wrote beyond its room", kernel->name);
    }
}
END_TEST

/* Long texts take the way that counts first. */
START_TEST(long_text)
{
    const size_t units = 100000;
    unsigned char *text = malloc(2 * units);
    struct mlint_arena arena;
    bool bad = false;
    uint32_t state = 7, unit;
    size_t at = 0;
    struct mlint_str out;

    ck_assert_ptr_nonnull(text);
    make_text(text, units, 5, &state);
    for (size_t i = 0; i < units; i++) /* no halves of pairs: then a unit is a character */
        text[2 * i + 1] &= 0x7F;
    mlint_arena_init(&arena, NULL, 0);
    out =
        mlint_utf16_to_utf8(&arena, mlint_str_make((const char *)text, 2 * units), false, &bad);
    for (size_t i = 0; i < units; i++) {
        at += mlint_utf8_decode(out.ptr + at, out.len - at, &unit);
        ck_assert_uint_eq(unit, (unsigned)(text[2 * i] | text[2 * i + 1] << 8));
    }
    ck_assert_uint_eq(at, out.len);
    ck_assert(!bad);
    mlint_arena_done(&arena);
    free(text);
}
END_TEST

/* What was decoded before anyone asked is what is decoded when somebody does. */
START_TEST(decodes_ahead)
{
    static const struct {
        struct mlint_str raw;
        const char *ahead; /* its text if that is ASCII */
    } files[] = {
        { MLINT_STR_INIT("\xFF\xFE[\0a\0]\0"), "[a]" },
        { MLINT_STR_INIT("\xFE\xFF\0[\0a\0]"), "[a]" },
        { MLINT_STR_INIT("[\0a\0]\0"), "[a]" },
        { MLINT_STR_INIT("\xFF\xFE[\0a\0]"), "[a" },
        { MLINT_STR_INIT("\xFF\xFE[\0\xE9\0"), "" },
        { MLINT_STR_INIT("\xFF\xFE\x3D\xD8\x00\xDE"), "" },
        { MLINT_STR_INIT("\xFF\xFE[\0\x00\xD8"), "" },
        { MLINT_STR_INIT("\xFF\xFE"), "" },
        { MLINT_STR_INIT("[a]"), "" },
    };

    for (size_t i = 0; i < MLINT_TEST_COUNT(files); i++) {
        struct mlint_source source, other;
        struct mlint_arena arena;

        mlint_arena_init(&arena, NULL, 0);
        mlint_source_init(&source, MLINT_STR("x"), files[i].raw);
        mlint_source_init(&other, MLINT_STR("x"), files[i].raw);
        mlint_assert_str("ahead", mlint_source_decode_ahead(&source, &arena),
                         mlint_str_from(files[i].ahead));
        ck_assert(mlint_source_decode(&source, &arena, 1252));
        ck_assert(mlint_source_decode(&other, &arena, 1252));
        mlint_assert_str("text", source.text, other.text);
        ck_assert_int_eq(source.encoding, other.encoding);
        ck_assert_uint_eq(source.bom, other.bom);
        ck_assert_int_eq(source.bad_encoding, other.bad_encoding);
        mlint_arena_done(&arena);
    }
}
END_TEST

/* No further than is said, so that long files of formats that need no text are not decoded. */
START_TEST(decodes_ahead_so_far)
{
    static char raw[65538];
    struct mlint_source source, other;
    struct mlint_arena arena;

    for (size_t i = 0; i < sizeof(raw); i += 2)
        raw[i] = 'a';
    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("x"), mlint_str_make(raw, sizeof(raw) - 2));
    mlint_source_init(&other, MLINT_STR("x"), mlint_str_make(raw, sizeof(raw)));
    ck_assert_uint_eq(mlint_source_decode_ahead(&source, &arena).len, sizeof(raw) / 2 - 1);
    ck_assert_uint_eq(mlint_source_decode_ahead(&other, &arena).len, 0);
    ck_assert_uint_eq(other.ahead.len, 0);
    ck_assert(mlint_source_decode(&other, &arena, 1252));
    ck_assert_uint_eq(other.text.len, sizeof(raw) / 2);
    mlint_arena_done(&arena);
}
END_TEST

/* Bytes of ASCII may stand for other letters in an encoding that a file names. */
START_TEST(named_is_not_ascii)
{
    struct mlint_source source;
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("x"), MLINT_STR("+AOk-"));
    ck_assert(mlint_source_decode(&source, &arena, 1252));
    ck_assert(source.ascii);
    ck_assert(mlint_source_decode_named(&source, &arena, "UTF-7"));
    mlint_assert_str("text", source.text, MLINT_STR("\xC3\xA9"));
    ck_assert(!source.ascii);
    mlint_arena_done(&arena);
}
END_TEST

MLINT_SUITE(utf16)
{
    Suite *suite = suite_create("utf16");

    MLINT_TEST_ROWS(suite, decodes, texts);
    MLINT_TEST_ROWS(suite, kernels_agree, kernels);
    MLINT_TEST(suite, long_text);
    MLINT_TEST(suite, decodes_ahead);
    MLINT_TEST(suite, decodes_ahead_so_far);
    MLINT_TEST(suite, named_is_not_ascii);
    return suite;
}
