/* base64.c: RFC 4648 section 4, tolerant of line breaks and missing padding. */
#include "base/base64.h"

static int digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+')
        return 62;
    return c == '/' ? 63 : -1;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct mlint_str mlint_base64_decode(struct mlint_arena *arena, struct mlint_str text,
                                     bool *bad)
{
    size_t room = text.len / 4 * 3 + 3, len = 0;
    char *out = mlint_arena_bytes(arena, room);
    uint32_t bits = 0;
    unsigned have = 0;
    bool odd = false;

    for (size_t i = 0; out && i < text.len && text.ptr[i] != '='; i++) {
        int value = digit(text.ptr[i]);
        if (value < 0) {
            odd |= !blank(text.ptr[i]);
            continue;
        }
        bits = bits << 6 | (uint32_t)value;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[len++] = (char)(bits >> have);
        }
    }
    if (bad)
        *bad = odd;
    if (!out)
        return MLINT_STR("");
    mlint_arena_trim(arena, out, room, len);
    return mlint_str_make(out, len);
}

static bool may_stand(char c)
{
    char small = (char)(c | 0x20); /* of a letter */

    return (small >= 'a' && small <= 'z') || (c >= '/' && c <= '9') || c == '+' || c == '=' ||
           blank(c);
}

bool mlint_base64_only(struct mlint_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!may_stand(text.ptr[i]))
            return false;
    return text.len > 0;
}
