/* hash.h: SipHash-2-4 (Aumasson and Bernstein, 2012) under fixed keys: the same bytes give the
 * same number in every run and on every machine. Not for secrets. */
#ifndef MLINT_BASE_HASH_H
#define MLINT_BASE_HASH_H

#include "base/str.h"

uint64_t mlint_hash(uint64_t seed, struct mlint_str bytes);
/* Both of them, told from any other two: 128 bits in the manner of SipHash-2-4-128. */
void mlint_hash_pair(struct mlint_str first, struct mlint_str second, uint64_t out[2]);

#endif
