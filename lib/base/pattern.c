/* pattern.c: patterns and their texts; the matching is module_pattern.c's. Never used to parse.
 */
#include "base/pattern.h"

#include "base/module.h"
#include "base/module_pattern.h"

#define LONGEST_TEXT 4096 /* even plain patterns take time that grows with its square */
#define TRIAL_LENGTH 64

struct mlint_pattern {
    const struct mlint_allocator *allocator;
    const struct mlint_module_pattern *module;
    void *code;
    size_t length;
    char text[];
};

static enum mlint_status compile(struct mlint_pattern *pattern, struct mlint_error *error)
{
    char reason[128] = "";
    size_t at = 0;

    if (!pattern->module)
        return mlint_fail_with(error, MLINT_E_SETTINGS,
                               "pattern \"%s\": maillint's module for patterns is missing",
                               pattern->text);
    pattern->code = pattern->module->compile(pattern->allocator, pattern->text, pattern->length,
                                             reason, sizeof(reason), &at);
    if (pattern->code)
        return MLINT_OK;
    if (!reason[0])
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    return mlint_fail_with(error, MLINT_E_SETTINGS, "pattern \"%s\": %s, at character %zu",
                           pattern->text, reason, at);
}

enum mlint_status mlint_pattern_new(struct mlint_pattern **out, struct mlint_modules *modules,
                                    const struct mlint_allocator *allocator,
                                    struct mlint_str text, struct mlint_error *error)
{
    struct mlint_modules passing = { .table = { NULL } }; /* what is opened stays so */
    struct mlint_pattern *pattern =
        allocator->alloc(allocator->user, sizeof(*pattern) + text.len + 1);
    enum mlint_status status;

    if (!pattern)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    memset(pattern, 0, sizeof(*pattern));
    pattern->allocator = allocator;
    pattern->module = mlint_module_open(modules ? modules : &passing, MLINT_MODULE_PATTERN);
    pattern->length = text.len;
    memcpy(pattern->text, text.ptr, text.len);
    pattern->text[text.len] = '\0';
    status = compile(pattern, error);
    if (status == MLINT_OK)
        *out = pattern;
    else
        mlint_pattern_free(pattern);
    return status;
}

enum mlint_match mlint_pattern_match(const struct mlint_pattern *pattern, struct mlint_str text)
{
    int found = -1;

    if (text.len <= LONGEST_TEXT)
        found = pattern->module->match(pattern->code, text.len ? text.ptr : "", text.len);
    if (found < 0)
        return MLINT_MATCH_GAVE_UP;
    return found ? MLINT_MATCH_FOUND : MLINT_MATCH_NONE;
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
    if (pattern->module)
        pattern->module->drop(pattern->code);
    pattern->allocator->free(pattern->allocator->user, pattern);
}
