/* closing.c: descriptors closed by ranges. Another thread may open files meanwhile, so only
 * numbers in a row make a range: between its own there is no room for others. */
#include "source/closing.h"

#include <limits.h>
#include <sys/resource.h>
#include <unistd.h>

static void close_row(const int *descriptor, unsigned count)
{
#ifdef MLINT_HAVE_CLOSE_RANGE
    unsigned first = (unsigned)descriptor[0];

    if (count > 1 && close_range(first, first + count - 1, 0) == 0)
        return;
#endif
    for (unsigned i = 0; i < count; i++)
        close(descriptor[i]);
}

void mlint_closing_now(struct mlint_closing *closing)
{
    const int *descriptor = closing->descriptor;
    unsigned begin = 0;

    for (unsigned i = 1; i <= closing->count; i++) {
        if (i < closing->count && descriptor[i] == descriptor[i - 1] + 1)
            continue;
        close_row(descriptor + begin, i - begin);
        begin = i;
    }
    closing->count = 0;
}

void mlint_closing_add(struct mlint_closing *closing, int descriptor)
{
    if (closing->count == MLINT_LIMIT_CLOSING)
        mlint_closing_now(closing);
    closing->descriptor[closing->count++] = descriptor;
    if (descriptor >= closing->below)
        mlint_closing_now(closing);
}

/* Of those that the process may open, the lowest eighth. */
void mlint_closing_init(struct mlint_closing *closing)
{
    struct rlimit limit;

    *closing = (struct mlint_closing){ .below = 0 };
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        closing->below = limit.rlim_cur / 8 < INT_MAX ? (int)(limit.rlim_cur / 8) : INT_MAX;
}
