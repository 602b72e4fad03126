/* excerpt.h: the line a person should look at, and a marker below the place. */
#ifndef MLINT_REPORT_EXCERPT_H
#define MLINT_REPORT_EXCERPT_H

#include "base/buf.h"
#include "model/model.h"

/* What stands in for a password, whatever its length. */
#define MLINT_MASK "********"

/* Two lines, "   14 | text" and "      |     ^~~~", without control characters, passwords or
 * more than MLINT_LIMIT_EXCERPT characters; nothing where the place has no line of text. */
void mlint_excerpt(struct mlint_buf *out, struct mlint_arena *arena,
                   const struct mlint_result *result, const struct mlint_place *place);

#endif
