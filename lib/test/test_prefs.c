/* test_prefs.c: the preference parser: what is kept, what is dropped and with which neighbour,
 * and the quick way against the careful one; and preference calls in scripts. */
#include "base/buf.h"
#include "syntax/prefcalls.h"
#include "syntax/prefs.h"
#include "test/random.h"
#include "test/test.h"

#include <stdio.h>

struct row {
    const char *name, *input;
    size_t length;      /* of input if it holds NUL, else 0 */
    const char *wanted; /* "name=type:value " for each, then "!message" for each note */
    enum mlint_prefs_mode mode;
    bool damaged;
};

#define P(name, value) "user_pref(\"" name "\", " value ");\n"

static const struct row rows[] = {
    { "empty", "", 0, "", 0, false },
    { "string", P("a", "\"x\""), 0, "a=string:x ", 0, false },
    { "single quotes", "user_pref('a', 'x\"');", 0, "a=string:x\" ", 0, false },
    { "integer", P("a", "12"), 0, "a=integer:12 ", 0, false },
    { "smallest", P("a", "-2147483648"), 0, "a=integer:-2147483648 ", 0, false },
    { "largest", P("a", "2147483647"), 0, "a=integer:2147483647 ", 0, false },
    { "plus", P("a", "+ /**/ 5"), 0, "a=integer:5 ", 0, false },
    { "true", P("a", "true"), 0, "a=boolean:1 ", 0, false },
    { "false", P("a", "false"), 0, "a=boolean:0 ", 0, false },
    { "empty name", P("", "1"), 0, "=integer:1 ", 0, false },
    { "raw newline", P("a", "\"x\ny\""), 0, "a=string:x\ny ", 0, false },
    { "escapes", P("a", "\"\\\"\\'\\\\\\n\\r\\x41\\u00e9\""), 0, "a=string:\"'\\\n\rA\xC3\xA9 ",
      0, false },
    { "pair", P("a", "\"\\uD83D\\uDE00\""), 0, "a=string:\xF0\x9F\x98\x80 ", 0, false },
    { "escaped name", P("\\x61b", "1"), 0, "ab=integer:1 ", 0, false },
    { "in one line", "user_pref('a',1);user_pref('b',2);", 0, "a=integer:1 b=integer:2 ", 0,
      false },
    { "all blanks", "\t\v\f\r\n user_pref\t(\v'a'\f,\r1\n)  ;", 0, "a=integer:1 ", 0, false },
    { "comments", "# a;\n// b;\r/* c; */user_pref/**/(#x\n'a'//\n,/***/1/*;*/)/**/;", 0,
      "a=integer:1 ", 0, false },
    { "duplicates are kept", P("a", "1") P("a", "\"x\""), 0, "a=integer:1 a=string:x ", 0,
      false },
    { "missing semicolon eats the next", "user_pref('a',1)\nuser_pref('b',2);user_pref('c',3);",
      0, "c=integer:3 !no ';' after ')': \"a\" is skipped, and \"b\" with it", 0, false },
    { "missing bracket", "user_pref('a',1;user_pref('b',2);", 0,
      "b=integer:2 !no ')' after the value: \"a\" is skipped", 0, false },
    { "missing comma", "user_pref('a' 1);user_pref('b',2);", 0,
      "b=integer:2 !no ',' after the name: \"a\" is skipped", 0, false },
    { "unclosed quote", "user_pref('a',\"x);\nuser_pref('b',\"y\");user_pref('c',3);", 0,
      "!no ')' after the value: \"a\" is skipped", 0, true },
    { "unknown word", P("a", "TRUE") P("b", "1"), 0,
      "b=integer:1 !the value is no string, number, true or false: \"a\" is skipped", 0,
      false },
    { "fraction", P("a", "3.5"), 0, "!a character that has no place here: \"a\" is skipped", 0,
      false },
    { "hexadecimal", P("a", "0x10"), 0, "!letters in a number: \"a\" is skipped", 0, false },
    { "letters", P("a", "12ab"), 0, "!letters in a number: \"a\" is skipped", 0, false },
    { "too large", P("a", "2147483648"), 0, "!a number too large for 32 bits: \"a\" is skipped",
      0, false },
    { "far too large", P("a", "99999999999999999999999"), 0,
      "!a number too large for 32 bits: \"a\" is skipped", 0, false },
    { "too small", P("a", "-2147483649"), 0,
      "!a number too large for 32 bits: \"a\" is skipped", 0, false },
    { "unknown escape", P("a", "\"\\t\"") P("b", "1"), 0,
      "b=integer:1 !unknown escape in a string: \"a\" is skipped", 0, false },
    { "escaped zero", P("a", "\"\\x00\""), 0,
      "!\\x00 is not allowed in a string: \"a\" is skipped", 0, false },
    { "escaped u zero", P("a", "\"\\u0000\""), 0,
      "!\\u0000 is not allowed in a string: \"a\" is skipped", 0, false },
    { "short x", P("a", "\"\\x4\""), 0, "!\\x needs two hexadecimal digits: \"a\" is skipped",
      0, false },
    { "lone low half", P("a", "\"\\udc00\""), 0,
      "!half a surrogate pair in a string: \"a\" is skipped", 0, false },
    /* The backslash after the half is taken, so the quote behind it closes the string. */
    { "lone high half", P("a", "\"\\ud800\\\""), 0,
      "!half a surrogate pair in a string: \"a\" is skipped", 0, false },
    { "no comment", "/ user_pref('a',1);user_pref('b',2);", 0,
      "b=integer:2 !a character that has no place here: \"a\" is skipped", 0, false },
    { "pref in a user file", "pref('a',1);user_pref('b',2);", 0,
      "b=integer:2 !only user_pref() counts in a file of the user's: \"a\" is skipped", 0,
      false },
    { "locked in a user file", "user_pref('a',1, locked);user_pref('b',2);", 0,
      "b=integer:2 !attributes count in default files only: \"a\" is skipped", 0, false },
    { "garbage", "hello; user_pref('b',2);", 0,
      "b=integer:2 !no preference begins here: skipped up to the next ';'", 0, false },
    { "end inside", "user_pref('a',1);user_pref('b'", 0,
      "a=integer:1 !no ',' after the name: \"b\" is skipped", 0, true },
    { "no last semicolon", "user_pref('a',1)", 0, "!no ';' after ')': \"a\" is skipped", 0,
      true },
    { "comment without end", "user_pref('a',1);/* user_pref('b',2);", 0,
      "a=integer:1 !a /* comment without its end: skipped up to the next ';'", 0, true },
    { "string without end", "user_pref('a',1);user_pref('b', 'x);", 0,
      "a=integer:1 !no closing quote: \"b\" is skipped", 0, true },
    { "NUL ends", "user_pref('a',1);\0user_pref('b',2);", 35,
      "a=integer:1 !a NUL byte ends the file here: the last 18 bytes are not read", 0, true },
    { "defaults", "pref('a',1);sticky_pref('b',2);user_pref('c',3);lock_pref('d',4);", 0,
      "a=integer:1:default b=integer:2:default c=integer:3 d=integer:4:default:locked ",
      MLINT_PREFS_DEFAULT, false },
    { "attributes", "pref('a',1,locked , sticky);pref('b',2,loud);pref('c',3);", 0,
      "a=integer:1:default:locked c=integer:3:default "
      "!no attribute but sticky and locked is known: \"b\" is skipped",
      MLINT_PREFS_DEFAULT, false },
};

