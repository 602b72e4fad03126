/* decode.c: which encoding a file is in, and its text as UTF-8; how UTF-16 is read is
 * utf16.c's. */
#include "base/utf8.h"
#include "source/sift.h"

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

void mlint_source_find_encoding(struct mlint_source *source)
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

/* The window has decoded UTF-16 already, and looked at all 8-bit text. */
static void decode_sifted(struct mlint_source *source, struct mlint_arena *arena,
                          unsigned code_page)
{
    const struct mlint_sifted *sifted = source->sifted;

    source->encoding = sifted->encoding;
    source->bom = sifted->bom;
    source->bad_encoding = sifted->bad_encoding;
    source->text = sifted->text;
    if (sifted->encoding != MLINT_ENC_UTF8)
        return;
    source->text = mlint_str_sub(source->raw, source->bom, source->raw.len);
    if (code_page && sifted->not_utf8) {
        source->encoding = MLINT_ENC_CODEPAGE;
        source->code_page = code_page;
        source->text = mlint_codepage_to_utf8(arena, source->text, code_page);
    }
}

/* Whether text, which is raw less its mark, is UTF-8; and whether it is no more than ASCII. */
static bool is_utf8(struct mlint_source *source)
{
    size_t ascii = mlint_utf8_ascii(source->text);

    source->ascii = ascii == source->text.len;
    return source->ascii ||
           mlint_utf8_valid(mlint_str_sub(source->text, ascii, source->text.len));
}

bool mlint_source_decode(struct mlint_source *source, struct mlint_arena *arena,
                         unsigned code_page)
{
    struct mlint_str body;

    source->ascii = false;
    if (source->raw.len > UINT32_MAX / 4)
        return false;
    if (source->sifted) {
        decode_sifted(source, arena, code_page);
        return !arena->failed;
    }
    mlint_source_find_encoding(source);
    body = mlint_str_sub(source->raw, source->bom, source->raw.len);
    source->text = body;
    if (source->encoding == MLINT_ENC_UTF16LE || source->encoding == MLINT_ENC_UTF16BE) {
        source->text = mlint_utf16_to_utf8(arena, body, source->encoding == MLINT_ENC_UTF16BE,
                                           &source->bad_encoding);
    } else if (code_page && !is_utf8(source)) {
        source->encoding = MLINT_ENC_CODEPAGE;
        source->code_page = code_page;
        source->text = mlint_codepage_to_utf8(arena, body, code_page);
    }
    return !arena->failed;
}
