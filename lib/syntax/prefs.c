/* prefs.c: Mozilla's preference files -> a flat tree. What the values mean is not known here.
 *
 * Every statement is checked in full, wanted or not: an error eats its neighbour. What
 * prefs_statement.h does not read (escapes in names, attributes, errors) goes through the
 * lexer. Recovery is Mozilla's: tokens are dropped up to and including the next `;`. */
#include "syntax/prefs.h"

#include "base/num.h"
#include "syntax/prefs_quick.h"
#include "syntax/prefs_scan.h"

struct reader {
    struct mlint_tree *tree;
    const struct mlint_prefs_options *options;
    const struct mlint_prefs_kernel *kernel;
    struct mlint_prefs_lexer lexer;
    struct mlint_prefs_quotes *quotes;
    const char *text;
    struct mlint_prefs_token token; /* the newest of the careful way */
    const char *before;             /* where the token before it ended */
    bool first_kept;                /* one of class MLINT_PREFS_FIRST */
};

static const struct mlint_prefs_options everything = { .mode = MLINT_PREFS_USER };

static bool is_character(const struct mlint_prefs_token *token, char c)
{
    return token->kind == MLINT_PREFS_CHAR && token->character == c;
}

static bool is_word(const struct mlint_prefs_token *token, const char *word)
{
    return token->kind == MLINT_PREFS_WORD &&
           mlint_str_eq(mlint_str_make(token->begin, (size_t)(token->end - token->begin)),
                        mlint_str_from(word));
}

static struct mlint_span span_of(const struct reader *r, const char *begin, const char *end)
{
    return (struct mlint_span){ (uint32_t)(begin - r->text), (uint32_t)(end - r->text) };
}

/* ---- What is kept ----------------------------------------------------------------------- */

/* class: the answer of classify. */
static void keep_as(struct reader *r, const struct mlint_prefs_statement *s,
                    struct mlint_str name, uint16_t class)
{
    struct mlint_arena *arena = r->tree->arena;
    struct mlint_node *node;

    if (class == MLINT_PREFS_HIDE) {
        mlint_source_cover(r->tree->source, arena, span_of(r, s->value.begin, s->value.end));
        return;
    }
    if (class == MLINT_PREFS_FIRST) {
        if (r->first_kept)
            return;
        r->first_kept = true;
    }
    node = mlint_node_add(r->tree, r->tree->root, (enum mlint_node_type)s->type, name);
    if (!node)
        return;
    node->subtype = class;
    node->flags = s->flags;
    node->number = s->number;
    node->value = mlint_prefs_text(arena, &s->value);
    node->name_span = span_of(r, s->name.begin, s->name.end);
    node->value_span = span_of(r, s->value.begin, s->value.end);
}

static void keep(struct reader *r, const struct mlint_prefs_statement *s)
{
    struct mlint_str name = mlint_prefs_text(r->tree->arena, &s->name);
    uint16_t class = r->options->classify ? r->options->classify(name) : 0;

    if (!r->options->classify || class != MLINT_PREFS_DROP)
        keep_as(r, s, name, class);
}

/* ---- The careful way -------------------------------------------------------------------- */

static void next(struct reader *r)
{
    r->before = r->token.end + (r->token.kind == MLINT_PREFS_STRING);
    mlint_prefs_next(&r->lexer, &r->token);
}

/* Read the next token; NULL if it is c, else what is wrong. */
static const char *take(struct reader *r, char c, const char *problem)
{
    next(r);
    return is_character(&r->token, c) ? NULL : problem;
}

/* r->token is the first of the statement. */
static const char *take_specifier(struct reader *r, struct mlint_prefs_statement *s)
{
    bool defaults = r->options->mode == MLINT_PREFS_DEFAULT;

    if (is_word(&r->token, "user_pref"))
        return NULL;
    s->flags = MLINT_NODE_DEFAULT;
    if (is_word(&r->token, "lock_pref"))
        s->flags |= MLINT_NODE_LOCKED;
    else if (!is_word(&r->token, "pref") && !is_word(&r->token, "sticky_pref"))
        return "no preference begins here";
    return defaults ? NULL : "only user_pref() counts in a file of the user's";
}

