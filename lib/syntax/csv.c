/* csv.c: one pass over the text; fields are views into it unless quotes are doubled inside. */
#include "syntax/csv.h"

struct csv {
    struct mlint_tree *tree;
    struct mlint_str text;
    uint32_t at;
    struct mlint_str columns[MLINT_CSV_COLUMNS];
    size_t column_count;
};

static bool at_row_end(const struct csv *csv)
{
    return csv->at >= csv->text.len || csv->text.ptr[csv->at] == '\r' ||
           csv->text.ptr[csv->at] == '\n';
}

static struct mlint_str undouble(struct mlint_arena *arena, struct mlint_str quoted)
{
    char *copy;
    size_t len = 0;

    if (mlint_str_find(quoted, MLINT_STR("\"\"")) == quoted.len)
        return quoted;
    copy = mlint_arena_bytes(arena, quoted.len);
    for (size_t i = 0; copy && i < quoted.len; i++) {
        copy[len++] = quoted.ptr[i];
        i += quoted.ptr[i] == '"';
    }
    return mlint_str_make(copy, copy ? len : 0);
}

/* Up to the quote that closes; the position is behind it. */
static struct mlint_str take_quoted(struct csv *csv, struct mlint_span *span)
{
    span->begin = ++csv->at;
    while (csv->at < csv->text.len) {
        if (csv->text.ptr[csv->at] == '"') {
            if (csv->at + 1 >= csv->text.len || csv->text.ptr[csv->at + 1] != '"')
                break;
            csv->at++;
        }
        csv->at++;
    }
    span->end = csv->at;
    if (csv->at >= csv->text.len) {
        csv->tree->damaged = true;
        csv->tree->problem = "the file ends inside a quoted value";
        mlint_tree_note(csv->tree, MLINT_NOTE_TRUNCATED, *span, "%s", csv->tree->problem);
    }
    csv->at += csv->at < csv->text.len;
    return undouble(csv->tree->arena, mlint_str_sub(csv->text, span->begin, span->end));
}

static struct mlint_str take_field(struct csv *csv, struct mlint_span *span)
{
    struct mlint_str value;

    if (csv->at < csv->text.len && csv->text.ptr[csv->at] == '"') {
        value = take_quoted(csv, span);
    } else {
        span->begin = csv->at;
        while (!at_row_end(csv) && csv->text.ptr[csv->at] != ',')
            csv->at++;
        span->end = csv->at;
        value = mlint_str_sub(csv->text, span->begin, span->end);
    }
    while (!at_row_end(csv) && csv->text.ptr[csv->at] != ',')
        csv->at++; /* what stands behind a closing quote has no meaning */
    return value;
}

static void end_row(struct csv *csv)
{
    while (csv->at < csv->text.len &&
           (csv->text.ptr[csv->at] == '\r' || csv->text.ptr[csv->at] == '\n'))
        csv->at++;
}

static bool next_field(struct csv *csv)
{
    if (at_row_end(csv))
        return false;
    csv->at++; /* the comma */
    return true;
}

static void read_header(struct csv *csv)
{
    struct mlint_span span;

    do {
        struct mlint_str name = take_field(csv, &span);
        if (csv->column_count < MLINT_CSV_COLUMNS)
            csv->columns[csv->column_count++] = name;
    } while (next_field(csv));
    end_row(csv);
}

static bool read_row(struct csv *csv, struct mlint_node *rows)
{
    struct mlint_node *row = mlint_node_add(csv->tree, rows, MLINT_NODE_GROUP, MLINT_STR(""));
    size_t column = 0;

    if (!row)
        return false;
    row->name_span = (struct mlint_span){ csv->at, csv->at + 1 };
    do {
        struct mlint_span span;
        struct mlint_str value = take_field(csv, &span);
        struct mlint_node *node = NULL;
        if (column < csv->column_count)
            node = mlint_node_add(csv->tree, row, MLINT_NODE_STRING, csv->columns[column++]);
        if (node) {
            node->value = value;
            node->value_span = node->name_span = span;
        }
    } while (next_field(csv));
    end_row(csv);
    return !csv->tree->arena->failed && !csv->tree->too_many;
}

struct mlint_tree *mlint_csv_read(struct mlint_arena *arena, struct mlint_source *source)
{
    struct csv csv = { .text = source->text };
    struct mlint_node *rows;

    csv.tree = mlint_tree_new(arena, source, MLINT_PATH_SLASH);
    if (!csv.tree)
        return NULL;
    rows = mlint_node_add(csv.tree, csv.tree->root, MLINT_NODE_ARRAY, MLINT_STR("row"));
    if (!rows)
        return csv.tree;
    read_header(&csv);
    while (csv.at < csv.text.len && read_row(&csv, rows))
        ;
    return csv.tree;
}
