/* shape.c: looks at sixteen bytes at a time where the machine has SSE2. */
#include "model/shape.h"

#include "base/sixteen.h"

#define LONGEST 64 /* a bit for each byte */

/* Where which bytes stand: a bit each, the first byte's is the lowest. */
struct marks {
    uint64_t plain, dot, at;
};

static void mark_bytes(struct marks *marks, struct mlint_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';

        marks->plain |= (uint64_t)plain << i;
        marks->dot |= (uint64_t)(c == '.') << i;
        marks->at |= (uint64_t)(c == '@') << i;
    }
}

#if defined(__SSE2__)
static uint64_t bits(__m128i found, size_t at)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(found) << at;
}

static void mark_vector(struct marks *marks, __m128i bytes, size_t at)
{
    __m128i plain = _mm_or_si128(mlint_sixteen_between(bytes, 'a', 'z'),
                                 mlint_sixteen_between(bytes, '0', '9'));

    plain = _mm_or_si128(plain, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')));
    marks->plain |= bits(plain, at);
    marks->dot |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.')), at);
    marks->at |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('@')), at);
}

static void mark_sixteen(struct marks *marks, const char *text, size_t at)
{
    mark_vector(marks, mlint_sixteen(text + at), at);
}

static void mark_eight(struct marks *marks, const char *text, size_t at)
{
    mark_vector(marks, _mm_loadl_epi64((const __m128i *)(const void *)(text + at)), at);
}

/* The last bytes are looked at over those before them. */
static void mark(struct marks *marks, struct mlint_str text)
{
    if (text.len < 8) {
        mark_bytes(marks, text);
    } else if (text.len < 16) {
        mark_eight(marks, text.ptr, 0);
        mark_eight(marks, text.ptr, text.len - 8);
    } else {
        for (size_t at = 0; at + 16 < text.len; at += 16)
            mark_sixteen(marks, text.ptr, at);
        mark_sixteen(marks, text.ptr, text.len - 16);
    }
}
#else
static void mark(struct marks *marks, struct mlint_str text)
{
    mark_bytes(marks, text);
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
    struct marks marks = { 0, 0, 0 };

    if (!text.len || text.len > LONGEST)
        return MLINT_SHAPE_ANY;
    mark(&marks, text);
    if ((marks.plain | marks.dot | marks.at) != UINT64_MAX >> (LONGEST - text.len) ||
        (marks.dot & marks.dot >> 1) || (marks.at & (marks.at - 1)))
        return MLINT_SHAPE_ANY;
    if (!marks.at)
        return MLINT_SHAPE_PLAIN;
    return is_address(&marks, text.len) ? MLINT_SHAPE_ADDRESS : MLINT_SHAPE_ANY;
}
