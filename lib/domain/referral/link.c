#define _GNU_SOURCE
#include "domain/referral/link.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/dict.h"
#include "base/text.h"

#define AT(member) offsetof(struct tr_link, member)

static const struct tr_member members[] = {
    {"referral_id", TR_M_ID, .at = AT(referral_id), .needed = true, .filled = true},
    {"other_id", TR_M_ID, .at = AT(other_id), .needed = true, .filled = true},
    {"score", TR_M_NUMBER, .at = AT(score), .most = 1000000},
    {"why", TR_M_LIST, .at = AT(why)},
    {"link", TR_M_CODE, .at = AT(link), .list = "link"},
    {"by", TR_M_TEXT, .at = AT(by)},
    {"date", TR_M_DATE, .at = AT(date)},
};

/* A decision has somebody who made it, and a day. */
static enum tr_code check(const void *record, const char **member)
{
    const struct tr_link *l = record;

    *member = l->by.len == 0 ? "by" : "date";
    return l->link >= 0 && (l->by.len == 0 || l->date == TR_NO_DAY) ? TR_E_VALUE_MISSING : TR_OK;
}

const struct tr_kind tr_link_kind = {
    .name = "person_link",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_link),
    .check = check,
};

/* ---- the rules ---- */

const char *const tr_link_fact_names[TR_N_LINK_FACTS + 1] = {
    "name", "name_near", "birth_year", "sex", "received",
};

int tr_link_rules_load(struct tr_link_rules *rules, const struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_PERSON_LINKS];
    int fact = tr_table_column(t, "fact");

    *rules = (struct tr_link_rules){.threshold = tr_profile_number(p, "link_threshold", 70),
                                    .days = tr_profile_number(p, "link_days", 90)};
    for (uint32_t r = 0; r < t->n_rows; r++) {
        int f = 0;

        while (f < TR_N_LINK_FACTS && !tr_str_is(tr_table_cell(t, r, fact), tr_link_fact_names[f]))
            f++;
        if (f == TR_N_LINK_FACTS)
            return tr_table_fault(t, r, fact, TR_E_TABLE_CELL, N_("no such fact"), err);
        for (int k = 0; k < 2; k++) {
            int column = tr_table_column(t, k ? "contradicts" : "holds"), weight = 0;
            struct tr_str cell = tr_table_cell(t, r, column);

            for (size_t i = 0; i < cell.len; i++) {
                if (cell.p[i] < '0' || cell.p[i] > '9' || weight > 10000)
                    return tr_table_fault(t, r, column, TR_E_TABLE_CELL, N_("not a whole number"),
                                          err);
                weight = weight * 10 + (cell.p[i] - '0');
            }
            *(k ? &rules->contradicts[f] : &rules->holds[f]) = weight;
        }
    }
    return 0;
}

/* ---- referrals ---- */

struct one {
    struct tr_str id, words; /* words of the name, folded, in order, each with a space behind */
    uint64_t number;         /* 0: none */
    uint8_t sort;            /* enum tr_person_sort, of number */
    int year, sex;           /* 0, -1: unknown */
    int32_t received;        /* TR_NO_DAY */
};

struct tr_linking {
    struct one *one;
    uint32_t n, room;
    struct tr_arena text;
    struct tr_dict ids;
};

struct tr_linking *tr_linking_new(void)
{
    return calloc(1, sizeof(struct tr_linking));
}

void tr_linking_free(struct tr_linking *l)
{
    if (!l)
        return;
    free(l->one);
    tr_arena_clear(&l->text);
    tr_dict_clear(&l->ids);
    free(l);
}

static int by_text(const void *a, const void *b)
{
    const struct tr_str *x = a, *y = b;
    size_t n = x->len < y->len ? x->len : y->len;
    int c = n ? memcmp(x->p, y->p, n) : 0;

    return c ? c : (x->len > y->len) - (x->len < y->len);
}

static bool parts_words(char c)
{
    return c == ' ' || c == ',' || c == '-' || c == '.' || c == '\t';
}

/* The words of a name as they are compared. */
static struct tr_str words_of(struct tr_linking *l, struct tr_str name)
{
    enum { WORDS_MAX = 12 };
    struct tr_str word[WORDS_MAX], out;
    struct tr_buf folded = {0}, all = {0};
    size_t end[WORDS_MAX], n = 0;

    for (size_t i = 0, from = 0; i <= name.len && n < WORDS_MAX; i++) {
        if (i < name.len && !parts_words(name.p[i]))
            continue;
        if (i > from) {
            tr_text_bare((struct tr_str){name.p + from, i - from}, &folded);
            end[n++] = folded.len;
        }
        from = i + 1;
    }
    for (size_t i = 0, from = 0; i < n; from = end[i++])
        word[i] = (struct tr_str){folded.p + from, end[i] - from};
    if (n)
        qsort(word, n, sizeof *word, by_text);
    for (size_t i = 0; i < n; i++) {
        tr_buf_str(&all, word[i]);
        tr_buf_char(&all, ' ');
    }
    out = tr_arena_copy(&l->text, tr_buf_slice(&all));
    l->text.failed |= all.failed || folded.failed;
    tr_buf_clear(&all);
    tr_buf_clear(&folded);
    return out;
}

