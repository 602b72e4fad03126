/* test_reg.c: the grammar of .reg files, row by row as regedit was measured to take it, and the
 * spellings beyond it that are read with a note.
 *
 * What came of a text is written as one line: for each value NAME=TYPE:DATA (TYPE the
 * registry's number, DATA text in quotes, a number, or bytes), keys other than T in brackets
 * before their values, then a letter for each note: Syntax, Duplicate, Truncated, Encoding. */
#include "base/buf.h"
#include "syntax/reg.h"
#include "test/test.h"

#define S(literal) MLINT_STR_INIT(literal)
#define HEADER "REGEDIT4\n\n"
#define KEY "[HKEY_CURRENT_USER\\T]\n"

struct reading {
    struct mlint_arena arena;
    struct mlint_source source;
    struct mlint_tree *tree;
    struct mlint_buf line;
};

static bool only_t(struct mlint_str path, size_t from)
{
    (void)from;
    return mlint_str_ends_nocase(path, MLINT_STR("\\T")) ||
           mlint_str_find(path, MLINT_STR("\\T\\")) < path.len;
}

static void add_value(struct mlint_buf *line, const struct mlint_node *node)
{
    if (line->len)
        mlint_buf_char(line, ' ');
    mlint_buf_printf(line, "%.*s=%x:", MLINT_STR_ARG(node->name), node->subtype);
    if (node->type == MLINT_NODE_STRING)
        mlint_buf_printf(line, "\"%.*s\"", MLINT_STR_ARG(node->value));
    else if (node->type == MLINT_NODE_INTEGER)
        mlint_buf_printf(line, "%lld", (long long)node->number);
    for (size_t i = 0; node->type == MLINT_NODE_BINARY && i < node->value.len; i++)
        mlint_buf_printf(line, "%02x", (unsigned char)node->value.ptr[i]);
}

static void add_key(struct reading *reading, const struct mlint_node *key)
{
    const struct mlint_node *node;
    const char *path = mlint_node_path(&reading->arena, MLINT_PATH_BACKSLASH, key);

    if (key->subtype && strcmp(path, "HKEY_CURRENT_USER\\T") != 0)
        mlint_buf_printf(&reading->line, "%s[%s]", reading->line.len ? " " : "", path);
    for (node = key->child; node; node = node->next) {
        if (node->type == MLINT_NODE_GROUP)
            add_key(reading, node);
        else
            add_value(&reading->line, node);
    }
}

static void add_notes(struct reading *reading)
{
    static const char letters[] = { [MLINT_NOTE_SYNTAX] = 'S',
                                    [MLINT_NOTE_ENCODING] = 'E',
                                    [MLINT_NOTE_DUPLICATE_KEY] = 'D',
                                    [MLINT_NOTE_TRUNCATED] = 'T' };
    const struct mlint_note *note = reading->tree->notes;

    if (note)
        mlint_buf_text(&reading->line, reading->line.len ? " !" : "!");
    for (; note; note = note->next)
        mlint_buf_char(&reading->line, letters[note->kind]);
}

/* The line above, of a whole file's bytes. */
static struct mlint_str read_file(struct reading *reading, struct mlint_str raw,
                                  bool (*wanted)(struct mlint_str, size_t))
{
    struct mlint_reg_options options = { .wanted = wanted };

    mlint_arena_init(&reading->arena, NULL, 0);
    mlint_buf_init(&reading->line, NULL, 1 << 20);
    mlint_source_init(&reading->source, MLINT_STR("x.reg"), raw);
    ck_assert(mlint_source_decode(&reading->source, &reading->arena, 1252));
    reading->tree = mlint_reg_read(&reading->arena, &reading->source, &options);
    ck_assert_ptr_nonnull(reading->tree);
    add_key(reading, reading->tree->root);
    add_notes(reading);
    return mlint_str_make(reading->line.ptr, reading->line.len);
}

static void done(struct reading *reading)
{
    mlint_buf_done(&reading->line);
    mlint_arena_done(&reading->arena);
}

