/* utf16.c: UTF-16 of either byte order to UTF-8. Registry exports are UTF-16 and may be tens of
 * megabytes, so ASCII goes through the vector loops of utf16_ascii.c and only the rest is
 * decoded a character at a time. Half pairs are not refused: they become U+FFFD and are
 * reported. */
#include "source/utf16.h"

#include "base/utf8.h"
#include "source/source.h"

/* Below this the worst case is allocated at once; above, the exact size is counted first. */
#define COUNT_FROM 65536

static unsigned unit_at(const unsigned char *in, bool big_endian)
{
    return big_endian ? (unsigned)in[0] << 8 | in[1] : (unsigned)in[1] << 8 | in[0];
}

static bool is_high(unsigned unit)
{
    return (unit & 0xFC00) == 0xD800;
}

static bool is_low(unsigned unit)
{
    return (unit & 0xFC00) == 0xDC00;
}

/* One character that is not ASCII; returns the units it took. */
static size_t decode_one(const unsigned char *in, size_t units, bool big_endian, char **out,
                         bool *bad)
{
    uint32_t c = unit_at(in, big_endian);
    size_t taken = 1;

    if (is_high(c) && units > 1 && is_low(unit_at(in + 2, big_endian))) {
        c = 0x10000 + ((c & 0x3FF) << 10) + (unit_at(in + 2, big_endian) & 0x3FF);
        taken = 2;
    } else if (is_high(c) || is_low(c)) {
        c = 0xFFFD;
        *bad = true;
    }
    *out += mlint_utf8_encode(c, *out);
    return taken;
}

size_t mlint_utf16_decode(const struct mlint_utf16_kernel *kernel, struct mlint_str bytes,
                          bool big_endian, char *out, bool *bad)
{
    const unsigned char *in = (const unsigned char *)bytes.ptr;
    size_t units = bytes.len / 2, i = 0;
    char *at = out;

    while (i < units) {
        size_t run = kernel->narrow(in + 2 * i, units - i, big_endian, at);

        i += run;
        at += run;
        while (i < units && unit_at(in + 2 * i, big_endian) >= 0x80)
            i += decode_one(in + 2 * i, units - i, big_endian, &at, bad);
    }
    if (bytes.len % 2 != 0)
        *bad = true;
    return (size_t)(at - out);
}

/* Plain arithmetic on each unit, which compilers turn into vector code. A pair is 2 x 2 bytes,
 * a half pair 3: at most 2 too many for each pair, and never too few. */
size_t mlint_utf16_measure(struct mlint_str bytes, bool big_endian)
{
    const unsigned char *in = (const unsigned char *)bytes.ptr;
    size_t units = bytes.len / 2, total = 0;

    while (units > 0) {
        size_t part = units < 4096 ? units : 4096;
        uint16_t more = 0; /* at most 2 x 4096 */

        for (size_t i = 0; i < part; i++) {
            uint16_t unit = (uint16_t)unit_at(in + 2 * i, big_endian);

            more = (uint16_t)(more + (unit >= 0x80) + (unit >= 0x800));
        }
        total += part + more;
        in += 2 * part;
        units -= part;
    }
    return total;
}

struct mlint_str mlint_utf16_to_utf8(struct mlint_arena *arena, struct mlint_str bytes,
                                     bool big_endian, bool *bad)
{
    size_t room =
        bytes.len < COUNT_FROM ? bytes.len / 2 * 3 : mlint_utf16_measure(bytes, big_endian);
    char *out = mlint_arena_bytes(arena, room + 1);
    bool ignored = false;
    size_t len;

    if (out == NULL)
        return mlint_str_make("", 0);
    len = mlint_utf16_decode(mlint_utf16_best(), bytes, big_endian, out, bad ? bad : &ignored);
    out[len] = '\0';
    mlint_arena_trim(arena, out, room + 1, len + 1);
    return mlint_str_make(out, len);
}
