/* Days of the Gregorian calendar, years 1 to 9999. No clock, no time zone. */
#ifndef TR_BASE_DATE_H
#define TR_BASE_DATE_H

#include <stdint.h>
#include "base/str.h"

struct tr_date {
    int year, month, day; /* 1-12, 1-31 */
};

bool tr_date_valid(struct tr_date d);

/* Reads yyyy-mm-dd, dd.mm.yyyy and d.m.yyyy, nothing else; false when it is no day that exists. For
 * what people give to options and write in documents. */
bool tr_date_parse(struct tr_str s, struct tr_date *out);

/* Reads a month, yyyy-mm, as its first day. */
bool tr_month_parse(struct tr_str s, struct tr_date *out);

/* The same as people write it: "oktober 2026", "okt. 2026", "10.2026", "10/2026". */
bool tr_month_written(struct tr_str s, struct tr_date *out);
enum { TR_MONTH_LEN = 7 };

/* What a cell of a table may hold besides, and how it is told: bits of *forms. */
enum {
    TR_DATE_SHORT_YEAR =
        1,              /* d.m.yy, d/m/yy: 70 to 99 are 1970 to 1999, 00 to 69 are 2000 to 2069 */
    TR_DATE_SLASH = 2,  /* d/m/yyyy or m/d/yyyy, both possible: the order decided */
    TR_DATE_DAY = 4,    /* the same, but only a day first makes a date */
    TR_DATE_MONTH = 8,  /* the same, but only a month first does */
    TR_DATE_OTHER = 16, /* yyyymmdd, yyyy/m/d, d-m-yyyy, d/m-yyyy, "d. m. yyyy" */
    TR_DATE_TIME = 32,  /* a time of day, which is cut off; with a zone, the day is Norway's */
    TR_DATE_DASH = 64,  /* d-m-yyyy or m-d-yyyy, both possible: the day first, unless a cell of the
                           column has the month first */
    TR_DATE_WORDS = 128, /* "d. month yyyy" and the like */
    TR_DATE_NONE = 256  /* a day that programs write for none, 1 January 1900 */
};

enum tr_date_order { TR_ORDER_NONE, TR_ORDER_DAY_FIRST, TR_ORDER_MONTH_FIRST };

/* Reads a date in any of these forms; s has no padding. TR_ORDER_NONE: d/m/yyyy is a date only when
 * there is no other way to read it. Sets *forms, also when it returns false. */
bool tr_date_read(struct tr_str s, enum tr_date_order order, struct tr_date *out, unsigned *forms);

enum { TR_DATE_LEN = 10 };
void tr_date_iso(struct tr_date d, char out[TR_DATE_LEN]); /* yyyy-mm-dd, not NUL-terminated */

/* A time of day as minutes since midnight: reads hh:mm and hh.mm, also with one digit of hours. false: it is
 * none, from 00:00 to 23:59. */
bool tr_time_parse(struct tr_str s, int32_t *minutes);
enum { TR_TIME_LEN = 5 };
void tr_time_text(int32_t minutes, char between, char out[TR_TIME_LEN]); /* 09:30, not NUL-terminated */

/* Days since 1 March of the year 0, for differences and order; TR_NO_DAY stands for no day. */
enum { TR_NO_DAY = -1 };
int32_t tr_date_number(struct tr_date d);
struct tr_date tr_date_of(int32_t number);

/* Hours by which Norway is before UTC at this hour of UTC: 2 from 01 UTC on the last Sunday of
 * March to the same of October, else 1. */
int tr_norwegian_hours(int32_t day, int hour);

#endif
