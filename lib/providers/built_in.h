/* built_in.h: the texts of the built-in providers. */
#ifndef MLINT_PROVIDERS_BUILT_IN_H
#define MLINT_PROVIDERS_BUILT_IN_H

#include <stddef.h>

struct mlint_built_in {
    const char *name;
    const char *text;
};

/* Ended by a NULL name. */
extern const struct mlint_built_in mlint_built_in_providers[];

#endif
