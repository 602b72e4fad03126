/* xml_plain.h: the plain part of XML without libxml2. */
#ifndef MLINT_SYNTAX_XML_PLAIN_H
#define MLINT_SYNTAX_XML_PLAIN_H

#include "syntax/xml.h"

/* Tell the sink of the document that begins at `from` of a valid UTF-8 text, if it is plain
 * through and through (see xml_plain.c). false: it is not, libxml2 has to read it, and what was
 * told so far is to be forgotten. The arena is for texts that are not as written.
 * `ascii`: it is known to be no more than that. */
bool mlint_xml_plain(struct mlint_str text, uint32_t from, bool ascii,
                     struct mlint_arena *arena, const struct mlint_xml_sink *sink);

#endif
