/* outlook.h: the accounts of Outlook profiles; private to lib/formats/outlook_*.c. */
#ifndef MLINT_FORMATS_OUTLOOK_H
#define MLINT_FORMATS_OUTLOOK_H

#include "formats/format.h"

/* What an entry of a profile's list is. */
enum mlint_outlook_kind {
    MLINT_OUTLOOK_NO_ACCOUNT = 0, /* address books, data files, directories */
    MLINT_OUTLOOK_POP3,
    MLINT_OUTLOOK_IMAP,
    MLINT_OUTLOOK_EXCHANGE,
    MLINT_OUTLOOK_HTTP,    /* Hotmail, Exchange ActiveSync */
    MLINT_OUTLOOK_UNKNOWN, /* mail settings without a known clsid */
};

enum mlint_outlook_kind mlint_outlook_kind_of(struct mlint_reading *reading,
                                              const struct mlint_node *key);
/* NULL without memory or beyond the ceiling. */
struct mlint_account *mlint_outlook_add(struct mlint_reading *reading,
                                        const struct mlint_node *key,
                                        enum mlint_outlook_kind kind, struct mlint_str name);

#endif
