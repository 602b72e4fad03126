/* module_sqlite.h: what SQLite does for us: fixed queries on a database image in memory. */
#ifndef MLINT_SYNTAX_MODULE_SQLITE_H
#define MLINT_SYNTAX_MODULE_SQLITE_H

#include <stddef.h>
#include <stdint.h>

enum mlint_sql_type {
    MLINT_SQL_NULL,
    MLINT_SQL_INTEGER,
    MLINT_SQL_REAL,
    MLINT_SQL_TEXT,
    MLINT_SQL_BLOB,
};

struct mlint_sql_value {
    const char *column;
    enum mlint_sql_type type;
    int64_t integer;
    double real;
    const void *bytes; /* text and blob; lives as long as the call */
    size_t length;
};

struct mlint_module_sqlite {
    uint32_t abi;
    /* A read-only database over `image`, which must live until close; NULL and why. */
    void *(*open)(void *image, size_t length, const char **problem);
    /* Call row for each row; it answers 0 to go on. NULL, or why the query failed. */
    const char *(*query)(void *database, const char *sql,
                         int (*row)(void *user, const struct mlint_sql_value *values,
                                    int count),
                         void *user);
    void (*close)(void *database);
};

extern const struct mlint_module_sqlite mlint_module_sqlite;

#endif
