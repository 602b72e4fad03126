/* module.h: heavy libraries behind small tables of functions, opened when the first input needs
 * them. Linking libxml2 alone costs a millisecond before main; most runs never see XML.
 *
 * A module is one file `module_NAME.c` in the layer that uses it, one row in that folder's
 * meson.build, one id here. It exports `const struct mlint_module_NAME mlint_module_NAME`,
 * whose first member is `abi` (MLINT_MODULE_ABI), and calls nothing of libmaillint. */
#ifndef MLINT_BASE_MODULE_H
#define MLINT_BASE_MODULE_H

#include <stdbool.h>
#include <stdint.h>

#define MLINT_MODULE_ABI 1u

enum mlint_module_id {
    MLINT_MODULE_XML,
    MLINT_MODULE_ARCHIVE,
    MLINT_MODULE_CMS,
    MLINT_MODULE_HIVE,
    MLINT_MODULE_SQLITE,
    MLINT_MODULE_JSON,
    MLINT_MODULE_CRYPTO,
    MLINT_MODULE_PATTERN,
    MLINT_MODULE_COUNT
};

/* One thread's opened modules and what it keeps for each (a reused parser context, say). */
struct mlint_modules {
    const void *table[MLINT_MODULE_COUNT];
    bool tried[MLINT_MODULE_COUNT];
    void *state[MLINT_MODULE_COUNT];
    void (*drop[MLINT_MODULE_COUNT])(void *state);
};

/* The module's table, opened if need be; NULL if this build or installation lacks it. */
const void *mlint_module_open(struct mlint_modules *modules, enum mlint_module_id id);
/* Whether this build has it at all. */
bool mlint_module_built(enum mlint_module_id id);
enum mlint_module_id mlint_module_named(const char *name); /* MLINT_MODULE_COUNT: none */
const char *mlint_module_name(enum mlint_module_id id);
void mlint_modules_done(struct mlint_modules *modules);

#endif
