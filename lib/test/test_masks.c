/* test_masks.c: what of a text no report quotes, found for one line or for all of it. */
#include "base/buf.h"
#include "model/masks.h"
#include "source/limits.h"
#include "syntax/ini.h"
#include "test/random.h"
#include "test/test.h"

static unsigned pick(uint64_t *state, unsigned below)
{
    return (unsigned)(mlint_random(state) % below);
}

/* Nodes of any kind anywhere in the text, in lists and dictionaries or not. */
static void grow_tree(uint64_t *state, struct mlint_tree *tree)
{
    static const char *const names[] = { "Password", "UserName", "token", "x", "" };
    struct mlint_node *node = tree->root;

    for (unsigned i = pick(state, 12); i; i--) {
        struct mlint_node *parent = node->type <= MLINT_NODE_ARRAY ? node : node->parent;
        unsigned begin = pick(state, (unsigned)tree->source->text.len);

        node = mlint_node_add(tree, pick(state, 3) ? parent : tree->root,
                              (enum mlint_node_type)pick(state, MLINT_NODE_BINARY + 1),
                              mlint_str_from(names[pick(state, MLINT_TEST_COUNT(names))]));
        node->value_span = (struct mlint_span){ begin, begin + pick(state, 12) };
    }
}

static bool is_covered(const struct mlint_source *source, uint32_t at, bool binary)
{
    size_t count;
    const struct mlint_mask *masks =
        mlint_masks_near(source, (struct mlint_span){ at, at + 1 }, &count);

    for (size_t i = 0; i < count; i++) {
        if (masks[i].span.begin <= at && at < masks[i].span.end && masks[i].binary == binary)
            return true;
    }
    return false;
}

/* The same text and tree twice, to be masked for one line and in whole. */
struct twice {
    struct mlint_arena arena;
    struct mlint_file file, *files[1];
    struct mlint_source source[2], *sources[2][1];
    struct mlint_result result[2];
};

static void make_twice(struct twice *twice, uint64_t *state, struct mlint_str text, bool ini)
{
    struct mlint_tree *tree;

    mlint_arena_init(&twice->arena, NULL, 0);
    mlint_source_init(&twice->source[0], MLINT_STR("file"), text);
    if (ini) {
        tree = mlint_ini_read(&twice->arena, &twice->source[0], MLINT_INI_WINDOWS);
    } else {
        tree = mlint_tree_new(&twice->arena, &twice->source[0], MLINT_PATH_SLASH);
        grow_tree(state, tree);
    }
    twice->file = (struct mlint_file){ .tree = tree };
    twice->files[0] = &twice->file;
    if (pick(state, 2)) {
        unsigned at = pick(state, (unsigned)text.len - 7);
        mlint_source_hide(&twice->source[0], &twice->arena, (struct mlint_span){ at, at + 7 });
    }
    twice->source[1] = twice->source[0];
    for (unsigned i = 0; i < 2; i++) {
        twice->sources[i][0] = &twice->source[i];
        twice->result[i] = (struct mlint_result){ .sources = twice->sources[i],
                                                  .source_count = 1,
                                                  .files = twice->files,
                                                  .file_count = 1,
                                                  .masks_due = true };
        mlint_arena_init(&twice->result[i].arena, NULL, 0);
    }
}

static void check_alike(const struct twice *twice, struct mlint_span line)
{
    const struct mlint_source *some = &twice->source[0], *all = &twice->source[1];

    for (uint32_t at = line.begin; at < line.end; at++) {
        ck_assert(is_covered(some, at, false) == is_covered(all, at, false));
        ck_assert(is_covered(some, at, true) == is_covered(all, at, true));
        ck_assert((mlint_masks_told_until(some, at) > line.begin) ==
                  (mlint_masks_told_until(all, at) > line.begin));
        ck_assert(mlint_masks_inside(some, at) == mlint_masks_inside(all, at));
    }
}

static struct mlint_span line_at(const struct mlint_source *source, unsigned offset)
{
    struct mlint_span line;

    line.end = (uint32_t)mlint_source_line(source, offset, &line.begin).len + line.begin + 1;
    return line;
}

/* What is asked about one line, and then about others, is answered by the masks that touch them
 * as by all. */
static void check_lines(uint64_t *state, struct mlint_str text, bool ini)
{
    struct twice twice;

    make_twice(&twice, state, text, ini);
    mlint_result_want_masks(&twice.result[1]);
    ck_assert(!twice.result[1].masks_due);
    for (unsigned lines = 1 + pick(state, 6), i = 0; i < lines; i++) {
        struct mlint_span line = line_at(&twice.source[0], pick(state, (unsigned)text.len));

        mlint_result_want_line(&twice.result[0], &twice.source[0], line);
        ck_assert(twice.result[0].masks_due || i >= 4 || twice.file.tree->note_count);
        check_alike(&twice, line);
    }
    mlint_arena_done(&twice.result[0].arena);
    mlint_arena_done(&twice.result[1].arena);
    mlint_arena_done(&twice.arena);
}

