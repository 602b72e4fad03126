/* pattern.h: PCRE2 patterns that cannot run away: compiled once, matched under ceilings on
 * steps, depth, memory and the length of the text. */
#ifndef MLINT_BASE_PATTERN_H
#define MLINT_BASE_PATTERN_H

#include "base/error.h"
#include "base/module.h"
#include "base/str.h"

struct mlint_pattern;

enum mlint_match {
    MLINT_MATCH_NONE,
    MLINT_MATCH_FOUND,
    MLINT_MATCH_GAVE_UP, /* a ceiling was reached, or the text is not UTF-8: nothing is known */
};

/* Compile; allocator must outlive the pattern. A pattern may be used by many threads at once.
 * modules: where PCRE2's is opened from, and remembered; NULL: for this pattern alone. */
enum mlint_status mlint_pattern_new(struct mlint_pattern **out, struct mlint_modules *modules,
                                    const struct mlint_allocator *allocator,
                                    struct mlint_str text, struct mlint_error *error);
enum mlint_match mlint_pattern_match(const struct mlint_pattern *pattern,
                                     struct mlint_str text);
/* Whether a short text of one repeated character already makes the pattern give up, as
 * (a+)+$ does: better refused when it is written than met on a million files. */
bool mlint_pattern_explodes(const struct mlint_pattern *pattern);
/* What it was compiled from. */
struct mlint_str mlint_pattern_text(const struct mlint_pattern *pattern);
/* pattern may be NULL. */
void mlint_pattern_free(struct mlint_pattern *pattern);

#endif
