/* list.h: --files-from: paths from a file or a pipe, read as they come. */
#ifndef MLINT_TOOLS_LIST_H
#define MLINT_TOOLS_LIST_H

#include "cli.h"

struct mlint_cli_list {
    const char *name; /* of the list, for messages */
    int descriptor;
    char *buffer;
    size_t begin, end; /* what was read and not handed out */
    int delimiter;     /* '\n' or NUL; -1 not known yet */
    bool ended, failed;
};

/* false: said why. */
bool mlint_cli_list_open(struct mlint_cli_list *list, const char *name);
/* The next path, in the list's memory until the next call; NULL at the end. */
const char *mlint_cli_list_next(struct mlint_cli_list *list);
/* Whether the next path is here already. */
bool mlint_cli_list_ready(struct mlint_cli_list *list);
void mlint_cli_list_close(struct mlint_cli_list *list);

#endif
