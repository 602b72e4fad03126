/* excerpt.h: the line a person should look at, and a marker below the place. */
#ifndef MLINT_REPORT_EXCERPT_H
#define MLINT_REPORT_EXCERPT_H

#include "base/buf.h"
#include "model/model.h"

/* What stands in for a password, whatever its length. */
#define MLINT_MASK "********"

/* A line that is shown, without its text. */
struct mlint_quote {
    unsigned line;
    unsigned before, inside; /* columns up to the marker, and of it; none without any inside */
};

/* Two lines, "   14 | text" and "      |     ^~~~", without control characters, passwords or
 * more than MLINT_LIMIT_EXCERPT characters; nothing where the place has no line of text. What
 * is taken of the arena is given back, so it is not the result's, where masks go. */
void mlint_excerpt(struct mlint_buf *out, struct mlint_arena *arena,
                   const struct mlint_result *result, const struct mlint_place *place);
/* The same in two steps, for what may never be shown: the text alone goes to out first. false:
 * there is no line. */
bool mlint_quote_line(struct mlint_buf *out, struct mlint_arena *arena,
                      const struct mlint_result *result, const struct mlint_place *place,
                      struct mlint_quote *quote);
void mlint_quote_put(struct mlint_buf *out, const struct mlint_quote *quote,
                     struct mlint_str line);

#endif
