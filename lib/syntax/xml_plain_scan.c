/* xml_plain_scan.c: the searches through blanks, texts and comments, sixteen bytes at a time
 * where the machine has SSE2, and byte by byte elsewhere and near the end. */
#include "syntax/xml_plain_scan.h"

#include "base/eight.h"
#include "base/sixteen.h"

bool mlint_plain_has_control(struct mlint_str text)
{
    size_t i = 0;

    while (i < text.len) {
        if (text.len - i >= 8 && mlint_all_from(mlint_eight(text.ptr + i), 0x20)) {
            i += 8;
            continue;
        }
        if ((unsigned char)text.ptr[i] < 0x20 && !mlint_plain_is_blank(text.ptr[i]))
            return true;
        i++;
    }
    return false;
}

const char *mlint_plain_blanks_run(const char *p, const char *end)
{
#if defined(__SSE2__)
    for (; end - p >= 16; p += 16) {
        __m128i bytes = mlint_sixteen(p);
        __m128i spaces = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')),
                                      _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')));
        __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')),
                                    _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
        unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(spaces, ends));

        if (mask != 0xFFFF)
            return p + __builtin_ctz(~mask);
    }
#endif
    while (p < end && mlint_plain_is_blank(*p))
        p++;
    return p;
}

#if defined(__SSE2__)
/* A bit for each of sixteen bytes that is no letter of a text. */
static inline unsigned marks_among(const char *p)
{
    __m128i bytes = mlint_sixteen(p);
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')),
                                 _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')));

    marks = _mm_or_si128(marks, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(']')));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(marks, low));
}
#endif

static inline bool is_mark(char c)
{
    return c == '<' || c == '&' || c == ']' || (unsigned char)c < 0x20;
}

const char *mlint_plain_letters_end(const char *p, const char *end)
{
#if defined(__SSE2__)
    for (; end - p >= 16; p += 16) {
        unsigned mask = marks_among(p);

        if (mask)
            return p + __builtin_ctz(mask);
    }
#endif
    while (p < end && !is_mark(*p))
        p++;
    return p;
}

uint64_t mlint_plain_marks(const char *p)
{
    uint64_t mask = 0;

#if defined(__SSE2__)
    for (unsigned i = 0; i < 64; i += 16)
        mask |= (uint64_t)marks_among(p + i) << i;
#else
    for (unsigned i = 0; i < 64; i++)
        mask |= (uint64_t)is_mark(p[i]) << i;
#endif
    return mask;
}
