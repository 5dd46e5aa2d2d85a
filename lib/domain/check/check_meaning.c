#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "domain/cases/case_state.h"
#include "domain/check/check_own.h"
#include "domain/referral/mask.h"
#include "domain/referral/travel.h"
#include "domain/routine/decision.h"
#include "domain/routine/paper.h"
#include "domain/survey/rop.h"
#include "domain/placement/round.h"
#include "domain/routine/routine.h"
#include "domain/routine/service.h"

static const struct tr_str none = {"", 0};

struct meaning {
    const struct tr_profile *p;
    const struct tr_listener *listener;
    int faults;
};

static void say(void *cookie, const struct tr_err *err)
{
    struct meaning *m = cookie;

    m->faults++;
    m->listener->say(m->listener->cookie, err);
}

static void fault(struct meaning *m, enum tr_profile_table table, uint32_t row, const char *column,
                  enum tr_code code, struct tr_str a, struct tr_str b)
{
    const struct tr_table *t = &m->p->table[table];
    struct tr_err err;

    tr_table_fault(t, row, tr_table_column(t, column), code, NULL, &err);
    tr_err_copy(err.arg[0], sizeof err.arg[0], a);
    tr_err_copy(err.arg[1], sizeof err.arg[1], b);
    say(m, &err);
}

/* ---- the decision table ---- */

/* Every group must have main pathways: without, every person in it would seem to contradict them.
 */
static void check_pathways(struct meaning *m, const struct tr_list *groups,
                           const uint64_t *pathways)
{
    const struct tr_table *t = &m->p->table[TR_T_ROP_MATRIX];

    for (int i = 0; i < groups->n; i++)
        if (!pathways[i])
            fault(m, TR_T_ROP_MATRIX, t->n_rows, "", TR_E_CHECK_NEEDED, groups->entry[i].code,
                  TR_STR("rop_matrix.rop_group"));
}

static void check_rules(struct meaning *m)
{
    struct tr_rop rop;
    struct tr_err err;

    if (tr_rop_load(&rop, m->p, &err) < 0) {
        say(m, &err);
        return;
    }
    tr_rop_check(&rop, say, m);
    check_pathways(m, m->p->of_field[TR_F_ROP_GROUP], rop.pathways);
    check_pathways(m, m->p->of_field[TR_F_ROP_SOMATIC], rop.somatic_pathways);
}

/* ---- events and steps ---- */

/* The event types that can happen: those that follow nothing, then those that follow one of them.
 */
static uint64_t possible_events(const struct tr_routine *r)
{
    uint64_t possible = 0, before;

    do {
        before = possible;
        for (int t = 0; t < r->types->n; t++)
            if (!r->after[t] || r->after[t] & possible)
                possible |= UINT64_C(1) << t;
    } while (possible != before);
    return possible;
}

static bool no_time(struct tr_duration d)
{
    return d.months <= 0 && d.days <= 0 && d.working_days <= 0;
}

static void check_steps(struct meaning *m, const struct tr_routine *r)
{
    uint64_t possible = possible_events(r);

    for (int t = 0; t < r->types->n; t++)
        if (!(possible >> t & 1))
            fault(m, TR_T_EVENT_TYPES, (uint32_t)t, "after", TR_E_CHECK_NEVER,
                  r->types->entry[t].code, none);
    for (uint32_t s = 0; s < r->n_steps; s++) {
        const struct tr_step *step = &r->step[s];

        if (!(step->starts.types & possible))
            fault(m, TR_T_STEPS, s, "starts", TR_E_CHECK_NEVER, step->code, none);
        if (step->repeats && no_time(step->repeat))
            fault(m, TR_T_STEPS, s, "repeat", TR_E_CHECK_LOOP, step->code, none);
    }
}

static void check_routine(struct meaning *m)
{
    struct tr_routine routine;
    struct tr_err err;

    if (tr_routine_load(&routine, m->p, &err) < 0)
        say(m, &err);
    else
        check_steps(m, &routine);
    tr_routine_clear(&routine);
}

/* ---- states of cases ---- */

/* Every fact that moves cases has an event type, which some state takes. */
static void check_facts(struct meaning *m, const struct tr_case_states *states)
{
    for (int f = 0; f < TR_N_CASE_FACTS; f++) {
        struct tr_str name = tr_str(tr_case_fact_names[f]);

        if (states->type_of[f] < 0)
            fault(m, TR_T_EVENT_TYPES, 0, "taken_from", TR_E_CHECK_FACT, name, none);
        else if (!(states->moving >> states->type_of[f] & 1))
            fault(m, TR_T_EVENT_TYPES, (uint32_t)states->type_of[f], "taken_from",
                  TR_E_CHECK_FACT_MOVES, states->types->entry[states->type_of[f]].code, none);
    }
}

