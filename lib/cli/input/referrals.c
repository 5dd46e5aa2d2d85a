#include "cli/input/referrals.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/app/spelt.h"
#include "cli/input/records.h"
#include "domain/referral/link.h"
#include "domain/referral/unread.h"

const char *const tr_ids_choices[] = {"as-written", "by-delivery", NULL};

int tr_referrals_open(struct tr_app *app, struct tr_referrals *r, const char *path)
{
    return tr_referrals_seek(app, r, path, &(struct tr_sought){tr_import_fits, &app->profile});
}

int tr_referrals_seek(struct tr_app *app, struct tr_referrals *r, const char *path, const struct tr_sought *sought)
{
    memset(r, 0, sizeof *r);
    r->app = app;
    if (tr_inputs_open(app, &r->inputs, path, sought) < 0)
        return -1;
    r->import = tr_import_new(&app->profile, app->scratch);
    r->binding = calloc((size_t)r->inputs.n, sizeof *r->binding);
    if (r->import && r->binding)
        return 0;
    return tr_app_no_memory(app);
}

int tr_referrals_name_ids(struct tr_referrals *r, int choice)
{
    if (choice == 1)
        tr_import_by_delivery(r->import);
    return 0;
}

static void say(void *cookie, const struct tr_err *err)
{
    tr_app_say(cookie, err);
}

int tr_referrals_bind(struct tr_referrals *r, int i, uint64_t wanted)
{
    struct tr_err err;

    if (tr_import_bind(r->import, &r->binding[i], r->inputs.reader[i], wanted, &err) < 0) {
        tr_app_fail(r->app, &err);
        tr_inputs_say_doubt(r->app, r->inputs.reader[i]);
        return -1;
    }
    if (r->binding[i].below_title) {
        tr_title_fault(r->inputs.reader[i], &err);
        tr_app_say(r->app, &err);
    }
    if (tr_unread_columns(&r->app->profile, &r->binding[i], r->inputs.reader[i],
                          r->all_columns || r->app->verbose, &r->unread,
                          &(struct tr_listener){say, r->app}) < 0)
        return tr_app_no_memory(r->app);
    return 0;
}

int tr_referrals_bind_all(struct tr_referrals *r, uint64_t wanted)
{
    int rc = 0;

    for (int i = 0; i < r->inputs.n; i++)
        if (tr_referrals_bind(r, i, wanted) < 0)
            rc = -1; /* go on: say all that is wrong at once */
    return rc;
}

int tr_referrals_keep_rejects(struct tr_referrals *r, const char *path)
{
    if (path)
        tr_import_strict(r->import);
    return tr_rejects_open(r->app, &r->rejects, path, r->binding, r->inputs.n);
}

/* ---- persons ---- */

int tr_referrals_persons(struct tr_referrals *r)
{
    r->persons = tr_persons_new(&r->app->profile, r->app->scratch);
    return r->persons ? 0 : tr_app_no_memory(r->app);
}

int tr_referrals_links(struct tr_referrals *r, const char *path)
{
    struct tr_records decided = {0};
    int rc = path ? tr_app_records(r->app, &tr_link_kind, path, &decided) : 0;

    if (rc == 0 && path && tr_persons_link(r->persons, &decided) < 0)
        rc = tr_app_no_memory(r->app);
    tr_records_clear(&decided);
    return rc;
}

void tr_app_say_same(struct tr_app *app, const struct tr_person_at *other,
                     const struct tr_person_at *speaks)
{
    struct tr_person_at named = *speaks;
    struct tr_err err;
    int field = 0;

    named.source = tr_app_source_name(app, speaks->source);
    tr_person_same(other, &named, &err);
    tr_app_say(app, &err);
    while (tr_person_differs(other, &named, &field, &err))
        tr_app_say(app, &err);
}

struct settling {
    struct tr_referrals *r;
    void (*same)(void *cookie, const struct tr_person_at *other, const struct tr_person_at *speaks);
    void *cookie;
};

static void judge_standing(void *cookie, struct tr_person_at *at)
{
    const struct settling *s = cookie;

    s->r->judge(s->r->judge_cookie, at);
}

static void meet_one(void *cookie, const struct tr_person_at *at, bool first)
{
    const struct settling *s = cookie;

    s->r->meet(s->r->judge_cookie, at, first);
}

