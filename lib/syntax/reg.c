/* reg.c: the lines of a .reg file: header, keys, and which lines are values of a key that the
 * caller wants. Values themselves are reg_value.c's.
 *
 * A line that begins with "[" always begins a key, so the lines of an unwanted key are passed
 * over by a search for that bracket alone: whole-registry exports run to tens of megabytes of
 * which a few kilobytes matter. */
#include "base/cpu.h"
#include "source/limits.h"
#include "syntax/reg_lex.h"

#define HEADER_4 "REGEDIT4"
#define HEADER_5 "Windows Registry Editor Version 5.00"

bool mlint_reg_next_line(struct mlint_reg_reader *reader)
{
    if (reader->next == reader->end)
        return false;
    reader->line = reader->next;
    reader->eol = mlint_reg_find(reader->line, reader->end, reader->end, '\n', '\r');
    reader->next = reader->eol;
    if (reader->next < reader->end && *reader->next++ == '\r')
        reader->next += reader->next < reader->end && *reader->next == '\n';
    return true;
}

static void say(struct mlint_reg_reader *reader, enum mlint_note_kind kind, const char *text)
{
    mlint_tree_note(reader->tree, kind, mlint_reg_span(reader, reader->line, reader->eol), "%s",
                    text);
}

void mlint_reg_hide(struct mlint_reg_reader *reader, struct mlint_span span)
{
    mlint_source_hide(reader->tree->source, reader->tree->arena, span);
}

/* A broken line may hold what a whole one would have hidden. */
static void hide_secret_line(struct mlint_reg_reader *reader)
{
    struct mlint_str line = mlint_str_make(reader->line, (size_t)(reader->eol - reader->line));

    if (reader->options->secret != NULL && reader->options->secret(line))
        mlint_reg_hide(reader, mlint_reg_span(reader, reader->line, reader->eol));
}

void mlint_reg_bad_line(struct mlint_reg_reader *reader, const char *why)
{
    if (reader->key == NULL)
        return;
    hide_secret_line(reader);
    mlint_tree_note(reader->tree, MLINT_NOTE_SYNTAX,
                    mlint_reg_span(reader, reader->line, reader->eol),
                    "line skipped, regedit ignores it too: %s", why);
}

void mlint_reg_cut(struct mlint_reg_reader *reader)
{
    reader->tree->damaged = true;
    reader->tree->problem = "the file ends in the middle of a value";
    hide_secret_line(reader);
    say(reader, MLINT_NOTE_TRUNCATED, "the file ends in the middle of this value");
}

void mlint_reg_cut_line(struct mlint_reg_reader *reader, const char *why)
{
    if (reader->eol == reader->end)
        mlint_reg_cut(reader);
    else
        mlint_reg_bad_line(reader, why);
}

/* ---- Keys ------------------------------------------------------------------------------- */

static bool has_long_root(struct mlint_str path)
{
    static const char *const roots[] = { "HKEY_CURRENT_USER",   "HKEY_LOCAL_MACHINE",
                                         "HKEY_USERS",          "HKEY_CLASSES_ROOT",
                                         "HKEY_CURRENT_CONFIG", "HKEY_DYN_DATA" };
    struct mlint_str root = mlint_str_sub(path, 0, mlint_str_find_char(path, '\\'));

    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        if (mlint_str_eq_nocase(root, mlint_str_from(roots[i])))
            return true;
    }
    return false;
}

static void delete_key(struct mlint_reg_reader *reader, struct mlint_str path)
{
    const struct mlint_node *old = mlint_reg_store_drop_key(&reader->store, path);
    struct mlint_note *note;

    if (old != NULL) {
        note = mlint_tree_note(
            reader->tree, MLINT_NOTE_DUPLICATE_KEY,
            mlint_reg_span(reader, reader->line, reader->eol),
            "key is deleted here after it was set; all of it counts as not set");
        if (note != NULL)
            note->related = old;
    } else if (reader->options->wanted == NULL || reader->options->wanted(path, 0)) {
        say(reader, MLINT_NOTE_SYNTAX, "this line deletes a key; regedit writes no such line");
    }
}

