/* module_sqlite.c: SQLite behind the module contract. The image is data from strangers: nothing
 * in its schema is trusted, every size has a limit, and a query that works too long is stopped.
 */
#include "base/module.h"
#include "syntax/module_sqlite.h"

#include <sqlite3.h>

#define MAX_COLUMNS 32
#define MAX_VALUE (1 << 20)
#define STEPS_PER_CALL 10000 /* virtual machine steps between progress calls */
#define CALLS_AT_MOST 20000  /* 200 million steps: some seconds at worst */

struct database {
    sqlite3 *handle;
    int calls;
};

static int progress(void *user)
{
    struct database *database = user;

    return ++database->calls > CALLS_AT_MOST;
}

static void harden(struct database *database)
{
    sqlite3 *handle = database->handle;

    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 16 << 20);
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 64 << 10);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
    sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)0);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, (int *)0);
    sqlite3_exec(handle,
                 "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY",
                 NULL, NULL, NULL);
    sqlite3_progress_handler(handle, STEPS_PER_CALL, progress, database);
}

static void close_database(void *pointer)
{
    struct database *database = pointer;

    sqlite3_close(database->handle);
    sqlite3_free(database);
}

static void *open_database(void *image, size_t length, const char **problem)
{
    struct database *database = sqlite3_malloc(sizeof(*database));

    *problem = "out of memory";
    if (!database)
        return NULL;
    database->calls = 0;
    if (sqlite3_open_v2(":memory:", &database->handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK ||
        sqlite3_deserialize(database->handle, "main", image, (sqlite3_int64)length,
                            (sqlite3_int64)length, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) {
        close_database(database);
        return NULL;
    }
    harden(database);
    *problem = NULL;
    return database;
}

static void take_value(sqlite3_stmt *statement, int i, struct mlint_sql_value *value)
{
    value->column = sqlite3_column_name(statement, i);
    value->bytes = NULL;
    value->length = 0;
    switch (sqlite3_column_type(statement, i)) {
    case SQLITE_INTEGER:
        value->type = MLINT_SQL_INTEGER;
        value->integer = sqlite3_column_int64(statement, i);
        return;
    case SQLITE_FLOAT:
        value->type = MLINT_SQL_REAL;
        value->real = sqlite3_column_double(statement, i);
        return;
    case SQLITE_TEXT:
        value->type = MLINT_SQL_TEXT;
        value->bytes = sqlite3_column_text(statement, i);
        break;
    case SQLITE_BLOB:
        value->type = MLINT_SQL_BLOB;
        value->bytes = sqlite3_column_blob(statement, i);
        break;
    default:
        value->type = MLINT_SQL_NULL;
        return;
    }
    value->length = (size_t)sqlite3_column_bytes(statement, i);
    if (!value->bytes || value->length > MAX_VALUE) { /* there, but nothing that is read */
        value->bytes = NULL;
        value->length = 0;
    }
}

static const char *why(int code)
{
    switch (code) {
    case SQLITE_DONE:
        return NULL;
    case SQLITE_NOMEM:
        return "out of memory";
    case SQLITE_INTERRUPT:
        return "the database takes too long to read";
    case SQLITE_NOTADB:
        return "the database is encrypted or damaged";
    default:
        return "the database is damaged";
    }
}

static const char *
query(void *pointer, const char *sql,
      int (*row)(void *user, const struct mlint_sql_value *values, int count), void *user)
{
    struct database *database = pointer;
    struct mlint_sql_value values[MAX_COLUMNS];
    sqlite3_stmt *statement;
    int code = sqlite3_prepare_v2(database->handle, sql, -1, &statement, NULL);

    if (code != SQLITE_OK)
        return code == SQLITE_ERROR ? "a table that is needed is missing" : why(code);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        int count = sqlite3_column_count(statement);
        count = count < MAX_COLUMNS ? count : MAX_COLUMNS;
        for (int i = 0; i < count; i++)
            take_value(statement, i, &values[i]);
        if (row(user, values, count)) {
            code = SQLITE_DONE;
            break;
        }
    }
    sqlite3_finalize(statement);
    return why(code);
}

const struct mlint_module_sqlite mlint_module_sqlite = {
    .abi = MLINT_MODULE_ABI,
    .open = open_database,
    .query = query,
    .close = close_database,
};
