/* prefcalls.h: the preferences that a piece of JavaScript sets by literal calls (Mozilla's
 * AutoConfig: pref, defaultPref, lockPref, clearPref), as a flat tree like prefs.h.
 *
 * Nothing is run. A value that is no literal, or that stands under a condition, is a COMPUTED
 * node, its number 1 where a fault of the program hides the value; a clearPref or unlockPref
 * that may not be run is one too. A call whose name is no literal becomes a note.
 * A text or comment without an end hides the rest: the tree is damaged. */
#ifndef MLINT_SYNTAX_PREFCALLS_H
#define MLINT_SYNTAX_PREFCALLS_H

#include "syntax/prefs.h"

/* skip_first_line: AutoConfig never reads it. options->mode is of no account. NULL only when
 * the arena failed. */
struct mlint_tree *mlint_prefcalls_read(struct mlint_arena *arena, struct mlint_source *source,
                                        const struct mlint_prefs_options *options,
                                        bool skip_first_line);

#endif
