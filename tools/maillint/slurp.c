/* slurp.c: whole files and standard input in memory, for what is not linted by path. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_READ (64u << 10)

static int grow(struct mlint_cli_bytes *bytes)
{
    size_t capacity = bytes->capacity ? bytes->capacity * 2 : FIRST_READ;
    char *bigger = malloc(capacity);

    if (!bigger)
        return ENOMEM;
    if (bytes->length) {
        memcpy(bigger, bytes->data, bytes->length);
        explicit_bzero(bytes->data, bytes->length); /* may hold passwords */
    }
    free(bytes->data);
    bytes->data = bigger;
    bytes->capacity = capacity;
    return 0;
}

int mlint_cli_slurp(int descriptor, size_t most, struct mlint_cli_bytes *out)
{
    int problem = 0;

    *out = (struct mlint_cli_bytes){ NULL, 0, 0 };
    while (!problem && out->length <= most) {
        ssize_t got;
        if (out->length == out->capacity && (problem = grow(out)) != 0)
            break;
        if (!mlint_cli_wait_for(descriptor)) {
            problem = EINTR;
            break;
        }
        got = read(descriptor, out->data + out->length, out->capacity - out->length);
        if (got == 0)
            break;
        if (got > 0)
            out->length += (size_t)got;
        else if (errno != EINTR)
            problem = errno;
    }
    if (problem)
        mlint_cli_bytes_free(out);
    return problem;
}

void mlint_cli_bytes_free(struct mlint_cli_bytes *bytes)
{
    if (bytes->data)
        explicit_bzero(bytes->data, bytes->length);
    free(bytes->data);
    *bytes = (struct mlint_cli_bytes){ NULL, 0, 0 };
}

/* A process that cannot be dumped may not open its own /proc entries, so the shell's <(...)
 * would fail; the descriptor behind the name is duplicated instead. */
int mlint_cli_open(const char *path)
{
    static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };

    if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0)
        return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        size_t length = strlen(folders[i]);
        char *end;
        long number;
        if (strncmp(path, folders[i], length) != 0)
            continue;
        number = strtol(path + length, &end, 10);
        if (end != path + length && !*end && number >= 0 && number < 1 << 20)
            return fcntl((int)number, F_DUPFD_CLOEXEC, 3);
    }
    return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

int mlint_cli_slurp_file(const char *path, size_t most, struct mlint_cli_bytes *out)
{
    int descriptor = mlint_cli_open(path), problem;

    if (descriptor < 0)
        return errno;
    problem = mlint_cli_slurp(descriptor, most, out);
    close(descriptor);
    if (!problem && out->length > most) {
        mlint_cli_bytes_free(out);
        problem = EFBIG;
    }
    return problem;
}