int tr_linking_add(struct tr_linking *l, const struct tr_value v[])
{
    struct tr_person person;
    struct tr_date day;
    struct one *one;
    int number = (int)l->n;

    if (l->n == l->room) {
        uint32_t room = l->room ? 2 * l->room : 256;

        one = realloc(l->one, room * sizeof *one);
        if (!one)
            return -1;
        l->one = one;
        l->room = room;
    }
    tr_person_from(&person, v);
    one = &l->one[l->n];
    *one = (struct one){.id = tr_arena_copy(&l->text, v[TR_F_REFERRAL_ID].text),
                        .words = words_of(l, v[TR_F_NAME].text),
                        .number = person.key,
                        .sort = person.sort,
                        .year = v[TR_F_BIRTH_YEAR].num > 0 ? v[TR_F_BIRTH_YEAR].num : 0,
                        .sex = v[TR_F_SEX].text.len ? v[TR_F_SEX].num : -1,
                        .received = TR_NO_DAY};
    if (tr_date_parse(v[TR_F_RECEIVED].text, &day))
        one->received = tr_date_number(day);
    l->n++;
    return tr_dict_add(&l->ids, one->id, &number) < 0 || l->text.failed ? -1 : 0;
}

/* ---- comparing ---- */

enum { UNKNOWN, HOLDS, CONTRADICTS };

static int compare_fact(const struct tr_link_rules *rules, enum tr_link_fact fact,
                        const struct one *a, const struct one *b)
{
    size_t longer = a->words.len > b->words.len ? a->words.len : b->words.len;

    switch (fact) {
    case TR_LINK_NAME:
        return !a->words.len || !b->words.len  ? UNKNOWN
               : tr_str_eq(a->words, b->words) ? HOLDS
                                               : CONTRADICTS;
    case TR_LINK_NAME_NEAR: /* not besides the same name */
        if (!a->words.len || !b->words.len || tr_str_eq(a->words, b->words))
            return UNKNOWN;
        return tr_text_distance(a->words, b->words) * 5 <= longer ? HOLDS : CONTRADICTS;
    case TR_LINK_BIRTH_YEAR:
        return !a->year || !b->year ? UNKNOWN : a->year == b->year ? HOLDS : CONTRADICTS;
    case TR_LINK_SEX:
        return a->sex < 0 || b->sex < 0 ? UNKNOWN : a->sex == b->sex ? HOLDS : CONTRADICTS;
    default:
        if (a->received == TR_NO_DAY || b->received == TR_NO_DAY)
            return UNKNOWN;
        return abs(a->received - b->received) <= rules->days ? HOLDS : CONTRADICTS;
    }
}

/* The score of two, with the facts that hold (bit: enum tr_link_fact). */
static int score_of(const struct tr_link_rules *rules, const struct one *a, const struct one *b,
                    unsigned *holds)
{
    int score = 0;

    *holds = 0;
    for (int f = 0; f < TR_N_LINK_FACTS; f++) {
        int is;

        if (!rules->holds[f] && !rules->contradicts[f])
            continue;
        is = compare_fact(rules, (enum tr_link_fact)f, a, b);
        score += is == HOLDS ? rules->holds[f] : is == CONTRADICTS ? -rules->contradicts[f] : 0;
        *holds |= (unsigned)(is == HOLDS) << f;
    }
    return score;
}

/* ---- pairs ---- */

/* A referral in a block: referrals with the same key are compared. */
struct in_block {
    struct tr_str key;
    uint32_t one;
};

static int by_key(const void *a, const void *b)
{
    const struct in_block *x = a, *y = b;
    int c = by_text(&x->key, &y->key);

    return c ? c : (x->one > y->one) - (x->one < y->one);
}

/* The year of birth and the first letters of the words; empty when the year is not known. */
static struct tr_str near_key(struct tr_linking *l, const struct one *one)
{
    struct tr_buf key = {0};
    struct tr_str out;

    if (!one->year || !one->words.len)
        return (struct tr_str){0};
    tr_buf_num(&key, one->year);
    for (size_t i = 0; i < one->words.len; i++)
        if (i == 0 || one->words.p[i - 1] == ' ')
            tr_buf_char(&key, one->words.p[i]);
    out = tr_arena_copy(&l->text, tr_buf_slice(&key));
    l->text.failed |= key.failed;
    tr_buf_clear(&key);
    return out;
}

/* Whether there is a row about the two, in either order. */
static bool is_decided(const struct tr_records *decided, struct tr_str a, struct tr_str b)
{
    for (uint32_t i = 0; i < decided->n; i++) {
        const struct tr_link *l = tr_link(decided, i);

        if (l->link >= 0 && ((tr_str_eq(l->referral_id, a) && tr_str_eq(l->other_id, b)) ||
                             (tr_str_eq(l->referral_id, b) && tr_str_eq(l->other_id, a))))
            return true;
    }
    return false;
}

