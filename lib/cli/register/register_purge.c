#include "cli/register/register_purge.h"

#include "cli/input/casefile.h"

/* The cases of which all is older than the day, as their states are today. */
static int gather_old(struct tr_register *r, struct tr_purge *p, struct tr_err *err)
{
    const struct tr_case_paths paths = {
        .referrals = tr_register_table(r, TR_RECORD_REFERRAL),
        .stays = tr_register_table(r, TR_RECORD_STAY),
        .events = tr_register_table(r, TR_RECORD_EVENT),
        .links = tr_register_table(r, TR_RECORD_LINK),
        .each = true};
    struct tr_records stays = {0};
    struct tr_casefile f = {0};
    int32_t day = tr_app_day(r->app, "before", p->before);
    int rc = -1;

    if (paths.referrals && paths.stays && paths.events && paths.links)
        rc = tr_casefile_read(r->app, &f, &paths, NULL, &stays,
                              tr_app_day(r->app, "today", r->day));
    for (uint32_t i = 0; rc == 0 && i < f.cases.n; i++) {
        const struct tr_case_standing *at = &f.cases.at[i];

        if (tr_case_is_old(&f.cases, at, day) && tr_dict_find(&f.bad, at->id) < 0)
            rc = tr_store_purge_case(r->store, at->id, err);
        else
            p->kept += at->last != TR_NO_DAY && at->last < day;
        p->undated += at->last == TR_NO_DAY;
        if (rc < 0)
            tr_app_fail(r->app, err);
    }
    if (rc == 0 && tr_store_purge_loose(r->store, err) < 0)
        rc = tr_app_fail(r->app, err);
    if (rc == 0 && tr_store_purge_recent(r->store, tr_str(p->before), err) < 0)
        rc = tr_app_fail(r->app, err);
    tr_casefile_clear(&f);
    tr_records_clear(&stays);
    return rc;
}

/* The cases of referrals that were decided to be of the person. */
static int gather_linked(struct tr_register *r, struct tr_purge *p)
{
    const char *referrals = tr_register_table(r, TR_RECORD_REFERRAL);
    const char *links = tr_register_table(r, TR_RECORD_LINK);
    struct tr_casefile f = {0};
    struct tr_err err;
    int rc = referrals && links && tr_casefile_start(r->app, &f) == 0 &&
                     tr_casefile_referrals(r->app, &f, referrals, 0) == 0
                 ? 0
                 : -1;

    for (uint32_t i = 0; rc == 0 && i < f.referrals.n; i++)
        p->linked -= tr_str_is(tr_case(&f.referrals, i)->person_id, p->person);
    if (rc == 0)
        rc = tr_casefile_links(r->app, &f, links);
    for (uint32_t i = 0; rc == 0 && i < f.referrals.n; i++) {
        const struct tr_case *c = tr_case(&f.referrals, i);

        if (!tr_str_is(c->person_id, p->person))
            continue;
        p->linked++;
        if (tr_store_purge_case(r->store, c->id, &err) < 0)
            rc = tr_app_fail(r->app, &err);
    }
    tr_casefile_clear(&f);
    return rc;
}

/* Everything that is to go. 1: said what failed. */
static int gather(struct tr_register *r, struct tr_purge *p, struct tr_buf *marks,
                  struct tr_err *err)
{
    if (p->person) {
        if (tr_store_purge_person(r->store, tr_str(p->person), err) < 0 ||
            tr_store_purge_mark(r->store, tr_str(p->person), marks, err) < 0)
            return -1;
        return gather_linked(r, p) < 0;
    }
    if (p->id)
        return tr_store_purge_case(r->store, tr_str(p->id), err);
    return gather_old(r, p, err) < 0;
}

/* Whether nothing is known of who was named, and never was: a slip, and who was meant is still
 * there. After a purge that others kept from its end, it is no slip to name them again. */
static int find_nobody(struct tr_register *r, const struct tr_purge *p, bool *nobody,
                       struct tr_err *err)
{
    const char *who = p->person ? p->person : p->id;
    bool was = true;

    if (who && p->n == 0 && tr_store_was_purged(r->store, tr_str(who), &was, err) < 0)
        return -1;
    *nobody = !was;
    return 0;
}

/* Removes it and writes that down; 1: said what failed. */
static int take_away(struct tr_register *r, struct tr_purge *p, struct tr_buf *marks,
                     struct tr_err *err)
{
    bool nobody = false;
    int rc = tr_store_purge_begin(r->store, err);

    if (rc == 0)
        rc = gather(r, p, marks, err);
    if (rc == 0)
        rc = tr_store_purge_end(r->store, marks, &p->n, err);
    if (rc == 0)
        rc = find_nobody(r, p, &nobody, err);
    if (rc != 0)
        return rc;
    tr_register_order(marks);
    if (marks->failed)
        return tr_app_no_memory(r->app) < 0;
    if (tr_register_log(r, "purge", p->why, tr_buf_slice(marks)) < 0)
        return 1; /* who may not purge learns nothing else */
    if (!nobody)
        return tr_register_commit(r) < 0;
    tr_app_note(r->app, N_("the register has nothing about that person or case"), NULL);
    tr_app_raise(r->app, TR_EXIT_FOUND);
    return 1;
}

static int give_up(struct tr_register *r)
{
    tr_store_rollback(r->store);
    tr_app_note(r->app, N_("nothing was removed"), NULL);
    return -1;
}

/* Who only puts cannot write that down, and is told before whether there is anybody. Who only reads
 * has what a purge needs, to write the log: that it is not theirs is for us to say. -1: said. */
static int is_allowed(struct tr_register *r)
{
    const bool *has = r->keys->has;
    struct tr_err err;

    if (has[TR_SECRET_LOG] && (!has[TR_SECRET_READ] || has[TR_SECRET_PSEUDONYM]))
        return 0;
    if (has[TR_SECRET_LOG])
        tr_err_set(&err, TR_E_KEY_READS, NULL, NULL, NULL);
    else
        tr_err_set(&err, TR_E_KEY_PURPOSE, tr_secret_names[TR_SECRET_LOG], NULL, NULL);
    err.source = r->key_path;
    return tr_app_fail(r->app, &err);
}

int tr_register_purge(struct tr_register *r, struct tr_purge *p)
{
    struct tr_buf marks = {0};
    struct tr_err err;
    bool shrunk;
    int rc;

    p->n = p->kept = p->undated = p->linked = 0;
    if (is_allowed(r) < 0)
        return -1;
    if (tr_store_begin(r->store, &err) < 0)
        return tr_app_fail(r->app, &err);
    rc = take_away(r, p, &marks, &err);
    tr_buf_clear(&marks);
    if (rc < 0)
        tr_app_fail(r->app, &err);
    if (rc != 0)
        return give_up(r);
    if (tr_store_wipe(r->store, &shrunk, &err) < 0) {
        tr_app_say(r->app, &err);
    } else if (!shrunk) {
        err.code = TR_W_SHRINK; /* with the words of the system */
        tr_app_say(r->app, &err);
    }
    tr_register_tell_witness(r, NULL);
    return 0;
}
