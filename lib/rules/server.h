/* server.h: what the two halves of server-settings share. */
#ifndef MLINT_RULES_SERVER_H
#define MLINT_RULES_SERVER_H

#include "rules/rule.h"

/* For messages: "TLS", "no encryption", "SPA (NTLM)". */
const char *mlint_security_phrase(enum mlint_security security);
const char *mlint_auth_phrase(enum mlint_auth auth);
/* What a written host has in it that no host's name has ("has white space in it"), or NULL. The
 * client takes such a name as it is written, so that a provider's host inside it is no excuse.
 */
const char *mlint_host_problem(const struct mlint_field *host);
/* Without a provider: fail what contradicts itself, else unknown (settled 14). */
void mlint_check_server_sense(struct mlint_judging *judging, unsigned side);

#endif
