#include <stdio.h>
#include <stdlib.h>

#include "domain/cases/cases.h"

/* A stay among those of its person at its institution. */
struct holding {
    int32_t person, institution;
    uint32_t stay;
    struct tr_span *span;
};

static int by_bed(const void *a, const void *b)
{
    const struct holding *x = a, *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->institution != y->institution)
        return x->institution < y->institution ? -1 : 1;
    if (x->span->from != y->span->from)
        return x->span->from < y->span->from ? -1 : 1;
    return x->stay < y->stay ? -1 : x->stay > y->stay;
}

static void end_by(struct tr_span *span, int32_t day)
{
    if (span->end == TR_NO_DAY || span->end > day)
        span->end = day > span->from ? day : span->from;
}

static bool holds_bed(const struct tr_span *span, enum tr_hold hold)
{
    return span->hold == hold && span->end != span->from;
}

/* Living there, being back there, or an agreement to return: the later stay takes over, and holds
 * as long as either does. */
static void join_same(const struct holding *h, size_t n, enum tr_hold hold)
{
    struct tr_span *before = NULL;

    for (size_t i = 0; i < n; i++) {
        struct tr_span *span = h[i].span;

        if (!holds_bed(span, hold))
            continue;
        if (before && tr_span_has(*before, span->from)) {
            if (before->end == TR_NO_DAY || (span->end != TR_NO_DAY && span->end < before->end))
                span->end = before->end;
            end_by(before, span->from);
        }
        before = span;
    }
}

/* An offer ends when a later one is made, or when the person lives there. */
static void end_offers(const struct holding *h, size_t n)
{
    const struct tr_span *next = NULL, *lives = NULL;

    for (size_t i = n; i-- > 0;) {
        if (next && holds_bed(h[i].span, TR_HOLD_RESERVED))
            end_by(h[i].span, next->from);
        if (holds_bed(h[i].span, TR_HOLD_RESERVED) || holds_bed(h[i].span, TR_HOLD_OCCUPIED))
            next = h[i].span;
    }
    for (size_t i = 0; i < n; i++) {
        if (holds_bed(h[i].span, TR_HOLD_OCCUPIED))
            lives = h[i].span;
        else if (lives && h[i].span->hold == TR_HOLD_RESERVED &&
                 tr_span_has(*lives, h[i].span->from))
            end_by(h[i].span, h[i].span->from);
    }
}

/* Whether what a stay holds ends with the state: an offer where none can stand, all of who is gone, and
 * what began before a state that frees it; that state is the case's own, not that of another referral. */
static bool ends_hold(const struct tr_cases *c, const struct tr_case_standing *at,
                      const struct tr_span *span)
{
    const struct tr_case_state *state = &c->states->state[at->state];

    return (span->hold == TR_HOLD_RESERVED && !state->offer) ||
           (span->hold &&
            (state->gone || (state->frees && at->through < 0 && span->from < at->since)));
}

struct tr_span *tr_cases_holds(const struct tr_cases *c, const struct tr_records *stays)
{
    struct tr_span *span = malloc((stays->n + (size_t)1) * sizeof *span);
    struct holding *h = malloc((stays->n + (size_t)1) * sizeof *h);

    for (uint32_t i = 0; span && h && i < stays->n; i++) {
        const struct tr_stay *s = tr_stay(stays, i);
        int number = tr_dict_find(&c->ids, s->referral_id);
        const struct tr_case_standing *at = number < 0 ? NULL : &c->at[number];

        span[i] = tr_stay_span(s, c->states->offer_days);
        if (at && at->since != TR_NO_DAY && ends_hold(c, at, &span[i]))
            end_by(&span[i], at->since);
        h[i] = (struct holding){at ? at->person : -1 - (int32_t)i, s->institution, i, &span[i]};
    }
    if (span && h) {
        qsort(h, stays->n, sizeof *h, by_bed);
        for (size_t i = 0, end; i < stays->n; i = end) {
            for (end = i + 1; end < stays->n && h[end].person == h[i].person &&
                              h[end].institution == h[i].institution;
                 end++)
                ;
            join_same(h + i, end - i, TR_HOLD_OCCUPIED);
            join_same(h + i, end - i, TR_HOLD_AGREED);
            join_same(h + i, end - i, TR_HOLD_RETURNED);
            end_offers(h + i, end - i);
        }
    } else {
        free(span);
        span = NULL;
    }
    free(h);
    return span;
}

