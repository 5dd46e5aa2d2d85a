/* referral-link: referrals that are probably of one person though no number says so. */
#include "cli/app/output.h"
#include "cli/input/records.h"
#include "cli/input/referrals.h"
#include "cli/register/register.h"
#include "domain/referral/link.h"

static const struct tr_example examples[] = {
    {"referral-link exports/*.csv > pairs.csv",
     N_("pairs to look at; decide them in a spreadsheet")},
    {"referral-link --links=links.csv exports/*.csv", N_("only what is not decided there")},
    {NULL},
};

struct linking {
    struct tr_referrals referrals;
    struct tr_linking *linking;
};

static int take_referral(void *cookie, const struct tr_row *row)
{
    struct linking *k = cookie;

    (void)row;
    return tr_linking_add(k->linking, k->referrals.referral.v) < 0
               ? tr_app_no_memory(k->referrals.app)
               : 0;
}

static int read_all(struct tr_app *app, struct linking *k)
{
    int rc = -1;

    k->linking = tr_linking_new();
    if (!k->linking)
        return tr_app_no_memory(app);
    if (tr_referrals_open(app, &k->referrals, NULL) == 0 &&
        tr_referrals_bind_all(&k->referrals, TR_WANT_REFERRAL) == 0)
        rc = 0;
    for (int i = 0; rc == 0 && i < k->referrals.inputs.n; i++)
        rc = tr_referrals_read(&k->referrals, i, TR_WANT_REFERRAL, true, take_referral, k);
    tr_referrals_close(&k->referrals, rc == 0);
    return rc;
}

int main(int argc, char **argv)
{
    const char *path = NULL, *links = NULL, *register_path = NULL;
    int format = TR_FORMAT_CSV;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"links", .arg = "FILE", .text = &links,
         .help = N_("what was decided: these pairs are left out, and held against the numbers")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"register", .arg = "REGISTER", .text = &register_path,
         .help = N_("take what was decided from the register")},
        {NULL},
    };
    const tr_wanted_tables wanted = {[TR_RECORD_LINK] = &links};
    struct tr_app app = {
        .name = "referral-link",
        .purpose = N_("list referrals that are probably of one person"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .reading = &reading,
    };
    struct linking k = {0};
    struct tr_records decided = {0}, pairs = {0};
    struct tr_link_rules rules;
    struct tr_register reg = {0};
    struct tr_listener listener;
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    listener = tr_app_listener(&app);
    tr_records_start(&pairs, &tr_link_kind, &app.profile, NULL);
    if (register_path && tr_register_tables(&app, &reg, register_path, wanted) < 0)
        goto out;
    if (links && tr_app_records(&app, &tr_link_kind, links, &decided) < 0)
        goto out;
    if (tr_link_rules_load(&rules, &app.profile, &err) < 0) {
        tr_app_say(&app, &err);
        goto out;
    }
    if (read_all(&app, &k) < 0)
        goto out;
    tr_linking_check(k.linking, &decided, &listener);
    if (tr_linking_find(k.linking, &rules, &decided, &pairs, &err) < 0)
        tr_app_say(&app, &err);
    else
        tr_app_put_records(&app, &pairs, (enum tr_format)format, path);
out:
    tr_linking_free(k.linking);
    tr_register_close(&reg);
    tr_records_clear(&decided);
    tr_records_clear(&pairs);
    return tr_app_end(&app);
}
