/* plist.h: Apple's property lists in each of their three spellings, into one tree.
 *
 * The root's single child is the top object. XML places are in the text, binary ones are the
 * offsets of objects. Values keep their text in `value` whatever their type. */
#ifndef MLINT_SYNTAX_PLIST_H
#define MLINT_SYNTAX_PLIST_H

#include "base/module.h"
#include "syntax/node.h"

enum mlint_plist_kind {
    MLINT_PLIST_NONE,
    MLINT_PLIST_XML,
    MLINT_PLIST_BINARY,       /* bplist00 */
    MLINT_PLIST_ASCII,        /* old style: what `defaults read` prints */
    MLINT_PLIST_PRINTED,      /* what `plutil -p` prints: for people, not to be read back */
    MLINT_PLIST_OTHER_BINARY, /* bplist15, 16, 17: other formats of the same family */
};

/* mlint_node.subtype of a scalar. */
enum {
    MLINT_PLIST_TYPED = 0,
    MLINT_PLIST_UNTYPED = 1, /* old style knows strings only: the reader decides what it is */
    MLINT_PLIST_BROKEN = 2,  /* a string that its element says is a number; noted already */
};

/* By the first bytes; text is decoded text or raw bytes. */
enum mlint_plist_kind mlint_plist_kind(struct mlint_str text);
/* Why a kind that is recognised is not read and what to do instead, or NULL. */
const char *mlint_plist_refusal(enum mlint_plist_kind kind);
/* Its address says that a tree was read by mlint_plist_read (reading->tree_syntax). */
extern const char mlint_plist_syntax;
struct mlint_tree *mlint_plist_read(struct mlint_arena *arena, struct mlint_source *source,
                                    struct mlint_modules *modules);

#endif
