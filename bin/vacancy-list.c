/* vacancy-list: how full each institution is on a day, and the list of vacant places for the web.
 */
#include <stdlib.h>

#include "cli/register/register.h"
#include "cli/work/vacancies.h"

static const struct tr_example examples[] = {
    {"vacancy-list --institutions=institutions.csv --stays=stays.csv --as-of=2026-11-21 \\\n> "
     "vacancies.csv",
     N_("how full each institution is on a day")},
    {"vacancy-list --institutions=institutions.csv --stays=stays.csv --as-of=2026-11-21 \\\n"
     "--by=service_level | table-render",
     N_("summed by service level")},
    {"vacancy-list --institutions=institutions.csv --stays=stays.csv --as-of=2026-11-21 --public "
     "\\\n| table-render --format=html --output=ledig.html",
     N_("vacant long-term places as a page for the web")},
    {"vacancy-list --institutions=institutions.csv --stays=stays.csv --as-of=2026-11-21 \\\n"
     "--expect=2026-12-21 | table-render",
     N_("where a place will probably be free within a month")},
    {NULL},
};

int main(int argc, char **argv)
{
    const char *institutions_path = NULL, *stays_path = NULL, *referrals_path = NULL;
    const char *events_path = NULL, *links_path = NULL, *register_path = NULL, *as_of_text = NULL;
    const char *expect = NULL, *hsds = NULL, *path = NULL;
    int format = TR_FORMAT_CSV, by = TR_BY_INSTITUTION;
    bool public = false, allow_empty = false;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"allow-empty", .flag = &allow_empty,
         .help = N_("with --public: publish also a list without a place")},
        {"as-of", .arg = "DATE", .text = &as_of_text, .help = N_("the day, past or future")},
        {"by", .choice = &by, .choices = tr_vacancy_by_names,
         .help = N_("one row per institution, or sums by service level, type of stay or owner")},
        {"events", .arg = "FILE", .text = &events_path,
         .help = N_("the log of cases: who withdrew, is on hold or lives in a home does not wait")},
        {"expect", .arg = "DATE", .text = &expect,
         .help = N_("write the chance that each institution has a free place by DATE")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"hsds", .arg = "DIR", .text = &hsds,
         .help = N_("with --public: write the list as Open Referral HSDS files in DIR instead")},
        {"institutions", .arg = "FILE", .text = &institutions_path,
         .help = N_("the institutions and their places")},
        {"links", .arg = "FILE", .text = &links_path,
         .help = N_("referrals decided to be of one person wait once")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"public", .flag = &public,
         .help = N_("only what may be published: long-term places, nothing about persons")},
        {"referrals", .arg = "FILE", .text = &referrals_path,
         .help = N_("also count people waiting, by the wishes in these referrals")},
        {"register", .arg = "REGISTER", .text = &register_path,
         .help = N_("take what no file is given for from the register; the default day is today")},
        {"stays", .arg = "FILE", .text = &stays_path,
         .help = N_("stays and offers; without them every place is vacant")},
        {NULL},
    };
    const tr_wanted_tables wanted = {[TR_RECORD_REFERRAL] = &referrals_path,
                                     [TR_RECORD_INSTITUTION] = &institutions_path,
                                     [TR_RECORD_STAY] = &stays_path,
                                     [TR_RECORD_EVENT] = &events_path,
                                     [TR_RECORD_LINK] = &links_path};
    struct tr_app app = {
        .name = "vacancy-list",
        .purpose = N_("show how full each institution is on a day, or list vacant places"),
        .arguments = "",
        .options = options,
        .examples = examples,
        .max_arguments = 0,
        .reading = &reading,
    };
    struct tr_records institutions = {0}, stays = {0};
    struct tr_casefile cases = {0};
    struct tr_span *holds = NULL;
    struct tr_register reg = {0};
    struct tr_vacancies v = {0};
    uint32_t *chosen = NULL, n;
    struct tr_listener listener;
    struct tr_err err;
    int32_t as_of, until;

    tr_app_start(&app, argc, argv);
    if (!institutions_path && !register_path)
        tr_app_usage(&app, N_("--institutions=FILE or --register=REGISTER is needed"), NULL, NULL);
    if (public && by != TR_BY_INSTITUTION)
        tr_app_usage(&app, N_("--public has one row per institution: leave out --by"), NULL, NULL);
    if (expect && (public || by != TR_BY_INSTITUTION))
        tr_app_usage(&app, N_("--expect has one row per institution, and is not published"), NULL,
                     NULL);
    if (allow_empty && !public)
        tr_app_usage(&app, N_("--allow-empty is only used with --public"), NULL, NULL);
    if (hsds && (!public || path || format != TR_FORMAT_CSV))
        tr_app_usage(&app, N_("--hsds is used with --public, and not with --output or --format"),
                     NULL, NULL);
    if (register_path && tr_register_tables(&app, &reg, register_path, wanted) < 0)
        goto out;
    as_of = tr_app_day(&app, "as-of", as_of_text || !register_path ? as_of_text : reg.day);
    until = expect ? tr_app_day(&app, "expect", expect) : as_of;
    if (until < as_of)
        tr_app_usage(&app, N_("--expect is not before --as-of"), NULL, NULL);
    if (tr_app_records(&app, &tr_institution_kind, institutions_path, &institutions) < 0 ||
        tr_app_stays(&app, stays_path, &institutions, as_of, &stays) < 0 ||
        tr_casefile_start(&app, &cases) < 0 ||
        (referrals_path && tr_casefile_referrals(&app, &cases, referrals_path, 0) < 0) ||
        tr_casefile_links(&app, &cases, links_path) < 0 ||
        tr_casefile_find(&app, &cases, events_path, &stays, as_of) < 0)
        goto out;
    listener = tr_app_listener(&app);
    holds = tr_cases_holds(&cases.cases, &stays);
    chosen = calloc(institutions.n + (size_t)1, sizeof *chosen);
    if (!chosen || !holds || tr_stays_tell_none(&stays, &institutions, &listener) < 0 ||
        tr_cases_tell_places(&cases.cases, &stays, holds, as_of, &listener) < 0) {
        tr_app_no_memory(&app);
        goto out;
    }
    if (tr_vacancies_count(&v, &institutions, &stays, holds, (enum tr_vacancy_by)by, as_of, &err) <
            0 ||
        (referrals_path && tr_vacancies_waiting(&v, &institutions, &cases, as_of, &err) < 0)) {
        tr_app_say(&app, &err);
        goto out;
    }
    n = public ? tr_vacancies_publish(&app.profile, &v, chosen) : 0;
    if (public && n == 0 && !allow_empty) {
        tr_err_set(&err, TR_E_PUBLIC_EMPTY, NULL, NULL, NULL);
        tr_app_say(&app, &err);
        goto out;
    }
    if (hsds)
        tr_vacancies_hsds(&app, &v, chosen, n, hsds);
    else if (expect)
        tr_vacancies_expect(&app, &v, &stays, holds, as_of, until, (enum tr_format)format, path);
    else if (public)
        tr_vacancies_public(&app, &v, chosen, n, as_of, (enum tr_format)format, path);
    else
        tr_vacancies_list(&app, &v, (enum tr_vacancy_by)by, (enum tr_format)format, path);
out:
    free(holds);
    tr_casefile_clear(&cases);
    free(chosen);
    tr_vacancies_clear(&v);
    tr_records_clear(&stays);
    tr_records_clear(&institutions);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
