/* A list of deadlines in any of its formats. */
#ifndef TR_CLI_DEADLINES_H
#define TR_CLI_DEADLINES_H

#include "cli/app.h"
#include "domain/routine/deadline.h"

enum {
    TR_DEADLINE_FORMAT_CSV,
    TR_DEADLINE_FORMAT_JSONL,
    TR_DEADLINE_FORMAT_ICS,
    TR_DEADLINE_FORMAT_DOCUMENT /* and on */
};
extern const char *const tr_deadline_formats[]; /* and NULL */

struct tr_deadline_list {
    enum tr_lang lang;
    int format;
    int32_t as_of;
    int32_t responsible;          /* role: what it is responsible for only; -1: any */
    uint32_t statuses;            /* bit: enum tr_deadline_status */
    const char *path;             /* NULL: standard output */
    struct tr_records identities; /* names for documents and calendars; may be empty */
};

/* Finds the deadlines of the events and writes them. Faults are said. */
void tr_deadline_list_put(struct tr_app *app, const struct tr_records *events,
                          const struct tr_deadline_list *w);

#endif
