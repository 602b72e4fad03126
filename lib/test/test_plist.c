/* test_plist.c: property lists that somebody could send, in their three spellings. */
#include "syntax/plist.h"
#include "test/plists.h"
#include "test/test.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">"
#define TAIL "</plist>"

static const struct {
    const char *name, *input, *wanted;
} texts[] = {
    { "string", HEAD "<string>a b</string>" TAIL, "\"a b\"" },
    { "empty string", HEAD "<string></string>" TAIL, "\"\"" },
    { "empty element", HEAD "<string/>" TAIL, "\"\"" },
    { "blanks count", HEAD "<string> a </string>" TAIL, "\" a \"" },
    { "entities", HEAD "<string>&lt;a&amp;b&gt;&quot;&apos;&#65;&#x42;</string>" TAIL,
      "\"<a&b>\"'AB\"" },
    { "CDATA", HEAD "<string>a<![CDATA[<&]]>b</string>" TAIL, "\"a<&b\"" },
    { "comment inside", HEAD "<string>a<!-- x -->b</string>" TAIL, "\"ab\"" },
    { "CRLF inside", HEAD "<string>a\r\nb</string>" TAIL, "\"a\nb\"" },
    { "integer", HEAD "<integer>993</integer>" TAIL, "i993" },
    { "integer with blanks", HEAD "<integer> -1\n</integer>" TAIL, "i-1" },
    { "integer in hexadecimal", HEAD "<integer>0x3E1</integer>" TAIL, "i993" },
    { "largest integer", HEAD "<integer>9223372036854775807</integer>" TAIL,
      "i9223372036854775807" },
    { "smallest integer", HEAD "<integer>-9223372036854775808</integer>" TAIL,
      "i-9223372036854775808" },
    { "unsigned integer", HEAD "<integer>18446744073709551615</integer>" TAIL, "u" },
    { "integer too large", HEAD "<integer>18446744073709551616</integer>" TAIL,
      "\"18446744073709551616\"~" },
    { "no integer", HEAD "<integer>{{port}}</integer>" TAIL, "\"{{port}}\"~" },
    { "real", HEAD "<real>993.0</real>" TAIL, "r993.000000" },
    { "real with exponent", HEAD "<real>-1.5e2</real>" TAIL, "r-150.000000" },
    { "no real", HEAD "<real>1,5</real>" TAIL, "\"1,5\"~" },
    { "true and false", HEAD "<array><true/><false></false></array>" TAIL, "[T,F]" },
    { "data", HEAD "<data>\n\tAAEC\n\t/w==\n</data>" TAIL, "<000102ff>" },
    { "date", HEAD "<date>2024-02-29T12:00:00Z</date>" TAIL, "@2024-02-29T12:00:00Z" },
    { "dictionary",
      HEAD "<dict><key>a</key><integer>1</integer><key>b</key><dict/></dict>" TAIL,
      "{\"a\"=i1,\"b\"={}}" },
    { "no <plist>", "<dict><key>a</key><true/></dict>", "{\"a\"=T}" },
    { "blanks first", " \n <?xml version=\"1.0\"?><array/>", "[]" },
    { "duplicate key", HEAD "<dict><key>a</key><true/><key>a</key><false/></dict>" TAIL,
      "{\"a\"=T,\"a\"=F}~" },
    { "key without value", HEAD "<dict><key>a</key><key>b</key><true/></dict>" TAIL,
      "{\"b\"=T}~" },
    { "last key without value", HEAD "<dict><key>a</key></dict>" TAIL, "{}~" },
    { "value without key", HEAD "<dict><true/><key>b</key><dict><true/></dict></dict>" TAIL,
      "{\"b\"={}}~" },
    { "key in an array", HEAD "<array><key>a</key><true/></array>" TAIL, "[T]~" },
    { "foreign element", HEAD "<array><foo><true/></foo><false/></array>" TAIL, "[F]~" },
    { "element in a string", HEAD "<array><string>a<b>c</b></string><true/></array>" TAIL,
      "[\"\",T]~" },
    { "value in a string", HEAD "<array><string><true/></string><true/></array>" TAIL,
      "[\"\",T]~" },
    { "text between elements", HEAD "<array>x<true/></array>" TAIL, "[T]~" },
    { "second object", HEAD "<true/><false/>" TAIL, "T~" },
    { "unescaped ampersand",
      HEAD "<array><string>a & b</string><string>&lt;</string></array>" TAIL,
      "[\"a & b\",\"<\"]!~" },
    { "ampersand and name", HEAD "<string>ab&cd</string>" TAIL, "\"ab&cd\"!~" },
    { "unknown entity", HEAD "<string>a&nbsp;b</string>" TAIL, "\"a&nbsp;b\"!~" },
    { "bare less-than", HEAD "<array><true/><string>a < b</string></array>" TAIL, "[T]!~" },
    { "cut off in a value", HEAD "<dict><key>a</key><true/><key>b</key><string>jane@exa",
      "{\"a\"=T}!~" },
    { "junk behind the end", HEAD "<true/>" TAIL "\n<b/>", "T~" },
    { "old style", "{ a = 1; \"b c\" = \"d e\"; }", "{\"a\"=\"1\",\"b c\"=\"d e\"}" },
    { "old style array", "( a, \"b\", (), {} )", "[\"a\",\"b\",[],{}]" },
    { "comma at the end", "( a, )", "[\"a\"]" },
    { "semicolon left out", "{ a = 1 }", "{\"a\"=\"1\"}" },
    { "old style data alone looks like XML", "<00 fF 1>", "!~" },
    { "old style data inside", "{ a = <00 fF10>; }", "{\"a\"=<00ff10>}" },
    { "data of newer macOS", "{ a = {length = 2, bytes = 0x00ff}; b = 1; }",
      "{\"a\"=<>,\"b\"=\"1\"}" },
    { "escapes", "{ a = \"q\\\"\\\\n\\n\\101\\U00e9\"; }", "{\"a\"=\"q\"\\n\nA\xC3\xA9\"}" },
    { "escape as defaults prints it", "{ a = \"\\\\U00fc\\\\Ud83d\\\\Ude00\"; }",
      "{\"a\"=\"\xC3\xBC\xF0\x9F\x98\x80\"}" },
    { "domain and user", "{ a = \"CORP\\\\User\"; }", "{\"a\"=\"CORP\\User\"}" },
    { "comments", "// x\n/* y */ { a /* z */ = 1; // end\n }", "{\"a\"=\"1\"}" },
    { "old style duplicate", "{ a = 1; a = 2; }", "{\"a\"=\"1\",\"a\"=\"2\"}~" },
    { "old style cut off", "{ a = 1; b = \"x", "{\"a\"=\"1\",\"b\"=\"\"}!~" },
    { "old style without =", "{ a 1; }", "{}!~" },
    { "old style, more behind", "{ a = 1; } b", "{\"a\"=\"1\"}~" },
    { "plutil -p", "{\n  \"a\" => 1\n}", "!" },
    { "no list", "hello", "!" },
    { "nothing", "", "!" },
};

