/* What ends a stay that its own row leaves open: a later row of the same referral and institution, or
 * the log. The row keeps its words; only what it holds ends. */
#include <stdlib.h>

#include "domain/cases/cases.h"

static struct tr_stay *last_begun(struct tr_records *stays, const uint32_t *of, size_t n, int32_t day,
                                  uint32_t statuses, bool first)
{
    struct tr_stay *found = NULL;

    for (size_t i = 0; i < n; i++) {
        struct tr_stay *s = tr_stay(stays, of[i]);

        if (statuses >> s->status & 1 && !s->ended && s->from <= day &&
            (s->to == TR_NO_DAY || s->to > day) &&
            (!found || (!first && s->from >= found->from)))
            found = s;
    }
    return found;
}

enum { ANSWERABLE = 1 << TR_STAY_OFFERED | 1 << TR_STAY_ACCEPTED };

/* What an event of the log ends, by the fact that its type stands for. */
static const struct {
    enum tr_case_fact fact;
    uint32_t ends;             /* bit: enum tr_stay_status */
    enum tr_stay_status tells; /* a stay that says the same of the day has told it already */
    bool first;                /* the stay that began first; else the last */
} of_log[] = {
    {TR_FACT_DECLINED, ANSWERABLE, TR_STAY_DECLINED, false},
    {TR_FACT_EXPIRED, ANSWERABLE, TR_STAY_EXPIRED, false},
    {TR_FACT_GIVEN_UP, 1 << TR_STAY_KEPT | 1 << TR_STAY_DAY_PLACE, TR_STAY_OTHER, false},
    {TR_FACT_MOVED_OUT, 1 << TR_STAY_MOVED_IN, TR_STAY_MOVED_OUT, true},
};

static void end_on(struct tr_stay *s, int32_t day, bool refused)
{
    if (s->ended && s->ended_on <= day)
        return;
    s->ended = true;
    s->refused = refused;
    s->ended_on = day;
}

/* A row that says no, or that nobody answered, ends the offers at that institution that came before. */
static void end_by_row(struct tr_records *stays, const uint32_t *of, size_t n, size_t k)
{
    struct tr_stay *no = tr_stay(stays, of[k]);
    int32_t day = no->to == TR_NO_DAY ? no->from : no->to;

    if (no->status != TR_STAY_DECLINED && no->status != TR_STAY_EXPIRED)
        return;
    for (size_t i = 0; i < n; i++) {
        struct tr_stay *s = tr_stay(stays, of[i]);

        if (!(ANSWERABLE >> s->status & 1) || !tr_str_eq(s->institution_id, no->institution_id) ||
            s->from > no->from || (s->from == no->from && i > k) ||
            (s->to != TR_NO_DAY && s->to <= day))
            continue;
        end_on(s, day, no->status == TR_STAY_DECLINED);
        end_on(no, day, false); /* the row is the answer, and no offer of its own */
    }
}

static void end_by_event(struct tr_records *stays, const uint32_t *of, size_t n,
                         const struct tr_case_states *states, const struct tr_event *e)
{
    for (size_t a = 0; a < sizeof of_log / sizeof *of_log; a++) {
        struct tr_stay *s;
        bool told = false;

        if (e->type != states->type_of[of_log[a].fact] ||
            (of_log[a].fact == TR_FACT_MOVED_OUT && e->detail >= 0 && states->place_details &&
             !(states->place_details >> e->detail & 1)))
            continue;
        for (size_t i = 0; i < n; i++) {
            const struct tr_stay *k = tr_stay(stays, of[i]);

            told |= k->status == (int32_t)of_log[a].tells &&
                    tr_stay_span(k, states->offer_days).end == e->date;
        }
        s = told ? NULL : last_begun(stays, of, n, e->date, of_log[a].ends, of_log[a].first);
        if (s)
            end_on(s, e->date, of_log[a].fact == TR_FACT_DECLINED);
    }
}

/* Rows of a referral, or its events, in the order of days. */
struct row {
    int number; /* of the referral */
    int32_t day;
    uint32_t index;
};

static int by_day(const void *a, const void *b)
{
    const struct row *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

int tr_cases_end_stays(struct tr_records *stays, const struct tr_records *events,
                       const struct tr_case_states *states, int32_t as_of)
{
    size_t n_events = events ? events->n : 0, n = 0;
    struct row *stay = malloc((stays->n + (size_t)1) * sizeof *stay);
    struct row *event = malloc((n_events + (size_t)1) * sizeof *event);
    uint32_t *of = malloc((stays->n + (size_t)1) * sizeof *of);
    struct tr_dict referrals = {0};
    bool failed = !stay || !event || !of;

    for (uint32_t i = 0; !failed && i < stays->n; i++) {
        int number = (int)i;

        failed = tr_dict_add(&referrals, tr_stay(stays, i)->referral_id, &number) < 0;
        stay[i] = (struct row){number, tr_stay(stays, i)->from, i};
    }
    for (uint32_t i = 0; !failed && i < n_events; i++) {
        const struct tr_event *e = tr_event(events, i);
        int number = e->date <= as_of ? tr_dict_find(&referrals, e->case_id) : -1;

        if (number >= 0)
            event[n++] = (struct row){number, e->date, i};
    }
    if (!failed) {
        qsort(stay, stays->n, sizeof *stay, by_day);
        qsort(event, n, sizeof *event, by_day);
    }
    for (size_t i = 0, k = 0, end; !failed && i < stays->n; i = end) {
        for (end = i; end < stays->n && stay[end].number == stay[i].number; end++)
            of[end - i] = stay[end].index;
        for (size_t row = 0; row < end - i; row++)
            end_by_row(stays, of, end - i, row);
        for (; k < n && event[k].number <= stay[i].number; k++)
            if (event[k].number == stay[i].number)
                end_by_event(stays, of, end - i, states, tr_event(events, event[k].index));
    }
    tr_dict_clear(&referrals);
    free(of);
    free(event);
    free(stay);
    return failed ? -1 : 0;
}
