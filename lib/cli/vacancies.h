/* The work of vacancy-list: who waits is read, and the list is written. */
#ifndef TR_CLI_VACANCIES_H
#define TR_CLI_VACANCIES_H

#include "cli/output.h"
#include "domain/places/vacancy.h"

/* Counts who of the referrals in path waits, in the rows wished. -1: said. */
int tr_vacancies_waiting(struct tr_app *app, const char *path, struct tr_vacancies *v,
                         const struct tr_records *institutions, const struct tr_records *stays,
                         int32_t as_of);

/* What goes on the web: institutions for the stays that the profile names (public_stay_types), in
 * the order of their names; waiting below public_threshold is left out. n of them stand in chosen,
 * which has room for all. */
uint32_t tr_vacancies_publish(const struct tr_profile *p, struct tr_vacancies *v, uint32_t *chosen);

/* Writes an HSDS package of the chosen rows into the folder, made when it is not there. */
int tr_vacancies_hsds(struct tr_app *app, const struct tr_vacancies *v, const uint32_t *chosen,
                      uint32_t n, const char *folder);

#endif
