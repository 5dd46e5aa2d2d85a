#include "domain/flow/expect.h"

#include <math.h>
#include <stdlib.h>

#include "domain/flow/survival.h"

/* How long people stay. Beyond its last end the curve falls at the rate at which stays ended. */
struct lengths {
    struct tr_curve curve;
    double rate; /* ends a day */
};

struct fitted {
    struct lengths *of; /* of each service level, and of all */
    int n_levels;
    double declined; /* the part of offers that are */
};

/* ---- lengths of stay ---- */

static int fit(struct lengths *l, const struct tr_expecting *e, int32_t level,
               struct tr_watch *watch)
{
    double days = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < e->stays->n; i++) {
        const struct tr_stay *s = tr_stay(e->stays, i);
        bool ended = s->to != TR_NO_DAY && s->to <= e->as_of;

        if (!tr_stay_lived(s) || s->from > e->as_of || s->institution < 0 ||
            (level >= 0 && e->row[s->institution].service_level != level))
            continue;
        watch[n] = (struct tr_watch){(ended ? s->to : e->as_of) - s->from, ended};
        days += watch[n++].days;
    }
    if (tr_curve_make(&l->curve, watch, n, 0.95) < 0)
        return -1;
    l->rate = days > 0 ? l->curve.reached / days : 0;
    return 0;
}

/* The part of stays that are longer than so many days. */
static double longer(const struct lengths *l, double days)
{
    double last = 0, share = 1;

    for (uint32_t i = 0; i < l->curve.n && l->curve.point[i].days <= days; i++)
        if (l->curve.point[i].reached > 0 && l->curve.point[i].share > 0) {
            last = l->curve.point[i].days;
            share = l->curve.point[i].share;
        }
    for (uint32_t i = 0; i < l->curve.n; i++)
        if (l->curve.point[i].days > days && l->curve.point[i].reached > 0)
            return share; /* the curve goes on */
    return share * exp(-l->rate * (days - last));
}

static void clear(struct fitted *f)
{
    for (int k = 0; f->of && k <= f->n_levels; k++)
        tr_curve_clear(&f->of[k].curve);
    free(f->of);
}

static int fit_all(struct fitted *f, const struct tr_expecting *e, uint32_t *few)
{
    struct tr_watch *watch = calloc(e->stays->n + (size_t)1, sizeof *watch);
    int rc = watch ? 0 : -1;

    f->n_levels = tr_profile_list(e->profile, "service_level")->n;
    f->of = calloc((size_t)f->n_levels + 1, sizeof *f->of);
    rc = f->of ? rc : -1;
    for (int k = 0; rc == 0 && k <= f->n_levels; k++) {
        rc = fit(&f->of[k], e, k < f->n_levels ? k : -1, watch);
        *few += rc == 0 && f->of[k].curve.watched > 0 && f->of[k].curve.reached < TR_CURVE_FEW;
    }
    f->declined = tr_stays_declined(e->stays, e->as_of);
    free(watch);
    return rc;
}

static const struct lengths *lengths_at(const struct fitted *f, int32_t level)
{
    return level >= 0 && f->of[level].curve.reached >= TR_CURVE_FEW ? &f->of[level]
                                                                     : &f->of[f->n_levels];
}

/* ---- chances ---- */

/* That a stay which holds a bed on the day leaves it until the other. A day of leaving that was only
 * expected is no evidence: many stay longer. */
static double leaves(const struct tr_expecting *e, const struct fitted *f, uint32_t i)
{
    const struct tr_stay *s = tr_stay(e->stays, i);
    const struct lengths *l = lengths_at(f, e->row[s->institution].service_level);
    double so_far = e->as_of - s->from, there;
    int32_t end = tr_stay_end_known(s, e->holds[i], e->as_of);

    if (e->holds[i].hold == TR_HOLD_RESERVED)
        return s->status == TR_STAY_OFFERED ? f->declined : 0;
    if (end != TR_NO_DAY)
        return end <= e->until;
    there = longer(l, so_far);
    return there > 0 ? 1 - longer(l, so_far + (e->until - e->as_of)) / there : 1;
}

double tr_expect_at_least(const double *chance, uint32_t n, uint32_t wanted, double *room)
{
    double less = 0;

    if (wanted > n)
        return 0;
    room[0] = 1; /* that so many of the first ones are left */
    for (uint32_t i = 0; i < n; i++) {
        room[i + 1] = room[i] * chance[i];
        for (uint32_t k = i; k > 0; k--)
            room[k] = room[k] * (1 - chance[i]) + room[k - 1] * chance[i];
        room[0] *= 1 - chance[i];
    }
    for (uint32_t k = 0; k < wanted; k++)
        less += room[k];
    return less < 1 ? 1 - less : 0;
}

static void tell(struct tr_figures *out, const struct tr_expecting *e, uint32_t i, double chance)
{
    const struct tr_institution *row = &e->row[i];
    const struct tr_list *levels = tr_profile_list(e->profile, "service_level");

    tr_figures_row(out);
    tr_figures_text(out, "institution_id", row->id);
    tr_figures_text(out, "name", row->name);
    if (row->service_level >= 0)
        tr_figures_text(out, "service_level", levels->entry[row->service_level].code);
    tr_figures_count(out, "capacity", row->capacity);
    tr_figures_count(out, "vacant", row->vacant);
    tr_figures_day(out, "as_of", e->as_of);
    tr_figures_day(out, "until", e->until);
    tr_figures_number(out, "free_chance", 100 * chance, 0);
}

static void tell_all(struct tr_figures *out, const struct tr_expecting *e, const struct fitted *f,
                     double *chance, double *room)
{
    for (uint32_t i = 0; i < e->n; i++) {
        uint32_t n = 0, wanted;

        for (uint32_t s = 0; s < e->stays->n; s++)
            if (tr_stay(e->stays, s)->institution == (int32_t)i && tr_hold_is_bed(e->holds[s].hold) &&
                tr_span_has(e->holds[s], e->as_of))
                chance[n++] = leaves(e, f, s);
        wanted = e->row[i].vacant > 0 ? 0
                 : e->row[i].over > 0 ? (uint32_t)e->row[i].over + 1
                                      : 1;
        tell(out, e, i, tr_expect_at_least(chance, n, wanted, room));
    }
}

int tr_expect_table(struct tr_figures *out, const struct tr_expecting *e, uint32_t *few,
                    struct tr_err *err)
{
    static const char *const names[] = {"institution_id", "name",  "service_level", "=capacity",
                                        "=vacant",        "as_of", "until",         "=free_chance",
                                        NULL};
    struct fitted f = {0};
    double *chance = calloc(e->stays->n + (size_t)1, sizeof *chance);
    double *room = calloc(e->stays->n + (size_t)2, sizeof *room);
    int rc = chance && room && fit_all(&f, e, few) == 0 ? 0 : tr_err_memory(err);

    tr_figures_start(out, names);
    if (rc == 0 && f.of[f.n_levels].curve.reached == 0)
        rc = tr_err_set(err, TR_E_SIMULATE, N_("no stay has ended: nothing tells how long people stay"),
                        NULL, NULL);
    if (rc == 0) {
        tell_all(out, e, &f, chance, room);
        rc = out->failed ? tr_err_memory(err) : 0;
    }
    clear(&f);
    free(chance);
    free(room);
    return rc;
}
