/* test_prefs_kernels.c: every form of the quick way through preferences reads random statements
 * as the plain form does, and every search finds the same with vectors and without; the widest
 * leaves nothing behind. */
#include "base/buf.h"
#include "base/cpu.h"
#include "syntax/prefs.h"
#include "syntax/prefs_quick.h"
#include "syntax/prefs_scan.h"
#include "test/random.h"
#include "test/test.h"

#include <pthread.h>

#define ROUNDS 20000
#define LONGEST 120
#define LINES 30 /* more than one stretch of quotes */

static const struct mlint_prefs_kernel *const kernels[] = {
#if MLINT_PREFS_VECTOR
    &mlint_prefs_sse2,
#endif
#ifdef MLINT_CPU_X86
    &mlint_prefs_avx2, &mlint_prefs_avx512,
#endif
    NULL
};

static bool runs_here(const struct mlint_prefs_kernel *kernel)
{
#ifdef MLINT_CPU_X86
    if (kernel == &mlint_prefs_avx512)
        return mlint_cpu_has_vbmi2();
    return kernel != &mlint_prefs_avx2 || mlint_cpu_has_avx2_and_bmi();
#else
    return kernel != NULL;
#endif
}

static bool is_same_token(const struct mlint_prefs_token *a, const struct mlint_prefs_token *b)
{
    return a->begin == b->begin && a->end == b->end && a->escaped == b->escaped;
}

/* Two strings of the letters in a statement, with blanks behind it, in which to look on. Most
 * names have letters of their own, since one with an escape is not read. */
static struct mlint_str make_statement(uint64_t *state, const char *letters, char quote,
                                       struct mlint_buf *out)
{
    const char *of_name = mlint_random(state) % 4 ? "abc." : letters;
    char text[LONGEST];

    mlint_buf_clear(out);
    mlint_buf_printf(out, "\nuser_pref(%c", quote);
    mlint_buf_str(out, mlint_random_text(state, of_name, LONGEST, text));
    mlint_buf_printf(out, "%c, %c", quote, quote);
    mlint_buf_str(out, mlint_random_text(state, letters, LONGEST, text));
    mlint_buf_printf(out, "%c);%*s", quote, (int)(mlint_random(state) % 400), "");
    if (mlint_random(state) % 8 == 0)
        out->ptr[mlint_random(state) % out->len] = '\0';
    return mlint_str_make(out->ptr, out->len);
}

static uint16_t by_length(struct mlint_str name)
{
    return name.len % 3 ? MLINT_PREFS_DROP : 1;
}

/* All that is read, or what is left when most of it is dropped on the way. */
static const struct mlint_prefs_search all = { .initials = UINT32_MAX, .defaults = true };
static const struct mlint_prefs_search some = { .initials = UINT32_C(1) << ('a' & 31),
                                                .classify = by_length,
                                                .defaults = true };

/* Every statement up to the one that is not read; returns how many. */
static unsigned check_kernel(const struct mlint_prefs_kernel *kernel,
                             const struct mlint_prefs_search *search, struct mlint_str s)
{
    struct mlint_prefs_statement wanted = { 0 }, got = { 0 };
    const char *wanted_at = s.ptr, *at = s.ptr, *end = s.ptr + s.len;
    struct mlint_prefs_quotes wanted_quotes, quotes;
    unsigned count = 0;
    bool good;

    mlint_prefs_forget(&wanted_quotes);
    mlint_prefs_forget(&quotes);
    do {
        good = mlint_prefs_plain.pass(&wanted_at, end, search, &wanted_quotes, &wanted);
        ck_assert_msg(kernel->pass(&at, end, search, &quotes, &got) == good && at == wanted_at,
                      "%s: %.*s", kernel->name, MLINT_STR_ARG(s));
        ck_assert_msg(!good || (is_same_token(&wanted.name, &got.name) &&
                                is_same_token(&wanted.value, &got.value) &&
                                wanted.type == got.type && wanted.number == got.number &&
                                wanted.flags == got.flags && wanted.class == got.class),
                      "%s: %.*s", kernel->name, MLINT_STR_ARG(s));
        count += good;
    } while (good);
    return count;
}

/* Returns what the plain form reads. */
static unsigned check_kernels(const struct mlint_prefs_search *search, struct mlint_str s)
{
    for (size_t k = 0; kernels[k]; k++)
        if (runs_here(kernels[k]))
            check_kernel(kernels[k], search, s);
    return check_kernel(&mlint_prefs_plain, search, s);
}

START_TEST(reads_strings_as_the_plain_form)
{
    static const char *const letters[] = { "abcdefghij\"\\",    "abc\\\\\"",   "a\\'\"nx4",
                                           "abcdefghijklm'",    "\\\\\\\\a\"", "n\\",
                                           "nrnrnrnrnrnrnrnr\\" };
    uint64_t state = 0xDA3E39CB94B95BDBu;
    unsigned read = 0;
    struct mlint_buf text;

    mlint_buf_init(&text, NULL, 0);
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct mlint_str s = make_statement(&state, letters[i % MLINT_TEST_COUNT(letters)],
                                            i % 2 ? '"' : '\'', &text);

        read += check_kernels(&all, s);
    }
    ck_assert_uint_gt(read, ROUNDS / 10);
    mlint_buf_done(&text);
}
END_TEST

