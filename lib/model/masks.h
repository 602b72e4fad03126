/* masks.h: the parts of a source's text that no report quotes. */
#ifndef MLINT_MODEL_MASKS_H
#define MLINT_MODEL_MASKS_H

#include "model/model.h"

/* Fill every source's masks: what readers have hidden, values whose name speaks of a secret, and
 * binary ones. Once, when the trees are complete. */
void mlint_result_find_masks(struct mlint_result *result);
/* The masks that may overlap the span are those from the returned one on, up to *count. */
const struct mlint_mask *mlint_masks_near(const struct mlint_source *source,
                                          struct mlint_span span, size_t *count);

#endif
