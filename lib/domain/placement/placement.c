#define _GNU_SOURCE
#include "domain/placement/placement.h"

#include <stdio.h>
#include <stdlib.h>

#include "domain/placement/asking.h"

#define COUNT(list) sizeof(list) / sizeof *(list)

static const struct tr_member placement_members[] = {
    {"referral_id", TR_M_ID, .at = offsetof(struct tr_placement, id), .needed = true,
     .filled = true},
    {"decision", TR_M_TEXT, .at = offsetof(struct tr_placement, decision), .needed = true,
     .filled = true},
    {"institution_id", TR_M_TEXT, .at = offsetof(struct tr_placement, institution_id),
     .needed = true},
    {"wish_rank", TR_M_NUMBER, .at = offsetof(struct tr_placement, wish_rank), .most = INT32_MAX,
     .needed = true},
    {"priority", TR_M_NUMBER, .at = offsetof(struct tr_placement, priority), .most = INT32_MAX,
     .needed = true},
    {"reason", TR_M_TEXT, .at = offsetof(struct tr_placement, reason), .needed = true},
    {"detail", TR_M_TEXT, .at = offsetof(struct tr_placement, detail), .needed = true},
};

const struct tr_kind tr_placement_kind = {
    .name = "placement",
    .member = placement_members,
    .n_members = COUNT(placement_members),
    .size = sizeof(struct tr_placement),
    .keyed = true,
};

/* ---- rows ---- */

static struct tr_str possible(uint32_t options, struct tr_arena *arena)
{
    char text[32];

    return tr_arena_copy(
        arena, (struct tr_str){text, (size_t)snprintf(text, sizeof text, "possible=%u", options)});
}

/* what=value, of an id or a code. */
static struct tr_str named(const char *what, struct tr_str value, struct tr_arena *arena)
{
    char text[TR_ID_MAX + 16];
    int n = snprintf(text, sizeof text, "%s=%.*s", what, (int)value.len, value.p);

    return tr_arena_copy(arena, (struct tr_str){text, (size_t)n});
}

static struct tr_str until(int32_t day, struct tr_arena *arena)
{
    char iso[TR_DATE_LEN];

    if (day == TR_NO_DAY)
        return (struct tr_str){"", 0};
    tr_date_iso(tr_date_of(day), iso);
    return named("until", (struct tr_str){iso, sizeof iso}, arena);
}

static struct tr_str nowhere_because(const struct tr_outlook *all)
{
    if (all->n_open)
        return TR_STR("facts");
    if (all->decides == 0)
        return TR_STR("no_places");
    return tr_outlook_one_decides(all->decides)
               ? tr_str(tr_place_rule_names[__builtin_ctz(all->decides)])
               : TR_STR("several");
}

/* A list of rules, behind what is there already. */
static void add_rules(struct tr_buf *list, const char *what, uint32_t rules)
{
    size_t from;

    if (rules == 0)
        return;
    tr_buf_text(list, list->len > 0 ? " " : "");
    tr_buf_text(list, what);
    from = list->len;
    tr_asking_rules(list, from, rules, "");
}

/* Nowhere to go for certain. Where there may be a place, gives what must be known; where one that is
 * closed after an offer opens again, the day; else the rule that decides, or that several do and which,
 * and the rules that alone stand in the way somewhere. */
static void explain_nowhere(const struct tr_round *r, uint32_t p, struct tr_rulings *answers,
                            struct tr_arena *arena, struct tr_placement *out)
{
    struct tr_outlook all;
    struct tr_buf list = {0};
    int32_t opens;
    size_t from;

    arena->failed |= tr_rulings_ask(answers, tr_candidate(&r->referrals, p)) < 0;
    if (arena->failed)
        return;
    all = tr_rulings_outlook(answers);
    opens = tr_candidate_opens(tr_candidate(&r->referrals, p), &r->rules, &r->places);
    if (!all.n_open && opens != TR_NO_DAY) {
        out->decision = TR_STR("waiting");
        out->reason = tr_str(tr_place_rule_names[TR_R_DECLINED]);
        out->detail = until(opens, arena);
        return;
    }
    out->decision = all.n_open ? TR_STR("ask") : TR_STR("ineligible");
    out->reason = nowhere_because(&all);
    if (all.n_open) {
        tr_buf_text(&list, "ask=");
        from = list.len;
        tr_asking_rules(&list, from, all.not_known, "");
        tr_asking_rules(&list, from, all.not_said, "institution.");
    } else {
        add_rules(&list, "rules=", tr_outlook_one_decides(all.decides) ? 0 : all.decides);
        add_rules(&list, "opens=", all.openers);
    }
    if (list.len > 0)
        out->detail = tr_arena_copy(arena, tr_buf_slice(&list));
    arena->failed |= list.failed;
    tr_buf_clear(&list);
}

