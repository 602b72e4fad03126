/* test_str.c: comparing, searching and splitting byte views, and the nearest name. */
#include "base/eight.h"
#include "test/test.h"

#define S(literal) MLINT_STR_INIT(literal)

static const struct {
    const char *name;
    struct mlint_str a, b;
    int bytes, nocase; /* sign of the order */
} orders[] = {
    { "equal", S("port"), S("port"), 0, 0 },
    { "case alone", S("Port"), S("port"), -1, 0 },
    { "prefix first", S("port"), S("ports"), -1, -1 },
    { "empty first", S(""), S("a"), -1, -1 },
    { "both empty", S(""), S(""), 0, 0 },
    { "high bytes last", S("\xC3\xA9"), S("z"), 1, 1 },
    { "high bytes are not folded", S("\xC3\x89"), S("\xC3\xA9"), -1, -1 },
    { "case against a later letter", S("B"), S("a"), -1, 1 },
    { "NUL counts", S("a\0b"), S("a\0c"), -1, -1 },
};

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

START_TEST(orders_views)
{
    struct mlint_str a = orders[_i].a, b = orders[_i].b;
    const char *name = orders[_i].name;

    ck_assert_msg(sign(mlint_str_cmp(a, b)) == orders[_i].bytes, "%s", name);
    ck_assert_msg(sign(mlint_str_cmp(b, a)) == -orders[_i].bytes, "%s, turned", name);
    ck_assert_msg(sign(mlint_str_cmp_nocase(a, b)) == orders[_i].nocase, "%s, folded", name);
    ck_assert_msg(mlint_str_eq(a, b) == (orders[_i].bytes == 0), "%s, equal", name);
    ck_assert_msg(mlint_str_eq_nocase(a, b) == (orders[_i].nocase == 0), "%s, same", name);
}
END_TEST

static const struct {
    const char *name;
    struct mlint_str s, part;
    bool starts, starts_nocase, ends_nocase;
    size_t find, find_nocase;
} parts[] = {
    { "in front", S("mail.server"), S("mail"), true, true, false, 0, 0 },
    { "in front, folded", S("Mail.server"), S("mAIL"), false, true, false, 11, 0 },
    { "behind", S("prefs.JS"), S(".js"), false, false, true, 8, 5 },
    { "all of it", S("abc"), S("abc"), true, true, true, 0, 0 },
    { "inside", S("a.example.org"), S("example"), false, false, false, 2, 2 },
    { "twice", S("abab"), S("b"), false, false, true, 1, 1 },
    { "too long", S("ab"), S("abc"), false, false, false, 2, 2 },
    { "nowhere", S("abc"), S("x"), false, false, false, 3, 3 },
    { "nothing in something", S("abc"), S(""), true, true, true, 0, 0 },
};

START_TEST(finds_parts)
{
    struct mlint_str s = parts[_i].s, part = parts[_i].part;
    const char *name = parts[_i].name;

    ck_assert_msg(mlint_str_starts(s, part) == parts[_i].starts, "%s", name);
    ck_assert_msg(mlint_str_starts_nocase(s, part) == parts[_i].starts_nocase, "%s", name);
    ck_assert_msg(mlint_str_ends_nocase(s, part) == parts[_i].ends_nocase, "%s", name);
    ck_assert_msg(mlint_str_find(s, part) == parts[_i].find, "%s", name);
    ck_assert_msg(mlint_str_find_nocase(s, part) == parts[_i].find_nocase, "%s", name);
}
END_TEST

START_TEST(finds_characters)
{
    ck_assert_uint_eq(mlint_str_find_char(MLINT_STR("a@b@c"), '@'), 1);
    ck_assert_uint_eq(mlint_str_rfind_char(MLINT_STR("a@b@c"), '@'), 3);
    ck_assert_uint_eq(mlint_str_find_char(MLINT_STR("abc"), '@'), 3);
    ck_assert_uint_eq(mlint_str_rfind_char(MLINT_STR("abc"), '@'), 3);
    ck_assert_uint_eq(mlint_str_find_char(MLINT_STR(""), '@'), 0);
    ck_assert_uint_eq(mlint_str_rfind_char(mlint_str_make(NULL, 0), '@'), 0);
}
END_TEST

static const struct {
    const char *name;
    struct mlint_str input, wanted;
} trims[] = {
    { "both ends", S(" \t\r\nab\n "), S("ab") },
    { "inside stays", S("a b"), S("a b") },
    { "only blanks", S(" \t "), S("") },
    { "empty", S(""), S("") },
    { "indentation", S("\n                   ab c                \t "), S("ab c") },
    { "eight blanks", S("        "), S("") },
    { "eight and a bit", S("         a        "), S("a") },
    { "no-break space stays", S("\xC2\xA0x"), S("\xC2\xA0x") },
};

START_TEST(trims_blanks)
{
    mlint_assert_str(trims[_i].name, mlint_str_trim(trims[_i].input), trims[_i].wanted);
}
END_TEST

