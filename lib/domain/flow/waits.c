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

/* Finds the event types that lead out of every state in which an end leaves who waits. */
static int find_returns(struct tr_waits_choice *choice, const struct tr_profile *p,
                        struct tr_err *err)
{
    struct tr_case_states all;
    uint64_t over = 0;

    if (tr_case_states_load(&all, p, err) < 0)
        return -1;
    for (int t = 0; t < TR_LIST_MAX; t++)
        if (choice->ends >> t & 1 && all.state[0].to[t] > 0)
            over |= UINT64_C(1) << all.state[0].to[t];
    choice->returns = over ? UINT64_MAX : 0;
    for (int i = 0; i < all.n; i++)
        for (int t = 0; t < TR_LIST_MAX; t++) {
            int to = all.state[i].to[t];

            if (over >> i & 1 && (to < 0 || over >> to & 1 || all.state[to].gone || all.state[to].frees))
                choice->returns &= ~(UINT64_C(1) << t);
        }
    return 0;
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
        choice->place[chain[n - 1]] = (int8_t)n;
    }
    for (int i = 1; i < n; i++)
        choice->pair[choice->n++] = (struct tr_wait_pair){chain[i - 1], chain[i]};
    for (int i = 2; i < n; i++)
        choice->pair[choice->n++] = (struct tr_wait_pair){chain[0], chain[i]};
    if (!tr_list_codes(types, tr_profile_value(p, "waits_end"), &choice->ends))
        return bad_value(p, "waits_end", err);
    return find_returns(choice, p, err);
}

/* ---- the waits of a pair ---- */

/* The events that waits are made of, dealt out to their cases: every pair goes through them. */
struct happening {
    int32_t date, type;
};
struct course {
    struct happening *at;
    uint32_t *first; /* of each case, numbered as by the groups; behind the last, the end */
    struct tr_str *id;
    uint32_t cases;
};

/* One wait. */
struct wait {
    struct tr_str case_id;
    int32_t from, days;
    bool reached, left, skipped; /* at most one of them */
    int32_t group;
};

static void course_clear(struct course *c)
{
    free(c->at);
    free(c->first);
    free(c->id);
}

/* -1: memory. */
static int course_make(struct course *c, const struct tr_records *events, struct tr_flow_groups *g,
                       const struct tr_waits_choice *choice)
{
    int *of = malloc((events->n + (size_t)1) * sizeof *of), rc = of ? 0 : -1;
    uint64_t types = choice->ends | choice->returns;

    for (int i = 0; i < choice->n; i++)
        types |= UINT64_C(1) << choice->pair[i].from | UINT64_C(1) << choice->pair[i].to;
    for (int t = 0; t < TR_LIST_MAX; t++)
        types |= (uint64_t)(choice->place[t] > 0) << t;
    for (uint32_t i = 0; rc == 0 && i < events->n; i++)
        rc = (of[i] = tr_flow_case(g, tr_event(events, i)->case_id)) < 0 ? -1 : 0;
    *c = (struct course){.at = malloc((events->n + (size_t)1) * sizeof *c->at),
                         .first = calloc(g->cases.n + 1, sizeof *c->first),
                         .id = calloc(g->cases.n + 1, sizeof *c->id),
                         .cases = (uint32_t)g->cases.n};
    if (!c->at || !c->first || !c->id)
        rc = -1;
    for (uint32_t i = 0; rc == 0 && i < events->n; i++)
        c->first[of[i]] += types >> tr_event(events, i)->type & 1;
    for (uint32_t i = 1; rc == 0 && i <= c->cases; i++)
        c->first[i] += c->first[i - 1];
    for (uint32_t i = events->n; rc == 0 && i-- > 0;) { /* from the end of each case to its first */
        const struct tr_event *e = tr_event(events, i);

        c->id[of[i]] = e->case_id;
        if (types >> e->type & 1)
            c->at[--c->first[of[i]]] = (struct happening){e->date, e->type};
    }
    free(of);
    return rc;
}

static void earliest(int32_t *day, int32_t other)
{
    if (*day == TR_NO_DAY || other < *day)
        *day = other;
}

/* Whether an event of that type shows that the wait was passed over: it comes later in the chain than
 * what was waited for, as moving in does where nobody wrote down the offer. */
