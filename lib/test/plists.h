/* plists.h: property lists for tests: a tree as one line of text, and binary lists by hand. */
#ifndef MLINT_TEST_PLISTS_H
#define MLINT_TEST_PLISTS_H

#include "base/buf.h"
#include "base/module.h"
#include "syntax/node.h"

/* A list read from bytes; everything dies with mlint_test_plist_done. */
struct mlint_test_plist {
    struct mlint_arena arena;
    struct mlint_modules modules;
    struct mlint_source source;
    struct mlint_tree *tree;
    char *bytes; /* a copy of exactly the input's size, so that overruns are found out */
};

void mlint_test_plist_read(struct mlint_test_plist *plist, struct mlint_str bytes);
void mlint_test_plist_done(struct mlint_test_plist *plist);
/* {"key"=VALUE,...} [VALUE,...] "text" i1 u (above INT64_MAX) r1.500000 T F <hex> @date null
 * #uid; behind it "!" for damaged, "^" for too deep, "*" for too many, "~" with notes. Free it.
 */
char *mlint_test_plist_show(const struct mlint_tree *tree);

/* A binary list that is put together object by object. */
struct mlint_test_bplist {
    struct mlint_buf bytes;
    uint32_t *offsets;
    size_t count, cap;
    unsigned reference_size;
};

void mlint_test_bplist_init(struct mlint_test_bplist *list, unsigned reference_size);
/* An object begins here; returns its number. Its bytes are added to list->bytes. */
size_t mlint_test_bplist_object(struct mlint_test_bplist *list, unsigned marker);
void mlint_test_bplist_number(struct mlint_buf *bytes, uint64_t number, unsigned size);
/* The table of offsets and the trailer. */
void mlint_test_bplist_end(struct mlint_test_bplist *list, uint64_t top);
void mlint_test_bplist_done(struct mlint_test_bplist *list);

#endif
