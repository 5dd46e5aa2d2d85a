#define _GNU_SOURCE
#include "domain/places/vacancy.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"

/* ---- rows ---- */

/* What the institutions of one row have in common. */
static uint64_t row_key(const struct tr_institution *i, uint32_t number, enum tr_vacancy_by by)
{
    switch (by) {
    case TR_BY_SERVICE_LEVEL:
        return (uint64_t)(uint32_t)i->service_level;
    case TR_BY_STAY_TYPE:
        return i->stay_types;
    case TR_BY_OWNER:
        return (uint64_t)(uint32_t)i->owner;
    default:
        return number;
    }
}

struct keyed {
    uint64_t key;
    uint32_t number;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Starts a row for institutions like number i, with all sums 0. */
static struct tr_institution empty_row(const struct tr_institution *i, enum tr_vacancy_by by,
                                       int32_t as_of)
{
    struct tr_institution row;

    if (by == TR_BY_INSTITUTION)
        row = *i;
    else
        tr_kind_init(&tr_vacancy_kind, &row);
    row.service_level = i->service_level;
    row.stay_types = i->stay_types;
    row.owner = i->owner;
    row.institutions = row.capacity = row.occupied = row.reserved = 0;
    row.vacant = row.over = row.past_expected = 0;
    row.self_referred_taken = row.self_referred_agreed = 0;
    row.waiting = row.next_places = -1;
    row.next_vacant = TR_NO_DAY;
    row.as_of = as_of;
    if (by != TR_BY_INSTITUTION)
        row.self_referred_places = 0;
    return row;
}

static int make_rows(struct tr_vacancies *v, const struct tr_records *institutions,
                     enum tr_vacancy_by by, int32_t as_of)
{
    uint32_t n = institutions->n;
    struct keyed *keyed = malloc((n + (size_t)1) * sizeof *keyed);

