/* num.c: numbers from text, exactly or not at all; no locale, no partial results. */
#include "base/num.h"

int mlint_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = mlint_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool mlint_num_parse(struct mlint_str s, unsigned base, int64_t *out)
{
    bool negative = s.len && s.ptr[0] == '-';
    size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
    uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t value = 0;
    bool fits =
        s.len - i <= 15; /* so many hexadecimal digits do, and fewer of any other base */

    if (i == s.len)
        return false;
    for (; i < s.len; i++) {
        int digit = mlint_hex_digit(s.ptr[i]);
        if (digit < 0 || (unsigned)digit >= base)
            return false;
        if (!fits && value > (limit - (unsigned)digit) / base)
            return false;
        value = value * base + (unsigned)digit;
    }
    *out = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

size_t mlint_num_digits(char out[20], uint64_t number)
{
    char reversed[20];
    size_t count = 0;

    do {
        reversed[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    for (size_t i = 0; i < count; i++)
        out[i] = reversed[count - 1 - i];
    return count;
}
