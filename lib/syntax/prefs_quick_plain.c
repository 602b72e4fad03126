/* prefs_quick_plain.c: the usual spelling of preferences, eight bytes at a time: for other
 * processors, and for the tests to hold the wider ones against. */
#include "syntax/prefs_statement.h"

const struct mlint_prefs_kernel mlint_prefs_plain = { "plain", pass };
