/* privacy-export: the record of processing, the impact assessment, and where requirements are met. */
#include <stdio.h>

#include "cli/register/register.h"
#include "cli/writing/documents.h"
#include "doc/content/privacy.h"

enum { PATH_BYTES = 4096 };

static const struct tr_example examples[] = {
    {"privacy-export --format=odt -o protokoll.odt record",
     N_("the record of processing, to fill in")},
    {"privacy-export --format=odt -o vurdering.odt assessment",
     N_("the assessment of impacts, to fill in")},
    {"privacy-export --format=pdf -o krav.pdf requirements",
     N_("what the law asks for, and where it is met")},
    {NULL},
};

static const char *const documents[] = {"record", "assessment", "requirements", NULL};
static const char *const languages[] = {"nb", "nn", NULL};

static void list_kinds(struct tr_privacy_kind out[TR_N_RECORD_KINDS + 1])
{
    int n = 0;

    for (enum tr_record_kind k = 0; k < TR_RECORD_IDENTITY; k++)
        if (tr_record_kind(k))
            out[n++] = (struct tr_privacy_kind){tr_record_kind_names[k], tr_record_kind(k)};
    out[n].name = NULL;
}

static int make(struct tr_app *app, struct tr_document *d, enum tr_lang lang, const char *day,
                const char *path)
{
    struct tr_privacy_kind kinds[TR_N_RECORD_KINDS + 1];
    struct tr_table template = {0};
    struct tr_reader_options options = {0};
    struct tr_err err;
    int rc = tr_table_load(&template, path, &options, &err);

    list_kinds(kinds);
    tr_document_start(d, &app->profile, lang, (struct tr_str){0},
                      tr_profile_value(&app->profile, "agency"), tr_str(day));
    if (rc == 0)
        rc = tr_privacy_make(d, &(struct tr_privacy){&template, kinds}, &err);
    if (rc < 0)
        tr_app_fail(app, &err);
    tr_table_clear(&template);
    return rc;
}

int main(int argc, char **argv)
{
    const char *as_of = NULL, *path = NULL, *template = NULL, *document;
    int format = TR_DOCUMENT_TEXT, lang = -1;
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the date of the document")},
        {"format", .choice = &format, .choices = tr_document_names,
         .help = N_("format of the document; text by default")},
        {"lang", .choice = &lang, .choices = languages,
         .help = N_("Bokmål or Nynorsk; by default the language of the profile")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"template", .arg = "FILE", .text = &template,
         .help = N_("a template of your own, instead of the one supplied")},
        {NULL},
    };
    struct tr_app app = {
        .name = "privacy-export",
        .purpose = N_("write what the controller must document, filled in from the profile"),
        .arguments = "document",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
    };
    struct tr_document d = {0};
    char day[TR_DATE_LEN + 1], shipped[PATH_BYTES];

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 1)
        tr_app_usage(&app, N_("name the document: record, assessment or requirements"), NULL, NULL);
    document = tr_app_choice(&app, documents, app.arguments_given[0]);
    as_of = tr_app_iso_day(&app, "as-of", as_of, day);
    snprintf(shipped, sizeof shipped, "%s/privacy/%s.csv", app.share ? app.share : ".", document);
    if (make(&app, &d, tr_app_language(&app, lang) == TR_NN ? TR_NN : TR_NB, as_of,
             template ? template : shipped) == 0)
        tr_document_put(&app, &d, &tr_document_formats[format], path, true);
    tr_document_clear(&d);
    return tr_app_end(&app);
}
