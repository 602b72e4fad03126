/* format.c: prints texts and whole numbers, of which messages are made, at a fifth of what the
 * C library's machinery costs. A format with anything else in it is left to that. */
#include "base/format.h"

#include "base/num.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct writing {
    char *out;
    size_t room, len; /* without the NUL; len goes on beyond the room */
    va_list args;
};

static void put(struct writing *writing, const char *bytes, size_t count)
{
    size_t left = writing->len < writing->room ? writing->room - writing->len : 0;

    if (left)
        memcpy(writing->out + writing->len, bytes, count < left ? count : left);
    writing->len += count;
}

static void put_text(struct writing *writing, size_t most)
{
    const char *text = va_arg(writing->args, const char *);

    if (!text)
        text = "(null)";
    put(writing, text, most == SIZE_MAX ? strlen(text) : strnlen(text, most));
}

static void put_number(struct writing *writing, uint64_t value, bool negative)
{
    char text[21] = "-", *digits = text + negative;

    put(writing, text, (size_t)(digits - text) + mlint_num_digits(digits, value));
}

static void put_signed(struct writing *writing, int64_t number)
{
    put_number(writing, number < 0 ? 0 - (uint64_t)number : (uint64_t)number, number < 0);
}

/* "%.*s", behind the dot. */
static const char *convert_part(struct writing *writing, const char *format)
{
    int most;

    if (format[0] != '*' || format[1] != 's')
        return NULL;
    most = va_arg(writing->args, int);
    put_text(writing, most < 0 ? SIZE_MAX : (size_t)most);
    return format + 2;
}

/* "%zu", "%lld" and "%llu". */
static const char *convert_long(struct writing *writing, const char *format)
{
    if (format[0] == 'z' && format[1] == 'u') {
        put_number(writing, va_arg(writing->args, size_t), false);
        return format + 2;
    }
    if (format[0] != 'l' || format[1] != 'l' || (format[2] != 'd' && format[2] != 'u'))
        return NULL;
    if (format[2] == 'd')
        put_signed(writing, va_arg(writing->args, long long));
    else
        put_number(writing, va_arg(writing->args, unsigned long long), false);
    return format + 3;
}

/* What stands behind the conversion that begins behind a '%'; NULL: it is none of these. */
static const char *convert(struct writing *writing, const char *format)
{
    switch (*format) {
    case 's':
        put_text(writing, SIZE_MAX);
        return format + 1;
    case 'd':
        put_signed(writing, va_arg(writing->args, int));
        return format + 1;
    case 'u':
        put_number(writing, va_arg(writing->args, unsigned), false);
        return format + 1;
    case '%':
        put(writing, "%", 1);
        return format + 1;
    case '.':
        return convert_part(writing, format + 1);
    default:
        return convert_long(writing, format);
    }
}

/* False: a conversion is none of these. */
static bool write_all(struct writing *writing, const char *format)
{
    while (format && *format) {
        const char *percent = strchrnul(format, '%');

        put(writing, format, (size_t)(percent - format));
        format = *percent ? convert(writing, percent + 1) : percent;
    }
    return format != NULL;
}

int mlint_format(char *out, size_t size, const char *format, va_list args)
{
    struct writing writing = { .out = out, .room = size ? size - 1 : 0 };
    bool done;

    va_copy(writing.args, args);
    done = write_all(&writing, format);
    va_end(writing.args);
    if (!done || writing.len > INT_MAX)
        return vsnprintf(out, size, format, args);
    if (size)
        out[writing.len < writing.room ? writing.len : writing.room] = '\0';
    return (int)writing.len;
}
