/* prefs_lexer.h: the tokens of Mozilla's preference files; private to the preference reader. */
#ifndef MLINT_SYNTAX_PREFS_LEXER_H
#define MLINT_SYNTAX_PREFS_LEXER_H

#include "base/arena.h"
#include "base/str.h"

enum mlint_prefs_token_kind {
    MLINT_PREFS_END,
    MLINT_PREFS_CHAR, /* one of ( ) , ; + - */
    MLINT_PREFS_WORD, /* letters and _ */
    MLINT_PREFS_INTEGER,
    MLINT_PREFS_STRING,
    MLINT_PREFS_BAD, /* no token at all; problem says why */
};

struct mlint_prefs_token {
    enum mlint_prefs_token_kind kind;
    const char *begin, *end; /* of a string: between its quotes */
    char character;
    bool escaped;        /* a string that must be decoded */
    uint32_t number;     /* of an integer */
    const char *problem; /* static */
};

struct mlint_prefs_lexer {
    const char *p, *end;
};

/* Past blanks and comments, but not past a comment that has no end. */
void mlint_prefs_skip(struct mlint_prefs_lexer *lexer);
/* A NUL byte is the end of the file. */
void mlint_prefs_next(struct mlint_prefs_lexer *lexer, struct mlint_prefs_token *token);
/* What the escapes of a string token stand for, in the arena. */
struct mlint_str mlint_prefs_decode(struct mlint_arena *arena,
                                    const struct mlint_prefs_token *token);
/* Past the comment at p; p itself if there is none, or one without an end. */
const char *mlint_prefs_comment_end(const char *p, const char *end);
/* Past blanks and comments, as mlint_prefs_skip. */
const char *mlint_prefs_skipped(const char *p, const char *end);
/* Past the escape at p, which is on its backslash; NULL if it is none. */
const char *mlint_prefs_escape_end(const char *p, const char *end);

/* The text of a token, decoded if it has to be. */
static inline struct mlint_str mlint_prefs_text(struct mlint_arena *arena,
                                                const struct mlint_prefs_token *token)
{
    if (token->escaped)
        return mlint_prefs_decode(arena, token);
    return mlint_str_make(token->begin, (size_t)(token->end - token->begin));
}

static inline bool mlint_prefs_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

#endif
