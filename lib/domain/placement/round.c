#define _GNU_SOURCE
#include "domain/placement/round.h"

#include <stdio.h>
#include <stdlib.h>

#include "domain/places/again.h"
#include "domain/profile/consent.h"

#define AT(member) offsetof(struct tr_own_order, member)

static const struct tr_member own_members[] = {
    {"institution_id", TR_M_ID, .at = AT(institution_id), .needed = true, .filled = true},
    {"referral_id", TR_M_ID, .at = AT(referral_id), .needed = true, .filled = true},
    {"rank", TR_M_NUMBER, .at = AT(rank), .most = INT32_MAX - 1, .needed = true, .filled = true},
};

const struct tr_kind tr_own_order_kind = {
    .name = "priority",
    .member = own_members,
    .n_members = sizeof own_members / sizeof *own_members,
    .size = sizeof(struct tr_own_order),
};

/* ---- order ---- */

int tr_priority_parse(struct tr_priority *p, struct tr_str text)
{
    struct tr_str rest = text, key;

    *p = (struct tr_priority){.text = text};
    while (tr_str_part(&rest, '|', &key)) {
        int m;
        bool down = key.len > 0 && *key.p == '-';

        key = (struct tr_str){key.p + down, key.len - down};
        m = tr_kind_member(&tr_candidate_kind, key);
        if (m < 0 || p->n == TR_PRIORITY_KEYS_MAX)
            return -1;
        p->member[p->n] = (uint32_t)m;
        p->down[p->n++] = down;
    }
    return 0;
}

struct tr_priority tr_priority_before(const struct tr_priority *p, size_t at)
{
    struct tr_priority front = *p;

    for (front.n = 0; front.n < p->n; front.n++)
        if (tr_candidate_kind.member[p->member[front.n]].at == at)
            break;
    return front;
}

/* Reads the order from the profile. */
static int load_priority(struct tr_priority *p, const struct tr_profile *profile,
                         struct tr_err *err)
{
    const struct tr_table *t = &profile->table[TR_T_PROFILE];
    struct tr_str text = tr_profile_value(profile, "priority");
    uint32_t row = 0;

    if (tr_priority_parse(p, text.len ? text
                                      : TR_STR("urgency|received|queue_number|referral_id")) == 0)
        return 0;
    while (row < t->n_rows && !tr_str_is(tr_table_cell(t, row, 0), "priority"))
        row++;
    return tr_table_fault(t, row, 1, TR_E_TABLE_CELL, N_("no order goes by this"), err);
}

static int compare_member(const struct tr_member *m, const char *a, const char *b, bool down)
{
    int c;

    if (tr_member_is_text(m)) {
        const struct tr_str *x = (const void *)(a + m->at), *y = (const void *)(b + m->at);

        if (!x->len || !y->len)
            return !x->len - !y->len;
        c = tr_str_cmp(*x, *y);
    } else if (!tr_member_is_number(m)) {
        const uint64_t *x = (const void *)(a + m->at), *y = (const void *)(b + m->at);

        if (!*x || !*y)
            return !*x - !*y;
        c = (*x > *y) - (*x < *y);
    } else {
        const int32_t *x = (const void *)(a + m->at), *y = (const void *)(b + m->at);

        if (*x < 0 || *y < 0)
            return (*x < 0) - (*y < 0);
        c = (*x > *y) - (*x < *y);
    }
    return down ? -c : c;
}

int tr_priority_compare(const struct tr_priority *p, const struct tr_candidate *a,
                        const struct tr_candidate *b)
{
    int c = 0;

    for (int k = 0; k < p->n && c == 0; k++)
        c = compare_member(&tr_candidate_kind.member[p->member[k]], (const char *)a,
                           (const char *)b, p->down[k]);
    return c;
}

/* A referral in the queue. first: what comes first in the order, as a number that is never greater than that
 * of a later one. */
struct queued {
    uint64_t first;
    uint32_t number;
};

/* Whether it seeks a place, and the first two keys, where they are numbers. */
static uint64_t first_of(const struct tr_round *r, const struct tr_candidate *c)
{
    const struct tr_priority *p = &r->priority;
    uint64_t first = !tr_candidate_seeks(c);
    bool numbers = true;

    for (int k = 0; k < 2; k++) {
        const struct tr_member *m = k < p->n ? &tr_candidate_kind.member[p->member[k]] : NULL;
        int32_t n;

        first <<= 31;
        if (!(numbers &= m && tr_member_is_number(m)))
            continue;
        memcpy(&n, (const char *)c + m->at, sizeof n);
        first |= (uint32_t)(n < 0 ? INT32_MAX : p->down[k] ? INT32_MAX - 1 - n : n); /* unknown last */
    }
    return first;
}

