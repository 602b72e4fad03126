/* cases.h: the golden cases of testdata, and one run of maillint over a case.
 *
 * A case is a folder testdata/{formats,rules,reports}/ID/CASE with `input.EXT` or a folder
 * `input`; testdata/README.md says what else may be in it. */
#ifndef MLINT_TEST_CASES_H
#define MLINT_TEST_CASES_H

#include "base/buf.h"
#include "maillint/maillint.h"
#include "test/test.h"

struct mlint_case_input {
    char *name; /* relative to the case: input.reg, input/prefs.js */
    char *path;
    struct mlint_str bytes;
    bool companion; /* was read beside another input, and is not linted by itself */
};

struct mlint_case {
    char *name;   /* formats/outlook-reg/plain */
    char *folder; /* where it is */
    struct mlint_case_input *inputs;
    size_t input_count;
    struct mlint_test_names options; /* lines of the file `options` */
    struct mlint_test_names secrets; /* lines of the file `secrets`: must appear nowhere */
};

struct mlint_cases {
    struct mlint_case *item;
    size_t count;
};

/* Every case below testdata that MLINT_CASE (a glob over the case's name) lets through; without
 * their bytes. Loaded once, kept until the program ends. */
const struct mlint_cases *mlint_cases_all(void);
/* Read the inputs, and drop them again. */
void mlint_case_open(struct mlint_case *item);
void mlint_case_close(struct mlint_case *item);

/* A case being linted: its config, linter and one result for each input that counts. */
struct mlint_case_run {
    struct mlint_case *item;
    struct mlint_config *config;
    struct mlint_linter *linter;
    struct mlint_result **results; /* as many as inputs; NULL for companions */
    enum mlint_status status;      /* of the first call that failed */
    struct mlint_error error;
    char *format;  /* forced, or NULL */
    char *symptom; /* of the checklist, or NULL */
    /* The command's own step after the settings; or NULL. */
    void (*tune)(struct mlint_config *config, void *user);
    void *user;
};

/* Settings alone; what fails is in run->status. */
void mlint_case_configure(struct mlint_case_run *run, struct mlint_case *item,
                          const struct mlint_allocator *allocator);
/* Settings, then every input. */
void mlint_case_lint(struct mlint_case_run *run, struct mlint_case *item,
                     const struct mlint_allocator *allocator);
/* Lint other bytes as if they stood in that input. NULL and run->status on failure. */
struct mlint_result *mlint_case_check(struct mlint_case_run *run, size_t input,
                                      struct mlint_str bytes);
/* A report of that format with every result added, not finished. */
enum mlint_status mlint_case_begin_report(struct mlint_case_run *run, const char *format,
                                          struct mlint_buf *out, struct mlint_report **report);
/* The whole report over the results; the buffer is initialised here. */
enum mlint_status mlint_case_report(struct mlint_case_run *run, const char *format,
                                    struct mlint_buf *out);
/* Every row of dump for every input, "NAME PATH TYPE VALUE LINE:COLUMN" a line. */
enum mlint_status mlint_case_dump(struct mlint_case_run *run, struct mlint_buf *out);
void mlint_case_done(struct mlint_case_run *run);

#endif
