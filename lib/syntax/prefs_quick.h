/* prefs_quick.h: preference statements in the usual spelling; private to the preference reader.
 * The same code, prefs_statement.h, is compiled for every width of search. */
#ifndef MLINT_SYNTAX_PREFS_QUICK_H
#define MLINT_SYNTAX_PREFS_QUICK_H

#include "base/cpu.h"
#include "syntax/prefs.h"
#include "syntax/prefs_lexer.h"
#include "syntax/prefs_scan.h"

/* One preference as written. */
struct mlint_prefs_statement {
    const char *begin;
    struct mlint_prefs_token name, value;
    bool has_name;
    uint8_t type; /* enum mlint_node_type */
    uint8_t flags;
    uint16_t class; /* what options->classify said */
    int64_t number;
};

/* Which statements to stop at. */
struct mlint_prefs_search {
    /* What drops statements, as in mlint_prefs_options; classify NULL: at every one. */
    uint16_t (*classify)(struct mlint_str name);
    uint32_t initials;
    bool any_first; /* one of class MLINT_PREFS_FIRST is kept already */
    bool defaults;  /* pref() is read, too */
};

/* So many bytes at the end of a text are read with care. */
#define MLINT_PREFS_ROOM 128

/* In so much text quotes are found at a time. */
#define MLINT_PREFS_STRETCH 1024

/* The double quotes of a stretch that no backslash escapes, from the next one on. */
struct mlint_prefs_quotes {
    const char **next, **end;
    const char *places[MLINT_PREFS_STRETCH + 8]; /* some more are written than there are */
};

/* For another text, or none yet. */
static inline void mlint_prefs_forget(struct mlint_prefs_quotes *quotes)
{
    quotes->next = quotes->end = quotes->places;
}

struct mlint_prefs_kernel {
    const char *name;
    /* Past the statements from *p on that are dropped, to the end of the first one that may be
     * kept, which is filled in but for begin and has_name; its name has no escapes. false: what
     * *p now is at is to be read with care. quotes: of the same text. */
    bool (*pass)(const char **p, const char *end, const struct mlint_prefs_search *search,
                 struct mlint_prefs_quotes *quotes, struct mlint_prefs_statement *s);
};

extern const struct mlint_prefs_kernel mlint_prefs_plain;
#if MLINT_PREFS_VECTOR
extern const struct mlint_prefs_kernel mlint_prefs_sse2;
#endif
#ifdef MLINT_CPU_X86
extern const struct mlint_prefs_kernel mlint_prefs_avx2;
extern const struct mlint_prefs_kernel mlint_prefs_avx512;
#endif

/* The widest that this processor can run. */
static inline const struct mlint_prefs_kernel *mlint_prefs_best(void)
{
#ifdef MLINT_CPU_X86
    if (mlint_cpu_has_vbmi2())
        return &mlint_prefs_avx512;
    if (mlint_cpu_has_avx2_and_bmi())
        return &mlint_prefs_avx2;
#endif
#if MLINT_PREFS_VECTOR
    return &mlint_prefs_sse2;
#else
    return &mlint_prefs_plain;
#endif
}

#endif