/* JavaScript: what is set for certain, what is computed, what cannot be known. */
static const struct row script_rows[] = {
    { "kinds", "pref('a',1);defaultPref(\"b\",true);lockPref('c',`x`);", 0,
      "a=integer:1 b=boolean:1:default c=string:x:default:locked ", 0, false },
    { "numbers", "pref('a',-5);pref('b',+0x1F);pref('c',2147483648);pref('d',1.5)", 0,
      "a=integer:-5 b=integer:31 c=computed:2147483648 d=computed:1.5 ", 0, false },
    { "escapes", "pref('a','\\x41\\u00e9\\u{1F600}\\'\\\n\\t');", 0,
      "a=string:A\xC3\xA9\xF0\x9F\x98\x80'\t ", 0, false },
    { "sums", "pref('a','x'+y);pref('b',f(1,(2)));pref('c',[1][0]);", 0,
      "a=computed:'x'+y b=computed:f(1,(2)) c=computed:[1][0] ", 0, false },
    { "a name that is computed", "pref('a'+n,1);pref(n,1);pref('b',2);", 0,
      "b=integer:2 !the name in this call is computed; what it sets is not known"
      "!the name in this call is computed; what it sets is not known",
      0, false },
    { "conditions", "if(x)pref('a',1);else{pref('b',2);}pref('c',3);for(;;){pref('d',4)}", 0,
      "a=computed:1 b=computed:2 c=integer:3 d=computed:4 ", 0, false },
    { "try is run", "try{pref('a',1);}catch(e){pref('b',2);}", 0, "a=integer:1 b=computed:2 ",
      0, false },
    { "functions may not be run",
      "function f(){pref('a',1)}var g=()=>{pref('b',2)};pref('c',3)", 0,
      "a=computed:1 b=computed:2 c=integer:3 ", 0, false },
    { "definitions and methods are others", "function pref(a,b){}x.pref('a',1);pref('b',2)", 0,
      "b=integer:2 ", 0, false },
    { "comments and patterns",
      "// pref('a',1)\n/* pref('b',2) */var r=/['\"(]pref/;pref('c',3)", 0, "c=integer:3 ", 0,
      false },
    { "division", "var x=a/b;pref('c',3);var y=c/d;", 0, "c=integer:3 ", 0, false },
    { "templates", "pref('a',`x${y+`}`+'`'}`);pref('b',`z`);", 0,
      "a=computed:`x${y+`}`+'`'}` b=string:z ", 0, false },
    { "patterns in holes",
      "pref('a',`${x.replace(/`/g,'')}`);y=`${/[\"'}]/}${{z:{}}}`;pref('b',2);", 0,
      "a=computed:`${x.replace(/`/g,'')}` b=integer:2 ", 0, false },
    { "calls in holes", "x=`${pref('a',1)}${y&&pref('b',2)}${pref('c',3)}`;pref('d',4);", 0,
      "a=integer:1 b=computed:2 c=integer:3 d=integer:4 ", 0, false },
    { "patterns at the beginning of a statement",
      "if(x)/\"/.test(y);while(x)/`/.test(y)\nif(x){y()}\n/it's/.test(z);pref('a',1)", 0,
      "a=integer:1 ", 0, false },
    { "division behind brackets",
      "x={if:1,y:(a)/2,z:'/'};x=({}/2)+'/';x=f(1)/2+'/';x=`${y}`/2+'/';x++/2+'/';pref('a',1)",
      0, "a=integer:1 ", 0, false },
    { "private names", "class A{#p;f(o){if(#p in o)return this.#p}};pref('a',1)", 0,
      "a=integer:1 ", 0, false },
    { "numbers in groups", "x=1_000.5e1_0;y=1_0n;pref('a',1);pref('b',1_000)", 0,
      "a=integer:1 b=computed:1_000 ", 0, false },
    { "cleared", "pref('a',1);clearPref('a');", 0, "a=integer:1 a=null: ", 0, false },
    { "octal and others", "pref('a',010);pref('b',08);pref('c',0o17);pref('d',0b11);", 0,
      "a=integer:8 b=integer:8 c=integer:15 d=integer:3 ", 0, false },
    { "operators that stop short", "x&&pref('a',1);y||pref('b',2);z?pref('c',3):0;pref('d',4)",
      0, "a=computed:1 b=computed:2 c=computed:3 d=integer:4 ", 0, false },
    { "no semicolons",
      "var x=a||b\npref('a',1)\nif(x)f()\npref('b',2)\nif(x)\npref('c',3)\npref('d',4)", 0,
      "a=integer:1 b=integer:2 c=computed:3 d=integer:4 ", 0, false },
    { "methods", "var x={f(){pref('a',1)}};class X{get f(){pref('b',2)}};pref('c',3)", 0,
      "a=computed:1 b=computed:2 c=integer:3 ", 0, false },
    { "arrows without braces", "list.forEach(n=>pref('a',1),pref('b',2));pref('c',3)", 0,
      "a=computed:1 b=integer:2 c=integer:3 ", 0, false },
    { "clearing and unlocking perhaps", "if(x){clearPref('a');unlockPref('b')}unlockPref('c')",
      0, "a=computed: b=computed: c=null: ", 0, false },
    { "objects end no body", "if(x)y={a:1},pref('a',1);pref('b',2)", 0,
      "a=computed:1 b=integer:2 ", 0, false },
    { "conditions within bodies",
      "if(x){}else if(pref('a',1)){}if(x)if(pref('b',2))y();pref('c',3);if(x)y();else if(z)"
      "y();else pref('d',4)\npref('e',5)",
      0, "a=computed:1 b=computed:2 c=integer:3 d=computed:4 e=integer:5 ", 0, false },
    { "parts of a for",
      "for(pref('a',1);pref('b',2),pref('c',3);pref('d',4),pref('e',5)){}pref('f',6)", 0,
      "a=integer:1 b=integer:2 c=integer:3 d=computed:4 e=computed:5 f=integer:6 ", 0, false },
    { "values in place of missing arguments",
      "function f(x=pref('a',1)){}(x=pref('b',2))=>{};y={m(x=pref('c',3)){}};class "
      "X{z=pref('d',"
      "4)}if((x=y)==z)y();pref('e',5)",
      0, "a=computed:1 b=computed:2 c=computed:3 d=computed:4 e=integer:5 ", 0, false },
    { "behind a throw",
      "try{if(x){throw y}pref('a',1);z(pref('b',2))}finally{pref('c',3)}pref('d',4);throw y;",
      0, "a=computed:1 b=computed:2 c=integer:3 d=integer:4 ", 0, false },
    { "calls in arguments",
      "pref('a',pref('b',1));pref('c',`${pref('d',2)}`);pref('e',x.pref('f',3))", 0,
      "a=computed:pref('b',1) b=integer:1 c=computed:`${pref('d',2)}` d=integer:2 "
      "e=computed:x.pref('f',3) ",
      0, false },
    { "members of the window", "window.pref('a',1);globalThis.clearPref('b');x.y.pref('c',3)",
      0, "a=computed:1 b=computed: ", 0, false },
    { "brackets", "pref('a',1);}", 0,
      "a=integer:1 !brackets do not match: the program refuses the whole file", 0, false },
    { "brackets of two kinds", "if(x){pref('a',1;}pref('b',2)", 0,
      "a=computed:1 b=integer:2 !this bracket has no end: the program refuses the whole file",
      0, false },
    { "cut off", "pref('a'", 0, "!this bracket has no end: the program refuses the whole file",
      0, false },
    { "a text without end", "pref('a','x);\npref('b',2);", 0,
      "a=computed:'x); b=integer:2 "
      "!this text does not end with its line: the program refuses the whole file",
      0, false },
    { "a comma forgotten", "pref('a' 1);pref('b',2);", 0,
      "b=integer:2 !a comma or an operator is missing before this: the program "
      "refuses the whole file",
      0, false },
    { "a value forgotten", "pref('a',,1);pref('b',2);", 0,
      "a=computed:,1 b=integer:2 !a value is missing before this: the program refuses the "
      "whole file",
      0, false },
    { "comments of other files", "# no comment\npref('a',1);", 0,
      "a=integer:1 !a comment begins with // here, not with #: the program refuses the whole "
      "file",
      0, false },
    { "a comment without end", "pref('a',1);/* pref('b',2);", 0,
      "a=integer:1 !this comment has no end: the program refuses the whole file", 0, true },
    { "a template without end", "pref('a',1);x=`y;pref('b',2);", 0,
      "a=integer:1 !this text has no end: the program refuses the whole file", 0, true },
    { "quotation marks of books",
      "pref(\xE2\x80\x9C"
      "a\xE2\x80\x9D,1);pref('b',2);",
      0, "b=integer:2 !only \" and ' are quotation marks: the program refuses the whole file",
      0, false },
    { "no number", "pref('a',12ab);pref('b',1e3);", 0,
      "a=computed:12ab b=computed:1e3 !this is no number: the program refuses the whole file",
      0, false },
    { "nothing wrong",
      "'use strict';\nasync function f(a,b){for(const x of y)await x\nreturn a in b}\n"
      "let r=/[(]/g,t=`${a}`,o={get x(){return 1},'y':2,};do x++;while(x<3)\nvar g=(a,)=>a?.b;"
      "tag`x`;lbl:for(;;){break lbl}switch(a){case 'x':default:}if(a)'b';else b\npref('a',1);",
      0, "a=integer:1 ", 0, false },
};