struct row {
    const char *name;
    struct mlint_str input, wanted;
};

static void check(const struct row *row, const char *before)
{
    struct reading reading;
    struct mlint_buf file;

    mlint_buf_init(&file, NULL, 1 << 20);
    mlint_buf_text(&file, before);
    mlint_buf_str(&file, row->input);
    mlint_assert_str(row->name, read_file(&reading, mlint_str_make(file.ptr, file.len), NULL),
                     row->wanted);
    done(&reading);
    mlint_buf_done(&file);
}

/* ---- Values, below the header and a key ------------------------------------------------- */

static const struct row values[] = {
    { "string", S("\"a\"=\"b\"\n"), S("a=1:\"b\"") },
    { "empty string", S("\"a\"=\"\"\n"), S("a=1:\"\"") },
    { "no line end at the end", S("\"a\"=\"b\""), S("a=1:\"b\"") },
    { "CR line ends", S("\"a\"=\"b\"\r\"c\"=\"d\"\r"), S("a=1:\"b\" c=1:\"d\"") },
    { "CRLF line ends", S("\"a\"=\"b\"\r\n\"c\"=\"d\"\r\n"), S("a=1:\"b\" c=1:\"d\"") },
    { "blanks around everything", S(" \t\"a\" \t= \t\"b\" \t\n"), S("a=1:\"b\"") },
    { "default value", S("@=\"b\"\n"), S("@=1:\"b\"") },
    { "empty name is the default value", S("@=\"b\"\n\"\"=\"c\"\n"), S("@=1:\"c\" !D") },
    { "name with equals sign", S("\"a=b\"=\"c\"\n"), S("a=b=1:\"c\"") },
    { "escapes in a name", S("\"a \\\"q\\\" \\\\\"=\"b\"\n"), S("a \"q\" \\=1:\"b\"") },
    { "unquoted name", S("a=\"b\"\n"), S("!S") },
    { "no equals sign", S("\"a\" \"b\"\n"), S("!S") },
    { "two equals signs", S("\"a\"==\"b\"\n"), S("!S") },
    { "escapes", S("\"a\"=\"\\\\ \\\" \\n \\r\"\n"), S("a=1:\"\\ \" \n \r\"") },
    { "unknown escape loses its backslash", S("\"a\"=\"C:\\Users\"\n"),
      S("a=1:\"C:Users\" !S") },
    { "NUL escape", S("\"a\"=\"b\\0c\"\n"), S("!S") },
    { "semicolons, hashes, brackets inside", S("\"a\"=\" ;#[]=, \"\n"), S("a=1:\" ;#[]=, \"") },
    { "line end in a string", S("\"a\"=\"b\nc\"\n"), S("!SS") },
    { "text after a string", S("\"a\"=\"b\" c\n"), S("!S") },
    { "comment after a string", S("\"a\"=\"b\" ;c\n"), S("a=1:\"b\"") },
    { "hash after a string", S("\"a\"=\"b\"#c\n"), S("!S") },
    { "semicolon, hash and slash lines", S(";a\n#b\n//c\n\"a\"=\"b\"\n"), S("a=1:\"b\" !SS") },

    { "dword", S("\"a\"=dword:000003e3\n"), S("a=4:995") },
    { "dword, largest", S("\"a\"=dword:FFFFffff\n"), S("a=4:4294967295") },
    { "dword, one digit", S("\"a\"=dword:7\n"), S("a=4:7") },
    { "dword between blanks", S("\"a\"=dword: 1 \n"), S("a=4:1") },
    { "dword and comment", S("\"a\"=dword:1;c\n"), S("a=4:1") },
    { "dword, nine digits", S("\"a\"=dword:000000001\n"), S("!S") },
    { "dword, blank inside", S("\"a\"=dword:0 1\n"), S("!S") },
    { "dword, C's way", S("\"a\"=dword:0x1\n"), S("!S") },
    { "dword, negative", S("\"a\"=dword:-1\n"), S("!S") },
    { "dword, empty", S("\"a\"=dword:\n"), S("!S") },
    { "dword, blank before the colon", S("\"a\"=dword :1\n"), S("!S") },
    { "dword in capitals is read all the same", S("\"a\"=DWORD:10\n"), S("a=4:16 !S") },

    { "hex", S("\"a\"=hex:01,ab,CD\n"), S("a=3:01abcd") },
    { "hex, one digit each", S("\"a\"=hex:1,2,f\n"), S("a=3:01020f") },
    { "hex, empty", S("\"a\"=hex:\n"), S("a=3:") },
    { "hex, blank after the colon", S("\"a\"=hex: 01\n"), S("a=3:01") },
    { "hex, blanks after a comma", S("\"a\"=hex:01, \t02\n"), S("a=3:0102") },
    { "hex, comma at the end", S("\"a\"=hex:01,02,\n"), S("a=3:0102") },
    { "hex and comment", S("\"a\"=hex:01,02 ;c\n"), S("a=3:0102") },
    { "hex, comment after a comma", S("\"a\"=hex:01,;c\n"), S("a=3:01") },
    { "hex, two commas", S("\"a\"=hex:01,,02\n"), S("!S") },
    { "hex, blank before a comma", S("\"a\"=hex:01 ,02\n"), S("!S") },
    { "hex, blank before the colon", S("\"a\"=hex :01\n"), S("!S") },
    { "hex, three digits", S("\"a\"=hex:001\n"), S("!S") },
    { "hex, bad digit", S("\"a\"=hex:0g\n"), S("!S") },
    { "hex in capitals is read all the same", S("\"a\"=HEX:01\n"), S("a=3:01 !S") },

    { "type 0", S("\"a\"=hex(0):00\n"), S("a=0:00") },
    { "type 3", S("\"a\"=hex(3):01\n"), S("a=3:01") },
    { "type 4", S("\"a\"=hex(4):e3,03,00,00\n"), S("a=4:995") },
    { "type 4, short", S("\"a\"=hex(4):01\n"), S("a=4:1") },
    { "type 4, long", S("\"a\"=hex(4):01,02,03,04,05\n"), S("a=4:67305985") },
    { "type 4, empty", S("\"a\"=hex(4):\n"), S("a=4:") },
    { "type 5", S("\"a\"=hex(5):00,00,03,e3\n"), S("a=5:995") },
    { "type b", S("\"a\"=hex(b):01,00,00,00,01,00,00,00\n"), S("a=b:4294967297") },
    { "type b, short", S("\"a\"=hex(b):01\n"), S("a=b:01") },
    { "type 20", S("\"a\"=hex(20):aa\n"), S("a=20:aa") },
    { "type ffffffff", S("\"a\"=hex(ffffffff):aa\n"), S("a=ffff:aa") },
    { "type with zeros", S("\"a\"=hex(00000001):61,00\n"), S("a=1:\"a\"") },
    { "type, nine digits", S("\"a\"=hex(100000000):61\n"), S("!S") },
    { "type, C's way", S("\"a\"=hex(0x2):61\n"), S("!S") },
    { "type, empty", S("\"a\"=hex():61\n"), S("!S") },
    { "type, blank before the colon", S("\"a\"=hex(1) :61\n"), S("!S") },

    { "text as 8-bit bytes", S("\"a\"=hex(1):61,62,63,00\n"), S("a=1:\"abc\"") },
    { "text as 8-bit bytes, no NUL", S("\"a\"=hex(1):61,62,63\n"), S("a=1:\"abc\"") },
    { "text in the code page", S("\"a\"=hex(2):4d,fc,00\n"), S("a=2:\"M\xC3\xBC\"") },
    { "UTF-16 pairs in an 8-bit file", S("\"a\"=hex(1):61,00,62,00,00,00\n"), S("a=1:\"ab\"") },
    { "UTF-16 pairs without NUL", S("\"a\"=hex(2):61,00,62,00\n"), S("a=2:\"ab\"") },
    { "UTF-16 pairs, odd byte", S("\"a\"=hex(1):61,00,62,00,63\n"), S("a=1:\"ab\"") },
    { "UTF-16, no Latin letter", S("\"a\"=hex(1):e5,65,2c,67,00,00\n"),
      S("a=1:\"\xE6\x97\xA5\xE6\x9C\xAC\"") },
    { "8-bit REG_MULTI_SZ", S("\"a\"=hex(7):61,00,62,00,00\n"), S("a=7:\"a\nb\"") },
    { "UTF-16 REG_MULTI_SZ", S("\"a\"=hex(7):61,00,00,00,62,00,00,00,00,00\n"),
      S("a=7:\"a\nb\"") },

    { "continuation", S("\"a\"=hex:01,\\\n  02,\\\n\t03\n"), S("a=3:010203") },
    { "continuation at once", S("\"a\"=hex:\\\n  01\n"), S("a=3:01") },
    { "continuation, CRLF", S("\"a\"=hex:01,\\\r\n  02\r\n\"b\"=dword:1\r\n"),
      S("a=3:0102 b=4:1") },
    { "blanks and comment behind the backslash", S("\"a\"=hex:1,\\ ;c\n2\n"), S("a=3:0102") },
    { "blank and comment lines inside", S("\"a\"=hex:01,\\\n\n ;c\n 02,\\\n;c\n03\n"),
      S("a=3:010203") },
    { "backslash without comma", S("\"a\"=hex:01\\\n,02\n\"b\"=dword:1\n"), S("b=4:1 !SS") },
    { "split byte", S("\"a\"=hex:0\\\n1\n\"b\"=dword:1\n"), S("b=4:1 !SS") },
    { "backslash twice", S("\"a\"=hex:01,\\\n\\\n02\n\"b\"=dword:1\n"), S("b=4:1 !SS") },
    { "text behind the backslash", S("\"a\"=hex:01,\\ x\n02\n"), S("!SS") },
    { "a value follows the backslash: lost with it",
      S("\"a\"=hex:01,\\\n\"b\"=dword:2\n\"c\"=dword:3\n"), S("c=4:3 !S") },
    { "a key follows the backslash: begins",
      S("\"a\"=hex:01,\\\n[HKEY_CURRENT_USER\\T\\U]\n\"b\"=dword:2\n"),
      S("[HKEY_CURRENT_USER\\T\\U] b=4:2 !S") },
    { "strings do not continue", S("\"a\"=\"b\\\nc\"\n"), S("!SS") },

    { "repeated value: the last wins, the first spelling stays",
      S("\"Ab\"=\"x\"\n\"c\"=\"y\"\n\"aB\"=dword:1\n"), S("Ab=4:1 c=1:\"y\" !D") },
    { "case of letters beyond ASCII", S("\"\xC3\x9C\"=\"x\"\n\"\xC3\xBC\"=\"y\"\n"),
      S("\xC3\x9C=1:\"y\" !ED") },
    { "letters of other lengths in other places",
      S("\"\xE2\x84\xAAkkkkkkkkkkk\"=\"x\"\n\"kkkkkkkkkkk\xE2\x84\xAA\"=\"y\"\n"),
      S("\xE2\x84\xAAkkkkkkkkkkk=1:\"y\" !ED") },
    { "deleted value", S("\"a\"=\"b\"\n\"c\"=\"d\"\n\"A\"=-\n"), S("c=1:\"d\" !D") },
    { "deleted and set again", S("\"a\"=\"b\"\n\"a\"=-\n\"a\"=\"c\"\n"), S("a=1:\"c\" !D") },
    { "deletion with comment", S("\"a\"=\"b\"\n\"a\"= - ;c\n"), S("!D") },
    { "deletion of nothing", S("\"a\"=-\n"), S("!S") },
    { "no deletion", S("\"a\"=\"b\"\n\"a\"=-x\n"), S("a=1:\"b\" !S") },

    { "reged's missing line end", S("\"a\"=hex:\"b\"=hex:0f,10\n"), S("a=3: b=3:0f10 !S") },
    { "hivexregedit's strings", S("\"a\"=str(1):\"b\"\n\"c\"=str(2):\"d\"\n"),
      S("a=1:\"b\" c=2:\"d\" !SS") },
    { "hivexregedit's escapes", S("\"a\"=str(1):\"x \\\"J\\\" \\ C:\\new \\\\\"q\"\n"),
      S("a=1:\"x \"J\" \\ C:\\new \\\"q\" !S") },
    { "unknown type", S("\"a\"=sz:b\n"), S("!S") },
    { "no data", S("\"a\"=\n\"b\"=dword:1\n"), S("b=4:1 !S") },

    { "file ends in a name", S("\"a\"=\"b\"\n\"PO"), S("a=1:\"b\" !T") },
    { "file ends behind a name", S("\"a\"=\"b\"\n\"c\""), S("a=1:\"b\" !T") },
    { "file ends behind the equals sign", S("\"a\"="), S("!T") },
    { "file ends in a string", S("\"a\"=\"b"), S("!T") },
    { "file ends behind a backslash", S("\"a\"=hex:01,\\\n"), S("!T") },
    { "file ends in a type", S("\"a\"=dwo"), S("!T") },
};

