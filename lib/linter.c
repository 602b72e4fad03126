/* linter.c: the life of a result: begun, filled from entries, judged, sealed, freed. Knows the
 * order of the layers and nothing of any format, rule or report. */
#include "linter.h"

#include "base/utf8.h"
#include "model/masks.h"
#include "rules/rule.h"
#include "source/limits.h"
#include "source/unwrap_cms.h"
#include "source/unwrap_zip.h"

#define KEEP_AT_MOST (1u << 20) /* larger buffers are given back after use */

struct mlint_result *mlint_result_begin(struct mlint_linter *linter)
{
    const struct mlint_allocator *allocator = linter->config->allocator;
    struct mlint_result *result = linter->spare;
    struct mlint_arena arena;

    if (result) {
        linter->spare = NULL;
        arena = result->arena;
    } else {
        result = allocator->alloc(allocator->user, sizeof(*result));
        if (!result)
            return NULL;
        mlint_arena_init(&arena, allocator, linter->config->limit_memory);
    }
    memset(result, 0, sizeof(*result));
    result->arena = arena;
    linter->stopped = false;
    result->linter = linter;
    result->config = linter->config;
    return result;
}

static void drop_bytes(struct mlint_result *result)
{
    struct mlint_linter *linter = result->linter;
    const struct mlint_allocator *allocator = linter->config->allocator;

    if (result->borrows_file_buffer) {
        if (result->arena.secret)
            explicit_bzero(linter->file_buffer, result->byte_count);
        linter->file_busy = false;
        if (linter->file_cap > KEEP_AT_MOST) {
            allocator->free(allocator->user, linter->file_buffer);
            linter->file_buffer = NULL;
            linter->file_cap = 0;
        }
    }
    if (result->own_bytes) {
        if (result->arena.secret)
            explicit_bzero(result->own_bytes, result->own_count);
        allocator->free(allocator->user, result->own_bytes);
    }
}

void mlint_result_free(struct mlint_result *result)
{
    struct mlint_linter *linter;
    const struct mlint_allocator *allocator;

    if (!result)
        return;
    linter = result->linter;
    allocator = linter->config->allocator;
    drop_bytes(result);
    if (!linter->spare) {
        mlint_arena_reset(&result->arena);
        linter->spare = result;
        return;
    }
    mlint_arena_done(&result->arena);
    allocator->free(allocator->user, result);
}

static struct mlint_source *no_companion(struct mlint_reading *reading, const char *name)
{
    (void)reading;
    (void)name;
    return NULL;
}

static struct mlint_str no_names(struct mlint_reading *reading, const char *folder)
{
    (void)reading;
    (void)folder;
    return MLINT_STR("");
}

/* What is before the last part of a folder's path that ends with '/'; the whole if it cannot be
 * taken away. */
static struct mlint_str without_last(struct mlint_str folder)
{
    struct mlint_str inner = mlint_str_sub(folder, 0, folder.len ? folder.len - 1 : 0);
    size_t slash = mlint_str_rfind_char(inner, '/');
    size_t begin = slash < inner.len ? slash + 1 : 0;
    struct mlint_str part = mlint_str_sub(inner, begin, inner.len);

    if (!part.len || mlint_str_eq(part, MLINT_STR("..")) || mlint_str_eq(part, MLINT_STR(".")))
        return folder;
    return mlint_str_sub(folder, 0, begin);
}

struct mlint_str mlint_path_beside(struct mlint_arena *arena, struct mlint_str path,
                                   const char *name)
{
    size_t slash = mlint_str_rfind_char(path, '/');
    struct mlint_str folder = mlint_str_sub(path, 0, slash < path.len ? slash + 1 : 0), up;

    while (strncmp(name, "../", 3) == 0) {
        up = without_last(folder);
        if (up.len == folder.len)
            break;
        folder = up;
        name += 3;
    }
    return mlint_str_from(mlint_arena_printf(arena, "%.*s%s", MLINT_STR_ARG(folder), name));
}

static void refuse(struct mlint_file *file, enum mlint_file_status status, const char *detail)
{
    file->status = status;
    file->detail = detail;
}

/* What is known of the wrapping, before what is known of the content. */
static void say_wrapping(struct mlint_reading *reading, const struct mlint_unwrapping *wrapping)
{
    struct mlint_file *file = reading->file;

    file->detail = file->detail ? mlint_arena_printf(reading->arena, "%s; %s", wrapping->detail,
                                                     file->detail)
                                : wrapping->detail;
    if (wrapping->broken && reading->tree)
        mlint_tree_note(reading->tree, MLINT_NOTE_SYNTAX, MLINT_NO_SPAN,
                        "the signature does not match: the profile was changed after it was "
                        "signed, and devices will refuse it");
}

/* Signatures and base64 come off first; lines are then those of what was inside. */
static void read_content(struct mlint_reading *reading, const struct mlint_format *forced)
{
    static const enum mlint_file_status statuses[] = {
        [MLINT_UNWRAP_SEALED] = MLINT_FILE_UNREADABLE,
        [MLINT_UNWRAP_DAMAGED] = MLINT_FILE_DAMAGED,
        [MLINT_UNWRAP_LIMIT] = MLINT_FILE_LIMIT,
    };
    struct mlint_unwrapping wrapping;
    enum mlint_unwrapped unwrapped = mlint_unwrap(
        reading->arena, &reading->result->linter->modules, reading->source, &wrapping);

    if (unwrapped > MLINT_UNWRAP_DONE) {
        refuse(reading->file, statuses[unwrapped], wrapping.detail);
        return;
    }
    mlint_detect_and_read(reading, forced);
    if (unwrapped == MLINT_UNWRAP_DONE)
        say_wrapping(reading, &wrapping);
    if (reading->file->status != MLINT_FILE_UNRECOGNISED)
        mlint_reading_finish(reading);
}