START_TEST(masks_a_line_as_the_whole_file)
{
    const struct mlint_str text = MLINT_STR("one line\nanother, longer one\n\nand the last");
    uint64_t state = 1;

    for (unsigned round = 0; round < 3000; round++)
        check_lines(&state, text, false);
}
END_TEST

/* Of an INI file whole sections are passed by. */
START_TEST(masks_a_line_of_a_section)
{
    static const char *const pieces[] = { "[one]\n",      "[]\n",       "[Password]\n",
                                          "Password=x\n", "token =\n",  "Name=Password=y\n",
                                          "\n",           "; token=z\n" };
    uint64_t state = 2;
    struct mlint_buf text;

    mlint_buf_init(&text, NULL, 0);
    for (unsigned round = 0; round < 3000; round++) {
        mlint_buf_clear(&text);
        for (unsigned i = 1 + pick(&state, 12); i; i--)
            mlint_buf_text(&text, pieces[pick(&state, MLINT_TEST_COUNT(pieces))]);
        mlint_buf_text(&text, "last=1234");
        check_lines(&state, mlint_str_make(text.ptr, text.len), true);
    }
    mlint_buf_done(&text);
}
END_TEST

/* A member of an archive is not the first source, as a tree's root says that it is. */
START_TEST(hides_what_a_member_lost)
{
    struct mlint_source source[2], *sources[2] = { &source[0], &source[1] };
    struct mlint_file file = { 0 }, *files[1] = { &file };
    struct mlint_result result = {
        .sources = sources, .source_count = 2, .files = files, .file_count = 1
    };
    struct mlint_tree *tree;
    struct mlint_node *node;

    mlint_arena_init(&result.arena, NULL, 0);
    for (unsigned i = 0; i < 2; i++) {
        mlint_source_init(&source[i], MLINT_STR("file"), MLINT_STR("Password QZ"));
        source[i].index = i;
    }
    tree = mlint_tree_new(&result.arena, &source[1], MLINT_PATH_SLASH);
    tree->damaged = true;
    file.tree = tree;
    node = mlint_node_add(tree, tree->root, MLINT_NODE_ARRAY, MLINT_STR("Password"));
    node->name_span = (struct mlint_span){ 0, 8 };
    node->source = 1;
    mlint_result_find_masks(&result);
    ck_assert_uint_eq(source[0].mask_count, 0);
    ck_assert(is_covered(&source[1], 9, false) && is_covered(&source[1], 10, false));
    mlint_arena_done(&result.arena);
}
END_TEST

/* What waits is found for a report, which can no longer say that the file needs much memory. */
START_TEST(lets_no_masks_wait_that_need_much)
{
    const unsigned counts[] = { 0, 4096, 4097 };

    for (unsigned i = 0; i < MLINT_TEST_COUNT(counts); i++) {
        struct mlint_source source, *sources[1] = { &source };
        struct mlint_result result = { .sources = sources, .source_count = 1 };
        struct mlint_arena arena;

        mlint_arena_init(&arena, NULL, 0);
        mlint_arena_init(&result.arena, NULL, 0);
        mlint_source_init(&source, MLINT_STR("file"), MLINT_STR(""));
        for (unsigned at = 0; at < counts[i]; at++)
            mlint_source_cover(&source, &arena, (struct mlint_span){ at, at + 1 });
        mlint_result_plan_masks(&result);
        ck_assert_int_eq(result.masks_due, counts[i] <= 4096);
        ck_assert_uint_eq(source.mask_count, result.masks_due ? 0 : counts[i]);
        mlint_arena_done(&result.arena);
        mlint_arena_done(&arena);
    }
}
END_TEST

static int gather_report(void *user, const void *data, size_t length)
{
    mlint_buf_add(user, data, length);
    return 0;
}

