/* test_reg_haste.c: what the reader of .reg files leaves out to be quick makes no difference:
 * searches of sixteen bytes at a time, the neighbours of an unwanted key, and names that are
 * told apart by a few letters. */
#include "base/buf.h"
#include "formats/registry.h"
#include "syntax/reg.h"
#include "syntax/reg_lex.h"
#include "test/edge.h"
#include "test/test.h"

#include <stdio.h>

#define ROUNDS 4000

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Sixteen bytes at a time or one, to the end of a line or of the text. */
START_TEST(finds_as_the_plain_search)
{
    static const char letters[] = "aaaaaaaaaaaab\"\\][\r\n";
    uint32_t state = 1;
    char text[100];

    for (unsigned round = 0; round < 10 * ROUNDS; round++) {
        size_t len = next_random(&state) % sizeof(text);
        const char *p = text + len, *begin = p - next_random(&state) % (len + 1);
        const char *end = p - next_random(&state) % (size_t)(p - begin + 1);

        for (size_t i = 0; i < sizeof(text); i++)
            text[i] = letters[next_random(&state) % (sizeof(letters) - 1)];
        ck_assert_ptr_eq(mlint_reg_find(begin, end, p, '"', '\\'),
                         mlint_reg_find_plain(begin, end, '"', '\\'));
        ck_assert_ptr_eq(mlint_reg_find(begin, p, p, '\n', '\r'),
                         mlint_reg_find_plain(begin, p, '\n', '\r'));
        ck_assert_ptr_eq(mlint_reg_bracket(begin, p), mlint_reg_find_plain(begin, p, '[', '['));
        text[next_random(&state) % sizeof(text)] |= (char)0x80;
        ck_assert_ptr_eq(mlint_reg_find_high(begin, p), mlint_reg_find_high_plain(begin, p));
        ck_assert_ptr_eq(mlint_reg_name_end(begin, p), mlint_reg_name_end_plain(begin, p));
    }
}
END_TEST

/* Any bytes, so that each value is met at each place. */
START_TEST(places_as_the_plain_search)
{
    uint32_t state = 1;
    char text[64];

    for (unsigned round = 0; round < ROUNDS; round++) {
        struct mlint_reg_places places, plain;

        for (size_t i = 0; i < sizeof(text); i++)
            text[i] = (char)next_random(&state);
        places = mlint_reg_places_of(text);
        plain = mlint_reg_places_plain(text);
        ck_assert_uint_eq(places.quotes, plain.quotes);
        ck_assert_uint_eq(places.stops, plain.stops);
    }
}
END_TEST

static void add_names(struct mlint_buf *path, uint32_t *state, unsigned most)
{
    static const char *const names[] = {
        "Outlook",     "Profiles", "profiles", "IAM",      "Windows Messaging Subsystem",
        "x",           "-",        "",         "Software", "Registry",
        "Windows Mail"
    };
    unsigned count = next_random(state) % most;

    for (unsigned i = 0; i <= count; i++)
        mlint_buf_printf(path, "%s%s", i ? "\\" : "",
                         names[next_random(state) % MLINT_TEST_COUNT(names)]);
}

/* Names by which a key is wanted, each of a length that tells so. */
static const char *const telling[] = {
    "IAM",
    "Outlook\\Profiles",
    "WINDOWS messaging subsystem\\PROFILES",
    "Windows Mail",
    "outlook express",
    "Windows Live Mail",
    "OMI Account Manager",
    "Internet Account Manager",
    "9375cff0413111D3B88A00104B2A6676",
};

START_TEST(wants_by_name)
{
    struct mlint_str name = mlint_str_from(telling[_i]);
    char path[100];
    int len =
        snprintf(path, sizeof(path), "HKEY_CURRENT_USER\\Software\\%.*s", MLINT_STR_ARG(name));
    size_t slash = mlint_str_rfind_char(name, '\\');
    size_t last = slash < name.len ? name.len - slash - 1 : name.len;

    ck_assert(mlint_registry_wanted(mlint_str_make(path, (size_t)len), 0));
    ck_assert(mlint_registry_wanted(name, 0));
    ck_assert(MLINT_REGISTRY_TELLING >> last & 1);
    path[len - 1] ^= 1;
    ck_assert(!mlint_registry_wanted(mlint_str_make(path, (size_t)len), 0));
}
END_TEST

/* What is said of a key by the names behind an unwanted neighbour's parent is what is said of
 * it by all of them. */
