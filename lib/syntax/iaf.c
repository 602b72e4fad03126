/* iaf.c: the binary records of .iaf files, which Outlook Express, Outlook 98 to 2000 and
 * Windows (Live) Mail export accounts to. Never published; as public descriptions and readers
 * have it.
 *
 * Twelve bytes of header, then records in any order: id (property in the upper half, type in
 * the lower), length, data, all little-endian. What the properties are is the format's to know.
 */
#include "syntax/iaf.h"

#include "base/utf8.h"

#define HEADER 12u
#define MAX_RECORD 4096u /* bytes; the longest seen have about a hundred */

struct reader {
    struct mlint_tree *tree;
    const struct mlint_iaf_options *options;
    struct mlint_str raw;
    size_t at;
    bool wide;
    uint8_t seen[65536 / 8]; /* properties, a bit each */
};

static uint32_t number_at(struct mlint_str raw, size_t at)
{
    uint32_t number = 0;

    for (size_t i = 0; i < 4 && at + i < raw.len; i++)
        number |= (uint32_t)(unsigned char)raw.ptr[at + i] << 8 * i;
    return number;
}

bool mlint_iaf_is(struct mlint_str raw)
{
    return raw.len >= 8 && memcmp(raw.ptr, "fMAI\0\0", 6) == 0;
}

bool mlint_iaf_is_wide(struct mlint_str raw)
{
    return raw.len > 6 && raw.ptr[6] == 7;
}

/* ---- Values --------------------------------------------------------------------------------
 */

static struct mlint_str until_nul(struct mlint_str s)
{
    return mlint_str_sub(s, 0, mlint_str_find_char(s, '\0'));
}

static struct mlint_str narrow(struct reader *reader, struct mlint_str bytes)
{
    struct mlint_arena *arena = reader->tree->arena;
    bool bad = false;
    struct mlint_str text = mlint_utf16_to_utf8(
        arena, mlint_str_sub(bytes, 0, bytes.len & ~(size_t)1), false, &bad);

    return until_nul(text);
}

static struct mlint_str text_of(struct reader *reader, struct mlint_str bytes,
                                struct mlint_span span)
{
    struct mlint_str text = until_nul(bytes);

    if (reader->wide)
        return narrow(reader, bytes);
    if (mlint_utf8_valid(text))
        return text;
    mlint_tree_note(reader->tree, MLINT_NOTE_ENCODING, span,
                    "8-bit text, read as code page %u; --code-page N reads it as another",
                    reader->options->code_page);
    return mlint_codepage_to_utf8(reader->tree->arena, text, reader->options->code_page);
}

/* 01 01, a length, then blocks of four bytes, each hidden by the one before it in clear. A
 * short last block takes the last bytes of its key. */
static bool unseal(struct reader *reader, struct mlint_str bytes, struct mlint_str *out)
{
    unsigned char key[4] = { 0x75, 0x18, 0x15, 0x14 };
    size_t len = bytes.len >= 6 ? number_at(bytes, 2) : 0;
    char *clear;

    if (bytes.len < 6 || bytes.ptr[0] != 1 || bytes.ptr[1] != 1 || len > bytes.len - 6)
        return false;
    reader->tree->arena->secret = true;
    clear = mlint_arena_bytes(reader->tree->arena, len + 1);
    if (!clear)
        return false;
    for (size_t i = 0; i < len; i += 4) {
        size_t block = len - i < 4 ? len - i : 4;

        for (size_t j = 0; j < block; j++)
            clear[i + j] = (char)((unsigned char)bytes.ptr[6 + i + j] ^ key[4 - block + j]);
        if (block == 4)
            memcpy(key, clear + i, 4);
    }
    memset(key, 0, sizeof(key));
    clear[len] = '\0';
    *out = mlint_str_make(clear, len);
    return true;
}

/* UTF-16 in the newer files: a letter and a NUL. */
static struct mlint_str secret_text(struct reader *reader, struct mlint_str clear)
{
    if (reader->wide && clear.len >= 4 && clear.ptr[0] && !clear.ptr[1])
        return narrow(reader, clear);
    return until_nul(clear);
}

