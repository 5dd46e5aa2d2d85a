/* From a row of anybody's export to a referral: headers by the profile's spellings, cells by the
 * field's kind, all faults of a row at once, and the same referral only once. */
#ifndef TR_DOMAIN_REFERRAL_IMPORT_H
#define TR_DOMAIN_REFERRAL_IMPORT_H

#include "domain/profile/reading.h"
#include "record/seen/spool.h"

/* What one input's columns mean. */
struct tr_binding {
    const char *source;          /* borrowed */
    const struct tr_str *header; /* the reader's */
    uint32_t n_columns;
    uint64_t header_line;
    bool below_title;       /* lines above the header were left out */
    char delimiter;         /* 0 for JSON Lines, which has no columns to point at */
    bool sheet;             /* of a workbook, whose columns are certain */
    uint32_t number;        /* of the input, from 0 */
    uint64_t wanted;        /* the fields that its columns could be (bit: enum tr_field) */
    struct tr_str delivery; /* what an id that is a number gets in front; empty: nothing */
    int id_column;          /* of the referral_id */
    int *field;             /* of each column: enum tr_field, or one of TR_COLUMN_*: LEFT is told, and left out */
    int *extra;             /* of each column: which extra, or -1 */
    int *extra_column;      /* column of each extra known so far, or -1 */
    size_t n_extras;
    struct tr_date_column date[TR_N_FIELDS]; /* of the fields that are dates */
    struct tr_row_plan *plan;                /* how to read a row; opaque */
};

enum { TR_COLUMN_SKIP = -1, TR_COLUMN_EXTRA = -2, TR_COLUMN_REST = -3, TR_COLUMN_UNNAMED = -4, TR_COLUMN_LEFT = -5 };

enum { TR_FAULTS_MAX = 48 };

/* A referral read. Texts are valid until the next tr_import_row. */
struct tr_referral {
    struct tr_value v[TR_N_FIELDS];
    uint64_t id;      /* a hash of the referral_id */
    uint64_t content; /* a hash of all that the row says, whatever the order of its columns */
    int32_t mark;     /* of protection, which other cells tell than that of the field, or one that cannot be
                         read: entry of its list; -1: none; v has it */
    uint64_t unread;  /* fields that count as unknown, as their cell cannot be read (bit: field) */
    const struct tr_binding
        *binding; /* whose rows v was last read from: start a referral afresh (all
                     zero) before a binding is made anew at the same address */
    int n_faults; /* of a good row: warnings, and what is wrong with cells that were not read */
    struct tr_err fault[TR_FAULTS_MAX];
};

enum tr_import_result {
    TR_IMPORT_GOOD,
    TR_IMPORT_BLANK,   /* a row of nothing but separators */
    TR_IMPORT_TWICE,   /* the same referral again, word for word */
    TR_IMPORT_ASIDE,   /* no record: it adds up others */
    TR_IMPORT_REJECTED /* see the faults */
};

/* The fields of a referral itself, and all fields. */
#define TR_WANT_REFERRAL ((UINT64_C(1) << TR_N_REFERRAL_FIELDS) - 1)
#define TR_WANT_ALL ((UINT64_C(1) << TR_N_FIELDS) - 1)

struct tr_import; /* opaque */

/* scratch: for the temporary file of very large inputs; borrowed. NULL when memory is out. */
struct tr_import *tr_import_new(const struct tr_profile *p, struct tr_scratch *scratch);
void tr_import_free(struct tr_import *im);

/* All rows have been taken: lets go of the ids that came, and their memory. */
void tr_import_end(struct tr_import *im);

/* Rejects a row with any cell that cannot be read, for somebody who will mend it. Otherwise such a
 * cell makes its fact unknown, and costs the row only where it tells who the person is, or where; but
 * not where its words say that the address is protected. What cannot be read of protection counts as
 * the strictest. */
void tr_import_strict(struct tr_import *im);

/* Rows are not held against each other from now on: their marks are of no use. */
void tr_import_alone(struct tr_import *im);

/* Tells ids that are only numbers apart by the delivery they came in: north-12 for 12 in north.csv.
 */
void tr_import_by_delivery(struct tr_import *im);

/* Lets bindings from now on take what rows tell, the order of dates, from like, which outlives
 * them: for a second reading of the same input, in another thread, where the rows cannot be looked
 * at. */
void tr_import_follow(struct tr_import *im, const struct tr_binding *like);

/* Reads a header, below title lines if the first line is none; columns of other fields than the
 * wanted ones are extras. A required column that is missing is an error that names the nearest
 * header present; two columns of one meaning are an error too. */
bool tr_import_fits(const void *profile, const struct tr_str *header, uint32_t n);
int tr_import_bind(struct tr_import *im, struct tr_binding *b, struct tr_reader *reader,
                   uint64_t wanted, struct tr_err *err);
void tr_binding_clear(struct tr_binding *b);

/* The field that the header of column c means, or -1: by its spelling, or by one with a note in brackets
 * when no other column is spelled so. */
int tr_header_meant(const struct tr_profile *p, const struct tr_str *header, uint32_t n, uint32_t c);

/* The column that holds the field, or -1. */
int tr_binding_column(const struct tr_binding *b, enum tr_field field);

/* Names of the columns that no field claims, over all inputs bound so far, in order of appearance.
 */
size_t tr_import_extras(const struct tr_import *im, const struct tr_str **names);

/* Spellings of codes met so far, by field: those that were read with other words beside them, and those
 * that were not read. */
struct tr_spellings;
const struct tr_spellings *tr_import_beside(const struct tr_import *im);
const struct tr_spellings *tr_import_unread(const struct tr_import *im);

/* Adds those that other met, such as one of another thread. */
void tr_import_join(struct tr_import *im, const struct tr_import *other);

/* The dates of the input, by field, when its rows were the last that were read; else NULL. */
const struct tr_date_column *tr_import_dates(const struct tr_import *im,
                                             const struct tr_binding *b);

/* Reads the wanted fields (bit: enum tr_field) of a row, and knows it again when it comes twice; -1
 * with err when memory or the temporary file fails. */
int tr_import_row(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                  uint64_t wanted, struct tr_referral *out, struct tr_err *err);

/* Remembers a good referral by what tr_import_fields found of it, and reads nothing: 1 when it is
 * new, 0 when its id was seen before (then nothing is changed), -1 with err. */
struct tr_mark {
    uint64_t id, content;
};
struct tr_mark tr_import_mark(const struct tr_referral *referral);
void tr_import_expect(const struct tr_import *im, struct tr_mark mark); /* soon asked for */
int tr_import_first(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                    struct tr_mark mark, struct tr_err *err);

/* The same without remembering the row: GOOD, BLANK or REJECTED. */
int tr_import_fields(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                     uint64_t wanted, struct tr_referral *out);

#endif
