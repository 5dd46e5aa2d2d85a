/* placement-verify: check placements against their certificate and the inputs. */
#include <stdio.h>

#include "cli/register/register.h"
#include "cli/work/placing.h"
#include "domain/placement/verify.h"

static const struct tr_example examples[] = {
    {"placement-verify --places=vacancies.csv --certificate=cert.json \\\n"
     "--referrals=grouped.csv placements.csv",
     N_("no output, and status 0, if everything holds")},
    {NULL},
};

static void say_verified(const struct tr_app *app, const struct tr_certificate *c)
{
    char referrals[24], institutions[24];

    snprintf(referrals, sizeof referrals, "%u", c->round.referrals.n);
    snprintf(institutions, sizeof institutions, "%u", c->round.places.n);
    tr_app_note(app, N_("every guarantee of %1 holds: %2 referrals, %3 institutions"),
                tr_policy_names[c->policy], referrals, institutions, NULL);
}

int main(int argc, char **argv)
{
    const char *places = NULL, *certificate = NULL, *referrals = NULL, *stays = NULL;
    const char *events = NULL, *links = NULL, *priority = NULL, *reg_path = NULL;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"certificate", .arg = "FILE", .text = &certificate, .help = N_("the certificate")},
        {"events", .arg = "FILE", .text = &events,
         .help = N_("the log of cases, to compare it too")},
        {"links", .arg = "FILE", .text = &links,
         .help = N_("referrals decided to be of one person, as in the round")},
        {"places", .arg = "FILE", .text = &places, .help = N_("the vacancies of the round")},
        {"priority", .arg = "FILE", .text = &priority,
         .help = N_("the institutions’ own orders, to compare them too")},
        {"referrals", .arg = "FILE", .text = &referrals, .help = N_("the referrals")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take referrals and stays that no file is given for from the register")},
        {"stays", .arg = "FILE", .text = &stays, .help = N_("the stays, to compare them too")},
        {NULL},
    };
    const tr_wanted_tables wanted = {
        [TR_RECORD_REFERRAL] = &referrals, [TR_RECORD_STAY] = &stays, [TR_RECORD_EVENT] = &events,
        [TR_RECORD_LINK] = &links};
    struct tr_app app = {
        .name = "placement-verify",
        .purpose = N_("check placements against their certificate and the inputs"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };
    struct tr_certificate_read read = {0};
    struct tr_certificate inputs = {.round.as_of = TR_NO_DAY};
    struct tr_records result = {0};
    struct tr_register reg = {0};
    struct tr_buf text = {0};
    struct tr_listener listener;
    struct tr_err err;
    int faults;

    tr_app_start(&app, argc, argv);
    listener = tr_app_listener(&app);
    if (!places || !certificate || !(referrals || reg_path))
        tr_app_usage(&app, N_("--places, --certificate and --referrals are needed"), NULL, NULL);
    if ((reg_path && tr_register_tables(&app, &reg, reg_path, wanted) < 0) ||
        tr_placing_claim(&app, certificate, &text, &read) < 0 ||
        tr_app_records(&app, &tr_placement_kind, app.n_arguments ? app.arguments_given[0] : "-",
                       &result) < 0 ||
        tr_placing_again(&app,
                         &(struct tr_placing_inputs){.places = places,
                                                     .referrals = referrals,
                                                     .links = links,
                                                     .stays = stays,
                                                     .events = events,
                                                     .priority = priority},
                         &read, &inputs) < 0 ||
        tr_placing_claimed(&app, &inputs, &result, &read) < 0)
        goto out;
    if (!read.sealed) {
        tr_err_set(&err, TR_E_SEAL, NULL, NULL, NULL);
        err.source = certificate;
        tr_app_say(&app, &err);
    }
    faults = tr_placing_compare(&app, &read, &inputs, priority != NULL);
    if (tr_verify(&read.c, &listener, &err) < 0)
        tr_app_say(&app, &err);
    faults += tr_verify_result(&read.c, &result, &listener);
    if (app.status == 0 && faults == 0 && app.verbose)
        say_verified(&app, &read.c);
out:
    tr_records_clear(&result);
    tr_certificate_clear(&inputs);
    tr_certificate_read_clear(&read);
    tr_buf_clear(&text);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
