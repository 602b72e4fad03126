/* pattern.c: PCRE2 under ceilings. Memory comes from the caller's allocator; what a match needs
 * is made for it and freed after it, so that patterns hold no state and no trace of what was
 * matched. Never used to parse. */
#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define MATCH_LIMIT 100000   /* steps */
#define DEPTH_LIMIT 1000     /* nested backtracking points */
#define HEAP_LIMIT_KIB 1024  /* for the interpreter, where there is no JIT */
#define LONGEST_PATTERN 4096 /* bytes */
#define LONGEST_TEXT 4096    /* even plain patterns take time that grows with its square */
#define TRIAL_LENGTH 64

struct mlint_pattern {
    const struct mlint_allocator *allocator;
    pcre2_general_context *memory;
    pcre2_match_context *limits;
    pcre2_code *code;
    size_t length;
    char text[];
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

static enum mlint_status compile(struct mlint_pattern *pattern, struct mlint_error *error)
{
    const uint32_t options =
        PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY;
    PCRE2_UCHAR reason[128] = "";
    PCRE2_SIZE offset = 0;
    int number = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(pattern->memory);

    if (!context)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    pcre2_set_max_pattern_length(context, LONGEST_PATTERN);
    pattern->code = pcre2_compile((PCRE2_SPTR)pattern->text, pattern->length, options, &number,
                                  &offset, context);
    pcre2_compile_context_free(context);
    if (!pattern->code && number == PCRE2_ERROR_HEAP_FAILED)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    if (!pattern->code) {
        pcre2_get_error_message(number, reason, sizeof(reason));
        return mlint_fail_with(error, MLINT_E_SETTINGS, "pattern \"%s\": %s, at character %zu",
                               pattern->text, (const char *)reason, (size_t)offset + 1);
    }
    /* Without JIT, as where memory may not be made executable, the interpreter serves. */
    pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    return MLINT_OK;
}

enum mlint_status mlint_pattern_new(struct mlint_pattern **out,
                                    const struct mlint_allocator *allocator,
                                    struct mlint_str text, struct mlint_error *error)
{
    struct mlint_pattern *pattern =
        allocator->alloc(allocator->user, sizeof(*pattern) + text.len + 1);
    enum mlint_status status;

    if (!pattern)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    memset(pattern, 0, sizeof(*pattern));
    pattern->allocator = allocator;
    pattern->length = text.len;
    memcpy(pattern->text, text.ptr, text.len);
    pattern->text[text.len] = '\0';
    pattern->memory = pcre2_general_context_create(take, give, (void *)(uintptr_t)allocator);
    pattern->limits = pattern->memory ? pcre2_match_context_create(pattern->memory) : NULL;
    status = pattern->limits ? compile(pattern, error)
                             : mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    if (status != MLINT_OK) {
        mlint_pattern_free(pattern);
        return status;
    }
    pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(pattern->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT_KIB);
    *out = pattern;
    return MLINT_OK;
}

enum mlint_match mlint_pattern_match(const struct mlint_pattern *pattern, struct mlint_str text)
{
    pcre2_match_data *data;
    int found;

    if (text.len > LONGEST_TEXT)
        return MLINT_MATCH_GAVE_UP;
    data = pcre2_match_data_create(1, pattern->memory);
    if (!data)
        return MLINT_MATCH_GAVE_UP;
    found = pcre2_match(pattern->code, (PCRE2_SPTR)(text.len ? text.ptr : ""), text.len, 0, 0,
                        data, pattern->limits);
    pcre2_match_data_free(data);
    if (found >= 0)
        return MLINT_MATCH_FOUND;
    return found == PCRE2_ERROR_NOMATCH ? MLINT_MATCH_NONE : MLINT_MATCH_GAVE_UP;
}

static bool explodes_on(const struct mlint_pattern *pattern, char repeated)
{
    char trial[TRIAL_LENGTH + 1];

    memset(trial, repeated, TRIAL_LENGTH);
    trial[TRIAL_LENGTH] = '\n'; /* what few patterns end in: they must try everything */
    return mlint_pattern_match(pattern, mlint_str_make(trial, sizeof(trial))) ==
           MLINT_MATCH_GAVE_UP;
}

bool mlint_pattern_explodes(const struct mlint_pattern *pattern)
{
    bool tried[128] = { false };

    for (const char *c = "aA0"; *c; c++) {
        tried[(unsigned char)*c] = true;
        if (explodes_on(pattern, *c))
            return true;
    }
    for (size_t i = 0; i < pattern->length; i++) {
        unsigned char c = (unsigned char)pattern->text[i];
        if (c >= sizeof(tried) || tried[c])
            continue;
        tried[c] = true;
        if (explodes_on(pattern, (char)c))
            return true;
    }
    return false;
}

struct mlint_str mlint_pattern_text(const struct mlint_pattern *pattern)
{
    return mlint_str_make(pattern->text, pattern->length);
}

void mlint_pattern_free(struct mlint_pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_code_free(pattern->code);
    pcre2_match_context_free(pattern->limits);
    pcre2_general_context_free(pattern->memory);
    pattern->allocator->free(pattern->allocator->user, pattern);
}
