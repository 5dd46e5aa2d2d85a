/* What was decided of persons: which referrals are of one, and which number they then have. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/dict.h"
#include "base/text.h"
#include "domain/referral/link.h"

void tr_link_groups_clear(struct tr_link_groups *g)
{
    tr_dict_clear(&g->ids);
    free(g->parent);
    free(g->part);
    g->parent = g->part = NULL;
}

/* The first of the group, with shorter ways to it from then on. */
static int group_of(int *parent, int member)
{
    while (parent[member] != member)
        member = parent[member] = parent[parent[member]];
    return member;
}

int tr_link_group(const struct tr_link_groups *g, struct tr_str referral)
{
    int member = g->ids.n ? tr_dict_find(&g->ids, referral) : -1;

    return member < 0 ? -1 : g->parent[member];
}

int tr_link_part(const struct tr_link_groups *g, struct tr_str referral)
{
    int member = g->ids.n ? tr_dict_find(&g->ids, referral) : -1;

    return member < 0 ? -1 : g->part[member];
}

/* The number of a referral among those linked, added when it is new; -1: memory. */
static int member_of(struct tr_link_groups *g, struct tr_str id)
{
    int member = (int)g->ids.n;
    int known = tr_dict_add(&g->ids, id, &member);

    if (known == 0)
        g->parent[member] = g->part[member] = member;
    return known < 0 ? -1 : member;
}

static void join(int *parent, int a, int b)
{
    parent[group_of(parent, b)] = group_of(parent, a);
}

/* The two ids, whichever is named first. */
static void add_pair(struct tr_buf *key, const struct tr_link *l)
{
    bool turned = tr_str_cmp(l->other_id, l->referral_id) < 0;

    key->len = 0;
    tr_buf_str(key, turned ? l->other_id : l->referral_id);
    tr_buf_char(key, '\n');
    tr_buf_str(key, turned ? l->referral_id : l->other_id);
}

bool *tr_link_standing(const struct tr_records *decided)
{
    bool *stands = calloc(decided->n + (size_t)1, sizeof *stands);
    uint32_t *row = calloc(decided->n + (size_t)1, sizeof *row); /* of each pair */
    struct tr_dict pairs = {0};
    struct tr_buf key = {0};
    int known = stands && row ? 0 : -1;

    for (uint32_t i = 0; i < decided->n && known >= 0; i++) {
        const struct tr_link *l = tr_link(decided, i);
        int pair = (int)pairs.n;

        if (l->link < 0)
            continue;
        add_pair(&key, l);
        known = key.failed ? -1 : tr_dict_add(&pairs, tr_buf_slice(&key), &pair);
        if (known < 0 || (known > 0 && tr_link(decided, row[pair])->date > l->date))
            continue;
        if (known > 0)
            stands[row[pair]] = false;
        row[pair] = i;
        stands[i] = true;
    }
    tr_dict_clear(&pairs);
    tr_buf_clear(&key);
    free(row);
    if (known >= 0)
        return stands;
    free(stands);
    return NULL;
}

int tr_link_groups_make(struct tr_link_groups *g, const struct tr_records *decided)
{
    bool *stands = tr_link_standing(decided), failed = !stands;
    const struct tr_list *list = tr_profile_list(decided->profile, "link");
    int same = list ? tr_list_code(list, TR_STR("same")) : -1;
    int renumbered = list ? tr_list_code(list, TR_STR("new_number")) : -1;

    g->parent = calloc(2 * (size_t)decided->n + 1, sizeof *g->parent);
    g->part = calloc(2 * (size_t)decided->n + 1, sizeof *g->part);
    for (uint32_t i = 0; stands && g->parent && g->part && i < decided->n; i++) {
        const struct tr_link *l = tr_link(decided, i);
        int a, b;

        if (!stands[i] || (l->link != same && l->link != renumbered))
            continue;
        a = member_of(g, l->referral_id);
        b = member_of(g, l->other_id);
        failed = a < 0 || b < 0;
        if (failed)
            break;
        join(g->parent, a, b);
        if (l->link == same)
            join(g->part, a, b);
    }
    for (size_t m = 0; g->parent && g->part && m < g->ids.n; m++) {
        g->parent[m] = group_of(g->parent, (int)m);
        g->part[m] = group_of(g->part, (int)m);
    }
    free(stands);
    return g->parent && g->part && !failed ? 0 : -1;
}

static struct tr_str *text_at(const struct tr_records *r, uint32_t i, size_t at)
{
    return (struct tr_str *)(void *)(r->record + i * r->kind->size + at);
}

