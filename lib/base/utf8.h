/* utf8.h: decode, encode, fold and measure UTF-8; tolerant of bytes that are not. */
#ifndef MLINT_BASE_UTF8_H
#define MLINT_BASE_UTF8_H

#include "base/arena.h"

/* Decode one character at s; returns its length in bytes (1 with *out = 0xFFFD on bad bytes,
 * 0 only when len is 0). */
size_t mlint_utf8_decode(const char *s, size_t len, uint32_t *out);
/* Encode; returns 1-4 bytes (U+FFFD for surrogates and values above 0x10FFFF). */
size_t mlint_utf8_encode(uint32_t c, char out[4]);
bool mlint_utf8_valid(struct mlint_str s);
size_t mlint_utf8_ascii(struct mlint_str s); /* bytes of ASCII at the front */
size_t mlint_utf8_count(struct mlint_str s); /* characters */
/* Columns on a terminal: 0 for combining, 2 for wide characters. */
unsigned mlint_utf8_width(uint32_t c);
bool mlint_is_upper(uint32_t c); /* Unicode categories Lu and Lt */
uint32_t mlint_to_lower(uint32_t c);
bool mlint_is_space(uint32_t c); /* Unicode white space, U+200B and U+FEFF */
bool mlint_has_upper(struct mlint_str s);
bool mlint_has_space(struct mlint_str s);
/* A lower-cased, NUL-ended copy. */
struct mlint_str mlint_utf8_lower(struct mlint_arena *arena, struct mlint_str s);
/* A NUL-ended copy that is valid UTF-8 and safe to show: control characters, bidirectional
 * overrides and bad bytes become U+FFFD or a visible escape. Returns s itself if it is clean
 * and NUL-ended is not asked for. */
struct mlint_str mlint_utf8_clean(struct mlint_arena *arena, struct mlint_str s);

#endif
