/* json_out.h: JSON text, member by member. What a file says may be any bytes; what comes out is
 * valid UTF-8 that a terminal may show as well. */
#ifndef MLINT_REPORT_JSON_OUT_H
#define MLINT_REPORT_JSON_OUT_H

#include "base/buf.h"

/* A string with its quotes. Bad bytes become U+FFFD; control characters, bidirectional
 * overrides and `<` (for scripts inside HTML) become escapes. */
void mlint_json_string(struct mlint_buf *out, struct mlint_str text);

/* An object or array being written. */
struct mlint_json {
    struct mlint_buf *out;
    bool some; /* a member has been written */
};

/* Begins with `{` or `[`. */
struct mlint_json mlint_json_open(struct mlint_buf *out, char bracket);
/* A comma if need be, and the key (NULL in arrays): the value is written by the caller. The key
 * is a word of ours that needs no escape; others are written with mlint_json_string. */
void mlint_json_key(struct mlint_json *json, const char *key);
/* A text that needs no escape either: a rule's id, a word for an enum. NULL: left out. */
void mlint_json_word(struct mlint_json *json, const char *key, const char *word);
void mlint_json_text(struct mlint_json *json, const char *key,
                     const char *text); /* NULL: left out */
void mlint_json_str(struct mlint_json *json, const char *key, struct mlint_str text);
void mlint_json_number(struct mlint_json *json, const char *key, int64_t number);
void mlint_json_flag(struct mlint_json *json, const char *key, bool flag);
void mlint_json_null(struct mlint_json *json, const char *key);

#endif
