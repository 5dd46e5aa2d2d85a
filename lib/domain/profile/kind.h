/* Kinds of record other than the referral: institutions, stays, placements and the like. A record
 * is a plain struct; one table of members per kind says how it is read, checked and written. All
 * records of a file are held in memory. A file with any fault is refused after all faults are
 * reported. */
#ifndef TR_DOMAIN_PROFILE_KIND_H
#define TR_DOMAIN_PROFILE_KIND_H

#include "base/arena.h"
#include "domain/profile/reading.h"
#include "record/json/json.h"

/* What a member is in C, and how unknown - an empty cell - is written there. */
enum tr_member_kind {
    TR_M_TEXT,         /* struct tr_str; empty */
    TR_M_ID,           /* the same, of at most TR_ID_MAX bytes */
    TR_M_MUNICIPALITY, /* the same: four digits */
    TR_M_LIST,         /* the same, parts joined with | */
    TR_M_DATE,         /* int32_t, see tr_date_number; TR_NO_DAY */
    TR_M_NUMBER,       /* int32_t from 0 to most; -1 */
    TR_M_BOOL,         /* int32_t 0 or 1; -1 */
    TR_M_CODE,         /* int32_t, entry of the list; -1 */
    TR_M_CODES         /* uint64_t, bit i: entry i of the list; 0 */
};

struct tr_member {
    const char *name; /* of the field, as in records */
    enum tr_member_kind kind;
    uint32_t at;      /* offset in the struct */
    const char *list; /* of codes */
    int32_t most;     /* of a number */
    bool needed;      /* the column must be there */
    bool filled;      /* and its cells not empty */
    bool vague;       /* of a date: a month, or TR_LATER, leaves it unknown */
    bool of_person;   /* whom a record is about: a word for nobody there, such as Ledig, makes the row no record */
    bool by_people;   /* a list of ids that people write in their own way: see values.h */
};

/* Which of the three C types a member has: struct tr_str, int32_t, else uint64_t. */
static inline bool tr_member_is_text(const struct tr_member *m)
{
    return m->kind == TR_M_TEXT || m->kind == TR_M_ID || m->kind == TR_M_MUNICIPALITY ||
           m->kind == TR_M_LIST;
}

static inline bool tr_member_is_number(const struct tr_member *m)
{
    return m->kind == TR_M_DATE || m->kind == TR_M_NUMBER || m->kind == TR_M_BOOL ||
           m->kind == TR_M_CODE;
}

/* Whether its cells are codes of a list of the profile. */
static inline bool tr_member_has_codes(const struct tr_member *m)
{
    return m->kind == TR_M_BOOL || m->kind == TR_M_CODE || m->kind == TR_M_CODES;
}

enum { TR_MEMBERS_MAX = 64 }; /* a set of members is 64 bits wide */

struct tr_kind {
    const char *name;
    const struct tr_member *member; /* at most TR_MEMBERS_MAX */
    uint32_t n_members;
    size_t size; /* of the struct */
    bool keyed;  /* no two records have the same first member */
    uint32_t whose; /* number of the member that tells whose case it is */

    /* What contradicts itself in a record: TR_OK, or a code and the name of the member at fault.
     * May be NULL. */
    enum tr_code (*check)(const void *record, const char **member);
};

/* Gets faults reported, one at a time. */
struct tr_listener {
    void (*say)(void *cookie, const struct tr_err *err);
    void *cookie;
};
extern const struct tr_listener tr_listener_deaf; /* tells nobody */

struct tr_records {
    const struct tr_kind *kind;
    const struct tr_profile *profile;
    const char *source; /* borrowed */
    char *record;       /* n of them, kind->size bytes each */
    size_t room;        /* for so many */
    char *blank;        /* one as tr_kind_init has it; made with the first record */
    uint64_t *line;     /* of each; 0 when it has none */
    uint32_t n;
    uint64_t header_line;
    uint64_t present; /* bit m: there was a column of member m */
    bool ended;       /* an end marker was read */
    uint64_t refused; /* rows that the programs before this one refused, as that tells */
    struct tr_arena text;
    struct tr_buf scratch; /* of the cell in hand */
    struct tr_dict ids;    /* first member to number of the record, when keyed */
    struct tr_kind_reading *reading; /* NULL: none was read so far */
};

/* Whether a header has every column that records of a kind must have; sought: struct tr_kind_sought.
 * For struct tr_sought. */
