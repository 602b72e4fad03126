/* test_prf.c: the parts of the .prf reader that find things at once say the same as a look at
 * one after the other: names in a section, ids, tags in every spelling. */
#include "formats/outlook_prf.h"
#include "syntax/ini.h"
#include "test/random.h"
#include "test/test.h"

#include <stdio.h>

/* ---- Ids -----------------------------------------------------------------------------------
 */

enum { ANY = MLINT_PRF_ANY, POP = MLINT_PRF_POP, IMAP = MLINT_PRF_IMAP };

/* Sorted by id. The family matters to those of Outlook 97 to 2000 alone, from 0x1235 on. */
static const struct {
    unsigned id;
    enum mlint_prf_property property;
    unsigned family;
} ids[] = {
    { 0x0002, MLINT_PRF_NAME, ANY },
    { 0x000C, MLINT_PRF_EMAIL, ANY },
    { 0x0100, MLINT_PRF_SERVER, ANY },
    { 0x0101, MLINT_PRF_USER, ANY },
    { 0x0102, MLINT_PRF_PASSWORD, ANY },
    { 0x0104, MLINT_PRF_PORT, ANY },
    { 0x0105, MLINT_PRF_SSL, ANY },
    { 0x0108, MLINT_PRF_SPA, ANY },
    { 0x0200, MLINT_PRF_SMTP_SERVER, ANY },
    { 0x0201, MLINT_PRF_SMTP_PORT, ANY },
    { 0x0202, MLINT_PRF_SMTP_SSL, ANY },
    { 0x0203, MLINT_PRF_SMTP_AUTH, ANY },
    { 0x0204, MLINT_PRF_SMTP_USER, ANY },
    { 0x0205, MLINT_PRF_SMTP_PASSWORD, ANY },
    { 0x0207, MLINT_PRF_SMTP_SPA, ANY },
    { 0x0208, MLINT_PRF_SMTP_METHOD, ANY },
    { 0x020A, MLINT_PRF_SMTP_ENCRYPTION, ANY },
    { 0x1000, MLINT_PRF_LEAVE, ANY },
    { 0x1235, MLINT_PRF_NAME, ANY },
    { 0x1298, MLINT_PRF_SERVER, IMAP },
    { 0x1299, MLINT_PRF_USER, IMAP },
    { 0x129A, MLINT_PRF_PASSWORD, IMAP },
    { 0x129C, MLINT_PRF_SPA, IMAP },
    { 0x129D, MLINT_PRF_PORT, IMAP },
    { 0x129E, MLINT_PRF_SSL, IMAP },
    { 0x13C4, MLINT_PRF_SERVER, POP },
    { 0x13C5, MLINT_PRF_USER, POP },
    { 0x13C6, MLINT_PRF_PASSWORD, POP },
    { 0x13C8, MLINT_PRF_SPA, POP },
    { 0x13C9, MLINT_PRF_PORT, POP },
    { 0x13CA, MLINT_PRF_SSL, POP },
    { 0x13CC, MLINT_PRF_LEAVE, POP },
    { 0x1428, MLINT_PRF_SMTP_SERVER, ANY },
    { 0x1429, MLINT_PRF_SMTP_USER, ANY },
    { 0x142A, MLINT_PRF_SMTP_PASSWORD, ANY },
    { 0x142C, MLINT_PRF_SMTP_SICILY, ANY },
    { 0x142D, MLINT_PRF_SMTP_PORT, ANY },
    { 0x142E, MLINT_PRF_SMTP_SSL, ANY },
    { 0x1432, MLINT_PRF_EMAIL, ANY },
};

START_TEST(knows_ids)
{
    size_t row = 0;

    for (unsigned id = 0; id <= 0x10000; id++) {
        while (row < MLINT_TEST_COUNT(ids) && ids[row].id < id)
            row++;
        for (unsigned family = POP; family <= IMAP; family++) {
            bool there = row < MLINT_TEST_COUNT(ids) && ids[row].id == id;
            bool suits = there && (ids[row].family == ANY || ids[row].family == family);

            ck_assert_msg(mlint_prf_is_id(id) == there, "0x%04x", id);
            ck_assert_msg(mlint_prf_by_id(id, (enum mlint_prf_family)family) ==
                              (suits ? ids[row].property : MLINT_PRF_PROPERTIES),
                          "0x%04x, family %u", id, family);
        }
    }
}
END_TEST

/* What is called for in one family and time of Outlook is known again by its name. */
START_TEST(knows_names)
{
    unsigned known = 0;

    for (int i = 0; i < 4 * MLINT_PRF_PROPERTIES; i++) {
        struct mlint_prf_account account = { .old = i & 2 };
        enum mlint_prf_property property = (enum mlint_prf_property)(i / 4);
        const struct mlint_prf_known *row;
        struct mlint_str name;

        account.family = i & 1 ? MLINT_PRF_POP : MLINT_PRF_IMAP;
        name = mlint_prf_name(property, &account);
        row = name.len ? mlint_prf_by_name(name) : NULL;
        ck_assert_msg(!name.len || (row && row->property == property), "%.*s",
                      MLINT_STR_ARG(name));
        known += row != NULL;
    }
    ck_assert_uint_gt(known, 3 * MLINT_PRF_PROPERTIES);
    ck_assert_ptr_null(mlint_prf_by_name(MLINT_STR("POP3Servers")));
    ck_assert_ptr_null(mlint_prf_by_name(MLINT_STR("DisplayName")));
    ck_assert_ptr_null(mlint_prf_by_name(MLINT_STR("P")));
    ck_assert_ptr_nonnull(mlint_prf_by_name(MLINT_STR("pop3SERVER")));
}
END_TEST

