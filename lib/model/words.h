/* words.h: between enums and the words of reports and settings. */
#ifndef MLINT_MODEL_WORDS_H
#define MLINT_MODEL_WORDS_H

#include "base/str.h"
#include "maillint/maillint.h"

const char *mlint_field_word(enum mlint_field_id id);
/* The word of an enum field's value, or NULL where the field is no enum or the value is none.
 */
const char *mlint_enum_word(enum mlint_field_id id, int64_t number);
bool mlint_field_is_text(enum mlint_field_id id);
bool mlint_field_is_flag(enum mlint_field_id id);
/* Whether a value of that name is a secret, whatever the format (password, token, ...). */
bool mlint_name_is_secret(struct mlint_str name);
/* Where the first such word of a text begins, and its length; text.len: there is none. */
size_t mlint_secret_word(struct mlint_str text, size_t *length);
bool mlint_level_from(struct mlint_str word, enum mlint_level *out);

#endif
