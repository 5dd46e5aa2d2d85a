/* Plans as they come in, checked or made into documents. */
#ifndef TR_CLI_PLANS_H
#define TR_CLI_PLANS_H

#include "cli/writing/documents.h"
#include "domain/referral/mask.h"
#include "domain/routine/paper.h"

struct tr_plans {
    struct tr_app *app;
    struct tr_paper_forms forms;
    const struct tr_document_format *format;
    enum tr_lang lang;
    const char *path; /* of a file or a folder; NULL: standard output */
    const char *day;  /* that the documents bear; NULL: none */
    bool check;       /* list what is missing instead */
    bool name;        /* the person's name, too */
    bool fields;      /* the documents are filled in where they are shown */

    bool many;   /* into a folder */
    struct tr_folder *folder;
    struct tr_records missing;
    struct tr_dict cases; /* seen, to the line of each */
    struct tr_masks masks; /* loaded where somebody's address is protected */
    bool masked;
};

/* Reads a paper by the form that it says it is of. -1 when anything is wrong, all of which is told, with
 * its place. p is to be cleared either way. */
int tr_paper_read(struct tr_plan *p, const struct tr_paper_forms *forms,
                  const struct tr_json *document, const struct tr_plan_source *source,
                  const struct tr_listener *listener);

/* Notes in seen, id to line, that the paper was; one that was before, of its kind and id, is said: -1. */
int tr_paper_once(struct tr_app *app, struct tr_dict *seen, const struct tr_plan *paper,
                  const struct tr_plan_source *source);

/* Gives each plan of an input, a JSON object, to take, which returns less than 0 to stop. stream is
 * in front of what follows. -1: said, status raised. */
int tr_plans_each(struct tr_app *app, const char *path,
                  int (*take)(void *cookie, const struct tr_json_stream *stream,
                              const struct tr_json *document, uint64_t line),
                  void *cookie);

/* Takes the plans of all arguments, or of standard input. Faults are said. */
void tr_plans_run(struct tr_plans *p);

/* Plans that stay in memory. */
struct tr_kept_plans {
    int32_t bydel;       /* of this district only; -1: of any */
    const char *case_id; /* of this case only; NULL: all */
    bool registered;     /* they are out of a register: see tr_plans_keep */
    struct tr_app *app;
    struct tr_paper_forms forms;
    struct tr_plan *plan;
    uint32_t n, room;
};

/* Adds those in path; NULL: there are none. A plan that is wrong stops it; out of a register, where
 * it was right when it was put in and the profile has changed since, it is told and left out. -1: said,
 * status raised. */
int tr_plans_keep(struct tr_app *app, struct tr_kept_plans *k, const char *path);
void tr_plans_let_go(struct tr_kept_plans *k);

#endif
