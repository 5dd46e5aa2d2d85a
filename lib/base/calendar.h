/* Norwegian public holidays and working days, and spans of time as ISO 8601 writes them. Days are
 * numbered as in date.h. */
#ifndef TR_BASE_CALENDAR_H
#define TR_BASE_CALENDAR_H

#include "base/date.h"

/* A day off by law or custom of the whole country: Sundays are none of them. 24 and 31 December are
 * working days. Source: lov om helligdager og helligdagsfred, lov om 1 og 17 mai. */
bool tr_holiday(int32_t day);

/* Monday to Friday, and no holiday. */
bool tr_working_day(int32_t day);

/* The day itself when it is a working day, else the next one; TR_NO_DAY behind the year 9999. */
int32_t tr_working_day_from(int32_t day);

/* The same, or the last one before it; TR_NO_DAY before the year 1. */
int32_t tr_working_day_until(int32_t day);

/* How many working days lie behind the first day, up to the last. */
int32_t tr_working_days_between(int32_t first, int32_t last);

/* 0 Monday to 6 Sunday. */
int tr_weekday(int32_t day);

/* A span: P3M, P4W, P1Y6M, P0D, -P7D, or working days: 3wd. */
struct tr_duration {
    int32_t months, days, working_days; /* all of one sign */
};
bool tr_duration_parse(struct tr_str s, struct tr_duration *out);

/* The day that long after (or before) another. A month ends on the same day number, or on the
 * month's last day. Working days count those after the start. TR_NO_DAY when it falls outside the
 * years 1 to 9999. */
int32_t tr_day_plus(int32_t day, struct tr_duration d);

#endif
