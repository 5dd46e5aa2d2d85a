/* Every sequence of acts: offers, answers, withdrawals and days that pass, of three referrals of two
 * persons and two places of one bed, in both municipalities. Against a model that knows nothing but
 * what was done: no bed is given twice, no person has two, and nobody is out of the queue without a
 * bed or an event that says why. */
#include "made.h"

#include "domain/cases/act.h"

#ifdef __SANITIZE_ADDRESS__
enum { DEPTH = 4 };
#else
enum { DEPTH = 5 };
#endif
enum { MOST = 16, TODAY = 20000 };
static const char *const referral[] = {"R-1", "R-2", "R-3"}, *const place[] = {"A", "B"};
static const int person[] = {0, 0, 1};

/* What was done. Stays are as a file has them: their statuses are entries of the list. */
struct done {
    struct tr_stay stay[MOST];
    struct tr_event event[MOST];
    int n_stays, n_events;
    int32_t day;

    /* the model: what each person has, and where */
    struct {
        enum { NOTHING, OFFER, PLACE, LIVES } has;
        int at, by; /* place and referral */
        int32_t offered;
        bool gone[3], left[3]; /* by referral: withdrawn; lived somewhere and moved out */
    } person[2];
};

static struct tr_profile profile;
static struct tr_case_states states;
static struct tr_records referrals, institutions;
static struct tr_again again;
static struct tr_arena texts;
static unsigned long looked_at;

static void say(void *cookie, const struct tr_err *err)
{
    (void)cookie;
    ck_abort_msg("%s: %s %s %s", tr_code_name(err->code), err->arg[0], err->arg[1], err->arg[2]);
}
static const struct tr_listener listener = {say, NULL};

static void setup(const char *folder)
{
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, folder, TEXTS, &err), 0);
    ck_assert_int_eq(tr_case_states_load(&states, &profile, &err), 0);
    ck_assert_int_eq(tr_again_load(&again, &profile, states.offer_days, &err), 0);
    tr_records_start(&referrals, &tr_case_kind, &profile, "referrals");
    tr_records_start(&institutions, &tr_institution_kind, &profile, "institutions");
    for (int i = 0; i < 3; i++) {
        struct tr_case *c = tr_records_add(&referrals, (uint64_t)i + 2);

        c->id = tr_str(referral[i]);
        c->received = TODAY - 10 - i;
        c->person_id = tr_str(person[i] ? "p-two" : "p-one");
    }
    for (int i = 0; i < 2; i++) {
        struct tr_institution *at = tr_records_add(&institutions, (uint64_t)i + 2);
        int number = i;

        at->id = tr_str(place[i]);
        at->capacity = 1;
        ck_assert_int_eq(tr_dict_add(&institutions.ids, at->id, &number), 0);
    }
}

static void teardown(void)
{
    tr_records_clear(&institutions);
    tr_records_clear(&referrals);
    tr_arena_clear(&texts);
    tr_profile_clear(&profile);
}

/* What programs make of it on the day. */
struct seen {
    struct tr_records stays, events, made;
    struct tr_cases cases;
    struct tr_span *holds;
    struct tr_vacancies vacancies;
    struct tr_desk desk;
};

static void look(struct seen *s, const struct done *d)
{
    struct tr_case_sources in;
    struct tr_err err;

    tr_records_start(&s->stays, &tr_stay_kind, &profile, "stays");
    tr_records_start(&s->events, &tr_event_kind, &profile, "events");
    tr_records_start(&s->made, &tr_stay_kind, &profile, "made");
    for (int i = 0; i < d->n_stays; i++) {
        int number = i;

        *(struct tr_stay *)tr_records_add(&s->stays, (uint64_t)i + 2) = d->stay[i];
        ck_assert_int_eq(tr_dict_add(&s->stays.ids, d->stay[i].id, &number), 0);
    }
    for (int i = 0; i < d->n_events; i++)
        *(struct tr_event *)tr_records_add(&s->events, (uint64_t)i + 2) = d->event[i];
    ck_assert_int_eq(tr_stays_settle(&s->stays, &institutions, TR_NO_DAY, &listener), 0);
    in = (struct tr_case_sources){&referrals, &s->stays, &s->events};
    ck_assert_int_eq(tr_cases_find(&s->cases, &states, &in, d->day, &listener, &err), 0);
    s->holds = tr_cases_holds(&s->cases, &s->stays);
    ck_assert_ptr_nonnull(s->holds);
    ck_assert_int_eq(tr_vacancies_count(&s->vacancies, &institutions, &s->stays, s->holds,
                                        TR_BY_INSTITUTION, d->day, &err),
                     0);
    s->desk = (struct tr_desk){&s->cases,     &institutions, &s->stays, s->holds,
                               &s->vacancies, &again,        d->day,    &s->made};
    looked_at++;
}

