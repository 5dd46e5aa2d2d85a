/* How it stands today: who lives where, and since when; who waits, in order. */
#define _GNU_SOURCE
#include <stdlib.h>

#include "domain/flow/scenario.h"

/* In what order they are. */
struct turns {
    const struct tr_sim_type *type;
    bool last_first;
};

static int by_turn(const void *a, const void *b, void *cookie)
{
    const struct tr_sim_waiting *x = a, *y = b;
    const struct turns *t = cookie;
    uint32_t one = t->type[x->type].rank, other = t->type[y->type].rank;

    if (one != other)
        return one < other ? -1 : 1;
    if (x->since != y->since)
        return (x->since < y->since) != t->last_first ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static struct tr_sim_resident resident_of(const struct tr_scenario_input *in, uint32_t house,
                                          double days, double until)
{
    const struct tr_list *levels = tr_profile_list(in->round->profile, "service_level");
    int32_t level = tr_institution(&in->round->places, house)->service_level;

    return (struct tr_sim_resident){house, (uint32_t)(level >= 0 ? level : levels->n), days, until};
}

/* The first referral of the person, which stands for all of them. */
static struct tr_str person_of(const struct tr_cases *persons, struct tr_str referral)
{
    const struct tr_case_standing *at = persons ? tr_cases_of(persons, referral) : NULL;

    return at ? persons->at[at->person].id : referral;
}

/* The resident whom the person is already; a new one otherwise. NULL: memory. Of two stays at the same
 * time, which are a slip of whoever wrote them, the one that began last has the bed. */
static struct tr_sim_resident *resident_for(struct tr_scenario *s, struct tr_dict *living,
                                            struct tr_str person)
{
    int at = (int)s->start.n_residents;
    int rc = person.len > 0 ? tr_dict_add(living, person, &at) : 0;

    s->start.n_residents += rc == 0;
    return rc < 0 ? NULL : &s->resident[at];
}

/* Everybody who takes a bed by the stays; an offer that is out counts as taken. */
static int take_stays(struct tr_scenario *s, const struct tr_scenario_input *in)
{
    int32_t day = in->round->as_of;
    struct tr_dict living = {0};
    int rc = 0;

    for (uint32_t i = 0; rc == 0 && i < in->stays->n; i++) {
        const struct tr_stay *stay = tr_stay(in->stays, i);
        struct tr_span span = in->holds[i];
        bool lives = span.hold == TR_HOLD_OCCUPIED;
        uint32_t before = s->start.n_residents;
        int32_t end = tr_stay_end_known(stay, span, day);
        struct tr_sim_resident *at;

        if (stay->institution < 0 || !tr_hold_is_bed(span.hold) || !tr_span_has(span, day))
            continue;
        at = resident_for(s, &living, lives ? person_of(in->persons, stay->referral_id)
                                            : (struct tr_str){"", 0});
        if (!at)
            rc = -1;
        else if (s->start.n_residents > before || day - stay->from <= at->days)
            *at = resident_of(in, (uint32_t)stay->institution, lives ? day - stay->from : 0,
                              lives && end != TR_NO_DAY ? end - day : -1);
    }
    tr_dict_clear(&living);
    return rc;
}

/* Where no stays are given: the beds that are not vacant, as if they were just taken. */
static void take_vacancies(struct tr_scenario *s, const struct tr_scenario_input *in)
{
    for (uint32_t h = 0; h < in->round->places.n; h++) {
        int32_t vacant = tr_institution(&in->round->places, h)->vacant;

        for (uint32_t n = (uint32_t)(vacant > 0 ? vacant : 0); n < s->beds[h]; n++)
            s->resident[s->start.n_residents++] = resident_of(in, h, 0, -1);
    }
}

int tr_scenario_begin(struct tr_scenario *s, const struct tr_scenario_input *in)
{
    size_t beds = in->stays->n + (size_t)1;
    struct turns now = {s->type, s->sim.last_first}, then = {s->other, s->other_last_first};

    for (uint32_t h = 0; h < in->round->places.n; h++)
        beds += s->beds[h];
    s->resident = calloc(beds, sizeof *s->resident);
    if (!s->resident)
        return -1;
    if (in->stays->n == 0)
        take_vacancies(s, in);
    else if (take_stays(s, in) < 0)
        return -1;
    qsort_r(s->waiting, s->start.n_waiting, sizeof *s->waiting, by_turn, &now);
    qsort_r(s->queue, s->start.n_waiting, sizeof *s->queue, by_turn, &then);
    s->start.resident = s->resident;
    s->start.waiting = s->waiting;
    s->sim.start = &s->start;
    return 0;
}
