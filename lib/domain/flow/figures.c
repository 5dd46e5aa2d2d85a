#include "domain/flow/figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "domain/disclosure/protect.h"
#include "record/table.h"

void tr_figures_start(struct tr_figures *f, const char *const *names)
{
    *f = (struct tr_figures){0};
    for (; *names; names++) {
        bool number = **names == '=';

        if (**names)
            f->column[f->n_columns++] =
                (struct tr_column){.name = tr_str(*names + number),
                                   .shape = number ? TR_SHAPE_NUMBER : TR_SHAPE_TEXT,
                                   .plain = number};
    }
}

void tr_figures_clear(struct tr_figures *f)
{
    free(f->cell);
    tr_arena_clear(&f->text);
    *f = (struct tr_figures){0};
}

void tr_figures_row(struct tr_figures *f)
{
    if (f->n_rows == f->room) {
        uint32_t room = f->room ? 2 * f->room : 64;
        void *bigger = realloc(f->cell, (size_t)room * f->n_columns * sizeof *f->cell);

        if (!bigger) {
            f->failed = true;
            return;
        }
        f->cell = bigger;
        f->room = room;
    }
    for (uint32_t c = 0; c < f->n_columns; c++)
        f->cell[(size_t)f->n_rows * f->n_columns + c] = (struct tr_str){"", 0};
    f->n_rows++;
}

void tr_figures_text(struct tr_figures *f, const char *column, struct tr_str text)
{
    for (uint32_t c = 0; c < f->n_columns && f->n_rows > 0; c++)
        if (tr_str_is(f->column[c].name, column))
            f->cell[(size_t)(f->n_rows - 1) * f->n_columns + c] = tr_arena_copy(&f->text, text);
    f->failed |= f->text.failed;
}

void tr_figures_day(struct tr_figures *f, const char *column, int32_t day)
{
    char iso[TR_DATE_LEN];

    if (day == TR_NO_DAY)
        return;
    tr_date_iso(tr_date_of(day), iso);
    tr_figures_text(f, column, (struct tr_str){iso, sizeof iso});
}

void tr_figures_count(struct tr_figures *f, const char *column, int64_t count)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)count);
    tr_figures_text(f, column, tr_str(text));
}

void tr_figures_number(struct tr_figures *f, const char *column, double number, int decimals)
{
    char text[64];
    size_t n;

    if (!isfinite(number) || fabs(number) > 1e15)
        return;
    snprintf(text, sizeof text, "%.*f", decimals, number);
    for (n = strlen(text); decimals > 0 && text[n - 1] == '0';)
        text[--n] = '\0';
    if (decimals > 0 && text[n - 1] == '.')
        text[n - 1] = '\0';
    tr_figures_text(f, column, tr_str(strcmp(text, "-0") == 0 ? "0" : text));
}

void tr_figures_hide(struct tr_figures *f, const char *column)
{
    tr_figures_text(f, column, tr_str(TR_HIDDEN));
}

void tr_figures_write(const struct tr_figures *f, enum tr_format format, struct tr_out *out)
{
    struct tr_writer w;

    tr_writer_start(&w, out, format, f->column, f->n_columns);
    for (uint32_t r = 0; r < f->n_rows; r++)
        tr_writer_row(&w, f->cell + (size_t)r * f->n_columns);
    out->buf.failed |= f->failed;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

struct tr_figures_band tr_figures_band_of(double *number, uint32_t n, double outside)
{
    qsort(number, n, sizeof *number, ascending);
    return (struct tr_figures_band){number[(uint32_t)(outside * (n - 1))],
                            number[(uint32_t)ceil((1 - outside) * (n - 1))]};
}

/* ---- holding back ---- */

static struct tr_cell cell_of(const struct tr_part_count *p, const struct tr_disclosure *rules,
                              bool everybody)
{
    int64_t least = tr_disclosure_least(rules);
    struct tr_cell c = {.value = p->count, .weight = 100, .owner = -1};

    c.least = least;
    c.small = p->count > 0 || !rules->zero_shown ? tr_disclosure_is_small(rules, p->persons) : false;
    if (c.small) {
        c.low = p->count - rules->range_width > least ? p->count - rules->range_width : least;
        c.high = c.low + rules->range_width;
    } else if ((p->count == 0 && rules->zero_shown) ||
               (everybody && rules->totals_shown & TR_SHOW_ALL)) {
        c.state = TR_CELL_SHOWN;
    }
    return c;
}

int tr_hold_back(struct tr_part_count *part, uint32_t n_rows, uint32_t n_parts,
                 const struct tr_disclosure *rules, struct tr_err *err)
{
    const struct tr_protect_choice choice = {.own_cell = rules->own_cell};
    uint32_t wide = n_parts + 1, high = n_rows + 1;
    struct tr_term *term = calloc((size_t)wide + high, sizeof *term);
    struct tr_cells cells = {0};
    struct tr_protected result;
    int rc = term ? 0 : tr_err_memory(err);

    for (uint32_t i = 0; rc == 0 && i < wide * high; i++) {
        struct tr_cell c = cell_of(&part[i], rules, i == wide * high - 1);

        tr_cells_add(&cells, &c);
    }
    for (uint32_t r = 0; rc == 0 && r < high; r++) {
        for (uint32_t p = 0; p < wide; p++)
            term[p] = (struct tr_term){r * wide + p, p < n_parts ? 1 : -1};
        tr_cells_sum(&cells, term, wide);
    }
    for (uint32_t p = 0; rc == 0 && n_rows > 0 && p < wide; p++) {
        for (uint32_t r = 0; r < high; r++)
            term[r] = (struct tr_term){r * wide + p, r < n_rows ? 1 : -1};
        tr_cells_sum(&cells, term, high);
    }
    if (rc == 0 && tr_cells_close(&cells) < 0)
        rc = tr_err_memory(err);
    if (rc == 0)
        rc = tr_protect(&cells, &choice, &result, err);
    for (uint32_t i = 0; i < wide * high; i++)
        part[i].hidden = rc < 0 || cells.cell[i].hidden;
    if (rc < 0 && err->code == TR_E_UNSAFE)
        rc = 0;
    tr_cells_clear(&cells);
    free(term);
    return rc;
}
