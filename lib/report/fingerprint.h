/* fingerprint.h: what a finding is called from run to run: by SARIF and by baselines. */
#ifndef MLINT_REPORT_FINGERPRINT_H
#define MLINT_REPORT_FINGERPRINT_H

#include "report/reporter.h"

/* The same for the same fault of the same account, wherever its file lies and in whatever order
 * its lines stand: made of the rule, the account's identity, the field, and the message without
 * what it quotes and counts. Findings about no account are told apart by the file's own name
 * and the place in it. No password is in any of these. */
uint64_t mlint_fingerprint(struct mlint_arena *arena, const struct mlint_cross *view);

#endif
