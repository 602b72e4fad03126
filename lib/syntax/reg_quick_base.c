/* reg_quick_base.c: the bulk of .reg files, with the vectors that every processor of a kind
 * has.
 */
#include "syntax/reg_scan.h"

#define TARGET
#define find_bracket mlint_reg_bracket
#define find_name_end mlint_reg_name_end
#define places_of mlint_reg_places_of

#include "syntax/reg_quick.h"

const struct mlint_reg_kernel mlint_reg_base = { "base", skip, read_plain };
