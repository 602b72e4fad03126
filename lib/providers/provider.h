/* provider.h: where the settings that accounts are held against come from, and which is whose.
 */
#ifndef MLINT_PROVIDERS_PROVIDER_H
#define MLINT_PROVIDERS_PROVIDER_H

#include "base/arena.h"
#include "model/config.h"
#include "model/model.h"
#include "maillint/maillint.h"
#include "model/provider.h"

/* Put the built-in providers into config->providers; false: no memory. */
bool mlint_providers_built_in(struct mlint_config *config);
/* The provider an account is held against: --provider, else by its hosts (slips of distance 1-2
 * included), else by domain, else generic. Never NULL. */
const struct mlint_provider *mlint_provider_for(const struct mlint_config *config,
                                                const struct mlint_account *account);
/* Read a provider, INI or clientConfig (name is for messages) into the arena; NULL and error on
 * failure. */
struct mlint_provider *mlint_provider_parse(struct mlint_arena *arena, const char *name,
                                            struct mlint_str text, struct mlint_error *error);
/* The same from a Mozilla clientConfig; mlint_provider_parse tells the two apart. */
struct mlint_provider *mlint_provider_from_xml(struct mlint_arena *arena, const char *name,
                                               struct mlint_str text,
                                               struct mlint_error *error);
const struct mlint_provider *mlint_provider_generic(void);
/* Edits between a host as written and a right one; more than 2 is no slip. */
unsigned mlint_host_distance(struct mlint_str host, struct mlint_str right);

#endif
