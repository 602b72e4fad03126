/* error.h: how a call of ours says why it failed. */
#ifndef MLINT_BASE_ERROR_H
#define MLINT_BASE_ERROR_H

#include "maillint/maillint.h"

/* Fill error (may be NULL) and return its status. */
enum mlint_status mlint_fail_with(struct mlint_error *error, enum mlint_status status,
                                  const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
