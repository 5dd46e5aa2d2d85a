/* register-put: put records into the register, all of an input or nothing. */
#include <stdio.h>

#include "cli/register/register.h"

static const struct tr_example examples[] = {
    {"referral-import exports/*.csv | register-put reg.db", N_("referrals from exports")},
    {"register-put reg.db institutions.csv", N_("institutions, recognised by the header")},
    {NULL},
};

static void say_news(const struct tr_app *app, const struct tr_register_put *put)
{
    char number[3][24];

    if (put->purged > 0) {
        snprintf(number[0], sizeof number[0], "%llu", (unsigned long long)put->purged);
        tr_app_note(app,
                    put->bring_back ? N_("of who was purged, brought back: %1")
                                    : N_("of who was purged, left out: %1"),
                    number[0], NULL);
    }
    for (int i = 0; i < 3; i++)
        snprintf(number[i], sizeof number[i], "%llu", (unsigned long long)put->news[i]);
    tr_app_note(app, N_("new %1, same %2, changed %3"), number[TR_STORE_NEW], number[TR_STORE_SAME],
                number[TR_STORE_CHANGED], NULL);
}

int main(int argc, char **argv)
{
    const char *kind = NULL, *key_path = NULL, *timeout = NULL;
    struct tr_register_put put = {.kind = -1};
    char day[TR_DATE_LEN + 1];
    struct tr_reader_options reading = {0};
    bool bring_back = false;
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &put.day,
         .help = N_("the day from which this was known; today by default")},
        {"bring-back", .flag = &bring_back,
         .help = N_("also store what was purged; needs a reason, and is logged")},
        {"end", .flag = &put.end,
         .help = N_("store nothing unless the input ends with an end marker")},
        {"key", .arg = "FILE", .text = &key_path, .help = N_("the register’s key")},
        {"kind", .arg = "KIND", .text = &kind,
         .help = N_("the kind of records, if the header does not show it")},
        {"reason", .arg = "TEXT", .text = &put.bring_back,
         .help = N_("the reason, which is logged")},
        {"timeout", .arg = "SECONDS", .text = &timeout,
         .help = N_("how long to wait for other programs; 10 by default")},
        {NULL},
    };
    struct tr_app app = {
        .name = "register-put",
        .purpose = N_("store records in the register: the whole input or nothing"),
        .arguments = "register [file]",
        .options = options,
        .examples = examples,
        .max_arguments = 2,
        .reading = &reading,
    };
    struct tr_register r = {0};

    tr_app_start(&app, argc, argv);
    if (app.n_arguments == 0)
        tr_app_usage(&app, N_("name the register"), NULL, NULL);
    if (bring_back != (put.bring_back && *put.bring_back))
        tr_app_usage(&app, N_("--bring-back and --reason are used together"), NULL, NULL);
    tr_register_check_reason(&app, put.bring_back);
    if (kind)
        put.kind = tr_record_kind_find(tr_str(tr_app_choice(&app, tr_put_kind_names, kind)));
    put.path = app.n_arguments > 1 ? app.arguments_given[1] : "-";
    if (put.end && tr_register_puts_papers(&put))
        tr_app_usage(&app, N_("--end is not for papers, which have no end marker"), NULL, NULL);
    put.day = tr_app_iso_day(&app, "as-of", put.day, day);
    if (tr_register_open(&app, &r, app.arguments_given[0], TR_STORE_WRITE, timeout) == 0 &&
        tr_register_key(&r, key_path, true) == 0 && tr_register_ask_witness(&r) == 0 &&
        tr_register_put(&r, &put) == 0) {
        tr_register_tell_witness(&r, NULL);
        say_news(&app, &put);
    }
    tr_register_close(&r);
    return tr_app_end(&app);
}
