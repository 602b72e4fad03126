/* reading_xml.c: what the readers of XML files share: the parse, the root element, and text
 * that goes back into an element. */
#include "formats/format.h"
#include "model/config.h"
#include "syntax/xml.h"

/* Go behind the next such text; false if there is none. */
static bool behind(struct mlint_str *s, struct mlint_str text)
{
    size_t found = mlint_str_find(*s, text);

    if (found == s->len)
        return false;
    *s = mlint_str_sub(*s, found + text.len, s->len);
    return true;
}

/* Past a comment, an instruction or a declaration. */
static bool behind_misc(struct mlint_str *s)
{
    if (mlint_str_starts(*s, MLINT_STR("<!--")))
        return behind(s, MLINT_STR("-->"));
    return (mlint_str_starts(*s, MLINT_STR("<?")) && behind(s, MLINT_STR("?>"))) ||
           behind(s, MLINT_STR(">"));
}

struct mlint_str mlint_xml_root_of(struct mlint_str head)
{
    size_t end = 1;

    while (mlint_str_starts(head, MLINT_STR("<!")) || mlint_str_starts(head, MLINT_STR("<?"))) {
        if (!behind_misc(&head))
            return MLINT_STR("");
        head = mlint_str_trim(head);
    }
    while (end < head.len && !strchr(" \t\r\n/>", head.ptr[end]))
        end++;
    return end < head.len && head.ptr[0] == '<' ? mlint_str_sub(head, 1, end) : MLINT_STR("");
}

enum mlint_read_outcome mlint_reading_xml(struct mlint_reading *reading)
{
    if (!mlint_xml_decode(reading->arena, reading->source))
        return MLINT_READ_LIMIT;
    reading->tree =
        mlint_xml_read(reading->arena, reading->source, &reading->result->linter->modules);
    return reading->tree ? mlint_reading_outcome(reading, reading->tree) : MLINT_READ_LIMIT;
}

/* Where "<NAME" begins, in any case, or the end of the text. */
static size_t find_tag(struct mlint_str text, const char *name)
{
    struct mlint_str wanted = mlint_str_from(name);
    size_t at = 0;

    while (at < text.len) {
        at += mlint_str_find_char(mlint_str_sub(text, at, text.len), '<');
        if (at < text.len &&
            mlint_str_starts_nocase(mlint_str_sub(text, at + 1, text.len), wanted))
            return at;
        at++;
    }
    return text.len;
}

const struct mlint_node *mlint_reading_xml_root(struct mlint_reading *reading, const char *name,
                                                bool fold, enum mlint_read_outcome *outcome)
{
    struct mlint_str wanted = mlint_str_from(name), text;
    const struct mlint_node *root;

    *outcome = mlint_reading_xml(reading);
    if (!reading->tree)
        return NULL;
    root = reading->tree->root->child;
    if (root &&
        (fold ? mlint_str_eq_nocase(root->name, wanted) : mlint_str_eq(root->name, wanted)))
        return root;
    text = reading->source->text;
    if (!reading->tree->damaged || !mlint_str_starts(text, MLINT_STR("<")) ||
        find_tag(text, name) == text.len)
        *outcome = MLINT_READ_NOT_MINE;
    return NULL;
}

/* Each is compared with all before it; no client writes half as many. */
#define COMPARED 256u

static const struct mlint_node *earlier(const struct mlint_node *parent,
                                        const struct mlint_node *node)
{
    const struct mlint_node *other = parent->child;

    while (other != node && ((other->flags & MLINT_NODE_ATTRIBUTE) ||
                             !mlint_str_eq_nocase(other->name, node->name)))
        other = other->next;
    return other != node ? other : NULL;
}

void mlint_reading_say_twice(struct mlint_reading *reading, const struct mlint_node *parent,
                             const char *which)
{
    const struct mlint_node *node = parent->child;

    for (unsigned i = 0; node && i < COMPARED; node = node->next, i++) {
        const struct mlint_node *first =
            node->flags & MLINT_NODE_ATTRIBUTE ? NULL : earlier(parent, node);
        struct mlint_note *note =
            first ? mlint_tree_note(reading->tree, MLINT_NOTE_DUPLICATE_KEY, node->name_span,
                                    "a second \"%.*s\"; the %s is read",
                                    MLINT_STR_ARG(node->name), which)
                  : NULL;

        if (note) {
            note->node = node;
            note->related = first;
        }
    }
}

int mlint_probe_xml_root(const struct mlint_probe *probe, const char *name)
{
    if (probe->root.len)
        return mlint_str_eq_nocase(probe->root, mlint_str_from(name)) ? MLINT_BID_CERTAIN
                                                                      : MLINT_BID_NONE;
    return mlint_str_starts(probe->text, MLINT_STR("<")) &&
                   find_tag(probe->text, name) < probe->text.len
               ? MLINT_BID_KEYS
               : MLINT_BID_NONE;
}

const char *mlint_conv_pair(struct mlint_str value, const char *const pairs[][2], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (mlint_str_eq(value, mlint_str_from(pairs[i][0])))
            return pairs[i][1];
    }
    return NULL;
}

static bool read_element(struct mlint_reading *reading, const struct mlint_node *node,
                         struct mlint_field *field)
{
    (void)reading;
    if (node->type != MLINT_NODE_STRING)
        return false;
    mlint_field_set_text(field, MLINT_WRITTEN, node, mlint_str_trim(node->value));
    return true;
}

/* What XML would have to escape is left to people. */
static const char *write_element(struct mlint_arena *arena, const struct mlint_node *node,
                                 struct mlint_str value)
{
    (void)node;
    if (memchr(value.ptr, '<', value.len) || memchr(value.ptr, '&', value.len))
        return NULL;
    return mlint_arena_copy(arena, value).ptr;
}

const struct mlint_converter mlint_conv_element = { "element", read_element, write_element };
