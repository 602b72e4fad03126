/* glob.h: paths matched by patterns; the same everywhere, whatever the locale. */
#ifndef MLINT_BASE_GLOB_H
#define MLINT_BASE_GLOB_H

#include "base/str.h"

/* `*` and `?` stand for what has no slash, `**` for anything, and with a slash behind it also
 * for no folder at all; [a-z] and [!a-z] for one character. The whole path has to match. */
bool mlint_glob(struct mlint_str glob, struct mlint_str path);

#endif