static void check_cut(struct mlint_linter *linter, struct mlint_str text)
{
    struct mlint_input input = { .struct_size = sizeof(input),
                                 .data = text.ptr,
                                 .length = text.len };
    struct mlint_result *result;
    struct mlint_buf out;

    mlint_buf_init(&out, NULL, 0);
    ck_assert_int_eq(mlint_check(linter, &input, &result, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_result_report(result, "text", gather_report, &out, NULL), MLINT_OK);
    ck_assert(mlint_str_find(mlint_str_make(out.ptr, out.len), MLINT_STR("truncated")) <
              out.len);
    ck_assert_msg(mlint_str_find(mlint_str_make(out.ptr, out.len), MLINT_STR("QZ")) >= out.len,
                  "%.*s", (int)out.len, out.ptr);
    mlint_result_free(result);
    mlint_buf_done(&out);
}

/* A file that is cut off inside a password: the name was read, and the value was not. */
START_TEST(hides_a_password_cut_off)
{
    static const char *const texts[] = {
        "<MessageAccount>\n<POP3_Server type=\"SZ\">pop.x</POP3_Server>\n"
        "<POP3_Password type=\"SZ\">QZ longer",
        "<plist><dict><key>PayloadContent</key><array><dict>\n<key>PayloadType</key>"
        "<string>com.apple.mail.managed</string><key>PasswordList</key>\n"
        "<array><string>a</string><string>QZ longer",
    };
    struct mlint_config *config;
    struct mlint_linter *linter;

    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    for (size_t i = 0; i < MLINT_TEST_COUNT(texts); i++) {
        const struct mlint_str whole = mlint_str_from(texts[i]);

        for (size_t len = mlint_str_find(whole, MLINT_STR("QZ")) + 2; len <= whole.len; len++)
            check_cut(linter, mlint_str_sub(whole, 0, len));
    }
    mlint_linter_free(linter);
    mlint_config_free(config);
}
END_TEST

/* A file of that text with an oddity and two settings in it, masked. */
struct odd_file {
    struct mlint_file file, *files[1];
    struct mlint_source source, *sources[1];
    struct mlint_result result;
};

static void make_odd(struct odd_file *odd, struct mlint_str text)
{
    struct mlint_tree *tree;

    memset(odd, 0, sizeof(*odd));
    odd->files[0] = &odd->file;
    odd->sources[0] = &odd->source;
    odd->result = (struct mlint_result){
        .sources = odd->sources, .source_count = 1, .files = odd->files, .file_count = 1
    };
    mlint_arena_init(&odd->result.arena, NULL, 0);
    mlint_source_init(&odd->source, MLINT_STR("file"), text);
    odd->file.tree = tree = mlint_tree_new(&odd->result.arena, &odd->source, MLINT_PATH_SLASH);
    tree->note_count = 1;
    for (unsigned i = 0; i < 2; i++) {
        struct mlint_node *node =
            mlint_node_add(tree, tree->root, MLINT_NODE_STRING, MLINT_STR("a"));
        node->name_span = (struct mlint_span){ 16 * i, 16 * i + 1 };
        node->value_span = (struct mlint_span){ 16 * i + 2, 16 * i + 3 };
    }
    mlint_result_find_masks(&odd->result);
}

static const struct {
    const char *text;
    struct mlint_span asked, wanted;
} gap_rows[] = {
    { "a=1 Password QZ b=2", { 0, 19 }, { 12, 16 } },
    { "a=1 Password QZ b=2", { 15, 16 }, { 12, 16 } },
    { "a=1 Password QZ b=2", { 0, 4 }, { 0, 0 } },   /* the word is behind it */
    { "a=1 Password QZ b=2", { 16, 19 }, { 0, 0 } }, /* read */
    { "a=1 ----------- b=2 </token> x", { 0, 30 }, { 0, 0 } },
    { "a=1 ----------- b=2 token", { 0, 25 }, { 0, 0 } }, /* nothing follows */
    { "a=1 ----------- b=2 token secret z", { 0, 34 }, { 25, 34 } },
    { "a=1 ----------- b=2 token secret z", { 33, 34 }, { 25, 34 } },
    { "a=1=token ----- b=2", { 10, 12 }, { 9, 16 } },
};

START_TEST(hides_what_was_not_read)
{
    struct odd_file odd;
    struct mlint_span gap = { 0, 0 };
    bool found;

    make_odd(&odd, mlint_str_from(gap_rows[_i].text));
    found = mlint_masks_gap(&odd.source, gap_rows[_i].asked, &gap);
    ck_assert_msg(found == (gap_rows[_i].wanted.end > 0), "%s", gap_rows[_i].text);
    ck_assert_msg(gap.begin == gap_rows[_i].wanted.begin && gap.end == gap_rows[_i].wanted.end,
                  "%s: %u to %u", gap_rows[_i].text, gap.begin, gap.end);
    mlint_arena_done(&odd.result.arena);
}
END_TEST

/* More words for secrets than are kept: nothing of the file is quoted. */
START_TEST(hides_all_where_words_abound)
{
    for (unsigned count = MLINT_LIMIT_GAPS - 1; count <= MLINT_LIMIT_GAPS + 2; count++) {
        const struct mlint_str head = MLINT_STR("a=1 ----------- b=2 "),
                               word = MLINT_STR("token,");
        struct odd_file odd;
        struct mlint_buf text;

        mlint_buf_init(&text, NULL, 0);
        mlint_buf_str(&text, head);
        for (unsigned i = 0; i < count; i++)
            mlint_buf_str(&text, word);
        make_odd(&odd, mlint_str_make(text.ptr, text.len));
        ck_assert_int_eq(is_covered(&odd.source, 0, false), count > MLINT_LIMIT_GAPS);
        ck_assert_int_eq(odd.source.gap_count,
                         count > MLINT_LIMIT_GAPS ? MLINT_LIMIT_GAPS : count);
        mlint_arena_done(&odd.result.arena);
        mlint_buf_done(&text);
    }
}
END_TEST

MLINT_SUITE(masks)
{
    Suite *suite = suite_create("masks");

    MLINT_TEST(suite, masks_a_line_as_the_whole_file);
    MLINT_TEST(suite, masks_a_line_of_a_section);
    MLINT_TEST(suite, hides_a_password_cut_off);
    MLINT_TEST_ROWS(suite, hides_what_was_not_read, gap_rows);
    MLINT_TEST(suite, hides_all_where_words_abound);
    MLINT_TEST(suite, hides_what_a_member_lost);
    MLINT_TEST(suite, lets_no_masks_wait_that_need_much);
    return suite;
}
