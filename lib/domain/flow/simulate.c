#include "domain/flow/simulate_own.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "base/philox.h"

enum { OFFERS = 24 }; /* random numbers for so many offers a person; then the last decides */
enum { RESIDENT = 16, OF_RUN, OF_ARRIVALS = UINT16_MAX }; /* what else is drawn; offers are below */

struct leaving {
    double at;
    uint32_t house;
};

/* One run. Arrays grow, and serve the next run. */
struct run {
    const struct tr_sim *sim;
    uint32_t number; /* of the run */
    uint32_t free[TR_SIM_HOUSES], vacant;
    uint32_t over[TR_SIM_HOUSES]; /* who lives there beyond its beds, from the start */
    double arrivals;      /* a day */
    double rounds_a_day;
    double end;           /* the last day that is counted; stays go no further */
    struct leaving *heap; /* who leaves when, when every is 0 */
    size_t n_heap;
    uint16_t (*leaves)[TR_SIM_HOUSES]; /* else: how many leave before each match, in a ring */
    uint32_t n_leaves, round; /* n_leaves: a power of two */
    struct tr_sim_queue queue;
    struct tr_sim_placed *placed; /* scratch */
    double now, next; /* the day, and that of the next arrival */
    uint32_t arrived;
    struct tr_philox chance; /* of the next person */
    double area_waiting[TR_SIM_GROUPS + 1], area_inside;
    double wait_sum[TR_SIM_GROUPS + 1];
    uint64_t n_placed[TR_SIM_GROUPS + 1], n_lost[TR_SIM_GROUPS + 1], n_came[TR_SIM_GROUPS + 1];
    uint32_t (*histogram)[TR_SIM_DAYS];
    bool failed;
};

static struct tr_philox chance_of(const struct run *r, uint32_t person, uint32_t what)
{
    const struct tr_philox at = {{person, what, r->number, 0}};

    return tr_philox(at, (uint32_t)r->sim->seed, (uint32_t)(r->sim->seed >> 32));
}

static double unit(uint32_t word)
{
    return ((double)word + 0.5) * 0x1p-32;
}

/* ---- leaving ---- */

static void push(struct run *r, double at, uint32_t house)
{
    size_t i = r->n_heap++;

    for (; i > 0 && r->heap[(i - 1) / 2].at > at; i = (i - 1) / 2)
        r->heap[i] = r->heap[(i - 1) / 2];
    r->heap[i] = (struct leaving){at, house};
}

static struct leaving pop(struct run *r)
{
    struct leaving first = r->heap[0], last = r->heap[--r->n_heap];
    size_t i = 0, child;

    while ((child = 2 * i + 1) < r->n_heap) {
        child += child + 1 < r->n_heap && r->heap[child + 1].at < r->heap[child].at;
        if (r->heap[child].at >= last.at)
            break;
        r->heap[i] = r->heap[child];
        i = child;
    }
    r->heap[i] = last;
    return first;
}

/* ---- what happens ---- */

/* How much of [from, to] is counted. */
static double counted(const struct run *r, double from, double to)
{
    from = from > r->sim->warm_up ? from : r->sim->warm_up;
    to = to < r->end ? to : r->end;
    return to > from ? to - from : 0;
}

static bool counts(const struct run *r)
{
    return r->now >= r->sim->warm_up;
}

static void count_wait(struct run *r, uint32_t group, double wait)
{
    uint32_t day = wait < TR_SIM_DAYS - 1 ? (uint32_t)wait : TR_SIM_DAYS - 1;

    r->wait_sum[group] += wait;
    r->n_placed[group]++;
    r->histogram[group][day]++;
}

/* By how much a figure differs in this run that is known with a relative error: log-normal. */
static double factor(const struct run *r, uint32_t which, double error)
{
    struct tr_philox c;

    if (error <= 0)
        return 1;
    c = chance_of(r, which, OF_RUN);
    return exp(error * sqrt(-2 * log(unit(c.at[0]))) * cos(2 * M_PI * unit(c.at[1])));
}

/* The length of which the part u is not longer. */
static double length_at(const struct tr_sim_stay *s, double u)
{
    double at = u * (s->n - 1);
    uint32_t step = (uint32_t)at < s->n - 2 ? (uint32_t)at : s->n - 2;

    if (s->n == 1)
        return -s->quantile[0] * log(u);
    return s->quantile[step] + (at - step) * (s->quantile[step + 1] - s->quantile[step]);
}

static double made_shorter(const struct run *r, double days)
{
    if (r->sim->shorter != 0)
        days = days - r->sim->shorter > 1 ? days - r->sim->shorter : days < 1 ? days : 1;
    return days;
}

