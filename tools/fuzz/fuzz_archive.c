/* fuzz_archive.c: any bytes through the reader of zip and tar archives, every member wanted. */
#include "fuzz.h"

#include "source/unwrap_zip.h"

#define LARGEST (1u << 20)

static bool want_all(void *user, struct mlint_str path, struct mlint_str head)
{
    (void)user, (void)path, (void)head;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mlint_modules modules = { { NULL }, { false }, { NULL }, { NULL } };
    struct mlint_str raw = mlint_str_make((const char *)data, size);
    struct mlint_members members = { 0 };
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    if (mlint_is_archive(raw))
        mlint_archive_read(&arena, &modules, raw, LARGEST, want_all, NULL, &members);
    mlint_modules_done(&modules);
    mlint_arena_done(&arena);
    return 0;
}
