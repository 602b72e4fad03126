/* closing.h: files that were read are closed later, many with one call: closing them one by one
 * is a tenth of what it costs to open, read and close a small file. */
#ifndef MLINT_SOURCE_CLOSING_H
#define MLINT_SOURCE_CLOSING_H

#include "source/limits.h"

/* Open descriptors that are nobody else's. */
struct mlint_closing {
    int descriptor[MLINT_LIMIT_CLOSING];
    unsigned count;
    int below; /* only smaller ones are kept: the rest is for folders and for the host */
};

void mlint_closing_init(struct mlint_closing *closing);
/* Have the descriptor closed, at the latest by mlint_closing_now. */
void mlint_closing_add(struct mlint_closing *closing, int descriptor);
void mlint_closing_now(struct mlint_closing *closing);

#endif
