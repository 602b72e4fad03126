/* fuzz_reg.c: any bytes through the reader of registry exports. */
#include "fuzz.h"

#include "syntax/reg.h"

static bool is_secret(struct mlint_str text)
{
    return mlint_str_find_nocase(text, MLINT_STR("password")) < text.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct mlint_reg_options options = { .secret = is_secret, .code_page = 1252 };
    struct mlint_source source;
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("input.reg"), mlint_str_make((const char *)data, size));
    if (mlint_source_decode(&source, &arena, options.code_page))
        mlint_reg_read(&arena, &source, &options);
    mlint_arena_done(&arena);
    return 0;
}
