#include "cli/work/forecasting.h"

#include <stdio.h>

#include "cli/app/output.h"
#include "cli/input/records.h"
#include "domain/survey/deliveries.h"

/* Persons who are in no housing type are in no forecast: says how many the last survey had. */
static void say_left_out(const struct tr_app *app, const struct tr_needs *n)
{
    uint64_t open = 0;
    char text[24];

    for (int r = 0; r < n->n_rows; r++)
        open += n->count[(size_t)(r + 1) * (size_t)n->n_columns - TR_NEEDS_EXTRA];
    snprintf(text, sizeof text, "%llu", (unsigned long long)open);
    if (open > 0)
        tr_app_note(app, N_("not in the forecast, as their housing type is undecided: %1"), text,
                    NULL);
}

/* A line needs two surveys of its district; one to which it has not delivered says nothing of it. */
static void say_untold(struct tr_app *app, const struct tr_surveys *s, const struct tr_panel *p)
{
    const struct tr_list *districts = app->profile.of_field[TR_F_BYDEL];
    const struct tr_listener listener = tr_app_listener(app);

    for (int y = 0; y < s->n; y++)
        tr_deliveries_lacking(&s->year[y], &listener);
    for (int r = 0; r < districts->n; r++) {
        char name[160];
        int told = 0;

        for (int y = 0; y < p->n; y++)
            told += !(p->untold[y] >> r & 1);
        tr_err_copy(name, sizeof name, districts->entry[r].label[TR_NB]);
        if (told == 1)
            tr_app_usage(app, N_("‘%1’ has delivered to one of these surveys only: a line needs two"), name,
                         NULL);
    }
}

int tr_forecasting_surveys(struct tr_app *app, const struct tr_needs *needs, struct tr_surveys *s,
                           struct tr_prospect *o)
{
    struct tr_texts paths = {.n = 0};
    struct tr_panel p = {
        .rows = needs->n_rows, .columns = needs->columns->n, .stride = (size_t)needs->n_columns};

    for (; paths.n < app->n_arguments && paths.n < TR_TEXTS_MAX; paths.n++)
        paths.at[paths.n] = app->arguments_given[paths.n];
    if (tr_surveys_read(app, needs, &paths, s) < 0)
        return -1;
    if (s->n < 2)
        tr_app_usage(app, N_("name tables of two years at least, or a register"), NULL, NULL);
    for (p.n = 0; p.n < s->n; p.n++) {
        p.year[p.n] = s->year[p.n].year;
        p.count[p.n] = s->year[p.n].needs.count;
        p.untold[p.n] = tr_needs_untold(&s->year[p.n].needs);
    }
    say_untold(app, s, &p);
    say_left_out(app, &s->year[s->n - 1].needs);
    if (p.n == 2)
        tr_app_note(app,
                    N_("two surveys give a line, but do not tell how well it fits: the bands are "
                       "wide"),
                    NULL);
    return tr_prospect_from_panel(o, &p) < 0 ? tr_app_no_memory(app) : 0;
}

void tr_forecasting_put(struct tr_app *app, struct tr_needs *needs, const struct tr_prospect *o,
                        int ahead, int of, enum tr_format format, const char *path)
{
    const struct tr_needs_beside beside = {0};
    struct tr_records rows = {0};
    struct tr_output output;
    struct tr_err err;

    if (of) {
        tr_forecast_fill(needs, o, of);
        if (tr_output_table(app, &output, path, false, format) == 0) {
            tr_needs_write(needs, &beside, true, format, &output.out);
            tr_output_close(app, &output, true);
        }
    } else if (tr_forecast_list(&rows, o, needs, ahead, &err) < 0) {
        tr_app_say(app, &err);
    } else {
        tr_app_put_records(app, &rows, format, path);
    }
    tr_records_clear(&rows);
}
