/* xml_plain.h: the plain part of XML without libxml2. */
#ifndef MLINT_SYNTAX_XML_PLAIN_H
#define MLINT_SYNTAX_XML_PLAIN_H

#include "syntax/module_xml.h"

/* Tell the handler of the whole document if it is plain through and through (see xml_plain.c);
 * else tell it nothing and answer false: libxml2 has to read it. */
bool mlint_xml_plain(struct mlint_str text, const struct mlint_xml_handler *handler);

#endif
