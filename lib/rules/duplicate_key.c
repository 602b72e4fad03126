/* duplicate_key.c: a reader's note as a finding: a setting is written twice. */
#include "rules/rule.h"

const struct mlint_rule mlint_rule_duplicate_key = {
    .id = "duplicate-key",
    .level = MLINT_NOTE,
    .scope = MLINT_SCOPE_READER,
    .note = MLINT_NOTE_DUPLICATE_KEY,
    .brief = "A setting is written twice.",
    .why = "The client uses one of the two values; maillint judges the one that "
           "the client would use. The other one misleads whoever reads the "
           "file.",
    .steps = { [MLINT_CLIENT_NONE] = "Remove the value that is not in force." },
    .source = "how the clients read their files",
};
