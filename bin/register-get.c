/* register-get: records out of the register, under pseudonyms unless there is a reason. */
#include "cli/register/register_case.h"
#include "cli/register/register_insight.h"

static const struct tr_example examples[] = {
    {"register-get reg.db referral --since=2022-08-01 | rop-group | needs-aggregate",
     N_("referrals since a day, counted")},
    {"register-get reg.db stay --as-of=2026-11-21", N_("as known on that day")},
    {"register-get reg.db case --id=R-2025-1030", N_("all of one person’s cases, in order")},
    {"register-get --with-identity --reason='asked to see it' --id=R-2025-1030 reg.db person",
     N_("everything about one person, for that person")},
    {NULL},
};

static int get_case(struct tr_app *app, const char *id, const char *as_of, const char *key_path,
                    const char *timeout, enum tr_format format, const char *path)
{
    struct tr_register r = {0};

    if (tr_register_open(app, &r, app->arguments_given[0], TR_STORE_READ, timeout) == 0 &&
        tr_register_key_at_hand(&r, key_path) == 0)
        tr_register_case(&r, id, as_of, format, path);
    tr_register_close(&r);
    return tr_app_end(app);
}

/* Everything about one person, as a document. */
static int get_person(struct tr_app *app, struct tr_person_asked *asked, const char *key_path,
                      const char *timeout, int format, int lang)
{
    struct tr_register r = {0};

    if ((asked->id != NULL) == (asked->person != NULL) || !asked->reason)
        tr_app_usage(app,
                     N_("person takes --id=REFERRAL or --person=PSEUDONYM, and --with-identity"),
                     NULL, NULL);
    if (format >= 0 && format < TR_AS_DOCUMENT)
        tr_app_usage(app, N_("person is a document: text, markdown, html, odt or pdf"), NULL, NULL);
    asked->format =
        tr_document_format_find(tr_record_formats[format < 0 ? TR_AS_DOCUMENT : format]);
    asked->lang = tr_app_language(app, lang);
    if (tr_register_open(app, &r, app->arguments_given[0], TR_STORE_WRITE, timeout) == 0 &&
        tr_register_key(&r, key_path, true) == 0 && tr_register_ask_witness(&r) == 0)
        tr_register_insight(&r, asked);
    tr_register_close(&r);
    return tr_app_end(app);
}

int main(int argc, char **argv)
{
    const char *as_of = NULL, *bydel = NULL, *key_path = NULL, *since = NULL, *timeout = NULL;
    struct tr_person_asked asked = {.id = NULL};
    bool identity = false;
    int format = -1, lang = -1;
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("as known on that day")},
        {"bydel", .arg = "NAME", .text = &bydel, .help = N_("only of this district")},
        {"format", .choice = &format, .choices = tr_record_formats,
         .help = N_("write a table; of person, text or another document")},
        {"id", .arg = "ID", .text = &asked.id, .help = N_("only this record")},
        {"key", .arg = "FILE", .text = &key_path,
         .help = N_("the register’s key: each record is checked against its mark")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"output", .letter = 'o', .arg = "FILE", .text = &asked.path,
         .help = N_("write to FILE instead of standard output")},
        {"person", .arg = "PSEUDONYM", .text = &asked.person,
         .help = N_("with kind person: whose, in place of --id")},
        {"reason", .arg = "TEXT", .text = &asked.reason, .help = N_("the reason, which is logged")},
        {"since", .arg = "DATE", .text = &since, .help = N_("only of that day or later")},
        {"timeout", .arg = "SECONDS", .text = &timeout,
         .help = N_("how long to wait for other programs; 10 by default")},
        {"with-identity", .flag = &identity,
         .help = N_("also write identities; needs a reason, and is logged first")},
        {NULL},
    };
    struct tr_app app = {
        .name = "register-get",
        .purpose =
            N_("write records from the register, without identities unless there is a reason"),
        .arguments = "register kind",
        .options = options,
        .examples = examples,
        .max_arguments = 2,
    };
    struct tr_store_query query = {0};
    char day[2][TR_DATE_LEN + 1];
    struct tr_register r = {0};

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 2)
        tr_app_usage(&app, N_("name the register and the kind of record"), NULL, NULL);
    if (identity != (asked.reason && *asked.reason))
        tr_app_usage(&app, N_("--with-identity and --reason are used together"), NULL, NULL);
    tr_register_check_reason(&app, asked.reason);
    tr_register_check_person(&app, asked.person);
    if (strcmp(app.arguments_given[1], "person") == 0 && !bydel && !since && !as_of)
        return get_person(&app, &asked, key_path, timeout, format, lang);
    if (asked.person || lang >= 0 || format >= TR_AS_DOCUMENT)
        tr_app_usage(&app, N_("--person, --lang and documents go with person, which has no days"),
                     NULL, NULL);
    if (format < 0)
        format = tr_record_is_paper(tr_record_kind_find(tr_str(app.arguments_given[1]))) ? TR_AS_JSONL
                                                                                         : TR_AS_CSV;
    if (identity && format > TR_AS_JSONL) /* drawn tables leave copies in memory that nobody wipes */
        tr_app_usage(&app, N_("identities are written as CSV or JSON Lines"), NULL, NULL);
    if (strcmp(app.arguments_given[1], "case") == 0) {
        if (!asked.id || bydel || since || identity)
            tr_app_usage(&app, N_("case takes --id=REFERRAL, and no --bydel, --since or identity"),
                         NULL, NULL);
        return get_case(&app, asked.id, as_of, key_path, timeout, (enum tr_format)format, asked.path);
    }
    query.kind = tr_str(tr_app_choice(&app, tr_kept_kind_names, app.arguments_given[1]));
    query.bydel = tr_app_district(&app, bydel);
    query.since = tr_str(tr_app_iso_day(&app, "since", since, day[0]));
    query.as_of = tr_str(tr_app_iso_day(&app, "as-of", as_of, day[1]));
    query.id = tr_str(asked.id);
    if (tr_register_open(&app, &r, app.arguments_given[0],
                         identity ? TR_STORE_WRITE : TR_STORE_READ, timeout) == 0 &&
        (identity || key_path ? tr_register_key(&r, key_path, true)
                              : tr_register_key_at_hand(&r, NULL)) == 0 &&
        (!identity || tr_register_ask_witness(&r) == 0))
        tr_register_show(&r, &query, (enum tr_format)format, identity ? asked.reason : NULL,
                         asked.path);
    tr_register_close(&r);
    return tr_app_end(&app);
}
