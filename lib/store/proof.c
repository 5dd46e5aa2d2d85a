#include "store/proof_own.h"

/* Starts the parts with the register that they are of. */
static struct tr_parts *begin(struct tr_parts *p, struct tr_str reg)
{
    p->n = 0;
    tr_parts_text(p, reg);
    return p;
}

static void mark(const struct tr_key *key, const char *word, const struct tr_parts *p,
                 unsigned char out[TR_MARK_LEN])
{
    tr_mac(key, word, p, out, TR_MARK_LEN);
}

static void add_numbers(struct tr_parts *p, const int64_t *number, int n)
{
    for (int i = 0; i < n; i++)
        tr_parts_number(p, number[i]);
}

static void add_texts(struct tr_parts *p, const struct tr_str *text, int n)
{
    for (int i = 0; i < n; i++)
        tr_parts_text(p, text[i]);
}

void tr_proof_record(const struct tr_key *of_put, const struct tr_proof_record *r,
                     unsigned char out[TR_MARK_LEN])
{
    struct tr_parts p;

    p.n = 0;
    add_numbers(&p, (const int64_t[]){r->layout, r->put}, 2);
    add_texts(&p,
              (const struct tr_str[]){r->kind, r->id, r->about, r->bydel, r->day, r->person,
                                      r->body, r->content, r->sealed},
              9);
    tr_tag(of_put, r->record, r->gone, &p, out);
}

void tr_proof_put_records(const struct tr_key *bind, struct tr_str reg, int64_t put,
                          struct tr_str salt, struct tr_key *out)
{
    struct tr_parts p;

    begin(&p, reg);
    tr_parts_number(&p, put);
    tr_parts_text(&p, salt);
    tr_mac(bind, "transition records of put", &p, out->bytes, sizeof out->bytes);
}

void tr_proof_office(const struct tr_key *run, struct tr_str office, struct tr_key *out)
{
    struct tr_parts p;

    p.n = 0;
    tr_parts_text(&p, office);
    tr_mac(run, "transition office", &p, out->bytes, sizeof out->bytes);
}

struct tr_str tr_proof_office_of(struct tr_str purpose)
{
    const char *colon = purpose.len ? memchr(purpose.p, ':', purpose.len) : NULL;

    if (!colon)
        return (struct tr_str){"", 0};
    return (struct tr_str){colon + 1, purpose.len - (size_t)(colon + 1 - purpose.p)};
}

void tr_proof_hold(struct tr_proof_held *h, int64_t record)
{
    int64_t run[2] = {record, 1};

    if (h->n > 0 && record == h->last + 1 &&
        h->runs.len >= sizeof run) { /* none when memory was out */
        memcpy(run, h->runs.p + h->runs.len - sizeof run, sizeof run);
        run[1]++;
        h->runs.len -= sizeof run;
    }
    tr_buf_add(&h->runs, run, sizeof run);
    h->first = h->n ? h->first : record;
    h->last = record;
    h->n++;
}

struct tr_str tr_proof_runs(const struct tr_proof_held *h)
{
    return h->n ? tr_buf_slice(&h->runs) : (struct tr_str){"", 0};
}

void tr_proof_put(const struct tr_key *bind, struct tr_str reg, const struct tr_proof_put *put,
                  unsigned char out[TR_MARK_LEN])
{
    struct tr_parts p;

    begin(&p, reg);
    add_numbers(&p, (const int64_t[]){put->put, put->records}, 2);
    add_texts(&p,
              (const struct tr_str[]){put->day, put->at, put->who, put->kind, put->salt, put->runs},
              6);
    mark(bind, "transition put", &p, out);
}

void tr_proof_layout(const struct tr_key *bind, struct tr_str reg, int64_t layout,
                     struct tr_str kind, struct tr_str columns, unsigned char out[TR_MARK_LEN])
{
    struct tr_parts p;

    begin(&p, reg);
    tr_parts_number(&p, layout);
    add_texts(&p, (const struct tr_str[]){kind, columns}, 2);
    mark(bind, "transition layout", &p, out);
}

