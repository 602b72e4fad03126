/* arena.c: a bump allocator in blocks that double, with a budget and sticky failure. */
#include "base/arena.h"

#include "base/format.h"

#include <stdlib.h>

#define FIRST_BLOCK 16384
#define LARGEST_BLOCK (1u << 20)
#define CACHE_LINE 64
#define WORTH_ALIGNING 256 /* bytes */

struct mlint_arena_block {
    struct mlint_arena_block *previous;
    size_t size; /* of data */
    _Alignas(MLINT_ALIGNMENT) char data[];
};

/* The host's allocator may think less of alignment. */
static char *first_byte(struct mlint_arena_block *block)
{
    return block->data + (-(uintptr_t)block->data & (MLINT_ALIGNMENT - 1));
}

static char *last_end(struct mlint_arena_block *block)
{
    char *end = block->data + block->size;

    return end - ((uintptr_t)end & (MLINT_ALIGNMENT - 1));
}

static void fill_from(struct mlint_arena *arena, struct mlint_arena_block *block, char *next)
{
    arena->block = block;
    arena->next = next;
    arena->end = block ? last_end(block) : NULL;
}

/* Larger blocks take cache lines of their own: two threads that write to one wait for each
 * other, and the system copies a file a tenth faster to the beginning of one. */
static void *default_alloc(void *user, size_t size)
{
    (void)user;
    if (size < WORTH_ALIGNING || size > SIZE_MAX - CACHE_LINE)
        return malloc(size);
    return aligned_alloc(CACHE_LINE, (size + CACHE_LINE - 1) & ~(size_t)(CACHE_LINE - 1));
}

static void default_free(void *user, void *pointer)
{
    (void)user;
    free(pointer);
}

const struct mlint_allocator *mlint_allocator_default(void)
{
    static const struct mlint_allocator standard = { default_alloc, default_free, NULL };

    return &standard;
}

void mlint_arena_init(struct mlint_arena *arena, const struct mlint_allocator *allocator,
                      size_t budget)
{
    *arena = (struct mlint_arena){
        .allocator = allocator ? allocator : mlint_allocator_default(),
        .budget = budget ? budget : SIZE_MAX,
    };
}

static void release(struct mlint_arena *arena, struct mlint_arena_block *block)
{
    if (arena->secret)
        explicit_bzero(block->data, block->size);
    arena->allocator->free(arena->allocator->user, block);
}

struct mlint_arena_mark mlint_arena_mark(const struct mlint_arena *arena)
{
    return (struct mlint_arena_mark){ arena->block, arena->next, arena->used, arena->failed,
                                      arena->over_budget };
}

void mlint_arena_rewind(struct mlint_arena *arena, const struct mlint_arena_mark *mark)
{
    while (arena->block != mark->block) {
        struct mlint_arena_block *previous = arena->block->previous;
        release(arena, arena->block);
        arena->block = previous;
    }
    fill_from(arena, arena->block, mark->next);
    arena->used = mark->used;
    arena->failed = mark->failed;
    arena->over_budget = mark->over_budget;
}

void mlint_arena_reset(struct mlint_arena *arena)
{
    struct mlint_arena_block *block = arena->block;

    while (block && block->previous) {
        struct mlint_arena_block *previous = block->previous;
        release(arena, block);
        block = previous;
    }
    if (block && arena->secret)
        explicit_bzero(block->data, block->size);
    fill_from(arena, block, block ? first_byte(block) : NULL);
    arena->used = block ? block->size : 0;
    arena->failed = arena->over_budget = arena->secret = false;
}

void mlint_arena_done(struct mlint_arena *arena)
{
    while (arena->block) {
        struct mlint_arena_block *previous = arena->block->previous;
        release(arena, arena->block);
        arena->block = previous;
    }
    arena->next = arena->end = NULL;
    arena->used = 0;
}

static bool grow(struct mlint_arena *arena, size_t need)
{
    size_t size = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
    struct mlint_arena_block *block = NULL;

    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < need)
        size = need;
    if (size > arena->budget || arena->used > arena->budget - size)
        arena->over_budget = true;
    else if (!arena->failed)
        block = arena->allocator->alloc(arena->allocator->user, sizeof(*block) + size);
    if (!block) {
        arena->failed = true;
        return false;
    }
    block->previous = arena->block;
    block->size = size;
    fill_from(arena, block, first_byte(block));
    arena->used += size;
    return true;
}

/* Kept out of those below, which mostly find room and need few registers for it. */
__attribute__((noinline)) char *mlint_arena_bytes(struct mlint_arena *arena, size_t size)
{
    char *bytes;

    if (arena->failed)
        return NULL;
    if (size > SIZE_MAX / 2)
        return arena->failed = arena->over_budget = true, NULL;
    /* For no byte there is room in every block, but not where there is none. */
    if ((!arena->next || size > (size_t)(arena->end - arena->next)) &&
        !grow(arena, size + 2 * MLINT_ALIGNMENT))
        return NULL;
    bytes = arena->next;
    arena->next = bytes + mlint_aligned(size);
    return bytes;
}

void *mlint_arena_alloc(struct mlint_arena *arena, size_t size)
{
    char *bytes = mlint_arena_take(arena, size);

    return bytes ? memset(bytes, 0, size) : NULL;
}

void *mlint_arena_extend(struct mlint_arena *arena, void *items, size_t count, size_t *cap,
                         size_t size)
{
    size_t more = *cap ? *cap * 2 : 4;
    void *bigger;

    if (count < *cap)
        return items;
    bigger = mlint_arena_many(arena, more, size);
    if (!bigger)
        return NULL;
    if (count)
        memcpy(bigger, items, count * size);
    *cap = more;
    return bigger;
}

void mlint_arena_trim(struct mlint_arena *arena, char *bytes, size_t size, size_t keep)
{
    if (bytes && arena->next == bytes + mlint_aligned(size) && keep <= size)
        arena->next = bytes + mlint_aligned(keep);
}

struct mlint_str mlint_arena_copy(struct mlint_arena *arena, struct mlint_str s)
{
    char *copy = s.len < SIZE_MAX / 2 ? mlint_arena_take(arena, s.len + 1) : NULL;

    if (!copy)
        return MLINT_STR("");
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return mlint_str_make(copy, s.len);
}

struct mlint_str mlint_arena_join(struct mlint_arena *arena, const struct mlint_str *parts,
                                  size_t count)
{
    size_t len = 0;
    char *text, *out;

    for (size_t i = 0; i < count; i++)
        len = parts[i].len < SIZE_MAX / 2 - len ? len + parts[i].len : SIZE_MAX / 2;
    text = out = mlint_arena_take(arena, len + 1);
    if (!text)
        return MLINT_STR("");
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len)
            memcpy(out, parts[i].ptr, parts[i].len);
        out += parts[i].len;
    }
    *out = '\0';
    return mlint_str_make(text, len);
}

const char *mlint_arena_printf(struct mlint_arena *arena, const char *format, ...)
{
    char first[256]; /* most texts fit, and need no second go */
    va_list args, again;
    int len;
    char *text;

    va_start(args, format);
    va_copy(again, args);
    len = mlint_format(first, sizeof(first), format, args);
    va_end(args);
    text = len >= 0 ? mlint_arena_take(arena, (size_t)len + 1) : NULL;
    if (text && (size_t)len < sizeof(first))
        memcpy(text, first, (size_t)len + 1);
    else if (text)
        mlint_format(text, (size_t)len + 1, format, again);
    va_end(again);
    return text ? text : "";
}
