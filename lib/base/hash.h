/* hash.h: SipHash-2-4 (Aumasson and Bernstein, 2012) under fixed keys: the same bytes give the
 * same number in every run and on every machine. Not for secrets. And what tables need that a
 * file fills: whoever makes it must not find names that all have one hash. */
#ifndef MLINT_BASE_HASH_H
#define MLINT_BASE_HASH_H

#include "base/str.h"

uint64_t mlint_hash(uint64_t seed, struct mlint_str bytes);
/* Both of them, told from any other two: 128 bits in the manner of SipHash-2-4-128. */
void mlint_hash_pair(struct mlint_str first, struct mlint_str second, uint64_t out[2]);

/* A number that no file can know: another one in each process, the same throughout it, odd.
 * Nothing that leaves the process may depend on it. For once a table: it takes a while. */
uint64_t mlint_hash_secret(void);

/* One step of a hash, quicker than the above: the two halves of the product with the secret,
 * of which every bit depends on all of `hash` and `word`. */
static inline uint64_t mlint_hash_step(uint64_t hash, uint64_t word, uint64_t secret)
{
#ifdef __SIZEOF_INT128__
    __extension__ unsigned __int128 product = hash ^ word;

    product *= secret;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    return mlint_hash(hash ^ secret, mlint_str_make((const char *)&word, sizeof(word)));
#endif
}

#endif
