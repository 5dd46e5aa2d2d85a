#include "domain/placement/rule_change.h"

#include "domain/placement/asking.h"

#define AT(member) offsetof(struct tr_rule_change, member)

static const struct tr_member members[] = {
    {"referral_id", TR_M_ID, .at = AT(id)},  {"change", TR_M_TEXT, .at = AT(change)},
    {"before", TR_M_TEXT, .at = AT(before)}, {"after", TR_M_TEXT, .at = AT(after)},
    {"why", TR_M_LIST, .at = AT(why)},
};

const struct tr_kind tr_rule_change_kind = {
    .name = "review",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_rule_change),
};

static int place(struct tr_certificate *c, struct tr_err *err)
{
    struct tr_match m;
    int rc = tr_match_run(&c->round.graph, c->policy, &m, err);

    if (rc < 0)
        return -1;
    rc = tr_placements_make(&c->placements, &c->round, &m, err);
    tr_match_clear(&m);
    for (uint32_t k = 0; rc == 0 && k < c->placements.n; k++) {
        int number = (int)k;

        if (tr_dict_add(&c->placements.ids, tr_placement(&c->placements, k)->id, &number) < 0)
            rc = tr_err_memory(err);
    }
    return rc;
}

/* The rules by which the referral cannot be at the institution for certain; 0 when it can, or when
 * one of them is not there. */
static uint32_t against(const struct tr_round *r, struct tr_str referral, struct tr_str institution)
{
    int p = tr_records_find(&r->referrals, referral);
    int i = institution.len > 0 ? tr_records_find(&r->places, institution) : -1;
    struct tr_place_answer a;

    if (p < 0 || i < 0)
        return 0;
    a = tr_place_rules_judge(&r->rules, tr_candidate(&r->referrals, (uint32_t)p),
                             tr_institution(&r->places, (uint32_t)i));
    return a.broken | a.not_known | a.not_said;
}

/* The institution that a result gives, if it gives one. */
static struct tr_str place_of(const struct tr_certificate *c, struct tr_str referral)
{
    int row = tr_records_find(&c->placements, referral);

    return row < 0 ? (struct tr_str){"", 0}
                   : tr_placement(&c->placements, (uint32_t)row)->institution_id;
}

static void add_why(struct tr_buf *why, const struct tr_certificate *before,
                    const struct tr_certificate *after, struct tr_str referral)
{
    struct tr_str was = place_of(before, referral), is = place_of(after, referral);
    uint32_t rules = against(&before->round, referral, is) | against(&after->round, referral, was);
    int row = tr_records_find(&after->placements, referral);

    tr_asking_rules(why, 0, rules, "");
    if (why->len == 0 && was.len == 0 && is.len == 0 && row >= 0)
        tr_buf_str(why, tr_placement(&after->placements, (uint32_t)row)->reason);
    else if (why->len == 0 && row >= 0)
        tr_buf_text(why, "full");
}

int tr_rule_changes_find(struct tr_records *out, struct tr_certificate *before,
                    struct tr_certificate *after, struct tr_err *err)
{
    struct tr_records rows = {0};
    struct tr_buf why = {0};
    int rc = place(before, err) < 0 || place(after, err) < 0
                 ? -1
                 : tr_placements_compare(&rows, &before->placements, &after->placements, err);

    tr_records_start(out, &tr_rule_change_kind, after->round.profile, NULL);
    for (uint32_t k = 0; rc == 0 && k < rows.n; k++) {
        const struct tr_difference *d = (const struct tr_difference *)(const void *)rows.record + k;
        struct tr_rule_change *row = tr_records_add(out, 0);

        if (!row) {
            rc = tr_err_memory(err);
            break;
        }
        why.len = 0;
        add_why(&why, before, after, d->id);
        *row = (struct tr_rule_change){
            .id = tr_arena_copy(&out->text, d->id),
            .change = tr_arena_copy(&out->text, d->change),
            .before = tr_arena_copy(&out->text, d->before),
            .after = tr_arena_copy(&out->text, d->after),
            .why = tr_arena_copy(&out->text, tr_buf_slice(&why)),
        };
    }
    if (rc == 0 && (out->text.failed || why.failed))
        rc = tr_err_memory(err);
    tr_buf_clear(&why);
    tr_records_clear(&rows);
    return rc;
}