static const char *type_of(const struct mlint_node *node)
{
    return mlint_node_type_name(node);
}

static void describe(const struct mlint_tree *tree, struct mlint_buf *out)
{
    const struct mlint_node *node;
    const struct mlint_note *note;

    for (node = tree->root->child; node; node = node->next) {
        mlint_buf_str(out, node->name);
        mlint_buf_printf(out, "=%s:", type_of(node));
        if (node->type == MLINT_NODE_STRING || node->type == MLINT_NODE_COMPUTED)
            mlint_buf_str(out, node->value);
        else if (node->type == MLINT_NODE_NULL)
            ;
        else
            mlint_buf_number(out, node->number);
        mlint_buf_text(out, node->flags & MLINT_NODE_DEFAULT ? ":default" : "");
        mlint_buf_text(out, node->flags & MLINT_NODE_LOCKED ? ":locked " : " ");
    }
    for (note = tree->notes; note; note = note->next)
        mlint_buf_printf(out, "!%s", note->message);
}

/* room: blanks behind the text, so that it is not read as the end of one. */
static void check_row(const struct row *row, bool script, size_t room)
{
    struct mlint_prefs_options options = { .mode = row->mode };
    struct mlint_arena arena;
    struct mlint_source source;
    struct mlint_tree *tree;
    struct mlint_buf got, text;

    mlint_arena_init(&arena, NULL, 0);
    mlint_buf_init(&got, mlint_allocator_default(), 1 << 16);
    mlint_buf_init(&text, mlint_allocator_default(), 1 << 16);
    mlint_buf_str(&text,
                  mlint_str_make(row->input, row->length ? row->length : strlen(row->input)));
    mlint_buf_printf(&text, "%*s", (int)room, "");
    mlint_source_init(&source, MLINT_STR("prefs.js"),
                      mlint_str_make(text.ptr ? text.ptr : "", text.len));
    ck_assert(mlint_source_decode(&source, &arena, 0));
    tree = script ? mlint_prefcalls_read(&arena, &source, &options, false)
                  : mlint_prefs_read(&arena, &source, &options);
    ck_assert_ptr_nonnull(tree);
    describe(tree, &got);
    mlint_assert_str(row->name, mlint_str_make(got.ptr ? got.ptr : "", got.len),
                     mlint_str_from(row->wanted));
    ck_assert_msg(tree->damaged == row->damaged, "%s: damaged %d", row->name, tree->damaged);
    mlint_buf_done(&text);
    mlint_buf_done(&got);
    mlint_arena_done(&arena);
}

