/* shape.h: what a host's name or a login is at first sight. Nearly all are of letters, digits,
 * hyphens and dots, so that whoever looks for an odd character need not look again. */
#ifndef MLINT_MODEL_SHAPE_H
#define MLINT_MODEL_SHAPE_H

#include "base/str.h"

enum mlint_shape {
    MLINT_SHAPE_ANY = 0, /* nothing is known of it */
    MLINT_SHAPE_PLAIN,   /* small letters, digits, hyphens, no two dots in a row */
    MLINT_SHAPE_ADDRESS, /* two such with an @ between them, the second a domain */
};

/* ANY where it is not sure, and of texts longer than any of these should be. */
enum mlint_shape mlint_shape_of(struct mlint_str text);

#endif
