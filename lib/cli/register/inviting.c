#include "cli/register/inviting.h"

#include <stdlib.h>

#include "cli/app/memory_table.h"
#include "cli/input/casefile.h"
#include "doc/content/invite.h"
#include "domain/referral/identity.h"
#include "domain/routine/event.h"

struct meeting {
    struct tr_invitation invitation;
    struct tr_plan *paper;
    struct tr_plan_value *said; /* what the paper says itself, without what it begins from */
};

struct work {
    struct tr_app *app;
    const struct tr_inviting *w;
    struct tr_routine routine;
    struct tr_kept_plans papers;
    bool is_protected; /* as the register knows the case */
    struct tr_str over; /* the state in which it knows that nothing is due in the case, empty: none */
    int32_t over_since;
    struct meeting *meeting;
    uint32_t n;
    struct tr_folder *folder; /* NULL: one file */
};

/* ---- the papers ---- */

/* Whether the address is protected is in the referral; there may be papers without one. Whether the case
 * goes on, all that is known of it tells. */
static int read_case(struct work *k, struct tr_register *reg)
{
    struct tr_app *app = k->app;
    const struct tr_case_paths paths = {.referrals = tr_register_table(reg, TR_RECORD_REFERRAL),
                                        .stays = tr_register_table(reg, TR_RECORD_STAY),
                                        .events = tr_register_table(reg, TR_RECORD_EVENT),
                                        .links = tr_register_table(reg, TR_RECORD_LINK),
                                        .silent = true,
                                        .alike = true};
    struct tr_str id = tr_str(k->w->case_id);
    struct tr_casefile f = {0};
    struct tr_records stays = {0};
    const struct tr_case_standing *at = NULL;
    int i = -1, rc = -1;

    if (paths.referrals && paths.stays && paths.events && paths.links)
        rc = tr_casefile_read(app, &f, &paths, NULL, &stays, tr_app_day(app, "today", reg->day));
    if (rc == 0) {
        i = tr_records_find(&f.referrals, id);
        at = tr_cases_of(&f.cases, id);
    }
    k->is_protected = i >= 0 && tr_protects(&app->profile, tr_case(&f.referrals, (uint32_t)i)->protection);
    if (at && !f.states.state[at->state].deadlines) {
        k->over = f.states.state[at->state].code;
        k->over_since = at->since;
    }
    tr_casefile_clear(&f);
    tr_records_clear(&stays);
    return rc;
}

static int read_register(struct work *k, struct tr_register *reg)
{
    const struct tr_inviting *w = k->w;
    const char *path;

    if (tr_register_open_to_look(k->app, reg, w->register_path, w->key_path) < 0 ||
        read_case(k, reg) < 0)
        return -1;
    path = tr_register_opened_papers(reg, w->case_id, TR_RECORD_CONTACTS, TR_RECORD_INVITATION, true,
                                     w->reason);
    k->papers.registered = true;
    return !path                             ? -1
           : tr_memory_table_is_empty(path) ? 0
                                             : tr_plans_keep(k->app, &k->papers, path);
}

static int read_files(struct work *k)
{
    int rc = k->app->n_arguments ? 0 : tr_plans_keep(k->app, &k->papers, "-");

    for (int i = 0; rc == 0 && i < k->app->n_arguments; i++)
        rc = tr_plans_keep(k->app, &k->papers, k->app->arguments_given[i]);
    return rc;
}

/* ---- the meetings ---- */

static bool same_case(const struct tr_plan *a, const struct tr_plan *b)
{
    return tr_str_eq(tr_plan_head(a)->case_id, tr_plan_head(b)->case_id);
}

/* A register has one invitation of a case and a day: a later one took its place. */
static bool same_meeting(const struct work *k, const struct tr_plan *a, const struct tr_plan *b)
{
    return tr_plan_day(a) == tr_plan_day(b) && same_case(a, b) &&
           (k->papers.registered || tr_invitation_which(a) == tr_invitation_which(b));
}

/* The meeting that the paper invites to: one that is known from a paper before it, or a new one, which
 * has no paper yet. */
static struct meeting *meeting_of(struct work *k, const struct tr_plan *paper)
{
    for (uint32_t i = 0; i < k->n; i++)
        if (same_meeting(k, k->meeting[i].paper, paper))
            return &k->meeting[i];
    return &k->meeting[k->n++];
}

/* Reads the paper of the meeting; whom it does not name, the contacts of its day are, as far as the first
 * n papers know them. */
static void read_meeting(struct work *k, struct meeting *m, uint32_t n)
{
    struct tr_invitation *v = &m->invitation;

    memcpy(m->paper->value, m->said, m->paper->form->n * sizeof *m->said);
    tr_paper_begin(m->paper, k->papers.plan, n);
    tr_invitation_read(v, m->paper, &k->routine, v->paper ? v : NULL);
}

/* Takes the invitation number i. A register does not tell which contacts were there when it was first
 * sent: each is taken for a change since. */
