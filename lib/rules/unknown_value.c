/* unknown_value.c: a reader's note as a finding: a value that the client does not know or would
 * refuse. */
#include "rules/rule.h"

const struct mlint_rule mlint_rule_unknown_value = {
    .id = "unknown-value",
    .level = MLINT_NOTE,
    .scope = MLINT_SCOPE_READER,
    .note = MLINT_NOTE_UNKNOWN_VALUE,
    .brief = "A value that the client does not know or would refuse.",
    .why = "The client falls back on its default, or refuses the account, when "
           "it meets such a value.",
    .steps = { [MLINT_CLIENT_NONE] = "Write one of the values that the client "
                                     "knows." },
    .source = "how the clients read their files",
};
