/* module_open.c: finds and opens modules. Built twice: in the shared library it opens
 * maillint/maillint-NAME.so beside itself or where it was installed; in the static library
 * (MLINT_MODULES_LINKED) the tables are linked in. It remembers only in what the caller owns.
 */
#include "base/module.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Which modules this build has: meson defines MLINT_BUILT_NAME as 0 or 1 for each. */
#ifdef MLINT_MODULES_LINKED
/* Only where they are matters here; what they hold is for those who use them. */
#define LINKED(name) extern const struct mlint_module_##name mlint_module_##name
LINKED(xml);
LINKED(archive);
LINKED(cms);
LINKED(hive);
LINKED(sqlite);
LINKED(json);
LINKED(crypto);
LINKED(pattern);
#define ROW(name, built)                                                                       \
    {                                                                                          \
#name, (built) ? &mlint_module_##name : NULL, built                                    \
    }
#else
#define ROW(name, built)                                                                       \
    {                                                                                          \
#name, NULL, built                                                                     \
    }
#endif

static const struct {
    const char *name;
    const void *linked; /* the module's table, whose first member is its ABI */
    bool built;
} modules_known[MLINT_MODULE_COUNT] = {
    [MLINT_MODULE_XML] = ROW(xml, MLINT_BUILT_XML),
    [MLINT_MODULE_ARCHIVE] = ROW(archive, MLINT_BUILT_ARCHIVE),
    [MLINT_MODULE_CMS] = ROW(cms, MLINT_BUILT_CMS),
    [MLINT_MODULE_HIVE] = ROW(hive, MLINT_BUILT_HIVE),
    [MLINT_MODULE_SQLITE] = ROW(sqlite, MLINT_BUILT_SQLITE),
    [MLINT_MODULE_JSON] = ROW(json, MLINT_BUILT_JSON),
    [MLINT_MODULE_CRYPTO] = ROW(crypto, MLINT_BUILT_CRYPTO),
    [MLINT_MODULE_PATTERN] = ROW(pattern, MLINT_BUILT_PATTERN),
};

bool mlint_module_built(enum mlint_module_id id)
{
    return id < MLINT_MODULE_COUNT && modules_known[id].built;
}

const char *mlint_module_name(enum mlint_module_id id)
{
    return id < MLINT_MODULE_COUNT ? modules_known[id].name : "";
}

enum mlint_module_id mlint_module_named(const char *name)
{
    unsigned id = 0;

    while (id < MLINT_MODULE_COUNT && strcmp(modules_known[id].name, name) != 0)
        id++;
    return (enum mlint_module_id)id;
}

#ifdef MLINT_MODULES_LINKED

static const uint32_t *find(enum mlint_module_id id)
{
    return modules_known[id].linked;
}

#else

/* A module's libraries look among themselves first: a third of libxml2's start. The address
 * and thread sanitizers have to come before everything. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(RTLD_DEEPBIND)
#define OWN_SYMBOLS_FIRST 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OWN_SYMBOLS_FIRST 0
#else
#define OWN_SYMBOLS_FIRST RTLD_DEEPBIND
#endif
#else
#define OWN_SYMBOLS_FIRST RTLD_DEEPBIND
#endif

static const uint32_t *symbol_of(const char *path, const char *name)
{
    char symbol[64];
    void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE | OWN_SYMBOLS_FIRST);

    if (!library)
        return NULL;
    snprintf(symbol, sizeof(symbol), "mlint_module_%s", name);
    return dlsym(library, symbol); /* the library stays open: other threads use it too */
}

#ifdef MLINT_MODULES_NEAR
/* Linked into a program: in its build tree, or as far from it as the installation has them. */
static const char *const places[] = { "%s/../../lib/maillint-%s.so",
                                      "%s/" MLINT_MODULES_NEAR "/maillint-%s.so" };

static bool find_self(char *path, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", path, size - 1);

    path[length > 0 ? length : 0] = '\0';
    return length > 0;
}
#else
/* Beside this library (a build tree), in maillint/ beside it (moved trees). */
static const char *const places[] = { "%s/maillint-%s.so", "%s/maillint/maillint-%s.so" };

static bool find_self(char *path, size_t size)
{
    Dl_info self;

    if (!dladdr((void *)(uintptr_t)&mlint_module_open, &self) || !self.dli_fname)
        return false;
    return snprintf(path, size, "%s", self.dli_fname) < (int)size;
}
#endif

/* Last, where it was installed. */
static const uint32_t *find(enum mlint_module_id id)
{
    const char *name = modules_known[id].name;
    const uint32_t *table = NULL;
    char self[4096], path[sizeof(self) + 256];
    char *slash = find_self(self, sizeof(self)) ? strrchr(self, '/') : NULL;

    if (slash)
        *slash = '\0';
    for (size_t i = 0; i < 2 && !table && slash; i++) {
        snprintf(path, sizeof(path), places[i], self, name);
        table = symbol_of(path, name);
    }
    if (!table) {
        snprintf(path, sizeof(path), "%s/maillint-%s.so", MLINT_MODULE_DIR, name);
        table = symbol_of(path, name);
    }
    return table;
}

#endif

const void *mlint_module_open(struct mlint_modules *modules, enum mlint_module_id id)
{
    const uint32_t *table;

    if (id >= MLINT_MODULE_COUNT || !modules_known[id].built)
        return NULL;
    if (!modules->tried[id]) {
        modules->tried[id] = true;
        table = find(id);
        modules->table[id] = table && *table == MLINT_MODULE_ABI ? table : NULL;
    }
    return modules->table[id];
}

void mlint_modules_done(struct mlint_modules *modules)
{
    for (unsigned id = 0; id < MLINT_MODULE_COUNT; id++) {
        if (modules->state[id] && modules->drop[id])
            modules->drop[id](modules->state[id]);
        modules->state[id] = NULL;
    }
}
