/* phrases.h: words that several reports for people share. */
#ifndef MLINT_REPORT_PHRASES_H
#define MLINT_REPORT_PHRASES_H

#include "report/reporter.h"

enum mlint_colour {
    MLINT_PLAIN,
    MLINT_BOLD,
    MLINT_RED,
    MLINT_YELLOW,
    MLINT_CYAN,
    MLINT_GREEN,
    MLINT_DIM
};

/* Switch a colour on, or off with MLINT_PLAIN; nothing without options->color. */
void mlint_colour(struct mlint_rendering *rendering, enum mlint_colour colour);
enum mlint_colour mlint_level_colour(enum mlint_level level);
/* Text of others, safe to show on a terminal. */
void mlint_say(struct mlint_rendering *rendering, const char *text);
/* ":LINE:COLUMN", or ":LINE" where the column is not told; before: what stands for the first
 * colon. */
void mlint_out_position(struct mlint_buf *out, const char *before,
                        const struct mlint_location *place);
/* "1 file", "3 files". */
void mlint_say_count(struct mlint_buf *out, uint64_t count, const char *one, const char *many);
/* What is wrong with the file as a whole, or NULL where nothing is. */
const char *mlint_file_trouble(const struct mlint_file *file);
/* The last lines: what was looked at and what came of it; `advise`: where open questions go. */
void mlint_say_summary(struct mlint_rendering *rendering, const struct mlint_summary *summary,
                       bool advise);

#endif