START_TEST(neighbours_decide_alone)
{
    struct mlint_buf parent, path;
    uint32_t state = 1;
    unsigned asked = 0;

    mlint_buf_init(&parent, NULL, 1 << 20);
    mlint_buf_init(&path, NULL, 1 << 20);
    for (unsigned round = 0; round < 10 * ROUNDS; round++) {
        mlint_buf_clear(&parent);
        add_names(&parent, &state, 4);
        mlint_buf_clear(&path);
        mlint_buf_printf(&path, "%.*s\\x", (int)parent.len, parent.ptr);
        if (mlint_registry_wanted(mlint_str_make(path.ptr, path.len), 0))
            continue;
        path.len = parent.len + 1;
        add_names(&path, &state, 3);
        asked += path.ptr[path.len - 1] != '\\'; /* readers take these off */
        ck_assert_msg(
            path.ptr[path.len - 1] == '\\' ||
                mlint_registry_wanted(mlint_str_make(path.ptr, path.len), parent.len + 1) ==
                    mlint_registry_wanted(mlint_str_make(path.ptr, path.len), 0),
            "%.*s", (int)path.len, path.ptr);
    }
    ck_assert_uint_gt(asked, ROUNDS);
    mlint_buf_done(&parent);
    mlint_buf_done(&path);
}
END_TEST

/* Lines of keys, spelled in many ways; `end` stands behind each. */
static void add_keys(struct mlint_buf *file, uint32_t state, const char *end)
{
    static const char *const begins[] = { "[", "[", "[", "[", " [", "[ ", "[-", "x[" };
    static const char *const ends[] = { "]", "]",  "]",   "]",     "\\]",
                                        "",  "]]", "];c", "\r\n]", "]\\IAM]" };
    static const char *const lines[] = { "\r\n", "\"a\"=\"[\"\n", "\"b\"=dword:1\r", "c\n" };

    for (unsigned left = next_random(&state) % 12; left > 0; left--) {
        mlint_buf_text(file, begins[next_random(&state) % MLINT_TEST_COUNT(begins)]);
        mlint_buf_text(file, "HKEY_CURRENT_USER\\");
        add_names(file, &state, 3);
        mlint_buf_text(file, ends[next_random(&state) % MLINT_TEST_COUNT(ends)]);
        mlint_buf_printf(file, "%s%s", end, left % 3 ? "\r\n" : "\n");
        for (unsigned count = next_random(&state) % 3; count > 0; count--)
            mlint_buf_text(file, lines[next_random(&state) % MLINT_TEST_COUNT(lines)]);
    }
}

/* Every key and value with its line, then the kinds of the notes and theirs. */
static void dump(struct mlint_buf *out, struct mlint_str text,
                 const struct mlint_reg_kernel *kernel)
{
    const struct mlint_reg_options options = {
        .wanted = mlint_registry_wanted,
        .telling = MLINT_REGISTRY_TELLING,
        .kernel = kernel,
    };
    const struct mlint_node *node;
    const struct mlint_note *note;
    struct mlint_source source;
    struct mlint_arena arena;
    struct mlint_tree *tree;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("x.reg"), text);
    tree = mlint_reg_read(&arena, &source, &options);
    ck_assert_ptr_nonnull(tree);
    mlint_buf_clear(out);
    for (node = tree->root; node; node = mlint_registry_next(tree->root, node))
        mlint_buf_printf(out, "%s=%u:%lld:%.*s:%u@%u\n",
                         mlint_node_path(&arena, MLINT_PATH_BACKSLASH, node), node->type,
                         (long long)node->number, MLINT_STR_ARG(node->value),
                         node->value_span.end - node->value_span.begin,
                         mlint_source_position(&source, node->name_span.begin).line);
    for (note = tree->notes; note; note = note->next)
        mlint_buf_printf(out, "%d@%u\n", (int)note->kind,
                         mlint_source_position(&source, note->span.begin).line);
    mlint_arena_done(&arena);
}

/* Random files, the same with and without the blank that nothing hangs on but the haste. */
static void compare(const char *header,
                    void (*add)(struct mlint_buf *file, uint32_t state, const char *blank))
{
    struct mlint_buf plain, blank, hasty, slow;

    mlint_buf_init(&plain, NULL, 1 << 20);
    mlint_buf_init(&blank, NULL, 1 << 20);
    mlint_buf_init(&hasty, NULL, 1 << 20);
    mlint_buf_init(&slow, NULL, 1 << 20);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        mlint_buf_clear(&plain);
        mlint_buf_clear(&blank);
        mlint_buf_text(&plain, header);
        mlint_buf_text(&blank, header);
        add(&plain, round * 7919, "");
        add(&blank, round * 7919, " ");
        dump(&hasty, mlint_str_make(plain.ptr, plain.len), NULL);
        dump(&slow, mlint_str_make(blank.ptr, blank.len), NULL);
        mlint_assert_str(header, mlint_str_make(hasty.ptr, hasty.len),
                         mlint_str_make(slow.ptr, slow.len));
    }
    mlint_buf_done(&plain);
    mlint_buf_done(&blank);
    mlint_buf_done(&hasty);
    mlint_buf_done(&slow);
}

