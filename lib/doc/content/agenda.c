#include "doc/content/agenda.h"
#include "doc/content/letter.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "doc/text/show.h"
#include "domain/referral/identity.h"

static const char *const columns[] = {"due", "case_id", "step", "responsible", "attendees"};
enum { N_COLUMNS = sizeof columns / sizeof *columns };
static const char widths[] = "13|13|24|13|14";

static void cell(struct tr_document *d, struct tr_str text)
{
    tr_document_say(d, TR_D_CELL, 0, text);
}

void tr_agenda_late(const struct tr_profile *profile, const struct tr_deadline *deadline,
                    enum tr_lang lang, struct tr_buf *out)
{
    static const char *const keys[][2] = {
        {"deadline.late_days", "deadline.late_day"},
        {"deadline.late_working_days", "deadline.late_working_day"}};
    bool working = deadline->late_working >= 0;
    int32_t n = working ? deadline->late_working : deadline->late;
    char number[16];

    if (n < 0)
        return;
    snprintf(number, sizeof number, "%d", (int)n);
    tr_text_fill(tr_profile_text(profile, keys[working][n == 1], lang),
                 (struct tr_fill[]){{"n", tr_str(number)}, {NULL, {0}}}, out);
}

/* The day; below it the last day, when that is another; when it was done; how late. */
static void day_cell(struct tr_document *d, const struct tr_deadline *deadline, struct tr_buf *text)
{
    struct tr_buf day = {0};

    text->len = 0;
    if (deadline->due == TR_NO_DAY)
        tr_buf_str(text, tr_document_word(d, "deadline.no_day"));
    tr_show_day(deadline->due, d->lang, text);
    if (deadline->due_working_day != deadline->due) {
        tr_buf_text(text, "\n→\u00A0");
        tr_show_day(deadline->due_working_day, d->lang, text);
    }
    if (deadline->done_on != TR_NO_DAY) {
        tr_show_day(deadline->done_on, d->lang, &day);
        tr_buf_char(text, '\n');
        tr_text_fill(tr_document_word(d, "deadline.done_on"),
                     (struct tr_fill[]){{"day", tr_buf_slice(&day)}, {NULL, {0}}}, text);
    }
    tr_buf_text(text, deadline->late >= 0 ? "\n" : "");
    tr_agenda_late(d->profile, deadline, d->lang, text);
    cell(d, tr_buf_slice(text));
    d->failed |= day.failed;
    tr_buf_clear(&day);
}

static void roles_cell(struct tr_document *d, const struct tr_list *roles, uint64_t mask,
                       struct tr_buf *text)
{
    text->len = 0;
    tr_show_labels(roles, mask, d->lang, text);
    cell(d, tr_buf_slice(text));
}

static void add_heads(struct tr_document *d)
{
    tr_document_open(d, TR_D_ROW, 1, TR_STR(""));
    for (int i = 0; i < N_COLUMNS; i++)
        cell(d, tr_profile_label(d->profile, tr_str(columns[i]), d->lang));
    tr_document_close(d);
}

/* The case, and below it the name, and that the address is protected. */
static void case_cell(struct tr_document *d, struct tr_str id, const struct tr_records *identities)
{
    struct tr_str name = tr_letter_person(tr_identity_name(identities, id));
    struct tr_str protection = tr_identity_protection(identities, id, d->lang);

    tr_document_open(d, TR_D_CELL, 0, TR_STR(""));
    tr_document_run(d, TR_D_TEXT, 0, id);
    if (name.len > 0) {
        tr_document_run(d, TR_D_BREAK, 0, TR_STR(""));
        tr_document_run(d, TR_D_TEXT, 0, name);
    }
    if (protection.len > 0) {
        tr_document_run(d, TR_D_BREAK, 0, TR_STR(""));
        tr_document_run(d, TR_D_STRONG, 0, protection);
    }
    tr_document_close(d);
}

static void add_row(struct tr_document *d, const struct tr_deadline *deadline,
                    const struct tr_routine *routine, const struct tr_records *identities,
                    struct tr_buf *text)
{
    tr_document_open(d, TR_D_ROW, 0, TR_STR(""));
    day_cell(d, deadline, text);
    case_cell(d, deadline->case_id, identities);
    cell(d, deadline->label[d->lang]);
    roles_cell(d, routine->roles,
               deadline->responsible < 0 ? 0 : UINT64_C(1) << deadline->responsible, text);
    roles_cell(d, routine->roles, deadline->attendees, text);
    tr_document_close(d);
}

static int by_day(const void *a, const void *b)
{
    const struct tr_deadline *x = *(const struct tr_deadline *const *)a;
    const struct tr_deadline *y = *(const struct tr_deadline *const *)b;

    if (x->due != y->due)
        return (uint32_t)x->due < (uint32_t)y->due ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void add_group(struct tr_document *d, enum tr_deadline_status status,
                      const struct tr_deadline **some, uint32_t n, const struct tr_routine *routine,
                      const struct tr_records *identities)
{
    char key[40], count[16];
    struct tr_buf text = {0};

    snprintf(key, sizeof key, "deadline.%s", tr_deadline_status_names[status]);
    snprintf(count, sizeof count, " (%u)", n);
    tr_buf_str(&text, tr_document_word(d, key));
    tr_buf_text(&text, count);
    tr_document_say(d, TR_D_HEADING, 2, tr_buf_slice(&text));
    tr_document_open(d, TR_D_TABLE, 0, tr_str(widths));
    add_heads(d);
    for (uint32_t i = 0; i < n; i++)
        add_row(d, some[i], routine, identities, &text);
    tr_document_close(d);
    d->failed |= text.failed;
    tr_buf_clear(&text);
}

void tr_agenda_make(struct tr_document *d, const struct tr_records *deadlines,
                    const struct tr_routine *routine, const struct tr_records *identities,
                    int32_t as_of)
{
    const struct tr_deadline **some = calloc(deadlines->n + (size_t)1, sizeof *some);
    struct tr_buf title = {0}, day = {0};

    tr_show_day(as_of, d->lang, &day);
    tr_text_fill(tr_document_word(d, "deadline.title"),
                 (struct tr_fill[]){{"day", tr_buf_slice(&day)}, {NULL, {0}}}, &title);
    tr_document_say(d, TR_D_HEADING, 1, tr_buf_slice(&title));
    if (deadlines->n == 0)
        tr_document_say(d, TR_D_PARAGRAPH, 0, tr_document_word(d, "deadline.none"));
    for (int s = 0; some && s < TR_N_DEADLINE_STATUS; s++) {
        uint32_t n = 0;

        for (uint32_t i = 0; i < deadlines->n; i++)
            if (tr_deadline(deadlines, i)->is == (enum tr_deadline_status)s)
                some[n++] = tr_deadline(deadlines, i);
        qsort(some, n, sizeof *some, by_day);
        if (n > 0)
            add_group(d, (enum tr_deadline_status)s, some, n, routine, identities);
    }
    d->failed |= !some || title.failed || day.failed;
    tr_buf_clear(&title);
    tr_buf_clear(&day);
    free(some);
}
