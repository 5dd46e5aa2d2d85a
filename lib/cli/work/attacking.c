#include "cli/work/attacking.h"

#include <stdio.h>

#include "cli/app/output.h"
#include "cli/input/inputs.h"
#include "cli/work/publishing.h"
#include "domain/profile/plain.h"
#include "record/writer.h"

enum { CELL_TABLE, CELL_NAME, CELL_LOW, CELL_HIGH, CELL_WIDTH, CELL_LOW_ANY, CELL_HIGH_ANY,
       CELL_OPENS, CELL_WHY, N_CELLS };

static const struct tr_column columns[N_CELLS] = {
    [CELL_TABLE] = {TR_STR("table"), TR_SHAPE_TEXT, false},
    [CELL_NAME] = {TR_STR("cell"), TR_SHAPE_TEXT, false},
    [CELL_LOW] = {TR_STR("low"), TR_SHAPE_NUMBER, true},
    [CELL_HIGH] = {TR_STR("high"), TR_SHAPE_NUMBER, true},
    [CELL_WIDTH] = {TR_STR("width"), TR_SHAPE_NUMBER, true},
    [CELL_LOW_ANY] = {TR_STR("linear_low"), TR_SHAPE_NUMBER, true},
    [CELL_HIGH_ANY] = {TR_STR("linear_high"), TR_SHAPE_NUMBER, true},
    [CELL_OPENS] = {TR_STR("opens"), TR_SHAPE_BOOL, true},
    [CELL_WHY] = {TR_STR("why"), TR_SHAPE_TEXT, false},
};

int tr_attacking_read(struct tr_app *app, struct tr_attacking *k, const char *const paths[], int n,
                      bool own)
{
    struct tr_err err;
    int rc = 0;

    for (int i = 0; i < n && rc == 0; i++) {
        struct tr_table *t = &k->table[k->n];

        rc = tr_app_table(app, paths[i], NULL, t);
        if (rc < 0)
            break;
        k->n++;
        rc = tr_app_plain_counts(app, t, k->attack.sums.len > 0);
        if (rc < 0)
            break;
        rc = tr_attack_add(&k->attack, t, own, &err);
        if (rc < 0)
            tr_app_refuse(app, &err);
    }
    return rc;
}

int tr_attacking_groups(struct tr_app *app, struct tr_attacking *k, const char *path)
{
    struct tr_table t = {0};
    struct tr_err err;
    int rc = path ? tr_app_table(app, path, "code", &t) : 0;

    if (path && rc == 0 && (rc = tr_attack_groups(&k->attack, &t, &err)) < 0)
        tr_app_refuse(app, &err);
    tr_table_clear(&t);
    return rc;
}

/* A limit as a cell: empty when there is none. */
static struct tr_str number(char text[24], double n)
{
    if (n >= (double)TR_UNLIMITED || n <= -(double)TR_UNLIMITED)
        return (struct tr_str){0};
    return (struct tr_str){text, (size_t)snprintf(text, 24, "%.10g", n)};
}

static int write_cell(struct tr_app *app, const struct tr_attacking *k,
                      const struct tr_attack_cell *cell, enum tr_lang lang,
                      struct tr_writer *writer)
{
    const struct tr_attack *a = &k->attack;
    bool opens = tr_attack_opens(a, cell);
    const struct tr_reach *r = &cell->range;
    bool limited = r->low > -TR_UNLIMITED && r->high < TR_UNLIMITED;
    struct tr_buf name = {0}, why = {0};
    struct tr_str cells[N_CELLS];
    char text[5][24];
    struct tr_err err;
    int rc = opens ? tr_attack_why(a, cell, lang, &why, &err) : 0;

    tr_attack_name(a, cell, lang, &name);
    cells[CELL_TABLE] = tr_str(k->table[cell->place.table].source);
    cells[CELL_NAME] = tr_buf_slice(&name);
    cells[CELL_LOW] = number(text[0], (double)r->low);
    cells[CELL_HIGH] = number(text[1], (double)r->high);
    cells[CELL_WIDTH] = limited ? number(text[2], (double)(r->high - r->low)) : (struct tr_str){0};
    cells[CELL_LOW_ANY] = number(text[3], r->low_any);
    cells[CELL_HIGH_ANY] = number(text[4], r->high_any);
    cells[CELL_OPENS] = opens ? TR_STR("ja") : TR_STR("nei");
    cells[CELL_WHY] = tr_buf_slice(&why);
    if (rc == 0)
        tr_writer_row(writer, cells);
    else
        tr_app_fail(app, &err);
    if (opens)
        tr_app_raise(app, TR_EXIT_FOUND);
    writer->out->buf.failed |= name.failed || why.failed;
    tr_buf_clear(&name);
    tr_buf_clear(&why);
    return rc;
}

/* A rest that two shown numbers tell of, and that the rules allow to be told of. */
static bool is_plain(const struct tr_attack_cell *cell)
{
    return cell->rest && cell->range.low == cell->range.high;
}

/* Says which tables count at another time than the first. */
static void say_times(struct tr_app *app, const struct tr_attacking *k, enum tr_lang lang)
{
    const struct tr_attack *a = &k->attack;
    size_t n;
    const struct tr_attack_time *time = tr_attack_time(a, &n);

    for (size_t i = 0; i < n; i++) {
        struct tr_buf name = {0};
        char says[24], first[24];

        tr_attack_place_name(a, time[i].place, lang, &name);
        snprintf(says, sizeof says, "%lld", (long long)time[i].says);
        snprintf(first, sizeof first, "%lld", (long long)time[i].first_says);
        tr_app_note(app,
                    N_("%1 is taken to be of another time than %2: %3 is %4 there and %5 here"),
                    k->table[time[i].place.table].source,
                    k->table[time[i].first.table].source, tr_buf_z(&name), says, first, NULL);
        tr_buf_clear(&name);
    }
}

void tr_attacking_run(struct tr_app *app, struct tr_attacking *k, bool all, enum tr_lang lang,
                      enum tr_format format, const char *path)
{
    struct tr_attack *a = &k->attack;
    struct tr_output output;
    struct tr_writer writer;
    struct tr_err err;
    int rc = tr_attack_run(a, &err);

    if (rc < 0) {
        tr_app_fail(app, &err);
        return;
    }
    say_times(app, k, lang);
    if (tr_output_table(app, &output, path, false, format) < 0)
        return;
    tr_writer_start(&writer, &output.out, format, columns, N_CELLS);
    for (uint32_t i = 0; i < a->n_cells && rc == 0; i++)
        if (tr_attack_opens(a, &a->cell[i]) || (all && !is_plain(&a->cell[i])))
            rc = write_cell(app, k, &a->cell[i], lang, &writer);
    tr_output_close(app, &output, rc == 0);
}

void tr_attacking_clear(struct tr_attacking *k)
{
    tr_attack_clear(&k->attack);
    for (int i = 0; i < k->n; i++)
        tr_table_clear(&k->table[i]);
}
