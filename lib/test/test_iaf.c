/* test_iaf.c: records of .iaf files: types, secrets of every length, what is broken. */
#include "syntax/iaf.h"
#include "test/test.h"

#define HEADER "fMAI\0\0\5\0\1\0\0\0"
#define WIDE "fMAI\0\0\7\0\1\0\0\0"
#define ID(type, high) type "\3" high /* low half first */

/* What the first record leads to. text NULL: no text. */
static const struct {
    const char *name;
    struct mlint_str input;
    enum mlint_node_type type;
    const char *text;
    int64_t number;
    unsigned notes;
    bool damaged;
} records[] = {
    { "dword", MLINT_STR_INIT(HEADER ID("\xE9", "\xC9\x13") "\4\0\0\0\xE3\3\0\0"),
      MLINT_NODE_INTEGER, NULL, 995, 0, false },
    { "largest dword", MLINT_STR_INIT(HEADER ID("\xE9", "\xC9\x13") "\4\0\0\0\xFF\xFF\xFF\xFF"),
      MLINT_NODE_INTEGER, NULL, 0xFFFFFFFF, 0, false },
    { "flag", MLINT_STR_INIT(HEADER ID("\xF5", "\xC8\x13") "\4\0\0\0\1\0\0\0"),
      MLINT_NODE_INTEGER, NULL, 1, 0, false },
    { "flag of one byte", MLINT_STR_INIT(HEADER ID("\xF5", "\xC8\x13") "\1\0\0\0\1"),
      MLINT_NODE_INTEGER, NULL, 1, 0, false },
    { "number of eight bytes",
      MLINT_STR_INIT(HEADER ID("\xE9", "\xC9\x13") "\10\0\0\0"
                                                   "12345678"),
      MLINT_NODE_BINARY, NULL, 0, 1, false },
    { "number of no bytes", MLINT_STR_INIT(HEADER ID("\xE9", "\xC9\x13") "\0\0\0\0"),
      MLINT_NODE_BINARY, NULL, 0, 1, false },
    { "text", MLINT_STR_INIT(HEADER ID("\xF0", "\xC4\x13") "\4\0\0\0pop\0"), MLINT_NODE_STRING,
      "pop", 0, 0, false },
    { "text without its NUL", MLINT_STR_INIT(HEADER ID("\xF0", "\xC4\x13") "\3\0\0\0pop"),
      MLINT_NODE_STRING, "pop", 0, 0, false },
    { "text in a code page", MLINT_STR_INIT(HEADER ID("\xF0", "\xC4\x13") "\3\0\0\0z\xFC\0"),
      MLINT_NODE_STRING, "z\xC3\xBC", 0, 1, false },
    { "text in UTF-16", MLINT_STR_INIT(WIDE ID("\xF0", "\xC4\x13") "\6\0\0\0z\0\xFC\0\0\0"),
      MLINT_NODE_STRING, "z\xC3\xBC", 0, 0, false },
    { "UTF-16 of odd length", MLINT_STR_INIT(WIDE ID("\xF0", "\xC4\x13") "\3\0\0\0z\0y"),
      MLINT_NODE_STRING, "z", 0, 0, false },
    { "time", MLINT_STR_INIT(HEADER ID("\xF7", "\x38\x13") "\10\0\0\0\0\0\0\0\0\0\0\0"),
      MLINT_NODE_BINARY, NULL, 0, 0, false },
    { "unknown type", MLINT_STR_INIT(HEADER "\1\0\0\0\1\0\0\0x"), MLINT_NODE_BINARY, NULL, 0, 0,
      false },
    { "secret of whole blocks",
      MLINT_STR_INIT(
          HEADER ID("\xF6", "\xC6\x13") "\16\0\0\0\1\1\10\0\0\0\x14\x7A\x76\x70\4\4\4\x64"),
      MLINT_NODE_STRING, "abcdefg", 0, 0, false },
    { "secret with a tail of one",
      MLINT_STR_INIT(HEADER ID("\xF6", "\xC6\x13") "\13\0\0\0\1\1\5\0\0\0\x14\x7A\x76\x70\x64"),
      MLINT_NODE_STRING, "abcd", 0, 0, false },
    { "secret with a tail of three",
      MLINT_STR_INIT(
          HEADER ID("\xF6", "\xC6\x13") "\15\0\0\0\1\1\7\0\0\0\x14\x7A\x76\x70\7\5\x64"),
      MLINT_NODE_STRING, "abcdef", 0, 0, false },
    { "secret of nothing but a tail",
      MLINT_STR_INIT(HEADER ID("\xF6", "\xC6\x13") "\10\0\0\0\1\1\2\0\0\0\x74\x14"),
      MLINT_NODE_STRING, "a", 0, 0, false },
    { "empty secret", MLINT_STR_INIT(HEADER ID("\xF6", "\xC6\x13") "\7\0\0\0\1\1\1\0\0\0\x14"),
      MLINT_NODE_STRING, "", 0, 0, false },
    { "secret in UTF-16",
      MLINT_STR_INIT(WIDE ID("\xF6", "\xC6\x13") "\14\0\0\0\1\1\6\0\0\0\x14\x18\x77\x14\x62\0"),
      MLINT_NODE_STRING, "ab", 0, 0, false },
    { "secret longer than its record",
      MLINT_STR_INIT(HEADER ID("\xF6", "\xC6\x13") "\7\0\0\0\1\1\2\0\0\0\x14"),
      MLINT_NODE_BINARY, NULL, 0, 0, false },
    { "secret of another form",
      MLINT_STR_INIT(HEADER ID("\xF6", "\xC6\x13") "\6\0\0\0\2\1\0\0\0\0"), MLINT_NODE_BINARY,
      NULL, 0, 0, false },
    { "record twice",
      MLINT_STR_INIT(
          HEADER ID("\xF0", "\xC4\x13") "\2\0\0\0a\0" ID("\xF0", "\xC4\x13") "\2\0\0\0b\0"),
      MLINT_NODE_STRING, "a", 0, 1, false },
    { "cut in the second record's head",
      MLINT_STR_INIT(HEADER ID("\xF0", "\xC4\x13") "\2\0\0\0a\0"
                                                   "\xF0\3"),
      MLINT_NODE_STRING, "a", 0, 0, true },
    { "cut in the second record's data",
      MLINT_STR_INIT(
          HEADER ID("\xF0", "\xC4\x13") "\2\0\0\0a\0" ID("\xF0", "\xC5\x13") "\2\0\0\0b"),
      MLINT_NODE_STRING, "a", 0, 0, true },
    { "absurd length",
      MLINT_STR_INIT(HEADER ID("\xF0", "\xC4\x13") "\2\0\0\0a\0" ID(
          "\xF0", "\xC5\x13") "\xFF\xFF\xFF\xFF"),
      MLINT_NODE_STRING, "a", 0, 0, true },
};

