/* view.h: a finding of a result told like one between files, so that flat reports (a line, a
 * row, a result each) write both the same way. */
#ifndef MLINT_REPORT_VIEW_H
#define MLINT_REPORT_VIEW_H

#include "report/reporter.h"

/* Fill *out from a finding; its strings live as long as the result and the rendering. `related`
 * is left empty, numbers count in the result. */
/* Where a place lies: its source, which user.js over prefs.js makes another than the file. */
const char *mlint_view_path(const struct mlint_result *result, const struct mlint_place *place);
void mlint_view_finding(const struct mlint_result *result, const struct mlint_finding *finding,
                        struct mlint_cross *out);
/* Call write for each finding of the result that is final. */
void mlint_view_each(struct mlint_rendering *rendering, const struct mlint_result *result,
                     void (*write)(struct mlint_rendering *rendering,
                                   const struct mlint_cross *view));

#endif
