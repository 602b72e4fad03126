/* fuzz_unwrap.c: any bytes through the taking off of signatures, PEM, S/MIME and base64. */
#include "fuzz.h"

#include "source/unwrap_cms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mlint_modules modules = { { NULL }, { false }, { NULL }, { NULL } };
    struct mlint_unwrapping wrapping;
    struct mlint_source source;
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("input"), mlint_str_make((const char *)data, size));
    mlint_unwrap(&arena, &modules, &source, &wrapping);
    mlint_modules_done(&modules);
    mlint_arena_done(&arena);
    return 0;
}
