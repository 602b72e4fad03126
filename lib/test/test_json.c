/* test_json.c: JSON as a tree: every kind of value with its place, and what is refused. */
#include "base/buf.h"
#include "source/limits.h"
#include "syntax/json.h"
#include "test/test.h"

struct row {
    const char *name, *input;
    const char *wanted; /* "NAME=type:value@line:column" for each value, or "!problem" */
};

static const struct row rows[] = {
    { "string", "\"x\"", "=string:x@1:2 " },
    { "empty string", "\"\"", "=string:@1:2 " },
    { "blanks around", " \t\r\n1 ", "=integer:1@2:1 " },
    { "numbers", "[0,-1,1.5,1e3,-0]",
      "=array =integer:0@1:2 =integer:-1@1:4 =real:1.5@1:7 =real:1e3@1:11 =integer:0@1:15 " },
    { "largest", "[9223372036854775807,9223372036854775808]",
      "=array =integer:9223372036854775807@1:2 =real:9223372036854775808@1:22 " },
    { "words", "[true,false,null]", "=array =boolean:1@1:2 =boolean:0@1:7 =null:@1:13 " },
    { "object", "{\n \"a\": 1,\n \"b\": {\"c\": \"d\"}}",
      "=dict a=integer:1@2:7 b=dict c=string:d@3:14 " },
    { "empty ones", "[{},[]]", "=array =dict =array " },
    { "escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\"",
      "=string:\"\\/\b\f\n\r\tA\xC3\xA9@1:2 " },
    { "pair", "\"\\uD83D\\ude00\"", "=string:\xF0\x9F\x98\x80@1:2 " },
    { "half a pair", "\"\\uD83D\"", "=string:\xEF\xBF\xBD@1:2 " },
    { "escaped name", "{\"\\u0061\":1}", "=dict a=integer:1@1:11 " },
    { "nothing", "", "!is no valid JSON: the file ends too early" },
    { "two values", "1 2", "=integer:1@1:1 !is no valid JSON: more text after the end" },
    { "trailing comma", "[1,]", "=array =integer:1@1:2 !is no valid JSON: no value of JSON" },
    { "trailing comma in an object", "{\"a\":1,}",
      "=dict a=integer:1@1:6 !is no valid JSON: no name in double quotes" },
    { "comment", "// x\n1", "!is no valid JSON: no value of JSON" },
    { "single quotes", "['x']", "=array !is no valid JSON: no value of JSON" },
    { "no colon", "{\"a\" 1}", "=dict !is no valid JSON: no ':' after the name" },
    { "no comma", "[1 2]",
      "=array =integer:1@1:2 !is no valid JSON: no ',' between two values" },
    { "wrong bracket", "[1}",
      "=array =integer:1@1:2 !is no valid JSON: no ',' between two values" },
    { "cut off", "{\"a\":[1",
      "=dict a=array =integer:1@1:7 !is no valid JSON: the file ends too "
      "early" },
    { "open string", "\"x", "=string:@1:1 !is no valid JSON: no closing quote" },
    { "line end in a string", "\"x\ny\"",
      "=string:@1:1 !is no valid JSON: a line end or control character in a string" },
    { "unknown escape", "\"\\q\"",
      "=string:@1:2 !is no valid JSON: an unknown escape in a string" },
    { "leading zero", "01", "=integer:0@1:1 !is no valid JSON: more text after the end" },
    { "bare fraction", ".5", "!is no valid JSON: no value of JSON" },
    { "open fraction", "1.", "!is no valid JSON: no number of JSON" },
    { "plus", "+1", "!is no valid JSON: no value of JSON" },
    { "capital word", "True", "!is no valid JSON: no value of JSON" },
};

static void describe(const struct mlint_source *source, const struct mlint_node *node,
                     struct mlint_buf *out)
{
    struct mlint_position place = mlint_source_position(source, node->value_span.begin);

    mlint_buf_str(out, node->name);
    mlint_buf_printf(out, "=%s", mlint_node_type_name(node));
    if (node->type == MLINT_NODE_DICT || node->type == MLINT_NODE_ARRAY) {
        mlint_buf_char(out, ' ');
        for (node = node->child; node; node = node->next)
            describe(source, node, out);
        return;
    }
    mlint_buf_char(out, ':');
    if (node->type == MLINT_NODE_STRING || node->type == MLINT_NODE_REAL)
        mlint_buf_str(out, node->value);
    else if (node->type != MLINT_NODE_NULL)
        mlint_buf_number(out, node->number);
    mlint_buf_printf(out, "@%u:%u ", place.line, place.column);
}

START_TEST(values)
{
    const struct row *row = &rows[_i];
    struct mlint_arena arena;
    struct mlint_source source;
    struct mlint_tree *tree;
    struct mlint_buf got;

    mlint_arena_init(&arena, NULL, 0);
    mlint_buf_init(&got, mlint_allocator_default(), 1 << 16);
    mlint_source_init(&source, MLINT_STR("x.json"), mlint_str_from(row->input));
    ck_assert(mlint_source_decode(&source, &arena, 0));
    tree = mlint_json_read(&arena, &source);
    ck_assert_ptr_nonnull(tree);
    if (tree->root->child)
        describe(&source, tree->root->child, &got);
    if (tree->damaged)
        mlint_buf_printf(&got, "!%s", tree->problem);
    ck_assert_msg(tree->damaged == (tree->notes != NULL), "%s: notes", row->name);
    mlint_assert_str(row->name, mlint_str_make(got.ptr ? got.ptr : "", got.len),
                     mlint_str_from(row->wanted));
    mlint_buf_done(&got);
    mlint_arena_done(&arena);
}
END_TEST

START_TEST(depth_has_a_ceiling)
{
    enum { DEEP = 100000 };
    char *text = mlint_test_need(malloc(DEEP));
    struct mlint_arena arena;
    struct mlint_source source;
    struct mlint_tree *tree;

    memset(text, '[', DEEP);
    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("x.json"), mlint_str_make(text, DEEP));
    ck_assert(mlint_source_decode(&source, &arena, 0));
    tree = mlint_json_read(&arena, &source);
    ck_assert(tree->too_deep);
    ck_assert_uint_eq(tree->node_count, MLINT_LIMIT_DEPTH);
    mlint_arena_done(&arena);
    free(text);
}
END_TEST

MLINT_SUITE(json)
{
    Suite *suite = suite_create("json");

    MLINT_TEST_ROWS(suite, values, rows);
    MLINT_TEST(suite, depth_has_a_ceiling);
    return suite;
}
