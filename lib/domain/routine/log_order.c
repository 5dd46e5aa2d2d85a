/* The events of a log by case and by day. They are dealt out to their cases first, as each of them has few:
 * then no sorting is of all, and needs no memory for all. */
#include <stdlib.h>

#include "domain/routine/deadline_own.h"

/* What orders the events of a case. */
struct key {
    uint64_t day; /* the day, and on it the type and the detail */
    int32_t until;
    uint32_t record;
};

/* By day, type - in the order in which the profile has them - detail, the day that it names, and
 * place in the log: the same lines in another order give the same. */
static int by_key(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->until != y->until)
        return x->until < y->until ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

/* Few events, mostly in order already, as a log has them. */
static void sort_case(struct key *key, size_t n)
{
    enum { FEW = 64 };

    if (n > FEW) {
        qsort(key, n, sizeof *key, by_key);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct key one = key[i];
        size_t at = i;

        for (; at > 0 && by_key(&key[at - 1], &one) > 0; at--)
            key[at] = key[at - 1];
        key[at] = one;
    }
}

/* A case, by its number, and where its events begin in the order. */
struct part {
    struct tr_str id;
    uint32_t number, first, n;
};

static int by_id(const void *a, const void *b)
{
    return tr_str_cmp(((const struct part *)a)->id, ((const struct part *)b)->id);
}

/* Counts the events of each case, and puts the cases in order; at[number] becomes the place of the case. */
static void count_cases(const struct tr_log *log, struct part *part, uint32_t *at, uint32_t cases)
{
    uint32_t first = 0;

    for (uint32_t i = 0; i < log->events->n; i++) {
        struct part *of = &part[log->of[i]];

        of->id = tr_event(log->events, i)->case_id;
        of->number = (uint32_t)log->of[i];
        of->n++;
    }
    qsort(part, cases, sizeof *part, by_id);
    for (uint32_t c = 0; c < cases; first += part[c++].n) {
        part[c].first = first;
        at[part[c].number] = c;
    }
}

/* Puts the events of a case in order. key: room for them. */
static void order_case(const struct tr_log *log, const struct part *p, struct key *key)
{
    for (uint32_t k = 0; k < p->n; k++) {
        const struct tr_event *e = tr_event(log->events, log->order[p->first + k]);

        key[k] = (struct key){(uint64_t)(uint32_t)e->date << 16 |
                                  (uint64_t)((e->type << 8) + e->detail + 1),
                              e->until, log->order[p->first + k]};
    }
    sort_case(key, p->n);
    for (uint32_t k = 0; k < p->n; k++)
        log->order[p->first + k] = key[k].record;
}

int tr_log_put_in_order(struct tr_log *log, uint32_t cases)
{
    struct part *part = calloc(cases + (size_t)1, sizeof *part);
    uint32_t *at = malloc((cases + (size_t)1) * sizeof *at), most = 0;
    struct key *key = NULL;
    int rc;

    if (part && at) {
        count_cases(log, part, at, cases);
        for (uint32_t c = 0; c < cases; c++) {
            most = part[c].n > most ? part[c].n : most;
            part[c].n = 0;
        }
        key = malloc((most + (size_t)1) * sizeof *key);
    }
    for (uint32_t i = 0; key && i < log->events->n; i++) {
        struct part *of = &part[at[log->of[i]]];

        log->order[of->first + of->n++] = i;
    }
    for (uint32_t c = 0; key && c < cases; c++)
        order_case(log, &part[c], key);
    rc = key ? 0 : -1;
    free(part);
    free(at);
    free(key);
    return rc;
}

int tr_log_number_cases(struct tr_log *log)
{
    struct tr_dict ids = {0};
    int n = 0;

    for (uint32_t i = 0; i < log->events->n; i++) {
        log->of[i] = n;
        if (tr_dict_add(&ids, tr_event(log->events, i)->case_id, &log->of[i]) < 0) {
            n = -1;
            break;
        }
        n += log->of[i] == n;
    }
    tr_dict_clear(&ids);
    return n;
}
