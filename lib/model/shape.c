/* shape.c: looks at sixteen bytes at a time where the machine has SSE2. */
#include "model/shape.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define LONGEST 64 /* a bit for each byte */

/* Where which bytes stand: a bit each, the first byte's is the lowest. */
struct marks {
    uint64_t plain, dot, at;
};

#if defined(__SSE2__)
static __m128i between(__m128i bytes, char first, char last)
{
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(first - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(last + 1))));
}

static uint64_t bits(__m128i found, size_t at)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(found) << at;
}

static void mark_block(struct marks *marks, const char *block, size_t at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)block);
    __m128i plain = _mm_or_si128(between(bytes, 'a', 'z'), between(bytes, '0', '9'));

    plain = _mm_or_si128(plain, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')));
    marks->plain |= bits(plain, at);
    marks->dot |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.')), at);
    marks->at |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('@')), at);
}

/* The last block begins where it has all its bytes, over part of the one before. */
static struct marks mark(struct mlint_str text)
{
    struct marks marks = { 0, 0, 0 };
    char block[16] = { 0 };

    if (text.len < sizeof(block)) {
        memcpy(block, text.ptr, text.len);
        mark_block(&marks, block, 0);
        return marks;
    }
    for (size_t at = 0; at + sizeof(block) < text.len; at += sizeof(block))
        mark_block(&marks, text.ptr + at, at);
    mark_block(&marks, text.ptr + text.len - sizeof(block), text.len - sizeof(block));
    return marks;
}
#else
static struct marks mark(struct mlint_str text)
{
    struct marks marks = { 0, 0, 0 };

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        marks.plain |= (uint64_t)((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')
                       << i;
        marks.dot |= (uint64_t)(c == '.') << i;
        marks.at |= (uint64_t)(c == '@') << i;
    }
    return marks;
}
#endif

/* Something on both sides of the @, and in the domain a dot between two other bytes. */
static bool is_address(const struct marks *marks, size_t len)
{
    size_t begin = (size_t)__builtin_ctzll(marks->at) + 1;
    uint64_t dots = begin < LONGEST ? marks->dot >> begin : 0;

    return begin > 1 && dots && !(dots & 1) && !(marks->dot >> (len - 1));
}

enum mlint_shape mlint_shape_of(struct mlint_str text)
{
    struct marks marks;

    if (!text.len || text.len > LONGEST)
        return MLINT_SHAPE_ANY;
    marks = mark(text);
    if ((marks.plain | marks.dot | marks.at) != UINT64_MAX >> (LONGEST - text.len) ||
        (marks.dot & marks.dot >> 1) || (marks.at & (marks.at - 1)))
        return MLINT_SHAPE_ANY;
    if (!marks.at)
        return MLINT_SHAPE_PLAIN;
    return is_address(&marks, text.len) ? MLINT_SHAPE_ADDRESS : MLINT_SHAPE_ANY;
}
