/* prefcalls_flow.c: how far JavaScript's statements reach, without a grammar: brackets, the
 * words that begin conditions and functions, operators that stop short, and line ends that end
 * a statement. What it is not sure of it takes for what may not be run.
 *
 * Faults are those that no engine lets pass; a program without one may be wrong all the same.
 */
#include "syntax/prefcalls_flow.h"

static bool is_char(const struct mlint_js_token *token, char c)
{
    return token->kind == MLINT_JS_CHAR && token->character == c;
}

static bool is_any_char(const struct mlint_js_token *token, const char *set)
{
    return token->kind == MLINT_JS_CHAR && token->character && strchr(set, token->character);
}

static bool is_one_of(const struct mlint_js_token *token, const char *const *words)
{
    struct mlint_str text = mlint_str_make(token->begin, (size_t)(token->end - token->begin));

    if (token->kind != MLINT_JS_WORD)
        return false;
    while (*words && !mlint_str_eq(text, mlint_str_from(*words)))
        words++;
    return *words != NULL;
}

static bool is_word(const struct mlint_js_token *token, const char *word)
{
    const char *const words[] = { word, NULL };

    return is_one_of(token, words);
}

static struct mlint_js_frame *top(struct mlint_js_flow *flow)
{
    return &flow->stack[flow->depth];
}

static bool frame_may_not_run(const struct mlint_js_frame *frame)
{
    return frame->may_not_run || frame->body == MLINT_JS_BODY || frame->nested || frame->doubt;
}

static void end_statement(struct mlint_js_frame *frame)
{
    frame->body = MLINT_JS_NO_BODY;
    frame->nested = false;
    frame->doubt = false;
}

bool mlint_js_may_not_run(const struct mlint_js_flow *flow)
{
    return flow->deeper || frame_may_not_run(&flow->stack[flow->depth]);
}

static void complain(struct mlint_js_flow *flow, const struct mlint_js_token *token,
                     const char *fault)
{
    if (flow->fault)
        return;
    flow->fault = fault;
    flow->begin = token->begin;
    flow->finish = token->end;
}

/* ---- Faults ----------------------------------------------------------------------------- */

static bool is_hole(const struct mlint_js_frame *frame)
{
    return frame->open.kind == MLINT_JS_PIECE;
}

static bool is_round(const struct mlint_js_frame *frame)
{
    return is_hole(frame) || is_any_char(&frame->open, "([");
}

static bool on_new_line(const struct mlint_js_flow *flow)
{
    const char *p = flow->before.end;

    while (p && p < flow->token.begin && *p != '\n' && *p != '\r')
        p++;
    return p && p < flow->token.begin;
}

/* Whether the token before ends a value, after which none may begin. */
static bool ends_value(struct mlint_js_flow *flow)
{
    static const char *const leading[] = {
        "as",       "async",   "await",  "break",      "case",    "class", "const",
        "continue", "do",      "else",   "export",     "extends", "from",  "function",
        "get",      "import",  "in",     "let",        "new",     "of",    "return",
        "set",      "static",  "throw",  "try",        "typeof",  "var",   "void",
        "yield",    "default", "delete", "instanceof", "finally", "for",   NULL,
    };
    const struct mlint_js_frame *frame = top(flow);

    switch (flow->before.kind) {
    case MLINT_JS_NUMBER:
    case MLINT_JS_STRING:
        return true;
    case MLINT_JS_PIECE:
        return flow->before.character == ')';
    case MLINT_JS_WORD:
        return !is_one_of(&flow->before, leading);
    case MLINT_JS_CHAR:
        return flow->before.character == ']' ||
               (flow->before.character == ')' && !(frame->body && !frame->started));
    default:
        return false;
    }
}

/* A template may stand behind a function that is to read it. */
static bool begins_value(const struct mlint_js_token *token)
{
    static const char *const joining[] = { "as",         "extends", "from", "in",
                                           "instanceof", "of",      "with", NULL };

    return token->kind == MLINT_JS_NUMBER ||
           (token->kind == MLINT_JS_STRING && token->begin[-1] != '`') ||
           (token->kind == MLINT_JS_WORD && !is_one_of(token, joining));
}

/* A value behind a value: a comma, an operator or a quotation mark was forgotten. */
static void check_neighbours(struct mlint_js_flow *flow)
{
    if (begins_value(&flow->token) && ends_value(flow) &&
        (is_round(top(flow)) || !on_new_line(flow)))
        complain(flow, &flow->token, "a comma or an operator is missing before this");
}

static bool is_operator(const struct mlint_js_token *token)
{
    return is_any_char(token, "=*%&|^?<>");
}

