#include "cli/work/plans.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "cli/input/inputs.h"
#include "cli/input/records.h"
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

static bool tells(const struct tr_plans *p, struct tr_str text)
{
    return text.len > 0 && tr_masks_tell_place(&p->masks, text);
}

/* Says how much of what is written freely may tell where somebody lives whose address is protected. It is not taken
 * out: read again from the document, the text would be lost. */
static int say_places(struct tr_plans *p, const struct tr_plan *plan)
{
    const struct tr_plan_form *form = plan->form;
    uint32_t n = 0;
    char id[TR_ID_MAX + 1], number[16];
    struct tr_err err;

    if (!p->masked && tr_masks_load(&p->masks, &p->app->profile, &err) < 0)
        return tr_app_fail(p->app, &err);
    p->masked = true;
    n += tells(p, tr_plan_head(plan)->remarks);
    for (uint32_t i = 0; i < form->n; i++)
        n += tr_plan_item_is_text(&form->item[i]) && tells(p, plan->value[i].text);
    for (uint32_t i = 0; i < plan->tasks.n; i++)
        n += tells(p, tr_task(plan, i)->task) || tells(p, tr_task(plan, i)->note);
    tr_err_copy(id, sizeof id, tr_plan_head(plan)->case_id);
    snprintf(number, sizeof number, "%u", n);
    if (n > 0)
        tr_app_note(p->app,
                    N_("‘%1’: the address is protected, and what is written freely may tell where the person lives: "
                       "%2; read it before the document leaves the office"),
                    id, number, NULL);
    return 0;
}

static int put_document(struct tr_plans *p, const struct tr_plan *plan, uint32_t first,
                        const char *source, uint64_t line)
{
    struct tr_document d;
    struct tr_buf form = {0};
    int rc;

    if (tr_plan_is_protected(plan) && !p->name && say_places(p, plan) < 0)
        return -1;
    tr_document_start(&d, &p->app->profile, p->lang, tr_plan_head(plan)->case_id,
                      tr_profile_value(&p->app->profile, "agency"), tr_str(p->day));
    d.fields = p->fields;
    tr_checklist_form(plan->form, p->lang, &form);
    d.form = tr_arena_copy(&d.text, tr_buf_slice(&form));
    d.failed |= form.failed;
    tr_buf_clear(&form);
    tr_checklist_make(&d, plan, &p->missing, first, p->name);
    rc = p->many ? tr_folder_put(p->folder, &d, p->format, source, line)
                   : tr_document_put(p->app, &d, p->format, p->path, false);
    tr_document_clear(&d);
    return rc;
}

/* Two papers with the same id: which counts, nobody can tell. */
int tr_paper_once(struct tr_app *app, struct tr_dict *seen, const struct tr_plan *paper,
                  const struct tr_plan_source *source)
{
    struct tr_buf key = {0};
    int first = (int)source->line, found, rc = 0;
    char text[24], name[TR_ID_MAX + 16];
    size_t id;
    struct tr_err err;

    tr_buf_text(&key, tr_paper_names[paper->form->paper]);
    tr_buf_char(&key, ' ');
    id = key.len;
    tr_paper_id(paper, &key);
    found = tr_dict_find(seen, tr_buf_slice(&key));
    if (key.failed || (found < 0 && tr_dict_add(seen, tr_buf_slice(&key), &first) < 0)) {
        rc = tr_app_no_memory(app);
    } else if (found >= 0) {
        snprintf(text, sizeof text, "%d", found);
        tr_err_copy(name, sizeof name, (struct tr_str){key.p + id, key.len - id});
        tr_err_set(&err, TR_E_PLAN_TWICE, text, name, NULL);
        err.source = source->name;
        err.line = source->line;
        tr_err_field(&err, TR_STR("case_id"));
        rc = tr_app_fail(app, &err);
    }
    tr_buf_clear(&key);
    return rc;
}

int tr_paper_read(struct tr_plan *p, const struct tr_paper_forms *forms,
                  const struct tr_json *document, const struct tr_plan_source *source,
                  const struct tr_listener *listener)
{
    const struct tr_plan_form *form;
    struct tr_err err;

    *p = (struct tr_plan){0};
    form = tr_paper_form_of(forms, document, &err);
    if (form)
        return tr_plan_read(p, form, document, source, listener);
    err.source = source->name;
    err.line = source->line;
    tr_err_field(&err, TR_STR("paper"));
    listener->say(listener->cookie, &err);
    return -1;
}

/* One plan: what is missing, and its document. */
static int take_plan(struct tr_plans *p, const struct tr_json *document, const char *source,
                     struct tr_str text, uint64_t line)
{
    const struct tr_plan_source from = {source, text, line};
    const struct tr_listener listener = tr_app_listener(p->app);
    uint32_t first = p->check ? p->missing.n : 0;
    struct tr_plan plan;
    int rc;

