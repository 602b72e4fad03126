/* nss.h: Mozilla's password store: key4.db opens the sealed values of logins.json. What is
 * opened stays in the arena, which is marked to be wiped. */
#ifndef MLINT_SYNTAX_NSS_H
#define MLINT_SYNTAX_NSS_H

#include "base/module.h"
#include "syntax/node.h"

#define MLINT_NSS_KEYS 8 /* an upgraded store holds two under one id */

struct mlint_nss_key {
    bool aes;
    unsigned char bytes[32];
};

struct mlint_nss {
    struct mlint_arena *arena;
    const struct mlint_module_crypto *crypto;
    struct mlint_nss_key keys[MLINT_NSS_KEYS];
    size_t key_count;
    const char *problem; /* why it cannot be opened, for people; or NULL */
};

/* Open a key4.db (with its log, which may be empty) that no primary password protects. */
bool mlint_nss_open(struct mlint_nss *nss, struct mlint_arena *arena,
                    struct mlint_modules *modules, struct mlint_source *database,
                    struct mlint_str wal);
/* The plain text of a sealed value (base64), or {NULL, 0}. */
struct mlint_str mlint_nss_unseal(const struct mlint_nss *nss, struct mlint_str sealed);
/* Wipe the keys. */
void mlint_nss_done(struct mlint_nss *nss);

#endif
