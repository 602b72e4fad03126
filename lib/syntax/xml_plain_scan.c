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

const char *mlint_plain_letters_end(const char *p, const char *end)
{
#if defined(__SSE2__)
    for (; end - p >= 16; p += 16) {
        __m128i bytes = mlint_sixteen(p);
        __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')),
                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')));
        unsigned mask;

        marks = _mm_or_si128(marks, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(']')));
        mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(marks, low));
        if (mask)
            return p + __builtin_ctz(mask);
    }
#endif
    while (p < end && *p != '<' && *p != '&' && *p != ']' && (unsigned char)*p >= 0x20)
        p++;
    return p;
}
