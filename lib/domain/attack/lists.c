/* Public lists of vacant places of two days: by how much a number changed between them is how many
 * persons came or went. Rounded numbers leave a range. */
#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"
#include "domain/attack/attack_own.h"
#include "domain/places/vacancy.h"

static const char *const columns[] = {"vacant", "waiting"};

struct list {
    const struct tr_attack_sheet *s;
    int id, as_of;
};

static int by_day(const void *a, const void *b)
{
    const struct list *x = a, *y = b;
    int c = tr_str_cmp(tr_table_cell(x->s->t, 0, x->as_of), tr_table_cell(y->s->t, 0, y->as_of));

    return c ? c : (x->s > y->s) - (x->s < y->s);
}

/* Whether n is a step or 0; *to: the number below the next one. */
static bool is_step(struct tr_str steps, long long n, int64_t *to)
{
    struct tr_str part;
    long long step;
    bool is = n == 0;

    *to = TR_UNLIMITED;
    while (tr_str_part(&steps, ',', &part))
        if (tr_number_read(tr_text_trim(part), &step)) {
            is |= step == n;
            *to = step > n && step - 1 < *to ? step - 1 : *to;
        }
    return is;
}

/* Numbers that are all steps are taken for rounded ones. */
static bool are_rounded(const struct list *list, uint32_t n, struct tr_str steps)
{
    for (uint32_t i = 0; i < n; i++)
        for (size_t k = 0; k < 2; k++)
            for (uint32_t r = 0; r < list[i].s->t->n_rows; r++) {
                int c = tr_table_column(list[i].s->t, columns[k]);
                long long number;
                int64_t to;

                if (tr_number_read(tr_table_cell(list[i].s->t, r, c), &number) &&
                    !is_step(steps, number, &to))
                    return false;
            }
    return true;
}

/* What a number stands for; false: nothing is told. Those who wait are not told of below a limit. */
static bool band(const struct tr_attack *a, const struct list *list, uint32_t r, int column,
                 bool rounded, int64_t *low, int64_t *high)
{
    struct tr_str cell = tr_table_cell(list->s->t, r, column);
    long long n;

    if (column < 0)
        return false;
    if (cell.len == 0) {
        *low = 0;
        *high = tr_profile_number(a->profile, "public_threshold", 5) - 1;
        return tr_str_is(list->s->t->header[column], "waiting");
    }
    if (!tr_number_read(cell, &n))
        return false;
    *low = *high = n;
    if (rounded)
        is_step(tr_public_steps(a->profile), n, high);
    return true;
}

static int row_of(const struct list *list, struct tr_str id)
{
    for (uint32_t r = 0; r < list->s->t->n_rows; r++)
        if (tr_str_eq(tr_table_cell(list->s->t, r, list->id), id))
            return (int)r;
    return -1;
}

/* Adds what two lists tell, one after the other. */
static void compare(struct tr_attack *a, const struct list *before, const struct list *after,
                    bool rounded, struct tr_attack_cell *cell, uint32_t *n)
{
    for (uint32_t r = 0; r < after->s->t->n_rows; r++) {
        int old = row_of(before, tr_table_cell(after->s->t, r, after->id));

        for (size_t k = 0; old >= 0 && k < 2; k++) {
            int c[2] = {tr_table_column(before->s->t, columns[k]),
                        tr_table_column(after->s->t, columns[k])};
            int64_t low[2], high[2], most = a->knows.change;
            struct tr_reach range;

            if (!band(a, before, (uint32_t)old, c[0], rounded, &low[0], &high[0]) ||
                !band(a, after, r, c[1], rounded, &low[1], &high[1]))
                continue;
            range.low = high[0] >= TR_UNLIMITED ? -TR_UNLIMITED : low[1] - high[0];
            range.high = high[1] >= TR_UNLIMITED ? TR_UNLIMITED : high[1] - low[0];
            range.low = most >= 0 && range.low < -most ? -most : range.low;
            range.high = most >= 0 && range.high > most ? most : range.high;
            range.low_any = (double)range.low;
            range.high_any = (double)range.high;
            cell[(*n)++] = (struct tr_attack_cell){
                .place = {(int)(after->s - a->sheet), r, (uint32_t)c[1]},
                .since = {(int)(before->s - a->sheet), (uint32_t)old, (uint32_t)c[0]},
                .change = true,
                .range = range};
        }
    }
}

int tr_attack_lists(struct tr_attack *a, struct tr_err *err)
{
    struct list list[TR_ATTACK_TABLES_MAX];
    struct tr_attack_cell *more;
    uint32_t n = 0;
    size_t rows = 0;
    bool rounded;

    for (int i = 0; i < a->n_sheets; i++) {
        const struct tr_attack_sheet *s = &a->sheet[i];

        list[n] = (struct list){s, tr_table_column(s->t, "institution_id"),
                                tr_table_column(s->t, "as_of")};
        if (list[n].id < 0 || list[n].as_of < 0 || tr_table_column(s->t, "vacant") < 0 ||
            s->t->n_rows == 0)
            continue;
        rows += s->t->n_rows;
        n++;
    }
    if (n < 2)
        return 0;
    more = realloc(a->cell, (a->n_cells + 2 * rows) * sizeof *more);
    if (!more)
        return tr_err_memory(err);
    a->cell = more;
    qsort(list, n, sizeof *list, by_day);
    rounded = are_rounded(list, n, tr_public_steps(a->profile));
    for (uint32_t i = 1; i < n; i++)
        compare(a, &list[i - 1], &list[i], rounded, a->cell, &a->n_cells);
    return 0;
}