static double stay_of(const struct run *r, uint32_t type, double u)
{
    uint32_t which = r->sim->type[type].stay;
    const struct tr_sim_stay *s = &r->sim->stay[which];

    return made_shorter(r, length_at(s, u) * factor(r, which, s->error));
}

/* How much longer somebody stays who has stayed so many days. Beyond the longest, people leave at the
 * mean rate of the longer half. */
static double rest_of(const struct run *r, const struct tr_sim_resident *in, double u)
{
    const struct tr_sim_stay *s = &r->sim->stay[in->stay];
    double longer = factor(r, in->stay, s->error), days = in->days / longer, part = 0, whole, rest;
    uint32_t step = 0;

    if (s->n == 1) {
        whole = days - s->quantile[0] * log(u);
    } else if (days >= s->quantile[s->n - 1]) {
        whole = days - log(u) * (s->quantile[s->n - 1] - s->quantile[s->n / 2]) / log(s->n);
    } else {
        while (s->quantile[step + 1] <= days)
            step++;
        if (days > s->quantile[0])
            part = (step + (days - s->quantile[step]) / (s->quantile[step + 1] - s->quantile[step])) /
                   (s->n - 1);
        whole = length_at(s, part + u * (1 - part));
    }
    rest = made_shorter(r, whole * longer) - in->days;
    return rest > 0 ? rest : 0;
}

/* The person waits no longer. */
static void stop_waiting(struct run *r, const struct tr_sim_seeker *w)
{
    uint32_t group = r->sim->type[w->type].group;
    double waited = counted(r, w->since, r->now);

    r->area_waiting[group] += waited;
    r->area_waiting[r->sim->n_groups] += waited;
}

static void take_bed(struct run *r, uint32_t house, double days)
{
    double until = r->now + days < r->end ? r->now + days : r->end;

    if (r->sim->every <= 0) {
        push(r, until, house);
    } else {
        uint32_t round = (uint32_t)(until * r->rounds_a_day);

        round += round * r->sim->every < until;

        r->leaves[(round > r->round ? round : r->round + 1) & (r->n_leaves - 1)][house]++;
    }
    r->over[house] += r->free[house] == 0;
    r->vacant -= r->free[house] > 0;
    r->free[house] -= r->free[house] > 0;
    r->area_inside += counted(r, r->now, until);
}

static void leave_beds(struct run *r, uint32_t house, uint32_t n)
{
    uint32_t over = n < r->over[house] ? n : r->over[house];

    r->over[house] -= over;
    r->free[house] += n - over;
    r->vacant += n - over;
}

static void move_in(struct run *r, const struct tr_sim_seeker *w, uint32_t house)
{
    const struct tr_sim_start *from = r->sim->start;
    uint32_t group = r->sim->type[w->type].group;

    take_bed(r, house, stay_of(r, w->type, unit(w->stay)));
    if (from && from->placed && w->number < from->n_waiting)
        from->placed[(size_t)r->number * from->n_waiting + w->number] = r->now;
    stop_waiting(r, w);
    if (counts(r)) {
        count_wait(r, group, r->now - w->since);
        count_wait(r, r->sim->n_groups, r->now - w->since);
    }
}

static bool declines(struct run *r, struct tr_sim_seeker *w)
{
    struct tr_philox c;

    if (r->sim->declined <= 0)
        return false;
    w->offers += w->offers < OFFERS;
    c = chance_of(r, w->number, 2 + (w->offers - 1u) / 4);
    return unit(c.at[(w->offers - 1u) % 4]) < r->sim->declined;
}

static void lose(struct run *r)
{
    for (uint32_t k = 0; k < r->queue.n_lines; k++)
        for (uint32_t i = r->queue.line[k].first; i != TR_SIM_NOBODY; i = r->queue.at[i].next) {
            const struct tr_sim_seeker *w = &r->queue.at[i];

            stop_waiting(r, w);
            if (counts(r)) {
                r->n_lost[r->sim->type[w->type].group]++;
                r->n_lost[r->sim->n_groups]++;
            }
        }
    tr_sim_queue_empty(&r->queue);
}

/* Gives out what is free to those who wait. */
static void match(struct run *r)
{
    struct tr_sim_match m;
    uint32_t room[TR_SIM_HOUSES];

    if (r->queue.n == 0)
        return;
    if (r->vacant > 0) {
        memcpy(room, r->free, sizeof room);
        tr_sim_match_start(&m, room, r->sim->n_houses, r->placed);
        tr_sim_queue_match(&r->queue, &m);
        for (uint32_t i = 0; i < m.n_placed; i++) {
            uint32_t person = m.placed[i].person, house = m.placed[i].house;
            struct tr_sim_seeker *w = &r->queue.at[person];

            if (!declines(r, w)) {
                move_in(r, w, house);
                tr_sim_queue_go(&r->queue, person);
                continue;
            }
            w->options &= ~(UINT64_C(1) << house);
            w->wishes &= w->options;
            tr_sim_queue_again(&r->queue, person);
        }
    }
    if (r->sim->loss)
        lose(r);
}

