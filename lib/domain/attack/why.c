/* A range in words: which sums, less what is shown, leave how much for how many hidden numbers. */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "domain/attack/attack_own.h"

enum { NAMED_MAX = 6 };

/* ---- names ---- */

static struct tr_str label_of(const struct tr_attack *a, const struct tr_list *list,
                              struct tr_str code, enum tr_lang lang)
{
    int at = tr_list_code(list, code);
    struct tr_str label;

    if (at >= 0)
        return list->entry[at].short_label[lang].len > 0 ? list->entry[at].short_label[lang]
                                                         : list->entry[at].label[lang];
    label = tr_profile_label(a->profile, code, lang);
    return label.len > 0 ? label : code;
}

static const struct tr_list *list_of(const struct tr_attack *a, struct tr_str field)
{
    int at = tr_field_find(field);

    return at >= 0 ? a->profile->of_field[at] : NULL;
}

static void add_name(struct tr_buf *out, size_t from, struct tr_str name)
{
    if (name.len == 0)
        return;
    if (out->len > from)
        tr_buf_text(out, ", ");
    tr_text_show(name, out);
}

void tr_attack_place_name(const struct tr_attack *a, struct tr_place_in place, enum tr_lang lang,
                          struct tr_buf *out)
{
    const struct tr_attack_sheet *s = &a->sheet[place.table];
    const struct tr_attack_column *column = &s->column[place.column];
    struct tr_str head = s->t->header[place.column];
    size_t from = out->len;

    for (int k = 0; k < s->keys; k++)
        add_name(out, from,
                 label_of(a, list_of(a, s->t->header[k]), tr_table_cell(s->t, place.row, k), lang));
    if (s->is_long && column->what == TR_WHAT_PERSONS)
        return;
    if (column->what == TR_WHAT_CELL)
        add_name(out, from, label_of(a, list_of(a, s->field), column->code, lang));
    else
        add_name(out, from, label_of(a, NULL, head, lang));
}

static struct tr_str text_of(const struct tr_attack *a, const char *key, enum tr_lang lang)
{
    return tr_profile_text(a->profile, key, lang);
}

void tr_attack_name(const struct tr_attack *a, const struct tr_attack_cell *cell, enum tr_lang lang,
                    struct tr_buf *out)
{
    struct tr_buf name = {0};

    tr_attack_place_name(a, cell->place, lang, &name);
    if (cell->rest || cell->change)
        tr_text_fill(text_of(a, cell->rest ? "attack.rest" : "attack.change", lang),
                     (struct tr_fill[]){{"name", tr_buf_slice(&name)}, {NULL, {0}}}, out);
    else
        tr_buf_str(out, tr_buf_slice(&name));
    out->failed |= name.failed;
    tr_buf_clear(&name);
}

/* ---- proofs ---- */

struct proof {
    struct tr_buf sums; /* of int32_t, as tr_system_proof has them */
    int64_t left;       /* what they leave when all that is shown is taken off */
    uint32_t n, minus;  /* hidden numbers in it, and those of them that are taken off */
    bool years;         /* a change between two years is in it */
    int64_t least;      /* of the others: what each is at least; -1 when that differs */
    int64_t most;
};

static int32_t sum_in(const struct proof *p, size_t i)
{
    return ((const int32_t *)(const void *)p->sums.p)[i];
}

static size_t n_sums(const struct proof *p)
{
    return p->sums.len / sizeof(int32_t);
}

