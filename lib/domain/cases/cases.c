#include "domain/cases/cases.h"

#include <stdlib.h>

/* What a case holds, weakest first. */
enum level {
    LEVEL_NONE,
    LEVEL_PARKED,
    LEVEL_OFFERED,
    LEVEL_ACCEPTED,
    LEVEL_KEPT,
    LEVEL_LIVES,
    N_LEVELS
};

/* What begins a level, and what ends it. */
static const struct {
    enum tr_case_fact begins, ends;
} levels[N_LEVELS] = {
    [LEVEL_PARKED] = {TR_FACT_PARKED, TR_FACT_RESUMED},
    [LEVEL_OFFERED] = {TR_FACT_OFFERED, TR_FACT_EXPIRED},
    [LEVEL_ACCEPTED] = {TR_FACT_ACCEPTED, TR_FACT_EXPIRED},
    [LEVEL_KEPT] = {TR_FACT_KEPT, TR_FACT_GIVEN_UP},
    [LEVEL_LIVES] = {TR_FACT_MOVED_IN, TR_FACT_MOVED_OUT},
};

/* A level held on the days [from, end); end TR_NO_DAY: with no end. */
struct held {
    uint32_t number; /* of the case */
    enum level level;
    int32_t from, end;
    bool declined; /* it ends by an answer, not by time */
};

/* An event of a case, from the log or told by a source. */
struct mark {
    uint32_t number;
    int32_t day, type;
    uint32_t order; /* as they came */
    const struct tr_records *from;
    uint32_t index; /* the record that told it */
};

struct finding {
    struct tr_cases *out;
    const struct tr_case_states *states;
    int32_t as_of;
    const struct tr_listener *listener;
    struct mark *mark;
    struct held *held;
    size_t n_marks, room_marks, n_held, room_held, room_cases;
    bool failed;
};

/* ---- growing lists ---- */

static void *grown(void *list, size_t n, size_t *room, size_t size, bool *failed)
{
    size_t more = *room ? 2 * *room : 256;
    void *longer = n < *room ? list : realloc(list, more * size);

    if (n < *room)
        return list;
    if (!longer) {
        *failed = true;
        return list;
    }
    *room = more;
    return longer;
}

/* Number of the case called id; UINT32_MAX when memory is out. */
static uint32_t number_of(struct finding *f, struct tr_str id)
{
    int number = (int)f->out->n;
    int known = tr_dict_add(&f->out->ids, id, &number);

    if (known == 0) {
        f->out->at = grown(f->out->at, f->out->n, &f->room_cases, sizeof *f->out->at, &f->failed);
        if (!f->failed)
            f->out->at[f->out->n++] = (struct tr_case_standing){.since = TR_NO_DAY,
                                                                .because = -1,
                                                                .until = TR_NO_DAY,
                                                                .received = TR_NO_DAY,
                                                                .last = TR_NO_DAY,
                                                                .person = number,
                                                                .speaks = true,
                                                                .through = -1,
                                                                .id = id};
    }
    f->failed |= known < 0;
    return f->failed ? UINT32_MAX : (uint32_t)number;
}

static void happened(struct finding *f, uint32_t number, int32_t day)
{
    struct tr_case_standing *at = &f->out->at[number];

    if (day != TR_NO_DAY && (at->last == TR_NO_DAY || day > at->last))
        at->last = day;
}

static void add_mark(struct finding *f, uint32_t number, int32_t day, int32_t type,
                     const struct tr_records *from, uint32_t index)
{
    if (number == UINT32_MAX || type < 0 || day == TR_NO_DAY || day > f->as_of ||
        !(f->states->moving >> type & 1))
        return;
    f->mark = grown(f->mark, f->n_marks, &f->room_marks, sizeof *f->mark, &f->failed);
    if (!f->failed) {
        f->mark[f->n_marks] = (struct mark){number, day, type, (uint32_t)f->n_marks, from, index};
        f->n_marks++;
    }
}

