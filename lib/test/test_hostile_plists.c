/* test_hostile_plists.c: property lists that were made to hurt. Each must be read in no time,
 * in little memory, and end in what the row says. */
#include "syntax/plist.h"
#include "test/plists.h"
#include "test/test.h"

#include <time.h>

#include "source/limits.h"

/* What became of it. */
enum outcome {
    FINE = 0,
    NOTED = 1,   /* something was passed over */
    DAMAGED = 2, /* given up */
    DEEP = 4,
    MANY = 8,
};

typedef void making(struct mlint_buf *out, uint64_t parameter);

/* ---- Binary lists: a sound one with one thing changed ---- */

/* { "key" = [ "value", 5 ] } */
static void make_sound(struct mlint_buf *out)
{
    struct mlint_test_bplist list;

    mlint_test_bplist_init(&list, 1);
    mlint_test_bplist_object(&list, 0xD1);
    mlint_buf_add(&list.bytes, "\1\2", 2);
    mlint_test_bplist_object(&list, 0x53);
    mlint_buf_text(&list.bytes, "key");
    mlint_test_bplist_object(&list, 0xA2);
    mlint_buf_add(&list.bytes, "\3\4", 2);
    mlint_test_bplist_object(&list, 0x55);
    mlint_buf_text(&list.bytes, "value");
    mlint_test_bplist_object(&list, 0x10);
    mlint_buf_char(&list.bytes, 5);
    mlint_test_bplist_end(&list, 0);
    mlint_buf_add(out, list.bytes.ptr, list.bytes.len);
    mlint_test_bplist_done(&list);
}

static void sound(struct mlint_buf *out, uint64_t unused)
{
    (void)unused;
    make_sound(out);
}

static void cut_to(struct mlint_buf *out, uint64_t length)
{
    make_sound(out);
    out->len = length;
}

static void cut_by(struct mlint_buf *out, uint64_t less)
{
    make_sound(out);
    out->len -= less;
}

/* Another number in the trailer, which is 32 bytes long. */
static void patch(struct mlint_buf *out, size_t at, unsigned size, uint64_t number)
{
    make_sound(out);
    for (unsigned i = 0; i < size; i++)
        out->ptr[out->len - 32 + at + i] = (char)(number >> 8 * (size - 1 - i));
}

static void offset_size(struct mlint_buf *out, uint64_t number)
{
    patch(out, 6, 1, number);
}

static void reference_size(struct mlint_buf *out, uint64_t number)
{
    patch(out, 7, 1, number);
}

static void object_count(struct mlint_buf *out, uint64_t number)
{
    patch(out, 8, 8, number);
}

static void top_object(struct mlint_buf *out, uint64_t number)
{
    patch(out, 16, 8, number);
}

static void table_at(struct mlint_buf *out, uint64_t number)
{
    patch(out, 24, 8, number);
}

/* Where the second object, the key, would stand. */
static void offset_of_key(struct mlint_buf *out, uint64_t number)
{
    make_sound(out);
    for (unsigned i = 0; i < 4; i++)
        out->ptr[out->len - 32 - 20 + 4 + i] = (char)(number >> 8 * (3 - i));
}

/* ---- Binary lists: one object in an array, made of the bytes of a number ---- */

static void one_object(struct mlint_buf *out, const void *bytes, size_t length)
{
    struct mlint_test_bplist list;

    mlint_test_bplist_init(&list, 1);
    mlint_test_bplist_object(&list, 0xA1);
    mlint_buf_char(&list.bytes, 1);
    mlint_test_bplist_object(&list, *(const unsigned char *)bytes);
    mlint_buf_add(&list.bytes, (const char *)bytes + 1, length - 1);
    mlint_test_bplist_end(&list, 0);
    mlint_buf_add(out, list.bytes.ptr, list.bytes.len);
    mlint_test_bplist_done(&list);
}

static void marker(struct mlint_buf *out, uint64_t byte)
{
    unsigned char bytes[10] = { (unsigned char)byte };

    one_object(out, bytes, sizeof bytes);
}