START_TEST(reads_values)
{
    check(&values[_i], HEADER KEY);
}
END_TEST

/* ---- Keys, below the header ------------------------------------------------------------- */

static const struct row keys[] = {
    { "root in any case", S("[hkey_current_user\\T]\n\"a\"=\"b\"\n"), S("a=1:\"b\"") },
    { "same key twice",
      S(KEY "\"a\"=\"1\"\n[HKEY_CURRENT_USER\\U]\n\"x\"=\"y\"\n"
            "[hkey_current_user\\t]\n\"b\"=\"2\"\n"),
      S("a=1:\"1\" b=1:\"2\" [HKEY_CURRENT_USER\\U] x=1:\"y\"") },
    { "bracket in a name", S("[HKEY_CURRENT_USER\\a]b [c]]\n\"a\"=\"b\"\n"),
      S("[HKEY_CURRENT_USER\\a]b [c]] a=1:\"b\"") },
    { "text behind the bracket", S("[HKEY_CURRENT_USER\\T]x ;y\n\"a\"=\"b\"\n"),
      S("a=1:\"b\"") },
    { "backslash at the end", S("[HKEY_CURRENT_USER\\T\\]\n\"a\"=\"b\"\n"), S("a=1:\"b\"") },
    { "slash is a letter", S("[HKEY_CURRENT_USER\\T/U]\n"), S("[HKEY_CURRENT_USER\\T/U]") },
    { "blanks before the bracket", S("  [HKEY_CURRENT_USER\\T]\n\"a\"=\"b\"\n"),
      S("a=1:\"b\"") },
    { "missing bracket takes the values along",
      S(KEY "\"a\"=\"1\"\n[HKEY_CURRENT_USER\\U\n\"b\"=\"2\"\n"), S("a=1:\"1\" !S") },
    { "deleted key",
      S(KEY "\"a\"=\"1\"\n[HKEY_CURRENT_USER\\T\\U]\n\"b\"=\"2\"\n"
            "[-HKEY_CURRENT_USER\\t]\n\"c\"=\"3\"\n"),
      S("!D") },
    { "deleted and made anew",
      S(KEY "\"a\"=\"1\"\n[-HKEY_CURRENT_USER\\T]\n" KEY "\"b\"=\"2\"\n"), S("b=1:\"2\" !D") },
    { "parent deleted",
      S("[HKEY_CURRENT_USER\\T\\U]\n\"a\"=\"1\"\n[-HKEY_CURRENT_USER\\T]\n"
        "[HKEY_CURRENT_USER\\T\\U]\n\"b\"=\"2\"\n"),
      S("[HKEY_CURRENT_USER\\T\\U] b=1:\"2\" !D") },
    { "deletion of nothing", S("[-HKEY_CURRENT_USER\\T]\n" KEY "\"a\"=\"1\"\n"),
      S("a=1:\"1\" !S") },
    { "short root is read all the same", S("[HKCU\\T]\n\"a\"=\"1\"\n"), S("a=1:\"1\" !S") },
    { "unknown root is read all the same", S("[\\Software\\T]\n\"a\"=\"1\"\n"),
      S("[Software\\T] a=1:\"1\" !S") },
    { "blank behind the bracket is read all the same",
      S("[ HKEY_CURRENT_USER\\T]\n\"a\"=\"1\"\n"), S("a=1:\"1\" !S") },
    { "value before any key", S("\"a\"=\"1\"\n" KEY "\"b\"=\"2\"\n"), S("b=1:\"2\" !S") },
    { "file ends in a key", S(KEY "\"a\"=\"1\"\n[HKEY_CURR"), S("a=1:\"1\" !T") },
    { "no keys", S(""), S("") },
    { "key without a name", S("[]\n\"a\"=\"1\"\n"), S("!S") },
};

