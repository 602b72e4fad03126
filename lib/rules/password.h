/* password.h: what the rules about passwords share. Nothing here formats a password. */
#ifndef MLINT_RULES_PASSWORD_H
#define MLINT_RULES_PASSWORD_H

#include "rules/rule.h"

/* The password of a side if its bytes can be judged: written in the file, or opened on request.
 * NULL: hidden, absent, or not used on that side; a verdict has been said then. */
const struct mlint_field *mlint_judged_password(struct mlint_judging *judging, unsigned side);
/* Whether a password without its white space has the shape of the provider's app passwords;
 * without a provider that asks for them, the usual shape (16 lower-case letters). */
enum mlint_match mlint_app_shape(struct mlint_judging *judging, struct mlint_str password);

#endif
