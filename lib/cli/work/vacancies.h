/* What vacancy-list writes of the places that it counted. */
#ifndef TR_CLI_VACANCIES_H
#define TR_CLI_VACANCIES_H

#include "cli/input/casefile.h"
#include "domain/places/vacancy.h"

/* Counts the persons who wait, in the rows that they wish for. -1 with err. */
int tr_vacancies_waiting(struct tr_vacancies *v, const struct tr_records *institutions,
                         const struct tr_casefile *cases, int32_t as_of, struct tr_err *err);

/* Writes all rows to path, or to standard output when it is NULL. -1 in this and the others: said,
 * status raised. */
int tr_vacancies_list(struct tr_app *app, const struct tr_vacancies *v, enum tr_vacancy_by by,
                      enum tr_format format, const char *path);

/* Writes the chosen rows as they may be published; of none of them, a row that has the day alone. */
int tr_vacancies_public(struct tr_app *app, const struct tr_vacancies *v, const uint32_t *chosen,
                        uint32_t n, int32_t as_of, enum tr_format format, const char *path);

/* Writes an HSDS package of the chosen rows into the folder, made when it is not there. */
int tr_vacancies_hsds(struct tr_app *app, const struct tr_vacancies *v, const uint32_t *chosen,
                      uint32_t n, const char *folder);

/* Writes the chance of each institution that a place is or comes free until the day. */
int tr_vacancies_expect(struct tr_app *app, const struct tr_vacancies *v,
                        const struct tr_records *stays, const struct tr_span *holds, int32_t as_of,
                        int32_t until, enum tr_format format, const char *path);

#endif