/* An object of this kind whose count is written as eight bytes. */
static void counted(struct mlint_buf *out, unsigned kind, uint64_t count)
{
    unsigned char bytes[10] = { (unsigned char)(kind << 4 | 0xF), 0x13 };

    for (unsigned i = 0; i < 8; i++)
        bytes[2 + i] = (unsigned char)(count >> 8 * (7 - i));
    one_object(out, bytes, sizeof bytes);
}

static void data_of(struct mlint_buf *out, uint64_t count)
{
    counted(out, 4, count);
}

static void string_of(struct mlint_buf *out, uint64_t count)
{
    counted(out, 5, count);
}

static void wide_string_of(struct mlint_buf *out, uint64_t count)
{
    counted(out, 6, count);
}

static void array_of(struct mlint_buf *out, uint64_t count)
{
    counted(out, 0xA, count);
}

static void set_of(struct mlint_buf *out, uint64_t count)
{
    counted(out, 0xC, count);
}

static void dict_of(struct mlint_buf *out, uint64_t count)
{
    counted(out, 0xD, count);
}

/* A count that is no integer object, or one of sixteen bytes. */
static void count_marker(struct mlint_buf *out, uint64_t byte)
{
    unsigned char bytes[20] = { 0x5F, (unsigned char)byte };

    one_object(out, bytes, sizeof bytes);
}

/* ---- Binary lists: shapes ---- */

static void finish(struct mlint_buf *out, struct mlint_test_bplist *list)
{
    mlint_test_bplist_end(list, 0);
    mlint_buf_add(out, list->bytes.ptr, list->bytes.len);
    mlint_test_bplist_done(list);
}

/* Arrays in arrays, the last one empty. */
static void nested(struct mlint_buf *out, uint64_t depth)
{
    struct mlint_test_bplist list;

    mlint_test_bplist_init(&list, 2);
    for (uint64_t i = 1; i < depth; i++) {
        mlint_test_bplist_object(&list, 0xA1);
        mlint_test_bplist_number(&list.bytes, i, 2);
    }
    mlint_test_bplist_object(&list, 0xA0);
    finish(out, &list);
}

/* Dictionaries in dictionaries, each its own key. */
static void nested_dicts(struct mlint_buf *out, uint64_t depth)
{
    struct mlint_test_bplist list;

    mlint_test_bplist_init(&list, 2);
    for (uint64_t i = 1; i < depth; i++) {
        mlint_test_bplist_object(&list, 0xD1);
        mlint_test_bplist_number(&list.bytes, depth, 2);
        mlint_test_bplist_number(&list.bytes, i, 2);
    }
    mlint_test_bplist_object(&list, 0xA0);
    mlint_test_bplist_object(&list, 0x51);
    mlint_buf_char(&list.bytes, 'k');
    finish(out, &list);
}

/* Ten references to the next array, ten to the next: ten to the depth strings. */
static void expanding(struct mlint_buf *out, uint64_t depth)
{
    struct mlint_test_bplist list;

    mlint_test_bplist_init(&list, 1);
    for (uint64_t i = 1; i <= depth; i++) {
        mlint_test_bplist_object(&list, 0xAA);
        for (unsigned j = 0; j < 10; j++)
            mlint_buf_char(&list.bytes, (char)i);
    }
    mlint_test_bplist_object(&list, 0x53);
    mlint_buf_text(&list.bytes, "lol");
    finish(out, &list);
}

/* The same with dictionaries of one key. */
static void expanding_dicts(struct mlint_buf *out, uint64_t depth)
{
    struct mlint_test_bplist list;

    mlint_test_bplist_init(&list, 1);
    for (uint64_t i = 1; i <= depth; i++) {
        mlint_test_bplist_object(&list, 0xD5);
        for (unsigned j = 0; j < 5; j++)
            mlint_buf_char(&list.bytes, (char)depth);
        for (unsigned j = 0; j < 5; j++)
            mlint_buf_char(&list.bytes, (char)i);
    }
    mlint_test_bplist_object(&list, 0x53);
    mlint_buf_text(&list.bytes, "lol");
    finish(out, &list);
}

