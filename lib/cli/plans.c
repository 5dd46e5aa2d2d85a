#include "cli/plans.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "cli/inputs.h"
#include "cli/records.h"
#include "doc/content/checklist.h"
#include "doc/content/checklist_read.h"

static void say_missing(struct tr_plans *p, const char *source, uint64_t line, uint32_t n)
{
    struct tr_err err;

    tr_err_num(&err, TR_E_PLAN_MISSING, n);
    err.source = source;
    err.line = line;
    if (p->check)
        tr_app_raise(p->app, TR_EXIT_FOUND);
    else
        tr_app_say(p->app, &err);
}

static int put_document(struct tr_plans *p, const struct tr_plan *plan, uint32_t first,
                        const char *source, uint64_t line)
{
    struct tr_document d;
    struct tr_buf form = {0};
    int rc;

    tr_document_start(&d, &p->app->profile, p->lang, tr_plan_head(plan)->case_id,
                      tr_profile_value(&p->app->profile, "agency"), tr_str(p->day));
    d.fields = p->fields;
    tr_checklist_form(plan->form, p->lang, &form);
    d.form = tr_arena_copy(&d.text, tr_buf_slice(&form));
    d.failed |= form.failed;
    tr_buf_clear(&form);
    tr_checklist_make(&d, plan, &p->missing, first, p->name);
    rc = p->folder ? tr_folder_put(p->app, p->path, &d, p->format, source, line)
                   : tr_document_put(p->app, &d, p->format, p->path, false);
    tr_document_clear(&d);
    return rc;
}

/* Two plans of a case: which counts, nobody can tell. */
static int check_twice(struct tr_plans *p, const struct tr_plan *plan, const char *source,
                       uint64_t line)
{
    struct tr_str id = tr_plan_head(plan)->case_id;
    struct tr_buf key = {0};
    int first = (int)line, found, rc = 0;
    char text[24], name[TR_ID_MAX + 1];
    struct tr_err err;

    tr_buf_text(&key, tr_paper_names[plan->form->paper]);
    tr_buf_char(&key, ' ');
    tr_paper_id(plan, &key);
    found = tr_dict_find(&p->cases, tr_buf_slice(&key));
    if (key.failed || (found < 0 && tr_dict_add(&p->cases, tr_buf_slice(&key), &first) < 0))
        rc = tr_app_no_memory(p->app);
    tr_buf_clear(&key);
    if (found < 0 || rc < 0)
        return rc;
    snprintf(text, sizeof text, "%d", found);
    tr_err_copy(name, sizeof name, id);
    tr_err_set(&err, TR_E_PLAN_TWICE, text, name, NULL);
    err.source = source;
    err.line = line;
    tr_err_field(&err, TR_STR("case_id"));
    return tr_app_fail(p->app, &err);
}

/* There is no form of it: said, with its place. */
static int refuse(struct tr_app *app, struct tr_err *err, const char *source, uint64_t line)
{
    err->source = source;
    err->line = line;
    tr_err_field(err, TR_STR("paper"));
    return tr_app_fail(app, err);
}

/* One plan: what is missing, and its document. */
static int take_plan(struct tr_plans *p, const struct tr_json *document, const char *source,
                     struct tr_str text, uint64_t line)
{
    const struct tr_plan_source from = {source, text, line};
    const struct tr_listener listener = tr_app_listener(p->app);
    uint32_t first = p->check ? p->missing.n : 0;
    const struct tr_plan_form *form;
    struct tr_plan plan;
    struct tr_err err;
    int rc;

    form = tr_paper_form_of(&p->forms, document, &err);
    if (!form)
        return refuse(p->app, &err, source, line);
    if (!p->check) {
        tr_records_clear(&p->missing);
        tr_records_start(&p->missing, &tr_missing_kind, &p->app->profile, source);
    }
    rc = tr_plan_read(&plan, form, document, &from, &listener);
    if (rc < 0) {
        tr_app_raise(p->app, TR_EXIT_DATA); /* no document: 1 tells of one with blanks */
    } else if ((rc = tr_plan_missing(&plan, p->lang, &p->missing)) < 0)
        tr_app_no_memory(p->app);
    if (rc == 0)
        rc = check_twice(p, &plan, source, line);
    if (rc == 0 && !p->check)
        rc = put_document(p, &plan, first, source, line);
    if (rc == 0 && p->missing.n > first)
        say_missing(p, source, line, p->missing.n - first);
    tr_plan_clear(&plan);
    return rc;
}

static void want_folder(const struct tr_plans *p)
{
    if (!p->check && !p->folder)
        tr_app_usage(p->app, N_("there are several plans: name a folder, --output=DIR/"), NULL,
                     NULL);
}

