/* What the programs that put records into the register share among themselves. */
#ifndef TR_CLI_REGISTER_REGISTER_OWN_H
#define TR_CLI_REGISTER_REGISTER_OWN_H

#include "cli/input/casefile.h"
#include "cli/register/register.h"
#include "domain/referral/import.h"
#include "domain/referral/link.h"
#include "domain/referral/mask.h"
#include "domain/referral/persons.h"
#include "domain/referral/guarded.h"

/* Hiding in free cells, which are kept in clear, what tells who somebody is: as when they travel,
 * by the profile's masks. Starts zeroed; used goes back to 0 with every record. */
enum { TR_HIDING_MAX = 8 };
struct tr_hiding {
    struct tr_masks masks;
    bool loaded;
    struct tr_buf text[TR_HIDING_MAX];
    int used;
};

/* Puts in place of the cell what may be kept. names: n of them, hidden wherever they stand; of:
 * other names, too. -1: said. */
int tr_register_hide(struct tr_app *app, struct tr_hiding *h, enum tr_names_of of,
                     struct tr_str *cell, const struct tr_str *names, size_t n);

/* Whether a cell is kept as it is, by what it looks like; n: how many names are known. */
bool tr_register_keeps(struct tr_str cell, size_t n);

/* Says how much was hidden, and ends. */
void tr_register_hidden(struct tr_app *app, struct tr_hiding *h);

/* What the register wants to know of each kind besides the body of its records. */
struct tr_kept_kind {
    const struct tr_kind *kind; /* NULL: referrals, which are read their own way */
    const char *about, *day;    /* the members that tell whose it is, and when */
    const char *sign[2];        /* columns that tell this kind from others; NULL: none do */
    const char *free[3];        /* the members in which people can write anything */
    const char *other;          /* the member that tells of another referral */
    const char *sealed;         /* the member that is under seal */
    const char *wider;          /* a column that tells another kind, which has these, too */
};
extern const struct tr_kept_kind tr_kept[TR_N_RECORD_KINDS];

/* The column of what is sealed behind the fields, in a record of the kind (-1: unknown): with that cell's
 * name taken from it, where it has one. */
const char *tr_register_sealed_column(int kind, struct tr_str *part);

/* The kind that the header tells of; -1: said. */
int tr_register_recognise(struct tr_app *app, const struct tr_reader *reader);

/* Whether a header is of records of the kind, or of any with -1; sought: struct tr_register_sought. For
 * struct tr_sought. */
struct tr_register_sought {
    const struct tr_profile *profile;
    int kind;
};
bool tr_register_fits(const void *sought, const struct tr_str *header, uint32_t n);

/* Hides in the free cells of a record of the kind what tells who somebody is. -1: said. */
int tr_register_hide_free(struct tr_app *app, struct tr_hiding *h, const struct tr_kept_kind *k,
                          struct tr_str *cells);

/* Gives take each record that the query finds; it stops the rest by -1, with err set. -1 with err. */
int tr_register_each(struct tr_register *r, const struct tr_store_query *query,
                     int (*take)(void *cookie, const struct tr_store_found *found), void *cookie,
                     struct tr_err *err);

/* Cuts a body, and the columns of its layout, which are n; columns and body hold them. -1 with err. */
enum { TR_CUT_MAX = 256 };
int tr_register_cut(struct tr_register *r, const struct tr_store_found *found, struct tr_buf *columns,
                    struct tr_buf *body, struct tr_str name[TR_CUT_MAX], struct tr_str cell[TR_CUT_MAX], size_t *n,
                    struct tr_err *err);

/* The cells of a referral that the register has, whatever its layout, each at its field; columns
 * and old hold them. */
int tr_register_cells(struct tr_register *r, const struct tr_store_found *found,
                      struct tr_buf *columns, struct tr_buf *old,
                      struct tr_str cells[TR_N_REFERRAL_FIELDS], struct tr_err *err);

/* Who a referral with these cells is about. */
void tr_register_person(const struct tr_register *r,
                        const struct tr_str cells[TR_N_REFERRAL_FIELDS], struct tr_person *out);

/* The referrals put in, and whom they are about. Starts zeroed. */
struct tr_put_persons {
    struct tr_buf ids, persons; /* uint64_t: hashes */
    struct tr_link_groups linked; /* what the register has decided */
    struct tr_put_group *group;   /* one for each that may be */
    struct tr_register *r;
    struct tr_casefile cases; /* of the register, once somebody has two referrals */
    struct tr_records institutions, stays;
    const char *day;  /* of the states */
    bool read, known; /* the states; nothing is known when they cannot be read */
};

/* How much a referral has to say for its person: by the state of its case, with what is put in. A
 * member of struct tr_referrals. */
void tr_put_persons_judge(void *cookie, struct tr_person_at *at);

/* Lets what the register has decided about persons count, of the referrals put in, too. Before the
 * first of them. -1: said. */
int tr_put_persons_start(struct tr_register *r, struct tr_put_persons *p,
                         struct tr_persons *persons);

