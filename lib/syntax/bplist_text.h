/* bplist_text.h: reals and dates of binary property lists as text; private to
 * lib/syntax/bplist*.c. */
#ifndef MLINT_SYNTAX_BPLIST_TEXT_H
#define MLINT_SYNTAX_BPLIST_TEXT_H

#include "base/arena.h"

const char *mlint_bplist_real_text(struct mlint_arena *arena, double value);
/* Of seconds since 2001-01-01, in UTC. */
const char *mlint_bplist_date_text(struct mlint_arena *arena, double since_2001);

#endif
