/* prefs_quick_plain.c: the usual spelling of preferences, byte by byte: for other processors,
 * and for the tests to hold the wider ones against. */
#include "syntax/prefs_scan.h"

#define TARGET

static inline uint32_t equal(const char *p, char c)
{
    uint32_t mask = 0;

    for (unsigned i = 0; i < 32; i++)
        mask |= (uint32_t)(p[i] == c) << i;
    return mask;
}

static inline uint32_t stops(const char *p)
{
    return equal(p, '"') | equal(p, '\'') | equal(p, '\\') | equal(p, '\0');
}

#include "syntax/prefs_statement.h"

const struct mlint_prefs_kernel mlint_prefs_plain = { "plain", pass };
