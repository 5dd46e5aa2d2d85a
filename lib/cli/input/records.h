/* Records of other kinds than referrals, read whole from a file. */
#ifndef TR_CLI_RECORDS_H
#define TR_CLI_RECORDS_H

#include "cli/app/output.h"
#include "domain/places/stay.h"

/* Says what it hears, and raises the status. */
struct tr_listener tr_app_listener(struct tr_app *app);

/* Reads all records of path. -1: said, status raised to at least TR_EXIT_DATA: a table is right or
 * refused. */
int tr_app_records(struct tr_app *app, const struct tr_kind *kind, const char *path,
                   struct tr_records *out);

/* The same where each row stands for itself: see tr_records_read_each. -1: no row can be read. */
int tr_app_records_each(struct tr_app *app, const struct tr_kind *kind, const char *path,
                        struct tr_dict *bad, struct tr_records *out);

/* As tr_app_records, from a table in memory, which came from name. */
int tr_app_records_held(struct tr_app *app, const struct tr_kind *kind, const char *path,
                        const char *name, struct tr_records *out);

/* Reads stays and settles them with their institutions on the day; path NULL: there are none. */
int tr_app_stays(struct tr_app *app, const char *path, const struct tr_records *institutions,
                 int32_t as_of, struct tr_records *out);

/* The same for figures of the past: two stays at the same time are told, and both count. */
int tr_app_stays_history(struct tr_app *app, const char *path,
                         const struct tr_records *institutions, int32_t as_of,
                         struct tr_records *out);

/* The same where each case stands for itself: see tr_stays_settle_each. */
int tr_app_stays_each(struct tr_app *app, const char *path, const struct tr_records *institutions,
                      int32_t as_of, struct tr_dict *bad, struct tr_records *out);

/* Writes records to path, or to standard output when it is NULL. -1: said, status raised. */
int tr_app_put_records(struct tr_app *app, const struct tr_records *r, enum tr_format format,
                       const char *path);

#endif
