/* plist.c: which spelling a property list is in, and the XML one.
 *
 * As tolerant as CoreFoundation and plistlib are together: no declaration, no DOCTYPE, no
 * <plist>, blanks and hexadecimal in integers, text and comments anywhere. What they would
 * refuse is noted and passed over. The binary spelling is bplist.c, the old one
 * plist_ascii.c. */
#include "syntax/plist.h"

#include "base/base64.h"
#include "syntax/bplist.h"
#include "syntax/plist_parts.h"
#include "syntax/xml.h"

const char mlint_plist_syntax = 'p';

/* Elements by name. */
enum kind { FOREIGN, PLIST, KEY, DICT, ARRAY, STRING, INTEGER, REAL, TRUE, FALSE, DATA, DATE };

struct building {
    struct mlint_tree *tree;
    struct mlint_node *current; /* innermost open container, or the root */
    struct mlint_str key;
    struct mlint_span key_span;
    bool has_key;
    enum kind scalar; /* which is open; FOREIGN: none */
    unsigned skipped; /* depth below an element that is passed over */
    bool template_noted;
};

static const unsigned char types[] = {
    [FOREIGN] = MLINT_NODE_GROUP,   [PLIST] = MLINT_NODE_GROUP, [KEY] = MLINT_NODE_GROUP,
    [DICT] = MLINT_NODE_DICT,       [ARRAY] = MLINT_NODE_ARRAY, [STRING] = MLINT_NODE_STRING,
    [INTEGER] = MLINT_NODE_INTEGER, [REAL] = MLINT_NODE_REAL,   [TRUE] = MLINT_NODE_BOOLEAN,
    [FALSE] = MLINT_NODE_BOOLEAN,   [DATA] = MLINT_NODE_BINARY, [DATE] = MLINT_NODE_DATE,
};

#define IS(name, literal, kind) (mlint_str_eq((name), MLINT_STR(literal)) ? (kind) : FOREIGN)

/* The first letter leaves few to compare with; a <set> is an array. */
static enum kind kind_of(struct mlint_str name)
{
    switch (name.len ? name.ptr[0] : '\0') {
    case 'k':
        return IS(name, "key", KEY);
    case 's':
        return name.len == 3 ? IS(name, "set", ARRAY) : IS(name, "string", STRING);
    case 'i':
        return IS(name, "integer", INTEGER);
    case 't':
        return IS(name, "true", TRUE);
    case 'f':
        return IS(name, "false", FALSE);
    case 'a':
        return IS(name, "array", ARRAY);
    case 'r':
        return IS(name, "real", REAL);
    case 'p':
        return IS(name, "plist", PLIST);
    case 'd':
        return IS(name, "dict", DICT) + IS(name, "data", DATA) + IS(name, "date", DATE);
    default:
        return FOREIGN;
    }
}

static bool is_container(enum kind kind)
{
    return kind == DICT || kind == ARRAY;
}

/* The languages that generators are written in. */
static bool is_code(struct mlint_str text)
{
    return mlint_str_find(text, MLINT_STR("{{")) < text.len ||
           mlint_str_find(text, MLINT_STR("{%")) < text.len ||
           mlint_str_find(text, MLINT_STR("${")) < text.len;
}

static void note_template(struct building *building, struct mlint_span span, const char *what)
{
    if (!building->template_noted)
        mlint_tree_note(building->tree, MLINT_NOTE_UNFILLED_TEMPLATE, span,
                        "%s: this is the template, not the file that is made from it", what);
    building->template_noted = true;
}

/* Whether a value may stand here; says so if not. Takes the waiting key. */
static bool place(struct building *building, const struct mlint_xml_element *element,
                  struct mlint_str *name, struct mlint_span *span)
{
    const struct mlint_node *parent = building->current;
    bool in_dict = parent->type == MLINT_NODE_DICT;
    const char *why = NULL;

    if (in_dict && !building->has_key)
        why = "a value without a key before it is passed over";
    else if (!parent->parent && parent->child)
        why = "a second object beside the first is passed over";
    if (why && !building->template_noted) /* both branches of an "if" stand in a template */
        mlint_tree_note(building->tree, MLINT_NOTE_SYNTAX, element->tag, "%s", why);
    *name = building->has_key && !why ? building->key : MLINT_STR("");
    *span = building->has_key && !why ? building->key_span : MLINT_NO_SPAN;
    building->has_key = false;
    return !why;
}

static bool open_container(struct building *building, const struct mlint_xml_element *element,
                           enum kind kind)
{
    struct mlint_str name;
    struct mlint_span span;
    struct mlint_node *node;

    if (!place(building, element, &name, &span)) {
        building->skipped = 1;
        return true;
    }
    node = mlint_node_add(building->tree, building->current, types[kind], name);
    if (!node)
        return false;
    node->name_span = span;
    node->value_span = element->tag;
    building->current = node;
    return true;
}

static void begin(void *user)
{
    struct building *building = user;

    *building = (struct building){ .tree = building->tree, .current = building->tree->root };
}

