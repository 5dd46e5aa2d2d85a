/* Forms of inspections as they come back: tables, or the documents that people filled in. */
#ifndef TR_CLI_INSPECTING_H
#define TR_CLI_INSPECTING_H

#include "cli/app/app.h"
#include "domain/homes/inspection.h"

struct tr_forms {
    struct tr_records set[TR_TEXTS_MAX]; /* tr_form_point_kind */
    int n;
};

/* Reads each of the files, a table or a document of Word or LibreOffice; "-" is a table. forms is
 * zeroed. -1: said, status raised. */
int tr_forms_read(struct tr_app *app, struct tr_forms *forms, const struct tr_texts *paths,
                  const struct tr_records *sites, const struct tr_site_rules *rules);
void tr_forms_clear(struct tr_forms *forms);

/* Writes the blank forms, which follow one another as tr_inspection_blank made them, as a document.
 * fields: to be filled in on the screen, see struct tr_document. */
int tr_forms_put(struct tr_app *app, const struct tr_records *sites, const struct tr_records *points,
                 enum tr_lang lang, bool fields, const char *format, const char *path);

#endif
