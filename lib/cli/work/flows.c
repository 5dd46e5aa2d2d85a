#include "cli/work/flows.h"

#include <stdlib.h>

#include "cli/input/referrals.h"
#include "domain/routine/event.h"

static const struct tr_member members[] = {
    {"as_of", TR_M_DATE, .at = offsetof(struct tr_flow, as_of)},
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_flow, bydel)},
    {"housing_type", TR_M_TEXT, .at = offsetof(struct tr_flow, housing_type)},
    {"arrived", TR_M_NUMBER, .at = offsetof(struct tr_flow, arrived)},
    {"moved_here", TR_M_NUMBER, .at = offsetof(struct tr_flow, moved_here)},
    {"ended", TR_M_NUMBER, .at = offsetof(struct tr_flow, ended)},
    {"moved_away", TR_M_NUMBER, .at = offsetof(struct tr_flow, moved_away)},
    {"persons", TR_M_NUMBER, .at = offsetof(struct tr_flow, persons)},
};

const struct tr_kind tr_flow_kind = {
    .name = "flow",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_flow),
};

enum { NOWHERE = -1 };

/* A referral: where it counts, and the first of its person's referrals. */
struct seen {
    int cell; /* NOWHERE: in no housing type */
    int person;
};

struct looking {
    struct tr_app *app;
    const struct tr_needs *needs;
    const struct tr_rop *rop;
    struct tr_referrals referrals;
    struct tr_casefile cases;
    struct tr_records institutions, stays;
    struct seen *seen; /* of each record of cases.referrals */
    uint32_t n;        /* read so far */
    int columns;
    int *before, *now; /* cell of each person, by the number of the first referral; or NOWHERE */
    int *newest;       /* the referral that told it */
    struct tr_dict persons;
};

/* ---- where each referral counts ---- */

static int take_place(void *cookie, const struct tr_row *row)
{
    struct looking *l = cookie;
    const struct tr_value *v = l->referrals.referral.v;
    struct tr_rop_result result;
    struct tr_needs_place place;
    const struct tr_case *c = tr_case(&l->cases.referrals, l->n);
    int person = (int)l->n;
    struct tr_err err;

    tr_referrals_group(&l->referrals, l->rop, row, &result);
    place = tr_needs_find(l->needs, v, result.outside);
    if (tr_must(l->n < l->cases.referrals.n && tr_str_eq(c->id, v[TR_F_REFERRAL_ID].text), &err) <
        0)
        return tr_app_fail(l->app, &err);
    if (c->person_id.len > 0 && tr_dict_add(&l->persons, c->person_id, &person) < 0)
        return tr_app_no_memory(l->app);
    l->seen[l->n++] = (struct seen){
        place.column < l->columns ? place.row * l->columns + place.column : NOWHERE, person};
    return 0;
}

static int find_places(struct looking *l, const char *path)
{
    int rc = tr_referrals_open(l->app, &l->referrals, path);

    if (rc == 0)
        rc = tr_referrals_bind_all(&l->referrals, TR_WANT_REFERRAL);
    if (rc == 0)
        rc = tr_referrals_read(&l->referrals, 0, TR_WANT_REFERRAL, true, take_place, l);
    tr_referrals_close(&l->referrals, rc == 0);
    return rc;
}

/* ---- who needs a home on a day ---- */

static bool is_newer(const struct tr_case *a, const struct tr_case *b)
{
    return a->received != b->received ? a->received > b->received : tr_str_cmp(a->id, b->id) < 0;
}

static int look(struct looking *l, int32_t day)
{
    if (tr_casefile_on(l->app, &l->cases, &l->stays, day) < 0)
        return -1;
    for (uint32_t i = 0; i < l->n; i++)
        l->now[i] = NOWHERE;
    for (uint32_t i = 0; i < l->n; i++) {
        const struct tr_case *c = tr_case(&l->cases.referrals, i);
        int person = l->seen[i].person;

        if (c->received > day || !tr_cases_state(&l->cases.cases, c->id)->need ||
            l->seen[i].cell == NOWHERE)
            continue;
        if (l->now[person] == NOWHERE ||
            is_newer(c, tr_case(&l->cases.referrals, (uint32_t)l->newest[person]))) {
            l->now[person] = l->seen[i].cell;
            l->newest[person] = (int)i;
        }
    }
    return 0;
}

/* ---- from year to year ---- */

static int32_t years_before(int32_t day, int years)
{
    struct tr_date d = tr_date_of(day);

    d.year -= years;
    if (!tr_date_valid(d)) /* 29 February */
        d.day = 28;
    return tr_date_number(d);
}

static int whole_years(const struct looking *l, int32_t as_of, int32_t since)
{
    int32_t first = as_of;
    int n = 0;

    for (uint32_t i = 0; i < l->cases.referrals.n; i++) {
        int32_t received = tr_case(&l->cases.referrals, i)->received;

        if (received != TR_NO_DAY && received < first)
            first = received;
    }
    if (since > first)
        first = since;
    while (n < TR_YEARS_MAX && years_before(as_of, n + 1) >= first)
        n++;
    return n;
}

