/* What is due in each case, by the routine and the log of events.
 *
 * Problem. A step of the routine may be due more than once in a case: at every move, every three
 * months. An event that does it may be logged before the event that starts it, on the same day or
 * (for steps that allow it) earlier. And a later event may make it moot.
 *
 * Idea. Each time a step is to be done is an instance. A step goes once through the case's events,
 * in order of day, with a queue of open instances and a stack of spare events:
 *   1. an event in `until` closes all open instances: moot, or missed when they were late;
 *   2. an event in `done_by` completes the first open instance; with none open, it becomes a spare;
 *   3. an event in `starts` opens an instance, unless one is open and the step is not for each; the
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
#include "domain/routine/deadline.h"

#include <stdio.h>
#include <stdlib.h>

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

/* The events of all cases, to be put in order of case and day. */
struct log {
    const struct tr_routine *routine;
    const struct tr_records *events;
    uint32_t *order; /* numbers of records */
    int *of;         /* the case of each record */
    int32_t as_of;
    const struct tr_listener *listener;
};

/* One time that a step is to be done: see the top of this file. */
struct instance {
    uint32_t from;   /* the place of the event that started it */
    uint32_t number; /* among the step's instances, from 1 */
    int32_t due, due_working_day;
};

/* The current case and step. */
struct casework {
    const struct log *log;
    const struct tr_event **event; /* in order of day */
    uint32_t n;
    struct instance *open; /* queue of open instances: [first, last) */
    uint32_t first, last;
    uint32_t *spare; /* stack of events that complete the step, and found none open */
    uint32_t n_spare;
    uint32_t started; /* instances of the step */
    struct tr_records *out;
    uint32_t statuses;
    bool failed;
};

static const struct tr_event *event_at(const struct log *log, uint32_t i)
{
    return tr_event(log->events, log->order[i]);
}

/* ---- faults in a log ---- */

static void say(const struct log *log, uint32_t record, const char *member, enum tr_code code,
                const char *a, const char *b)
{
    struct tr_err err;

    tr_records_fault(log->events, record, member, code, a, b, &err);
    log->listener->say(log->listener->cookie, &err);
}

static struct tr_str code_of(const struct tr_list *list, int32_t entry)
{
    return list->entry[entry].code;
}

/* The codes in mask, joined. */
static void join(const struct tr_list *list, uint64_t mask, char *out, size_t size)
{
    struct tr_buf all = {0};

    for (int i = 0; i < list->n; i++)
        if (mask >> i & 1) {
            tr_buf_text(&all, all.len ? " " : "");
            tr_buf_str(&all, code_of(list, i));
        }
    tr_err_copy(out, size, tr_buf_slice(&all));
    tr_buf_clear(&all);
}

static bool same_event(const struct tr_event *a, const struct tr_event *b)
{
    return a->date == b->date && a->type == b->type && a->detail == b->detail;
}

static void check_detail(const struct log *log, uint32_t record)
{
    const struct tr_event *e = tr_event(log->events, record);
    char detail[TR_ID_MAX + 1], type[TR_ID_MAX + 1], all[160];

    if (e->detail < 0 && log->routine->wants_detail >> e->type & 1) {
        join(log->routine->details, log->routine->allowed[e->type], all, sizeof all);
        say(log, record, "detail", TR_W_EVENT_WHICH, all, NULL);
    }
    if (e->detail < 0 || log->routine->allowed[e->type] >> e->detail & 1)
        return;
    tr_err_copy(detail, sizeof detail, code_of(log->routine->details, e->detail));
    tr_err_copy(type, sizeof type, code_of(log->routine->types, e->type));
    say(log, record, "detail", TR_E_EVENT_DETAIL, detail, type);
}

/* The line of the event before i that has its type and detail. */
static const char *earlier_line(const struct log *log, uint32_t i, char text[24])
{
    const struct tr_event *e = event_at(log, i), *other;

    do {
        other = event_at(log, --i);
    } while (other->type != e->type || other->detail != e->detail);
    snprintf(text, 24, "%llu", (unsigned long long)log->events->line[log->order[i]]);
    return text;
}

