/* find.h: the search for a short text in the widths that this processor offers. Private to
 * lib/base and its tests, which hold every width against the plain one. */
#ifndef MLINT_BASE_FIND_H
#define MLINT_BASE_FIND_H

#include "base/str.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define MLINT_FIND_VECTOR 1

/* As mlint_str_find, for texts that have `room` bytes or more behind the needle's length less
 * one: as many places are looked at at once. */
struct mlint_find_kernel {
    size_t room;
    size_t (*find)(struct mlint_str s, struct mlint_str needle);
};

extern const struct mlint_find_kernel mlint_find_sse2;
extern const struct mlint_find_kernel mlint_find_avx2;
#endif

#endif