static int compare_referrals(const void *a, const void *b, void *round)
{
    const struct tr_round *r = round;
    const struct queued *q = a, *s = b;
    const struct tr_candidate *x = tr_candidate(&r->referrals, q->number);
    const struct tr_candidate *y = tr_candidate(&r->referrals, s->number);

    if (q->first != s->first)
        return q->first < s->first ? -1 : 1;
    return tr_candidate_seeks(x) != tr_candidate_seeks(y)
               ? tr_candidate_seeks(y) - tr_candidate_seeks(x)
               : tr_priority_compare(&r->priority, x, y);
}

static int compare_places(const void *a, const void *b, void *round)
{
    const struct tr_round *r = round;

    return tr_str_cmp(tr_institution(&r->places, *(const uint32_t *)a)->id,
                      tr_institution(&r->places, *(const uint32_t *)b)->id);
}

/* The numbers 0 to n - 1 of records, in sorted order; NULL: memory. */
static uint32_t *sorted(void *cookie, uint32_t n,
                        int (*compare)(const void *, const void *, void *))
{
    uint32_t *order = malloc((n + (size_t)1) * sizeof *order);

    for (uint32_t i = 0; order && i < n; i++)
        order[i] = i;
    if (order)
        qsort_r(order, n, sizeof *order, compare, cookie);
    return order;
}

static uint32_t *sort_referrals(struct tr_round *r)
{
    uint32_t n = r->referrals.n, *order = malloc((n + (size_t)1) * sizeof *order);
    struct queued *queue = malloc((n + (size_t)1) * sizeof *queue);

    if (order && queue) {
        for (uint32_t i = 0; i < n; i++)
            queue[i] = (struct queued){first_of(r, tr_candidate(&r->referrals, i)), i};
        qsort_r(queue, n, sizeof *queue, compare_referrals, r);
        for (uint32_t i = 0; i < n; i++)
            order[i] = queue[i].number;
    } else {
        free(order);
        order = NULL;
    }
    free(queue);
    return order;
}

static void iso(int32_t day, char out[TR_DATE_LEN + 1])
{
    tr_date_iso(tr_date_of(day), out);
    out[TR_DATE_LEN] = '\0';
}

int tr_round_start(struct tr_round *r, const struct tr_profile *profile, struct tr_err *err)
{
    uint32_t *order = sorted(r, r->places.n, compare_places);
    int rc = order ? tr_records_permute(&r->places, order) : -1;
    char day[2][TR_DATE_LEN + 1];

    free(order);
    if (rc < 0)
        return tr_err_memory(err);
    r->profile = profile;
    r->as_of = r->places.n ? tr_institution(&r->places, 0)->as_of : TR_NO_DAY;
    for (uint32_t i = 0; i < r->places.n; i++)
        if (tr_institution(&r->places, i)->as_of != r->as_of) {
            iso(r->as_of, day[0]);
            iso(tr_institution(&r->places, i)->as_of, day[1]);
            return tr_records_fault(&r->places, i, "as_of", TR_E_AS_OF, day[0], day[1], err);
        }
    if (tr_place_rules_load(&r->rules, profile, r->as_of, err) < 0)
        return -1;
    return load_priority(&r->priority, profile, err);
}

int tr_round_order(struct tr_round *r, struct tr_err *err)
{
    uint32_t *order = sort_referrals(r);
    int rc = order ? tr_records_permute(&r->referrals, order) : -1;
    char id[2][TR_ID_MAX + 1];

    free(order);
    if (rc < 0)
        return tr_err_memory(err);
    r->n_seeking = 0;
    for (uint32_t i = 0; i < r->referrals.n; i++) {
        const struct tr_candidate *c = tr_candidate(&r->referrals, i);

        r->n_seeking += tr_candidate_seeks(c);
        if (i == 0 || tr_candidate_seeks(c - 1) != tr_candidate_seeks(c) ||
            tr_priority_compare(&r->priority, c - 1, c) != 0)
            continue;
        tr_err_copy(id[0], sizeof id[0], (c - 1)->id);
        tr_err_copy(id[1], sizeof id[1], c->id);
        return tr_records_fault(&r->referrals, i, "referral_id", TR_E_TIE, id[0], id[1], err);
    }
    return 0;
}