/* The person whose chance is at hand comes; then the next one's is. */
static void arrive(struct run *r)
{
    uint32_t type = (uint32_t)(unit(r->chance.at[1]) * r->sim->n_types);
    const struct tr_sim_type *t = &r->sim->type[type];
    uint32_t at = t->options ? tr_sim_queue_room(&r->queue) : TR_SIM_NOBODY;

    if (at != TR_SIM_NOBODY) {
        r->queue.at[at] = (struct tr_sim_seeker){
            .options = t->options,
            .wishes = t->options & t->wishes,
            .since = r->now,
            .number = r->arrived,
            .turn = r->sim->last_first ? UINT32_MAX - r->arrived : r->arrived,
            .stay = r->chance.at[2],
            .type = (uint16_t)type};
        tr_sim_queue_come(&r->queue, at);
    } else if (t->options) { /* who fits nowhere waits nowhere */
        r->failed = true;
    }
    if (counts(r)) {
        r->n_came[t->group]++;
        r->n_came[r->sim->n_groups]++;
    }
    r->arrived++;
    r->chance = chance_of(r, r->arrived, 0);
    r->next = r->now - log(unit(r->chance.at[0])) / r->arrivals;
}

static void leave(struct run *r)
{
    leave_beds(r, pop(r).house, 1);
}

static void leave_before_match(struct run *r)
{
    uint16_t *gone = r->leaves[r->round & (r->n_leaves - 1)];

    for (uint32_t h = 0; h < r->sim->n_houses; h++)
        leave_beds(r, h, gone[h]);
    memset(gone, 0, sizeof *r->leaves);
}

/* ---- figures ---- */

static double median_of(const struct run *r, uint32_t group)
{
    uint64_t sum = 0;

    for (uint32_t d = 0; d < TR_SIM_DAYS; d++) {
        uint32_t here = r->histogram[group][d];

        if (here > 0 && 2 * (sum + here) >= r->n_placed[group])
            return d + ((double)r->n_placed[group] / 2 - (double)sum) / here;
        sum += here;
    }
    return NAN;
}

static void tell(const struct run *r, double *result)
{
    double days = r->sim->days;

    for (uint32_t g = 0; g <= r->sim->n_groups; g++, result += TR_N_SIM_MEASURES) {
        double placed = (double)r->n_placed[g];

        result[TR_SIM_WAIT_MEAN] = placed > 0 ? r->wait_sum[g] / placed : NAN;
        result[TR_SIM_WAIT_MEDIAN] = median_of(r, g);
        result[TR_SIM_WAITING] = r->area_waiting[g] / days;
        result[TR_SIM_PLACED] = placed / days * 365.25;
        result[TR_SIM_OCCUPANCY] = g == r->sim->n_groups ? r->area_inside / days : NAN;
        result[TR_SIM_LOST] = r->n_came[g] > 0 ? (double)r->n_lost[g] / (double)r->n_came[g] : NAN;
    }
}

/* Who lives there and who waits on the first day; then the first match. */
static void begin(struct run *r, const struct tr_sim_start *from)
{
    for (uint32_t i = 0; i < from->n_residents; i++) {
        const struct tr_sim_resident *in = &from->resident[i];

        take_bed(r, in->house,
                 in->until >= 0 ? in->until : rest_of(r, in, unit(chance_of(r, i, RESIDENT).at[0])));
    }
    r->arrived = from->n_waiting;
    for (uint32_t i = 0; i < from->n_waiting && !r->failed; i++) { /* from the end of the lines they join */
        uint32_t at = r->sim->last_first ? from->n_waiting - 1 - i : i;
        const struct tr_sim_waiting *w = &from->waiting[at];
        uint32_t person = w->options ? tr_sim_queue_room(&r->queue) : TR_SIM_NOBODY;

        if (from->placed)
            from->placed[(size_t)r->number * from->n_waiting + w->number] = INFINITY;
        r->failed = w->options && person == TR_SIM_NOBODY;
        if (person == TR_SIM_NOBODY)
            continue;
        r->queue.at[person] = (struct tr_sim_seeker){.options = w->options,
                                                     .wishes = w->wishes,
                                                     .since = w->since,
                                                     .number = w->number,
                                                     .turn = r->sim->last_first ? UINT32_MAX - i : i,
                                                     .stay = chance_of(r, w->number, 0).at[2],
                                                     .type = w->type};
        tr_sim_queue_come(&r->queue, person);
    }
    match(r);
}

