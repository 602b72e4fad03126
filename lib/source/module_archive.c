/* module_archive.c: libarchive behind the module contract: the zip and tar readers, no filters,
 * from memory, nothing written anywhere. */
#include "base/module.h"
#include "source/module_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

static const char *member_path(struct archive_entry *entry)
{
    const char *path = archive_entry_pathname_utf8(entry);

    return path ? path : archive_entry_pathname(entry);
}

static void read_member(struct archive *archive, const struct mlint_archive_visitor *visitor)
{
    const char *problem = NULL;
    const void *bytes;
    size_t length;
    la_int64_t offset;
    int code;

    for (;;) {
        code = archive_read_data_block(archive, &bytes, &length, &offset);
        if (code == ARCHIVE_EOF)
            break;
        if (code < ARCHIVE_WARN) {
            problem = "the archive is damaged here";
            break;
        }
        if (length && visitor->data(visitor->user, bytes, length) != MLINT_MEMBER_READ)
            break;
    }
    visitor->done(visitor->user, problem);
}

static const char *visit_members(struct archive *archive,
                                 const struct mlint_archive_visitor *visitor)
{
    struct archive_entry *entry;

    for (;;) {
        int code = archive_read_next_header(archive, &entry);
        enum mlint_member_wish wish;
        const char *path;
        if (code == ARCHIVE_EOF)
            return NULL;
        if (code < ARCHIVE_WARN)
            return "the archive is damaged or ends early";
        path = member_path(entry);
        if (!path || archive_entry_filetype(entry) != AE_IFREG)
            continue;
        wish =
            visitor->member(visitor->user, path,
                            archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1,
                            archive_entry_is_data_encrypted(entry));
        if (wish == MLINT_MEMBER_STOP)
            return NULL;
        if (wish == MLINT_MEMBER_READ)
            read_member(archive, visitor);
    }
}

static const char *visit_archive(const void *bytes, size_t length,
                                 const struct mlint_archive_visitor *visitor)
{
    struct archive *archive = archive_read_new();
    const char *problem = "the archive cannot be opened";

    if (!archive)
        return "out of memory";
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    if (archive_read_open_memory(archive, bytes, length) == ARCHIVE_OK)
        problem = visit_members(archive, visitor);
    archive_read_free(archive);
    return problem;
}

/* libarchive gives no name at all that the thread's locale cannot spell, and hosts have not
 * always set one. */
static const char *visit(const void *bytes, size_t length,
                         const struct mlint_archive_visitor *visitor)
{
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    const char *problem = visit_archive(bytes, length, visitor);

    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    return problem;
}

const struct mlint_module_archive mlint_module_archive = {
    .abi = MLINT_MODULE_ABI,
    .visit = visit,
};