static void forget(struct seen *s)
{
    tr_vacancies_clear(&s->vacancies);
    free(s->holds);
    tr_cases_clear(&s->cases);
    tr_records_clear(&s->made);
    tr_records_clear(&s->events);
    tr_records_clear(&s->stays);
}

/* ---- what must hold ---- */

static void ck_model(const struct seen *s, const struct done *d)
{
    int beds[2] = {0, 0};

    for (int p = 0; p < 2; p++)
        if (d->person[p].has != NOTHING)
            beds[d->person[p].at]++;
    for (int i = 0; i < 2; i++) {
        const struct tr_institution *row = &s->vacancies.row[i];

        ck_assert_int_le(beds[i], 1); /* no bed twice */
        ck_assert_int_eq(row->occupied + row->reserved, beds[i]);
        ck_assert_int_eq(row->vacant, 1 - beds[i]);
    }
    for (int p = 0; p < 2; p++) {
        int waits = 0, out = 0, beds_of = 0;

        for (uint32_t i = 0; i < s->stays.n; i++) {
            int at = tr_str_is(tr_stay(&s->stays, i)->referral_id, "R-3");

            beds_of += at == p && tr_hold_is_bed(s->holds[i].hold) && tr_span_has(s->holds[i], d->day);
        }
        ck_assert_int_eq(beds_of, d->person[p].has != NOTHING); /* nobody in two beds */
        for (int r = 0; r < 3; r++) {
            const struct tr_case_standing *at = tr_cases_of(&s->cases, tr_str(referral[r]));
            bool is_out = states.state[at->state].queue == TR_QUEUE_OUT;

            if (person[r] != p)
                continue;
            waits += !is_out;
            out += is_out;
            if (is_out) /* something says why */
                ck_assert_int_ge(at->because, 0);
            if (d->person[p].has != NOTHING)
                ck_assert_msg(is_out, "%s waits, and the person has a bed", referral[r]);
            else if (!d->person[p].gone[r] && !d->person[p].left[r])
                ck_assert_msg(!is_out, "%s is lost from the queue", referral[r]);
        }
        ck_assert_int_eq(waits + out, p ? 1 : 2);
    }
}

/* ---- what can be done ---- */

static bool keep_made(struct done *d, const struct seen *s)
{
    for (uint32_t i = 0; i < s->made.n; i++) {
        struct tr_stay new = *tr_stay(&s->made, i);
        int at = 0;

        while (at < d->n_stays && !tr_str_eq(d->stay[at].id, new.id))
            at++;
        if (at == MOST)
            return false;
        new.id = tr_arena_copy(&texts, new.id);
        d->stay[at] = new;
        d->n_stays += at == d->n_stays;
    }
    return true;
}

static bool offer(struct done *d, const struct seen *s, int r, int i)
{
    int p = person[r];
    struct tr_desk desk = s->desk;
    struct tr_err err;
    bool taken = false;

    for (int other = 0; other < 2; other++)
        taken |= d->person[other].has != NOTHING && d->person[other].at == i;
    if (tr_act_offer(&desk, tr_str(referral[r]), tr_str(place[i]), TR_STR(""), &err) < 0)
        return false;
    ck_assert_msg(!taken, "%s is offered twice", place[i]);
    ck_assert_msg(d->person[p].has == NOTHING, "two beds for one");
    d->person[p].has = OFFER;
    d->person[p].at = i;
    d->person[p].by = r;
    d->person[p].offered = d->day;
    return keep_made(d, s);
}

