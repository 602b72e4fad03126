/* text.c: the report for a terminal: each finding with its line and a marker, then one
 * sentence. Everything that comes from a file is cleaned of control characters first. */
#include "report/excerpt.h"
#include "report/phrases.h"
#include "report/view.h"

static void say_place(struct mlint_rendering *rendering, const char *path,
                      const struct mlint_location *place)
{
    struct mlint_buf *out = mlint_out(rendering, 0);

    mlint_say(rendering, path);
    if (place->line) {
        mlint_out_position(out, ":", place);
    } else if (place->path[0]) {
        mlint_buf_text(out, ": ");
        mlint_say(rendering, place->path);
    }
}

static void say_headline(struct mlint_rendering *rendering, const char *path,
                         const struct mlint_location *place, enum mlint_level level,
                         const char *rule, const char *message)
{
    struct mlint_buf *out = mlint_out(rendering, 0);

    mlint_colour(rendering, MLINT_BOLD);
    say_place(rendering, path, place);
    mlint_buf_text(out, ": ");
    mlint_colour(rendering, mlint_level_colour(level));
    mlint_buf_text(out, mlint_level_name(level));
    mlint_buf_char(out, ':');
    mlint_colour(rendering, MLINT_PLAIN);
    mlint_buf_char(out, ' ');
    mlint_say(rendering, message);
    mlint_buf_text(out, " [");
    mlint_buf_text(out, rule);
    mlint_buf_text(out, "]\n");
}

/* What to write instead goes behind the marker, advice on a line of its own. */
static void say_hint(struct mlint_rendering *rendering, const char *hint, bool marker)
{
    struct mlint_buf *out = mlint_out(rendering, 0);

    if (!hint || !*hint)
        return;
    if (marker && strncmp(hint, "write ", 6) == 0) {
        out->len--; /* the line's end */
        mlint_buf_char(out, ' ');
    } else {
        mlint_buf_text(out, "      = ");
    }
    mlint_colour(rendering, MLINT_GREEN);
    mlint_say(rendering, hint);
    mlint_colour(rendering, MLINT_PLAIN);
    mlint_buf_char(out, '\n');
}

/* A safe fix in the file's own spelling. */
static const char *replacement_of(struct mlint_rendering *rendering,
                                  const struct mlint_finding *finding)
{
    if (!finding->replacement || !finding->change.safe)
        return NULL;
    return mlint_arena_printf(rendering->arena, "write \"%s\"", finding->replacement);
}

static void say_also(struct mlint_rendering *rendering, const char *path, const char *key,
                     const struct mlint_location *place)
{
    mlint_buf_text(mlint_out(rendering, 0), "      also: ");
    say_place(rendering, path, place);
    if (key) {
        mlint_buf_text(mlint_out(rendering, 0), " (");
        mlint_say(rendering, key);
        mlint_buf_char(mlint_out(rendering, 0), ')');
    }
    mlint_buf_char(mlint_out(rendering, 0), '\n');
}

static void say_related(struct mlint_rendering *rendering, const struct mlint_result *result,
                        const struct mlint_finding *finding)
{
    for (size_t i = 0; i < finding->related_count; i++) {
        struct mlint_location place;

        mlint_place_find_line(result, &finding->related[i], &place);
        say_also(rendering, mlint_view_path(result, &finding->related[i]), NULL, &place);
    }
}

static void say_finding(struct mlint_rendering *rendering, const struct mlint_result *result,
                        const struct mlint_finding *finding)
{
    struct mlint_buf *out = mlint_out(rendering, 0);
    const char *instead = replacement_of(rendering, finding);
    struct mlint_location place;
    size_t before;
    bool marker;

    mlint_place_find_line(result, &finding->place, &place);
    say_headline(rendering, mlint_view_path(result, &finding->place), &place, finding->level,
                 mlint_rule_id(finding->rule), finding->message);
    before = out->len;
    mlint_excerpt(out, rendering->arena, result, &finding->place);
    marker = out->len > before;
    say_hint(rendering, instead, marker);
    if (!instead || !finding->hint || strcmp(instead, finding->hint) != 0)
        say_hint(rendering, finding->hint, marker && !instead);
    say_related(rendering, result, finding);
}

static void say_file(struct mlint_rendering *rendering, const struct mlint_file *file)
{
    struct mlint_buf *out = mlint_out(rendering, 0);
    const char *trouble = mlint_file_trouble(file);

    if (!trouble)
        return;
    mlint_colour(rendering, MLINT_BOLD);
    mlint_say(rendering, file->path.ptr);
    mlint_colour(rendering, MLINT_PLAIN);
    mlint_buf_printf(out, ": %s", trouble);
    if (file->detail) {
        mlint_buf_text(out, ": ");
        mlint_say(rendering, file->detail);
    }
    mlint_buf_char(out, '\n');
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    for (size_t i = 0; i < shown->file_count; i++)
        say_file(rendering, shown->files[i]);
    for (size_t i = 0; i < shown->finding_count; i++) {
        if (mlint_finding_shown(rendering, shown->findings[i]))
            say_finding(rendering, shown, shown->findings[i]);
    }
}

static void cross(struct mlint_rendering *rendering, const struct mlint_cross *found)
{
    struct mlint_buf *out = mlint_out(rendering, 0);

    if (!found->message)
        return;
    say_headline(rendering, found->path, &found->location, found->level, found->rule,
                 found->message);
    mlint_buf_text(out, found->excerpt);
    say_hint(rendering, found->hint, found->excerpt[0]);
    for (size_t i = 0; i < found->related_count; i++)
        say_also(rendering, found->related[i].path, found->related[i].key,
                 &found->related[i].location);
}

static void end(struct mlint_rendering *rendering, const struct mlint_summary *summary)
{
    if (!rendering->options->quiet)
        mlint_say_summary(rendering, summary, true);
}

const struct mlint_reporter mlint_report_text = {
    .id = "text",
    .media_type = "text/plain",
    .extension = "txt",
    .sections = 1,
    .excerpts = true,
    .alone = true,
    .result = result,
    .cross = cross,
    .end = end,
};
