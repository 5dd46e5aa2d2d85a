/* What a table counts by, and how it becomes part of a count by other fields. A table by district and
 * housing type tells of districts alone, of housing types alone, and of sectors, too. */
#include "domain/profile/plain.h"
#include "domain/survey/needs_own.h"

/* The table counts by what its header says, not by the field. */
static int kind_mixed(const struct tr_table *t, uint32_t column, struct tr_str field,
                      struct tr_err *err)
{
    char name[64], by[64];

    tr_err_copy(name, sizeof name, tr_header_shown(t->header, t->n_columns, t->header[column]));
    tr_err_copy(by, sizeof by, field);
    tr_err_set(err, TR_E_KIND_MIXED, name, by, NULL);
    err->source = t->source;
    return -1;
}

static bool spells(const struct tr_list *list, struct tr_str head)
{
    return list && (tr_list_find(list, head) >= 0 || tr_plain_code(list, head) >= 0);
}

/* The field whose codes the heads of a wide table are, or -1. Heads may be labels. */
static int column_field(const struct tr_needs *n, const struct tr_table *t, int row_field)
{
    const struct tr_profile *p = n->profile;

    for (uint32_t c = 1; c < t->n_columns; c++) {
        struct tr_str rest = t->header[c], field;

        tr_str_part(&rest, '=', &field);
        if (rest.len > 0 && tr_field_find_coded(field, &(struct tr_near){0}) >= 0)
            return tr_field_find(field);
        if (tr_list_code(p->of_field[TR_F_HOUSING_TYPE], t->header[c]) >= 0)
            return TR_F_HOUSING_TYPE;
    }
    for (uint32_t c = 1; c < t->n_columns; c++) {
        if (spells(n->columns, t->header[c]))
            return n->column_field;
        if ((int)n->row_field != row_field && spells(n->rows, t->header[c]))
            return (int)n->row_field;
    }
    return -1;
}

/* Whether t tells all that n counts by. */
static bool tells(const struct tr_needs *t, const struct tr_needs *n)
{
    bool rows = t->row_field == n->row_field && (n->by_sector || !t->by_sector);
    bool across = t->column_field == (int)n->row_field;

    if (n->only != TR_ANY && (t->row_field != TR_F_BYDEL || t->by_sector) &&
        t->column_field != TR_F_BYDEL)
        return false;
    if (rows && (n->column_field < 0 || n->column_field == t->column_field))
        return true;
    return across && (n->column_field < 0 || (n->column_field == (int)t->row_field && !t->by_sector));
}

int tr_needs_like(struct tr_needs *t, const struct tr_needs *n, const struct tr_table *table,
                  int *by_column, struct tr_err *err)
{
    bool by_sector = tr_str_is(table->header[0], "sector") && n->profile->has_sectors;
    int row = by_sector ? TR_NEEDS_SECTOR : tr_field_find_coded(table->header[0], &(struct tr_near){0}),
        column = -1;
    bool is_long = tr_table_column(table, "count") >= 0;
    uint32_t at = 0;

    if (row < 0)
        return kind_mixed(table, 0, tr_needs_row_name(n), err);
    *by_column = -1;
    if (!is_long) {
        column = column_field(n, table, row);
    } else if (table->n_columns > 1 &&
               (column = tr_field_find_coded(table->header[1], &(struct tr_near){0})) >= 0) {
        *by_column = 1;
        at = 1;
    }
    if (column == row)
        return kind_mixed(table, at, tr_needs_row_name(n), err);
    if (tr_needs_init(t, n->profile, row, column, err) < 0)
        return -1;
    t->cells_known = t->rows_known = UINT32_MAX;
    if (tells(t, n))
        return 0;
    if (t->row_field == n->row_field && t->by_sector <= n->by_sector && n->column_field >= 0)
        kind_mixed(table, at, tr_str(tr_fields[n->column_field].name), err);
    else
        kind_mixed(table, 0,
                   n->only != TR_ANY ? tr_str(tr_fields[TR_F_BYDEL].name) : tr_needs_row_name(n),
                   err);
    tr_needs_clear(t);
    return -1;
}

/* ---- folding ---- */

