/* spool.h: bytes that wait for the end of a run: in memory up to a ceiling, then in a temporary
 * file that has no name and that nobody else may open. */
#ifndef MLINT_REPORT_SPOOL_H
#define MLINT_REPORT_SPOOL_H

#include "base/buf.h"

#define MLINT_SPOOL_MEMORY (256u << 10)
#define MLINT_SPOOL_WINDOW (8u << 10)

struct mlint_spool {
    struct mlint_buf memory; /* the newest bytes */
    int file;                /* -1: none yet */
    uint64_t on_disk;        /* bytes before those in memory */
    char *window;            /* what small reads from the file went through last, or NULL */
    uint64_t window_at;      /* where in the file it is */
    size_t window_len;
};

void mlint_spool_init(struct mlint_spool *spool, const struct mlint_allocator *allocator);
/* Forget all of it. */
void mlint_spool_clear(struct mlint_spool *spool);
void mlint_spool_done(struct mlint_spool *spool);
enum mlint_status mlint_spool_add(struct mlint_spool *spool, const void *data, size_t len);
static inline uint64_t mlint_spool_size(const struct mlint_spool *spool)
{
    return spool->on_disk + spool->memory.len;
}
/* Copy len bytes from offset on; MLINT_E_IO if they are not there. */
enum mlint_status mlint_spool_read(struct mlint_spool *spool, uint64_t offset, void *data,
                                   size_t len);
/* Hand everything on in order. */
enum mlint_status mlint_spool_each(const struct mlint_spool *spool,
                                   int (*write)(void *user, const void *data, size_t len),
                                   void *user);

#endif
