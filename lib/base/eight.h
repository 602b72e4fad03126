/* eight.h: eight bytes at once in a plain integer, for machines with and without vectors. */
#ifndef MLINT_BASE_EIGHT_H
#define MLINT_BASE_EIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MLINT_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

static inline uint64_t mlint_eight(const char *p)
{
    uint64_t bytes;

    memcpy(&bytes, p, sizeof(bytes));
    return bytes;
}

/* Not 0 where one of the bytes is. */
static inline uint64_t mlint_any_zero(uint64_t bytes)
{
    return (bytes - MLINT_EACH(1)) & ~bytes & MLINT_EACH(0x80);
}

/* Not 0 where one of the bytes is that small letter or its capital. */
static inline uint64_t mlint_any_letter(uint64_t bytes, char letter)
{
    return mlint_any_zero((bytes | MLINT_EACH(0x20)) ^ MLINT_EACH((unsigned char)letter));
}

/* The top bit of each byte that is an ASCII capital. */
static inline uint64_t mlint_capitals(uint64_t bytes)
{
    uint64_t low = bytes & MLINT_EACH(0x7F); /* so that no sum reaches the next byte */
    uint64_t above_z = low + MLINT_EACH(0x7F - 'Z');
    uint64_t from_a = low + MLINT_EACH(0x80 - 'A');

    return from_a & ~above_z & ~bytes & MLINT_EACH(0x80);
}

/* With the ASCII capitals made small. */
static inline uint64_t mlint_lower_eight(uint64_t bytes)
{
    return bytes | mlint_capitals(bytes) >> 2;
}

/* Whether every byte is from `least` (at most 0x80) to 0x7F: a sum reaches the next byte only
 * where the answer is no already. */
static inline int mlint_all_from(uint64_t bytes, uint64_t least)
{
    return !(((bytes - MLINT_EACH(least)) | bytes) & MLINT_EACH(0x80));
}

/* Whether eight bytes in a row of a text, the last ones over those before them, answer yes; a
 * text of less than eight always does. For questions that most texts answer with no. */
static inline bool mlint_any_eight(const char *p, size_t len, bool (*ask)(uint64_t bytes))
{
    for (size_t i = 0; i + 8 <= len; i += 8) {
        if (ask(mlint_eight(p + i)))
            return true;
    }
    return len < 8 || ask(mlint_eight(p + len - 8));
}

#endif
