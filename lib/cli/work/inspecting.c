#include "cli/work/inspecting.h"

#include <stdlib.h>

#include "cli/input/inputs.h"
#include "cli/input/records.h"
#include "cli/writing/documents.h"
#include "doc/content/site_form.h"
#include "doc/content/site_form_read.h"

/* Reads fd, which is path, as a document. 1: it is none, so that it may be a table; -1: said. */
static int read_document(struct tr_app *app, struct tr_records *out, int fd, const char *path,
                         const struct tr_records *sites, const struct tr_site_rules *rules)
{
    const struct tr_listener listener = tr_app_listener(app);
    struct tr_filled filled;
    int rc = tr_filled_take(app, &filled, fd, path);

    if (rc == 0 && (rc = tr_site_form_read(out, sites, rules, &filled, path, &listener)) < 0)
        tr_app_raise(app, TR_EXIT_DATA);
    tr_filled_clear(&filled);
    return rc;
}

/* Reads path as a document, or else as a table. */
static int read_form(struct tr_app *app, struct tr_records *out, const char *path,
                     const struct tr_records *sites, const struct tr_site_rules *rules)
{
    char *held;
    int fd = tr_filled_open(app, path, &held), rc;

    if (fd < 0)
        return -1;
    rc = read_document(app, out, fd, path, sites, rules);
    if (rc > 0)
        rc = tr_app_records_held(app, &tr_form_point_kind, held ? held : path, path, out);
    tr_file_close(fd);
    free(held);
    return rc;
}

int tr_forms_read(struct tr_app *app, struct tr_forms *forms, const struct tr_texts *paths,
                  const struct tr_records *sites, const struct tr_site_rules *rules)
{
    int rc = 0;

    while (forms->n < paths->n && rc == 0) {
        const char *path = paths->at[forms->n];
        struct tr_records *set = &forms->set[forms->n++];

        rc = read_form(app, set, path, sites, rules);
    }
    return rc;
}

void tr_forms_clear(struct tr_forms *forms)
{
    while (forms->n > 0)
        tr_records_clear(&forms->set[--forms->n]);
}

int tr_forms_put(struct tr_app *app, const struct tr_records *sites,
                 const struct tr_records *points, enum tr_lang lang, bool fields,
                 const char *format, const char *path)
{
    struct tr_document d;
    int rc;

    tr_document_start(&d, &app->profile, lang, TR_STR(""),
                      tr_profile_value(&app->profile, "agency"), TR_STR(""));
    d.fields = fields;
    tr_site_form_make(&d, sites, points);
    rc = tr_document_put(app, &d, tr_document_format_find(format), path, false);
    tr_document_clear(&d);
    return rc;
}