static const char *take_name(struct reader *r, struct mlint_prefs_statement *s)
{
    next(r);
    if (r->token.kind != MLINT_PREFS_STRING)
        return "no name in quotes after '('";
    s->name = r->token;
    s->has_name = true;
    return NULL;
}

static const char *take_integer(struct reader *r, struct mlint_prefs_statement *s)
{
    bool negative = is_character(&r->token, '-');

    s->type = MLINT_NODE_INTEGER;
    if (negative || is_character(&r->token, '+'))
        next(r);
    if (r->token.kind != MLINT_PREFS_INTEGER)
        return "no value after ','";
    if (r->token.number > (uint32_t)INT32_MAX + negative)
        return "a number too large for 32 bits";
    s->number = negative ? -(int64_t)r->token.number : (int64_t)r->token.number;
    return NULL;
}

static const char *take_value(struct reader *r, struct mlint_prefs_statement *s)
{
    const char *problem = NULL, *begin;

    next(r);
    begin = r->token.begin;
    if (r->token.kind == MLINT_PREFS_STRING) {
        s->type = MLINT_NODE_STRING;
    } else if (is_word(&r->token, "true") || is_word(&r->token, "false")) {
        s->type = MLINT_NODE_BOOLEAN;
        s->number = r->token.character == 't';
    } else if (r->token.kind == MLINT_PREFS_WORD) {
        return "the value is no string, number, true or false";
    } else {
        problem = take_integer(r, s);
    }
    s->value = r->token;
    s->value.begin = begin;
    return problem;
}

/* ", sticky" and ", locked" in default files; afterwards the token is the one behind them. */
static const char *take_attributes(struct reader *r, struct mlint_prefs_statement *s)
{
    next(r);
    if (r->options->mode != MLINT_PREFS_DEFAULT)
        return is_character(&r->token, ',') ? "attributes count in default files only" : NULL;
    while (is_character(&r->token, ',')) {
        next(r);
        if (is_word(&r->token, "locked"))
            s->flags |= MLINT_NODE_LOCKED;
        else if (!is_word(&r->token, "sticky"))
            return "no attribute but sticky and locked is known";
        next(r);
    }
    return NULL;
}

/* NULL, or what is wrong at r->token. */
static const char *read_carefully(struct reader *r, struct mlint_prefs_statement *s)
{
    const char *problem;

    if ((problem = take_specifier(r, s)) || (problem = take(r, '(', "no '(' here")) ||
        (problem = take_name(r, s)) || (problem = take(r, ',', "no ',' after the name")) ||
        (problem = take_value(r, s)) || (problem = take_attributes(r, s)))
        return problem;
    if (!is_character(&r->token, ')'))
        return "no ')' after the value";
    return take(r, ';', "no ';' after ')'");
}

/* ---- Errors ----------------------------------------------------------------------------- */

/* A name that may be quoted in a message: short, no blanks, no control characters. */
static struct mlint_str plain_name(const struct mlint_prefs_token *token)
{
    const char *p;

    if (token->kind != MLINT_PREFS_STRING || token->end - token->begin > 128)
        return MLINT_STR("");
    for (p = token->begin; p < token->end; p++)
        if (*p <= ' ' || *p == 0x7F || *p == '\\')
            return MLINT_STR("");
    return mlint_str_make(token->begin, (size_t)(token->end - token->begin));
}

