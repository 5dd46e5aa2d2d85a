/* A put as a whole: one transaction, of whatever kind the input is. */
#include "cli/register/put_own.h"
#include "cli/register/register_passing.h"

/* Starts the part of the put that is of one kind. -1: said. */
static int start(struct tr_putting *p, enum tr_record_kind kind)
{
    const struct tr_store_put put = {tr_str(p->day), tr_str(p->r->moment), tr_str(p->r->who),
                                     tr_str(tr_record_kind_names[kind])};
    struct tr_err err;

    if (tr_store_put_start(p->r->store, &put, &err) < 0)
        return tr_app_fail(p->r->app, &err);
    if (kind != TR_RECORD_IDENTITY) /* which empties nothing */
        tr_put_emptied_start(&p->emptied, p->r, kind);
    return 0;
}

/* The papers of a file, of one kind or of several, in the transaction that goes on. */
static int put_papers(struct tr_putting *p)
{
    struct tr_put_papers papers = {0};
    int rc = tr_put_papers_read(p->r->app, p->put->path, p->put->kind, &papers);

    for (int i = 0; rc == 0 && i < TR_N_PAPERS; i++) {
        const enum tr_record_kind kind = (enum tr_record_kind)(TR_RECORD_ASSESSMENT + i);

        if (papers.of[i].n > 0 && (start(p, kind) < 0 || tr_put_each(p, kind, &papers.of[i]) < 0 ||
                                   tr_putting_notice(p, kind, &papers.of[i]) < 0))
            rc = -1;
    }
    tr_put_papers_clear(&papers);
    return rc;
}

/* Whether records of the kind tell who has a place where, or who they are. */
static bool is_passed_on(int kind)
{
    return kind == TR_RECORD_REFERRAL || kind == TR_RECORD_STAY || kind == TR_RECORD_IDENTITY;
}

/* Records of one kind that is no paper. */
static int put_kind(struct tr_putting *p)
{
    struct tr_reader *reader = p->referrals.inputs.reader[0];
    int kind = p->put->kind >= 0 ? p->put->kind : tr_register_recognise(p->r->app, reader);

    if (kind < 0 || start(p, (enum tr_record_kind)kind) < 0)
        return -1;
    p->passes = is_passed_on(kind);
    if (kind != TR_RECORD_IDENTITY && tr_kept[kind].kind)
        return tr_put_records(p, (enum tr_record_kind)kind, reader);
    return (kind == TR_RECORD_IDENTITY ? tr_put_identities(p, reader) : tr_put_referrals(p)) < 0
               ? -1
               : tr_putting_notice(p, (enum tr_record_kind)kind, NULL);
}

static int put_all(struct tr_putting *p, bool papers)
{
    struct tr_app *app = p->r->app;
    struct tr_inputs *in = &p->referrals.inputs;
    struct tr_passing passing = {0};
    struct tr_err err;
    int rc;

    if (tr_store_begin(p->r->store, &err) < 0)
        return tr_app_fail(app, &err);
    rc = papers ? put_papers(p) : put_kind(p);
    if (rc == 0 && p->put->end && !in->ended[0]) {
        tr_err_set(&err, TR_E_NO_END, NULL, NULL, NULL);
        rc = tr_app_fail(app, &err);
    }
    if (rc == 0 && p->brought.len > 0) {
        tr_register_order(&p->brought);
        rc = p->brought.failed ? tr_app_no_memory(app)
                               : tr_register_log(p->r, "bring-back", p->put->bring_back,
                                                 tr_buf_slice(&p->brought));
    }
    if (rc == 0 && p->passes)
        rc = tr_register_pass_on(p->r, &passing);
    if (rc == 0)
        rc = tr_register_commit(p->r);
    if (rc < 0) {
        tr_store_rollback(p->r->store);
        tr_app_raise(app, TR_EXIT_DATA);
    } else {
        tr_register_tell_passing(p->r, &passing);
    }
    return rc;
}

static int check_keys(struct tr_register *r, bool logged)
{
    static const enum tr_secret needed[] = {TR_SECRET_PSEUDONYM, TR_SECRET_CONTENT,
                                            TR_SECRET_LOG /* for what is written down */};
    const size_t n = logged ? 3 : 2;
    struct tr_err err;

    for (size_t i = 0; i < n; i++)
        if (!r->keys->has[needed[i]]) {
            tr_err_set(&err, TR_E_KEY_PURPOSE, tr_secret_names[needed[i]], NULL, NULL);
            err.source = r->key_path;
            return tr_app_fail(r->app, &err);
        }
    return 0;
}

static void end_putting(struct tr_putting *p)
{
    tr_put_form_clear(&p->form);
    tr_put_referral_clear(&p->making);
    tr_put_referral_clear(&p->ahead);
    tr_buf_wipe(&p->open);
    tr_put_persons_clear(&p->persons);
    tr_lasting_clear(&p->lasting);
    tr_put_emptied_clear(&p->emptied);
    tr_buf_clear(&p->brought);
    tr_register_hidden(p->r->app, &p->hiding);
}

int tr_register_put_made(struct tr_register *r, enum tr_record_kind kind,
                         const struct tr_records *records, const char *day)
{
    const struct tr_store_put start = {tr_str(day), tr_str(r->moment), tr_str(r->who),
                                       tr_str(tr_record_kind_names[kind])};
    struct tr_putting p;
    struct tr_register_put put = {.kind = (int)kind};
    struct tr_err err;
    int rc;

    if (check_keys(r, false) < 0)
        return -1;
    p = (struct tr_putting){.r = r, .keys = r->keys, .put = &put, .day = day};
    rc = tr_store_put_start(r->store, &start, &err) < 0 ? tr_app_fail(r->app, &err)
                                                        : tr_put_each(&p, kind, records);
    if (rc == 0 && tr_store_put_end(r->store, &err) < 0) /* its counts end here */
        rc = tr_app_fail(r->app, &err);
    end_putting(&p);
    return rc;
}

bool tr_register_puts_papers(const struct tr_register_put *put)
{
    return put->kind >= 0 ? tr_record_is_paper(put->kind) : tr_put_is_papers(put->path);
}

int tr_register_put(struct tr_register *r, struct tr_register_put *put)
{
    const bool papers = tr_register_puts_papers(put);
    const struct tr_register_sought sought = {&r->app->profile, put->kind};
    struct tr_putting p;
    int rc;

    if (check_keys(r, put->bring_back) < 0)
        return -1;
    p = (struct tr_putting){
        .r = r, .keys = r->keys, .put = put, .day = put->day ? put->day : r->day};
    tr_date_iso(tr_date_of(tr_day_plus(tr_app_day(r->app, "as-of", p.day), (struct tr_duration){.months = 12})),
                p.far);
    rc = papers ? 0
                : tr_referrals_seek(r->app, &p.referrals, put->path,
                                    &(struct tr_sought){tr_register_fits, &sought});
    if (rc == 0)
        rc = put_all(&p, papers);
    tr_referrals_close(&p.referrals, rc == 0);
    end_putting(&p);
    return rc;
}
