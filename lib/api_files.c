/* api_files.c: linting files by path. Bytes are read into one buffer that a thread reuses;
 * mapping many small files would cost twice as much. */
#include "linter.h"

#include <dirent.h>
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
    size_t limit;        /* bytes */
    size_t expected;     /* what the file says it has; 0: it does not say */
    bool too_large;
    bool beside;  /* lies beside a file that was named */
    bool listed;  /* MLINT_FILE_LISTED */
    bool missing; /* is not there at all */
    /* A long file may be sifted for this result and entry; NULL: it is read whole. */
    struct mlint_result *result;
    struct mlint_entry *entry;
    struct mlint_long_file window;
    bool refused; /* the allocator had no memory for it */
};

/* Twice as much, or at once what a large file says it has; one byte more shows its end. */
static size_t next_cap(const struct slurp *slurp, int descriptor)
{
    size_t cap = slurp->cap ? slurp->cap * 2 : FIRST_READ;
    struct stat stat;

    if (slurp->cap < FIRST_READ || fstat(descriptor, &stat) || !S_ISREG(stat.st_mode) ||
        stat.st_size <= 0 || (size_t)stat.st_size > slurp->limit)
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
        slurp->refused = true;
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

static ptrdiff_t read_on(void *user, char *into, size_t room)
{
    ssize_t got;

    do
        got = read(*(int *)user, into, room);
    while (got < 0 && errno == EINTR);
    return got;
}

/* The first buffer is full: whether the rest was read through a window, or failed to be. */
static bool slurp_sifts(struct slurp *slurp, int descriptor)
{
    struct stat stat;

    if (!slurp->result || fstat(descriptor, &stat) || !S_ISREG(stat.st_mode))
        return false;
    slurp->window = (struct mlint_long_file){
        .head = { slurp->data, slurp->len },
        .size = (uint64_t)stat.st_size,
        .pull = read_on,
        .user = &descriptor,
    };
    if (!mlint_result_sift(slurp->result, slurp->entry, &slurp->window)) {
        slurp->result = NULL; /* ask once */
        return false;
    }
    slurp->problem = slurp->window.problem;
    slurp->too_large = slurp->window.too_large;
    return true;
}

/* Fill what is left of the buffer; false: there is nothing more to be had. */
static bool slurp_some(struct slurp *slurp, int descriptor)
{
    ssize_t got = read_on(&descriptor, slurp->data + slurp->len, slurp->cap - slurp->len);

    if (got < 0)
        slurp->problem = errno == EISDIR ? "is a directory" : "cannot be read";
    if (got <= 0)
        return false;
    slurp->len += (size_t)got;
    slurp->too_large = slurp->len > slurp->limit;
    return !slurp->too_large;
}

static void slurp_read(struct slurp *slurp, int descriptor)
{
    do {
        if (slurp->len == slurp->cap &&
            ((slurp->len && slurp_sifts(slurp, descriptor)) || !slurp_grow(slurp, descriptor)))
            return;
    } while (slurp_some(slurp, descriptor) && slurp->len != slurp->expected);
}

#define SECTOR 512 /* of a disk; where one cannot be read, a read ends before it */

/* A listed file whole, unless it fills the buffer or there may be more of it: a read that met
 * with an error says so only to the next one. */
static bool slurp_at_once(struct slurp *slurp, int descriptor)
{
    if (!slurp->cap && !slurp_grow(slurp, descriptor))
        return true;
    return !slurp_some(slurp, descriptor) ||
           (slurp->len < slurp->cap && slurp->len % SECTOR != 0);
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
    bool regular;

    if (slurp->listed && slurp_at_once(slurp, descriptor))
        return;
    if (fstat(descriptor, &info) != 0) {
        slurp->problem = "cannot be read";
        return;
    }
    regular = S_ISREG(info.st_mode);
    if (slurp->beside && !regular)
        slurp->problem = "is no regular file";
    else if (regular && (uint64_t)info.st_size > slurp->limit)
        slurp->too_large = true;
    slurp->expected = regular && info.st_size > 0 ? (size_t)info.st_size : 0;
    if (!slurp->problem && !slurp->too_large && !(slurp->len && slurp->len == slurp->expected))
        slurp_read(slurp, descriptor);
}

/* What lies beside a file was not named by anybody, nor was what a folder lists: links are not
 * followed, since they may lead out of an unpacked folder to what its sender must not see
 * quoted, and pipes are not waited for. */
static int slurp_descriptor(struct slurp *slurp, int directory, const char *path)
{
    struct mlint_closing *closing = &slurp->linter->closing;
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY, descriptor;

    if (slurp->beside || slurp->listed)
        flags |= O_NOFOLLOW | O_NONBLOCK;
    descriptor = openat(directory, path, flags);
    if (descriptor >= 0 || (errno != EMFILE && errno != ENFILE) || !closing->count)
        return descriptor;
    mlint_closing_now(closing);
    return openat(directory, path, flags);
}

static void slurp_file(struct slurp *slurp, int directory, const char *path)
{
    bool unnamed = slurp->beside || slurp->listed;
    int descriptor = slurp_descriptor(slurp, directory, path);

    if (descriptor < 0) {
        slurp->problem = unnamed && errno == ELOOP ? "is a symbolic link" : open_problem(errno);
        slurp->missing = errno == ENOENT || errno == ENOTDIR;
        return;
    }
    slurp_open(slurp, descriptor);
    mlint_closing_add(&slurp->linter->closing, descriptor);
    if (!slurp->listed)
        mlint_closing_now(&slurp->linter->closing);
}

/* user.js beside prefs.js: same directory, memory in the result. */
struct beside {
    int directory;
    const char *path;
    bool listed; /* the file itself: MLINT_FILE_LISTED */
};

/* The folder is the system's to find: "../" is left as it is. */
static const char *join(struct mlint_reading *reading, const char *name)
{
    const struct beside *beside = reading->companion_user;
    struct mlint_str path = mlint_str_from(beside->path);
    size_t slash = mlint_str_rfind_char(path, '/');

    return mlint_arena_printf(reading->arena, "%.*s%s", slash < path.len ? (int)slash + 1 : 0,
                              path.ptr, name);
}

static struct mlint_source *file_companion(struct mlint_reading *reading, const char *name)
{
    const struct beside *beside = reading->companion_user;
    size_t limit = reading->config->limit_size;
    struct slurp slurp = { .linter = reading->result->linter, .beside = true };
    const struct mlint_allocator *allocator = slurp.linter->config->allocator;
    const char *joined = join(reading, name);
    struct mlint_source *source = NULL;
    struct mlint_str bytes;

    slurp.limit = reading->companion_limit && reading->companion_limit < limit
                      ? reading->companion_limit
                      : limit;
    slurp_file(&slurp, beside->directory, joined);
    if (!slurp.problem && !slurp.too_large) {
        bytes = mlint_arena_copy(reading->arena, mlint_str_make(slurp.data, slurp.len));
        source = mlint_result_add_source(
            reading->result, mlint_path_beside(reading->arena, reading->file->path, name),
            bytes);
    } else if (slurp.refused) {
        reading->arena->failed = true;
    } else if (!slurp.missing) {
        mlint_reading_note(reading, MLINT_NOTE_SYNTAX, NULL, "%s beside it was not read: %s",
                           name,
                           slurp.problem          ? slurp.problem
                           : slurp.limit == limit ? "is larger than limit-size"
                                                  : "is too large for that");
    }
    if (slurp.data)
        explicit_bzero(slurp.data, slurp.len);
    allocator->free(allocator->user, slurp.data);
    return source;
}

static struct mlint_str file_names(struct mlint_reading *reading, const char *folder)
{
    const struct beside *beside = reading->companion_user;
    const char *joined = join(reading, folder);

    return mlint_names_in(reading->result->linter, reading->arena, beside->directory,
                          joined[0] ? joined : ".");
}

static enum mlint_status unreadable(struct mlint_result *result, struct mlint_str name,
                                    const struct slurp *slurp, struct mlint_result **out,
                                    struct mlint_error *error)
{
    struct mlint_file *file;
    enum mlint_status status;

    if (slurp->refused) {
        mlint_result_free(result);
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory while reading %.*s",
                               MLINT_STR_ARG(name));
    }
    file = mlint_result_add_file(result, name);
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
    const struct mlint_allocator *allocator = result->config->allocator;

    if (lent) {
        result->byte_count = slurp->len;
        result->borrows_file_buffer = result->linter->file_busy = true;
        result->linter->file_buffer = slurp->data;
        result->linter->file_cap = slurp->cap;
    } else if (result->own_bytes) { /* sifted: the head has served */
        explicit_bzero(slurp->data, slurp->len);
        allocator->free(allocator->user, slurp->data);
    } else {
        result->own_bytes = slurp->data;
        result->own_count = slurp->len;
    }
}

