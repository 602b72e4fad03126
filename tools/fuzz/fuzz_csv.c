/* fuzz_csv.c: any bytes as comma-separated values, and any bytes as sealed values of NSS. */
#include "fuzz.h"

#include "syntax/csv.h"
#include "syntax/nss.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mlint_str raw = mlint_str_make((const char *)data, size);
    struct mlint_source source;
    struct mlint_arena arena;
    struct mlint_nss nss = { .arena = &arena };

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("passwords.csv"), raw);
    if (mlint_source_decode(&source, &arena, 1252))
        mlint_csv_read(&arena, &source);
    mlint_nss_unseal(&nss, raw); /* without keys: the reading of its DER */
    mlint_arena_done(&arena);
    return 0;
}
