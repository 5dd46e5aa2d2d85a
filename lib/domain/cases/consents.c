#include "domain/cases/consents.h"

#define AT(member) offsetof(struct tr_consent_missing, member)

static const struct tr_member members[] = {
    {"case_id", TR_M_ID, .at = AT(case_id)},
    {"act", TR_M_CODE, .at = AT(act), .list = "consent_act"},
    {"because", TR_M_CODE, .at = AT(because), .list = "event_type"},
    {"since", TR_M_DATE, .at = AT(since)},
    {"responsible", TR_M_CODE, .at = AT(responsible), .list = "role"},
};

const struct tr_kind tr_consent_missing_kind = {
    .name = "consent_missing",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_consent_missing),
};

/* Whether a place is sought, or would be with consent: no offer can stand in the state of somebody
 * who refused, and the need is there all the same. */
static bool seeks(const struct tr_cases *c, struct tr_str id)
{
    const struct tr_case_state *state = tr_cases_state(c, id);

    return state->queue != TR_QUEUE_OUT || (!state->offer && state->need);
}

static int add(struct tr_records *out, const struct tr_deadline *d, int32_t act)
{
    struct tr_consent_missing *row = act < 0 ? NULL : tr_records_add(out, 0);

    if (!row)
        return act < 0 ? 0 : -1;
    *row = (struct tr_consent_missing){d->case_id, act, d->because, d->since, d->responsible};
    return 0;
}

int tr_consents_find(struct tr_records *out, const struct tr_cases *c,
                     const struct tr_routine *routine, const struct tr_records *deadlines,
                     struct tr_err *err)
{
    const struct tr_profile *p = routine->profile;
    const struct tr_list *acts = tr_profile_list(p, "consent_act");
    int32_t given = tr_event_taken_from(p, "consent_given");

    tr_records_start(out, &tr_consent_missing_kind, p, NULL);
    for (uint32_t i = 0; given >= 0 && i < deadlines->n; i++) {
        const struct tr_deadline *d = tr_deadline(deadlines, i);

        if (d->number >= routine->n_steps || !(TR_DEADLINE_OPEN >> d->is & 1) ||
            !(routine->step[d->number].done_by.types >> given & 1))
            continue;
        if (add(out, d, tr_list_code(acts, TR_STR("send"))) < 0 ||
            (seeks(c, d->case_id) && add(out, d, tr_list_code(acts, TR_STR("offer"))) < 0))
            return tr_err_memory(err);
    }
    return 0;
}