static void add_key(struct tr_parts *p, struct tr_str reg, const struct tr_proof_key *k)
{
    begin(p, reg);
    tr_parts_number(p, k->key);
    add_texts(p, (const struct tr_str[]){k->name, k->purpose, k->made, k->retired, k->public}, 5);
}

void tr_proof_key(const struct tr_key *bind, struct tr_str reg, const struct tr_proof_key *k,
                  unsigned char out[TR_MARK_LEN])
{
    struct tr_parts p;

    add_key(&p, reg, k);
    mark(bind, "transition key", &p, out);
}

void tr_proof_listed(struct tr_str reg, const struct tr_proof_key *k, struct tr_buf *out)
{
    struct tr_parts p;

    add_key(&p, reg, k);
    tr_parts_add(&p, out);
}

void tr_proof_put_key(const struct tr_key *bind, struct tr_str reg, int64_t put, int64_t key,
                      struct tr_str sealed, unsigned char out[TR_MARK_LEN])
{
    struct tr_parts p;

    begin(&p, reg);
    add_numbers(&p, (const int64_t[]){put, key}, 2);
    tr_parts_text(&p, sealed);
    mark(bind, "transition put key", &p, out);
}

void tr_proof_state(const struct tr_key *bind, struct tr_str reg, const struct tr_proof_state *s,
                    unsigned char out[TR_MARK_LEN])
{
    struct tr_parts p;

    begin(&p, reg);
    add_numbers(&p,
                (const int64_t[]){s->puts, s->last_put, s->records, s->keys, s->layouts,
                                  s->put_keys, s->line},
                7);
    add_texts(&p, (const struct tr_str[]){s->hash, s->bound, s->marks}, 3);
    mark(bind, "transition state", &p, out);
}

void tr_proof_settings(const struct tr_key *bind, struct tr_str reg, struct tr_str all, int64_t n,
                       unsigned char out[TR_MARK_LEN])
{
    struct tr_parts p;

    begin(&p, reg);
    tr_parts_number(&p, n);
    tr_parts_text(&p, all);
    mark(bind, "transition settings", &p, out);
}

void tr_proof_line(const struct tr_key *log, struct tr_str reg,
                   const unsigned char before[TR_HASH_LEN], const struct tr_access *a,
                   struct tr_str persons, int64_t n, unsigned char out[TR_HASH_LEN])
{
    struct tr_parts p;

    begin(&p, reg);
    tr_parts_text(&p, (struct tr_str){(const char *)before, TR_HASH_LEN});
    tr_parts_number(&p, a->line);
    add_texts(&p, (const struct tr_str[]){a->at, a->who, a->what, a->why}, 4);
    tr_parts_number(&p, n);
    tr_parts_text(&p, persons);
    tr_mac(log, "transition log", &p, out, TR_HASH_LEN);
}

void tr_proof_head(const struct tr_key *log, struct tr_str reg, int64_t line,
                   const unsigned char hash[TR_HASH_LEN], unsigned char out[TR_MARK_LEN])
{
    struct tr_parts p;

    begin(&p, reg);
    tr_parts_number(&p, line);
    tr_parts_text(&p, (struct tr_str){(const char *)hash, TR_HASH_LEN});
    mark(log, "transition head", &p, out);
}

void tr_proof_entry(const struct tr_key *bind, struct tr_str reg, struct tr_str text,
                    unsigned char out[TR_MARK_LEN])
{
    struct tr_parts p;

    begin(&p, reg);
    tr_parts_text(&p, text);
    mark(bind, "transition witness", &p, out);
}

void tr_proof_secret(const struct tr_key *secret, struct tr_str reg, const char *name,
                     unsigned char out[TR_MARK_LEN])
{
    struct tr_parts p;

    begin(&p, reg);
    tr_parts_text(&p, tr_str(name));
    mark(secret, "transition secret", &p, out);
}

void tr_proof_about(struct tr_str reg, struct tr_str kind, struct tr_str id, int64_t put,
                    struct tr_buf *out)
{
    struct tr_parts p;

    begin(&p, reg);
    tr_parts_number(&p, put);
    add_texts(&p, (const struct tr_str[]){kind, id}, 2);
    out->len = 0;
    tr_parts_add(&p, out);
}
