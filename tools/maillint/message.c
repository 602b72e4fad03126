/* message.c: what the command says on standard error, and text made safe to print.
 * Reports are the library's; this is only for usage, settings and our own trouble. */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#define MESSAGE_SIZE 1024

/* Length of the well-formed, printable UTF-8 character at text, or 0. */
static size_t printable(const unsigned char *text)
{
    static const unsigned char least[5] = { 0, 0, 0xC2, 0xE0, 0xF0 };
    size_t length = text[0] < 0x80 ? 1 : text[0] < 0xE0 ? 2 : text[0] < 0xF0 ? 3 : 4;

    if (length == 1)
        return text[0] >= 0x20 && text[0] != 0x7F;
    if (text[0] < least[length] || text[0] > 0xF4)
        return 0;
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    }
    /* Over-long forms, surrogates, beyond U+10FFFF, C1 controls, direction overrides. */
    if ((text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xED && text[1] > 0x9F) ||
        (text[0] == 0xF0 && text[1] < 0x90) || (text[0] == 0xF4 && text[1] > 0x8F) ||
        (text[0] == 0xC2 && text[1] < 0xA0))
        return 0;
    if (text[0] == 0xE2 && ((text[1] == 0x80 && text[2] >= 0xA8 && text[2] <= 0xAE) ||
                            (text[1] == 0x81 && text[2] >= 0xA6 && text[2] <= 0xA9)))
        return 0;
    return length;
}

const char *mlint_cli_clean(const char *text, char *buffer, size_t size)
{
    const unsigned char *in = (const unsigned char *)text;
    size_t used = 0;

    while (*in && used + 5 < size) {
        size_t length = printable(in);
        if (length) {
            memcpy(buffer + used, in, length);
            used += length;
            in += length;
        } else {
            used += (size_t)snprintf(buffer + used, size - used, "\\x%02x", *in++);
        }
    }
    buffer[used] = '\0';
    return buffer;
}

static void say(const char *format, va_list arguments)
{
    char text[MESSAGE_SIZE], clean[2 * MESSAGE_SIZE];

    vsnprintf(text, sizeof(text), format, arguments);
    fprintf(stderr, "maillint: %s\n", mlint_cli_clean(text, clean, sizeof(clean)));
}

void mlint_cli_say(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
}

int mlint_cli_misused(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    fputs("Try 'maillint --help'.\n", stderr);
    return MLINT_EXIT_USAGE;
}

/* Edits (one character more, less or other) between two short words. */
static size_t distance(const char *a, const char *b)
{
    size_t row[48], length = strlen(b);

    if (strlen(a) >= 48 || length >= 48)
        return 48;
    for (size_t j = 0; j <= length; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= length; j++) {
            size_t best = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[length];
}

const char *mlint_cli_nearest(const char *typed, const char *const *names, size_t count)
{
    size_t best = strlen(typed) / 3 + 2; /* further off is another word, not a slip */
    const char *nearest = NULL;

    for (size_t i = 0; i < count; i++) {
        size_t far = distance(typed, names[i]);
        if (far < best) {
            best = far;
            nearest = names[i];
        }
    }
    return nearest;
}

void mlint_cli_json(FILE *out, const char *text)
{
    putc('"', out);
    for (const unsigned char *c = (const unsigned char *)text; *c;) {
        size_t length = printable(c);
        if (*c == '"' || *c == '\\') {
            putc('\\', out);
            putc(*c++, out);
        } else if (length) {
            fwrite(c, 1, length, out);
            c += length;
        } else if (*c < 0x80) {
            fprintf(out, "\\u%04x", *c++);
        } else {
            fputs("\xEF\xBF\xBD", out);
            c++;
        }
    }
    putc('"', out);
}

int mlint_cli_flush(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    if (errno != EPIPE)
        mlint_cli_say("cannot write to standard output: %s", strerror(errno));
    return MLINT_EXIT_USAGE;
}
