/* xml_plain.c: a strict reader of the part of XML that client programs write: elements, plain
 * attributes, text. No references, comments, CDATA, instructions, namespaces or DTD but
 * Apple's.
 *
 * libxml2 is the authority: whatever is not plain, and every doubt, goes to it, and a test
 * holds the two together on every case and on mutants of them. What is gained is that most runs
 * never open libxml2, whose libraries take longer to load than a thousand profiles to read. */
#include "syntax/xml_plain.h"

#include "base/utf8.h"
#include "source/limits.h"

enum {
    LONGEST_TEXT = 8 << 20, /* libxml2 has ceilings of its own beyond */
    LONGEST_NAME = 128,
    ATTRIBUTES = 8,
};

struct plain {
    struct mlint_str text;
    size_t at;
    const struct mlint_xml_handler *handler; /* NULL: look only */
    struct mlint_str open[MLINT_LIMIT_DEPTH];
    unsigned depth;
    bool stopped; /* the handler wants no more */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '-' || c == '.';
}

static void skip_blanks(struct plain *plain)
{
    while (plain->at < plain->text.len && is_blank(plain->text.ptr[plain->at]))
        plain->at++;
}

static bool take(struct plain *plain, const char *word)
{
    struct mlint_str wanted = mlint_str_from(word);

    if (!mlint_str_starts(mlint_str_sub(plain->text, plain->at, plain->text.len), wanted))
        return false;
    plain->at += wanted.len;
    return true;
}

static bool take_name(struct plain *plain, struct mlint_str *name)
{
    size_t from = plain->at;

    while (plain->at < plain->text.len && is_name(plain->text.ptr[plain->at]))
        plain->at++;
    *name = mlint_str_sub(plain->text, from, plain->at);
    return name->len && name->len <= LONGEST_NAME &&
           !mlint_str_starts_nocase(*name, MLINT_STR("xml")) &&
           ((name->ptr[0] | 32) >= 'a' || name->ptr[0] == '_') && name->ptr[0] != '-';
}

/* What stands before the root element. */
static bool take_prolog(struct plain *plain)
{
    static const char *const declarations[] = {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
        "<?xml version=\"1.0\"?>",
    };
    static const char *const doctypes[] = {
        "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
        "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">",
        "<!DOCTYPE plist PUBLIC \"-//Apple Computer//DTD PLIST 1.0//EN\" "
        "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">",
    };

    for (size_t i = 0; i < 3 && !take(plain, declarations[i]); i++)
        ;
    skip_blanks(plain);
    for (size_t i = 0; i < 2 && !take(plain, doctypes[i]); i++)
        ;
    skip_blanks(plain);
    return plain->at < plain->text.len && plain->text.ptr[plain->at] == '<';
}

/* name="value"; the value holds nothing that XML would change. */
static bool take_attribute(struct plain *plain, struct mlint_xml_attribute *out)
{
    size_t from;

    if (!take_name(plain, &out->name) || !take(plain, "=\""))
        return false;
    from = plain->at;
    for (; plain->at < plain->text.len && plain->text.ptr[plain->at] != '"'; plain->at++) {
        char c = plain->text.ptr[plain->at];
        if (c == '<' || c == '&' || (unsigned char)c < 0x20)
            return false;
    }
    out->value = mlint_str_sub(plain->text, from, plain->at);
    return take(plain, "\"");
}

static bool take_attributes(struct plain *plain, struct mlint_xml_attribute *list,
                            size_t *count)
{
    for (*count = 0; *count < ATTRIBUTES; ++*count) {
        size_t before = plain->at;
        skip_blanks(plain);
        if (plain->at < plain->text.len && strchr("/>", plain->text.ptr[plain->at])) {
            plain->at = before; /* the handler is told where the last attribute ends */
            return true;
        }
        if (plain->at == before || !take_attribute(plain, &list[*count]))
            return false;
        for (size_t i = 0; i < *count; i++) {
            if (mlint_str_eq(list[i].name, list[*count].name))
                return false;
        }
    }
    return false;
}

