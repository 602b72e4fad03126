/* sqlite.c: rows of a database as nodes of a tree. What is asked for is the format's business.
 */
#include "syntax/sqlite.h"

#include "syntax/module_sqlite.h"

bool mlint_sqlite_open(struct mlint_sqlite *sqlite, struct mlint_tree *tree,
                       struct mlint_modules *modules, struct mlint_str wal)
{
    struct mlint_str raw = tree->source->raw;
    size_t room = mlint_wal_room(raw.len, wal);

    memset(sqlite, 0, sizeof(*sqlite));
    sqlite->module = mlint_module_open(modules, MLINT_MODULE_SQLITE);
    sqlite->allocator = tree->arena->allocator;
    sqlite->tree = tree;
    sqlite->problem = "this build was made without the library that reads databases";
    if (!sqlite->module)
        return false;
    sqlite->image = sqlite->allocator->alloc(sqlite->allocator->user, room ? room : 1);
    sqlite->problem = "out of memory";
    if (!sqlite->image) {
        tree->arena->failed = true;
        return false;
    }
    memcpy(sqlite->image, raw.ptr, raw.len);
    sqlite->length = mlint_wal_apply(sqlite->image, raw.len, room, wal);
    sqlite->database = sqlite->module->open(sqlite->image, sqlite->length, &sqlite->problem);
    return sqlite->database != NULL;
}

void mlint_sqlite_close(struct mlint_sqlite *sqlite)
{
    if (sqlite->database)
        sqlite->module->close(sqlite->database);
    if (sqlite->allocator)
        sqlite->allocator->free(sqlite->allocator->user, sqlite->image);
    sqlite->database = NULL;
    sqlite->image = NULL;
}

struct filling {
    struct mlint_tree *tree;
    struct mlint_node *table;
};

static void fill(struct mlint_tree *tree, struct mlint_node *row,
                 const struct mlint_sql_value *value)
{
    static const enum mlint_node_type types[] = {
        [MLINT_SQL_NULL] = MLINT_NODE_NULL,   [MLINT_SQL_INTEGER] = MLINT_NODE_INTEGER,
        [MLINT_SQL_REAL] = MLINT_NODE_REAL,   [MLINT_SQL_TEXT] = MLINT_NODE_STRING,
        [MLINT_SQL_BLOB] = MLINT_NODE_BINARY,
    };
    struct mlint_str name = mlint_arena_copy(tree->arena, mlint_str_from(value->column));
    struct mlint_node *node = mlint_node_add(tree, row, types[value->type], name);

    if (!node)
        return;
    if (value->type == MLINT_SQL_INTEGER)
        node->number = value->integer;
    else if (value->type == MLINT_SQL_REAL)
        node->real = value->real;
    else if (value->bytes)
        node->value =
            mlint_arena_copy(tree->arena, mlint_str_make(value->bytes, value->length));
}

static int add_row(void *user, const struct mlint_sql_value *values, int count)
{
    const struct filling *filling = user;
    struct mlint_node *row =
        mlint_node_add(filling->tree, filling->table, MLINT_NODE_GROUP, MLINT_STR(""));

    if (!row)
        return 1;
    for (int i = 0; i < count; i++)
        fill(filling->tree, row, &values[i]);
    return filling->tree->arena->failed || filling->tree->too_many;
}

struct mlint_node *mlint_sqlite_query(struct mlint_sqlite *sqlite, const char *name,
                                      const char *sql)
{
    struct filling filling = { sqlite->tree, NULL };

    filling.table = mlint_node_add(sqlite->tree, sqlite->tree->root, MLINT_NODE_ARRAY,
                                   mlint_arena_copy(sqlite->tree->arena, mlint_str_from(name)));
    if (!filling.table)
        return NULL;
    sqlite->problem = sqlite->module->query(sqlite->database, sql, add_row, &filling);
    return sqlite->problem ? NULL : filling.table;
}
