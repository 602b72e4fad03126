/* module_hive.c: libhivex behind the module contract. libhivex opens by path only and maps what
 * it opens, so the image goes into a file that exists in memory alone: nothing is written to a
 * disk, and nobody can change the bytes while they are read. */
#include "base/module.h"
#include "syntax/module_hive.h"

#include <errno.h>
#include <hivex.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return -1;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

static const char *explain(int error)
{
    switch (error) {
    case ENOMEM:
    case ENOSPC:
        return "out of memory";
    case ENOTSUP:
        return "is a hive of a kind that is not read";
    case ENOENT:
    case EACCES:
        return "cannot be opened in memory: /proc is not there";
    default:
        return "is a damaged registry hive";
    }
}

static void *open_hive(const void *image, size_t length, const char **problem)
{
    int fd = memfd_create("hive", MFD_CLOEXEC);
    char path[64];
    hive_h *hive = NULL;

    if (fd < 0 || write_all(fd, image, length) != 0) {
        *problem = "out of memory";
    } else {
        snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
        hive = hivex_open(path, 0);
        *problem = hive != NULL ? NULL : explain(errno);
    }
    if (fd >= 0)
        close(fd);
    return hive;
}

static void close_hive(void *hive)
{
    hivex_close(hive);
}

static size_t root(void *hive)
{
    return hivex_root(hive);
}

static size_t child_count(void *hive, size_t node)
{
    return hivex_node_nr_children(hive, node);
}

static size_t value_count(void *hive, size_t node)
{
    return hivex_node_nr_values(hive, node);
}

static size_t *children(void *hive, size_t node)
{
    return hivex_node_children(hive, node);
}

static size_t *values(void *hive, size_t node)
{
    return hivex_node_values(hive, node);
}

static char *node_name(void *hive, size_t node)
{
    return hivex_node_name(hive, node);
}

static char *value_name(void *hive, size_t value)
{
    return hivex_value_key(hive, value);
}

static int value_size(void *hive, size_t value, uint32_t *type, size_t *length)
{
    hive_type kind;

    if (hivex_value_type(hive, value, &kind, length) != 0)
        return -1;
    *type = (uint32_t)kind;
    return 0;
}

static char *value_bytes(void *hive, size_t value, size_t *length)
{
    hive_type kind;

    return hivex_value_value(hive, value, &kind, length);
}

const struct mlint_module_hive mlint_module_hive = {
    .abi = MLINT_MODULE_ABI,
    .open = open_hive,
    .close = close_hive,
    .root = root,
    .child_count = child_count,
    .value_count = value_count,
    .children = children,
    .values = values,
    .node_name = node_name,
    .value_name = value_name,
    .value_size = value_size,
    .value_bytes = value_bytes,
    .release = free,
};
