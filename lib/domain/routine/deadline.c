/* What is due in each case, by the routine and the log of events.
 *
 * Problem. A step of the routine may be due more than once in a case: at every move, every three
 * months. An event that does it may be logged before the event that starts it, on the same day or
 * (for steps that allow it) earlier. And a later event may make it moot.
 *
 * Idea. Each time a step is to be done is an instance. A step goes once through the case's events,
 * in order of day, with a queue of open instances and a stack of spare events:
 *   1. an event in `ahead_of` moves all open instances: they are due no later than so long before
 *      the day that it names, or its own day;
 *   2. an event in `until` closes all open instances: moot, or missed when they were late;
 *   3. an event in `done_by` completes the first open instance - of a limit that passes by itself,
 *      such as the last day to complain, the first that has not passed; with none open, it becomes
 * a spare;
 *   4. an event in `starts` opens an instance, unless one is open and the step is not for each; the
 *      latest spare that fits (same day, or any when the step may be done early) completes it.
 * Completing comes before starting: an event never completes the instance that it starts. A step
 * that repeats opens its next instance when one is completed. What is open in the end is overdue,
 * due or upcoming on the day asked for.
 *
 * Invariant. Instances are open in the order in which they were started, and an event completes at
 * most one. Each event opens at most two: one that it starts, one that it repeats; so the queue has
 * room for two per event.
 *
 * Example. Step: contact within 14 days of moving in, done by a call. Events: moved in 1 March,
 * call 10 March, moved in 1 June; asked for 5 June. The first opens an instance due 15 March, the
 * call completes it on the 10th; the second opens one due 15 June: upcoming or due, by its notice.
 * Had the call been logged on 1 March before the move, it would have been a spare, and completed
 * the first at once.
 *
 * Cost. Sorting the events, then each step once through the events of each case.
 *
 * Source. Limits and events: the routine, in steps.csv and event_types.csv of the profile. How
 * working days move a limit: base/calendar.h. */
#include <stdlib.h>

#include "base/sort.h"
#include "domain/routine/deadline_own.h"

#define AT(member) offsetof(struct tr_deadline, member)

static const struct tr_member members[] = {
    {"case_id", TR_M_ID, .at = AT(case_id), .needed = true, .filled = true},
    {"step", TR_M_TEXT, .at = AT(step), .needed = true, .filled = true},
    {"due", TR_M_DATE, .at = AT(due), .needed = true},
    {"due_working_day", TR_M_DATE, .at = AT(due_working_day)},
    {"responsible", TR_M_CODE, .at = AT(responsible), .list = "role"},
    {"attendees", TR_M_CODES, .at = AT(attendees), .list = "role"},
    {"status", TR_M_CODE, .at = AT(status), .list = "deadline_status", .needed = true},
    {"done_on", TR_M_DATE, .at = AT(done_on)},
    {"late", TR_M_NUMBER, .at = AT(late), .most = INT32_MAX},
    {"late_working_days", TR_M_NUMBER, .at = AT(late_working), .most = INT32_MAX},
    {"source", TR_M_TEXT, .at = AT(source)},
    {"since", TR_M_DATE, .at = AT(since)},
    {"because", TR_M_CODE, .at = AT(because), .list = "event_type"},
};

const struct tr_kind tr_deadline_kind = {
    .name = "deadline",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_deadline),
};

/* One time that a step is to be done: see the top of this file. */
struct instance {
    uint32_t from;   /* the place of the event that started it */
    uint32_t number; /* among the step's instances, from 1 */
    int32_t own;     /* due by itself; TR_NO_DAY: it has no day of its own */
    int32_t due, due_working_day;
    uint32_t changes;   /* how many events of ahead_of have moved it */
    int32_t changed_on; /* the day of the last */
};

/* The current case and step. */
struct casework {
    const struct tr_log *log;
    const struct tr_event **event; /* in order of day */
    uint32_t n;
    struct instance *open; /* queue of open instances: [first, last) */
    uint32_t first, last;
    uint32_t *spare; /* stack of events that complete the step, and found none open */
    uint32_t n_spare;
    uint32_t started; /* instances of the step */
    int32_t given, unknown; /* types of event: consent, and that nobody knows of any; -1: none */
    struct tr_records *out;
    uint32_t statuses;
    bool failed;
};

