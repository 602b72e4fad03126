/* api_files.c: linting files by path. Bytes are read into one buffer that a thread reuses;
 * mapping many small files would cost twice as much. */
#include "linter.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_READ (256u << 10)

/* A file being read into memory of its own or the linter's buffer. */
struct slurp {
    struct mlint_linter *linter;
    char *data;
    size_t cap, len;
    const char *problem; /* why not, or NULL */
    bool too_large;
    bool beside;  /* lies beside a file that was named */
    bool missing; /* is not there at all */
};

/* Twice as much, or at once what a large file says it has; one byte more shows its end. */
static size_t next_cap(const struct slurp *slurp, int descriptor)
{
    size_t cap = slurp->cap ? slurp->cap * 2 : FIRST_READ;
    struct stat stat;

    if (slurp->cap < FIRST_READ || fstat(descriptor, &stat) || !S_ISREG(stat.st_mode) ||
        stat.st_size <= 0 || (size_t)stat.st_size > slurp->linter->config->limit_size)
        return cap;
    return (size_t)stat.st_size + 1 > cap ? (size_t)stat.st_size + 1 : cap;
}

static bool slurp_grow(struct slurp *slurp, int descriptor)
{
    const struct mlint_allocator *allocator = slurp->linter->config->allocator;
    size_t cap = next_cap(slurp, descriptor);
    char *bigger = allocator->alloc(allocator->user, cap);

    if (!bigger) {
        slurp->problem = "out of memory";
        return false;
    }
    if (slurp->len) {
        memcpy(bigger, slurp->data, slurp->len);
        explicit_bzero(slurp->data, slurp->len);
    }
    allocator->free(allocator->user, slurp->data);
    slurp->data = bigger;
    slurp->cap = cap;
    return true;
}

static void slurp_read(struct slurp *slurp, int descriptor)
{
    size_t limit = slurp->linter->config->limit_size;

    for (;;) {
        ssize_t got;
        if (slurp->len == slurp->cap && !slurp_grow(slurp, descriptor))
            return;
        got = read(descriptor, slurp->data + slurp->len, slurp->cap - slurp->len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            slurp->problem = errno == EISDIR ? "is a directory" : "cannot be read";
        if (got <= 0)
            return;
        slurp->len += (size_t)got;
        if (slurp->len > limit) {
            slurp->too_large = true;
            return;
        }
    }
}

static const char *open_problem(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return "no such file";
    case EACCES:
    case EPERM:
        return "permission denied";
    case ELOOP:
        return "is a loop of symbolic links";
    case ENAMETOOLONG:
        return "the name is too long";
    case EMFILE:
    case ENFILE:
        return "too many files are open";
    default:
        return "cannot be opened";
    }
}

/* A file that is over the limit is not read to find that out. */
static void slurp_open(struct slurp *slurp, int descriptor)
{
    struct stat info;

    if (fstat(descriptor, &info) != 0)
        slurp->problem = "cannot be read";
    else if (slurp->beside && !S_ISREG(info.st_mode))
        slurp->problem = "is no regular file";
    else if (S_ISREG(info.st_mode) &&
             (uint64_t)info.st_size > slurp->linter->config->limit_size)
        slurp->too_large = true;
    else
        slurp_read(slurp, descriptor);
}

/* What lies beside a file was not named by anybody: links are not followed, since they may lead
 * out of an unpacked folder to what its sender must not see quoted, and pipes are not waited
 * for. */
static void slurp_file(struct slurp *slurp, int directory, const char *path)
{
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY;
    int descriptor =
        openat(directory, path, slurp->beside ? flags | O_NOFOLLOW | O_NONBLOCK : flags);

    if (descriptor < 0) {
        slurp->problem =
            slurp->beside && errno == ELOOP ? "is a symbolic link" : open_problem(errno);
        slurp->missing = errno == ENOENT || errno == ENOTDIR;
        return;
    }
    slurp_open(slurp, descriptor);
    close(descriptor);
}

/* user.js beside prefs.js: same directory, memory in the result. */
struct beside {
    int directory;
    const char *path;
};