/* Reports what contradicts itself in one case: events [from, to). */
static void check_case(const struct log *log, uint32_t from, uint32_t to)
{
    const struct tr_routine *r = log->routine;
    bool had[TR_LIST_MAX][TR_LIST_MAX + 1] = {{false}}; /* seen so far: [type][detail + 1] */
    uint64_t known = 0; /* types up to the end of the day of the event */
    char types[160], line[24];

    for (uint32_t i = from; i < to; i++) {
        const struct tr_event *e = event_at(log, i);
        uint32_t record = log->order[i];

        for (uint32_t j = i; j < to && event_at(log, j)->date == e->date &&
                             (i == from || event_at(log, i - 1)->date != e->date);
             j++)
            known |= UINT64_C(1) << event_at(log, j)->type;
        check_detail(log, record);
        if (i > from && same_event(e, event_at(log, i - 1)))
            say(log, record, "type", TR_E_EVENT_TWICE, earlier_line(log, i, line), NULL);
        else if (r->once[e->type] && had[e->type][e->detail + 1])
            say(log, record, "type", TR_E_EVENT_ONCE, earlier_line(log, i, line), NULL);
        else if (r->after[e->type] && !(r->after[e->type] & known)) {
            join(r->types, r->after[e->type], types, sizeof types);
            say(log, record, "type", TR_E_EVENT_AFTER, types, NULL);
        }
        for (int type = 0; type < r->types->n; type++) /* what this follows may come again */
            if (r->after[e->type] >> type & 1)
                memset(had[type], 0, sizeof had[type]);
        had[e->type][e->detail + 1] = true;
    }
}

/* ---- a step in a case ---- */

static int32_t responsible(const struct casework *c, const struct tr_step *s, int32_t day)
{
    int32_t role = s->responsible;

    for (uint32_t i = 0; i < c->n && c->event[i]->date <= day; i++)
        for (int k = 0; s->changes.types >> c->event[i]->type & 1 && k < s->changes.n; k++)
            if (s->changes.at[k].type == c->event[i]->type &&
                (s->changes.at[k].detail < 0 || s->changes.at[k].detail == c->event[i]->detail))
                role = s->changes.role[k];
    return role;
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
    d->responsible = responsible(c, s, day);
    d->attendees = s->attendees;
    d->is = status;
    d->status = r->status[status];
    d->done_on = status == TR_DEADLINE_DONE ? day : TR_NO_DAY;
    d->since = c->event[in->from]->date;
    d->because = c->event[in->from]->type;
    d->number = (uint32_t)(s - r->step);
    d->instance = in->number;
    d->events = c->n;
}

static bool late(const struct instance *in, int32_t day)
{
    return in->due_working_day != TR_NO_DAY && day > in->due_working_day;
}

