/* What the log says of consent in each case: its last word, yes or no. Consent is given by one type of
 * event, and not there with those that start the duty to ask for it; which these are, the profile's
 * event_types.csv and steps.csv say. Words of one day: a no counts before a yes, and a yes before not
 * having asked. */
#ifndef TR_DOMAIN_CASES_CONSENT_LOG_H
#define TR_DOMAIN_CASES_CONSENT_LOG_H

#include "domain/profile/consent.h"
#include "domain/routine/routine.h"

struct tr_consent_log {
    struct tr_dict cases; /* ids to numbers */
    struct tr_consent_word {
        int32_t day;
        enum tr_consent is; /* unknown: somebody has to ask */
    } *last; /* by number */
};

/* Starts anew from the events, in any order. -1: memory. */
int tr_consent_log_read(struct tr_consent_log *log, const struct tr_routine *routine,
                        const struct tr_records *events);
void tr_consent_log_clear(struct tr_consent_log *log);

/* What holds in a case whose referral says so much on that day, or TR_NO_DAY: the log's word where it is
 * not older. Nobody asked is a no. log may be all zero. */
enum tr_consent tr_consent_holds(const struct tr_consent_log *log, struct tr_str id,
                                 enum tr_consent said, int32_t day);

#endif
