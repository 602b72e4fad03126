/* archive.c: an archive as an input: each member that may be an account file is an entry of its
 * own, "export.zip!profile/prefs.js", with the files beside it as companions. */
#include "linter.h"

#include "source/limits.h"
#include "source/unwrap_cms.h"
#include "source/unwrap_zip.h"

#include <stdlib.h>

/* Each member may look through all others for what belongs to it. */
#define LOOK_THROUGH 4096

struct opened {
    const struct mlint_entry *entry;
    struct mlint_members members;
    const struct mlint_member **by_path; /* sorted; of equal paths the first member first */
};

/* One member being read, for its companions. */
struct seat {
    const struct opened *opened;
    struct mlint_str folder; /* with its '/', or empty */
};

static bool is_companion(struct mlint_str name)
{
    for (size_t i = 0; mlint_formats[i]; i++) {
        const char *const *companion = mlint_formats[i]->companions;
        for (; companion && *companion; companion++) {
            if (mlint_str_eq_nocase(name, mlint_str_from(*companion)))
                return true;
        }
    }
    return false;
}

static bool wanted(void *user, struct mlint_str path, struct mlint_str head)
{
    struct mlint_result *result = user;

    if (mlint_linter_stopped(result->linter))
        return false; /* passed over without being unpacked */
    return mlint_detect_best_bid(path, head) > MLINT_BID_NONE || mlint_is_wrapped(head) ||
           is_companion(mlint_str_base_name(path));
}

static const char *member_name(struct mlint_arena *arena, const struct opened *opened,
                               struct mlint_str path)
{
    return mlint_arena_printf(arena, "%.*s!%.*s", MLINT_STR_ARG(opened->entry->name),
                              MLINT_STR_ARG(path));
}

/* One folder up, for a companion's leading "../". */
static struct mlint_str parent_of(struct mlint_str folder)
{
    size_t slash =
        folder.len ? mlint_str_rfind_char(mlint_str_sub(folder, 0, folder.len - 1), '/') : 0;

    return slash + 1 < folder.len ? mlint_str_sub(folder, 0, slash + 1) : MLINT_STR("");
}

/* A name as seen from a member, with its leading "../", split into the folder and the rest. */
static struct mlint_str folder_of(const struct seat *seat, struct mlint_str *name)
{
    struct mlint_str folder = seat->folder;

    for (; mlint_str_starts(*name, MLINT_STR("../")); folder = parent_of(folder))
        *name = mlint_str_sub(*name, 3, name->len);
    return folder;
}

static struct mlint_str names_in(struct mlint_reading *reading, const char *folder)
{
    const struct seat *seat = reading->companion_user;
    const struct mlint_member *member = seat->opened->members.first;
    struct mlint_names names = { .arena = reading->arena };
    struct mlint_str below = mlint_str_from(folder), start = folder_of(seat, &below);

    if (seat->opened->members.count > LOOK_THROUGH)
        return MLINT_STR("");
    for (; member && !names.too_many; member = member->next) {
        struct mlint_str name = member->path;

        if (!mlint_str_starts(name, start))
            continue;
        name = mlint_str_sub(name, start.len, name.len);
        if (!mlint_str_starts(name, below))
            continue;
        name = mlint_str_sub(name, below.len, name.len);
        mlint_names_add(&names, mlint_str_sub(name, 0, mlint_str_find_char(name, '/') + 1));
    }
    return mlint_names_join(&names);
}

