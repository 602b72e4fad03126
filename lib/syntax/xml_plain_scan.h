/* xml_plain_scan.h: the searches through blanks, texts and comments of plain XML; private to
 * xml_plain.c. */
#ifndef MLINT_SYNTAX_XML_PLAIN_SCAN_H
#define MLINT_SYNTAX_XML_PLAIN_SCAN_H

#include "base/str.h"

static inline bool mlint_plain_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The first that is no blank, or the end. */
const char *mlint_plain_blanks_run(const char *p, const char *end);
static inline const char *mlint_plain_blanks_end(const char *p, const char *end)
{
    return p < end && mlint_plain_is_blank(*p) ? mlint_plain_blanks_run(p, end) : p;
}
/* The first that is no letter of a text: "<", "&", "]", a control character or a line's end. */
const char *mlint_plain_letters_end(const char *p, const char *end);
/* A bit for each of the 64 bytes at p that is none. */
uint64_t mlint_plain_marks(const char *p);
/* The same, line ends and tabs being letters. */
static inline const char *mlint_plain_text_end(const char *p, const char *end)
{
    p = mlint_plain_letters_end(p, end);
    while (p < end && mlint_plain_is_blank(*p))
        p = mlint_plain_letters_end(mlint_plain_blanks_run(p, end), end);
    return p;
}
/* Whether there is a control character. */
bool mlint_plain_has_control(struct mlint_str text);

#endif
