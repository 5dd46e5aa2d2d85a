/* Which questions to whom.
 *
 * Problem. Somebody might go to an institution if some facts were known and right. Asking everybody
 * everything is a burden, and most answers change nothing: the place is another's anyway.
 *
 * Idea. Give each pair that might do a price: the number of facts that must be asked. A pair that
 * does for certain is free. An assignment of as many people as can be placed at the least price in
 * all is what to ask: no fewer questions can place as many, since whoever has a place there needs
 * the answers for it, and answers about one person serve nobody else.
 *
 * Method. Begin with the placing that is certain, which has no price. Then the cheapest chain that
 * places one person more, again and again, until there is none (Ford and Fulkerson 1962; the chains
 * get no cheaper, so the first that fails ends it). Chains are found from institution to
 * institution: somebody may move on from where they are, giving up the price paid there.
 *
 * Order. What distinguishes the last assignment from the certain one falls into chains that share
 * nobody: each begins with somebody who has no place in the certain one, and ends where a place is
 * vacant there. Each is a step: it places one person more whatever becomes of the others. Steps
 * with fewer questions come first, then those of people earlier in the queue. */
#include "domain/placement/asking.h"

#include <stdlib.h>

enum { NONE = TR_NOWHERE, FREE = 0, OF_PERSON = 16, OF_INSTITUTION = 1 };

#define AT(member) offsetof(struct tr_asking, member)

static const struct tr_member members[] = {
    {"rank", TR_M_NUMBER, .at = AT(rank)},
    {"referral_id", TR_M_ID, .at = AT(id)},
    {"priority", TR_M_NUMBER, .at = AT(priority)},
    {"ask", TR_M_LIST, .at = AT(ask)},
    {"institution_id", TR_M_ID, .at = AT(institution_id)},
    {"placed", TR_M_NUMBER, .at = AT(placed)},
};

const struct tr_kind tr_asking_kind = {
    .name = "asking",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_asking),
};

void tr_asking_rules(struct tr_buf *list, size_t from, uint32_t rules, const char *before)
{
    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++)
        if (rules >> rule & 1) {
            tr_buf_text(list, list->len > from ? "|" : "");
            tr_buf_text(list, before);
            tr_buf_text(list, tr_place_rule_names[rule]);
        }
}

/* A pair that might do. */
struct pair {
    uint32_t institution;
    int32_t price;
};

struct asking {
    const struct tr_round *r;
    uint32_t n_people, n_institutions;
    struct pair *pair; /* of each person, one person after another */
    size_t *from;      /* n_people + 1 */
    size_t n, room;
    uint32_t *certain, *where; /* of each person: in the certain placing, and now */
    int32_t *price;            /* of each person: what where costs */
    uint32_t *left;            /* of each institution: vacant places now */

    /* who is where now: a list for each institution */
    uint32_t *first, *next; /* of each institution, of each person */

    /* the current search */
    int64_t *least;         /* of each institution: the price of a chain that comes to it */
    uint32_t *by;           /* of each institution: who would come */
    uint32_t *queue, *done; /* a ring; whether an institution is in it */
};

static void clear(struct asking *a)
{
    void *each[] = {a->pair,  a->from, a->certain, a->where, a->price, a->left,
                    a->first, a->next, a->least,   a->by,    a->queue, a->done};

    for (size_t e = 0; e < sizeof each / sizeof *each; e++)
        free(each[e]);
}

static int add_pair(struct asking *a, uint32_t institution, int32_t price)
{
    if (a->n == a->room) {
        size_t room = a->room ? 2 * a->room : 1024;
        struct pair *longer = realloc(a->pair, room * sizeof *longer);

        if (!longer)
            return -1;
        a->pair = longer;
        a->room = room;
    }
    a->pair[a->n++] = (struct pair){institution, price};
    return 0;
}

static struct tr_place_answer judge(const struct asking *a, uint32_t person, uint32_t institution)
{
    return tr_place_rules_judge(&a->r->rules, tr_candidate(&a->r->referrals, person),
                                tr_institution(&a->r->places, institution));
}

static int find_pairs(struct asking *a)
{
    for (uint32_t p = 0; p < a->n_people; p++) {
        a->from[p] = a->n;
        for (uint32_t i = 0; i < a->n_institutions; i++) {
            struct tr_place_answer answer = judge(a, p, i);
            int32_t price = OF_PERSON * __builtin_popcount(answer.not_known) +
                            OF_INSTITUTION * __builtin_popcount(answer.not_said);

            if (answer.broken == 0 && add_pair(a, i, price) < 0)
                return -1;
        }
    }
    a->from[a->n_people] = a->n;
    return 0;
}

