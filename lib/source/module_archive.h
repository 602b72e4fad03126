/* module_archive.h: what libarchive does for us: members of a zip or tar, one after another. */
#ifndef MLINT_SOURCE_MODULE_ARCHIVE_H
#define MLINT_SOURCE_MODULE_ARCHIVE_H

#include <stddef.h>
#include <stdint.h>

enum mlint_member_wish {
    MLINT_MEMBER_SKIP, /* never unpacked */
    MLINT_MEMBER_READ,
    MLINT_MEMBER_STOP, /* end here */
};

struct mlint_archive_visitor {
    /* A member: its path as stored, declared size (-1 unknown), whether it is encrypted. */
    enum mlint_member_wish (*member)(void *user, const char *path, int64_t size, int encrypted);
    /* A piece of the member's content; SKIP leaves the rest of it packed. */
    enum mlint_member_wish (*data)(void *user, const void *bytes, size_t length);
    /* The member is over; problem is NULL, or why its content is not whole. */
    void (*done)(void *user, const char *problem);
    void *user;
};

struct mlint_module_archive {
    uint32_t abi;
    /* NULL, or a static text that says why the archive could not be read to its end. */
    const char *(*visit)(const void *bytes, size_t length,
                         const struct mlint_archive_visitor *visitor);
};

extern const struct mlint_module_archive mlint_module_archive;

#endif