START_TEST(reads_keys)
{
    check(&keys[_i], HEADER);
}
END_TEST

/* ---- The file as a whole ---------------------------------------------------------------- */

static const struct row files[] = {
    { "REGEDIT4", S("REGEDIT4\n" KEY "\"a\"=\"1\"\n"), S("a=1:\"1\"") },
    { "5.00", S("Windows Registry Editor Version 5.00\r\n" KEY "\"a\"=\"1\"\n"),
      S("a=1:\"1\"") },
    { "blanks before the header", S(" \tREGEDIT4\n" KEY "\"a\"=\"1\"\n"), S("a=1:\"1\"") },
    { "blank behind the header", S("REGEDIT4 \n" KEY "\"a\"=\"1\"\n"), S("a=1:\"1\" !S") },
    { "header in other case", S("regedit4\n" KEY "\"a\"=\"1\"\n"), S("a=1:\"1\" !S") },
    { "other version", S("Windows Registry Editor Version 4.00\n" KEY "\"a\"=\"1\"\n"),
      S("a=1:\"1\" !S") },
    { "comment before the header", S(";x\nREGEDIT4\n" KEY "\"a\"=\"1\"\n"), S("a=1:\"1\" !S") },
    { "empty line before the header", S("\nREGEDIT4\n" KEY "\"a\"=\"1\"\n"),
      S("a=1:\"1\" !S") },
    { "no header", S(KEY "\"a\"=\"1\"\n"), S("a=1:\"1\" !S") },
    { "UTF-8 with mark", S("\xEF\xBB\xBFREGEDIT4\n" KEY "\"a\"=\"1\"\n"), S("a=1:\"1\" !E") },
    { "UTF-8 without", S("REGEDIT4\n" KEY "\"a\"=\"\xC3\xBC\"\n"), S("a=1:\"\xC3\xBC\" !E") },
    { "code page", S("REGEDIT4\n" KEY "\"a\"=\"\xFC\"\n"), S("a=1:\"\xC3\xBC\" !E") },
};

