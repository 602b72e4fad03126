/* prefcalls_lexer.h: as many of JavaScript's tokens as it takes to find calls with literals;
 * private to prefcalls.c. */
#ifndef MLINT_SYNTAX_PREFCALLS_LEXER_H
#define MLINT_SYNTAX_PREFCALLS_LEXER_H

#include "base/arena.h"
#include "base/str.h"

enum mlint_js_kind {
    MLINT_JS_END,
    MLINT_JS_WORD, /* names and keywords */
    MLINT_JS_NUMBER,
    MLINT_JS_STRING, /* in quotes, or a template without ${} */
    MLINT_JS_CHAR,   /* any other character; => is '=' and then '>' */
    MLINT_JS_PIECE,  /* of a template with holes: '(' up to its first, ',' between two, ')' */
    MLINT_JS_OTHER,  /* regular expressions, strings without an end */
};

struct mlint_js_token {
    enum mlint_js_kind kind;
    const char *begin, *end; /* of a string: between its quotes */
    const char *fault;       /* why an engine refuses it, or NULL */
    char character;
    bool escaped;
};

struct mlint_js_lexer {
    const char *p, *end;
    bool after_value; /* a '/' divides here, elsewhere it opens a regular expression */
    bool in_hole;     /* the next } goes on with a template; the caller knows */
    bool lost;        /* the rest of the file is a text or a comment without an end */
};

void mlint_js_next(struct mlint_js_lexer *lexer, struct mlint_js_token *token);
/* The text of a string token, decoded into the arena if it has escapes. */
struct mlint_str mlint_js_text(struct mlint_arena *arena, const struct mlint_js_token *token);

#endif
