/* plist_ascii.c: old-style (NeXT) property lists, as `defaults read` prints them.
 *
 * { key = value; } ( value, value ) <hex> "text" word, with comments. Every scalar is a string:
 * whoever reads the tree decides what it stands for. Newer macOS prints data in a form of its
 * own ({length = 4, bytes = 0x...}), which is known here as data that is not shown. */
#include "base/num.h"
#include "base/utf8.h"
#include "source/limits.h"
#include "syntax/plist_parts.h"

struct reader {
    struct mlint_tree *tree;
    struct mlint_str s;
    size_t at;
    unsigned depth;
};

static bool end(const struct reader *reader)
{
    return reader->at >= reader->s.len;
}

static char peek(const struct reader *reader)
{
    return end(reader) ? '\0' : reader->s.ptr[reader->at];
}

static bool looking_at(const struct reader *reader, const char *text)
{
    return mlint_str_starts(mlint_str_sub(reader->s, reader->at, reader->s.len),
                            mlint_str_from(text));
}

/* Go behind the next such text, or to the end. */
static void skip_behind(struct reader *reader, const char *text)
{
    struct mlint_str rest = mlint_str_sub(reader->s, reader->at, reader->s.len);
    size_t found = mlint_str_find(rest, mlint_str_from(text));

    reader->at += found < rest.len ? found + strlen(text) : rest.len;
}

static void skip_blanks(struct reader *reader)
{
    while (!end(reader)) {
        if (looking_at(reader, "//"))
            skip_behind(reader, "\n");
        else if (looking_at(reader, "/*"))
            skip_behind(reader, "*/");
        else if (strchr(" \t\r\n\f\v", peek(reader)))
            reader->at++;
        else
            return;
    }
}

static bool give_up(struct reader *reader, const char *what)
{
    struct mlint_tree *tree = reader->tree;
    uint32_t at = (uint32_t)reader->at;

    if (tree->damaged)
        return false;
    tree->damaged = true;
    if (end(reader))
        what = "the file ends early";
    tree->problem = mlint_arena_printf(tree->arena, "line %u: %s",
                                       mlint_source_position(tree->source, at).line, what);
    mlint_tree_note(tree, end(reader) ? MLINT_NOTE_TRUNCATED : MLINT_NOTE_SYNTAX,
                    (struct mlint_span){ at, at + !end(reader) }, "%s", what);
    return false;
}

/* ---- Strings ---- */

static bool is_word(char c)
{
    return !strchr(" \t\r\n\f\v;,={}()\"'<>", c); /* NUL is found at the end of the list */
}

static size_t hex_run(const struct reader *reader, size_t at, unsigned most, uint32_t *value)
{
    size_t n = 0;

    *value = 0;
    while (n < most && at + n < reader->s.len && mlint_hex_digit(reader->s.ptr[at + n]) >= 0)
        *value = *value << 4 | (uint32_t)mlint_hex_digit(reader->s.ptr[at + n++]);
    return n;
}

/* \U1234, and \\U1234 as `defaults` doubles it; a pair of surrogates is one character.
 * at: behind the U. Returns what was used, 0 if it is no such escape. */
static size_t unicode_escape(const struct reader *reader, size_t at, uint32_t *out)
{
    uint32_t low;
    size_t used = hex_run(reader, at, 4, out), more = at + used;

    if (used != 4)
        return 0;
    if (*out < 0xD800 || *out > 0xDBFF)
        return used;
    while (more < reader->s.len && reader->s.ptr[more] == '\\')
        more++;
    if (more == at + used || more >= reader->s.len || mlint_lower(reader->s.ptr[more]) != 'u')
        return used;
    if (hex_run(reader, more + 1, 4, &low) != 4 || low < 0xDC00 || low > 0xDFFF)
        return used;
    *out = 0x10000 + ((*out - 0xD800) << 10) + (low - 0xDC00);
    return more + 5 - at;
}

