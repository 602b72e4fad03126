/* module_xml.c: libxml2 as a well-behaved reader of hostile text.
 *
 * SAX2 over memory, one context used again for every document; it opens no file and no
 * connection, expands no entity, builds no tree, prints nothing. Not the tree (xml.c), and
 * nothing of libmaillint is called from here but what the handler brings. */
#include "syntax/module_xml.h"

#include <limits.h>
#include <stdlib.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

enum { ATTRIBUTES = 64, NAMES_KEPT = 4096 };

#if LIBXML_VERSION >= 21200
typedef const xmlError *libxml_error;
#else
typedef xmlErrorPtr libxml_error;
#endif

struct parser {
    xmlParserCtxtPtr context;
    const struct mlint_xml_handler *handler;
    struct mlint_str text;
    bool stopped;
};

static struct parser *self(void *context)
{
    return ((xmlParserCtxtPtr)context)->_private;
}

static size_t place(const struct parser *parser)
{
    long at = xmlByteConsumed(parser->context);
    if (at < 0)
        return 0;
    return (size_t)at < parser->text.len ? (size_t)at : parser->text.len;
}

static void stop(struct parser *parser)
{
    parser->stopped = true;
    xmlStopParser(parser->context);
}

/* After a problem that is gone on from, libxml2 would drop every &amp; to come. */
static void forgive(struct parser *parser)
{
    parser->context->wellFormed = 1;
}

static void report(struct parser *parser, enum mlint_xml_problem problem, size_t at)
{
    if (parser->stopped)
        return;
    if (!parser->handler->problem(parser->handler->user, problem, at))
        stop(parser);
}

static void on_open(void *context, const xmlChar *name, const xmlChar *prefix,
                    const xmlChar *uri, int namespaces, const xmlChar **declared, int count,
                    int defaulted, const xmlChar **attributes)
{
    struct parser *parser = self(context);
    struct mlint_xml_attribute list[ATTRIBUTES];
    size_t n = 0;

    (void)name, (void)prefix, (void)uri, (void)namespaces, (void)declared, (void)defaulted;
    if (parser->stopped)
        return;
    forgive(parser);
    for (; n < (size_t)count && n < ATTRIBUTES; n++) {
        const xmlChar **a = attributes + 5 * n;
        list[n].name = mlint_str_from((const char *)a[0]);
        list[n].value = mlint_str_make((const char *)a[3], (size_t)(a[4] - a[3]));
    }
    if (!parser->handler->open(parser->handler->user, place(parser), list, n))
        stop(parser);
}

static void on_close(void *context, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri)
{
    struct parser *parser = self(context);

    (void)name, (void)prefix, (void)uri;
    forgive(parser);
    if (!parser->stopped && !parser->handler->close(parser->handler->user, place(parser)))
        stop(parser);
}

static void on_text(void *context, const xmlChar *piece, int length)
{
    struct parser *parser = self(context);
    struct mlint_str s = mlint_str_make((const char *)piece, (size_t)length);

    forgive(parser);
    if (!parser->stopped && !parser->handler->text(parser->handler->user, s))
        stop(parser);
}

/* A name that only a DTD could explain. The DTD is never read. */
static void on_reference(void *context, const xmlChar *name)
{
    (void)name;
    report(self(context), MLINT_XML_UNKNOWN_ENTITY, place(self(context)));
}

static xmlEntityPtr no_entity(void *context, const xmlChar *name)
{
    (void)context, (void)name;
    return NULL;
}

/* Called in front of "[": nothing inside has been looked at yet. */
static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id,
                       const xmlChar *system_id)
{
    struct parser *parser = self(context);
    size_t at = place(parser);

    (void)name, (void)public_id, (void)system_id;
    if (at < parser->text.len && parser->text.ptr[at] == '[')
        report(parser, MLINT_XML_DOCTYPE, at);
}

static enum mlint_xml_problem kind(const struct parser *parser, int code, size_t at)
{
    char before = at > 0 && at <= parser->text.len ? parser->text.ptr[at - 1] : 0;

