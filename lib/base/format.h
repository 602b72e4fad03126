/* format.h: vsnprintf for the texts of this library. */
#ifndef MLINT_BASE_FORMAT_H
#define MLINT_BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf, and of the same result. */
int mlint_format(char *out, size_t size, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

#endif
