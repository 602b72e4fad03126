/* num.h: numbers from text, exactly or not at all. */
#ifndef MLINT_BASE_NUM_H
#define MLINT_BASE_NUM_H

#include "base/str.h"

/* Whole string, optional sign, digits of base 10 or 16; false on anything else or overflow. */
bool mlint_num_parse(struct mlint_str s, unsigned base, int64_t *out);
/* Each hexadecimal digit's value and one more; 0 for any other byte. */
extern const uint8_t mlint_hex_digits[256];
static inline int mlint_hex_digit(char c) /* 0-15, or -1 */
{
    return mlint_hex_digits[(unsigned char)c] - 1;
}
/* Decimal digits without a NUL behind them; returns how many. */
size_t mlint_num_digits(char out[20], uint64_t number);

#endif
