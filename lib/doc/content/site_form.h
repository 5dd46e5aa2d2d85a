/* The form of an inspection: the points of a site, to answer with yes or no on the spot. */
#ifndef TR_DOC_CONTENT_SITE_FORM_H
#define TR_DOC_CONTENT_SITE_FORM_H

#include "doc/document/document.h"
#include "domain/homes/inspection.h"

/* Fills a document that was started: a section for each site. points: of tr_form_point_kind, with
 * those of a site together. */
void tr_site_form_make(struct tr_document *d, const struct tr_records *sites,
                       const struct tr_records *points);

/* Adds a pair of a field's label and its text, unless that is empty. */
void tr_site_pair(struct tr_document *d, const char *field, struct tr_str text);

/* The label of a code in the document's language; the code of a district that has none. */
struct tr_str tr_site_label(const struct tr_document *d, const char *list, int entry);
struct tr_str tr_site_district(const struct tr_document *d, struct tr_str code);

/* Adds "(source)" to what is said of a point. */
void tr_site_source(struct tr_document *d, struct tr_str source);

#endif
