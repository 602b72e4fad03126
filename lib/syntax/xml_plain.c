/* xml_plain.c: a strict reader of the part of XML that client programs write: elements, plain
 * attributes, text, comments between elements. No references, CDATA, instructions, namespaces
 * or DTD but Apple's.
 *
 * libxml2 is the authority: whatever is not plain, and every doubt, goes to it, and a test
 * holds the two together on every case and on mutants of them. What is gained is that most runs
 * never open libxml2, whose libraries take longer to load than a thousand profiles to read. */
#include "syntax/xml_plain.h"

#include "source/limits.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
    LONGEST_TEXT = 8 << 20, /* libxml2 has ceilings of its own beyond */
    LONGEST_NAME = 128,
    ATTRIBUTES = 8,
};

struct plain {
    const char *start, *p, *end;
    const struct mlint_xml_plain_handler *handler; /* NULL: look only */
    struct mlint_str open[MLINT_LIMIT_DEPTH];
    bool has_elements[MLINT_LIMIT_DEPTH];
    unsigned depth;
    bool commented; /* a comment stands between the last tag and here */
    bool stopped;   /* the handler wants no more */
};

static uint32_t place_of(const struct plain *plain, const char *p)
{
    return (uint32_t)(p - plain->start);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What a byte may be in a name: 1 anywhere, 2 at its beginning as well. */
static const unsigned char in_names[256] = {
    ['-'] = 1, ['.'] = 1, ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1,
    ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, ['_'] = 2, ['A'] = 2, ['B'] = 2, ['C'] = 2,
    ['D'] = 2, ['E'] = 2, ['F'] = 2, ['G'] = 2, ['H'] = 2, ['I'] = 2, ['J'] = 2, ['K'] = 2,
    ['L'] = 2, ['M'] = 2, ['N'] = 2, ['O'] = 2, ['P'] = 2, ['Q'] = 2, ['R'] = 2, ['S'] = 2,
    ['T'] = 2, ['U'] = 2, ['V'] = 2, ['W'] = 2, ['X'] = 2, ['Y'] = 2, ['Z'] = 2, ['a'] = 2,
    ['b'] = 2, ['c'] = 2, ['d'] = 2, ['e'] = 2, ['f'] = 2, ['g'] = 2, ['h'] = 2, ['i'] = 2,
    ['j'] = 2, ['k'] = 2, ['l'] = 2, ['m'] = 2, ['n'] = 2, ['o'] = 2, ['p'] = 2, ['q'] = 2,
    ['r'] = 2, ['s'] = 2, ['t'] = 2, ['u'] = 2, ['v'] = 2, ['w'] = 2, ['x'] = 2, ['y'] = 2,
    ['z'] = 2,
};

static void skip_blanks(struct plain *plain)
{
    while (plain->p < plain->end && is_blank(*plain->p))
        plain->p++;
}

static bool take_char(struct plain *plain, char c)
{
    if (plain->p == plain->end || *plain->p != c)
        return false;
    plain->p++;
    return true;
}

static bool take(struct plain *plain, struct mlint_str word)
{
    if ((size_t)(plain->end - plain->p) < word.len || memcmp(plain->p, word.ptr, word.len) != 0)
        return false;
    plain->p += word.len;
    return true;
}

/* A name; those that begin with "xml" are libxml2's business. */
static bool take_name(struct plain *plain, struct mlint_str *name)
{
    const char *from = plain->p;

    while (plain->p < plain->end && in_names[(unsigned char)*plain->p])
        plain->p++;
    *name = mlint_str_make(from, (size_t)(plain->p - from));
    return name->len && name->len <= LONGEST_NAME && in_names[(unsigned char)*from] == 2 &&
           !mlint_str_starts_nocase(*name, MLINT_STR("xml"));
}

/* Whether a byte is plain text: no mark-up, no "]" (of "]]>"), no control character. */
static bool is_plain(char c)
{
    return c != '&' && c != ']' && ((unsigned char)c >= 0x20 || is_blank(c));
}

/* A comment; "--" in it is libxml2's to complain of. */
static bool take_comment(struct plain *plain)
{
    if (!take(plain, MLINT_STR("<!--")))
        return false;
    while (plain->end - plain->p >= 3 && (plain->p[0] != '-' || plain->p[1] != '-')) {
        if ((unsigned char)*plain->p < 0x20 && !is_blank(*plain->p))
            return false;
        plain->p++;
    }
    return take(plain, MLINT_STR("-->"));
}

/* Blanks and comments outside the root element. */
static void skip_misc(struct plain *plain)
{
    const char *before;

    do {
        skip_blanks(plain);
        before = plain->p;
    } while (take_comment(plain));
    plain->p = before;
}

/* The encodings under which a text may stand here: it is UTF-8 by now, whatever it was. */
static bool take_encoding(struct plain *plain)
{
    static const struct mlint_str names[] = { MLINT_STR_INIT("UTF-8\""),
                                              MLINT_STR_INIT("utf-8\""),
                                              MLINT_STR_INIT("UTF-16\""),
                                              MLINT_STR_INIT("utf-16\"") };

    if (!take(plain, MLINT_STR(" encoding=\"")))
        return true;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (take(plain, names[i]))
            return true;
    }
    return false;
}

