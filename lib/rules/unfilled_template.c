/* unfilled_template.c: a reader's note as a finding: a placeholder that was never filled in. */
#include "rules/rule.h"

const struct mlint_rule mlint_rule_unfilled_template = {
    .id = "unfilled-template",
    .level = MLINT_WARNING,
    .scope = MLINT_SCOPE_READER,
    .note = MLINT_NOTE_UNFILLED_TEMPLATE,
    .brief = "A placeholder that was never filled in.",
    .why = "The file is a template: a program was to put names or servers in "
           "before it was handed out. A client takes the placeholder literally.",
    .steps = { [MLINT_CLIENT_NONE] = "Fill the template in, then check the "
                                     "result." },
    .source = "how the clients read their files",
};
