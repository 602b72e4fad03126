/* hive.h: Windows registry hives (NTUSER.DAT), through libhivex. The tree is that of reg.h,
 * less the root key's name, which a hive does not know. Spans are offsets into the file. */
#ifndef MLINT_SYNTAX_HIVE_H
#define MLINT_SYNTAX_HIVE_H

#include "base/module.h"
#include "syntax/node.h"

struct mlint_hive_options {
    /* Whether the values of a key are wanted, by its path below the hive's root. NULL: all. */
    bool (*wanted)(struct mlint_str path, size_t from); /* 0; as in reg.h */
    /* Whether to look below a key at all. NULL: always. */
    bool (*enter)(struct mlint_str path);
};

/* What is damaged inside is left out, and `damaged` says so; with the hive not readable at all
 * the tree is empty and `damaged`. */
struct mlint_tree *mlint_hive_read(struct mlint_arena *arena, struct mlint_source *source,
                                   struct mlint_modules *modules,
                                   const struct mlint_hive_options *options);
/* Changes are still in the log files beside it. */
bool mlint_hive_is_dirty(struct mlint_str raw);

#endif
