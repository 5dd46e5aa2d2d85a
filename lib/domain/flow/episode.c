#include "domain/flow/episode.h"

#include <stdlib.h>

#define AT(member) offsetof(struct tr_episode, member)

static const struct tr_member members[] = {
    {"case_id", TR_M_ID, .at = AT(case_id), .needed = true, .filled = true},
    {"date", TR_M_DATE, .at = AT(date), .needed = true, .filled = true},
    {"episode", TR_M_CODE, .at = AT(episode), .list = "episode", .needed = true, .filled = true},
    {"source", TR_M_TEXT, .at = AT(source)},
};

const struct tr_kind tr_episode_kind = {
    .name = "episode",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_episode),
};

/* An episode, and whose it is. */
struct happened {
    const struct tr_episode *what;
    int person;
    uint32_t row;
};

static int compare(const struct happened *a, const struct happened *b)
{
    int c = (a->person > b->person) - (a->person < b->person);

    c = c ? c : (a->what->date > b->what->date) - (a->what->date < b->what->date);
    c = c ? c : (a->what->episode > b->what->episode) - (a->what->episode < b->what->episode);
    return c ? c : tr_str_cmp(a->what->source, b->what->source);
}

static int by_what(const void *a, const void *b)
{
    const struct happened *x = a, *y = b;
    int c = compare(x, y);

    return c ? c : (x->row > y->row) - (x->row < y->row);
}

bool *tr_episodes_twice(const struct tr_records *episodes, int (*whose)(const void *cookie, struct tr_str case_id),
                        const void *cookie, uint32_t *n)
{
    struct happened *all = malloc((episodes->n + (size_t)1) * sizeof *all);
    bool *twice = all ? calloc(episodes->n + (size_t)1, sizeof *twice) : NULL;
    size_t known = 0;

    *n = 0;
    for (uint32_t i = 0; twice && i < episodes->n; i++) {
        int person = whose(cookie, tr_episode(episodes, i)->case_id);

        if (person >= 0)
            all[known++] = (struct happened){tr_episode(episodes, i), person, i};
    }
    if (known > 0)
        qsort(all, known, sizeof *all, by_what);
    for (size_t i = 1; i < known; i++)
        if (compare(&all[i - 1], &all[i]) == 0) {
            twice[all[i].row] = true;
            ++*n;
        }
    free(all);
    return twice;
}
