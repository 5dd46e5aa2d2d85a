/* service-list: what services there are, for a group or a need, and what is open. */
#include <stdlib.h>

#include "cli/writing/documents.h"
#include "doc/content/catalogue.h"

static const struct tr_example examples[] = {
    {"service-list --group=4", N_("the services for group 4, as CSV")},
    {"service-list --group=4 --format=pdf -o tjenester.pdf",
     N_("the same as a document to hand out")},
    {"service-list --need=bolig --format=text", N_("services for a need")},
    {"service-list --open --as-of=2026-11-20T10:30 --format=text",
     N_("what is open at a given time")},
    {NULL},
};

struct wanted {
    int32_t group, need, provider; /* entries of their lists; -1: any */
    bool open;
};

static bool has(uint64_t codes, int32_t code)
{
    return code < 0 || codes >> code & 1;
}

/* Fills chosen; returns how many. */
static uint32_t choose(const struct tr_records *services, const struct wanted *w, uint32_t *chosen)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < services->n; i++) {
        const struct tr_service *s = tr_service(services, i);

        if (has(s->groups, w->group) && has(s->needs, w->need) &&
            (w->provider < 0 || s->provider == w->provider) && (!w->open || s->open == 1))
            chosen[n++] = i;
    }
    return n;
}

static void put_records(struct tr_app *app, struct tr_records *services, const uint32_t *chosen,
                        uint32_t n, enum tr_format format, const char *path)
{
    struct tr_output output;

    for (uint32_t i = 0; i < n; i++) /* chosen[i] >= i: nothing is lost */
        *tr_service(services, i) = *tr_service(services, chosen[i]);
    if (tr_output_table(app, &output, path, true, format) < 0)
        return;
    tr_kind_write(&tr_service_kind, &app->profile, services->record, n, format, &output.out);
    tr_output_close(app, &output, true);
}

int main(int argc, char **argv)
{
    const char *as_of = NULL, *group = NULL, *need = NULL, *path = NULL, *provider = NULL;
    struct tr_moment at = {TR_NO_DAY, -1};
    struct wanted w = {-1, -1, -1, false};
    int format = TR_AS_CSV, lang = -1;
    const struct tr_option options[] = {
        {"as-of", .arg = "MOMENT", .text = &as_of,
         .help = N_("show what is open at this time: 2026-11-20 or 2026-11-20T10:30")},
        {"format", .choice = &format, .choices = tr_record_formats,
         .help = N_("write CSV, JSON Lines or a document")},
        {"group", .arg = "N", .text = &group, .help = N_("only for this ROP group")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"need", .arg = "NEED", .text = &need, .help = N_("only for this need")},
        {"open", .flag = &w.open, .help = N_("only what is open at the time of --as-of")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"provider", .arg = "PROVIDER", .text = &provider, .help = N_("only of this provider")},
        {NULL},
    };
    struct tr_app app = {
        .name = "service-list",
        .purpose = N_("list the services for a group or a need, and what is open"),
        .arguments = "",
        .options = options,
        .examples = examples,
        .max_arguments = 0,
    };
    struct tr_records services = {0};
    struct tr_document d = {0};
    uint32_t *chosen = NULL, n;
    struct tr_err err;
    enum tr_lang in;

    tr_app_start(&app, argc, argv);
    if (w.open && !as_of)
        tr_app_usage(&app, N_("--open needs --as-of=MOMENT"), NULL, NULL);
    if (as_of && !tr_moment_parse(tr_str(as_of), &at))
        tr_app_usage(&app, N_("--as-of is a time such as 2026-11-20T10:30, not ‘%1’"), as_of, NULL);
    w.group = group ? tr_app_code(&app, "rop_group", group) : -1;
    w.need = need ? tr_app_code(&app, "need", need) : -1;
    w.provider = provider ? tr_app_code(&app, "provider", provider) : -1;
    in = tr_app_language(&app, lang);
    if (tr_services_load(&services, &app.profile, in, at, &err) < 0) {
        tr_app_fail(&app, &err);
        goto out;
    }
    chosen = calloc(services.n + (size_t)1, sizeof *chosen);
    if (!chosen) {
        tr_app_no_memory(&app);
        goto out;
    }
    n = choose(&services, &w, chosen);
    if (format < TR_AS_DOCUMENT) {
        put_records(&app, &services, chosen, n, (enum tr_format)format, path);
        goto out;
    }
    tr_document_start(&d, &app.profile, in, (struct tr_str){0},
                      tr_profile_value(&app.profile, "agency"), (struct tr_str){0});
    tr_catalogue_make(&d, &services, chosen, n, w.group, w.need);
    tr_document_put(&app, &d, tr_document_format_find(tr_record_formats[format]), path, true);
out:
    tr_document_clear(&d);
    free(chosen);
    tr_records_clear(&services);
    return tr_app_end(&app);
}
