/* xml_scan.h: the state of one XML document being read; shared by xml.c and xml_trouble.c. */
#ifndef MLINT_SYNTAX_XML_SCAN_H
#define MLINT_SYNTAX_XML_SCAN_H

#include "base/buf.h"
#include "source/limits.h"
#include "syntax/xml.h"

enum { SCAN_ATTRIBUTES = 64 };

struct mlint_xml_scanning {
    struct mlint_tree *tree;
    const struct mlint_xml_sink *sink;
    struct mlint_buf text; /* character data since the last tag */
    uint32_t base;         /* blanks before the document, not given to libxml2 */
    uint32_t behind;       /* the last tag's end */
    unsigned depth;
    bool closed; /* the root element has ended */
    bool broken; /* the text since the last tag is not well formed: take it as written */
    struct mlint_xml_element stack[MLINT_LIMIT_DEPTH + 1];
    struct mlint_xml_written attributes[SCAN_ATTRIBUTES];
};

bool mlint_xml_is_blank(char c);
/* A mlint_xml_handler's problem: notes it and says whether to go on. */
bool mlint_xml_trouble(void *user, enum mlint_xml_problem problem, size_t at);

#endif