/* ---- what stays say ---- */

int tr_round_stays(struct tr_round *r, const struct tr_records *stays, const struct tr_span *holds,
                   struct tr_err *err)
{
    struct tr_again again;

    if (tr_again_load(&again, r->profile, tr_profile_number(r->profile, "offer_days", 7), err) < 0)
        return -1;
    for (uint32_t k = 0; k < stays->n; k++) {
        const struct tr_stay *s = tr_stay(stays, k);
        int i = tr_records_find(&r->referrals, s->referral_id);
        struct tr_candidate *c;
        struct tr_span span;
        int32_t open;

        if (i < 0 || s->from > r->as_of)
            continue;
        c = tr_candidate(&r->referrals, (uint32_t)i);
        span = holds[k];
        if (tr_span_has(span, r->as_of) &&
            (tr_hold_is_bed(span.hold) || span.hold == TR_HOLD_DAY)) {
            if (c->held.len == 0 || tr_str_cmp(s->institution_id, c->held) < 0)
                c->held = tr_arena_copy(&r->referrals.text, s->institution_id);
        } else if (tr_again_from(&again, s, r->as_of, &open) &&
                   (open == TR_NO_DAY || r->as_of < open)) {
            tr_candidate_close(c, s->institution_id, open, &r->referrals.text);
        } else if (tr_stay_lived(s)) {
            c->ended = 1;
        }
    }
    return r->referrals.text.failed ? tr_err_memory(err) : 0;
}

int tr_round_states(struct tr_round *r, const struct tr_cases *cases, struct tr_err *err)
{
    for (uint32_t i = 0; i < r->referrals.n; i++) {
        struct tr_candidate *c = tr_candidate(&r->referrals, i);
        const struct tr_case_standing *at = tr_cases_of(cases, c->id);
        const struct tr_case_state *state = tr_cases_state(cases, c->id);

        c->unasked = !at || at->consent == TR_CONSENT_UNKNOWN;
        if (c->held.len == 0 && state->queue == TR_QUEUE_WAITS)
            c->ended = -1; /* back in the queue after a stay */
        if (c->held.len > 0 || c->ended == 1 || state->queue == TR_QUEUE_WAITS)
            continue;
        c->state = tr_arena_copy(&r->referrals.text, state->code);
        if (state->queue == TR_QUEUE_PARKED) {
            c->parked = 1;
            c->until = at->until;
        }
    }
    return r->referrals.text.failed ? tr_err_memory(err) : 0;
}

static void take_standing(struct tr_candidate *c, const struct tr_candidate *s)
{
    c->declined = s->declined;
    c->again = s->again;
    c->held = s->held;
    c->ended = s->ended;
    c->state = s->state;
    c->parked = s->parked;
    c->until = s->until;
    c->person = s->person;
    c->counts = s->counts;
}

void tr_round_standing(struct tr_round *r, const struct tr_records *standing)
{
    struct tr_candidate none;

    tr_kind_init(&tr_standing_kind, &none);
    for (uint32_t i = 0; i < r->referrals.n; i++)
        take_standing(tr_candidate(&r->referrals, i), &none);
    for (uint32_t k = 0; k < standing->n; k++) {
        const struct tr_candidate *s = tr_candidate(standing, k);
        int i = tr_records_find(&r->referrals, s->id);

        if (i >= 0)
            take_standing(tr_candidate(&r->referrals, (uint32_t)i), s);
    }
}

/* ---- persons ---- */

struct settling {
    struct tr_round *r;
    void (*same)(void *cookie, const struct tr_person_at *other, const struct tr_person_at *speaks);
    void *cookie;
};

static void judge_standing(void *cookie, struct tr_person_at *at)
{
    const struct settling *s = cookie;
    const struct tr_candidate *c = tr_candidate(&s->r->referrals, at->note);

    at->person.standing = c->held.len > 0                                         ? TR_PERSON_HOLDS
                          : c->ended == 1 || (c->state.len > 0 && c->parked != 1) ? TR_PERSON_CLOSED
                                                                                  : TR_PERSON_OPEN;
}

