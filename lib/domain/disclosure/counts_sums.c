/* Cells that differ in one code only, all others being equal, are the parts of one number: the districts of
 * the city, the housing types of a district. These are the sums of a table, and of tables together. */
#include <stdio.h>
#include <stdlib.h>

#include "domain/disclosure/counts_own.h"

/* A cell among those that differ in one code only. */
struct part {
    int set;
    uint32_t cell;
    int dim; /* of the cell's key: where that code is */
    int code;
};

struct names {
    int all, undecided, outside, unknown;
};

static int by_set(const void *one, const void *other)
{
    const struct part *a = one, *b = other;

    if (a->set != b->set)
        return a->set < b->set ? -1 : 1;
    return a->cell < b->cell ? -1 : a->cell > b->cell;
}

static struct tr_count_key without(const struct tr_count_key *key, int i)
{
    struct tr_count_key rest = {.n = key->n - 1, .part = key->part, .time = key->time};

    for (int from = 0, to = 0; from < key->n; from++)
        if (from != i)
            rest.of[to++] = key->of[from];
    return rest;
}

/* Puts each cell in the set of each of its codes. */
static struct part *list_parts(const struct tr_counts *k, size_t *n)
{
    struct part *part = calloc(k->cells.n * TR_COUNT_DIMS + 1, sizeof *part);
    struct tr_dict sets = {0};

    *n = 0;
    for (size_t i = 0; part && i < k->cells.n; i++)
        for (int d = 0; d < k->key[i].n; d++) {
            struct tr_count_key rest = without(&k->key[i], d);
            int bytes[3 + 2 * TR_COUNT_DIMS] = {rest.part, rest.time, k->key[i].of[d].field};
            int set = (int)sets.n;

            for (int j = 0; j < rest.n; j++) {
                bytes[3 + 2 * j] = rest.of[j].field;
                bytes[4 + 2 * j] = rest.of[j].code;
            }
            if (tr_dict_add(&sets,
                            (struct tr_str){(const char *)bytes,
                                            sizeof(int) * (size_t)(3 + 2 * rest.n)},
                            &set) < 0) {
                free(part);
                part = NULL;
                break;
            }
            part[(*n)++] = (struct part){set, (uint32_t)i, d, k->key[i].of[d].code};
        }
    tr_dict_clear(&sets);
    if (part)
        qsort(part, *n, sizeof *part, by_set);
    return part;
}

/* A number that holds everybody of a sum is hidden like a small one, where the rules say so: nobody may
 * know that nobody is elsewhere. */
static void mark_whole(struct tr_counts *k, const struct tr_term *term, size_t n)
{
    const struct tr_term *only = NULL;
    size_t some = 0;

    for (size_t i = 1; i < n; i++)
        if (k->cells.cell[term[i].at].value > 0) {
            some++;
            only = &term[i];
        }
    if (k->rules.whole_group && some == 1 && n > 2)
        k->cells.cell[only->at].small = true; /* its range is set with the others' */
}

static void add_sum(struct tr_counts *k, struct tr_term *term, size_t n)
{
    tr_cells_sum(&k->cells, term, n);
    mark_whole(k, term, n);
}

static int parent_of(const struct tr_counts *k, int code)
{
    return code < k->n_parents ? k->parent[code] : -1;
}

/* Whether the code is made of others: nobody delivers its row. */
static bool is_group(const struct tr_counts *k, int code)
{
    for (int i = 0; i < k->n_parents; i++)
        if (k->parent[i] == code)
            return true;
    return false;
}

static bool has_code(const struct part *part, size_t n, int code)
{
    for (size_t i = 0; i < n; i++)
        if (part[i].code == code)
            return true;
    return false;
}

static bool is_rest(const struct names *names, int code)
{
    return code == names->undecided || code == names->outside || code == names->unknown;
}

/* Whether of the codes of the set some may be missing: of an earlier year a wide table tells the sum and that of
 * some groups. */
static bool tells_some(const struct tr_counts *k, const struct part *part, size_t n,
                       const struct names *names)
{
    bool year = false;

    for (int i = 0; i < k->n_years; i++)
        year |= k->key[part->cell].part == k->year[i];
    for (size_t i = 0; i < n && year; i++)
        year = part[i].code == names->all || is_rest(names, part[i].code) ||
               is_group(k, part[i].code);
    return year && has_code(part, n, names->all) && n > 1;
}

