/* Trying scenarios: what flow-simulate is told, and what it does. */
#ifndef TR_CLI_SIMULATING_H
#define TR_CLI_SIMULATING_H

#include "cli/work/placing.h"
#include "domain/flow/scenario.h"

/* As the options say it. NULL and empty: not given. */
struct tr_simulating {
    const char *places, *institutions; /* one of them: vacancies, or institutions on the day as_of */
    const char *stays, *referrals, *events, *links;
    int32_t as_of;
    bool from_today;
    struct tr_texts add, close; /* INSTITUTION:K; INSTITUTION */
    const char *rules, *order;  /* of the other scenario: a profile; keys of an order of priority */
    double shorter;             /* days */
    struct tr_scenario_choice choice;
};

/* Reads everything, tries both scenarios, says what weakens the figures, and writes them to path.
 */
void tr_simulating_run(struct tr_app *app, const struct tr_simulating *in, enum tr_format format,
                       const char *path);

/* Says what weakens figures that stand on the scenario. */
void tr_simulating_say_doubts(struct tr_app *app, const struct tr_scenario *s);

#endif
