/* hash.c: SipHash-2-4, keyed by a seed. Stable for ever: facts and fingerprints carry it. */
#include "base/hash.h"

#include <sys/auxv.h>

struct sip {
    uint64_t v[4];
};

static uint64_t rotate(uint64_t x, unsigned bits)
{
    return x << bits | x >> (64 - bits);
}

static void mix(struct sip *s, unsigned rounds)
{
    uint64_t *v = s->v;

    while (rounds--) {
        v[0] += v[1], v[2] += v[3];
        v[1] = rotate(v[1], 13) ^ v[0];
        v[3] = rotate(v[3], 16) ^ v[2];
        v[0] = rotate(v[0], 32);
        v[2] += v[1], v[0] += v[3];
        v[1] = rotate(v[1], 17) ^ v[2];
        v[3] = rotate(v[3], 21) ^ v[0];
        v[2] = rotate(v[2], 32);
    }
}

/* Little endian whatever the machine: written out, it is one instruction. */
static uint64_t load_four(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;

    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24;
}

static uint64_t load_eight(const char *bytes)
{
    return load_four(bytes) | load_four(bytes + 4) << 32;
}

/* Less than eight bytes; of four and more, those in the middle are loaded twice. */
static uint64_t load_few(const char *bytes, size_t len)
{
    uint64_t word = 0;

    if (len >= 4)
        return load_four(bytes) | load_four(bytes + len - 4) << 8 * (len - 4);
    for (size_t i = 0; i < len; i++)
        word |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return word;
}

static struct sip begin(uint64_t seed)
{
    const uint64_t key = seed ^ 0x6D61696C6C696E74u; /* "maillint" */

    return (struct sip){ { seed ^ 0x736F6D6570736575u, key ^ 0x646F72616E646F6Du,
                           seed ^ 0x6C7967656E657261u, key ^ 0x7465646279746573u } };
}

static void absorb(struct sip *s, uint64_t word)
{
    s->v[3] ^= word;
    mix(s, 2);
    s->v[0] ^= word;
}

static void absorb_all(struct sip *s, struct mlint_str bytes)
{
    size_t i = 0;

    for (; i + 8 <= bytes.len; i += 8)
        absorb(s, load_eight(bytes.ptr + i));
    absorb(s, (uint64_t)bytes.len << 56 | load_few(bytes.ptr + i, bytes.len - i));
}

static uint64_t finish(struct sip *s)
{
    mix(s, 4);
    return s->v[0] ^ s->v[1] ^ s->v[2] ^ s->v[3];
}

uint64_t mlint_hash(uint64_t seed, struct mlint_str bytes)
{
    struct sip s = begin(seed);

    absorb_all(&s, bytes);
    s.v[2] ^= 0xFF;
    return finish(&s);
}

void mlint_hash_pair(struct mlint_str first, struct mlint_str second, uint64_t out[2])
{
    struct sip s = begin(first.len);

    s.v[1] ^= 0xEE;
    absorb_all(&s, first);
    absorb_all(&s, second);
    s.v[2] ^= 0xEE;
    out[0] = finish(&s);
    s.v[1] ^= 0xDD;
    out[1] = finish(&s);
}

/* The system gives every program sixteen random bytes when it starts. Others use them as they
 * are, so they are not shown. */
uint64_t mlint_hash_secret(void)
{
    const char *random = (const char *)(uintptr_t)getauxval(AT_RANDOM);

    return mlint_hash((uintptr_t)mlint_hash_secret, mlint_str_make(random, random ? 16 : 0)) |
           1;
}