/* What was declined under one referral is not offered under another. */
static void join_persons(void *cookie, const struct tr_person_at *other,
                         const struct tr_person_at *speaks)
{
    const struct settling *s = cookie;
    struct tr_candidate *c = tr_candidate(&s->r->referrals, other->note);
    struct tr_candidate *one = tr_candidate(&s->r->referrals, speaks->note);
    struct tr_str rest = c->declined, id;

    c->same_person = one->id;
    while (rest.len > 0 && tr_str_part(&rest, '|', &id))
        tr_candidate_close(one, id, tr_candidate_again(c, id), &s->r->referrals.text);
    if (s->same)
        s->same(s->cookie, other, speaks);
}

int tr_round_persons(struct tr_round *r,
                     void (*same)(void *cookie, const struct tr_person_at *other,
                                  const struct tr_person_at *speaks),
                     void *cookie, struct tr_err *err)
{
    struct settling s = {r, same, cookie};
    const struct tr_persons_use use = {
        .judge = judge_standing, .same = join_persons, .cookie = &s};

    for (uint32_t i = 0; i < r->referrals.n; i++)
        tr_candidate(&r->referrals, i)->same_person = (struct tr_str){"", 0};
    if (r->persons && tr_persons_settle(r->persons, &use, err) < 0)
        return -1;
    return r->referrals.text.failed ? tr_err_memory(err) : 0;
}

/* ---- who could go where ---- */

struct linking {
    struct tr_round *r;
    struct tr_rulings answers;
    size_t n_options, room_options, n_wishes, room_wishes;
};

static int push(uint32_t **list, size_t *n, size_t *room, uint32_t value)
{
    if (*n == *room) {
        size_t more = *room ? 2 * *room : 1024;
        uint32_t *longer = realloc(*list, more * sizeof *longer);

        if (!longer)
            return -1;
        *list = longer;
        *room = more;
    }
    (*list)[(*n)++] = value;
    return 0;
}

static int add_options(struct linking *l, const struct tr_candidate *c)
{
    if (tr_rulings_ask(&l->answers, c) < 0)
        return -1;
    for (size_t w = 0; w < l->answers.words; w++)
        for (uint64_t bits = l->answers.options[w]; bits; bits &= bits - 1)
            if (push(&l->r->option, &l->n_options, &l->room_options,
                     (uint32_t)w * 64 + (uint32_t)__builtin_ctzll(bits)) < 0)
                return -1;
    return 0;
}

/* Adds the wishes that are options, each once. */
static int add_wishes(struct linking *l, const struct tr_candidate *c)
{
    struct tr_str rest = c->wishes, id;
    size_t first = l->n_wishes;

    while (rest.len > 0 && tr_str_part(&rest, '|', &id)) {
        int i = tr_records_find(&l->r->places, id);
        bool twice = false;

        if (i < 0 || !tr_rulings_option(&l->answers, (uint32_t)i))
            continue;
        for (size_t w = first; w < l->n_wishes; w++)
            twice |= l->r->wish[w] == (uint32_t)i;
        if (!twice && push(&l->r->wish, &l->n_wishes, &l->room_wishes, (uint32_t)i) < 0)
            return -1;
    }
    return 0;
}

static int link_all(struct linking *l)
{
    struct tr_round *r = l->r;

    for (uint32_t p = 0; p < r->referrals.n; p++) {
        const struct tr_candidate *c = tr_candidate(&r->referrals, p);

        r->from[p] = (uint32_t)l->n_options;
        r->wish_from[p] = (uint32_t)l->n_wishes;
        if (tr_candidate_seeks(c) && (add_options(l, c) < 0 || add_wishes(l, c) < 0))
            return -1;
    }
    r->from[r->referrals.n] = (uint32_t)l->n_options;
    r->wish_from[r->referrals.n] = (uint32_t)l->n_wishes;
    return l->n_options < UINT32_MAX ? 0 : -1;
}

