/* needs-plan: plan sites for those who need a home with others. */
#include <stdio.h>
#include <string.h>

#include "cli/inputs.h"
#include "cli/records.h"
#include "domain/homes/homes.h"
#include "domain/profile/plain.h"
#include "domain/survey/needs.h"

static const char *const languages[TR_N_LANGS + 1] = {
    [TR_NB] = "nb", [TR_NN] = "nn", [TR_EN] = "en"};

static const struct tr_example examples[] = {
    {"needs-aggregate exports/*.csv | needs-plan --join=any > plan.csv",
     N_("the best plan, where every district may share a site with every other")},
    {"needs-plan --join=alone --certificate=proof.csv needs.csv > plan.csv",
     N_("each district by itself, with the proof that no plan is better")},
    {"needs-plan --summary needs.csv | table-render", N_("what it adds up to")},
    {NULL},
};

static int add_table(struct tr_app *app, struct tr_demand *d, const char *path, bool sums)
{
    struct tr_table t = {0};
    struct tr_err err;
    int rc;

    tr_app_await(app, path);
    rc = tr_table_load(&t, path, app->reading, &err);
    if (rc == 0) {
        tr_plain_table(&app->profile, &t);
        rc = (sums ? tr_needs_check_sums(&app->profile, &t, &err) : 0) < 0 ||
                     tr_demand_add(d, &t, &err) < 0
                 ? -1
                 : 0;
    }
    if (rc < 0) {
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_DATA); /* a table is right or refused, whatever its fault */
    }
    tr_table_clear(&t);
    return rc;
}

/* The rules of the types asked for; by default of those with a base. */
static uint64_t choose_rules(struct tr_app *app, const struct tr_site_rules *rules,
                             const struct tr_texts *types)
{
    uint64_t chosen = 0;

    for (int i = 0; i < rules->n && types->n == 0; i++)
        chosen |= (uint64_t)rules->rule[i].base << i;
    for (int i = 0; i < types->n; i++) {
        const struct tr_site_rule *rule =
            tr_site_rule_of(rules, tr_app_code(app, "housing_type", types->at[i]));

        if (!rule)
            tr_app_usage(app, N_("--type: no site is built for ‘%1’"), types->at[i], NULL);
        chosen |= UINT64_C(1) << (rule - rules->rule);
    }
    return chosen;
}

/* Says who has no site. */
static void say_waiting(struct tr_app *app, const struct tr_demand *d,
                        const struct tr_records *sums)
{
    struct tr_err err;
    char number[24];

    for (uint32_t i = 0; i + 1 < sums->n; i++) {
        const struct tr_homes_sum *sum = (const struct tr_homes_sum *)(void *)sums->record + i;
        char type[64];

        if (sum->waiting == 0)
            continue;
        tr_err_copy(type, sizeof type, sum->housing_type);
        snprintf(number, sizeof number, "%d", sum->waiting);
        tr_err_set(&err, TR_W_SITE_WAITING, type, number, NULL);
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_FOUND);
    }
    if (d->nowhere > 0) {
        tr_err_num(&err, TR_W_SITE_NOWHERE, d->nowhere);
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_FOUND);
    }
}

int main(int argc, char **argv)
{
    const char *path = NULL, *certificate = NULL, *districts = NULL;
    struct tr_reader_options reading = {0};
    struct tr_texts types = {.n = 0};
    bool summary = false;
    int format = TR_FORMAT_CSV, lang = -1, join = -1;
    const struct tr_option options[] = {
        {"certificate", .arg = "FILE", .writes = true, .text = &certificate,
         .help = N_("write the proof that no plan is better to FILE")},
        {"districts", .arg = "FILE", .text = &districts,
         .help = N_("districts with their sectors, instead of those of the profile")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV or JSON Lines")},
        {"join", .choice = &join, .choices = tr_join_names,
         .help = N_("which districts may share a site; by default as the profile says")},
        {"lang", .choice = &lang, .choices = languages,
         .help = N_("texts in Bokmål, Nynorsk or English; by default the language of the profile")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"summary", .flag = &summary, .help = N_("write what the plan adds up to")},
        {"type", .arg = "TYPE", .texts = &types,
         .help = N_("plan for this housing type, instead of all with a base; can be repeated")},
        {NULL},
    };
    struct tr_app app = {
        .name = "needs-plan",
        .purpose = N_("plan sites for those who need a home with others"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .reading = &reading,
    };
    struct tr_site_rules rules;
    struct tr_table own = {0};
    struct tr_demand demand = {0};
    struct tr_homes_choice choice;
    struct tr_homes plan = {0};
    struct tr_records sums = {0};
    struct tr_err err;
    int rc;

    tr_app_start(&app, argc, argv);
    if (certificate && strcmp(certificate, path ? path : "-") == 0)
        tr_app_usage(&app, N_("both parts cannot be written to ‘%1’"), certificate, NULL);
    rc = tr_site_rules_load(&rules, &app.profile, &err);
    if (rc == 0 && rules.n == 0)
        rc = tr_err_set(&err, TR_E_SITE_NO_RULES, NULL, NULL, NULL);
    if (rc < 0 || (districts && (rc = tr_table_load(&own, districts, &reading, &err)) < 0) ||
        (rc = tr_demand_start(&demand, &rules,
                              districts ? &own : &app.profile.table[TR_T_DISTRICTS], &err)) < 0) {
        tr_app_say(&app, &err);
        goto out;
    }
    choice = (struct tr_homes_choice){choose_rules(&app, &rules, &types), join,
                                      tr_app_language(&app, lang)};
    for (int i = 0; i < app.n_arguments || i == 0; i++)
        if (add_table(&app, &demand, app.n_arguments ? app.arguments_given[i] : "-", !districts) <
            0)
            goto out;
    if (tr_homes_make(&plan, &demand, &choice, &err) < 0 ||
        tr_homes_sum_up(&sums, &plan, &err) < 0) {
        tr_app_say(&app, &err);
        goto out;
    }
    say_waiting(&app, &demand, &sums);
    if (certificate && tr_app_put_records(&app, &plan.proofs, TR_FORMAT_CSV, certificate) < 0)
        goto out;
    tr_app_put_records(&app, summary ? &sums : &plan.sites, (enum tr_format)format, path);
out:
    tr_records_clear(&sums);
    tr_homes_clear(&plan);
    tr_demand_clear(&demand);
    tr_table_clear(&own);
    return tr_app_end(&app);
}
