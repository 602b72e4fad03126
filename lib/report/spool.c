/* spool.c: a memory buffer that overflows into an unnamed file of mode 0600 in TMPDIR. */
#include "report/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MODEST (16u << 10) /* bytes in memory from which on there will be many */

void mlint_spool_init(struct mlint_spool *spool, const struct mlint_allocator *allocator)
{
    *spool = (struct mlint_spool){ .file = -1 };
    mlint_buf_init(&spool->memory, allocator, 0);
}

void mlint_spool_clear(struct mlint_spool *spool)
{
    mlint_buf_clear(&spool->memory);
    if (spool->file >= 0)
        close(spool->file);
    spool->file = -1;
    spool->on_disk = 0;
    spool->window_len = 0;
}

void mlint_spool_done(struct mlint_spool *spool)
{
    const struct mlint_allocator *allocator = spool->memory.allocator;

    if (allocator)
        allocator->free(allocator->user, spool->window);
    /* Not wiped: no report holds a secret, and much of the room was perhaps never touched. */
    if (allocator)
        allocator->free(allocator->user, spool->memory.ptr);
    spool->memory.ptr = NULL;
    spool->memory.len = spool->memory.cap = 0;
    if (spool->file >= 0)
        close(spool->file);
    spool->file = -1;
}

/* O_TMPFILE where the file system has it; else a name that is gone before anything is written.
 */
static int open_unnamed(void)
{
    const char *folder = secure_getenv("TMPDIR");
    char name[4096];
    int file, len;

    if (!folder || !*folder)
        folder = "/tmp";
    file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        return file;
    len = snprintf(name, sizeof(name), "%s/maillint-XXXXXX", folder);
    if (len < 0 || (size_t)len >= sizeof(name))
        return -1;
    file = mkostemp(name, O_CLOEXEC);
    if (file >= 0)
        unlink(name);
    return file;
}

static enum mlint_status put(int file, const char *data, size_t len)
{
    while (len) {
        ssize_t done = write(file, data, len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return MLINT_E_IO;
        data += done;
        len -= (size_t)done;
    }
    return MLINT_OK;
}

static enum mlint_status overflow(struct mlint_spool *spool)
{
    enum mlint_status status;

    if (spool->file < 0)
        spool->file = open_unnamed();
    if (spool->file < 0)
        return MLINT_E_IO;
    status = put(spool->file, spool->memory.ptr, spool->memory.len);
    if (status == MLINT_OK) {
        spool->on_disk += spool->memory.len;
        mlint_buf_clear(&spool->memory);
    }
    return status;
}

enum mlint_status mlint_spool_add(struct mlint_spool *spool, const void *data, size_t len)
{
    enum mlint_status status = MLINT_OK;

    if (spool->memory.len && spool->memory.len + len > MLINT_SPOOL_MEMORY)
        status = overflow(spool);
    if (status != MLINT_OK)
        return status;
    /* Growing to the limit step by step would copy, and ask the system for, twice as much. */
    if (spool->memory.len > MODEST && spool->memory.len < MLINT_SPOOL_MEMORY)
        mlint_buf_reserve(&spool->memory, MLINT_SPOOL_MEMORY - spool->memory.len);
    mlint_buf_add(&spool->memory, data, len);
    return spool->memory.failed ? MLINT_E_NO_MEMORY : MLINT_OK;
}

static enum mlint_status get(int file, uint64_t offset, char *data, size_t len)
{
    while (len) {
        ssize_t done = pread(file, data, len, (off_t)offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return MLINT_E_IO;
        data += done;
        offset += (uint64_t)done;
        len -= (size_t)done;
    }
    return MLINT_OK;
}

/* Have what begins at offset, all of it in the file, in the window. */
static enum mlint_status move_window(struct mlint_spool *spool, uint64_t offset)
{
    const struct mlint_allocator *allocator = spool->memory.allocator;
    uint64_t left = spool->on_disk - offset;

    if (!spool->window)
        spool->window = allocator->alloc(allocator->user, MLINT_SPOOL_WINDOW);
    if (!spool->window)
        return MLINT_E_NO_MEMORY;
    spool->window_at = offset;
    spool->window_len = left < MLINT_SPOOL_WINDOW ? (size_t)left : MLINT_SPOOL_WINDOW;
    return get(spool->file, offset, spool->window, spool->window_len);
}

/* Small reads follow each other: most are in the window already. */
static enum mlint_status get_small(struct mlint_spool *spool, uint64_t offset, char *data,
                                   size_t len)
{
    enum mlint_status status = MLINT_OK;

    if (offset < spool->window_at || offset + len > spool->window_at + spool->window_len)
        status = move_window(spool, offset);
    if (status == MLINT_OK)
        memcpy(data, spool->window + (offset - spool->window_at), len);
    else
        spool->window_len = 0;
    return status;
}

enum mlint_status mlint_spool_read(struct mlint_spool *spool, uint64_t offset, void *data,
                                   size_t len)
{
    uint64_t size = mlint_spool_size(spool);
    enum mlint_status status = MLINT_OK;
    size_t disk = 0;

    if (offset > size || len > size - offset)
        return MLINT_E_IO;
    if (offset < spool->on_disk)
        disk = len < spool->on_disk - offset ? len : (size_t)(spool->on_disk - offset);
    if (disk > MLINT_SPOOL_WINDOW)
        status = get(spool->file, offset, data, disk);
    else if (disk)
        status = get_small(spool, offset, data, disk);
    if (status == MLINT_OK && len > disk)
        memcpy((char *)data + disk, spool->memory.ptr + (offset + disk - spool->on_disk),
               len - disk);
    return status;
}

enum mlint_status mlint_spool_each(const struct mlint_spool *spool,
                                   int (*write_out)(void *user, const void *data, size_t len),
                                   void *user)
{
    char piece[32768];
    uint64_t offset = 0;

    while (offset < spool->on_disk) {
        uint64_t left = spool->on_disk - offset;
        size_t len = left < sizeof(piece) ? (size_t)left : sizeof(piece);

        if (get(spool->file, offset, piece, len) != MLINT_OK || write_out(user, piece, len))
            return MLINT_E_IO;
        offset += len;
    }
    if (spool->memory.len && write_out(user, spool->memory.ptr, spool->memory.len))
        return MLINT_E_IO;
    return MLINT_OK;
}
