/* fuzz_reg.c: any bytes as a registry export, all of it and only some of its keys. */
#include "fuzz.h"

#include "syntax/reg.h"

static bool wanted(struct mlint_str path, size_t from)
{
    (void)from;
    return path.len % 2 == 0;
}

static bool secret(struct mlint_str text)
{
    return text.len % 3 == 0;
}

static void read_with(const struct mlint_reg_options *options, struct mlint_str raw)
{
    struct mlint_source source;
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("x.reg"), raw);
    if (mlint_source_decode(&source, &arena, 1252))
        mlint_reg_read(&arena, &source, options);
    mlint_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mlint_str raw = mlint_str_make((const char *)data, size);

    read_with(&(struct mlint_reg_options){ .code_page = 1252 }, raw);
    read_with(&(struct mlint_reg_options){ .wanted = wanted, .secret = secret }, raw);
    return 0;
}