static void tell_places(const struct tr_records *stays, uint32_t here, uint32_t there,
                        enum tr_code code, const struct tr_listener *listener)
{
    char id[2][TR_ID_MAX + 1], line[24];
    struct tr_err err;

    tr_err_copy(id[0], sizeof id[0], tr_stay(stays, here)->referral_id);
    tr_err_copy(id[1], sizeof id[1], tr_stay(stays, there)->referral_id);
    snprintf(line, sizeof line, "%llu", (unsigned long long)stays->line[there]);
    tr_err_set(&err, code, id[0], id[1], line);
    err.source = stays->source;
    err.line = stays->line[here];
    listener->say(listener->cookie, &err);
}

/* Tells of a place that somebody would live in on the day, but that the state of the case has freed. */
static void tell_freed(const struct tr_cases *c, const struct tr_records *stays, uint32_t i,
                       const struct tr_span *hold, int32_t day, const struct tr_listener *listener)
{
    const struct tr_stay *s = tr_stay(stays, i);
    const struct tr_case_standing *at = tr_cases_of(c, s->referral_id);
    struct tr_span own = tr_stay_span(s, c->states->offer_days);
    char id[TR_ID_MAX + 1], state[TR_ID_MAX + 1], iso[TR_DATE_LEN + 1] = "";
    struct tr_err err;

    if (!at || at->through >= 0 || !c->states->state[at->state].frees ||
        own.hold == TR_HOLD_RESERVED || own.hold == TR_HOLD_AGREED || !tr_span_has(own, day) ||
        hold->end != at->since)
        return;
    tr_err_copy(id, sizeof id, s->referral_id);
    tr_err_copy(state, sizeof state, c->states->state[at->state].code);
    tr_date_iso(tr_date_of(at->since), iso);
    tr_err_set(&err, TR_W_PLACE_FREED, id, iso, state);
    err.source = stays->source;
    err.line = stays->line[i];
    listener->say(listener->cookie, &err);
}

/* Whether the person lives there, or has accepted it, on the day. */
static bool has_place(const struct tr_stay *s, const struct tr_span *hold, int32_t day)
{
    return (s->status == TR_STAY_MOVED_IN || s->status == TR_STAY_ACCEPTED) && tr_span_has(*hold, day);
}

/* Whether only the log tells that the case has a place: an event of it led to the state, and not to that
 * of a place that another referral of the person has. */
static bool log_alone(const struct tr_cases *c, const struct tr_case_standing *at)
{
    static const enum tr_case_fact places[] = {TR_FACT_OFFERED, TR_FACT_ACCEPTED, TR_FACT_MOVED_IN,
                                               TR_FACT_KEPT};
    const struct tr_case_state *state = &c->states->state[at->state];
    bool place = false;

    for (size_t f = 0; f < sizeof places / sizeof *places; f++)
        place |= at->because >= 0 && at->because == c->states->type_of[places[f]];
    return place && at->through < 0 && state->offer && state->queue == TR_QUEUE_OUT;
}

/* A warning that counts, with the id of the first. */
static void tell_many(enum tr_code code, uint32_t n, struct tr_str first, const struct tr_listener *listener)
{
    char number[16], id[TR_ID_MAX + 1];
    struct tr_err err;

    snprintf(number, sizeof number, "%u", n);
    tr_err_copy(id, sizeof id, first);
    tr_err_set(&err, code, number, id, NULL);
    listener->say(listener->cookie, &err);
}