static bool take_declaration(struct plain *plain)
{
    if (!take(plain, MLINT_STR("<?xml version=\"1.0\"")))
        return true;
    if (!take_encoding(plain))
        return false;
    skip_blanks(plain);
    return take(plain, MLINT_STR("?>"));
}

/* What stands before the root element. */
static bool take_prolog(struct plain *plain)
{
    static const struct mlint_str doctypes[] = {
        MLINT_STR_INIT("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
                       "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"),
        MLINT_STR_INIT("<!DOCTYPE plist PUBLIC \"-//Apple Computer//DTD PLIST 1.0//EN\" "
                       "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"),
    };

    if (!take_declaration(plain))
        return false;
    skip_misc(plain);
    for (size_t i = 0; i < 2 && !take(plain, doctypes[i]); i++)
        ;
    skip_misc(plain);
    return plain->p < plain->end && *plain->p == '<';
}

/* name="value"; the value holds nothing that XML would change. */
static bool take_attribute(struct plain *plain, struct mlint_xml_written *out)
{
    const char *from = plain->p;

    if (!take_name(plain, &out->name) || !take_char(plain, '=') || !take_char(plain, '"'))
        return false;
    out->name_span =
        (struct mlint_span){ place_of(plain, from), place_of(plain, from + out->name.len) };
    from = plain->p;
    for (; plain->p < plain->end && *plain->p != '"'; plain->p++) {
        if (*plain->p == '<' || *plain->p == '&' || (unsigned char)*plain->p < 0x20)
            return false;
    }
    out->value = mlint_str_make(from, (size_t)(plain->p - from));
    out->value_span = (struct mlint_span){ place_of(plain, from), place_of(plain, plain->p) };
    return take_char(plain, '"');
}

/* Up to the ">" or "/" that ends the tag. */
static bool take_attributes(struct plain *plain, struct mlint_xml_written *list, size_t *count)
{
    for (*count = 0; *count < ATTRIBUTES; ++*count) {
        const char *before = plain->p;
        skip_blanks(plain);
        if (plain->p < plain->end && (*plain->p == '>' || *plain->p == '/'))
            return true;
        if (plain->p == before || !take_attribute(plain, &list[*count]))
            return false;
        for (size_t i = 0; i < *count; i++) {
            if (mlint_str_eq(list[i].name, list[*count].name))
                return false;
        }
    }
    return false;
}

static void tell_open(struct plain *plain, const struct mlint_xml_tag *tag,
                      const struct mlint_xml_written *list, size_t count)
{
    if (plain->handler && !plain->handler->open(plain->handler->user, tag, list, count))
        plain->stopped = true;
}

static void tell_close(struct plain *plain, const char *begin)
{
    if (plain->handler && !plain->stopped &&
        !plain->handler->close(plain->handler->user, place_of(plain, begin),
                               place_of(plain, plain->p)))
        plain->stopped = true;
}

