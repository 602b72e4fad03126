/* decode.c: which encoding a file is in, and UTF-16 to UTF-8. */
#include "base/utf8.h"
#include "source/source.h"

static uint32_t unit_at(const unsigned char *b, bool big_endian)
{
    return big_endian ? (uint32_t)(b[0] << 8 | b[1]) : (uint32_t)(b[1] << 8 | b[0]);
}

struct mlint_str mlint_utf16_to_utf8(struct mlint_arena *arena, struct mlint_str bytes,
                                     bool big_endian, bool *bad)
{
    const unsigned char *in = (const unsigned char *)bytes.ptr;
    size_t units = bytes.len / 2, size = units * 3 + 4, len = 0;
    char *out = mlint_arena_bytes(arena, size);

    if (!out)
        return MLINT_STR("");
    for (size_t i = 0; i < units; i++) {
        uint32_t c = unit_at(in + 2 * i, big_endian), low;
        if (c < 0x80) {
            out[len++] = (char)c;
            continue;
        }
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < units) {
            low = unit_at(in + 2 * i + 2, big_endian);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i++;
            }
        }
        if (c >= 0xD800 && c < 0xE000)
            *bad = true;
        len += mlint_utf8_encode(c, out + len);
    }
    if (bytes.len % 2)
        *bad = true;
    out[len] = '\0';
    mlint_arena_trim(arena, out, size, len + 1);
    return mlint_str_make(out, len);
}

static bool starts(struct mlint_str raw, const char *magic, size_t len)
{
    return raw.len >= len && memcmp(raw.ptr, magic, len) == 0;
}

/* UTF-16 without a mark: the first characters are ASCII with NULs on one side. */
static enum mlint_encoding guess_utf16(struct mlint_str raw)
{
    if (raw.len >= 4 && raw.ptr[0] && !raw.ptr[1] && raw.ptr[2] && !raw.ptr[3])
        return MLINT_ENC_UTF16LE;
    if (raw.len >= 4 && !raw.ptr[0] && raw.ptr[1] && !raw.ptr[2] && raw.ptr[3])
        return MLINT_ENC_UTF16BE;
    return MLINT_ENC_UTF8;
}

static void find_encoding(struct mlint_source *source)
{
    struct mlint_str raw = source->raw;

    source->bom = 0;
    if (starts(raw, "\xFF\xFE", 2)) {
        source->encoding = MLINT_ENC_UTF16LE;
        source->bom = 2;
    } else if (starts(raw, "\xFE\xFF", 2)) {
        source->encoding = MLINT_ENC_UTF16BE;
        source->bom = 2;
    } else if (starts(raw, "\xEF\xBB\xBF", 3)) {
        source->encoding = MLINT_ENC_UTF8;
        source->bom = 3;
    } else {
        source->encoding = guess_utf16(raw);
    }
}

bool mlint_source_decode(struct mlint_source *source, struct mlint_arena *arena, unsigned code_page)
{
    struct mlint_str body;

    if (source->raw.len > UINT32_MAX / 4)
        return false;
    find_encoding(source);
    body = mlint_str_sub(source->raw, source->bom, source->raw.len);
    source->text = body;
    if (source->encoding == MLINT_ENC_UTF16LE || source->encoding == MLINT_ENC_UTF16BE) {
        source->text = mlint_utf16_to_utf8(arena, body, source->encoding == MLINT_ENC_UTF16BE,
                                           &source->bad_encoding);
    } else if (code_page && !mlint_utf8_valid(body)) {
        source->encoding = MLINT_ENC_CODEPAGE;
        source->code_page = code_page;
        source->text = mlint_codepage_to_utf8(arena, body, code_page);
    }
    return !arena->failed;
}