static enum mlint_status check_file(struct mlint_linter *linter, struct beside *near,
                                    struct mlint_entry entry, bool windows,
                                    struct mlint_long_file *window, struct mlint_result **out,
                                    struct mlint_error *error)
{
    struct slurp slurp = { .linter = linter,
                           .limit = linter->config->limit_size,
                           .listed = near->listed };
    struct mlint_result *result = mlint_result_begin(linter);
    bool lent = !linter->file_busy;

    if (!result)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    if (lent) {
        slurp.data = linter->file_buffer;
        slurp.cap = linter->file_cap;
    }
    slurp.result = windows ? result : NULL;
    slurp.entry = &entry;
    slurp_file(&slurp, near->directory, near->path);
    *window = slurp.window;
    keep_bytes(result, &slurp, lent);
    if (!entry.sifted)
        entry.raw = mlint_str_make(slurp.len ? slurp.data : "", slurp.len);
    if (slurp.problem || slurp.too_large)
        return unreadable(result, entry.name, &slurp, out, error);
    return mlint_check_entry(result, &entry, out, error);
}

enum mlint_status mlint_check_file(struct mlint_linter *linter, int directory, const char *path,
                                   const char *name, const char *format, unsigned flags,
                                   struct mlint_result **out, struct mlint_error *error)
{
    struct beside near = { directory, path, flags & MLINT_FILE_LISTED };
    bool beside = flags & MLINT_FILE_BESIDE;
    struct mlint_long_file window;
    struct mlint_result *result = NULL;
    struct mlint_entry entry;
    enum mlint_status status;

    if (!linter || !path || !out)
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_check_file: an argument is NULL");
    entry = (struct mlint_entry){
        .name = mlint_str_from(name ? name : path),
        .companion = beside ? file_companion : NULL,
        .names = beside ? file_names : NULL,
        .companion_user = &near,
    };
    if (mlint_forced_format(format, &entry.forced, error) != MLINT_OK)
        return MLINT_E_ARGUMENT;
    status = check_file(linter, &near, entry, true, &window, &result, error);
    if (status == MLINT_OK && mlint_result_wants_whole(result, &window)) {
        mlint_result_free(result);
        status = check_file(linter, &near, entry, false, &window, &result, error);
    }
    if (status == MLINT_OK)
        *out = result;
    return status;
}