static void start(struct run *r, uint32_t number)
{
    const struct tr_sim *s = r->sim;
    struct run kept = *r;

    *r = (struct run){.sim = s,
                      .number = number,
                      .heap = kept.heap,
                      .leaves = kept.leaves,
                      .n_leaves = kept.n_leaves,
                      .queue = kept.queue,
                      .placed = kept.placed,
                      .histogram = kept.histogram,
                      .rounds_a_day = s->every > 0 ? 1 / s->every : 0,
                      .end = kept.end};
    tr_sim_queue_empty(&r->queue);
    memset(r->histogram, 0, (s->n_groups + 1) * sizeof *r->histogram);
    memset(r->leaves, 0, r->n_leaves * sizeof *r->leaves);
    for (uint32_t h = 0; h < s->n_houses; h++) {
        r->free[h] = s->beds[h];
        r->vacant += s->beds[h];
    }
    if (s->start)
        begin(r, s->start);
    r->chance = chance_of(r, r->arrived, 0);
    r->arrivals = s->arrivals * factor(r, OF_ARRIVALS, s->arrivals_error);
    r->next = -log(unit(r->chance.at[0])) / r->arrivals;
}

/* With a match whenever something happens. */
static void simulate_events(struct run *r)
{
    while (!r->failed) {
        double leaving = r->n_heap > 0 ? r->heap[0].at : INFINITY;

        r->now = leaving < r->next ? leaving : r->next;
        if (r->now >= r->end)
            return;
        if (leaving < r->next)
            leave(r);
        else
            arrive(r);
        match(r);
    }
}

static void simulate_rounds(struct run *r)
{
    for (r->round = 1; !r->failed; r->round++) {
        double at = r->round * r->sim->every;

        while (r->next < (at < r->end ? at : r->end) && !r->failed) {
            r->now = r->next;
            arrive(r);
        }
        if (at >= r->end)
            return;
        r->now = at;
        leave_before_match(r);
        match(r);
    }
}

static void simulate(struct run *r)
{
    (r->sim->every > 0 ? simulate_rounds : simulate_events)(r);
    r->now = r->end;
    for (uint32_t k = 0; k < r->queue.n_lines; k++)
        for (uint32_t i = r->queue.line[k].first; i != TR_SIM_NOBODY; i = r->queue.at[i].next)
            stop_waiting(r, &r->queue.at[i]);
}

/* ---- threads ---- */

struct worker {
    const struct tr_sim *sim;
    double *result;
    uint32_t number;
    thrd_t thread;
    bool failed;
};

static int work(void *cookie)
{
    struct worker *w = cookie;
    const struct tr_sim *s = w->sim;
    struct run *r = calloc(1, sizeof *r);
    size_t beds = 1 + (s->start ? s->start->n_residents : 0);

    for (uint32_t h = 0; h < s->n_houses; h++)
        beds += s->beds[h];
    w->failed = !r;
    if (!r)
        return -1;
    r->sim = s;
    r->heap = calloc(beds, sizeof *r->heap);
    r->histogram = calloc(s->n_groups + (size_t)1, sizeof *r->histogram);
    r->end = s->warm_up + s->days;
    r->n_leaves = 1;
    while (s->every > 0 && r->n_leaves < r->end / s->every + 3)
        r->n_leaves *= 2;
    r->leaves = calloc(r->n_leaves, sizeof *r->leaves);
    r->placed = calloc(beds + 1, sizeof *r->placed);
    w->failed = !r->heap || !r->leaves || !r->histogram || !r->placed || tr_sim_queue_start(&r->queue, s) < 0;
    for (uint32_t i = w->number; !w->failed && i < s->runs; i += s->threads) {
        start(r, i);
        simulate(r);
        tell(r, w->result + (size_t)i * tr_sim_results(s));
        w->failed = r->failed;
    }
    free(r->heap);
    free(r->leaves);
    free(r->histogram);
    free(r->placed);
    tr_sim_queue_clear(&r->queue);
    free(r);
    return 0;
}

int tr_sim_run(const struct tr_sim *sim, double *result)
{
    struct worker *worker = calloc(sim->threads + (size_t)1, sizeof *worker);
    uint32_t started = 0;
    bool failed = !worker;

    for (uint32_t i = 0; !failed && i < sim->threads; i++) {
        worker[i] = (struct worker){.sim = sim, .result = result, .number = i};
        if (i + 1 == sim->threads) /* the last share is ours */
            work(&worker[i]);
        else if (thrd_create(&worker[i].thread, work, &worker[i]) == thrd_success)
            started++;
        else
            failed = true;
    }
    for (uint32_t i = 0; i < started; i++)
        thrd_join(worker[i].thread, NULL);
    for (uint32_t i = 0; !failed && i < sim->threads; i++)
        failed = worker[i].failed;
    free(worker);
    return failed ? -1 : 0;
}