/* A place among n codes and their extra ones, in a list that has as many codes, and room extra ones. */
static int same_place(int at, int codes, int room)
{
    return at - codes < room ? at : codes;
}

static int row_at(const struct tr_needs *n, const struct tr_needs *t, int row, int column)
{
    int room = n->n_rows - n->rows->n, extra = t->columns ? t->columns->n : 0;

    if (t->row_field != n->row_field)
        return n->by_sector ? tr_needs_row(n, column < extra ? column : -1)
                            : same_place(column, n->rows->n, room);
    if (n->by_sector && !t->by_sector)
        return tr_needs_row(n, row < t->rows->n ? row : -1);
    return row;
}

static int column_at(const struct tr_needs *n, const struct tr_needs *t, int row, int column)
{
    if (n->column_field < 0)
        return TR_NEEDS_UNDECIDED;
    return n->column_field == t->column_field ? column : same_place(row, n->columns->n, TR_NEEDS_EXTRA);
}

/* Whether the cell is of a district that n counts. */
static bool is_chosen(const struct tr_needs *n, const struct tr_needs *t, int row, int column)
{
    int district = t->row_field == TR_F_BYDEL && !t->by_sector ? row : column;

    return n->only == TR_ANY ||
           (district < n->profile->of_field[TR_F_BYDEL]->n && n->only >> district & 1);
}

static uint64_t bit(int i, int codes)
{
    return i < codes ? UINT64_C(1) << i : 0;
}

static void note_told(struct tr_needs *n, const struct tr_needs *t)
{
    bool rows_told, columns_told;

    for (int r = 0; r < t->n_rows; r++)
        for (int c = 0; c < t->n_columns; c++) {
            rows_told = r >= t->rows->n || t->rows_told >> r & 1;
            columns_told = !t->columns || c >= t->columns->n || t->columns_told >> c & 1;
            if (!rows_told || !columns_told)
                continue;
            n->rows_told |= bit(row_at(n, t, r, c), n->rows->n);
            n->columns_told |= n->columns ? bit(column_at(n, t, r, c), n->columns->n) : 0;
        }
}

/* What t knows of a whole row only goes to a row of n when rows are the same, or sums of them. */
static void fold_rows(struct tr_needs *n, const struct tr_needs *t)
{
    size_t measures = (size_t)n->profile->n_measures;
    bool same = t->row_field == n->row_field;

    n->rows_known &= same ? t->rows_known : t->cells_known;
    for (int r = 0; r < t->n_rows; r++) {
        int to = same ? row_at(n, t, r, 0) : n->rows->n;

        if (same && !is_chosen(n, t, r, 0) && t->row_field == TR_F_BYDEL)
            continue;
        for (int a = 0; a < TR_N_ASIDES; a++)
            n->aside[to * TR_N_ASIDES + a] += t->aside[r * TR_N_ASIDES + a];
        for (size_t m = 0; m < measures && same; m++)
            n->of_row[(size_t)to * measures + m] += t->of_row[(size_t)r * measures + m];
    }
}

void tr_needs_fold(struct tr_needs *n, const struct tr_needs *t)
{
    size_t measures = (size_t)n->profile->n_measures;
    bool same = t->row_field == n->row_field;

    n->cells_known &= t->cells_known;
    for (int r = 0; r < t->n_rows; r++)
        for (int c = 0; c < t->n_columns; c++) {
            size_t from = tr_needs_cell(t, r, c), to;
            int row = row_at(n, t, r, c);

            if (!is_chosen(n, t, r, c))
                continue;
            to = tr_needs_cell(n, row, column_at(n, t, r, c));
            n->count[to] += t->count[from];
            for (size_t m = 0; m < measures; m++) {
                n->of_cell[to * measures + m] += t->of_cell[from * measures + m];
                if (!same)
                    n->of_row[(size_t)row * measures + m] += t->of_cell[from * measures + m];
            }
        }
    fold_rows(n, t);
    note_told(n, t);
    n->delivered.told |= t->delivered.told;
    n->delivered.missing |= t->delivered.missing;
    n->delivered.unlisted |= t->delivered.unlisted;
    n->delivered.twice |= t->delivered.twice;
}
