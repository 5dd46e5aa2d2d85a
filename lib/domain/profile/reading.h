/* Cells as people and their systems write them: what they mean is decided here alone, for referrals
 * and for kinds of record. */
#ifndef TR_DOMAIN_PROFILE_READING_H
#define TR_DOMAIN_PROFILE_READING_H

#include "base/date.h"
#include "domain/profile/profile.h"

/* Words of a list of the profile that are looked for in every row, such as those for unknown. */
struct tr_words {
    const struct tr_list *list; /* NULL: none */
    const struct tr_list *places;  /* names with which headings within a table consist; NULL: none are looked for */
    bool unknown;               /* marks around a word do not count; marks alone are one, too */
    const struct tr_list *remarks; /* words that a remark begins with, which is no record; NULL: none */
    uint32_t lengths[256];      /* bit n of [c]: a word of n bytes begins with the byte c */
    uint32_t ends[256];         /* the same of words that end with it */
};

void tr_words_start(struct tr_words *w, const struct tr_profile *p, const char *list);

/* Whether the list has the text, case, spaces and punctuation aside; "-" and "?" count as they are. Of
 * words for unknown, marks around one do not count either, as in <ukjent> and "ukjent?", and marks alone,
 * "- -" or "..", are one. */
bool tr_words_have(const struct tr_words *w, struct tr_str s);

/* Punctuation of ASCII. */
static inline bool tr_is_mark(char c)
{
    return c > ' ' && c < 0x7F && !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* A glance at how a text begins and ends, that settles nearly every one. */
static inline bool tr_words_may_be(const struct tr_words *w, struct tr_str s)
{
    unsigned char first = (unsigned char)*s.p, last = (unsigned char)s.p[s.len - (s.len > 0)];

    return (s.len > 0) & (s.len < 32) &&
           (((w->lengths[first] & w->ends[last]) >> (s.len & 31) & 1) |
            (w->unknown & (tr_is_mark((char)first) | tr_is_mark((char)last))));
}

/* The same for running text, where only a whole word of the list counts. */
static inline bool tr_words_are(const struct tr_words *w, struct tr_str s)
{
    return s.len > 0 && tr_words_may_be(w, s) && tr_words_have(w, s);
}

/* A glance that settles nearly every row that is one: an id ends in a digit, has no space, and does
 * not go on like a word behind its first letter. */
static inline bool tr_may_be_aside(const struct tr_words *total, struct tr_str cell)
{
    unsigned char first, second;

    if (cell.len < 2)
        return cell.len == 1 && (unsigned char)(*cell.p - '0') > 9;
    first = (unsigned char)cell.p[0];
    second = (unsigned char)cell.p[1];
    return (unsigned char)(cell.p[cell.len - 1] - '0') > 9 || first <= ' ' || first >= 0x80 ||
           second >= 'a' || (second >= 'A' && total->lengths[first]) ||
           memchr(cell.p, ' ', cell.len);
}

/* Why a row is no record: TR_W_ROW_TOTAL, as it adds up others: the first cell, or that of its id, is
 * one of the words, by itself or with more of it, or the first cell that is filled where there is no id;
 * TR_W_ROW_NOTE, as it is a sentence in the first
 * cell and nothing else, or a remark such as the number of a page; TR_W_ROW_HEADER, as its cells are the header's n, where files were joined; TR_W_ROW_HEADING, as it has
 * nothing but the name of a place.
 * TR_OK: it may be one. Asked of bad rows as well, as such a row is often short. delimiter: 0 for JSON
 * Lines. */
enum tr_code tr_row_look_aside(const struct tr_row *row, const struct tr_words *total,
                               char delimiter, uint32_t id_column, const struct tr_str *header,
                               uint32_t n);

static inline enum tr_code tr_row_aside(const struct tr_row *row, const struct tr_words *total,
                                        char delimiter, uint32_t id_column,
                                        const struct tr_str *header, uint32_t n)
{
    return row->bad || tr_row_cell(row, id_column).len == 0 ||
                   tr_may_be_aside(total, tr_row_cell(row, id_column)) ||
                   (id_column > 0 && tr_may_be_aside(total, tr_row_cell(row, 0)))
               ? tr_row_look_aside(row, total, delimiter, id_column, header, n)
               : TR_OK;
}

/* The dates of one column. In which order day and month stand is decided by the whole column, of an
 * input that can be read twice, else by the rows in hand; when nothing decides, the day is first.
 */
struct tr_date_column {
    enum tr_date_order order; /* NONE: both stand, and only what can be read one way is */
    uint64_t line;            /* of a cell that decides; 0: none does */
    unsigned forms;           /* TR_DATE_* of what was read so far */
};

/* Whether a program writes this day where it has none: the first or the last that it can, or its day 0. */
bool tr_date_is_none(struct tr_date d);
enum { TR_YEAR_OPEN = 2099 }; /* from this year on, such a day means that the end is open */

void tr_dates_look(struct tr_reader *reader, uint32_t column, struct tr_date_column *dates);
enum tr_code tr_dates_read(struct tr_date_column *dates, struct tr_str s, struct tr_date *out);

/* What is to be told of a column of which all has been read: at most TR_DATES_TOLD, without place
 * and field. Returns how many. */
enum { TR_DATES_TOLD = 3 };
int tr_dates_told(const struct tr_date_column *dates, struct tr_err told[TR_DATES_TOLD]);

/* A year that is hardly meant, for the day of anything that is on record. */
bool tr_year_is_odd(int year);

/* Whether a day on which something is said to have happened is so long after the other one that its year is hardly
 * meant; false where either is not known, and where its year is odd anyway. */
bool tr_day_is_far(int32_t day, int32_t as_of);

/* What is told of a header below title lines. */
void tr_title_fault(const struct tr_reader *reader, struct tr_err *err);

/* Whether s is the name of the profile's municipality, perhaps with "kommune" behind it. */
bool tr_names_own(const struct tr_profile *p, struct tr_str s);

/* Number of a municipality: four digits, three of which the leading zero was lost, digits with its
 * name behind, or the name of the profile's own, whose earlier numbers are its number of now. TR_E_MUNICIPALITY: neither, or no municipality can have the number. A
 * number that means unknown, such as 9999, makes *out 0. s has no padding. */
enum { TR_MUNICIPALITY_LEN = 4 };
enum tr_code tr_read_municipality(const struct tr_profile *p, struct tr_str s,
                                  char out[TR_MUNICIPALITY_LEN]);

#endif
