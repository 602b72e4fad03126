/* test_num.c: numbers from text: all of it or nothing, at the edges of 64 bits too. */
#include "base/num.h"
#include "test/test.h"

#include <stdio.h>

static const struct {
    const char *name;
    struct mlint_str input;
    unsigned base;
    bool good;
    int64_t wanted;
} numbers[] = {
    { "zero", MLINT_STR_INIT("0"), 10, true, 0 },
    { "leading zeros", MLINT_STR_INIT("00995"), 10, true, 995 },
    { "plus", MLINT_STR_INIT("+7"), 10, true, 7 },
    { "minus", MLINT_STR_INIT("-1"), 10, true, -1 },
    { "hexadecimal", MLINT_STR_INIT("000003e3"), 16, true, 995 },
    { "both cases", MLINT_STR_INIT("DeadBeef"), 16, true, 0xDEADBEEF },
    { "largest", MLINT_STR_INIT("9223372036854775807"), 10, true, INT64_MAX },
    { "smallest", MLINT_STR_INIT("-9223372036854775808"), 10, true, INT64_MIN },
    { "one above the largest", MLINT_STR_INIT("9223372036854775808"), 10, false, 0 },
    { "one below the smallest", MLINT_STR_INIT("-9223372036854775809"), 10, false, 0 },
    { "sixteen f", MLINT_STR_INIT("ffffffffffffffff"), 16, false, 0 },
    { "wraps around", MLINT_STR_INIT("18446744073709551617"), 10, false, 0 },
    { "empty", MLINT_STR_INIT(""), 10, false, 0 },
    { "sign alone", MLINT_STR_INIT("-"), 10, false, 0 },
    { "two signs", MLINT_STR_INIT("--1"), 10, false, 0 },
    { "blank in front", MLINT_STR_INIT(" 1"), 10, false, 0 },
    { "blank behind", MLINT_STR_INIT("1 "), 10, false, 0 },
    { "fraction", MLINT_STR_INIT("1.5"), 10, false, 0 },
    { "exponent", MLINT_STR_INIT("1e3"), 10, false, 0 },
    { "hex digit in a decimal", MLINT_STR_INIT("1a"), 10, false, 0 },
    { "prefix", MLINT_STR_INIT("0x10"), 16, false, 0 },
    { "NUL inside", MLINT_STR_INIT("1\0002"), 10, false, 0 },
};

START_TEST(parses)
{
    int64_t got = 4711;
    bool good = mlint_num_parse(numbers[_i].input, numbers[_i].base, &got);

    ck_assert_msg(good == numbers[_i].good, "%s: %s", numbers[_i].name,
                  good ? "accepted" : "refused");
    ck_assert_msg(got == (good ? numbers[_i].wanted : 4711), "%s: got %lld", numbers[_i].name,
                  (long long)got);
}
END_TEST

START_TEST(writes_digits)
{
    char out[20];

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        char wanted[24];
        uint64_t number = (uint64_t)numbers[i].wanted;
        int len = snprintf(wanted, sizeof(wanted), "%llu", (unsigned long long)number);

        ck_assert_uint_eq(mlint_num_digits(out, number), (size_t)len);
        ck_assert_mem_eq(out, wanted, (size_t)len);
    }
    ck_assert_uint_eq(mlint_num_digits(out, UINT64_MAX), 20);
}
END_TEST

START_TEST(knows_hex_digits)
{
    static const char digits[] = "0123456789abcdef", capitals[] = "0123456789ABCDEF";
    int known = 0;

    for (int i = 0; i < 16; i++) {
        ck_assert_int_eq(mlint_hex_digit(digits[i]), i);
        ck_assert_int_eq(mlint_hex_digit(capitals[i]), i);
    }
    for (int c = -128; c < 128; c++)
        known += mlint_hex_digit((char)c) >= 0;
    ck_assert_int_eq(known, 22);
}
END_TEST

MLINT_SUITE(num)
{
    Suite *suite = suite_create("num");

    MLINT_TEST_ROWS(suite, parses, numbers);
    MLINT_TEST(suite, writes_digits);
    MLINT_TEST(suite, knows_hex_digits);
    return suite;
}
