/* csv.c: a row a finding, for spreadsheets (RFC 4180, UTF-8). A file that could not be read
 * whole has a row too, its status standing where a finding has its severity. */
#include "report/escapes.h"
#include "report/phrases.h"
#include "report/view.h"

static void begin(struct mlint_rendering *rendering)
{
    mlint_buf_text(mlint_out(rendering, 0),
                   "\"severity\",\"rule\",\"file\",\"line\",\"column\",\"client\",\"account\","
                   "\"field\",\"message\",\"what to do\",\"place\"\r\n");
}

static void put(struct mlint_rendering *rendering, const char *text, char after)
{
    mlint_csv_cell(mlint_out(rendering, 0), rendering->arena, text);
    mlint_buf_char(mlint_out(rendering, 0), after);
}

static void put_number(struct mlint_rendering *rendering, unsigned number)
{
    if (number)
        mlint_buf_number(mlint_out(rendering, 0), number);
    mlint_buf_char(mlint_out(rendering, 0), ',');
}

static void row(struct mlint_rendering *rendering, const struct mlint_cross *view)
{
    put(rendering, mlint_level_name(view->level), ',');
    put(rendering, view->rule, ',');
    put(rendering, view->path, ',');
    put_number(rendering, view->location.line);
    put_number(rendering, view->location.column);
    put(rendering, mlint_client_name(view->client), ',');
    put(rendering, view->key, ',');
    put(rendering, view->field, ',');
    put(rendering, view->message, ',');
    put(rendering, view->hint, ',');
    put(rendering, view->location.path, '\r');
    mlint_buf_char(mlint_out(rendering, 0), '\n');
}

static void file_row(struct mlint_rendering *rendering, const struct mlint_file *file)
{
    put(rendering, mlint_file_status_name(file->status), ',');
    put(rendering, NULL, ',');
    put(rendering, file->path.ptr, ',');
    mlint_buf_text(mlint_out(rendering, 0), ",,");
    put(rendering, file->format ? mlint_client_name(mlint_format_client(file->format)) : NULL,
        ',');
    put(rendering, NULL, ',');
    put(rendering, NULL, ',');
    put(rendering, file->detail ? file->detail : mlint_file_trouble(file), ',');
    put(rendering, NULL, ',');
    put(rendering, NULL, '\r');
    mlint_buf_char(mlint_out(rendering, 0), '\n');
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    for (size_t i = 0; i < shown->file_count; i++) {
        if (mlint_file_trouble(shown->files[i]))
            file_row(rendering, shown->files[i]);
    }
    mlint_view_each(rendering, shown, row);
}

static void cross(struct mlint_rendering *rendering, const struct mlint_cross *found)
{
    if (found->message)
        row(rendering, found);
}

const struct mlint_reporter mlint_report_csv = {
    .id = "csv",
    .media_type = "text/csv",
    .extension = "csv",
    .sections = 1,
    .alone = true,
    .begin = begin,
    .result = result,
    .cross = cross,
};
