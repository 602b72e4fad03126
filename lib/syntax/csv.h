/* csv.h: comma-separated values (RFC 4180) with a header row, as a tree: one ARRAY of GROUPs
 * whose children are named by the header. */
#ifndef MLINT_SYNTAX_CSV_H
#define MLINT_SYNTAX_CSV_H

#include "syntax/node.h"

#define MLINT_CSV_COLUMNS 64

/* The root's single child is the array of rows; its name is "row". NULL only without memory. */
struct mlint_tree *mlint_csv_read(struct mlint_arena *arena, struct mlint_source *source);

#endif
