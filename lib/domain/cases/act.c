#include "domain/cases/act.h"

#include <stdio.h>

const char *const tr_answer_names[TR_N_ANSWERS + 1] = {
    [TR_ANSWER_ACCEPTED] = "accepted",   [TR_ANSWER_DECLINED] = "declined",
    [TR_ANSWER_NO_ANSWER] = "no-answer", [TR_ANSWER_MOVED_IN] = "moved-in",
    [TR_ANSWER_MOVED_OUT] = "moved-out", [TR_ANSWER_TRANSFER] = "transfer",
    [TR_ANSWER_RETURNED] = "returned",
};

#define BIT(status) (1U << (status))

/* Which stays an answer is for, and which event it is of the case. */
static const struct {
    uint32_t from; /* bit: enum tr_stay_status */
    enum tr_case_fact fact;
    bool stands; /* the stay must hold its place on the day */
} answers[TR_N_ANSWERS] = {
    [TR_ANSWER_ACCEPTED] = {BIT(TR_STAY_OFFERED), TR_FACT_ACCEPTED, true},
    [TR_ANSWER_DECLINED] = {BIT(TR_STAY_OFFERED) | BIT(TR_STAY_ACCEPTED), TR_FACT_DECLINED, true},
    [TR_ANSWER_NO_ANSWER] = {BIT(TR_STAY_OFFERED), TR_FACT_EXPIRED, false},
    [TR_ANSWER_MOVED_IN] = {BIT(TR_STAY_OFFERED) | BIT(TR_STAY_ACCEPTED), TR_FACT_MOVED_IN, true},
    [TR_ANSWER_MOVED_OUT] = {BIT(TR_STAY_MOVED_IN) | BIT(TR_STAY_SELF_REFERRED), TR_FACT_MOVED_OUT,
                             true},
    [TR_ANSWER_TRANSFER] = {BIT(TR_STAY_MOVED_IN), TR_FACT_MOVED_OUT, true},
    [TR_ANSWER_RETURNED] = {BIT(TR_STAY_SELF_AGREED), TR_FACT_RETURNED, true},
};

/* ---- who was first ---- */

static int person_of(const struct tr_desk *d, struct tr_str referral)
{
    const struct tr_case_standing *at = tr_cases_of(d->cases, referral);

    return at ? at->person : -1;
}

/* The last stay that took a bed: of the institution (-1: any) and of the person (-1: any), but not
 * the stay numbered other than. NULL: none did. */
static const struct tr_stay *last_holder(const struct tr_desk *d, int institution, int person,
                                         int64_t but)
{
    for (uint32_t i = d->made->n; i-- > 0;) {
        const struct tr_stay *s = tr_stay(d->made, i);

        if (s->institution >= 0 && (institution < 0 || s->institution == institution) &&
            (person < 0 || person_of(d, s->referral_id) == person))
            return s;
    }
    for (uint32_t i = d->stays->n; i-- > 0;) {
        const struct tr_stay *s = tr_stay(d->stays, i);

        if (i != but && tr_hold_is_bed(d->holds[i].hold) && tr_span_has(d->holds[i], d->as_of) &&
            s->institution >= 0 && (institution < 0 || s->institution == institution) &&
            (person < 0 || person_of(d, s->referral_id) == person))
            return s;
    }
    return NULL;
}

/* Fills err; a, b and c are ids or codes. */
static int refuse(struct tr_err *err, enum tr_code code, struct tr_str a, struct tr_str b,
                  struct tr_str c)
{
    char text[3][TR_ID_MAX + 1];

    tr_err_copy(text[0], sizeof text[0], a);
    tr_err_copy(text[1], sizeof text[1], b);
    tr_err_copy(text[2], sizeof text[2], c);
    return tr_err_set(err, code, text[0], text[1], text[2]);
}

static const struct tr_str none = {"-", 1};

static int refuse_full(const struct tr_desk *d, int institution, enum tr_code code,
                       struct tr_str what, struct tr_err *err)
{
    const struct tr_stay *first = last_holder(d, institution, -1, -1);

    return refuse(err, code, what, tr_institution(d->institutions, (uint32_t)institution)->id,
                  first ? first->id : none);
}

/* ---- new stays ---- */

static int32_t status_entry(const struct tr_desk *d, enum tr_stay_status status)
{
    return tr_list_code(tr_profile_list(d->made->profile, "status"),
                        tr_str(tr_stay_status_name(status)));
}

