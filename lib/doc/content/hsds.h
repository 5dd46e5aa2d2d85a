/* A list of vacant places as others read it: the Human Services Data Specification of Open Referral
 * as a tabular data package, one file a resource. It tells of institutions and of places, never of
 * anybody who is in one or waits for one. */
#ifndef TR_DOC_CONTENT_HSDS_H
#define TR_DOC_CONTENT_HSDS_H

#include "base/out.h"
#include "domain/places/institution.h"

struct tr_hsds {
    const struct tr_profile *profile;
    const struct tr_records *places; /* of tr_vacancy_kind */
    const uint32_t *chosen;          /* which of them are published, each once */
    uint32_t n;                      /* of chosen */
    enum tr_lang lang;
};

/* The files of the package, in the order to write them; ends with a row whose name is NULL. */
struct tr_hsds_file {
    const char *name;
    int (*write)(const struct tr_hsds *h, struct tr_out *out); /* -1: memory */
};
extern const struct tr_hsds_file tr_hsds_files[];

#endif