START_TEST(grammar)
{
    check_row(&rows[_i], false, 0);
    if (!rows[_i].length) /* what follows a NUL byte is counted */
        check_row(&rows[_i], false, 200);
}
END_TEST

START_TEST(scripts)
{
    check_row(&script_rows[_i], true, 0);
}
END_TEST

/* ---- Both ways -------------------------------------------------------------------------- */

#define ONE_OF(state, list) (list)[mlint_random(state) % MLINT_TEST_COUNT(list)]

/* A string in quotes of either kind, full of escapes, of which few are bad. */
static char *put_string(uint64_t *state, size_t most, char *out)
{
    static const char *const units[] = { "a",    "bcd",  "\\\\", "\\\"",
                                         "\\\\", "\\\"", "\\'",  "\\n" };
    static const char *const odd[] = { "\"", "'", "\\", "\\x4" };
    const char *quote = mlint_random(state) % 4 ? "\"" : "'";
    char *p = stpcpy(out, quote);

    for (size_t left = mlint_random(state) % (most + 1); left; left--)
        p = stpcpy(p, mlint_random(state) % 64 ? ONE_OF(state, units) : ONE_OF(state, odd));
    return stpcpy(p, quote);
}

/* A short statement, mostly a good one. */
static struct mlint_str make_statement(uint64_t state, const char *opening, char *out)
{
    static const char *const between[] = { "",    "",     "",      "",     "",    " ",  "\n",
                                           "#\n", "/**/", " //\r", "\r\n", "\t ", "\v", "/" };
    static const char *const names[] = { "\"a.b\"", "'a'", "\"\"", "\"\\x61\"", "'\"'", "b" };
    static const char *const values[] = {
        "true",         "false",      "1",           "-12",         "+3",
        "2147483647",   "2147483648", "-2147483648", "1999999999",  "00000000001",
        "11111111111",  "truex",      "1x",          "\"\"",        "\"it's\"",
        "'\\''",        "\"\\\\\"",   "\"\\\"\\n\"", "\"\\u00e9\"", "\"\\q\"",
        "\"\\\\\\\"\"", "\"open",     "- 5",         "\"a\" 1"
    };
    static const char *const ends[] = { ");",       ");", ");", ") ;",
                                        "\n)/**/;", ")",  ";",  ",locked);" };
    char *p = out;

