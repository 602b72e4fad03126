/* ini.c: INI files as Windows and as Unix programs read them. Not inih, which cuts lines at 200
 * bytes, splits at ":", takes " ;..." off values and knows no columns.
 *
 * A line is a comment, a [section], a name=value, or nothing that any reader knows: text of a
 * comment that an editor wrapped, a row of dashes whose ";" was lost. Such lines are skipped
 * and counted, and one note tells of all of them. */
#include "syntax/ini.h"

#include "base/hash.h"

#include "syntax/ini_scan.h"

#define FEW 16 /* sections are found one after the other, more of them by a table */

struct index {
    enum mlint_ini_dialect dialect;
    struct mlint_node **slots; /* open addressing, at most half full; NULL for few */
    size_t size, used;         /* of the table, a power of two; sections */
    uint64_t secret;           /* that the table goes by */
};

struct reader {
    struct mlint_tree *tree;
    struct index *index;
    char comment[2]; /* what begins one */
    const char *text;
    struct mlint_node *section;
    struct mlint_span skipped; /* the first line of those that say nothing */
    unsigned skipped_count;
    bool full; /* there is no room for more */
};

/* ---- Sections by name ----------------------------------------------------------------------
 */

static bool same(const struct index *index, struct mlint_str a, struct mlint_str b)
{
    return index->dialect == MLINT_INI_WINDOWS ? mlint_str_eq_nocase(a, b) : mlint_str_eq(a, b);
}

/* Over lower case, which serves both dialects. */
static size_t hash(const struct index *index, struct mlint_str name)
{
    uint64_t sum = name.len;

    for (size_t i = 0; i < name.len; i++)
        sum = mlint_hash_step(sum, (unsigned char)mlint_lower(name.ptr[i]), index->secret);
    return (size_t)sum;
}

static struct mlint_node **slot_of(const struct index *index, struct mlint_str name)
{
    size_t at = hash(index, name) & (index->size - 1);

    while (index->slots[at] && !same(index, index->slots[at]->name, name))
        at = (at + 1) & (index->size - 1);
    return &index->slots[at];
}

static struct mlint_node *find(const struct mlint_tree *tree, struct mlint_str name)
{
    const struct index *index = tree->index;
    struct mlint_node *section = tree->root->child;

    if (index->slots)
        return *slot_of(index, name);
    while (section && !same(index, section->name, name))
        section = section->next;
    return section;
}

/* Count one more section of the tree, and have the table know it if there is one. */
static bool count_in(struct mlint_tree *tree, struct index *index, struct mlint_node *section)
{
    if (++index->used <= FEW)
        return true;
    if (2 * index->used <= index->size) {
        *slot_of(index, section->name) = section;
        return true;
    }
    index->size = 4 * (index->slots ? index->size : FEW);
    index->secret = mlint_hash_secret();
    index->slots = mlint_arena_array(tree->arena, struct mlint_node *, index->size);
    if (!index->slots)
        return false;
    for (section = tree->root->child; section; section = section->next)
        *slot_of(index, section->name) = section;
    return true;
}

const struct mlint_node *mlint_ini_section(const struct mlint_tree *tree, struct mlint_str name)
{
    return find(tree, name);
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
    return (unsigned char)c <= ' ' && (c == ' ' || c == '\t' || c == '\f' || c == '\v');
}

static const char *skip_blanks(const char *p, const char *end)
{
    while (p < end && is_blank(*p))
        p++;
    return p;
}

/* Of what does not begin with a blank. */
static const char *skip_back(const char *end)
{
    while (is_blank(end[-1]))
        end--;
    return end;
}

static struct mlint_str between(const char *begin, const char *end)
{
    return mlint_str_make(begin, (size_t)(end - begin));
}

static struct mlint_span span_of(const struct reader *reader, struct mlint_str s)
{
    uint32_t begin = (uint32_t)(s.ptr - reader->text);

