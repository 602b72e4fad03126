/* test_buf.c: a buffer grows to its ceiling, fails for good, and leaks nothing. */
#include "base/buf.h"
#include "test/counting.h"
#include "test/test.h"

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

MLINT_SUITE(buf)
{
    Suite *suite = suite_create("buf");

    MLINT_TEST(suite, adds_everything);
    MLINT_TEST(suite, grows);
    MLINT_TEST(suite, stops_at_its_ceiling);
    MLINT_TEST(suite, survives_refusals);
    return suite;
}