/* One UTF-16 string of 60,000 characters, referred to from everywhere. */
static void one_long_string(struct mlint_buf *out, uint64_t references)
{
    struct mlint_test_bplist list;

    mlint_test_bplist_init(&list, 1);
    mlint_test_bplist_object(&list, 0xAF);
    mlint_buf_char(&list.bytes, 0x11);
    mlint_test_bplist_number(&list.bytes, references, 2);
    for (uint64_t i = 0; i < references; i++)
        mlint_buf_char(&list.bytes, 1);
    mlint_test_bplist_object(&list, 0x6F);
    mlint_buf_char(&list.bytes, 0x11);
    mlint_test_bplist_number(&list.bytes, 60000, 2);
    for (unsigned i = 0; i < 60000; i++)
        mlint_test_bplist_number(&list.bytes, 0x4E2D, 2);
    finish(out, &list);
}

/* A ring of so many arrays. */
static void ring(struct mlint_buf *out, uint64_t length)
{
    struct mlint_test_bplist list;

    mlint_test_bplist_init(&list, 1);
    for (uint64_t i = 0; i < length; i++) {
        mlint_test_bplist_object(&list, 0xA1);
        mlint_buf_char(&list.bytes, (char)((i + 1) % length));
    }
    finish(out, &list);
}

/* A dictionary whose one key and one value are these objects: 0 is itself, 1 a string, 2 an
 * integer, 9 does not exist. */
static void pair(struct mlint_buf *out, uint64_t key_and_value)
{
    struct mlint_test_bplist list;

    mlint_test_bplist_init(&list, 1);
    mlint_test_bplist_object(&list, 0xD1);
    mlint_buf_char(&list.bytes, (char)(key_and_value >> 4));
    mlint_buf_char(&list.bytes, (char)(key_and_value & 0xF));
    mlint_test_bplist_object(&list, 0x51);
    mlint_buf_char(&list.bytes, 'k');
    mlint_test_bplist_object(&list, 0x10);
    mlint_buf_char(&list.bytes, 5);
    finish(out, &list);
}

/* A dictionary with one key many times. */
static void same_keys(struct mlint_buf *out, uint64_t count)
{
    struct mlint_test_bplist list;

    mlint_test_bplist_init(&list, 1);
    mlint_test_bplist_object(&list, 0xDF);
    mlint_buf_char(&list.bytes, 0x12);
    mlint_test_bplist_number(&list.bytes, count, 4);
    for (uint64_t i = 0; i < 2 * count; i++)
        mlint_buf_char(&list.bytes, 1);
    mlint_test_bplist_object(&list, 0x51);
    mlint_buf_char(&list.bytes, 'k');
    finish(out, &list);
}

/* ---- XML ---- */

static void repeat(struct mlint_buf *out, const char *text, uint64_t times)
{
    while (times--)
        mlint_buf_text(out, text);
}

static void xml_nested(struct mlint_buf *out, uint64_t depth)
{
    repeat(out, "<array>", depth);
    repeat(out, "</array>", depth);
}

static void xml_open(struct mlint_buf *out, uint64_t depth)
{
    repeat(out, "<dict><key>k</key>", depth);
}

static void xml_foreign(struct mlint_buf *out, uint64_t depth)
{
    mlint_buf_text(out, "<array>");
    repeat(out, "<x>", depth);
    repeat(out, "</x>", depth);
    mlint_buf_text(out, "</array>");
}

static void xml_names(struct mlint_buf *out, uint64_t count)
{
    mlint_buf_text(out, "<array>");
    for (uint64_t i = 0; i < count; i++)
        mlint_buf_printf(out, "<n%llu/>", (unsigned long long)i);
    mlint_buf_text(out, "</array>");
}

static void xml_attributes(struct mlint_buf *out, uint64_t count)
{
    mlint_buf_text(out, "<array ");
    for (uint64_t i = 0; i < count; i++)
        mlint_buf_printf(out, "a%llu='&lt;' ", (unsigned long long)i);
    mlint_buf_text(out, "><true/></array>");
}

static void xml_keys(struct mlint_buf *out, uint64_t count)
{
    mlint_buf_text(out, "<dict>");
    repeat(out, "<key>k</key><true/>", count);
    mlint_buf_text(out, "</dict>");
}

