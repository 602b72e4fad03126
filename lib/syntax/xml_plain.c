/* xml_plain.c: a strict reader of the part of XML that client programs write: elements, plain
 * attributes, text with the five references of XML itself, comments between elements. No other
 * references, CDATA, instructions, namespaces or DTD but Apple's.
 *
 * libxml2 is the authority: whatever is not plain, and every doubt, goes to it, and a test
 * holds the two together on every case and on mutants of them. What is gained is that most runs
 * never open libxml2, whose libraries take longer to load than a thousand profiles to read. */
#include "syntax/xml_plain.h"

#include <endian.h>

#include "base/eight.h"
#include "base/sixteen.h"
#include "source/limits.h"
#include "syntax/xml_plain_scan.h"

enum {
    LONGEST_TEXT = 8 << 20, /* libxml2 has ceilings of its own beyond */
    LONGEST_NAME = 128,
    ATTRIBUTES = 8,
    KNOWN = 16,     /* names; a power of two */
    KNOWN_TAG = 16, /* bytes of one at most, with its ">": two times eight */
    /* Where a leaf is looked for: "<", its start tag, 64 bytes of text, "</" and its end tag.
     */
    LEAF_ROOM = 1 + KNOWN_TAG + 64 + 2 + KNOWN_TAG,
};

struct plain {
    const char *start, *p, *end;
    const char *behind; /* the end of the last tag or comment: the text begins here */
    struct mlint_arena *arena;
    const struct mlint_xml_sink *sink;
    struct mlint_xml_element open[MLINT_LIMIT_DEPTH];
    unsigned depth;
    /* Names of start tags without attributes as they were last seen, with the ">" or "/>". */
    struct mlint_str known[KNOWN];
    bool commented;     /* a comment stands between the last tag and here */
    bool has_reference; /* so does one of the five that need no DTD */
    bool stopped;       /* the sink wants no more: the rest is only looked at */
};

static uint32_t place_of(const struct plain *plain, const char *p)
{
    return (uint32_t)(p - plain->start);
}

