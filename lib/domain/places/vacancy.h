/* How full institutions are on a day, past or future, from the stays recorded. */
#ifndef TR_DOMAIN_PLACES_VACANCY_H
#define TR_DOMAIN_PLACES_VACANCY_H

#include "domain/places/stay.h"

/* Institutions summed up in rows. A row an institution is the simplest way. */
struct tr_vacancies {
    struct tr_institution *row;
    uint32_t n;
    uint32_t *row_of; /* of each institution */
};

/* Counts the settled stays as of the day. holds: what each stay holds, see tr_cases_holds. Rows
 * stand in the order of the institutions, or of the codes that they are grouped by. waiting is left
 * unknown. -1: memory. */
int tr_vacancies_count(struct tr_vacancies *v, const struct tr_records *institutions,
                       const struct tr_records *stays, const struct tr_span *holds,
                       enum tr_vacancy_by by, int32_t as_of, struct tr_err *err);
void tr_vacancies_clear(struct tr_vacancies *v);

/* Counts one who waits, with these wishes, in each row wished; unknown institutions are left out.
 * Start with waiting 0 in every row. */
void tr_vacancies_wish(struct tr_vacancies *v, const struct tr_records *institutions,
                       struct tr_str wishes);

/* What goes on the web: institutions for the stays that the profile names (public_stay_types), in
 * the order of their names; waiting below public_threshold is left out, and vacant and waiting are
 * rounded down to public_steps, so that two days do not tell of one person. n of them stand in
 * chosen, which has room for all. */
uint32_t tr_vacancies_publish(const struct tr_profile *p, struct tr_vacancies *v, uint32_t *chosen);

/* The steps, separated by commas, ascending; those of a profile without them are as shipped. */
struct tr_str tr_public_steps(const struct tr_profile *p);

/* A copy of the chosen rows, in their order; NULL when memory is out. */
struct tr_institution *tr_vacancies_copy(const struct tr_vacancies *v, const uint32_t *chosen,
                                         uint32_t n);

#endif