/* Private names stand only in the braces of a class. */
static bool in_braces(const struct mlint_js_flow *flow)
{
    unsigned i = flow->depth;

    while (i && !is_char(&flow->stack[i].open, '{'))
        i--;
    return i > 0;
}

static void check_character(struct mlint_js_flow *flow)
{
    const struct mlint_js_frame *frame = top(flow);
    const struct mlint_js_token *token = &flow->token, *before = &flow->before;

    if (is_char(token, '#') && !in_braces(flow) && !is_char(before, '.'))
        complain(flow, token, "a comment begins with // here, not with #");
    if (is_any_char(token, "),;") && is_operator(before))
        complain(flow, token, "a value is missing before this");
    if (is_char(token, ',') && is_char(&frame->open, '(') && is_any_char(before, ",("))
        complain(flow, token, "a value is missing before this");
    if (is_char(token, ';') && is_round(frame) && !frame->for_head)
        complain(flow, &frame->open, "this bracket has no end");
}

static void check(struct mlint_js_flow *flow)
{
    if (flow->token.fault)
        complain(flow, &flow->token, flow->token.fault);
    else if (flow->token.kind == MLINT_JS_CHAR)
        check_character(flow);
    else
        check_neighbours(flow);
}

/* ---- Brackets --------------------------------------------------------------------------- */

/* A block, and no object: it follows the head of something, or a statement. */
static bool opens_block(const struct mlint_js_flow *flow)
{
    static const char *const words[] = {
        "do", "else", "finally", "static", "try", "catch", NULL
    };

    return flow->before.kind == MLINT_JS_END || is_any_char(&flow->before, ");{}>") ||
           is_one_of(&flow->before, words);
}

/* if (...), for (...) and so on, behind which a statement follows. */
static bool opens_head(struct mlint_js_flow *flow)
{
    static const char *const words[] = { "if", "for", "await", "while", "with", NULL };

    return is_char(&flow->token, '(') && top(flow)->body == MLINT_JS_HEAD &&
           is_one_of(&flow->before, words);
}

static void open_frame(struct mlint_js_flow *flow)
{
    static const char *const loop[] = { "for", "await", NULL };
    struct mlint_js_frame *outer = top(flow);
    bool brace = is_char(&flow->token, '{');
    /* The body of a method, which somebody may call. */
    bool method = brace && is_char(&flow->before, ')') && outer->body != MLINT_JS_BODY;
    bool may_not_run = frame_may_not_run(outer) || method ||
                       (brace && outer->body == MLINT_JS_HEAD && opens_block(flow));
    bool head = opens_head(flow);

    outer->started = true;
    if (flow->depth + 1 == MLINT_JS_DEPTH) {
        flow->deeper++;
        flow->too_deep |= flow->token.kind == MLINT_JS_PIECE;
        return;
    }
    flow->depth++;
    *top(flow) = (struct mlint_js_frame){
        .open = flow->token,
        .may_not_run = may_not_run,
        .block = brace && opens_block(flow),
        .head = head,
        .tried = brace && is_word(&flow->before, "try"),
        .for_head = !brace && is_one_of(&flow->before, loop),
    };
}

/* Whether the token closes what the innermost frame opened. */
static bool matches(struct mlint_js_flow *flow)
{
    static const char opening[] = "([{", closing[] = ")]}";
    const char *kind = strchr(closing, flow->token.character);
    const struct mlint_js_token *open = &top(flow)->open;

    return open->kind == flow->token.kind && open->character == opening[kind - closing];
}

static void close_frame(struct mlint_js_flow *flow)
{
    bool block;

    if (flow->deeper) {
        flow->deeper--;
        return;
    }
    if (flow->depth == 0 || !matches(flow)) {
        complain(flow, &flow->token, "brackets do not match");
        if (flow->depth == 0)
            return;
    }
    block = top(flow)->block;
    if (block || top(flow)->head)
        flow->lexer.after_value = false;
    flow->depth--;
    if (block) {
        end_statement(top(flow));
    } else if (is_char(&flow->token, ')') && top(flow)->body == MLINT_JS_HEAD) {
        top(flow)->body = MLINT_JS_BODY;
        top(flow)->started = false;
    }
}

void mlint_js_leave(struct mlint_js_flow *flow, unsigned depth)
{
    if (flow->depth > depth)
        flow->depth = depth;
    flow->deeper = 0;
    end_statement(top(flow));
}

/* ---- Statements ------------------------------------------------------------------------- */

/* A line end ends a statement where the next word could not go on with it. */
static void end_at_line(struct mlint_js_flow *flow)
{
    struct mlint_js_frame *frame = top(flow);

    if (is_round(frame) || !begins_value(&flow->token) || !on_new_line(flow) ||
        !(ends_value(flow) || is_char(&flow->before, '}')))
        return;
    frame->doubt = false;
    if (frame->started)
        end_statement(frame);
}

