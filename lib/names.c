/* names.c: the names in a folder, for readers that look for what belongs to their file under
 * names that nobody knows beforehand: any .reg beside an account of Windows Mail. A folder with
 * very many files is a collection, not an installation, and nothing is looked for there. */
#include "linter.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define READ_SIZE 8192

void mlint_names_add(struct mlint_names *names, struct mlint_str name)
{
    if (!name.len || mlint_str_find_char(name, '\n') < name.len)
        return;
    /* Archives and hosts name a folder once for each file in it. */
    for (size_t i = names->count; name.ptr[name.len - 1] == '/' && i > 0; i--) {
        if (mlint_str_eq(names->name[i - 1], name))
            return;
    }
    if (names->count == MLINT_LIMIT_BESIDE)
        names->too_many = true;
    else
        names->name[names->count++] = mlint_arena_copy(names->arena, name);
}

static int compare(const void *a, const void *b)
{
    return mlint_str_cmp(*(const struct mlint_str *)a, *(const struct mlint_str *)b);
}

struct mlint_str mlint_names_join(struct mlint_names *names)
{
    size_t len = 0;
    char *text;

    if (names->too_many || names->arena->failed)
        return MLINT_STR("");
    qsort(names->name, names->count, sizeof(names->name[0]), compare);
    for (size_t i = 0; i < names->count; i++)
        len += names->name[i].len + 1;
    text = mlint_arena_bytes(names->arena, len + 1);
    if (!text)
        return MLINT_STR("");
    len = 0;
    for (size_t i = 0; i < names->count; i++) {
        memcpy(text + len, names->name[i].ptr, names->name[i].len);
        len += names->name[i].len;
        text[len++] = '\n';
    }
    return mlint_str_make(text, len);
}

/* Links are not followed; see slurp_file. */
static unsigned char type_of(int folder, const struct dirent64 *entry)
{
    struct stat status;

    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type;
    if (fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_UNKNOWN;
    return S_ISREG(status.st_mode) ? DT_REG : S_ISDIR(status.st_mode) ? DT_DIR : DT_UNKNOWN;
}

static void add_entry(struct mlint_names *names, int folder, const struct dirent64 *entry)
{
    unsigned char type = type_of(folder, entry);

    if (entry->d_name[0] == '.')
        return;
    if (type == DT_REG)
        mlint_names_add(names, mlint_str_from(entry->d_name));
    else if (type == DT_DIR)
        mlint_names_add(names,
                        mlint_str_from(mlint_arena_printf(names->arena, "%s/", entry->d_name)));
}

/* The names in an open folder; false: they could not be read. */
static bool list(struct mlint_arena *arena, int folder, struct mlint_str *out)
{
    struct mlint_names names = { .arena = arena };
    _Alignas(struct dirent64) char buffer[READ_SIZE];
    ssize_t got = 0;

    while (!names.too_many && (got = getdents64(folder, buffer, sizeof(buffer))) > 0) {
        for (ssize_t at = 0; !names.too_many && at < got;) {
            const struct dirent64 *entry = (const void *)(buffer + at);

            add_entry(&names, folder, entry);
            at += entry->d_reclen;
        }
    }
    if (got < 0)
        return false;
    *out = mlint_names_join(&names);
    return !arena->failed;
}

/* ---- The folder listed last ---- */

/* The time at which anything about it changed, which nobody can set back. */
static bool is_kept(const struct mlint_listing *listing, const struct stat *folder)
{
    return listing->inode == folder->st_ino && listing->device == folder->st_dev &&
           listing->changed == folder->st_ctim.tv_sec &&
           listing->nanoseconds == folder->st_ctim.tv_nsec;
}

/* A folder that changed a moment ago may change again without another time stamp. */
static bool is_settled(const struct stat *folder)
{
    struct timespec now;

    return clock_gettime(CLOCK_REALTIME, &now) == 0 && folder->st_ctim.tv_sec < now.tv_sec - 1;
}

static void keep(struct mlint_linter *linter, const struct stat *folder, struct mlint_str names)
{
    struct mlint_listing *listing = &linter->listing;

    if (!listing->names.allocator)
        mlint_buf_init(&listing->names, linter->config->allocator, 0);
    mlint_buf_clear(&listing->names);
    mlint_buf_str(&listing->names, names);
    listing->inode = listing->device = 0;
    if (listing->names.failed || !is_settled(folder))
        return;
    listing->inode = folder->st_ino;
    listing->device = folder->st_dev;
    listing->changed = folder->st_ctim.tv_sec;
    listing->nanoseconds = folder->st_ctim.tv_nsec;
}

struct mlint_str mlint_names_in(struct mlint_linter *linter, struct mlint_arena *arena,
                                int directory, const char *path)
{
    const struct mlint_buf *kept = &linter->listing.names;
    struct mlint_str names = MLINT_STR("");
    struct stat about;
    int folder;

    if (fstatat(directory, path, &about, 0) != 0)
        return names;
    if (is_kept(&linter->listing, &about))
        return mlint_arena_copy(arena, mlint_str_make(kept->ptr, kept->len));
    folder = openat(directory, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return names;
    if (fstat(folder, &about) == 0 && list(arena, folder, &names))
        keep(linter, &about, names);
    close(folder);
    return names;
}
