/* output.c: a report's way out. --output goes through a temporary file in the same folder and a
 * rename, so that nobody ever sees half a report or loses an older one to a failed run. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OUTPUT_BUFFER (64u << 10)

/* Reports must not replace what is being linted. */
static bool is_input(const struct stat *target, const struct mlint_cli_options *options)
{
    struct stat status;

    for (size_t i = 0; i < options->path_count; i++) {
        if (stat(options->paths[i], &status) == 0 && status.st_dev == target->st_dev &&
            status.st_ino == target->st_ino)
            return true;
    }
    return false;
}

static bool open_temporary(struct mlint_cli_output *output, const struct stat *old)
{
    mode_t mask;

    if (asprintf(&output->temporary, "%s.XXXXXX", output->target) < 0) {
        output->temporary = NULL;
        return false;
    }
    output->descriptor = mkostemp(output->temporary, O_CLOEXEC);
    if (output->descriptor < 0)
        return false;
    mask = umask(0);
    umask(mask);
    return fchmod(output->descriptor, old ? old->st_mode & 07777 : 0666 & ~mask) == 0;
}

static size_t folder_length(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;

    return slash ? (size_t)(slash + 1 - path) : 0;
}

static bool open_file(struct mlint_cli_output *output, const struct mlint_cli_options *options)
{
    struct stat status;
    bool there = stat(output->name, &status) == 0;

    if (there && is_input(&status, options)) {
        mlint_cli_misused("%s is an input and would be written over", output->name);
        return false;
    }
    if (there && !S_ISREG(status.st_mode)) /* /dev/null, a pipe */
        output->descriptor = open(output->name, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    else
        output->target = there ? realpath(output->name, NULL) : strdup(output->name);
    output->folder_length = folder_length(output->target);
    if (there && output->target) {
        output->replaces = true;
        output->device = status.st_dev;
        output->inode = status.st_ino;
    }
    if (output->target && !open_temporary(output, there ? &status : NULL))
        output->problem = errno;
    if (output->descriptor >= 0 && !output->problem)
        return true;
    mlint_cli_say("cannot write %s: %s", output->name, strerror(errno));
    return false;
}

bool mlint_cli_output_open(struct mlint_cli_output *output, const char *path,
                           const struct mlint_cli_options *options)
{
    struct stat status;
    bool good = true;

    *output =
        (struct mlint_cli_output){ .name = "standard output", .descriptor = STDOUT_FILENO };
    if (path && strcmp(path, "-") != 0) {
        output->name = path;
        output->descriptor = -1;
        good = open_file(output, options);
    }
    output->buffer = good ? malloc(OUTPUT_BUFFER) : NULL;
    output->live = good && fstat(output->descriptor, &status) == 0 && !S_ISREG(status.st_mode);
    if (output->buffer)
        return true;
    (void)mlint_cli_output_close(output, false);
    return false;
}

/* ---- Its own files among the inputs ---- */

enum mlint_cli_own mlint_cli_output_named(const struct mlint_cli_output *output,
                                          const struct stat *file)
{
    struct stat temporary;

    if (output->replaces && file->st_dev == output->device && file->st_ino == output->inode)
        return MLINT_CLI_TARGET;
    if (output->temporary && fstat(output->descriptor, &temporary) == 0 &&
        file->st_dev == temporary.st_dev && file->st_ino == temporary.st_ino)
        return MLINT_CLI_TEMPORARY;
    return MLINT_CLI_FOREIGN;
}

static bool is_named(const struct mlint_cli_output *output, const char *path, const char *name)
{
    return path && strcmp(path + output->folder_length, name) == 0;
}

/* A rename takes a name away, so another name of the same file is no concern; and names are
 * compared without asking the disk. */
enum mlint_cli_own mlint_cli_output_found(const struct mlint_cli_output *output, int folder,
                                          const char *name)
{
    struct stat status;

    if (!is_named(output, output->target, name) && !is_named(output, output->temporary, name))
        return MLINT_CLI_FOREIGN;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return MLINT_CLI_FOREIGN;
    return mlint_cli_output_named(output, &status);
}

static bool send(struct mlint_cli_output *output, const char *data, size_t length)
{
    while (length && !output->problem) {
        ssize_t sent = write(output->descriptor, data, length);
        if (sent >= 0) {
            data += sent;
            length -= (size_t)sent;
        } else if (errno != EINTR) {
            output->problem = errno;
        }
    }
    return !output->problem;
}

bool mlint_cli_output_flush(struct mlint_cli_output *output)
{
    size_t used = output->used;

    output->used = 0;
    return send(output, output->buffer, used);
}

int mlint_cli_output_write(void *user, const void *data, size_t length)
{
    struct mlint_cli_output *output = user;

    if (output->used + length > OUTPUT_BUFFER && !mlint_cli_output_flush(output))
        return -1;
    if (length >= OUTPUT_BUFFER)
        return send(output, data, length) ? 0 : -1;
    memcpy(output->buffer + output->used, data, length);
    output->used += length;
    return 0;
}

bool mlint_cli_output_close(struct mlint_cli_output *output, bool good)
{
    good = good && mlint_cli_output_flush(output);
    if (output->descriptor > STDERR_FILENO && close(output->descriptor) != 0 &&
        !output->problem)
        output->problem = errno;
    if (good && !output->problem && output->temporary &&
        rename(output->temporary, output->target) != 0)
        output->problem = errno;
    if (output->temporary && (!good || output->problem))
        unlink(output->temporary);
    if (output->problem == EPIPE) { /* the reader went away: end the usual way */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    if (output->problem && output->buffer)
        mlint_cli_say("cannot write %s: %s", output->name, strerror(output->problem));
    free(output->temporary);
    free(output->target);
    free(output->buffer);
    good = good && !output->problem;
    output->buffer = output->temporary = output->target = NULL;
    return good;
}
