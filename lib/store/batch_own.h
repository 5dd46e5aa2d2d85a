/* Records that wait to be put in together. */
#ifndef TR_STORE_BATCH_OWN_H
#define TR_STORE_BATCH_OWN_H

#include "store/store_own.h"

/* In a batch no id of a kind comes twice. */
struct tr_batch {
    struct tr_batch_item {
        struct tr_proof_record r; /* its texts point into text, and sealed, once all are there */
        struct tr_str open;
        unsigned char content[TR_MARK_LEN], mark[TR_MARK_LEN];
        struct tr_str marked;  /* is mark */
        uint64_t hash;         /* of kind and id */
        enum tr_store_news is; /* what the register knew */
        int64_t guarded; /* 1: it says that an address is protected; see guards.c */
        int64_t old, joined; /* of one that is there: its number, and the put that joined who it is
                              * about to it; 0: none did */
    } * item;
    uint32_t n;
    struct tr_buf text, sealed;
    uint64_t *news;
    bool alone; /* of this put, one was there already: records go in one by one */
};

/* Lets a record wait, and puts in what waits when there is enough. */
int tr_batch_add(struct tr_store *s, const struct tr_store_record *r, uint64_t *news,
                 struct tr_err *err);

/* Puts in all that waits. */
int tr_batch_settle(struct tr_store *s, struct tr_err *err);

/* Puts one in; *news: what became of it. */
int tr_store_put_one(struct tr_store *s, const struct tr_store_record *r, enum tr_store_news *news,
                     struct tr_err *err);

/* Forgets what waits; frees it all. */
void tr_batch_drop(struct tr_store *s);
void tr_batch_free(struct tr_store *s);

#endif
