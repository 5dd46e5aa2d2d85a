#include <stdlib.h>

#include "domain/cases/cases_own.h"

/* ---- running the events ---- */

static int by_day(const void *a, const void *b)
{
    const struct tr_mark_of_case *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* An event that the state does not allow, from the log or told by a stay. Which came first on a day,
 * a stay does not say: an offer of the day on which the person withdraws is nothing to tell. */
static void refuse(const struct tr_finding *f, const struct tr_mark_of_case *m)
{
    const struct tr_case_standing *at = &f->out->at[m->number];
    char id[TR_ID_MAX + 1], type[64], state[64];
    struct tr_err err;

    if (!m->from || (m->from->kind != &tr_event_kind && at->since == m->day))
        return;
    tr_err_copy(id, sizeof id, at->id);
    tr_err_copy(type, sizeof type, f->states->types->entry[m->type].code);
    tr_err_copy(state, sizeof state, f->states->state[at->state].code);
    tr_err_set(&err, TR_W_CASE_STATE, id, type, state);
    err.source = m->from->source;
    err.line = m->from->line[m->index];
    f->listener->say(f->listener->cookie, &err);
}

/* A log is mostly in order already. */
static void sort_marks(struct tr_finding *f)
{
    size_t i = 1;

    while (i < f->n_marks && by_day(&f->mark[i - 1], &f->mark[i]) < 0)
        i++;
    if (i < f->n_marks)
        qsort(f->mark, f->n_marks, sizeof *f->mark, by_day);
}

/* What ends only what one of these began. */
static const struct {
    enum tr_case_fact ends, begins[2];
} answers[] = {
    {TR_FACT_DECLINED, {TR_FACT_OFFERED, TR_FACT_ACCEPTED}},
    {TR_FACT_EXPIRED, {TR_FACT_OFFERED, TR_FACT_ACCEPTED}},
    {TR_FACT_GIVEN_UP, {TR_FACT_KEPT, TR_FACT_KEPT}},
    {TR_FACT_MOVED_OUT, {TR_FACT_MOVED_IN, TR_FACT_MOVED_IN}},
};

/* Whether an event in that state ends what only an event of the same day (day: bit: type) begins, and
 * so comes after it. Who lives somewhere already, and moves out and in on a day, lives there after it.
 * A day on which consent was both given and refused ends without it. */
static bool comes_last(const struct tr_case_states *s, int state, int32_t type, uint64_t day)
{
    const int32_t given = s->type_of[TR_FACT_CONSENT_GIVEN];
    bool began = given >= 0 && day >> given & 1 && s->refusing >> type & 1;

    for (size_t a = 0; a < sizeof answers / sizeof *answers; a++) {
        bool holds = false, today = false;

        for (int k = 0; s->type_of[answers[a].ends] == type && k < 2; k++) {
            int32_t begins = s->type_of[answers[a].begins[k]];

            today |= begins >= 0 && day >> begins & 1;
            holds |= begins >= 0 && s->state[state].to[begins] == state;
        }
        began |= today && !holds;
    }
    return began;
}

static void happen(struct tr_finding *f, const struct tr_mark_of_case *m)
{
    struct tr_case_standing *at = &f->out->at[m->number];
    int to = f->states->state[at->state].to[m->type];

    if (to < 0) {
        refuse(f, m);
    } else if (to != at->state || at->because < 0) {
        if (f->states->state[to].deadlines != f->states->state[at->state].deadlines &&
            at->turns < TR_TURNS_MAX)
            at->turned[at->turns++] = m->day;
        at->state = to;
        at->since = m->day;
        at->because = m->type;
    }
}

/* The events of one case on one day. Two sources can tell the same: it happens once. */
static void run_day(struct tr_finding *f, const struct tr_mark_of_case *mark, size_t n)
{
    const struct tr_case_standing *at = &f->out->at[mark->number];
    uint64_t day = 0, last = 0;

    for (size_t i = 0; i < n; i++)
        day |= UINT64_C(1) << mark[i].type;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && mark[i].type == mark[i - 1].type)
            continue;
        if (comes_last(f->states, at->state, mark[i].type, day))
            last |= UINT64_C(1) << mark[i].type;
        else
            happen(f, &mark[i]);
    }
    for (size_t i = 0; last && i < n; i++)
        if (last >> mark[i].type & 1 && (i == 0 || mark[i].type != mark[i - 1].type))
            happen(f, &mark[i]);
}

