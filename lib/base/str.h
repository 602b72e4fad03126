/* str.h: views of bytes that somebody else owns. No allocation, no locale. */
#ifndef MLINT_BASE_STR_H
#define MLINT_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct mlint_str {
    const char *ptr;
    size_t len;
};

#define MLINT_STR(literal) ((struct mlint_str){ (literal), sizeof(literal) - 1 })
#define MLINT_STR_INIT(literal)                                                                \
    {                                                                                          \
        (literal), sizeof(literal) - 1                                                         \
    }
#define MLINT_STR_ARG(s) ((int)(s).len), ((s).ptr) /* for "%.*s" */

static inline struct mlint_str mlint_str_from(const char *text)
{
    return (struct mlint_str){ text ? text : "", text ? strlen(text) : 0 };
}

static inline struct mlint_str mlint_str_make(const char *ptr, size_t len)
{
    return (struct mlint_str){ ptr, len };
}

static inline bool mlint_str_eq(struct mlint_str a, struct mlint_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool mlint_str_starts(struct mlint_str s, struct mlint_str prefix)
{
    return s.len >= prefix.len && memcmp(s.ptr, prefix.ptr, prefix.len) == 0;
}

static inline char mlint_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static inline struct mlint_str mlint_str_sub(struct mlint_str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return (struct mlint_str){ s.ptr ? s.ptr + from : s.ptr, to - from };
}

/* ASCII letters compare equal whatever their case; other bytes must be the same. */
bool mlint_bytes_eq_nocase(const char *a, const char *b, size_t len);

/* Most texts that are compared differ in length or in the first letter by more than case. */
static inline bool mlint_str_starts_nocase(struct mlint_str s, struct mlint_str prefix)
{
    if (s.len < prefix.len)
        return false;
    return prefix.len == 0 || (((s.ptr[0] ^ prefix.ptr[0]) & ~0x20) == 0 &&
                               mlint_bytes_eq_nocase(s.ptr, prefix.ptr, prefix.len));
}

static inline bool mlint_str_eq_nocase(struct mlint_str a, struct mlint_str b)
{
    return a.len == b.len && mlint_str_starts_nocase(a, b);
}

bool mlint_str_ends_nocase(struct mlint_str s, struct mlint_str suffix);
int mlint_str_cmp(struct mlint_str a, struct mlint_str b);
int mlint_str_cmp_nocase(struct mlint_str a, struct mlint_str b);
/* Without leading and trailing blanks, tabs, CR and LF. */
struct mlint_str mlint_str_trim_blanks(struct mlint_str s);
static inline struct mlint_str mlint_str_trim(struct mlint_str s)
{
    bool bare =
        !s.len || ((unsigned char)s.ptr[0] > ' ' && (unsigned char)s.ptr[s.len - 1] > ' ');

    return bare ? s : mlint_str_trim_blanks(s);
}

/* Position of the first match, or s.len. */
size_t mlint_str_find(struct mlint_str s, struct mlint_str needle);
size_t mlint_str_find_nocase(struct mlint_str s, struct mlint_str needle);
static inline size_t mlint_str_find_char(struct mlint_str s, char c)
{
    const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;

    return hit ? (size_t)(hit - s.ptr) : s.len;
}
static inline size_t mlint_str_rfind_char(struct mlint_str s, char c)
{
    const char *hit = s.len ? memrchr(s.ptr, c, s.len) : NULL;

    return hit ? (size_t)(hit - s.ptr) : s.len;
}
/* What follows the last slash. */
struct mlint_str mlint_str_base_name(struct mlint_str path);
/* Take the part before sep off the front of *rest; false when nothing is left. */
bool mlint_str_split(struct mlint_str *rest, char sep, struct mlint_str *part);
/* The candidate nearest to word by edit distance (at most 2, less for short words), or NULL. */
const char *mlint_nearest(struct mlint_str word, const char *const *candidates, size_t count);
/* Damerau-Levenshtein distance, ASCII case folded; stops counting above limit. */
unsigned mlint_edit_distance(struct mlint_str a, struct mlint_str b, unsigned limit);

#endif
