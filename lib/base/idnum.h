/* Norwegian identity numbers: fødselsnummer, D-number (day + 40) and their synthetic kinds
 * (month + 80, + 40 or + 65), ddmmyy + three individual digits + two check digits.
 *
 * From 2032 the first check digit's remainder may be 0 to 3 and the individual digits no longer
 * tell the century. A number whose remainder is 1 to 3 can only be such a one: it is accepted,
 * marked reform, and no year is read from it. The rule is that of Skatteetaten, who give the
 * numbers.
 *
 * A D-number tells the year of birth alone: when the numbers of a day of birth are used up, it
 * begins with the day of registration (UDI). */
#ifndef TR_BASE_IDNUM_H
#define TR_BASE_IDNUM_H

#include "base/err.h"

struct tr_idnum {
    bool d_number;
    bool synthetic;
    bool reform;
    int birth_year; /* 0 when the number does not tell */
    int month, day; /* of birth; 0 in a D-number */
};

/* s: the number without padding, digits and single spaces. TR_OK, or what is wrong with it. */
enum tr_code tr_idnum_parse(struct tr_str s, struct tr_idnum *out);

/* The same of eleven digits. */
enum tr_code tr_idnum_read(const char digits[11], struct tr_idnum *out);

/* Whether a text is an identity number, also one in which spaces, dots or hyphens part the digits.
 */
bool tr_idnum_is_one(struct tr_str s);

/* Whether one stands in a text: eleven digits, or six and five with a sign between, and no digit
 * beside them; or the text is one. */
bool tr_idnum_is_in(struct tr_str s);

/* Numbers of their own kinds, which tell nothing about birth; digits alone.
 *
 * FH-number: given in health care to who has no other, eleven digits, the first 8 or 9, the last
 * two check digits as in a fødselsnummer. DUF-number: of the immigration authorities, twelve
 * digits: the year of the case, six of its number, and the remainder by 11 of these ten as two
 * digits. Its rule is not published by them, but told alike by those who read such numbers. */
bool tr_idnum_is_fh(struct tr_str digits);
bool tr_idnum_is_duf(struct tr_str digits);

/* Whether a text that is no number looks like one mistyped: eleven characters of which two at most
 * are no digits, or ten to twelve digits in a row, O and l counted among them. */
bool tr_idnum_is_mistyped(struct tr_str s);

#endif
