/* fuzz_sqlite.c: any bytes as a database, its second half as the write-ahead log too. */
#include "fuzz.h"

#include <stdlib.h>

#include "syntax/sqlite.h"

static void read_database(struct mlint_str raw, struct mlint_str wal)
{
    struct mlint_modules modules = { { NULL }, { false }, { NULL }, { NULL } };
    struct mlint_source source;
    struct mlint_sqlite sqlite;
    struct mlint_arena arena;
    struct mlint_tree *tree;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("input.sqlite"), raw);
    tree = mlint_tree_new(&arena, &source, MLINT_PATH_SLASH);
    if (!tree)
        abort();
    if (mlint_sqlite_open(&sqlite, tree, &modules, wal)) {
        mlint_sqlite_query(&sqlite, "tables", "SELECT * FROM sqlite_master");
        mlint_sqlite_query(&sqlite, "rows", "SELECT * FROM t");
    }
    mlint_sqlite_close(&sqlite);
    mlint_modules_done(&modules);
    mlint_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mlint_str raw = mlint_str_make((const char *)data, size);

    read_database(raw, MLINT_STR(""));
    read_database(mlint_str_sub(raw, 0, size / 2), mlint_str_sub(raw, size / 2, size));
    return 0;
}
