/* Finds which numbers are sums of which. What is counted in several tables is one unknown, so each
 * table tells its own sums only. */
#include <stdlib.h>

#include "domain/attack/attack_own.h"

/* ---- one sum ---- */

struct building {
    struct tr_attack *a;
    uint32_t parts;
    bool open; /* a part is not told of: then there is a rest */
};

static struct building begin(struct tr_attack *a, enum tr_sum_kind kind, struct tr_place_in place)
{
    const struct tr_attack_origin origin = {kind, place, place};

    tr_system_sum(&a->system, 0);
    tr_buf_add(&a->origin, &origin, sizeof origin);
    return (struct building){a, 0, false};
}

static void add_part(struct building *b, uint32_t x)
{
    if (x == TR_NOTHING) {
        b->open = true;
        return;
    }
    tr_system_term(&b->a->system, x, 1);
    b->parts++;
}

/* A sum without a part, or that nobody tells of, says nothing and goes again. */
static void end(struct building *b, uint32_t whole)
{
    struct tr_system *s = &b->a->system;

    if (s->failed)
        return;
    if (b->parts == 0 || whole == TR_NOTHING) {
        s->n_terms = s->sum[--s->n_sums].from;
        b->a->origin.len -= sizeof(struct tr_attack_origin);
        return;
    }
    if (b->open)
        tr_system_term(s, tr_attack_unknown(b->a, 0, TR_UNLIMITED), 1);
    tr_system_term(s, whole, -1);
}

/* ---- wide tables ---- */

static struct tr_place_in place_of(const struct tr_attack *a, const struct tr_attack_sheet *s,
                                   uint32_t r, uint32_t c)
{
    return (struct tr_place_in){(int)(s - a->sheet), r, c};
}

static int column_of(const struct tr_attack_sheet *s, enum tr_part_what what)
{
    for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++)
        if (s->column[c].what == what)
            return (int)c;
    return -1;
}

/* How many parts the code is said to have. */
static uint32_t parts_of(const struct tr_attack *a, struct tr_str code)
{
    const struct tr_str *sum = (const struct tr_str *)(const void *)a->sums.p;
    uint32_t n = 0;

    for (size_t i = 0; i < a->sums.len / sizeof *sum; i++)
        n += tr_str_eq(sum[i], code);
    return n;
}

/* Whether the column of a code is summed up in another column of the table. */
static bool is_in_other(const struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t c)
{
    struct tr_str sum = tr_attack_sum_of(a, s->column[c].code);

    for (uint32_t d = (uint32_t)s->keys; sum.len > 0 && d < s->t->n_columns; d++)
        if (s->column[d].what == TR_WHAT_CELL && tr_str_eq(s->column[d].code, sum))
            return true;
    return false;
}

/* The columns that are sums of other columns, each with its parts. */
static void relate_groups(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r)
{
    for (uint32_t c = (uint32_t)s->keys; a->sums.len > 0 && c < s->t->n_columns; c++) {
        struct building b;
        uint32_t n = s->column[c].what == TR_WHAT_CELL ? parts_of(a, s->column[c].code) : 0;

        if (n == 0)
            continue;
        b = begin(a, TR_SUM_ROW, place_of(a, s, r, c));
        for (uint32_t d = (uint32_t)s->keys; d < s->t->n_columns; d++)
            if (s->column[d].what == TR_WHAT_CELL &&
                tr_str_eq(tr_attack_sum_of(a, s->column[d].code), s->column[c].code))
                add_part(&b, *tr_sheet_x(s, r, d));
        b.open |= b.parts < n;
        end(&b, *tr_sheet_x(s, r, c));
    }
}

