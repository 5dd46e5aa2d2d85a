/* A blank sheet of referrals for somebody to fill in: the columns that the profile names, each under a
 * header that import binds to its field. As a workbook, days are days, what must keep its zeros is text,
 * and what has a list is chosen from it; a second sheet says what goes into each column. */
#ifndef TR_DOC_CONTENT_REFERRAL_SHEET_H
#define TR_DOC_CONTENT_REFERRAL_SHEET_H

#include "domain/places/institution.h"

struct tr_referral_sheet {
    const struct tr_profile *profile;
    enum tr_lang lang;
    const struct tr_records *institutions; /* that can be wished for; NULL: none are known */
};

/* Writes it as a workbook; -1 with err. When memory runs out out->buf.failed is set. */
int tr_referral_sheet_book(const struct tr_referral_sheet *s, struct tr_out *out, struct tr_err *err);

/* The header alone, as CSV that a spreadsheet opens. */
void tr_referral_sheet_csv(const struct tr_referral_sheet *s, struct tr_out *out);

#endif