/* Statements of all kinds, most on a line of their own. */
static struct mlint_str make_lines(uint64_t *state, struct mlint_buf *out)
{
    static const char *const ends[] = { "\n", "\n", "\n", "\r\n",     "\r\n",
                                        "",   " ",  "\r", "\n// \"\n" };
    static const char *const openings[] = { "user_pref(", "user_pref(", "pref(",
                                            " user_pref (" };
    static const char *const values[] = { "true",          "false",       "1",
                                          "123456789",     "1999999999",  "2147483647",
                                          "2147483648",    "12345678901", "-1",
                                          "\"\"",          "'\\\\'",      " false",
                                          "\"\\\"a\\\"\"", "\"it's\"",    "\"\\x41\"" };
    char text[LONGEST];

    mlint_buf_clear(out);
    for (unsigned i = 0; i < LINES; i++) {
        mlint_buf_text(out, ends[mlint_random(state) % MLINT_TEST_COUNT(ends)]);
        mlint_buf_text(out, openings[mlint_random(state) % MLINT_TEST_COUNT(openings)]);
        mlint_buf_char(out, '"');
        mlint_buf_str(out, mlint_random_text(state, "abc.", i ? 40 : LONGEST, text));
        mlint_buf_text(out, mlint_random(state) % 8 ? "\", " : "\",");
        mlint_buf_text(out, values[mlint_random(state) % MLINT_TEST_COUNT(values)]);
        mlint_buf_text(out, mlint_random(state) % 8 ? ");" : " ) ;");
    }
    mlint_buf_printf(out, "%*s", MLINT_PREFS_ROOM, "");
    return mlint_str_make(out->ptr, out->len);
}

START_TEST(passes_lines_as_the_plain_form)
{
    uint64_t state = 0x8BB84B93962EACC9u;
    unsigned read = 0;
    struct mlint_buf text;

    mlint_buf_init(&text, NULL, 0);
    for (unsigned i = 0; i < ROUNDS / 4; i++)
        read += check_kernels(i % 2 ? &all : &some, make_lines(&state, &text));
    ck_assert_uint_gt(read, ROUNDS / 10);
    mlint_buf_done(&text);
}
END_TEST

#if MLINT_PREFS_VECTOR
/* Every place of a hit in every length up to three vectors, and none at all. */
START_TEST(vector_is_plain)
{
    static const char blanks[] = " \t\n\v\f\r";
    char text[64];
    size_t length, hit;

    for (length = 0; length <= 48; length++) {
        for (hit = 0; hit <= length; hit++) {
            memset(text, 'x', sizeof(text));
            text[hit] = hit % 3 == 0 ? '"' : hit % 3 == 1 ? '\\' : '\0';
            ck_assert_ptr_eq(mlint_prefs_find_vector(text, text + length, '"', '\\', '\0'),
                             mlint_prefs_find_plain(text, text + length, '"', '\\', '\0'));
            memset(text, blanks[hit % 6], sizeof(text));
            text[hit] = hit % 2 ? '\b' : '\x0E';
            ck_assert_ptr_eq(mlint_prefs_blanks_vector(text, text + length),
                             mlint_prefs_blanks_plain(text, text + length));
            ck_assert_ptr_eq(mlint_prefs_blanks(text, text + length),
                             mlint_prefs_blanks_plain(text, text + length));
        }
    }
    for (hit = 0; hit <= 16; hit++) {
        memset(text, '0' + (int)hit % 10, sizeof(text));
        text[hit] = "/:a;\xB0\0"[hit % 6];
        ck_assert_uint_eq(mlint_prefs_digits_vector(text), mlint_prefs_digits_plain(text));
    }
}
END_TEST
#endif

/* The NUL is the end for the reader, who has a copy of what stands behind it by then. */
static const char last_words[] =
    "user_pref(\"mail.server.s.port\", 1);\n\0"
    "user_pref(\"mail.server.s.password\", 'a secret of the last line of all');\n";

static void *read_last_words(void *arg)
{
    const struct mlint_prefs_options options = { .classify = by_length };
    struct mlint_arena arena;
    struct mlint_source source;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("prefs.js"), MLINT_STR(last_words));
    if (mlint_source_decode(&source, &arena, 0))
        *(bool *)arg = mlint_prefs_read(&arena, &source, &options)->node_count == 1;
    mlint_arena_done(&arena);
    return NULL;
}

START_TEST(leaves_no_password_on_the_stack)
{
    static _Alignas(64) char stack[1 << 20];
    const struct mlint_str secret = MLINT_STR("a secret of the last line of all");
    pthread_attr_t attr;
    pthread_t thread;
    bool read = false;

    /* At a function's first call the dynamic loader saves all registers: not on that stack. */
    read_last_words(&read);
    ck_assert(read);
    read = false;
    ck_assert_int_eq(pthread_attr_init(&attr), 0);
    ck_assert_int_eq(pthread_attr_setstack(&attr, stack, sizeof(stack)), 0);
    ck_assert_int_eq(pthread_create(&thread, &attr, read_last_words, &read), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attr);
    ck_assert(read);
    ck_assert_uint_eq(mlint_str_find(mlint_str_make(stack, sizeof(stack)), secret),
                      sizeof(stack));
}
END_TEST

MLINT_SUITE(prefs_kernels)
{
    Suite *suite = suite_create("prefs_kernels");

    MLINT_TEST(suite, reads_strings_as_the_plain_form);
    MLINT_TEST(suite, passes_lines_as_the_plain_form);
    MLINT_TEST(suite, leaves_no_password_on_the_stack);
#if MLINT_PREFS_VECTOR
    MLINT_TEST(suite, vector_is_plain);
#endif
    return suite;
}
