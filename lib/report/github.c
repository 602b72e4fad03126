/* github.c: workflow commands, which GitHub shows beside the line of a pull request. */
#include "report/escapes.h"
#include "report/phrases.h"
#include "report/view.h"

static const char *command_of(enum mlint_level level)
{
    return level == MLINT_ERROR ? "error" : level == MLINT_WARNING ? "warning" : "notice";
}

static void put_path(struct mlint_rendering *rendering, const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    mlint_github_property(mlint_out(rendering, 0), rendering->arena, path);
}

static void put_place(struct mlint_buf *out, const struct mlint_location *place)
{
    if (!place->line)
        return;
    mlint_buf_printf(out, ",line=%u", place->line);
    if (place->column)
        mlint_buf_printf(out, ",col=%u", place->column);
    /* GitHub refuses columns of a place with several lines. */
    if (place->end_line > place->line)
        mlint_buf_printf(out, ",endLine=%u", place->end_line);
    else if (place->end_column > place->column)
        mlint_buf_printf(out, ",endColumn=%u", place->end_column);
}

static void line(struct mlint_rendering *rendering, const struct mlint_cross *view)
{
    struct mlint_buf *out = mlint_out(rendering, 0);

    mlint_buf_printf(out, "::%s file=", command_of(view->level));
    put_path(rendering, view->path);
    put_place(out, &view->location);
    mlint_buf_text(out, ",title=");
    mlint_github_property(out, rendering->arena, view->rule);
    mlint_buf_text(out, "::");
    mlint_github_data(out, rendering->arena, view->message);
    if (view->hint) {
        mlint_buf_text(out, "%0A");
        mlint_github_data(out, rendering->arena, view->hint);
    }
    mlint_buf_char(out, '\n');
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    struct mlint_buf *out = mlint_out(rendering, 0);

    for (size_t i = 0; i < shown->file_count; i++) {
        const struct mlint_file *file = shown->files[i];
        const char *trouble = mlint_file_trouble(file);

        if (!trouble)
            continue;
        mlint_buf_text(out, "::error file=");
        put_path(rendering, file->path.ptr);
        mlint_buf_printf(out, "::%s", trouble);
        if (file->detail) {
            mlint_buf_text(out, ": ");
            mlint_github_data(out, rendering->arena, file->detail);
        }
        mlint_buf_char(out, '\n');
    }
    mlint_view_each(rendering, shown, line);
}

static void cross(struct mlint_rendering *rendering, const struct mlint_cross *found)
{
    if (found->message)
        line(rendering, found);
}

static void end(struct mlint_rendering *rendering, const struct mlint_summary *summary)
{
    if (!rendering->options->quiet)
        mlint_say_summary(rendering, summary, true);
}

const struct mlint_reporter mlint_report_github = {
    .id = "github",
    .media_type = "text/plain",
    .extension = "txt",
    .sections = 1,
    .alone = true,
    .result = result,
    .cross = cross,
    .end = end,
};