static enum tr_deadline_status status_of(const struct tr_step *s, const struct instance *in,
                                         int32_t as_of)
{
    const struct tr_duration n = s->notice;
    int32_t notice =
        tr_day_plus(in->due, (struct tr_duration){-n.months, -n.days, -n.working_days});

    if (late(in, as_of))
        return s->passes ? TR_DEADLINE_PASSED : TR_DEADLINE_OVERDUE;
    return in->due != TR_NO_DAY && as_of >= notice ? TR_DEADLINE_DUE : TR_DEADLINE_UPCOMING;
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

/* Opens an instance. anew: no spare may complete it. */
static void start(struct casework *c, const struct tr_step *s, uint32_t at, struct tr_duration span,
                  bool anew)
{
    int32_t due = tr_day_plus(c->event[at]->date, span);
    struct instance in = {at, ++c->started, due, s->strict ? due : tr_working_day_from(due)};
    uint32_t spare;

    if (anew || !take_spare(c, s, at, &spare)) {
        c->open[c->last++] = in;
        return;
    }
    add_row(c, s, &in, TR_DEADLINE_DONE, c->event[spare]->date);
    if (s->repeats)
        start(c, s, spare, s->repeat, true);
}

/* Completes the first open instance. An event never completes the instance it starts: completing
 * comes first. */
static void complete(struct casework *c, const struct tr_step *s, uint32_t at)
{
    add_row(c, s, &c->open[c->first++], TR_DEADLINE_DONE, c->event[at]->date);
    if (c->first == c->last)
        c->first = c->last = 0;
    if (s->repeats)
        start(c, s, at, s->repeat, true);
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

static void follow(struct casework *c, const struct tr_step *s)
{
    c->first = c->last = c->n_spare = c->started = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        bool completes = tr_signs_have(&s->done_by, c->event[i]);

        if (tr_signs_have(&s->until, c->event[i]))
            make_moot(c, s, c->event[i]->date);
        if (completes && c->first < c->last)
            complete(c, s, i);
        else if (completes)
            c->spare[c->n_spare++] = i;
        if (!tr_signs_have(&s->starts, c->event[i]) || (!s->each && c->first < c->last))
            continue;
        /* An event that both completes and starts the step, such as a move to another place. */
        start(c, s, i, s->offset, completes);
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
    uint64_t types = 0;

    c->n = 0;
    for (uint32_t i = from; i < to; i++) {
        const struct tr_event *e = event_at(c->log, i);

        if (e->date > c->log->as_of || (c->n > 0 && same_event(e, c->event[c->n - 1])))
            continue;
        types |= UINT64_C(1) << e->type;
        c->event[c->n++] = e;
    }
    for (uint32_t s = 0; s < r->n_steps && !c->failed; s++)
        if (types & r->step[s].starts.types)
            follow(c, &r->step[s]);
    if (c->out->n > before)
        qsort(tr_deadline(c->out, before), c->out->n - before, sizeof(struct tr_deadline), by_day);
}

/* Reports faults of single lines, in the order of the file, before they are sorted. */
static void check_lines(const struct log *log, int32_t *latest)
{
    char iso[TR_DATE_LEN + 1] = "";

    tr_date_iso(tr_date_of(log->as_of), iso);
    for (uint32_t i = 0; i < log->events->n; i++) {
        int32_t day = tr_event(log->events, i)->date, *last = &latest[log->of[i]];

        if (log->events->line[i] == 0)
            continue; /* taken from referrals or stays: no line of the log is at fault */
        if (day > log->as_of)
            say(log, i, "date", TR_E_EVENT_FUTURE, iso, NULL);
        else if (day < *last)
            say(log, i, "date", TR_W_EVENT_ORDER, NULL, NULL);
        else
            *last = day;
    }
}

struct key {
    struct tr_str id;
    int32_t of;
    uint64_t day; /* the day, and on it the type and the detail */
    uint32_t record;
};

/* By case, day, type - in the order in which the profile has them - and place in the log: the same
 * lines in another order give the same. */
static int by_case(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    if (x->of != y->of) {
        size_t n = x->id.len < y->id.len ? x->id.len : y->id.len;
        int c = memcmp(x->id.p, y->id.p, n);

        return c ? c : (x->id.len > y->id.len) - (x->id.len < y->id.len);
    }
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static int put_in_order(struct log *log)
{
    struct key *key = malloc((log->events->n + (size_t)1) * sizeof *key);

    if (!key)
        return -1;
    for (uint32_t i = 0; i < log->events->n; i++) {
        const struct tr_event *e = tr_event(log->events, i);

        key[i] = (struct key){
            e->case_id, log->of[i],
            (uint64_t)(uint32_t)e->date << 16 | (uint64_t)((e->type << 8) + e->detail + 1), i};
    }
    qsort(key, log->events->n, sizeof *key, by_case);
    for (uint32_t i = 0; i < log->events->n; i++)
        log->order[i] = key[i].record;
    free(key);
    return 0;
}

/* Numbers the cases. Returns how many there are, or -1. */
static int number_cases(struct log *log)
{
    struct tr_dict ids = {0};
    int n = 0;

    for (uint32_t i = 0; i < log->events->n; i++) {
        log->of[i] = n;
        if (tr_dict_add(&ids, tr_event(log->events, i)->case_id, &log->of[i]) < 0) {
            n = -1;
            break;
        }
        n += log->of[i] == n;
    }
    tr_dict_clear(&ids);
    return n;
}

int tr_deadlines_find(struct tr_records *out, const struct tr_routine *routine,
                      const struct tr_records *events, int32_t as_of, uint32_t statuses,
                      const struct tr_listener *listener)
{
    size_t n = events->n + (size_t)1;
    struct log log = {.routine = routine, .events = events, .as_of = as_of, .listener = listener};
    struct casework c = {.log = &log, .out = out, .statuses = statuses};
    int32_t *latest = calloc(n, sizeof *latest);
    int rc = -1;

    tr_records_start(out, &tr_deadline_kind, events->profile, events->source);
    log.order = malloc(n * sizeof *log.order);
    log.of = malloc(n * sizeof *log.of);
    c.event = malloc(n * sizeof *c.event);
    c.open = malloc(2 * n * sizeof *c.open); /* an event may start one and repeat another */
    c.spare = malloc(n * sizeof *c.spare);
    if (!latest || !log.order || !log.of || !c.event || !c.open || !c.spare ||
        number_cases(&log) < 0)
        goto out;
    check_lines(&log, latest);
    if (put_in_order(&log) < 0)
        goto out;
    for (uint32_t from = 0, to; from < events->n && !c.failed; from = to) {
        for (to = from + 1; to < events->n && log.of[log.order[to]] == log.of[log.order[from]];)
            to++;
        check_case(&log, from, to);
        work(&c, from, to);
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

void tr_deadlines_keep(struct tr_records *deadlines, int32_t role, bool calendar)
{
    uint32_t n = 0;

    if (role < 0)
        return;
    for (uint32_t i = 0; i < deadlines->n; i++) {
        struct tr_deadline *d = tr_deadline(deadlines, i);

        if (d->responsible != role && !calendar)
            continue;
        if (d->responsible != role)
            d->is = TR_DEADLINE_MOOT;
        *tr_deadline(deadlines, n++) = *d;
    }
    deadlines->n = n;
}
