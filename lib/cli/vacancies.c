#define _GNU_SOURCE
#include "cli/vacancies.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/text.h"
#include "cli/records.h"
#include "cli/referrals.h"
#include "doc/content/hsds.h"

/* ---- who waits ---- */

struct waiting {
    struct tr_referrals referrals;
    struct tr_vacancies *v;
    const struct tr_records *institutions;
    struct tr_dict standing;
    int32_t as_of;
};

static int count_waiting(void *cookie, const struct tr_row *row)
{
    struct waiting *w = cookie;
    const struct tr_value *value = w->referrals.referral.v;
    struct tr_date received;

    (void)row;
    if (tr_date_parse(value[TR_F_RECEIVED].text, &received) && tr_date_number(received) > w->as_of)
        return 0;
    if (tr_dict_find(&w->standing, value[TR_F_REFERRAL_ID].text) < 0)
        tr_vacancies_wish(w->v, w->institutions, value[TR_F_WISHES].text);
    return 0;
}

int tr_vacancies_waiting(struct tr_app *app, const char *path, struct tr_vacancies *v,
                         const struct tr_records *institutions, const struct tr_records *stays,
                         int32_t as_of)
{
    static struct waiting w; /* too large for the stack */
    const uint64_t wanted =
        UINT64_C(1) << TR_F_REFERRAL_ID | UINT64_C(1) << TR_F_RECEIVED | UINT64_C(1) << TR_F_WISHES;
    struct tr_err err;
    int rc;

    w = (struct waiting){.v = v, .institutions = institutions, .as_of = as_of};
    for (uint32_t i = 0; i < v->n; i++)
        v->row[i].waiting = 0;
    rc = tr_vacancies_standing(&w.standing, stays, as_of, tr_app_offer_days(app), &err);
    if (rc < 0)
        tr_app_say(app, &err);
    else if ((rc = tr_referrals_open(app, &w.referrals, path)) == 0 &&
             (rc = tr_referrals_bind_all(&w.referrals, TR_WANT_REFERRAL)) == 0)
        rc = tr_referrals_read(&w.referrals, 0, wanted, true, count_waiting, &w);
    tr_referrals_close(&w.referrals, rc == 0);
    tr_dict_clear(&w.standing);
    return rc;
}

/* ---- what is published ---- */

static int by_name(const void *a, const void *b, void *vacancies)
{
    const struct tr_vacancies *v = vacancies;
    const struct tr_institution *x = &v->row[*(const uint32_t *)a];
    const struct tr_institution *y = &v->row[*(const uint32_t *)b];
    int c = tr_text_order(x->name, y->name);

    return c ? c : tr_text_order(x->id, y->id);
}

uint32_t tr_vacancies_publish(const struct tr_profile *p, struct tr_vacancies *v, uint32_t *chosen)
{
    const struct tr_list *list = tr_profile_list(p, "stay_type");
    struct tr_str rest = tr_profile_value(p, "public_stay_types"), part;
    int threshold = tr_profile_number(p, "public_threshold", 5);
    uint64_t types = 0;
    uint32_t n = 0;

    while (rest.len > 0 && tr_str_part(&rest, '|', &part))
        if (tr_list_code(list, part) >= 0)
            types |= UINT64_C(1) << tr_list_code(list, part);
    for (uint32_t i = 0; i < v->n; i++) {
        if (v->row[i].waiting < threshold)
            v->row[i].waiting = -1;
        if (v->row[i].stay_types & types)
            chosen[n++] = i;
    }
    qsort_r(chosen, n, sizeof *chosen, by_name, v);
    return n;
}

int tr_vacancies_hsds(struct tr_app *app, const struct tr_vacancies *v, const uint32_t *chosen,
                      uint32_t n, const char *folder)
{
    const struct tr_records rows = {
        .kind = &tr_vacancy_kind, .profile = &app->profile, .record = (char *)v->row, .n = v->n};
    const struct tr_hsds package = {&app->profile, &rows, chosen, n, tr_app_language(app, -1)};
    struct tr_err err;
    int rc = 0;

    if (mkdir(folder, 0777) < 0 && errno != EEXIST) {
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
