/* json_out.c: writing JSON. RFC 8259; one function escapes, those of the header only
 * place commas. */
#include "report/json_out.h"

#include "base/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static bool is_plain(uint32_t c)
{
    if (c < 0x20 || c == '"' || c == '\\' || c == '<' || (c >= 0x7F && c < 0xA0))
        return false;
    return c < 0x61C ||
           !(c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
             (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF);
}

static void escape(struct mlint_buf *out, uint32_t c)
{
    static const char letters[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                    ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\' };

    if (c < sizeof(letters) && letters[c]) {
        mlint_buf_char(out, '\\');
        mlint_buf_char(out, letters[c]);
    } else {
        mlint_buf_printf(out, "\\u%04x", c);
    }
}

static bool is_plain_byte(char c)
{
    return (unsigned char)(c - 0x20) < 0x7F - 0x20 && c != '"' && c != '\\' && c != '<';
}

#if defined(__SSE2__)
/* A bit for each of sixteen bytes that does not stand for itself. */
static inline unsigned odd_ones(__m128i bytes)
{
    __m128i odd = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)); /* and all from 0x80 on */

    odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')));
    odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
    return (unsigned)_mm_movemask_epi8(odd);
}

static inline unsigned odd_of_sixteen(const char *p)
{
    return odd_ones(_mm_loadu_si128((const __m128i *)(const void *)p));
}

static inline unsigned odd_of_eight(const char *p)
{
    return odd_ones(_mm_loadl_epi64((const __m128i *)(const void *)p)) & 0xFF;
}
#endif

/* Bytes at the front that stand for themselves; most texts are nothing else. Of what is left
 * over, the last sixteen or eight bytes are looked at over those before them. */
static size_t plain_run(const char *p, size_t len)
{
    size_t i = 0;

#if defined(__SSE2__)
    for (; len >= 16 && i < len; i += 16) {
        size_t at = len - i < 16 ? len - 16 : i;
        unsigned odd = odd_of_sixteen(p + at);

        if (odd)
            return at + (size_t)__builtin_ctz(odd);
    }
    for (; len >= 8 && i < len; i += 8) {
        size_t at = len - i < 8 ? len - 8 : i;
        unsigned odd = odd_of_eight(p + at);

        if (odd)
            return at + (size_t)__builtin_ctz(odd);
    }
#endif
    while (i < len && is_plain_byte(p[i]))
        i++;
    return i < len ? i : len;
}

/* The text from its first odd byte on; what stands before it has been written. */
static void put_odd(struct mlint_buf *out, struct mlint_str text)
{
    size_t clean = 0; /* where the bytes that can be copied as they are begin */

    for (size_t i = 0; i < text.len;) {
        uint32_t c;
        size_t len = mlint_utf8_decode(text.ptr + i, text.len - i, &c);
        bool bad = len == 1 && (text.ptr[i] & 0x80);

        if (bad || !is_plain(c)) {
            mlint_buf_add(out, text.ptr + clean, i - clean);
            clean = i + len;
            if (bad)
                mlint_buf_text(out, "\xEF\xBF\xBD");
            else
                escape(out, c);
        }
        i += len;
        i += plain_run(text.ptr + i, text.len - i);
    }
    mlint_buf_add(out, text.ptr + clean, text.len - clean);
}

void mlint_json_string(struct mlint_buf *out, struct mlint_str text)
{
    size_t plain = plain_run(text.ptr, text.len);
    char *p;

    if (out->failed || (out->cap - out->len < plain + 2 && !mlint_buf_reserve(out, plain + 2)))
        return;
    p = out->ptr + out->len;
    *p++ = '"';
    if (plain)
        memcpy(p, text.ptr, plain);
    p[plain] = '"';
    out->len += plain + 2;
    if (plain == text.len)
        return;
    out->len--; /* the text goes on */
    put_odd(out, mlint_str_sub(text, plain, text.len));
    mlint_buf_char(out, '"');
}
