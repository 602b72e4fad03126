/* module_pattern.c: PCRE2 under ceilings. Memory comes from the caller's allocator; what a
 * match needs is made for it and freed after it, so that patterns hold no state and no trace of
 * what was matched. */
#include "base/module_pattern.h"

#include "base/module.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define MATCH_LIMIT 100000   /* steps */
#define DEPTH_LIMIT 1000     /* nested backtracking points */
#define HEAP_LIMIT_KIB 1024  /* for the interpreter, where there is no JIT */
#define LONGEST_PATTERN 4096 /* bytes */

struct compiled {
    const struct mlint_allocator *allocator;
    pcre2_general_context *memory;
    pcre2_match_context *limits;
    pcre2_code *code;
};

static void *take(PCRE2_SIZE size, void *user)
{
    const struct mlint_allocator *allocator = user;

    return allocator->alloc(allocator->user, size);
}

static void give(void *bytes, void *user)
{
    const struct mlint_allocator *allocator = user;

    allocator->free(allocator->user, bytes);
}

static void drop(void *code)
{
    struct compiled *compiled = code;

    if (!compiled)
        return;
    pcre2_code_free(compiled->code);
    pcre2_match_context_free(compiled->limits);
    pcre2_general_context_free(compiled->memory);
    compiled->allocator->free(compiled->allocator->user, compiled);
}

static bool set_limits(struct compiled *compiled)
{
    compiled->memory =
        pcre2_general_context_create(take, give, (void *)(uintptr_t)compiled->allocator);
    compiled->limits = compiled->memory ? pcre2_match_context_create(compiled->memory) : NULL;
    if (!compiled->limits)
        return false;
    pcre2_set_match_limit(compiled->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(compiled->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(compiled->limits, HEAP_LIMIT_KIB);
    return true;
}

/* The number of what is wrong, or 0. */
static int build(struct compiled *compiled, const char *text, size_t length, size_t *at)
{
    const uint32_t options =
        PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY;
    pcre2_compile_context *context = pcre2_compile_context_create(compiled->memory);
    PCRE2_SIZE offset = 0;
    int number = PCRE2_ERROR_HEAP_FAILED;

    if (!context)
        return number;
    pcre2_set_max_pattern_length(context, LONGEST_PATTERN);
    compiled->code =
        pcre2_compile((PCRE2_SPTR)text, length, options, &number, &offset, context);
    pcre2_compile_context_free(context);
    *at = (size_t)offset + 1;
    if (!compiled->code)
        return number;
    /* Without JIT, as where memory may not be made executable, the interpreter serves. */
    pcre2_jit_compile(compiled->code, PCRE2_JIT_COMPLETE);
    return 0;
}

static void *compile(const struct mlint_allocator *allocator, const char *text, size_t length,
                     char *reason, size_t room, size_t *at)
{
    struct compiled *compiled = allocator->alloc(allocator->user, sizeof(*compiled));
    int number = PCRE2_ERROR_HEAP_FAILED;

    reason[0] = '\0';
    if (!compiled)
        return NULL;
    *compiled = (struct compiled){ .allocator = allocator };
    if (set_limits(compiled))
        number = build(compiled, text, length, at);
    if (number == 0)
        return compiled;
    if (number != PCRE2_ERROR_HEAP_FAILED)
        pcre2_get_error_message(number, (PCRE2_UCHAR *)reason, room);
    drop(compiled);
    return NULL;
}

static int match(const void *code, const char *text, size_t length)
{
    const struct compiled *compiled = code;
    pcre2_match_data *data = pcre2_match_data_create(1, compiled->memory);
    int found;

    if (!data)
        return -1;
    found = pcre2_match(compiled->code, (PCRE2_SPTR)text, length, 0, 0, data, compiled->limits);
    pcre2_match_data_free(data);
    if (found >= 0)
        return 1;
    return found == PCRE2_ERROR_NOMATCH ? 0 : -1;
}

const struct mlint_module_pattern mlint_module_pattern = { MLINT_MODULE_ABI, compile, match,
                                                           drop };
