/* num.c: numbers from text, exactly or not at all; no locale, no partial results. */
#include "base/num.h"

const uint8_t mlint_hex_digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
    ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
    ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* With a sign, or of many digits. */
static __attribute__((noinline)) bool parse_any(struct mlint_str s, unsigned base, int64_t *out)
{
    bool negative = s.len && s.ptr[0] == '-';
    size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
    uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t value = 0;

    if (i == s.len)
        return false;
    for (; i < s.len; i++) {
        unsigned digit = (unsigned)mlint_hex_digit(s.ptr[i]);
        if (digit >= base || value > (limit - digit) / base)
            return false;
        value = value * base + digit;
    }
    *out = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

#define FIT 15 /* so many hexadecimal digits always do, and those of any other base */

bool mlint_num_parse(struct mlint_str s, unsigned base, int64_t *out)
{
    int64_t value = 0;
    size_t i = 0;

    for (; i < s.len && i < FIT; i++) {
        unsigned digit = (unsigned)mlint_hex_digit(s.ptr[i]);
        if (digit >= base)
            break;
        value = value * base + digit;
    }
    if (i == 0 || i < s.len)
        return parse_any(s, base, out);
    *out = value;
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
