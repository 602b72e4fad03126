/* json.h: JSON (RFC 8259) as a tree: objects are DICT, arrays ARRAY, with the place of every
 * key and value. Strict: no comments, no trailing commas. The root's single child is the top
 * value.
 *
 * Our own reader: jansson says nothing about where a value stands. */
#ifndef MLINT_SYNTAX_JSON_H
#define MLINT_SYNTAX_JSON_H

#include "syntax/node.h"

/* After an error the tree holds what stood before it, is damaged, and has a note. NULL only
 * when the arena failed. */
struct mlint_tree *mlint_json_read(struct mlint_arena *arena, struct mlint_source *source);
/* The same, but an escape that JSON does not know stays as it is written, with a note. */
struct mlint_tree *mlint_json_read_lenient(struct mlint_arena *arena,
                                           struct mlint_source *source);

#endif
