/* Persons counted by one field or two, such as district and housing type, with measures beside
 * (of them without a home …). A table that was written reads in again, so that tables of parts add
 * up to the table of the whole. Shapes: transition-formats(5). */
#ifndef TR_DOMAIN_SURVEY_NEEDS_H
#define TR_DOMAIN_SURVEY_NEEDS_H

#include "domain/survey/doubles.h"
#include "domain/survey/rop.h"

struct tr_needs {
    const struct tr_profile *profile;
    enum tr_field row_field;          /* bydel also when by_sector */
    int column_field;                 /* enum tr_field, or -1: persons only */
    bool by_sector;                   /* rows are sectors of districts */
    uint64_t only;                    /* districts counted (bit: code of bydel); TR_ANY: all */
    const struct tr_list *rows, *columns;
    int n_rows;                       /* codes, and one for unknown; or two, as n_columns */
    int n_columns;                    /* codes, and two for what has none of them */
    uint64_t *count;                  /* [row][column] */
    uint64_t *of_cell;                /* [row][column][measure] */
    uint64_t *of_row;                 /* [row][measure] */
    uint64_t *aside;                  /* [row][TR_N_ASIDES] */
    unsigned cells_known, rows_known; /* bit: measure that every part told */
    bool part_hidden;                 /* hidden numbers are passed over, with the sums they are in */
    uint64_t rows_told, columns_told; /* bit: code that some table had, if only with zeros */
    struct tr_needs_delivered {       /* districts (bit: code of bydel), by the tables that were read */
        uint64_t told;     /* in a row that does not say that they have not delivered */
        uint64_t missing;  /* said to have not delivered: not_delivered */
        uint64_t unlisted; /* without a row in a wide table, which has one of every district */
        uint64_t twice;    /* said to have delivered twice: delivered_twice */
    } delivered;
    bool needs_extension;             /* it counts by what tr_rop_extend finds */
    int judged;                       /* entry of rop_basis */
    uint64_t counted_path;            /* codes of housing_path that count in the types */
    struct tr_doubles *doubles;       /* gets the hashes of tables; NULL: they are passed over */
};

/* columns = codes of the list, then these two places. For housing_type the first is undecided, the
 * second outside; for other fields the first is unknown, the second is not used. Rows are the same,
 * but have the second for housing_type only. */
enum { TR_NEEDS_UNDECIDED, TR_NEEDS_OUTSIDE, TR_NEEDS_EXTRA };

/* What is told beside the counts, in columns of these names that are written when there is anything
 * to tell: of the undecided, what is open (each person in one of the three); persons of whom a cell
 * could not be read; and rows that were rejected, whose persons are not counted. */
enum tr_aside {
    TR_ASIDE_GROUP, /* open_group */
    TR_ASIDE_TYPE,  /* open_type: the group is settled */
    TR_ASIDE_PATH,  /* open_path: all but the path to a home is settled */
    TR_ASIDE_UNREAD,
    TR_ASIDE_REJECTED,
    TR_N_ASIDES,
    TR_ASIDE_PROTECTED = 7 /* counted in no column: that the address is protected */
};

/* Instead of a field, for rows: the sectors of the profile, which must have some. */
enum { TR_NEEDS_SECTOR = TR_N_FIELDS };

int tr_needs_init(struct tr_needs *n, const struct tr_profile *p, int row_field, int column_field,
                  struct tr_err *err);
void tr_needs_clear(struct tr_needs *n);

/* An empty count by the same, of the same districts. */
int tr_needs_init_as(struct tr_needs *n, const struct tr_needs *other, struct tr_err *err);

/* The fields that counting reads of a grouped referral (bit: enum tr_field). */
uint64_t tr_needs_wanted(const struct tr_needs *n);

enum { TR_NEEDS_ELSEWHERE = 254 };

/* Where a person is counted. */
struct tr_needs_place {
    int row, column; /* row TR_NEEDS_ELSEWHERE: in a district that is not counted */
    unsigned measures; /* bit: measure */
    unsigned asides;   /* bit: enum tr_aside */
};

/* The place of a grouped person. v: all fields, with the codes of grouping; outside: the matrix is
 * not about this person. */
struct tr_needs_place tr_needs_find(const struct tr_needs *n, const struct tr_value v[],
                                    bool outside);
void tr_needs_count(struct tr_needs *n, struct tr_needs_place place);

/* The place of the same person when another of their referrals says that the address is protected. */
struct tr_needs_place tr_needs_hidden(const struct tr_needs *n, struct tr_needs_place place);

/* What a row or a column is called: a code, undecided, outside, unknown, or persons. */
struct tr_str tr_needs_row_key(const struct tr_needs *n, int row);
struct tr_str tr_needs_column_key(const struct tr_needs *n, int column);

/* How many are counted. */
uint64_t tr_needs_persons(const struct tr_needs *n);

/* Undoes one tr_needs_count of the same place. */
void tr_needs_take_back(struct tr_needs *n, struct tr_needs_place place);

/* Counts a row that was rejected. row: its code of row_field, or -1. */
void tr_needs_reject(struct tr_needs *n, int row, uint64_t rows);

/* Whether a record that rop-group wrote says so; unread: see tr_is_outside. */
bool tr_needs_outside(const struct tr_value v[], uint64_t unread);

enum tr_needs_kind {
    TR_NEEDS_EXPORT,  /* referrals, not yet grouped */
    TR_NEEDS_GROUPED, /* referrals with the fields of rop-group */
    TR_NEEDS_TABLE    /* a table of needs, long or wide */
};

/* Whether it is the header of a table of needs; of any of these. For struct tr_sought. */
bool tr_needs_table_fits(const void *profile, const struct tr_str *header, uint32_t n_columns);
bool tr_needs_fits(const void *profile, const struct tr_str *header, uint32_t n_columns);

/* What an input holds, by its header. */
enum tr_needs_kind tr_needs_recognise(const struct tr_needs *n, const struct tr_str *header,
                                      uint32_t n_columns);

/* Adds a whole table that was read, by the same fields as n, or by two of which n has one. A sum that
 * does not fit what it is of is an error. */
int tr_needs_add_table(struct tr_needs *n, const struct tr_table *t, struct tr_err *err);

/* Holds the sums of a table against its cells, when it is a wide table of needs, by whatever
 * fields.
 */
int tr_needs_check_sums(const struct tr_profile *p, const struct tr_table *t, struct tr_err *err);

/* The districts of which the tables that were read tell nothing: their zeros are no count. A table may
 * leave out rows where n counts by something else. */
uint64_t tr_needs_untold(const struct tr_needs *n);

/* An earlier count. */
struct tr_needs_year {
    int year;         /* 0: nobody told */
    const char *path; /* of its first table; borrowed */
    struct tr_needs needs;
};
enum { TR_YEARS_MAX = 16 };

/* What is added beside the counts; each may be NULL. All have the same fields as n. */
struct tr_needs_beside {
    const struct tr_needs *stock;           /* existing homes: columns lacking, existing, needed, of
                                               the housing types that it tells of */
    const struct tr_needs_year *year;       /* columns earlier and change; of several years, the
                                               first first, with the year in the name */
    int n_years;
    const struct tr_deliveries *deliveries; /* columns not_delivered and delivered_twice, in the
                                               wide table; NULL: every district delivered once */
    const struct tr_doubles *doubles;       /* settled: column doubles, in the wide table, when
                                               tables had hashes, and hashes, when complete */
};

/* Writes the table, wide or long. */
void tr_needs_write(const struct tr_needs *n, const struct tr_needs_beside *beside, bool as_long,
                    enum tr_format format, struct tr_out *out);

#endif