static size_t octal_escape(const struct reader *reader, uint32_t *out)
{
    size_t n = 0;

    *out = 0;
    while (n < 3 && reader->at + n < reader->s.len && reader->s.ptr[reader->at + n] >= '0' &&
           reader->s.ptr[reader->at + n] <= '7')
        *out = *out * 8 + (uint32_t)(reader->s.ptr[reader->at + n++] - '0');
    return n;
}

/* One escape behind its backslash; the character it stands for. */
static uint32_t escape(struct reader *reader)
{
    static const char letters[] = "abfnrtv", meant[] = "\a\b\f\n\r\t\v";
    char c = peek(reader);
    const char *letter = c ? strchr(letters, c) : NULL;
    uint32_t value;
    size_t used = 0;

    if (c == 'U' || c == 'u')
        used = unicode_escape(reader, reader->at + 1, &value);
    else if (c == '\\' && reader->at + 1 < reader->s.len &&
             reader->s.ptr[reader->at + 1] == 'U')
        used = unicode_escape(reader, reader->at + 2, &value);
    if (used) {
        reader->at += used + (c == '\\' ? 2 : 1);
        return value;
    }
    used = octal_escape(reader, &value);
    if (used) {
        reader->at += used;
        return value;
    }
    reader->at++;
    return letter ? (unsigned char)meant[letter - letters] : (unsigned char)c;
}

static struct mlint_str unescape(struct reader *reader, size_t from, size_t to)
{
    /* No escape is shorter than what it stands for: \U1234 gives at most three bytes, octal
     * and single letters at most two. */
    struct mlint_arena *arena = reader->tree->arena;
    size_t room = to - from + 4, len = 0, resume = reader->at;
    char *out = mlint_arena_bytes(arena, room);

    for (reader->at = from; out && reader->at < to;) {
        char c = reader->s.ptr[reader->at++];
        if (c == '\\' && (unsigned char)peek(reader) < 0x80)
            len += mlint_utf8_encode(escape(reader), out + len);
        else if (c != '\\')
            out[len++] = c;
    }
    reader->at = resume;
    if (!out)
        return MLINT_STR("");
    mlint_arena_trim(arena, out, room, len);
    return mlint_str_make(out, len);
}

static bool read_quoted(struct reader *reader, struct mlint_str *text, struct mlint_span *span)
{
    char quote = peek(reader);
    size_t from = ++reader->at;
    bool escapes = false;

    while (!end(reader) && peek(reader) != quote) {
        escapes |= peek(reader) == '\\';
        reader->at += peek(reader) == '\\' ? 2 : 1;
    }
    if (end(reader)) {
        reader->at = reader->s.len;
        return give_up(reader, "the file ends inside quotes");
    }
    *span = (struct mlint_span){ (uint32_t)from, (uint32_t)reader->at };
    *text = escapes ? unescape(reader, from, reader->at)
                    : mlint_str_sub(reader->s, from, reader->at);
    reader->at++;
    return true;
}

static bool read_string(struct reader *reader, struct mlint_str *text, struct mlint_span *span)
{
    size_t from = reader->at;

    if (peek(reader) == '"' || peek(reader) == '\'')
        return read_quoted(reader, text, span);
    while (!end(reader) && is_word(peek(reader)))
        reader->at++;
    *span = (struct mlint_span){ (uint32_t)from, (uint32_t)reader->at };
    *text = mlint_str_sub(reader->s, from, reader->at);
    return reader->at > from ? true : give_up(reader, "a value or a key was expected");
}

/* ---- Values ---- */

static bool read_value(struct reader *reader, struct mlint_node *parent, struct mlint_str name,
                       struct mlint_span name_span);