/* Those who are in none of the groups that are told. The term's number; -1: memory. */
static int add_others(struct tr_counts *k, uint32_t all, const struct tr_term *term, size_t n)
{
    struct tr_count_key key = k->key[all];
    int64_t value = k->cells.cell[all].value;
    int others;

    for (size_t i = 1; i < n; i++)
        value -= k->cells.cell[term[i].at].value;
    key.part = TR_COUNT_SLACK + 1 + (int)all;
    others = tr_counts_new(k, &key, value, k->place[all]);
    if (others >= 0)
        k->cells.cell[others].state = TR_CELL_UNTOLD;
    for (size_t i = 0; others >= 0 && i < n; i++)
        k->unknown[others] |= k->unknown[term[i].at];
    return others;
}

/* The sums of one set: of each group its codes, of "all" the codes, and of the whole both "all" and the
 * rest. */
static int add_sums_of(struct tr_counts *k, const struct part *part, size_t n,
                        const struct names *names, struct tr_term *term)
{
    int whole;
    struct tr_count_key rest;
    size_t m;
    int all = -1, others;

    for (size_t i = 0; i < n; i++)
        all = part[i].code == names->all ? (int)part[i].cell : all;
    for (size_t g = 0; g < n; g++) {
        m = 0;
        term[m++] = (struct tr_term){part[g].cell, -1};
        for (size_t i = 0; i < n; i++)
            if (parent_of(k, part[i].code) == part[g].code)
                term[m++] = (struct tr_term){part[i].cell, 1};
        add_sum(k, term, m);
    }
    m = 1;
    for (size_t i = 0; i < n; i++)
        if (part[i].code != names->all && !is_rest(names, part[i].code) &&
            !(parent_of(k, part[i].code) >= 0 && has_code(part, n, parent_of(k, part[i].code))))
            term[m++] = (struct tr_term){part[i].cell, 1};
    if (all >= 0) {
        term[0] = (struct tr_term){(uint32_t)all, -1};
        if (tells_some(k, part, n, names)) {
            others = add_others(k, (uint32_t)all, term, m);
            if (others < 0)
                return -1;
            term[m++] = (struct tr_term){(uint32_t)others, 1};
        }
        add_sum(k, term, m);
        m = 1;
        term[m++] = (struct tr_term){(uint32_t)all, 1};
    }
    for (size_t i = 0; i < n; i++)
        if (is_rest(names, part[i].code))
            term[m++] = (struct tr_term){part[i].cell, 1};
    rest = without(&k->key[part->cell], part->dim);
    whole = tr_counts_find(k, &rest);
    if (whole >= 0) {
        term[0] = (struct tr_term){(uint32_t)whole, -1};
        add_sum(k, term, m);
    }
    return 0;
}

static int add_part_sums(struct tr_counts *k, const struct names *names)
{
    size_t n, at = 0;
    struct part *part = list_parts(k, &n);
    struct tr_term *term = calloc(k->cells.n + 2, sizeof *term);
    int rc = part && term ? 0 : -1;

    while (rc == 0 && at < n) {
        size_t end = at;

        while (end < n && part[end].set == part[at].set)
            end++;
        rc = add_sums_of(k, part + at, end - at, names, term);
        at = end;
    }
    free(part);
    free(term);
    return rc;
}

/* ---- parts of a number: measures, and what is open of the undecided ---- */

static int wrong_total(const struct tr_counts *k, uint32_t cell, int64_t says, int64_t adds,
                       struct tr_err *err)
{
    char text[24];

    tr_counts_fault(k, cell, TR_E_TOTAL, err);
    snprintf(text, sizeof text, "%lld", (long long)says);
    tr_err_copy(err->arg[0], sizeof err->arg[0], tr_str(text));
    snprintf(text, sizeof text, "%lld", (long long)adds);
    tr_err_copy(err->arg[1], sizeof err->arg[1], tr_str(text));
    return -1;
}

/* Those whom the part leaves out of what the name is of, if that is told: which = 0 for all persons, else
 * 1 and the number of another measure. *left: their cell; -1: none. */
static int add_left(struct tr_counts *k, uint32_t part, int name, int which, int *left,
                    struct tr_err *err)
{
    struct tr_count_key key = k->key[part];
    int64_t value = k->cells.cell[part].value;
    int whole;

    *left = -1;
    key.part = name;
    whole = tr_counts_find(k, &key);
    if (whole < 0)
        return 0;
    if (!k->unknown[part] && !k->unknown[whole] && value > k->cells.cell[whole].value)
        return wrong_total(k, (uint32_t)whole, k->cells.cell[whole].value, value, err);
    key.part = -1 - ((int)part * (TR_MEASURES_MAX + 1) + which);
    *left = tr_counts_new(k, &key, k->cells.cell[whole].value - value, k->place[part]);
    if (*left < 0)
        return tr_err_memory(err);
    k->cells.cell[*left].state = TR_CELL_UNTOLD;
    k->unknown[*left] = k->unknown[part] || k->unknown[whole];
    add_sum(k,
            (struct tr_term[]){{(uint32_t)whole, -1}, {part, 1}, {(uint32_t)*left, 1}}, 3);
    return 0;
}

