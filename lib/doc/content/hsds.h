/* The list of vacant places for other systems: the Human Services Data Specification (HSDS) of Open
 * Referral, as a tabular data package with one file per resource. It tells of institutions and
 * places, never of anybody who lives in one or waits for one. */
#ifndef TR_DOC_CONTENT_HSDS_H
#define TR_DOC_CONTENT_HSDS_H

#include "base/out.h"
#include "domain/places/institution.h"

struct tr_hsds {
    const struct tr_profile *profile;
    const struct tr_records *places; /* of tr_vacancy_kind */
    const uint32_t *chosen;          /* those that are published, each once */
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
