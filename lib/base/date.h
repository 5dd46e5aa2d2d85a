/* Days of the Gregorian calendar, years 1 to 9999. No clock, no time zone. */
#ifndef TR_BASE_DATE_H
#define TR_BASE_DATE_H

#include <stdint.h>
#include "base/str.h"

struct tr_date {
    int year, month, day; /* 1-12, 1-31 */
};

bool tr_date_valid(struct tr_date d);

/* Reads yyyy-mm-dd, dd.mm.yyyy and d.m.yyyy, nothing else; false when it is no day that exists. */
bool tr_date_parse(struct tr_str s, struct tr_date *out);

enum { TR_DATE_LEN = 10 };
void tr_date_iso(struct tr_date d, char out[TR_DATE_LEN]); /* yyyy-mm-dd, not NUL-terminated */

/* Days since 1 March of the year 0, for differences and order; TR_NO_DAY stands for no day. */
enum { TR_NO_DAY = -1 };
int32_t tr_date_number(struct tr_date d);
struct tr_date tr_date_of(int32_t number);

#endif
