/* xml_trouble.c: what is said when XML is not well formed: the place, the likely cause, and
 * whether reading goes on. libxml2's own messages are for its authors and are not shown. */
#include "syntax/xml_scan.h"

static const char ESCAPING[] = "whatever wrote the file forgot to escape it: write \"&amp;\"; "
                               "clients refuse the file as it is";

static const struct {
    const char *text, *hint;
    bool damage, go_on;
} troubles[] = {
    [MLINT_XML_BARE_AMPERSAND] = { "unescaped \"&\": the generator forgot to escape it",
                                   ESCAPING, true, true },
    [MLINT_XML_UNKNOWN_ENTITY] = { "a name between \"&\" and \";\" that XML does not know",
                                   ESCAPING, true, true },
    [MLINT_XML_LATE_DECLARATION] = { "the XML declaration is not at the very beginning",
                                     "move the line that starts with \"<?xml\" to the top",
                                     false, true },
    [MLINT_XML_AFTER_END] = { "something stands after the end of the document; it is not read",
                              NULL, false, false },
    [MLINT_XML_WRONG_TAG] = { "an end tag that does not match", NULL, true, false },
    [MLINT_XML_BARE_LESS_THAN] = { "\"<\" that starts no tag",
                                   "if it is meant as text, write \"&lt;\"", true, false },
    [MLINT_XML_BAD_ATTRIBUTE] = { "a broken attribute", NULL, true, false },
    [MLINT_XML_BAD_CHARACTER] = { "a character that XML forbids", NULL, true, false },
    [MLINT_XML_DOCTYPE] = { "the DOCTYPE declares things of its own, which no account file "
                            "needs; it is refused for safety",
                            NULL, true, false },
    [MLINT_XML_MALFORMED] = { "not well-formed XML", NULL, true, false },
    [MLINT_XML_TOO_LARGE] = { "larger than 2 GiB of text", NULL, true, false },
    [MLINT_XML_NO_MEMORY] = { "out of memory", NULL, true, false },
};

/* From the last mark before at; just the character at it where there is none near. */
static struct mlint_span from_mark(struct mlint_str text, uint32_t at, char mark)
{
    const char *found = at ? memrchr(text.ptr, mark, at) : NULL;
    uint32_t begin = found ? (uint32_t)(found - text.ptr) : at;

    return (struct mlint_span){ begin, at > begin ? at : begin + (begin < text.len) };
}

/* Nothing follows, so the rest is missing. A whole tag that is wrong is wrong at the end, too.
 */
static bool is_cut_off(const struct mlint_xml_scanning *scan, enum mlint_xml_problem problem,
                       uint32_t at)
{
    struct mlint_str text = scan->tree->source->text;

    if (scan->closed || problem == MLINT_XML_TOO_LARGE || problem == MLINT_XML_WRONG_TAG)
        return false;
    while (at < text.len && mlint_xml_is_blank(text.ptr[at]))
        at++;
    return at >= text.len;
}

static struct mlint_span place(const struct mlint_xml_scanning *scan,
                               enum mlint_xml_problem problem, uint32_t at)
{
    struct mlint_str text = scan->tree->source->text;

    switch (problem) {
    case MLINT_XML_BARE_AMPERSAND:
    case MLINT_XML_UNKNOWN_ENTITY:
        return from_mark(text, at, '&');
    case MLINT_XML_WRONG_TAG:
    case MLINT_XML_BARE_LESS_THAN:
    case MLINT_XML_BAD_ATTRIBUTE:
        return from_mark(text, at, '<');
    default:
        return (struct mlint_span){ at, at + (at < text.len) };
    }
}

static unsigned line(const struct mlint_xml_scanning *scan, uint32_t at)
{
    return mlint_source_position(scan->tree->source, at).line;
}

/* What stands in the text is not quoted: "&hunter2;" or "<hunter2>" may be a piece of a
 * password that nobody escaped. */
static const char *describe(const struct mlint_xml_scanning *scan,
                            enum mlint_xml_problem problem)
{
    const struct mlint_xml_element *inner = scan->depth ? &scan->stack[scan->depth - 1] : NULL;

    if (problem == MLINT_XML_WRONG_TAG && inner)
        return mlint_arena_printf(scan->tree->arena,
                                  "an end tag that does not match the start tag in line %u",
                                  line(scan, inner->tag.begin));
    return troubles[problem].text;
}

static void ends_early(struct mlint_xml_scanning *scan, uint32_t at)
{
    struct mlint_tree *tree = scan->tree;
    const struct mlint_xml_element *inner = scan->depth ? &scan->stack[scan->depth - 1] : NULL;

    tree->damaged = true;
    if (inner)
        tree->problem = mlint_arena_printf(
            tree->arena, "the file ends early, inside the element that begins in line %u",
            line(scan, inner->tag.begin));
    else
        tree->problem = "the file ends early";
    mlint_tree_note(tree, MLINT_NOTE_TRUNCATED, (struct mlint_span){ at, at }, "%s",
                    tree->problem);
}

bool mlint_xml_trouble(void *user, enum mlint_xml_problem problem, size_t offset)
{
    struct mlint_xml_scanning *scan = user;
    struct mlint_tree *tree = scan->tree;
    uint32_t at = (uint32_t)offset + scan->base;
    struct mlint_span span = place(scan, problem, at);
    const char *text = describe(scan, problem);
    struct mlint_note *note;

    if (problem == MLINT_XML_NO_MEMORY) {
        tree->arena->failed = true;
        return false;
    }
    if (is_cut_off(scan, problem, at)) {
        ends_early(scan, at);
        return false;
    }
    note = mlint_tree_note(tree, MLINT_NOTE_SYNTAX, span, "%s", text);
    if (note)
        note->hint = troubles[problem].hint;
    if (troubles[problem].damage && !tree->damaged) {
        tree->damaged = true;
        tree->problem =
            mlint_arena_printf(tree->arena, "line %u: %s", line(scan, span.begin), text);
    }
    scan->broken = troubles[problem].go_on && problem != MLINT_XML_LATE_DECLARATION;
    return troubles[problem].go_on;
}
