/* secret_words.c: the words in names that make a value secret, looked for sixteen bytes at a
 * time where the machine has SSE2. */
#include "model/words.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define SHORTEST 5 /* bytes of a word */

/* The length of the word that a text begins with, or 0. */
static size_t word_at(struct mlint_str text)
{
    static const struct mlint_str words[] = {
        MLINT_STR_INIT("password"), MLINT_STR_INIT("passwd"), MLINT_STR_INIT("passphrase"),
        MLINT_STR_INIT("secret"),   MLINT_STR_INIT("token"),  MLINT_STR_INIT("credential"),
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (mlint_str_starts_nocase(text, words[i]))
            return words[i].len;
    }
    return 0;
}

/* The third letter of the words that begin with a letter, or 0. */
static char third_letter(char first)
{
    static const char third[256] = { ['p'] = 's', ['s'] = 'c', ['t'] = 'k', ['c'] = 'e',
                                     ['P'] = 's', ['S'] = 'c', ['T'] = 'k', ['C'] = 'e' };

    return third[(unsigned char)first];
}

#if defined(__SSE2__)
static __m128i letters(const char *p)
{
    return _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8(0x20));
}

static __m128i pair_at(__m128i first, __m128i third, char a, char c)
{
    return _mm_and_si128(_mm_cmpeq_epi8(first, _mm_set1_epi8(a)),
                         _mm_cmpeq_epi8(third, _mm_set1_epi8(c)));
}

/* Past the vectors in which no word begins. */
static size_t pass_vectors(struct mlint_str text)
{
    size_t at = 0;

    for (; text.len - at >= 18; at += 16) {
        __m128i first = letters(text.ptr + at), third = letters(text.ptr + at + 2);
        __m128i ps =
            _mm_or_si128(pair_at(first, third, 'p', 's'), pair_at(first, third, 's', 'c'));
        __m128i tc =
            _mm_or_si128(pair_at(first, third, 't', 'k'), pair_at(first, third, 'c', 'e'));
        if (_mm_movemask_epi8(_mm_or_si128(ps, tc)))
            break;
    }
    return at;
}
#else
static size_t pass_vectors(struct mlint_str text)
{
    (void)text;
    return 0;
}
#endif

size_t mlint_secret_word(struct mlint_str text, size_t *length)
{
    for (size_t at = 0; at + SHORTEST <= text.len;) {
        size_t end;

        at += pass_vectors(mlint_str_sub(text, at, text.len));
        for (end = at + 16; at < end && at + SHORTEST <= text.len; at++) {
            char third = third_letter(text.ptr[at]);

            if (!third || (text.ptr[at + 2] | 0x20) != third)
                continue;
            *length = word_at(mlint_str_sub(text, at, text.len));
            if (*length)
                return at;
        }
    }
    return text.len;
}

bool mlint_name_is_secret(struct mlint_str name)
{
    size_t length;

    return mlint_secret_word(name, &length) < name.len;
}
