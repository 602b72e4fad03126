/* test_keyed.c: values out of keyed archives, sound ones and such as refer to themselves. */
#include "syntax/keyed.h"

#include "base/num.h"
#include "test/plists.h"
#include "test/test.h"

/* Where the objects of an archive's binary list stand: the dictionary itself, its keys, and
 * then three for each archived object (itself, its list of keys, its list of values). */
enum { WORDS = 5, TOP_NAMES = 8, UIDS = 10, ARCHIVED = 26 };

static void text(struct mlint_test_bplist *list, struct mlint_str s)
{
    mlint_test_bplist_object(list, 0x5F);
    mlint_buf_char(&list->bytes, 0x10);
    mlint_buf_char(&list->bytes, (char)s.len);
    mlint_buf_str(&list->bytes, s);
}

static void references(struct mlint_test_bplist *list, unsigned kind, const char *first,
                       size_t count)
{
    mlint_test_bplist_object(list, kind | (unsigned)count);
    mlint_buf_add(&list->bytes, first, count);
}

/* A list of UIDs, written as digits. */
static void uids(struct mlint_test_bplist *list, struct mlint_str digits)
{
    char index[16];

    for (size_t i = 0; i < digits.len; i++)
        index[i] = (char)(UIDS + mlint_hex_digit(digits.ptr[i]));
    references(list, 0xA0, index, digits.len);
}

/* One archived object: "t:TEXT", "s:TEXT" (an NSString), "u:N" (a UID), "a:UIDS" (an array),
 * "d:UIDS:UIDS" (a dictionary: keys, values), "o:" (an object of another class). */
static void archived(struct mlint_test_bplist *list, struct mlint_str object, unsigned index)
{
    struct mlint_str rest = mlint_str_sub(object, 2, object.len), keys = MLINT_STR("");
    char keys_list = (char)(ARCHIVED + 3 * index + 1), values_list = (char)(keys_list + 1);
    char dict[] = { WORDS + 1, WORDS, keys_list, values_list };
    char array[] = { WORDS, values_list };
    char string[] = { WORDS + 2, keys_list };

    if (object.ptr[0] == 'd') {
        mlint_str_split(&rest, ':', &keys);
        mlint_test_bplist_object(list, 0xD2);
        mlint_buf_add(&list->bytes, dict, 4);
    } else if (object.ptr[0] == 'a' || object.ptr[0] == 's') {
        mlint_test_bplist_object(list, 0xD1);
        mlint_buf_add(&list->bytes, object.ptr[0] == 'a' ? array : string, 2);
    } else if (object.ptr[0] == 'u') {
        mlint_test_bplist_object(list, 0x80);
        mlint_buf_char(&list->bytes, (char)mlint_hex_digit(rest.ptr[0]));
    } else if (object.ptr[0] == 'o') {
        mlint_test_bplist_object(list, 0xD0);
    } else {
        text(list, rest);
    }
    if (object.ptr[0] == 's')
        text(list, rest);
    else
        uids(list, keys);
    uids(list, object.ptr[0] == 'a' || object.ptr[0] == 'd' ? rest : MLINT_STR(""));
}

/* names: what stands below $top, each the UID of the archived object of its place, from 1. */
static void make(struct mlint_test_bplist *list, const char *names, const char *objects)
{
    static const char *const words[] = { "NS.objects", "NS.keys", "NS.string" };
    struct mlint_str all = mlint_str_from(objects), part, name = mlint_str_from(names);
    size_t colon = mlint_str_find_char(name, ':');
    char mains[16], pairs[] = { TOP_NAMES, TOP_NAMES + 1, UIDS + 1, UIDS + 2 };
    unsigned count = 0;

    while (mlint_str_split(&all, '|', &part))
        mains[count] = (char)(ARCHIVED + 3 * count), count++;
    mlint_test_bplist_init(list, 1);
    mlint_test_bplist_object(list, 0xD2);
    mlint_buf_add(&list->bytes, "\1\2\3\4", 4); /* two keys, their two values */
    text(list, MLINT_STR("$top"));
    text(list, MLINT_STR("$objects"));
    mlint_test_bplist_object(list, colon < name.len ? 0xD2 : 0xD1);
    if (colon == name.len)
        pairs[1] = pairs[2];
    mlint_buf_add(&list->bytes, pairs, colon < name.len ? 4 : 2);
    references(list, 0xA0, mains, count);
    for (unsigned i = 0; i < 3; i++)
        text(list, mlint_str_from(words[i]));
    text(list, mlint_str_sub(name, 0, colon));
    text(list, mlint_str_sub(name, colon < name.len ? colon + 1 : colon, name.len));
    for (unsigned i = 0; i < 16; i++) {
        mlint_test_bplist_object(list, 0x80);
        mlint_buf_char(&list->bytes, (char)i);
    }
    all = mlint_str_from(objects);
    for (unsigned i = 0; mlint_str_split(&all, '|', &part); i++)
        archived(list, part, i);
    mlint_test_bplist_end(list, 0);
}

