/* fuzz_prefs.c: any bytes through Mozilla's preference grammar, of users and of defaults, and
 * through the reader of calls in JavaScript. */
#include "fuzz.h"

#include "syntax/prefcalls.h"

static void read_as(enum mlint_prefs_mode mode, bool script, struct mlint_str raw)
{
    const struct mlint_prefs_options options = { .mode = mode,
                                                 .secret_word = MLINT_STR_INIT("password") };
    struct mlint_source source;
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("prefs.js"), raw);
    if (mlint_source_decode(&source, &arena, 0)) {
        if (script)
            mlint_prefcalls_read(&arena, &source, &options, false);
        else
            mlint_prefs_read(&arena, &source, &options);
    }
    mlint_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mlint_str raw = mlint_str_make((const char *)data, size);

    read_as(MLINT_PREFS_USER, false, raw);
    read_as(MLINT_PREFS_DEFAULT, false, raw);
    read_as(MLINT_PREFS_DEFAULT, true, raw);
    return 0;
}