START_TEST(reads_files)
{
    check(&files[_i], "");
}
END_TEST

/* The same in UTF-16: where text as bytes is always UTF-16. */
static struct mlint_str to_utf16(const char *text, bool mark, bool big, char *out)
{
    size_t len = 0;

    for (size_t i = 0; mark && i < 2; i++)
        out[len++] = big == (i == 0) ? '\xFE' : '\xFF';
    for (; *text; text++) {
        out[len++] = big ? 0 : *text;
        out[len++] = big ? *text : 0;
    }
    return mlint_str_make(out, len);
}

START_TEST(reads_utf16)
{
    static const struct {
        bool mark, big;
        struct mlint_str wanted;
    } rows[] = {
        { true, false, S("a=1:\"ab\" b=2:\"\xE6\x89\xA1\"") },
        { false, false, S("a=1:\"ab\" b=2:\"\xE6\x89\xA1\" !E") },
        { true, true, S("a=1:\"ab\" b=2:\"\xE6\x89\xA1\" !E") },
    };
    static const char text[] = "Windows Registry Editor Version 5.00\r\n\r\n" KEY
                               "\"a\"=\"ab\"\r\n\"b\"=hex(2):61,62\r\n";
    char bytes[2 * sizeof(text) + 2];
    struct reading reading;

    for (size_t i = 0; i < MLINT_TEST_COUNT(rows); i++) {
        struct mlint_str raw = to_utf16(text, rows[i].mark, rows[i].big, bytes);

        mlint_assert_str("UTF-16", read_file(&reading, raw, NULL), rows[i].wanted);
        done(&reading);
    }
}
END_TEST