int tr_round_link(struct tr_round *r, struct tr_err *err)
{
    struct linking l = {.r = r};
    size_t people = r->referrals.n + (size_t)1;
    int rc = -1;

    r->from = malloc(people * sizeof *r->from);
    r->wish_from = malloc(people * sizeof *r->wish_from);
    r->room = malloc((r->places.n + (size_t)1) * sizeof *r->room);
    if (r->from && r->wish_from && r->room &&
        tr_rulings_init(&l.answers, &r->rules, &r->places) == 0)
        rc = link_all(&l);
    tr_rulings_clear(&l.answers);
    if (rc < 0)
        return tr_err_memory(err);
    for (uint32_t i = 0; i < r->places.n; i++) {
        if (tr_must(tr_institution(&r->places, i)->vacant >= 0, err) < 0)
            return -1;
        r->room[i] = (uint32_t)tr_institution(&r->places, i)->vacant;
    }
    r->graph = (struct tr_graph){
        .n_people = r->referrals.n,
        .n_institutions = r->places.n,
        .from = r->from,
        .option = r->option,
        .wish_from = r->wish_from,
        .wish = r->wish,
        .room = r->room,
    };
    return 0;
}

static int compare_own(const void *a, const void *b, void *records)
{
    const struct tr_own_order *o = (const void *)((const struct tr_records *)records)->record;
    const struct tr_own_order *x = o + *(const uint32_t *)a, *y = o + *(const uint32_t *)b;
    int c = tr_str_cmp(x->institution_id, y->institution_id);

    return c ? c : tr_str_cmp(x->referral_id, y->referral_id);
}

int tr_own_orders_sort(struct tr_records *own, struct tr_err *err)
{
    uint32_t *order = sorted(own, own->n, compare_own);
    int rc = order ? tr_records_permute(own, order) : -1;
    char line[24];

    free(order);
    if (rc < 0)
        return tr_err_memory(err);
    for (uint32_t k = 1; k < own->n; k++)
        if (compare_own(&(uint32_t){k - 1}, &k, own) == 0) {
            snprintf(line, sizeof line, "%llu", (unsigned long long)own->line[k - 1]);
            return tr_records_fault(own, k, "referral_id", TR_E_ID_DOUBLE, line, NULL, err);
        }
    return 0;
}

int tr_round_own(struct tr_round *r, const struct tr_records *own, struct tr_err *err)
{
    size_t edges = r->from[r->referrals.n];

    r->own = malloc((edges + 1) * sizeof *r->own);
    if (!r->own)
        return tr_err_memory(err);
    for (size_t e = 0; e < edges; e++)
        r->own[e] = UINT32_MAX; /* after all who are listed */
    for (uint32_t k = 0; k < own->n; k++) {
        const struct tr_own_order *o = (const struct tr_own_order *)(const void *)own->record + k;
        int i = tr_records_find(&r->places, o->institution_id);
        int p = tr_records_find(&r->referrals, o->referral_id);

        for (uint32_t e = p < 0 ? 0 : r->from[p]; p >= 0 && i >= 0 && e < r->from[p + 1]; e++)
            if (r->option[e] == (uint32_t)i)
                r->own[e] = (uint32_t)o->rank;
    }
    r->graph.own = r->own;
    return 0;
}

void tr_round_clear(struct tr_round *r)
{
    tr_records_clear(&r->places);
    tr_records_clear(&r->referrals);
    tr_persons_free(r->persons);
    free(r->from);
    free(r->option);
    free(r->wish_from);
    free(r->wish);
    free(r->room);
    free(r->own);
    *r = (struct tr_round){0};
}

struct tr_outlook tr_round_outlook(const struct tr_round *r, uint32_t referral)
{
    const struct tr_candidate *c = tr_candidate(&r->referrals, referral);
    struct tr_outlook all = {.n_open = 0};
    uint32_t alone = 0, rest = 0;

    for (uint32_t i = 0; i < r->places.n; i++) {
        struct tr_place_answer a =
            tr_place_rules_judge(&r->rules, c, tr_institution(&r->places, i));

        if (tr_place_answer_open(a)) {
            all.n_open++;
            all.not_known |= a.not_known;
            all.not_said |= a.not_said;
        }
        if (tr_outlook_one_decides(a.broken))
            alone |= a.broken;
        if (tr_place_answer_alone(a))
            all.openers |= a.broken;
    }
    for (uint32_t i = 0; i < r->places.n; i++) {
        uint32_t broken =
            tr_place_rules_judge(&r->rules, c, tr_institution(&r->places, i)).broken;

        rest |= broken & alone ? 0 : broken;
    }
    all.decides = tr_outlook_decides(alone, rest);
    return all;
}
