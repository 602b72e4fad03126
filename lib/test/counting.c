/* counting.c: an allocator that counts what is alive and can refuse the n-th request. */
#include "test/counting.h"

#include <stdint.h>

#define MARK 0x6D61696C6C696E74u

struct header {
    uint64_t mark;
    size_t size;
};

static void *count_alloc(void *user, size_t size)
{
    struct mlint_counting *counting = user;
    struct header *header = NULL;

    counting->requests++;
    if (counting->fail_at && (counting->fail_once ? counting->requests == counting->fail_at
                                                  : counting->requests >= counting->fail_at)) {
        counting->refused++;
        return NULL;
    }
    header = malloc(sizeof(*header) + size);
    ck_assert_ptr_nonnull(header);
    *header = (struct header){ MARK, size };
    /* What was never written must not matter. */
    memset(header + 1, 0xA5, size);
    counting->live++;
    counting->live_bytes += size;
    if (counting->live_bytes > counting->peak_bytes)
        counting->peak_bytes = counting->live_bytes;
    return header + 1;
}

static void count_free(void *user, void *pointer)
{
    struct mlint_counting *counting = user;
    struct header *header = pointer;

    if (!pointer)
        return;
    header--;
    ck_assert_msg(header->mark == MARK, "freed what this allocator did not give");
    header->mark = 0;
    counting->live--;
    counting->live_bytes -= header->size;
    free(header);
}

void mlint_counting_init(struct mlint_counting *counting, size_t fail_at)
{
    *counting = (struct mlint_counting){
        .allocator = { count_alloc, count_free, counting },
        .fail_at = fail_at,
    };
}