static void skip_blanks(struct plain *plain)
{
    const char *p = plain->p;

    while (p < plain->end && mlint_plain_is_blank(*p))
        p++;
    plain->p = p;
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

/* Of ASCII; names with other letters are not plain. */
static bool begins_name(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

static bool in_name(char c)
{
    return begins_name(c) || (c >= '-' && c <= '9' && c != '/');
}

#if defined(__SSE2__)
/* A bit for each of sixteen bytes that may be in a name. */
static unsigned names_among(const char *p)
{
    __m128i bytes = mlint_sixteen(p);
    __m128i letters = mlint_sixteen_between(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');
    __m128i digits =
        _mm_andnot_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('/')),
                         mlint_sixteen_between(bytes, '-', '9')); /* "-" and "." as well */
    __m128i underscores = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'));

    return (unsigned)_mm_movemask_epi8(
        _mm_or_si128(_mm_or_si128(letters, digits), underscores));
}
#endif

/* The first byte that is in no name, or the end. */
static const char *name_end(const char *p, const char *end)
{
#if defined(__SSE2__)
    for (; end - p >= 16; p += 16) {
        unsigned mask = names_among(p);

        if (mask != 0xFFFF)
            return p + __builtin_ctz(~mask);
    }
#endif
    while (p < end && in_name(*p))
        p++;
    return p;
}

/* A name; those that begin with "xml" are libxml2's business. */
static bool take_name(struct plain *plain, struct mlint_str *name)
{
    const char *from = plain->p, *p = name_end(from, plain->end);

    plain->p = p;
    *name = mlint_str_make(from, (size_t)(p - from));
    return name->len && name->len <= LONGEST_NAME && begins_name(*from) &&
           !((*from == 'x' || *from == 'X') &&
             mlint_str_starts_nocase(*name, MLINT_STR("xml")));
}

/* A comment; "--" in it is libxml2's to complain of. */
static bool take_comment(struct plain *plain)
{
    struct mlint_str inside;

    if (!take(plain, MLINT_STR("<!--")))
        return false;
    inside = mlint_str_make(plain->p, (size_t)(plain->end - plain->p));
    inside.len = mlint_str_find(inside, MLINT_STR("--"));
    plain->p += inside.len;
    return take(plain, MLINT_STR("-->")) && !mlint_plain_has_control(inside);
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
    const char *from = plain->p, *p;

    if (!take_name(plain, &out->name) || !take_char(plain, '=') || !take_char(plain, '"'))
        return false;
    out->name_span =
        (struct mlint_span){ place_of(plain, from), place_of(plain, from + out->name.len) };
    from = plain->p;
    for (p = from; p < plain->end && *p != '"'; p++) {
        if (*p == '<' || *p == '&' || (unsigned char)*p < 0x20)
            return false;
    }
    plain->p = p;
    out->value = mlint_str_make(from, (size_t)(p - from));
    out->value_span = (struct mlint_span){ place_of(plain, from), place_of(plain, p) };
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

/* ---- Telling ---- */

static struct mlint_span span_of(const struct plain *plain, const char *begin, const char *end)
{
    return (struct mlint_span){ place_of(plain, begin), place_of(plain, end) };
}

/* Text beside elements, from its first character that is no blank up to `end`. */
static void tell_stray(const struct plain *plain, const char *ink, const char *end)
{
    if (ink == end || !plain->sink->stray || plain->stopped)
        return;
    while (mlint_plain_is_blank(end[-1]))
        end--;
    plain->sink->stray(plain->sink->user, span_of(plain, ink, end));
}

static void tell_open(struct plain *plain, const struct mlint_xml_element *element,
                      const struct mlint_xml_written *list, size_t count)
{
    plain->behind = plain->p;
    if (!plain->stopped)
        plain->stopped =
            !plain->sink->open(plain->sink->user, element, list, count) || plain->arena->failed;
    plain->depth++;
}

static void tell_close(struct plain *plain, const struct mlint_xml_element *element,
                       struct mlint_str text, struct mlint_span span)
{
    plain->behind = plain->p;
    if (!plain->stopped)
        plain->stopped =
            !plain->sink->close(plain->sink->user, element, text, span) || plain->arena->failed;
}

/* ---- References and line ends ---- */

static const struct {
    struct mlint_str written;
    char meant;
} references[] = {
    { MLINT_STR_INIT("&amp;"), '&' },   { MLINT_STR_INIT("&lt;"), '<' },
    { MLINT_STR_INIT("&gt;"), '>' },    { MLINT_STR_INIT("&quot;"), '"' },
    { MLINT_STR_INIT("&apos;"), '\'' },
};

/* One of the five that XML itself has; returns its length and what it stands for, or 0. */
static size_t reference_at(const char *p, const char *end, char *meant)
{
    struct mlint_str rest = mlint_str_make(p, (size_t)(end - p));

    for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++) {
        if (mlint_str_starts(rest, references[i].written)) {
            *meant = references[i].meant;
            return references[i].written.len;
        }
    }
    return 0;
}

/* What a text says that has references or a CR: XML makes every line end one LF. */
static struct mlint_str resolve(struct mlint_arena *arena, struct mlint_str text)
{
    const char *p = text.ptr, *end = p + text.len;
    char *out = mlint_arena_bytes(arena, text.len);
    size_t len = 0;

    while (out && p < end) {
        size_t taken = *p == '&' ? reference_at(p, end, &out[len]) : 0;

        if (taken)
            len++;
        else if (*p != '\r')
            out[len++] = *p;
        else if (end - p == 1 || p[1] != '\n')
            out[len++] = '\n';
        p += taken ? taken : 1;
    }
    mlint_arena_trim(arena, out, text.len, len);
    return out ? mlint_str_make(out, len) : MLINT_STR("");
}

/* ---- Tags ---- */

/* Whether the first bytes of two places in a text are the same, one to eight of them, with
 * eight to be read at both. */
static bool same_start(const char *a, const char *b, size_t len)
{
    return be64toh(mlint_eight(a) ^ mlint_eight(b)) >> (64 - 8 * len) == 0;
}

/* The same of one to KNOWN_TAG bytes, as many to be read. */
static bool same_tag(const char *a, const char *b, size_t len)
{
    if (len < 8)
        return same_start(a, b, len);
    return mlint_eight(a) == mlint_eight(b) &&
           mlint_eight(a + len - 8) == mlint_eight(b + len - 8);
}

static struct mlint_str *known_at(struct plain *plain, const char *p)
{
    return &plain->known[(5 * (unsigned char)p[0] + (unsigned char)p[1]) & (KNOWN - 1)];
}

/* The name of a start tag and its ">" or "/>", if the same stood here before: most names of a
 * document come again and again. */
static bool take_known(struct plain *plain, struct mlint_str *name, bool *empty)
{
    const struct mlint_str *known;

    if (plain->end - plain->p < KNOWN_TAG) /* as many as are looked at */
        return false;
    known = known_at(plain, plain->p);
    if (known->len == 0 || !same_tag(plain->p, known->ptr, known->len))
        return false;
    *empty = known->ptr[known->len - 2] == '/';
    *name = mlint_str_make(plain->p, known->len - (*empty ? 2 : 1));
    plain->p += known->len;
    return true;
}

/* A name with what is behind it. */
static void learn(struct plain *plain, struct mlint_str tag)
{
    if (tag.len <= KNOWN_TAG)
        *known_at(plain, tag.ptr) = tag;
}

/* Name and attributes of a start tag, up to behind the ">"; *empty: "/>". */
static bool take_inside_of_tag(struct plain *plain, struct mlint_str *name,
                               struct mlint_xml_written *list, size_t *count, bool *empty)
{
    *count = 0;
    if (take_known(plain, name, empty))
        return true;
    if (!take_name(plain, name))
        return false;
    *empty = take(plain, MLINT_STR("/>"));
    if (*empty || take_char(plain, '>')) { /* so nearly all end */
        learn(plain, mlint_str_make(name->ptr, name->len + (*empty ? 2 : 1)));
        return true;
    }
    if (!take_attributes(plain, list, count))
        return false;
    *empty = take_char(plain, '/');
    return take_char(plain, '>');
}

/* Past the text and the end tag of an element that has just begun, if the text is short and
 * stands as written; most elements are no more. */
static bool take_leaf(struct plain *plain, struct mlint_str name, struct mlint_str *text)
{
    const char *p = plain->p, *end;
    uint64_t marks;

    if (plain->end - p < LEAF_ROOM || name.len >= KNOWN_TAG)
        return false;
    marks = mlint_plain_marks(p);
    if (!marks)
        return false;
    end = p + __builtin_ctzll(marks);
    if (end[0] != '<' || end[1] != '/' || end[2 + name.len] != '>' ||
        !same_tag(end + 2, name.ptr, name.len))
        return false;
    *text = mlint_str_make(p, (size_t)(end - p));
    plain->p = end + 3 + name.len;
    return true;
}

/* An element and its text at once. */
static void tell_whole(struct plain *plain, const struct mlint_xml_element *element,
                       const struct mlint_xml_written *list, size_t count,
                       struct mlint_str text, struct mlint_span span)
{
    const struct mlint_xml_sink *sink = plain->sink;
    bool goes_on;

    plain->behind = plain->p;
    if (plain->stopped)
        return;
    if (count == 0)
        goes_on = sink->leaf(sink->user, element, text, span);
    else
        goes_on = sink->open(sink->user, element, list, count) &&
                  sink->close(sink->user, element, text, span);
    plain->stopped = !goes_on || plain->arena->failed;
}

/* Of an element that has text or elements: all of it, or that it opens. */
static void tell_rest(struct plain *plain, const struct mlint_xml_element *element,
                      const struct mlint_xml_written *list, size_t count)
{
    struct mlint_str text;

    if (take_leaf(plain, element->name, &text))
        tell_whole(plain, element, list, count, text,
                   span_of(plain, text.ptr, text.ptr + text.len));
    else
        tell_open(plain, element, list, count);
}

/* `ink`: the first character since the last tag that is no blank, or the "<". */
static bool take_start_tag(struct plain *plain, const char *ink)
{
    struct mlint_xml_element *element = &plain->open[plain->depth];
    struct mlint_xml_written list[ATTRIBUTES];
    const char *begin = plain->p++;
    size_t count;
    bool empty;

    if (plain->depth == MLINT_LIMIT_DEPTH ||
        !take_inside_of_tag(plain, &element->name, list, &count, &empty))
        return false;
    element->name_span = span_of(plain, begin + 1, begin + 1 + element->name.len);
    element->tag = span_of(plain, begin, plain->p);
    element->has_elements = false;
    if (plain->depth) {
        element[-1].has_elements = true;
        tell_stray(plain, ink, begin);
    }
    if (empty)
        tell_whole(plain, element, list, count, MLINT_STR(""),
                   (struct mlint_span){ element->tag.begin, element->tag.begin });
    else
        tell_rest(plain, element, list, count);
    return true;
}

/* The name of the element that ends; it began earlier in the text. */
static bool take_name_again(struct plain *plain, struct mlint_str name)
{
    if (name.len > 8 || plain->end - plain->p < 8)
        return take(plain, name);
    if (!same_start(plain->p, name.ptr, name.len))
        return false;
    plain->p += name.len;
    return true;
}

static bool take_end_tag(struct plain *plain, const char *ink)
{
    const char *begin = plain->p;
    const struct mlint_xml_element *element = &plain->open[plain->depth - 1];
    struct mlint_str text = mlint_str_make(plain->behind, (size_t)(begin - plain->behind));

    plain->p += 2;
    if (!take_name_again(plain, element->name))
        return false;
    if (plain->p < plain->end && *plain->p != '>')
        skip_blanks(plain);
    if (!take_char(plain, '>'))
        return false;
    if (element->has_elements) {
        tell_stray(plain, ink, begin);
        text = MLINT_STR("");
    } else if (plain->has_reference || memchr(text.ptr, '\r', text.len)) {
        text = resolve(plain->arena, text);
    }
    plain->depth--;
    tell_close(plain, element, text,
               (struct mlint_span){ element->tag.end, place_of(plain, begin) });
    return true;
}

/* ---- Text ---- */

/* From its first character that is no blank up to the "<" behind it. */
static bool take_text(struct plain *plain, const char *ink)
{
    const char *p = ink, *end = plain->end;

    while (p < end && *p != '<') {
        char meant;
        size_t taken = *p == '&' ? reference_at(p, end, &meant)
                                 : (size_t)(mlint_plain_text_end(p, end) - p);

        if (!taken)
            return false;
        plain->has_reference |= *p == '&';
        p += taken;
    }
    plain->p = p;
    return end - p >= 2;
}

/* A comment that no text is beside. Where one parts a text in two, libxml2 joins them. */
static bool take_inner_comment(struct plain *plain, const char *ink)
{
    if (ink != plain->p || !take_comment(plain))
        return false;
    plain->commented = true;
    plain->behind = plain->p;
    return true;
}

static bool take_tag(struct plain *plain, const char *ink)
{
    bool closes = plain->p[1] == '/';

    if (plain->commented &&
        (ink != plain->p || (closes && !plain->open[plain->depth - 1].has_elements)))
        return false;
    plain->commented = false;
    if (!(closes ? take_end_tag(plain, ink) : take_start_tag(plain, ink)))
        return false;
    plain->has_reference = false;
    return true;
}

/* The root element and all in it; the first is no end tag. */
static bool take_root(struct plain *plain)
{
    if (plain->end - plain->p < 2 || plain->p[1] == '/' || plain->p[1] == '!')
        return false;
    do {
        const char *ink = mlint_plain_blanks_end(plain->p, plain->end);

        if (!take_text(plain, ink))
            return false;
        if (!(plain->p[1] == '!' ? take_inner_comment(plain, ink) : take_tag(plain, ink)))
            return false;
    } while (plain->depth);
    return true;
}

/* U+FFFE and U+FFFF begin so; they are no characters. */
static bool may_have_none(struct mlint_str text)
{
    return memchr(text.ptr, 0xEF, text.len) &&
           mlint_str_find(text, MLINT_STR("\xEF\xBF")) < text.len;
}

bool mlint_xml_plain(struct mlint_str text, uint32_t from, bool ascii,
                     struct mlint_arena *arena, const struct mlint_xml_sink *sink)
{
    struct plain plain;

    if (text.len > LONGEST_TEXT || from >= text.len || (!ascii && may_have_none(text)))
        return false;
    plain.start = text.ptr;
    plain.p = text.ptr + from;
    plain.end = text.ptr + text.len;
    plain.arena = arena;
    plain.sink = sink;
    plain.depth = 0;
    memset(plain.known, 0, sizeof(plain.known));
    plain.stopped = plain.commented = plain.has_reference = false;
    if (!take_prolog(&plain) || !take_root(&plain))
        return false;
    skip_misc(&plain);
    return plain.p == plain.end;
}