START_TEST(reads_records)
{
    const struct mlint_iaf_options options = { .code_page = 1252 };
    struct mlint_source source;
    struct mlint_arena arena;
    struct mlint_tree *tree;
    const struct mlint_node *node;
    const char *name = records[_i].name;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("x.iaf"), records[_i].input);
    ck_assert(mlint_iaf_is(source.raw));
    tree = mlint_iaf_read(&arena, &source, &options);
    ck_assert_ptr_nonnull(tree);
    node = tree->root->child;
    ck_assert_msg(node && node->type == records[_i].type, "%s: type %d", name,
                  node ? node->type : -1);
    if (records[_i].text)
        ck_assert_msg(mlint_str_eq(node->value, mlint_str_from(records[_i].text)),
                      "%s: got \"%.*s\"", name, MLINT_STR_ARG(node->value));
    if (node->type == MLINT_NODE_INTEGER)
        ck_assert_msg(node->number == records[_i].number, "%s: got %lld", name,
                      (long long)node->number);
    ck_assert_msg(node->value_span.begin == 20, "%s: at %u", name, node->value_span.begin);
    ck_assert_msg(tree->note_count == records[_i].notes, "%s: %u notes", name,
                  tree->note_count);
    ck_assert_msg(tree->damaged == records[_i].damaged, "%s: damaged or not", name);
    ck_assert_msg(!tree->damaged || tree->problem, "%s: no cause", name);
    if (node->subtype == MLINT_IAF_SECRET && node->type == MLINT_NODE_STRING)
        ck_assert_msg(arena.secret, "%s: stays in memory", name);
    mlint_arena_done(&arena);
}
END_TEST

START_TEST(knows_headers)
{
    const struct mlint_iaf_options options = { .code_page = 1252 };
    struct mlint_source source;
    struct mlint_arena arena;
    struct mlint_tree *tree;

    ck_assert(!mlint_iaf_is(MLINT_STR("fMAI")));
    ck_assert(!mlint_iaf_is(MLINT_STR("fMAIxx\5\0")));
    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("x.iaf"), MLINT_STR("fMAI\0\0\5\0\2\0\0"));
    tree = mlint_iaf_read(&arena, &source, &options);
    ck_assert(tree && tree->damaged && !tree->root->child);
    mlint_source_init(&source, MLINT_STR("x.iaf"), MLINT_STR("fMAI\0\0\5\0\2\0\0\0"));
    tree = mlint_iaf_read(&arena, &source, &options);
    ck_assert(tree && !tree->damaged);
    ck_assert_int_eq(tree->root->number, MLINT_IAF_DIRECTORY);
    mlint_arena_done(&arena);
}
END_TEST

MLINT_SUITE(iaf)
{
    Suite *suite = suite_create("iaf");

    MLINT_TEST_ROWS(suite, reads_records, records);
    MLINT_TEST(suite, knows_headers);
    return suite;
}