/* ---- Tags ----------------------------------------------------------------------------------
 */

static const struct {
    const char *text;
    unsigned id;
} tags[] = {
    { "PT_UNICODE,0x0100", 0x100 },
    { "pt_unicode,0X020a", 0x20A },
    { "PT_UNICODE, \t0x0100", 0x100 },
    { "PT_LONG,0x108", 0x108 },
    { "PT_LONG,264", 0x108 },
    { "PT_LONG,0x+108", 0x108 },
    { "PT_LONG,0x-108", 0 },
    { "PT_LONG,0x", 0 },
    { "PT_LONG,0x0`08", 0 },
    { "PT_LONG,0x0@08", 0 },
    { "PT_LONG,0x0G08", 0 },
    { "PT_LONG,0x0/08", 0 },
    { "PT_LONG,0x0:08", 0 },
    { "PT_LONG,0x01 08", 0 },
    { "PT_LONG,0x000000108", 0x108 },
    { "PT_LONG,0x100000108", 0 },
    { "PT_LONG,108,0x0104", 0 },
    { "PT_LONG", 0 },
    { "PT_LONG,", 0 },
    { "PT_,0x0104", 0x104 },
    { "PT_", 0 },
    { "PT", 0 },
    { "PTX,0x0104", 0 },
    { "", 0 },
    { "0x0104", 0 },
    { "PT_STRING8,0x001e3001", 0x3001 },
    { "PT_STRING8,0x3001001e", 0x3001 },
    { "PT_UNICODE,0x0102001F", 0x102 },
    { "PT_UNICODE,0x001f0102", 0x102 },
    { "PT_BINARY,0x01020003", 0x102 },
    { "PT_LONG,0xFFFFFFFF", 0xFFFF },
};

START_TEST(reads_tags)
{
    unsigned id = mlint_prf_id_of(mlint_str_from(tags[_i].text));

    ck_assert_msg(id == tags[_i].id, "%s: got 0x%04x", tags[_i].text, id);
}
END_TEST

/* ---- Names ---------------------------------------------------------------------------------
 */

/* A name of up to 20 letters, most of them the same: ends and middles are often alike. */
static size_t put_name(uint64_t *state, char *out)
{
    size_t len = 1 + mlint_random(state) % (mlint_random(state) % 4 ? 3 : 20);

    for (size_t i = 0; i < len; i++)
        out[i] = mlint_random(state) % 8 ? 'a' : "AbB@`[{"[mlint_random(state) % 7];
    return len;
}

static struct mlint_str put_section(uint64_t *state, char *text, size_t lines)
{
    size_t len = (size_t)sprintf(text, "[s]\n");

    for (size_t i = 0; i < lines; i++) {
        text[len++] = 'x'; /* so that "[" opens no section */
        len += put_name(state, text + len);
        len += (size_t)sprintf(text + len, "=v\n");
    }
    return mlint_str_make(text, len);
}

static const struct mlint_node *find_plainly(const struct mlint_node *section,
                                             struct mlint_str name)
{
    const struct mlint_node *line = section ? section->child : NULL;

    for (unsigned i = 0; line && i < MLINT_PRF_KEYS; line = line->next, i++) {
        if (mlint_str_eq_nocase(line->name, name))
            return line;
    }
    return NULL;
}

/* Every name of the section, and as many others. */
static void compare(struct mlint_prf_names *names, const struct mlint_node *section,
                    uint64_t *state)
{
    const struct mlint_node *line = section ? section->child : NULL;
    char other[24] = "x";

    for (; line; line = line->next) {
        struct mlint_str name = mlint_str_make(other, 1 + put_name(state, other + 1));

        ck_assert_msg(mlint_prf_names_find(names, line->name)->line ==
                          find_plainly(section, line->name),
                      "%.*s", MLINT_STR_ARG(line->name));
        ck_assert_msg(mlint_prf_names_find(names, name)->line == find_plainly(section, name),
                      "%.*s", MLINT_STR_ARG(name));
    }
}

START_TEST(finds_names)
{
    static char text[MLINT_PRF_KEYS * 2 * 24 + 8];
    static struct mlint_prf_names names;
    uint64_t state = 0x9E3779B97F4A7C15u;

    for (unsigned round = 0; round < 300; round++) {
        struct mlint_source source;
        struct mlint_arena arena;
        struct mlint_tree *tree;
        size_t lines = mlint_random(&state) % (round % 10 ? 40 : 2 * MLINT_PRF_KEYS);
        const struct mlint_node *section;

        mlint_arena_init(&arena, NULL, 0);
        mlint_source_init(&source, MLINT_STR("x.prf"), put_section(&state, text, lines));
        ck_assert(mlint_source_decode(&source, &arena, 0));
        tree = mlint_ini_read(&arena, &source, MLINT_INI_WINDOWS);
        ck_assert_ptr_nonnull(tree);
        section = mlint_ini_section(tree, MLINT_STR("s"));
        mlint_prf_names_fill(&names, section);
        compare(&names, section, &state);
        mlint_prf_names_fill(&names, NULL);
        ck_assert_ptr_null(mlint_prf_names_find(&names, MLINT_STR("x"))->line);
        mlint_arena_done(&arena);
    }
}
END_TEST

MLINT_SUITE(prf)
{
    Suite *suite = suite_create("prf");

    MLINT_TEST(suite, knows_ids);
    MLINT_TEST(suite, knows_names);
    MLINT_TEST_ROWS(suite, reads_tags, tags);
    MLINT_TEST(suite, finds_names);
    return suite;
}
