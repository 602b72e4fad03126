/* buf.c: a growing byte buffer; after the first failure it ignores what is added. */
#include "base/buf.h"

#include "base/format.h"

void mlint_buf_init(struct mlint_buf *buf, const struct mlint_allocator *allocator, size_t max)
{
    *buf = (struct mlint_buf){
        .allocator = allocator ? allocator : mlint_allocator_default(),
        .max = max ? max : SIZE_MAX / 2,
    };
}

void mlint_buf_done(struct mlint_buf *buf)
{
    if (buf->ptr)
        explicit_bzero(buf->ptr, buf->cap);
    if (buf->allocator)
        buf->allocator->free(buf->allocator->user, buf->ptr);
    buf->ptr = NULL;
    buf->len = buf->cap = 0;
}

void mlint_buf_clear(struct mlint_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
}

bool mlint_buf_reserve(struct mlint_buf *buf, size_t more)
{
    size_t cap = buf->cap ? buf->cap : 1024;
    char *bigger;

    if (buf->failed || more > buf->max || buf->len > buf->max - more)
        return buf->failed = true, false;
    if (buf->cap - buf->len >= more)
        return true;
    while (cap - buf->len < more)
        cap *= 2;
    if (cap > buf->max)
        cap = buf->max; /* so that room is never beyond the ceiling */
    bigger = buf->allocator->alloc(buf->allocator->user, cap);
    if (!bigger)
        return buf->failed = true, false;
    if (buf->len)
        memcpy(bigger, buf->ptr, buf->len);
    if (buf->ptr)
        explicit_bzero(buf->ptr, buf->cap);
    buf->allocator->free(buf->allocator->user, buf->ptr);
    buf->ptr = bigger;
    buf->cap = cap;
    return true;
}

void mlint_buf_number(struct mlint_buf *buf, int64_t number)
{
    char digits[24];
    size_t at = sizeof(digits);
    uint64_t value = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    if (number < 0)
        digits[--at] = '-';
    mlint_buf_add(buf, digits + at, sizeof(digits) - at);
}

void mlint_buf_printf(struct mlint_buf *buf, const char *format, ...)
{
    size_t room = buf->failed ? 0 : buf->cap - buf->len; /* mostly enough at the first go */
    va_list args, again;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = mlint_format(room ? buf->ptr + buf->len : NULL, room, format, args);
    va_end(args);
    if (len < 0) {
        buf->failed = true;
    } else if ((size_t)len < room) {
        buf->len += (size_t)len;
    } else if (mlint_buf_reserve(buf, (size_t)len + 1)) {
        mlint_format(buf->ptr + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}
