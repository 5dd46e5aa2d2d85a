#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/input/inputs.h"
#include "cli/register/register_own.h"
#include "cli/work/plans.h"

struct reading {
    struct tr_app *app;
    struct tr_paper_forms forms;
    struct tr_put_papers *out;
    int kind;             /* that all must be of, or -1 */
    struct tr_dict seen;  /* ids, each behind its kind, to lines */
};

bool tr_put_is_papers(const char *path)
{
    static const char schema[] = "\"urn:transition:schema:p";
    char head[4096];
    struct stat st;
    bool file = strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
    int fd = file ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
    ssize_t n = fd < 0 ? -1 : pread(fd, head, sizeof head, 0);

    if (fd >= 0)
        close(fd);
    return n > 0 && memmem(head, (size_t)n, schema, sizeof schema - 1);
}

/* Whether it is of the kind that was asked for. -1: said. */
static int check_kind(const struct reading *in, const struct tr_plan *p,
                      const struct tr_plan_source *source)
{
    struct tr_err err;

    if (in->kind < 0 || in->kind == TR_RECORD_ASSESSMENT + (int)p->form->paper)
        return 0;
    tr_err_set(&err, TR_E_PLAN_SCHEMA, tr_paper_names[p->form->paper],
               tr_record_kind_names[in->kind], NULL);
    err.source = source->name;
    err.line = source->line;
    tr_err_field(&err, TR_STR("paper"));
    return tr_app_fail(in->app, &err);
}

/* Keeps the paper: all of it, and what is left when what was written freely is gone. */
static int keep(struct reading *in, struct tr_plan *p, uint64_t line)
{
    struct tr_records *of = &in->out->of[p->form->paper];
    struct tr_paper_record *made = tr_records_add(of, line);
    struct tr_buf text = {0};

    if (!made)
        return tr_app_no_memory(in->app);
    tr_paper_id(p, &text);
    made->id = tr_arena_copy(&of->text, tr_buf_slice(&text));
    of->text.failed |= text.failed;
    text.len = 0;
    tr_paper_line(p, &text);
    made->document = tr_arena_copy(&of->text, tr_buf_slice(&text));
    tr_paper_strip(p);
    made->case_id = tr_arena_copy(&of->text, tr_plan_head(p)->case_id);
    made->date = tr_plan_day(p);
    made->bydel = tr_plan_head(p)->bydel;
    of->text.failed |= text.failed;
    text.len = 0;
    tr_paper_line(p, &text);
    made->bare = tr_arena_copy(&of->text, tr_buf_slice(&text));
    of->text.failed |= text.failed;
    tr_buf_wipe(&text);
    return of->text.failed ? tr_app_no_memory(in->app) : 0;
}

static int take(void *cookie, const struct tr_json_stream *stream, const struct tr_json *document,
                uint64_t line)
{
    struct reading *in = cookie;
    const struct tr_plan_source from = {stream->path, stream->object, line};
    const struct tr_listener listener = tr_app_listener(in->app);
    struct tr_plan p;
    int rc = tr_paper_read(&p, &in->forms, document, &from, &listener);

    if (rc == 0)
        rc = check_kind(in, &p, &from);
    if (rc == 0)
        rc = tr_paper_once(in->app, &in->seen, &p, &from);
    if (rc == 0)
        rc = keep(in, &p, line);
    tr_plan_clear(&p);
    return rc;
}

int tr_put_papers_read(struct tr_app *app, const char *path, int kind, struct tr_put_papers *out)
{
    struct reading in = {.app = app, .out = out, .kind = kind};
    struct tr_err err;
    int rc;

    for (int i = 0; i < TR_N_PAPERS; i++)
        tr_records_start(&out->of[i], &tr_paper_kind, &app->profile, path);
    rc = tr_paper_forms_load(&in.forms, &app->profile, &err) < 0 ? tr_app_fail(app, &err)
                                                                  : tr_plans_each(app, path, take, &in);
    tr_paper_forms_clear(&in.forms);
    tr_dict_clear(&in.seen);
    return rc;
}

void tr_put_papers_clear(struct tr_put_papers *papers)
{
    for (int i = 0; i < TR_N_PAPERS; i++)
        tr_records_clear(&papers->of[i]);
}
