/* folder.c: reads a folder with getdents64 and hands its names out sorted. A window holds at
 * most WINDOW names; a larger folder is read again for each next window, so that a million
 * files in one folder take no more memory than sixty thousand. */
#include "folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define WINDOW 65536u
#define READ_SIZE (64u << 10)

struct mlint_cli_folder *mlint_cli_folder_open(const struct mlint_cli_folder *parent,
                                               const char *path)
{
    int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (parent ? O_NOFOLLOW : 0);
    int descriptor = openat(parent ? parent->descriptor : AT_FDCWD, path, flags);
    struct mlint_cli_folder *folder;
    struct stat status;

    if (descriptor < 0)
        return NULL;
    folder = malloc(sizeof(*folder));
    if (!folder) {
        close(descriptor);
        return NULL;
    }
    folder->descriptor = descriptor;
    folder->on_disk = fstat(descriptor, &status) == 0 && major(status.st_dev) != 0;
    atomic_init(&folder->users, 1);
    return folder;
}

int mlint_cli_folder_descriptor(const struct mlint_cli_folder *folder)
{
    return folder ? folder->descriptor : AT_FDCWD;
}

unsigned mlint_cli_folder_flags(const struct mlint_cli_folder *folder)
{
    return MLINT_FILE_BESIDE | (folder->on_disk ? MLINT_FILE_LISTED : 0u);
}

struct mlint_cli_folder *mlint_cli_folder_keep(struct mlint_cli_folder *folder)
{
    atomic_fetch_add(&folder->users, 1);
    return folder;
}

void mlint_cli_folder_drop(struct mlint_cli_folder *folder)
{
    if (!folder || atomic_fetch_sub(&folder->users, 1) != 1)
        return;
    close(folder->descriptor);
    free(folder);
}

/* A folder's name counts as if its slash stood behind it, so that a walk yields paths in the
 * order of their bytes, which is the order that merge gives them. */
static int compare_names(const char *a, bool a_folder, const char *b, bool b_folder)
{
    size_t i = 0;
    unsigned char x, y;

    while (a[i] && a[i] == b[i])
        i++;
    x = a[i] || !a_folder ? (unsigned char)a[i] : '/';
    y = b[i] || !b_folder ? (unsigned char)b[i] : '/';
    return x - y;
}

/* Stored names have their type in front of them. */
static unsigned char type_before(const char *name)
{
    return (unsigned char)name[-1];
}

static int compare_stored(const char *a, const char *b)
{
    return compare_names(a, type_before(a) == DT_DIR, b, type_before(b) == DT_DIR);
}

static int compare(const void *a, const void *b, void *text)
{
    return compare_stored((const char *)text + *(const uint32_t *)a,
                          (const char *)text + *(const uint32_t *)b);
}

static void sort(struct mlint_cli_names *names)
{
    qsort_r(names->order, names->count, sizeof(*names->order), compare, names->text);
}

static bool reserve(struct mlint_cli_names *names, size_t length)
{
    if (names->used + length > names->room) {
        size_t room = (names->room ? names->room * 2 : 4096) + length;
        char *text = room < UINT32_MAX ? realloc(names->text, room) : NULL;
        if (!text)
            return false;
        names->text = text;
        names->room = room;
    }
    if (names->count == names->cap) {
        size_t cap = names->cap ? names->cap * 2 : 256;
        uint32_t *order = realloc(names->order, cap * sizeof(*order));
        if (!order)
            return false;
        names->order = order;
        names->cap = cap;
    }
    return true;
}

static bool add(struct mlint_cli_names *names, const char *name, unsigned char type)
{
    size_t length = strlen(name) + 1;

    if (!reserve(names, length + 1))
        return false;
    names->text[names->used++] = (char)type;
    names->order[names->count++] = (uint32_t)names->used;
    memcpy(names->text + names->used, name, length);
    names->used += length;
    return true;
}

/* Keep the first WINDOW names only; the rest comes in a later window. */
static bool cut(struct mlint_cli_names *names)
{
    struct mlint_cli_names kept = { 0 };

    sort(names);
    for (size_t i = 0; i < WINDOW; i++) {
        const char *name = names->text + names->order[i];
        if (!add(&kept, name, type_before(name))) {
            mlint_cli_names_done(&kept);
            return false;
        }
    }
    mlint_cli_names_done(names);
    *names = kept;
    names->more = true;
    return true;
}

static unsigned char type_of(const struct mlint_cli_folder *folder,
                             const struct dirent64 *entry)
{
    struct stat status;

    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type;
    if (fstatat(folder->descriptor, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_UNKNOWN;
    return S_ISREG(status.st_mode) ? DT_REG : S_ISDIR(status.st_mode) ? DT_DIR : DT_LNK;
}

/* after: the last name of the window before, as it was stored, or NULL. */
static bool wanted(const struct mlint_cli_names *names, const char *name, unsigned char type,
                   const char *after)
{
    const char *last;

    if (type != DT_REG && type != DT_DIR)
        return false;
    if (name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2])))
        return false;
    if (after && compare_names(name, type == DT_DIR, after, type_before(after) == DT_DIR) <= 0)
        return false;
    if (!names->more)
        return true;
    /* Once names were cut, the window is sorted up to its WINDOWth name. */
    last = names->text + names->order[WINDOW - 1];
    return compare_names(name, type == DT_DIR, last, type_before(last) == DT_DIR) < 0;
}

/* Fill an empty window with the first names behind after (NULL: from the start). */
static bool fill(struct mlint_cli_names *names, const struct mlint_cli_folder *folder,
                 const char *after)
{
    char *buffer = malloc(READ_SIZE);
    ssize_t got = -1;
    bool good = buffer && lseek(folder->descriptor, 0, SEEK_SET) == 0;

    while (good && (got = getdents64(folder->descriptor, buffer, READ_SIZE)) > 0) {
        for (ssize_t at = 0; good && at < got;) {
            const struct dirent64 *entry = (const void *)(buffer + at);
            unsigned char type = type_of(folder, entry);
            at += entry->d_reclen;
            if (wanted(names, entry->d_name, type, after))
                good = add(names, entry->d_name, type);
            if (good && names->count == 2 * WINDOW)
                good = cut(names);
        }
    }
    free(buffer);
    if (good && names->count > WINDOW)
        good = cut(names);
    else if (good)
        sort(names);
    return good && got == 0;
}

/* The window's last name in memory of its own, behind its type. */
static char *copy_last(const struct mlint_cli_names *names)
{
    const char *last = names->text + names->order[names->count - 1];
    size_t size = strlen(last) + 2;
    char *copy = malloc(size);

    return copy ? memcpy(copy, last - 1, size) : NULL;
}

const char *mlint_cli_names_next(struct mlint_cli_names *names,
                                 const struct mlint_cli_folder *folder, unsigned char *type,
                                 bool *failed)
{
    const char *name;

    if (names->at == names->count) {
        char *after = NULL;
        if (names->count && !names->more)
            return NULL;
        if (names->count && !(after = copy_last(names))) {
            *failed = true;
            return NULL;
        }
        mlint_cli_names_done(names);
        *failed = !fill(names, folder, after ? after + 1 : NULL) || *failed;
        free(after);
        if (!names->count)
            return NULL;
    }
    name = names->text + names->order[names->at++];
    *type = type_before(name);
    return name;
}

void mlint_cli_names_done(struct mlint_cli_names *names)
{
    free(names->text);
    free(names->order);
    *names = (struct mlint_cli_names){ 0 };
}