/* The path between the brackets; false if the line is no key. */
static bool key_path(struct mlint_reg_reader *reader, const char *p, struct mlint_str *path)
{
    const char *close = reader->eol - 1; /* nearly always */

    if (close < p || *close != ']')
        close = memrchr(p, ']', (size_t)(reader->eol - p));
    if (close == NULL)
        return false;
    *path = mlint_str_make(p, (size_t)(close - p));
    while (path->len > 0 && path->ptr[path->len - 1] == '\\')
        path->len--;
    return true;
}

bool mlint_reg_is_wanted(struct mlint_reg_choice *choice, struct mlint_str path)
{
    size_t from = mlint_str_starts(path, choice->refused) ? choice->refused.len : 0, name;

    if (choice->wanted == NULL || choice->wanted(path, from))
        return true;
    name = mlint_str_rfind_char(path, '\\');
    choice->refused = mlint_str_sub(path, 0, name < path.len ? name + 1 : 0);
    return false;
}

/* p is behind the bracket. */
static void read_key(struct mlint_reg_reader *reader, const char *p)
{
    struct mlint_str path;
    bool deletes = p < reader->eol && *p == '-';
    const char *begin = mlint_reg_blanks(deletes ? p + 1 : p, reader->eol);
    bool blanks = begin != p + (deletes ? 1 : 0);

    reader->key = NULL;
    if (!key_path(reader, begin, &path)) {
        if (reader->eol == reader->end)
            mlint_reg_cut(reader);
        else
            say(reader, MLINT_NOTE_SYNTAX,
                "key skipped, regedit ignores it and its values too: the closing ] is missing");
        return;
    }
    if (deletes) {
        delete_key(reader, path);
        return;
    }
    if (path.len == 0) {
        say(reader, MLINT_NOTE_SYNTAX, "key skipped, regedit ignores it too: it has no name");
        return;
    }
    if (!mlint_reg_is_wanted(&reader->choice, path))
        return;
    reader->key = mlint_reg_store_key(&reader->store, path,
                                      mlint_reg_span(reader, path.ptr, path.ptr + path.len));
    if (blanks)
        say(reader, MLINT_NOTE_SYNTAX,
            "regedit ignores this line and its values: a blank follows the bracket");
    else if (!has_long_root(path))
        say(reader, MLINT_NOTE_SYNTAX,
            "regedit ignores this line and its values: it takes only long names such as "
            "HKEY_CURRENT_USER");
}

/* ---- Lines ------------------------------------------------------------------------------ */

/* Where the line that ends at p begins; not before `first`. */
static const char *line_begin(const char *first, const char *p)
{
    const char *feed = memrchr(first, '\n', (size_t)(p - first)), *ret;

    first = feed ? feed + 1 : first;
    ret = memrchr(first, '\r', (size_t)(p - first));
    return ret ? ret + 1 : first;
}

/* The rest of the text belongs to an unwanted key. */
static void skip_last(struct mlint_reg_reader *reader)
{
    const char *p = reader->end;

    while (p > reader->next && (p[-1] == '\n' || p[-1] == '\r'))
        p--;
    reader->eol = p;
    reader->line = p = line_begin(reader->next, p);
    reader->next = reader->end;
    if (mlint_reg_is_cut(mlint_str_make(p, (size_t)(reader->eol - p))))
        mlint_reg_cut(reader);
}

/* To the next line that begins with a key which must be looked at. */
static void skip_values(struct mlint_reg_reader *reader)
{
    if (!reader->kernel->skip(reader))
        skip_last(reader);
}

static void read_line(struct mlint_reg_reader *reader, const char *p, bool before_keys)
{
    if (before_keys)
        say(reader, MLINT_NOTE_SYNTAX,
            "line skipped, regedit ignores it too: no key stands above");
    else if (*p == '"' || *p == '@')
        mlint_reg_value(reader, p);
    else
        mlint_reg_bad_line(reader, "it begins with neither [ nor \" nor @");
}

static void read_lines(struct mlint_reg_reader *reader)
{
    bool before_keys = true;

    for (;;) {
        const char *p;

        while (MLINT_REG_VECTOR && !before_keys && reader->kernel->read_plain(reader))
            ;
        if (!mlint_reg_next_line(reader))
            return;
        p = mlint_reg_blanks(reader->line, reader->eol);
        if (p == reader->eol || *p == ';')
            continue;
        if (*p != '[') {
            read_line(reader, p, before_keys);
            continue;
        }
        before_keys = false;
        read_key(reader, p + 1);
        if (reader->key == NULL)
            skip_values(reader);
    }
}

