/* api.c: public entry points for linters and linting: check arguments, call inward. */
#include "linter.h"

const char *mlint_version(void)
{
    return MLINT_VERSION;
}

enum mlint_status mlint_linter_new(struct mlint_linter **out, const struct mlint_config *config,
                                   struct mlint_error *error)
{
    struct mlint_linter *linter;

    if (!out || !config)
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_linter_new: an argument is NULL");
    linter = config->allocator->alloc(config->allocator->user, sizeof(*linter));
    if (!linter)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    memset(linter, 0, sizeof(*linter));
    linter->config = config;
    mlint_closing_init(&linter->closing);
    *out = linter;
    return MLINT_OK;
}

void mlint_linter_free(struct mlint_linter *linter)
{
    const struct mlint_allocator *allocator;

    if (!linter)
        return;
    allocator = linter->config->allocator;
    if (linter->spare) {
        mlint_arena_done(&linter->spare->arena);
        allocator->free(allocator->user, linter->spare);
    }
    mlint_closing_now(&linter->closing);
    mlint_modules_done(&linter->modules);
    mlint_pattern_free(linter->shape);
    mlint_buf_done(&linter->listing.names);
    allocator->free(allocator->user, linter->file_buffer);
    allocator->free(allocator->user, linter);
}

static struct mlint_source *host_companion(struct mlint_reading *reading, const char *name)
{
    const struct mlint_input *input = reading->companion_user;
    const void *data = NULL;
    size_t length = 0;

    if (!input->companion(input->user, name, &data, &length) || !data)
        return NULL;
    return mlint_result_add_source(reading->result,
                                   mlint_path_beside(reading->arena, reading->file->path, name),
                                   mlint_str_make(data, length));
}

/* Names from a host: made sure of, since readers count on their order. */
static struct mlint_str host_names(struct mlint_reading *reading, const char *folder)
{
    const struct mlint_input *input = reading->companion_user;
    struct mlint_names names = { .arena = reading->arena };
    size_t length = strlen(folder);
    const char *name, *asked = mlint_arena_printf(reading->arena, "%.*s",
                                                  (int)(length ? length - 1 : 0), folder);

    for (size_t i = 0; !names.too_many && (name = input->list(input->user, asked, i)); i++)
        mlint_names_add(&names, mlint_str_from(name));
    return mlint_names_join(&names);
}

bool mlint_good_input(const struct mlint_input *input)
{
    return input && input->struct_size >= sizeof(*input) && (input->data || !input->length);
}

enum mlint_status mlint_entry_of(const struct mlint_input *input, struct mlint_entry *entry,
                                 struct mlint_error *error)
{
    *entry = (struct mlint_entry){
        .name = mlint_str_from(input->name ? input->name : "-"),
        .raw = mlint_str_make(input->length ? input->data : "", input->length),
        .companion = input->companion ? host_companion : NULL,
        .names = input->list ? host_names : NULL,
        .companion_user = (void *)(uintptr_t)input,
    };
    return mlint_forced_format(input->format, &entry->forced, error);
}

enum mlint_status mlint_check(struct mlint_linter *linter, const struct mlint_input *input,
                              struct mlint_result **out, struct mlint_error *error)
{
    struct mlint_result *result;
    struct mlint_entry entry;

    if (!linter || !out || !mlint_good_input(input))
        return mlint_fail_with(error, MLINT_E_ARGUMENT, "mlint_check: a wrong argument");
    if (mlint_entry_of(input, &entry, error) != MLINT_OK)
        return MLINT_E_ARGUMENT;
    result = mlint_result_begin(linter);
    if (!result)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    return mlint_check_entry(result, &entry, out, error);
}