void tr_placement_of(const struct tr_round *r, uint32_t p, uint32_t where, uint32_t options,
                     struct tr_rulings *answers, struct tr_arena *arena, struct tr_placement *out)
{
    const struct tr_candidate *c = tr_candidate(&r->referrals, p);
    int32_t rank;

    tr_kind_init(&tr_placement_kind, out);
    out->id = c->id;
    if (p < r->n_seeking)
        out->priority = (int32_t)p + 1;
    if (c->same_person.len > 0) {
        out->decision = TR_STR("ineligible");
        out->reason = TR_STR("same_person");
        out->detail = named("counts", c->same_person, arena);
    } else if (c->held.len > 0) {
        out->decision = TR_STR("placed");
        out->institution_id = c->held;
        out->reason = TR_STR("held");
    } else if (c->parked == 1) {
        out->decision = TR_STR("waiting");
        out->reason = TR_STR("parked");
        out->detail = until(c->until, arena);
    } else if (c->state.len > 0) {
        out->decision = TR_STR("out");
        out->reason = TR_STR("state");
        out->detail = named("state", c->state, arena);
    } else if (c->ended == 1) {
        out->decision = TR_STR("ineligible");
        out->reason = TR_STR("ended");
    } else if (where != TR_NOWHERE) {
        out->decision = TR_STR("placed");
        out->institution_id = tr_institution(&r->places, where)->id;
        rank = tr_list_place(c->wishes, out->institution_id);
        out->wish_rank = rank > 0 ? rank : -1;
        out->reason = rank > 0 ? TR_STR("wish") : TR_STR("place");
    } else if (options > 0) {
        out->decision = TR_STR("waiting");
        out->reason = TR_STR("full");
        out->detail = possible(options, arena);
    } else {
        explain_nowhere(r, p, answers, arena, out);
    }
}

int tr_placements_make(struct tr_records *out, const struct tr_round *r, const struct tr_match *m,
                       struct tr_err *err)
{
    struct tr_rulings answers;
    int rc = tr_rulings_init(&answers, &r->rules, &r->places);

    tr_records_start(out, &tr_placement_kind, r->profile, NULL);
    for (uint32_t p = 0; rc == 0 && p < r->referrals.n; p++) {
        struct tr_placement *row = tr_records_add(out, 0);

        if (row)
            tr_placement_of(r, p, m->where[p], r->from[p + 1] - r->from[p], &answers, &out->text,
                            row);
        rc = row && !out->text.failed ? 0 : -1;
    }
    tr_rulings_clear(&answers);
    return rc < 0 ? tr_err_memory(err) : tr_must(r->graph.n_people == r->referrals.n, err);
}

/* ---- what each policy would do ---- */

static const struct tr_member summary_members[] = {
    {"policy", TR_M_TEXT, .at = offsetof(struct tr_policy_summary, policy)},
    {"seeking", TR_M_NUMBER, .at = offsetof(struct tr_policy_summary, seeking)},
    {"placed", TR_M_NUMBER, .at = offsetof(struct tr_policy_summary, placed)},
    {"waiting", TR_M_NUMBER, .at = offsetof(struct tr_policy_summary, waiting)},
    {"ask", TR_M_NUMBER, .at = offsetof(struct tr_policy_summary, ask)},
    {"ineligible", TR_M_NUMBER, .at = offsetof(struct tr_policy_summary, ineligible)},
    {"first_wish", TR_M_NUMBER, .at = offsetof(struct tr_policy_summary, first_wish)},
    {"any_wish", TR_M_NUMBER, .at = offsetof(struct tr_policy_summary, any_wish)},
    {"rejected", TR_M_NUMBER, .at = offsetof(struct tr_policy_summary, rejected)},
};

const struct tr_kind tr_policy_summary_kind = {
    .name = "summary",
    .member = summary_members,
    .n_members = COUNT(summary_members),
    .size = sizeof(struct tr_policy_summary),
};

int tr_policy_summarise(const struct tr_round *r, enum tr_policy policy,
                        struct tr_policy_summary *out, struct tr_err *err)
{
    struct tr_match m;

