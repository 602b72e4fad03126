/* ini.h: INI files, with places. Sections are GROUPs, values STRINGs, as written but for the
 * blanks around them: no quotes are taken off, nothing is unescaped, lines are of any length.
 */
#ifndef MLINT_SYNTAX_INI_H
#define MLINT_SYNTAX_INI_H

#include "syntax/node.h"

enum mlint_ini_dialect {
    /* GetPrivateProfileString of Windows: ";" begins a comment only at the start of a line,
     * names compare without case, the first value of a name counts. */
    MLINT_INI_WINDOWS,
    /* Key files of Unix programs: "#" comments, names compare exactly, the last value counts.
     */
    MLINT_INI_UNIX,
};

/* The source must be decoded. A second section of a name continues the first one (a note). */
struct mlint_tree *mlint_ini_read(struct mlint_arena *arena, struct mlint_source *source,
                                  enum mlint_ini_dialect dialect);
/* The section of that name, however many there are; or NULL. */
const struct mlint_node *mlint_ini_section(const struct mlint_tree *tree,
                                           struct mlint_str name);
/* The value that counts among those of a name, or NULL. */
const struct mlint_node *mlint_ini_value(const struct mlint_tree *tree,
                                         const struct mlint_node *section,
                                         struct mlint_str name);

#endif
