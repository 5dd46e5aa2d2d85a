#define _GNU_SOURCE
#include "cli/work/vacancies.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/input/records.h"
#include "cli/writing/reporting.h"
#include "doc/content/hsds.h"
#include "domain/flow/expect.h"
#include "domain/places/wish.h"

int tr_vacancies_waiting(struct tr_vacancies *v, const struct tr_records *institutions,
                         const struct tr_casefile *cases, int32_t as_of, struct tr_err *err)
{
    struct tr_buf wished = {0};
    struct tr_wishes wishes;
    int rc = tr_wishes_start(&wishes, institutions);

    for (uint32_t i = 0; i < v->n; i++)
        v->row[i].waiting = 0;
    for (uint32_t i = 0; rc == 0 && i < cases->referrals.n; i++) {
        const struct tr_case *c = tr_case(&cases->referrals, i);
        const struct tr_case_standing *at = tr_cases_of(&cases->cases, c->id);

        if (at->speaks && tr_cases_state(&cases->cases, c->id)->queue == TR_QUEUE_WAITS &&
            (c->received == TR_NO_DAY || c->received <= as_of)) {
            wished.len = 0;
            tr_wishes_read(&wishes, c->wishes, &wished);
            tr_vacancies_wish(v, institutions, tr_buf_slice(&wished));
        }
    }
    rc = wished.failed ? -1 : rc;
    tr_buf_clear(&wished);
    tr_wishes_clear(&wishes);
    return rc < 0 ? tr_err_memory(err) : 0;
}

static struct tr_records rows_of(struct tr_app *app, const struct tr_vacancies *v,
                                 const struct tr_kind *kind)
{
    return (struct tr_records){
        .kind = kind, .profile = &app->profile, .record = (char *)v->row, .n = v->n};
}

int tr_vacancies_hsds(struct tr_app *app, const struct tr_vacancies *v, const uint32_t *chosen,
                      uint32_t n, const char *folder)
{
    const struct tr_records rows = rows_of(app, v, &tr_vacancy_kind);
    const struct tr_hsds package = {&app->profile, &rows, chosen, n, tr_app_language(app, -1)};
    struct tr_err err;
    int rc = 0;

    if (tr_output_folder(folder, 0777, true) < 0) {
        tr_err_sys(&err, TR_E_CREATE, folder);
        return tr_app_fail(app, &err);
    }
    for (const struct tr_hsds_file *f = tr_hsds_files; f->name && rc == 0; f++) {
        struct tr_output output;
        char *path;

        if (asprintf(&path, "%s/%s", folder, f->name) < 0)
            return tr_app_no_memory(app);
        rc = tr_output_open(app, &output, path, true);
        if (rc == 0) {
            if (f->write(&package, &output.out) < 0)
                output.out.buf.failed = true; /* said when it is closed */
            rc = tr_output_close(app, &output, true);
        }
        free(path);
    }
    return rc;
}

/* The row of a public list without a place, which has the day and nothing else. */
static struct tr_institution *no_place(int32_t as_of)
{
    struct tr_institution *row = malloc(sizeof *row);

    if (!row)
        return NULL;
    tr_kind_init(&tr_public_kind, row);
    row->name = TR_STR("\u2014");
    row->as_of = as_of;
    return row;
}

int tr_vacancies_list(struct tr_app *app, const struct tr_vacancies *v, enum tr_vacancy_by by,
                      enum tr_format format, const char *path)
{
    const struct tr_records rows = rows_of(app, v, tr_vacancy_kind_by(by));

    return tr_app_put_records(app, &rows, format, path);
}

int tr_vacancies_public(struct tr_app *app, const struct tr_vacancies *v, const uint32_t *chosen,
                        uint32_t n, int32_t as_of, enum tr_format format, const char *path)
{
    struct tr_institution *rows = n > 0 ? tr_vacancies_copy(v, chosen, n) : no_place(as_of);
    struct tr_output output;
    int rc = tr_output_table(app, &output, path, true, format);

    if (rc == 0) {
        output.out.buf.failed |= !rows;
        tr_kind_write(&tr_public_kind, &app->profile, rows, rows ? n + (n == 0) : 0, format,
                      &output.out);
        rc = tr_output_close(app, &output, true);
    }
    free(rows);
    return rc;
}

int tr_vacancies_expect(struct tr_app *app, const struct tr_vacancies *v,
                        const struct tr_records *stays, const struct tr_span *holds, int32_t as_of,
                        int32_t until, enum tr_format format, const char *path)
{
    const struct tr_expecting e = {.profile = &app->profile,
                                   .row = v->row,
                                   .stays = stays,
                                   .holds = holds,
                                   .n = v->n,
                                   .as_of = as_of,
                                   .until = until};
    struct tr_figures out = {0};
    struct tr_err err;
    uint32_t few = 0;
    int rc = tr_expect_table(&out, &e, &few, &err);

    if (rc < 0)
        tr_app_fail(app, &err);
    tr_report_say_few(app, rc < 0 ? 0 : few);
    rc = rc < 0 ? -1 : tr_report_write(app, &out, format, path);
    tr_figures_clear(&out);
    return rc;
}
