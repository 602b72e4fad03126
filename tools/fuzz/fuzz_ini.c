/* fuzz_ini.c: any bytes as an INI file, by the rules of Windows and of Unix programs. */
#include "fuzz.h"

#include "syntax/ini.h"

static void read_as(enum mlint_ini_dialect dialect, struct mlint_str raw)
{
    struct mlint_source source;
    struct mlint_arena arena;
    struct mlint_tree *tree = NULL;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("profile.prf"), raw);
    if (mlint_source_decode(&source, &arena, 1252))
        tree = mlint_ini_read(&arena, &source, dialect);
    if (tree)
        mlint_ini_value(tree, mlint_ini_section(tree, MLINT_STR("Account1")),
                        MLINT_STR("Port"));
    mlint_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mlint_str raw = mlint_str_make((const char *)data, size);

    read_as(MLINT_INI_WINDOWS, raw);
    read_as(MLINT_INI_UNIX, raw);
    return 0;
}