/* total is the sum of the codes; persons of total and what stands beside, or of codes and that. */
static void relate_totals(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r)
{
    int total = column_of(s, TR_WHAT_TOTAL), persons = column_of(s, TR_WHAT_PERSONS);
    bool cells = column_of(s, TR_WHAT_CELL) >= 0;
    struct building b;

    if (total >= 0 && cells) {
        b = begin(a, TR_SUM_ROW, place_of(a, s, r, (uint32_t)total));
        for (uint32_t c = 1; c < s->t->n_columns; c++)
            if (s->column[c].what == TR_WHAT_CELL && !is_in_other(a, s, c))
                add_part(&b, *tr_sheet_x(s, r, c));
        end(&b, *tr_sheet_x(s, r, (uint32_t)total));
    }
    if (persons < 0 || (total < 0 && !cells))
        return;
    b = begin(a, TR_SUM_ROW, place_of(a, s, r, (uint32_t)persons));
    for (uint32_t c = 1; c < s->t->n_columns; c++)
        if (s->column[c].what == TR_WHAT_EXTRA || (int)c == total ||
            (total < 0 && s->column[c].what == TR_WHAT_CELL && !is_in_other(a, s, c)))
            add_part(&b, *tr_sheet_x(s, r, c));
    end(&b, *tr_sheet_x(s, r, (uint32_t)persons));
}

/* Whether the shown parts of the undecided are all of them, by the row of totals. */
static bool open_are_all(const struct tr_attack *a, const struct tr_attack_sheet *s,
                         uint32_t undecided)
{
    int64_t sum = 0;

    for (uint32_t r = 0; r < s->t->n_rows; r++) {
        if (!tr_row_is_total(s, r))
            continue;
        for (uint32_t c = 1; c < s->t->n_columns; c++) {
            uint32_t x = *tr_sheet_x(s, r, c);

            if (c != undecided && s->column[c].what != TR_WHAT_OPEN)
                continue;
            if (x == TR_NOTHING || !tr_attack_seen(a, x)->shown)
                return false;
            sum += c == undecided ? -tr_attack_seen(a, x)->value : tr_attack_seen(a, x)->value;
        }
        return sum == 0;
    }
    return false;
}

static void relate_open(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r)
{
    int undecided = tr_table_column(s->t, "undecided");
    struct building b;

    if (undecided < 0 || column_of(s, TR_WHAT_OPEN) < 0)
        return;
    b = begin(a, TR_SUM_ROW, place_of(a, s, r, (uint32_t)undecided));
    for (uint32_t c = 1; c < s->t->n_columns; c++)
        if (s->column[c].what == TR_WHAT_OPEN)
            add_part(&b, *tr_sheet_x(s, r, c));
    b.open |= !open_are_all(a, s, (uint32_t)undecided);
    end(&b, *tr_sheet_x(s, r, (uint32_t)undecided));
}

/* Of persons some have something in common, and the rest has not. The rest is a number of persons too. */
static void relate_measures(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r)
{
    int persons = column_of(s, TR_WHAT_PERSONS);
    uint32_t whole = persons < 0 ? TR_NOTHING : *tr_sheet_x(s, r, (uint32_t)persons);

    for (uint32_t c = (uint32_t)s->keys; whole != TR_NOTHING && c < s->t->n_columns; c++) {
        uint32_t x = *tr_sheet_x(s, r, c), rest;
        struct building b;

        if (s->column[c].what != TR_WHAT_MEASURE || x == TR_NOTHING || x == whole)
            continue;
        rest = tr_attack_unknown(a, 0, TR_UNLIMITED);
        if (a->system.failed || a->seen.failed)
            return;
        if (a->rules.rest_counts && !s->own)
            tr_attack_seen(a, rest)->place = place_of(a, s, r, c);
        b = begin(a, TR_SUM_REST, place_of(a, s, r, (uint32_t)persons));
        add_part(&b, x);
        add_part(&b, rest);
        end(&b, whole);
    }
}

/* The column of what it is, of that year, and of what is said. */
static int column_like(const struct tr_attack_sheet *s, enum tr_part_what what, struct tr_str year,
                       struct tr_str says)
{
    for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++)
        if (s->column[c].what == what && tr_str_eq(s->column[c].year, year) &&
            tr_str_eq(s->column[c].says, says))
            return (int)c;
    return -1;
}

static uint32_t x_of(const struct tr_attack_sheet *s, uint32_t r, int c)
{
    return c < 0 ? TR_NOTHING : *tr_sheet_x(s, r, (uint32_t)c);
}

