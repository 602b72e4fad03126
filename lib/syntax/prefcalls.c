/* prefcalls.c: literal preference calls in JavaScript -> a flat tree. This is no interpreter:
 * it follows brackets, so that it knows which calls may not be reached, and reads arguments
 * that are plain literals. */
#include "syntax/prefcalls.h"

#include "base/num.h"
#include "syntax/prefcalls_flow.h"

struct reader {
    struct mlint_tree *tree;
    const struct mlint_prefs_options *options;
    struct mlint_js_flow flow;
    struct mlint_js_token earlier, owner; /* the one before flow.before, and that before it */
    const char *text;
    bool fault_noted; /* one outside calls: what follows it may not be another */
    bool first_kept;  /* one of class MLINT_PREFS_FIRST */
};

/* What a call does. */
struct call {
    struct mlint_str name;
    uint8_t flags;
    bool has_value;
};

static const struct call calls[] = {
    { MLINT_STR_INIT("pref"), 0, true },
    { MLINT_STR_INIT("defaultPref"), MLINT_NODE_DEFAULT, true },
    { MLINT_STR_INIT("lockPref"), MLINT_NODE_DEFAULT | MLINT_NODE_LOCKED | MLINT_NODE_UNLOCKS,
      true },
    { MLINT_STR_INIT("clearPref"), MLINT_NODE_DELETED, false },
    { MLINT_STR_INIT("unlockPref"), MLINT_NODE_UNLOCKS, false },
};

static struct mlint_str text_of(const struct mlint_js_token *token)
{
    return mlint_str_make(token->begin, (size_t)(token->end - token->begin));
}

static struct mlint_span span_of(const struct reader *r, const char *begin, const char *end)
{
    return (struct mlint_span){ (uint32_t)(begin - r->text), (uint32_t)(end - r->text) };
}

static bool is_char(const struct reader *r, char c)
{
    return r->flow.token.kind == MLINT_JS_CHAR && r->flow.token.character == c;
}

static void step(struct reader *r)
{
    r->owner = r->earlier;
    r->earlier = r->flow.before;
    mlint_js_advance(&r->flow);
}

/* ---- Calls ------------------------------------------------------------------------------ */

static const struct call *call_named(struct mlint_str name)
{
    size_t i;

    for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
        if (mlint_str_eq(name, calls[i].name))
            return &calls[i];
    return NULL;
}

static bool is_word(const struct mlint_js_token *token, const char *word)
{
    return token->kind == MLINT_JS_WORD && mlint_str_eq(text_of(token), mlint_str_from(word));
}

/* window.pref(...): perhaps the function itself, perhaps there is no window. */
static bool is_member(const struct reader *r)
{
    return r->earlier.kind == MLINT_JS_CHAR && r->earlier.character == '.';
}

static bool is_global(const struct mlint_js_token *owner)
{
    return is_word(owner, "window") || is_word(owner, "globalThis") || is_word(owner, "self") ||
           is_word(owner, "this");
}

/* The call at the token: no definition, and no method of something. */
static const struct call *call_at(const struct reader *r)
{
    if (r->flow.before.kind != MLINT_JS_WORD || !is_char(r, '('))
        return NULL;
    if ((is_member(r) && !is_global(&r->owner)) || is_word(&r->earlier, "function"))
        return NULL;
    return call_named(text_of(&r->flow.before));
}

/* Behind a fault nobody knows where the call ends: at the latest where the next one begins. */
static bool is_lost(const struct reader *r)
{
    return r->flow.fault && (is_char(r, ';') || (r->flow.token.kind == MLINT_JS_WORD &&
                                                 call_named(text_of(&r->flow.token))));
}

static void read_call(struct reader *r, const struct call *call);

/* To the bracket that closes the call, at whose arguments the brackets were this deep; calls
 * among them are read. The token is that bracket, or the end, or where reading goes on after a
 * fault. */
