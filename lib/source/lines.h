/* lines.h: counts the line ends and the characters of a text, which is asked of whole files. */
#ifndef MLINT_SOURCE_LINES_H
#define MLINT_SOURCE_LINES_H

#include "base/cpu.h"
#include "base/str.h"

/* Whether a line ends at this byte: an LF, or a CR with none behind it. */
static inline bool mlint_ends_line(struct mlint_str text, uint32_t at)
{
    return text.ptr[at] == '\n' ||
           (text.ptr[at] == '\r' && (at + 1 >= text.len || text.ptr[at + 1] != '\n'));
}

/* Line ends in [from, to): LF, CRLF (counted at its LF) and lone CR. */
unsigned mlint_count_lines(struct mlint_str text, uint32_t from, uint32_t to);
/* UTF-16 units that the text takes. */
uint32_t mlint_count_units(struct mlint_str text);

#if defined(__SSE2__)
#define MLINT_LINES_VECTOR 1
#define MLINT_LINES_BLOCK 128 /* bytes */
#define MLINT_LINES_MOST 31   /* blocks */

/* Whole blocks, MLINT_LINES_MOST of them at most, in one of the widths that a processor has. */
struct mlint_lines_kernel {
    /* LFs; false: there is a CR as well */
    bool (*feeds)(const char *p, size_t blocks, unsigned *lines);
    unsigned (*ends)(const char *p, size_t blocks); /* line ends; looks at a byte more */
};

extern const struct mlint_lines_kernel mlint_lines_sse2;
#ifdef MLINT_CPU_X86
extern const struct mlint_lines_kernel mlint_lines_avx2;
#endif
#endif

#endif