    p = stpcpy(stpcpy(p, ONE_OF(&state, between)), opening);
    p = stpcpy(stpcpy(p, ONE_OF(&state, between)), "(");
    p = stpcpy(stpcpy(p, ONE_OF(&state, between)), ONE_OF(&state, names));
    p = stpcpy(stpcpy(p, ONE_OF(&state, between)), mlint_random(&state) % 16 ? "," : ";");
    p = stpcpy(p, ONE_OF(&state, between));
    p = mlint_random(&state) % 2 ? put_string(&state, 10, p)
                                 : stpcpy(p, ONE_OF(&state, values));
    p = stpcpy(stpcpy(p, ONE_OF(&state, between)), ONE_OF(&state, ends));
    return mlint_str_make(out, (size_t)(p - out));
}

/* Everything that is kept of a default file, with its places less `moved`. */
static void read_into(struct mlint_buf *out, struct mlint_str text, uint32_t moved)
{
    const struct mlint_prefs_options options = { .mode = MLINT_PREFS_DEFAULT };
    struct mlint_arena arena;
    struct mlint_source source;
    struct mlint_tree *tree;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("prefs.js"), text);
    ck_assert(mlint_source_decode(&source, &arena, 0));
    tree = mlint_prefs_read(&arena, &source, &options);
    ck_assert_ptr_nonnull(tree);
    mlint_buf_clear(out);
    describe(tree, out);
    mlint_buf_char(out, '|');
    for (const struct mlint_node *node = tree->root->child; node; node = node->next)
        mlint_buf_printf(out, "|%u-%u %u-%u", node->name_span.begin - moved,
                         node->name_span.end - moved, node->value_span.begin - moved,
                         node->value_span.end - moved);
    mlint_arena_done(&arena);
}

