/* prefs_quick.h: preference statements in the usual spelling; private to the preference reader.
 */
#ifndef MLINT_SYNTAX_PREFS_QUICK_H
#define MLINT_SYNTAX_PREFS_QUICK_H

#include "syntax/prefs_lexer.h"
#include "syntax/prefs_scan.h"

/* One preference as written. */
struct mlint_prefs_statement {
    const char *begin;
    struct mlint_prefs_token name, value;
    bool has_name;
    uint8_t type; /* enum mlint_node_type */
    uint8_t flags;
    int64_t number;
};

/* Past the statement at p, which is filled in but for begin and has_name; NULL: it is to be
 * read with care. defaults: pref() counts, too. */
const char *mlint_prefs_quick(const char *p, const char *end, bool defaults,
                              struct mlint_prefs_statement *s);

/* Past blanks and comments, of which there are mostly none or one. */
static inline const char *mlint_prefs_skip_on(const char *p, const char *end)
{
    if (p < end && mlint_prefs_is_blank(*p))
        p++;
    /* Blanks and what begins a comment are below the letters and digits. */
    if (p < end && *p <= '/' && *p != '"')
        p = mlint_prefs_skipped(p, end);
    return p;
}

#endif