static void add_held(struct finding *f, const struct held *held)
{
    if (held->number == UINT32_MAX || held->from == TR_NO_DAY || held->from > f->as_of ||
        (held->end != TR_NO_DAY && held->end < held->from))
        return;
    f->held = grown(f->held, f->n_held, &f->room_held, sizeof *f->held, &f->failed);
    if (!f->failed)
        f->held[f->n_held++] = *held;
}

/* ---- what the sources tell ---- */

static int32_t day_of(struct tr_str text)
{
    struct tr_date date;

    return tr_date_parse(text, &date) ? tr_date_number(date) : TR_NO_DAY;
}

int tr_case_take(struct tr_records *referrals, const struct tr_value v[], uint64_t line)
{
    struct tr_case *c = tr_records_add(referrals, line);

    if (!c)
        return -1;
    c->id = tr_arena_copy(&referrals->text, v[TR_F_REFERRAL_ID].text);
    c->person_id = tr_arena_copy(&referrals->text, v[TR_F_PERSON_ID].text);
    c->wishes = tr_arena_copy(&referrals->text, v[TR_F_WISHES].text);
    c->received = day_of(v[TR_F_RECEIVED].text);
    c->available_from = day_of(v[TR_F_AVAILABLE_FROM].text);
    c->bydel = v[TR_F_BYDEL].num;
    c->stay_type = v[TR_F_STAY_TYPE].num;
    return referrals->text.failed ? -1 : 0;
}

static void take_referrals(struct finding *f, const struct tr_records *referrals)
{
    for (uint32_t i = 0; i < referrals->n && !f->failed; i++) {
        const struct tr_case *c = tr_case(referrals, i);
        uint32_t number = number_of(f, c->id);

        if (number == UINT32_MAX)
            return;
        f->out->at[number].received = c->received;
        happened(f, number, c->received);
        add_mark(f, number, c->received, f->states->type_of[TR_FACT_RECEIVED], referrals, i);
        if (c->available_from != TR_NO_DAY)
            add_held(f, &(struct held){number, LEVEL_PARKED,
                                       c->received == TR_NO_DAY ? 0 : c->received,
                                       c->available_from, false});
    }
}

static enum level level_of(const struct tr_stay *s)
{
    static const enum level of_status[TR_N_STAY_STATUS] = {
        [TR_STAY_OFFERED] = LEVEL_OFFERED,  [TR_STAY_ACCEPTED] = LEVEL_ACCEPTED,
        [TR_STAY_DECLINED] = LEVEL_OFFERED, [TR_STAY_EXPIRED] = LEVEL_OFFERED,
        [TR_STAY_MOVED_IN] = LEVEL_LIVES,   [TR_STAY_MOVED_OUT] = LEVEL_LIVES,
        [TR_STAY_KEPT] = LEVEL_KEPT,        [TR_STAY_DAY_PLACE] = LEVEL_KEPT,
    };

    return of_status[s->status];
}

static void take_stays(struct finding *f, const struct tr_records *stays)
{
    for (uint32_t i = 0; i < stays->n && !f->failed; i++) {
        const struct tr_stay *s = tr_stay(stays, i);
        struct tr_span span = tr_stay_span(s, f->states->offer_days);
        uint32_t number = number_of(f, s->referral_id);

        if (number == UINT32_MAX)
            return;
        happened(f, number, s->from);
        happened(f, number, span.end);
        if (level_of(s) != LEVEL_NONE)
            add_held(f, &(struct held){number, level_of(s), span.from, span.end,
                                       s->status == TR_STAY_DECLINED});
        if (s->status == TR_STAY_SELF_REFERRED)
            add_mark(f, number, s->from, f->states->type_of[TR_FACT_RETURNED], NULL, 0);
    }
}

/* A day on which a case was resumed. */
struct resumed {
    uint32_t number;
    int32_t day;
};

static int by_case_and_day(const void *a, const void *b)
{
    const struct resumed *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->day < y->day ? -1 : x->day > y->day;
}