static bool id_taken(const struct tr_desk *d, struct tr_str id)
{
    bool taken = tr_records_find(d->stays, id) >= 0;

    for (uint32_t i = 0; i < d->made->n; i++)
        taken |= tr_str_eq(tr_stay(d->made, i)->id, id);
    return taken;
}

/* The next stay of the referral: its id with a number behind it. */
static struct tr_stay *new_stay(struct tr_desk *d, struct tr_str referral, uint32_t institution,
                                enum tr_stay_status status, struct tr_err *err)
{
    char id[TR_ID_MAX + 16];
    struct tr_stay *s;
    int n = 1, len;

    do
        len = snprintf(id, sizeof id, "%.*s-%d", (int)referral.len, referral.p, n++);
    while (id_taken(d, (struct tr_str){id, (size_t)len}));
    if (len > TR_ID_MAX) {
        tr_err_num(err, TR_E_ID_SIZE, TR_ID_MAX);
        return NULL;
    }
    s = tr_records_add(d->made, 0);
    if (!s) {
        tr_err_memory(err);
        return NULL;
    }
    s->id = tr_arena_copy(&d->made->text, (struct tr_str){id, (size_t)len});
    s->referral_id = referral;
    s->institution_id = tr_institution(d->institutions, institution)->id;
    s->institution = (int32_t)institution;
    s->from = d->as_of;
    s->status = status_entry(d, status);
    return s;
}

/* ---- offering ---- */

/* A stay for which the institution is closed to the person on the day. */
static const struct tr_stay *closes(const struct tr_desk *d, int institution, int person)
{
    for (uint32_t i = 0; i < d->stays->n; i++) {
        const struct tr_stay *s = tr_stay(d->stays, i);

        if (s->institution == institution && s->from <= d->as_of &&
            tr_again_closed(d->again, s, d->as_of) && person_of(d, s->referral_id) == person)
            return s;
    }
    return NULL;
}

int tr_act_offer(struct tr_desk *d, struct tr_str referral, struct tr_str institution,
                 struct tr_str certificate, struct tr_err *err)
{
    const struct tr_case_standing *at = tr_cases_of(d->cases, referral);
    int i = tr_records_find(d->institutions, institution);
    const struct tr_stay *other;
    struct tr_stay *s;

    if (!at || at->received == TR_NO_DAY)
        return refuse(err, TR_E_OFFER_UNKNOWN, referral, none, none);
    if (i < 0)
        return refuse(err, TR_E_OFFER_PLACE, referral, institution, none);
    if ((other = last_holder(d, -1, at->person, -1)))
        return refuse(err, TR_E_OFFER_HELD, referral, other->id, other->institution_id);
    if (d->cases->states->state[at->state].queue != TR_QUEUE_WAITS)
        return refuse(err, TR_E_OFFER_STATE, referral, d->cases->states->state[at->state].code,
                      none);
    if ((other = closes(d, i, at->person)))
        return refuse(err, TR_E_OFFER_AGAIN, referral, institution, other->id);
    if (d->vacancies->row[i].vacant <= 0)
        return refuse_full(d, i, TR_E_OFFER_FULL, referral, err);
    if (!(s = new_stay(d, at->id, (uint32_t)i, TR_STAY_OFFERED, err)))
        return -1;
    s->certificate = certificate;
    d->vacancies->row[i].vacant--;
    return 0;
}

/* ---- answering ---- */

int tr_act_find(const struct tr_desk *d, struct tr_str id, struct tr_str referral,
                enum tr_answer answer, struct tr_err *err)
{
    int found = id.len > 0 ? tr_records_find(d->stays, id) : -1;

    if (id.len > 0)
        return found < 0 ? refuse(err, TR_E_ANSWER_STAY, id, none, none) : found;
    for (uint32_t i = 0; i < d->stays->n; i++) {
        const struct tr_stay *s = tr_stay(d->stays, i);

        if (!tr_str_eq(s->referral_id, referral) || !(answers[answer].from & BIT(s->status)) ||
            (s->to != TR_NO_DAY && s->to <= d->as_of))
            continue;
        if (found >= 0)
            return refuse(err, TR_E_ANSWER_MANY, referral, tr_stay(d->stays, (uint32_t)found)->id,
                          s->id);
        found = (int)i;
    }
    return found < 0
               ? refuse(err, TR_E_ANSWER_NONE, referral, tr_str(tr_answer_names[answer]), none)
               : found;
}