START_TEST(reads_text)
{
    struct mlint_test_plist plist;
    char *got;

    mlint_test_plist_read(&plist, mlint_str_from(texts[_i].input));
    got = mlint_test_plist_show(plist.tree);
    mlint_assert_str(texts[_i].name, mlint_str_from(got), mlint_str_from(texts[_i].wanted));
    free(got);
    mlint_test_plist_done(&plist);
}
END_TEST

/* What proves late not to be for the plain reader is read again from its beginning, and leaves
 * neither nodes nor notes twice. */
START_TEST(reads_anew)
{
    static const char *const texts_of[] = {
        HEAD "<array>x<foo/><true/><dict><key>a</key></dict><string>y</string></array>" TAIL,
        HEAD "<array>x<foo/><true/><dict><key>a</key></dict><string><![CDATA[y]]></string>"
             "</array>" TAIL,
    };

    for (size_t i = 0; i < 2; i++) {
        struct mlint_test_plist plist;
        char *got;

        mlint_test_plist_read(&plist, mlint_str_from(texts_of[i]));
        got = mlint_test_plist_show(plist.tree);
        ck_assert_str_eq(got, "[T,{},\"y\"]~");
        ck_assert_uint_eq(plist.tree->note_count, 3);
        ck_assert_uint_eq(plist.tree->node_count, 4);
        ck_assert_ptr_null(plist.tree->notes->next->next->next);
        ck_assert_ptr_eq(plist.tree->last_note, plist.tree->notes->next->next);
        free(got);
        mlint_test_plist_done(&plist);
    }
}
END_TEST