    *out = (struct tr_policy_summary){.policy = tr_str(tr_policy_names[policy]),
                                      .seeking = (int32_t)r->n_seeking,
                                      .rejected = (int32_t)r->rejected};
    if (tr_match_run(&r->graph, policy, &m, err) < 0)
        return -1;
    for (uint32_t p = 0; p < r->n_seeking; p++) {
        int32_t rank = m.where[p] == TR_NOWHERE
                           ? 0
                           : tr_list_place(tr_candidate(&r->referrals, p)->wishes,
                                           tr_institution(&r->places, m.where[p])->id);

        out->placed += m.where[p] != TR_NOWHERE;
        out->waiting += m.where[p] == TR_NOWHERE && r->from[p] < r->from[p + 1];
        if (r->from[p] == r->from[p + 1] && tr_round_outlook(r, p).n_open > 0)
            out->ask++;
        else if (r->from[p] == r->from[p + 1] &&
                 tr_candidate_opens(tr_candidate(&r->referrals, p), &r->rules, &r->places) !=
                     TR_NO_DAY)
            out->waiting++;
        else
            out->ineligible += r->from[p] == r->from[p + 1];
        out->first_wish += rank == 1;
        out->any_wish += rank > 0;
    }
    tr_match_clear(&m);
    return 0;
}

int tr_policies_summarise(struct tr_records *out, const struct tr_round *r, struct tr_err *err)
{
    tr_records_start(out, &tr_policy_summary_kind, r->profile, NULL);
    for (int policy = 0; policy < TR_N_POLICIES; policy++) {
        struct tr_policy_summary *row = tr_records_add(out, 0);

        if (!row)
            return tr_err_memory(err);
        if (tr_policy_summarise(r, (enum tr_policy)policy, row, err) < 0)
            return -1;
    }
    return 0;
}

/* ---- one placement ---- */

bool tr_placement_is_new(const struct tr_placement *p)
{
    static const char *const settled[] = {"held",   "ended", "same_person",
                                          "parked", "state", "dates"};

    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++)
        if (tr_str_is(p->reason, settled[i]))
            return false;
    return true;
}

/* ---- one place more ---- */

static const struct tr_member marginal_members[] = {
    {"scope", TR_M_TEXT, .at = offsetof(struct tr_marginal, scope)},
    {"code", TR_M_TEXT, .at = offsetof(struct tr_marginal, code)},
    {"extra", TR_M_NUMBER, .at = offsetof(struct tr_marginal, extra)},
    {"more", TR_M_NUMBER, .at = offsetof(struct tr_marginal, more)},
};

const struct tr_kind tr_marginal_kind = {
    .name = "marginal",
    .member = marginal_members,
    .n_members = COUNT(marginal_members),
    .size = sizeof(struct tr_marginal),
};

enum { EXTRA_MAX = 10 };

/* A row for each extra place at the institutions of in[] that would house somebody, or one that
 * says that none would. */
static int add_marginals(struct tr_records *out, struct tr_more *m, const bool *in,
                         const char *scope, struct tr_str code)
{
    uint32_t more;

    if (tr_more_find(m, in, &more) < 0)
        return -1;
    for (uint32_t extra = 1; extra == 1 || extra <= more; extra++) {
        struct tr_marginal *row = tr_records_add(out, 0);

        if (!row)
            return -1;
        *row = (struct tr_marginal){tr_str(scope), code, (int32_t)extra, more ? (int32_t)extra : 0};
    }
    return 0;
}

int tr_marginals_find(struct tr_records *out, struct tr_round *r, struct tr_err *err)
{
    const struct tr_list *levels = tr_profile_list(r->profile, "service_level");
    bool *in = calloc(r->places.n + (size_t)1, sizeof *in);
    struct tr_more *m = tr_more_new(&r->graph, EXTRA_MAX);
    int rc = in && m ? 0 : -1;

    tr_records_start(out, &tr_marginal_kind, r->profile, NULL);
    for (uint32_t i = 0; rc == 0 && i < r->places.n; i++) {
        in[i] = true;
        rc = add_marginals(out, m, in, "institution_id", tr_institution(&r->places, i)->id);
        in[i] = false;
    }
    for (int level = 0; rc == 0 && level < levels->n; level++) {
        bool any = false;

        for (uint32_t i = 0; i < r->places.n; i++)
            any |= in[i] = tr_institution(&r->places, i)->service_level == level;
        if (any)
            rc = add_marginals(out, m, in, "service_level", levels->entry[level].code);
    }
    free(in);
    tr_more_free(m);
    return rc < 0 ? tr_err_memory(err) : 0;
}

/* ---- who got in last ---- */