/* sticky_pref() is always read with care, and pref() is as good. */
START_TEST(quick_is_careful)
{
    uint64_t state = 0x2545F4914F6CDD1Du;
    char text[512];
    struct mlint_buf wanted, got;

    mlint_buf_init(&wanted, NULL, 0);
    mlint_buf_init(&got, NULL, 0);
    for (unsigned i = 0; i < 20000; i++) {
        size_t room = i % 2 ? 200 : mlint_random(&state) % 200;
        struct mlint_str s;

        mlint_random(&state);
        s = make_statement(state, "sticky_pref", text);
        memset(text + s.len, '\n', room);
        read_into(&wanted, mlint_str_make(text, s.len + room), strlen("sticky_"));
        s = make_statement(state, "pref", text);
        memset(text + s.len, '\n', room);
        read_into(&got, mlint_str_make(text, s.len + room), 0);
        text[s.len] = '\0';
        mlint_assert_str(text, mlint_str_make(got.ptr ? got.ptr : "", got.len),
                         mlint_str_make(wanted.ptr ? wanted.ptr : "", wanted.len));
    }
    mlint_buf_done(&wanted);
    mlint_buf_done(&got);
}
END_TEST

static uint16_t keep_mail(struct mlint_str name)
{
    if (mlint_str_starts(name, MLINT_STR("mail.server.")))
        return 7;
    return mlint_str_starts(name, MLINT_STR("mail.")) ? MLINT_PREFS_FIRST : MLINT_PREFS_DROP;
}

