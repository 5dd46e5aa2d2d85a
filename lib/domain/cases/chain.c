#define _GNU_SOURCE
#include "domain/cases/chain.h"

#include <stdlib.h>

#include "domain/referral/link.h"

#define AT(member) offsetof(struct tr_chain_link, member)

static const struct tr_member members[] = {
    {"case_id", TR_M_ID, .at = AT(id)},
    {"date", TR_M_DATE, .at = AT(date)},
    {"source", TR_M_TEXT, .at = AT(record)},
    {"type", TR_M_TEXT, .at = AT(type)},
    {"institution_id", TR_M_ID, .at = AT(institution_id)},
    {"detail", TR_M_TEXT, .at = AT(detail)},
    {"case_state", TR_M_TEXT, .at = AT(state)},
};

const struct tr_kind tr_chain_kind = {
    .name = "chain",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_chain_link),
};

/* What a stay was when it began; a status stands for itself where none is named. */
static const char *const begins[TR_N_STAY_STATUS] = {
    [TR_STAY_DECLINED] = "offered",
    [TR_STAY_EXPIRED] = "offered",
    [TR_STAY_MOVED_OUT] = "moved_in",
};

static struct tr_chain_link *add(struct tr_records *out, struct tr_str id, int32_t date,
                                 const char *record)
{
    struct tr_chain_link *l = tr_records_add(out, 0);

    if (l) {
        l->id = id;
        l->date = date;
        l->record = tr_str(record);
    }
    return l;
}

/* What happened in a stay on a day; nothing when that is after as_of. */
static int add_of_stay(struct tr_records *out, const struct tr_stay *s, int32_t day,
                       struct tr_str type, int32_t as_of)
{
    struct tr_chain_link *l;

    if (day > as_of)
        return 0;
    if (!(l = add(out, s->referral_id, day, "stay")))
        return -1;
    l->type = type;
    l->institution_id = s->institution_id;
    l->detail = s->id;
    return 0;
}

static int add_stay(struct tr_records *out, const struct tr_stay *s, int offer_days, int32_t as_of)
{
    const struct tr_span span = tr_stay_span(s, offer_days);
    const struct tr_str status = tr_str(tr_stay_status_name(s->status));
    const bool answered = begins[s->status] != NULL;

    if (s->from > as_of)
        return 0;
    if (add_of_stay(out, s, s->from, answered ? tr_str(begins[s->status]) : status, as_of) < 0)
        return -1;
    if (span.end == TR_NO_DAY)
        return 0;
    return add_of_stay(out, s, span.end,
                       answered                       ? status
                       : s->status == TR_STAY_OFFERED ? TR_STR("expired")
                                                      : TR_STR("ended"),
                       as_of);
}

/* What a stay was before it became what it is: only that it began. */
static int add_former(struct tr_records *out, const struct tr_stay *s, int32_t as_of)
{
    return add_of_stay(out, s, s->from, tr_str(tr_stay_status_name(s->status)), as_of);
}

static int add_all(struct tr_records *out, const struct tr_case_states *states,
                   const struct tr_records *referrals, const struct tr_records *stays,
                   uint32_t former, const struct tr_records *events, int32_t as_of)
{
    const struct tr_list *details = tr_profile_list(out->profile, "event_detail");
    int rc = 0;

    for (uint32_t i = 0; rc == 0 && i < referrals->n; i++) {
        const struct tr_case *c = tr_case(referrals, i);
        struct tr_chain_link *l =
            c->received <= as_of ? add(out, c->id, c->received, "referral") : NULL;

        rc = l || c->received > as_of ? 0 : -1;
        if (l)
            l->type = TR_STR("received");
    }
    for (uint32_t i = 0; rc == 0 && i < stays->n; i++)
        rc = i < former ? add_stay(out, tr_stay(stays, i), states->offer_days, as_of)
                        : add_former(out, tr_stay(stays, i), as_of);
    for (uint32_t i = 0; rc == 0 && i < events->n; i++) {
        const struct tr_event *e = tr_event(events, i);
        struct tr_chain_link *l = e->date <= as_of ? add(out, e->case_id, e->date, "event") : NULL;

        rc = l || e->date > as_of ? 0 : -1;
        if (l) {
            l->type = states->types->entry[e->type].code;
            if (e->detail >= 0)
                l->detail = details->entry[e->detail].code;
        }
    }
    return rc;
}

/* Keeps the records whose cases are among the person's. id: where a record has its case. */
static void keep(struct tr_records *r, size_t id, const struct tr_cases *cases, int person)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < r->n; i++) {
        const char *from = r->record + i * r->kind->size;
        const struct tr_str *of = (const void *)(from + id);
        const struct tr_case_standing *at = tr_cases_of(cases, *of);

        if (!at || at->person != person)
            continue;
        memmove(r->record + n * r->kind->size, from, r->kind->size);
        r->line[n++] = r->line[i];
    }
    r->n = n;
}