static struct mlint_source *file_companion(struct mlint_reading *reading, const char *name)
{
    const struct beside *beside = reading->companion_user;
    struct slurp slurp = { .linter = reading->result->linter, .beside = true };
    const struct mlint_allocator *allocator = slurp.linter->config->allocator;
    struct mlint_str path = mlint_str_from(beside->path), shown = reading->file->path, bytes;
    size_t slash = mlint_str_rfind_char(path, '/'),
           shown_slash = mlint_str_rfind_char(shown, '/');
    const char *joined = mlint_arena_printf(
        reading->arena, "%.*s%s", slash < path.len ? (int)slash + 1 : 0, path.ptr, name);
    struct mlint_source *source = NULL;

    slurp_file(&slurp, beside->directory, joined);
    if (!slurp.problem && !slurp.too_large) {
        bytes = mlint_arena_copy(reading->arena, mlint_str_make(slurp.data, slurp.len));
        source = mlint_result_add_source(
            reading->result,
            mlint_str_from(mlint_arena_printf(
                reading->arena, "%.*s%s", shown_slash < shown.len ? (int)shown_slash + 1 : 0,
                shown.ptr, name)),
            bytes);
    } else if (!slurp.missing) {
        mlint_reading_note(reading, MLINT_NOTE_SYNTAX, NULL, "%s beside it was not read: %s",
                           name, slurp.problem ? slurp.problem : "is larger than limit-size");
    }
    if (slurp.data)
        explicit_bzero(slurp.data, slurp.len);
    allocator->free(allocator->user, slurp.data);
    return source;
}

static enum mlint_status unreadable(struct mlint_result *result, struct mlint_str name,
                                    const struct slurp *slurp, struct mlint_result **out,
                                    struct mlint_error *error)
{
    struct mlint_file *file = mlint_result_add_file(result, name);
    enum mlint_status status;

    mlint_result_add_source(result, name, MLINT_STR(""));
    if (file)
        mlint_file_configure(result, file);
    if (file && slurp->too_large) {
        file->status = MLINT_FILE_LIMIT;
        file->detail = mlint_arena_printf(&result->arena, "is larger than %zu MiB (limit-size)",
                                          result->config->limit_size >> 20);
    } else if (file) {
        file->status = MLINT_FILE_UNREADABLE;
        file->detail = slurp->problem;
    }
    status = mlint_result_seal(&result, name, error);
    if (status == MLINT_OK)
        *out = result;
    return status;
}

/* Whose the bytes are from now on: the linter's buffer, lent to one result at a time, or the
 * result's own. */
static void keep_bytes(struct mlint_result *result, const struct slurp *slurp, bool lent)
{
    result->byte_count = slurp->len;
    if (lent) {
        result->borrows_file_buffer = result->linter->file_busy = true;
        result->linter->file_buffer = slurp->data;
        result->linter->file_cap = slurp->cap;
    } else {
        result->own_bytes = slurp->data;
        result->own_cap = slurp->cap;
    }
}

enum mlint_status mlint_check_file(struct mlint_linter *linter, int directory, const char *path,
                                   const char *name, const char *format, int beside,
                                   struct mlint_result **out, struct mlint_error *error)
{
    const struct mlint_format *forced;
    struct beside near = { directory, path };
    struct slurp slurp = { .linter = linter };
    struct mlint_result *result;
    struct mlint_entry entry;
    bool lent;

    if (!linter || !path || !out)
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_check_file: an argument is NULL");
    if (mlint_forced_format(format, &forced, error) != MLINT_OK)
        return MLINT_E_ARGUMENT;
    result = mlint_result_begin(linter);
    if (!result)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    lent = !linter->file_busy;
    if (lent) {
        slurp.data = linter->file_buffer;
        slurp.cap = linter->file_cap;
    }
    slurp_file(&slurp, directory, path);
    keep_bytes(result, &slurp, lent);
    entry = (struct mlint_entry){
        .name = mlint_str_from(name ? name : path),
        .raw = mlint_str_make(slurp.len ? slurp.data : "", slurp.len),
        .forced = forced,
        .companion = beside ? file_companion : NULL,
        .companion_user = &near,
    };
    if (slurp.problem || slurp.too_large)
        return unreadable(result, entry.name, &slurp, out, error);
    return mlint_check_entry(result, &entry, out, error);
}