int tr_plans_each(struct tr_app *app, const char *path,
                  int (*take)(void *cookie, const struct tr_json_stream *stream,
                              const struct tr_json *document, uint64_t line),
                  void *cookie)
{
    struct tr_buf text = {0};
    struct tr_json_stream stream;
    struct tr_json *document;
    struct tr_err err;
    uint64_t line, n = 0;
    int rc, one = 1, taken = 0;

    tr_app_await(app, path);
    rc = tr_read_text(path, &text, &err);
    stream = (struct tr_json_stream){.rest = tr_buf_slice(&text), .line = 1, .path = path};
    while (rc == 0 && taken >= 0 && (one = tr_json_next(&stream, &document, &line, &err)) > 0) {
        taken = take(cookie, &stream, document, line);
        tr_json_free(document);
        n++;
    }
    if (rc == 0 && one == 0 && n == 0) {
        rc = tr_err_set(&err, TR_E_FILE_EMPTY, NULL, NULL, NULL);
        err.source = path;
    }
    if (rc < 0 || one < 0)
        rc = tr_app_fail(app, &err);
    tr_buf_clear(&text);
    return taken < 0 ? -1 : rc;
}

/* A plan that is wrong does not keep the next from being read. */
static int take_next(void *cookie, const struct tr_json_stream *stream,
                     const struct tr_json *document, uint64_t line)
{
    struct tr_plans *p = cookie;

    if (tr_text_trim(stream->rest).len > 0)
        want_folder(p);
    return take_plan(p, document, stream->path, stream->object, line) < 0 && p->app->status >= TR_EXIT_INTERNAL ? -1
                                                                                                : 0;
}

/* ---- plans that are kept ---- */

static int keep_next(void *cookie, const struct tr_json_stream *stream,
                     const struct tr_json *document, uint64_t line)
{
    struct tr_kept_plans *k = cookie;
    struct tr_plan *room = realloc(k->plan, (k->n + (size_t)1) * sizeof *k->plan);
    const struct tr_plan_source from = {stream->path, stream->object, line};
    const struct tr_listener listener = tr_app_listener(k->app);
    const struct tr_plan_form *form;
    const struct tr_plan_head *head;
    struct tr_err err;

    if (!room)
        return tr_app_no_memory(k->app);
    k->plan = room;
    form = tr_paper_form_of(&k->forms, document, &err);
    if (!form)
        return refuse(k->app, &err, stream->path, line);
    if (tr_plan_read(&k->plan[k->n], form, document, &from, &listener) < 0) {
        tr_plan_clear(&k->plan[k->n]);
        tr_app_raise(k->app, TR_EXIT_DATA);
        return -1;
    }
    head = tr_plan_head(&k->plan[k->n]);
    if ((k->bydel >= 0 && head->bydel != k->bydel) ||
        (k->case_id && !tr_str_is(head->case_id, k->case_id)))
        tr_plan_clear(&k->plan[k->n]);
    else
        k->n++;
    return 0;
}

int tr_plans_keep(struct tr_app *app, struct tr_kept_plans *k, const char *path)
{
    struct tr_err err;

    k->app = app;
    if (!path)
        return 0;
    if (!k->forms.form[0].profile && tr_paper_forms_load(&k->forms, &app->profile, &err) < 0)
        return tr_app_fail(app, &err);
    return tr_plans_each(app, path, keep_next, k);
}

void tr_plans_let_go(struct tr_kept_plans *k)
{
    while (k->n > 0)
        tr_plan_clear(&k->plan[--k->n]);
    free(k->plan);
    tr_paper_forms_clear(&k->forms);
}

/* ---- plans as documents ---- */

void tr_plans_run(struct tr_plans *p)
{
    static char *standard_input[] = {"-"};
    char **inputs = p->app->n_arguments ? p->app->arguments_given : standard_input;

    p->folder = !p->check && tr_is_folder(p->path);
    if (p->app->n_arguments > 1)
        want_folder(p);
    tr_records_start(&p->missing, &tr_missing_kind, &p->app->profile, NULL);
    if (p->folder && tr_folder_open(p->app, p->path) < 0)
        return;
    for (int i = 0; i == 0 || i < p->app->n_arguments; i++)
        if (tr_plans_each(p->app, inputs[i], take_next, p) != 0)
            break;
    if (p->folder)
        tr_folder_close(p->app, p->path);
    if (p->check && p->app->status <= TR_EXIT_FOUND)
        tr_app_put_records(p->app, &p->missing, TR_FORMAT_CSV, p->path);
    tr_records_clear(&p->missing);
    tr_dict_clear(&p->cases);
}