/* ---- What is skipped -------------------------------------------------------------------- */

static const struct row skips[] = {
    { "values of other keys", S("[HKEY_CURRENT_USER\\U]\n\"a\"=junk\n" KEY "\"b\"=\"1\"\n"),
      S("b=1:\"1\"") },
    { "bracket inside a value",
      S("[HKEY_CURRENT_USER\\U]\n\"[\"=\"[x]\"\n" KEY "\"b\"=\"1\"\n"), S("b=1:\"1\"") },
    { "bracket behind blanks begins a key",
      S("[HKEY_CURRENT_USER\\U]\n \t" KEY "\"b\"=\"1\"\n"), S("b=1:\"1\"") },
    { "CR alone begins a line", S("[HKEY_CURRENT_USER\\U]\r\"a\"=1\r" KEY "\"b\"=\"1\"\r"),
      S("b=1:\"1\"") },
    { "key right behind another", S("[HKEY_CURRENT_USER\\U]\n" KEY "\"b\"=\"1\"\n"),
      S("b=1:\"1\"") },
    { "deletion of an unwanted parent", S(KEY "\"b\"=\"1\"\n[-HKEY_CURRENT_USER]\n"), S("!D") },
    { "deletion beside what only looks like one",
      S("[P\\U\\T]\n\"b\"=\"1\"\n[ -P\\U]\n[-P\\U]\n"), S("!SD") },
    { "neighbours of an unwanted key",
      S("[HKEY_CURRENT_USER\\U\\V]\n[HKEY_CURRENT_USER\\U\\W]\r\n\"a\"=\"1\"\n"
        "[HKEY_CURRENT_USER\\U\\T]\n\"b\"=\"1\"\n[HKEY_CURRENT_USER\\U\\X]\r"
        "[HKEY_CURRENT_USER\\U\\Y\\T]\n\"b\"=\"2\"\n"),
      S("[HKEY_CURRENT_USER\\U\\T] b=1:\"1\" [HKEY_CURRENT_USER\\U\\Y\\T] b=1:\"2\"") },
    { "file ends in a skipped string", S(KEY "[HKEY_CURRENT_USER\\U]\n\"a\"=\"b"), S("!T") },
    { "file ends in skipped bytes", S("[HKEY_CURRENT_USER\\U]\n\"a\"=hex:01,\\\r\n"), S("!T") },
    { "file ends well", S("[HKEY_CURRENT_USER\\U]\n\"a\"=\"C:\\\\\"\r\n\r\n"), S("") },
};

