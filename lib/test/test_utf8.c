/* test_utf8.c: decoding that survives any bytes, the Unicode tables, and text safe to show. */
#include "base/utf8.h"
#include "test/test.h"

#define S(literal) MLINT_STR_INIT(literal)

static const struct {
    const char *name;
    struct mlint_str input;
    size_t length;
    uint32_t wanted;
} first[] = {
    { "ASCII", S("a"), 1, 'a' },
    { "NUL", S("\0"), 1, 0 },
    { "two bytes", S("\xC3\xA9"), 2, 0xE9 },
    { "three bytes", S("\xE2\x82\xAC"), 3, 0x20AC },
    { "four bytes", S("\xF0\x9F\x93\xA7"), 4, 0x1F4E7 },
    { "last character", S("\xF4\x8F\xBF\xBF"), 4, 0x10FFFF },
    { "above the last", S("\xF4\x90\x80\x80"), 1, 0xFFFD },
    { "overlong two", S("\xC0\xAF"), 1, 0xFFFD },
    { "overlong three", S("\xE0\x80\xAF"), 1, 0xFFFD },
    { "surrogate", S("\xED\xA0\x80"), 1, 0xFFFD },
    { "continuation alone", S("\x80"), 1, 0xFFFD },
    { "cut short", S("\xE2\x82"), 1, 0xFFFD },
    { "broken off by ASCII", S("\xE2\x82z"), 1, 0xFFFD },
    { "0xFF", S("\xFF\xFF"), 1, 0xFFFD },
};

START_TEST(decodes)
{
    uint32_t c = 0;
    size_t length = mlint_utf8_decode(first[_i].input.ptr, first[_i].input.len, &c);

    ck_assert_msg(length == first[_i].length, "%s: %zu bytes", first[_i].name, length);
    ck_assert_msg(c == first[_i].wanted, "%s: U+%04X", first[_i].name, c);
}
END_TEST

START_TEST(decodes_nothing_from_nothing)
{
    uint32_t c = 0x41;

    ck_assert_uint_eq(mlint_utf8_decode("", 0, &c), 0);
    ck_assert_uint_eq(c, 0x41);
}
END_TEST

/* Every character comes back from its own bytes, and what is none becomes U+FFFD. */
START_TEST(encodes_every_character)
{
    for (uint32_t c = 0; c < 0x110100; c++) {
        char bytes[4];
        size_t length = mlint_utf8_encode(c, bytes);
        uint32_t back = 0, wanted = c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c;

        if (mlint_utf8_decode(bytes, length, &back) != length || back != wanted)
            ck_abort_msg("U+%04X came back as U+%04X", c, back);
    }
}
END_TEST

static const struct {
    const char *name;
    struct mlint_str input;
    bool valid;
    size_t count;
} texts[] = {
    { "empty", S(""), true, 0 },
    { "long ASCII", S("0123456789abcdef"), true, 16 },
    { "accent after nine bytes", S("012345678\xC3\xA9z"), true, 11 },
    { "bad byte at the end", S("01234567\xC3"), false, 9 },
    { "Latin-1", S("Andr\xE9"), false, 5 },
    { "mixed", S("\xE2\x82\xAC\xF0\x9F\x93\xA7"), true, 2 },
};

START_TEST(measures_texts)
{
    ck_assert_msg(mlint_utf8_valid(texts[_i].input) == texts[_i].valid, "%s", texts[_i].name);
    ck_assert_msg(mlint_utf8_count(texts[_i].input) == texts[_i].count, "%s", texts[_i].name);
}
END_TEST

static const struct {
    const char *name;
    uint32_t c;
    unsigned width;
    bool upper;
    uint32_t lower;
    bool space;
} characters[] = {
    { "a", 'a', 1, false, 'a', false },
    { "Z", 'Z', 1, true, 'z', false },
    { "blank", ' ', 1, false, ' ', true },
    { "no-break space", 0xA0, 1, false, 0xA0, true },
    { "narrow no-break space", 0x202F, 1, false, 0x202F, true },
    { "zero-width space", 0x200B, 0, false, 0x200B, true },
    { "byte-order mark", 0xFEFF, 0, false, 0xFEFF, true },
    { "ideographic space", 0x3000, 2, false, 0x3000, true },
    { "E acute", 0xC9, 1, true, 0xE9, false },
    { "multiplication sign", 0xD7, 1, false, 0xD7, false },
    { "Greek sigma", 0x3A3, 1, true, 0x3C3, false },
    { "Cyrillic A", 0x410, 1, true, 0x430, false },
    { "title-case Dz", 0x1C5, 1, true, 0x1C6, false },
    { "Latin extended, odd", 0x101, 1, false, 0x101, false },
    { "Latin extended, even", 0x100, 1, true, 0x101, false },
    { "full-width A", 0xFF21, 2, true, 0xFF41, false },
    { "Deseret capital", 0x10400, 1, true, 0x10428, false },
    { "combining acute", 0x301, 0, false, 0x301, false },
    { "CJK", 0x4E2D, 2, false, 0x4E2D, false },
    { "envelope", 0x1F4E7, 2, false, 0x1F4E7, false },
};

