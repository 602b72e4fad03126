/* base64.h: base64 as mail programs write it: with line breaks, padding or none. */
#ifndef MLINT_BASE_BASE64_H
#define MLINT_BASE_BASE64_H

#include "base/arena.h"

/* The bytes, in the arena. White space is passed over; *bad (may be NULL) says whether anything
 * else had to be. Padding ends the text. */
struct mlint_str mlint_base64_decode(struct mlint_arena *arena, struct mlint_str text,
                                     bool *bad);
/* Whether the text is nothing but base64 digits, padding and white space. */
bool mlint_base64_only(struct mlint_str text);

#endif