/* Where no referral of a group has a number, the id of the first does: with a sign before it that no
 * number begins with. */
static int name_group(struct tr_records *referrals, struct tr_str first, struct tr_str *number)
{
    struct tr_buf name = {0};
    int rc;

    tr_buf_char(&name, '=');
    tr_buf_str(&name, first);
    *number = tr_arena_copy(&referrals->text, tr_buf_slice(&name));
    rc = name.failed || referrals->text.failed ? -1 : 0;
    tr_buf_clear(&name);
    return rc;
}

/* The number of its sort that a referral's part has; the first that comes. */
static struct tr_str *of_part(const struct tr_link_groups *g, struct tr_str *of_sort, struct tr_str id,
                              struct tr_str own)
{
    return &of_sort[tr_link_part(g, id) * TR_N_PERSON_SORTS + (int)tr_person_sort_of(own)];
}

/* Numbers of which some were decided to be one. */
struct numbers {
    struct tr_dict all; /* to nodes */
    int *parent;
    struct tr_str *text; /* of each node */
    struct tr_str *of_sort; /* [part][sort] */
    int *of_group; /* the node of the first number of each group, and 1; 0: it has none */
};

static int node_of(struct numbers *n, struct tr_str number)
{
    int node = (int)n->all.n;
    int known = tr_dict_add(&n->all, number, &node);

    if (known == 0) {
        n->parent[node] = node;
        n->text[node] = number;
    }
    return known < 0 ? -1 : node;
}

/* Joins the numbers of each group, but those that contradict their part. */
static int join_numbers(const struct tr_link_groups *g, const struct tr_records *referrals, size_t id,
                        size_t person, struct numbers *n)
{
    for (uint32_t i = 0; i < referrals->n; i++) {
        struct tr_str of = *text_at(referrals, i, id), own = *text_at(referrals, i, person), *first;
        int group = tr_link_group(g, of), node;

        if (group < 0 || own.len == 0)
            continue;
        first = of_part(g, n->of_sort, of, own);
        if (first->len == 0)
            *first = own;
        if (!tr_str_eq(*first, own))
            continue;
        node = node_of(n, own);
        if (node < 0)
            return -1;
        if (n->of_group[group] == 0)
            n->of_group[group] = node + 1;
        join(n->parent, n->of_group[group] - 1, node);
    }
    return 0;
}

/* The number that a referral has then; empty: none is known of its group. */
static struct tr_str number_of(const struct tr_link_groups *g, struct numbers *n, struct tr_str of,
                               struct tr_str own)
{
    int group = tr_link_group(g, of), node = own.len > 0 && n->all.n > 0 ? tr_dict_find(&n->all, own) : -1;

    if (own.len == 0)
        node = n->of_group[group] - 1;
    else if (group >= 0 && !tr_str_eq(*of_part(g, n->of_sort, of, own), own))
        node = -1;
    return node < 0 ? own : n->text[group_of(n->parent, node)];
}

int tr_link_groups_number(const struct tr_link_groups *g, struct tr_records *referrals, size_t id,
                          size_t person)
{
    struct numbers n = {.parent = calloc(g->ids.n * TR_N_PERSON_SORTS + 1, sizeof *n.parent),
                        .text = calloc(g->ids.n * TR_N_PERSON_SORTS + 1, sizeof *n.text),
                        .of_sort = calloc(g->ids.n * TR_N_PERSON_SORTS + 1, sizeof *n.of_sort),
                        .of_group = calloc(g->ids.n + 1, sizeof *n.of_group)};
    struct tr_str *named = calloc(g->ids.n + 1, sizeof *named);
    int rc = n.parent && n.text && n.of_sort && n.of_group && named
                 ? join_numbers(g, referrals, id, person, &n)
                 : -1;

    for (uint32_t i = 0; rc == 0 && i < referrals->n; i++) {
        struct tr_str of = *text_at(referrals, i, id), *own = text_at(referrals, i, person);
        int group = tr_link_group(g, of);

        if (group < 0 && own->len == 0)
            continue;
        *own = number_of(g, &n, of, *own);
        if (own->len > 0)
            continue;
        if (named[group].len == 0)
            rc = name_group(referrals, of, &named[group]);
        *own = named[group];
    }
    tr_dict_clear(&n.all);
    free(n.parent);
    free(n.text);
    free(n.of_sort);
    free(n.of_group);
    free(named);
    return rc;
}