START_TEST(skips_unwanted)
{
    const struct row *row = &skips[_i];
    struct reading reading;
    struct mlint_buf file;

    mlint_buf_init(&file, NULL, 1 << 20);
    mlint_buf_text(&file, HEADER);
    mlint_buf_str(&file, row->input);
    mlint_assert_str(row->name, read_file(&reading, mlint_str_make(file.ptr, file.len), only_t),
                     row->wanted);
    done(&reading);
    mlint_buf_done(&file);
}
END_TEST

/* ---- Places ----------------------------------------------------------------------------- */

START_TEST(finds_places)
{
    static const struct mlint_str text =
        S("REGEDIT4\n" KEY
          "\"na\\\"me\" = \"va\\\\lue\" ;c\n\"b\"=dword: 7\n\"c\"=hex:01,\\\n  02\n");
    static const struct mlint_str wanted[][2] = {
        { S("na\\\"me"), S("va\\\\lue") },
        { S("b"), S("7") },
        { S("c"), S("01,\\\n  02") },
    };
    const struct mlint_node *node;
    struct reading reading;
    size_t i = 0;

    read_file(&reading, text, NULL);
    node = reading.tree->root->child->child; /* HKEY_CURRENT_USER\T */
    mlint_assert_str("key", mlint_str_sub(text, node->name_span.begin, node->name_span.end),
                     MLINT_STR("HKEY_CURRENT_USER\\T"));
    for (node = node->child; node; node = node->next, i++) {
        mlint_assert_str("name",
                         mlint_str_sub(text, node->name_span.begin, node->name_span.end),
                         wanted[i][0]);
        mlint_assert_str("value",
                         mlint_str_sub(text, node->value_span.begin, node->value_span.end),
                         wanted[i][1]);
    }
    ck_assert_uint_eq(i, 3);
    done(&reading);
}
END_TEST