/* Behind a throw that something catches, all may be left out up to there. */
static void doubt_rest(struct mlint_js_flow *flow)
{
    unsigned i = flow->depth, k;

    while (i && !flow->stack[i].tried)
        i--;
    for (k = flow->depth; i && k >= i; k--)
        flow->stack[k].may_not_run = true;
}

/* What may be the default of an argument or of a member, which another value takes the place
 * of. */
static bool may_be_replaced(const struct mlint_js_flow *flow)
{
    const struct mlint_js_frame *frame = &flow->stack[flow->depth];

    return flow->depth && !frame->block && !frame->for_head;
}

static void follow_word(struct mlint_js_flow *flow)
{
    static const char *const heads[] = { "if",    "for",      "while", "switch",
                                         "catch", "function", "with",  NULL };
    static const char *const bodies[] = { "else", "do", NULL };
    struct mlint_js_frame *frame = top(flow);

    frame->started = true;
    if (is_char(&flow->before, '.'))
        return;
    if (is_word(&flow->token, "throw"))
        doubt_rest(flow);
    if (is_one_of(&flow->token, heads)) {
        frame->nested |= frame->body == MLINT_JS_BODY;
        frame->body = MLINT_JS_HEAD;
    }
    if (!is_one_of(&flow->token, bodies))
        return;
    frame->body = MLINT_JS_BODY;
    frame->started = false;
}

static bool is_double(const struct mlint_js_flow *flow, char c)
{
    return is_char(&flow->token, c) && is_char(&flow->before, c) &&
           flow->before.end == flow->token.begin;
}

/* The third part of for (;;) is run after a round, if there is one. */
static void follow_semicolon(struct mlint_js_frame *frame)
{
    frame->may_not_run |= frame->for_head && frame->condition;
    frame->condition = true;
}

static void follow_character(struct mlint_js_flow *flow)
{
    struct mlint_js_frame *frame = top(flow);

    if (is_any_char(&flow->token, "([{")) {
        open_frame(flow);
    } else if (is_any_char(&flow->token, ")]}")) {
        close_frame(flow);
    } else if (is_char(&flow->token, ';') || (is_char(&flow->token, ',') && is_round(frame))) {
        end_statement(frame);
        if (is_char(&flow->token, ';'))
            follow_semicolon(frame);
    } else if (is_char(&flow->token, ',')) {
        frame->doubt = false;
    } else if (is_char(&flow->token, '>') && is_char(&flow->before, '=')) {
        frame->body = MLINT_JS_BODY; /* => */
        frame->started = false;
    } else if (is_double(flow, '+') || is_double(flow, '-')) {
        flow->lexer.after_value = true; /* i++ / 2 */
    } else if (is_char(&flow->token, '=') && may_be_replaced(flow)) {
        frame->doubt = true;
    } else if (is_char(&flow->token, '?') || is_double(flow, '&') || is_double(flow, '|')) {
        frame->doubt = true;
    }
}

/* The holes of a template stand in for arguments. */
static void follow_piece(struct mlint_js_flow *flow)
{
    if (flow->token.character == '(') {
        open_frame(flow);
    } else if (flow->token.character == ')') {
        close_frame(flow);
    } else {
        end_statement(top(flow));
    }
}

static void finish(struct mlint_js_flow *flow)
{
    if (flow->deeper || flow->depth)
        complain(flow, &top(flow)->open, "this bracket has no end");
}

void mlint_js_start(struct mlint_js_flow *flow, struct mlint_str text)
{
    *flow = (struct mlint_js_flow){ .lexer = { .p = text.ptr, .end = text.ptr + text.len } };
}

void mlint_js_advance(struct mlint_js_flow *flow)
{
    if (flow->token.begin && flow->token.kind == MLINT_JS_END)
        return;
    flow->before = flow->token;
    flow->lexer.in_hole = !flow->deeper && is_hole(top(flow));
    mlint_js_next(&flow->lexer, &flow->token);
    if (flow->token.kind == MLINT_JS_END) {
        if (flow->token.fault)
            complain(flow, &flow->token, flow->token.fault);
        finish(flow);
        return;
    }
    end_at_line(flow);
    check(flow);
    if (flow->token.kind == MLINT_JS_WORD)
        follow_word(flow);
    else if (flow->token.kind == MLINT_JS_CHAR)
        follow_character(flow);
    else if (flow->token.kind == MLINT_JS_PIECE)
        follow_piece(flow);
    else
        top(flow)->started = true;
}