static void set_integer(struct reader *reader, struct mlint_node *node, struct mlint_str bytes)
{
    if (bytes.len > 0 && bytes.len <= 4) {
        node->type = MLINT_NODE_INTEGER;
        node->number = number_at(bytes, 0);
        return;
    }
    mlint_tree_note(reader->tree, MLINT_NOTE_SYNTAX, node->value_span,
                    "a number of %zu bytes is skipped", bytes.len);
}

static void set_value(struct reader *reader, struct mlint_node *node, struct mlint_str bytes)
{
    struct mlint_str clear;

    node->value = bytes;
    switch (node->subtype) {
    case MLINT_IAF_DWORD:
    case MLINT_IAF_FLAG:
        set_integer(reader, node, bytes);
        break;
    case MLINT_IAF_TEXT:
        node->type = MLINT_NODE_STRING;
        node->value = text_of(reader, bytes, node->value_span);
        break;
    case MLINT_IAF_SECRET:
        if (unseal(reader, bytes, &clear)) {
            node->type = MLINT_NODE_STRING;
            node->value = secret_text(reader, clear);
        }
        break;
    default:
        break;
    }
}

/* ---- Records -------------------------------------------------------------------------------
 */

static void give_up(struct reader *reader, const char *problem)
{
    reader->tree->damaged = true;
    reader->tree->problem = problem;
}

static struct mlint_str name_of(struct reader *reader, unsigned property)
{
    const char *name = reader->options->name ? reader->options->name(property) : NULL;

    if (!name)
        name = mlint_arena_printf(reader->tree->arena, "%04X", property);
    return mlint_str_from(name);
}

static void add_record(struct reader *reader, uint32_t id, struct mlint_str bytes)
{
    unsigned property = id >> 16;
    uint8_t *seen = &reader->seen[property / 8], bit = (uint8_t)(1u << property % 8);
    struct mlint_node *node = mlint_node_add(reader->tree, reader->tree->root,
                                             MLINT_NODE_BINARY, name_of(reader, property));

    if (!node)
        return;
    node->subtype = (uint16_t)id;
    node->name_span = (struct mlint_span){ (uint32_t)reader->at, (uint32_t)reader->at + 8 };
    node->value_span =
        (struct mlint_span){ (uint32_t)reader->at + 8, (uint32_t)(reader->at + 8 + bytes.len) };
    set_value(reader, node, bytes);
    if (*seen & bit)
        mlint_tree_note(reader->tree, MLINT_NOTE_DUPLICATE_KEY, node->value_span,
                        "a second record for \"%.*s\"; the first is used",
                        MLINT_STR_ARG(node->name));
    *seen |= bit;
}

static bool read_record(struct reader *reader)
{
    size_t left = reader->raw.len - reader->at;
    uint32_t len = number_at(reader->raw, reader->at + 4);

    if (left < 8) {
        give_up(reader, "the file ends in the middle of a record");
        return false;
    }
    if (len > MAX_RECORD) {
        give_up(reader, "a record is longer than any mail program writes: the file is damaged "
                        "from there on");
        return false;
    }
    if (len > left - 8) {
        give_up(reader, "the file ends in the middle of a record");
        return false;
    }
    add_record(reader, number_at(reader->raw, reader->at),
               mlint_str_sub(reader->raw, reader->at + 8, reader->at + 8 + len));
    reader->at += 8 + len;
    return true;
}

struct mlint_tree *mlint_iaf_read(struct mlint_arena *arena, struct mlint_source *source,
                                  const struct mlint_iaf_options *options)
{
    struct mlint_tree *tree = mlint_tree_new(arena, source, MLINT_PATH_SLASH);
    struct reader *reader = mlint_arena_new(arena, struct reader);

    if (!tree || !reader)
        return NULL;
    source->encoding = MLINT_ENC_BINARY;
    source->text = source->raw;
    *reader = (struct reader){ .tree = tree,
                               .options = options,
                               .raw = source->raw,
                               .at = HEADER,
                               .wide = mlint_iaf_is_wide(source->raw) };
    if (source->raw.len < HEADER)
        give_up(reader, "the file ends within its header");
    else
        tree->root->number = (unsigned char)source->raw.ptr[8];
    while (!tree->damaged && !tree->too_many && !arena->failed &&
           reader->at < reader->raw.len) {
        if (!read_record(reader))
            break;
    }
    return arena->failed ? NULL : tree;
}
