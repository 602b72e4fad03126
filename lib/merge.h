/* merge.h: between the streams (merge.c) and the results made of them (merge_result.c). */
#ifndef MLINT_MERGE_H
#define MLINT_MERGE_H

#include "model/model.h"
#include "syntax/node.h"

/* A line as its object; NULL where it is none (arena->failed tells memory apart). */
const struct mlint_node *mlint_record_read(struct mlint_arena *arena, struct mlint_str line);
/* A member, or the second argument's like where there is none of that type. */
struct mlint_str mlint_record_text(const struct mlint_node *record, const char *key);
int64_t mlint_record_number(const struct mlint_node *record, const char *key, int64_t none);
bool mlint_record_flag(const struct mlint_node *record, const char *key);

/* The result that the lines of one group describe; everything in result->arena. false: a line
 * is no record, or says what this maillint does not know (*problem), or memory ran out. */
bool mlint_result_told(struct mlint_result *result, struct mlint_str lines,
                       const char **problem);

#endif