/* Adds up the sums of the proof: what is left, and for how many. */
static int weigh(const struct tr_attack *a, uint32_t target, struct proof *p)
{
    const struct tr_system *s = &a->system;
    int32_t *sign = calloc(s->n + (size_t)1, sizeof *sign);

    if (!sign)
        return -1;
    p->least = p->most = TR_UNLIMITED;
    for (size_t i = 0; i < n_sums(p); i++) {
        const struct tr_sum *sum = &s->sum[abs(sum_in(p, i)) - 1];
        int by = sum_in(p, i) > 0 ? 1 : -1;

        p->left += by * sum->equals;
        for (size_t t = sum->from; t < sum->to; t++)
            sign[s->term[t].x] += by * s->term[t].sign;
    }
    for (uint32_t x = 0; x < s->n; x++) {
        if (s->x[x].low == s->x[x].high) {
            p->left -= sign[x] * s->x[x].low;
            continue;
        }
        if (s->x[x].low < 0) { /* a change, not a number of persons */
            p->years |= sign[x] != 0;
            continue;
        }
        p->n += sign[x] != 0;
        p->minus += sign[x] < 0;
        if (sign[x] == 0 || x == target)
            continue;
        p->least = p->least == TR_UNLIMITED || p->least == s->x[x].low ? s->x[x].low : -1;
        p->most = p->most == TR_UNLIMITED || p->most == s->x[x].high ? s->x[x].high : -1;
    }
    free(sign);
    return 0;
}

/* Adds the names of the sums with this sign, joined. */
static void add_sums(const struct tr_attack *a, const struct proof *p, int sign, enum tr_lang lang,
                     struct tr_buf *out)
{
    uint32_t n = 0;

    for (size_t i = 0; i < n_sums(p); i++) {
        const struct tr_attack_origin *from =
            tr_attack_origin(a, (uint32_t)abs(sum_in(p, i)) - 1);
        struct tr_buf name = {0};

        if ((sum_in(p, i) > 0 ? 1 : -1) != sign || ++n > NAMED_MAX)
            continue;
        tr_attack_place_name(a, from->place, lang, &name);
        if (n > 1)
            tr_buf_text(out, " + ");
        tr_text_fill(text_of(a, from->kind == TR_SUM_YEARS ? "attack.other_year" : "attack.quoted",
                             lang),
                     (struct tr_fill[]){{"name", tr_buf_slice(&name)}, {NULL, {0}}}, out);
        tr_buf_clear(&name);
    }
    if (n > NAMED_MAX)
        tr_buf_text(out, " + …");
}

/* The kind of the only sum of a proof, or -1. */
static int only_kind(const struct tr_attack *a, const struct proof *p)
{
    return n_sums(p) == 1 ? (int)tr_attack_origin(a, (uint32_t)abs(sum_in(p, 0)) - 1)->kind : -1;
}

/* Whole sums stand with a minus in the system: what is added up in words has the other sign. */
static const char *sentence(const struct tr_attack *a, const struct proof *p)
{
    if (only_kind(a, p) == TR_SUM_YEARS)
        return "attack.years";
    if (only_kind(a, p) == TR_SUM_REST)
        return p->n == 1 ? "attack.rest_one" : "attack.rest_many";
    if (p->minus > 0)
        return "attack.differ";
    if (n_sums(p) == 1)
        return p->n == 1 ? "attack.one" : "attack.many";
    for (size_t i = 0; i < n_sums(p); i++)
        if (sum_in(p, i) < 0)
            return p->n == 1 ? "attack.sums_one" : "attack.sums_many";
    return p->n == 1 ? "attack.added_one" : "attack.added_many";
}

/* What the sentences of a proof are filled with. */
static void fill(const struct tr_attack *a, const struct proof *p, bool high, const char *key,
                 enum tr_lang lang, struct tr_buf *out)
{
    struct tr_buf plus = {0}, minus = {0}, sums = {0};
    int64_t numbers[] = {p->left < 0 ? -p->left : p->left, p->n, high ? p->least : p->most,
                         a->knows.change};
    char text[4][24];

    for (int i = 0; i < 4; i++)
        snprintf(text[i], sizeof text[i], "%lld", (long long)numbers[i]);
    add_sums(a, p, 1, lang, &plus);
    add_sums(a, p, -1, lang, &minus);
    tr_buf_str(&sums, tr_buf_slice(&plus));
    tr_buf_text(&sums, plus.len > 0 && minus.len > 0 ? ", " : "");
    tr_buf_str(&sums, tr_buf_slice(&minus));
    tr_text_fill(text_of(a, key, lang),
                 (struct tr_fill[]){{"plus", tr_buf_slice(&plus)},
                                    {"minus", tr_buf_slice(&minus)},
                                    {"sums", tr_buf_slice(&sums)},
                                    {"left", tr_str(text[0])},
                                    {"n", tr_str(text[1])},
                                    {"each", tr_str(text[2])},
                                    {"change", tr_str(text[3])},
                                    {NULL, {0}}},
                 out);
    out->failed |= plus.failed || minus.failed || sums.failed;
    tr_buf_clear(&sums);
    tr_buf_clear(&plus);
    tr_buf_clear(&minus);
}