/* A measure, and those whom it leaves out, are sums of codes where another table counts by its field. rest: of
 * those too who have none of the codes. */
static void add_codes(struct tr_counts *k, uint32_t cell, const struct tr_count_key *of,
                      const struct tr_measure *measure, uint64_t codes, const struct names *rest)
{
    const struct tr_list *list = k->profile->of_field[measure->field];
    const int others[] = {rest ? rest->undecided : -1, rest ? rest->outside : -1,
                          rest ? rest->unknown : -1};
    int field = tr_counts_name(k, tr_str(tr_fields[measure->field].name));
    struct tr_term term[TR_LIST_MAX + 4] = {{cell, -1}};
    int64_t left = k->cells.cell[cell].value;
    bool unknown = k->unknown[cell];
    size_t n = 1;

    for (int i = 0; i < list->n + 3 && of->n < TR_COUNT_DIMS; i++) {
        struct tr_count_key key = *of;
        int code = i >= list->n         ? others[i - list->n]
                   : (codes >> i & 1) ? tr_counts_name(k, list->entry[i].code)
                                        : -1,
            at;

        key.part = 0;
        tr_counts_add_dim(&key, field, code);
        at = code < 0 ? -1 : tr_counts_find(k, &key);
        if (at < 0)
            continue;
        term[n++] = (struct tr_term){(uint32_t)at, 1};
        left -= k->cells.cell[at].value;
        unknown |= k->unknown[at];
    }
    if (!rest || unknown || left == 0) /* a table may lack the column of those who have none */
        add_sum(k, term, n);
}

/* Of every measure that has more codes of the same field, those whom this one leaves out. */
static int add_left_of_wider(struct tr_counts *k, uint32_t part, int m, struct tr_err *err)
{
    const struct tr_measure *measure = k->profile->measure;
    struct tr_count_key key = k->key[part];
    int left;

    for (int w = 0; w < k->profile->n_measures; w++) {
        if (w == m || measure[w].field != measure[m].field ||
            (measure[m].codes & ~measure[w].codes) != 0 || measure[m].codes == measure[w].codes)
            continue;
        if (add_left(k, part, tr_counts_name(k, measure[w].name), 1 + w, &left, err) < 0)
            return -1;
        if (left >= 0)
            add_codes(k, (uint32_t)left, &key, &measure[m], measure[w].codes & ~measure[m].codes,
                      NULL);
    }
    return 0;
}

static int add_measures(struct tr_counts *k, const struct names *names, struct tr_err *err)
{
    size_t n = k->cells.n;

    for (int m = 0; m < k->profile->n_measures; m++) {
        const struct tr_measure *measure = &k->profile->measure[m];
        int part = tr_counts_name(k, measure->name);

        for (size_t i = 0; i < n; i++) {
            struct tr_count_key key = k->key[i];
            int left;

            if (key.part != part)
                continue;
            if (add_left(k, (uint32_t)i, 0, 0, &left, err) < 0 ||
                add_left_of_wider(k, (uint32_t)i, m, err) < 0)
                return -1;
            add_codes(k, (uint32_t)i, &key, measure, measure->codes, NULL);
            if (left >= 0)
                add_codes(k, (uint32_t)left, &key, measure, ~measure->codes, names);
        }
    }
    return 0;
}

static void add_open(struct tr_counts *k, const struct names *names)
{
    static const char *const open[] = {"open_group", "open_type", "open_path"};
    int part[3];

    for (int i = 0; i < 3; i++)
        part[i] = tr_counts_name(k, tr_str(open[i]));
    for (size_t c = 0; c < k->cells.n; c++) {
        struct tr_count_key key = k->key[c];
        struct tr_term term[4] = {{(uint32_t)c, -1}};
        size_t n = 1;
        bool undecided = false;

        for (int i = 0; i < key.n; i++)
            undecided |= key.of[i].code == names->undecided;
        for (int i = 0; i < 3 && undecided && k->key[c].part == 0; i++) {
            int cell;

            key.part = part[i];
            cell = tr_counts_find(k, &key);
            if (cell >= 0)
                term[n++] = (struct tr_term){(uint32_t)cell, 1};
        }
        if (n > 1)
            add_sum(k, term, n);
    }
}

/* ---- which cells are small ---- */

static bool keeps(const struct tr_count_key *key, const int *kept, int n)
{
    for (int i = 0; i < key->n; i++)
        for (int j = 0; j < n; j++)
            if (key->of[i].code == kept[j])
                return true;
    return false;
}

