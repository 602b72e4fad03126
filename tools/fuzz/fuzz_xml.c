/* fuzz_xml.c: any bytes through the XML reader. */
#include "fuzz.h"

#include "syntax/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mlint_modules modules = { { NULL }, { false }, { NULL }, { NULL } };
    struct mlint_source source;
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("input.xml"),
                      mlint_str_make((const char *)data, size));
    mlint_xml_read(&arena, &source, &modules);
    mlint_modules_done(&modules);
    mlint_arena_done(&arena);
    return 0;
}
