/* xml.h: XML into the tree, or event by event for syntaxes that are written in XML. */
#ifndef MLINT_SYNTAX_XML_H
#define MLINT_SYNTAX_XML_H

#include "base/module.h"
#include "syntax/module_xml.h"
#include "syntax/node.h"

/* An element that is open. */
struct mlint_xml_element {
    struct mlint_str name;       /* without prefix; a view into the source's text */
    struct mlint_span name_span; /* with prefix */
    struct mlint_span tag;       /* the start tag, from "<" to behind ">" */
    bool has_elements;
};

/* An attribute of the element that opens. */
struct mlint_xml_written {
    struct mlint_str name, value; /* value is in the arena or the text */
    struct mlint_span name_span, value_span;
};

/* Receives the elements of a document in file order. A member answers false to stop. */
struct mlint_xml_sink {
    void *user;
    /* The document begins. When it does so for a second time, what was told is void, and what
     * was made of it in the tree and its arena is gone. */
    void (*begin)(void *user);
    bool (*open)(void *user, const struct mlint_xml_element *element,
                 const struct mlint_xml_written *attributes, size_t count);
    /* text: what stands directly inside an element without elements, decoded, comments left
     * out; in the arena or the source's text. span: from behind the start tag to before the
     * end tag. */
    bool (*close)(void *user, const struct mlint_xml_element *element, struct mlint_str text,
                  struct mlint_span span);
    /* May be told instead of both, of an element without elements and attributes. */
    bool (*leaf)(void *user, const struct mlint_xml_element *element, struct mlint_str text,
                 struct mlint_span span);
    /* Text beside elements; may be NULL. */
    void (*stray)(void *user, struct mlint_span span);
};

/* Decode the source as its byte-order mark, its shape or its declaration says.
 * false: out of memory or too long. */
bool mlint_xml_decode(struct mlint_arena *arena, struct mlint_source *source);
/* Read the tree's source, which has been decoded, and tell the sink; what is wrong with it goes
 * into tree's notes, damaged, problem, too_deep. */
void mlint_xml_scan(struct mlint_tree *tree, struct mlint_modules *modules,
                    const struct mlint_xml_sink *sink);
/* Elements are GROUP, or STRING when they hold only text (nothing: ""), attributes are STRING
 * children flagged MLINT_NODE_ATTRIBUTE, before the elements. Names come without prefix. */
struct mlint_tree *mlint_xml_read(struct mlint_arena *arena, struct mlint_source *source,
                                  struct mlint_modules *modules);

#endif
