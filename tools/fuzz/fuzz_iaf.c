/* fuzz_iaf.c: any bytes as the records of an .iaf file. */
#include "fuzz.h"

#include "syntax/iaf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct mlint_iaf_options options = { .code_page = 1252 };
    struct mlint_source source;
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("account.iaf"),
                      mlint_str_make((const char *)data, size));
    mlint_iaf_read(&arena, &source, &options);
    mlint_arena_done(&arena);
    return 0;
}