/* A million repetitions and deletions, brackets and empty values cost what a million lines do.
 */
START_TEST(stays_linear)
{
    static const char *const pieces[] = {
        "\"a\"=\"b\"\n\"a\"=-\n",
        "[-HKEY_CURRENT_USER\\T]\n" KEY "\"a\"=\"b\"\n",
        "\"a\"=hex:",
        "[ [ ",
        "\r\"a\"=dword:1",
        "[HKEY_CURRENT_USER\\T\\T]\n",
    };
    struct reading reading;
    struct mlint_buf file;

    mlint_buf_init(&file, NULL, 64u << 20);
    mlint_buf_text(&file, HEADER KEY);
    for (size_t i = 0; i < 200000; i++)
        mlint_buf_text(&file, pieces[_i]);
    read_file(&reading, mlint_str_make(file.ptr, file.len), _i % 2 ? only_t : NULL);
    ck_assert_uint_le(reading.tree->node_count, 400010);
    done(&reading);
    mlint_buf_done(&file);
}
END_TEST

/* So do names of two letters that a careless hash takes for one: they are of other cases where
 * a bit makes the case, or beyond ASCII. */
START_TEST(names_stay_linear)
{
    static const char *const letters[][2] = {
        { "@", "`" }, { "\x01", "!" }, { "\u4E00", "\u4E01" }, { "\u4145", "\u6165" }
    };
    const struct mlint_node *node;
    struct reading reading;
    struct mlint_buf file;
    size_t count = 0;

    mlint_buf_init(&file, NULL, 64u << 20);
    mlint_buf_text(&file, HEADER KEY);
    for (unsigned i = 0; i < 1u << 16; i++) {
        mlint_buf_text(&file, "\"");
        for (unsigned bit = 0; bit < 16; bit++)
            mlint_buf_text(&file, letters[_i][i >> bit & 1]);
        mlint_buf_text(&file, "\"=\"\"\n");
    }
    read_file(&reading, mlint_str_make(file.ptr, file.len), NULL);
    for (node = reading.tree->root->child->child->child; node; node = node->next)
        count++;
    ck_assert_uint_eq(count, 1u << 16);
    done(&reading);
    mlint_buf_done(&file);
}
END_TEST

MLINT_SUITE(reg)
{
    static const int careless[4];
    static const int hostile[6];
    Suite *suite = suite_create("reg");

    MLINT_TEST_ROWS(suite, reads_values, values);
    MLINT_TEST_ROWS(suite, reads_keys, keys);
    MLINT_TEST_ROWS(suite, reads_files, files);
    MLINT_TEST(suite, reads_utf16);
    MLINT_TEST_ROWS(suite, skips_unwanted, skips);
    MLINT_TEST(suite, finds_places);
    MLINT_TEST_ROWS(suite, stays_linear, hostile);
    MLINT_TEST_ROWS(suite, names_stay_linear, careless);
    return suite;
}