START_TEST(classes)
{
    static const char text[] = "\xEF\xBB\xBF" P("app.x", "1") P("mail.a", "1") P("mail.b", "2")
        P("mail.server.s.port", "110") "user_pref('mail.server.s.password', 'secret', x);";
    struct mlint_prefs_options options = { .classify = keep_mail,
                                           .secret_word = MLINT_STR_INIT("password") };
    struct mlint_arena arena;
    struct mlint_source source;
    struct mlint_tree *tree;
    const struct mlint_node *node;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("prefs.js"), mlint_str_make(text, sizeof(text) - 1));
    ck_assert(mlint_source_decode(&source, &arena, 0));
    tree = mlint_prefs_read(&arena, &source, &options);
    ck_assert_uint_eq(tree->node_count, 2);
    node = tree->root->child;
    mlint_assert_str("first", node->name, MLINT_STR("mail.a"));
    ck_assert_uint_eq(node->subtype, MLINT_PREFS_FIRST);
    node = node->next;
    ck_assert_uint_eq(node->subtype, 7);
    ck_assert_uint_eq(mlint_source_position(&source, node->value_span.begin).line, 4);
    ck_assert_uint_eq(mlint_source_position(&source, node->value_span.begin).column, 33);
    ck_assert_ptr_nonnull(tree->notes);
    ck_assert(mlint_source_hidden(&source, tree->notes->span));
    mlint_arena_done(&arena);
}
END_TEST

START_TEST(quick_strings_are_careful)
{
    uint64_t state = 0x9E3779B97F4A7C15u;
    char text[512];
    struct mlint_buf wanted, got;

    mlint_buf_init(&wanted, NULL, 0);
    mlint_buf_init(&got, NULL, 0);
    for (unsigned i = 0; i < 10000; i++) {
        char *p = stpcpy(text, "sticky_pref(");
        const size_t sticky = strlen("sticky_"), room = i % 5 ? 150 : 20;

        p = stpcpy(put_string(&state, i % 2 ? 0 : 40, p), ", ");
        p = stpcpy(put_string(&state, i % 3 ? 40 : 90, p), ");\n");
        memset(p, '\n', room);
        read_into(&wanted, mlint_str_make(text, (size_t)(p - text) + room), sticky);
        read_into(&got, mlint_str_make(text + sticky, (size_t)(p - text) - sticky + room), 0);
        *p = '\0';
        mlint_assert_str(text, mlint_str_make(got.ptr, got.len),
                         mlint_str_make(wanted.ptr, wanted.len));
    }
    mlint_buf_done(&wanted);
    mlint_buf_done(&got);
}
END_TEST

#define LINES 60 /* more than one stretch of quotes */
#define LONGEST 400

/* What is kept by the options; returns how many of them there are. */
static unsigned read_lines(struct mlint_buf *out, struct mlint_str text,
                           const struct mlint_prefs_options *options)
{
    struct mlint_arena arena;
    struct mlint_source source;
    struct mlint_tree *tree;
    unsigned count;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("prefs.js"), text);
    ck_assert(mlint_source_decode(&source, &arena, 0));
    tree = mlint_prefs_read(&arena, &source, options);
    ck_assert_ptr_nonnull(tree);
    count = tree->node_count;
    mlint_buf_clear(out);
    describe(tree, out);
    mlint_arena_done(&arena);
    return count;
}

