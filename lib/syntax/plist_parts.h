/* plist_parts.h: what the three spellings of a property list share. */
#ifndef MLINT_SYNTAX_PLIST_PARTS_H
#define MLINT_SYNTAX_PLIST_PARTS_H

#include "syntax/plist.h"

/* An integer's text, white space around it allowed, decimal or 0x, into node->number; above
 * INT64_MAX it is cut and flagged MLINT_NODE_UNSIGNED. */
bool mlint_plist_integer(struct mlint_str text, struct mlint_node *node);
/* A real's text into node->real. No locale. */
bool mlint_plist_real(struct mlint_str text, struct mlint_node *node);
/* Say which keys of a closed dictionary stand there twice; the last one counts. */
void mlint_plist_note_duplicates(struct mlint_tree *tree, const struct mlint_node *dict);
/* Old-style text into tree->root. */
void mlint_plist_ascii_read(struct mlint_tree *tree);

#endif