static int start(struct asking *a, struct tr_err *err)
{
    size_t people = a->n_people + (size_t)1, institutions = a->n_institutions + (size_t)1;

    a->from = malloc(people * sizeof *a->from);
    a->certain = malloc(people * sizeof *a->certain);
    a->where = malloc(people * sizeof *a->where);
    a->price = calloc(people, sizeof *a->price);
    a->next = malloc(people * sizeof *a->next);
    a->left = malloc(institutions * sizeof *a->left);
    a->first = malloc(institutions * sizeof *a->first);
    a->least = malloc(institutions * sizeof *a->least);
    a->by = malloc(institutions * sizeof *a->by);
    a->queue = malloc(institutions * sizeof *a->queue);
    a->done = calloc(institutions, sizeof *a->done);
    if (!a->from || !a->certain || !a->where || !a->price || !a->next || !a->left || !a->first ||
        !a->least || !a->by || !a->queue || !a->done || find_pairs(a) < 0)
        return tr_err_memory(err);
    for (uint32_t i = 0; i < a->n_institutions; i++) {
        a->left[i] = a->r->graph.room[i];
        a->first[i] = NONE;
    }
    return 0;
}

static void enter(struct asking *a, uint32_t person, uint32_t institution, int32_t price)
{
    a->where[person] = institution;
    a->price[person] = price;
    a->next[person] = a->first[institution];
    a->first[institution] = person;
}

static void leave(struct asking *a, uint32_t person)
{
    uint32_t *at = &a->first[a->where[person]];

    while (*at != person)
        at = &a->next[*at];
    *at = a->next[person];
}

/* The placing that is certain. */
static int place_certain(struct asking *a, struct tr_err *err)
{
    struct tr_match m;

    if (tr_match_place(&a->r->graph, &m, err) < 0)
        return -1;
    for (uint32_t p = 0; p < a->n_people; p++) {
        a->certain[p] = a->where[p] = m.where[p];
        if (m.where[p] == NONE)
            continue;
        a->left[m.where[p]]--;
        enter(a, p, m.where[p], FREE);
    }
    tr_match_clear(&m);
    return 0;
}

/* ---- the cheapest chain ---- */

/* A ring of institutions to look at again; none stands in it twice, so it never overflows. */
struct ring {
    uint32_t at, n;
};

static void offer(struct asking *a, struct ring *ring, uint32_t person, int64_t so_far)
{
    for (size_t e = a->from[person]; e < a->from[person + 1]; e++) {
        uint32_t institution = a->pair[e].institution;
        int64_t price = so_far + a->pair[e].price;

        if (price >= a->least[institution])
            continue;
        a->least[institution] = price;
        a->by[institution] = person;
        if (!a->done[institution]) {
            a->queue[(ring->at + ring->n++) % a->n_institutions] = institution;
            a->done[institution] = 1;
        }
    }
}

/* The institution with a vacant place that the cheapest chain ends at, or NONE. No chain goes round
 * for less than nothing, as the placing so far is the cheapest of its size. */
static uint32_t search(struct asking *a)
{
    struct ring ring = {0, 0};
    uint32_t end = NONE;

    for (uint32_t i = 0; i < a->n_institutions; i++)
        a->least[i] = INT64_MAX;
    for (uint32_t p = 0; p < a->n_people; p++)
        if (a->where[p] == NONE)
            offer(a, &ring, p, 0);
    while (ring.n > 0) {
        uint32_t institution = a->queue[ring.at];

        ring.at = (ring.at + 1) % a->n_institutions;
        ring.n--;
        a->done[institution] = 0;
        for (uint32_t p = a->first[institution]; p != NONE; p = a->next[p])
            offer(a, &ring, p, a->least[institution] - a->price[p]);
    }
    for (uint32_t i = 0; i < a->n_institutions; i++)
        if (a->left[i] > 0 && a->least[i] < INT64_MAX &&
            (end == NONE || a->least[i] < a->least[end]))
            end = i;
    return end;
}

static int32_t price_of(const struct asking *a, uint32_t person, uint32_t institution)
{
    size_t e = a->from[person];

    while (a->pair[e].institution != institution)
        e++;
    return a->pair[e].price;
}

/* Moves everybody along the chain that ends there. */
static int move(struct asking *a, uint32_t institution, struct tr_err *err)
{
    uint32_t moves = 0, from;

    a->left[institution]--;
    do {
        uint32_t person = a->by[institution];

        if (tr_must(++moves <= a->n_people, err) < 0) /* a chain has an end */
            return -1;
        from = a->where[person];
        if (from != NONE)
            leave(a, person);
        enter(a, person, institution, price_of(a, person, institution));
        institution = from;
    } while (institution != NONE);
    return 0;
}

/* ---- steps ---- */

/* A chain of people who move, from somebody who had no place; and what they must be asked. */
struct step {
    uint32_t person;
    int32_t price;
};

static int compare_steps(const void *x, const void *y)
{
    const struct step *a = x, *b = y;

    return a->price != b->price ? (a->price > b->price) - (a->price < b->price)
                                : (a->person > b->person) - (a->person < b->person);
}

