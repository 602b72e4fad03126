/* module_pattern.h: what PCRE2 does for us: patterns compiled once and matched under ceilings.
 */
#ifndef MLINT_BASE_MODULE_PATTERN_H
#define MLINT_BASE_MODULE_PATTERN_H

#include "maillint/maillint.h"

struct mlint_module_pattern {
    uint32_t abi;
    /* All of its memory is the allocator's. NULL: `reason` says why and *at which character it
     * is about, from 1; an empty reason: out of memory. */
    void *(*compile)(const struct mlint_allocator *allocator, const char *text, size_t length,
                     char *reason, size_t room, size_t *at);
    /* 1: found, 0: not, -1: a ceiling was reached, or the text is not UTF-8. */
    int (*match)(const void *code, const char *text, size_t length);
    void (*drop)(void *code); /* may be NULL */
};

extern const struct mlint_module_pattern mlint_module_pattern;

#endif
