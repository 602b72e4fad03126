/* thunderbird_passwords.h: saved passwords of a profile, when the user asks for them. */
#ifndef MLINT_FORMATS_THUNDERBIRD_PASSWORDS_H
#define MLINT_FORMATS_THUNDERBIRD_PASSWORDS_H

#include "formats/format.h"

/* Bind the logins of logins.json beside the profile to the accounts of the file at hand: opened
 * with --read-passwords, else a word on how to find out. */
void mlint_tb_passwords(struct mlint_reading *reading);

#endif
