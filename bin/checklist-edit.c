/* checklist-edit: a move-out plan, filled in at the terminal: one question a line. */
#include "base/text.h"
#include "cli/app/dialogue.h"
#include "cli/app/output.h"
#include "cli/work/plans.h"
#include "doc/content/checklist_ask.h"

static const struct tr_example examples[] = {
    {"checklist-edit -o plan.json plan.json", N_("asks what is missing; an empty line leaves it open")},
    {NULL},
};

struct edit {
    struct tr_app *app;
    struct tr_dialogue dialogue;
    struct tr_plan *plan;
    enum tr_lang lang;
    struct tr_records missing;
    struct tr_buf question, answer;
};

static int find_missing(struct edit *e)
{
    tr_records_clear(&e->missing);
    tr_records_start(&e->missing, &tr_missing_kind, &e->app->profile, NULL);
    return tr_plan_missing(e->plan, e->lang, &e->missing) < 0 ? tr_app_no_memory(e->app) : 0;
}

/* Tells why it is no answer: the question comes again. */
static void tell_wrong(struct edit *e, const struct tr_missing *m, enum tr_code code)
{
    struct tr_buf choices = {0};
    bool any = tr_checklist_choices(e->plan, m, e->lang, &choices);
    const char *key = any                 ? "plan.ask.no_choice"
                      : code == TR_E_TIME ? "plan.ask.no_time"
                                          : "plan.ask.no_day";

    e->question.len = 0;
    tr_text_fill(tr_profile_text(&e->app->profile, key, e->lang),
                 (struct tr_fill[]){{"choices", tr_buf_slice(&choices)}, {NULL, {0}}}, &e->question);
    tr_tell(&e->dialogue, tr_buf_slice(&e->question));
    tr_buf_clear(&choices);
}

/* Asks number *at of what is missing. 1; 0: there are no more answers; -1: said. */
static int ask_one(struct edit *e, uint32_t *at)
{
    const struct tr_missing *m = (const struct tr_missing *)(const void *)e->missing.record + *at;
    struct tr_err err;
    int status;

    e->question.len = 0;
    tr_checklist_question(e->plan, m, e->lang, &e->question);
    status = tr_ask(&e->dialogue, tr_buf_slice(&e->question), &e->answer);
    if (status <= 0)
        return status;
    if (e->answer.len == 0) {
        ++*at;
        return 1;
    }
    if (tr_checklist_answer(e->plan, &e->missing, *at, e->lang, tr_buf_slice(&e->answer), &err) < 0) {
        if (err.code == TR_E_MEMORY)
            return tr_app_fail(e->app, &err);
        tell_wrong(e, m, err.code);
        return 1;
    }
    return find_missing(e) < 0 ? -1 : 1;
}

static int ask_all(struct edit *e)
{
    uint32_t at = 0;
    int status = find_missing(e) < 0 ? -1 : 1;

    if (status > 0 && e->missing.n > 0)
        tr_tell(&e->dialogue, tr_profile_text(&e->app->profile, "plan.ask.how", e->lang));
    while (status > 0 && at < e->missing.n)
        status = ask_one(e, &at);
    return status < 0 ? -1 : 0;
}

/* What is still missing is said as by checklist-export. */
static int write_plan(struct edit *e, const char *source, const char *path)
{
    struct tr_output output;
    struct tr_err err;

    if (tr_output_open(e->app, &output, path, false) < 0)
        return -1;
    tr_plan_write(e->plan, &output.out);
    if (tr_output_close(e->app, &output, true) < 0)
        return -1;
    if (e->missing.n > 0) {
        tr_err_num(&err, TR_E_PLAN_MISSING, e->missing.n);
        err.source = source;
        tr_app_say(e->app, &err);
    }
    return 0;
}

int main(int argc, char **argv)
{
    const char *path = NULL;
    int lang = -1;
    const struct tr_option options[] = {
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {NULL},
    };
    struct tr_app app = {
        .name = "checklist-edit",
        .purpose = N_("fill in a move-out plan at the terminal"),
        .arguments = "file",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
    };
    struct tr_kept_plans plans = {.bydel = -1};
    struct edit e = {.app = &app, .dialogue.app = &app};

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 1 || strcmp(app.arguments_given[0], "-") == 0)
        tr_app_usage(&app, N_("name the file of a plan; answers come from standard input"), NULL, NULL);
    e.lang = e.dialogue.lang = tr_app_language(&app, lang);
    if (tr_plans_keep(&app, &plans, app.arguments_given[0]) == 0) {
        if (plans.n != 1)
            tr_app_usage(&app, N_("this is about one plan; there are several"), NULL, NULL);
        e.plan = plans.plan;
        if (ask_all(&e) == 0)
            write_plan(&e, app.arguments_given[0], path);
    }
    tr_records_clear(&e.missing);
    tr_buf_clear(&e.question);
    tr_buf_clear(&e.answer);
    tr_plans_let_go(&plans);
    return tr_app_end(&app);
}
