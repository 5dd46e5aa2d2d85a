#include "cli/work/rendering.h"

#include <stdlib.h>

#include "base/apart.h"
#include "cli/app/guard.h"
#include "cli/input/inputs.h"
#include "domain/profile/plain.h"
#include "domain/survey/needs.h"

const char *const tr_rendered_formats[] = {
    [TR_AS_TEXT] = "text",     [TR_AS_TABLE_CSV] = "csv", "json",
    "markdown",                [TR_AS_HTML] = "html",     [TR_AS_WORKBOOK] = "xlsx",
    [TR_AS_SVG] = "svg",       [TR_AS_PNG] = "png",       NULL};

enum { WIDTH_MIN = 20, WIDTH_MAX = 1000, WIDTH_USUAL = 80 };
enum { PIXELS_MIN = 100, PIXELS_MAX = 10000, PIXELS_USUAL = 1600 };

/* ---- options ---- */

/* The pixels that the text begins with; what is behind them goes to *rest. -1: none. */
static long read_pixels(const char *text, const char **rest)
{
    char *end;
    long n = strtol(text, &end, 10);

    *rest = end;
    return end == text || n < PIXELS_MIN || n > PIXELS_MAX ? -1 : n;
}

static void read_width(const struct tr_app *app, struct tr_rendering *r)
{
    r->style.width = WIDTH_USUAL;
    if (r->width)
        r->style.width = (size_t)tr_app_whole(app, r->width, WIDTH_MIN, WIDTH_MAX,
                                              N_("--width is a number from 20 to 1000, not ‘%1’"));
}

static void read_size(const struct tr_app *app, struct tr_rendering *r)
{
    const char *rest = "";
    long n = r->size ? read_pixels(r->size, &rest) : PIXELS_USUAL;
    long tall = *rest == 'x' ? read_pixels(rest + 1, &rest) : 0;

    if (n < 0 || tall < 0 || *rest)
        tr_app_usage(app, N_("--size is pixels such as 1600 or 1600x900, from 100 to 10000, not ‘%1’"),
                     r->size, NULL);
    r->pixels = (int)n;
    r->height = (double)tall * TR_CHART_ALL / (double)n;
}

void tr_rendering_check(struct tr_app *app, struct tr_rendering *r)
{
    read_width(app, r);
    read_size(app, r);
    if (r->style.excel && r->format >= 0 && r->format != TR_AS_TABLE_CSV)
        tr_app_usage(app, N_("--excel makes CSV, not %1"), tr_rendered_formats[r->format], NULL);
    if (r->format < 0)
        r->format = r->style.excel ? TR_AS_TABLE_CSV : TR_AS_TEXT;
    if ((r->chart >= 0 || r->size) && r->format < TR_AS_SVG)
        tr_app_usage(app, N_("--chart and --size go with --format=svg or --format=png"), NULL, NULL);
    if (r->format == TR_AS_WORKBOOK || r->format == TR_AS_PNG)
        tr_app_no_terminal(app, tr_rendered_formats[r->format], r->path);
    r->chart = r->chart < 0 ? TR_CHART_BAR : r->chart;
}

/* ---- drawing ---- */

#pragma weak tr_picture_png
static int draw_png(const struct tr_picture *picture, int pixels, struct tr_out *out,
                    struct tr_err *err)
{
    __typeof__(&tr_picture_png) draw = TR_APART(tr_picture_png);

    return draw ? draw(picture, pixels, out, err) : tr_apart_missing(err);
}

static int draw_chart(const struct tr_rendering *r, const struct tr_doc_table *doc,
                      struct tr_out *out, struct tr_err *err)
{
    struct tr_picture picture;
    int rc = tr_doc_chart(doc, (enum tr_doc_chart)r->chart, r->height, &picture, err);

    if (rc == 0 && r->format == TR_AS_PNG)
        rc = draw_png(&picture, r->pixels, out, err);
    else if (rc == 0)
        tr_picture_svg(&picture, r->pixels, out);
    tr_picture_clear(&picture);
    return rc;
}

static int write_doc(struct tr_app *app, const struct tr_rendering *r,
                     const struct tr_doc_table *doc)
{
    struct tr_output output;
    struct tr_err err;
    int rc = tr_output_open(app, &output, r->path, true);

    if (rc < 0)
        return -1;
    rc = r->format >= TR_AS_SVG
             ? draw_chart(r, doc, &output.out, &err)
             : tr_doc_draw(tr_doc_format_find(tr_rendered_formats[r->format]), doc, &r->style,
                           &output.out, &err);
    if (rc < 0)
        tr_app_fail(app, &err);
    return tr_output_close(app, &output, rc == 0) < 0 ? -1 : rc;
}

static int draw(struct tr_app *app, const struct tr_rendering *r, const struct tr_table *table)
{
    struct tr_doc_choice choice = r->choice;
    struct tr_doc_table doc;
    struct tr_err err;
    int rc;

    choice.empty = r->format == TR_AS_WORKBOOK;
    rc = tr_doc_table_build(&doc, table, &app->profile, &choice, &err);
    if (rc < 0 && err.code == TR_E_COLUMN_MISSING)
        tr_app_usage(app,
                     err.arg[0][0] ? N_("--sort: no column ‘%1’; did you mean ‘%2’?")
                                   : N_("--sort: no column ‘%1’"),
                     err.field, err.arg[0]);
    if (rc < 0)
        return tr_app_fail(app, &err);
    rc = write_doc(app, r, &doc);
    tr_doc_table_clear(&doc);
    return rc;
}

/* Makes shares of numbers, and adds inhabitants and where their number is from. people lives as
 * long as the table. */
static int compare(struct tr_app *app, struct tr_rendering *r, struct tr_table *table,
                   struct tr_table *people)
{
    struct tr_str said = {0};
    struct tr_err err;

    if (r->inhabitants && tr_app_table(app, r->inhabitants, "bydel|inhabitants", people) < 0)
        return -1;
    if ((r->inhabitants && tr_percent_inhabitants(table, &app->profile, people, r->choice.lang,
                                                  &said, &err) < 0) ||
        tr_percent_make(table, &app->profile, (enum tr_percent)r->percent, &err) < 0)
        return tr_app_refuse(app, &err);
    if (!r->choice.note && said.len > 0)
        r->choice.note = said.p;
    r->choice.no_chart |= r->percent != TR_PERCENT_NONE;
    return 0;
}

/* Pages and charts are for everybody: such a table is looked at before. */
static bool may_go(struct tr_app *app, const struct tr_rendering *r, struct tr_table *table)
{
    bool for_all = r->publish || r->format == TR_AS_HTML || r->format >= TR_AS_SVG;

    return !for_all || tr_app_guard(app, table, r->publish) == 0;
}

int tr_rendering_draw(struct tr_app *app, struct tr_rendering *r, const char *input)
{
    struct tr_table table, people = {0};
    struct tr_err err;
    int rc;

    if (tr_app_table(app, input, NULL, &table) < 0)
        return -1;
    tr_plain_table(&app->profile, &table);
    rc = tr_needs_check_sums(&app->profile, &table, &err);
    if (rc < 0)
        tr_app_say(app, &err); /* sums that somebody's change has made wrong are not passed on */
    else if (may_go(app, r, &table) && (rc = compare(app, r, &table, &people)) == 0)
        rc = draw(app, r, &table);
    tr_table_clear(&table);
    tr_table_clear(&people);
    return rc;
}
