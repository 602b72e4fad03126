/* ini.c: INI files as Windows and as Unix programs read them. Not inih, which cuts lines at 200
 * bytes, splits at ":", takes " ;..." off values and knows no columns.
 *
 * A line is a comment, a [section], a name=value, or nothing that any reader knows: text of a
 * comment that an editor wrapped, a row of dashes whose ";" was lost. Such lines are skipped
 * and counted, and one note tells of all of them. */
#include "syntax/ini.h"

/* Sections by name: open addressing, the size a power of two, at most half full. */
struct index {
    enum mlint_ini_dialect dialect;
    struct mlint_node **slots;
    size_t size, used;
};

struct reader {
    struct mlint_tree *tree;
    struct index *index;
    const char *text, *end;
    const char *newline; /* the LF at or behind the current line, or end */
    struct mlint_node *section;
    struct mlint_span skipped; /* the first line of those that say nothing */
    unsigned skipped_count;
};

/* ---- Sections by name ----------------------------------------------------------------------
 */

#define FIRST_SIZE 64u

static bool same(const struct index *index, struct mlint_str a, struct mlint_str b)
{
    return index->dialect == MLINT_INI_WINDOWS ? mlint_str_eq_nocase(a, b) : mlint_str_eq(a, b);
}

/* FNV-1a over lower case, which serves both dialects. */
static size_t hash(struct mlint_str name)
{
    uint64_t sum = 14695981039346656037u;

    for (size_t i = 0; i < name.len; i++)
        sum = (sum ^ (unsigned char)mlint_lower(name.ptr[i])) * 1099511628211u;
    return (size_t)(sum ^ sum >> 32);
}

static size_t find(const struct index *index, struct mlint_str name)
{
    size_t at = hash(name) & (index->size - 1);

    while (index->slots[at] && !same(index, index->slots[at]->name, name))
        at = (at + 1) & (index->size - 1);
    return at;
}

static bool grow(struct index *index, struct mlint_arena *arena)
{
    struct index bigger = *index;

    bigger.size = index->size ? 4 * index->size : FIRST_SIZE;
    bigger.slots = mlint_arena_array(arena, struct mlint_node *, bigger.size);
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i < index->size; i++) {
        if (index->slots[i])
            bigger.slots[find(&bigger, index->slots[i]->name)] = index->slots[i];
    }
    *index = bigger;
    return true;
}

const struct mlint_node *mlint_ini_section(const struct mlint_tree *tree, struct mlint_str name)
{
    const struct index *index = tree->index;

    return index->slots[find(index, name)];
}

const struct mlint_node *mlint_ini_value(const struct mlint_tree *tree,
                                         const struct mlint_node *section,
                                         struct mlint_str name)
{
    const struct index *index = tree->index;
    const struct mlint_node *found = NULL;

    for (const struct mlint_node *key = section ? section->child : NULL; key; key = key->next) {
        if (!same(index, key->name, name))
            continue;
        found = key;
        if (index->dialect == MLINT_INI_WINDOWS)
            break;
    }
    return found;
}

/* ---- Lines ---------------------------------------------------------------------------------
 */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

static struct mlint_str trim(const char *begin, const char *end)
{
    while (begin < end && is_blank(*begin))
        begin++;
    while (end > begin && is_blank(end[-1]))
        end--;
    return mlint_str_make(begin, (size_t)(end - begin));
}

static struct mlint_span span_of(const struct reader *reader, struct mlint_str s)
{
    uint32_t begin = (uint32_t)(s.ptr - reader->text);

    return (struct mlint_span){ begin, begin + (uint32_t)s.len };
}

/* CR, LF and CRLF end a line, in one file too: generators mix them. */
static const char *line_end(struct reader *reader, const char *line)
{
    const char *cr;

    if (!reader->newline || line > reader->newline) {
        reader->newline = memchr(line, '\n', (size_t)(reader->end - line));
        if (!reader->newline)
            reader->newline = reader->end;
    }
    cr = memchr(line, '\r', (size_t)(reader->newline - line));
    return cr ? cr : reader->newline;
}

static void skip_line(struct reader *reader, struct mlint_str line)
{
    if (!reader->skipped_count++)
        reader->skipped = span_of(reader, line);
}

