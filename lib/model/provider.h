/* provider.h: the settings that accounts are held against, as data. lib/providers reads them
 * from files and picks one for an account. */
#ifndef MLINT_MODEL_PROVIDER_H
#define MLINT_MODEL_PROVIDER_H

#include "base/str.h"
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
    bool many_pop_sessions;            /* one-pop-session = no: several clients may poll */
    int64_t min_interval_ms;           /* 0: the setting decides */
    bool generic;
};

#endif
