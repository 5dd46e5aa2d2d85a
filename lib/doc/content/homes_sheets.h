/* Requirements of each site of a plan, as points to tick. */
#ifndef TR_DOC_CONTENT_HOMES_SHEETS_H
#define TR_DOC_CONTENT_HOMES_SHEETS_H

#include "doc/document/document.h"
#include "domain/homes/homes.h"
#include "domain/homes/site_point.h"

/* Fills a document that was started: a section for each new site. */
void tr_homes_sheets_make(struct tr_document *d, const struct tr_records *sites,
                          const struct tr_site_rules *rules);

#endif
