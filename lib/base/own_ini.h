/* own_ini.h: our own files (settings, providers), read with inih, line numbers kept right. Not
 * for what mail clients write. */
#ifndef MLINT_BASE_OWN_INI_H
#define MLINT_BASE_OWN_INI_H

#include "base/error.h"
#include "base/str.h"

#define MLINT_OWN_INI_LINE 198 /* bytes; inih as packaged cuts longer lines in two */

struct mlint_own_ini {
    const char *name;
    struct mlint_str text;
    unsigned line; /* that is being taken in, from 1 */
    char section[MLINT_OWN_INI_LINE + 1];
    unsigned section_line; /* where it is opened */
};

/* Call take for each key, until it returns false; it has filled error then. What is wrong is
 * said as "NAME:LINE: why", with the line in error. */
enum mlint_status mlint_own_ini_read(struct mlint_own_ini *ini,
                                     bool (*take)(void *user, const char *section,
                                                  const char *key, const char *value),
                                     void *user, struct mlint_error *error);
/* Put "NAME:LINE: " before the error's message; returns MLINT_E_SETTINGS. */
enum mlint_status mlint_own_ini_wrong(const char *name, unsigned line,
                                      struct mlint_error *error);

#endif