static const struct tr_member cutoff_members[] = {
    {"institution_id", TR_M_ID, .at = offsetof(struct tr_cutoff, institution_id)},
    {"name", TR_M_TEXT, .at = offsetof(struct tr_cutoff, name)},
    {"places", TR_M_NUMBER, .at = offsetof(struct tr_cutoff, places)},
    {"placed", TR_M_NUMBER, .at = offsetof(struct tr_cutoff, placed)},
    {"last_priority", TR_M_NUMBER, .at = offsetof(struct tr_cutoff, last_priority)},
};

const struct tr_kind tr_cutoff_kind = {
    .name = "cutoff",
    .member = cutoff_members,
    .n_members = COUNT(cutoff_members),
    .size = sizeof(struct tr_cutoff),
};

int tr_cutoffs_find(struct tr_records *out, const struct tr_round *r,
                    const struct tr_records *placements, struct tr_err *err)
{
    tr_records_start(out, &tr_cutoff_kind, r->profile, NULL);
    for (uint32_t i = 0; i < r->places.n; i++) {
        const struct tr_institution *at = tr_institution(&r->places, i);
        struct tr_cutoff *row = tr_records_add(out, 0);

        if (!row)
            return tr_err_memory(err);
        *row = (struct tr_cutoff){at->id, at->name, at->vacant, 0, -1};
    }
    for (uint32_t p = 0; p < r->n_seeking && p < placements->n; p++) {
        const struct tr_placement *got = tr_placement(placements, p);
        int i = got->institution_id.len ? tr_records_find(&r->places, got->institution_id) : -1;
        struct tr_cutoff *row = (struct tr_cutoff *)(void *)out->record + i;

        if (i < 0)
            continue;
        row->placed++;
        row->last_priority = got->priority;
    }
    return 0;
}

/* ---- two results ---- */

static const struct tr_member difference_members[] = {
    {"referral_id", TR_M_ID, .at = offsetof(struct tr_difference, id)},
    {"change", TR_M_TEXT, .at = offsetof(struct tr_difference, change)},
    {"before", TR_M_TEXT, .at = offsetof(struct tr_difference, before)},
    {"after", TR_M_TEXT, .at = offsetof(struct tr_difference, after)},
    {"wish_before", TR_M_NUMBER, .at = offsetof(struct tr_difference, wish_before)},
    {"wish_after", TR_M_NUMBER, .at = offsetof(struct tr_difference, wish_after)},
};

const struct tr_kind tr_difference_kind = {
    .name = "difference",
    .member = difference_members,
    .n_members = COUNT(difference_members),
    .size = sizeof(struct tr_difference),
};

static struct tr_str outcome(const struct tr_placement *p)
{
    return !p ? (struct tr_str){"", 0} : p->institution_id.len ? p->institution_id : p->decision;
}

static struct tr_str change(const struct tr_placement *a, const struct tr_placement *b)
{
    if (!a || !b)
        return a ? TR_STR("gone") : TR_STR("new");
    if (a->institution_id.len && b->institution_id.len)
        return TR_STR("moved");
    if (a->institution_id.len || b->institution_id.len)
        return a->institution_id.len ? TR_STR("lost") : TR_STR("placed");
    return TR_STR("decided");
}

static int add_difference(struct tr_records *out, const struct tr_placement *a,
                          const struct tr_placement *b, struct tr_err *err)
{
    struct tr_difference *row;

    if (a && b && tr_str_eq(outcome(a), outcome(b)))
        return 0;
    row = tr_records_add(out, 0);
    if (!row)
        return tr_err_memory(err);
    *row = (struct tr_difference){.id = a ? a->id : b->id,
                                  .before = outcome(a),
                                  .after = outcome(b),
                                  .change = change(a, b),
                                  .wish_before = a ? a->wish_rank : -1,
                                  .wish_after = b ? b->wish_rank : -1};
    return 0;
}

int tr_placements_compare(struct tr_records *out, const struct tr_records *a,
                          const struct tr_records *b, struct tr_err *err)
{
    int rc = 0;

    tr_records_start(out, &tr_difference_kind, a->profile, NULL);
    for (uint32_t i = 0; rc == 0 && i < a->n; i++) {
        int other = tr_records_find(b, tr_placement(a, i)->id);

        rc = add_difference(out, tr_placement(a, i),
                            other < 0 ? NULL : tr_placement(b, (uint32_t)other), err);
    }
    for (uint32_t i = 0; rc == 0 && i < b->n; i++)
        if (tr_records_find(a, tr_placement(b, i)->id) < 0)
            rc = add_difference(out, NULL, tr_placement(b, i), err);
    return rc;
}
