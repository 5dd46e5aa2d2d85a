/* A plan of homes as a report: what it adds up to, a map of tiles, who waits, the years, what each
 * kind of site must be, and every site. */
#ifndef TR_DOC_CONTENT_HOMES_REPORT_H
#define TR_DOC_CONTENT_HOMES_REPORT_H

#include "doc/document/document.h"
#include "domain/homes/homes_options.h"
#include "domain/homes/years.h"

struct tr_homes_report {
    const struct tr_homes *plan;
    const struct tr_records *sums, *options; /* tr_homes_sum_kind, tr_homes_option_kind */
    const struct tr_records *years;          /* tr_homes_year_kind; empty: none were asked for */
    const struct tr_demand *needs;
    int32_t met; /* the year in which all have a home; 0: never */
};

/* Fills a document that was started. */
void tr_homes_report_make(struct tr_document *d, const struct tr_homes_report *report);

#endif