/* ---- a step in a case ---- */

/* Whether event i of the case gives the step to the role of sign k: not when what ends that has
 * happened since another event gave it. */
static bool gives(const struct casework *c, const struct tr_signs *changes, int k, uint32_t i)
{
    uint64_t others = 0;

    for (int o = 0; o < changes->n; o++)
        if (!changes->unless[o] && changes->role[o] == changes->role[k])
            others |= UINT64_C(1) << changes->at[o].type;
    while (changes->unless[k] && i-- > 0) {
        if (changes->unless[k] >> c->event[i]->type & 1)
            return false;
        if (others >> c->event[i]->type & 1)
            return true;
    }
    return true;
}

/* Finds who is responsible for the instance on a day, and who was before. */
static void find_responsible(const struct casework *c, const struct tr_step *s,
                             const struct instance *in, int32_t day, struct tr_deadline *d)
{
    d->responsible = s->responsible;
    for (uint32_t i = 0; i < c->n && c->event[i]->date <= day; i++)
        for (int k = 0; s->changes.types >> c->event[i]->type & 1 && k < s->changes.n; k++) {
            const struct tr_sign *sign = &s->changes.at[k];

            if (sign->type != c->event[i]->type || s->changes.role[k] == d->responsible ||
                (sign->detail >= 0 && sign->detail != c->event[i]->detail) ||
                !gives(c, &s->changes, k, i))
                continue;
            if (i > in->from) {
                d->had |= UINT64_C(1) << d->responsible;
                d->handed_over = c->event[i]->date;
                d->changes++;
                d->changed_on = d->changed_on > d->handed_over ? d->changed_on : d->handed_over;
            }
            d->responsible = s->changes.role[k];
        }
}

int32_t tr_last_day(int32_t due, enum tr_off_day off_day)
{
    return off_day == TR_OFF_DAY_SAME     ? due
           : off_day == TR_OFF_DAY_BEFORE ? tr_working_day_until(due)
                                          : tr_working_day_from(due);
}

static bool late(const struct instance *in, int32_t day)
{
    return in->due_working_day != TR_NO_DAY && day > in->due_working_day;
}

/* What is done on a day off counts as done on the next working day. */
static void count_late(const struct tr_step *s, const struct instance *in, int32_t day,
                       struct tr_deadline *d)
{
    d->late = day - in->due_working_day;
    if (s->offset.working_days != 0 && in->due == in->own)
        d->late_working = tr_working_days_between(in->due_working_day, tr_working_day_from(day));
}

static int32_t notice_of(const struct tr_step *s, const struct instance *in)
{
    const struct tr_duration n = s->notice;
    int32_t last = in->due_working_day < in->due ? in->due_working_day : in->due;

    return tr_day_plus(last, (struct tr_duration){-n.months, -n.days, -n.working_days});
}

/* Adds the row of an instance; day: when it was done or made moot, else the day asked for. */
static void add_row(struct casework *c, const struct tr_step *s, const struct instance *in,
                    enum tr_deadline_status status, int32_t day)
{
    const struct tr_routine *r = c->log->routine;
    struct tr_deadline *d;

    if (!(c->statuses >> status & 1))
        return;
    d = tr_records_add(c->out, 0);
    if (!d) {
        c->failed = true;
        return;
    }
    d->case_id = c->event[0]->case_id;
    d->step = s->code;
    d->source = s->source;
    d->due = in->due;
    d->due_working_day = in->due_working_day;
    d->attendees = s->attendees;
    d->is = status;
    d->status = r->status[status];
    d->done_on = status == TR_DEADLINE_DONE ? day : TR_NO_DAY;
    d->since = c->event[in->from]->date;
    d->because = c->event[in->from]->type;
    d->label = s->label;
    d->passes = s->passes;
    d->when_closed = s->when_closed;
    d->number = (uint32_t)(s - r->step);
    d->instance = in->number;
    d->notice_on = notice_of(s, in);
    d->changes = 1 + in->changes;
    d->changed_on = in->changed_on;
    d->over_on = TR_DEADLINE_OPEN >> status & 1 ? TR_NO_DAY
                 : status == TR_DEADLINE_PASSED ? in->due_working_day + 1
                                                : day;
    d->handed_over = TR_NO_DAY;
    find_responsible(c, s, in, day, d);
    if (late(in, day) && (status == TR_DEADLINE_OVERDUE || status == TR_DEADLINE_DONE) &&
        !s->reminder)
        count_late(s, in, day, d);
}