static bool open_element(void *user, const struct mlint_xml_element *element,
                         const struct mlint_xml_written *attributes, size_t count)
{
    struct building *building = user;
    enum kind kind = kind_of(element->name);

    (void)attributes, (void)count;
    if (building->skipped) {
        building->skipped++;
        return true;
    }
    /* Its name is not quoted: "<hunter2>" may be a piece of a password. */
    if (building->scalar != FOREIGN || kind == FOREIGN) {
        mlint_tree_note(building->tree, MLINT_NOTE_SYNTAX, element->tag,
                        "an element that has no place in a property list here is passed over");
        building->skipped = 1;
        return true;
    }
    if (is_container(kind))
        return open_container(building, element, kind);
    building->scalar = kind != PLIST ? kind : FOREIGN;
    return true;
}

static void close_container(struct building *building, struct mlint_span span)
{
    struct mlint_node *node = building->current;

    node->value_span = span;
    if (node->type == MLINT_NODE_DICT) {
        if (building->has_key)
            mlint_tree_note(building->tree, MLINT_NOTE_SYNTAX, building->key_span,
                            "the key \"%.*s\" has no value", MLINT_STR_ARG(building->key));
        mlint_plist_note_duplicates(building->tree, node);
    }
    building->has_key = false;
    building->current = node->parent;
}

/* A key among the values of an array is none, but it may tell that the next one is secret. */
static void close_key(struct building *building, struct mlint_str text, struct mlint_span span)
{
    enum mlint_node_type type = building->current->type;

    if (type != MLINT_NODE_DICT)
        mlint_tree_note(building->tree, MLINT_NOTE_SYNTAX, span,
                        "a key outside a dictionary is passed over");
    else if (building->has_key)
        mlint_tree_note(building->tree, MLINT_NOTE_SYNTAX, building->key_span,
                        "the key \"%.*s\" has no value", MLINT_STR_ARG(building->key));
    if (type != MLINT_NODE_DICT && type != MLINT_NODE_ARRAY)
        return;
    building->key = text;
    building->key_span = span;
    building->has_key = true;
}

/* The blanks around a number are not part of what would be written anew. */
static struct mlint_span narrow(const struct mlint_tree *tree, struct mlint_span span)
{
    const char *text = tree->source->text.ptr;
    struct mlint_str inside =
        mlint_str_trim(mlint_str_make(text + span.begin, span.end - span.begin));

    if (inside.len == 0)
        return span;
    return (struct mlint_span){ (uint32_t)(inside.ptr - text),
                                (uint32_t)(inside.ptr - text + inside.len) };
}

/* A value that is not what its element says stays as the string that it is. */
static void interpret(struct building *building, struct mlint_node *node, enum kind kind,
                      const struct mlint_xml_element *element)
{
    bool good = true;

    switch (node->type) {
    case MLINT_NODE_INTEGER:
        good = mlint_plist_integer(node->value, node);
        break;
    case MLINT_NODE_REAL:
        good = mlint_plist_real(node->value, node);
        break;
    case MLINT_NODE_BOOLEAN:
        node->number = kind == TRUE;
        node->value = element->name;
        node->value_span = element->tag;
        return;
    case MLINT_NODE_BINARY:
        node->value = mlint_base64_decode(building->tree->arena, node->value, NULL);
        return;
    default:
        return;
    }
    node->value = mlint_str_trim(node->value);
    node->value_span = narrow(building->tree, node->value_span);
    if (good)
        return;
    node->type = MLINT_NODE_STRING;
    node->subtype = MLINT_PLIST_BROKEN;
    if (is_code(node->value))
        note_template(building, node->value_span, "template code stands for a number");
    else
        mlint_tree_note(building->tree, MLINT_NOTE_UNKNOWN_VALUE, node->value_span,
                        "what stands in <%.*s> is no number", MLINT_STR_ARG(element->name));
}

static bool add_scalar(struct building *building, enum kind kind,
                       const struct mlint_xml_element *element, struct mlint_str text,
                       struct mlint_span span)
{
    struct mlint_str name;
    struct mlint_span name_span;
    struct mlint_node *node;

    if (!place(building, element, &name, &name_span))
        return true;
    node = mlint_node_add(building->tree, building->current, types[kind], name);
    if (!node)
        return false;
    node->name_span = name_span;
    node->value = text;
    node->value_span = span;
    interpret(building, node, kind, element);
    return true;
}

static bool close_scalar(struct building *building, enum kind kind,
                         const struct mlint_xml_element *element, struct mlint_str text,
                         struct mlint_span span)
{
    if (kind != KEY)
        return add_scalar(building, kind, element, text, span);
    close_key(building, text, span);
    return true;
}

static bool close_element(void *user, const struct mlint_xml_element *element,
                          struct mlint_str text, struct mlint_span span)
{
    struct building *building = user;
    bool good = true;

    if (building->skipped) {
        building->skipped--;
        return true;
    }
    if (building->scalar != FOREIGN)
        good = close_scalar(building, building->scalar, element, text, span);
    else if (kind_of(element->name) != PLIST)
        close_container(building, span);
    building->scalar = FOREIGN;
    return good;
}

