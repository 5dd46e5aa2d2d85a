/* Putting referrals in. What needs nothing but the row is made in the reading thread. */
#include <stdio.h>

#include "cli/register/put_own.h"

/* In the reading thread. */
static bool make_ahead(void *cookie, int worker, const struct tr_binding *b,
                       const struct tr_row *row, struct tr_value v[], void *digest)
{
    struct tr_putting *p = cookie;
    struct tr_store_record record;
    struct tr_err err;

    (void)worker;
    return !tr_put_is_far(p, v[TR_F_RECEIVED].text) &&
           !tr_guarded_hear(&p->words, b, row, v, &err) &&
           tr_put_referral_make(&p->ahead, b, row, v, &record) > 0 &&
           !tr_put_referral_failed(&p->ahead) && tr_put_pack(&record, digest);
}

static int store_referral(struct tr_putting *p, struct tr_store_record *record)
{
    if (tr_put_persons_add(&p->persons, record->id, record->person) < 0)
        return tr_app_no_memory(p->r->app);
    return tr_putting_store(p, record);
}

static int put_made(void *cookie, const void *digest)
{
    struct tr_store_record record = tr_put_unpack(digest);

    return store_referral(cookie, &record);
}

static int put_referral(void *cookie, const struct tr_row *row)
{
    struct tr_putting *p = cookie;
    struct tr_value *v = p->referrals.referral.v;
    struct tr_store_record record;
    struct tr_err err;

    if (tr_put_is_far(p, v[TR_F_RECEIVED].text)) {
        tr_err_set(&err, TR_W_YEAR, NULL, NULL, NULL);
        err.source = p->referrals.now->source;
        err.line = row->line;
        tr_err_field(&err, tr_str(tr_fields[TR_F_RECEIVED].name));
        tr_app_say(p->r->app, &err);
    }
    if (tr_guarded_hear(&p->words, p->referrals.now, row, v, &err))
        tr_app_say(p->r->app, &err);
    return tr_put_referral_make(&p->making, p->referrals.now, row, v, &record) < 0
               ? -1
               : store_referral(p, &record);
}

int tr_put_referral_layout(struct tr_putting *p)
{
    tr_guarded_words_start(&p->words, &p->r->app->profile);
    tr_put_referral_start(&p->ahead, p->r->app, p->keys, NULL);
    return tr_putting_layout(p, TR_RECORD_REFERRAL,
                             tr_put_referral_start(&p->making, p->r->app, p->keys, &p->hiding));
}

int tr_put_persons_begin(struct tr_putting *p)
{
    return tr_referrals_persons(&p->referrals) < 0
               ? -1
               : tr_put_persons_start(p->r, &p->persons, p->referrals.persons);
}

int tr_put_persons_end(struct tr_putting *p)
{
    p->persons.r = p->r;
    p->persons.day = p->day;
    p->referrals.judge = tr_put_persons_judge;
    p->referrals.judge_cookie = &p->persons;
    return tr_put_persons_compare(p->r, &p->persons, p->referrals.persons) < 0 ||
                   tr_referrals_settle(&p->referrals, NULL, NULL) < 0 ||
                   tr_register_recheck_links(p->r) < 0
               ? -1
               : 0;
}

/* Tells which facts the input left unknown, and stay as the register has them. */
static void tell_kept(const struct tr_putting *p)
{
    struct tr_err err;
    char text[24];

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        const uint64_t n = p->making.n_kept[f] + p->ahead.n_kept[f];

        if (n == 0)
            continue;
        snprintf(text, sizeof text, "%llu", (unsigned long long)n);
        tr_err_set(&err, TR_W_LASTS, text, NULL, NULL);
        tr_err_field(&err, tr_str(tr_fields[f].name));
        tr_app_say(p->r->app, &err);
    }
}

static int read_referrals(struct tr_putting *p)
{
    static const struct tr_digest made = {sizeof(struct tr_put_packed), false, make_ahead,
                                          put_made};
    int rc = tr_referrals_digest(&p->referrals, 0, TR_WANT_REFERRAL, true, &made, put_referral, p);

    return tr_put_referral_failed(&p->ahead) ? tr_app_no_memory(p->r->app) : rc;
}

int tr_put_referrals(struct tr_putting *p)
{
    int rc = tr_put_referral_layout(p);

    if (rc == 0)
        rc = tr_referrals_bind_all(&p->referrals, TR_WANT_REFERRAL);
    tr_import_strict(p->referrals.import); /* a slip must not overwrite a fact on record */
    if (rc == 0)
        rc = tr_lasting_read(p->r, &p->lasting);
    p->making.lasting = p->ahead.lasting = &p->lasting;
    if (rc == 0)
        rc = tr_put_persons_begin(p);
    if (rc == 0)
        rc = read_referrals(p);
    if (rc == 0)
        tell_kept(p);
    if (rc == 0)
        rc = tr_put_persons_end(p);
    if (rc == 0 && p->referrals.rows[TR_IMPORT_REJECTED] > 0)
        rc = -1; /* said: all or nothing */
    return rc;
}
