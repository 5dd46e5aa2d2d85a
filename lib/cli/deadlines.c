#include "cli/deadlines.h"

#include "cli/documents.h"
#include "cli/records.h"
#include "doc/content/agenda.h"
#include "doc/content/ics.h"

const char *const tr_deadline_formats[] = {
    [TR_DEADLINE_FORMAT_CSV] = "csv",
    [TR_DEADLINE_FORMAT_JSONL] = "jsonl",
    [TR_DEADLINE_FORMAT_ICS] = "ics",
    [TR_DEADLINE_FORMAT_DOCUMENT] = "text",
    "markdown",
    "html",
    "odt",
    "pdf",
    NULL,
};

/* Leaves those that a role is responsible for. In a calendar the others are no longer its own: they
 * stay, to be cancelled. */
static void keep_role(struct tr_records *deadlines, int32_t role, bool calendar)
{
    uint32_t n = 0;

    for (uint32_t i = 0; role >= 0 && i < deadlines->n; i++) {
        struct tr_deadline *d = tr_deadline(deadlines, i);

        if (d->responsible != role && !calendar)
            continue;
        if (d->responsible != role)
            d->is = TR_DEADLINE_MOOT;
        *tr_deadline(deadlines, n++) = *d;
    }
    deadlines->n = role >= 0 ? n : deadlines->n;
}

static void put_document(struct tr_app *app, const struct tr_records *deadlines,
                         const struct tr_routine *routine, const struct tr_deadline_list *w)
{
    struct tr_document d;
    char iso[TR_DATE_LEN];

    tr_date_iso(tr_date_of(w->as_of), iso);
    tr_document_start(&d, &app->profile, w->lang, (struct tr_str){0},
                      tr_profile_value(&app->profile, "agency"), (struct tr_str){iso, sizeof iso});
    tr_agenda_make(&d, deadlines, routine, &w->identities, w->as_of);
    tr_document_put(app, &d, tr_document_format_find(tr_deadline_formats[w->format]), w->path,
                    false);
    tr_document_clear(&d);
}

static void put(struct tr_app *app, const struct tr_records *deadlines,
                const struct tr_routine *routine, const struct tr_deadline_list *w)
{
    struct tr_output output;

    if (w->format >= TR_DEADLINE_FORMAT_DOCUMENT) {
        put_document(app, deadlines, routine, w);
        return;
    }
    if (tr_output_open(app, &output, w->path, false) < 0)
        return;
    if (w->format == TR_DEADLINE_FORMAT_ICS)
        tr_ics_write(deadlines, routine, &w->identities, w->lang, w->as_of, &output.out);
    else
        tr_kind_write(&tr_deadline_kind, &app->profile, deadlines->record, deadlines->n,
                      w->format == TR_DEADLINE_FORMAT_CSV ? TR_FORMAT_CSV : TR_FORMAT_JSONL,
                      &output.out);
    tr_output_close(app, &output, true);
}

void tr_deadline_list_put(struct tr_app *app, const struct tr_records *events,
                          const struct tr_deadline_list *w)
{
    const struct tr_listener listener = tr_app_listener(app);
    struct tr_records deadlines = {0};
    struct tr_routine routine;
    struct tr_err err;

    if (tr_routine_load(&routine, &app->profile, &err) < 0)
        tr_app_fail(app, &err);
    else if (tr_deadlines_find(&deadlines, &routine, events, w->as_of, w->statuses, &listener) < 0)
        tr_app_no_memory(app);
    else {
        keep_role(&deadlines, w->responsible, w->format == TR_DEADLINE_FORMAT_ICS);
        put(app, &deadlines, &routine, w);
    }
    tr_records_clear(&deadlines);
    tr_routine_clear(&routine);
}
