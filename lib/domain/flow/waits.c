#include "domain/flow/waits.h"

#include <math.h>
#include <stdlib.h>

static int bad_value(const struct tr_profile *p, const char *key, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_PROFILE];
    uint32_t row = 0;

    while (row + 1 < t->n_rows && !tr_str_is(tr_table_cell(t, row, 0), key))
        row++;
    return tr_table_fault(t, row, 1, TR_E_TABLE_CELL, N_("no event type is called so"), err);
}

int tr_waits_load(struct tr_waits_choice *choice, const struct tr_profile *p, struct tr_err *err)
{
    const struct tr_list *types = tr_profile_list(p, "event_type");
    struct tr_str rest = tr_profile_value(p, "waits"), part;
    int32_t chain[TR_WAITS_MAX];
    int n = 0;

    while (rest.len > 0 && tr_str_part(&rest, '|', &part)) {
        if (n == TR_WAITS_MAX || (chain[n++] = tr_list_code(types, part)) < 0)
            return bad_value(p, "waits", err);
    }
    for (int i = 1; i < n; i++)
        choice->pair[choice->n++] = (struct tr_wait_pair){chain[i - 1], chain[i]};
    for (int i = 2; i < n; i++)
        choice->pair[choice->n++] = (struct tr_wait_pair){chain[0], chain[i]};
    if (!tr_list_codes(types, tr_profile_value(p, "waits_end"), &choice->ends))
        return bad_value(p, "waits_end", err);
    return 0;
}

/* ---- the waits of a pair ---- */

/* What is known of a case. */
struct watched {
    struct tr_str id;
    int32_t from, to, end; /* TR_NO_DAY: not seen */
};

int *tr_waits_cases(const struct tr_records *events, struct tr_flow_groups *g)
{
    int *number = calloc(events->n + (size_t)1, sizeof *number);

    for (uint32_t i = 0; number && i < events->n; i++)
        if ((number[i] = tr_flow_case(g, tr_event(events, i)->case_id)) < 0) {
            free(number);
            return NULL;
        }
    return number;
}

static struct watched *watch_cases(const struct tr_flow_groups *g)
{
    struct watched *w = calloc(g->cases.n + 1, sizeof *w);

    for (size_t i = 0; w && i <= g->cases.n; i++)
        w[i] = (struct watched){.from = TR_NO_DAY, .to = TR_NO_DAY, .end = TR_NO_DAY};
    return w;
}

static void earliest(int32_t *day, int32_t other)
{
    if (*day == TR_NO_DAY || other < *day)
        *day = other;
}

int tr_waits_find(struct tr_wait **out, uint32_t *n, const struct tr_records *events,
                  const int *number, struct tr_flow_groups *g, const struct tr_waits_choice *choice,
                  struct tr_wait_pair pair)
{
    struct watched *w = watch_cases(g);
    int rc = -1;

    *n = 0;
    *out = w ? calloc(g->cases.n + 1, sizeof **out) : NULL;
    if (!*out)
        goto out;
    for (uint32_t i = 0; i < events->n; i++) {
        const struct tr_event *e = tr_event(events, i);

        w[number[i]].id = e->case_id;
        if (e->type == pair.from && e->date <= choice->as_of)
            earliest(&w[number[i]].from, e->date);
    }
    for (uint32_t i = 0; i < events->n; i++) {
        const struct tr_event *e = tr_event(events, i);
        struct watched *of = &w[number[i]];

        if (of->from == TR_NO_DAY || e->date < of->from || e->date > choice->as_of)
            continue;
        if (e->type == pair.to)
            earliest(&of->to, e->date);
        else if (choice->ends >> e->type & 1)
            earliest(&of->end, e->date);
    }
    for (size_t i = 0; i < g->cases.n; i++) {
        bool reached = w[i].to != TR_NO_DAY && (w[i].end == TR_NO_DAY || w[i].to <= w[i].end);
        int32_t until = reached ? w[i].to : w[i].end != TR_NO_DAY ? w[i].end : choice->as_of;
        int group;

        if (w[i].from == TR_NO_DAY || (choice->since != TR_NO_DAY && w[i].from < choice->since))
            continue;
        group = tr_flow_group(g, (int)i, w[i].id, w[i].from);
        if (group < 0)
            goto out;
        (*out)[(*n)++] = (struct tr_wait){(uint32_t)i, w[i].id, w[i].from, until - w[i].from,
                                          reached, !reached && w[i].end != TR_NO_DAY, group};
    }
    rc = 0;
out:
    free(w);
    return rc;
}

/* ---- tables ---- */

struct telling {
    struct tr_figures *out;
    struct tr_flow_groups *groups;
    const struct tr_waits_choice *choice;
    const struct tr_profile *profile;
    struct tr_disclosure rules;
    uint32_t n_few;
    struct tr_wait_pair pair;
    struct tr_wait *wait;
    struct tr_watch *watch; /* of the group in hand */
    uint32_t n;
};

