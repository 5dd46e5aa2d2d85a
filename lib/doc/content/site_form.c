#include "doc/content/site_form.h"

#include <stdio.h>

#include "doc/content/form_mark_own.h"
#include "doc/content/site_form_read.h"

enum { NOTE_LINES = 2 };

void tr_site_pair(struct tr_document *d, const char *field, struct tr_str text)
{
    if (text.len == 0)
        return;
    tr_document_open(d, TR_D_PAIR, 0, tr_profile_label(d->profile, tr_str(field), d->lang));
    tr_document_run(d, TR_D_TEXT, 0, text);
    tr_document_close(d);
}

struct tr_str tr_site_label(const struct tr_document *d, const char *list, int entry)
{
    return entry < 0 ? TR_STR("") : tr_profile_list(d->profile, list)->entry[entry].label[d->lang];
}

struct tr_str tr_site_district(const struct tr_document *d, struct tr_str code)
{
    const struct tr_list *districts = tr_profile_list(d->profile, "bydel");
    int at = tr_list_code(districts, code);

    return at < 0 ? code : districts->entry[at].label[d->lang];
}

void tr_site_source(struct tr_document *d, struct tr_str source)
{
    if (source.len == 0)
        return;
    tr_document_run(d, TR_D_TEXT, 0, TR_STR(" ("));
    tr_document_run(d, TR_D_TEXT, 0, source);
    tr_document_run(d, TR_D_TEXT, 0, TR_STR(")"));
}

static void cell(struct tr_document *d, struct tr_str text)
{
    tr_document_open(d, TR_D_CELL, 0, TR_STR(""));
    if (text.len > 0)
        tr_document_run(d, TR_D_TEXT, 0, text);
    tr_document_close(d);
}

static void box(struct tr_document *d)
{
    tr_document_open(d, TR_D_CELL, 0, TR_STR(""));
    tr_document_run(d, TR_D_BOX, 0, TR_STR(""));
    tr_document_close(d);
}

/* A blank that is a field where documents have them. */
static void field(struct tr_document *d, enum tr_control control, int lines, const char *word)
{
    if (control == TR_C_DATE)
        tr_document_control_day(d, TR_NO_DAY);
    else
        tr_document_control(d, control, NULL);
    tr_document_run(d, TR_D_BLANK, lines, tr_document_word(d, word));
}

static void point(struct tr_document *d, const struct tr_form_point *p)
{
    tr_document_open(d, TR_D_ROW, 0, TR_STR(""));
    tr_document_open(d, TR_D_CELL, 0, TR_STR(""));
    tr_document_run(d, TR_D_TEXT, 0, p->text);
    tr_site_source(d, p->source);
    tr_document_close(d);
    box(d);
    box(d);
    tr_document_open(d, TR_D_CELL, 0, TR_STR(""));
    if (d->fields)
        field(d, TR_C_LINES, NOTE_LINES, "homes.sheet.remarks");
    tr_document_close(d);
    tr_document_close(d);
}

static void blank(struct tr_document *d, enum tr_control control, const char *word)
{
    tr_document_open(d, TR_D_PAIR, 0, tr_document_word(d, word));
    field(d, control, 0, word);
    tr_document_close(d);
}

static void head(struct tr_document *d, const struct tr_inspected *s)
{
    char units[16] = "";

    if (s->units >= 0)
        snprintf(units, sizeof units, "%d", s->units);
    tr_document_say(d, TR_D_HEADING, 2, s->site);
    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    tr_site_pair(d, "bydel", tr_site_district(d, s->bydel));
    tr_site_pair(d, "housing_type", tr_site_label(d, "housing_type", s->housing_type));
    tr_site_pair(d, "standard", tr_site_label(d, "standard", s->standard));
    tr_site_pair(d, "units", tr_str(units));
    blank(d, TR_C_DATE, "site.form.day");
    blank(d, TR_C_TEXT, "site.form.by");
    tr_document_close(d);
}

void tr_site_form_make(struct tr_document *d, const struct tr_records *sites,
                       const struct tr_records *points)
{
    const struct tr_form_point *p = (const struct tr_form_point *)(const void *)points->record;
    static const char *const heads[] = {"site.form.point", "site.form.yes", "site.form.no",
                                        "homes.sheet.remarks"};

    tr_form_put_mark(d, tr_site_form_mark, TR_STR(""));
    tr_document_say(d, TR_D_HEADING, 1, tr_document_word(d, "site.form"));
    for (uint32_t i = 0, at = 0; i < sites->n; i++) {
        const struct tr_inspected *s = (const struct tr_inspected *)(const void *)sites->record + i;

        if (at == points->n || !tr_str_eq(p[at].site, s->site))
            continue;
        head(d, s);
        tr_document_open(d, TR_D_TABLE, 0, TR_STR("6|1|1|4"));
        tr_document_open(d, TR_D_ROW, 1, TR_STR(""));
        for (size_t h = 0; h < sizeof heads / sizeof *heads; h++)
            cell(d, tr_document_word(d, heads[h]));
        tr_document_close(d);
        for (; at < points->n && tr_str_eq(p[at].site, s->site); at++)
            point(d, &p[at]);
        tr_document_close(d);
        tr_document_open(d, TR_D_PARAGRAPH, 0, TR_STR(""));
        field(d, TR_C_LINES, NOTE_LINES, "homes.sheet.remarks");
        tr_document_close(d);
    }
}
