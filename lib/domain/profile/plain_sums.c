/* A row of totals under a name that no list has, such as that of the municipality: found by its
 * numbers. */
#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/number.h"
#include "domain/profile/plain.h"

/* The numbers of a column in rows that are alike but for one cell. */
struct column_sum {
    int64_t sum;
    bool open; /* one of them is hidden, or none */
};

/* What is known of a name in the column of that cell. */
enum verdict { UNSEEN, ADDS_UP, DOES_NOT };

struct sums {
    const struct tr_table *t;
    const struct tr_list *groups;
    uint32_t keys, at; /* columns before the numbers; that of the names */
    struct tr_dict alike, names;
    int *group, *name;         /* of each row; of one that is not added up itself -1 */
    uint32_t *rows;            /* of each group */
    struct column_sum *column; /* of each group, each column */
    enum verdict *verdict;     /* of each name */
};

static void clear(struct sums *s)
{
    tr_dict_clear(&s->alike);
    tr_dict_clear(&s->names);
    free(s->group);
    free(s->name);
    free(s->rows);
    free(s->column);
    free(s->verdict);
}

static int number(struct tr_dict *dict, struct tr_str key)
{
    int value = (int)dict->n;

    return tr_dict_add(dict, key, &value) < 0 ? -1 : value;
}

/* Numbers the rows that are alike, and the names. -1: memory. */
static int sort_rows(struct sums *s)
{
    const struct tr_table *t = s->t;
    struct tr_buf key = {0};
    int rc = 0;

    for (uint32_t r = 0; r < t->n_rows && rc == 0; r++) {
        struct tr_str name = tr_table_cell(t, r, (int)s->at);

        s->group[r] = -1;
        if (s->groups && tr_list_code(s->groups, name) >= 0) /* adds up others, as is known */
            continue;
        key.len = 0;
        for (uint32_t c = 0; c < s->keys; c++) {
            tr_buf_str(&key, c == s->at ? TR_STR("") : tr_table_cell(t, r, (int)c));
            tr_buf_char(&key, '\0');
        }
        s->group[r] = key.failed ? -1 : number(&s->alike, tr_buf_slice(&key));
        key.len = 0;
        tr_buf_char(&key, ' ');
        tr_buf_str(&key, name);
        s->name[r] = key.failed ? -1 : number(&s->names, tr_buf_slice(&key));
        rc = s->group[r] < 0 || s->name[r] < 0 ? -1 : 0;
    }
    tr_buf_clear(&key);
    return rc;
}

static void add_up(struct sums *s)
{
    const struct tr_table *t = s->t;

    for (uint32_t r = 0; r < t->n_rows; r++) {
        if (s->group[r] < 0)
            continue;
        s->rows[s->group[r]]++;
        for (uint32_t c = s->keys; c < t->n_columns; c++) {
            struct column_sum *column = &s->column[(size_t)s->group[r] * t->n_columns + c];
            long long n = 0;

            column->open |= !tr_number_read(tr_table_cell(t, r, (int)c), &n) || n < 0;
            column->sum += n;
        }
    }
}

/* Holds each row's numbers against those of the others. */
static void judge_rows(struct sums *s)
{
    const struct tr_table *t = s->t;

    for (uint32_t r = 0; r < t->n_rows; r++)
        for (uint32_t c = s->keys; s->group[r] >= 0 && c < t->n_columns; c++) {
            const struct column_sum *column = &s->column[(size_t)s->group[r] * t->n_columns + c];
            enum verdict *verdict = &s->verdict[s->name[r]];
            long long n;

            if (column->open || column->sum == 0 || s->rows[s->group[r]] < 3)
                continue;
            tr_number_read(tr_table_cell(t, r, (int)c), &n);
            *verdict = *verdict != DOES_NOT && n == column->sum - n ? ADDS_UP : DOES_NOT;
        }
}

static bool start(struct sums *s)
{
    size_t n = s->t->n_rows + 1;

    s->group = calloc(n, sizeof *s->group);
    s->name = calloc(n, sizeof *s->name);
    s->rows = calloc(n, sizeof *s->rows);
    s->column = calloc(n * (s->t->n_columns + 1), sizeof *s->column);
    s->verdict = calloc(n, sizeof *s->verdict);
    return s->group && s->name && s->rows && s->column && s->verdict;
}

/* Whether the name is one of the profile's, or of those who have none. */
static bool is_known(const struct tr_list *list, struct tr_str name)
{
    static const char *const rest[] = {"unknown", "undecided", "outside"};

    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        if (tr_str_is(name, rest[i]))
            return true;
    return list && tr_list_code(list, name) >= 0;
}

/* Calls total what adds up the others in column at; 1 with err: there is such. -1: memory. */
static int find_total(const struct tr_profile *p, struct tr_table *t, uint32_t keys, uint32_t at,
                      struct tr_err *err)
{
    struct sums s = {.t = t, .groups = tr_profile_list(p, "column_group"), .keys = keys, .at = at};
    const struct tr_list *list = tr_plain_list(p, t->header[at]);
    int rc = start(&s) ? sort_rows(&s) : -1;
    bool found = false;

    if (rc == 0) {
        add_up(&s);
        judge_rows(&s);
    }
    for (uint32_t r = 0; rc == 0 && r < t->n_rows; r++) {
        struct tr_str *name = &t->cells[(size_t)r * t->n_columns + at];

        if (s.group[r] < 0 || s.verdict[s.name[r]] != ADDS_UP || is_known(list, *name))
            continue;
        *name = TR_STR("total");
        if (!found)
            tr_table_fault(t, r, (int)at, TR_W_ROW_SUMS, NULL, err);
        found = true;
    }
    clear(&s);
    return rc < 0 ? rc : found;
}

static bool has_total(const struct tr_table *t, uint32_t at)
{
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_is(tr_table_cell(t, r, (int)at), "total"))
            return true;
    return false;
}

int tr_plain_sums(const struct tr_profile *p, struct tr_table *t, struct tr_err *err)
{
    int count = tr_table_column(t, "count"), rc = 0;
    uint32_t keys = count > 0 ? (uint32_t)count : 1;

    for (uint32_t c = 0; rc >= 0 && c < keys && keys < t->n_columns; c++)
        if (!has_total(t, c)) {
            int found = find_total(p, t, keys, c, rc ? &(struct tr_err){0} : err);

            rc = found ? found : rc;
        }
    return rc;
}
