#include "cli/work/parting.h"

#include <stdlib.h>

#include "base/number.h"
#include "cli/input/records.h"
#include "domain/places/institution.h"

enum { K_MOST = 1000000 };

/* Limits of age are those of the institutions, instead of the profile's. */
static int take_limits(struct tr_parting *p, const char *path)
{
    struct tr_records places = {0};
    bool room = true;

    if (tr_app_records(p->app, &tr_institution_kind, path, &places) < 0)
        return -1;
    p->travels.limits.n = 0;
    for (uint32_t i = 0; i < places.n; i++) {
        const struct tr_institution *at = tr_institution(&places, i);

        room &= tr_age_limit_add(&p->travels.limits, at->min_age);
        if (at->max_age >= 0)
            room &= tr_age_limit_add(&p->travels.limits, at->max_age + 1);
    }
    tr_records_clear(&places);
    if (!room)
        tr_app_note(p->app, N_("there are more limits of age than can be told apart"), NULL);
    return room ? 0 : -1;
}

int tr_parting_start(struct tr_app *app, struct tr_parting *p, const struct tr_parting_options *o)
{
    struct tr_err err;
    long long k = 0;

    p->app = app;
    if (o->k && (!tr_number_read(tr_str(o->k), &k) || k < 1 || k > K_MOST))
        tr_app_usage(app, N_("--k is a number of persons, not ‘%1’"), o->k, NULL);
    if (o->institutions && !o->as_of)
        tr_app_usage(app, N_("--institutions is only used with --as-of=DATE"), NULL, NULL);
    if (tr_travels_load(&p->travels, &app->profile, &err) < 0)
        return tr_app_fail(app, &err);
    p->k = (uint32_t)k;
    if (o->as_of)
        p->travels.as_of = tr_app_day(app, "as-of", o->as_of);
    tr_part_columns(&p->columns);
    tr_shares_start(&p->shares, &p->travels);
    return o->institutions ? take_limits(p, o->institutions) : 0;
}

void tr_parting_clear(struct tr_parting *p)
{
    tr_shares_clear(&p->shares);
}

/* ---- who goes ---- */

static const char *number(unsigned long long n, char out[24])
{
    snprintf(out, 24, "%llu", n);
    return out;
}

static void say_held(const struct tr_parting *p, uint32_t i)
{
    const struct tr_share *share = &p->shares.share[i];
    struct tr_part_cells cells;
    char id[TR_ID_MAX + 1], k[24];
    struct tr_err err;

    tr_shares_cells(&p->shares, i, p->columns.n_stays, &cells);
    tr_err_copy(id, sizeof id, cells.stays[1]);
    tr_err_set(&err, TR_E_FEW_SHARE, id, number(p->k, k), NULL);
    err.source = share->source;
    err.line = share->line;
    tr_app_say(p->app, &err);
}

/* Names the fields that were made coarser, with the form that they have got. */
static void say_coarser(const struct tr_parting *p)
{
    struct tr_buf list = {0};

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        const enum tr_travel_form form = tr_travels_form(&p->travels, f, p->shares.step);

        if (form == tr_travels_form(&p->travels, f, 0))
            continue;
        tr_buf_text(&list, list.len ? ", " : "");
        tr_buf_text(&list, tr_fields[f].name);
        tr_buf_char(&list, '=');
        tr_buf_text(&list, tr_travel_form_names[form]);
    }
    if (list.len > 0)
        tr_app_note(p->app, N_("made coarser, so that enough persons share it: %1"),
                    tr_buf_z(&list), NULL);
    tr_buf_clear(&list);
}

static void say_shares(const struct tr_parting *p)
{
    const struct tr_shares *s = &p->shares;
    uint32_t sent = 0, fewest = UINT32_MAX;
    char n[2][24];

    for (uint32_t c = 0; c < s->n_combinations; c++) {
        if (s->share[s->combination[c].first].held)
            continue;
        sent++;
        if (s->combination[c].persons < fewest)
            fewest = s->combination[c].persons;
    }
    if (sent > 0)
        tr_app_note(p->app, N_("combinations that are sent: %1; persons who share one: %2 or more"),
                    number(sent, n[0]), number(fewest, n[1]), NULL);
    if (s->n_held > 0)
        tr_app_note(p->app, N_("held back since too few share what would be sent: %1"),
                    number(s->n_held, n[0]), NULL);
}

