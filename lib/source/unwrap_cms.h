/* unwrap_cms.h: takes signatures and base64 off a file, up to MLINT_LIMIT_UNWRAP times. */
#ifndef MLINT_SOURCE_UNWRAP_CMS_H
#define MLINT_SOURCE_UNWRAP_CMS_H

#include "base/module.h"
#include "source/source.h"

enum mlint_unwrapped {
    MLINT_UNWRAP_NONE,   /* not wrapped: the source is as it was */
    MLINT_UNWRAP_DONE,   /* the source holds what was inside, and is `derived` */
    MLINT_UNWRAP_SEALED, /* encrypted, or a signature without content: cannot be read */
    MLINT_UNWRAP_DAMAGED,
    MLINT_UNWRAP_LIMIT, /* wrapped too many times */
};

struct mlint_unwrapping {
    const char *detail; /* for the file: who signed, why it cannot be read; or NULL */
    bool broken;        /* a signature does not match its content */
};

/* Whether the bytes begin as something that mlint_unwrap takes apart: CMS in DER or BER, PEM,
 * S/MIME, or base64 of one of these or of a property list. Looks at the first 4 KiB. */
bool mlint_is_wrapped(struct mlint_str raw);
enum mlint_unwrapped mlint_unwrap(struct mlint_arena *arena, struct mlint_modules *modules,
                                  struct mlint_source *source, struct mlint_unwrapping *out);

#endif
