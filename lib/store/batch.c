/* Putting records in many at once.
 *
 * Where each question is a way to a server and back, asking twice for each record is what takes the
 * time. So records wait: the server is asked which of a thousand it has, and is given the others in
 * one go. Only what is there and says something else goes one by one, as its end must be bound.
 *
 * Where it is a call, the statement around a row is what takes time. Sixteen go in with one, in the
 * hope that all are new; when one is not, none has gone in, and from then on each goes alone.
 *
 * Numbers are given in the order in which the records came, so they are the same either way. */
#include <stdlib.h>

#include "store/batch_own.h"

enum { MANY = 1000, FEW = 16, BYTES = 1 << 22 };

/* The texts of a record, in the order in which they wait. */
enum { N_TEXTS = 8 };

static void list_texts(struct tr_batch_item *item, struct tr_str *text[N_TEXTS])
{
    struct tr_str *const all[] = {&item->r.kind, &item->r.id,     &item->r.about, &item->r.bydel,
                                  &item->r.day,  &item->r.person, &item->r.body,  &item->open};

    memcpy(text, all, sizeof all);
}

/* FNV-1a: a mere hint, who is alike is compared. */
static uint64_t hash_of(struct tr_str kind, struct tr_str id)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < kind.len + id.len; i++)
        h = (h ^ (unsigned char)(i < kind.len ? kind.p[i] : id.p[i - kind.len])) *
            UINT64_C(1099511628211);
    return h;
}

/* One with the same hash is taken for the same record: then the batch is only shorter. */
static bool waits(const struct tr_batch *b, uint64_t hash)
{
    for (uint32_t i = 0; i < b->n; i++)
        if (b->item[i].hash == hash)
            return true;
    return false;
}

static struct tr_batch *ready(struct tr_store *s, struct tr_err *err)
{
    if (!s->batch)
        s->batch = calloc(1, sizeof *s->batch);
    if (s->batch && !s->batch->item)
        s->batch->item = malloc(MANY * sizeof *s->batch->item);
    if (s->batch && s->batch->item)
        return s->batch;
    tr_err_memory(err);
    return NULL;
}

int tr_batch_add(struct tr_store *s, const struct tr_store_record *r, uint64_t *news,
                 struct tr_err *err)
{
    struct tr_batch *b = ready(s, err);
    const uint32_t most = s->engine->add_many ? MANY : FEW;
    uint64_t hash = hash_of(r->kind, r->id);
    struct tr_batch_item *item;
    struct tr_str *text[N_TEXTS];
    size_t size = 0;

    if (!b ||
        ((b->n == most || b->text.len > BYTES || waits(b, hash)) && tr_batch_settle(s, err) < 0))
        return -1;
    b->news = news;
    item = &b->item[b->n++];
    *item = (struct tr_batch_item){
        .r = tr_store_proof_of(s, r), .open = r->open, .hash = hash};
    memcpy(item->content, r->content, sizeof item->content);
    list_texts(item, text);
    for (int i = 0; i < N_TEXTS; i++)
        size += text[i]->len;
    if (tr_buf_room(&b->text, size) < 0)
        return tr_err_memory(err);
    for (int i = 0; i < N_TEXTS; b->text.len += text[i++]->len)
        if (text[i]->len > 0)
            memcpy(b->text.p + b->text.len, text[i]->p, text[i]->len);
    return 0;
}

/* All texts are there and stay where they are. */
static void point(struct tr_batch *b)
{
    const char *p = b->text.p;
    struct tr_str *text[N_TEXTS];

    for (uint32_t i = 0; i < b->n; i++) {
        list_texts(&b->item[i], text);
        for (int t = 0; t < N_TEXTS; p += text[t++]->len)
            text[t]->p = p;
        b->item[i].r.content = (struct tr_str){(const char *)b->item[i].content, TR_MARK_LEN};
    }
}

/* Seals and marks what is to come in, under its number. */
static int seal_all(struct tr_store *s, struct tr_batch *b, int64_t number, struct tr_err *err)
{
    const struct tr_key *binding = tr_store_binding(s, s->put, err);
    size_t at = 0;

    if (!binding)
        return -1;
    b->sealed.len = 0;
    for (uint32_t i = 0; i < b->n; i++) {
        struct tr_batch_item *item = &b->item[i];

        if (item->is == TR_STORE_SAME)
            continue;
        item->r.record = number++;
        if (tr_store_seal(s, &item->r, item->open, err) < 0)
            return -1;
        tr_proof_record(binding, &item->r, item->mark);
        item->marked = (struct tr_str){(const char *)item->mark, sizeof item->mark};
        tr_buf_str(&b->sealed, item->r.sealed);
    }
    for (uint32_t i = 0; i < b->n && !b->sealed.failed; i++)
        if (b->item[i].is != TR_STORE_SAME) {
            b->item[i].r.sealed.p = b->sealed.p + at;
            at += b->item[i].r.sealed.len;
        }
    return b->sealed.failed ? tr_err_memory(err) : 0;
}

/* One that is there and says something else. */
static int change(struct tr_store *s, struct tr_batch_item *item, struct tr_err *err)
{
    const struct tr_batch alone = {.item = item, .n = 1};
    struct tr_store_change now = {.id = item->r.id,
                                  .layout = item->r.layout,
                                  .body = item->r.body,
                                  .open = item->open,
                                  .joined = item->joined > 0};
    int was = item->joined
                  ? tr_store_was(s, item->r.kind, item->r.id, item->content, item->joined, err)
                  : 0;

    if (was != 0) {
        item->is = TR_STORE_SAME;
        return was < 0 ? -1 : 0;
    }
    if (tr_store_end(s, item->old, &now, err) < 0)
        return -1;
    item->is = TR_STORE_NEW;
    if (s->engine->add_many(s, &alone, err) < 0)
        return -1;
    item->is = TR_STORE_CHANGED;
    return 0;
}