static bool tell_open(struct plain *plain, size_t at, const struct mlint_xml_attribute *list,
                      size_t count)
{
    if (plain->handler && !plain->handler->open(plain->handler->user, at, list, count))
        plain->stopped = true;
    return !plain->stopped;
}

static bool tell_close(struct plain *plain)
{
    if (plain->handler && !plain->handler->close(plain->handler->user, plain->at))
        plain->stopped = true;
    return !plain->stopped;
}

static bool take_start_tag(struct plain *plain)
{
    struct mlint_xml_attribute list[ATTRIBUTES];
    struct mlint_str name;
    size_t count, place;

    plain->at++;
    if (plain->depth == MLINT_LIMIT_DEPTH || !take_name(plain, &name) ||
        !take_attributes(plain, list, &count))
        return false;
    skip_blanks(plain);
    place = plain->at;
    plain->open[plain->depth++] = name;
    if (!tell_open(plain, place, list, count))
        return true;
    if (take(plain, "/>")) {
        plain->depth--;
        tell_close(plain);
        return true;
    }
    return take(plain, ">");
}

static bool take_end_tag(struct plain *plain)
{
    struct mlint_str name;

    plain->at += 2;
    if (!plain->depth || !take_name(plain, &name) ||
        !mlint_str_eq(name, plain->open[plain->depth - 1]))
        return false;
    skip_blanks(plain);
    if (!take(plain, ">"))
        return false;
    plain->depth--;
    tell_close(plain);
    return true;
}

/* XML makes every line end one LF. */
static void tell_text(struct plain *plain, struct mlint_str text)
{
    while (plain->handler && !plain->stopped && text.len) {
        size_t cr = mlint_str_find_char(text, '\r');
        bool lone = cr < text.len && (cr + 1 >= text.len || text.ptr[cr + 1] != '\n');
        if (cr && !plain->handler->text(plain->handler->user, mlint_str_sub(text, 0, cr)))
            plain->stopped = true;
        if (lone && !plain->stopped &&
            !plain->handler->text(plain->handler->user, MLINT_STR("\n")))
            plain->stopped = true;
        text = mlint_str_sub(text, cr + 1, text.len);
    }
}

static bool take_text(struct plain *plain)
{
    size_t from = plain->at;

    for (; plain->at < plain->text.len && plain->text.ptr[plain->at] != '<'; plain->at++) {
        char c = plain->text.ptr[plain->at];
        if (c == '&' || c == ']' || ((unsigned char)c < 0x20 && !is_blank(c)))
            return false;
    }
    tell_text(plain, mlint_str_sub(plain->text, from, plain->at));
    return plain->at < plain->text.len;
}

/* The root element and all in it. */
static bool take_root(struct plain *plain)
{
    do {
        bool taken;
        if (plain->text.ptr[plain->at] != '<')
            taken = take_text(plain);
        else if (plain->at + 1 < plain->text.len && plain->text.ptr[plain->at + 1] == '/')
            taken = take_end_tag(plain);
        else
            taken = take_start_tag(plain);
        if (!taken)
            return false;
    } while (plain->depth && !plain->stopped && plain->at < plain->text.len);
    return plain->stopped || plain->depth == 0;
}

static bool walk(struct mlint_str text, const struct mlint_xml_handler *handler)
{
    struct plain plain = { .text = text, .handler = handler };

    if (!take_prolog(&plain) || !take_root(&plain))
        return false;
    skip_blanks(&plain);
    return plain.stopped || plain.at == text.len;
}

bool mlint_xml_plain(struct mlint_str text, const struct mlint_xml_handler *handler)
{
    if (text.len > LONGEST_TEXT || !walk(text, NULL) || !mlint_utf8_valid(text) ||
        mlint_str_find(text, MLINT_STR("\xEF\xBF")) < text.len) /* U+FFFE is no character */
        return false;
    walk(text, handler);
    return true;
}
