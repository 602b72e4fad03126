/* edge.h: texts behind which nothing can be read, as the page there is closed. */
#ifndef MLINT_TEST_EDGE_H
#define MLINT_TEST_EDGE_H

#include <sys/mman.h>
#include <unistd.h>

#include "test/test.h"

/* The text moved to a page's end, till the next call: of up to a page. */
static inline struct mlint_str mlint_to_edge(struct mlint_str text)
{
    static char *end;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    if (!end) {
        void *pages =
            mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        ck_assert_ptr_ne(pages, MAP_FAILED);
        end = (char *)pages + page;
        ck_assert_int_eq(mprotect(end, page, PROT_NONE), 0);
    }
    ck_assert_uint_le(text.len, page);
    memmove(end - text.len, text.ptr, text.len);
    return mlint_str_make(end - text.len, text.len);
}

#endif