START_TEST(cuts_within_bounds)
{
    struct mlint_str s = MLINT_STR("abcdef");

    mlint_assert_str("middle", mlint_str_sub(s, 2, 4), MLINT_STR("cd"));
    mlint_assert_str("past the end", mlint_str_sub(s, 4, 99), MLINT_STR("ef"));
    mlint_assert_str("turned around", mlint_str_sub(s, 4, 2), MLINT_STR(""));
    mlint_assert_str("beyond", mlint_str_sub(s, 99, 100), MLINT_STR(""));
}
END_TEST

static const struct {
    const char *name;
    struct mlint_str input;
    const char *wanted[4];
} splits[] = {
    { "three", S("a,b,c"), { "a", "b", "c" } },
    { "one", S("abc"), { "abc" } },
    { "empty parts", S(",a,"), { "", "a", "" } },
    { "empty text", S(""), { "" } },
};

START_TEST(splits_lists)
{
    struct mlint_str rest = splits[_i].input, part;
    size_t count = 0;

    while (mlint_str_split(&rest, ',', &part)) {
        ck_assert_msg(splits[_i].wanted[count] != NULL, "%s: too many parts", splits[_i].name);
        mlint_assert_str(splits[_i].name, part, mlint_str_from(splits[_i].wanted[count]));
        count++;
    }
    ck_assert_msg(splits[_i].wanted[count] == NULL, "%s: too few parts", splits[_i].name);
}
END_TEST

static const struct {
    const char *name;
    struct mlint_str a, b;
    unsigned limit, wanted;
} distances[] = {
    { "same", S("pop"), S("pop"), 2, 0 },
    { "case is no difference", S("POP"), S("pop"), 2, 0 },
    { "one letter changed", S("pop.bizmail"), S("pop.bizmeil"), 2, 1 },
    { "one letter missing", S("pop.bizmail"), S("pop.bizmal"), 2, 1 },
    { "one letter more", S("pop.bizmail"), S("popp.bizmail"), 2, 1 },
    { "two neighbours turned", S("smtp"), S("stmp"), 2, 1 },
    { "two changes", S("smtp"), S("amtq"), 2, 2 },
    { "above the limit", S("abcdef"), S("uvwxyz"), 2, 3 },
    { "lengths too far apart", S("a"), S("abcdef"), 2, 3 },
    { "from nothing", S(""), S("ab"), 2, 2 },
};

START_TEST(measures_distance)
{
    unsigned there = mlint_edit_distance(distances[_i].a, distances[_i].b, distances[_i].limit);
    unsigned back = mlint_edit_distance(distances[_i].b, distances[_i].a, distances[_i].limit);

    ck_assert_msg(there == distances[_i].wanted, "%s: %u", distances[_i].name, there);
    ck_assert_msg(back == distances[_i].wanted, "%s, turned: %u", distances[_i].name, back);
}
END_TEST

START_TEST(refuses_endless_words)
{
    static char word[200];

    memset(word, 'a', sizeof(word));
    ck_assert_uint_gt(
        mlint_edit_distance(mlint_str_make(word, 200), mlint_str_make(word, 199), 2), 2);
}
END_TEST

static const char *const names[] = { "check-interval", "no-spa", "off", "syntax" };

static const struct {
    struct mlint_str word;
    const char *wanted;
} nearest[] = {
    { S("no-sap"), "no-spa" }, { S("check-intervall"), "check-interval" },
    { S("NO-SPA"), "no-spa" }, { S("of"), "off" },
    { S("xy"), NULL },         { S("something-else"), NULL },
};

START_TEST(names_the_nearest)
{
    const char *got = mlint_nearest(nearest[_i].word, names, MLINT_TEST_COUNT(names));

    ck_assert_pstr_eq(got, nearest[_i].wanted);
}
END_TEST

static bool has_x(uint64_t bytes)
{
    return mlint_any_zero(bytes ^ MLINT_EACH('x')) != 0;
}

/* A letter at every place of a text of every length, and bytes that are nearly that letter. */
START_TEST(asks_eight_at_once)
{
    char text[40];

    for (size_t len = 0; len < sizeof(text); len++) {
        memset(text, 'y', sizeof(text));
        ck_assert_int_eq(mlint_any_eight(text, len, has_x), len < 8);
        memset(text, (char)('x' ^ 0x80), sizeof(text));
        ck_assert_int_eq(mlint_any_eight(text, len, has_x), len < 8);
        for (size_t at = 0; at < sizeof(text); at++) {
            text[at] = 'x';
            ck_assert_int_eq(mlint_any_eight(text, len, has_x), len < 8 || at < len);
            text[at] = 'w';
        }
    }
}
END_TEST

MLINT_SUITE(str)
{
    Suite *suite = suite_create("str");

    MLINT_TEST_ROWS(suite, orders_views, orders);
    MLINT_TEST_ROWS(suite, finds_parts, parts);
    MLINT_TEST(suite, finds_characters);
    MLINT_TEST_ROWS(suite, trims_blanks, trims);
    MLINT_TEST(suite, cuts_within_bounds);
    MLINT_TEST_ROWS(suite, splits_lists, splits);
    MLINT_TEST(suite, asks_eight_at_once);
    MLINT_TEST_ROWS(suite, measures_distance, distances);
    MLINT_TEST(suite, refuses_endless_words);
    MLINT_TEST_ROWS(suite, names_the_nearest, nearest);
    return suite;
}