struct tr_kind_sought {
    const struct tr_kind *kind;
    const struct tr_profile *profile;
};
bool tr_kind_fits(const void *sought, const struct tr_str *header, uint32_t n);

/* Reads all rows. -1 after reporting what was wrong. */
int tr_records_read(struct tr_records *r, const struct tr_kind *kind,
                    const struct tr_profile *profile, struct tr_reader *reader,
                    const struct tr_listener *listener);

/* The same from an array of flat objects in a document; -1 with err. */
int tr_records_from_json(struct tr_records *r, const struct tr_kind *kind,
                         const struct tr_profile *profile, struct tr_json_values *values,
                         const char *source, struct tr_err *err);

/* Adds the record of one flat object to a started set; -1 when anything is wrong with it, all of
 * which is told, without a place. */
int tr_records_add_json(struct tr_records *r, const struct tr_json *object,
                        const struct tr_listener *listener);
void tr_records_clear(struct tr_records *r);

/* As tr_records_read, but a row with a cell that cannot be read is left out after it is told, and its case
 * goes into bad. -1 also for a row that is anybody's: its cells, or the id of its case, cannot be read. */
int tr_records_read_each(struct tr_records *r, const struct tr_kind *kind,
                         const struct tr_profile *profile, struct tr_reader *reader,
                         struct tr_dict *bad, const struct tr_listener *listener);

/* Starts an empty set, to be filled with tr_records_add: room for one more record, all of it
 * unknown; NULL when memory is out. Texts belong into r->text. Records move when one is added. */
void tr_records_start(struct tr_records *r, const struct tr_kind *kind,
                      const struct tr_profile *profile, const char *source);
void *tr_records_add(struct tr_records *r, uint64_t line);

/* Reorders: record order[i] comes to place i. Ids are numbered anew. -1: memory. */
int tr_records_permute(struct tr_records *r, const uint32_t *order);

/* Number of the record whose first member is id, or -1. */
int tr_records_find(const struct tr_records *r, struct tr_str id);

/* Fills err to point at the member of record i that has this name. */
int tr_records_fault(const struct tr_records *r, uint32_t i, const char *member, enum tr_code code,
                     const char *a, const char *b, struct tr_err *err);

/* A record with all members unknown. */
void tr_kind_init(const struct tr_kind *kind, void *record);

/* Its columns, for a writer: room for n_members. */
void tr_kind_columns(const struct tr_kind *kind, struct tr_column *columns);

/* Its cells. Texts are borrowed from the record and the profile, or stand in text, which is emptied
 * first. -1: memory. */
int tr_kind_cells(const struct tr_kind *kind, const struct tr_profile *profile, const void *record,
                  struct tr_str *cells, struct tr_buf *text);

/* Writes n records, one after another in memory, with their header. Memory that runs out is told by
 * out, when it is closed. */
void tr_kind_write(const struct tr_kind *kind, const struct tr_profile *profile,
                   const void *records, uint32_t n, enum tr_format format, struct tr_out *out);

/* The same, some records after others. The writer stays where it is until its end. */
enum { TR_WRITTEN_DAYS = 1024 }; /* lists have few that differ */

struct tr_kind_writer {
    struct tr_written_day {
        int32_t number; /* 0: none so far */
        char iso[TR_DATE_LEN];
    } day[TR_WRITTEN_DAYS]; /* by the last bits of the number */
    const struct tr_kind *kind;
    const struct tr_list *lists[TR_MEMBERS_MAX];
    struct tr_column columns[TR_MEMBERS_MAX];
    struct tr_buf text;
    struct tr_writer writer;
};
void tr_kind_start(struct tr_kind_writer *w, const struct tr_kind *kind, const struct tr_profile *profile,
                   enum tr_format format, struct tr_out *out);
void tr_kind_put(struct tr_kind_writer *w, const void *records, uint32_t n);
void tr_kind_end(struct tr_kind_writer *w);

/* Writes them as an array of a document, an object a line; keep: whether a record belongs in it, NULL: all
 * do. Memory that runs out marks the buffer of out. */
void tr_kind_objects(const struct tr_kind *kind, const struct tr_profile *profile, const void *records,
                     uint32_t n, bool (*keep)(const void *record), struct tr_out *out);

/* Number of the member called name, or -1. */
int tr_kind_member(const struct tr_kind *kind, struct tr_str name);

/* The list of a member that holds codes. */
const struct tr_list *tr_member_list(const struct tr_profile *profile, const struct tr_member *m);

#endif
