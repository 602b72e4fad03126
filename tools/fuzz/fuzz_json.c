/* fuzz_json.c: any bytes as JSON, and as a script with preference calls. */
#include "fuzz.h"

#include "syntax/json.h"
#include "syntax/prefcalls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct mlint_prefs_options options = { .secret_word = MLINT_STR_INIT("password") };
    struct mlint_str raw = mlint_str_make((const char *)data, size);
    struct mlint_source source;
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("x"), raw);
    if (mlint_source_decode(&source, &arena, 0)) {
        mlint_json_read(&arena, &source);
        mlint_prefcalls_read(&arena, &source, &options, false);
    }
    mlint_arena_done(&arena);
    return 0;
}