static void name_row(const struct telling *t, struct tr_str group)
{
    const struct tr_list *types = tr_profile_list(t->profile, "event_type");

    tr_figures_row(t->out);
    tr_figures_text(t->out, "wait_from", types->entry[t->pair.from].code);
    tr_figures_text(t->out, "wait_to", types->entry[t->pair.to].code);
    tr_figures_text(t->out, tr_flow_by_columns[t->groups->by], group);
}

/* The curve of a group. */
static int curve_of(const struct telling *t, uint32_t group, struct tr_curve *c)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < t->n; i++)
        if (t->wait[i].group == (int32_t)group)
            t->watch[n++] = (struct tr_watch){t->wait[i].days, t->wait[i].reached};
    return tr_curve_make(c, t->watch, n, 0.95);
}

enum { REACHED, WAITING, LEFT, N_PARTS };
static const char *const part_names[] = {"reached", "still_waiting", "left_before", "total"};
static const char *const quantiles[] = {"quartile1", "median", "quartile3", "median_low",
                                        "median_high"};

static void tell_quantiles(struct telling *t, const struct tr_curve *c, bool hidden)
{
    double value[5] = {tr_curve_quantile(c, 0.25), tr_curve_quantile(c, 0.5),
                       tr_curve_quantile(c, 0.75)};

    tr_curve_quantile_interval(c, 0.5, &value[3], &value[4]);
    for (int i = 0; i < 5; i++) {
        if (hidden)
            tr_figures_hide(t->out, quantiles[i]);
        else
            tr_figures_number(t->out, quantiles[i], value[i], 1);
    }
}

static int tell_group(struct telling *t, uint32_t group, const struct tr_part_count *part)
{
    struct tr_curve c;
    int rc = curve_of(t, group, &c);

    name_row(t, t->groups->name[group]);
    for (int p = 0; p <= N_PARTS; p++) {
        if (part[p].hidden)
            tr_figures_hide(t->out, part_names[p]);
        else
            tr_figures_count(t->out, part_names[p], part[p].count);
    }
    if (rc == 0)
        tell_quantiles(t, &c, part[REACHED].hidden || part[N_PARTS].hidden);
    if (rc == 0 && c.reached < TR_CURVE_FEW) {
        tr_figures_text(t->out, "caution", TR_STR("few"));
        t->n_few++;
    }
    tr_curve_clear(&c);
    return rc;
}

static void count(struct tr_part_count *p)
{
    p->count++;
    p->persons++;
}

static int table_of_pair(struct telling *t, struct tr_err *err)
{
    const struct tr_flow_groups *g = t->groups;
    bool split = g->by != TR_FLOW_ALL;
    uint32_t wide = N_PARTS + 1, n = split ? g->n : 0;
    struct tr_part_count *part = calloc((size_t)wide * (n + 1), sizeof *part);
    int rc = part ? 0 : tr_err_memory(err);

    for (uint32_t i = 0; rc == 0 && i < t->n; i++) {
        const struct tr_wait *w = &t->wait[i];
        int p = w->reached ? REACHED : w->left ? LEFT : WAITING;

        for (uint32_t r = split ? (uint32_t)w->group : n; r <= n; r = r < n ? n : n + 1) {
            count(&part[r * wide + (uint32_t)p]);
            count(&part[r * wide + N_PARTS]);
        }
    }
    if (rc == 0 && !t->choice->whole)
        rc = tr_hold_back(part, n, N_PARTS, &t->rules, err);
    for (uint32_t i = 0; rc == 0 && i < g->n; i++)
        if (part[(split ? g->order[i] : 0) * wide + N_PARTS].count > 0 &&
            tell_group(t, g->order[i], part + (size_t)(split ? g->order[i] : 0) * wide) < 0)
            rc = tr_err_memory(err);
    free(part);
    return rc;
}

static int curves_of_pair(struct telling *t, struct tr_err *err)
{
    for (uint32_t i = 0; i < t->groups->n; i++) {
        uint32_t least = t->choice->whole ? 0 : (uint32_t)t->rules.smallest_shown, since = 0;
        struct tr_curve c;

        if (curve_of(t, t->groups->order[i], &c) < 0)
            return tr_err_memory(err);
        t->n_few += c.watched > 0 && c.reached < TR_CURVE_FEW;
        for (uint32_t j = 0; j < c.n; j++) {
            const struct tr_curve_point *p = &c.point[j];

            since += p->reached;
            if (p->at_risk - p->reached < least || since < least || (p->reached == 0 && least > 0))
                continue;
            since = 0;
            name_row(t, t->groups->name[t->groups->order[i]]);
            tr_figures_count(t->out, "days", p->days);
            tr_figures_count(t->out, "at_risk", p->at_risk);
            tr_figures_count(t->out, "reached", p->reached);
            tr_figures_count(t->out, "censored", p->censored);
            tr_figures_number(t->out, "share_waiting", p->share, t->choice->whole ? 4 : 2);
            tr_figures_number(t->out, "share_low", p->low, t->choice->whole ? 4 : 2);
            tr_figures_number(t->out, "share_high", p->high, t->choice->whole ? 4 : 2);
            tr_figures_text(t->out, "caution", c.reached < TR_CURVE_FEW ? TR_STR("few") : TR_STR(""));
        }
        tr_curve_clear(&c);
    }
    return 0;
}

