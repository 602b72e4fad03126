/* iaf.h: the records of .iaf files ("fMAI"): numbers, flags, texts, sealed secrets. */
#ifndef MLINT_SYNTAX_IAF_H
#define MLINT_SYNTAX_IAF_H

#include "syntax/node.h"

/* Types of records, the low half of their ids; a node's subtype. */
enum {
    MLINT_IAF_DWORD = 0x3E9,
    MLINT_IAF_TEXT = 0x3F0,
    MLINT_IAF_FLAG = 0x3F5,
    MLINT_IAF_SECRET = 0x3F6,
    MLINT_IAF_TIME = 0x3F7,
};

/* What the header says the file is about: the root's number. */
enum { MLINT_IAF_NEWS = 0, MLINT_IAF_MAIL = 1, MLINT_IAF_DIRECTORY = 2 };

struct mlint_iaf_options {
    /* What a property is called, or NULL: then it goes by its four hexadecimal digits. */
    const char *(*name)(unsigned property);
    unsigned code_page; /* of 8-bit texts that are not UTF-8 */
};

/* Whether the bytes begin as such a file does, and whether its texts are UTF-16. */
bool mlint_iaf_is(struct mlint_str raw);
bool mlint_iaf_is_wide(struct mlint_str raw);
/* Each record is a child of the root: numbers and flags are INTEGERs, texts STRINGs in UTF-8,
 * anything else BINARY. A secret is a STRING in clear, and the arena will be wiped. Spans are
 * bytes of the file. */
struct mlint_tree *mlint_iaf_read(struct mlint_arena *arena, struct mlint_source *source,
                                  const struct mlint_iaf_options *options);

#endif
