/* fuzz_source.c: any bytes through decoding, and every place of the text back to its bytes. */
#include "fuzz.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "source/source.h"

static void locate(const struct mlint_source *source, uint32_t at)
{
    struct mlint_position place = mlint_source_position(source, at);
    int64_t byte = mlint_source_byte(source, at);
    uint32_t begin = 0;
    struct mlint_str line = mlint_source_line(source, at, &begin);

    if (!place.line || !place.column || byte < 0 || byte > (int64_t)source->raw.len ||
        begin > at || begin + line.len > source->text.len)
        abort();
}

static bool inside_character(struct mlint_str text, size_t at)
{
    return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

static void decode(struct mlint_str raw, unsigned code_page)
{
    struct mlint_source source;
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("input"), raw);
    if (mlint_source_decode(&source, &arena, code_page)) {
        size_t step = source.text.len / 50 + 1;

        for (size_t at = 0; at <= source.text.len; at += step)
            if (!inside_character(source.text, at))
                locate(&source, (uint32_t)at);
        mlint_utf8_clean(&arena, source.text);
    }
    mlint_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mlint_str raw = mlint_str_make((const char *)data, size);

    decode(raw, 0);
    decode(raw, 1252);
    decode(raw, 932);
    return 0;
}
