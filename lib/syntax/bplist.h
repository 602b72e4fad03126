/* bplist.h: binary property lists (bplist00) into the tree. */
#ifndef MLINT_SYNTAX_BPLIST_H
#define MLINT_SYNTAX_BPLIST_H

#include "syntax/node.h"

/* Read bytes into a new child of parent (NULL: of the tree's root). Spans are offsets in
 * `bytes`. What is wrong goes into tree's notes, damaged, problem, too_deep, too_many. */
void mlint_bplist_read(struct mlint_tree *tree, struct mlint_node *parent,
                       struct mlint_str bytes);

#endif
