/* test_buf.c: a buffer grows to its ceiling, fails for good, and leaks nothing. */
#include "base/buf.h"
#include "base/format.h"
#include "test/counting.h"
#include "test/test.h"

#include <limits.h>
#include <stdio.h>

static struct mlint_str view(const struct mlint_buf *buf)
{
    return mlint_str_make(buf->ptr, buf->len);
}

START_TEST(adds_everything)
{
    struct mlint_buf buf;

    mlint_buf_init(&buf, NULL, 0);
    mlint_buf_add(&buf, "ab\0", 3);
    mlint_buf_str(&buf, MLINT_STR("cd"));
    mlint_buf_text(&buf, "ef");
    mlint_buf_char(&buf, '-');
    mlint_buf_number(&buf, 0);
    mlint_buf_char(&buf, ' ');
    mlint_buf_number(&buf, INT64_MIN);
    mlint_buf_char(&buf, ' ');
    mlint_buf_number(&buf, INT64_MAX);
    mlint_buf_printf(&buf, " %s:%d", "x", 7);
    mlint_buf_add(&buf, NULL, 0);
    ck_assert(!buf.failed);
    mlint_assert_str("buffer", view(&buf),
                     MLINT_STR("ab\0cdef-0 -9223372036854775808 9223372036854775807 x:7"));
    mlint_buf_clear(&buf);
    ck_assert_uint_eq(buf.len, 0);
    mlint_buf_done(&buf);
}
END_TEST

START_TEST(grows)
{
    struct mlint_counting counting;
    struct mlint_buf buf;
    size_t wrong = 0;

    mlint_counting_init(&counting, 0);
    mlint_buf_init(&buf, &counting.allocator, 0);
    for (int i = 0; i < 100000; i++)
        mlint_buf_char(&buf, (char)('a' + i % 26));
    ck_assert_uint_eq(buf.len, 100000);
    for (int i = 0; i < 100000; i++)
        wrong += buf.ptr[i] != (char)('a' + i % 26);
    ck_assert_uint_eq(wrong, 0);
    mlint_buf_done(&buf);
    ck_assert_uint_eq(counting.live, 0);
}
END_TEST

START_TEST(stops_at_its_ceiling)
{
    struct mlint_buf buf;

    mlint_buf_init(&buf, NULL, 10);
    mlint_buf_text(&buf, "0123456");
    mlint_buf_text(&buf, "789");
    ck_assert(!buf.failed);
    mlint_buf_char(&buf, 'x');
    ck_assert(buf.failed);
    mlint_buf_text(&buf, "");
    mlint_buf_str(&buf, MLINT_STR("y"));
    mlint_assert_str("at the ceiling", view(&buf), MLINT_STR("0123456789"));
    ck_assert(!mlint_buf_reserve(&buf, SIZE_MAX));
    mlint_buf_done(&buf);
}
END_TEST

START_TEST(survives_refusals)
{
    for (size_t n = 1; n < 4; n++) {
        struct mlint_counting counting;
        struct mlint_buf buf;

        mlint_counting_init(&counting, n);
        mlint_buf_init(&buf, &counting.allocator, 0);
        for (int i = 0; i < 100000; i++)
            mlint_buf_printf(&buf, "%d,", i);
        ck_assert(buf.failed);
        ck_assert_uint_gt(counting.refused, 0);
        mlint_buf_done(&buf);
        ck_assert_uint_eq(counting.live, 0);
    }
}
END_TEST

/* The same text, length and NUL as the C library's, in every room up to one that is enough. */
static void compare(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void compare(const char *format, ...)
{
    char wanted[128], got[128];

    for (size_t size = 0; size <= sizeof(wanted); size++) {
        va_list args;
        int count, length;

        memset(wanted, '#', sizeof(wanted));
        memset(got, '#', sizeof(got));
        va_start(args, format);
        count = vsnprintf(wanted, size, format, args);
        va_end(args);
        va_start(args, format);
        length = mlint_format(got, size, format, args);
        va_end(args);
        ck_assert_msg(count == length, "\"%s\": %d, not %d", format, length, count);
        ck_assert_msg(memcmp(wanted, got, sizeof(got)) == 0, "\"%s\" in %zu bytes", format,
                      size);
    }
}

START_TEST(formats_as_the_c_library)
{
    compare("nothing to do");
    compare("%s", "");
    compare("a %s of \"%s\"%%", "text", "other");
    compare("%.*s|%.*s|%.*s|%.*s", 2, "abc", 5, "abc", 0, "abc", -1, "abc");
    compare("%d %d %d %d", 0, 7, INT_MIN, INT_MAX);
    compare("%u %zu %zu", UINT_MAX, (size_t)0, SIZE_MAX);
    compare("%lld %lld %llu", LLONG_MIN, LLONG_MAX, ULLONG_MAX);
    /* left to it, also in the midst of others */
    compare("%s %04x %c %5d %-5s| %.2s %ld %f", "a", 0x2Au, 'x', 7, "b", "cde", -1L, 0.5);
    compare("%s%%%d%02u", "a", 3, 4u);
}
END_TEST

MLINT_SUITE(buf)
{
    Suite *suite = suite_create("buf");

    MLINT_TEST(suite, adds_everything);
    MLINT_TEST(suite, grows);
    MLINT_TEST(suite, stops_at_its_ceiling);
    MLINT_TEST(suite, survives_refusals);
    MLINT_TEST(suite, formats_as_the_c_library);
    return suite;
}