static bool passes(const struct tr_waits_choice *choice, struct tr_wait_pair pair, int32_t type)
{
    int from = choice->place[pair.from], to = choice->place[pair.to];

    return to > 0 && choice->place[type] > (from > to ? from : to);
}

/* The day since which nothing is due in the case any more, as after a death under whichever referral, or
 * since which the person has a place or a home under another; TR_NO_DAY: there is none. */
static int32_t over_since(const struct tr_cases *cases, struct tr_str id)
{
    const struct tr_case_standing *at = cases ? tr_cases_of(cases, id) : NULL;
    const struct tr_case_state *state = at ? &cases->states->state[at->state] : NULL;

    return state && (!state->deadlines || (at->through >= 0 && state->queue == TR_QUEUE_OUT))
               ? at->since
               : TR_NO_DAY;
}

/* The events of one case. */
struct life {
    const struct happening *at, *end;
    const struct tr_waits_choice *choice;
};

/* The day of the first event of a type that the report knows, on the day or later; TR_NO_DAY: there is none. */
static int32_t next_of(const struct life *l, int32_t type, int32_t day)
{
    int32_t first = TR_NO_DAY;

    for (const struct happening *h = l->at; h < l->end; h++)
        if (h->type == type && h->date <= l->choice->as_of && (day == TR_NO_DAY || h->date >= day))
            earliest(&first, h->date);
    return first;
}

/* The first event that takes an end back: later, or on its day and behind it in the list. NULL: there is none. */
static const struct happening *taken_back(const struct life *l, const struct happening *end)
{
    const struct happening *first = NULL;

    for (const struct happening *h = l->at; h < l->end; h++)
        if (l->choice->returns >> h->type & 1 && h->date <= l->choice->as_of &&
            (h->date > end->date || (h->date == end->date && h->type > end->type)) &&
            (!first || h->date < first->date))
            first = h;
    return first;
}

/* The first event that ends a wait, on the day or later. after: on a day behind that. NULL: there is none. */
static const struct happening *next_end(const struct life *l, int32_t day, int32_t after)
{
    const struct happening *first = NULL;

    for (const struct happening *h = l->at; h < l->end; h++)
        if (l->choice->ends >> h->type & 1 && h->date >= day && h->date <= l->choice->as_of &&
            (after == TR_NO_DAY || h->date > after) && (!first || h->date < first->date))
            first = h;
    return first;
}

/* The day of the first event behind what is waited for. */
static int32_t next_passing(const struct life *l, struct tr_wait_pair pair, int32_t day)
{
    int32_t first = TR_NO_DAY;

    for (const struct happening *h = l->at; h < l->end; h++)
        if (h->type != pair.to && !(l->choice->ends >> h->type & 1) && h->date >= day &&
            h->date <= l->choice->as_of && passes(l->choice, pair, h->type))
            earliest(&first, h->date);
    return first;
}

/* Of the pair in one case; false: none began. */
static bool wait_of(struct wait *w, const struct life *l, struct tr_wait_pair pair)
{
    const struct tr_waits_choice *choice = l->choice;
    int32_t from = next_of(l, pair.from, TR_NO_DAY), to, left, passed, back = TR_NO_DAY;
    int32_t over = over_since(choice->cases, w->case_id);

    if (from == TR_NO_DAY)
        return false;
    for (;;) {
        const struct happening *end = next_end(l, from, back), *again;
        int32_t anew;

        to = next_of(l, pair.to, from);
        passed = next_passing(l, pair, from);
        left = end ? end->date : TR_NO_DAY;
        if (!end || (to != TR_NO_DAY && to <= left) || (passed != TR_NO_DAY && passed <= left) ||
            !(again = taken_back(l, end)))
            break;
        back = again->date;
        anew = next_of(l, pair.from, back);
        if (anew == TR_NO_DAY && choice->place[again->type] == 1) /* what was waited for is another place now */
            break;
        from = anew == TR_NO_DAY ? from : anew;
    }
    if (choice->since != TR_NO_DAY && from < choice->since)
        return false;
    w->from = from;
    w->reached = to != TR_NO_DAY && (left == TR_NO_DAY || to <= left);
    if (over != TR_NO_DAY)
        earliest(&left, over > from ? over : from);
    w->skipped = !w->reached && passed != TR_NO_DAY && (left == TR_NO_DAY || passed <= left);
    w->left = !w->reached && !w->skipped && left != TR_NO_DAY;
    w->days = (w->reached ? to : w->skipped ? passed : w->left ? left : choice->as_of) - from;
    return true;
}