/* Read an archive that stands as the value "v" of some other file. */
struct reading {
    struct mlint_arena arena;
    struct mlint_source source;
    struct mlint_tree *tree;
};

static void begin(struct reading *reading, struct mlint_str bytes)
{
    mlint_arena_init(&reading->arena, NULL, 0);
    mlint_source_init(&reading->source, MLINT_STR("test"), MLINT_STR(""));
    reading->tree = mlint_tree_new(&reading->arena, &reading->source, MLINT_PATH_SLASH);
    mlint_keyed_read(reading->tree, reading->tree->root, MLINT_STR("v"), bytes);
}

/* The marks behind the value: ~ something is noted. */
static const struct {
    const char *name, *top, *objects, *wanted;
} rows[] = {
    { "text", "root", "t:$null|t:hello", "\"hello\"" },
    { "string of its own class", "root", "t:$null|s:hello", "\"hello\"" },
    { "array", "root", "t:$null|a:23|t:x|t:y", "[\"x\",\"y\"]" },
    { "dictionary", "root", "t:$null|d:2:3|t:k|t:v", "{\"k\"=\"v\"}" },
    { "another name below $top", "value", "t:$null|t:hello", "\"hello\"" },
    { "two names, one of them root", "first:root", "t:$null|t:other|t:hello", "\"hello\"" },
    { "two names, none of them root", "first:second", "t:$null|t:one|t:two", "\"one\"" },
    { "nil", "root", "t:$null|t:$null", "null" },
    { "nil in an array", "root", "t:$null|a:02|t:x", "[null,\"x\"]" },
    { "one object used twice", "root", "t:$null|a:22|a:3|t:x", "[[\"x\"],[\"x\"]]" },
    { "array in itself", "root", "t:$null|a:12|t:x", "[\"x\"]~" },
    { "dictionary in itself", "root", "t:$null|d:23:13|t:k|t:v", "{\"v\"=\"v\"}~" },
    { "ring of three", "root", "t:$null|a:2|a:3|a:1", "[[[]]]~" },
    { "object beyond the list", "root", "t:$null|a:29|t:x", "[\"x\"]~" },
    { "value beyond the list", "root", "t:$null", "~" },
    { "key that is no string", "root", "t:$null|d:3:2|t:x|a:2", "{}~" },
    { "more values than keys", "root", "t:$null|d:2:33|t:k|t:x", "{\"k\"=\"x\"}~" },
    { "class that is not known", "root", "t:$null|o:", "~" },
    { "UID that stands for a UID", "root", "t:$null|u:2|t:x", "~" },
};

START_TEST(follows)
{
    struct mlint_test_bplist list;
    struct reading reading;
    char *got;

    make(&list, rows[_i].top, rows[_i].objects);
    begin(&reading, mlint_str_make(list.bytes.ptr, list.bytes.len));
    got = mlint_test_plist_show(reading.tree);
    mlint_assert_str(rows[_i].name, mlint_str_from(got), mlint_str_from(rows[_i].wanted));
    free(got);
    mlint_arena_done(&reading.arena);
    mlint_test_bplist_done(&list);
}
END_TEST

/* Ten references to the next, ten to the next: a note, and no more values than are allowed. */
START_TEST(ends_a_flood)
{
    struct mlint_test_bplist list;
    struct reading reading;

    make(&list, "root",
         "t:$null|a:2222222222|a:3333333333|a:4444444444|a:5555555555|a:6666666666|"
         "a:7777777777|a:8888888888|a:9999999999|a:aaaaaaaaaa|t:x");
    begin(&reading, mlint_str_make(list.bytes.ptr, list.bytes.len));
    ck_assert(reading.tree->notes && !reading.tree->notes->next);
    ck_assert(!reading.tree->damaged && reading.tree->node_count < 20000);
    mlint_arena_done(&reading.arena);
    mlint_test_bplist_done(&list);
}
END_TEST

/* What is no archive at all: one note, and the file around it stays whole. */
static const struct mlint_str inputs[] = {
    MLINT_STR_INIT(""),
    MLINT_STR_INIT("hello"),
    MLINT_STR_INIT("bplist00"),
    MLINT_STR_INIT("bplist15"),
    MLINT_STR_INIT("<?xml version=\"1.0\"?><plist><string>x</string></plist>"),
    MLINT_STR_INIT("bplist00\xD0\x08\0\0\0\0\0\0\1\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0"
                   "\0\0\0\0\0\0\x09"),
};

START_TEST(refuses)
{
    struct reading reading;

    begin(&reading, inputs[_i]);
    ck_assert(reading.tree->notes && !reading.tree->root->child);
    ck_assert(!reading.tree->damaged && !reading.tree->problem);
    mlint_arena_done(&reading.arena);
}
END_TEST

MLINT_SUITE(keyed)
{
    Suite *suite = suite_create("keyed");

    MLINT_TEST_ROWS(suite, follows, rows);
    MLINT_TEST(suite, ends_a_flood);
    MLINT_TEST_ROWS(suite, refuses, inputs);
    return suite;
}
