/* Services as a document, provider by provider: what each service is and how to get it. */
#ifndef TR_DOC_CONTENT_CATALOGUE_H
#define TR_DOC_CONTENT_CATALOGUE_H

#include "doc/document/document.h"
#include "domain/routine/service.h"

/* Fills a document that was started with the chosen services. all: the whole catalogue, to find
 * services that answer after hours. group: entry of the list rop_group, need: of need; or -1. */
void tr_catalogue_make(struct tr_document *d, const struct tr_records *all, const uint32_t *chosen,
                       uint32_t n, int32_t group, int32_t need);

#endif
