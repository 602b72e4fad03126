/* prefs.h: Mozilla's preference files (prefs.js, user.js, default files) as a flat tree: one
 * node a preference, in file order, so that a later one of the same name wins.
 *
 * The grammar and its recovery are those of Mozilla's own parser, which drops everything from
 * an error to the next `;`. What was dropped becomes a note. */
#ifndef MLINT_SYNTAX_PREFS_H
#define MLINT_SYNTAX_PREFS_H

#include "source/sift.h"
#include "syntax/node.h"

enum mlint_prefs_mode {
    MLINT_PREFS_USER,    /* prefs.js, user.js: user_pref() alone */
    MLINT_PREFS_DEFAULT, /* default files: pref(), sticky_pref(), user_pref(), attributes */
};

/* Answers of classify with a meaning of their own. */
enum {
    MLINT_PREFS_DROP = 0,
    MLINT_PREFS_HIDE = 0xFFFE,  /* dropped, and reports never quote the value */
    MLINT_PREFS_FIRST = 0xFFFF, /* only the first of all these is kept */
};

struct mlint_prefs_options {
    enum mlint_prefs_mode mode;
    /* Whether a preference is kept, by its name: the answer becomes its node's subtype. Those
     * that are dropped are checked all the same. Names with escapes are asked about as written,
     * and again without them if they are not dropped. NULL: all are kept, with subtype 0. */
    uint16_t (*classify)(struct mlint_str name);
    /* A bit for the first letter of each name that it keeps: 1 << 1 for `a`, 1 << 2 for `b` and
     * so on, as `letter & 31` counts. 0: any. */
    uint32_t initials;
    /* A skipped part that holds this word (any case) is never quoted by reports. */
    struct mlint_str secret_word;
};

/* Strings are views into the text unless they hold escapes. options NULL: user mode, keep all.
 * NULL only when the arena failed. */
struct mlint_tree *mlint_prefs_read(struct mlint_arena *arena, struct mlint_source *source,
                                    const struct mlint_prefs_options *options);

/* The sieve for long files: lines of preferences that are dropped may go. */
void mlint_prefs_sift(struct mlint_sift *sift, const struct mlint_prefs_options *options);

#endif
