/* truncated.c: a reader's note as a finding: the file ends early. */
#include "rules/rule.h"

const struct mlint_rule mlint_rule_truncated = {
    .id = "truncated",
    .level = MLINT_WARNING,
    .scope = MLINT_SCOPE_READER,
    .note = MLINT_NOTE_TRUNCATED,
    .brief = "The file ends early.",
    .why = "What stood behind the break is unknown: an account or a setting may "
           "be missing from this report.",
    .steps = { [MLINT_CLIENT_NONE] = "Copy or export the file again." },
    .source = "how the clients read their files",
};