static int compare_paths(const void *left, const void *right)
{
    const struct mlint_member *a = *(const struct mlint_member *const *)left;
    const struct mlint_member *b = *(const struct mlint_member *const *)right;
    int order = mlint_str_cmp(a->path, b->path);

    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static bool sort_members(struct mlint_arena *arena, struct opened *opened)
{
    const struct mlint_member *member = opened->members.first;
    size_t count = opened->members.count;

    opened->by_path = mlint_arena_array(arena, const struct mlint_member *, count + 1);
    if (!opened->by_path)
        return false;
    for (size_t i = 0; i < count; i++, member = member->next)
        opened->by_path[i] = member;
    qsort(opened->by_path, count, sizeof(opened->by_path[0]), compare_paths);
    return true;
}

/* The first member of that path which could be unpacked, or NULL. */
static const struct mlint_member *find_member(const struct opened *opened,
                                              struct mlint_str path)
{
    size_t low = 0, high = opened->members.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (mlint_str_cmp(opened->by_path[middle]->path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < opened->members.count; low++) {
        const struct mlint_member *member = opened->by_path[low];

        if (!mlint_str_eq(member->path, path))
            return NULL;
        if (!member->problem)
            return member;
    }
    return NULL;
}

static struct mlint_source *companion(struct mlint_reading *reading, const char *name)
{
    const struct seat *seat = reading->companion_user;
    struct mlint_str wanted_name = mlint_str_from(name);
    struct mlint_str folder = folder_of(seat, &wanted_name);
    const struct mlint_member *member = find_member(
        seat->opened,
        mlint_str_from(mlint_arena_printf(reading->arena, "%.*s%.*s", MLINT_STR_ARG(folder),
                                          MLINT_STR_ARG(wanted_name))));

    if (!member)
        return NULL;
    return mlint_result_add_source(
        reading->result,
        mlint_str_from(member_name(reading->arena, seat->opened, member->path)), member->bytes);
}

static void refuse_member(struct mlint_result *result, struct mlint_str name,
                          enum mlint_file_status status, const char *detail)
{
    struct mlint_file *file = mlint_result_add_file(result, name);
    struct mlint_source *source = mlint_result_add_source(result, name, MLINT_STR(""));

    if (!file || !source)
        return;
    file->source = source->index;
    file->status = status;
    file->detail = detail;
}

static void read_member(struct mlint_result *result, const struct opened *opened,
                        const struct mlint_member *member)
{
    struct mlint_str base = mlint_str_base_name(member->path);
    struct seat seat = { opened, mlint_str_sub(member->path, 0, member->path.len - base.len) };
    struct mlint_entry entry = {
        .name = mlint_str_from(member_name(&result->arena, opened, member->path)),
        .raw = member->bytes,
        .everything = opened->entry->everything,
        .depth = opened->entry->depth + 1,
        .companion = companion,
        .names = names_in,
        .companion_user = &seat,
    };

    if (member->problem)
        refuse_member(result, entry.name,
                      member->encrypted   ? MLINT_FILE_UNREADABLE
                      : member->too_large ? MLINT_FILE_LIMIT
                                          : MLINT_FILE_DAMAGED,
                      member->encrypted ? "the archive member is encrypted" : member->problem);
    else if (entry.depth <= MLINT_LIMIT_UNWRAP &&
             (mlint_is_wrapped(member->bytes) ||
              mlint_detect_best_bid(member->path,
                                    mlint_str_sub(member->bytes, 0, MLINT_LIMIT_PROBE))))
        mlint_result_read(result, &entry);
}

/* What there is to say of the archive itself, if anything. */
static void conclude(struct mlint_result *result, const struct opened *opened, size_t before)
{
    const struct mlint_members *members = &opened->members;
    struct mlint_str name = opened->entry->name;

    if (members->limit)
        refuse_member(result, name, MLINT_FILE_LIMIT, "the archive has too many members");
    else if (members->problem)
        refuse_member(result, name, MLINT_FILE_DAMAGED, members->problem);
    else if (members->encrypted && result->file_count == before)
        refuse_member(result, name, MLINT_FILE_UNREADABLE, "the archive is encrypted");
    else if (result->file_count == before)
        refuse_member(result, name, MLINT_FILE_UNRECOGNISED,
                      "the archive holds no account file");
}

void mlint_result_read_archive(struct mlint_result *result, const struct mlint_entry *entry)
{
    struct opened opened = { .entry = entry };
    size_t before = result->file_count;

    if (!mlint_archive_read(&result->arena, &result->linter->modules, entry->raw,
                            result->config->limit_size, wanted, result, &opened.members)) {
        refuse_member(result, entry->name, MLINT_FILE_UNREADABLE,
                      "this build was made without the library that reads archives");
        return;
    }
    if (!sort_members(&result->arena, &opened))
        return;
    for (const struct mlint_member *member = opened.members.first; member;
         member = member->next)
        read_member(result, &opened, member);
    conclude(result, &opened, before);
}