    v->row = malloc((n + (size_t)1) * sizeof *v->row);
    v->row_of = malloc((n + (size_t)1) * sizeof *v->row_of);
    if (!keyed || !v->row || !v->row_of) {
        free(keyed);
        return -1;
    }
    for (uint32_t i = 0; i < n; i++)
        keyed[i] = (struct keyed){row_key(tr_institution(institutions, i), i, by), i};
    qsort(keyed, n, sizeof *keyed, by_key);
    for (uint32_t k = 0; k < n; k++) {
        const struct tr_institution *i = tr_institution(institutions, keyed[k].number);

        if (k == 0 || keyed[k].key != keyed[k - 1].key)
            v->row[v->n++] = empty_row(i, by, as_of);
        v->row[v->n - 1].institutions++;
        v->row[v->n - 1].capacity += i->capacity;
        if (by != TR_BY_INSTITUTION && i->self_referred_places > 0)
            v->row[v->n - 1].self_referred_places += i->self_referred_places;
        v->row_of[keyed[k].number] = v->n - 1;
    }
    free(keyed);
    return 0;
}

void tr_vacancies_clear(struct tr_vacancies *v)
{
    free(v->row);
    free(v->row_of);
    *v = (struct tr_vacancies){0};
}

/* ---- beds over time ---- */

/* On a day to come, a bed of an institution is taken or becomes free. */
struct change {
    uint32_t institution;
    int32_t day, beds;
};

static int by_day(const void *a, const void *b)
{
    const struct change *x = a, *y = b;

    if (x->institution != y->institution)
        return x->institution < y->institution ? -1 : 1;
    return x->day < y->day ? -1 : x->day > y->day;
}

/* The day on which the bed of a stay becomes free, as far as is known. An offer says nothing about
 * that. */
static int32_t expected_end(const struct tr_stay *s, struct tr_span span)
{
    return span.end != TR_NO_DAY ? span.end : s->to_expected;
}

/* The next day on which the institution is expected to have more beds than now, and how many. */
static void find_next(const struct change *change, uint32_t n, int32_t beds, int32_t *day,
                      int32_t *more)
{
    int32_t now = beds > 0 ? beds : 0;

    *day = TR_NO_DAY;
    *more = -1;
    for (uint32_t c = 0; c < n; c++) {
        beds += change[c].beds;
        if ((c + 1 == n || change[c + 1].day != change[c].day) && beds > now) {
            *day = change[c].day;
            *more = beds - now;
            return;
        }
    }
}

static void count_stay(struct tr_institution *row, int32_t *used, const struct tr_stay *s,
                       struct tr_span span, int32_t as_of)
{
    if (!tr_span_has(span, as_of))
        return;
    row->self_referred_taken += span.hold == TR_HOLD_RETURNED;
    row->self_referred_agreed += span.hold == TR_HOLD_AGREED;
    if (!tr_hold_is_bed(span.hold))
        return;
    row->occupied += span.hold == TR_HOLD_OCCUPIED;
    row->reserved += span.hold == TR_HOLD_RESERVED;
    row->past_expected +=
        span.hold == TR_HOLD_OCCUPIED && s->to_expected != TR_NO_DAY && s->to_expected <= as_of;
    ++*used;
}

/* Adds what the stay changes in days to come. */
static uint32_t add_changes(struct change *change, const struct tr_stay *s, struct tr_span span,
                            int32_t as_of)
{
    int32_t end = expected_end(s, span);
    uint32_t n = 0, i = (uint32_t)s->institution;

    if (!tr_hold_is_bed(span.hold) || end == span.from)
        return 0;
    if (span.from > as_of)
        change[n++] = (struct change){i, span.from, -1};
    if (end != TR_NO_DAY && end > as_of && span.hold == TR_HOLD_OCCUPIED)
        change[n++] = (struct change){i, end, 1};
    return n;
}

/* Sums the institution up in its row. */
static void add_up(struct tr_institution *row, int32_t capacity, int32_t used,
                   const struct change *change, uint32_t n)
{
    int32_t beds = capacity - used, day, more;

    row->vacant += beds > 0 ? beds : 0;
    row->over += beds < 0 ? -beds : 0;
    find_next(change, n, beds, &day, &more);
    if (day == TR_NO_DAY)
        return;
    if (row->next_vacant == day) {
        row->next_places += more;
    } else if (row->next_vacant == TR_NO_DAY || day < row->next_vacant) {
        row->next_vacant = day;
        row->next_places = more;
    }
}

/* A stay that goes on in a house that nobody lists. */
static int gone(const struct tr_records *stays, uint32_t i, struct tr_err *err)
{
    char id[TR_ID_MAX + 1];

    tr_err_copy(id, sizeof id, tr_stay(stays, i)->institution_id);
    return tr_records_fault(stays, i, "institution_id", TR_E_INSTITUTION, id, NULL, err);
}

int tr_vacancies_count(struct tr_vacancies *v, const struct tr_records *institutions,
                       const struct tr_records *stays, const struct tr_span *holds,
                       enum tr_vacancy_by by, int32_t as_of, struct tr_err *err)
{
    struct change *change = malloc((2 * (size_t)stays->n + 1) * sizeof *change);
    int32_t *used = calloc(institutions->n + (size_t)1, sizeof *used);
    uint32_t n = 0, at = 0;
    int rc = -1;