/* Every state can be reached, and left again: for the queue, in the end. */
static void check_states(struct meaning *m)
{
    struct tr_case_states states;
    uint64_t waits = 0;
    struct tr_err err;

    if (tr_case_states_load(&states, m->p, &err) < 0) {
        say(m, &err);
        return;
    }
    for (int s = 0; s < states.n; s++)
        waits |= (uint64_t)(states.state[s].queue == TR_QUEUE_WAITS) << s;
    check_facts(m, &states);
    for (int s = 0; s < states.n; s++) {
        if (!(tr_case_states_from(&states, 0) >> s & 1))
            fault(m, TR_T_CASE_STATES, (uint32_t)s, "code", TR_E_CHECK_NEVER, states.state[s].code,
                  none);
        if (tr_case_states_from(&states, s) == UINT64_C(1) << s ||
            !(tr_case_states_from(&states, s) & waits))
            fault(m, TR_T_CASE_STATES, (uint32_t)s, "moves", TR_E_CHECK_DEAD_END,
                  states.state[s].code, none);
    }
    if (states.n > 0 && states.state[0].queue != TR_QUEUE_WAITS)
        fault(m, TR_T_CASE_STATES, 0, "queue", TR_E_CHECK_CODE, TR_STR("waits"),
              states.state[0].code);
}

/* ---- decisions ---- */

/* A step that tells of a time to complain must have the time of the decisions it is for. */
static void check_decisions(struct meaning *m)
{
    const struct tr_table *kinds = &m->p->table[TR_T_DECISIONS], *steps = &m->p->table[TR_T_STEPS];

    for (uint32_t k = 0; k < kinds->n_rows; k++) {
        struct tr_str within = tr_decision_cell(m->p, (int)k, "complaint_within", -1);
        struct tr_str names = tr_decision_cell(m->p, (int)k, "steps", -1), name;

        while (names.len > 0 && tr_str_part(&names, '|', &name))
            for (uint32_t s = 0; s < steps->n_rows; s++)
                if (tr_str_eq(tr_table_cell(steps, s, tr_table_column(steps, "step")), name) &&
                    !tr_str_eq(tr_table_cell(steps, s, tr_table_column(steps, "offset")), within))
                    fault(m, TR_T_STEPS, s, "offset", TR_E_CHECK_KIND, within, none);
    }
}

/* ---- plans and services ---- */

/* A point needs only a name; an item must say whether it has to be filled in. */
static void check_items(struct meaning *m, enum tr_profile_table which)
{
    const struct tr_table *t = &m->p->table[which];

    for (uint32_t i = 0; i < t->n_rows; i++)
        if (tr_table_cell(t, i, tr_table_column(t, "item")).len > 0 &&
            tr_table_cell(t, i, tr_table_column(t, "needed")).len == 0)
            fault(m, which, i, "needed", TR_E_CHECK_EMPTY, none, none);
}

/* What an item begins from is an item of another paper, of a kind that it can take. */
static void check_begins(struct meaning *m, const struct tr_paper_forms *forms,
                         enum tr_profile_table which)
{
    const struct tr_table *t = &m->p->table[which];
    int column = tr_table_column(t, "begins");

    for (uint32_t i = 0; i < t->n_rows; i++) {
        struct tr_str rest = tr_table_cell(t, i, column), from;

        while (rest.len > 0 && tr_str_part(&rest, '|', &from))
            if (!tr_paper_may_begin(forms, tr_table_cell(t, i, tr_table_column(t, "kind")), from))
                fault(m, which, i, "begins", TR_E_CHECK_CODE, from, TR_STR("paper_items.csv"));
    }
}

static void check_papers(struct meaning *m)
{
    static const enum tr_profile_table tables[] = {TR_T_PLAN_ITEMS, TR_T_PAPER_ITEMS};
    struct tr_paper_forms forms;
    struct tr_err err;

    if (tr_paper_forms_load(&forms, m->p, &err) < 0)
        say(m, &err);
    else
        for (int i = 0; i < 2; i++)
            check_begins(m, &forms, tables[i]);
    for (int i = 0; i < 2; i++)
        check_items(m, tables[i]);
    tr_paper_forms_clear(&forms);
}

/* Following after_hours from service to service must not lead back to the first. */
static void check_after_hours(struct meaning *m, const struct tr_records *services)
{
    for (uint32_t i = 0; i < services->n; i++) {
        const struct tr_service *start = tr_service(services, i), *s = start;

        for (uint32_t n = 0; s->after_hours.len > 0 && n < services->n; n++) {
            s = tr_service(services, (uint32_t)tr_records_find(services, s->after_hours));
            if (s == start) {
                fault(m, TR_T_SERVICES, i, "after_hours", TR_E_CHECK_LOOP, start->id, none);
                break;
            }
        }
    }
}

/* Two parts of the hours that name one day are no fault, but whoever wrote the first believes that it
 * counts on that day. */
static void warn_hours(const struct meaning *m)
{
    const struct tr_table *t = &m->p->table[TR_T_SERVICES];
    const int column = tr_table_column(t, "hours");

    for (uint32_t i = 0; column >= 0 && i < t->n_rows; i++) {
        int day = tr_hours_named_twice(tr_table_cell(t, i, column));
        struct tr_err err;

        if (day < 0)
            continue;
        tr_table_fault(t, i, column, TR_W_HOURS_TWICE, NULL, &err);
        tr_err_copy(err.arg[0], sizeof err.arg[0], (struct tr_str){tr_hours_days + 2 * day, 2});
        m->listener->say(m->listener->cookie, &err);
    }
}