/* Whether the stay goes on although the state of the case has freed its place, as after a death: it can
 * still be ended, which place-freed asks for. */
static bool is_freed(const struct tr_desk *d, const struct tr_stay *s, const struct tr_case_state *state)
{
    return state->frees && tr_span_has(tr_stay_span(s, d->cases->states->offer_days), d->as_of);
}

/* What speaks against the answer, whatever it asks for. */
static int check_answer(const struct tr_desk *d, uint32_t number, enum tr_answer answer,
                        struct tr_err *err)
{
    const struct tr_stay *s = tr_stay(d->stays, number);
    const struct tr_case_standing *at = tr_cases_of(d->cases, s->referral_id);
    const struct tr_case_state *state = &d->cases->states->state[at->state];
    const struct tr_str name = tr_str(tr_answer_names[answer]);
    int type = d->cases->states->type_of[answers[answer].fact];

    if (!(answers[answer].from & BIT(s->status)) || s->from > d->as_of)
        return refuse(err, TR_E_ANSWER_STATUS, s->id, tr_str(tr_stay_status_name(s->status)), name);
    if (answers[answer].stands && !tr_span_has(d->holds[number], d->as_of) &&
        !(answer == TR_ANSWER_MOVED_OUT && is_freed(d, s, state)))
        return refuse(err, TR_E_ANSWER_LAPSED, s->id, name, none);
    if (s->status != TR_STAY_SELF_REFERRED && type >= 0 && state->to[type] < 0)
        return refuse(err, TR_E_ANSWER_STATE, s->id, state->code, name);
    return 0;
}

/* The next version of a stay. */
static struct tr_stay *next_version(struct tr_desk *d, uint32_t number, enum tr_stay_status status,
                                    struct tr_err *err)
{
    struct tr_stay *s = tr_records_add(d->made, 0);

    if (!s) {
        tr_err_memory(err);
        return NULL;
    }
    *s = *tr_stay(d->stays, number);
    s->status = status_entry(d, status);
    return s;
}

/* The next version of an offer: the person lives there from the day. What was agreed to be over before that
 * is not agreed any more. */
static int live_there(struct tr_desk *d, uint32_t number, struct tr_err *err)
{
    struct tr_stay *s = next_version(d, number, TR_STAY_MOVED_IN, err);

    if (!s)
        return -1;
    s->from = d->as_of;
    s->to = TR_NO_DAY;
    if (s->to_expected != TR_NO_DAY && s->to_expected < s->from)
        s->to_expected = TR_NO_DAY;
    return 0;
}

/* The person lives nowhere else, and moves in. */
static int move_in(struct tr_desk *d, uint32_t number, struct tr_err *err)
{
    const struct tr_stay *old = tr_stay(d->stays, number);
    int person = person_of(d, old->referral_id);

    for (uint32_t i = 0; i < d->stays->n; i++) {
        const struct tr_stay *other = tr_stay(d->stays, i);

        if (i != number && d->holds[i].hold == TR_HOLD_OCCUPIED &&
            tr_span_has(d->holds[i], d->as_of) && person_of(d, other->referral_id) == person)
            return refuse(err, TR_E_ANSWER_LIVES, old->id, other->id, other->institution_id);
    }
    return live_there(d, number, err);
}

static int move_out(struct tr_desk *d, uint32_t number, int32_t until, struct tr_err *err)
{
    const struct tr_stay *old = tr_stay(d->stays, number);
    bool back = old->status == TR_STAY_SELF_REFERRED;
    struct tr_stay *s;

    if (until != TR_NO_DAY && until <= d->as_of)
        return refuse(err, TR_E_ANSWER_UNTIL, old->id, none, none);
    s = next_version(d, number, back ? TR_STAY_SELF_REFERRED : TR_STAY_MOVED_OUT, err);
    if (!s)
        return -1;
    s->to = d->as_of;
    if (until == TR_NO_DAY)
        return 0;
    s = new_stay(d, old->referral_id, (uint32_t)old->institution, TR_STAY_SELF_AGREED, err);
    if (!s)
        return -1;
    s->to = until;
    return 0;
}