/* Notes one; person: its pseudonym, or empty. -1: memory. */
int tr_put_persons_add(struct tr_put_persons *p, struct tr_str id, struct tr_str person);
void tr_put_persons_clear(struct tr_put_persons *p);

/* Adds to persons the other referrals of these persons that the register has, by number or by what
 * was decided. -1: said. */
int tr_put_persons_compare(struct tr_register *r, struct tr_put_persons *p,
                           struct tr_persons *persons);

/* The id of a decision: of its two referrals, whichever stands first. */
void tr_register_link_id(const struct tr_link *l, struct tr_buf *out);

/* Leaves the rows that were decided, and holds them against the numbers that the register knows.
 * -1: said what contradicts them. */
int tr_register_check_links(struct tr_register *r, struct tr_records *links);

/* Says which decisions of the register contradict the numbers that it has now. -1: it failed. */
int tr_register_recheck_links(struct tr_register *r);

/* ---- what may be a slip: register_emptied.c, register_notice.c ---- */

struct tr_referrals;

/* Facts that the register had and has no longer, counted as records change. Starts zeroed. */
struct tr_put_emptied {
    struct tr_register *r; /* NULL: nobody counts */
    const struct tr_kept_kind *kept;
    struct tr_buf columns, was, names, now, said;
    uint64_t of[TR_N_FIELDS + TR_MEMBERS_MAX]; /* how many records lost a fact, by field or member */
    uint64_t beside;    /* and a column that no field claims */
    uint64_t others;    /* about somebody else, or another case, than before */
    char other[TR_ID_MAX + 1]; /* the first of them */
    uint64_t back;      /* stays that had come further before */
    char first_back[TR_ID_MAX + 1];
    uint64_t parted;    /* from the identity that was joined to them */
    uint64_t unsealed;  /* something was under seal, and nothing is */
    uint64_t untold;    /* it is another, and no key tells what of it is gone */
};

/* Counts from now on, from nothing, the changes of a put of this kind; then tells of them. -1: said. */
void tr_put_emptied_start(struct tr_put_emptied *e, struct tr_register *r, enum tr_record_kind kind);
struct tr_put_noticed;
int tr_put_emptied_tell(struct tr_put_emptied *e, const struct tr_put_noticed *put);
void tr_put_emptied_clear(struct tr_put_emptied *e);

/* A put in hand, all of which was given to the store. */
struct tr_put_noticed {
    enum tr_record_kind kind;
    struct tr_put_emptied *emptied;
    bool bare;                            /* some came without who they are about */
    const struct tr_referrals *referrals; /* as they were read, if the kind is theirs */
    const struct tr_records *records;     /* or these */
};

/* Ends it, and tells of facts that the register had and has no longer, of cases of which it has no
 * referral, and of stays in institutions that it does not have. -1: said. */
int tr_register_notice(struct tr_register *r, const struct tr_put_noticed *put);

/* ---- facts that last: register_lasting.c ---- */

/* By referral, what of it an empty cell does not take back; see tr_field_info. Starts zeroed. */
enum { TR_LASTING_MAX = 8 };
struct tr_lasting {
    struct tr_dict ids; /* to numbers */
    struct tr_buf cells; /* struct tr_str[TR_LASTING_MAX] of fields that last, by number */
    struct tr_arena text;
};

/* Reads them from the register. -1: said. */
int tr_lasting_read(struct tr_register *r, struct tr_lasting *out);
void tr_lasting_clear(struct tr_lasting *lasting);

/* Fills in what the cells (index: enum tr_field) of a referral leave open, and counts it by field. */
void tr_lasting_put(const struct tr_lasting *lasting, struct tr_str id, struct tr_str cells[],
                    uint64_t n_kept[]);

/* ---- judgements: register_judged.c ---- */

/* The latest of each referral. Starts zeroed. */
enum { TR_JUDGED_FIELDS = 4 };
struct tr_judgement_cells {
    struct tr_str cell[TR_JUDGED_FIELDS];
};
struct tr_judged {
    struct tr_dict referrals; /* to numbers */
    struct tr_buf list;       /* struct tr_judgement_cells, by number */
    struct tr_arena text;
};

/* Those that the register knew on the day; empty: knows. -1 with err. */
int tr_register_judged(struct tr_register *r, struct tr_str as_of, struct tr_judged *out,
                       struct tr_err *err);
void tr_judged_clear(struct tr_judged *judged);
bool tr_judged_has(const struct tr_judged *judged, struct tr_str referral);

/* Puts it into the cells of the referral, unless these tell of a later one. */
void tr_judged_put(const struct tr_judged *judged, struct tr_str referral,
                   const struct tr_column *columns, size_t n, struct tr_str *cells);

/* Whose addresses are protected, as the register knows today, and as it knew on a day. Starts zeroed. */
struct tr_register_guard {
    struct tr_guarded of;
    struct tr_link_groups linked;
    struct tr_records links;
};

/* Of what a query gives. by_id: every referral of somebody protected can be asked for by its id alone. -1 with err. */
int tr_register_guard(struct tr_register *r, const struct tr_store_query *query, bool by_id,
                      struct tr_register_guard *out, struct tr_err *err);
void tr_register_guard_clear(struct tr_register_guard *guard);