int tr_parting_settle(struct tr_parting *p)
{
    const struct tr_travels *t = &p->travels;

    if (tr_shares_settle(&p->shares, p->k) < 0)
        return tr_app_no_memory(p->app);
    for (uint32_t i = 0; i < p->shares.n; i++)
        if (p->shares.share[i].held)
            say_held(p, i);
    if (t->as_of == TR_NO_DAY && tr_travels_form(t, TR_F_BORN_BETWEEN, 0) == TR_TRAVELS_BAND)
        tr_app_note(p->app,
                    N_("no age is sent, as --as-of=DATE does not give the day of the round"), NULL);
    if (p->k > 0) {
        say_coarser(p);
        say_shares(p);
    }
    return 0;
}

/* ---- files ---- */

/* What is written of somebody with a protected address names no place either. Wishes do: those of the
 * institutions. */
static int hide_places(struct tr_parting *p, struct tr_str travels[], struct tr_buf text[])
{
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        if (tr_fields[f].kind != TR_KIND_TEXT || tr_fields[f].shape == TR_SHAPE_LIST || travels[f].len == 0)
            continue;
        text[f].len = 0;
        if (tr_masks_hide_places(p->masks, travels[f], &text[f]) < 0)
            return tr_app_no_memory(p->app);
        travels[f] = tr_buf_slice(&text[f]);
    }
    return 0;
}

static int write_part(struct tr_parting *p, enum tr_format format, const char *path, bool stays)
{
    struct tr_output output;
    struct tr_writer writer;
    struct tr_part_cells cells;
    struct tr_buf text[TR_N_REFERRAL_FIELDS] = {{0}};
    int rc = 0;

    if (tr_output_table(p->app, &output, path, false, format) < 0)
        return -1;
    tr_writer_start(&writer, &output.out, format, stays ? p->columns.stays : p->columns.travels,
                    stays ? p->columns.n_stays : TR_N_REFERRAL_FIELDS);
    for (uint32_t i = 0; i < p->shares.n && rc == 0; i++) {
        if (p->shares.share[i].held)
            continue;
        tr_shares_cells(&p->shares, i, p->columns.n_stays, &cells);
        if (!stays && p->shares.share[i].mark.len > 0)
            rc = hide_places(p, cells.travels, text);
        tr_writer_row(&writer, stays ? cells.stays : cells.travels);
    }
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        tr_buf_wipe(&text[f]);
    return tr_output_close(p->app, &output, rc == 0) < 0 ? -1 : rc;
}

/* The fields that count, how many persons and referrals have them so, and whether they were held
 * back. */
static int write_combinations(struct tr_parting *p, const char *path)
{
    struct tr_column column[TR_N_REFERRAL_FIELDS + 3];
    struct tr_str cell[TR_N_REFERRAL_FIELDS + 3];
    const struct tr_shares *s = &p->shares;
    struct tr_part_cells cells;
    struct tr_output output;
    struct tr_writer writer;
    char n[2][24];
    size_t columns = 0;

    if (tr_output_open(p->app, &output, path, false) < 0)
        return -1;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (p->travels.field[f].counts)
            column[columns++] = tr_field_column((enum tr_field)f);
    column[columns] = (struct tr_column){TR_STR("persons"), TR_SHAPE_NUMBER, true};
    column[columns + 1] = (struct tr_column){TR_STR("referrals"), TR_SHAPE_NUMBER, true};
    column[columns + 2] = (struct tr_column){TR_STR("held_back"), TR_SHAPE_BOOL, true};
    tr_writer_start(&writer, &output.out, TR_FORMAT_CSV, column, columns + 3);
    for (uint32_t c = 0; c < s->n_combinations; c++) {
        const struct tr_combination *of = &s->combination[c];
        size_t at = 0;

        tr_shares_cells(s, of->first, p->columns.n_stays, &cells);
        for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
            if (p->travels.field[f].counts)
                cell[at++] = cells.travels[f];
        cell[at] = tr_str(number(of->persons, n[0]));
        cell[at + 1] = tr_str(number(of->referrals, n[1]));
        cell[at + 2] = s->share[of->first].held ? TR_STR("ja") : TR_STR("nei");
        tr_writer_row(&writer, cell);
    }
    return tr_output_close(p->app, &output, true);
}

int tr_parting_write(struct tr_parting *p, enum tr_format format, const char *path,
                     const char *identity, const char *combinations)
{
    int rc = write_part(p, format, path, false);

    if (identity)
        rc |= write_part(p, TR_FORMAT_CSV, identity, true);
    if (combinations)
        rc |= write_combinations(p, combinations);
    return rc;
}