/* Drop tokens up to and including the next `;`. lost: the first whole name on the way. */
static void recover(struct reader *r, struct mlint_str *lost)
{
    struct mlint_prefs_token before[2] = { 0 };

    *lost = MLINT_STR("");
    while (r->token.kind != MLINT_PREFS_END && !is_character(&r->token, ';')) {
        before[0] = before[1];
        before[1] = r->token;
        next(r);
        if (lost->len == 0 && before[0].kind == MLINT_PREFS_WORD &&
            is_character(&before[1], '('))
            *lost = plain_name(&r->token);
    }
}

/* Where the note points: the offending token, or the end of what should be followed by more. */
static struct mlint_span place_of(const struct reader *r, const struct mlint_prefs_statement *s)
{
    const char *begin = r->token.begin, *end = r->token.end, *line;

    if (s->has_name && (r->token.kind == MLINT_PREFS_END || is_word(&r->token, "user_pref")))
        return span_of(r, r->before - 1, r->before);
    line = mlint_prefs_find(begin, end, '\n', '\r', '\0');
    return span_of(r, begin, line);
}

static void note(struct reader *r, struct mlint_span place, const char *problem,
                 struct mlint_str name, struct mlint_str lost)
{
    struct mlint_note *added;

    if (name.len && lost.len)
        added = mlint_tree_note(r->tree, MLINT_NOTE_SYNTAX, place,
                                "%s: \"%.*s\" is skipped, and \"%.*s\" with it", problem,
                                MLINT_STR_ARG(name), MLINT_STR_ARG(lost));
    else if (name.len || lost.len)
        added = mlint_tree_note(r->tree, MLINT_NOTE_SYNTAX, place, "%s: \"%.*s\" is skipped",
                                problem, MLINT_STR_ARG(name.len ? name : lost));
    else
        added = mlint_tree_note(r->tree, MLINT_NOTE_SYNTAX, place,
                                "%s: skipped up to the next ';'", problem);
    if (added)
        added->hint = "after an error everything up to the next ';' is skipped";
}

/* The statement failed at r->token; skip what Mozilla's parser skips, and say so. */
static void fail(struct reader *r, const struct mlint_prefs_statement *s, const char *problem)
{
    struct mlint_str name = s->has_name ? plain_name(&s->name) : MLINT_STR(""), lost, skipped;
    struct mlint_span place = place_of(r, s);

    if (r->token.kind == MLINT_PREFS_BAD)
        problem = r->token.problem;
    recover(r, &lost);
    note(r, place, problem, name, lost);
    skipped = mlint_str_make(s->begin, (size_t)(r->lexer.p - s->begin));
    if (r->options->secret_word.len &&
        mlint_str_find_nocase(skipped, r->options->secret_word) < skipped.len)
        mlint_source_hide(r->tree->source, r->tree->arena, span_of(r, s->begin, r->lexer.p));
    if (r->token.kind == MLINT_PREFS_END) {
        r->tree->damaged = true;
        r->tree->problem = "ends inside a preference";
    }
}

/* ---- A window of a long file ------------------------------------------------------------ */

/* Lines that may go: from `begin` on, so far up to `safe`, which is at least the context before
 * `middle`, and that before the line end last met. All stand between two statements. */
struct lines {
    const char *begin, *safe, *middle;
};

enum sight { PASSES, MATTERS, NEEDS_MORE };

static bool passes(struct reader *r, const struct mlint_prefs_statement *s)
{
    uint16_t class;

    class = r->options->classify(
        mlint_str_make(s->name.begin, (size_t)(s->name.end - s->name.begin)));
    if (class == MLINT_PREFS_FIRST && !r->first_kept) {
        r->first_kept = true;
        return false;
    }
    return class == MLINT_PREFS_DROP || class == MLINT_PREFS_FIRST;
}

/* The statement at r->lexer.p; a whole one ends there afterwards. */
static enum sight look(struct reader *r, bool last)
{
    const struct mlint_prefs_search search = {
        .initials = UINT32_MAX,
        .defaults = r->options->mode == MLINT_PREFS_DEFAULT,
    };
    struct mlint_prefs_statement s = { .begin = r->lexer.p };
    struct mlint_str lost;

