/* placement-match: give vacant places to those who wait, so that anybody can check it. */
#include "cli/app/output.h"
#include "cli/register/register.h"
#include "cli/work/placing.h"
#include "domain/placement/asking.h"

static const struct tr_example examples[] = {
    {"rop-group waiting.csv | placement-match --places=vacancies.csv --stays=stays.csv \\\n"
     "--certificate=cert.json > placements.csv",
     N_("place the people waiting, with a certificate")},
    {"placement-match --places=vacancies.csv --stays=stays.csv --summary waiting.csv | "
     "table-render",
     N_("compare the policies")},
    {"placement-match --places=vacancies.csv --stays=stays.csv --questions waiting.csv | "
     "table-render",
     N_("what to ask whom first")},
    {"placement-match --places=vacancies.csv --stays=stays.csv --add=I-16:3 --close=I-09 \\\n"
     "waiting.csv > what-if.csv",
     N_("three more places at one institution, another closed")},
    {NULL},
};

int main(int argc, char **argv)
{
    const char *places = NULL, *stays = NULL, *priority = NULL, *certificate = NULL, *path = NULL;
    const char *against = NULL, *events = NULL, *links = NULL, *reg_path = NULL, *referrals = NULL;
    int format = TR_FORMAT_CSV, policy = TR_PLACED_FIRST, rc;
    bool marginal = false, questions = false, summary = false;
    struct tr_texts add = {.n = 0}, close = {.n = 0};
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"add", .arg = "ID:PLACES", .texts = &add,
         .help = N_("what if institution ID had PLACES more places; can be repeated")},
        {"against", .arg = "PROFILE", .text = &against,
         .help = N_("write who would gain or lose by the change from PROFILE to --profile")},
        {"certificate", .arg = "FILE", .writes = true, .text = &certificate,
         .help = N_("write the proof of the result to FILE")},
        {"close", .arg = "ID", .texts = &close,
         .help = N_("what if institution ID took nobody; can be repeated")},
        {"events", .arg = "FILE", .text = &events,
         .help =
             N_("the log of cases: who withdrew, is on hold or lives in a home seeks no place")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"links", .arg = "FILE", .text = &links,
         .help = N_("referrals decided to be of one person get one place")},
        {"marginal", .flag = &marginal,
         .help = N_("write how many more people each extra place would house")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"places", .arg = "FILE", .text = &places, .help = N_("vacancies, from vacancy-list")},
        {"policy", .choice = &policy, .choices = tr_policy_names,
         .help = N_("place as many people as possible, or meet wishes first, or follow the "
                    "institutions’ own orders")},
        {"priority", .arg = "FILE", .text = &priority,
         .help = N_("own-priorities: the institutions’ own orders")},
        {"questions", .flag = &questions,
         .help = N_("write which questions to whom would let most people be placed")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take stays from the register, and referrals if no file is named")},
        {"stays", .arg = "FILE", .text = &stays,
         .help = N_("stays and offers: what was declined, and who already has a place")},
        {"summary", .flag = &summary, .help = N_("write what each policy would result in")},
        {NULL},
    };
    tr_wanted_tables wanted = {
        [TR_RECORD_REFERRAL] = &referrals, [TR_RECORD_STAY] = &stays, [TR_RECORD_EVENT] = &events,
        [TR_RECORD_LINK] = &links};
    struct tr_app app = {
        .name = "placement-match",
        .purpose = N_("allocate vacant places to people waiting, in a way anyone can check"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .reading = &reading,
    };
    struct tr_certificate c = {.round.as_of = TR_NO_DAY};
    struct tr_placing_inputs in;
    struct tr_register reg = {0};
    struct tr_records table = {0};
    const struct tr_records *written = &table;
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    c.policy = (enum tr_policy)policy;
    if (!places)
        tr_app_usage(&app, N_("--places=FILE is needed"), NULL, NULL);
    if (against && (reg_path || app.n_arguments == 0))
        tr_app_usage(&app, N_("--against reads its inputs twice: name files, and no register"),
                     NULL, NULL);
    if (against && (marginal || summary || questions || certificate))
        tr_app_usage(&app, N_("--against writes a table of its own, and no certificate"), NULL,
                     NULL);
    if (marginal + summary + questions > 1)
        tr_app_usage(&app,
                     N_("--marginal, --questions and --summary write different tables: choose one"),
                     NULL, NULL);
    if ((marginal || summary || questions) && certificate)
        tr_app_usage(&app,
                     N_("--certificate is not used with --marginal, --questions or --summary"),
                     NULL, NULL);
    if (certificate && strcmp(certificate, path ? path : "-") == 0)
        tr_app_usage(&app, N_("both parts cannot be written to ‘%1’"), certificate, NULL);
    if (priority && policy != TR_OWN_PRIORITIES && !summary)
        tr_app_usage(&app, N_("--priority is only used with --policy=own-priorities"), NULL, NULL);
    if (app.n_arguments)
        wanted[TR_RECORD_REFERRAL] = NULL;
    if (reg_path && tr_register_tables(&app, &reg, reg_path, wanted) < 0)
        goto out;
    in =
        (struct tr_placing_inputs){places, referrals, links, stays, events, priority, &add, &close};
    if (tr_placing_round(&app, &in, true, &c) < 0)
        goto out;
    if (against) {
        if (tr_placing_against(&app, against, &in, &c, &table) == 0)
            tr_app_put_records(&app, &table, (enum tr_format)format, path);
        goto out;
    }
    if (summary)
        rc = tr_policies_summarise(&table, &c.round, &err);
    else if (marginal)
        rc = tr_marginals_find(&table, &c.round, &err);
    else if (questions)
        rc = tr_askings_find(&table, &c.round, &err);
    else {
        rc = tr_placing_match(&c, &err);
        written = &c.placements;
        if (rc == 0)
            tr_placing_say_consents(&app, &c);
    }
    if (rc < 0) {
        tr_app_say(&app, &err);
        goto out;
    }
    if (certificate && tr_placing_write(&app, &c, certificate) < 0)
        goto out;
    tr_app_put_records(&app, written, (enum tr_format)format, path);
out:
    tr_records_clear(&table);
    tr_certificate_clear(&c);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
