/* unwrap_zip.c: picks account files out of an archive, in memory, under ceilings.
 *
 * Profiles that people send hold their mail as well. What lies in mail folders is never
 * unpacked; of anything else the first bytes decide. */
#include "source/unwrap_zip.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "source/limits.h"
#include "source/module_archive.h"
#include "source/source.h"

#define MAX_PATH_BYTES 4096
#define SMALL_MEMBER                                                                           \
    (64u << 10)                 /* a bomb does not keep members of this size from being read   \
                                 */
#define FREE_OUTPUT (16u << 20) /* unpacked bytes to which the ratio does not apply */

struct unpacking {
    struct mlint_arena *arena;
    struct mlint_members *out;
    bool (*wanted)(void *user, struct mlint_str path, struct mlint_str head);
    void *user;
    size_t limit_size, packed, unpacked, seen;
    struct mlint_str path;
    struct mlint_buf content;
    bool decided, keep, encrypted, too_large;
};

bool mlint_is_archive(struct mlint_str raw)
{
    if (raw.len >= 4 && memcmp(raw.ptr, "PK", 2) == 0)
        return memcmp(raw.ptr + 2, "\3\4", 2) == 0 || memcmp(raw.ptr + 2, "\5\6", 2) == 0;
    return raw.len >= 512 && memcmp(raw.ptr + 257, "ustar", 5) == 0;
}

/* A part of the path between slashes equals one of the folders in which clients keep mail. */
static bool in_mail_folder(struct mlint_str path)
{
    static const struct mlint_str folders[] = {
        MLINT_STR_INIT("Mail"),         MLINT_STR_INIT("ImapMail"), MLINT_STR_INIT("News"),
        MLINT_STR_INIT("MailboxStore"), MLINT_STR_INIT("cache2"),
    };
    struct mlint_str part;

    while (mlint_str_split(&path, '/', &part)) {
        for (size_t i = 0; path.ptr && i < sizeof(folders) / sizeof(folders[0]); i++) {
            if (mlint_str_eq(part, folders[i]))
                return true;
        }
    }
    return false;
}

/* Index and cache databases share their magic with account databases. */
static bool is_other_database(struct mlint_str path)
{
    struct mlint_str name = mlint_str_base_name(path);

    return mlint_str_ends_nocase(name, MLINT_STR(".sqlite")) &&
           !mlint_str_starts_nocase(name, MLINT_STR("Accounts"));
}

/* In UTF-8, if need be from the code page of old zips, and with '/' for backslashes, which
 * Windows' own tools write. */
static struct mlint_str tidy_path(struct mlint_arena *arena, const char *path)
{
    struct mlint_str tidy = mlint_arena_copy(arena, mlint_str_from(path));

    if (!mlint_utf8_valid(tidy))
        tidy = mlint_codepage_to_utf8(arena, tidy, 437);
    for (size_t i = 0; i < tidy.len; i++) {
        if (tidy.ptr[i] == '\\')
            ((char *)(uintptr_t)tidy.ptr)[i] = '/';
    }
    return tidy;
}

static enum mlint_member_wish start_member(void *user, const char *path, int64_t size,
                                           int encrypted)
{
    struct unpacking *unpacking = user;
    size_t length = strlen(path);

    if (unpacking->seen++ >= MLINT_LIMIT_MEMBERS || unpacking->arena->failed) {
        unpacking->out->limit = true;
        return MLINT_MEMBER_STOP;
    }
    unpacking->path = tidy_path(unpacking->arena, length <= MAX_PATH_BYTES ? path : "");
    if (!unpacking->path.len || in_mail_folder(unpacking->path) ||
        is_other_database(unpacking->path)) {
        unpacking->out->passed++;
        return MLINT_MEMBER_SKIP;
    }
    mlint_buf_clear(&unpacking->content);
    unpacking->decided = unpacking->keep = false;
    unpacking->encrypted = encrypted != 0;
    unpacking->too_large = size > 0 && (uint64_t)size > unpacking->limit_size;
    return MLINT_MEMBER_READ;
}

static bool decide(struct unpacking *unpacking)
{
    struct mlint_str head = { unpacking->content.ptr, unpacking->content.len };

    if (!unpacking->decided) {
        head.len = head.len < MLINT_LIMIT_PROBE ? head.len : MLINT_LIMIT_PROBE;
        unpacking->keep = unpacking->wanted(unpacking->user, unpacking->path, head);
        unpacking->decided = true;
    }
    return unpacking->keep;
}

static enum mlint_member_wish take_data(void *user, const void *bytes, size_t length)
{
    struct unpacking *unpacking = user;

    unpacking->unpacked += length;
    if (unpacking->unpacked > FREE_OUTPUT &&
        unpacking->unpacked / MLINT_LIMIT_RATIO > unpacking->packed &&
        unpacking->content.len + length > SMALL_MEMBER) {
        unpacking->too_large = true;
        return MLINT_MEMBER_SKIP;
    }
    mlint_buf_add(&unpacking->content, bytes, length);
    if (unpacking->content.failed)
        unpacking->too_large = true;
    if (unpacking->content.len >= MLINT_LIMIT_PROBE && !decide(unpacking))
        return MLINT_MEMBER_SKIP;
    return unpacking->too_large ? MLINT_MEMBER_SKIP : MLINT_MEMBER_READ;
}

static void end_member(void *user, const char *problem)
{
    struct unpacking *unpacking = user;
    struct mlint_members *out = unpacking->out;
    struct mlint_member *member;

    out->encrypted += unpacking->encrypted;
    if (!decide(unpacking)) {
        out->passed++;
        return;
    }
    member = mlint_arena_new(unpacking->arena, struct mlint_member);
    if (!member)
        return;
    member->path = unpacking->path;
    member->encrypted = unpacking->encrypted;
    member->too_large = unpacking->too_large;
    member->problem =
        unpacking->too_large ? "is larger than the ceilings for archives allow" : problem;
    if (!member->too_large)
        member->bytes = mlint_arena_copy(
            unpacking->arena, mlint_str_make(unpacking->content.ptr, unpacking->content.len));
    if (out->last)
        out->last->next = member;
    else
        out->first = member;
    out->last = member;
    member->number = out->count++;
}

bool mlint_archive_read(struct mlint_arena *arena, struct mlint_modules *modules,
                        struct mlint_str raw, size_t limit_size,
                        bool (*wanted)(void *user, struct mlint_str path,
                                       struct mlint_str head),
                        void *user, struct mlint_members *out)
{
    const struct mlint_module_archive *module =
        mlint_module_open(modules, MLINT_MODULE_ARCHIVE);
    struct unpacking unpacking = {
        .arena = arena,
        .out = out,
        .wanted = wanted,
        .user = user,
        .limit_size = limit_size,
        .packed = raw.len,
    };
    struct mlint_archive_visitor visitor = { start_member, take_data, end_member, &unpacking };

    memset(out, 0, sizeof(*out));
    if (!module)
        return false;
    mlint_buf_init(&unpacking.content, arena->allocator, limit_size);
    out->problem = module->visit(raw.ptr, raw.len, &visitor);
    mlint_buf_done(&unpacking.content);
    return true;
}
