/* How long those who wait in a round may still wait, from the stays. */
#ifndef TR_CLI_WAITING_H
#define TR_CLI_WAITING_H

#include "cli/work/placing.h"
#include "domain/placement/placement_explain.h"

struct tr_waiting {
    struct tr_expected_wait *of; /* each referral of the round; NULL: nobody has asked */
};

/* Reads the stays at path, and looks at what may happen to the round from its day on. arrivals:
 * people who come a week; 0: as many as moved in. Where there is too little to tell, that is said, and
 * every wait is endless. -1: said, status raised. */
int tr_waiting_find(struct tr_app *app, const struct tr_certificate *c, const char *path,
                    double arrivals, struct tr_waiting *out);
void tr_waiting_clear(struct tr_waiting *w);

static inline const struct tr_expected_wait *tr_waiting_of(const struct tr_waiting *w, uint32_t i)
{
    return w->of ? &w->of[i] : NULL;
}

#endif
