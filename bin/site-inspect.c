/* site-inspect: inspect sites: blank forms, what is lacking, and who lives there. */
#include <string.h>

#include "cli/input/inputs.h"
#include "cli/input/records.h"
#include "cli/work/inspecting.h"
#include "cli/writing/documents.h"

static const struct tr_example examples[] = {
    {"site-inspect --format=pdf --output=forms.pdf plan.csv",
     N_("a form for each site, to fill in on the spot")},
    {"site-inspect --format=csv plan.csv > forms.csv", N_("the same as a table")},
    {"site-inspect --filled=form-1.odt --filled=form-2.docx plan.csv",
     N_("which sites meet their standard, and what others lack")},
    {"site-inspect --residents=residents.csv plan.csv",
     N_("how many live in homes meant for others")},
    {NULL},
};

/* Raises the status when a site lacks something, or somebody lives in a home meant for others. */
static void judge(struct tr_app *app, const struct tr_records *found)
{
    bool wrong = false;

    for (uint32_t i = 0; i < found->n; i++) {
        const void *at = found->record + i * found->kind->size;

        if (found->kind == &tr_inspection_kind) {
            wrong |= ((const struct tr_inspection *)at)->unmet > 0;
        } else {
            const struct tr_mismatch *m = at;

            wrong |= m->other_group + m->other_standard + m->blended + m->crowded > 0;
        }
    }
    if (wrong)
        tr_app_raise(app, TR_EXIT_FOUND);
}

int main(int argc, char **argv)
{
    const char *path = NULL, *residents_path = NULL, *as_of = NULL;
    struct tr_texts filled = {.n = 0};
    int format = TR_AS_CSV, lang = -1, rc = 0;
    bool fields = false, found;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of,
         .help = N_("with --residents: who lives there on this day")},
        {"filled", .arg = "FILE", .texts = &filled,
         .help = N_("read forms that are filled in, and write what was found; can be repeated")},
        {"form", .flag = &fields, .help = N_("with fields to fill in; HTML and PDF only")},
        {"format", .choice = &format, .choices = tr_record_formats,
         .help = N_("write a table, or the forms in another format")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"residents", .arg = "FILE", .text = &residents_path,
         .help = N_("write how many live in homes meant for others, of those in FILE")},
        {NULL},
    };
    struct tr_app app = {
        .name = "site-inspect",
        .purpose = N_("write forms to inspect sites, and tell what is lacking and who lives there"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .reads_forms = true,
        .max_arguments = 1,
        .reading = &reading,
    };
    struct tr_records sites = {0}, residents = {0}, out = {0};
    struct tr_forms forms = {.n = 0};
    struct tr_site_rules rules;
    const struct tr_listener heard = tr_app_listener(&app);
    struct tr_err err;
    enum tr_lang language;

    tr_app_start(&app, argc, argv);
    found = filled.n > 0 || residents_path;
    if (filled.n > 0 && residents_path)
        tr_app_usage(&app, N_("--filled and --residents are different: choose one"), NULL, NULL);
    if (as_of && !residents_path)
        tr_app_usage(&app, N_("--as-of goes with --residents"), NULL, NULL);
    if (format >= TR_AS_DOCUMENT && found)
        tr_app_usage(&app, N_("what was found is a table, for table-render"), NULL, NULL);
    if (fields)
        tr_app_form_format(&app, tr_record_formats[format]);
    language = tr_app_language(&app, lang);
    if (tr_site_rules_load(&rules, &app.profile, &err) < 0)
        tr_app_fail(&app, &err);
    else if (tr_app_records(&app, &tr_inspected_kind,
                            app.n_arguments ? app.arguments_given[0] : "-", &sites) == 0 &&
             tr_forms_read(&app, &forms, &filled, &sites, &rules) == 0 &&
             (!residents_path ||
              tr_app_records(&app, &tr_resident_kind, residents_path, &residents) == 0)) {
        rc = filled.n > 0
                 ? tr_inspection_find(&out, &sites, forms.set, forms.n, &rules, language, &err)
             : residents_path
                 ? tr_mismatch_find(&out, &sites, &residents, &rules,
                                    as_of ? tr_app_day(&app, "as-of", as_of) : TR_NO_DAY, &heard, &err)
                 : tr_inspection_blank(&out, &sites, &rules, language, &err);
        if (rc < 0)
            tr_app_refuse(&app, &err);
        else if (format >= TR_AS_DOCUMENT)
            tr_forms_put(&app, &sites, &out, language, fields, tr_record_formats[format],
                         path);
        else if (tr_app_put_records(&app, &out, (enum tr_format)format, path) == 0 && found)
            judge(&app, &out);
    }
    tr_records_clear(&out);
    tr_forms_clear(&forms);
    tr_records_clear(&residents);
    tr_records_clear(&sites);
    return tr_app_end(&app);
}
