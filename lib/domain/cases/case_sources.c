#include <stdlib.h>

#include "domain/cases/cases_own.h"

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

uint32_t tr_case_number(struct tr_finding *f, struct tr_str id)
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

static void happened(struct tr_finding *f, uint32_t number, int32_t day)
{
    struct tr_case_standing *at = &f->out->at[number];

    if (day != TR_NO_DAY && (at->last == TR_NO_DAY || day > at->last))
        at->last = day;
}

void tr_case_mark(struct tr_finding *f, uint32_t number, int32_t day, int32_t type,
                  const struct tr_records *from, uint32_t index)
{
    if (number == UINT32_MAX || type < 0 || day == TR_NO_DAY || day > f->as_of ||
        !(f->states->moving >> type & 1))
        return;
    f->mark = grown(f->mark, f->n_marks, &f->room_marks, sizeof *f->mark, &f->failed);
    if (!f->failed) {
        f->mark[f->n_marks] =
            (struct tr_mark_of_case){number, day, type, (uint32_t)f->n_marks, from, index};
        f->n_marks++;
    }
}

static void add_held(struct tr_finding *f, const struct tr_held *held)
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

/* A month begins on its first day. */
static int32_t day_available(struct tr_str text)
{
    struct tr_date date;

    return tr_str_is(text, TR_LATER)      ? TR_DAY_LATER
           : tr_month_parse(text, &date) ? tr_date_number(date)
                                         : day_of(text);
}

static int32_t month_end(struct tr_str text)
{
    struct tr_date first;

    if (!tr_month_parse(text, &first))
        return 0;
    first.year += first.month == 12;
    first.month = first.month % 12 + 1;
    return tr_date_number(first) - 1;
}

int tr_case_take(struct tr_records *referrals, const struct tr_value v[], uint64_t line)
{
    struct tr_case *c = tr_records_add(referrals, line);
    int number;

    if (!c)
        return -1;
    c->id = tr_arena_copy(&referrals->text, v[TR_F_REFERRAL_ID].text);
    c->person_id = tr_arena_copy(&referrals->text, v[TR_F_PERSON_ID].text);
    c->wishes = tr_arena_copy(&referrals->text, v[TR_F_WISHES].text);
    c->received = day_of(v[TR_F_RECEIVED].text);
    c->queue_number = v[TR_F_QUEUE_NUMBER].num;
    c->consent = v[TR_F_CONSENT].num;
    c->consent_kind = v[TR_F_CONSENT_KIND].num;
    c->consent_on = day_of(v[TR_F_CONSENT_ON].text);
    c->consent_by = tr_arena_copy(&referrals->text, v[TR_F_CONSENT_BY].text);
    c->available_from = day_available(v[TR_F_AVAILABLE_FROM].text);
    c->judged_on = day_of(v[TR_F_JUDGED_ON].text);
    c->month_end = month_end(v[TR_F_RECEIVED].text);
    c->bydel = v[TR_F_BYDEL].num;
    c->service_level = v[TR_F_SERVICE_LEVEL].num;
    c->stay_type = v[TR_F_STAY_TYPE].num;
    c->protection = v[TR_F_PROTECTION].num;
    number = (int)referrals->n - 1;
    return referrals->text.failed || tr_dict_add(&referrals->ids, c->id, &number) < 0 ? -1 : 0;
}

/* What the referral says of consent, as an event of the day on which it was heard, or of its own. */
static void take_consent(struct tr_finding *f, uint32_t number, const struct tr_records *referrals,
                         uint32_t i)
{
    const struct tr_case *c = tr_case(referrals, i);
    enum tr_consent consent = tr_consent_of(referrals->profile, c->consent, c->consent_kind);
    enum tr_case_fact fact =
        consent == TR_CONSENT_GIVEN ? TR_FACT_CONSENT_GIVEN : TR_FACT_CONSENT_REFUSED;

    f->out->at[number].consent = consent;
    if (consent != TR_CONSENT_UNKNOWN) /* unknown is a duty to ask, and moves nothing */
        tr_case_mark(f, number, tr_case_consent_day(c), f->states->type_of[fact], referrals, i);
}

/* Every day that the referral names is one on which something happened in the case. */
static void take_days(struct tr_finding *f, uint32_t number, const struct tr_case *c)
{
    happened(f, number, c->received);
    if (c->month_end > 0)
        happened(f, number, c->month_end);
    happened(f, number, c->consent_on);
    happened(f, number, c->judged_on);
    if (c->available_from != TR_DAY_LATER)
        happened(f, number, c->available_from);
}

/* Tells a day far ahead, which counts for nothing. */
static void doubt_day(const struct tr_finding *f, const struct tr_records *from, uint32_t i, const char *field,
                      int32_t day)
{
    struct tr_err err;

    if (from->line[i] == 0 || !tr_day_is_far(day, f->as_of))
        return;
    tr_err_set(&err, TR_W_YEAR, NULL, NULL, NULL);
    err.source = from->source;
    err.line = from->source ? from->line[i] : 0;
    tr_err_field(&err, tr_str(field));
    f->listener->say(f->listener->cookie, &err);
}

