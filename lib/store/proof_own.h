/* What binds the parts of a register to their places: keyed hashes, the same for every engine. Each
 * begins with a word of its own and the register's id, so nothing passes for something else or
 * comes from another register. transition-register(5) has them byte by byte. */
#ifndef TR_STORE_PROOF_OWN_H
#define TR_STORE_PROOF_OWN_H

#include "store/store.h"

enum { TR_REGISTER_ID_LEN = 32 }; /* hexadecimal digits */

/* The mark of a record has room for 6 bytes of its number. */
#define TR_RECORD_MAX INT64_C(0xFFFFFFFFFFFF)

struct tr_proof_record {
    int64_t record, layout, put, gone; /* gone 0: it holds */
    struct tr_str kind, id, about, bydel, day, person, body, content, sealed;
};
/* under the key that is the put's own, see tr_proof_put_records */
void tr_proof_record(const struct tr_key *of_put, const struct tr_proof_record *r,
                     unsigned char out[TR_MARK_LEN]);

/* Which records a put has, in the order of their numbers: runs of them, so that a million records
 * that were put in together are one. */
struct tr_proof_held {
    struct tr_buf runs;
    int64_t n, first, last; /* how many; the first, and the last one */
};
void tr_proof_hold(struct tr_proof_held *h, int64_t record);
struct tr_str tr_proof_runs(const struct tr_proof_held *h);

struct tr_proof_put {
    int64_t put, records;
    struct tr_str day, at, who, kind, salt;
    struct tr_str runs; /* of the records it has */
};
void tr_proof_put(const struct tr_key *bind, struct tr_str reg, const struct tr_proof_put *p,
                  unsigned char out[TR_MARK_LEN]);

/* The key under which a run seals what is of an office. The office whose key has this purpose, which
 * is `read`, a colon and the code; empty: it opens all. */
void tr_proof_office(const struct tr_key *run, struct tr_str office, struct tr_key *out);
struct tr_str tr_proof_office_of(struct tr_str purpose);

/* The key that binds the records of a put. Its salt is random, so a number of a record that is used
 * again, after a put that was rolled back, is under another key. */
void tr_proof_put_records(const struct tr_key *bind, struct tr_str reg, int64_t put,
                          struct tr_str salt, struct tr_key *out);

void tr_proof_layout(const struct tr_key *bind, struct tr_str reg, int64_t layout,
                     struct tr_str kind, struct tr_str columns, unsigned char out[TR_MARK_LEN]);

struct tr_proof_key {
    int64_t key;
    struct tr_str name, purpose, made, retired, public;
};
void tr_proof_key(const struct tr_key *bind, struct tr_str reg, const struct tr_proof_key *k,
                  unsigned char out[TR_MARK_LEN]);
/* Adds the row as a voucher has it. */
void tr_proof_listed(struct tr_str reg, const struct tr_proof_key *k, struct tr_buf *out);
void tr_proof_put_key(const struct tr_key *bind, struct tr_str reg, int64_t put, int64_t key,
                      struct tr_str sealed, unsigned char out[TR_MARK_LEN]);

/* All of the register at one moment, in few numbers and marks. */
struct tr_proof_state {
    int64_t puts, last_put, records, keys, layouts, put_keys, line;
    struct tr_str hash;  /* of that line */
    struct tr_str bound; /* the mark of the settings */
    struct tr_str marks; /* of all keys, layouts and puts, in the order of their numbers */
};
void tr_proof_state(const struct tr_key *bind, struct tr_str reg, const struct tr_proof_state *s,
                    unsigned char out[TR_MARK_LEN]);

/* The settings: names and values in turn, each followed by a line feed, n of them. */
void tr_proof_settings(const struct tr_key *bind, struct tr_str reg, struct tr_str all, int64_t n,
                       unsigned char out[TR_MARK_LEN]);

/* A line of the log after the one before; persons as tr_store_log has them, n of them. */
void tr_proof_line(const struct tr_key *log, struct tr_str reg,
                   const unsigned char before[TR_HASH_LEN], const struct tr_access *a,
                   struct tr_str persons, int64_t n, unsigned char out[TR_HASH_LEN]);

/* Where the log ends; line 0 and a hash of zeros before the first line. */
void tr_proof_head(const struct tr_key *log, struct tr_str reg, int64_t line,
                   const unsigned char hash[TR_HASH_LEN], unsigned char out[TR_MARK_LEN]);

/* What is told to a witness. */
void tr_proof_entry(const struct tr_key *bind, struct tr_str reg, struct tr_str text,
                    unsigned char out[TR_MARK_LEN]);

/* By this the register knows a secret again. */
void tr_proof_secret(const struct tr_key *secret, struct tr_str reg, const char *name,
                     unsigned char out[TR_MARK_LEN]);

/* Fills out with what a sealed part is bound to. */
void tr_proof_about(struct tr_str reg, struct tr_str kind, struct tr_str id, int64_t put,
                    struct tr_buf *out);

#endif
