/* sqlite.h: rows of a SQLite database as a tree; the write-ahead log beside it is applied in
 * memory, nothing is written to disk. */
#ifndef MLINT_SYNTAX_SQLITE_H
#define MLINT_SYNTAX_SQLITE_H

#include "base/module.h"
#include "syntax/node.h"

struct mlint_sqlite {
    const struct mlint_module_sqlite *module;
    const struct mlint_allocator *allocator;
    struct mlint_tree *tree;
    void *database;
    char *image; /* private copy with the log's pages in it */
    size_t length;
    const char *problem; /* why the last step failed, or NULL */
};

/* Open a database of `raw` bytes with its log (may be empty). False and problem on failure. */
bool mlint_sqlite_open(struct mlint_sqlite *sqlite, struct mlint_tree *tree,
                       struct mlint_modules *modules, struct mlint_str wal);
/* Add a group `name` below parent with one ARRAY entry a row: a GROUP of columns. NULL and
 * problem when the query fails. */
struct mlint_node *mlint_sqlite_query(struct mlint_sqlite *sqlite, const char *name,
                                      const char *sql);
void mlint_sqlite_close(struct mlint_sqlite *sqlite);
/* The database as it is once the log's committed pages are put in place; apart for tests. */
size_t mlint_wal_apply(char *image, size_t length, size_t room, struct mlint_str wal);
/* Room that mlint_wal_apply may need. */
size_t mlint_wal_room(size_t length, struct mlint_str wal);

#endif
