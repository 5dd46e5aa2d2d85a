/* placement-verify: check placements against their certificate and the inputs. */
#include <stdio.h>

#include "cli/placing.h"
#include "cli/register/register.h"
#include "domain/placement/verify.h"

static const struct tr_example examples[] = {
    {"placement-verify --places=vacancies.csv --certificate=cert.json \\\n"
     "--referrals=grouped.csv placements.csv",
     N_("no output, and status 0, if everything holds")},
    {NULL},
};

/* The inputs taken in as placement-match does it, under the certificate's what-ifs and, where no
 * stays are given, with what it says of them. */
static int read_inputs(struct tr_app *app, const struct tr_certificate *claimed, const char *places,
                       const char *referrals, const char *links, const char *stays,
                       const char *events, const char *priority, struct tr_certificate *c)
{
    struct tr_casefile cases = {0};
    struct tr_err err;
    int rc;

    rc = tr_placing_places(app, places, &c->round) < 0 || tr_casefile_start(app, &cases) < 0 ||
                 tr_placing_referrals(app, referrals, links, false, &cases, &c->round) < 0 ||
                 tr_placing_stays(app, stays, events, &cases, &c->round) < 0 ||
                 tr_placing_own(app, priority, &c->own) < 0
             ? -1
             : 0;
    tr_casefile_clear(&cases);
    if (rc < 0)
        return -1;
    if (!stays && !events)
        tr_round_standing(&c->round, &claimed->round.referrals);
    if (tr_placing_persons(app, false, &c->round) < 0)
        return -1;
    if (tr_what_if_apply(&c->round.places, &claimed->what_if, &err) < 0 ||
        tr_round_order(&c->round, &err) < 0)
        return tr_app_fail(app, &err);
    c->policy = claimed->policy; /* part of what tokens are made of */
    if (tr_certificate_persons(c, &err) < 0)
        return tr_app_fail(app, &err);
    return 0;
}

/* Whether the certificate is about these inputs: what it holds, and the hashes that it states. */
static int compare_inputs(struct tr_app *app, const struct tr_certificate_read *read,
                          const struct tr_certificate *inputs, bool priority)
{
    char hash[2][64];
    struct tr_err err;
    int faults = 0;

    if (read->c.round.as_of != inputs->round.as_of) {
        tr_err_set(&err, TR_E_INPUT_DIFFERS, "as_of", NULL, NULL);
        tr_app_say(app, &err);
        faults++;
    }
    for (int i = 0; i < TR_N_CERTIFICATE_INPUTS; i++) {
        const struct tr_certificate *given =
            i == TR_INPUT_PRIORITY && !priority ? &read->c : inputs;

        if (tr_certificate_hash(given, (enum tr_certificate_input)i, hash[0], &err) < 0 ||
            tr_certificate_hash(&read->c, (enum tr_certificate_input)i, hash[1], &err) < 0)
            return tr_app_fail(app, &err);
        if (memcmp(hash[0], hash[1], sizeof *hash) == 0 &&
            memcmp(hash[0], read->claimed[i], sizeof *hash) == 0)
            continue;
        tr_err_set(&err, TR_E_INPUT_DIFFERS, tr_certificate_input_names[i], NULL, NULL);
        tr_app_say(app, &err);
        faults++;
    }
    return faults;
}

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
    struct tr_listener listener;
    struct tr_err err;
    int faults;

    tr_app_start(&app, argc, argv);
    listener = tr_app_listener(&app);
    if (!places || !certificate || !(referrals || reg_path))
        tr_app_usage(&app, N_("--places, --certificate and --referrals are needed"), NULL, NULL);
    if ((reg_path && tr_register_tables(&app, &reg, reg_path, wanted) < 0) ||
        tr_placing_certificate(&app, certificate, &read) < 0 ||
        tr_app_records(&app, &tr_placement_kind, app.n_arguments ? app.arguments_given[0] : "-",
                       &result) < 0 ||
        read_inputs(&app, &read.c, places, referrals, links, stays, events, priority, &inputs) < 0)
        goto out;
    if (!read.sealed) {
        tr_err_set(&err, TR_E_SEAL, NULL, NULL, NULL);
        err.source = certificate;
        tr_app_say(&app, &err);
    }
    faults = compare_inputs(&app, &read, &inputs, priority != NULL);
    if (tr_verify(&read.c, &listener, &err) < 0)
        tr_app_say(&app, &err);
    faults += tr_verify_result(&read.c, &result, &listener);
    if (app.status == 0 && faults == 0 && app.verbose)
        say_verified(&app, &read.c);
out:
    tr_records_clear(&result);
    tr_certificate_clear(&inputs);
    tr_certificate_clear(&read.c);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
