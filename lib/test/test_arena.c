/* test_arena.c: the arena gives aligned zeroed memory, fails for good, and gives all back. */
#include "base/arena.h"
#include "test/counting.h"
#include "test/test.h"

START_TEST(gives_zeroed_aligned_memory)
{
    struct mlint_counting counting;
    struct mlint_arena arena;

    mlint_counting_init(&counting, 0);
    mlint_arena_init(&arena, &counting.allocator, 0);
    for (size_t size = 0; size < 3000; size += 7) {
        char *bytes = mlint_arena_alloc(&arena, size);
        size_t dirty = 0;

        ck_assert_ptr_nonnull(bytes);
        ck_assert_uint_eq((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            dirty += bytes[i] != 0;
        ck_assert_uint_eq(dirty, 0);
        memset(bytes, 0xFF, size);
    }
    ck_assert_uint_gt(counting.live, 1);
    mlint_arena_done(&arena);
    ck_assert_uint_eq(counting.live, 0);
}
END_TEST

START_TEST(copies_and_prints)
{
    const struct mlint_str parts[] = { MLINT_STR_INIT("a/"), { NULL, 0 }, MLINT_STR_INIT("b") };
    struct mlint_arena arena;
    struct mlint_str copy;
    const char *text;

    mlint_arena_init(&arena, NULL, 0);
    copy = mlint_arena_copy(&arena, MLINT_STR("a\0b"));
    text = mlint_arena_printf(&arena, "%s=%d", "port", 995);
    mlint_assert_str("copy", copy, MLINT_STR("a\0b"));
    ck_assert_int_eq(copy.ptr[3], '\0');
    ck_assert_str_eq(text, "port=995");
    copy = mlint_arena_copy(&arena, mlint_str_make(NULL, 0));
    ck_assert_str_eq(copy.ptr, "");
    copy = mlint_arena_join(&arena, parts, 3);
    mlint_assert_str("joined", copy, MLINT_STR("a/b"));
    ck_assert_int_eq(copy.ptr[3], '\0');
    ck_assert_str_eq(mlint_arena_join(&arena, parts, 0).ptr, "");
    mlint_arena_done(&arena);
}
END_TEST

START_TEST(keeps_to_its_budget)
{
    struct mlint_counting counting;
    struct mlint_arena arena;
    size_t got = 0;

    mlint_counting_init(&counting, 0);
    mlint_arena_init(&arena, &counting.allocator, 100000);
    while (mlint_arena_alloc(&arena, 1000))
        got++;
    ck_assert(arena.failed);
    ck_assert_uint_gt(got, 10);
    ck_assert_uint_le(got, 100);
    ck_assert_uint_le(counting.peak_bytes, 100000 + 4096);
    mlint_arena_done(&arena);
    ck_assert_uint_eq(counting.live, 0);
}
END_TEST

START_TEST(fails_for_good)
{
    struct mlint_counting counting;
    struct mlint_arena arena;

    mlint_counting_init(&counting, 1);
    counting.fail_once = true;
    mlint_arena_init(&arena, &counting.allocator, 0);
    ck_assert_ptr_null(mlint_arena_alloc(&arena, 1));
    ck_assert_ptr_null(mlint_arena_alloc(&arena, 1));
    ck_assert_ptr_null(mlint_arena_bytes(&arena, 1));
    ck_assert_str_eq(mlint_arena_copy(&arena, MLINT_STR("abc")).ptr, "");
    ck_assert_str_eq(mlint_arena_printf(&arena, "abc"), "");
    ck_assert(arena.failed);
    mlint_arena_reset(&arena);
    ck_assert_ptr_nonnull(mlint_arena_alloc(&arena, 1));
    mlint_arena_done(&arena);
    ck_assert_uint_eq(counting.live, 0);
}
END_TEST

START_TEST(refuses_sizes_that_overflow)
{
    struct mlint_arena arena;
    size_t many = SIZE_MAX / 4;

    mlint_arena_init(&arena, NULL, 0);
    ck_assert_ptr_null(mlint_arena_array(&arena, uint64_t, many));
    ck_assert_ptr_null(mlint_arena_alloc(&arena, SIZE_MAX - 3));
    ck_assert(arena.failed);
    mlint_arena_done(&arena);
}
END_TEST

START_TEST(gives_back_a_tail)
{
    struct mlint_arena arena;
    char *bytes, *next;

    mlint_arena_init(&arena, NULL, 0);
    bytes = mlint_arena_bytes(&arena, 1000);
    mlint_arena_trim(&arena, bytes, 1000, 16);
    next = mlint_arena_bytes(&arena, 16);
    ck_assert_ptr_eq(next, bytes + 16);
    /* Only the newest block can be trimmed; an older one stays as it is. */
    mlint_arena_trim(&arena, bytes, 1000, 0);
    ck_assert(mlint_arena_bytes(&arena, 16) >= next + 16);
    mlint_arena_done(&arena);
}
END_TEST

START_TEST(keeps_one_block_for_the_next_use)
{
    struct mlint_counting counting;
    struct mlint_arena arena;

    mlint_counting_init(&counting, 0);
    mlint_arena_init(&arena, &counting.allocator, 0);
    for (int i = 0; i < 100; i++)
        ck_assert_ptr_nonnull(mlint_arena_alloc(&arena, 5000));
    mlint_arena_reset(&arena);
    ck_assert_uint_eq(counting.live, 1);
    ck_assert_ptr_nonnull(mlint_arena_alloc(&arena, 100));
    ck_assert_uint_eq(counting.live, 1);
    mlint_arena_done(&arena);
    ck_assert_uint_eq(counting.live, 0);
}
END_TEST

/* Back to a mark in the midst of a block, and to one before there was any. */
START_TEST(goes_back_to_a_mark)
{
    struct mlint_counting counting;
    struct mlint_arena arena;
    struct mlint_arena_mark empty, middle;
    size_t used;
    char *first, *second;

    mlint_counting_init(&counting, 0);
    mlint_arena_init(&arena, &counting.allocator, 100000);
    empty = mlint_arena_mark(&arena);
    ck_assert_str_eq(mlint_arena_copy(&arena, MLINT_STR("first")).ptr, "first");
    first = arena.next;
    middle = mlint_arena_mark(&arena);
    used = arena.used;
    second = mlint_arena_alloc(&arena, 10);
    while (mlint_arena_alloc(&arena, 1000))
        memset(second, 0xFF, 10);
    ck_assert(arena.failed && arena.over_budget);
    mlint_arena_rewind(&arena, &middle);
    ck_assert(!arena.failed && !arena.over_budget);
    ck_assert_uint_eq(counting.live, 1);
    ck_assert_uint_eq(arena.used, used);
    ck_assert_ptr_eq(arena.next, first);
    ck_assert_ptr_eq(mlint_arena_alloc(&arena, 10), second);
    ck_assert_int_eq(second[9], 0);
    mlint_arena_rewind(&arena, &empty);
    ck_assert_uint_eq(counting.live, 0);
    ck_assert_ptr_nonnull(mlint_arena_alloc(&arena, 1));
    mlint_arena_done(&arena);
    ck_assert_uint_eq(counting.live, 0);
}
END_TEST

static const char marker[] = "correct horse battery";
static size_t marks_freed;

static void *plain_alloc(void *user, size_t size)
{
    (void)user;
    return calloc(1, size);
}

/* Looks for the marker in what is given back; blocks here are never smaller than this. */
static void search_free(void *user, void *pointer)
{
    const size_t *size = user;

    if (pointer && memmem(pointer, *size, marker, sizeof(marker) - 1))
        marks_freed++;
    free(pointer);
}

/* A secret arena has wiped what it gives back or uses again. */
START_TEST(wipes_secrets)
{
    size_t size = 4096;
    struct mlint_allocator allocator = { plain_alloc, search_free, &size };
    struct mlint_arena arena;
    char *bytes;

    for (int secret = 0; secret < 2; secret++) {
        marks_freed = 0;
        mlint_arena_init(&arena, &allocator, 0);
        mlint_arena_copy(&arena, mlint_str_from(marker));
        arena.secret = secret;
        mlint_arena_done(&arena);
        ck_assert_uint_eq(marks_freed, secret ? 0 : 1);
    }
    mlint_arena_init(&arena, &allocator, 0);
    bytes = (char *)mlint_arena_copy(&arena, mlint_str_from(marker)).ptr;
    arena.secret = true;
    mlint_arena_reset(&arena);
    ck_assert_int_eq(bytes[0], 0);
    ck_assert_int_eq(bytes[sizeof(marker) - 2], 0);
    mlint_arena_done(&arena);
}
END_TEST

/* What stood in it stands there still, and more bytes than there are numbers for are refused.
 */
START_TEST(extends_an_array)
{
    struct mlint_arena arena;
    uint32_t *items = NULL;
    size_t cap = 0;

    mlint_arena_init(&arena, NULL, 0);
    for (uint32_t i = 0; i < 1000; i++) {
        items = mlint_arena_extend(&arena, items, i, &cap, sizeof(*items));
        ck_assert_ptr_nonnull(items);
        ck_assert_uint_gt(cap, i);
        items[i] = i * 7919;
    }
    for (uint32_t i = 0; i < 1000; i++)
        ck_assert_uint_eq(items[i], i * 7919);
    ck_assert_ptr_null(mlint_arena_extend(&arena, items, cap, &cap, SIZE_MAX / 8));
    ck_assert_uint_eq(cap, 1024);
    mlint_arena_done(&arena);
}
END_TEST

MLINT_SUITE(arena)
{
    Suite *suite = suite_create("arena");

    MLINT_TEST(suite, gives_zeroed_aligned_memory);
    MLINT_TEST(suite, copies_and_prints);
    MLINT_TEST(suite, keeps_to_its_budget);
    MLINT_TEST(suite, fails_for_good);
    MLINT_TEST(suite, refuses_sizes_that_overflow);
    MLINT_TEST(suite, gives_back_a_tail);
    MLINT_TEST(suite, extends_an_array);
    MLINT_TEST(suite, keeps_one_block_for_the_next_use);
    MLINT_TEST(suite, goes_back_to_a_mark);
    MLINT_TEST(suite, wipes_secrets);
    return suite;
}