static void tell_same(void *cookie, const struct tr_person_at *other,
                      const struct tr_person_at *speaks)
{
    const struct settling *s = cookie;

    if (!s->r->silent || (other->note != s->r->silent && speaks->note != s->r->silent)) {
        s->r->same++;
        tr_app_say_same(s->r->app, other, speaks);
    }
    if (s->same)
        s->same(s->cookie, other, speaks);
}

int tr_referrals_settle(struct tr_referrals *r,
                        void (*same)(void *cookie, const struct tr_person_at *other,
                                     const struct tr_person_at *speaks),
                        void *cookie)
{
    struct settling s = {r, same, cookie};
    const struct tr_persons_use use = {.judge = r->judge ? judge_standing : NULL,
                                       .same = tell_same,
                                       .cookie = &s,
                                       .meet = r->meet ? meet_one : NULL};
    struct tr_err err;
    char number[24];

    tr_import_end(r->import);
    if (!r->persons)
        return 0;
    if (tr_persons_settle(r->persons, &use, &err) < 0)
        return tr_app_fail(r->app, &err);
    snprintf(number, sizeof number, "%llu", (unsigned long long)r->same);
    if (r->same)
        tr_app_note(r->app, N_("referrals about persons for whom another referral counts: %1"),
                    number, NULL);
    return 0;
}

/* A row whose group gives cause for a warning. */
struct doubt {
    struct tr_referrals *r;
    const struct tr_row *row;
};

/* Says the warning with the place of the field. */
static void say_doubt(void *cookie, enum tr_field field, struct tr_err *err)
{
    const struct doubt *d = cookie;
    const struct tr_binding *b = d->r->now;
    int column = tr_binding_column(b, field);

    err->source = b->source;
    err->line = d->row->line;
    if (b->delimiter && column >= 0)
        tr_row_place(d->row, (uint32_t)column, b->delimiter, &err->line, &err->col);
    tr_app_say(d->r->app, err);
}

void tr_referrals_group(struct tr_referrals *r, const struct tr_rop *rop, const struct tr_row *row,
                        struct tr_rop_result *result)
{
    struct doubt doubt = {r, row};

    tr_rop_group(rop, r->referral.v, true, result);
    if (tr_rop_warns(result))
        tr_rop_warn(rop, result, r->referral.v, say_doubt, &doubt);
}

static void say_unread(const struct tr_referrals *r)
{
    char number[24];

    if (r->unread_cells == 0)
        return;
    snprintf(number, sizeof number, "%llu", (unsigned long long)r->unread_cells);
    tr_app_note(r->app, N_("cells that could not be read, whose facts count as unknown: %1"),
                number, NULL);
}

uint64_t tr_referrals_refused(const struct tr_referrals *r)
{
    return r->rows[TR_IMPORT_REJECTED] + r->inputs.refused;
}

static void say_summary(const struct tr_referrals *r)
{
    uint64_t read = 0;
    char number[6][24];

    for (int i = 0; i <= TR_IMPORT_REJECTED; i++) {
        read += r->rows[i];
        snprintf(number[i], sizeof number[i], "%llu", (unsigned long long)r->rows[i]);
    }
    if (read == 0 || (read == r->rows[TR_IMPORT_GOOD] && !r->app->verbose))
        return;
    snprintf(number[5], sizeof number[5], "%llu", (unsigned long long)read);
    tr_app_note(r->app,
                r->rows[TR_IMPORT_ASIDE]
                    ? N_("rows: %1 read, %2 kept, %3 rejected, %4 dropped as repeated, %5 "
                         "blank, %6 that are no record")
                    : N_("rows: %1 read, %2 kept, %3 rejected, %4 dropped as repeated, %5 "
                         "blank"),
                number[5], number[TR_IMPORT_GOOD], number[TR_IMPORT_REJECTED],
                number[TR_IMPORT_TWICE], number[TR_IMPORT_BLANK], number[TR_IMPORT_ASIDE], NULL);
}

int tr_referrals_close(struct tr_referrals *r, bool keep)
{
    int rc = tr_rejects_close(r->app, &r->rejects, keep);

    if (keep) {
        tr_app_say_spellings(r->app, r->import);
        say_summary(r);
        tr_inputs_say_refused(r->app, r->inputs.refused);
        say_unread(r);
    }
    for (int i = 0; r->binding && i < r->inputs.n; i++)
        tr_binding_clear(&r->binding[i]);
    free(r->binding);
    tr_dict_clear(&r->unread);
    tr_twins_clear(&r->twins);
    tr_alike_clear(&r->alike);
    tr_import_free(r->import);
    tr_persons_free(r->persons);
    tr_inputs_close(&r->inputs);
    return rc;
}