/* Two numbers of a row make up a third. */
static void relate_two(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r, int one,
                       int other, int whole)
{
    struct building b;

    if (x_of(s, r, one) == TR_NOTHING || x_of(s, r, other) == TR_NOTHING ||
        x_of(s, r, whole) == TR_NOTHING)
        return;
    b = begin(a, TR_SUM_OTHER, place_of(a, s, r, (uint32_t)whole));
    add_part(&b, x_of(s, r, one));
    add_part(&b, x_of(s, r, other));
    end(&b, x_of(s, r, whole));
}

/* What a year counted of a group is part of what it counted in all; the column of all, or -1. */
static void relate_group_then(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r,
                              uint32_t group, int all)
{
    struct building b;

    if (x_of(s, r, (int)group) == TR_NOTHING || x_of(s, r, all) == TR_NOTHING)
        return;
    b = begin(a, TR_SUM_REST, place_of(a, s, r, (uint32_t)all));
    add_part(&b, x_of(s, r, (int)group));
    add_part(&b, tr_attack_unknown(a, 0, TR_UNLIMITED));
    end(&b, x_of(s, r, all));
}

static bool is_group_then(const struct tr_attack_sheet *s, uint32_t c)
{
    return column_like(s, TR_WHAT_CELL, (struct tr_str){0}, s->column[c].says) >= 0;
}

/* The column that tells what is more than then: it has the same words behind its own. */
static int change_since(const struct tr_attack_sheet *s, const struct tr_attack_column *then)
{
    struct tr_str mine = s->t->header[then - s->column];

    for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++)
        if (s->column[c].what == TR_WHAT_CHANGE &&
            tr_str_eq(tr_str_from(s->t->header[c], strlen("change")),
                      tr_str_from(mine, strlen("earlier"))))
            return (int)c;
    return -1;
}

/* gap + stock are the total; change + earlier are the total, or the number of a group of types. */
static void relate_others(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r)
{
    int total = column_of(s, TR_WHAT_TOTAL);

    if (total < 0)
        total = column_of(s, TR_WHAT_PERSONS);
    relate_two(a, s, r, column_of(s, TR_WHAT_GAP), column_of(s, TR_WHAT_STOCK), total);
    for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++) {
        const struct tr_attack_column *then = &s->column[c];
        int now, all = -1; /* the column of the same now; of everybody then */

        if (then->what != TR_WHAT_EARLIER)
            continue;
        now = column_like(s, TR_WHAT_CELL, (struct tr_str){0}, then->says);
        for (uint32_t d = (uint32_t)s->keys; d < s->t->n_columns && now >= 0; d++)
            if (d != c && s->column[d].what == TR_WHAT_EARLIER &&
                tr_str_eq(s->column[d].year, then->year) && !is_group_then(s, d))
                all = (int)d;
        relate_two(a, s, r, (int)c, change_since(s, then), now < 0 ? total : now);
        relate_group_then(a, s, r, c, all);
    }
}

static bool adds_up(enum tr_part_what what)
{
    return what != TR_WHAT_NONE && what != TR_WHAT_GAP && what != TR_WHAT_CHANGE;
}

/* The row that sums the row up: another row, that of totals, or -1. */
static int sum_row(const struct tr_attack *a, const struct tr_attack_sheet *s,
                   const struct tr_dict *rows, int total, uint32_t r)
{
    struct tr_str sum = tr_attack_sum_of(a, tr_table_cell(s->t, r, 0));
    int at = sum.len > 0 ? tr_dict_find(rows, sum) : -1;

    return at >= 0 ? at : (int)r == total ? -1 : total;
}

/* What stands in a column adds up, in the row of totals and in rows that are sums of others. */
static void relate_columns(struct tr_attack *a, const struct tr_attack_sheet *s,
                           const int of[], int total)
{
    for (uint32_t sum = 0; sum < s->t->n_rows; sum++) {
        uint32_t said = parts_of(a, tr_table_cell(s->t, sum, 0)), n = 0;

        for (uint32_t r = 0; r < s->t->n_rows; r++)
            n += of[r] == (int)sum;
        for (uint32_t c = 1; n > 0 && c < s->t->n_columns; c++) {
            struct building b;

            if (!adds_up(s->column[c].what))
                continue;
            b = begin(a, TR_SUM_COLUMN, place_of(a, s, sum, c));
            for (uint32_t r = 0; r < s->t->n_rows; r++)
                if (of[r] == (int)sum)
                    add_part(&b, *tr_sheet_x(s, r, c));
            b.open |= (int)sum != total && n < said;
            end(&b, *tr_sheet_x(s, sum, c));
        }
    }
}

