/* What can be done about a place on a day: offer it, and answer an offer or end a stay. Nothing is
 * changed here: what was known on the day goes in, and new stays, or new versions of old ones, come
 * out. */
#ifndef TR_DOMAIN_CASES_ACT_H
#define TR_DOMAIN_CASES_ACT_H

#include "domain/cases/cases.h"
#include "domain/places/again.h"
#include "domain/places/vacancy.h"

/* What is known on the day as_of; all of it borrowed. Stays are settled, and holds and vacancies
 * are of them; vacancies are by institution. made: of tr_stay_kind, what was done so far; its
 * statuses are entries of the list. */
struct tr_desk {
    const struct tr_cases *cases;
    const struct tr_records *institutions, *stays;
    const struct tr_span *holds;
    struct tr_vacancies *vacancies;
    const struct tr_again *again;
    int32_t as_of;
    struct tr_records *made;
};

/* Offers a place to a referral: adds the offer to made, and takes the place out of the vacancies.
 * certificate: its hash, or empty. -1 with err: why not, and which stay was first. */
int tr_act_offer(struct tr_desk *d, struct tr_str referral, struct tr_str institution,
                 struct tr_str certificate, struct tr_err *err);

enum tr_answer {
    TR_ANSWER_ACCEPTED,
    TR_ANSWER_DECLINED,
    TR_ANSWER_NO_ANSWER,
    TR_ANSWER_MOVED_IN,
    TR_ANSWER_MOVED_OUT,
    TR_ANSWER_TRANSFER,
    TR_ANSWER_RETURNED,
    TR_N_ANSWERS
};
extern const char *const tr_answer_names[TR_N_ANSWERS + 1]; /* and NULL */

struct tr_answering {
    enum tr_answer answer;
    int32_t reason;   /* declined: entry of the list decline_reason */
    struct tr_str to; /* transfer: the institution */
    int32_t until;    /* moved out: the person may return until then; TR_NO_DAY: not agreed */
};

/* Number of the stay called id, or, when id is empty, of the one stay of the referral to which the
 * answer can be given. -1 with err. */
int tr_act_find(const struct tr_desk *d, struct tr_str id, struct tr_str referral,
                enum tr_answer answer, struct tr_err *err);

/* Answers: adds to made what becomes of the stay. -1 with err: what does not allow it. */
int tr_act_answer(struct tr_desk *d, uint32_t stay, const struct tr_answering *a,
                  struct tr_err *err);

#endif