static int take_invitation(struct work *k, uint32_t i)
{
    struct tr_plan *paper = &k->papers.plan[i];
    struct meeting *m = meeting_of(k, paper);
    size_t size = paper->form->n * sizeof *m->said;
    bool is_new = !m->paper;

    m->paper = paper;
    free(m->said);
    m->said = malloc(size);
    if (!m->said)
        return tr_app_no_memory(k->app);
    memcpy(m->said, paper->value, size);
    for (uint32_t n = is_new && k->papers.registered ? 0 : i; n <= i; n++)
        read_meeting(k, m, n);
    return 0;
}

/* Reads all papers in order: other papers change the meetings that begin from them. */
static int find_meetings(struct work *k)
{
    k->meeting = calloc(k->papers.n + (size_t)1, sizeof *k->meeting);
    if (!k->meeting)
        return tr_app_no_memory(k->app);
    for (uint32_t i = 0; i < k->papers.n; i++) {
        struct tr_plan *paper = &k->papers.plan[i];

        if (paper->form->paper == TR_PAPER_INVITATION && take_invitation(k, i) < 0)
            return -1;
        for (uint32_t m = 0; paper->form->paper != TR_PAPER_INVITATION && m < k->n; m++)
            if (same_case(k->meeting[m].paper, paper))
                read_meeting(k, &k->meeting[m], i + 1);
    }
    for (uint32_t m = 0; k->is_protected && m < k->n; m++)
        tr_invitation_hide(&k->meeting[m].invitation);
    return 0;
}

static void forget_meetings(struct work *k)
{
    for (uint32_t m = 0; m < k->n; m++)
        free(k->meeting[m].said);
    free(k->meeting);
}

/* ---- the calendars ---- */

static int open_output(struct work *k, const struct tr_invitation *v, struct tr_output *output)
{
    struct tr_buf name = {0};
    int rc;

    if (!k->folder)
        return tr_output_open(k->app, output, k->w->path, false);
    tr_paper_id(v->paper, &name);
    for (size_t i = tr_plan_head(v->paper)->case_id.len; i < name.len; i++)
        if (name.p[i] == '/') /* between the case and the day */
            name.p[i] = '_';
    tr_buf_char(&name, '_');
    tr_buf_str(&name, tr_profile_list(&k->app->profile, "meeting")->entry[v->which].code);
    rc = name.failed ? tr_app_no_memory(k->app)
                     : tr_folder_file(k->folder, output, tr_buf_slice(&name), "ics",
                                      v->paper->heads.source, 0);
    tr_buf_clear(&name);
    return rc;
}

/* Whether the meeting is of a day on which nothing is due in the case any more: nobody is called to meet
 * somebody who died or moved away. A cancellation is sent. */
static bool is_over(const struct work *k, const struct tr_invitation *v, struct tr_err *err)
{
    char id[TR_ID_MAX + 1], state[TR_ID_MAX + 1];

    if (k->over.len == 0 || v->cancelled || (v->day != TR_NO_DAY && v->day < k->over_since))
        return false;
    tr_err_copy(id, sizeof id, tr_plan_head(v->paper)->case_id);
    tr_err_copy(state, sizeof state, k->over);
    tr_err_set(err, TR_E_INVITE_OVER, id, state, NULL);
    return true;
}

static void write_meeting(struct work *k, const struct tr_invitation *v)
{
    struct tr_output output;
    struct tr_err err;

    if (is_over(k, v, &err) || !tr_invitation_is_ready(v, k->w->lang, &err)) {
        tr_app_say(k->app, &err);
    } else if (open_output(k, v, &output) == 0) {
        output.secret = k->w->reason != NULL;
        tr_invite_write(v, k->w->lang, &output.out);
        tr_output_close(k->app, &output, true);
    }
}

static bool is_wanted(const struct work *k, const struct tr_invitation *v)
{
    return v->day == TR_NO_DAY || v->day >= k->w->since;
}

static void write_meetings(struct work *k)
{
    uint32_t wanted = 0;
    bool folder;

    for (uint32_t i = 0; i < k->n; i++)
        wanted += is_wanted(k, &k->meeting[i].invitation);
    if (wanted == 0)
        tr_app_note(k->app, N_("there is no meeting to invite to"), NULL);
    folder = tr_is_folder(k->w->path);
    if (wanted > 1 && !folder)
        tr_app_usage(k->app, N_("there are several meetings: name a folder, --output=DIR/"), NULL, NULL);
    if (folder && !(k->folder = tr_folder_open(k->app, k->w->path)))
        return;
    for (uint32_t i = 0; i < k->n; i++)
        if (is_wanted(k, &k->meeting[i].invitation))
            write_meeting(k, &k->meeting[i].invitation);
    tr_folder_close(k->folder);
}

void tr_inviting_run(struct tr_app *app, const struct tr_inviting *w)
{
    struct work k = {.app = app, .w = w, .papers = {.bydel = -1, .case_id = w->case_id}};
    struct tr_register reg = {0};
    struct tr_err err;

    if (tr_routine_load(&k.routine, &app->profile, &err) < 0)
        tr_app_fail(app, &err);
    else if ((w->register_path ? read_register(&k, &reg) : read_files(&k)) == 0 &&
             find_meetings(&k) == 0)
        write_meetings(&k);
    forget_meetings(&k);
    tr_plans_let_go(&k.papers);
    tr_routine_clear(&k.routine);
    tr_register_close(&reg);
}
