/* reg.h: Windows registry exports (.reg): REGEDIT4 and "Windows Registry Editor Version 5.00".
 *
 * The tree has a GROUP for every part of a key's path, root names in their long spelling, and a
 * node for every value: STRING for REG_SZ, REG_EXPAND_SZ and REG_MULTI_SZ however they are
 * written, INTEGER for dwords and qwords, BINARY for the rest. `subtype` is the registry's type
 * number. It is the state after an import: keys are merged, the last value of a name wins,
 * names ignore case, deletions have been carried out; each overwritten value has its note.
 *
 * What regedit would ignore but people and tools write all the same is read, with a note. */
#ifndef MLINT_SYNTAX_REG_H
#define MLINT_SYNTAX_REG_H

#include "source/sift.h"
#include "syntax/node.h"

enum mlint_reg_type {
    MLINT_REG_NONE = 0,
    MLINT_REG_SZ = 1,
    MLINT_REG_EXPAND_SZ = 2,
    MLINT_REG_BINARY = 3,
    MLINT_REG_DWORD = 4,
    MLINT_REG_DWORD_BE = 5,
    MLINT_REG_LINK = 6,
    MLINT_REG_MULTI_SZ = 7,
    MLINT_REG_QWORD = 11,
};

struct mlint_reg_kernel;

struct mlint_reg_options {
    /* Whether the values of this key are wanted; `path` is as it stands between the brackets.
     * A key of the parent that ends at `from` was unwanted, so that only the names from there
     * on need a look; 0: nothing is known. Unwanted keys leave no nodes and cost next to
     * nothing. NULL: all are wanted. */
    bool (*wanted)(struct mlint_str path, size_t from);
    /* Bit n: a name of n bytes may be why a key is wanted. No name of another length is, nor
     * one of 64 bytes or more, so that `wanted` need not be asked. 0: any name may be. */
    uint64_t telling;
    /* Whether a line or a value's name speaks of a secret: its data is never quoted. Or NULL.
     */
    bool (*secret)(struct mlint_str text);
    unsigned code_page; /* of text written as bytes in an 8-bit file; 0: 1252 */
    const struct mlint_reg_kernel *kernel; /* for tests; NULL: the best for this processor */
};

struct mlint_tree *mlint_reg_read(struct mlint_arena *arena, struct mlint_source *source,
                                  const struct mlint_reg_options *options);

/* The sieve for long files: lines below unwanted keys may go. */
void mlint_reg_sift(struct mlint_sift *sift,
                    bool (*wanted)(struct mlint_str path, size_t from));

/* Text that a REG_BINARY holds: with or without its final NULs, UTF-16LE or 8-bit as the bytes
 * themselves show. */
struct mlint_str mlint_reg_text(struct mlint_arena *arena, struct mlint_str bytes,
                                unsigned code_page);
bool mlint_reg_is_wide(struct mlint_str bytes);

/* A value as a hive or hex(N) has it. */
struct mlint_reg_bytes {
    uint32_t type;
    struct mlint_str bytes;
    bool wide; /* text is UTF-16LE for certain; else the bytes decide, since a file that was
                  saved again in another encoding keeps the old ones */
    unsigned code_page;
};
/* Fill a node's type, subtype, value and number. The bytes are copied, at most
 * MLINT_LIMIT_VALUE of them; the parts of a REG_MULTI_SZ are joined by line feeds. */
void mlint_reg_set_bytes(struct mlint_arena *arena, struct mlint_node *node,
                         const struct mlint_reg_bytes *value);

#endif
