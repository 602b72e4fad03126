/* reading_xml.c: what the readers of XML files share: the parse, and text that goes back into
 * an element. */
#include "formats/format.h"
#include "model/config.h"
#include "syntax/xml.h"

enum mlint_read_outcome mlint_reading_xml(struct mlint_reading *reading)
{
    if (!mlint_xml_decode(reading->arena, reading->source))
        return MLINT_READ_LIMIT;
    reading->tree =
        mlint_xml_read(reading->arena, reading->source, &reading->result->linter->modules);
    return reading->tree ? mlint_reading_outcome(reading, reading->tree) : MLINT_READ_LIMIT;
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