static int by_number(const void *a, const void *b)
{
    const struct tr_held *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

/* Whether a stay tells of an offer that stands on the day. What is held is in order of cases. */
static bool stay_offers(const struct tr_finding *f, uint32_t number, int32_t day)
{
    size_t low = 0, high = f->n_held;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (f->held[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t h = low; h < f->n_held && f->held[h].number == number; h++)
        if (f->held[h].level == TR_LEVEL_OFFERED &&
            f->held[h].from <= day && (f->held[h].end == TR_NO_DAY || f->held[h].end > day))
            return true;
    return false;
}

/* An offer that only the log tells of lapses as one of a stay does, unless something else moved the
 * case before the day next. */
static void lapse(struct tr_finding *f, const struct tr_mark_of_case *offer, int32_t next)
{
    const struct tr_case_standing *at = &f->out->at[offer->number];
    const int32_t expired = f->states->type_of[TR_FACT_EXPIRED];
    const struct tr_event *e;
    int32_t day;

    if (!offer->from || offer->from->kind != &tr_event_kind || expired < 0 ||
        at->because != offer->type || at->since != offer->day)
        return;
    e = tr_event(offer->from, offer->index);
    day = e->until != TR_NO_DAY && e->until >= e->date ? e->until + 1
                                                      : e->date + f->states->offer_days;
    if (day > next || stay_offers(f, offer->number, day))
        return;
    happen(f, &(struct tr_mark_of_case){offer->number, day, expired, 0, NULL, 0});
}

/* The offer among the events of a day that the log tells of. */
static const struct tr_mark_of_case *offer_among(const struct tr_finding *f,
                                                 const struct tr_mark_of_case *m, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (m[i].type == f->states->type_of[TR_FACT_OFFERED])
            return &m[i];
    return NULL;
}

static void run(struct tr_finding *f)
{
    const struct tr_mark_of_case *offer = NULL;

    sort_marks(f);
    for (size_t i = 0, next; i < f->n_marks; i = next) {
        const struct tr_mark_of_case *m = &f->mark[i];
        const struct tr_mark_of_case *made;

        if (offer && offer->number == m->number)
            lapse(f, offer, m->day);
        for (next = i + 1; next < f->n_marks && f->mark[next].number == m->number &&
                           f->mark[next].day == m->day;)
            next++;
        if (next == i + 1)
            happen(f, m);
        else
            run_day(f, m, next - i);
        made = offer_among(f, m, next - i);
        offer = made ? made : offer && offer->number == m->number ? offer : NULL;
        if (offer && (next == f->n_marks || f->mark[next].number != m->number))
            lapse(f, offer, f->as_of);
    }
}

/* The day on which a parked case is available again. */
static void find_until(struct tr_finding *f)
{
    for (size_t h = 0; h < f->n_held; h++) {
        const struct tr_held *held = &f->held[h];
        struct tr_case_standing *at = &f->out->at[held->number];

        if (held->level == TR_LEVEL_PARKED &&
            f->states->state[at->state].queue == TR_QUEUE_PARKED && held->end != TR_NO_DAY &&
            held->end > f->as_of && (at->until == TR_NO_DAY || held->end > at->until))
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

/* The last day on which a referral of the person is received for which the state holds, too. */
static int32_t holds_until(const struct tr_cases *c, const struct tr_case_standing *at)
{
    const struct tr_case_state *state = &c->states->state[at->state];

    return !state->person ? TR_NO_DAY : state->keep ? INT32_MAX : at->since;
}

int32_t tr_cases_settled_until(const struct tr_cases *c, struct tr_str id)
{
    const struct tr_case_standing *at = tr_cases_of(c, id);

    return at && !c->states->state[at->state].need ? holds_until(c, at) : TR_NO_DAY;
}

/* How far a state is from waiting: a place or a home goes before being on hold, and nobody has either who
 * is gone. */
static int rank_of(const struct tr_cases *c, const struct tr_case_standing *at)
{
    const struct tr_case_state *state = &c->states->state[at->state];

    return (int)state->queue + state->gone;
}

/* Of the referrals of a person, one whose state is also that of at. NULL: none. */
static const struct tr_case_standing *holds_for(const struct tr_cases *c, const struct same *same,
                                                size_t n, const struct tr_case_standing *at)
{
    const struct tr_case_standing *found = NULL;

    for (size_t k = 0; k < n; k++) {
        const struct tr_case_standing *other = &c->at[same[k].number];
        int rank = rank_of(c, other);
        int32_t until = holds_until(c, other);

        if (other == at || other->through >= 0 || until == TR_NO_DAY || until < at->received ||
            rank <= rank_of(c, at))
            continue;
        if (!found || rank > rank_of(c, found) ||
            (rank == TR_QUEUE_PARKED && rank == rank_of(c, found) && found->until != TR_NO_DAY &&
             (other->until == TR_NO_DAY || other->until > found->until)))
            found = other;
    }
    return found;
}

/* The state of the person, as another case has it, for one that waits. */
static void join(struct tr_cases *c, const struct same *same, size_t n)
{
    for (size_t i = 0; i < n; i++)
        c->at[same[i].number].person = (int32_t)same[0].number;
    for (size_t i = 0; i < n; i++) {
        struct tr_case_standing *at = &c->at[same[i].number];

        const struct tr_case_standing *other = holds_for(c, same, n, at);

        if (!other)
            continue;
        at->through = (int32_t)(other - c->at);
        at->state = other->state;
        at->since = other->since;
        at->because = other->because;
        at->until = other->until;
    }
}

enum tr_person_standing tr_cases_standing(const struct tr_cases *c, struct tr_str id)
{
    const struct tr_case_standing *at = tr_cases_of(c, id);
    const struct tr_case_state *state = &c->states->state[at ? at->state : 0];

    return state->queue != TR_QUEUE_OUT       ? TR_PERSON_OPEN
           : state->person && state->offer && at->through < 0 ? TR_PERSON_HOLDS
                                              : TR_PERSON_CLOSED;
}

/* What the rule about referrals of one person wants to know of a case. */
static struct tr_person_at person_at(const struct tr_cases *c, const struct tr_case_standing *at)
{
    struct tr_person_at a = {.id = at->id};

    a.person.received = at->received == TR_NO_DAY ? 0 : at->received;
    a.person.number = at->queue_number > 0 ? at->queue_number : 0;
    a.person.standing = (uint8_t)tr_cases_standing(c, at->id);
    return a;
}

static void choose_speaker(struct tr_cases *c, const struct same *same, size_t n)
{
    uint32_t speaker = same[0].number;

    for (size_t i = 0; i < n; i++) {
        struct tr_person_at best = person_at(c, &c->at[speaker]);
        struct tr_person_at at = person_at(c, &c->at[same[i].number]);

        c->at[same[i].number].speaks = false;
        if (tr_person_speaks(c->states->speaks, &best, &at))
            speaker = same[i].number;
    }
    c->at[speaker].speaks = true;
}

static void join_persons(struct tr_finding *f, const struct tr_records *referrals)
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
        same[n] = (struct same){person, tr_case_number(f, c->id)};
        if (!f->failed) {
            f->out->at[same[n].number].queue_number = c->queue_number;
            f->out->at[same[n++].number].received = c->received;
        }
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
    struct tr_finding f = {.out = out, .states = states, .as_of = as_of, .listener = listener};

    *out = (struct tr_cases){.states = states};
    tr_case_sources_take(&f, in);
    if (!f.failed)
        tr_case_levels_tell(&f);
    if (!f.failed) {
        if (f.n_held > 1)
            qsort(f.held, f.n_held, sizeof *f.held, by_number);
        run(&f);
        find_until(&f);
    }
    if ((in->referrals || in->persons) && !f.failed)
        join_persons(&f, in->referrals ? in->referrals : in->persons);
    free(f.mark);
    free(f.held);
    tr_twins_clear(&f.twins);
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

/* Turns of the case while the deadline was open, or that ended it. */
static void count_turns(const struct tr_case_standing *at, struct tr_deadline *d)
{
    for (; d->turns < at->turns; d->turns++) {
        int32_t day = at->turned[d->turns];

        if (d->over_on != TR_NO_DAY && day > d->over_on)
            break;
        if (day > d->changed_on)
            d->changed_on = day;
    }
}

bool tr_cases_same(const struct tr_cases *c, struct tr_str one, struct tr_str other)
{
    const struct tr_case_standing *a = tr_cases_of(c, one), *b = tr_cases_of(c, other);

    return tr_str_eq(one, other) || (a && b && a->person == b->person);
}

/* Whether the person has a place or a home under another referral. */
static bool is_settled(const struct tr_cases *c, const struct tr_case_standing *at)
{
    return at && at->through >= 0 && c->states->state[at->state].queue == TR_QUEUE_OUT;
}

/* Whether nothing of a deadline that is open is due in that state. */
static bool is_moot(const struct tr_cases *c, const struct tr_case_standing *at,
                    const struct tr_deadline *d)
{
    const struct tr_case_state *state = &c->states->state[at ? at->state : 0];

    return state->gone ||
           (!d->passes && !d->when_closed && (!state->deadlines || is_settled(c, at)));
}

void tr_cases_deadlines(const struct tr_cases *c, const struct tr_routine *routine,
                        uint32_t statuses, struct tr_records *deadlines)
{
    const struct tr_case_standing *at = NULL;
    struct tr_str id = {NULL, 0}; /* deadlines of one case stand together */
    uint32_t n = 0;

    for (uint32_t i = 0; i < deadlines->n; i++) {
        struct tr_deadline *d = tr_deadline(deadlines, i);

        at = d->case_id.p == id.p ? at : tr_cases_of(c, d->case_id);
        id = d->case_id;
        if (TR_DEADLINE_OPEN >> d->is & 1 && is_moot(c, at, d)) {
            d->is = TR_DEADLINE_MOOT;
            d->status = routine->status[TR_DEADLINE_MOOT];
            d->late = d->late_working = -1;
            d->over_on = at && at->since != TR_NO_DAY ? at->since : d->changed_on;
        }
        if (at && !d->passes && !d->when_closed)
            count_turns(at, d);
        if (statuses >> d->is & 1)
            *tr_deadline(deadlines, n++) = *d;
    }
    deadlines->n = n;
}

bool tr_case_is_old(const struct tr_cases *c, const struct tr_case_standing *at, int32_t day)
{
    const struct tr_case_state *state = &c->states->state[at->state];

    return !state->keep && (!at->lives || state->gone) && at->last != TR_NO_DAY && at->last < day;
}