static void take_referrals(struct tr_finding *f, const struct tr_records *referrals)
{
    for (uint32_t i = 0; i < referrals->n && !f->failed; i++) {
        const struct tr_case *c = tr_case(referrals, i);
        uint32_t number = tr_case_number(f, c->id);

        if (number == UINT32_MAX)
            return;
        f->failed |= tr_twins_add(&f->twins, c->id, &(struct tr_str){0}) < 0;
        f->out->at[number].received = c->received;
        doubt_day(f, referrals, i, "received", c->received);
        take_days(f, number, c);
        tr_case_mark(f, number, c->received, f->states->type_of[TR_FACT_RECEIVED], referrals, i);
        take_consent(f, number, referrals, i);
        if (c->available_from != TR_NO_DAY)
            add_held(f, &(struct tr_held){number, TR_LEVEL_PARKED,
                                          c->received == TR_NO_DAY ? 0 : c->received,
                                          c->available_from == TR_DAY_LATER ? TR_NO_DAY
                                                                            : c->available_from,
                                          false, referrals, i});
    }
}

static enum tr_case_level level_of(const struct tr_stay *s)
{
    static const enum tr_case_level of_status[TR_N_STAY_STATUS] = {
        [TR_STAY_OFFERED] = TR_LEVEL_OFFERED,  [TR_STAY_ACCEPTED] = TR_LEVEL_ACCEPTED,
        [TR_STAY_DECLINED] = TR_LEVEL_OFFERED, [TR_STAY_EXPIRED] = TR_LEVEL_OFFERED,
        [TR_STAY_MOVED_IN] = TR_LEVEL_LIVES,   [TR_STAY_MOVED_OUT] = TR_LEVEL_LIVES,
        [TR_STAY_KEPT] = TR_LEVEL_KEPT,        [TR_STAY_DAY_PLACE] = TR_LEVEL_KEPT,
    };

    return of_status[s->status];
}

/* The number of a case that a stay or an event is of. Tells an id that differs from another only in
 * ways that people do not see. */
static uint32_t case_of(struct tr_finding *f, struct tr_str id, const struct tr_records *from,
                        uint32_t index)
{
    uint32_t known = f->out->n, number = tr_case_number(f, id);
    struct tr_str twin;
    struct tr_err err;
    int rc;

    if (number < known || f->failed)
        return number;
    rc = tr_twins_add(&f->twins, id, &twin);
    f->failed |= rc < 0;
    if (rc > 0) {
        tr_twins_fault(id, twin, &err);
        err.source = from->source;
        err.line = from->line[index];
        f->listener->say(f->listener->cookie, &err);
    }
    return number;
}

static void take_stays(struct tr_finding *f, const struct tr_records *stays)
{
    for (uint32_t i = 0; i < stays->n && !f->failed; i++) {
        const struct tr_stay *s = tr_stay(stays, i);
        struct tr_span span = tr_stay_span(s, f->states->offer_days);
        uint32_t number = case_of(f, s->referral_id, stays, i);

        if (number == UINT32_MAX)
            return;
        happened(f, number, s->from);
        happened(f, number, span.end);
        f->out->at[number].lives |=
            span.hold != TR_HOLD_RESERVED && tr_span_has(span, f->as_of);
        if (level_of(s) != TR_LEVEL_NONE)
            add_held(f, &(struct tr_held){number, level_of(s), span.from, span.end,
                                          s->status == TR_STAY_DECLINED || s->refused, stays, i});
        if (s->status == TR_STAY_SELF_REFERRED)
            tr_case_mark(f, number, s->from, f->states->type_of[TR_FACT_RETURNED], stays, i);
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
static void end_parking(struct tr_finding *f, struct resumed *resumed, size_t n)
{
    qsort(resumed, n, sizeof *resumed, by_case_and_day);
    for (size_t h = 0; n > 0 && h < f->n_held; h++) {
        struct tr_held *held = &f->held[h];
        struct resumed after = {held->number, held->from};
        size_t low = 0, high = n;

        if (held->level != TR_LEVEL_PARKED)
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

static void take_events(struct tr_finding *f, const struct tr_case_sources *in)
{
    const struct tr_records *events = in->events;
    struct resumed *resumed = malloc((events->n + (size_t)1) * sizeof *resumed);
    size_t n = 0;

    f->failed |= !resumed;
    for (uint32_t i = 0; i < events->n && !f->failed; i++) {
        const struct tr_event *e = tr_event(events, i);
        uint32_t number = case_of(f, e->case_id, events, i);

        if (number == UINT32_MAX)
            break;
        if (!in->persons) /* there, all later events are told */
            doubt_day(f, events, i, "date", e->date);
        happened(f, number, e->date);
        happened(f, number, e->until);
        if (e->type == f->states->type_of[TR_FACT_PARKED]) {
            add_held(f, &(struct tr_held){number, TR_LEVEL_PARKED, e->date, e->until, false,
                                          events, i});
            continue;
        }
        if (e->type == f->states->type_of[TR_FACT_RESUMED] && e->date <= f->as_of)
            resumed[n++] = (struct resumed){number, e->date};
        if (e->type == f->states->type_of[TR_FACT_CONSENT_GIVEN] && e->date <= f->as_of)
            f->out->at[number].consent = TR_CONSENT_GIVEN;
        tr_case_mark(f, number, e->date, e->type, events, i);
    }
    if (!f->failed)
        end_parking(f, resumed, n);
    free(resumed);
}

void tr_case_sources_take(struct tr_finding *f, const struct tr_case_sources *in)
{
    if (in->referrals)
        take_referrals(f, in->referrals);
    if (in->stays && !f->failed)
        take_stays(f, in->stays);
    if (in->events && !f->failed)
        take_events(f, in);
}