/* Who of those certain at the institution moves on; each is taken once. The lists of certain people
 * are in first and next then. */
static uint32_t next_of(struct asking *a, uint32_t institution)
{
    while (a->first[institution] != NONE) {
        uint32_t person = a->first[institution];

        a->first[institution] = a->next[person];
        if (a->where[person] != institution)
            return person;
    }
    return NONE;
}

/* Links each person to the next of their chain, in by[] of people: next; and adds up its price. */
static int32_t follow(struct asking *a, uint32_t person, uint32_t *then)
{
    int32_t price = 0;

    for (;;) {
        uint32_t institution = a->where[person];

        price += a->price[person];
        if (a->left[institution] > 0) { /* vacant in the certain placing */
            a->left[institution]--;
            then[person] = NONE;
            return price;
        }
        then[person] = next_of(a, institution);
        if (then[person] == NONE)
            return price;
        person = then[person];
    }
}

static int add_row(struct tr_records *out, const struct asking *a, uint32_t person, int32_t rank,
                   int32_t placed)
{
    struct tr_place_answer answer = judge(a, person, a->where[person]);
    struct tr_asking *row = tr_records_add(out, 0);
    struct tr_buf list = {0};

    if (!row)
        return -1;
    tr_asking_rules(&list, 0, answer.not_known, "");
    tr_asking_rules(&list, 0, answer.not_said, "institution.");
    *row = (struct tr_asking){
        .rank = rank,
        .id = tr_candidate(&a->r->referrals, person)->id,
        .priority = (int32_t)person + 1,
        .ask = tr_arena_copy(&out->text, tr_buf_slice(&list)),
        .institution_id = tr_institution(&a->r->places, a->where[person])->id,
        .placed = placed,
    };
    out->text.failed |= list.failed;
    tr_buf_clear(&list);
    return out->text.failed ? -1 : 0;
}

/* Those who must be asked, and have no place even so: where it takes the fewest questions. */
static int write_others(struct tr_records *out, struct asking *a, int32_t rank, int32_t placed)
{
    int rc = 0;

    for (uint32_t p = 0; rc == 0 && p < a->n_people; p++) {
        size_t least = a->from[p];

        if (a->where[p] != NONE || a->from[p] == a->from[p + 1] ||
            a->r->from[p] < a->r->from[p + 1])
            continue;
        for (size_t e = least + 1; e < a->from[p + 1]; e++)
            if (a->pair[e].price < a->pair[least].price)
                least = e;
        a->where[p] = a->pair[least].institution;
        rc = add_row(out, a, p, ++rank, placed);
    }
    return rc;
}

/* Parts what changed into chains, and writes them in order. */
static int write_steps(struct tr_records *out, struct asking *a, struct tr_err *err)
{
    uint32_t *then = malloc((a->n_people + (size_t)1) * sizeof *then), n = 0;
    struct step *step = malloc((a->n_people + (size_t)1) * sizeof *step);
    int32_t placed = 0;
    int rc = then && step ? 0 : -1;

    for (uint32_t i = 0; i < a->n_institutions; i++) {
        a->left[i] = a->r->graph.room[i];
        a->first[i] = NONE;
    }
    for (uint32_t p = a->n_people; p-- > 0;) {
        uint32_t institution = a->certain[p];

        if (institution == NONE)
            continue;
        placed++;
        a->left[institution]--;
        a->next[p] = a->first[institution];
        a->first[institution] = p;
    }
    for (uint32_t p = 0; rc == 0 && p < a->n_people; p++)
        if (a->certain[p] == NONE && a->where[p] != NONE) {
            step[n].person = p;
            step[n++].price = follow(a, p, then);
        }
    if (rc == 0)
        qsort(step, n, sizeof *step, compare_steps);
    for (uint32_t s = 0; rc == 0 && s < n; s++)
        for (uint32_t p = step[s].person; rc == 0 && p != NONE; p = then[p])
            if (a->price[p] > 0)
                rc = add_row(out, a, p, (int32_t)s + 1, placed + (int32_t)s + 1);
    if (rc == 0)
        rc = write_others(out, a, (int32_t)n, placed + (int32_t)n);
    free(then);
    free(step);
    return rc < 0 ? tr_err_memory(err) : 0;
}

int tr_askings_find(struct tr_records *out, const struct tr_round *r, struct tr_err *err)
{
    struct asking a = {.r = r, .n_people = r->n_seeking, .n_institutions = r->places.n};
    uint32_t end;
    int rc;

    tr_records_start(out, &tr_asking_kind, r->profile, NULL);
    rc = start(&a, err);
    if (rc == 0)
        rc = place_certain(&a, err);
    while (rc == 0 && a.n_institutions > 0 && (end = search(&a)) != NONE)
        rc = move(&a, end, err);
    if (rc == 0)
        rc = write_steps(out, &a, err);
    clear(&a);
    return rc;
}
