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
/* The ways in that reports take a thousand times a file are inline. */
static inline void mlint_buf_add(struct mlint_buf *buf, const void *data, size_t len)
{
    if (!len || (buf->cap - buf->len < len && !mlint_buf_reserve(buf, len)) || buf->failed)
        return;
    memcpy(buf->ptr + buf->len, data, len);
    buf->len += len;
}

static inline void mlint_buf_char(struct mlint_buf *buf, char c)
{
    mlint_buf_add(buf, &c, 1);
}

static inline void mlint_buf_str(struct mlint_buf *buf, struct mlint_str s)
{
    mlint_buf_add(buf, s.ptr, s.len);
}

static inline void mlint_buf_text(struct mlint_buf *buf, const char *text)
{
    mlint_buf_add(buf, text, strlen(text));
}

void mlint_buf_number(struct mlint_buf *buf, int64_t number);
void mlint_buf_printf(struct mlint_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
