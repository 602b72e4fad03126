/* prefcalls_flow.h: JavaScript token by token, with two things known at each: whether it may
 * not be run, and where the first fault is for which an engine refuses the whole program.
 * Private to prefcalls.c. */
#ifndef MLINT_SYNTAX_PREFCALLS_FLOW_H
#define MLINT_SYNTAX_PREFCALLS_FLOW_H

#include "syntax/prefcalls_lexer.h"

#define MLINT_JS_DEPTH 64 /* deeper brackets are only counted, and may not be run */

enum mlint_js_body {
    MLINT_JS_NO_BODY,
    MLINT_JS_HEAD, /* if, for, function and so on: what follows in round brackets */
    MLINT_JS_BODY, /* what may not be run, until the statement ends */
};

/* What is between two brackets, or the whole program. */
struct mlint_js_frame {
    struct mlint_js_token open;
    uint8_t body; /* enum mlint_js_body */
    bool may_not_run, block, for_head;
    bool head;      /* of a statement that follows it: a pattern may be first in that */
    bool tried;     /* the block of a try */
    bool condition; /* for (;;): past the first part */
    bool nested;    /* the statement stands in the body of another */
    bool started;   /* the body has a first token */
    bool doubt;     /* &&, || or ? in this statement, or = in brackets */
};

struct mlint_js_flow {
    struct mlint_js_lexer lexer;
    struct mlint_js_token token, before;
    struct mlint_js_frame stack[MLINT_JS_DEPTH];
    unsigned depth, deeper;     /* brackets open; those beyond the stack */
    bool too_deep;              /* a template beyond the stack: nobody knows where it ends */
    const char *fault;          /* the first one, or NULL; the reader takes it away */
    const char *begin, *finish; /* where it is */
};

void mlint_js_start(struct mlint_js_flow *flow, struct mlint_str text);
/* To the next token; MLINT_JS_END stays. */
void mlint_js_advance(struct mlint_js_flow *flow);
/* Whether the token stands in what may not be run. */
bool mlint_js_may_not_run(const struct mlint_js_flow *flow);
/* After a fault: leave the brackets above this depth. */
void mlint_js_leave(struct mlint_js_flow *flow, unsigned depth);

#endif
