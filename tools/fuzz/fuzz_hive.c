/* fuzz_hive.c: any bytes as a registry hive. The header's checksum is put right first, or
 * hardly a changed hive would get past libhivex's first look. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "syntax/hive.h"

#define CHECKSUM 0x1FC

static void put_checksum(unsigned char *hive, size_t size)
{
    uint32_t sum = 0, word;

    if (size < CHECKSUM + 4)
        return;
    for (size_t i = 0; i < CHECKSUM; i += 4) {
        memcpy(&word, hive + i, 4);
        sum ^= word;
    }
    memcpy(hive + CHECKSUM, &sum, 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct mlint_hive_options options = { NULL, NULL };
    struct mlint_modules modules = { { NULL }, { false }, { NULL }, { NULL } };
    struct mlint_source source;
    struct mlint_arena arena;
    unsigned char *copy = malloc(size ? size : 1);

    if (!copy)
        abort();
    if (size)
        memcpy(copy, data, size);
    put_checksum(copy, size);
    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("NTUSER.DAT"),
                      mlint_str_make((const char *)copy, size));
    mlint_hive_read(&arena, &source, &modules, &options);
    mlint_modules_done(&modules);
    mlint_arena_done(&arena);
    free(copy);
    return 0;
}