static void xml_ampersands(struct mlint_buf *out, uint64_t count)
{
    mlint_buf_text(out, "<array><string>");
    repeat(out, "& ", count);
    mlint_buf_text(out, "</string></array>");
}

static void xml_comment(struct mlint_buf *out, uint64_t length)
{
    mlint_buf_text(out, "<array><!--");
    repeat(out, "-x", length);
}

static void xml_text(struct mlint_buf *out, uint64_t which)
{
    static const char *const texts[] = {
        ("<!DOCTYPE plist [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
         "<array><string>&b;&b;&b;</string></array>"),
        "<!DOCTYPE plist [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><array>&x;</array>",
        "<!DOCTYPE plist [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p;]><array/>",
        "<!DOCTYPE plist SYSTEM 'file:///dev/zero'><array><true/></array>",
        "<?xml version='1.0' encoding='UTF-16'?><array><true/></array>",
        "<?xml version='1.0' encoding='no-such-encoding'?><array><string>\xFC</string></array>",
        "<array><string>\x01</string></array>",
        "<array><string>\xED\xA0\x80</string></array>",
        "<array><string>&#0;</string></array>",
        "<array><string>&#x110000;</string></array>",
        "<array><true/></dict>",
        "<array a='1' a='2'/>",
        "<array><![CDATA[",
        "<array><data>!!!!</data></array>",
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>",
        "<",
    };

    mlint_buf_text(out, texts[which]);
}

/* ---- Old style ---- */

static void ascii_nested(struct mlint_buf *out, uint64_t depth)
{
    repeat(out, "(", depth);
}

static void ascii_text(struct mlint_buf *out, uint64_t which)
{
    static const char *const texts[] = {
        "{ a = \"\\U12\\Uzzzz\\777\\9\"; }",
        "{ a = \"\\Ud83d\\Ud83d\\Ude00\"; }",
        "{ a = \"\\",
        "{ a = <00",
        "{ a = {length = 5, bytes",
        "/* no end",
        "{ /* no end",
        "{;}",
        "( = )",
    };

    mlint_buf_text(out, texts[which]);
}

