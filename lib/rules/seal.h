/* seal.h: from what a rule said to a finding that a report can print. */
#ifndef MLINT_RULES_SEAL_H
#define MLINT_RULES_SEAL_H

#include "rules/rule.h"

void mlint_place_field(struct mlint_result *result, const struct mlint_account *account,
                       const struct mlint_field *field, struct mlint_place *place);
void mlint_findings_seal(struct mlint_result *result);

#endif
