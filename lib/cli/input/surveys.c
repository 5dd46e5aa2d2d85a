#include "cli/input/surveys.h"

#include <stdlib.h>

#include "cli/input/inputs.h"
#include "cli/input/records.h"
#include "domain/profile/plain.h"
#include "domain/survey/deliveries.h"

int tr_survey_add(struct tr_app *app, struct tr_needs *needs, struct tr_reader *reader)
{
    struct tr_table table = {0};
    struct tr_err err;
    int rc = tr_app_read_table(app, reader, &(struct tr_sought){tr_needs_fits, &app->profile}, &table);

    if (rc == 0)
        tr_plain_table(&app->profile, &table);
    if (rc == 0 && (rc = tr_needs_add_table(needs, &table, &err)) < 0)
        tr_app_refuse(app, &err);
    tr_table_clear(&table);
    if (rc == 0)
        tr_inputs_say_doubt(app, reader);
    tr_reader_close(reader);
    return rc;
}

/* NULL with err. */
static struct tr_reader *open_survey(const struct tr_app *app, const char *path, struct tr_err *err)
{
    struct tr_reader_options options = *app->reading;

    options.sheet.sought = (struct tr_sought){tr_needs_fits, &app->profile};
    return tr_reader_open(path, &options, err);
}

int tr_survey_read(struct tr_app *app, const struct tr_needs *needs, const char *path,
                   struct tr_needs *out)
{
    struct tr_err err;

    struct tr_reader *reader;

    if (tr_needs_init_as(out, needs, &err) < 0)
        return tr_app_fail(app, &err);
    reader = open_survey(app, path, &err);
    return reader ? tr_survey_add(app, out, reader) : tr_app_fail(app, &err);
}

int tr_survey_year(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct tr_str rest = tr_str(slash ? slash + 1 : path);
    int year = 0;

    while (rest.len > 0) {
        size_t digits = tr_str_digits(rest);

        if (digits == 4) {
            int found = (rest.p[0] - '0') * 1000 + (rest.p[1] - '0') * 100 +
                        (rest.p[2] - '0') * 10 + (rest.p[3] - '0');

            year = found >= 1900 && found < 2200 ? found : year;
        }
        rest = tr_str_from(rest, digits ? digits : 1);
    }
    return year;
}

static int by_year(const void *a, const void *b)
{
    const struct tr_needs_year *x = a, *y = b;

    return x->year - y->year;
}

/* The number of the count of this year, new or begun. -1: memory, said. */
static int of_year(struct tr_app *app, const struct tr_needs *needs, int year, const char *path,
                   struct tr_surveys *s)
{
    struct tr_err err;

    for (int i = 0; i < s->n; i++)
        if (s->year[i].year == year)
            return i;
    if (tr_needs_init_as(&s->year[s->n].needs, needs, &err) < 0)
        return tr_app_fail(app, &err);
    s->year[s->n].year = year;
    s->year[s->n].path = path;
    return s->n++;
}

/* deliveries: of each year; a district that is in two tables of a year is told. */
static int read_surveys(struct tr_app *app, const struct tr_needs *needs, const struct tr_texts *paths,
                        struct tr_deliveries *deliveries, struct tr_surveys *out)
{
    const struct tr_listener listener = tr_app_listener(app);

    for (int i = 0; i < paths->n; i++) {
        int year = tr_survey_year(paths->at[i]), into;
        struct tr_err err;
        struct tr_reader *reader = open_survey(app, paths->at[i], &err);

        if (!reader)
            return tr_app_fail(app, &err);
        if (!year && paths->n > 1)
            tr_app_usage(app, N_("the name of ‘%1’ does not say which year it is of, as ‘%2’ does"),
                         paths->at[i], "needs-2020.csv");
        if (out->n == TR_YEARS_MAX)
            tr_app_usage(app, N_("too many years"), NULL, NULL);
        into = of_year(app, needs, year, paths->at[i], out);
        if (into < 0)
            tr_reader_close(reader);
        if (into < 0 || tr_survey_add(app, &out->year[into].needs, reader) < 0)
            return -1;
        if (!deliveries[into].needs)
            tr_deliveries_start(&deliveries[into], &out->year[into].needs);
        tr_deliveries_note(&deliveries[into], paths->at[i], &listener);
    }
    return 0;
}

int tr_surveys_read(struct tr_app *app, const struct tr_needs *needs, const struct tr_texts *paths,
                    struct tr_surveys *out)
{
    struct tr_deliveries *deliveries = calloc(TR_YEARS_MAX, sizeof *deliveries);
    int rc = deliveries ? read_surveys(app, needs, paths, deliveries, out) : tr_app_no_memory(app);

    free(deliveries);
    if (rc < 0)
        return -1;
    if (out->n > 1)
        qsort(out->year, (size_t)out->n, sizeof *out->year, by_year);
    return 0;
}

void tr_surveys_clear(struct tr_surveys *s)
{
    for (int i = 0; i < s->n; i++)
        tr_needs_clear(&s->year[i].needs);
    *s = (struct tr_surveys){0};
}
