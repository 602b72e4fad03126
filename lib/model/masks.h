/* masks.h: the parts of a source's text that no report quotes. */
#ifndef MLINT_MODEL_MASKS_H
#define MLINT_MODEL_MASKS_H

#include "model/model.h"

/* Fill every source's masks: what readers have hidden, values whose name speaks of a secret,
 * and binary ones. Once, when the trees are complete. */
void mlint_result_find_masks(struct mlint_result *result);
/* The same when somebody asks, as nobody does of most files; at once where it may take much
 * memory, since a lack of it is the file's. */
void mlint_result_plan_masks(struct mlint_result *result);
/* Before any of what follows is asked of a source of the result. */
static inline void mlint_result_want_masks(const struct mlint_result *result)
{
    if (result->masks_due)
        mlint_result_find_masks((struct mlint_result *)(uintptr_t)result);
}
/* The same before what is asked is about this line alone, its end included: only the masks that
 * touch it are found for the first few lines of a file with few accounts. Most files are asked
 * about no other, and forget one line's for the next. */
void mlint_result_want_line(const struct mlint_result *result, struct mlint_source *source,
                            struct mlint_span line);
/* The masks that may overlap the span are those from the returned one on, up to *count. */
const struct mlint_mask *mlint_masks_near(const struct mlint_source *source,
                                          struct mlint_span span, size_t *count);
/* Where what begins before the offset and whose length is a secret ends, at the furthest:
 * places between here and there tell it to whoever subtracts. 0: there is nothing such. */
uint32_t mlint_masks_told_until(const struct mlint_source *source, uint32_t offset);
/* Whether the offset is in the middle of such a secret. */
bool mlint_masks_inside(const struct mlint_source *source, uint32_t offset);
/* The first part of the span that nothing was read of and that stands behind a word for a
 * secret; false if there is none. Files without such gaps have none. */
bool mlint_masks_gap(const struct mlint_source *source, struct mlint_span span,
                     struct mlint_span *out);
/* Whether a node's value is a secret by its own name or that of a list or dictionary round it.
 */
bool mlint_node_is_secret(const struct mlint_node *node);

#endif
