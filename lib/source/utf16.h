/* utf16.h: the inner loop of reading UTF-16, in the widths that this processor offers. Private
 * to lib/source and its tests, which hold every width against the plain one. */
#ifndef MLINT_SOURCE_UTF16_H
#define MLINT_SOURCE_UTF16_H

#include "base/str.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define MLINT_UTF16_VECTOR 1
#endif

/* Copy ASCII units from the front of `in` to `out`, a byte each, up to the first unit that is
 * not ASCII; returns how many. `out` has room for `units` bytes. */
struct mlint_utf16_kernel {
    const char *name;
    size_t (*narrow)(const unsigned char *in, size_t units, bool big_endian, char *out);
};

extern const struct mlint_utf16_kernel mlint_utf16_plain;
#ifdef MLINT_UTF16_VECTOR
extern const struct mlint_utf16_kernel mlint_utf16_sse2;
extern const struct mlint_utf16_kernel mlint_utf16_avx2;
#endif

/* The widest that this processor can run. */
const struct mlint_utf16_kernel *mlint_utf16_best(void);

/* Decode to UTF-8 into `out`, which has room for 3 bytes a unit; returns the bytes written. A
 * half pair becomes U+FFFD; it and an odd last byte, which is left out, set *bad. */
size_t mlint_utf16_decode(const struct mlint_utf16_kernel *kernel, struct mlint_str bytes,
                          bool big_endian, char *out, bool *bad);
/* Room that is enough for what mlint_utf16_decode writes. */
size_t mlint_utf16_measure(struct mlint_str bytes, bool big_endian);

#endif