    return (struct mlint_span){ begin, begin + (uint32_t)s.len };
}

/* Apart, as is read_header: most lines are neither. */
static __attribute__((noinline)) void skip_line(struct reader *reader, struct mlint_str line)
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

static struct mlint_node *add_section(struct reader *reader, struct mlint_str name)
{
    struct mlint_tree *tree = reader->tree;
    struct mlint_node *section = mlint_node_add(tree, tree->root, MLINT_NODE_GROUP, name);

    if (section)
        section->name_span = section->value_span = span_of(reader, name);
    reader->full = !section || !count_in(tree, reader->index, section);
    return section;
}

static void say_second(struct reader *reader, const struct mlint_node *first,
                       struct mlint_str name)
{
    struct mlint_note *note = mlint_tree_note(
        reader->tree, MLINT_NOTE_DUPLICATE_KEY, span_of(reader, name),
        "a second section [%.*s]; its values are added to the first", MLINT_STR_ARG(name));

    if (note)
        note->related = first;
}

static __attribute__((noinline)) void read_header(struct reader *reader, struct mlint_str line)
{
    bool closed = line.ptr[line.len - 1] == ']';
    size_t close = closed ? line.len - 1 : mlint_str_rfind_char(line, ']');
    const char *begin, *end;
    struct mlint_str name;

    if (close >= line.len) {
        mlint_tree_note(
            reader->tree, MLINT_NOTE_SYNTAX, span_of(reader, line),
            "a section header without its \"]\": what follows counts to the section "
            "above it");
        return;
    }
    begin = skip_blanks(line.ptr + 1, line.ptr + close);
    end = begin < line.ptr + close ? skip_back(line.ptr + close) : begin;
    name = between(begin, end);
    reader->section = find(reader->tree, name);
    if (reader->section)
        say_second(reader, reader->section, name);
    else
        reader->section = add_section(reader, name);
}

static inline void read_pair(struct reader *reader, const char *line, const char *equals,
                             const char *end)
{
    struct mlint_str name = between(line, skip_back(equals));
    struct mlint_node *node =
        mlint_node_add(reader->tree, reader->section, MLINT_NODE_STRING, name);

    if (!node) {
        reader->full = true;
        return;
    }
    node->name_span = span_of(reader, name);
    node->value = between(skip_blanks(equals + 1, end), end);
    node->value_span = span_of(reader, node->value);
}

static inline bool is_comment(const struct reader *reader, char first)
{
    return first == reader->comment[0] || first == reader->comment[1];
}

static inline void read_line(struct reader *reader, struct mlint_ini_line line,
                             const char *limit)
{
    const char *equals;

    if ((unsigned char)*line.begin <= ' ') /* if nothing else, its end can be looked at */
        line.begin = skip_blanks(line.begin, line.end);
    if (line.begin == line.end || is_comment(reader, *line.begin))
        return;
    line.end = skip_back(line.end);
    if (*line.begin == '[') {
        read_header(reader, between(line.begin, line.end));
        return;
    }
    equals = mlint_ini_find_equals(line.begin, line.end, limit);
    if (equals == line.begin || equals >= line.end || !reader->section)
        skip_line(reader, between(line.begin, line.end));
    else
        read_pair(reader, line.begin, equals, line.end);
}

static void read_lines(struct reader *reader, struct mlint_str text)
{
    struct mlint_ini_scan scan = mlint_ini_scan_of(text);
    struct mlint_ini_line line;

    while (!reader->full && mlint_ini_next(&scan, &line))
        read_line(reader, line, scan.limit);
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
    reader.text = source->text.ptr;
    /* "'" begins a comment in the sample that Microsoft published for Outlook 97 to 2000. */
    memcpy(reader.comment, dialect == MLINT_INI_UNIX ? "##" : ";'", sizeof(reader.comment));
    read_lines(&reader, source->text);
    say_skipped(&reader);
    return arena->failed ? NULL : tree;
}