/* ---- The file as a whole ---------------------------------------------------------------- */

/* The header must be line 1 to the letter; people leave blanks, comments and other spellings. A
 * first line that is no header at all is left to be read. */
static void read_header(struct mlint_reg_reader *reader)
{
    bool first = true;

    while (mlint_reg_next_line(reader)) {
        const char *p = mlint_reg_blanks(reader->line, reader->eol);
        struct mlint_str line = mlint_str_make(p, (size_t)(reader->eol - p));

        if (first && (mlint_str_eq(line, MLINT_STR(HEADER_4)) ||
                      mlint_str_eq(line, MLINT_STR(HEADER_5))))
            return;
        if (line.len > 0 && *p != ';') {
            if (!mlint_str_starts_nocase(line, MLINT_STR("REGEDIT")) &&
                !mlint_str_starts_nocase(line, MLINT_STR("Windows Registry Editor")))
                reader->next = reader->line;
            break;
        }
        first = false;
    }
    say(reader, MLINT_NOTE_SYNTAX,
        "regedit ignores this whole file: its first line must be \"" HEADER_5
        "\" or \"" HEADER_4 "\" and nothing else");
}

static void say_encoding(struct mlint_reg_reader *reader)
{
    const struct mlint_source *source = reader->tree->source;
    const char *high = NULL;

    if (source->encoding == MLINT_ENC_UTF16BE) {
        say(reader, MLINT_NOTE_ENCODING, "regedit cannot read big-endian UTF-16");
    } else if (source->encoding == MLINT_ENC_UTF16LE && source->bom == 0) {
        say(reader, MLINT_NOTE_ENCODING,
            "regedit cannot read UTF-16 without a byte-order mark");
    } else if (source->encoding == MLINT_ENC_UTF8 && source->bom != 0) {
        say(reader, MLINT_NOTE_ENCODING, "regedit cannot read UTF-8 with a byte-order mark");
    } else if (source->encoding == MLINT_ENC_UTF8) {
        high = mlint_reg_find_high(reader->text, reader->end);
        if (high < reader->end)
            mlint_tree_note(
                reader->tree, MLINT_NOTE_ENCODING, mlint_reg_span(reader, high, high + 1),
                "regedit reads this file in the ANSI code page: letters beyond ASCII, "
                "here in UTF-8, arrive garbled");
    } else if (source->encoding == MLINT_ENC_CODEPAGE) {
        mlint_tree_note(reader->tree, MLINT_NOTE_ENCODING,
                        mlint_reg_span(reader, reader->line, reader->eol),
                        "8-bit text, read as code page %u; --code-page N reads it as another",
                        source->code_page);
    }
    if (source->bad_encoding)
        say(reader, MLINT_NOTE_ENCODING, "some of the text is not valid in its encoding");
}

static const struct mlint_reg_kernel *best_kernel(void)
{
#ifdef MLINT_CPU_X86
    if (mlint_cpu_has_avx2())
        return &mlint_reg_avx2;
#endif
    return &mlint_reg_base;
}

struct mlint_tree *mlint_reg_read(struct mlint_arena *arena, struct mlint_source *source,
                                  const struct mlint_reg_options *options)
{
    struct mlint_tree *tree = mlint_tree_new(arena, source, MLINT_PATH_BACKSLASH);
    struct mlint_str text = source->text;
    struct mlint_reg_reader reader = {
        .tree = tree,
        .options = options,
        .text = text.ptr,
        .end = text.ptr + text.len,
        .line = text.ptr,
        .eol = text.ptr,
        .next = text.ptr,
        .choice = { options->wanted, MLINT_STR_INIT("") },
        .kernel = options->kernel ? options->kernel : best_kernel(),
        .wide = source->encoding == MLINT_ENC_UTF16LE || source->encoding == MLINT_ENC_UTF16BE,
    };

    if (tree == NULL || !mlint_reg_store_init(&reader.store, tree))
        return NULL;
    mlint_buf_init(&reader.bytes, arena->allocator, 4 * MLINT_LIMIT_VALUE);
    read_header(&reader);
    say_encoding(&reader);
    read_lines(&reader);
    mlint_reg_store_sweep(&reader.store);
    arena->failed |= reader.bytes.failed;
    mlint_buf_done(&reader.bytes);
    return arena->failed ? NULL : tree;
}
