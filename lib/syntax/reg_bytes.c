/* reg_bytes.c: what a registry value's bytes mean by its type. Used for hex data in .reg files
 * and for hives; knows nothing of how the bytes were written down. */
#include "source/limits.h"
#include "syntax/reg.h"

/* Whether bytes are UTF-16LE rather than 8-bit text. Both may have NULs at the end; of those
 * inside, UTF-16 has one in the second byte of every Latin letter, 8-bit text has none, and an
 * 8-bit REG_MULTI_SZ has few. */
static bool is_wide(struct mlint_str bytes, bool multi)
{
    size_t core = bytes.len, nuls = 0;
    bool ascii = true;

    while (core > 0 && bytes.ptr[core - 1] == '\0')
        core--;
    for (size_t i = 0; i < core; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];

        nuls += c == 0 && i % 2 != 0;
        ascii = ascii && c >= 0x20 && c < 0x7F;
    }
    if (multi)
        return bytes.len % 2 == 0 && nuls >= core / 4;
    if (nuls > 0)
        return true;
    /* No Latin letter at all: text in another script has its whole terminator. */
    return !ascii && bytes.len % 2 == 0 && bytes.len - core >= 2;
}

/* Cut at the final NULs and join what NULs separate by line feeds. */
static struct mlint_str join(struct mlint_arena *arena, struct mlint_str text)
{
    char *out;

    while (text.len > 0 && text.ptr[text.len - 1] == '\0')
        text.len--;
    if (mlint_str_find_char(text, '\0') == text.len)
        return text;
    out = mlint_arena_bytes(arena, text.len);
    if (out == NULL)
        return MLINT_STR("");
    for (size_t i = 0; i < text.len; i++)
        out[i] = text.ptr[i] == '\0' ? '\n' : text.ptr[i];
    return mlint_str_make(out, text.len);
}

static struct mlint_str text_of(struct mlint_arena *arena, struct mlint_str bytes, bool wide,
                                unsigned code_page)
{
    bool bad = false;

    if (bytes.len == 0)
        return MLINT_STR("");
    if (!wide)
        return join(arena, mlint_codepage_to_utf8(arena, bytes, code_page ? code_page : 1252));
    bytes.len -= bytes.len % 2;
    return join(arena, mlint_utf16_to_utf8(arena, bytes, false, &bad));
}

bool mlint_reg_is_wide(struct mlint_str bytes)
{
    return is_wide(bytes, false);
}

struct mlint_str mlint_reg_text(struct mlint_arena *arena, struct mlint_str bytes,
                                unsigned code_page)
{
    return text_of(arena, bytes, is_wide(bytes, false), code_page);
}

static int64_t little_endian(struct mlint_str bytes, size_t count)
{
    uint64_t number = 0;

    for (size_t i = count < bytes.len ? count : bytes.len; i > 0; i--)
        number = number << 8 | (unsigned char)bytes.ptr[i - 1];
    return (int64_t)number;
}

static void set_integer(struct mlint_node *node, const struct mlint_reg_bytes *value)
{
    struct mlint_str bytes = value->bytes;

    node->type = MLINT_NODE_INTEGER;
    if (value->type == MLINT_REG_DWORD_BE) {
        for (size_t i = 0; i < 4; i++)
            node->number = node->number << 8 | (unsigned char)bytes.ptr[i];
        return;
    }
    node->number = little_endian(bytes, value->type == MLINT_REG_QWORD ? 8 : 4);
    if (node->number < 0) {
        node->number = INT64_MAX;
        node->flags |= MLINT_NODE_UNSIGNED;
    }
}

void mlint_reg_set_bytes(struct mlint_arena *arena, struct mlint_node *node,
                         const struct mlint_reg_bytes *value)
{
    struct mlint_str bytes = value->bytes;
    bool wide;

    node->flags = MLINT_NODE_BYTES;
    node->subtype = value->type > UINT16_MAX ? UINT16_MAX : (uint16_t)value->type;
    node->value = MLINT_STR("");
    node->number = 0;
    if (bytes.len > MLINT_LIMIT_VALUE)
        bytes.len = MLINT_LIMIT_VALUE;
    switch (value->type) {
    case MLINT_REG_SZ:
    case MLINT_REG_EXPAND_SZ:
    case MLINT_REG_MULTI_SZ:
        wide = value->wide || is_wide(bytes, value->type == MLINT_REG_MULTI_SZ);
        node->type = MLINT_NODE_STRING;
        node->flags |= wide ? MLINT_NODE_WIDE : 0;
        node->value = text_of(arena, bytes, wide, value->code_page);
        return;
    case MLINT_REG_DWORD: /* regedit fills up a short one and cuts a long one */
    case MLINT_REG_DWORD_BE:
    case MLINT_REG_QWORD:
        if (bytes.len == (value->type == MLINT_REG_QWORD ? 8 : 4) ||
            (value->type == MLINT_REG_DWORD && bytes.len > 0)) {
            set_integer(node, value);
            return;
        }
        break;
    default:
        break;
    }
    node->type = MLINT_NODE_BINARY;
    node->value = mlint_arena_copy(arena, bytes);
}
