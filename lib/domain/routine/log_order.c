/* The events of a log by case and by day. They are dealt out to their cases first, as each of them has few:
 * then no sorting is of all, and needs no memory for all. */
#include <stdlib.h>

#include "base/sort.h"
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

/* A case, and where its events begin in the order. */
struct part {
    struct tr_str id;
    uint32_t first, n;
};

/* A case in its turn: most are told apart by the first bytes of their ids, as one number. */
struct turn {
    uint64_t head;
    struct part *of;
};

static int by_id(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;

    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    return tr_str_cmp(x->of->id, y->of->id);
}

static uint64_t head_of(struct tr_str id)
{
    uint64_t head = 0;

    for (size_t i = 0; i < sizeof head; i++)
        head = head << 8 | (i < id.len ? (unsigned char)id.p[i] : 0);
    return head;
}

/* Counts the events of each case, and says where they begin. turn: room for one of each. */
static void count_cases(const struct tr_log *log, struct part *part, struct turn *turn, uint32_t cases)
{
    uint32_t first = 0;

    for (uint32_t i = 0; i < log->events->n; i++) {
        struct part *of = &part[log->of[i]];

        of->id = tr_event(log->events, i)->case_id;
        of->n++;
    }
    for (uint32_t c = 0; c < cases; c++)
        turn[c] = (struct turn){head_of(part[c].id), &part[c]};
    qsort(turn, cases, sizeof *turn, by_id);
    for (uint32_t c = 0; c < cases; c++) {
        turn[c].of->first = first;
        first += turn[c].of->n;
    }
}

/* Puts the events of a case in order. key: room for them. */
static void order_case(const struct tr_log *log, const struct part *p, struct key *key)
{
    struct key one;

    for (uint32_t k = 0; k < p->n; k++) {
        const struct tr_event *e = tr_event(log->events, log->order[p->first + k]);

        key[k] = (struct key){(uint64_t)(uint32_t)e->date << 16 |
                                  (uint64_t)((e->type << 8) + e->detail + 1),
                              e->until, log->order[p->first + k]};
    }
    tr_sort_few(key, p->n, sizeof *key, by_key, &one);
    for (uint32_t k = 0; k < p->n; k++)
        log->order[p->first + k] = key[k].record;
}

int tr_log_put_in_order(struct tr_log *log, uint32_t cases)
{
    struct part *part = calloc(cases + (size_t)1, sizeof *part);
    struct turn *turn = malloc((cases + (size_t)1) * sizeof *turn);
    struct key *key = NULL;
    uint32_t most = 0;
    int rc;

    if (part && turn) {
        count_cases(log, part, turn, cases);
        for (uint32_t c = 0; c < cases; c++) {
            most = part[c].n > most ? part[c].n : most;
            part[c].n = 0;
        }
        key = malloc((most + (size_t)1) * sizeof *key);
    }
    for (uint32_t i = 0; key && i < log->events->n; i++) {
        struct part *of = &part[log->of[i]];

        log->order[of->first + of->n++] = i;
    }
    for (uint32_t c = 0; key && c < cases; c++)
        order_case(log, &part[c], key);
    rc = key ? 0 : -1;
    free(part);
    free(turn);
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
