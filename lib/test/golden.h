/* golden.h: the texts that a golden case is compared with, and how. */
#ifndef MLINT_TEST_GOLDEN_H
#define MLINT_TEST_GOLDEN_H

#include "test/cases.h"

/* accounts.txt, findings.txt and verdicts.txt as they would be; out is initialised by them. */
void mlint_golden_accounts(struct mlint_case_run *run, struct mlint_buf *out);
void mlint_golden_findings(struct mlint_case_run *run, struct mlint_buf *out);
void mlint_golden_verdicts(struct mlint_case_run *run, struct mlint_buf *out);

/* What several files of the run decide together, a line each: verdicts or findings. Adds
 * nothing for a single file. */
void mlint_golden_cross(struct mlint_case_run *run, bool findings, struct mlint_buf *out);

/* What differs, as lines "-wanted" and "+got" with their number; the first ten of each. */
void mlint_golden_diff(struct mlint_buf *out, struct mlint_str wanted, struct mlint_str got);

#endif