/* The bed at the institution that is kept for the person: an offer, or one that was accepted; -1: none. */
static int64_t own_bed(const struct tr_desk *d, int institution, int person)
{
    for (uint32_t i = d->stays->n; i-- > 0;) {
        const struct tr_stay *s = tr_stay(d->stays, i);

        if (s->institution == institution && d->holds[i].hold == TR_HOLD_RESERVED &&
            tr_span_has(d->holds[i], d->as_of) && person_of(d, s->referral_id) == person)
            return i;
    }
    return -1;
}

static int transfer(struct tr_desk *d, uint32_t number, struct tr_str to, struct tr_err *err)
{
    const struct tr_stay *old = tr_stay(d->stays, number);
    int i = tr_records_find(d->institutions, to);
    int64_t own;

    if (i < 0 || i == old->institution)
        return refuse(err, TR_E_ANSWER_PLACE, old->id, to, none);
    own = own_bed(d, i, person_of(d, old->referral_id));
    if (own < 0 && d->vacancies->row[i].vacant <= 0)
        return refuse_full(d, i, TR_E_ANSWER_FULL, old->id, err);
    if (move_out(d, number, TR_NO_DAY, err) < 0)
        return -1;
    if (own >= 0)
        return live_there(d, (uint32_t)own, err);
    return new_stay(d, old->referral_id, (uint32_t)i, TR_STAY_MOVED_IN, err) ? 0 : -1;
}

/* Back on a self-referred place, on which there is room, and nobody is twice. */
static int come_back(struct tr_desk *d, uint32_t number, struct tr_err *err)
{
    const struct tr_stay *old = tr_stay(d->stays, number);
    const struct tr_institution *at = &d->vacancies->row[old->institution];
    int person = person_of(d, old->referral_id);
    const struct tr_stay *last = NULL;

    for (uint32_t i = 0; i < d->stays->n; i++) {
        const struct tr_stay *other = tr_stay(d->stays, i);
        bool there = tr_span_has(d->holds[i], d->as_of);

        if (there &&
            (d->holds[i].hold == TR_HOLD_OCCUPIED || d->holds[i].hold == TR_HOLD_RETURNED) &&
            person_of(d, other->referral_id) == person)
            return refuse(err, TR_E_ANSWER_LIVES, old->id, other->id, other->institution_id);
        if (there && d->holds[i].hold == TR_HOLD_RETURNED && other->institution == old->institution)
            last = other;
    }
    if (at->self_referred_taken >= at->self_referred_places)
        return refuse(err, TR_E_ANSWER_SELF_FULL, old->id, at->id, last ? last->id : none);
    return new_stay(d, old->referral_id, (uint32_t)old->institution, TR_STAY_SELF_REFERRED, err)
               ? 0
               : -1;
}

static int accept(struct tr_desk *d, uint32_t number, struct tr_err *err)
{
    struct tr_stay *s = next_version(d, number, TR_STAY_ACCEPTED, err);

    if (s)
        s->to = TR_NO_DAY;
    return s ? 0 : -1;
}

/* An offer that was answered, or not: it holds its place until the day. */
static int end_offer(struct tr_desk *d, uint32_t number, enum tr_stay_status status, int32_t reason,
                     struct tr_err *err)
{
    struct tr_stay *s = next_version(d, number, status, err);

    if (!s)
        return -1;
    if (d->holds[number].end == TR_NO_DAY || d->holds[number].end > d->as_of)
        s->to = d->as_of;
    s->decline_reason = reason;
    return 0;
}

int tr_act_answer(struct tr_desk *d, uint32_t stay, const struct tr_answering *a,
                  struct tr_err *err)
{
    if (check_answer(d, stay, a->answer, err) < 0)
        return -1;
    switch (a->answer) {
    case TR_ANSWER_ACCEPTED:
        return accept(d, stay, err);
    case TR_ANSWER_DECLINED:
        return end_offer(d, stay, TR_STAY_DECLINED, a->reason, err);
    case TR_ANSWER_NO_ANSWER:
        return end_offer(d, stay, TR_STAY_EXPIRED, -1, err);
    case TR_ANSWER_MOVED_IN:
        return move_in(d, stay, err);
    case TR_ANSWER_MOVED_OUT:
        return move_out(d, stay, a->until, err);
    case TR_ANSWER_TRANSFER:
        return transfer(d, stay, a->to, err);
    default:
        return come_back(d, stay, err);
    }
}
