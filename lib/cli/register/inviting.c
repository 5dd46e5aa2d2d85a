#include "cli/register/inviting.h"

#include <stdlib.h>

#include "cli/memory_table.h"
#include "doc/content/invite.h"

struct work {
    struct tr_app *app;
    const struct tr_inviting *w;
    struct tr_routine routine;
    struct tr_kept_plans papers;
    struct tr_invitation *meeting;
    uint32_t n;
    bool folder;
};

/* ---- the papers ---- */

static int read_register(struct work *k, struct tr_register *reg)
{
    const struct tr_inviting *w = k->w;
    const char *path;

    if (tr_register_open_to_look(k->app, reg, w->register_path, w->key_path) < 0)
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

static bool same_id(const struct tr_plan *a, const struct tr_plan *b)
{
    return tr_plan_day(a) == tr_plan_day(b) &&
           tr_str_eq(tr_plan_head(a)->case_id, tr_plan_head(b)->case_id);
}

/* The meeting that the paper invites to: one that is known from a paper before it, or a new one. */
static struct tr_invitation *meeting_of(struct work *k, const struct tr_plan *paper, bool *known)
{
    for (uint32_t i = 0; i < k->n; i++)
        if (same_id(k->meeting[i].paper, paper)) {
            *known = true;
            return &k->meeting[i];
        }
    *known = false;
    return &k->meeting[k->n++];
}

/* Reads each invitation; whom it does not name, the contacts of its day are. */
static int find_meetings(struct work *k)
{
    k->meeting = calloc(k->papers.n + (size_t)1, sizeof *k->meeting);
    if (!k->meeting)
        return tr_app_no_memory(k->app);
    for (uint32_t i = 0; i < k->papers.n; i++) {
        struct tr_plan *paper = &k->papers.plan[i];
        struct tr_invitation *v;
        bool known;

        if (paper->form->paper != TR_PAPER_INVITATION)
            continue;
        tr_paper_begin(paper, k->papers.plan, k->papers.n);
        v = meeting_of(k, paper, &known);
        tr_invitation_read(v, paper, &k->routine, known ? v : NULL);
    }
    return 0;
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
    rc = name.failed ? tr_app_no_memory(k->app)
                     : tr_folder_file(k->app, output, k->w->path, tr_buf_slice(&name), "ics",
                                      v->paper->heads.source, 0);
    tr_buf_clear(&name);
    return rc;
}

static void write_meeting(struct work *k, const struct tr_invitation *v)
{
    struct tr_output output;
    struct tr_err err;

    if (!tr_invitation_is_ready(v, k->w->lang, &err)) {
        tr_app_say(k->app, &err);
    } else if (open_output(k, v, &output) == 0) {
        output.secret = k->w->reason != NULL;
        tr_invite_write(v, k->w->lang, &output.out);
        tr_output_close(k->app, &output, true);
    }
}

static void write_meetings(struct work *k)
{
    uint32_t wanted = 0;

    for (uint32_t i = 0; i < k->n; i++)
        if (k->meeting[i].day == TR_NO_DAY || k->meeting[i].day >= k->w->since)
            k->meeting[wanted++] = k->meeting[i];
    if (wanted == 0)
        tr_app_note(k->app, N_("there is no meeting to invite to"), NULL);
    k->folder = tr_is_folder(k->w->path);
    if (wanted > 1 && !k->folder)
        tr_app_usage(k->app, N_("there are several meetings: name a folder, --output=DIR/"), NULL, NULL);
    if (k->folder && tr_folder_open(k->app, k->w->path) < 0)
        return;
    for (uint32_t i = 0; i < wanted; i++)
        write_meeting(k, &k->meeting[i]);
    if (k->folder)
        tr_folder_close(k->app, k->w->path);
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
    free(k.meeting);
    tr_plans_let_go(&k.papers);
    tr_routine_clear(&k.routine);
    tr_register_close(&reg);
}