/* Records of an engine that gives many at once. */
static int put_many(struct tr_store *s, struct tr_batch *b, struct tr_err *err)
{
    uint32_t coming = 0;
    int64_t number = 0;

    if (s->engine->find_many(s, b, err) < 0)
        return -1;
    for (uint32_t i = 0; i < b->n; i++) {
        struct tr_batch_item *item = &b->item[i];
        bool is = false;

        if (item->is != TR_STORE_SAME &&
            tr_store_guards(s, item->r.kind, item->r.layout, item->r.body, &is, err) < 0)
            return -1;
        item->guarded = is;
        coming += item->is != TR_STORE_SAME;
    }
    if (coming && (s->engine->reserve(s, coming, &number, err) < 0 ||
                   seal_all(s, b, number, err) < 0 || s->engine->add_many(s, b, err) < 0))
        return -1;
    for (uint32_t i = 0; i < b->n; i++) {
        struct tr_batch_item *item = &b->item[i];

        if (item->is == TR_STORE_CHANGED && change(s, item, err) < 0)
            return -1;
        if (item->is != TR_STORE_SAME)
            tr_proof_hold(&s->held, item->r.record);
        b->news[item->is]++;
    }
    return 0;
}

/* ---- few at once ---- */

/* Adds the rows of all records, from the number *first on, or none when one was there: *first is 0. */
static int add_records(struct tr_store *s, const struct tr_batch *b, int64_t *first,
                       struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_record_next, err);
    uint64_t added;

    if (!st || tr_rows_next(s, st, err) <= 0)
        return -1;
    *first = tr_rows_number(st, 0);
    tr_rows_reset(st);
    st = tr_rows_ready(s, Q_records_add, err);
    for (uint32_t i = 0, at = 1; st && i < b->n; i++) {
        const struct tr_proof_record *r = &b->item[i].r;
        const struct tr_str may[] = {r->about, r->bydel, r->day, r->person};

        tr_rows_bind_number(st, at++, *first + i);
        tr_rows_bind_text(st, at++, r->kind);
        tr_rows_bind_text(st, at++, r->id);
        tr_rows_bind_number(st, at++, r->layout);
        tr_rows_bind_number(st, at++, r->put);
        for (int t = 0; t < 4; t++)
            tr_rows_bind(st, at++, may[t]);
        tr_rows_bind_text(st, at++, r->body);
    }
    if (!st || s->engine->finish(s, st, &added, err) < 0)
        return -1;
    if (added == b->n)
        return 0;
    st = tr_rows_ready(s, Q_records_drop, err);
    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, *first);
    *first = 0;
    return tr_rows_finish(s, st, err);
}

static int add_seals(struct tr_store *s, const struct tr_batch *b, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_seals_add, err);

    for (uint32_t i = 0, at = 1; st && i < b->n; i++) {
        const struct tr_batch_item *item = &b->item[i];

        tr_rows_bind_number(st, at++, item->r.record);
        tr_rows_bind_blob(st, at++, item->content, sizeof item->content);
        tr_rows_bind_blob(st, at++, item->mark, sizeof item->mark);
        tr_rows_bind_blob(st, at++, item->r.sealed.p, item->r.sealed.len);
    }
    return st ? tr_rows_finish(s, st, err) : -1;
}

static int put_each(struct tr_store *s, const struct tr_batch *b, struct tr_err *err)
{
    for (uint32_t i = 0; i < b->n; i++) {
        const struct tr_batch_item *item = &b->item[i];
        const struct tr_proof_record *r = &item->r;
        struct tr_store_record record = {.kind = r->kind,
                                         .id = r->id,
                                         .layout = r->layout,
                                         .about = r->about,
                                         .bydel = r->bydel,
                                         .day = r->day,
                                         .person = r->person,
                                         .body = r->body,
                                         .open = item->open};
        enum tr_store_news became;

        memcpy(record.content, item->content, sizeof record.content);
        if (tr_store_put_one(s, &record, &became, err) < 0)
            return -1;
        b->news[became]++;
    }
    return 0;
}

static int put_few(struct tr_store *s, struct tr_batch *b, struct tr_err *err)
{
    int64_t first = 0;

    if (b->n == FEW && !b->alone) {
        if (add_records(s, b, &first, err) < 0)
            return -1;
        b->alone = first == 0;
    }
    if (first == 0)
        return put_each(s, b, err);
    if (seal_all(s, b, first, err) < 0 || add_seals(s, b, err) < 0)
        return -1;
    for (uint32_t i = 0; i < b->n; i++) {
        if (tr_store_guard(s, &b->item[i].r, err) < 0)
            return -1;
        tr_proof_hold(&s->held, b->item[i].r.record);
    }
    b->news[TR_STORE_NEW] += b->n;
    return 0;
}

/* ---- both ---- */

int tr_batch_settle(struct tr_store *s, struct tr_err *err)
{
    struct tr_batch *b = s->batch;
    int rc = 0;

    if (b->text.failed)
        rc = tr_err_memory(err);
    if (rc == 0 && b->n > 0) {
        point(b);
        rc = s->engine->add_many ? put_many(s, b, err) : put_few(s, b, err);
    }
    tr_batch_drop(s);
    return rc;
}

void tr_batch_drop(struct tr_store *s)
{
    if (s->batch)
        s->batch->n = s->batch->text.len = 0;
}

void tr_batch_free(struct tr_store *s)
{
    if (s->batch) {
        tr_buf_wipe(&s->batch->text);
        tr_buf_clear(&s->batch->sealed);
        free(s->batch->item);
    }
    free(s->batch);
    s->batch = NULL;
}