    if (r->kernel->pass(&r->lexer.p, r->lexer.end, &search, r->quotes, &s))
        return passes(r, &s) ? PASSES : MATTERS;
    next(r);
    if (read_carefully(r, &s))
        recover(r, &lost);
    return r->lexer.p == r->lexer.end && !last ? NEEDS_MORE : MATTERS;
}

static void meet_line(struct lines *lines, const struct mlint_sift *sift, const char *begin)
{
    if (begin < sift->text.ptr + sift->from)
        return;
    if (!lines->begin)
        *lines = (struct lines){ begin, begin, begin };
    if ((size_t)(begin - lines->middle) >= sift->context) {
        lines->safe = lines->middle;
        lines->middle = begin;
    }
}

/* Past blanks and comments; the last line that begins between them is met. */
static const char *pass_blanks(struct lines *lines, const struct mlint_sift *sift,
                               const char *p, const char *end)
{
    const char *begin, *blanks;

    do {
        begin = p;
        blanks = mlint_prefs_blanks(p, end);
        for (p = blanks; p > begin; p--) {
            if (p[-1] == '\n' || (p[-1] == '\r' && p < end && *p != '\n')) {
                meet_line(lines, sift, p);
                break;
            }
        }
        p = mlint_prefs_comment_end(blanks, end);
    } while (p != blanks);
    return p;
}

static bool let_go(struct mlint_sift *sift, const struct lines *lines, bool first_kept)
{
    if (!lines->begin || lines->safe == lines->begin ||
        (size_t)(lines->safe - lines->begin) < sift->least)
        return false;
    sift->keep = (size_t)(lines->begin - sift->text.ptr);
    sift->drop = (size_t)(lines->safe - lines->begin);
    sift->state.midway = false;
    sift->state.seen = first_kept;
    return true;
}

/* A NUL byte ends the file, and what follows it is counted: all of it stays. */
static void keep_rest(struct mlint_sift *sift)
{
    sift->state.over = true;
    sift->keep = sift->text.len;
}

void mlint_prefs_sift(struct mlint_sift *sift, const struct mlint_prefs_options *options)
{
    struct mlint_prefs_quotes quotes;
    struct reader r = { .options = options,
                        .kernel = mlint_prefs_best(),
                        .quotes = &quotes,
                        .first_kept = sift->state.seen };
    struct lines lines = { 0 };
    const char *decided = sift->text.ptr;
    bool first_kept = r.first_kept;

    mlint_prefs_forget(&quotes);
    if (sift->state.over) {
        keep_rest(sift);
        return;
    }
    r.lexer = (struct mlint_prefs_lexer){ decided, decided + sift->text.len };
    r.text = r.token.end = decided;
    if (!sift->state.midway)
        meet_line(&lines, sift, decided);
    for (;; first_kept = r.first_kept) {
        enum sight sight = NEEDS_MORE;

        r.lexer.p = pass_blanks(&lines, sift, r.lexer.p, r.lexer.end);
        if (r.lexer.p < r.lexer.end && *r.lexer.p != '\0')
            sight = look(&r, sift->last);
        if (sight == PASSES)
            continue;
        if (let_go(sift, &lines, first_kept))
            return;
        if (r.lexer.p < r.lexer.end && *r.lexer.p == '\0') {
            keep_rest(sift);
            return;
        }
        if (sight == NEEDS_MORE)
            break;
        decided = r.lexer.p;
        lines = (struct lines){ 0 };
        sift->state.midway = true;
    }
    sift->keep = (size_t)((lines.begin ? lines.begin : decided) - sift->text.ptr);
    sift->state.midway = lines.begin ? false : sift->state.midway;
    sift->state.seen = first_kept;
}

/* ---- The file --------------------------------------------------------------------------- */

