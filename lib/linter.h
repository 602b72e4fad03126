/* linter.h: one input on its way through the layers; shared by the files of the api layer. */
#ifndef MLINT_LINTER_H
#define MLINT_LINTER_H

#include "base/error.h"
#include "formats/format.h"
#include "model/config.h"
#include "model/model.h"
#include "source/limits.h"

/* One input to be read: a file, a buffer, a member of a container. */
struct mlint_entry {
    struct mlint_str name;
    struct mlint_str raw;
    const struct mlint_sifted *sifted; /* raw is a part of the file, or NULL */
    const struct mlint_format *forced;
    bool everything; /* for dump */
    unsigned depth;  /* containers around it */
    struct mlint_source *(*companion)(struct mlint_reading *reading, const char *name);
    struct mlint_str (*names)(struct mlint_reading *reading, const char *folder);
    void *companion_user;
};

/* The path of a file beside another one; leading "../" of name take folders of path away. */
struct mlint_str mlint_path_beside(struct mlint_arena *arena, struct mlint_str path,
                                   const char *name);

/* Names as mlint_reading wants them, made from any number of them. */
struct mlint_names {
    struct mlint_arena *arena;
    struct mlint_str name[MLINT_LIMIT_BESIDE];
    size_t count;
    bool too_many;
};
/* Name may stand there already; folders come with their '/'. */
void mlint_names_add(struct mlint_names *names, struct mlint_str name);
struct mlint_str mlint_names_join(struct mlint_names *names);
/* Of a folder of the file system; path is relative to directory. */
struct mlint_str mlint_names_in(struct mlint_linter *linter, struct mlint_arena *arena,
                                int directory, const char *path);

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
/* Whether a host's input has what its struct_size promises, and bytes if it has a length. */
bool mlint_good_input(const struct mlint_input *input);
/* A host's input as an entry; MLINT_E_ARGUMENT if the format it forces does not exist. */
enum mlint_status mlint_entry_of(const struct mlint_input *input, struct mlint_entry *entry,
                                 struct mlint_error *error);
/* The format of that id, NULL for none asked; MLINT_E_ARGUMENT if there is no such format. */
enum mlint_status mlint_forced_format(const char *id, const struct mlint_format **out,
                                      struct mlint_error *error);
/* A long file of which the caller has read `head`; of use until mlint_result_sift returns. */
struct mlint_long_file {
    struct mlint_str head;
    uint64_t size;
    ptrdiff_t (*pull)(void *user, char *into, size_t room); /* see source/sift.h */
    void *user;
    bool alone;          /* no reader but those of the sieve will look at it */
    mlint_sieve *sieve;  /* that was used */
    const char *problem; /* why it could not be read after all, or NULL */
    bool too_large;
};
/* Read on and give entry what matters, in memory of the result. False: it is to be read whole;
 * nothing has been read on. */
bool mlint_result_sift(struct mlint_result *result, struct mlint_entry *entry,
                       struct mlint_long_file *file);
/* Whether a sifted file fell to a reader that wants to see it whole. */
bool mlint_result_wants_whole(const struct mlint_result *result,
                              const struct mlint_long_file *file);
#endif