/* Where things stand, in a text that has blanks, entities and comments around them. */
START_TEST(knows_places)
{
    static const char text[] = "<plist>\n<dict>\n <key>port</key>\n <integer> 993 </integer>\n"
                               " <key>a&amp;b</key><string>x<!-- -->y</string>\n "
                               "<key>on</key><true/>\n</dict></plist>";
    static const struct {
        const char *key, *name, *value;
    } rows[] = { { "port", "port", "993" },
                 { "a&b", "a&amp;b", "x<!-- -->y" },
                 { "on", "on", "<true/>" } };
    struct mlint_test_plist plist;

    mlint_test_plist_read(&plist, mlint_str_from(text));
    for (size_t i = 0; i < MLINT_TEST_COUNT(rows); i++) {
        const struct mlint_node *node = mlint_node_get(plist.tree->root->child, rows[i].key);
        ck_assert_msg(node, "%s", rows[i].key);
        mlint_assert_str(
            "name",
            mlint_str_sub(plist.source.text, node->name_span.begin, node->name_span.end),
            mlint_str_from(rows[i].name));
        mlint_assert_str(
            "value",
            mlint_str_sub(plist.source.text, node->value_span.begin, node->value_span.end),
            mlint_str_from(rows[i].value));
    }
    mlint_test_plist_done(&plist);
}
END_TEST

