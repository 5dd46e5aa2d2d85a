/* What the parts of kind share: a kind's members (kind.c), cells read (kind_cell.c), sets read from
 * files and documents (kind_read.c), rows of files ahead of their turn (kind_ahead.c), cells and files written
 * (kind_write.c). */
#ifndef TR_DOMAIN_PROFILE_KIND_OWN_H
#define TR_DOMAIN_PROFILE_KIND_OWN_H

#include "domain/profile/kind.h"
#include "domain/profile/spellings.h"

static inline struct tr_str *text_at(const struct tr_member *m, const void *record)
{
    return (struct tr_str *)(void *)((char *)(uintptr_t)record + m->at);
}

static inline int32_t *number_at(const struct tr_member *m, const void *record)
{
    return (int32_t *)(void *)((char *)(uintptr_t)record + m->at);
}

static inline uint64_t *codes_at(const struct tr_member *m, const void *record)
{
    return (uint64_t *)(void *)((char *)(uintptr_t)record + m->at);
}

/* Makes the member unknown. */
void tr_member_clear(const struct tr_member *m, void *record);

/* The list of each member, NULL for those that hold no codes. */
void tr_kind_lists(const struct tr_kind *kind, const struct tr_profile *profile,
                   const struct tr_list **lists);

/* A cell that was read, and what it means: columns of days and codes have few that differ. */
struct tr_known_cell {
    char text[24];
    int32_t value;
    unsigned char len, member; /* len 0: none so far */
};

/* What is needed to read records of a kind. It is large: sets of records stand on the stack. */
struct tr_kind_reading {
    struct tr_date_column date[TR_MEMBERS_MAX]; /* of each member that is one */
    bool of_document;                           /* which our programs write: each day is what it says */
    struct tr_words unknown, total, vacant;     /* see reading.h */
    struct tr_spellings unread;                 /* of codes, by member */
    const struct tr_list *list[TR_MEMBERS_MAX]; /* of each member that holds codes */
    const struct tr_list
        *labels[TR_MEMBERS_MAX]; /* of each text that may be a label of its column */
    struct tr_known_cell *known; /* TR_KNOWN_CELLS; NULL: of few records, which it is not worth */
    struct tr_kind_ahead *ahead; /* rows of a file that are read ahead of their turn; NULL: none are */
};

enum { TR_KNOWN_CELLS = 1024, TR_KNOWN_FROM = 256 }; /* records after which cells are remembered */

/* Makes r->reading, once. -1 with err: memory. */
int tr_kind_prepare(struct tr_records *r, struct tr_err *err);

/* Sets a member from its cell. Text is copied. */
enum tr_code tr_kind_read_cell(struct tr_records *r, const struct tr_member *m, struct tr_str cell,
                               void *record);

/* ---- rows of files ---- */

enum { TR_ABSENT = -1 };

/* The columns of a file. */
struct tr_kind_columns {
    int column[TR_MEMBERS_MAX];  /* of each member, or TR_ABSENT */
    const struct tr_str *header; /* the reader's */
    uint32_t n_header;
    char delimiter; /* 0: the file is no CSV */
};

/* Why the row is no record; TR_OK: it may be one. */
enum tr_code tr_kind_aside(const struct tr_records *r, const struct tr_kind_columns *is, const struct tr_row *row);
bool tr_row_is_blank(const struct tr_row *row);

/* Whether a day is of a year that is hardly meant. */
bool tr_member_is_odd(const struct tr_member *m, const void *record);

/* Has the reader's rows read ahead of their turn, whichever thread has time. The end takes over the texts of what was
 * made, when all rows are taken and the reader has stopped. -1: memory. */
int tr_kind_ahead(struct tr_records *r, const struct tr_kind_columns *is, struct tr_reader *reader);
void tr_kind_ahead_end(struct tr_records *r);
void tr_kind_ahead_free(struct tr_kind_ahead *ahead);

/* The record that was made of the row; NULL: it is to be read in its turn. */
const void *tr_kind_made(const struct tr_row *row);

/* Fills err with a fault of a cell, without its place. */
void tr_kind_fault(const struct tr_records *r, const struct tr_member *m, enum tr_code code,
                   struct tr_str cell, struct tr_err *err);

#endif
