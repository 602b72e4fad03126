/* prefcalls.c: literal preference calls in JavaScript -> a flat tree. This is no interpreter:
 * it follows brackets, so that it knows which calls may not be reached, and reads arguments
 * that are plain literals. */
#include "syntax/prefcalls.h"

#include "base/num.h"
#include "syntax/prefcalls_lexer.h"

struct reader {
    struct mlint_tree *tree;
    const struct mlint_prefs_options *options;
    struct mlint_js_lexer lexer;
    struct mlint_js_token token, before;
    const char *text;
    uint64_t blocks;   /* a bit for each open block: whether it may not be run */
    unsigned depth;    /* open blocks */
    unsigned brackets; /* open round brackets */
    unsigned waiting;  /* 1 + brackets where a condition was met whose block has not begun; 0 */
    bool unbalanced;
    bool first_kept; /* one of class MLINT_PREFS_FIRST */
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
    return r->token.kind == MLINT_JS_CHAR && r->token.character == c;
}

static void next(struct reader *r)
{
    r->before = r->token;
    mlint_js_next(&r->lexer, &r->token);
}

/* ---- What may not be run ---------------------------------------------------------------- */

static bool is_conditional(const struct reader *r)
{
    return r->waiting || r->depth > 64 || r->blocks != 0;
}

static void open_block(struct reader *r)
{
    if (r->depth < 64 && r->waiting)
        r->blocks |= UINT64_C(1) << r->depth;
    r->depth++;
    r->waiting = 0;
}

static void close_block(struct reader *r)
{
    if (r->depth == 0) {
        r->unbalanced = true;
        return;
    }
    r->depth--;
    if (r->depth < 64)
        r->blocks &= ~(UINT64_C(1) << r->depth);
}

static void follow_word(struct reader *r)
{
    static const char *const words[] = { "if",     "else",  "for",      "while",
                                         "switch", "catch", "function", "do" };
    size_t i;

    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (mlint_str_eq(text_of(&r->token), mlint_str_from(words[i])))
            r->waiting = r->brackets + 1;
}

static void follow(struct reader *r)
{
    if (r->token.kind == MLINT_JS_WORD)
        follow_word(r);
    if (r->token.kind != MLINT_JS_CHAR)
        return;
    switch (r->token.character) {
    case '{':
        open_block(r);
        break;
    case '}':
        close_block(r);
        break;
    case '(':
        r->brackets++;
        break;
    case ')':
        r->unbalanced |= r->brackets == 0;
        r->brackets -= r->brackets > 0;
        break;
    case ';':
        if (r->waiting > r->brackets)
            r->waiting = 0;
        break;
    case '>': /* => */
        if (r->before.kind == MLINT_JS_CHAR && r->before.character == '=')
            r->waiting = r->brackets + 1;
        break;
    default:
        break;
    }
}

/* ---- Calls ------------------------------------------------------------------------------ */

/* To the bracket that closes the call; the token is that bracket, or the end. */
static void skip_arguments(struct reader *r)
{
    unsigned open = 0;

    for (; r->token.kind != MLINT_JS_END; next(r)) {
        if (is_char(r, '(') || is_char(r, '[') || is_char(r, '{'))
            open++;
        else if (is_char(r, ')') || is_char(r, ']') || is_char(r, '}')) {
            if (open == 0)
                return;
            open--;
        }
    }
}

static bool read_number(struct reader *r, bool negative, struct mlint_node *node)
{
    struct mlint_str digits = text_of(&r->token);
    unsigned base = 10;

    if (mlint_str_starts_nocase(digits, MLINT_STR("0x"))) {
        digits = mlint_str_sub(digits, 2, digits.len);
        base = 16;
    }
    if (!mlint_num_parse(digits, base, &node->number) || node->number > INT32_MAX)
        return false;
    node->number = negative ? -node->number : node->number;
    node->type = MLINT_NODE_INTEGER;
    return true;
}

/* The literal at the token, if there is one. */
static bool read_literal(struct reader *r, struct mlint_node *node)
{
    struct mlint_str word = text_of(&r->token);
    bool negative = is_char(r, '-');

    if (r->token.kind == MLINT_JS_STRING) {
        node->type = MLINT_NODE_STRING;
        node->value = mlint_js_text(r->tree->arena, &r->token);
        node->value_span = span_of(r, r->token.begin, r->token.end);
        return true;
    }
    if (r->token.kind == MLINT_JS_WORD &&
        (mlint_str_eq(word, MLINT_STR("true")) || mlint_str_eq(word, MLINT_STR("false")))) {
        node->type = MLINT_NODE_BOOLEAN;
        node->number = word.len == 4;
        return true;
    }
    if (negative || is_char(r, '+'))
        next(r);
    return r->token.kind == MLINT_JS_NUMBER && read_number(r, negative, node);
}

