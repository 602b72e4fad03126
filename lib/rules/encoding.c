/* encoding.c: a reader's note as a finding: the file is not in the encoding that its client
 * writes. */
#include "rules/rule.h"

const struct mlint_rule mlint_rule_encoding = {
    .id = "encoding",
    .level = MLINT_NOTE,
    .scope = MLINT_SCOPE_READER,
    .note = MLINT_NOTE_ENCODING,
    .brief = "The file is not in the encoding that its client writes.",
    .why = "Names and labels with letters beyond ASCII may be read wrongly, by "
           "maillint as by the client.",
    .steps = { [MLINT_CLIENT_NONE] = "Export the file again, or save it in the "
                                     "encoding that the client writes." },
    .source = "how the clients read their files",
};
