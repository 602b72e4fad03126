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

/* By the first bytes alone; *bom: those of a mark. */
static enum mlint_encoding find_encoding(struct mlint_str raw, uint32_t *bom)
{
    *bom = 2;
    if (starts(raw, "\xFF\xFE", 2))
        return MLINT_ENC_UTF16LE;
    if (starts(raw, "\xFE\xFF", 2))
        return MLINT_ENC_UTF16BE;
    *bom = 3;
    if (starts(raw, "\xEF\xBB\xBF", 3))
        return MLINT_ENC_UTF8;
    *bom = 0;
    return guess_utf16(raw);
}

void mlint_source_find_encoding(struct mlint_source *source)
{
    source->encoding = find_encoding(source->raw, &source->bom);
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

static bool is_utf16(enum mlint_encoding encoding)
{
    return encoding == MLINT_ENC_UTF16LE || encoding == MLINT_ENC_UTF16BE;
}

#define AHEAD_MOST 65536 /* bytes; not every format of long files needs them decoded */

struct mlint_str mlint_source_decode_ahead(struct mlint_source *source,
                                           struct mlint_arena *arena)
{
    uint32_t bom;
    enum mlint_encoding encoding = find_encoding(source->raw, &bom);
    struct mlint_str body = mlint_str_sub(source->raw, bom, source->raw.len);

    if (!is_utf16(encoding) || source->sifted || source->raw.len > AHEAD_MOST)
        return MLINT_STR("");
    source->ahead =
        mlint_utf16_to_utf8(arena, body, encoding == MLINT_ENC_UTF16BE, &source->bad_ahead);
    /* What is not ASCII takes more bytes than units. */
    return source->ahead.len == body.len / 2 ? source->ahead : MLINT_STR("");
}

/* The text is still what stands behind the mark. */
static void decode_utf16(struct mlint_source *source, struct mlint_arena *arena)
{
    if (source->ahead.len) {
        source->text = source->ahead;
        source->bad_encoding |= source->bad_ahead;
        return;
    }
    source->text = mlint_utf16_to_utf8(
        arena, source->text, source->encoding == MLINT_ENC_UTF16BE, &source->bad_encoding);
}

bool mlint_source_decode(struct mlint_source *source, struct mlint_arena *arena,
                         unsigned code_page)
{
    source->ascii = false;
    if (source->raw.len > UINT32_MAX / 4)
        return false;
    if (source->sifted) {
        decode_sifted(source, arena, code_page);
        return !arena->failed;
    }
    mlint_source_find_encoding(source);
    source->text = mlint_str_sub(source->raw, source->bom, source->raw.len);
    if (is_utf16(source->encoding)) {
        decode_utf16(source, arena);
    } else if (code_page && !is_utf8(source)) {
        source->encoding = MLINT_ENC_CODEPAGE;
        source->code_page = code_page;
        source->text = mlint_codepage_to_utf8(arena, source->text, code_page);
    }
    return !arena->failed;
}
