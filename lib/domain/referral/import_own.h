/* What the parts of import share: binding.c reads headers, cell.c cells, cell_person.c those that tell who somebody is, import.c rows, and
 * fault.c tells what is wrong. Not for others. */
#ifndef TR_DOMAIN_REFERRAL_IMPORT_OWN_H
#define TR_DOMAIN_REFERRAL_IMPORT_OWN_H

#include <limits.h>
#include "base/dict.h"
#include "base/sizes.h"
#include "domain/profile/reading.h"
#include "domain/profile/spellings.h"
#include "domain/referral/guarded.h"
#include "domain/referral/import.h"
#include "record/seen/seen.h"

enum { TR_MEMOS = TR_SIZE_MEMOS };

/* A short cell of a coded or dated field and what it turned out to mean: exports repeat themselves.
 */
struct tr_memo {
    uint64_t key[4]; /* the cell's bytes, then zeros */
    uint16_t used;   /* its length, plus one; 0: free */
    bool slow;       /* something is to be said of it: the glance of plain_own.h passes it by */
    int num;
    struct tr_str text;
    uint64_t hash; /* what the value adds to the hash of its row */
};

/* A field's memos, and a place for the cell in hand when it is too long to be remembered. */
struct tr_memory {
    _Alignas(64) struct tr_memo table[TR_MEMOS]; /* a memo is one line of the cache */
    struct tr_memo last;
    bool filled;                         /* something is remembered */
    char own[TR_MEMOS + 1][TR_DATE_LEN]; /* texts that no list holds, for table and last */
};

/* How to read a column; all that the innermost loop needs, in one place. */
struct tr_row_step {
    uint32_t column;
    int field; /* enum tr_field, or TR_COLUMN_* */
    enum tr_field_kind kind;
    enum tr_shape shape;
    bool required;
    uint32_t
        repeats;   /* so many steps from this one are of kinds that are remembered; 0: not this */
    uint64_t salt; /* for the hash of its values */
    struct tr_memory *memory;
    const struct tr_list *list;
};

/* The columns that a row's reading looks at, in their order. */
struct tr_row_plan {
    uint64_t wanted; /* for these fields */
    uint32_t n;
    struct tr_row_step step[]; /* room for every column */
};

struct tr_import {
    const struct tr_profile *profile;
    struct tr_words unknown;       /* words that mean: not known */
    struct tr_words now;           /* words for a day that has come, where one is asked for from which on */
    struct tr_words total;         /* words of rows that add up others */
    const struct tr_list *person_words; /* words that stand in place of an identity, or beside it; or NULL */
    struct tr_guarded_words guarded; /* what names say of a protected address */
    struct tr_dict person_headers; /* what the column is called that tells who somebody is, folded */
    void *room;                    /* of memory, which begins where a line of the cache does */
    struct tr_memory *memory;      /* of each field */
    struct tr_scratch *files;      /* temporary ones */
    const struct tr_binding *like; /* see tr_import_follow; NULL: look for itself */
    struct tr_seen *seen;          /* made when the first referral is to be remembered */
    const char **sources;          /* names of the inputs bound */
    uint32_t n_sources;
    struct tr_str *extra; /* names of the extra columns */
    size_t n_extras;
    struct tr_dict extra_number; /* by name */
    struct tr_buf composed;      /* text of the row in hand that had to be written anew */
    struct tr_buf scratch;       /* of the cell in hand */
    uint32_t input;              /* number of the binding last read, plus one */
    bool strict;                 /* see tr_import_strict */
    bool alone;                  /* see tr_import_alone */
    bool by_delivery;            /* see tr_import_by_delivery */
    struct tr_date_column date[TR_N_FIELDS]; /* of that binding */
    struct tr_spellings beside, unread;      /* of codes, by field: read with words beside them; not read */
    char digits[12], year[4];
    uint64_t salt[TR_N_FIELDS]; /* of each field, for hashing codes */
};

/* Makes ready for rows of b: how to read them, for these fields. */
void tr_cells_start(struct tr_import *im, const struct tr_binding *b, uint64_t wanted);

/* What one row may need of im->composed. A number of a person that is written anew is im->digits, which
 * the next one overwrites; other texts stay until im->composed is emptied, those of step->memory until
 * they are forgotten. A cell stands there as a code, composed (three times as long at the most), and as
 * a list of no greater length. */
static inline size_t tr_cells_room(const struct tr_row *row)
{
    return 7 * row->raw.len + sizeof((struct tr_import *)0)->digits + 2 * TR_CELL_SLACK;
}

/* Reads one cell into out, whatever it holds. */
enum tr_code tr_cell_read(struct tr_import *im, const struct tr_row_step *step,
                          const struct tr_row *row, struct tr_str cell, struct tr_referral *out);

/* An id as it was meant; good as long as the row. */
struct tr_str tr_cell_code(struct tr_import *im, const struct tr_row *row, struct tr_str s);

/* Reads the cell that tells who somebody is: an identity number, or a pseudonym. */
enum tr_code tr_cell_person(struct tr_import *im, const struct tr_row *row, struct tr_str cell,
                            struct tr_referral *out);

/* What a cell that is no code of protection says of it, in words of its list, by themselves or beside
 * others: an entry of the list, or -1. */
int tr_protection_said(const struct tr_profile *p, struct tr_str cell);

/* The same of words that stand alone. */
int tr_protection_word(const struct tr_profile *p, struct tr_str words);

/* Fills in the year of birth that the number tells, in own; false: it tells none, or one is given. */
bool tr_birth_told(struct tr_value v[], char own[4]);

/* Whether the number tells another year of birth than is given; whether that year does not go with the
 * day of the referral. */
bool tr_birth_contradicts(const struct tr_value v[]);
bool tr_birth_is_odd(const struct tr_value v[]);

/* Whether the kind of consent is told, and whether consent is given is not, though the input has a column of it. */
bool tr_consent_may_differ(const struct tr_binding *b, const struct tr_value v[]);

extern const struct tr_str tr_id_kinds[8]; /* 1: D-number, 2: synthetic, 4: of 2032 */

/* Reads the cells of the wanted fields into out, with their faults, and adds up out->content. */
void tr_cells_read(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                   uint64_t wanted, struct tr_referral *out);

/* Adds a fault of a row (column -1) or of a cell to out. */
struct tr_err *tr_fault_add(const struct tr_binding *b, const struct tr_row *row, int column,
                            enum tr_code code, struct tr_referral *out);
void tr_fault_cell(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                   uint32_t column, enum tr_code code, struct tr_str cell, struct tr_referral *out);

#endif
