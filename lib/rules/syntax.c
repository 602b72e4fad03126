/* syntax.c: a reader's note as a finding: a part of the file that had to be skipped. */
#include "rules/rule.h"

const struct mlint_rule mlint_rule_syntax = {
    .id = "syntax",
    .level = MLINT_WARNING,
    .scope = MLINT_SCOPE_READER,
    .note = MLINT_NOTE_SYNTAX,
    .brief = "A part of the file that had to be skipped.",
    .why = "The client ignores a line or element that it cannot understand, and "
           "so does maillint: what stands there is not in force. Settings "
           "written by hand or by a script end like this.",
    .steps = { [MLINT_CLIENT_NONE] = "Correct the line, or export the file again "
                                     "from the client." },
    .source = "how the clients read their files",
};
