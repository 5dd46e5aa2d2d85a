#include "cli/register/register_purge.h"

#include <stdlib.h>

#include "cli/input/casefile.h"
#include "cli/register/register_own.h"

/* ---- marks of a protected address ---- */

/* A mark on one referral protects the person: when that goes and another of the person stays, nobody would know. */
struct marks {
    struct tr_register *r;
    const struct tr_list *codes;
    struct tr_dict own; /* of referrals, to their own marks */
    struct tr_buf columns, row;
    struct tr_err *err;
};

static int take_own(void *cookie, const struct tr_store_found *found)
{
    struct marks *m = cookie;
    struct tr_str cells[TR_N_REFERRAL_FIELDS];
    int mark;

    if (tr_register_cells(m->r, found, &m->columns, &m->row, cells, m->err) < 0)
        return -1;
    mark = tr_list_code(m->codes, cells[TR_F_PROTECTION]);
    return mark >= 0 && tr_dict_add(&m->own, found->id, &mark) < 0 ? tr_err_memory(m->err) : 0;
}

static int own_mark(const struct marks *m, struct tr_str id)
{
    return m->own.n > 0 ? tr_dict_find(&m->own, id) : -1;
}

/* Leaves out of those that are going, by number, whichever alone tell the mark of a person of whom others stay. */
static int keep_marks(struct tr_register *r, const struct tr_cases *c, bool *going, uint64_t *kept, struct tr_err *err)
{
    const struct tr_store_query query = {.kind = TR_STR("referral"), .guarded = true, .whole = r->keys != NULL};
    struct marks m = {.r = r, .codes = tr_profile_list(&r->app->profile, "protection"), .err = err};
    int32_t *least = malloc((c->n + (size_t)1) * sizeof *least); /* of those of the person that stay */
    int rc = least ? tr_register_each(r, &query, take_own, &m, err) : tr_err_memory(err);

    for (uint32_t i = 0; rc == 0 && i < c->n; i++)
        least[i] = INT32_MAX;
    for (uint32_t i = 0; rc == 0 && i < c->n; i++) {
        const int mark = own_mark(&m, c->at[i].id);

        if (!going[i] && mark < least[c->at[i].person])
            least[c->at[i].person] = mark;
    }
    for (uint32_t i = 0; rc == 0 && i < c->n; i++) {
        const int mark = own_mark(&m, c->at[i].id);

        if (!going[i] || mark < 0 || mark <= least[c->at[i].person] || least[c->at[i].person] == INT32_MAX)
            continue;
        going[i] = false;
        ++*kept;
    }
    free(least);
    tr_dict_clear(&m.own);
    tr_buf_clear(&m.columns);
    tr_buf_clear(&m.row);
    return rc;
}

/* ---- what is to go ---- */

/* All cases, as their states are today. */
static int read_cases(struct tr_register *r, struct tr_casefile *f, struct tr_records *stays)
{
    const struct tr_case_paths paths = {
        .referrals = tr_register_table(r, TR_RECORD_REFERRAL),
        .stays = tr_register_table(r, TR_RECORD_STAY),
        .events = tr_register_table(r, TR_RECORD_EVENT),
        .links = tr_register_table(r, TR_RECORD_LINK),
        .each = true};

    return paths.referrals && paths.stays && paths.events && paths.links
               ? tr_casefile_read(r->app, f, &paths, NULL, stays, tr_app_day(r->app, "today", r->day))
               : -1;
}

/* The cases of which all is older than the day. */
static int find_old(struct tr_register *r, struct tr_purge *p, const struct tr_casefile *f, struct tr_err *err)
{
    const int32_t day = tr_app_day(r->app, "before", p->before);
    bool *going = calloc(f->cases.n + (size_t)1, sizeof *going);
    int rc = going ? 0 : tr_err_memory(err);

    for (uint32_t i = 0; rc == 0 && i < f->cases.n; i++) {
        const struct tr_case_standing *at = &f->cases.at[i];

        going[i] = tr_case_is_old(&f->cases, at, day) && tr_dict_find(&f->bad, at->id) < 0;
        p->kept += !going[i] && at->last != TR_NO_DAY && at->last < day;
        p->undated += at->last == TR_NO_DAY;
    }
    if (rc == 0)
        rc = keep_marks(r, &f->cases, going, &p->marked, err);
    for (uint32_t i = 0; rc == 0 && i < f->cases.n; i++)
        if (going[i])
            rc = tr_store_purge_case(r->store, f->cases.at[i].id, err);
    free(going);
    return rc;
}

