/* reg_quick_base.c: the bulk of .reg files, with the vectors that every processor of a kind
 * has.
 */
#include "syntax/reg_quick.h"

const struct mlint_reg_kernel mlint_reg_base = { "base", skip, read_plain };
