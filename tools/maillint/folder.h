/* folder.h: one open folder: the files and folders in it in order, in bounded memory however
 * many there are. */
#ifndef MLINT_TOOLS_FOLDER_H
#define MLINT_TOOLS_FOLDER_H

#include <stdatomic.h>
#include <stdint.h>

#include "walk.h"

struct mlint_cli_folder {
    int descriptor;
    bool on_disk; /* not a file system of the kernel's own making, such as /proc */
    atomic_uint users;
};

/* The names of a folder, a sorted window of them at a time. */
struct mlint_cli_names {
    char *text; /* names, each ended by NUL and followed by its d_type */
    size_t used, room;
    uint32_t *order; /* where the names begin */
    size_t count, cap, at;
    bool more; /* the folder has names behind this window */
};

struct mlint_cli_folder *mlint_cli_folder_open(const struct mlint_cli_folder *parent,
                                               const char *path);
struct mlint_cli_folder *mlint_cli_folder_keep(struct mlint_cli_folder *folder);

/* The next file (DT_REG) or folder (DT_DIR); NULL at the end, or when memory or the folder
 * failed (*failed).
 */
const char *mlint_cli_names_next(struct mlint_cli_names *names,
                                 const struct mlint_cli_folder *folder, unsigned char *type,
                                 bool *failed);
void mlint_cli_names_done(struct mlint_cli_names *names);

#endif