/* The last bytes, from a copy with room behind it. */
static bool pass_end(struct reader *r, const struct mlint_prefs_search *search,
                     struct mlint_prefs_statement *s)
{
    char copy[2 * MLINT_PREFS_ROOM] = { 0 };
    const char *begin = r->lexer.p, *p = copy;
    const size_t length = (size_t)(r->lexer.end - begin);
    bool found;

    memcpy(copy, begin, length);
    mlint_prefs_forget(r->quotes);
    found = r->kernel->pass(&p, copy + sizeof(copy), search, r->quotes, s);
    r->lexer.p = begin + (p - copy);
    if (found) {
        s->name.begin = begin + (s->name.begin - copy);
        s->name.end = begin + (s->name.end - copy);
        s->value.begin = begin + (s->value.begin - copy);
        s->value.end = begin + (s->value.end - copy);
    }
    explicit_bzero(copy, length); /* may hold a password */
    return found;
}

/* What is in the usual spelling, up to the first preference that is kept, if there is any. */
static bool read_quickly(struct reader *r)
{
    const struct mlint_prefs_search search = {
        .classify = r->options->classify,
        .initials = r->options->initials ? r->options->initials : UINT32_MAX,
        .any_first = r->first_kept,
        .defaults = r->options->mode == MLINT_PREFS_DEFAULT,
    };
    struct mlint_prefs_statement s;

    if (!r->kernel->pass(&r->lexer.p, r->lexer.end, &search, r->quotes, &s) &&
        (r->lexer.end - r->lexer.p >= MLINT_PREFS_ROOM || !pass_end(r, &search, &s)))
        return false;
    if (!r->options->classify)
        keep(r, &s);
    else
        keep_as(r, &s, mlint_prefs_text(r->tree->arena, &s.name), s.class);
    return true;
}

/* One statement. */
static void read_slowly(struct reader *r)
{
    struct mlint_prefs_statement s = { .begin = r->lexer.p };
    const char *problem;

    next(r);
    if (r->token.kind == MLINT_PREFS_END)
        return;
    problem = read_carefully(r, &s);
    if (problem)
        fail(r, &s, problem);
    else
        keep(r, &s);
}

/* A NUL byte is the end for Mozilla's parser, whatever follows. */
static void note_rest(struct reader *r)
{
    const char *p = r->lexer.p, *end = r->lexer.end;
    struct mlint_note *added;

    if (p == end)
        return;
    added = mlint_tree_note(r->tree, MLINT_NOTE_TRUNCATED, span_of(r, p, p + 1),
                            "a NUL byte ends the file here: the last %zu bytes are not read",
                            (size_t)(end - p));
    if (added)
        added->hint = "the file is damaged; take an older copy";
    r->tree->damaged = true;
    r->tree->problem = "a NUL byte ends the file early";
}

struct mlint_tree *mlint_prefs_read(struct mlint_arena *arena, struct mlint_source *source,
                                    const struct mlint_prefs_options *options)
{
    struct mlint_prefs_quotes quotes;
    struct reader r = { .options = options ? options : &everything,
                        .kernel = mlint_prefs_best(),
                        .quotes = &quotes };

    mlint_prefs_forget(&quotes);
    r.tree = mlint_tree_new(arena, source, MLINT_PATH_FLAT);
    if (!r.tree)
        return NULL;
    r.text = r.lexer.p = r.token.end = source->text.ptr;
    r.lexer.end = r.text + source->text.len;
    while (!arena->failed && !r.tree->too_many) {
        if (read_quickly(&r))
            continue;
        r.lexer.p = mlint_prefs_skip_on(r.lexer.p, r.lexer.end);
        if (r.lexer.p == r.lexer.end || *r.lexer.p == '\0')
            break;
        read_slowly(&r);
    }
    if (!arena->failed && !r.tree->too_many)
        note_rest(&r);
    return r.tree;
}
