/* secret_words.h: whether a name makes its value a secret, for who asks of every name of a
 * file.
 */
#ifndef MLINT_MODEL_SECRET_WORDS_H
#define MLINT_MODEL_SECRET_WORDS_H

#include "base/sixteen.h"
#include "model/words.h"

#if defined(__SSE2__)
static inline __m128i mlint_pair_at(__m128i first, __m128i third, char a, char c)
{
    return _mm_and_si128(_mm_cmpeq_epi8(first, _mm_set1_epi8(a)),
                         _mm_cmpeq_epi8(third, _mm_set1_epi8(c)));
}

/* Where the first and third letter of a word stand. That of "secret" is found by the cre of
 * "credential" in it. */
static inline __m128i mlint_secret_pairs(__m128i first, __m128i third)
{
    return _mm_or_si128(_mm_or_si128(mlint_pair_at(first, third, 't', 'k'),
                                     mlint_pair_at(first, third, 'c', 'e')),
                        mlint_pair_at(first, third, 'p', 's'));
}

/* Whether four bytes are those of a word, or of the cre of "secret"; no other bytes than
 * letters become small ones. */
static inline bool mlint_begins_as_word(const char *p)
{
    char head[4];

    for (size_t i = 0; i < sizeof(head); i++)
        head[i] = p[i] | 0x20;
    return memcmp(head, "pass", 4) == 0 || memcmp(head, "cret", 4) == 0 ||
           memcmp(head, "toke", 4) == 0 || memcmp(head, "cred", 4) == 0;
}

/* Whether a word may begin at any of sixteen places; nineteen bytes are looked at. */
static inline bool mlint_may_begin_word(const char *p)
{
    const __m128i small = _mm_set1_epi8(0x20);
    __m128i first = mlint_sixteen(p);
    __m128i third = mlint_sixteen(p + 2);
    unsigned places = (unsigned)_mm_movemask_epi8(
        mlint_secret_pairs(_mm_or_si128(first, small), _mm_or_si128(third, small)));

    while (places && !mlint_begins_as_word(p + __builtin_ctz(places)))
        places &= places - 1;
    return places;
}

#define MLINT_SECRET_AHEAD 35 /* bytes that two of these looks take in */

/* The beginning of a text, in which names have enough of it behind them for a look. */
static inline struct mlint_str mlint_secret_room(struct mlint_str text)
{
    text.len = text.len < MLINT_SECRET_AHEAD ? 0 : text.len - MLINT_SECRET_AHEAD + 1;
    return text;
}

/* Whether a name can have a word in it at all: a quick no to nearly every one in that room. */
static inline bool mlint_may_be_secret(struct mlint_str name, struct mlint_str room)
{
    return (uintptr_t)name.ptr - (uintptr_t)room.ptr >= room.len || name.len > 34 ||
           mlint_may_begin_word(name.ptr) ||
           (name.len > 18 && mlint_may_begin_word(name.ptr + 16));
}
#else
static inline struct mlint_str mlint_secret_room(struct mlint_str text)
{
    return text;
}

static inline bool mlint_may_be_secret(struct mlint_str name, struct mlint_str room)
{
    (void)name, (void)room;
    return true;
}
#endif

#endif
