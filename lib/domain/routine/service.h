/* The catalogue of services: who they are for, how to get them, when they are open. */
#ifndef TR_DOMAIN_ROUTINE_SERVICE_H
#define TR_DOMAIN_ROUTINE_SERVICE_H

#include "base/calendar.h"
#include "domain/profile/kind.h"

struct tr_service {
    struct tr_str id, name;
    int32_t provider; /* entry of the list provider */
    uint64_t groups;  /* of rop_group; 0: not by group */
    uint64_t needs;   /* of need */
    struct tr_str scope, who, apply, place, phone, email, price, limit;
    struct tr_str hours;       /* as the profile has it */
    int32_t open;              /* at the moment asked for: 1, 0, or -1: not said */
    struct tr_str after_hours; /* the service that answers when it is closed, or empty */
    int32_t call_back;         /* the day on which they call back in that case, or TR_NO_DAY */
};

extern const struct tr_kind tr_service_kind;

static inline struct tr_service *tr_service(const struct tr_records *r, uint32_t i)
{
    return (struct tr_service *)(void *)r->record + i;
}

/* A moment: a day, and the minute in it, or -1 for the day as a whole. */
struct tr_moment {
    int32_t day, minute;
};

/* Reads yyyy-mm-dd and yyyy-mm-ddThh:mm. */
bool tr_moment_parse(struct tr_str s, struct tr_moment *out);

/* Whether hours such as "Mo-Fr 09:00-15:00; PH off", a part of the opening_hours syntax of
 * OpenStreetMap, are open: 1 or 0; -1 when they are empty; -2 when they are not understood. As there,
 * the last part that names a day says all of it. */
int tr_hours_open(struct tr_str hours, struct tr_moment at);

/* The first weekday, 0 Monday, that two parts of such hours name: the last one alone counts on it. -1: none, or
 * the hours are not understood. */
int tr_hours_named_twice(struct tr_str hours);
extern const char tr_hours_days[]; /* Mo to Su, two letters each */

/* Adds such hours as people say them. */
void tr_hours_say(const struct tr_profile *p, enum tr_lang lang, struct tr_str hours,
                  struct tr_buf *out);

/* The profile's catalogue in a language, in its order; at.day TR_NO_DAY: nothing is said of what is
 * open. -1 with err when a row is wrong. */
int tr_services_load(struct tr_records *out, const struct tr_profile *profile, enum tr_lang lang,
                     struct tr_moment at, struct tr_err *err);

#endif