static bool read_data(struct reader *reader, struct mlint_node *node)
{
    size_t from = reader->at, len = 0;
    struct mlint_str inside;
    char *out;
    int half = -1;

    skip_behind(reader, ">");
    inside = mlint_str_sub(reader->s, from + 1, reader->at - 1);
    out = mlint_arena_bytes(reader->tree->arena, inside.len / 2 + 1);
    for (size_t i = 0; out && i < inside.len; i++) {
        int digit = mlint_hex_digit(inside.ptr[i]);
        if (digit >= 0 && half >= 0)
            out[len++] = (char)(half << 4 | digit);
        if (digit >= 0)
            half = half < 0 ? digit : -1;
    }
    node->type = MLINT_NODE_BINARY;
    node->value = mlint_str_make(out ? out : "", len);
    node->value_span = (struct mlint_span){ (uint32_t)from, (uint32_t)reader->at };
    return end(reader) && reader->s.ptr[reader->at - 1] != '>'
               ? give_up(reader, "the file ends inside data")
               : true;
}

static bool read_pair(struct reader *reader, struct mlint_node *dict)
{
    struct mlint_str name;
    struct mlint_span span;

    if (!read_string(reader, &name, &span))
        return false;
    skip_blanks(reader);
    if (peek(reader) != '=')
        return give_up(reader, "\"=\" was expected behind a key");
    reader->at++;
    skip_blanks(reader);
    return read_value(reader, dict, name, span);
}

static bool read_items(struct reader *reader, struct mlint_node *node)
{
    bool dict = node->type == MLINT_NODE_DICT;
    char close = dict ? '}' : ')';

    for (reader->at++;;) {
        skip_blanks(reader);
        if (peek(reader) == close)
            break;
        if (dict ? !read_pair(reader, node)
                 : !read_value(reader, node, MLINT_STR(""), MLINT_NO_SPAN))
            return false;
        skip_blanks(reader);
        if (peek(reader) == (dict ? ';' : ','))
            reader->at++;
        else if (peek(reader) != close)
            return give_up(reader, dict ? "\";\" was expected" : "\",\" was expected");
    }
    reader->at++;
    if (dict)
        mlint_plist_note_duplicates(reader->tree, node);
    return true;
}

static bool read_collection(struct reader *reader, struct mlint_node *node)
{
    size_t from = reader->at;
    bool good;

    if (reader->depth == MLINT_LIMIT_DEPTH) {
        reader->tree->too_deep = true;
        return false;
    }
    reader->depth++;
    good = read_items(reader, node);
    reader->depth--;
    node->value_span = (struct mlint_span){ (uint32_t)from, (uint32_t)reader->at };
    return good;
}

static bool read_value(struct reader *reader, struct mlint_node *parent, struct mlint_str name,
                       struct mlint_span name_span)
{
    char c = peek(reader);
    enum mlint_node_type type = c == '{'   ? MLINT_NODE_DICT
                                : c == '(' ? MLINT_NODE_ARRAY
                                           : MLINT_NODE_STRING;
    struct mlint_node *node;

    if (end(reader))
        return give_up(reader, "the file ends early");
    node = mlint_node_add(reader->tree, parent, type, name);
    if (!node)
        return false;
    node->name_span = name_span;
    node->subtype = MLINT_PLIST_UNTYPED;
    if (looking_at(reader, "{length = ")) {
        node->type = MLINT_NODE_BINARY;
        node->value_span.begin = (uint32_t)reader->at;
        skip_behind(reader, "}");
        node->value_span.end = (uint32_t)reader->at;
        return true;
    }
    if (type != MLINT_NODE_STRING)
        return read_collection(reader, node);
    if (c == '<')
        return read_data(reader, node);
    return read_string(reader, &node->value, &node->value_span);
}

void mlint_plist_ascii_read(struct mlint_tree *tree)
{
    struct reader reader = { .tree = tree, .s = tree->source->text };

    skip_blanks(&reader);
    if (!read_value(&reader, tree->root, MLINT_STR(""), MLINT_NO_SPAN))
        return;
    skip_blanks(&reader);
    if (!end(&reader))
        mlint_tree_note(tree, MLINT_NOTE_SYNTAX,
                        (struct mlint_span){ (uint32_t)reader.at, (uint32_t)reader.s.len },
                        "what stands after the end of the property list is not read");
}
