/* keyed.h: values out of keyed archives (NSKeyedArchiver in a binary property list). */
#ifndef MLINT_SYNTAX_KEYED_H
#define MLINT_SYNTAX_KEYED_H

#include "syntax/node.h"

/* Add the archived value as a child `name` of parent: scalars, arrays, sets and dictionaries of
 * such. NULL when the bytes hold none; a note says so. */
struct mlint_node *mlint_keyed_read(struct mlint_tree *tree, struct mlint_node *parent,
                                    struct mlint_str name, struct mlint_str bytes);

#endif