enum tr_deadline_status tr_deadline_open_status(int32_t last, int32_t notice_on, int32_t as_of)
{
    if (last == TR_NO_DAY)
        return TR_DEADLINE_DUE;
    return as_of > last         ? TR_DEADLINE_OVERDUE
           : as_of >= notice_on ? TR_DEADLINE_DUE
                                : TR_DEADLINE_UPCOMING;
}

static enum tr_deadline_status status_of(const struct tr_step *s, const struct instance *in,
                                         int32_t as_of)
{
    enum tr_deadline_status open =
        tr_deadline_open_status(in->due_working_day, notice_of(s, in), as_of);

    return open != TR_DEADLINE_OVERDUE ? open
           : s->passes                 ? TR_DEADLINE_PASSED
           : s->reminder               ? TR_DEADLINE_DUE
                                       : open;
}

/* Takes the latest spare that completes an instance started by event number at: one of the same
 * day, or any earlier one if the step may be done early. */
static bool take_spare(struct casework *c, const struct tr_step *s, uint32_t at, uint32_t *spare)
{
    if (c->n_spare == 0)
        return false;
    *spare = c->spare[c->n_spare - 1];
    if (!s->early && c->event[*spare]->date != c->event[at]->date)
        return false;
    c->n_spare--;
    return true;
}

/* The day that an event is about: one that it names, else its own. */
static int32_t day_named(const struct tr_event *e)
{
    return e->until != TR_NO_DAY ? e->until : e->date;
}

/* The event makes the instance due no later than ahead of it; the last such event counts. */
static void be_ahead_of(const struct tr_step *s, const struct tr_event *e, struct instance *in)
{
    const struct tr_duration n = s->ahead;
    int32_t day =
        tr_day_plus(day_named(e), (struct tr_duration){-n.months, -n.days, -n.working_days});
    int32_t due = in->own == TR_NO_DAY || (day != TR_NO_DAY && day < in->own) ? day : in->own;

    if (due == in->due)
        return;
    in->due = due;
    in->due_working_day = tr_last_day(due, s->off_day);
    in->changes++;
    in->changed_on = e->date;
}

/* Whether the step can have a day when this event starts it: being on hold without an end is no
 * duty. */
static bool has_day(const struct tr_step *s, const struct tr_event *e)
{
    return s->has_offset || e->until != TR_NO_DAY || s->ahead_of.n > 0;
}

/* Opens an instance, due a span after the event. anew: no spare may complete it. */
static void start(struct casework *c, const struct tr_step *s, uint32_t at,
                  const struct tr_duration *span, bool anew)
{
    const struct tr_event *e = c->event[at];
    int32_t own = span == &s->offset && s->day_named && e->until != TR_NO_DAY ? e->until
                  : span == &s->offset && !s->has_offset                      ? TR_NO_DAY
                                                         : tr_day_plus(e->date, *span);
    struct instance in = {at, ++c->started, own, own, tr_last_day(own, s->off_day), 0, e->date};
    uint32_t spare;

    if (e->until != TR_NO_DAY && tr_signs_have(&s->ahead_of, e))
        be_ahead_of(s, e, &in);
    if (anew || !take_spare(c, s, at, &spare)) {
        c->open[c->last++] = in;
        return;
    }
    add_row(c, s, &in, TR_DEADLINE_DONE, c->event[spare]->date);
    if (s->repeats)
        start(c, s, spare, &s->repeat, true);
}

/* Puts first what the event answers: of limits that pass by themselves, the first that still runs,
 * or the last when all are over. The others stay in order. */
static void put_first(struct casework *c, const struct tr_step *s, int32_t day)
{
    uint32_t at = c->first;
    struct instance in;

    while (s->passes && at + 1 < c->last && late(&c->open[at], day))
        at++;
    in = c->open[at];
    memmove(&c->open[c->first + 1], &c->open[c->first], (at - c->first) * sizeof in);
    c->open[c->first] = in;
}

/* Completes the first open instance. An event never completes the instance it starts: completing
 * comes first. */
