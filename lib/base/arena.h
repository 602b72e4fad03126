/* arena.h: memory that dies together. Failure is sticky: after the budget or the allocator
 * refused once every allocation returns NULL, so a phase checks once at its end. */
#ifndef MLINT_BASE_ARENA_H
#define MLINT_BASE_ARENA_H

#include "base/str.h"
#include "maillint/maillint.h"

struct mlint_arena_block;

struct mlint_arena {
    const struct mlint_allocator *allocator;
    struct mlint_arena_block *block; /* newest first */
    char *next, *end;                /* both aligned */
    size_t used, budget;
    bool failed;
    bool over_budget; /* it was the budget that refused */
    bool secret;      /* wipe before the memory is used again or given back */
};

/* allocator NULL: malloc and free. budget 0: no limit. */
void mlint_arena_init(struct mlint_arena *arena, const struct mlint_allocator *allocator,
                      size_t budget);
/* What has been allocated so far. */
struct mlint_arena_mark {
    struct mlint_arena_block *block;
    char *next;
    size_t used;
    bool failed, over_budget;
};

struct mlint_arena_mark mlint_arena_mark(const struct mlint_arena *arena);
/* Forget everything that was allocated since the mark was taken, and that it failed. */
void mlint_arena_rewind(struct mlint_arena *arena, const struct mlint_arena_mark *mark);
/* Forget everything, keep the first block for the next use. */
void mlint_arena_reset(struct mlint_arena *arena);
void mlint_arena_done(struct mlint_arena *arena);

/* Zeroed, aligned for any type; NULL after failure. */
void *mlint_arena_alloc(struct mlint_arena *arena, size_t size);
/* Uninitialised bytes; give back the tail with mlint_arena_trim. */
char *mlint_arena_bytes(struct mlint_arena *arena, size_t size);
#define MLINT_ALIGNMENT 16
static inline size_t mlint_aligned(size_t size)
{
    return (size + MLINT_ALIGNMENT - 1) & ~(size_t)(MLINT_ALIGNMENT - 1);
}
/* The same in place while the block has room. */
static inline char *mlint_arena_take(struct mlint_arena *arena, size_t size)
{
    char *bytes = arena->next;

    if (size >= (size_t)(arena->end - bytes) || arena->failed)
        return mlint_arena_bytes(arena, size);
    arena->next = bytes + mlint_aligned(size);
    return bytes;
}
/* The newest mlint_arena_bytes block of `size` only needed `keep`. */
void mlint_arena_trim(struct mlint_arena *arena, char *bytes, size_t size, size_t keep);
/* A NUL-ended copy; ptr is "" on failure. */
struct mlint_str mlint_arena_copy(struct mlint_arena *arena, struct mlint_str s);
/* The parts one behind the other, NUL-ended; ptr is "" on failure. */
struct mlint_str mlint_arena_join(struct mlint_arena *arena, const struct mlint_str *parts,
                                  size_t count);
/* printf into the arena; "" on failure. */
const char *mlint_arena_printf(struct mlint_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* mlint_arena_alloc for a size that the compiler knows: a small one is zeroed in place. */
static inline void *mlint_arena_fixed(struct mlint_arena *arena, size_t size)
{
    char *bytes;

    if (size > 192)
        return mlint_arena_alloc(arena, size);
    bytes = mlint_arena_take(arena, size);
    return bytes ? memset(bytes, 0, size) : NULL;
}

/* mlint_arena_alloc for so many of a size; NULL if there is no such size in all. */
static inline void *mlint_arena_many(struct mlint_arena *arena, size_t count, size_t size)
{
    return count > SIZE_MAX / size ? NULL : mlint_arena_alloc(arena, count * size);
}

/* Room for one more item in an array of so many, which has room for *cap: the array itself, or
 * one of twice the room with the same items, zeroed behind them. NULL without memory. */
void *mlint_arena_extend(struct mlint_arena *arena, void *items, size_t count, size_t *cap,
                         size_t size);

#define mlint_arena_new(arena, type) ((type *)mlint_arena_fixed((arena), sizeof(type)))
#define mlint_arena_array(arena, type, n) ((type *)mlint_arena_many((arena), (n), sizeof(type)))

const struct mlint_allocator *mlint_allocator_default(void);

#endif
