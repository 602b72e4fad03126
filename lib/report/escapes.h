/* escapes.h: text from files, made harmless for what it is written into. All of them take any
 * bytes and write valid UTF-8 without control characters. JSON has json_out.h. */
#ifndef MLINT_REPORT_ESCAPES_H
#define MLINT_REPORT_ESCAPES_H

#include "base/buf.h"

/* XML and HTML, text or attribute. */
void mlint_xml_text(struct mlint_buf *out, struct mlint_arena *arena, const char *text);
/* A cell with its quotes, which no spreadsheet takes for a formula. NULL: an empty one. */
void mlint_csv_cell(struct mlint_buf *out, struct mlint_arena *arena, const char *text);
/* A workflow command's message, or a property's value (colons and commas as well). */
void mlint_github_data(struct mlint_buf *out, struct mlint_arena *arena, const char *text);
void mlint_github_property(struct mlint_buf *out, struct mlint_arena *arena, const char *text);
/* A path as a URI reference (RFC 3986): relative as it is, absolute as file:///. */
void mlint_uri(struct mlint_buf *out, const char *path);

#endif