/* A blank behind a key's bracket changes nothing, but no such key is passed over in haste. */
START_TEST(passes_as_it_reads)
{
    compare("REGEDIT4\n", add_keys);
}
END_TEST

/* A key goes to the last bracket of its line, so the first one may be within its name. */
START_TEST(passes_whole_names_alone)
{
    struct mlint_buf out;

    mlint_buf_init(&out, NULL, 1 << 20);
    dump(&out,
         MLINT_STR(
             "REGEDIT4\n[HKEY_CURRENT_USER\\a]\n[HKEY_CURRENT_USER\\b]\\IAM]\n\"c\"=\"d\"\n"),
         NULL);
    ck_assert_ptr_nonnull(strstr(out.ptr, "HKEY_CURRENT_USER\\b]\\IAM\\c="));
    mlint_buf_done(&out);
}
END_TEST

/* Values in many spellings, of about as many bytes as are looked at in one step; `gap` stands
 * before the data. */
static void add_values(struct mlint_buf *file, uint32_t state, const char *gap)
{
    static const char *const names[] = { "\"a\"",      "\"POP3 Server\"",
                                         "\"\"",       "@",
                                         "\"a\\\\b\"", "\"a name of more than twenty\"" };
    static const char *const data[] = {
        "\"text\"",
        "\"\"",
        "\"a\\\"b\"",
        "\"a\"b\"",
        "\"open",
        "\"tab\there\"",
        "\"a\";c",
        "\"\xC3\xA4\"",
        "dword:00000001",
        "dword:aB",
        "dword:123456789",
        "DWORD:1",
        "dword:x",
        "dword:1 ;c",
        "hex:01,02",
        "hex:01,\\\r\n 02",
        "-",
        "\"a\\n\"",
        "dword:\"",
        "\"twenty bytes of text\"",
        "\"and what makes a line of sixty-four bytes\"",
    };
    static const char *const ends[] = { "\r\n", "\r\n", "\n", "\r", "\r\r\n", " \r\n" };

    for (unsigned left = next_random(&state) % 20; left > 0; left--) {
        mlint_buf_text(file, names[next_random(&state) % MLINT_TEST_COUNT(names)]);
        mlint_buf_printf(file, "=%s", gap);
        mlint_buf_text(file, data[next_random(&state) % MLINT_TEST_COUNT(data)]);
        mlint_buf_text(file, ends[next_random(&state) % MLINT_TEST_COUNT(ends)]);
    }
}

/* A blank before the data changes nothing, but no such line is read in haste. */
START_TEST(reads_values_as_in_full)
{
    compare("REGEDIT4\n[HKEY_CURRENT_USER\\IAM]\n", add_values);
}
END_TEST

/* Keys and values alike, in each width that this processor has. */
START_TEST(reads_alike_in_every_width)
{
    struct mlint_buf file, best, base;

    mlint_buf_init(&file, NULL, 1 << 20);
    mlint_buf_init(&best, NULL, 1 << 20);
    mlint_buf_init(&base, NULL, 1 << 20);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        mlint_buf_clear(&file);
        mlint_buf_text(&file, "REGEDIT4\n");
        for (uint32_t part = 0; part < 4; part++) {
            add_keys(&file, round * 7919 + part, "");
            add_values(&file, round * 104729 + part, "");
        }
        dump(&best, mlint_str_make(file.ptr, file.len), NULL);
        dump(&base, mlint_str_make(file.ptr, file.len), &mlint_reg_base);
        mlint_assert_str("widths", mlint_str_make(best.ptr, best.len),
                         mlint_str_make(base.ptr, base.len));
    }
    mlint_buf_done(&file);
    mlint_buf_done(&best);
    mlint_buf_done(&base);
}
END_TEST

/* Every beginning of a file, with nothing behind it that can be read, the same in each
 * width. */
START_TEST(cuts_are_read_no_further)
{
    struct mlint_buf file, best, base;

    mlint_buf_init(&file, NULL, 1 << 20);
    mlint_buf_init(&best, NULL, 1 << 20);
    mlint_buf_init(&base, NULL, 1 << 20);
    for (uint32_t round = 0; round < 40; round++) {
        mlint_buf_clear(&file);
        mlint_buf_text(&file, "REGEDIT4\n[HKEY_CURRENT_USER\\IAM]\n");
        add_values(&file, round * 104729, "");
        add_keys(&file, round * 7919, "");
        for (size_t len = 0; len <= file.len && len <= 4096; len++) {
            struct mlint_str text = mlint_to_edge(mlint_str_make(file.ptr, len));

            dump(&best, text, NULL);
            dump(&base, text, &mlint_reg_base);
            mlint_assert_str("cut", mlint_str_make(best.ptr, best.len),
                             mlint_str_make(base.ptr, base.len));
        }
    }
    mlint_buf_done(&file);
    mlint_buf_done(&best);
    mlint_buf_done(&base);
}
END_TEST

