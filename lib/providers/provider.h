/* provider.h: the settings that accounts are held against. */
#ifndef MLINT_PROVIDERS_PROVIDER_H
#define MLINT_PROVIDERS_PROVIDER_H

#include "base/arena.h"
#include "model/config.h"
#include "model/model.h"
#include "maillint/maillint.h"

/* One server that a provider accepts; unset parts (0, empty) accept anything. */
struct mlint_server {
    enum mlint_protocol protocol;
    struct mlint_str host;
    int port;
    enum mlint_security security;
    unsigned auth_mask; /* 1u << enum mlint_auth, any of */
    bool secondary;     /* "also serves": right, but not what hints recommend */
};

struct mlint_provider {
    struct mlint_provider *next;
    struct mlint_str id, name;
    struct mlint_server *servers;
    size_t server_count;
    struct mlint_str *domains;
    size_t domain_count;
    bool app_password;                 /* asks for app passwords */
    struct mlint_str password_pattern; /* PCRE2, matched after white space is taken out */
    bool one_pop_session;
    int64_t min_interval_ms; /* 0: the setting decides */
    bool generic;
};

/* Put the built-in providers into config->providers; false: no memory. */
bool mlint_providers_built_in(struct mlint_config *config);
/* The provider an account is held against: --provider, else by its hosts (slips of distance 1-2
 * included), else by domain, else generic. Never NULL. */
const struct mlint_provider *mlint_provider_for(const struct mlint_config *config,
                                                const struct mlint_account *account);
/* Read an INI provider (name is for messages) into the arena; NULL and error on failure. */
struct mlint_provider *mlint_provider_parse(struct mlint_arena *arena, const char *name,
                                            struct mlint_str text, struct mlint_error *error);
const struct mlint_provider *mlint_provider_generic(void);

#endif