static void complete(struct casework *c, const struct tr_step *s, uint32_t at)
{
    add_row(c, s, &c->open[c->first++], TR_DEADLINE_DONE, c->event[at]->date);
    if (c->first == c->last)
        c->first = c->last = 0;
    if (s->repeats)
        start(c, s, at, &s->repeat, true);
}

/* Closes all open instances: there is no point in doing them any more. */
static void make_moot(struct casework *c, const struct tr_step *s, int32_t day)
{
    for (; c->first < c->last; c->first++)
        add_row(c, s, &c->open[c->first],
                !late(&c->open[c->first], day) ? TR_DEADLINE_MOOT
                : s->passes                    ? TR_DEADLINE_PASSED
                                               : TR_DEADLINE_MISSED,
                day);
    c->first = c->last = 0;
}

/* Whether the event starts the step. since: the types of what happened since it was last completed. */
static bool starts(const struct tr_step *s, const struct tr_event *e, uint64_t since)
{
    for (int i = 0; s->starts.types >> e->type & 1 && i < s->starts.n; i++)
        if (s->starts.at[i].type == e->type &&
            (s->starts.at[i].detail < 0 || s->starts.at[i].detail == e->detail) &&
            (!s->starts.during[i] || s->starts.during[i] & since))
            return true;
    return false;
}

/* Whether event i is a consent that was refused or taken back on its day, and so is not there: somebody must ask
 * again. What was not known is answered on its day. */
static bool is_undone(const struct casework *c, const struct tr_step *s, uint32_t i)
{
    uint64_t day = 0, known = c->unknown < 0 ? UINT64_MAX : ~(UINT64_C(1) << c->unknown);

    if (c->event[i]->type != c->given)
        return false;
    for (uint32_t k = 0; k < c->n; k++)
        if (c->event[k]->date == c->event[i]->date && k != i)
            day |= UINT64_C(1) << c->event[k]->type;
    return day & s->starts.types & known;
}

static void follow(struct casework *c, const struct tr_step *s)
{
    const uint64_t concerns = s->done_by.types | s->ahead_of.types | s->until.types | s->starts.types;
    uint64_t since = 0;

    c->first = c->last = c->n_spare = c->started = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        if (!(concerns >> c->event[i]->type & 1)) {
            since |= UINT64_C(1) << c->event[i]->type;
            continue;
        }
        bool completes = tr_signs_have(&s->done_by, c->event[i]) && !is_undone(c, s, i);

        for (uint32_t k = c->first; k < c->last && tr_signs_have(&s->ahead_of, c->event[i]); k++)
            be_ahead_of(s, c->event[i], &c->open[k]);
        if (tr_signs_have(&s->until, c->event[i]))
            make_moot(c, s, c->event[i]->date);
        if (completes && c->first < c->last) {
            put_first(c, s, c->event[i]->date);
            complete(c, s, i);
        } else if (completes)
            c->spare[c->n_spare++] = i;
        since = completes ? 0 : since | UINT64_C(1) << c->event[i]->type;
        if (!starts(s, c->event[i], since) || (!s->each && c->first < c->last) ||
            !has_day(s, c->event[i]))
            continue;
        /* An event that both completes and starts the step, such as a move to another place. */
        start(c, s, i, &s->offset, completes);
    }
    for (; c->first < c->last; c->first++)
        add_row(c, s, &c->open[c->first], status_of(s, &c->open[c->first], c->log->as_of),
                c->log->as_of);
}

/* ---- all cases ---- */

static int by_day(const void *a, const void *b)
{
    const struct tr_deadline *x = a, *y = b;

    if (x->due != y->due)
        return (uint32_t)x->due < (uint32_t)y->due ? -1 : 1; /* no day: last */
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->instance > y->instance) - (x->instance < y->instance);
}

/* The case of events [from, to). */
static void work(struct casework *c, uint32_t from, uint32_t to)
{
    const struct tr_routine *r = c->log->routine;
    uint32_t before = c->out->n;
    struct tr_deadline one;
    uint64_t types = 0;

    c->n = 0;
    for (uint32_t i = from; i < to; i++) {
        const struct tr_event *e = tr_log_event(c->log, i);

        if (e->date > c->log->as_of || (c->n > 0 && tr_same_event(e, c->event[c->n - 1])))
            continue;
        types |= UINT64_C(1) << e->type;
        c->event[c->n++] = e;
    }
    for (uint32_t s = 0; s < r->n_steps && !c->failed; s++)
        if (types & r->step[s].starts.types)
            follow(c, &r->step[s]);
    if (c->out->n > before)
        tr_sort_few(tr_deadline(c->out, before), c->out->n - before, sizeof one, by_day, &one);
}

