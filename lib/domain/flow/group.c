#define _GNU_SOURCE
#include "domain/flow/group.h"

#include <stdlib.h>

const char *const tr_flow_by_names[] = {
    [TR_FLOW_ALL] = "all",     [TR_FLOW_BYDEL] = "bydel", [TR_FLOW_INSTITUTION] = "institution",
    [TR_FLOW_MONTH] = "month", [TR_N_FLOW_BY] = NULL,
};
const char *const tr_flow_by_columns[] = {
    [TR_FLOW_ALL] = "",
    [TR_FLOW_BYDEL] = "bydel",
    [TR_FLOW_INSTITUTION] = "institution_id",
    [TR_FLOW_MONTH] = "month",
};

static int by_case(const void *a, const void *b)
{
    const struct tr_flow_stay *x = a, *y = b;

    if (x->of != y->of)
        return x->of < y->of ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->stay < y->stay ? -1 : x->stay > y->stay;
}

int tr_flow_case(struct tr_flow_groups *g, struct tr_str id)
{
    int number = (int)g->cases.n;

    return tr_dict_add(&g->cases, id, &number) < 0 ? -1 : number;
}

int tr_flow_groups_init(struct tr_flow_groups *g, enum tr_flow_by by,
                        const struct tr_records *referrals, const struct tr_records *stays)
{
    *g = (struct tr_flow_groups){.by = by, .referrals = referrals, .stays = stays};
    g->stay = calloc(stays->n + (size_t)1, sizeof *g->stay);
    if (!g->stay)
        return -1;
    for (uint32_t i = 0; i < stays->n; i++) {
        const struct tr_stay *s = tr_stay(stays, i);
        int of = tr_stay_lived(s) ? tr_flow_case(g, s->referral_id) : 0;

        if (of < 0)
            return -1;
        if (tr_stay_lived(s))
            g->stay[g->n_stays++] = (struct tr_flow_stay){(uint32_t)of, s->from, i};
    }
    qsort(g->stay, g->n_stays, sizeof *g->stay, by_case);
    return 0;
}

void tr_flow_groups_clear(struct tr_flow_groups *g)
{
    tr_dict_clear(&g->cases);
    tr_dict_clear(&g->groups);
    tr_arena_clear(&g->text);
    free(g->name);
    free(g->of_case);
    free(g->order);
    free(g->stay);
    *g = (struct tr_flow_groups){0};
}

/* The stay of the day: the last that has begun, else the first. */
static struct tr_str institution_of(const struct tr_flow_groups *g, int of, int32_t day)
{
    uint32_t low = 0, high = g->n_stays, at;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        *(g->stay[middle].of < (uint32_t)of ? &low : &high) =
            g->stay[middle].of < (uint32_t)of ? middle + 1 : middle;
    }
    if (low == g->n_stays || g->stay[low].of != (uint32_t)of)
        return (struct tr_str){"", 0};
    for (at = low; at + 1 < g->n_stays && g->stay[at + 1].of == (uint32_t)of &&
                   g->stay[at + 1].from <= day;)
        at++;
    return tr_stay(g->stays, g->stay[at].stay)->institution_id;
}

struct tr_str tr_flow_bydel(const struct tr_flow_groups *g, struct tr_str id)
{
    int i = tr_records_find(g->referrals, id);
    int32_t code = i < 0 ? -1 : tr_case_district(g->referrals, (uint32_t)i);

    return code < 0 ? (struct tr_str){"", 0}
                    : tr_profile_list(g->referrals->profile, "bydel")->entry[code].code;
}

static int number_of(struct tr_flow_groups *g, struct tr_str name)
{
    int number = (int)g->n;
    struct tr_str key = name.len > 0 ? name : TR_STR("-"); /* keys are not empty */
    int rc = tr_dict_add(&g->groups, key, &number);

    if (rc != 0)
        return rc < 0 ? -1 : number;
    if (g->n == g->room) {
        uint32_t room = g->room ? 2 * g->room : 32;
        void *bigger = realloc(g->name, room * sizeof *g->name);

        if (!bigger)
            return -1;
        g->name = bigger;
        g->room = room;
    }
    g->name[g->n++] = tr_arena_copy(&g->text, name);
    return g->text.failed ? -1 : number;
}

/* The district of a case is looked up once. */
static int group_of_bydel(struct tr_flow_groups *g, int of, struct tr_str id)
{
    if ((size_t)of >= g->room_cases) {
        size_t room = 2 * g->cases.n;
        int *bigger = realloc(g->of_case, room * sizeof *bigger);

        if (!bigger)
            return -1;
        memset(bigger + g->room_cases, 0xff, (room - g->room_cases) * sizeof *bigger); /* -1 */
        g->of_case = bigger;
        g->room_cases = room;
    }
    if (g->of_case[of] < 0)
        g->of_case[of] = number_of(g, tr_flow_bydel(g, id));
    return g->of_case[of];
}

int tr_flow_group(struct tr_flow_groups *g, int of, struct tr_str id, int32_t day)
{
    char iso[TR_DATE_LEN];

    switch (g->by) {
    case TR_FLOW_BYDEL:
        return group_of_bydel(g, of, id);
    case TR_FLOW_INSTITUTION:
        return number_of(g, institution_of(g, of, day));
    case TR_FLOW_MONTH:
        tr_date_iso(tr_date_of(day), iso);
        return number_of(g, (struct tr_str){iso, TR_MONTH_LEN});
    default:
        return number_of(g, (struct tr_str){"", 0});
    }
}

static int by_name(const void *a, const void *b, void *cookie)
{
    const struct tr_flow_groups *g = cookie;
    struct tr_str x = g->name[*(const uint32_t *)a], y = g->name[*(const uint32_t *)b];

    if ((x.len == 0) != (y.len == 0)) /* not known: last */
        return x.len == 0 ? 1 : -1;
    return tr_str_cmp(x, y);
}

int tr_flow_groups_order(struct tr_flow_groups *g)
{
    free(g->order);
    g->order = calloc(g->n + (size_t)1, sizeof *g->order);
    if (!g->order)
        return -1;
    for (uint32_t i = 0; i < g->n; i++)
        g->order[i] = i;
    qsort_r(g->order, g->n, sizeof *g->order, by_name, g);
    return 0;
}
