/* test_hash.c: digests that streams carry stay what they are, and no file foresees those that
 * tables go by. */
#include "base/hash.h"

#include "test/test.h"

/* By another implementation of SipHash-2-4, which gives the published values, with the seed and
 * the seed XOR "maillint" as keys. */
static const struct {
    uint64_t seed;
    const char *text;
    uint64_t wanted;
} digests[] = {
    { 0, "", 0x9007FD59245B9CC7 },
    { 0, "prefs", 0x6AAFE13188FE08D9 },
    { 1, "maillint", 0xC95FF394A2D9F18A },
    { UINT64_MAX, "a mailbox of some length", 0xEA37BF3728393BFE },
};

START_TEST(is_the_published_one)
{
    uint64_t got = mlint_hash(digests[_i].seed, mlint_str_from(digests[_i].text));

    ck_assert_msg(got == digests[_i].wanted, "%s: %llx", digests[_i].text,
                  (unsigned long long)got);
}
END_TEST

START_TEST(secret_is_kept)
{
    uint64_t secret = mlint_hash_secret();

    ck_assert_uint_eq(secret & 1, 1);
    ck_assert_uint_eq(mlint_hash_secret(), secret);
    ck_assert_uint_gt(secret >> 32, 0);
}
END_TEST

/* A difference in a word's highest bits, of letters and digits, is only there in a product's,
 * too: the next word can undo it, whatever the first one is. Not so here. */
START_TEST(words_do_not_undo_each_other)
{
    const uint64_t high = UINT64_C(1) << 62, both = UINT64_C(3) << 62,
                   secret = mlint_hash_secret();

    for (uint64_t word = 0; word < 1000; word++) {
        uint64_t hash = mlint_hash_step(1, word, secret);
        uint64_t other = mlint_hash_step(1, word ^ high, secret);

        ck_assert_uint_ne(mlint_hash_step(hash, 0, secret),
                          mlint_hash_step(other, high, secret));
        ck_assert_uint_ne(mlint_hash_step(hash, 0, secret),
                          mlint_hash_step(other, both, secret));
        ck_assert_uint_ne(mlint_hash_step(hash, 0, secret),
                          mlint_hash_step(other, high ^ high >> 32, secret));
        ck_assert_uint_ne(mlint_hash_step(hash, 0, secret),
                          mlint_hash_step(other, both ^ both >> 32, secret));
    }
}
END_TEST

MLINT_SUITE(hash)
{
    Suite *suite = suite_create("hash");

    MLINT_TEST_ROWS(suite, is_the_published_one, digests);
    MLINT_TEST(suite, secret_is_kept);
    MLINT_TEST(suite, words_do_not_undo_each_other);
    return suite;
}