/* taker NULL: all stay in out. */
static int find(struct tr_records *out, const struct tr_routine *routine,
                const struct tr_records *events, int32_t as_of, uint32_t statuses,
                const struct tr_listener *listener, const struct tr_deadline_taker *taker)
{
    size_t n = events->n + (size_t)1;
    struct tr_log log = {
        .routine = routine, .events = events, .as_of = as_of, .listener = listener};
    struct casework c = {.log = &log,
                         .out = out,
                         .statuses = statuses,
                         .given = tr_event_taken_from(routine->profile, "consent_given"),
                         .unknown = tr_event_taken_from(routine->profile, "consent_missing")};
    int32_t *latest = calloc(n, sizeof *latest);
    int cases, rc = -1;

    tr_records_start(out, &tr_deadline_kind, events->profile, events->source);
    log.order = malloc(n * sizeof *log.order);
    log.of = malloc(n * sizeof *log.of);
    c.event = malloc(n * sizeof *c.event);
    c.open = malloc(2 * n * sizeof *c.open); /* an event may start one and repeat another */
    c.spare = malloc(n * sizeof *c.spare);
    if (!latest || !log.order || !log.of || !c.event || !c.open || !c.spare ||
        (cases = tr_log_number_cases(&log)) < 0 || tr_log_check_lines(&log, latest) < 0)
        goto out;
    free(latest);
    latest = NULL;
    if (tr_log_put_in_order(&log, (uint32_t)cases) < 0)
        goto out;
    for (uint32_t from = 0, to; from < events->n && !c.failed; from = to) {
        for (to = from + 1; to < events->n && log.of[log.order[to]] == log.of[log.order[from]];)
            to++;
        tr_log_check_case(&log, from, to);
        work(&c, from, to);
        if (taker && out->n > 0) {
            c.failed |= taker->take(taker->cookie, out) < 0;
            out->n = 0;
        }
    }
    rc = c.failed ? -1 : 0;
out:
    free(c.spare);
    free(c.open);
    free(c.event);
    free(log.of);
    free(log.order);
    free(latest);
    return rc;
}

int tr_deadlines_find(struct tr_records *out, const struct tr_routine *routine,
                      const struct tr_records *events, int32_t as_of, uint32_t statuses,
                      const struct tr_listener *listener)
{
    return find(out, routine, events, as_of, statuses, listener, NULL);
}

int tr_deadlines_each(const struct tr_routine *routine, const struct tr_records *events,
                      int32_t as_of, uint32_t statuses, const struct tr_listener *listener,
                      const struct tr_deadline_taker *taker)
{
    struct tr_records of_case;
    int rc = find(&of_case, routine, events, as_of, statuses, listener, taker);

    tr_records_clear(&of_case);
    return rc;
}

static int by_case_and_day(const void *a, const void *b)
{
    int c = tr_str_cmp(((const struct tr_deadline *)a)->case_id,
                       ((const struct tr_deadline *)b)->case_id);

    return c ? c : by_day(a, b);
}

void tr_deadlines_sort(struct tr_records *deadlines)
{
    if (deadlines->n > 0)
        qsort(deadlines->record, deadlines->n, sizeof(struct tr_deadline), by_case_and_day);
}

void tr_deadlines_keep(struct tr_records *deadlines, int32_t role, bool calendar, int32_t since)
{
    uint32_t n = 0;

    if (role < 0)
        return;
    for (uint32_t i = 0; i < deadlines->n; i++) {
        struct tr_deadline *d = tr_deadline(deadlines, i);

        if (d->responsible != role) {
            if (!calendar || !(d->had >> role & 1) || d->handed_over < since)
                continue;
            d->is = TR_DEADLINE_MOOT;
            d->left = true;
            d->over_on = d->handed_over;
        }
        *tr_deadline(deadlines, n++) = *d;
    }
    deadlines->n = n;
}
