#include "domain/cases/case_state.h"

static const char *const queues[TR_N_QUEUES] = {
    [TR_QUEUE_WAITS] = "waits",
    [TR_QUEUE_PARKED] = "parked",
    [TR_QUEUE_OUT] = "out",
};

const char *const tr_case_fact_names[TR_N_CASE_FACTS] = {
    [TR_FACT_RECEIVED] = "received",   [TR_FACT_OFFERED] = "offered",
    [TR_FACT_ACCEPTED] = "accepted",   [TR_FACT_DECLINED] = "declined",
    [TR_FACT_EXPIRED] = "expired",     [TR_FACT_MOVED_IN] = "moved_in",
    [TR_FACT_MOVED_OUT] = "moved_out", [TR_FACT_KEPT] = "kept",
    [TR_FACT_GIVEN_UP] = "given_up",   [TR_FACT_PARKED] = "parked",
    [TR_FACT_RESUMED] = "resumed",     [TR_FACT_RETURNED] = "returned",
    [TR_FACT_CONSENT_GIVEN] = "consent_given",
    [TR_FACT_CONSENT_REFUSED] = "consent_refused",
};

static const struct {
    const char *column;
    size_t at;
} flags[] = {
    {"offer", offsetof(struct tr_case_state, offer)},
    {"need", offsetof(struct tr_case_state, need)},
    {"letter", offsetof(struct tr_case_state, letter)},
    {"deadlines", offsetof(struct tr_case_state, deadlines)},
    {"keep", offsetof(struct tr_case_state, keep)},
    {"person", offsetof(struct tr_case_state, person)},
    {"gone", offsetof(struct tr_case_state, gone)},
    {"frees", offsetof(struct tr_case_state, frees)},
};

struct reading {
    const struct tr_table *t;
    uint32_t row;
    const struct tr_list *states, *decisions;
    struct tr_err *err;
};

static int fault(const struct reading *in, const char *column, const char *why)
{
    return tr_table_fault(in->t, in->row, tr_table_column(in->t, column), TR_E_TABLE_CELL, why,
                          in->err);
}

static struct tr_str cell_of(const struct reading *in, const char *column)
{
    return tr_table_cell(in->t, in->row, tr_table_column(in->t, column));
}

static int read_queue(const struct reading *in, enum tr_queue *out)
{
    for (int q = 0; q < TR_N_QUEUES; q++)
        if (tr_str_is(cell_of(in, "queue"), queues[q])) {
            *out = (enum tr_queue)q;
            return 0;
        }
    return fault(in, "queue", N_("not waits, parked or out"));
}

static int read_flags(const struct reading *in, struct tr_case_state *state)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        struct tr_str s = cell_of(in, flags[i].column);
        bool *flag = (bool *)((char *)state + flags[i].at);

        *flag = tr_str_is(s, "ja");
        if (!*flag && s.len > 0 && !tr_str_is(s, "nei"))
            return fault(in, flags[i].column, N_("not ja or nei"));
    }
    return cell_of(in, "no_letter").len == 0 ||
                   tr_list_codes(in->decisions, cell_of(in, "no_letter"), &state->no_letter)
               ? 0
               : fault(in, "no_letter", N_("no such code"));
}

/* event=state, joined with |. */
static int read_moves(const struct reading *in, struct tr_case_states *s,
                      struct tr_case_state *state)
{
    struct tr_str joined = cell_of(in, "moves"), move, event;

    memset(state->to, -1, sizeof state->to);
    while (joined.len > 0 && tr_str_part(&joined, '|', &move)) {
        int type, to;

        tr_str_part(&move, '=', &event);
        type = tr_list_code(s->types, event);
        to = move.p ? tr_list_code(in->states, move) : -1;
        if (type < 0 || to < 0)
            return fault(in, "moves", N_("not written as event=state"));
        if (state->to[type] >= 0)
            return fault(in, "moves", N_("an event that leads to two states"));
        state->to[type] = (int8_t)to;
        s->moving |= UINT64_C(1) << type;
    }
    return 0;
}

static void find_facts(struct tr_case_states *s, const struct tr_profile *profile)
{
    const struct tr_table *t = &profile->table[TR_T_EVENT_TYPES];
    int column = tr_table_column(t, "taken_from");

    for (int f = 0; f < TR_N_CASE_FACTS; f++) {
        s->type_of[f] = -1;
        for (uint32_t r = 0; r < t->n_rows && s->type_of[f] < 0; r++)
            if (column >= 0 && tr_str_is(tr_table_cell(t, r, column), tr_case_fact_names[f]))
                s->type_of[f] = (int32_t)r;
    }
}

static void find_details(struct tr_case_states *s, const struct tr_profile *profile)
{
    const struct tr_table *t = &profile->table[TR_T_EVENT_TYPES];
    const int32_t in = s->type_of[TR_FACT_MOVED_IN];

    if (in >= 0)
        tr_list_codes(tr_profile_list(profile, "event_detail"),
                      tr_table_cell(t, (uint32_t)in, tr_table_column(t, "details")),
                      &s->place_details);
}

static void find_refusing(struct tr_case_states *s)
{
    const int32_t refused = s->type_of[TR_FACT_CONSENT_REFUSED];
    const int8_t *to = s->state[0].to;

    for (int t = 0; refused >= 0 && to[refused] > 0 && t < s->types->n; t++)
        if (to[t] == to[refused] && t != s->type_of[TR_FACT_CONSENT_GIVEN])
            s->refusing |= UINT64_C(1) << t;
}

int tr_case_states_load(struct tr_case_states *s, const struct tr_profile *profile,
                        struct tr_err *err)
{
    struct reading in = {.t = &profile->table[TR_T_CASE_STATES],
                         .states = tr_profile_list(profile, "case_state"),
                         .decisions = tr_profile_list(profile, "decision"),
                         .err = err};

    *s = (struct tr_case_states){.types = tr_profile_list(profile, "event_type"),
                                 .offer_days = tr_profile_number(profile, "offer_days", 7),
                                 .speaks = tr_person_rule_of(profile)};
    if (!in.states || !s->types)
        return tr_table_fault(in.t, in.t->n_rows, 0, TR_E_TABLE_CELL, N_("there is no state"), err);
    for (; in.row < in.t->n_rows; in.row++) {
        struct tr_case_state *state = &s->state[s->n++];

        state->code = in.states->entry[in.row].code;
        if (read_queue(&in, &state->queue) < 0 || read_flags(&in, state) < 0 ||
            read_moves(&in, s, state) < 0)
            return -1;
    }
    find_facts(s, profile);
    find_details(s, profile);
    find_refusing(s);
    return 0;
}

uint64_t tr_case_states_from(const struct tr_case_states *s, int state)
{
    uint64_t found = UINT64_C(1) << state, before;

    do {
        before = found;
        for (int i = 0; i < s->n; i++)
            for (int t = 0; found >> i & 1 && t < s->types->n; t++)
                if (s->state[i].to[t] >= 0)
                    found |= UINT64_C(1) << s->state[i].to[t];
    } while (found != before);
    return found;
}
