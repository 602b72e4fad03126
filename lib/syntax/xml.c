/* xml.c: elements with exact places, and the tree that is made of them.
 *
 * libxml2 (module_xml.c) says what is an element and what its text decodes to; the places are
 * found again in the source's text from where libxml2 stands at each event. Not the plist
 * (plist.c), no word of mail. */
#include "syntax/xml.h"

#include "source/limits.h"
#include "syntax/xml_plain.h"
#include "syntax/xml_scan.h"

bool mlint_xml_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct mlint_str text_of(const struct mlint_xml_scanning *scan)
{
    return scan->tree->source->text;
}

/* The last "<" before at: inside a tag there is no other. */
static uint32_t tag_begin(const struct mlint_xml_scanning *scan, uint32_t at)
{
    struct mlint_str s = text_of(scan);
    const char *lt = at ? memrchr(s.ptr, '<', at) : NULL;
    return lt ? (uint32_t)(lt - s.ptr) : at;
}

static struct mlint_str without_prefix(struct mlint_str name)
{
    size_t colon = mlint_str_rfind_char(name, ':');
    return colon < name.len ? mlint_str_sub(name, colon + 1, name.len) : name;
}

static uint32_t name_end(struct mlint_str s, uint32_t at)
{
    while (at < s.len && !mlint_xml_is_blank(s.ptr[at]) && !strchr("/>=", s.ptr[at]))
        at++;
    return at;
}

/* Find the next name="value" of a start tag from *at; false at its end. */
static bool next_written(const struct mlint_xml_scanning *scan, uint32_t *at, uint32_t end,
                         struct mlint_xml_written *out)
{
    struct mlint_str s = text_of(scan);
    uint32_t i = *at, from;
    char quote;

    while (i < end && mlint_xml_is_blank(s.ptr[i]))
        i++;
    from = i;
    i = name_end(s, i);
    out->name_span = (struct mlint_span){ from, i };
    out->name = mlint_str_sub(s, from, i);
    while (i < end && s.ptr[i] != '"' && s.ptr[i] != '\'')
        i++;
    if (i >= end || from == out->name_span.end)
        return false;
    quote = s.ptr[i++];
    from = i;
    while (i < end && s.ptr[i] != quote)
        i++;
    out->value_span = (struct mlint_span){ from, i };
    *at = i + 1;
    return i < end;
}

/* A view of the text where it says the same, else a copy. */
static struct mlint_str settle(struct mlint_xml_scanning *scan, struct mlint_str decoded,
                               struct mlint_span span)
{
    struct mlint_str raw = mlint_str_sub(text_of(scan), span.begin, span.end);

    if (scan->broken || mlint_str_eq(raw, decoded))
        return raw;
    return mlint_arena_copy(scan->tree->arena, decoded);
}

static size_t written(struct mlint_xml_scanning *scan,
                      const struct mlint_xml_attribute *attributes, size_t count, uint32_t from,
                      uint32_t end)
{
    struct mlint_xml_written *list = scan->attributes;
    size_t n = 0;

    while (n < count && n < SCAN_ATTRIBUTES && next_written(scan, &from, end, &list[n])) {
        if (mlint_str_starts(list[n].name, MLINT_STR("xmlns")))
            continue; /* libxml2 keeps namespace declarations apart */
        list[n].name = without_prefix(list[n].name);
        if (!mlint_str_eq(list[n].name, attributes[n].name))
            break;
        list[n].value = settle(scan, attributes[n].value, list[n].value_span);
        n++;
    }
    return n;
}

/* Text beside elements, from the last tag to `end`, is worth a word only if it is no white
 * space. */
static void check_stray(struct mlint_xml_scanning *scan, struct mlint_str text, uint32_t end)
{
    uint32_t begin = scan->behind;
    struct mlint_str all = text_of(scan);

    while (text.len && mlint_xml_is_blank(*text.ptr))
        text = mlint_str_make(text.ptr + 1, text.len - 1);
    if (!scan->sink->stray || text.len == 0)
        return;
    while (begin < end && mlint_xml_is_blank(all.ptr[begin]))
        begin++;
    while (end > begin && mlint_xml_is_blank(all.ptr[end - 1]))
        end--;
    scan->sink->stray(scan->sink->user, (struct mlint_span){ begin, end });
}

static bool on_open(void *user, size_t offset, const struct mlint_xml_attribute *attributes,
                    size_t count)
{
    struct mlint_xml_scanning *scan = user;
    struct mlint_str s = text_of(scan);
    uint32_t at = (uint32_t)offset + scan->base, begin = tag_begin(scan, at), end = at;
    struct mlint_xml_element *element = &scan->stack[scan->depth];

    if (scan->depth == MLINT_LIMIT_DEPTH) {
        scan->tree->too_deep = true;
        return false;
    }
    if (scan->depth) {
        element[-1].has_elements = true;
        check_stray(scan, mlint_str_make(scan->text.ptr, scan->text.len), begin);
    }
    scan->depth++;
    while (end < s.len && s.ptr[end] != '>')
        end++;
    *element = (struct mlint_xml_element){ .tag = { begin, end + (end < s.len) } };
    element->name_span = (struct mlint_span){ begin + 1, name_end(s, begin + 1) };
    element->name =
        without_prefix(mlint_str_sub(s, element->name_span.begin, element->name_span.end));
    count = written(scan, attributes, count, element->name_span.end, at);
    scan->broken = false;
    scan->behind = element->tag.end;
    mlint_buf_clear(&scan->text);
    return scan->sink->open(scan->sink->user, element, scan->attributes, count) &&
           !scan->tree->arena->failed;
}