    if (!p->check) {
        tr_records_clear(&p->missing);
        tr_records_start(&p->missing, &tr_missing_kind, &p->app->profile, source);
    }
    rc = tr_paper_read(&plan, &p->forms, document, &from, &listener);
    if (rc < 0) {
        tr_app_raise(p->app, TR_EXIT_DATA); /* no document: 1 tells of one with blanks */
    } else if ((rc = tr_plan_missing(&plan, p->lang, &p->missing)) < 0)
        tr_app_no_memory(p->app);
    if (rc == 0)
        rc = tr_paper_once(p->app, &p->cases, &plan, &from);
    if (rc == 0 && !p->check)
        rc = put_document(p, &plan, first, source, line);
    if (rc == 0 && p->missing.n > first)
        say_missing(p, source, line, p->missing.n - first);
    tr_plan_clear(&plan);
    return rc;
}

static void want_folder(const struct tr_plans *p)
{
    if (!p->check && !p->many)
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

/* Room doubles: what is freed is wiped, so that growing one by one costs the square of it. */
static int make_room(struct tr_kept_plans *k)
{
    uint32_t room = k->room ? 2 * k->room : 16;
    struct tr_plan *plan = realloc(k->plan, room * sizeof *plan);

    if (!plan)
        return -1;
    k->plan = plan;
    k->room = room;
    return 0;
}

/* Whether it is of none of the cases that are kept, as far as can be seen of one that cannot be read. */
static bool is_of_others(const struct tr_kept_plans *k, const struct tr_json *document)
{
    struct tr_str id = tr_json_text(tr_json_member(document, TR_STR("case_id")));
    struct tr_str bydel = tr_json_text(tr_json_member(document, TR_STR("bydel")));
    int code = tr_list_code(k->app->profile.of_field[TR_F_BYDEL], bydel);

    return (k->case_id && !tr_str_is(id, k->case_id)) ||
           (k->bydel >= 0 && code != k->bydel && (code >= 0 || bydel.len == 0));
}

/* Tells of a paper of the register that cannot be read. */
static void leave_out(const struct tr_kept_plans *k, const struct tr_json *document,
                      const char *source)
{
    struct tr_str id = tr_json_text(tr_json_member(document, TR_STR("case_id")));
    struct tr_str paper = tr_json_text(tr_json_member(document, TR_STR("paper")));
    char of[TR_ID_MAX + 1], name[64];
    struct tr_err err;

    tr_err_copy(of, sizeof of, id);
    tr_err_copy(name, sizeof name, paper.len ? paper : tr_str(tr_paper_names[TR_PAPER_PLAN]));
    tr_err_set(&err, TR_E_PAPER_LEFT, of, name, NULL);
    err.source = source;
    tr_app_say(k->app, &err);
}

static int keep_next(void *cookie, const struct tr_json_stream *stream,
                     const struct tr_json *document, uint64_t line)
{
    struct tr_kept_plans *k = cookie;
    const struct tr_plan_source from = {stream->path, stream->object, line};
    const struct tr_listener listener =
        k->registered ? tr_listener_deaf : tr_app_listener(k->app);
    const struct tr_plan_head *head;
    struct tr_plan plan;

    if (k->n == k->room && make_room(k) < 0)
        return tr_app_no_memory(k->app);
    if (tr_paper_read(&plan, &k->forms, document, &from, &listener) < 0) {
        tr_plan_clear(&plan);
        if (!k->registered) {
            tr_app_raise(k->app, TR_EXIT_DATA);
            return -1;
        }
        if (!is_of_others(k, document))
            leave_out(k, document, stream->path);
        return 0;
    }
    head = tr_plan_head(&plan);
    if ((k->bydel >= 0 && head->bydel != k->bydel) ||
        (k->case_id && !tr_str_is(head->case_id, k->case_id)))
        tr_plan_clear(&plan);
    else
        k->plan[k->n++] = plan;
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

    p->many = !p->check && tr_is_folder(p->path);
    if (p->app->n_arguments > 1)
        want_folder(p);
    tr_records_start(&p->missing, &tr_missing_kind, &p->app->profile, NULL);
    if (p->many && !(p->folder = tr_folder_open(p->app, p->path)))
        return;
    for (int i = 0; i == 0 || i < p->app->n_arguments; i++)
        if (tr_plans_each(p->app, inputs[i], take_next, p) != 0)
            break;
    tr_folder_close(p->folder);
    if (p->check && p->app->status <= TR_EXIT_FOUND)
        tr_app_put_records(p->app, &p->missing, TR_FORMAT_CSV, p->path);
    tr_records_clear(&p->missing);
    tr_dict_clear(&p->cases);
    if (p->masked)
        tr_masks_clear(&p->masks);
}
