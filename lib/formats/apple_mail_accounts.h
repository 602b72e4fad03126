/* apple_mail_accounts.h: the lists MailAccounts and DeliveryAccounts, wherever they stand. */
#ifndef MLINT_FORMATS_APPLE_MAIL_ACCOUNTS_H
#define MLINT_FORMATS_APPLE_MAIL_ACCOUNTS_H

#include "formats/format.h"

/* Add the mail accounts of a property list's top dictionary; settings (may be NULL) holds the
 * PollTime that applies to all of them. Returns whether the lists are there at all. */
bool mlint_apple_mail_accounts(struct mlint_reading *reading, const struct mlint_node *top,
                               const struct mlint_node *settings);
/* The settings of a com.apple.mail.plist beside this file, or NULL. */
const struct mlint_node *mlint_apple_settings_beside(struct mlint_reading *reading);

#endif