/* A key or a scalar where one may stand, which most elements are, opens nothing. */
static bool leaf(void *user, const struct mlint_xml_element *element, struct mlint_str text,
                 struct mlint_span span)
{
    struct building *building = user;
    enum kind kind = kind_of(element->name);

    if (building->skipped || building->scalar != FOREIGN || kind <= PLIST || is_container(kind))
        return open_element(user, element, NULL, 0) && close_element(user, element, text, span);
    return close_scalar(building, kind, element, text, span);
}

/* Generators that were never run leave their own language between the elements. */
static void stray(void *user, struct mlint_span span)
{
    struct building *building = user;
    struct mlint_str text = mlint_str_sub(building->tree->source->text, span.begin, span.end);

    if (is_code(text))
        note_template(building, span, "template code stands between the elements");
    else
        mlint_tree_note(building->tree, MLINT_NOTE_SYNTAX, span,
                        "text between the elements is passed over");
}

static void read_xml(struct mlint_tree *tree, struct mlint_modules *modules)
{
    struct building building = { .tree = tree };
    const struct mlint_xml_sink sink = { &building,     begin, open_element,
                                         close_element, leaf,  stray };

    mlint_xml_scan(tree, modules, &sink);
}

/* "key" => value, or 0 => value, in the first lines. */
static bool is_printed(struct mlint_str text)
{
    struct mlint_str head = mlint_str_sub(text, 0, text.len < 4096 ? text.len : 4096);

    return mlint_str_find(head, MLINT_STR("\" => ")) < head.len ||
           mlint_str_find(head, MLINT_STR(" 0 => ")) < head.len;
}

static bool is_comment(struct mlint_str text)
{
    return mlint_str_starts(text, MLINT_STR("//")) || mlint_str_starts(text, MLINT_STR("/*"));
}

enum mlint_plist_kind mlint_plist_kind(struct mlint_str text)
{
    struct mlint_str s = mlint_str_trim(text);

    if (mlint_str_starts(text, MLINT_STR("bplist00")))
        return MLINT_PLIST_BINARY;
    if (mlint_str_starts(text, MLINT_STR("bplist")))
        return MLINT_PLIST_OTHER_BINARY;
    if (mlint_str_starts(s, MLINT_STR("\xEF\xBB\xBF")))
        s = mlint_str_trim(mlint_str_sub(s, 3, s.len));
    if (s.len == 0)
        return MLINT_PLIST_NONE;
    if (s.ptr[0] == '<')
        return MLINT_PLIST_XML;
    if (s.ptr[0] != '{' && s.ptr[0] != '(' && s.ptr[0] != '[' && !is_comment(s))
        return MLINT_PLIST_NONE;
    if (is_printed(s))
        return MLINT_PLIST_PRINTED;
    return s.ptr[0] == '[' ? MLINT_PLIST_NONE : MLINT_PLIST_ASCII;
}

const char *mlint_plist_refusal(enum mlint_plist_kind kind)
{
    switch (kind) {
    case MLINT_PLIST_PRINTED:
        return "this is what \"plutil -p\" prints for people to look at; it cannot be read "
               "back: "
               "send the file itself, or \"plutil -convert xml1 -o OUT FILE\"";
    case MLINT_PLIST_OTHER_BINARY:
        return "a binary property list of a kind other than bplist00: send the file as XML "
               "(\"plutil -convert xml1 -o OUT FILE\")";
    case MLINT_PLIST_NONE:
        return "not a property list";
    default:
        return NULL;
    }
}

static void give_up(struct mlint_tree *tree, const char *problem)
{
    tree->damaged = true;
    tree->problem = problem;
}

static void read_text(struct mlint_tree *tree, struct mlint_modules *modules)
{
    enum mlint_plist_kind kind;

    if (!mlint_xml_decode(tree->arena, tree->source))
        return;
    kind = mlint_plist_kind(tree->source->text);
    if (kind == MLINT_PLIST_XML)
        read_xml(tree, modules);
    else if (kind == MLINT_PLIST_ASCII)
        mlint_plist_ascii_read(tree);
    else
        give_up(tree, mlint_plist_refusal(kind));
}

struct mlint_tree *mlint_plist_read(struct mlint_arena *arena, struct mlint_source *source,
                                    struct mlint_modules *modules)
{
    struct mlint_tree *tree = mlint_tree_new(arena, source, MLINT_PATH_SLASH);

    if (!tree)
        return NULL;
    if (!mlint_str_starts(source->raw, MLINT_STR("bplist"))) {
        read_text(tree, modules);
        return tree;
    }
    source->encoding = MLINT_ENC_BINARY;
    source->text = source->raw;
    if (mlint_plist_kind(source->raw) == MLINT_PLIST_BINARY)
        mlint_bplist_read(tree, NULL, source->raw);
    else
        give_up(tree, mlint_plist_refusal(MLINT_PLIST_OTHER_BINARY));
    return tree;
}