static void check_services(struct meaning *m)
{
    struct tr_records services;
    struct tr_err err;

    if (tr_services_load(&services, m->p, TR_NB, (struct tr_moment){TR_NO_DAY, -1}, &err) < 0)
        say(m, &err);
    else
        check_after_hours(m, &services);
    warn_hours(m);
    tr_records_clear(&services);
}

/* ---- headers ---- */

/* Adds the spellings in a cell of fields.csv. False after reporting that another row has one. */
static bool spell(struct meaning *m, struct tr_dict *spellings, uint32_t row, const char *column)
{
    const struct tr_table *t = &m->p->table[TR_T_FIELDS];
    struct tr_str cell = tr_table_cell(t, row, tr_table_column(t, column)), part;
    int value = (int)row;

    while (value == (int)row && cell.len > 0 && tr_str_part(&cell, '|', &part)) {
        struct tr_buf key = {0};

        tr_text_fold(part, &key);
        if (key.len > 0)
            tr_dict_add(spellings, tr_buf_slice(&key), &value);
        tr_buf_clear(&key);
    }
    if (value != (int)row) {
        char line[24];

        snprintf(line, sizeof line, "%llu", (unsigned long long)t->lines[value]);
        fault(m, TR_T_FIELDS, row, column, TR_E_CHECK_TWICE, part, tr_str(line));
    }
    return value == (int)row;
}

/* Two members of one kind must not share a spelling: a header could mean either. */
static void check_kind(struct meaning *m, const struct tr_kind *kind)
{
    static const char *const columns[] = {"field", "label_nb", "label_nn", "label_en", "aliases"};
    const struct tr_table *t = &m->p->table[TR_T_FIELDS];
    struct tr_dict spellings = {0};

    for (uint32_t i = 0; i < kind->n_members; i++)
        for (uint32_t r = 0; r < t->n_rows; r++)
            if (tr_str_is(tr_table_cell(t, r, tr_table_column(t, "field")), kind->member[i].name))
                for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
                    if (!spell(m, &spellings, r, columns[c]))
                        break;
    tr_dict_clear(&spellings);
}

/* The kinds that are read from files people make. Referrals are checked when the profile is read.
 */
static void check_kinds(struct meaning *m)
{
    check_kind(m, &tr_listed_kind); /* institutions are a part of it */
    check_kind(m, &tr_stay_kind);
    check_kind(m, &tr_event_kind);
    check_kind(m, &tr_own_order_kind);
}

/* ---- sentences and others ---- */

/* A sentence of the municipality may only use the {name}s of the toolkit's own sentence. */
static void check_text(struct meaning *m, uint32_t row, const struct tr_table *all, uint32_t i)
{
    const struct tr_table *own = &m->p->table[TR_T_OWN_TEXTS];

    for (int l = 0; l < TR_N_LANGS; l++) {
        struct tr_str text = tr_table_cell(own, row, tr_table_column(own, tr_lang_names[l]));
        struct tr_str of = tr_table_cell(all, i, tr_table_column(all, tr_lang_names[l])), name;

        while (tr_check_brace(&text, &name))
            if (!memmem(of.p, of.len, name.p - 1, name.len + 2))
                fault(m, TR_T_OWN_TEXTS, row, tr_lang_names[l], TR_E_CHECK_CODE, name, of);
    }
}

/* A sentence of the municipality must replace one that the toolkit has. */
static void check_texts(struct meaning *m)
{
    const struct tr_table *own = &m->p->table[TR_T_OWN_TEXTS], *all = &m->p->table[TR_T_TEXTS];

    for (uint32_t r = 0; r < own->n_rows; r++) {
        struct tr_str key = tr_table_cell(own, r, tr_table_column(own, "key"));
        uint32_t i = 0;

        while (i < all->n_rows && !tr_str_eq(tr_table_cell(all, i, 0), key))
            i++;
        if (i < all->n_rows)
            check_text(m, r, all, i);
        else
            fault(m, TR_T_OWN_TEXTS, r, "key", TR_E_CHECK_NO_SENTENCE, key, none);
    }
}

static void check_others(struct meaning *m)
{
    struct tr_place_rules rules;
    struct tr_travels travels;
    struct tr_masks masks;
    struct tr_err err;

    if (tr_travels_load(&travels, m->p, &err) < 0)
        say(m, &err);
    if (tr_place_rules_load(&rules, m->p, 0, &err) < 0)
        say(m, &err);
    if (tr_masks_load(&masks, m->p, &err) < 0)
        say(m, &err);
    tr_masks_clear(&masks);
}

int tr_profile_check_meaning(const struct tr_profile *profile, const struct tr_listener *listener)
{
    struct meaning m = {.p = profile, .listener = listener};

    check_rules(&m);
    check_routine(&m);
    check_states(&m);
    check_decisions(&m);
    check_papers(&m);
    check_services(&m);
    check_kinds(&m);
    check_texts(&m);
    check_others(&m);
    return m.faults;
}
