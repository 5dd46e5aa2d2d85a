/* An invitation to a meeting of the routine: which meeting, when and where, who calls it, and who is
 * called in by role. It is read off the paper `invitation`: its point `meeting` has the items which,
 * day, starts, ends, place, caller and cancelled; a point that names a role has the name and the
 * e-mail of its contact. The step of the routine that the meeting completes says who calls it, when
 * the paper does not, and who must attend. */
#ifndef TR_DOMAIN_ROUTINE_INVITATION_H
#define TR_DOMAIN_ROUTINE_INVITATION_H

#include "domain/routine/paper.h"
#include "domain/routine/routine.h"

enum { TR_INVITED_MAX = 16 };

struct tr_invited {
    int32_t role;   /* entry of the list role: the first that has the address */
    uint64_t roles; /* all that have it (bits) */
    int item;       /* of the paper: where the address is */
    struct tr_str name, email;
};

struct tr_invitation {
    const struct tr_plan *paper;
    int32_t which;          /* entry of the list meeting */
    int32_t day;            /* TR_NO_DAY: not said */
    int32_t starts, ends;   /* minutes since midnight; -1: not said */
    struct tr_str place;
    bool cancelled;
    bool hidden;            /* the address of the person is protected: the place is not told */
    int32_t caller;         /* role, or -1 */
    uint64_t must;          /* roles that must attend (bits); 0: the routine does not say */
    struct tr_invited invited[TR_INVITED_MAX]; /* each with an address of its own */
    int n;
    uint32_t changes;       /* how often the meeting changed since it could first be sent */
};

/* Which meeting the paper invites to: entry of the list meeting; -1: not said. */
int32_t tr_invitation_which(const struct tr_plan *paper);

/* Reads the paper; its texts are borrowed. before: the invitation to the same meeting, as it was until
 * then, or NULL. */
void tr_invitation_read(struct tr_invitation *v, const struct tr_plan *paper,
                        const struct tr_routine *routine, const struct tr_invitation *before);

/* Hides the place, where not the paper but a register says that the address is protected: a change. */
void tr_invitation_hide(struct tr_invitation *v);

/* Who calls the meeting, by address; NULL: not known. */
const struct tr_invited *tr_invitation_caller(const struct tr_invitation *v);

/* Whether it can be sent; else err says what it lacks. */
bool tr_invitation_is_ready(const struct tr_invitation *v, enum tr_lang lang, struct tr_err *err);

#endif