/* The value: a literal alone before the closing bracket, or else computed. */
static void read_value(struct reader *r, struct mlint_node *node)
{
    const char *begin = r->token.begin - (r->token.kind == MLINT_JS_STRING), *end;
    bool literal = read_literal(r, node);

    if (literal) {
        end = r->token.end;
        next(r);
        literal = is_char(r, ')') && !is_conditional(r);
    }
    if (literal && node->type == MLINT_NODE_STRING)
        return;
    skip_arguments(r);
    if (!literal) {
        node->type = MLINT_NODE_COMPUTED;
        node->number = 0;
        end = r->before.end + (r->before.kind == MLINT_JS_STRING);
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
static void give_up(struct reader *r, const char *begin, const char *end)
{
    struct mlint_str word = r->options->secret_word, text;
    struct mlint_note *note;

    note = mlint_tree_note(r->tree, MLINT_NOTE_UNKNOWN_VALUE, span_of(r, begin, end),
                           "the name in this call is computed; what it sets is not known");
    if (note)
        note->hint = "look at a machine that has the file";
    skip_arguments(r);
    text = mlint_str_make(begin, (size_t)(r->token.end - begin));
    if (word.len && mlint_str_find_nocase(text, word) < text.len)
        mlint_source_hide(r->tree->source, r->tree->arena, span_of(r, begin, r->token.end));
}

/* The token is the bracket after the call's name. */
static void read_call(struct reader *r, const struct call *call)
{
    const char *begin = r->before.begin;
    struct mlint_js_token name;
    struct mlint_node *node;
    uint16_t class;

    next(r);
    name = r->token;
    if (name.kind == MLINT_JS_STRING)
        next(r);
    if (name.kind != MLINT_JS_STRING || !is_char(r, call->has_value ? ',' : ')')) {
        give_up(r, begin, name.end);
        return;
    }
    if (!wants(r, mlint_js_text(r->tree->arena, &name), &class)) {
        skip_arguments(r);
        return;
    }
    node = mlint_node_add(r->tree, r->tree->root, MLINT_NODE_NULL,
                          mlint_js_text(r->tree->arena, &name));
    if (!node)
        return;
    node->name_span = node->value_span = span_of(r, name.begin, name.end);
    node->flags = call->flags;
    node->subtype = class;
    if (call->has_value) {
        next(r);
        read_value(r, node);
    } else if (is_conditional(r)) {
        node->type = MLINT_NODE_COMPUTED;
        node->flags &= MLINT_NODE_UNLOCKS;
    }
}

static const struct call *call_at(const struct reader *r)
{
    size_t i;

    if (r->before.kind != MLINT_JS_WORD || !is_char(r, '('))
        return NULL;
    for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
        if (mlint_str_eq(text_of(&r->before), calls[i].name))
            return &calls[i];
    return NULL;
}

static void read_all(struct reader *r)
{
    struct mlint_js_token earlier = { 0 };
    const struct call *call;

    for (;;) {
        struct mlint_js_token last = r->before;
        next(r);
        if (r->token.kind == MLINT_JS_END || r->tree->too_many || r->tree->arena->failed)
            break;
        earlier = last;
        call = call_at(r);
        /* not a definition, and not a method of something */
        if (call && !(earlier.kind == MLINT_JS_CHAR && earlier.character == '.') &&
            !(earlier.kind == MLINT_JS_WORD &&
              mlint_str_eq(text_of(&earlier), MLINT_STR("function"))))
            read_call(r, call);
        else
            follow(r);
    }
}

struct mlint_tree *mlint_prefcalls_read(struct mlint_arena *arena, struct mlint_source *source,
                                        const struct mlint_prefs_options *options,
                                        bool skip_first_line)
{
    struct reader r = { .options = options, .text = source->text.ptr };
    struct mlint_note *note;

    r.tree = mlint_tree_new(arena, source, MLINT_PATH_FLAT);
    if (!r.tree)
        return NULL;
    r.lexer.p = r.text;
    r.lexer.end = r.text + source->text.len;
    if (skip_first_line)
        while (r.lexer.p < r.lexer.end && *r.lexer.p != '\n' && *r.lexer.p != '\r')
            r.lexer.p++;
    read_all(&r);
    if (r.unbalanced || r.depth || r.brackets) {
        note = mlint_tree_note(r.tree, MLINT_NOTE_SYNTAX, MLINT_NO_SPAN,
                               "brackets do not match: the program refuses the whole file");
        if (note)
            note->hint = "look for a missing or a spare bracket";
    }
    return r.tree;
}