/* The text of a member of record i. */
static inline struct tr_str tr_record_text(const struct tr_records *r, uint32_t i, int member)
{
    return *(const struct tr_str *)(const void *)(r->record + i * r->kind->size + r->kind->member[member].at);
}

/* Of a member that is a day, a code or a number. */
static inline int32_t tr_record_number(const struct tr_records *r, uint32_t i, int member)
{
    return *(const int32_t *)(const void *)(r->record + i * r->kind->size + r->kind->member[member].at);
}

/* The districts of what is about cases and names none: those of their referrals, for whose offices it
 * is sealed. Starts zeroed. */
struct tr_districts {
    struct tr_dict referrals; /* to numbers */
    struct tr_buf code;       /* struct tr_str, by number */
    struct tr_arena text;
};

/* Asks for those of the referrals that the member about tells: before the first record is put, as asking
 * ends the batch in hand. -1: said. */
int tr_register_districts(struct tr_register *r, const struct tr_records *records, int about,
                          struct tr_districts *out);
struct tr_str tr_district_of(const struct tr_districts *d, struct tr_str referral); /* empty: not known */
void tr_districts_clear(struct tr_districts *d);

/* ---- papers: register_papers.c ---- */

/* Whether the file holds papers, and no table: it can be read again from its beginning. */
bool tr_put_is_papers(const char *path);

/* Reads the papers of a file into the sets of their kinds, documents as they are; kind: one that all
 * of them must be of, or -1. -1: said. */
struct tr_put_papers {
    struct tr_records of[TR_N_PAPERS]; /* of tr_paper_kind */
};
int tr_put_papers_read(struct tr_app *app, const char *path, int kind, struct tr_put_papers *out);
void tr_put_papers_clear(struct tr_put_papers *papers);

/* ---- bodies: register_body.c ---- */

/* The columns of a layout, and what makes bodies of it. Starts zeroed; each thread has its own. */
enum { TR_PUT_COLUMNS_MAX = 64 };
struct tr_put_form {
    struct tr_column column[TR_PUT_COLUMNS_MAX];
    uint32_t tag[TR_PUT_COLUMNS_MAX];
    size_t n;
    struct tr_out body;
    struct tr_writer writer;
    struct tr_buf said; /* what the content is made of */
};

/* Begins with the first n columns of the form, which are set; the header of the layout. */
struct tr_str tr_put_form_start(struct tr_put_form *f, size_t n);
void tr_put_form_clear(struct tr_put_form *f);

/* A body of cells, until the next; the content of cells as they came, see tr_register_content. */
struct tr_str tr_put_form_body(struct tr_put_form *f, const struct tr_str *cells);
void tr_put_form_content(struct tr_put_form *f, const struct tr_key *key,
                         const struct tr_str *cells, struct tr_str open,
                         unsigned char out[TR_MARK_LEN]);

/* ---- a referral on its way in: register_referral.c ---- */

/* Makes records of referrals. Starts zeroed; each thread has its own. */
struct tr_put_referral {
    struct tr_app *app;
    const struct tr_lasting *lasting; /* borrowed */
    uint64_t n_kept[TR_N_REFERRAL_FIELDS]; /* facts that cells left open, and that stay */
    const struct tr_keys *keys;
    struct tr_hiding *hiding; /* NULL: leaves referrals in which something may be hidden alone */
    struct tr_put_form form;
    /* fields, and how many: sealed, shown, and of these, in which people can write anything */
    uint8_t sealed[TR_N_REFERRAL_FIELDS], shown[TR_N_REFERRAL_FIELDS], free[TR_N_REFERRAL_FIELDS];
    int n_sealed, n_shown, n_free;
    const struct tr_binding *of;
    struct tr_buf extra; /* uint32_t: columns of that binding that are sealed by name */
    struct tr_buf open;
    char pseudonym[TR_PSEUDONYM_LEN];
};

/* Begins; the header of the layout. */
struct tr_str tr_put_referral_start(struct tr_put_referral *m, struct tr_app *app,
                                    const struct tr_keys *keys, struct tr_hiding *hiding);
void tr_put_referral_clear(struct tr_put_referral *m);
bool tr_put_referral_failed(const struct tr_put_referral *m); /* memory */

/* Makes the record of a referral, but for its layout; its texts live until the next. v then knows
 * the person by the pseudonym. 0: it is left alone; -1: said. */
int tr_put_referral_make(struct tr_put_referral *m, const struct tr_binding *b,
                         const struct tr_row *row, struct tr_value v[],
                         struct tr_store_record *out);

/* Adds s without the character that parts sealed fields. */
void tr_put_add_plain(struct tr_buf *b, struct tr_str s);

/* The same record in one piece; false: there is no room. */
enum { TR_PUT_PACKED_MAX = 900 };
struct tr_put_packed {
    unsigned char content[TR_MARK_LEN];
    uint16_t len[6];
    char text[TR_PUT_PACKED_MAX];
};
bool tr_put_pack(const struct tr_store_record *record, struct tr_put_packed *out);
struct tr_store_record tr_put_unpack(const struct tr_put_packed *packed);

#endif
