/* xml_plain.h: the plain part of XML without libxml2. */
#ifndef MLINT_SYNTAX_XML_PLAIN_H
#define MLINT_SYNTAX_XML_PLAIN_H

#include "syntax/xml.h"

/* Where a start tag and its name are: "<name attributes>". */
struct mlint_xml_tag {
    uint32_t begin, name_end, end;
};

/* Told of every tag in file order; what stands between two tags is text, which holds no
 * reference and is UTF-8. Each answers false to stop. */
struct mlint_xml_plain_handler {
    void *user;
    bool (*open)(void *user, const struct mlint_xml_tag *tag,
                 const struct mlint_xml_written *attributes, size_t count);
    /* The end tag; begin == end: the start tag was an empty element's. */
    bool (*close)(void *user, uint32_t begin, uint32_t end);
    /* A comment between two tags, with nothing but blanks beside it, in an element that has
     * elements. */
    bool (*comment)(void *user, uint32_t begin, uint32_t end);
};

/* Tell the handler of the document that begins at `from` of a valid UTF-8 text, if it is plain
 * through and through (see xml_plain.c); else tell it nothing and answer false: libxml2 has to
 * read it. */
bool mlint_xml_plain(struct mlint_str text, uint32_t from,
                     const struct mlint_xml_plain_handler *handler);

#endif