static void add_sentence(const struct tr_attack *a, const struct proof *p, bool high,
                         enum tr_lang lang, struct tr_buf *out)
{
    int64_t each = high ? p->least : p->most;

    fill(a, p, high, sentence(a, p), lang, out);
    if (p->years && only_kind(a, p) != TR_SUM_YEARS) {
        tr_buf_char(out, ' ');
        fill(a, p, high, "attack.changed", lang, out);
    }
    if (p->n < 2 || p->minus > 0 || only_kind(a, p) == TR_SUM_YEARS || each < 0 ||
        each >= TR_UNLIMITED)
        return;
    tr_buf_char(out, ' ');
    fill(a, p, high, high ? "attack.least" : "attack.most", lang, out);
}

static bool same(const struct proof *p, const struct proof *q)
{
    return p->sums.len == q->sums.len &&
           (p->sums.len == 0 || memcmp(p->sums.p, q->sums.p, p->sums.len) == 0);
}

/* What stands there; a number that is not told of is none. */
static struct tr_str shown(const struct tr_attack *a, struct tr_place_in place)
{
    struct tr_str cell = tr_table_cell(a->sheet[place.table].t, place.row, (int)place.column);

    return cell.len > 0 ? cell : TR_STR("–");
}

/* Whether a proof leaves one number, which it tells. */
static bool tells_all(const struct proof *p)
{
    return n_sums(p) > 0 && p->n == 1 && !p->years;
}

int tr_attack_why(const struct tr_attack *a, const struct tr_attack_cell *cell, enum tr_lang lang,
                  struct tr_buf *out, struct tr_err *err)
{
    struct proof proof[2] = {{.n = 0}, {.n = 0}};
    size_t from = out->len;
    int rc = 0;

    if (cell->change) {
        tr_text_fill(text_of(a, "attack.lists", lang),
                     (struct tr_fill[]){
                         {"before", shown(a, cell->since)},
                         {"after", shown(a, cell->place)},
                         {"table", tr_str(a->sheet[cell->since.table].t->source)},
                         {NULL, {0}},
                     },
                     out);
        return 0;
    }
    if (tr_attack_seen(a, cell->x)->shown) {
        const struct tr_attack_seen *seen = tr_attack_seen(a, cell->x);

        tr_text_fill(text_of(a, "attack.shown", lang),
                     (struct tr_fill[]){{"table", tr_str(a->sheet[seen->shown_in].t->source)},
                                        {NULL, {0}}},
                     out);
        return 0;
    }
    for (int high = 1; rc == 0 && high >= 0; high--) {
        rc = tr_system_proof(&a->system, cell->x, high, &proof[high].sums, err);
        if (rc == 0 && (proof[high].sums.failed || weigh(a, cell->x, &proof[high]) < 0))
            rc = tr_err_memory(err);
    }
    for (int high = 1; rc == 0 && high >= 0; high--) {
        if (n_sums(&proof[high]) == 0 || (!tells_all(&proof[high]) && tells_all(&proof[!high])) ||
            (!high && (tells_all(&proof[1]) || same(&proof[0], &proof[1]))))
            continue;
        if (out->len > from)
            tr_buf_char(out, ' ');
        add_sentence(a, &proof[high], high, lang, out);
    }
    if (rc == 0 && out->len == from)
        tr_buf_str(out, text_of(a, "attack.whole", lang));
    for (int high = 0; high < 2; high++)
        tr_buf_clear(&proof[high].sums);
    return rc;
}