/* Every kind of object that a binary list can hold. */
static const struct {
    struct mlint_str bytes;
    const char *wanted;
} objects[] = {
    { MLINT_STR_INIT("\x00"), "null" },
    { MLINT_STR_INIT("\x08"), "F" },
    { MLINT_STR_INIT("\x09"), "T" },
    { MLINT_STR_INIT("\x10\xFF"), "i255" },
    { MLINT_STR_INIT("\x11\x03\xE1"), "i993" },
    { MLINT_STR_INIT("\x12\xFF\xFF\xFF\xFF"), "i4294967295" },
    { MLINT_STR_INIT("\x13\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), "i-1" },
    { MLINT_STR_INIT("\x14\0\0\0\0\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), "u" },
    { MLINT_STR_INIT("\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05"), "i5" },
    { MLINT_STR_INIT("\x14\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFE"),
      "i-2" },
    { MLINT_STR_INIT("\x22\x3F\xC0\0\0"), "r1.500000" },
    { MLINT_STR_INIT("\x23\xC0\x04\0\0\0\0\0\0"), "r-2.500000" },
    { MLINT_STR_INIT("\x33\0\0\0\0\0\0\0\0"), "@2001-01-01T00:00:00Z" },
    { MLINT_STR_INIT("\x33\x41\xC5\xC8\x54\xA0\0\0\0"), "@2024-02-29T12:00:00Z" },
    { MLINT_STR_INIT("\x33\xC1\xCD\x27\xE4\x40\0\0\0"), "@1970-01-01T00:00:00Z" },
    { MLINT_STR_INIT("\x42\x01\xFE"), "<01fe>" },
    { MLINT_STR_INIT("\x53"
                     "abc"),
      "\"abc\"" },
    { MLINT_STR_INIT("\x5F\x10\x03"
                     "abc"),
      "\"abc\"" },
    { MLINT_STR_INIT("\x51\xFC"), "\"\xC3\xBC\"" },
    { MLINT_STR_INIT("\x58"
                     "abcdefg\xFC"),
      "\"abcdefg\xC3\xBC\"" },
    { MLINT_STR_INIT("\x59"
                     "abcdefgh\xFC"),
      "\"abcdefgh\xC3\xBC\"" },
    { MLINT_STR_INIT("\x59"
                     "\xFC"
                     "bcdefghi"),
      "\"\xC3\xBC"
      "bcdefghi\"" },
    { MLINT_STR_INIT("\x5A"
                     "abcdefgh\xC3\xBC"),
      "\"abcdefgh\xC3\xBC\"" },
    { MLINT_STR_INIT("\x62\0\xFC\0A"), "\"\xC3\xBC"
                                       "A\"" },
    { MLINT_STR_INIT("\x62\xD8\x3D\xDE\0"), "\"\xF0\x9F\x98\x80\"" },
    { MLINT_STR_INIT("\x73"
                     "abc"),
      "\"abc\"" },
    { MLINT_STR_INIT("\x81\x01\x02"), "#258" },
    { MLINT_STR_INIT("\xA0"), "[]" },
    { MLINT_STR_INIT("\xB0"), "[]" },
    { MLINT_STR_INIT("\xC1\x02"), "[F]" },
    { MLINT_STR_INIT("\xD0"), "{}" },
};

/* All of them, in one array. */
START_TEST(reads_binary)
{
    struct mlint_test_bplist list;
    struct mlint_test_plist plist;
    const struct mlint_node *node;

    mlint_test_bplist_init(&list, 1);
    mlint_test_bplist_object(&list, 0xAF);
    mlint_buf_char(&list.bytes, 0x10);
    mlint_buf_char(&list.bytes, (char)MLINT_TEST_COUNT(objects));
    for (size_t i = 0; i < MLINT_TEST_COUNT(objects); i++)
        mlint_buf_char(&list.bytes, (char)(i + 1));
    for (size_t i = 0; i < MLINT_TEST_COUNT(objects); i++) {
        mlint_test_bplist_object(&list, (unsigned char)objects[i].bytes.ptr[0]);
        mlint_buf_add(&list.bytes, objects[i].bytes.ptr + 1, objects[i].bytes.len - 1);
    }
    mlint_test_bplist_end(&list, 0);
    mlint_test_plist_read(&plist, mlint_str_make(list.bytes.ptr, list.bytes.len));
    ck_assert(!plist.tree->damaged && !plist.tree->notes);
    node = plist.tree->root->child->child;
    for (size_t i = 0; i < MLINT_TEST_COUNT(objects); i++, node = node->next) {
        struct mlint_node alone = *node, root = { .child = &alone };
        struct mlint_tree one = { .root = &root };
        char *got;
        alone.next = NULL;
        got = mlint_test_plist_show(&one);
        ck_assert_msg(strcmp(got, objects[i].wanted) == 0, "object %zu: got %s, wanted %s", i,
                      got, objects[i].wanted);
        free(got);
    }
    mlint_test_plist_done(&plist);
    mlint_test_bplist_done(&list);
}
END_TEST

/* A string of letters, its count in 1 << exponent bytes; one letter may be beyond ASCII. */
static void add_string(struct mlint_test_bplist *list, unsigned exponent, int len, int odd)
{
    mlint_test_bplist_object(list, 0x5F);
    mlint_test_bplist_number(&list->bytes, 0x10 + exponent, 1);
    mlint_test_bplist_number(&list->bytes, (uint64_t)len, 1u << exponent);
    for (int i = 0; i < len; i++)
        mlint_buf_char(&list->bytes, i == odd ? '\xE9' : (char)('a' + i % 26));
}

/* Keys and values of one text, which are read in haste, with care, and as Windows-1252. */
static void check_strings(int len, int odd)
{
    static const char references[] = { 1, 2, 3, 2, 3, 1 };
    struct mlint_test_bplist list;
    struct mlint_test_plist plist;
    const struct mlint_node *node;

    mlint_test_bplist_init(&list, 1);
    mlint_test_bplist_object(&list, 0xD3);
    mlint_buf_add(&list.bytes, references, sizeof references);
    for (unsigned exponent = 0; exponent < 3; exponent++)
        add_string(&list, exponent, len, odd);
    mlint_test_bplist_end(&list, 0);
    mlint_test_plist_read(&plist, mlint_str_make(list.bytes.ptr, list.bytes.len));
    ck_assert(!plist.tree->damaged);
    ck_assert_uint_eq(plist.tree->note_count, 2); /* they are duplicates */
    for (node = plist.tree->root->child->child; node; node = node->next) {
        ck_assert_uint_eq(node->name.len, (size_t)len + (odd >= 0));
        ck_assert(mlint_str_eq(node->name, node->value));
        ck_assert_int_eq(node->name_span.end - node->name_span.begin, len);
        ck_assert_int_eq(node->value_span.end - node->value_span.begin, len);
        ck_assert(len == 0 || list.bytes.ptr[node->value_span.begin] == (odd ? 'a' : '\xE9'));
        ck_assert(odd < 0 || node->name.ptr[odd] == '\xC3');
    }
    mlint_test_plist_done(&plist);
    mlint_test_bplist_done(&list);
}

START_TEST(reads_strings_alike)
{
    for (int len = 0; len < 40; len++) {
        for (int odd = -1; odd < len; odd++)
            check_strings(len, odd);
    }
}
END_TEST

MLINT_SUITE(plist)
{
    Suite *suite = suite_create("plist");

    MLINT_TEST_ROWS(suite, reads_text, texts);
    MLINT_TEST(suite, reads_anew);
    MLINT_TEST(suite, knows_places);
    MLINT_TEST(suite, reads_binary);
    MLINT_TEST(suite, reads_strings_alike);
    return suite;
}