/* As Thunderbird writes a line, but for few of the values. */
static char *put_line(uint64_t *state, const char *name, char *out)
{
    static const char *const scalars[] = { "true",       "false",      "0",
                                           "1999999999", "2147483647", "-1" };
    static const char *const units[] = { "a", "bcd", "it's", "\\\\", "\\\");", "\\\\\\\");" };
    char *p = stpcpy(stpcpy(stpcpy(out, "\nuser_pref(\""), name), "\", ");

    if (mlint_random(state) % 2)
        return stpcpy(stpcpy(p, ONE_OF(state, scalars)), ");");
    *p++ = '"';
    for (size_t left = mlint_random(state) % 20; left; left--)
        p = stpcpy(p, mlint_random(state) % 64 ? ONE_OF(state, units) : "\\n");
    if (mlint_random(state) % 8 == 0) {
        const size_t slashes = mlint_random(state) % 80 * 2;

        p = (char *)memset(p, '\\', slashes) + slashes;
    }
    return stpcpy(p, mlint_random(state) % 4 ? "\");" : "\");\r");
}

/* Lines with some of the names, read by the options quickly and with care: a name with such an
 * escape is read with care. Returns how many are kept. */
static unsigned check_lines(uint64_t *state, const char *const *names, size_t count,
                            const struct mlint_prefs_options *options)
{
    static char quick[LINES * LONGEST], careful[LINES * LONGEST];
    char *p = quick, *q = careful, escaped[LONGEST];
    struct mlint_buf wanted, got;
    unsigned kept;

    mlint_buf_init(&wanted, NULL, 0);
    mlint_buf_init(&got, NULL, 0);
    for (unsigned line = 0; line < LINES; line++) {
        const char *name = names[mlint_random(state) % count];
        uint64_t same = *state;

        snprintf(escaped, sizeof(escaped), "\\x%02x%s", name[0], name + 1);
        p = put_line(state, name, p);
        q = put_line(&same, escaped, q);
    }
    kept = read_lines(&wanted, mlint_str_make(careful, (size_t)(q - careful)), options);
    read_lines(&got, mlint_str_make(quick, (size_t)(p - quick)), options);
    *p = '\0';
    mlint_assert_str(quick, mlint_str_make(got.ptr, got.len),
                     mlint_str_make(wanted.ptr, wanted.len));
    mlint_buf_done(&wanted);
    mlint_buf_done(&got);
    return kept;
}

START_TEST(quick_lines_are_careful)
{
    static const char *const names[] = { "ab.c" };
    uint64_t state = 0xB5297A4D3F84D5B5u;

    for (unsigned i = 0; i < 1000; i++)
        ck_assert_uint_eq(check_lines(&state, names, 1, NULL), LINES);
}
END_TEST

/* Behind lines that are dropped, names that cannot be kept at once. */
START_TEST(quick_drops_are_careful)
{
    static const char *const names[] = {
        "app.x",
        "app.y",
        "app.z",
        "app.\\\\x",
        "mail.server.s.port",
        "mail.server.\\\\s.port",
        "mail.server.\\\"s.port",
        "mail.server.of_a_name_that_is_longer_than_all_that_is_looked_at_at_once.port"
    };
    static const struct mlint_prefs_options options = { .classify = keep_mail };
    uint64_t state = 0x2545F4914F6CDD1Du;
    unsigned kept = 0;

    for (unsigned i = 0; i < 1000; i++)
        kept += check_lines(&state, names, MLINT_TEST_COUNT(names), &options);
    ck_assert_uint_gt(kept, 10000);
}
END_TEST

MLINT_SUITE(prefs)
{
    Suite *suite = suite_create("prefs");

    MLINT_TEST_ROWS(suite, grammar, rows);
    MLINT_TEST_ROWS(suite, scripts, script_rows);
    MLINT_TEST(suite, quick_is_careful);
    MLINT_TEST(suite, quick_strings_are_careful);
    MLINT_TEST(suite, quick_lines_are_careful);
    MLINT_TEST(suite, quick_drops_are_careful);
    MLINT_TEST(suite, classes);
    return suite;
}
