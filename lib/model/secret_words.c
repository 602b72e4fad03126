/* secret_words.c: the words in names that make a value secret, looked for sixteen bytes at a
 * time where the machine has SSE2. */
#include "model/secret_words.h"

#define SHORTEST 5 /* bytes of a word */

/* The length of the word that a text begins with, or 0. */
static size_t word_at(struct mlint_str text)
{
    static const struct mlint_str words[] = {
        MLINT_STR_INIT("password"), MLINT_STR_INIT("passwd"), MLINT_STR_INIT("passphrase"),
        MLINT_STR_INIT("secret"),   MLINT_STR_INIT("token"),  MLINT_STR_INIT("credential"),
    };
    char head[4];

    if (text.len < SHORTEST)
        return 0;
    for (size_t i = 0; i < sizeof(head); i++)
        head[i] = mlint_lower(text.ptr[i]);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (memcmp(head, words[i].ptr, sizeof(head)) == 0 &&
            mlint_str_starts_nocase(text, words[i]))
            return words[i].len;
    }
    return 0;
}

#if defined(__SSE2__)
#define PLACES 14 /* of a vector, that a word's first and third letter can be compared at */

/* The first sixteen bytes, with zeros behind a shorter text of at least SHORTEST. */
static inline __m128i load(struct mlint_str text)
{
    const char *end = text.ptr + text.len;
    uint64_t low, high = 0;
    uint32_t head, tail;

    if (text.len >= 16)
        return mlint_sixteen(text.ptr);
    if (text.len >= 8) {
        memcpy(&low, text.ptr, sizeof(low));
        if (text.len > 8) {
            memcpy(&high, end - 8, sizeof(high));
            high >>= 8 * (16 - text.len);
        }
        return _mm_set_epi64x((long long)high, (long long)low);
    }
    memcpy(&head, text.ptr, sizeof(head));
    memcpy(&tail, end - 4, sizeof(tail));
    low = head | (uint64_t)tail << 8 * (text.len - 4);
    return _mm_set_epi64x(0, (long long)low);
}

/* A bit for each of the first places where a word's first and third letter stand; without_s:
 * but those of "secret". */
static inline unsigned places(struct mlint_str text, bool without_s)
{
    __m128i first = _mm_or_si128(load(text), _mm_set1_epi8(0x20));
    __m128i third = _mm_srli_si128(first, 2);
    __m128i found = mlint_secret_pairs(first, third);

    if (!without_s)
        found = _mm_or_si128(found, mlint_pair_at(first, third, 's', 'c'));
    return (unsigned)_mm_movemask_epi8(found);
}
#else
#define PLACES 1

static unsigned places(struct mlint_str text, bool without_s)
{
    (void)text;
    (void)without_s;
    return 1;
}
#endif

size_t mlint_secret_word(struct mlint_str text, size_t *length)
{
    for (size_t at = 0; at + SHORTEST <= text.len; at += PLACES) {
        unsigned mask = places(mlint_str_sub(text, at, text.len), false);

        for (; mask; mask &= mask - 1) {
            size_t place = at + (size_t)__builtin_ctz(mask);
            *length = word_at(mlint_str_sub(text, place, text.len));
            if (*length)
                return place;
        }
    }
    return text.len;
}

static bool has_word(struct mlint_str name)
{
    size_t length;

    return mlint_secret_word(name, &length) < name.len;
}

/* Two looks tell of nearly every name that no word begins in it. */
bool mlint_name_is_secret(struct mlint_str name)
{
    if (name.len < SHORTEST)
        return false;
    if (name.len <= 16 + PLACES && !places(name, true) &&
        (name.len <= 16 || !places(mlint_str_make(name.ptr + name.len - 16, 16), true)))
        return false;
    return has_word(name);
}
