/* meeting-invite: invitations to meetings, as requests that calendars answer. */
#include "cli/register/inviting.h"

static const struct tr_example examples[] = {
    {"meeting-invite papers.jsonl > invitation.ics", N_("an invitation to send by mail")},
    {"meeting-invite --as-of=2026-11-21 -o innkallinger/ papers.jsonl",
     N_("all meetings from a day on, a file each")},
    {"meeting-invite --register=reg.db --case=C-2026-014 --with-identity \\\n"
     "    --reason='invites to the meeting' > invitation.ics",
     N_("what the register has, to the contacts of the day")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_inviting w = {.since = TR_NO_DAY};
    const char *as_of = NULL;
    bool identity = false;
    int lang = -1;
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("only meetings of this day or later")},
        {"case", .arg = "ID", .text = &w.case_id, .help = N_("only this case")},
        {"key", .arg = "FILE", .text = &w.key_path, .help = N_("the register’s key")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"output", .letter = 'o', .arg = "FILE", .text = &w.path,
         .help = N_("write to FILE instead of standard output; with DIR/, one file per meeting")},
        {"reason", .arg = "TEXT", .text = &w.reason, .help = N_("the reason, which is logged")},
        {"register", .arg = "REGISTER", .text = &w.register_path,
         .help = N_("take the papers of one case from the register")},
        {"with-identity", .flag = &identity,
         .help = N_("with --register: open the papers; needs a reason, and is logged first")},
        {NULL},
    };
    struct tr_app app = {
        .name = "meeting-invite",
        .purpose = N_("write invitations to meetings as requests for calendars"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
    };

    tr_app_start(&app, argc, argv);
    if (w.register_path && (!w.case_id || !identity || app.n_arguments))
        tr_app_usage(&app, N_("--register takes --case and --with-identity, and no file"), NULL, NULL);
    if (identity != (w.reason && *w.reason) || (identity && !w.register_path))
        tr_app_usage(&app, N_("--with-identity and --reason are used together, with --register"), NULL,
                     NULL);
    tr_register_check_reason(&app, w.reason);
    if (as_of)
        w.since = tr_app_day(&app, "as-of", as_of);
    w.lang = tr_app_language(&app, lang);
    tr_inviting_run(&app, &w);
    return tr_app_end(&app);
}
