/* json_out.h: JSON text, member by member. What a file says may be any bytes; what comes out is
 * valid UTF-8 that a terminal may show as well. */
#ifndef MLINT_REPORT_JSON_OUT_H
#define MLINT_REPORT_JSON_OUT_H

#include "base/buf.h"

/* A literal's length is known, and it is copied in a word or two. */
#define mlint_buf_literal(out, literal) mlint_buf_add((out), "" literal, sizeof(literal) - 1)

/* A string with its quotes. Bad bytes become U+FFFD; control characters, bidirectional
 * overrides and `<` (for scripts inside HTML) become escapes. */
void mlint_json_string(struct mlint_buf *out, struct mlint_str text);

/* An object or array being written. */
struct mlint_json {
    struct mlint_buf *out;
    bool some; /* a member has been written */
};

/* Begins with `{` or `[`. */
static inline struct mlint_json mlint_json_open(struct mlint_buf *out, char bracket)
{
    mlint_buf_char(out, bracket);
    return (struct mlint_json){ .out = out };
}

/* Members are what reports write most, mostly with keys that are literals: inline, the length
 * of those is known and they are copied in a word or two.
 *
 * Where the value goes, behind the comma if need be and the key (NULL in arrays), with room for
 * `more` bytes; the caller sets out->len. NULL: no memory. A key is a word of ours that needs
 * no escape; others are written with mlint_json_string. */
static inline char *mlint_json_member(struct mlint_json *json, const char *key, size_t more)
{
    struct mlint_buf *out = json->out;
    size_t len = key ? strlen(key) : 0;
    char *p;

    if (out->failed ||
        (out->cap - out->len < len + more + 4 && !mlint_buf_reserve(out, len + more + 4)))
        return NULL;
    p = out->ptr + out->len;
    if (json->some)
        *p++ = ',';
    json->some = true;
    if (!key)
        return p;
    *p++ = '"';
    memcpy(p, key, len);
    p += len;
    *p++ = '"';
    *p++ = ':';
    return p;
}

static inline void mlint_json_key(struct mlint_json *json, const char *key)
{
    char *p = mlint_json_member(json, key, 0);

    if (p)
        json->out->len = (size_t)(p - json->out->ptr);
}

/* A value that is a few bytes as they are. */
static inline void mlint_json_raw(struct mlint_json *json, const char *key, const char *value)
{
    size_t len = strlen(value);
    char *p = mlint_json_member(json, key, len);

    if (!p)
        return;
    memcpy(p, value, len);
    json->out->len = (size_t)(p + len - json->out->ptr);
}

/* A text that needs no escape either: a rule's id, a word for an enum. NULL: left out. */
static inline void mlint_json_word(struct mlint_json *json, const char *key, const char *word)
{
    size_t len = word ? strlen(word) : 0;
    char *p = word ? mlint_json_member(json, key, len + 2) : NULL;

    if (!p)
        return;
    *p++ = '"';
    memcpy(p, word, len);
    p[len] = '"';
    json->out->len = (size_t)(p + len + 1 - json->out->ptr);
}

static inline void mlint_json_str(struct mlint_json *json, const char *key,
                                  struct mlint_str text)
{
    mlint_json_key(json, key);
    mlint_json_string(json->out, text);
}

/* NULL: left out. */
static inline void mlint_json_text(struct mlint_json *json, const char *key, const char *text)
{
    if (text)
        mlint_json_str(json, key, mlint_str_from(text));
}

static inline void mlint_json_number(struct mlint_json *json, const char *key, int64_t number)
{
    mlint_json_key(json, key);
    mlint_buf_number(json->out, number);
}

static inline void mlint_json_flag(struct mlint_json *json, const char *key, bool flag)
{
    mlint_json_raw(json, key, flag ? "true" : "false");
}

static inline void mlint_json_null(struct mlint_json *json, const char *key)
{
    mlint_json_raw(json, key, "null");
}

#endif
