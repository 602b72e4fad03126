/* linter.h: one input on its way through the layers; shared by the files of the api layer. */
#ifndef MLINT_LINTER_H
#define MLINT_LINTER_H

#include "base/error.h"
#include "formats/format.h"
#include "model/config.h"
#include "model/model.h"

/* One input to be read: a file, a buffer, a member of a container. */
struct mlint_entry {
    struct mlint_str name;
    struct mlint_str raw;
    const struct mlint_format *forced;
    bool everything; /* for dump */
    unsigned depth;  /* containers around it */
    struct mlint_source *(*companion)(struct mlint_reading *reading, const char *name);
    void *companion_user;
};

/* An empty result that belongs to the linter; NULL without memory. */
struct mlint_result *mlint_result_begin(struct mlint_linter *linter);
/* What [path GLOB] sections say of a file. */
void mlint_file_configure(struct mlint_result *result, struct mlint_file *file);
/* Read one entry into the result (containers: each member). */
void mlint_result_read(struct mlint_result *result, const struct mlint_entry *entry);
/* The members of an archive that may be account files, each an entry "archive!member". */
void mlint_result_read_archive(struct mlint_result *result, const struct mlint_entry *entry);
/* Judge, number and sort; gives up to a result that says why when memory ran out, frees
 * the result when the host has ended the call. */
enum mlint_status mlint_result_seal(struct mlint_result **result, struct mlint_str name,
                                    struct mlint_error *error);
/* Read, judge and seal one entry into *out. */
enum mlint_status mlint_check_entry(struct mlint_result *result,
                                    const struct mlint_entry *entry, struct mlint_result **out,
                                    struct mlint_error *error);
/* A host's input as an entry; MLINT_E_ARGUMENT if the format it forces does not exist. */
enum mlint_status mlint_entry_of(const struct mlint_input *input, struct mlint_entry *entry,
                                 struct mlint_error *error);
/* The format of that id, NULL for none asked; MLINT_E_ARGUMENT if there is no such format. */
enum mlint_status mlint_forced_format(const char *id, const struct mlint_format **out,
                                      struct mlint_error *error);
#endif
