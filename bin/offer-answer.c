/* offer-answer: what became of an offer or a stay, as the state of the case allows. */
#include "cli/register/desk.h"

static const struct tr_example examples[] = {
    {"offer-answer --register=reg.db --referral=R-2026-0026 --as-of=2026-11-23 accepted",
     N_("the person takes the place")},
    {"offer-answer --register=reg.db --referral=R-2026-0034 --as-of=2026-11-23 \\\n"
     "--reason=not_now declined",
     N_("the person does not, for a reason")},
    {NULL},
};

/* The answer and what belongs to it; anything else is a usage error. */
static void read_answer(struct tr_app *app, const char *reason, const char *to, const char *until,
                        struct tr_answering *out)
{
    const char *name = tr_app_choice(app, tr_answer_names, app->arguments_given[0]);

    *out = (struct tr_answering){.reason = -1, .until = TR_NO_DAY};
    while (strcmp(tr_answer_names[out->answer], name) != 0)
        out->answer++;
    if ((out->answer == TR_ANSWER_DECLINED) != (reason != NULL))
        tr_app_usage(app, N_("declined and --reason=CODE are used together"), NULL, NULL);
    if ((out->answer == TR_ANSWER_TRANSFER) != (to != NULL))
        tr_app_usage(app, N_("transfer and --to=INSTITUTION are used together"), NULL, NULL);
    if (until && out->answer != TR_ANSWER_MOVED_OUT)
        tr_app_usage(app, N_("--return-until is only used with moved-out"), NULL, NULL);
    if (reason)
        out->reason = tr_app_code(app, "decline_reason", reason);
    if (until)
        out->until = tr_app_day(app, "return-until", until);
    out->to = tr_str(to);
}

static int answer(struct tr_app *app, struct tr_register_desk *d, const char *stay,
                  const char *referral, const struct tr_answering *a)
{
    struct tr_err err;
    int found = tr_act_find(&d->desk, tr_str(stay), tr_str(referral), a->answer, &err);

    if (found < 0 || tr_act_answer(&d->desk, (uint32_t)found, a, &err) < 0) {
        err.source = app->register_name;
        return tr_app_fail(app, &err);
    }
    return tr_app_put_records(app, &d->made, TR_FORMAT_CSV, NULL) < 0 ? -1 : tr_desk_commit(d);
}

int main(int argc, char **argv)
{
    const char *stay = NULL, *referral = NULL, *reason = NULL, *to = NULL, *until = NULL;
    struct tr_desk_options at = {0};
    struct tr_answering given;
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &at.as_of,
         .help = N_("the day of the answer; today by default")},
        {"key", .arg = "FILE", .text = &at.key, .help = N_("the register’s key")},
        {"reason", .arg = "CODE", .text = &reason, .help = N_("with declined: why")},
        {"referral", .arg = "ID", .text = &referral,
         .help = N_("the referral, if it has one stay that can be answered so")},
        {"register", .arg = "REGISTER", .text = &at.path,
         .help = N_("the register that has the stay")},
        {"return-until", .arg = "DATE", .text = &until,
         .help = N_("with moved-out: the person may return to a self-referred place until DATE")},
        {"stay", .arg = "ID", .text = &stay, .help = N_("the stay")},
        {"timeout", .arg = "SECONDS", .text = &at.timeout,
         .help = N_("how long to wait for other programs; 10 by default")},
        {"to", .arg = "ID", .text = &to, .help = N_("with transfer: the institution to move to")},
        {NULL},
    };
    struct tr_app app = {
        .name = "offer-answer",
        .purpose =
            N_("record what became of an offer or a stay, if the state of the case allows it"),
        .arguments = "answer",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
    };
    struct tr_register_desk d = {0};

    tr_app_start(&app, argc, argv);
    if (!at.path)
        tr_app_usage(&app, N_("--register=REGISTER is needed"), NULL, NULL);
    if (app.n_arguments != 1)
        tr_app_usage(&app, N_("name the answer"), NULL, NULL);
    if ((stay != NULL) == (referral != NULL))
        tr_app_usage(&app, N_("name one of --stay and --referral"), NULL, NULL);
    read_answer(&app, reason, to, until, &given);
    if (tr_desk_open(&app, &d, &at) == 0)
        answer(&app, &d, stay, referral, &given);
    tr_desk_close(&d);
    return tr_app_end(&app);
}