static void say_skipped(struct reader *reader)
{
    if (reader->skipped_count == 1)
        mlint_tree_note(reader->tree, MLINT_NOTE_SYNTAX, reader->skipped,
                        "a line that is neither a comment nor name=value is skipped");
    else if (reader->skipped_count)
        mlint_tree_note(
            reader->tree, MLINT_NOTE_SYNTAX, reader->skipped,
            "%u lines that are neither a comment nor name=value are skipped; this is "
            "the first",
            reader->skipped_count);
}

static void read_header(struct reader *reader, struct mlint_str line)
{
    size_t close = mlint_str_rfind_char(line, ']');
    struct mlint_str name;
    struct mlint_node **slot;
    struct mlint_note *note;

    if (close >= line.len) {
        mlint_tree_note(
            reader->tree, MLINT_NOTE_SYNTAX, span_of(reader, line),
            "a section header without its \"]\": what follows counts to the section "
            "above it");
        return;
    }
    if (2 * reader->index->used >= reader->index->size &&
        !grow(reader->index, reader->tree->arena))
        return;
    name = trim(line.ptr + 1, line.ptr + close);
    slot = &reader->index->slots[find(reader->index, name)];
    if (*slot) {
        note = mlint_tree_note(reader->tree, MLINT_NOTE_DUPLICATE_KEY, span_of(reader, name),
                               "a second section [%.*s]; its values are added to the first",
                               MLINT_STR_ARG(name));
        if (note)
            note->related = *slot;
    } else {
        *slot = mlint_node_add(reader->tree, reader->tree->root, MLINT_NODE_GROUP, name);
        reader->index->used++;
    }
    reader->section = *slot;
    if (*slot && (*slot)->name_span.end == 0)
        (*slot)->name_span = (*slot)->value_span = span_of(reader, name);
}

static void read_pair(struct reader *reader, struct mlint_str line, const char *equals)
{
    struct mlint_str name = trim(line.ptr, equals);
    struct mlint_node *node;

    if (!name.len || !reader->section) {
        skip_line(reader, line);
        return;
    }
    node = mlint_node_add(reader->tree, reader->section, MLINT_NODE_STRING, name);
    if (!node)
        return;
    node->value = trim(equals + 1, line.ptr + line.len);
    node->name_span = span_of(reader, name);
    node->value_span = span_of(reader, node->value);
}

/* "'" begins a comment in the sample that Microsoft published for Outlook 97 to 2000. */
static bool is_comment(const struct reader *reader, char first)
{
    if (reader->index->dialect == MLINT_INI_UNIX)
        return first == '#';
    return first == ';' || first == '\'';
}

static void read_line(struct reader *reader, struct mlint_str line)
{
    const char *equals;

    if (!line.len || is_comment(reader, line.ptr[0]))
        return;
    if (line.ptr[0] == '[') {
        read_header(reader, line);
        return;
    }
    equals = memchr(line.ptr, '=', line.len);
    if (equals)
        read_pair(reader, line, equals);
    else
        skip_line(reader, line);
}

static void read_lines(struct reader *reader)
{
    const char *line = reader->text;

    while (line < reader->end && !reader->tree->arena->failed && !reader->tree->too_many) {
        const char *end = line_end(reader, line);

        read_line(reader, trim(line, end));
        line = end + 1;
        if (end + 1 < reader->end && end[0] == '\r' && end[1] == '\n')
            line++;
    }
    say_skipped(reader);
}

struct mlint_tree *mlint_ini_read(struct mlint_arena *arena, struct mlint_source *source,
                                  enum mlint_ini_dialect dialect)
{
    struct mlint_tree *tree = mlint_tree_new(arena, source, MLINT_PATH_INI);
    struct index *index = mlint_arena_new(arena, struct index);
    struct reader reader = { .tree = tree, .index = index };

    if (!tree || !index)
        return NULL;
    index->dialect = dialect;
    tree->index = index;
    if (!grow(index, arena))
        return NULL;
    reader.text = source->text.ptr;
    reader.end = reader.text + source->text.len;
    read_lines(&reader);
    return arena->failed ? NULL : tree;
}