static int by_length(const void *a, const void *b)
{
    const struct tr_wait *x = a, *y = b;

    return x->days != y->days ? (x->days < y->days ? 1 : -1) : tr_str_cmp(x->case_id, y->case_id);
}

static int longest_of_pair(struct telling *t, struct tr_err *err)
{
    (void)err;
    qsort(t->wait, t->n, sizeof *t->wait, by_length);
    for (uint32_t i = 0; i < t->n; i++) {
        const struct tr_wait *w = &t->wait[i];

        if (w->reached || w->left)
            continue;
        name_row(t, t->groups->name[w->group]);
        tr_figures_text(t->out, "case_id", w->case_id);
        tr_figures_day(t->out, "since", w->from);
        tr_figures_count(t->out, "days", w->days);
    }
    return 0;
}

static int each_pair(struct telling *t, const struct tr_records *events, const char *const *names,
                     int (*tell)(struct telling *, struct tr_err *), struct tr_err *err)
{
    int rc, *number;

    t->profile = events->profile;
    tr_figures_start(t->out, names);
    rc = tr_disclosure_load(&t->rules, t->profile, err);
    number = tr_waits_cases(events, t->groups);
    if (rc == 0 && !number)
        rc = tr_err_memory(err);
    for (int i = 0; rc == 0 && i < t->choice->n; i++) {
        t->pair = t->choice->pair[i];
        if (tr_waits_find(&t->wait, &t->n, events, number, t->groups, t->choice, t->pair) < 0 ||
            tr_flow_groups_order(t->groups) < 0 ||
            !(t->watch = calloc(t->n + (size_t)1, sizeof *t->watch)))
            rc = tr_err_memory(err);
        if (rc == 0)
            rc = tell(t, err);
        free(t->watch);
        free(t->wait);
        t->watch = NULL;
        t->wait = NULL;
    }
    free(number);
    return rc == 0 && t->out->failed ? tr_err_memory(err) : rc;
}

int tr_waits_table(struct tr_figures *out, const struct tr_records *events,
                   struct tr_flow_groups *groups, const struct tr_waits_choice *choice,
                   uint32_t *n_few, struct tr_err *err)
{
    const char *const names[] = {"wait_from",   "wait_to",         tr_flow_by_columns[groups->by],
                                 "=reached",    "=still_waiting",  "=left_before",
                                 "=total",      "=quartile1",      "=median",
                                 "=quartile3",  "=median_low",     "=median_high",
                                 "caution",     NULL};
    struct telling t = {.out = out, .groups = groups, .choice = choice};
    int rc = each_pair(&t, events, names, table_of_pair, err);

    *n_few = t.n_few;
    return rc;
}

int tr_waits_curves(struct tr_figures *out, const struct tr_records *events,
                    struct tr_flow_groups *groups, const struct tr_waits_choice *choice,
                    uint32_t *n_few, struct tr_err *err)
{
    const bool whole = choice->whole; /* few leave on one day: their numbers are told to nobody else */
    const char *const names[] = {"wait_from",
                                 "wait_to",
                                 tr_flow_by_columns[groups->by],
                                 "=days",
                                 whole ? "=at_risk" : "",
                                 whole ? "=reached" : "",
                                 whole ? "=censored" : "",
                                 "=share_waiting",
                                 "=share_low",
                                 "=share_high",
                                 "caution",
                                 NULL};
    struct telling t = {.out = out, .groups = groups, .choice = choice};
    int rc = each_pair(&t, events, names, curves_of_pair, err);

    *n_few = t.n_few;
    return rc;
}

int tr_waits_longest(struct tr_figures *out, const struct tr_records *events,
                     struct tr_flow_groups *groups, const struct tr_waits_choice *choice,
                     struct tr_err *err)
{
    const char *const names[] = {"wait_from", "wait_to", tr_flow_by_columns[groups->by],
                                 "case_id",   "since",   "=days",
                                 NULL};
    struct telling t = {.out = out, .groups = groups, .choice = choice};

    return each_pair(&t, events, names, longest_of_pair, err);
}
