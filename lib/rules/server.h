/* server.h: what the two halves of server-settings share. */
#ifndef MLINT_RULES_SERVER_H
#define MLINT_RULES_SERVER_H

#include "rules/rule.h"

/* For messages: "TLS", "no encryption", "SPA (NTLM)". */
const char *mlint_security_phrase(enum mlint_security security);
const char *mlint_auth_phrase(enum mlint_auth auth);
/* Without a provider: fail what contradicts itself, else unknown (settled 14). */
void mlint_check_server_sense(struct mlint_judging *judging, unsigned side);

#endif