/* A line that ends in a CR as the last of the 64 bytes that are looked at, and the text with
 * it: what it ends with stands behind these. */
START_TEST(line_ends_at_the_last_place)
{
    static const struct mlint_reg_kernel *const kernels[] = { NULL, &mlint_reg_base };
    struct mlint_buf whole, part;
    char text[160];

    mlint_buf_init(&whole, NULL, 1 << 20);
    mlint_buf_init(&part, NULL, 1 << 20);
    for (int len = 50; len < 70; len++) {
        int size = snprintf(text, sizeof(text),
                            "REGEDIT4\n[HKEY_CURRENT_USER\\IAM]\n\"a\"=\"%*s\"\r", len, "x");

        for (size_t i = 0; i < MLINT_TEST_COUNT(kernels); i++) {
            dump(&part, mlint_to_edge(mlint_str_make(text, (size_t)size)), kernels[i]);
            text[size] = '\n';
            dump(&whole, mlint_to_edge(mlint_str_make(text, (size_t)size + 1)), kernels[i]);
            mlint_assert_str("line", mlint_str_make(part.ptr, part.len),
                             mlint_str_make(whole.ptr, whole.len));
        }
    }
    mlint_buf_done(&whole);
    mlint_buf_done(&part);
}
END_TEST

/* Names from a few letters, so that they are alike; more of them than are known at a glance. */
START_TEST(finds_values_as_the_whole_list)
{
    struct mlint_node key = { .type = MLINT_NODE_GROUP }, child[2 * MLINT_REGISTRY_KNOWN];
    struct mlint_registry_account entry;
    char names[MLINT_TEST_COUNT(child)][8], wanted[8];
    uint32_t state = 1;

    for (unsigned round = 0; round < ROUNDS; round++) {
        size_t count = next_random(&state) % MLINT_TEST_COUNT(child);

        for (size_t i = 0; i < count; i++) {
            size_t len = next_random(&state) % 6;

            for (size_t j = 0; j < len; j++)
                names[i][j] = "abA_ "[next_random(&state) % (j == 0 || j + 1 == len ? 3 : 5)];
            child[i] = (struct mlint_node){
                .type = next_random(&state) % 4 ? MLINT_NODE_STRING : MLINT_NODE_GROUP,
                .name = mlint_str_make(names[i], len),
                .next = i + 1 < count ? &child[i + 1] : NULL,
            };
        }
        key.child = count ? child : NULL;
        mlint_registry_look(&entry, NULL, &key);
        for (unsigned i = 0; i < 20; i++) {
            const struct mlint_node *node, *value;

            snprintf(wanted, sizeof(wanted), "%.*s", 1 + (int)(next_random(&state) % 4),
                     i % 2 ? "a bAa" : "ABaba");
            node = mlint_registry_child(&key, mlint_str_from(wanted));
            ck_assert_ptr_eq(mlint_registry_named(&entry, mlint_str_from(wanted)), node);
            for (value = node; value && value->type == MLINT_NODE_GROUP;) {
                struct mlint_node rest = { .child = value->next };
                value = mlint_registry_child(&rest, mlint_str_from(wanted));
            }
            ck_assert_ptr_eq(mlint_registry_value(&entry, false, mlint_str_from(wanted)),
                             value);
            entry.prefix = MLINT_STR("a ");
            value = mlint_registry_value(&entry, true, mlint_str_from(wanted));
            ck_assert(!value || value->name.len == strlen(wanted) + 2);
        }
    }
}
END_TEST

MLINT_SUITE(reg_haste)
{
    Suite *suite = suite_create("reg_haste");

    MLINT_TEST(suite, finds_as_the_plain_search);
    MLINT_TEST(suite, places_as_the_plain_search);
    MLINT_TEST_ROWS(suite, wants_by_name, telling);
    MLINT_TEST(suite, neighbours_decide_alone);
    MLINT_TEST(suite, passes_as_it_reads);
    MLINT_TEST(suite, passes_whole_names_alone);
    MLINT_TEST(suite, reads_values_as_in_full);
    MLINT_TEST(suite, reads_alike_in_every_width);
    MLINT_TEST(suite, cuts_are_read_no_further);
    MLINT_TEST(suite, line_ends_at_the_last_place);
    MLINT_TEST(suite, finds_values_as_the_whole_list);
    return suite;
}
