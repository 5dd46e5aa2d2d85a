/* Plans as they come in, checked or made into documents. */
#ifndef TR_CLI_PLANS_H
#define TR_CLI_PLANS_H

#include "cli/documents.h"
#include "domain/routine/plan.h"

struct tr_plans {
    struct tr_app *app;
    struct tr_plan_form form;
    const struct tr_document_format *format;
    enum tr_lang lang;
    const char *path; /* of a file or a folder; NULL: standard output */
    const char *day;  /* that the documents bear; NULL: none */
    bool check;       /* list what is missing instead */
    bool name;        /* the person's name, too */

    bool folder;
    struct tr_records missing;
    struct tr_dict cases; /* seen, to the line of each */
};

/* Takes the plans of all arguments, or of standard input. Faults are said. */
void tr_plans_run(struct tr_plans *p);

#endif
