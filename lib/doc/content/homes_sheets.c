#include "doc/content/homes_sheets.h"

#include <stdio.h>

static void pair(struct tr_document *d, const char *field, struct tr_str text)
{
    if (text.len == 0)
        return;
    tr_document_open(d, TR_D_PAIR, 0, tr_profile_label(d->profile, tr_str(field), d->lang));
    tr_document_run(d, TR_D_TEXT, 0, text);
    tr_document_close(d);
}

/* A point to tick, with room for a remark. */
static void point(struct tr_document *d, struct tr_str text)
{
    tr_document_open(d, TR_D_ITEM, 0, TR_STR(""));
    tr_document_run(d, TR_D_BOX, 0, TR_STR(""));
    tr_document_run(d, TR_D_TEXT, 0, text);
    tr_document_close(d);
}

/* Sentences of the requirements, each a point. */
static void points(struct tr_document *d, struct tr_str text)
{
    size_t start = 0;

    tr_document_open(d, TR_D_LIST, 0, TR_STR(""));
    for (size_t i = 0; i <= text.len; i++) {
        bool ends =
            i == text.len || (text.p[i] == '.' && (i + 1 == text.len || text.p[i + 1] == ' '));

        if (!ends)
            continue;
        if (i > start)
            point(d, (struct tr_str){text.p + start, i - start});
        start = i + 2;
    }
    tr_document_close(d);
}

static struct tr_str label(const struct tr_document *d, const char *list, int entry)
{
    return entry < 0 ? TR_STR("") : tr_profile_list(d->profile, list)->entry[entry].label[d->lang];
}

static void sheet(struct tr_document *d, const struct tr_site *s)
{
    const struct tr_list *districts = tr_profile_list(d->profile, "bydel");
    int at = tr_list_code(districts, s->bydel);
    char units[64];

    tr_document_say(d, TR_D_HEADING, 2, s->site);
    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    pair(d, "bydel", at < 0 ? s->bydel : districts->entry[at].label[d->lang]);
    pair(d, "housing_type", label(d, "housing_type", s->housing_type));
    pair(d, "standard", label(d, "standard", s->standard));
    snprintf(units, sizeof units, "%d (%d + %d)", s->units, s->one_room, s->two_room);
    pair(d, "units", tr_str(units));
    pair(d, "building", s->building);
    pair(d, "modules", s->modules);
    pair(d, "specification", s->specification);
    tr_document_close(d);
    tr_document_say(d, TR_D_PARAGRAPH, 0,
                    tr_document_word(d, s->requirements_doubtful == 1 ? "homes.sheet.doubtful"
                                                                      : "homes.sheet.points"));
    points(d, s->requirements);
    tr_document_open(d, TR_D_PARAGRAPH, 0, TR_STR(""));
    tr_document_run(d, TR_D_BLANK, 2, tr_document_word(d, "homes.sheet.remarks"));
    tr_document_close(d);
}

void tr_homes_sheets_make(struct tr_document *d, const struct tr_records *sites)
{
    tr_document_say(d, TR_D_HEADING, 1, tr_document_word(d, "homes.sheets"));
    for (uint32_t i = 0; i < sites->n; i++) {
        const struct tr_site *s = (const struct tr_site *)(const void *)sites->record + i;

        if (s->one_room >= 0)
            sheet(d, s);
    }
}
