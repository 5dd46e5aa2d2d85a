/* Whether a person agrees that their referral goes to others. Three fields of a referral tell:
 * consent (yes or no), consent_kind (none, oral, written), and when it was given. Unknown is not
 * yes: somebody must ask. */
#ifndef TR_DOMAIN_PROFILE_CONSENT_H
#define TR_DOMAIN_PROFILE_CONSENT_H

#include "domain/profile/profile.h"

enum tr_consent { TR_CONSENT_UNKNOWN, TR_CONSENT_REFUSED, TR_CONSENT_GIVEN };

/* consent, kind: entries of the lists bool and consent_kind, or -1. Where the two differ, it is
 * refused: nobody's case leaves the office by mistake. */
enum tr_consent tr_consent_of(const struct tr_profile *p, int consent, int kind);

#endif