/* Which of the sums that may have to be shown the cell is. */
static unsigned total_of(const struct tr_counts *k, const struct tr_count_key *key,
                         const struct names *names)
{
    bool owned = false, all = false;

    for (int i = 0; i < key->n; i++) {
        owned |= key->of[i].field == k->row_field;
        all |= key->of[i].code == names->all;
    }
    if (key->n == 0 || (key->n == 1 && all))
        return TR_SHOW_ALL;
    if (owned && (key->n == 1 || (key->n == 2 && all)))
        return TR_SHOW_ROWS;
    return owned ? 0 : TR_SHOW_COLUMNS;
}

static void judge(struct tr_counts *k, size_t i, const struct names *names, const int *kept,
                  int n_kept)
{
    const struct tr_disclosure *d = &k->rules;
    struct tr_cell *x = &k->cells.cell[i];
    bool zero_stays = d->zero_shown && !d->whole_group, untold = x->state == TR_CELL_UNTOLD,
         whole = x->small;
    unsigned total = total_of(k, &k->key[i], names);
    int64_t least = tr_disclosure_least(d);

    if (k->key[i].part == TR_COUNT_SLACK)
        return;
    for (int j = 0; j < k->key[i].n; j++)
        if (k->key[i].of[j].field == k->row_field && !is_group(k, k->key[i].of[j].code))
            x->owner = k->key[i].of[j].code;
    x->least = untold && !k->unknown[i] ? 0 : zero_stays ? 1 : 0;
    x->weight = d->cost == TR_COST_SUM ? (uint32_t)(x->value > 0 ? x->value : 1) : 100;
    x->weight += d->cost == TR_COST_CELLS && total && k->key[i].part == 0; /* of two, not the sum */
    x->weight = keeps(&k->key[i], kept, n_kept) ? 20000 + x->weight : x->weight;
    x->small = false;
    if (x->state == TR_CELL_SHOWN)
        return;
    if ((untold && !k->unknown[i] && !d->rest_counts) ||
        !(whole || tr_disclosure_is_small(d, x->value))) {
        if ((x->value == 0 && zero_stays && !untold) ||
            (k->key[i].part == 0 && (total & d->totals_shown) && !untold))
            x->state = TR_CELL_SHOWN;
        return;
    }
    x->small = true;
    x->unsure = k->unknown[i];
    x->low = x->value - d->range_width > least ? x->value - d->range_width : least;
    x->high = whole ? x->value : x->low + d->range_width;
    x->low = whole && x->value - d->range_width < 0 ? 0 : x->low;
}

static int judge_all(struct tr_counts *k, const struct names *names)
{
    enum { KEPT = 64 };
    struct tr_str rest = k->rules.keep, code;
    int kept[KEPT], n = 0;

    while (rest.len > 0 && n < KEPT && tr_str_part(&rest, '|', &code))
        kept[n++] = tr_counts_name(k, code);
    for (size_t i = 0; i < k->cells.n; i++)
        judge(k, i, names, kept, n);
    return 0;
}

int tr_counts_close(struct tr_counts *k, struct tr_err *err)
{
    struct names names = {tr_counts_name(k, TR_STR(TR_COUNT_ALL)),
                          tr_counts_name(k, TR_STR(TR_COUNT_UNDECIDED)),
                          tr_counts_name(k, TR_STR(TR_COUNT_OUTSIDE)),
                          tr_counts_name(k, TR_STR(TR_COUNT_UNKNOWN))};
    size_t wrong;

    if (names.all < 0 || names.undecided < 0 || names.outside < 0 || names.unknown < 0 ||
        add_part_sums(k, &names) < 0)
        return tr_err_memory(err);
    if (add_measures(k, &names, err) < 0)
        return -1;
    add_open(k, &names);
    if (tr_counts_changes(k) < 0)
        return tr_err_memory(err);
    if (tr_counts_made_up(k, err) < 0)
        return -1;
    if (tr_cells_close(&k->cells) < 0)
        return tr_err_memory(err);
    if (!tr_cells_add_up(&k->cells, &wrong)) {
        size_t from = k->cells.sum.start[wrong], to = k->cells.sum.start[wrong + 1];
        int64_t adds = 0;

        for (size_t t = from + 1; t < to; t++)
            adds += k->cells.cell[k->cells.sum.term[t].at].value;
        return wrong_total(k, k->cells.sum.term[from].at,
                           k->cells.cell[k->cells.sum.term[from].at].value, adds, err);
    }
    return judge_all(k, &names);
}

double tr_counts_weight(const struct tr_counts *k, uint32_t cell)
{
    static const double weights[] = {10000, 100, 1};
    int n = 0, all = -1;
    struct tr_str name = TR_STR(" " TR_COUNT_ALL);

    all = tr_dict_find(&k->names, name);
    for (int i = 0; i < k->key[cell].n; i++)
        n += k->key[cell].of[i].code != all;
    return weights[n < 2 ? n : 2];
}
