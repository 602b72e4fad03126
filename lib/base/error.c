/* error.c: a call's failure in words, kept by the caller. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

enum mlint_status mlint_fail_with(struct mlint_error *error, enum mlint_status status,
                                  const char *format, ...)
{
    va_list args;

    if (!error)
        return status;
    error->status = status;
    error->line = 0;
    va_start(args, format);
    vsnprintf(error->message, sizeof(error->message), format, args);
    va_end(args);
    for (char *c = error->message; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = '?';
    }
    return status;
}