static bool on_text(void *user, struct mlint_str piece)
{
    struct mlint_xml_scanning *scan = user;

    mlint_buf_str(&scan->text, piece);
    return !scan->text.failed;
}

static bool on_close(void *user, size_t offset)
{
    struct mlint_xml_scanning *scan = user;
    uint32_t at = (uint32_t)offset + scan->base, end = tag_begin(scan, at);
    struct mlint_xml_element *element = &scan->stack[scan->depth ? scan->depth - 1 : 0];
    struct mlint_span span = { element->tag.end, end };
    struct mlint_str text = MLINT_STR("");

    if (end <= element->tag.begin) /* <string/> */
        span = (struct mlint_span){ element->tag.begin, element->tag.begin };
    if (element->has_elements)
        check_stray(scan, mlint_str_make(scan->text.ptr, scan->text.len), end);
    else if (scan->text.len || scan->broken)
        text = settle(scan, mlint_str_make(scan->text.ptr, scan->text.len), span);
    scan->depth--;
    scan->closed = scan->depth == 0;
    scan->broken = false;
    scan->behind = at;
    mlint_buf_clear(&scan->text);
    return scan->sink->close(scan->sink->user, element, text, span) &&
           !scan->tree->arena->failed;
}

/* ---- Documents --------------------------------------------------------------------------- */

static const struct mlint_module_xml *open_module(struct mlint_modules *modules)
{
    const struct mlint_module_xml *xml = mlint_module_open(modules, MLINT_MODULE_XML);

    if (xml && !modules->state[MLINT_MODULE_XML]) {
        modules->state[MLINT_MODULE_XML] = xml->create();
        modules->drop[MLINT_MODULE_XML] = xml->destroy;
    }
    return xml && modules->state[MLINT_MODULE_XML] ? xml : NULL;
}

static void note_encoding(struct mlint_tree *tree)
{
    if (tree->source->encoding == MLINT_ENC_CODEPAGE)
        mlint_tree_note(tree, MLINT_NOTE_ENCODING, MLINT_NO_SPAN,
                        "the text is not UTF-8 and names no other encoding that is known: "
                        "read as Windows-1252");
    else if (tree->source->bad_encoding)
        mlint_tree_note(tree, MLINT_NOTE_ENCODING, MLINT_NO_SPAN,
                        "the text has bytes that its encoding forbids");
}

/* A start tag beyond MLINT_LIMIT_TAG; comments, CDATA and instructions may be as long as they
 * like. */
static bool has_long_tag(struct mlint_str text)
{
    size_t at = mlint_str_find_char(text, '<');

    while (at < text.len) {
        struct mlint_str rest = mlint_str_sub(text, at + 1, text.len);
        size_t end = mlint_str_find_char(rest, '>'), open = mlint_str_find_char(rest, '<');
        if (end > MLINT_LIMIT_TAG && rest.len && rest.ptr[0] != '!' && rest.ptr[0] != '?')
            return true;
        at += 1 + (open < end || end == rest.len ? open : end);
        at += at < text.len ? mlint_str_find_char(mlint_str_sub(text, at, text.len), '<') : 0;
    }
    return false;
}

static void read_with_libxml2(struct mlint_xml_scanning *scan, struct mlint_modules *modules)
{
    const struct mlint_xml_handler handler = { scan, on_open, on_text, on_close,
                                               mlint_xml_trouble };
    struct mlint_str text = mlint_str_sub(text_of(scan), scan->base, text_of(scan).len);
    const struct mlint_module_xml *xml;

    if (has_long_tag(text)) {
        scan->tree->too_many = scan->tree->damaged = true;
        return;
    }
    xml = open_module(modules);
    if (xml) {
        xml->parse(modules->state[MLINT_MODULE_XML], text, &handler);
        return;
    }
    scan->tree->missing_module = scan->tree->damaged = true;
    scan->tree->problem = "the XML reader (module maillint-xml) is not installed";
}

static void read_any(struct mlint_tree *tree, struct mlint_modules *modules,
                     const struct mlint_xml_sink *sink, uint32_t base)
{
    struct mlint_xml_scanning scan = { .tree = tree, .sink = sink, .base = base };

    sink->begin(sink->user);
    mlint_buf_init(&scan.text, tree->arena->allocator, 0);
    read_with_libxml2(&scan, modules);
    if (scan.text.failed)
        tree->arena->failed = true;
    mlint_buf_done(&scan.text);
}

/* Plain documents are read without libxml2. One that proves not to be plain leaves nothing
 * behind in the tree. */
static bool read_plain(struct mlint_tree *tree, const struct mlint_xml_sink *sink,
                       uint32_t base)
{
    struct mlint_arena_mark mark = mlint_arena_mark(tree->arena);
    struct mlint_tree before = *tree;
    struct mlint_node root = *tree->root;

    sink->begin(sink->user);
    if (mlint_xml_plain(tree->source->text, base, tree->source->ascii, tree->arena, sink))
        return true;
    mlint_arena_rewind(tree->arena, &mark);
    *tree = before;
    *tree->root = root;
    if (tree->last_note)
        tree->last_note->next = NULL;
    return false;
}

void mlint_xml_scan(struct mlint_tree *tree, struct mlint_modules *modules,
                    const struct mlint_xml_sink *sink)
{
    struct mlint_str text = tree->source->text;
    uint32_t base = 0;

    note_encoding(tree);
    while (base < text.len && (mlint_xml_is_blank(text.ptr[base]) || text.ptr[base] == '\0'))
        base++;
    if (!read_plain(tree, sink, base))
        read_any(tree, modules, sink, base);
}
