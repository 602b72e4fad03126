/* codepage.c: 8-bit text of Windows code pages to UTF-8. The C library's iconv knows the pages;
 * a page it does not know is read as Latin-1 with the C1 gap of 1252. */
#include "base/utf8.h"
#include "source/source.h"

#include <iconv.h>
#include <stdio.h>

/* 0x80-0x9F of code page 1252; the five unassigned bytes keep their value. */
static const uint16_t cp1252_c1[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static struct mlint_str from_1252(struct mlint_arena *arena, struct mlint_str bytes)
{
    size_t size = bytes.len * 3 + 1, len = 0;
    char *text = mlint_arena_bytes(arena, size);

    if (!text)
        return MLINT_STR("");
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char b = (unsigned char)bytes.ptr[i];
        len += mlint_utf8_encode(b >= 0x80 && b < 0xA0 ? cp1252_c1[b - 0x80] : b, text + len);
    }
    text[len] = '\0';
    mlint_arena_trim(arena, text, size, len + 1);
    return mlint_str_make(text, len);
}

/* Everything that fits; a byte that the encoding lacks becomes '?'. False: unknown encoding. */
static bool convert(const char *encoding, struct mlint_str bytes, char *out, size_t size,
                    size_t *len, bool *bad)
{
    iconv_t cd = iconv_open("UTF-8", encoding);
    char *in = (char *)(uintptr_t)bytes.ptr;
    size_t left = bytes.len, room = size;

    if (cd == (iconv_t)-1)
        return false;
    while (left && room > 4) {
        if (iconv(cd, &in, &left, &out, &room) != (size_t)-1)
            break;
        if (!left || room <= 4)
            break;
        *out++ = '?';
        room--;
        in++;
        left--;
        *bad = true;
        iconv(cd, NULL, NULL, NULL, NULL);
    }
    iconv_close(cd);
    *len = size - room;
    return true;
}

static bool decode(struct mlint_arena *arena, const char *encoding, struct mlint_str bytes,
                   struct mlint_str *out, bool *bad)
{
    size_t size = bytes.len * 4 + 8, len = 0;
    char *text = mlint_arena_bytes(arena, size);

    if (!text || !convert(encoding, bytes, text, size - 1, &len, bad)) {
        if (text)
            mlint_arena_trim(arena, text, size, 0);
        return false;
    }
    text[len] = '\0';
    mlint_arena_trim(arena, text, size, len + 1);
    *out = mlint_str_make(text, len);
    return true;
}

struct mlint_str mlint_codepage_to_utf8(struct mlint_arena *arena, struct mlint_str bytes,
                                        unsigned code_page)
{
    struct mlint_str text;
    char name[16];
    bool bad = false;

    snprintf(name, sizeof(name), "CP%u", code_page % 100000u);
    if (code_page == 0 || code_page == 1252 || !decode(arena, name, bytes, &text, &bad))
        text = from_1252(arena, bytes);
    return text;
}

bool mlint_source_decode_named(struct mlint_source *source, struct mlint_arena *arena,
                               const char *encoding_name)
{
    bool bad = false;

    if (!decode(arena, encoding_name, source->raw, &source->text, &bad))
        return false;
    source->ascii = false;
    source->encoding = MLINT_ENC_NAMED;
    source->encoding_name = encoding_name;
    source->bad_encoding = bad;
    return true;
}