int tr_chain_start(const struct tr_case_states *states, struct tr_records *referrals,
                   struct tr_records *stays, struct tr_records *events, struct tr_str id,
                   int32_t as_of, struct tr_err *err)
{
    const struct tr_case_sources in = {.referrals = referrals, .stays = stays, .events = events};
    const struct tr_case_standing *at;
    struct tr_cases cases;

    if (tr_cases_find(&cases, states, &in, as_of, &tr_listener_deaf, err) < 0)
        return -1;
    at = tr_cases_of(&cases, id);
    if (at) {
        keep(referrals, offsetof(struct tr_case, id), &cases, at->person);
        keep(stays, offsetof(struct tr_stay, referral_id), &cases, at->person);
        keep(events, offsetof(struct tr_event, case_id), &cases, at->person);
    }
    tr_cases_clear(&cases);
    return at ? 0 : 1;
}

int tr_chain_former(struct tr_records *stays, uint32_t now, const struct tr_stay_form *was,
                    const struct tr_stay_form *next)
{
    const struct tr_stay *is = tr_stay(stays, now);
    const bool tells = is->status == TR_STAY_DECLINED || is->status == TR_STAY_EXPIRED;
    struct tr_stay former = *is, *to;

    if (was->status > TR_STAY_ACCEPTED || next->status <= was->status ||
        (was->status == TR_STAY_OFFERED && tells))
        return 0;
    former.status = was->status;
    former.from = was->begins;
    former.to = next->begins;
    former.to_expected = TR_NO_DAY;
    if (!(to = tr_records_add(stays, 0)))
        return -1;
    *to = former;
    return 0;
}

int tr_chain_make(struct tr_records *out, const struct tr_case_states *states,
                  const struct tr_records *referrals, const struct tr_records *stays,
                  uint32_t former, const struct tr_records *events, int32_t as_of,
                  struct tr_err *err)
{
    const struct tr_case_sources in = {.referrals = referrals, .stays = stays, .events = events};
    struct tr_cases cases;

    if (add_all(out, states, referrals, stays, former, events, as_of) < 0)
        return tr_err_memory(err);
    for (uint32_t i = 0; i < out->n; i++) {
        struct tr_chain_link *l = (struct tr_chain_link *)(void *)out->record + i;

        if (tr_cases_find(&cases, states, &in, l->date, &tr_listener_deaf, err) < 0)
            return -1;
        l->state = tr_cases_state(&cases, l->id)->code;
        tr_cases_clear(&cases);
    }
    return 0;
}

int tr_chain_decided(struct tr_records *out, const struct tr_records *referrals,
                     struct tr_str referral, struct tr_str decision, struct tr_str institution,
                     struct tr_str reason)
{
    for (uint32_t i = 0; i < referrals->n; i++) {
        struct tr_chain_link *l;

        if (!tr_str_eq(tr_case(referrals, i)->id, referral))
            continue;
        if (!(l = add(out, referral, TR_NO_DAY, "decision")))
            return -1;
        l->type = decision;
        l->institution_id = institution;
        l->detail = reason;
    }
    return 0;
}

static const struct tr_case *find_case(const struct tr_records *referrals, struct tr_str id)
{
    for (uint32_t i = 0; i < referrals->n; i++)
        if (tr_str_eq(tr_case(referrals, i)->id, id))
            return tr_case(referrals, i);
    return NULL;
}

static bool has_case(const struct tr_records *referrals, struct tr_str id)
{
    return find_case(referrals, id) != NULL;
}

int tr_chain_linked(struct tr_records *out, const struct tr_records *referrals,
                    const struct tr_records *links, int32_t as_of)
{
    const struct tr_list *words = tr_profile_list(out->profile, "link");

    for (uint32_t i = 0; i < links->n; i++) {
        const struct tr_link *l = tr_link(links, i);
        const bool first = has_case(referrals, l->referral_id);
        struct tr_chain_link *to;

        if (l->link < 0 || l->date > as_of || (!first && !has_case(referrals, l->other_id)))
            continue;
        if (!(to = add(out, first ? l->referral_id : l->other_id, l->date, "person_link")))
            return -1;
        to->type = words->entry[l->link].code;
        to->detail = first ? l->other_id : l->referral_id;
    }
    return 0;
}

int tr_chain_paper(struct tr_records *out, const struct tr_records *referrals, struct tr_str id,
                   int32_t day, struct tr_str paper)
{
    const struct tr_case *c = find_case(referrals, id);
    struct tr_chain_link *l;

    if (!c)
        return 0;
    if (!(l = add(out, c->id, day, "paper")))
        return -1;
    l->type = paper;
    return 0;
}

static int by_day(const void *a, const void *b, void *records)
{
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    const struct tr_chain_link *links = (const void *)((const struct tr_records *)records)->record;

    if (links[i].date != links[k].date)
        return links[i].date < links[k].date ? -1 : 1;
    return i < k ? -1 : i > k;
}

int tr_chain_order(struct tr_records *out, struct tr_err *err)
{
    uint32_t *order = malloc((out->n + (size_t)1) * sizeof *order);
    int rc = -1;

    for (uint32_t i = 0; order && i < out->n; i++)
        order[i] = i;
    if (order) {
        qsort_r(order, out->n, sizeof *order, by_day, out);
        rc = tr_records_permute(out, order);
    }
    free(order);
    return rc < 0 ? tr_err_memory(err) : 0;
}