static bool answer(struct done *d, const struct seen *s, int r, enum tr_answer which)
{
    const struct tr_list *reasons = tr_profile_list(&profile, "decline_reason");
    int p = person[r], other = 1 - d->person[p].at;
    struct tr_answering a = {which, -1, tr_str(place[other]), TR_NO_DAY};
    struct tr_desk desk = s->desk;
    struct tr_err err;
    int stay = tr_act_find(&desk, TR_STR(""), tr_str(referral[r]), which, &err);

    if (which == TR_ANSWER_DECLINED)
        a.reason = tr_list_code(reasons, TR_STR("not_now"));
    if (stay < 0 || tr_act_answer(&desk, (uint32_t)stay, &a, &err) < 0)
        return false;
    if (d->person[p].by != r) { /* what has lapsed can be ended on paper, too */
        ck_assert_int_eq(which, TR_ANSWER_NO_ANSWER);
        return keep_made(d, s);
    }
    switch (which) {
    case TR_ANSWER_ACCEPTED:
        ck_assert_int_eq(d->person[p].has, OFFER);
        d->person[p].has = PLACE;
        break;
    case TR_ANSWER_MOVED_IN:
        ck_assert(d->person[p].has == OFFER || d->person[p].has == PLACE);
        d->person[p].has = LIVES;
        break;
    case TR_ANSWER_TRANSFER:
        ck_assert_int_eq(d->person[p].has, LIVES);
        d->person[p].at = other;
        break;
    case TR_ANSWER_MOVED_OUT:
        ck_assert_int_eq(d->person[p].has, LIVES);
        d->person[p].left[r] = true;
        d->person[p].has = NOTHING;
        break;
    default:
        if (d->person[p].has == OFFER || d->person[p].has == PLACE)
            d->person[p].has = NOTHING;
    }
    return keep_made(d, s);
}

/* A line in the log, where the state takes it. */
static bool note(struct done *d, const struct seen *s, int r, const char *type)
{
    const struct tr_case_standing *at = tr_cases_of(&s->cases, tr_str(referral[r]));
    int p = person[r], code = tr_list_code(states.types, tr_str(type));
    const char *is;

    if (at->through >= 0 || d->n_events == MOST || states.state[at->state].to[code] < 0 ||
        states.state[at->state].to[code] == at->state)
        return false;
    is = d->person[p].has == LIVES ? "lives" : "";
    ck_assert_msg(!*is, "who lives there cannot withdraw");
    tr_kind_init(&tr_event_kind, &d->event[d->n_events]);
    d->event[d->n_events].case_id = tr_str(referral[r]);
    d->event[d->n_events].date = d->day;
    d->event[d->n_events++].type = code;
    d->person[p].gone[r] = true;
    /* an offer on this referral has lapsed; one on another stands */
    for (int i = 0; i < d->n_stays; i++)
        if (tr_str_is(d->stay[i].referral_id, referral[r]) && tr_span_has(s->holds[i], d->day))
            d->person[p].has = NOTHING;
    return true;
}

/* Days pass; offers lapse. */
static bool wait(struct done *d)
{
    d->day += states.offer_days / 2 + 1;
    for (int p = 0; p < 2; p++)
        if (d->person[p].has == OFFER && d->day >= d->person[p].offered + states.offer_days)
            d->person[p].has = NOTHING;
    return true;
}

static void go_on(const struct done *before, int depth)
{
    enum { OFFERS = 6, ANSWERS = 3 * TR_N_ANSWERS, NOTES = 3, ALL = OFFERS + ANSWERS + NOTES + 1 };
    struct seen s;

    look(&s, before);
    ck_model(&s, before);
    for (int what = 0; what < ALL && depth > 0; what++) {
        struct done d = *before;
        bool did;

        did = what < OFFERS             ? offer(&d, &s, what / 2, what % 2)
              : what < OFFERS + ANSWERS ? answer(&d, &s, (what - OFFERS) / TR_N_ANSWERS,
                                                 (enum tr_answer)((what - OFFERS) % TR_N_ANSWERS))
              : what < ALL - 1          ? note(&d, &s, what - OFFERS - ANSWERS, "withdrawn")
                                        : wait(&d);
        if (!did)
            continue;
        forget(&s);
        go_on(&d, depth - 1);
        look(&s, before);
    }
    forget(&s);
}

START_TEST(every_sequence)
{
    static const char *const folders[] = {PROFILE, "share/profiles/sandnes"};
    struct done nothing = {.day = TODAY};

    setup(folders[_i]);
    looked_at = 0;
    go_on(&nothing, DEPTH);
    ck_assert_uint_gt(looked_at, 10000);
    teardown();
}
END_TEST

MAIN("act", {every_sequence, 2})