    switch (code) {
    case XML_ERR_NAME_REQUIRED:
        return before == '&' ? MLINT_XML_BARE_AMPERSAND : MLINT_XML_BARE_LESS_THAN;
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
    case XML_ERR_INVALID_HEX_CHARREF:
    case XML_ERR_INVALID_DEC_CHARREF:
    case XML_ERR_INVALID_CHARREF:
        return MLINT_XML_BARE_AMPERSAND;
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
        return MLINT_XML_UNKNOWN_ENTITY;
    case XML_ERR_RESERVED_XML_NAME:
        return MLINT_XML_LATE_DECLARATION;
    case XML_ERR_DOCUMENT_END:
        return MLINT_XML_AFTER_END;
    case XML_ERR_TAG_NAME_MISMATCH:
        return MLINT_XML_WRONG_TAG;
    case XML_ERR_LT_IN_ATTRIBUTE:
        return MLINT_XML_BARE_LESS_THAN;
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
    case XML_ERR_ATTRIBUTE_REDEFINED:
    case XML_ERR_SPACE_REQUIRED:
        return MLINT_XML_BAD_ATTRIBUTE;
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_ENCODING:
        return MLINT_XML_BAD_CHARACTER;
    case XML_ERR_NO_MEMORY:
        return MLINT_XML_NO_MEMORY;
    default:
        return MLINT_XML_MALFORMED;
    }
}

/* libxml2's own words are never used: they name what its grammar wanted, not what to do. */
static void on_error(void *context, libxml_error error)
{
    struct parser *parser = self(context);
    size_t at = place(parser);

    if (error->code == XML_WAR_UNDECLARED_ENTITY || error->level != XML_ERR_FATAL)
        return; /* on_reference has it; namespaces are not looked at */
    report(parser, kind(parser, error->code, at), at);
}

static xmlParserInputPtr refuse(void *context, const xmlChar *public_id,
                                const xmlChar *system_id)
{
    (void)context, (void)public_id, (void)system_id;
    return NULL;
}

static bool prepare(struct parser *parser)
{
    xmlSAXHandler *sax;

    if (parser->context && xmlDictSize(parser->context->dict) > NAMES_KEPT) {
        xmlFreeParserCtxt(parser->context);
        parser->context = NULL;
    }
    if (parser->context)
        return true;
    parser->context = xmlNewParserCtxt();
    if (!parser->context)
        return false;
    sax = parser->context->sax;
    memset(sax, 0, sizeof(*sax));
    sax->initialized = XML_SAX2_MAGIC;
    sax->internalSubset = on_doctype;
    sax->resolveEntity = refuse;
    sax->getEntity = no_entity;
    sax->getParameterEntity = no_entity;
    sax->reference = on_reference;
    sax->startElementNs = on_open;
    sax->endElementNs = on_close;
    sax->characters = on_text;
    sax->ignorableWhitespace = on_text;
    sax->cdataBlock = on_text;
    sax->serror = on_error;
    parser->context->_private = parser;
    parser->context->userData = parser->context;
    return true;
}

static void *create(void)
{
    struct parser *parser;

    xmlInitParser();
    parser = xmlMalloc(sizeof(*parser));
    if (parser)
        memset(parser, 0, sizeof(*parser));
    return parser;
}

static void destroy(void *state)
{
    struct parser *parser = state;

    if (parser && parser->context)
        xmlFreeParserCtxt(parser->context);
    xmlFree(parser);
}

/* libxml2 looks for itself whether a text is UTF-16 or UCS-4, and would print what it thinks of
 * one that is not. No XML in UTF-8 looks so. */
static bool looks_wide(struct mlint_str text)
{
    xmlCharEncoding encoding =
        text.len < 4 ? XML_CHAR_ENCODING_NONE
                     : xmlDetectCharEncoding((const unsigned char *)text.ptr, (int)text.len);

    return encoding != XML_CHAR_ENCODING_NONE && encoding != XML_CHAR_ENCODING_UTF8;
}

static void parse(void *state, struct mlint_str text, const struct mlint_xml_handler *handler)
{
    /* RECOVER: so that one forgotten "&amp;" does not hide the accounts behind it; every
     * other problem stops the reading (report). */
    const int options = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC;
    struct parser *parser = state;
    xmlDocPtr none;

    if (!prepare(parser) || text.len > INT_MAX) {
        handler->problem(handler->user,
                         text.len > INT_MAX ? MLINT_XML_TOO_LARGE : MLINT_XML_NO_MEMORY, 0);
        return;
    }
    if (looks_wide(text)) {
        handler->problem(handler->user, MLINT_XML_BAD_CHARACTER, 0);
        return;
    }
    parser->handler = handler;
    parser->text = text;
    parser->stopped = false;
    none = xmlCtxtReadMemory(parser->context, text.ptr, (int)text.len, NULL, NULL, options);
    if (none)
        xmlFreeDoc(none);
    xmlCtxtReset(parser->context);
    parser->handler = NULL;
}

const struct mlint_module_xml mlint_module_xml = {
    .abi = MLINT_MODULE_ABI,
    .create = create,
    .destroy = destroy,
    .parse = parse,
};