START_TEST(knows_characters)
{
    uint32_t c = characters[_i].c;
    const char *name = characters[_i].name;

    ck_assert_msg(mlint_utf8_width(c) == characters[_i].width, "%s: %u wide", name,
                  mlint_utf8_width(c));
    ck_assert_msg(mlint_is_upper(c) == characters[_i].upper, "%s: upper", name);
    ck_assert_msg(mlint_to_lower(c) == characters[_i].lower, "%s: lower is U+%04X", name,
                  mlint_to_lower(c));
    ck_assert_msg(mlint_is_space(c) == characters[_i].space, "%s: space", name);
}
END_TEST

START_TEST(looks_into_texts)
{
    ck_assert(mlint_has_upper(MLINT_STR("jane\xC3\x89")));
    ck_assert(!mlint_has_upper(MLINT_STR("jane\xC3\xA9@example.com")));
    ck_assert(mlint_has_space(MLINT_STR("abcd\xC2\xA0"
                                        "efgh")));
    ck_assert(!mlint_has_space(MLINT_STR("abcdefgh")));
    ck_assert(!mlint_has_space(MLINT_STR("")));
}
END_TEST

static const struct {
    const char *name;
    struct mlint_str input, lower, clean;
} copies[] = {
    { "plain", S("Jane@Example.com"), S("jane@example.com"), S("Jane@Example.com") },
    { "accents", S("\xC3\x89va"), S("\xC3\xA9va"), S("\xC3\x89va") },
    { "grows", S("\xC8\xBA"), S("\xE2\xB1\xA5"), S("\xC8\xBA") },
    { "escape", S("a\033[31m"), S("a\033[31m"), S("a\xE2\x90\x9B[31m") },
    { "NUL", S("a\0b"), S("a\0b"),
      S("a\xE2\x90\x80"
        "b") },
    { "C1 control",
      S("a\xC2\x9B"
        "b"),
      S("a\xC2\x9B"
        "b"),
      S("a\xEF\xBF\xBD"
        "b") },
    { "right-to-left override",
      S("\xE2\x80\xAE"
        "x"),
      S("\xE2\x80\xAE"
        "x"),
      S("\xEF\xBF\xBDx") },
    { "bad byte", S("A\xE9"), S("a\xE9"), S("A\xEF\xBF\xBD") },
    { "empty", S(""), S(""), S("") },
};

START_TEST(copies_texts)
{
    struct mlint_arena arena;
    struct mlint_str lower, clean;

    mlint_arena_init(&arena, NULL, 0);
    lower = mlint_utf8_lower(&arena, copies[_i].input);
    clean = mlint_utf8_clean(&arena, copies[_i].input);
    mlint_assert_str(copies[_i].name, lower, copies[_i].lower);
    mlint_assert_str(copies[_i].name, clean, copies[_i].clean);
    ck_assert_int_eq(lower.ptr[lower.len], '\0');
    mlint_arena_done(&arena);
}
END_TEST

/* Whatever the bytes: clean text is valid, and has nothing that a terminal would obey. */
START_TEST(cleans_any_bytes)
{
    struct mlint_arena arena;
    char bytes[3];

    mlint_arena_init(&arena, NULL, 0);
    for (unsigned n = 0; n < 1u << 16; n++) {
        struct mlint_str clean;

        bytes[0] = (char)(n >> 8);
        bytes[1] = (char)n;
        bytes[2] = (char)0xA0;
        clean = mlint_utf8_clean(&arena, mlint_str_make(bytes, sizeof(bytes)));
        if (!mlint_utf8_valid(clean))
            ck_abort_msg("bytes %04x", n);
        for (size_t i = 0; i < clean.len; i++)
            if ((unsigned char)clean.ptr[i] < 0x20 || clean.ptr[i] == 0x7F)
                ck_abort_msg("bytes %04x", n);
        if (n % 256 == 0)
            mlint_arena_reset(&arena);
    }
    mlint_arena_done(&arena);
}
END_TEST

MLINT_SUITE(utf8)
{
    Suite *suite = suite_create("utf8");

    MLINT_TEST_ROWS(suite, decodes, first);
    MLINT_TEST(suite, decodes_nothing_from_nothing);
    MLINT_TEST(suite, encodes_every_character);
    MLINT_TEST_ROWS(suite, measures_texts, texts);
    MLINT_TEST_ROWS(suite, knows_characters, characters);
    MLINT_TEST(suite, looks_into_texts);
    MLINT_TEST_ROWS(suite, copies_texts, copies);
    MLINT_TEST(suite, cleans_any_bytes);
    return suite;
}