static const struct {
    const char *name;
    making *make;
    uint64_t parameter;
    unsigned wanted;
} rows[] = {
    { "sound", sound, 0, FINE },
    { "magic alone", cut_to, 8, DAMAGED },
    { "nine bytes", cut_to, 9, DAMAGED },
    { "a trailer and no more", cut_to, 40, DAMAGED },
    { "last byte missing", cut_by, 1, DAMAGED },
    { "trailer missing", cut_by, 32, DAMAGED },
    { "table missing", cut_by, 52, DAMAGED },
    { "offsets of 0 bytes", offset_size, 0, DAMAGED },
    { "offsets of 8 bytes", offset_size, 8, DAMAGED },
    { "offsets of 9 bytes", offset_size, 9, DAMAGED },
    { "offsets of 255 bytes", offset_size, 255, DAMAGED },
    { "offsets of 1 byte", offset_size, 1, DAMAGED | NOTED },
    { "references of 0 bytes", reference_size, 0, DAMAGED },
    { "references of 2 bytes", reference_size, 2, NOTED },
    { "references of 9 bytes", reference_size, 9, DAMAGED },
    { "references of 255 bytes", reference_size, 255, DAMAGED },
    { "no objects", object_count, 0, DAMAGED },
    { "one object", object_count, 1, NOTED },
    { "one object too many", object_count, 6, DAMAGED },
    { "2^32 objects", object_count, 1ull << 32, DAMAGED },
    { "2^62 objects", object_count, 1ull << 62, DAMAGED },
    { "2^64-1 objects", object_count, UINT64_MAX, DAMAGED },
    { "top object missing", top_object, 5, DAMAGED },
    { "top object 2^64-1", top_object, UINT64_MAX, DAMAGED },
    { "top object a string", top_object, 1, FINE },
    { "table at 0", table_at, 0, DAMAGED },
    { "table in the magic", table_at, 7, DAMAGED },
    { "table before the objects", table_at, 9, DAMAGED | NOTED },
    { "table at 2^32", table_at, 1ull << 32, DAMAGED },
    { "table at 2^64-1", table_at, UINT64_MAX, DAMAGED },
    { "object in the magic", offset_of_key, 0, NOTED },
    { "object in the table", offset_of_key, 60, NOTED },
    { "object at 2^32-1", offset_of_key, UINT32_MAX, NOTED },
    { "object in an object", offset_of_key, 10, NOTED },
    { "marker 01", marker, 0x01, NOTED },
    { "marker 07", marker, 0x07, NOTED },
    { "marker 0C", marker, 0x0C, NOTED },
    { "marker 0F", marker, 0x0F, NOTED },
    { "integer of 32 bytes", marker, 0x15, NOTED },
    { "integer of 2^15 bytes", marker, 0x1F, NOTED },
    { "real of 1 byte", marker, 0x20, NOTED },
    { "real of 16 bytes", marker, 0x24, NOTED },
    { "real of 2^15 bytes", marker, 0x2F, NOTED },
    { "date of 4 bytes", marker, 0x32, FINE },
    { "date of 2^15 bytes", marker, 0x3F, NOTED },
    { "uid of 9 bytes", marker, 0x88, NOTED },
    { "marker 90", marker, 0x90, NOTED },
    { "marker E1", marker, 0xE1, NOTED },
    { "marker FF", marker, 0xFF, NOTED },
    { "data of 2^32", data_of, 1ull << 32, NOTED },
    { "data of 2^64-1", data_of, UINT64_MAX, NOTED },
    { "string of 2^63", string_of, 1ull << 63, NOTED },
    { "string of 2^64-1", string_of, UINT64_MAX, NOTED },
    { "wide string of 2^63", wide_string_of, 1ull << 63, NOTED },
    { "wide string of 2^63+1", wide_string_of, (1ull << 63) + 1, NOTED },
    { "array of 2^64-1", array_of, UINT64_MAX, NOTED },
    { "set of 2^63", set_of, 1ull << 63, NOTED },
    { "dictionary of 2^63", dict_of, 1ull << 63, NOTED },
    { "dictionary of 2^62", dict_of, 1ull << 62, NOTED },
    { "count is a string", count_marker, 0x50, NOTED },
    { "count of 16 bytes", count_marker, 0x14, NOTED },
    { "count of 2^15 bytes", count_marker, 0x1F, NOTED },
    { "array in itself", ring, 1, NOTED },
    { "ring of two", ring, 2, NOTED },
    { "ring of fifty", ring, 50, NOTED },
    { "ring deeper than the ceiling", ring, 100, DEEP },
    { "dictionary is its own key", pair, 0x01, NOTED },
    { "dictionary is its own value", pair, 0x10, NOTED },
    { "key is a number", pair, 0x21, NOTED },
    { "key does not exist", pair, 0x91, NOTED },
    { "value does not exist", pair, 0x19, NOTED },
    { "as deep as may be", nested, MLINT_LIMIT_DEPTH, FINE },
    { "one too deep", nested, MLINT_LIMIT_DEPTH + 1, DEEP },
    { "40,000 arrays", nested, 40000, DEEP },
    { "dictionaries too deep", nested_dicts, MLINT_LIMIT_DEPTH + 1, DEEP },
    { "20,000 dictionaries", nested_dicts, 20000, DEEP },
    { "expansion to 10^3", expanding, 3, FINE },
    { "expansion to 10^7", expanding, 7, MANY },
    { "expansion to 10^8", expanding, 8, MANY },
    { "expansion to 10^60", expanding, 60, MANY },
    { "expansion of dictionaries", expanding_dicts, 20, MANY | NOTED },
    { "60,000 references to one string", one_long_string, 60000, FINE },
    { "100,000 equal keys", same_keys, 100000, NOTED },
    { "XML one too deep", xml_nested, MLINT_LIMIT_DEPTH + 1, DEEP },
    { "XML 100,000 deep", xml_nested, 100000, DEEP },
    { "XML opened and left", xml_open, 20, DAMAGED | NOTED },
    { "XML foreign elements", xml_foreign, 1000, DEEP | NOTED },
    { "XML 20,000 names", xml_names, 20000, NOTED },
    { "XML 5,000 attributes", xml_attributes, 5000, FINE },
    { "XML 50,000 equal keys", xml_keys, 50000, NOTED },
    { "XML 50,000 ampersands", xml_ampersands, 50000, DAMAGED | NOTED },
    { "XML comment without end", xml_comment, 500000, DAMAGED | NOTED },
    { "entities in entities", xml_text, 0, DAMAGED | NOTED },
    { "entity of a file", xml_text, 1, DAMAGED | NOTED },
    { "parameter entity", xml_text, 2, DAMAGED | NOTED },
    { "DOCTYPE of a device", xml_text, 3, FINE },
    { "says UTF-16, is not", xml_text, 4, FINE },
    { "unknown encoding", xml_text, 5, NOTED },
    { "control character", xml_text, 6, DAMAGED | NOTED },
    { "surrogate in UTF-8", xml_text, 7, NOTED },
    { "character 0", xml_text, 8, DAMAGED | NOTED },
    { "character beyond Unicode", xml_text, 9, DAMAGED | NOTED },
    { "wrong end tag", xml_text, 10, DAMAGED | NOTED },
    { "attribute twice", xml_text, 11, DAMAGED | NOTED },
    { "CDATA without end", xml_text, 12, DAMAGED | NOTED },
    { "data that is no base64", xml_text, 13, FINE },
    { "XInclude", xml_text, 14, NOTED },
    { "less-than alone", xml_text, 15, DAMAGED | NOTED },
    { "old style 100,000 deep", ascii_nested, 100000, DEEP },
    { "old style left open", ascii_nested, 3, DAMAGED | NOTED },
    { "broken escapes", ascii_text, 0, FINE },
    { "half a pair", ascii_text, 1, FINE },
    { "backslash at the end", ascii_text, 2, DAMAGED | NOTED },
    { "data without end", ascii_text, 3, DAMAGED | NOTED },
    { "shown data without end", ascii_text, 4, DAMAGED | NOTED },
    { "comment without end", ascii_text, 5, DAMAGED | NOTED },
    { "comment without end inside", ascii_text, 6, DAMAGED | NOTED },
    { "semicolon alone", ascii_text, 7, DAMAGED | NOTED },
    { "equals alone", ascii_text, 8, DAMAGED | NOTED },
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static unsigned outcome_of(const struct mlint_tree *tree)
{
    return (tree->damaged ? DAMAGED : 0) | (tree->too_deep ? DEEP : 0) |
           (tree->too_many ? MANY : 0) | (tree->notes ? NOTED : 0);
}

START_TEST(ends_well)
{
    struct mlint_buf bytes;
    struct mlint_test_plist plist;
    double begin, took;
    size_t room;

    mlint_buf_init(&bytes, NULL, 0);
    rows[_i].make(&bytes, rows[_i].parameter);
    begin = now();
    mlint_test_plist_read(&plist, mlint_str_make(bytes.ptr, bytes.len));
    took = now() - begin;
    ck_assert_msg(outcome_of(plist.tree) == rows[_i].wanted, "%s: outcome %u, wanted %u",
                  rows[_i].name, outcome_of(plist.tree), rows[_i].wanted);
    /* A node is some 150 bytes, and no byte of a list is worth more than four of them. */
    room = 1024 * 1024 + 1000 * bytes.len;
    ck_assert_msg(plist.arena.used <= room, "%s: %zu bytes of memory for %zu", rows[_i].name,
                  plist.arena.used, bytes.len);
    /* Sanitizers and valgrind take their time; without bounds this would be hours. */
    ck_assert_msg(took < 10, "%s: %.1f seconds", rows[_i].name, took);
    ck_assert_msg(!plist.tree->damaged || plist.tree->problem, "%s: no cause", rows[_i].name);
    mlint_test_plist_done(&plist);
    mlint_buf_done(&bytes);
}
END_TEST

MLINT_SUITE(hostile_plists)
{
    Suite *suite = suite_create("hostile_plists");

    MLINT_TEST_ROWS(suite, ends_well, rows);
    return suite;
}
