/* page.h: the HTML report's page, in two parts: what stands before its data, and after. */
#ifndef MLINT_REPORT_PAGE_PAGE_H
#define MLINT_REPORT_PAGE_PAGE_H

extern const char mlint_page_head[];
extern const char mlint_page_tail[];

#endif