struct finding {
    struct tr_linking *l;
    const struct tr_link_rules *rules;
    const struct tr_records *decided;
    struct tr_records *out;
};

/* Whether the numbers say already whether the two are one: they are the same, or of one sort. Who had a
 * D-number, a DUF-number or a pseudonym may be known by another sort of number since. */
static bool numbers_tell(const struct one *a, const struct one *b)
{
    return a->number && b->number && (a->number == b->number || a->sort == b->sort);
}

static int offer_pair(struct finding *f, uint32_t a, uint32_t b)
{
    const struct one *x = &f->l->one[a], *y = &f->l->one[b];
    struct tr_buf why = {0};
    struct tr_link *link;
    unsigned holds;
    int score;

    if (numbers_tell(x, y))
        return 0;
    score = score_of(f->rules, x, y, &holds);
    if (score < f->rules->threshold || is_decided(f->decided, x->id, y->id))
        return 0;
    link = tr_records_add(f->out, 0);
    if (!link)
        return -1;
    for (int fact = 0; fact < TR_N_LINK_FACTS; fact++)
        if (holds >> fact & 1) {
            tr_buf_text(&why, why.len ? "|" : "");
            tr_buf_text(&why, tr_link_fact_names[fact]);
        }
    link->referral_id = tr_arena_copy(&f->out->text, x->id);
    link->other_id = tr_arena_copy(&f->out->text, y->id);
    link->score = score;
    link->why = tr_arena_copy(&f->out->text, tr_buf_slice(&why));
    f->out->text.failed |= why.failed;
    tr_buf_clear(&why);
    return f->out->text.failed ? -1 : 0;
}

/* Compares all within each block. near: pairs with the same words were compared before. */
static int compare_blocks(struct finding *f, struct in_block *in, uint32_t n, bool near)
{
    for (uint32_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && tr_str_eq(in[to].key, in[from].key);)
            to++;
        if (in[from].key.len == 0)
            continue;
        for (uint32_t a = from; a < to; a++)
            for (uint32_t b = a + 1; b < to; b++) {
                const struct one *x = &f->l->one[in[a].one], *y = &f->l->one[in[b].one];

                if (!(near && tr_str_eq(x->words, y->words)) &&
                    offer_pair(f, in[a].one, in[b].one) < 0)
                    return -1;
            }
    }
    return 0;
}

static int by_score(const void *a, const void *b, void *records)
{
    const struct tr_link *x = tr_link(records, *(const uint32_t *)a);
    const struct tr_link *y = tr_link(records, *(const uint32_t *)b);
    int c = y->score - x->score;

    c = c ? c : by_text(&x->referral_id, &y->referral_id);
    return c ? c : by_text(&x->other_id, &y->other_id);
}

int tr_linking_find(struct tr_linking *l, const struct tr_link_rules *rules,
                    const struct tr_records *decided, struct tr_records *out, struct tr_err *err)
{
    struct finding f = {l, rules, decided, out};
    struct in_block *in = calloc(l->n + (size_t)1, sizeof *in);
    uint32_t *order = NULL;
    int rc = in ? 0 : -1;

    for (int near = 0; near < 2 && rc == 0; near++) {
        for (uint32_t i = 0; i < l->n; i++)
            in[i] = (struct in_block){near ? near_key(l, &l->one[i]) : l->one[i].words, i};
        qsort(in, l->n, sizeof *in, by_key);
        rc = l->text.failed ? -1 : compare_blocks(&f, in, l->n, near);
    }
    if (rc == 0)
        order = malloc((out->n + (size_t)1) * sizeof *order);
    for (uint32_t i = 0; order && i < out->n; i++)
        order[i] = i;
    if (order)
        qsort_r(order, out->n, sizeof *order, by_score, out);
    rc = order ? tr_records_permute(out, order) : -1;
    free(order);
    free(in);
    return rc < 0 ? tr_err_memory(err) : 0;
}

void tr_linking_check(struct tr_linking *l, const struct tr_records *decided,
                      const struct tr_listener *listener)
{
    bool *stands = tr_link_standing(decided);

    for (uint32_t i = 0; i < decided->n; i++) {
        const struct tr_link *link = tr_link(decided, i);
        int a = tr_dict_find(&l->ids, link->referral_id), b = tr_dict_find(&l->ids, link->other_id);
        const struct tr_list *list = tr_profile_list(decided->profile, "link");
        struct tr_err err;
        const struct one *x, *y;
        bool same, one;

        if (a < 0 || b < 0 || link->link < 0 || (stands && !stands[i]) || !l->one[a].number || !l->one[b].number)
            continue;
        x = &l->one[a];
        y = &l->one[b];
        same = tr_str_is(list->entry[link->link].code, "same");
        one = x->number == y->number;
        if (same ? one || x->sort != y->sort : !one || !tr_str_is(list->entry[link->link].code, "not_same"))
            continue;
        tr_records_fault(decided, i, "link", one ? TR_E_LINK_PARTS : TR_E_LINK_JOINS, NULL, NULL,
                         &err);
        listener->say(listener->cookie, &err);
    }
    free(stands);
}
