#include "doc/content/homes_sheets.h"

#include <stdio.h>

#include "doc/content/site_form.h"

/* A point to tick, with its source. */
static void point(struct tr_document *d, const struct tr_site_point *p)
{
    tr_document_open(d, TR_D_ITEM, 0, TR_STR(""));
    tr_document_run(d, TR_D_BOX, 0, TR_STR(""));
    tr_document_run(d, TR_D_TEXT, 0, p->text);
    tr_site_source(d, p->source);
    tr_document_close(d);
}

/* The points that are certain, or those of a source that contradicts itself. */
static void points(struct tr_document *d, const struct tr_site_points *all, bool doubtful)
{
    int n = 0;

    for (int i = 0; i < all->n; i++)
        n += all->at[i].doubtful == doubtful;
    if (n == 0)
        return;
    tr_document_say(d, TR_D_PARAGRAPH, 0,
                    tr_document_word(d, doubtful ? "homes.sheet.doubtful" : "homes.sheet.points"));
    tr_document_open(d, TR_D_LIST, 0, TR_STR(""));
    for (int i = 0; i < all->n; i++)
        if (all->at[i].doubtful == doubtful)
            point(d, &all->at[i]);
    tr_document_close(d);
}

static void sheet(struct tr_document *d, const struct tr_site *s,
                  const struct tr_site_points *required)
{
    char units[64];

    tr_document_say(d, TR_D_HEADING, 2, s->site);
    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    tr_site_pair(d, "bydel", tr_site_district(d, s->bydel));
    tr_site_pair(d, "housing_type", tr_site_label(d, "housing_type", s->housing_type));
    tr_site_pair(d, "standard", tr_site_label(d, "standard", s->standard));
    snprintf(units, sizeof units, "%d (%d + %d)", s->units, s->one_room, s->two_room);
    tr_site_pair(d, "units", tr_str(units));
    tr_site_pair(d, "building", s->building);
    tr_site_pair(d, "modules", s->modules);
    tr_site_pair(d, "specification", s->specification);
    if (s->somatic > 0) {
        snprintf(units, sizeof units, "%d", s->somatic);
        tr_site_pair(d, "somatic_residents", tr_str(units));
        tr_site_pair(d, "somatic_requirements", s->somatic_requirements);
    }
    tr_document_close(d);
    points(d, required, false);
    points(d, required, true);
    tr_document_open(d, TR_D_PARAGRAPH, 0, TR_STR(""));
    tr_document_run(d, TR_D_BLANK, 2, tr_document_word(d, "homes.sheet.remarks"));
    tr_document_close(d);
}

void tr_homes_sheets_make(struct tr_document *d, const struct tr_records *sites,
                          const struct tr_site_rules *rules)
{
    struct tr_site_points required;
    struct tr_arena text = {0};

    tr_document_say(d, TR_D_HEADING, 1, tr_document_word(d, "homes.sheets"));
    for (uint32_t i = 0; i < sites->n; i++) {
        const struct tr_site *s = (const struct tr_site *)(const void *)sites->record + i;

        if (s->one_room < 0)
            continue;
        tr_site_points_find(&required, rules, s->housing_type, s->standard, d->lang, &text);
        sheet(d, s, &required);
    }
    tr_arena_clear(&text);
}
