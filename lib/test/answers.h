/* answers.h: what functions of the public header have answered, and whether its text says so.
 */
#ifndef MLINT_TEST_ANSWERS_H
#define MLINT_TEST_ANSWERS_H

#include "maillint/maillint.h"
#include "test/test.h"

struct mlint_answers {
    struct {
        const char *function;
        unsigned mask; /* 1 << status */
    } seen[64];
    size_t count;
    struct mlint_error error; /* of the last call */
};

/* An error full of rubbish. */
struct mlint_error *mlint_answers_error(struct mlint_answers *answers);
/* Write down a status; returns it. */
enum mlint_status mlint_answers_note(struct mlint_answers *answers, const char *function,
                                     enum mlint_status status);
/* The same of a call that was given that error: filled on failure, untouched on success. */
enum mlint_status mlint_answers_told(struct mlint_answers *answers, const char *function,
                                     enum mlint_status status);
/* Every function of the header with a status has answered each that its text names, and no
 * other. */
void mlint_answers_compare(const struct mlint_answers *answers);

#endif