static bool take_start_tag(struct plain *plain)
{
    struct mlint_xml_written list[ATTRIBUTES];
    struct mlint_xml_tag tag = { .begin = place_of(plain, plain->p) };
    struct mlint_str name;
    size_t count = 0;
    bool empty;

    plain->p++;
    if (plain->depth == MLINT_LIMIT_DEPTH || !take_name(plain, &name))
        return false;
    tag.name_end = place_of(plain, plain->p);
    if (!take_attributes(plain, list, &count))
        return false;
    empty = take_char(plain, '/');
    if (!take_char(plain, '>'))
        return false;
    tag.end = place_of(plain, plain->p);
    tell_open(plain, &tag, list, count);
    if (plain->depth)
        plain->has_elements[plain->depth - 1] = true;
    if (empty) {
        tell_close(plain, plain->p);
        return true;
    }
    plain->has_elements[plain->depth] = false;
    plain->open[plain->depth++] = name;
    return true;
}

static bool take_end_tag(struct plain *plain)
{
    const char *begin = plain->p;

    plain->p += 2;
    if (!plain->depth || !take(plain, plain->open[plain->depth - 1]))
        return false;
    skip_blanks(plain);
    if (!take_char(plain, '>'))
        return false;
    plain->depth--;
    tell_close(plain, begin);
    return true;
}

/* The first "<", or what is not plain, or the end. */
static const char *text_end(const char *p, const char *end)
{
#if defined(__SSE2__)
    for (; end - p >= 16; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i odd = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')),
                                   _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')));
        __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        __m128i blank = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')),
                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')));
        unsigned mask;

        blank = _mm_or_si128(blank, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(']')));
        odd = _mm_or_si128(odd, _mm_andnot_si128(blank, low));
        mask = (unsigned)_mm_movemask_epi8(odd);
        if (mask)
            return p + __builtin_ctz(mask);
    }
#endif
    while (p < end && *p != '<' && is_plain(*p))
        p++;
    return p;
}

static bool all_blank(const char *p, const char *end)
{
    while (p < end && is_blank(*p))
        p++;
    return p == end;
}

/* A comment that no text is beside. */
static bool take_inner_comment(struct plain *plain, const char *from)
{
    const char *begin = plain->p;

    if (!all_blank(from, begin) || !take_comment(plain))
        return false;
    plain->commented = true;
    if (plain->handler && !plain->handler->comment(plain->handler->user, place_of(plain, begin),
                                                   place_of(plain, plain->p)))
        plain->stopped = true;
    return true;
}

/* The tag at the end of a text that begins at `from`. Where a comment parts a text in two,
 * libxml2 joins them. */
static bool take_tag(struct plain *plain, const char *from)
{
    bool closes = plain->p[1] == '/';

    if (plain->commented &&
        (!all_blank(from, plain->p) || (closes && !plain->has_elements[plain->depth - 1])))
        return false;
    plain->commented = false;
    return closes ? take_end_tag(plain) : take_start_tag(plain);
}

/* The root element and all in it. */
static bool take_root(struct plain *plain)
{
    do {
        const char *from = plain->p;
        plain->p = text_end(plain->p, plain->end);
        if (plain->end - plain->p < 2 || *plain->p != '<')
            return false;
        if (!(plain->p[1] == '!' ? take_inner_comment(plain, from) : take_tag(plain, from)))
            return false;
    } while (plain->depth && !plain->stopped);
    return true;
}

static bool walk(struct mlint_str text, uint32_t from,
                 const struct mlint_xml_plain_handler *handler)
{
    struct plain plain;

    plain.start = text.ptr;
    plain.p = text.ptr + from;
    plain.end = text.ptr + text.len;
    plain.handler = handler;
    plain.depth = 0;
    plain.stopped = plain.commented = false;
    if (!take_prolog(&plain) || !take_root(&plain))
        return false;
    skip_misc(&plain);
    return plain.stopped || plain.p == plain.end;
}

bool mlint_xml_plain(struct mlint_str text, uint32_t from,
                     const struct mlint_xml_plain_handler *handler)
{
    if (text.len > LONGEST_TEXT || !walk(text, from, NULL) ||
        mlint_str_find(text, MLINT_STR("\xEF\xBF")) < text.len) /* U+FFFE is no character */
        return false;
    walk(text, from, handler);
    return true;
}