static void skip_arguments(struct reader *r, unsigned depth)
{
    const struct call *call;

    while (r->flow.token.kind != MLINT_JS_END && !r->flow.too_deep &&
           r->flow.depth + r->flow.deeper >= depth) {
        if (is_lost(r)) {
            mlint_js_leave(&r->flow, depth - 1);
            return;
        }
        step(r);
        call = r->flow.deeper ? NULL : call_at(r);
        if (call)
            read_call(r, call);
    }
}

/* Takes the prefix off. Old JavaScript reads 010 as 8, and 08 as 8. */
static unsigned base_of(struct mlint_str *digits)
{
    static const char letters[] = "xob";
    static const unsigned bases[] = { 16, 8, 2 };
    const char *found;
    size_t i = 1;

    if (digits->len < 2 || digits->ptr[0] != '0')
        return 10;
    found = strchr(letters, mlint_lower(digits->ptr[1]));
    if (found && *found) {
        *digits = mlint_str_sub(*digits, 2, digits->len);
        return bases[found - letters];
    }
    while (i < digits->len && digits->ptr[i] >= '0' && digits->ptr[i] <= '7')
        i++;
    return i == digits->len ? 8 : 10;
}

static bool read_number(struct reader *r, bool negative, struct mlint_node *node)
{
    struct mlint_str digits = text_of(&r->flow.token);
    unsigned base = base_of(&digits);

    if (!mlint_num_parse(digits, base, &node->number) || node->number > INT32_MAX)
        return false;
    node->number = negative ? -node->number : node->number;
    node->type = MLINT_NODE_INTEGER;
    return true;
}

/* The literal at the token, if there is one. */
static bool read_literal(struct reader *r, struct mlint_node *node)
{
    struct mlint_str word = text_of(&r->flow.token);
    bool negative = is_char(r, '-');

    if (r->flow.token.kind == MLINT_JS_STRING) {
        node->type = MLINT_NODE_STRING;
        node->value = mlint_js_text(r->tree->arena, &r->flow.token);
        node->value_span = span_of(r, r->flow.token.begin, r->flow.token.end);
        return true;
    }
    if (r->flow.token.kind == MLINT_JS_WORD &&
        (mlint_str_eq(word, MLINT_STR("true")) || mlint_str_eq(word, MLINT_STR("false")))) {
        node->type = MLINT_NODE_BOOLEAN;
        node->number = word.len == 4;
        return true;
    }
    if (negative || is_char(r, '+'))
        step(r);
    return r->flow.token.kind == MLINT_JS_NUMBER && read_number(r, negative, node);
}

/* The value: a literal alone before the closing bracket, or else computed. */
static void read_value(struct reader *r, struct mlint_node *node, bool literal, unsigned depth)
{
    const char *begin = r->flow.token.begin - (r->flow.token.kind == MLINT_JS_STRING);
    const char *end = begin;

    if (read_literal(r, node)) {
        end = r->flow.token.end;
        step(r);
        literal = literal && is_char(r, ')') && !r->flow.fault;
    } else {
        literal = false;
    }
    if (literal && node->type == MLINT_NODE_STRING)
        return;
    skip_arguments(r, depth);
    if (!literal) {
        node->type = MLINT_NODE_COMPUTED;
        node->number = r->flow.fault != NULL;
        end = r->flow.before.end + (r->flow.before.kind == MLINT_JS_STRING);
    }
    node->value_span = span_of(r, begin, end > begin ? end : begin);
    node->value = mlint_str_make(begin, node->value_span.end - node->value_span.begin);
}

static bool wants(struct reader *r, struct mlint_str name, uint16_t *class)
{
    *class = r->options->classify ? r->options->classify(name) : 0;
    if (!r->options->classify)
        return true;
    if (*class == MLINT_PREFS_FIRST) {
        bool first = !r->first_kept;
        r->first_kept = true;
        return first;
    }
    return *class != MLINT_PREFS_DROP && *class != MLINT_PREFS_HIDE;
}

