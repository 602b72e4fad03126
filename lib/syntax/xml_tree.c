/* xml_tree.c: any XML document as a tree of elements and attributes, and how its bytes become
 * text. Not the reading of XML itself (xml.c), no word of mail. */
#include "syntax/xml.h"

struct builder {
    struct mlint_tree *tree;
    struct mlint_node *current;
};

static void begin(void *user)
{
    struct builder *builder = user;

    builder->current = builder->tree->root;
}

static bool add_attribute(struct builder *builder, const struct mlint_xml_written *written)
{
    struct mlint_node *node =
        mlint_node_add(builder->tree, builder->current, MLINT_NODE_STRING, written->name);

    if (!node)
        return false;
    node->flags = MLINT_NODE_ATTRIBUTE;
    node->value = written->value;
    node->name_span = written->name_span;
    node->value_span = written->value_span;
    return true;
}

static bool open_element(void *user, const struct mlint_xml_element *element,
                         const struct mlint_xml_written *attributes, size_t count)
{
    struct builder *builder = user;
    struct mlint_node *node =
        mlint_node_add(builder->tree, builder->current, MLINT_NODE_GROUP, element->name);

    if (!node)
        return false;
    node->name_span = element->name_span;
    node->value_span = element->tag;
    builder->current = node;
    for (size_t i = 0; i < count; i++)
        if (!add_attribute(builder, &attributes[i]))
            return false;
    return true;
}

static bool close_element(void *user, const struct mlint_xml_element *element,
                          struct mlint_str text, struct mlint_span span)
{
    struct builder *builder = user;

    builder->current->value_span = span;
    if (!element->has_elements) {
        builder->current->type = MLINT_NODE_STRING;
        builder->current->value = text;
    }
    builder->current = builder->current->parent;
    return true;
}

static bool add_leaf(void *user, const struct mlint_xml_element *element, struct mlint_str text,
                     struct mlint_span span)
{
    struct builder *builder = user;
    struct mlint_node *node =
        mlint_node_add(builder->tree, builder->current, MLINT_NODE_STRING, element->name);

    if (!node)
        return false;
    node->name_span = element->name_span;
    node->value = text;
    node->value_span = span;
    return true;
}

struct mlint_tree *mlint_xml_read(struct mlint_arena *arena, struct mlint_source *source,
                                  struct mlint_modules *modules)
{
    struct mlint_tree *tree = mlint_tree_new(arena, source, MLINT_PATH_SLASH);
    struct builder builder = { .tree = tree };
    const struct mlint_xml_sink sink = { &builder,      begin,    open_element,
                                         close_element, add_leaf, NULL };

    if (tree && mlint_xml_decode(arena, source))
        mlint_xml_scan(tree, modules, &sink);
    return tree;
}

/* The name in <?xml ... encoding="NAME"?>, or nothing. */
static struct mlint_str declared(struct mlint_str raw)
{
    struct mlint_str head =
        mlint_str_trim(mlint_str_sub(raw, 0, raw.len < 256 ? raw.len : 256));
    size_t at;

    if (!mlint_str_starts(head, MLINT_STR("<?xml")))
        return MLINT_STR("");
    head = mlint_str_sub(head, 0, mlint_str_find(head, MLINT_STR("?>")));
    at = mlint_str_find(head, MLINT_STR("encoding"));
    while (at < head.len && head.ptr[at] != '"' && head.ptr[at] != '\'')
        at++;
    if (at >= head.len)
        return MLINT_STR("");
    head = mlint_str_sub(head, at, head.len);
    return mlint_str_sub(
        head, 1, 1 + mlint_str_find_char(mlint_str_sub(head, 1, head.len), head.ptr[0]));
}

static bool is_ascii(struct mlint_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

static bool is_unicode_name(struct mlint_str name)
{
    return name.len == 0 || mlint_str_starts_nocase(name, MLINT_STR("utf-8")) ||
           mlint_str_starts_nocase(name, MLINT_STR("utf8")) ||
           mlint_str_starts_nocase(name, MLINT_STR("utf-16"));
}

/* UTF-32 by its byte-order mark or by the first "<"; nobody writes it, libxml2 reads it. */
static const char *wide(struct mlint_str raw)
{
    static const char begin[4][4] = {
        { 0, 0, '\xFE', '\xFF' }, { 0, 0, 0, '<' }, { '\xFF', '\xFE', 0, 0 }, { '<', 0, 0, 0 }
    };

    for (unsigned i = 0; i < 4 && raw.len >= 4; i++)
        if (memcmp(raw.ptr, begin[i], 4) == 0)
            return i < 2 ? "UTF-32BE" : "UTF-32LE";
    return NULL;
}

bool mlint_xml_decode(struct mlint_arena *arena, struct mlint_source *source)
{
    struct mlint_str name = declared(source->raw);
    const char *other = wide(source->raw);

    if (!other && !is_unicode_name(name) && !is_ascii(source->raw))
        other = mlint_arena_copy(arena, name).ptr;
    if (other && mlint_source_decode_named(source, arena, other))
        return true;
    return !arena->failed && mlint_source_decode(source, arena, 1252);
}
