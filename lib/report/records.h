/* records.h: the objects of the JSON document, which are the records of the stream as well. */
#ifndef MLINT_REPORT_RECORDS_H
#define MLINT_REPORT_RECORDS_H

#include "report/json_out.h"
#include "report/reporter.h"

#define MLINT_SCHEMA 1

/* How records are written. */
struct mlint_records {
    struct mlint_rendering *rendering;
    bool stream; /* each says its type, its number and its file */
    bool show;   /* fields carry presence and place instead of the value alone */
};

void mlint_record_file(const struct mlint_records *records, unsigned section,
                       const struct mlint_file *file);
void mlint_record_account(const struct mlint_records *records, unsigned section,
                          const struct mlint_result *result,
                          const struct mlint_account *account);
void mlint_record_verdict(const struct mlint_records *records, unsigned section,
                          const struct mlint_result *result,
                          const struct mlint_verdict *verdict);
void mlint_record_finding(const struct mlint_records *records, unsigned section,
                          const struct mlint_result *result,
                          const struct mlint_finding *finding);
void mlint_record_cross_verdict(const struct mlint_records *records, unsigned section,
                                const struct mlint_cross *cross);
void mlint_record_cross_finding(const struct mlint_records *records, unsigned section,
                                const struct mlint_cross *cross);
void mlint_record_summary(const struct mlint_records *records, unsigned section,
                          const struct mlint_summary *summary);
void mlint_record_location(struct mlint_json *json, const char *key,
                           const struct mlint_location *place, const char *source);

#endif