/* What the call sets is not known; if it has to do with a secret it is not quoted either. */
static void give_up(struct reader *r, const char *begin, const char *end, unsigned depth)
{
    struct mlint_str word = r->options->secret_word, text;
    struct mlint_note *note = NULL;

    skip_arguments(r, depth);
    if (!r->flow.fault)
        note = mlint_tree_note(r->tree, MLINT_NOTE_UNKNOWN_VALUE, span_of(r, begin, end),
                               "the name in this call is computed; what it sets is not known");
    if (note)
        note->hint = "look at a machine that has the file";
    text = mlint_str_make(begin, (size_t)(r->flow.token.begin - begin));
    if (word.len && mlint_str_find_nocase(text, word) < text.len)
        mlint_source_hide(r->tree->source, r->tree->arena,
                          span_of(r, begin, r->flow.token.end));
}

static struct mlint_node *add_node(struct reader *r, const struct call *call,
                                   const struct mlint_js_token *name, uint16_t class)
{
    struct mlint_node *node = mlint_node_add(r->tree, r->tree->root, MLINT_NODE_NULL,
                                             mlint_js_text(r->tree->arena, name));

    if (!node)
        return NULL;
    node->name_span = node->value_span = span_of(r, name->begin, name->end);
    node->flags = call->flags;
    node->subtype = class;
    return node;
}

/* The token is the bracket after the call's name. */
static void read_call(struct reader *r, const struct call *call)
{
    const char *begin = r->flow.before.begin;
    bool certain = !mlint_js_may_not_run(&r->flow) && !is_member(r);
    unsigned depth = r->flow.depth + r->flow.deeper;
    struct mlint_js_token name;
    struct mlint_node *node;
    uint16_t class;

    step(r);
    name = r->flow.token;
    if (name.kind == MLINT_JS_STRING)
        step(r);
    if (name.kind != MLINT_JS_STRING || !is_char(r, call->has_value ? ',' : ')')) {
        give_up(r, begin, name.end, depth);
        return;
    }
    if (!wants(r, mlint_js_text(r->tree->arena, &name), &class)) {
        skip_arguments(r, depth);
        return;
    }
    node = add_node(r, call, &name, class);
    if (!node)
        return;
    if (call->has_value) {
        step(r);
        read_value(r, node, certain, depth);
    } else if (!certain) {
        node->type = MLINT_NODE_COMPUTED;
    }
}

/* Those within calls are told one by one, since reading goes on behind each. */
static void note_fault(struct reader *r, bool in_call)
{
    struct mlint_note *note = NULL;
    const char *fault = r->flow.fault;

    if (!fault)
        return;
    if (in_call || !r->fault_noted)
        note = mlint_tree_note(r->tree, MLINT_NOTE_SYNTAX,
                               span_of(r, r->flow.begin, r->flow.finish),
                               "%s: the program refuses the whole file", fault);
    if (note)
        note->hint = "look also at the lines before it";
    r->fault_noted |= !in_call;
    r->flow.fault = NULL;
}

static bool is_full(const struct reader *r)
{
    return r->tree->too_many || r->flow.too_deep || r->tree->arena->failed;
}

/* What the rest would have set is not known. */
static void note_rest(struct reader *r)
{
    r->tree->too_deep = r->flow.too_deep;
    if (!r->flow.lexer.lost)
        return;
    r->tree->damaged = true;
    r->tree->problem = "a text or comment without an end takes up the rest of the program";
}

static void read_all(struct reader *r)
{
    const struct call *call;

    for (;;) {
        step(r);
        if (r->flow.token.kind == MLINT_JS_END || is_full(r))
            break;
        call = call_at(r);
        if (call)
            read_call(r, call);
        note_fault(r, call != NULL);
    }
    note_fault(r, false);
    note_rest(r);
}

struct mlint_tree *mlint_prefcalls_read(struct mlint_arena *arena, struct mlint_source *source,
                                        const struct mlint_prefs_options *options,
                                        bool skip_first_line)
{
    struct reader r = { .options = options, .text = source->text.ptr };
    struct mlint_str text = source->text;

    r.tree = mlint_tree_new(arena, source, MLINT_PATH_FLAT);
    if (!r.tree)
        return NULL;
    while (skip_first_line && text.len && *text.ptr != '\n' && *text.ptr != '\r')
        text = mlint_str_sub(text, 1, text.len);
    mlint_js_start(&r.flow, text);
    read_all(&r);
    return r.tree;
}