static int put_row(struct tr_flows_seen *out, const struct tr_needs *needs,
                   const struct tr_flow *flow, int cell)
{
    const struct tr_flow *f = &flow[cell];
    struct tr_flow *to;

    if (!f->arrived && !f->moved_here && !f->ended && !f->moved_away && !f->persons)
        return 0;
    to = tr_records_add(&out->rows, 0);
    if (!to)
        return -1;
    *to = *f;
    to->bydel = tr_needs_row_key(needs, cell / out->flows.columns);
    to->housing_type = tr_needs_column_key(needs, cell % out->flows.columns);
    return 0;
}

/* The year that ends on the day: what differs between before and now. */
static int tell_year(const struct looking *l, struct tr_flows_seen *out, int year, int32_t day)
{
    int cells = out->flows.rows * out->flows.columns, rc = 0;
    uint64_t *came = out->flows.came + (size_t)year * (size_t)cells,
             *left = out->flows.left + (size_t)year * (size_t)cells;
    struct tr_flow *flow = calloc((size_t)cells, sizeof *flow);

    if (!flow)
        return tr_app_no_memory(l->app);
    for (uint32_t i = 0; i < l->n; i++) {
        int from = l->before[i], to = l->now[i];

        if (to != NOWHERE)
            flow[to].persons++;
        if (from == to)
            continue;
        if (to != NOWHERE && ++came[to] && from == NOWHERE)
            flow[to].arrived++;
        else if (to != NOWHERE)
            flow[to].moved_here++;
        if (from != NOWHERE && ++left[from] && to == NOWHERE)
            flow[from].ended++;
        else if (from != NOWHERE)
            flow[from].moved_away++;
    }
    for (int i = 0; i < cells && rc == 0; i++) {
        flow[i].as_of = day;
        out->flows.now[i] = (uint64_t)flow[i].persons;
        rc = put_row(out, l->needs, flow, i);
    }
    free(flow);
    return rc < 0 ? tr_app_no_memory(l->app) : 0;
}

static int see_years(struct looking *l, int32_t as_of, struct tr_flows_seen *out)
{
    size_t cells = (size_t)out->flows.rows * (size_t)out->flows.columns;
    int n = out->flows.n;

    out->flows.came = calloc((size_t)n * cells, sizeof *out->flows.came);
    out->flows.left = calloc((size_t)n * cells, sizeof *out->flows.left);
    out->flows.now = calloc(cells, sizeof *out->flows.now);
    if (!out->flows.came || !out->flows.left || !out->flows.now)
        return tr_app_no_memory(l->app);
    if (look(l, years_before(as_of, n)) < 0)
        return -1;
    for (int y = 0; y < n; y++) {
        int32_t day = years_before(as_of, n - 1 - y);
        int *kept = l->before;

        l->before = l->now;
        l->now = kept;
        if (look(l, day) < 0 || tell_year(l, out, y, day) < 0)
            return -1;
    }
    return 0;
}

static int make_room(struct looking *l)
{
    size_t n = l->cases.referrals.n + (size_t)1;

    l->seen = calloc(n, sizeof *l->seen);
    l->before = calloc(n, sizeof *l->before);
    l->now = calloc(n, sizeof *l->now);
    l->newest = calloc(n, sizeof *l->newest);
    return l->seen && l->before && l->now && l->newest ? 0 : tr_app_no_memory(l->app);
}

int tr_flows_see(struct tr_app *app, const struct tr_needs *needs,
                 const struct tr_case_paths *paths, int32_t as_of, int32_t since,
                 struct tr_flows_seen *out)
{
    struct looking l = {.app = app, .needs = needs, .columns = needs->columns->n};
    struct tr_rop rop;
    struct tr_err err;
    int rc = tr_rop_load(&rop, &app->profile, &err) < 0 ? tr_app_fail(app, &err) : 0;

    l.rop = &rop;
    out->flows = (struct tr_flows){
        .rows = needs->n_rows, .columns = l.columns, .last = tr_date_of(as_of).year};
    tr_records_start(&out->rows, &tr_flow_kind, &app->profile, NULL);
    if (rc == 0)
        rc = tr_casefile_read(app, &l.cases, paths, &l.institutions, &l.stays, as_of);
    if (rc == 0)
        rc = make_room(&l);
    if (rc == 0)
        rc = find_places(&l, paths->referrals);
    if (rc == 0 && (out->flows.n = whole_years(&l, as_of, since)) == 0) {
        tr_err_set(&err, TR_E_YEAR_SHORT, NULL, NULL, NULL);
        rc = tr_app_fail(app, &err);
    }
    if (rc == 0)
        rc = see_years(&l, as_of, out);
    tr_dict_clear(&l.persons);
    free(l.newest);
    free(l.now);
    free(l.before);
    free(l.seen);
    tr_casefile_clear(&l.cases);
    tr_records_clear(&l.stays);
    tr_records_clear(&l.institutions);
    return rc;
}

void tr_flows_clear(struct tr_flows_seen *s)
{
    free(s->flows.came);
    free(s->flows.left);
    free(s->flows.now);
    tr_records_clear(&s->rows);
    *s = (struct tr_flows_seen){0};
}