/* Tells how many have a place by the log alone: which bed it is, nobody knows here, so none is taken.
 * holder: of each person, whether any stay goes on on the day. */
static void tell_nowhere(const struct tr_cases *c, const bool *holder, const struct tr_listener *listener)
{
    const struct tr_case_standing *first = NULL;
    uint32_t n = 0;

    for (uint32_t i = 0; i < c->n; i++)
        if (!holder[c->at[i].person] && log_alone(c, &c->at[i])) {
            first = first ? first : &c->at[i];
            n++;
        }
    if (n > 0)
        tell_many(TR_W_PLACE_NOWHERE, n, first->id, listener);
}

/* Tells of places that were accepted in stays that are yet to begin: on the day they hold no bed. Where as many
 * people move in during the year after the day, it is a day in the past, and they accepted since. */
static void tell_later(const struct tr_records *stays, const struct tr_span *holds, int32_t day,
                       const struct tr_listener *listener)
{
    enum { YEAR = 366 };
    struct tr_str first = {"", 0};
    uint32_t n = 0, since = 0;

    for (uint32_t i = 0; i < stays->n; i++) {
        const struct tr_stay *s = tr_stay(stays, i);

        if (s->from <= day)
            continue;
        since += s->from - day <= YEAR && (s->status == TR_STAY_MOVED_IN || s->status == TR_STAY_MOVED_OUT);
        if (s->status != TR_STAY_ACCEPTED || !holds_bed(&holds[i], TR_HOLD_RESERVED))
            continue;
        if (n++ == 0)
            first = s->id;
    }
    if (n > since)
        tell_many(TR_W_STAY_LATER, n, first, listener);
}

int tr_cases_tell_places(const struct tr_cases *c, const struct tr_records *stays,
                         const struct tr_span *holds, int32_t day,
                         const struct tr_listener *listener)
{
    uint32_t *lives = calloc(c->n + (size_t)1, sizeof *lives); /* of each person: a stay, and 1 more */
    uint32_t *accepted = calloc(c->n + (size_t)1, sizeof *accepted);
    bool *holder = calloc(c->n + (size_t)1, sizeof *holder);
    bool failed = !lives || !accepted || !holder;

    for (uint32_t i = 0; !failed && i < stays->n; i++) {
        const struct tr_stay *s = tr_stay(stays, i);
        const struct tr_case_standing *at = tr_cases_of(c, s->referral_id);
        uint32_t *of = s->status == TR_STAY_MOVED_IN ? lives : accepted;

        tell_freed(c, stays, i, &holds[i], day, listener);
        if (at && tr_span_has(holds[i], day))
            holder[at->person] = true;
        if (!at || !has_place(s, &holds[i], day))
            continue;
        if (of[at->person] == 0)
            of[at->person] = i + 1;
        else if (tr_stay(stays, of[at->person] - 1)->institution != s->institution)
            tell_places(stays, i, of[at->person] - 1, TR_W_TWO_PLACES, listener);
    }
    /* Accepted first, and then moved in elsewhere: they may be there only until the place is ready, so it
     * is not given to others. Who lives somewhere may well have accepted the next. */
    for (uint32_t person = 0; !failed && person < c->n; person++) {
        const struct tr_stay *l = lives[person] ? tr_stay(stays, lives[person] - 1) : NULL;
        const struct tr_stay *a = accepted[person] ? tr_stay(stays, accepted[person] - 1) : NULL;

        if (l && a && l->institution != a->institution && a->from <= l->from)
            tell_places(stays, accepted[person] - 1, lives[person] - 1, TR_W_ACCEPTED_ELSEWHERE,
                        listener);
    }
    if (!failed)
        tell_nowhere(c, holder, listener);
    if (!failed)
        tell_later(stays, holds, day, listener);
    free(holder);
    free(accepted);
    free(lives);
    return failed ? -1 : 0;
}
