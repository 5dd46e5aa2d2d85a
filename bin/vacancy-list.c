/* vacancy-list: how full each institution is on a day, and the list of vacant places for the web.
 */
#include <stdlib.h>

#include "cli/records.h"
#include "cli/register/register.h"
#include "cli/vacancies.h"

static const struct tr_example examples[] = {
    {"vacancy-list --institutions=institutions.csv --stays=stays.csv --as-of=2026-11-21 \\\n> "
     "vacancies.csv",
     N_("how full every institution is on a day")},
    {"vacancy-list --institutions=institutions.csv --stays=stays.csv --as-of=2026-11-21 \\\n"
     "--by=service_level | table-render",
     N_("summed up by service level")},
    {"vacancy-list --institutions=institutions.csv --stays=stays.csv --as-of=2026-11-21 --public "
     "\\\n| table-render --format=html --output=ledig.html",
     N_("vacant long-term places as a page for the web")},
    {NULL},
};

/* A copy of the chosen rows, in their order; NULL when memory is out. */
static struct tr_institution *copy_rows(const struct tr_vacancies *v, const uint32_t *chosen,
                                        uint32_t n)
{
    struct tr_institution *rows = malloc((n + (size_t)1) * sizeof *rows);

    for (uint32_t i = 0; rows && i < n; i++)
        rows[i] = v->row[chosen[i]];
    return rows;
}

int main(int argc, char **argv)
{
    const char *institutions_path = NULL, *stays_path = NULL, *referrals_path = NULL;
    const char *register_path = NULL, *as_of_text = NULL, *hsds = NULL, *path = NULL;
    int format = TR_FORMAT_CSV, by = TR_BY_INSTITUTION;
    bool public = false;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of_text, .help = N_("the day, past or future")},
        {"by", .choice = &by, .choices = tr_vacancy_by_names,
         .help = N_("a row an institution, or sums by service level, stay type or owner")},
        {"format", .choice = &format, .choices = tr_format_names, .help = N_("write CSV or JSON Lines")},
        {"hsds", .arg = "DIR", .text = &hsds,
         .help = N_("with --public: write it as Open Referral HSDS files in DIR instead")},
        {"institutions", .arg = "FILE", .text = &institutions_path,
         .help = N_("the institutions and their places")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"public", .flag = &public,
         .help = N_("only what may be published: long-term places, nothing about persons")},
        {"referrals", .arg = "FILE", .text = &referrals_path,
         .help = N_("count who waits, too, by the wishes of these referrals")},
        {"register", .arg = "REGISTER", .text = &register_path,
         .help = N_("take what is not given from the register; the day is today by default")},
        {"stays", .arg = "FILE", .text = &stays_path,
         .help = N_("stays and offers; without it every place is vacant")},
        {NULL},
    };
    const tr_wanted_tables wanted = {[TR_RECORD_REFERRAL] = &referrals_path,
                                     [TR_RECORD_INSTITUTION] = &institutions_path,
                                     [TR_RECORD_STAY] = &stays_path};
    struct tr_app app = {
        .name = "vacancy-list",
        .purpose = N_("how full each institution is on a day, and the list of vacant places"),
        .arguments = "",
        .options = options,
        .examples = examples,
        .max_arguments = 0,
        .reading = &reading,
    };
    struct tr_records institutions = {0}, stays = {0};
    struct tr_register reg = {0};
    struct tr_vacancies v = {0};
    struct tr_institution *rows = NULL;
    uint32_t *chosen = NULL, n;
    struct tr_output output;
    struct tr_err err;
    int32_t as_of;

    tr_app_start(&app, argc, argv);
    if (!institutions_path && !register_path)
        tr_app_usage(&app, N_("--institutions=FILE or --register=REGISTER is needed"), NULL, NULL);
    if (public && by != TR_BY_INSTITUTION)
        tr_app_usage(&app, N_("--public has a row an institution; leave --by out"), NULL, NULL);
    if (hsds && (!public || path || format != TR_FORMAT_CSV))
        tr_app_usage(&app, N_("--hsds goes with --public, without --output or --format"), NULL,
                     NULL);
    if (register_path && tr_register_tables(&app, &reg, register_path, wanted) < 0)
        goto out;
    as_of = tr_app_day(&app, "as-of", as_of_text || !register_path ? as_of_text : reg.day);
    if (tr_app_records(&app, &tr_institution_kind, institutions_path, &institutions) < 0 ||
        tr_app_stays(&app, stays_path, &institutions, &stays) < 0)
        goto out;
    chosen = calloc(institutions.n + (size_t)1, sizeof *chosen);
    if (!chosen || tr_vacancies_count(&v, &institutions, &stays, (enum tr_vacancy_by)by, as_of,
                                      tr_app_offer_days(&app), &err) < 0) {
        tr_app_no_memory(&app);
        goto out;
    }
    if (referrals_path &&
        tr_vacancies_waiting(&app, referrals_path, &v, &institutions, &stays, as_of) < 0)
        goto out;
    n = public ? tr_vacancies_publish(&app.profile, &v, chosen) : 0;
    if (hsds) {
        tr_vacancies_hsds(&app, &v, chosen, n, hsds);
        goto out;
    }
    rows = public ? copy_rows(&v, chosen, n) : NULL;
    if (tr_output_open(&app, &output, path, public) == 0) {
        output.out.buf.failed |= public && !rows;
        tr_kind_write(public ? &tr_public_kind : tr_vacancy_kind_by((enum tr_vacancy_by)by),
                      &app.profile, public ? rows : v.row, public ? (rows ? n : 0) : v.n,
                      (enum tr_format)format, &output.out);
        tr_output_close(&app, &output, true);
    }
out:
    free(rows);
    free(chosen);
    tr_vacancies_clear(&v);
    tr_records_clear(&stays);
    tr_records_clear(&institutions);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