static void read_file(struct mlint_result *result, const struct mlint_entry *entry)
{
    struct mlint_file *file = mlint_result_add_file(result, entry->name);
    struct mlint_source *source = mlint_result_add_source(result, entry->name, entry->raw);
    struct mlint_reading reading = {
        .config = result->config,
        .result = result,
        .arena = &result->arena,
        .file = file,
        .source = source,
        .before = result->last_account,
        .everything = entry->everything,
        .companion = entry->companion ? entry->companion : no_companion,
        .names = entry->names ? entry->names : no_names,
        .companion_user = entry->companion_user,
    };

    if (!file || !source || mlint_linter_stopped(result->linter))
        return;
    mlint_file_configure(result, file);
    file->source = source->index;
    source->sifted = entry->sifted;
    if (entry->raw.len > result->config->limit_size) {
        refuse(file, MLINT_FILE_LIMIT,
               mlint_arena_printf(&result->arena, "is larger than %zu MiB (limit-size)",
                                  result->config->limit_size >> 20));
        return;
    }
    read_content(&reading, entry->forced);
}

void mlint_result_read(struct mlint_result *result, const struct mlint_entry *entry)
{
    bool fits = entry->raw.len <= result->config->limit_size;

    if (fits && !entry->forced && mlint_is_archive(entry->raw))
        mlint_result_read_archive(result, entry);
    else
        read_file(result, entry);
}

/* The accounts as an array, numbered; settings of a file without account stay in the list. */
static void number_accounts(struct mlint_result *result)
{
    struct mlint_account *account;
    size_t count = 0;

    for (account = result->account_list; account; account = account->next) {
        if (account->flags & MLINT_ACCOUNT_FILE_ONLY)
            result->files[account->file]->account_count--;
        else
            account->index = (uint32_t)count++;
    }
    result->accounts =
        mlint_arena_array(&result->arena, const struct mlint_account *, count + 1);
    if (!result->accounts)
        return;
    for (account = result->account_list; account; account = account->next) {
        if (!(account->flags & MLINT_ACCOUNT_FILE_ONLY))
            result->accounts[result->account_count++] = account;
    }
}

/* Memory ran out by the ceiling: an honest result of one file that says so. */
static enum mlint_status start_over(struct mlint_result **result, struct mlint_str name,
                                    struct mlint_error *error)
{
    bool ceiling = (*result)->arena.over_budget;
    struct mlint_file *file;

    mlint_arena_reset(&(*result)->arena);
    (*result)->files = NULL;
    (*result)->file_count = (*result)->file_cap = 0;
    (*result)->sources = NULL;
    (*result)->source_count = (*result)->source_cap = 0;
    (*result)->account_list = (*result)->last_account = NULL;
    (*result)->accounts = NULL;
    (*result)->account_count = 0;
    (*result)->verdicts = NULL;
    (*result)->verdict_count = (*result)->verdict_cap = 0;
    (*result)->finding_list = (*result)->last_finding = NULL;
    (*result)->findings = NULL;
    (*result)->finding_count = 0;
    file = ceiling ? mlint_result_add_file(*result, name) : NULL;
    if (file && mlint_result_add_source(*result, name, MLINT_STR(""))) {
        refuse(file, MLINT_FILE_LIMIT, "needs more memory than limit-memory allows");
        return MLINT_OK;
    }
    mlint_result_free(*result);
    *result = NULL;
    return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory while reading %.*s",
                           MLINT_STR_ARG(name));
}

enum mlint_status mlint_result_seal(struct mlint_result **result, struct mlint_str name,
                                    struct mlint_error *error)
{
    if (!(*result)->arena.failed)
        number_accounts(*result);
    if (!(*result)->arena.failed)
        mlint_rules_run(*result);
    if (!(*result)->arena.failed) /* last, since it asks how much memory is left */
        mlint_result_plan_masks(*result);
    if ((*result)->linter->stopped) {
        mlint_result_free(*result);
        *result = NULL;
        return mlint_fail_with(error, MLINT_E_CANCELLED, "%.*s: the host ended the call",
                               MLINT_STR_ARG(name));
    }
    if ((*result)->too_many_findings && (*result)->files[0]->status == MLINT_FILE_OK)
        refuse((*result)->files[0], MLINT_FILE_LIMIT, "has more findings than maillint lists");
    return (*result)->arena.failed ? start_over(result, name, error) : MLINT_OK;
}

enum mlint_status mlint_check_entry(struct mlint_result *result,
                                    const struct mlint_entry *entry, struct mlint_result **out,
                                    struct mlint_error *error)
{
    enum mlint_status status;

    mlint_result_read(result, entry);
    status = mlint_result_seal(&result, entry->name, error);
    if (status == MLINT_OK)
        *out = result;
    return status;
}

enum mlint_status mlint_forced_format(const char *id, const struct mlint_format **out,
                                      struct mlint_error *error)
{
    *out = id ? mlint_format_find(id) : NULL;
    if (id && !*out)
        return mlint_fail_with(error, MLINT_E_ARGUMENT, "no format is called \"%s\"", id);
    return MLINT_OK;
}
