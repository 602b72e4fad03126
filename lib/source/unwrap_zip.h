/* unwrap_zip.h: the members of a zip or tar that may be account files, read into memory. */
#ifndef MLINT_SOURCE_UNWRAP_ZIP_H
#define MLINT_SOURCE_UNWRAP_ZIP_H

#include "base/arena.h"
#include "base/module.h"

struct mlint_member {
    struct mlint_member *next;
    size_t number;         /* among the members kept, from 0 */
    struct mlint_str path; /* with '/' between its parts */
    struct mlint_str bytes;
    bool encrypted;
    bool too_large;      /* a ceiling cut it off */
    const char *problem; /* why the bytes are not whole, or NULL */
};

struct mlint_members {
    struct mlint_member *first, *last;
    size_t count;        /* members kept */
    size_t encrypted;    /* members that need a password */
    size_t passed;       /* members of no interest, never unpacked beyond their first bytes */
    bool limit;          /* a ceiling ended it */
    const char *problem; /* why the archive was not read to its end, or NULL */
};

/* Whether bytes begin as a zip or a tar does. */
bool mlint_is_archive(struct mlint_str raw);
/* Read the members that `wanted` says may be of use, given their path and first bytes (at most
 * MLINT_LIMIT_PROBE). False: the module is missing. */
bool mlint_archive_read(struct mlint_arena *arena, struct mlint_modules *modules,
                        struct mlint_str raw, size_t limit_size,
                        bool (*wanted)(void *user, struct mlint_str path,
                                       struct mlint_str head),
                        void *user, struct mlint_members *out);

#endif