/* Parking is a span: from its event until its day, or until the case is resumed. */
static void end_parking(struct finding *f, struct resumed *resumed, size_t n)
{
    qsort(resumed, n, sizeof *resumed, by_case_and_day);
    for (size_t h = 0; n > 0 && h < f->n_held; h++) {
        struct held *held = &f->held[h];
        struct resumed after = {held->number, held->from};
        size_t low = 0, high = n;

        if (held->level != LEVEL_PARKED)
            continue;
        while (low < high) {
            size_t middle = low + (high - low) / 2;

            if (by_case_and_day(&resumed[middle], &after) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < n && resumed[low].number == held->number &&
            (held->end == TR_NO_DAY || held->end > resumed[low].day))
            held->end = resumed[low].day;
    }
}

static void take_events(struct finding *f, const struct tr_records *events)
{
    struct resumed *resumed = malloc((events->n + (size_t)1) * sizeof *resumed);
    size_t n = 0;

    f->failed |= !resumed;
    for (uint32_t i = 0; i < events->n && !f->failed; i++) {
        const struct tr_event *e = tr_event(events, i);
        uint32_t number = number_of(f, e->case_id);

        if (number == UINT32_MAX)
            break;
        happened(f, number, e->date);
        if (e->type == f->states->type_of[TR_FACT_PARKED]) {
            add_held(f, &(struct held){number, LEVEL_PARKED, e->date, e->until, false});
            continue;
        }
        if (e->type == f->states->type_of[TR_FACT_RESUMED] && e->date <= f->as_of)
            resumed[n++] = (struct resumed){number, e->date};
        add_mark(f, number, e->date, e->type, events, i);
    }
    if (!f->failed)
        end_parking(f, resumed, n);
    free(resumed);
}

/* ---- from what is held to events ---- */

/* The end of a level, or its beginning. */
struct edge {
    uint32_t number;
    int32_t day;
    enum level level;
    int step; /* 1: begins; -1: ends */
    bool declined;
};

static int by_edge(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->level < y->level ? -1 : x->level > y->level;
}

static int strongest(const int *count)
{
    int level = N_LEVELS - 1;

    while (level > LEVEL_NONE && count[level] <= 0)
        level--;
    return level;
}

/* The strongest level changes on a day. Living that turns into a kept place is one event. */
static void change(struct finding *f, uint32_t number, int32_t day, int before, int after,
                   bool declined)
{
    if (after < before && !(before == LEVEL_LIVES && after == LEVEL_KEPT)) {
        enum tr_case_fact ends = declined && before != LEVEL_LIVES && before != LEVEL_KEPT
                                     ? TR_FACT_DECLINED
                                     : levels[before].ends;

        add_mark(f, number, day, f->states->type_of[ends], NULL, 0);
    }
    if (after != LEVEL_NONE && after != before)
        add_mark(f, number, day, f->states->type_of[levels[after].begins], NULL, 0);
}

/* The changes of one case; gives the number of edges that were its. */
static size_t change_case(struct finding *f, const struct edge *edge, size_t n)
{
    int count[N_LEVELS] = {0}, now = LEVEL_NONE;
    size_t i = 0;

    while (i < n && edge[i].number == edge->number) {
        int32_t day = edge[i].day;
        bool declined = false;
        int after;

        for (; i < n && edge[i].number == edge->number && edge[i].day == day; i++) {
            count[edge[i].level] += edge[i].step;
            declined |= edge[i].declined && edge[i].step < 0;
        }
        after = strongest(count);
        if (after != now)
            change(f, edge->number, day, now, after, declined);
        now = after;
    }
    return i;
}

static void tell_changes(struct finding *f)
{
    struct edge *edge = malloc((2 * f->n_held + 1) * sizeof *edge);
    size_t n = 0;

    if (!edge) {
        f->failed = true;
        return;
    }
    for (size_t h = 0; h < f->n_held; h++) {
        const struct held *held = &f->held[h];

        edge[n++] = (struct edge){held->number, held->from, held->level, 1, held->declined};
        if (held->end != TR_NO_DAY)
            edge[n++] = (struct edge){held->number, held->end, held->level, -1, held->declined};
    }
    qsort(edge, n, sizeof *edge, by_edge);
    for (size_t i = 0; i < n;)
        i += change_case(f, edge + i, n - i);
    free(edge);
}

/* ---- running the events ---- */

static int by_day(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* An event that the state does not allow. What follows from stays alone is told by nobody: the row
 * that contradicts the log is the log's. */
static void refuse(const struct finding *f, const struct mark *m)
{
    const struct tr_case_standing *at = &f->out->at[m->number];
    char id[TR_ID_MAX + 1], type[64], state[64];
    struct tr_err err;

    if (!m->from)
        return;
    tr_err_copy(id, sizeof id, at->id);
    tr_err_copy(type, sizeof type, f->states->types->entry[m->type].code);
    tr_err_copy(state, sizeof state, f->states->state[at->state].code);
    tr_err_set(&err, TR_W_CASE_STATE, id, type, state);
    err.source = m->from->source;
    err.line = m->from->line[m->index];
    f->listener->say(f->listener->cookie, &err);
}

static void run(struct finding *f)
{
    if (f->n_marks)
        qsort(f->mark, f->n_marks, sizeof *f->mark, by_day);
    for (size_t i = 0; i < f->n_marks; i++) {
        const struct mark *m = &f->mark[i], *before = i > 0 ? m - 1 : NULL;
        struct tr_case_standing *at = &f->out->at[m->number];
        int to = f->states->state[at->state].to[m->type];

        if (before && before->number == m->number && before->day == m->day &&
            before->type == m->type)
            continue; /* two sources tell the same */
        if (to < 0) {
            refuse(f, m);
        } else if (to != at->state || at->because < 0) {
            at->state = to;
            at->since = m->day;
            at->because = m->type;
        }
    }
}

/* The day on which a parked case is available again. */
static void find_until(struct finding *f)
{
    for (size_t h = 0; h < f->n_held; h++) {
        const struct held *held = &f->held[h];
        struct tr_case_standing *at = &f->out->at[held->number];

        if (held->level == LEVEL_PARKED && f->states->state[at->state].queue == TR_QUEUE_PARKED &&
            held->end != TR_NO_DAY && held->end > f->as_of &&
            (at->until == TR_NO_DAY || held->end > at->until))
            at->until = held->end;
    }
}

/* ---- referrals of one person ---- */

struct same {
    int person;
    uint32_t number;
};

static int by_person(const void *a, const void *b)
{
    const struct same *x = a, *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* The state of the person, as another case has it, for one that waits. */
static void join(struct tr_cases *c, const struct same *same, size_t n)
{
    for (size_t i = 0; i < n; i++)
        c->at[same[i].number].person = (int32_t)same[0].number;
    for (size_t i = 0; i < n; i++) {
        struct tr_case_standing *at = &c->at[same[i].number];

        if (c->states->state[at->state].queue == TR_QUEUE_OUT)
            continue;
        for (size_t k = 0; k < n; k++) {
            const struct tr_case_standing *other = &c->at[same[k].number];

            if (k == i || other->through >= 0 || !c->states->state[other->state].person ||
                (!c->states->state[other->state].keep && at->received != TR_NO_DAY &&
                 other->since < at->received))
                continue;
            at->through = (int32_t)same[k].number;
            at->state = other->state;
            at->since = other->since;
            at->because = other->because;
            break;
        }
    }
}

/* Whether a speaks rather than b: waits, is the newer, and comes first by its id. */
static bool speaks_before(const struct tr_cases *c, const struct tr_case_standing *a,
                          const struct tr_case_standing *b)
{
    bool waits = c->states->state[a->state].queue != TR_QUEUE_OUT;

    if (waits != (c->states->state[b->state].queue != TR_QUEUE_OUT))
        return waits;
    if (a->received != b->received)
        return a->received > b->received;
    return tr_str_cmp(a->id, b->id) < 0;
}

static void choose_speaker(struct tr_cases *c, const struct same *same, size_t n)
{
    struct tr_case_standing *speaker = &c->at[same[0].number];

    for (size_t i = 0; i < n; i++) {
        struct tr_case_standing *at = &c->at[same[i].number];

        at->speaks = false;
        if (speaks_before(c, at, speaker))
            speaker = at;
    }
    speaker->speaks = true;
}

static void join_persons(struct finding *f, const struct tr_records *referrals)
{
    struct same *same = malloc((referrals->n + (size_t)1) * sizeof *same);
    struct tr_dict persons = {0};
    size_t n = 0;

    for (uint32_t i = 0; same && i < referrals->n && !f->failed; i++) {
        const struct tr_case *c = tr_case(referrals, i);
        int person = (int)i;

        if (c->person_id.len == 0)
            continue;
        f->failed |= tr_dict_add(&persons, c->person_id, &person) < 0;
        same[n++] = (struct same){person, number_of(f, c->id)};
    }
    f->failed |= !same;
    if (!f->failed)
        qsort(same, n, sizeof *same, by_person);
    for (size_t i = 0, more; !f->failed && i < n; i = more) {
        for (more = i + 1; more < n && same[more].person == same[i].person; more++)
            ;
        if (more > i + 1) {
            join(f->out, same + i, more - i);
            choose_speaker(f->out, same + i, more - i);
        }
    }
    tr_dict_clear(&persons);
    free(same);
}

/* ---- all of it ---- */

int tr_cases_find(struct tr_cases *out, const struct tr_case_states *states,
                  const struct tr_case_sources *in, int32_t as_of,
                  const struct tr_listener *listener, struct tr_err *err)
{
    struct finding f = {.out = out, .states = states, .as_of = as_of, .listener = listener};

    *out = (struct tr_cases){.states = states};
    if (in->referrals)
        take_referrals(&f, in->referrals);
    if (in->stays && !f.failed)
        take_stays(&f, in->stays);
    if (in->events && !f.failed)
        take_events(&f, in->events);
    if (!f.failed)
        tell_changes(&f);
    if (!f.failed) {
        run(&f);
        find_until(&f);
    }
    if (in->referrals && !f.failed)
        join_persons(&f, in->referrals);
    free(f.mark);
    free(f.held);
    if (!f.failed)
        return 0;
    tr_cases_clear(out);
    return tr_err_memory(err);
}

void tr_cases_clear(struct tr_cases *c)
{
    free(c->at);
    tr_dict_clear(&c->ids);
    *c = (struct tr_cases){0};
}

const struct tr_case_standing *tr_cases_of(const struct tr_cases *c, struct tr_str id)
{
    int number = tr_dict_find(&c->ids, id);

    return number < 0 ? NULL : &c->at[number];
}

const struct tr_case_state *tr_cases_state(const struct tr_cases *c, struct tr_str id)
{
    const struct tr_case_standing *at = tr_cases_of(c, id);

    return &c->states->state[at ? at->state : 0];
}

void tr_cases_deadlines(const struct tr_cases *c, const struct tr_routine *routine,
                        uint32_t statuses, struct tr_records *deadlines)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < deadlines->n; i++) {
        struct tr_deadline *d = tr_deadline(deadlines, i);

        if (TR_DEADLINE_OPEN >> d->is & 1 && !routine->step[d->number].passes &&
            !tr_cases_state(c, d->case_id)->deadlines) {
            d->is = TR_DEADLINE_MOOT;
            d->status = routine->status[TR_DEADLINE_MOOT];
        }
        if (statuses >> d->is & 1)
            *tr_deadline(deadlines, n++) = *d;
    }
    deadlines->n = n;
}

bool tr_case_is_old(const struct tr_cases *c, const struct tr_case_standing *at, int32_t day)
{
    return !c->states->state[at->state].keep && at->last != TR_NO_DAY && at->last < day;
}