static int relate_wide(struct tr_attack *a, const struct tr_attack_sheet *s)
{
    struct tr_dict rows = {0};
    int *of = malloc((s->t->n_rows + (size_t)1) * sizeof *of), total = -1, rc = of ? 0 : -1;

    for (uint32_t r = 0; rc == 0 && r < s->t->n_rows; r++) {
        int at = (int)r;

        if (tr_row_is_total(s, r))
            total = at;
        if (tr_dict_add(&rows, tr_table_cell(s->t, r, 0), &at) < 0)
            rc = -1;
    }
    for (uint32_t r = 0; rc == 0 && r < s->t->n_rows; r++) {
        of[r] = sum_row(a, s, &rows, total, r);
        relate_groups(a, s, r);
        relate_totals(a, s, r);
        relate_open(a, s, r);
        relate_measures(a, s, r);
        relate_others(a, s, r);
    }
    if (rc == 0)
        relate_columns(a, s, of, total);
    tr_dict_clear(&rows);
    free(of);
    return rc;
}

/* ---- long tables ---- */

/* A number of a long table is part of one that another table tells of. */
struct in_sum {
    uint32_t whole, part;
    int way; /* 0 over the first key, 1 over the second, 2 over both */
    uint32_t order;
};

static int by_whole(const void *a, const void *b)
{
    const struct in_sum *x = a, *y = b;

    if (x->whole != y->whole)
        return x->whole < y->whole ? -1 : 1;
    if (x->way != y->way)
        return x->way - y->way;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void note_in(struct tr_attack *a, const struct tr_attack_sheet *s,
                    const struct tr_str says[3], uint32_t part, int way)
{
    int whole = tr_dict_find(&a->keys, tr_attack_key(a, s->time, says, 3));
    const struct in_sum in = {(uint32_t)whole, part, way,
                              (uint32_t)(a->pairs.len / sizeof(struct in_sum))};

    if (whole >= 0)
        tr_buf_add(&a->pairs, &in, sizeof in);
}

/* What sums the code of a key up, as field=code: another code, or nothing. */
static struct tr_str sum_says(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r,
                              int key)
{
    struct tr_str sum = tr_attack_sum_of(a, tr_table_cell(s->t, r, key)), says = {0};
    struct tr_buf text = {0};

    if (sum.len == 0)
        return says;
    tr_buf_str(&text, s->t->header[key]);
    tr_buf_char(&text, '=');
    tr_buf_str(&text, sum);
    says = tr_arena_copy(&a->text, tr_buf_slice(&text));
    tr_buf_clear(&text);
    return says;
}

static bool is_extra(struct tr_str code)
{
    return tr_str_is(code, "undecided") || tr_str_is(code, "outside") || tr_str_is(code, "unknown");
}

static void note_sums(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r, uint32_t c,
                      struct tr_str all)
{
    struct tr_str none = {0}, m = s->column[c].says, first = tr_sheet_says(a, s, r, 0);
    struct tr_str second = s->keys > 1 ? tr_sheet_says(a, s, r, 1) : none;
    struct tr_str up = sum_says(a, s, r, 0), over = s->keys > 1 ? sum_says(a, s, r, 1) : none;
    uint32_t x = *tr_sheet_x(s, r, c);

    if (first.len > 0)
        note_in(a, s, (struct tr_str[]){up, second, m}, x, 0);
    if (second.len == 0)
        return;
    note_in(a, s, (struct tr_str[]){first, over, m}, x, 1);
    if (over.len > 0)
        return;
    if (!is_extra(tr_table_cell(s->t, r, 1))) {
        note_in(a, s, (struct tr_str[]){first, all, m}, x, 1);
        if (up.len == 0 && first.len > 0)
            note_in(a, s, (struct tr_str[]){none, all, m}, x, 2);
    }
    if (up.len == 0 && first.len > 0)
        note_in(a, s, (struct tr_str[]){none, none, m}, x, 2);
}

/* A cell that is not in a long table is 0: its numbers are all there are of a sum. */
static void relate_long(struct tr_attack *a, const struct tr_attack_sheet *s)
{
    struct tr_buf all = {0};
    const struct in_sum *in;
    size_t n;

    if (s->keys > 1) {
        tr_buf_str(&all, s->t->header[1]);
        tr_buf_text(&all, "=*");
    }
    a->pairs.len = 0;
    for (uint32_t r = 0; r < s->t->n_rows; r++) {
        for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++)
            if ((s->column[c].what == TR_WHAT_PERSONS || s->column[c].what == TR_WHAT_MEASURE) &&
                *tr_sheet_x(s, r, c) != TR_NOTHING)
                note_sums(a, s, r, c, tr_buf_slice(&all));
        relate_measures(a, s, r);
        relate_others(a, s, r);
    }
    n = a->pairs.len / sizeof *in;
    if (n > 0)
        qsort(a->pairs.p, n, sizeof *in, by_whole);
    in = (const struct in_sum *)(const void *)a->pairs.p;
    for (size_t i = 0, next; i < n; i = next) {
        static const enum tr_sum_kind kinds[] = {TR_SUM_COLUMN, TR_SUM_ROW, TR_SUM_COLUMN};
        struct building b = begin(a, kinds[in[i].way], tr_attack_seen(a, in[i].whole)->place);
        bool itself = false; /* a measure of one code counts the same as that code */

        for (next = i; next < n && in[next].whole == in[i].whole && in[next].way == in[i].way; next++) {
            add_part(&b, in[next].part);
            itself |= in[next].part == in[i].whole;
        }
        end(&b, itself ? TR_NOTHING : in[i].whole);
    }
    tr_buf_clear(&all);
}