static int gather_old(struct tr_register *r, struct tr_purge *p, struct tr_err *err)
{
    struct tr_records stays = {0};
    struct tr_casefile f = {0};
    int rc = read_cases(r, &f, &stays);

    if (rc == 0 && find_old(r, p, &f, err) < 0)
        rc = tr_app_fail(r->app, err);
    if (rc == 0 && tr_store_purge_loose(r->store, err) < 0)
        rc = tr_app_fail(r->app, err);
    if (rc == 0 && tr_store_purge_recent(r->store, tr_str(p->before), err) < 0)
        rc = tr_app_fail(r->app, err);
    tr_casefile_clear(&f);
    tr_records_clear(&stays);
    return rc;
}

/* Whether the case alone tells the mark of a person who has others. */
static int is_needed(struct tr_register *r, const struct tr_purge *p, bool *needed, struct tr_err *err)
{
    struct tr_records stays = {0};
    struct tr_casefile f = {0};
    uint64_t kept = 0;
    int rc = read_cases(r, &f, &stays);
    bool *going = calloc(f.cases.n + (size_t)1, sizeof *going);

    for (uint32_t i = 0; rc == 0 && going && i < f.cases.n; i++)
        going[i] = tr_str_is(f.cases.at[i].id, p->id);
    if (rc == 0 && (!going || keep_marks(r, &f.cases, going, &kept, err) < 0))
        rc = going ? tr_app_fail(r->app, err) : tr_app_no_memory(r->app);
    *needed = kept > 0;
    free(going);
    tr_casefile_clear(&f);
    tr_records_clear(&stays);
    return rc;
}

/* The case that was named; 1: said why not. */
static int gather_case(struct tr_register *r, const struct tr_purge *p, struct tr_err *err)
{
    bool needed;

    if (is_needed(r, p, &needed, err) < 0)
        return 1;
    if (!needed)
        return tr_store_purge_case(r->store, tr_str(p->id), err);
    tr_app_note(r->app,
                N_("only this case tells that the address of the person is protected: write it in the person's others"),
                NULL, NULL);
    tr_app_raise(r->app, TR_EXIT_FOUND);
    return 1;
}

/* The cases of referrals that were decided to be of the person. */
static int gather_linked(struct tr_register *r, struct tr_purge *p)
{
    const char *referrals = tr_register_table(r, TR_RECORD_REFERRAL);
    const char *links = tr_register_table(r, TR_RECORD_LINK);
    struct tr_str person = tr_str(p->person);
    struct tr_casefile f = {0};
    struct tr_err err;
    int rc = referrals && links && tr_casefile_start(r->app, &f) == 0 &&
                     tr_casefile_referrals(r->app, &f, referrals, 0) == 0
                 ? 0
                 : -1;

    for (uint32_t i = 0; rc == 0 && i < f.referrals.n; i++)
        p->linked -= tr_str_is(tr_case(&f.referrals, i)->person_id, p->person);
    if (rc == 0)
        rc = tr_casefile_person(r->app, &f, links, &person);
    for (uint32_t i = 0; rc == 0 && i < f.referrals.n; i++) {
        const struct tr_case *c = tr_case(&f.referrals, i);

        if (!tr_str_eq(c->person_id, person))
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
        if (tr_store_purge_parted(r->store, tr_str(p->person), &p->parted, err) < 0 ||
            tr_store_purge_person(r->store, tr_str(p->person), err) < 0 ||
            tr_store_purge_mark(r->store, tr_str(p->person), marks, err) < 0)
            return -1;
        return gather_linked(r, p) < 0;
    }
    if (p->id)
        return gather_case(r, p, err);
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

    p->n = p->kept = p->marked = p->undated = p->linked = p->parted = 0;
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
