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

/* Call a function of the header, with an error or without one, and write down its answer. */
#define MLINT_TRY(answers, function, ...)                                                      \
    mlint_answers_told((answers), #function,                                                   \
                       function(__VA_ARGS__, mlint_answers_error(answers)))
#define MLINT_TRY_BARE(answers, function, ...)                                                 \
    mlint_answers_note((answers), #function, function(__VA_ARGS__))

/* The suite's calls that reach ceilings, and those about baselines (answers_more.c). */
void mlint_answers_of_ceilings(struct mlint_answers *answers);
void mlint_answers_of_baselines(struct mlint_answers *answers);
/* A report of a result that holds back what a baseline of its own holds; its memory comes from
 * the allocator (NULL: malloc). */
void mlint_answers_of_holding(struct mlint_answers *answers, const struct mlint_config *config,
                              const struct mlint_result *result,
                              const struct mlint_allocator *allocator);

#endif
