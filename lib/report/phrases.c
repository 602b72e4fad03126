/* phrases.c: colours, counts and the closing sentence of the reports that people read. */
#include "report/phrases.h"

#include "base/printable.h"
#include "base/utf8.h"

void mlint_colour(struct mlint_rendering *rendering, enum mlint_colour colour)
{
    static const char *const codes[] = {
        [MLINT_PLAIN] = "\033[0m",     [MLINT_BOLD] = "\033[1m",    [MLINT_RED] = "\033[1;31m",
        [MLINT_YELLOW] = "\033[1;33m", [MLINT_CYAN] = "\033[1;36m", [MLINT_GREEN] = "\033[32m",
        [MLINT_DIM] = "\033[2m",
    };

    if (rendering->options->color)
        mlint_buf_text(mlint_out(rendering, 0), codes[colour]);
}

enum mlint_colour mlint_level_colour(enum mlint_level level)
{
    return level == MLINT_ERROR     ? MLINT_RED
           : level == MLINT_WARNING ? MLINT_YELLOW
                                    : MLINT_CYAN;
}

void mlint_say(struct mlint_rendering *rendering, const char *text)
{
    struct mlint_str said = mlint_str_from(text);

    if (mlint_printable_run(said.ptr, said.len) < said.len)
        said = mlint_utf8_clean(rendering->arena, said);
    mlint_buf_str(mlint_out(rendering, 0), said);
}

void mlint_out_position(struct mlint_buf *out, const char *before,
                        const struct mlint_location *place)
{
    mlint_buf_text(out, before);
    mlint_buf_number(out, place->line);
    if (!place->column)
        return;
    mlint_buf_char(out, ':');
    mlint_buf_number(out, place->column);
}

void mlint_say_count(struct mlint_buf *out, uint64_t count, const char *one, const char *many)
{
    mlint_buf_number(out, (int64_t)count);
    mlint_buf_char(out, ' ');
    mlint_buf_text(out, count == 1 ? one : many);
}

const char *mlint_file_trouble(const struct mlint_file *file)
{
    switch (file->status) {
    case MLINT_FILE_DAMAGED:
        return "damaged, read as far as it goes";
    case MLINT_FILE_UNREADABLE:
        return "cannot be read";
    case MLINT_FILE_LIMIT:
        return "not read, past a ceiling";
    case MLINT_FILE_UNRECOGNISED:
        return file->detail ? "not recognised" : NULL;
    default:
        return NULL;
    }
}

static void say_troubles(struct mlint_buf *out, const struct mlint_summary *summary)
{
    const struct {
        uint64_t count;
        const char *words;
    } troubles[] = {
        { summary->unrecognised, "of no known format" },
        { summary->damaged, "damaged" },
        { summary->unreadable, "unreadable" },
        { summary->limit, "past a ceiling" },
    };
    const char *between = " (";

    for (size_t i = 0; i < sizeof(troubles) / sizeof(troubles[0]); i++) {
        if (!troubles[i].count)
            continue;
        mlint_buf_printf(out, "%s%llu %s", between, (unsigned long long)troubles[i].count,
                         troubles[i].words);
        between = ", ";
    }
    if (between[0] == ',')
        mlint_buf_char(out, ')');
}

static void say_levels(struct mlint_buf *out, const struct mlint_summary *summary)
{
    const char *between = "";

    if (summary->errors)
        mlint_say_count(out, summary->errors, "error", "errors"), between = ", ";
    if (summary->warnings) {
        mlint_buf_text(out, between);
        mlint_say_count(out, summary->warnings, "warning", "warnings"), between = ", ";
    }
    if (summary->notes) {
        mlint_buf_text(out, between);
        mlint_say_count(out, summary->notes, "note", "notes");
    }
}

void mlint_say_summary(struct mlint_rendering *rendering, const struct mlint_summary *summary,
                       bool advise)
{
    struct mlint_buf *out = mlint_out(rendering, 0);
    bool found = summary->errors || summary->warnings || summary->notes;

    if (rendering->incomplete)
        mlint_buf_text(out, "Stopped early; this is what was done until then.\n");
    mlint_say_count(out, summary->files, "file", "files");
    say_troubles(out, summary);
    mlint_buf_text(out, ", ");
    mlint_say_count(out, summary->accounts, "account", "accounts");
    mlint_buf_text(out, ": ");
    if (found)
        say_levels(out, summary);
    else if (summary->held_back)
        mlint_buf_text(out, "nothing new found");
    else if (summary->not_live && summary->not_live == summary->accounts &&
             !rendering->config->include_disabled)
        mlint_buf_text(out,
                       "none in use, so nothing to check (--include-disabled checks them)");
    else if (summary->accounts)
        mlint_buf_text(out, "nothing wrong found");
    else
        mlint_buf_text(out, "nothing to check");
    if (summary->held_back)
        mlint_buf_printf(out, "; %llu known, held back by the baseline",
                         (unsigned long long)summary->held_back);
    if (summary->unknown) {
        mlint_buf_text(out, "; ");
        mlint_say_count(out, summary->unknown, "question", "questions");
        mlint_buf_text(out, " that the files cannot answer");
        if (advise)
            mlint_buf_text(out, " (--format checklist says where to look)");
    }
    mlint_buf_text(out, ".\n");
}