    *v = (struct tr_vacancies){0};
    if (!change || !used || make_rows(v, institutions, by, as_of) < 0) {
        tr_err_memory(err);
        goto out;
    }
    for (uint32_t k = 0; k < stays->n; k++) {
        const struct tr_stay *s = tr_stay(stays, k);

        if (s->institution < 0) {
            if (tr_span_has(holds[k], as_of)) {
                gone(stays, k, err);
                goto out;
            }
            continue;
        }
        count_stay(&v->row[v->row_of[s->institution]], &used[s->institution], s, holds[k], as_of);
        n += add_changes(change + n, s, holds[k], as_of);
    }
    qsort(change, n, sizeof *change, by_day);
    for (uint32_t i = 0; i < institutions->n; i++) {
        uint32_t from = at;

        while (at < n && change[at].institution == i)
            at++;
        add_up(&v->row[v->row_of[i]], tr_institution(institutions, i)->capacity, used[i],
               change + from, at - from);
    }
    rc = 0;
out:
    free(change);
    free(used);
    if (rc < 0)
        tr_vacancies_clear(v);
    return rc;
}

/* ---- who waits ---- */

void tr_vacancies_wish(struct tr_vacancies *v, const struct tr_records *institutions,
                       struct tr_str wishes)
{
    struct tr_str rest = wishes, earlier, id, other;

    while (tr_str_part(&rest, '|', &id)) {
        int i = tr_records_find(institutions, id);
        bool counted = false;

        earlier = (struct tr_str){wishes.p, (size_t)(id.p - wishes.p)};
        while (i >= 0 && earlier.len > 0 && tr_str_part(&earlier, '|', &other)) {
            int before = tr_records_find(institutions, other);

            counted |= before >= 0 && v->row_of[before] == v->row_of[i];
        }
        if (i >= 0 && !counted)
            v->row[v->row_of[i]].waiting++;
    }
}

/* ---- what is published ---- */

static int by_name(const void *a, const void *b, void *vacancies)
{
    const struct tr_vacancies *v = vacancies;
    const struct tr_institution *x = &v->row[*(const uint32_t *)a];
    const struct tr_institution *y = &v->row[*(const uint32_t *)b];
    int c = tr_text_order(x->name, y->name);

    return c ? c : tr_text_order(x->id, y->id);
}

/* The greatest step that the number reaches; 0 below the first, unknown as it is. */
static int32_t round_down(struct tr_str steps, int32_t n)
{
    struct tr_str part;
    long long step;
    int32_t best = 0;

    while (tr_str_part(&steps, ',', &part))
        if (tr_number_read(tr_text_trim(part), &step) && step <= n && step > best)
            best = (int32_t)step;
    return n < 0 ? n : best;
}

struct tr_str tr_public_steps(const struct tr_profile *p)
{
    struct tr_str steps = tr_profile_value(p, "public_steps");

    return steps.len > 0 ? steps : TR_STR("1, 5, 10, 20, 40");
}

/* From one day to the next one person comes or goes: numbers that were shown as they are would tell.
 * Numbers that are rounded down to steps change only where a step is crossed, and then by one person
 * or by several, as far as anybody can see. */
uint32_t tr_vacancies_publish(const struct tr_profile *p, struct tr_vacancies *v, uint32_t *chosen)
{
    const struct tr_list *list = tr_profile_list(p, "stay_type");
    struct tr_str rest = tr_profile_value(p, "public_stay_types"), part;
    struct tr_str steps = tr_public_steps(p);
    int threshold = tr_profile_number(p, "public_threshold", 5);
    uint64_t types = 0;
    uint32_t n = 0;

    while (rest.len > 0 && tr_str_part(&rest, '|', &part))
        if (tr_list_code(list, part) >= 0)
            types |= UINT64_C(1) << tr_list_code(list, part);
    for (uint32_t i = 0; i < v->n; i++) {
        v->row[i].waiting = v->row[i].waiting < threshold ? -1 : round_down(steps, v->row[i].waiting);
        v->row[i].vacant = round_down(steps, v->row[i].vacant);
        if (v->row[i].stay_types & types)
            chosen[n++] = i;
    }
    qsort_r(chosen, n, sizeof *chosen, by_name, v);
    return n;
}

struct tr_institution *tr_vacancies_copy(const struct tr_vacancies *v, const uint32_t *chosen,
                                         uint32_t n)
{
    struct tr_institution *rows = malloc((n + (size_t)1) * sizeof *rows);

    for (uint32_t i = 0; rows && i < n; i++)
        rows[i] = v->row[chosen[i]];
    return rows;
}