/* Those of a pair, of each case in which one began. -1: memory. */
static int find_waits(struct wait **out, uint32_t *n, const struct course *c,
                      struct tr_flow_groups *g, const struct tr_waits_choice *choice,
                      struct tr_wait_pair pair)
{
    *n = 0;
    *out = calloc(c->cases + (size_t)1, sizeof **out);
    for (uint32_t i = 0; *out && i < c->cases; i++) {
        struct wait *w = *out + *n;

        w->case_id = c->id[i];
        if (!wait_of(w, &(struct life){c->at + c->first[i], c->at + c->first[i + 1], choice}, pair))
            continue;
        w->group = tr_flow_group(g, (int)i, w->case_id, w->from);
        if (w->group < 0)
            return -1;
        ++*n;
    }
    return *out ? 0 : -1;
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
    struct wait *wait;
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

enum { REACHED, WAITING, LEFT, SKIPPED, N_PARTS };
static const char *const part_names[] = {"reached", "still_waiting", "left_before", "skipped", "total"};
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
        const struct wait *w = &t->wait[i];
        int p = w->reached ? REACHED : w->left ? LEFT : w->skipped ? SKIPPED : WAITING;

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

/* A curve of which no point stands for enough persons: a row says so. */
static void hold_curve(struct telling *t, uint32_t group, bool few)
{
    static const char *const hidden[] = {"days", "share_waiting", "share_low", "share_high"};

    name_row(t, t->groups->name[group]);
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        tr_figures_hide(t->out, hidden[i]);
    tr_figures_text(t->out, "caution", few ? TR_STR("few") : TR_STR(""));
}

static int curves_of_pair(struct telling *t, struct tr_err *err)
{
    for (uint32_t i = 0; i < t->groups->n; i++) {
        uint32_t least = t->choice->whole ? 0 : (uint32_t)t->rules.smallest_shown, since = 0;
        bool shown = false;
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
            shown = true;
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
        if (!shown && least > 0 && c.watched > 0)
            hold_curve(t, t->groups->order[i], c.reached < TR_CURVE_FEW);
        tr_curve_clear(&c);
    }
    return 0;
}

static int by_length(const void *a, const void *b)
{
    const struct wait *x = a, *y = b;

    return x->days != y->days ? (x->days < y->days ? 1 : -1) : tr_str_cmp(x->case_id, y->case_id);
}

static int longest_of_pair(struct telling *t, struct tr_err *err)
{
    (void)err;
    qsort(t->wait, t->n, sizeof *t->wait, by_length);
    for (uint32_t i = 0; i < t->n; i++) {
        const struct wait *w = &t->wait[i];

        if (w->reached || w->left || w->skipped)
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
    struct course course = {0};
    int rc;

    t->profile = events->profile;
    tr_figures_start(t->out, names);
    rc = tr_disclosure_load(&t->rules, t->profile, err);
    if (rc == 0 && course_make(&course, events, t->groups, t->choice) < 0)
        rc = tr_err_memory(err);
    for (int i = 0; rc == 0 && i < t->choice->n; i++) {
        t->pair = t->choice->pair[i];
        if (find_waits(&t->wait, &t->n, &course, t->groups, t->choice, t->pair) < 0 ||
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
    course_clear(&course);
    return rc == 0 && t->out->failed ? tr_err_memory(err) : rc;
}

int tr_waits_table(struct tr_figures *out, const struct tr_records *events,
                   struct tr_flow_groups *groups, const struct tr_waits_choice *choice,
                   uint32_t *n_few, struct tr_err *err)
{
    const char *const names[] = {"wait_from",   "wait_to",         tr_flow_by_columns[groups->by],
                                 "=reached",    "=still_waiting",  "=left_before",
                                 "=skipped",    "=total",          "=quartile1",
                                 "=median",     "=quartile3",      "=median_low",
                                 "=median_high", "caution",        NULL};
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
