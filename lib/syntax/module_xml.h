/* module_xml.h: the table of functions that stands between libmaillint and libxml2.
 *
 * Places are byte offsets in the text that was given; names and values are UTF-8. */
#ifndef MLINT_SYNTAX_MODULE_XML_H
#define MLINT_SYNTAX_MODULE_XML_H

#include "base/module.h"
#include "base/str.h"

/* What libxml2 can stumble over, by what a person would do about it. */
enum mlint_xml_problem {
    MLINT_XML_BARE_AMPERSAND, /* "&" that starts no reference */
    MLINT_XML_UNKNOWN_ENTITY, /* &nbsp; and other names that XML does not know */
    MLINT_XML_LATE_DECLARATION,
    MLINT_XML_AFTER_END, /* something behind the root element */
    MLINT_XML_WRONG_TAG, /* <a> closed by </b> */
    MLINT_XML_BARE_LESS_THAN,
    MLINT_XML_BAD_ATTRIBUTE,
    MLINT_XML_BAD_CHARACTER,
    MLINT_XML_DOCTYPE, /* a DOCTYPE with declarations of its own */
    MLINT_XML_MALFORMED,
    MLINT_XML_TOO_LARGE,
    MLINT_XML_NO_MEMORY,
};

struct mlint_xml_attribute {
    struct mlint_str name; /* without prefix; lives as long as the call */
    struct mlint_str value;
};

/* What is told of the document while it is read. Each answers false to stop. */
struct mlint_xml_handler {
    void *user;
    /* at: just behind the last attribute, before ">" or "/>". */
    bool (*open)(void *user, size_t at, const struct mlint_xml_attribute *attributes,
                 size_t count);
    /* Decoded character data; comes in pieces. */
    bool (*text)(void *user, struct mlint_str piece);
    /* at: just behind ">" of the end tag, or of the empty element. */
    bool (*close)(void *user, size_t at);
    /* True: go on as if it were not there (not possible for every problem). */
    bool (*problem)(void *user, enum mlint_xml_problem problem, size_t at);
};

struct mlint_module_xml {
    uint32_t abi;
    /* A parser to be used again and again by one thread; NULL without memory. */
    void *(*create)(void);
    void (*destroy)(void *parser);
    /* Read UTF-8 text whatever encoding its declaration names. At most 2 GiB. */
    void (*parse)(void *parser, struct mlint_str text, const struct mlint_xml_handler *handler);
};

extern const struct mlint_module_xml mlint_module_xml;

#endif
