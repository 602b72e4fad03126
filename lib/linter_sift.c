/* linter_sift.c: long files whose readers pass over most lines are read through a window, so
 * that memory holds what matters and not the file. */
#include "linter.h"

#include "source/limits.h"
#include "source/unwrap_cms.h"
#include "source/unwrap_zip.h"

static mlint_sieve *find_sieve(const struct mlint_entry *entry, struct mlint_long_file *file)
{
    if (file->size < (uint64_t)MLINT_LIMIT_WINDOW_MIB << 20 || entry->everything ||
        file->head.len < 4 * MLINT_LIMIT_PROBE || mlint_is_archive(file->head) ||
        mlint_is_wrapped(file->head))
        return NULL;
    return mlint_detect_sieve(entry->name, file->head, (size_t)file->size, entry->forced,
                              &file->alone);
}

/* Whose lines can be told apart before it is known which page it is: ASCII is ASCII. */
static bool keeps_ascii(unsigned code_page)
{
    return code_page == 0 || code_page == 437 || (code_page >= 850 && code_page <= 866) ||
           code_page == 874 || code_page == 932 || code_page == 936 || code_page == 949 ||
           code_page == 950 || (code_page >= 1250 && code_page <= 1258);
}

bool mlint_result_sift(struct mlint_result *result, struct mlint_entry *entry,
                       struct mlint_long_file *file)
{
    struct mlint_sifted *sifted;
    struct mlint_sifting sifting;
    bool done;

    file->sieve = find_sieve(entry, file);
    if (!file->sieve || !keeps_ascii(result->config->code_page))
        return false;
    sifted = mlint_arena_new(&result->arena, struct mlint_sifted);
    if (!sifted)
        return false;
    mlint_sifting_init(&sifting, result->config->allocator);
    sifting.sieve = file->sieve;
    sifting.head = file->head;
    sifting.pull = file->pull;
    sifting.user = file->user;
    sifting.expected = file->size;
    if (result->config->limit_size < sifting.limit)
        sifting.limit = result->config->limit_size;
    done = mlint_sift_file(&sifting, &result->arena, sifted);
    result->own_bytes = sifting.text;
    result->own_count = sifting.len;
    file->too_large = sifting.too_large;
    if (sifting.broken || sifting.no_memory)
        file->problem = sifting.broken ? "cannot be read" : "out of memory";
    if (!done)
        return true;
    entry->sifted = sifted;
    entry->raw = sifted->encoding == MLINT_ENC_UTF8
                     ? mlint_str_make(sifting.len ? sifting.text : "", sifting.len)
                     : mlint_arena_copy(&result->arena,
                                        mlint_str_sub(file->head, 0, 4 * MLINT_LIMIT_PROBE));
    return true;
}

bool mlint_result_wants_whole(const struct mlint_result *result,
                              const struct mlint_long_file *file)
{
    const struct mlint_file *read = result->file_count ? result->files[0] : NULL;

    if (!read || !file->sieve || file->alone)
        return false;
    return read->format ? read->format->sieve != file->sieve
                        : read->status == MLINT_FILE_UNRECOGNISED;
}
