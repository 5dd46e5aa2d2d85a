/* plan-verify: check a plan of homes against its certificate and the rules. */
#include <stdio.h>

#include "cli/input/inputs.h"
#include "cli/input/records.h"
#include "cli/work/planning.h"
#include "domain/homes/homes_verify.h"

static const struct tr_example examples[] = {
    {"plan-verify --certificate=proof.csv --needs=needs.csv plan.csv",
     N_("no output, and status 0, if the plan holds and none is better")},
    {NULL},
};

static void say_verified(const struct tr_app *app, const struct tr_homes_claim *claim)
{
    char sites[24], proofs[24];

    snprintf(sites, sizeof sites, "%u", claim->sites->n);
    snprintf(proofs, sizeof proofs, "%u", claim->proofs->n);
    tr_app_note(app, N_("%1 rows hold, and no plan is better: %2 groups of districts"), sites,
                proofs, NULL);
}

int main(int argc, char **argv)
{
    const char *certificate = NULL, *districts = NULL, *needs = NULL;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"certificate", .arg = "FILE", .text = &certificate, .help = N_("the certificate")},
        {"districts", .arg = "FILE", .text = &districts,
         .help = N_("districts with their sectors, as needs-plan was given them")},
        {"needs", .arg = "FILE", .text = &needs,
         .help = N_("the table of needs, to compare it too")},
        {NULL},
    };
    struct tr_app app = {
        .name = "plan-verify",
        .purpose = N_("check a plan of homes against its certificate and the rules"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };
    struct tr_records sites = {0}, proofs = {0};
    struct tr_site_rules rules;
    struct tr_table own = {0};
    struct tr_demand demand = {0};
    struct tr_homes_claim claim = {&sites, &proofs, &rules, NULL, NULL};
    struct tr_listener listener;
    struct tr_err err;
    int faults;

    tr_app_start(&app, argc, argv);
    listener = tr_app_listener(&app);
    if (!certificate)
        tr_app_usage(&app, N_("--certificate=FILE is needed"), NULL, NULL);
    if (tr_site_rules_load(&rules, &app.profile, &err) < 0) {
        tr_app_say(&app, &err);
        goto out;
    }
    if ((districts && tr_app_table(&app, districts, "code", &own) < 0) ||
        tr_app_records(&app, &tr_site_proof_kind, certificate, &proofs) < 0 ||
        tr_app_records(&app, &tr_site_brief_kind, app.n_arguments ? app.arguments_given[0] : "-",
                       &sites) < 0)
        goto out;
    claim.districts = districts ? &own : &app.profile.table[TR_T_DISTRICTS];
    if (tr_demand_start(&demand, &rules, claim.districts, &err) < 0) {
        tr_app_say(&app, &err);
        goto out;
    }
    if (needs && tr_planning_needs(&app, &demand, needs) < 0)
        goto out;
    claim.needs = needs ? &demand : NULL;
    faults = tr_homes_verify(&claim, &listener, &err);
    if (faults < 0)
        tr_app_say(&app, &err);
    if (app.status == 0 && faults == 0 && app.verbose)
        say_verified(&app, &claim);
out:
    tr_demand_clear(&demand);
    tr_table_clear(&own);
    tr_records_clear(&sites);
    tr_records_clear(&proofs);
    return tr_app_end(&app);
}