/* ---- years ---- */

/* A number may have changed by so much between two times that are told of. */
static void relate_change(struct tr_attack *a, uint32_t x, uint32_t other)
{
    struct building b;

    if (tr_attack_seen(a, x)->shown && tr_attack_seen(a, other)->shown)
        return;
    b = begin(a, TR_SUM_YEARS, tr_attack_seen(a, x)->place);
    add_part(&b, other);
    add_part(&b, tr_attack_unknown(a, -a->knows.change, a->knows.change));
    end(&b, x);
}

static void relate_years(struct tr_attack *a, const struct tr_attack_sheet *s, bool done[])
{
    for (uint32_t r = 0; r < s->t->n_rows; r++)
        for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++) {
            uint32_t x = *tr_sheet_x(s, r, c);

            if (x == TR_NOTHING || done[x] || !adds_up(s->column[c].what) ||
                s->column[c].what == TR_WHAT_STOCK || s->column[c].what == TR_WHAT_EARLIER)
                continue;
            done[x] = true;
            for (int time = s->time + 1; time < a->n_times; time++) {
                int other = tr_dict_find(&a->keys, tr_sheet_key(a, s, r, c, time));

                if (other >= 0)
                    relate_change(a, x, (uint32_t)other);
            }
        }
}

int tr_attack_relate(struct tr_attack *a, struct tr_err *err)
{
    bool *done = calloc(a->system.n + (size_t)1, sizeof *done);
    int rc = done ? 0 : -1;

    for (int i = 0; rc == 0 && i < a->n_sheets; i++)
        if (a->sheet[i].is_long)
            relate_long(a, &a->sheet[i]);
        else
            rc = relate_wide(a, &a->sheet[i]);
    for (int i = 0; rc == 0 && a->knows.change >= 0 && i < a->n_sheets; i++)
        relate_years(a, &a->sheet[i], done);
    free(done);
    if (rc < 0 || a->system.failed || a->seen.failed || a->origin.failed || a->pairs.failed ||
        a->text.failed)
        return tr_err_memory(err);
    return 0;
}
