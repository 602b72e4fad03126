/* buf.h: a growing byte buffer with a ceiling and sticky failure. */
#ifndef MLINT_BASE_BUF_H
#define MLINT_BASE_BUF_H

#include "base/arena.h"

struct mlint_buf {
    const struct mlint_allocator *allocator;
    char *ptr;
    size_t len, cap, max;
    bool failed;
};

void mlint_buf_init(struct mlint_buf *buf, const struct mlint_allocator *allocator, size_t max);
void mlint_buf_done(struct mlint_buf *buf); /* wipes */
void mlint_buf_clear(struct mlint_buf *buf);
bool mlint_buf_reserve(struct mlint_buf *buf, size_t more);
void mlint_buf_add(struct mlint_buf *buf, const void *data, size_t len);
void mlint_buf_str(struct mlint_buf *buf, struct mlint_str s);
void mlint_buf_text(struct mlint_buf *buf, const char *text);
void mlint_buf_char(struct mlint_buf *buf, char c);
void mlint_buf_number(struct mlint_buf *buf, int64_t number);
void mlint_buf_printf(struct mlint_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
