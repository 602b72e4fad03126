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

static bool is_utf16(const struct mlint_source *source)
{
    return source->encoding == MLINT_ENC_UTF16LE || source->encoding == MLINT_ENC_UTF16BE;
}

/* raw without its mark. */
static struct mlint_str body_of(const struct mlint_source *source)
{
    return mlint_str_sub(source->raw, source->bom, source->raw.len);
}

#define AHEAD_MOST 65536 /* bytes; not every format of long files needs them decoded */

struct mlint_str mlint_source_decode_ahead(struct mlint_source *source,
                                           struct mlint_arena *arena)
{
    struct mlint_source found = { .raw = source->raw };
    struct mlint_str body;

    if (source->sifted || source->raw.len > AHEAD_MOST)
        return MLINT_STR("");
    mlint_source_find_encoding(&found);
    if (!is_utf16(&found))
        return MLINT_STR("");
    body = body_of(&found);
    source->ahead = mlint_utf16_to_utf8(arena, body, found.encoding == MLINT_ENC_UTF16BE,
                                        &source->bad_ahead);
    /* What is not ASCII takes more bytes than units. */
    return source->ahead.len == body.len / 2 ? source->ahead : MLINT_STR("");
}

static void decode_utf16(struct mlint_source *source, struct mlint_arena *arena)
{
    if (source->ahead.len) {
        source->text = source->ahead;
        source->bad_encoding = source->bad_ahead;
        return;
    }
    source->text = mlint_utf16_to_utf8(
        arena, body_of(source), source->encoding == MLINT_ENC_UTF16BE, &source->bad_encoding);
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
    source->text = body_of(source);
    if (is_utf16(source)) {
        decode_utf16(source, arena);
    } else if (code_page && !is_utf8(source)) {
        source->encoding = MLINT_ENC_CODEPAGE;
        source->code_page = code_page;
        source->text = mlint_codepage_to_utf8(arena, source->text, code_page);
    }
    return !arena->failed;
}
