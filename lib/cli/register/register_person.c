/* What is put in, held against what the register has: referrals of one person, and decisions about
 * persons that contradict their numbers. */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "cli/input/records.h"
#include "cli/register/register_own.h"

/* ---- referrals of one person ---- */

/* What the register has decided so far. */
static int read_known(struct tr_register *r, struct tr_records *known)
{
    const char *path = tr_register_table(r, TR_RECORD_LINK);

    return path ? tr_app_records(r->app, &tr_link_kind, path, known) : -1;
}

/* Referrals that were decided to be of one person; and those of them that have one pseudonym. */
struct tr_put_group {
    uint64_t person; /* of a part: hash of the pseudonym of one of them; 0: nobody knows */
    bool put;        /* of a group: one of them is put in */
};

static uint64_t hash_of(struct tr_str text)
{
    return tr_hash(text.p, text.len, 0);
}

static void add_hash(struct tr_buf *to, struct tr_str text)
{
    uint64_t hash = hash_of(text);

    tr_buf_add(to, &hash, sizeof hash);
}

/* What was decided of a referral; NULL: nothing. */
static struct tr_put_group *group_of(const struct tr_put_persons *p, struct tr_str id)
{
    int group = p->group ? tr_link_group(&p->linked, id) : -1;

    return group < 0 ? NULL : &p->group[group];
}

/* The same of its part; there is one when there is a group. */
static struct tr_put_group *part_of(const struct tr_put_persons *p, struct tr_str id)
{
    int part = p->group ? tr_link_part(&p->linked, id) : -1;

    return part < 0 ? NULL : &p->group[part];
}

int tr_put_persons_start(struct tr_register *r, struct tr_put_persons *p,
                         struct tr_persons *persons)
{
    struct tr_records decided = {0};
    int rc = read_known(r, &decided);

    if (rc == 0 && decided.n > 0) {
        p->group = calloc(2 * (size_t)decided.n, sizeof *p->group);
        if (!p->group || tr_link_groups_make(&p->linked, &decided) < 0 ||
            tr_persons_link(persons, &decided) < 0)
            rc = tr_app_no_memory(r->app);
    }
    tr_records_clear(&decided);
    return rc;
}

int tr_put_persons_add(struct tr_put_persons *p, struct tr_str id, struct tr_str person)
{
    struct tr_put_group *group = group_of(p, id);

    add_hash(&p->ids, id);
    if (person.len > 0)
        add_hash(&p->persons, person);
    if (group) {
        group->put = true;
        if (person.len > 0)
            part_of(p, id)->person = hash_of(person);
    }
    return p->ids.failed || p->persons.failed ? -1 : 0;
}

/* Derives the states of the register's cases. */
static bool read_states(struct tr_put_persons *p)
{
    const struct tr_case_paths paths = {.referrals = tr_register_table(p->r, TR_RECORD_REFERRAL),
                                        .institutions =
                                            tr_register_table(p->r, TR_RECORD_INSTITUTION),
                                        .stays = tr_register_table(p->r, TR_RECORD_STAY),
                                        .events = tr_register_table(p->r, TR_RECORD_EVENT),
                                        .links = tr_register_table(p->r, TR_RECORD_LINK),
                                        .silent = true};

    return paths.referrals && paths.institutions && paths.stays && paths.events && paths.links &&
           tr_casefile_read(p->r->app, &p->cases, &paths, &p->institutions, &p->stays,
                            tr_app_day(p->r->app, "as-of", p->day)) == 0;
}

void tr_put_persons_judge(void *cookie, struct tr_person_at *at)
{
    struct tr_put_persons *p = cookie;

    if (!p->read)
        p->known = read_states(p);
    p->read = true;
    if (p->known)
        at->person.standing = (uint8_t)tr_cases_standing(&p->cases.cases, at->id);
}

void tr_put_persons_clear(struct tr_put_persons *p)
{
    tr_casefile_clear(&p->cases);
    tr_records_clear(&p->stays);
    tr_records_clear(&p->institutions);
    tr_buf_clear(&p->ids);
    tr_buf_clear(&p->persons);
    tr_link_groups_clear(&p->linked);
    free(p->group);
    p->group = NULL;
}

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

static void sort(struct tr_buf *hashes)
{
    if (hashes->len > 0)
        qsort(hashes->p, hashes->len / sizeof(uint64_t), sizeof(uint64_t), by_number);
}

/* Whether one is among the first bytes of them, which are sorted. */
static bool is_among(const struct tr_buf *hashes, size_t bytes, uint64_t hash)
{
    return bytes > 0 && bsearch(&hash, hashes->p, bytes / sizeof hash, sizeof hash, by_number) != NULL;
}

static bool has(const struct tr_buf *hashes, uint64_t hash)
{
    return is_among(hashes, hashes->len, hash);
}

/* The register's referrals, looked at one after another. */
struct looking {
    struct tr_register *r;
    struct tr_put_persons *put;
    struct tr_persons *persons;
    struct tr_buf columns, old;
    bool sorted; /* what was put in, as soon as the register had something before it */
    struct tr_err err;
    int failed;
};

static struct tr_value value_of(const struct tr_profile *p, int field, struct tr_str cell)
{
    struct tr_value v = {.text = cell, .num = -1};

    if (p->of_field[field])
        v.num = tr_list_code(p->of_field[field], cell);
    else if (field == TR_F_BIRTH_YEAR)
        for (size_t i = 0; i < cell.len; i++)
            v.num = (v.num < 0 ? 0 : v.num * 10) + (cell.p[i] - '0');
    return v;
}

void tr_register_person(const struct tr_register *r,
                        const struct tr_str cells[TR_N_REFERRAL_FIELDS], struct tr_person *out)
{
    struct tr_value v[TR_N_FIELDS];

    for (int f = 0; f < TR_N_FIELDS; f++)
        v[f] = f < TR_N_REFERRAL_FIELDS ? value_of(&r->app->profile, f, cells[f])
                                        : (struct tr_value){.num = -1};
    tr_person_from(out, v);
}

/* Learns whom the referrals are about that something was decided of. */
static int note_number(void *cookie, const struct tr_store_found *found)
{
    struct looking *l = cookie;
    struct tr_put_group *part = part_of(l->put, found->id);

    if (part && part->person == 0 && found->person.len > 0)
        part->person = hash_of(found->person);
    return 0;
}

/* Whether a referral is about a person of whom one was put in. */
static bool is_theirs(const struct tr_put_persons *p, const struct tr_store_found *found)
{
    const struct tr_put_group *group = group_of(p, found->id);

    return (found->person.len > 0 && has(&p->persons, hash_of(found->person))) ||
           (group && group->put);
}

/* Notes a referral that the register has, when one of the person was put in. */
static int note_found(void *cookie, const struct tr_store_found *found)
{
    struct looking *l = cookie;
    struct tr_str cells[TR_N_REFERRAL_FIELDS];
    struct tr_person_at at = {.id = found->id, .source = l->r->app->register_name};

    if (!l->sorted) {
        sort(&l->put->ids);
        sort(&l->put->persons);
        l->sorted = true;
    }
    if (!is_theirs(l->put, found) || has(&l->put->ids, hash_of(found->id)))
        return 0;
    l->failed = tr_register_cells(l->r, found, &l->columns, &l->old, cells, &l->err);
    if (l->failed == 0) {
        tr_register_person(l->r, cells, &at.person);
        l->failed = tr_persons_add(l->persons, &at, &l->err);
    }
    return l->failed;
}

/* Whoever has one of the numbers of a group that was put in is looked for by all of them. */
static int spread_numbers(struct tr_put_persons *p, size_t n_groups)
{
    size_t before;

    do { /* a number may be in two groups */
        before = p->persons.len;
        sort(&p->persons);
        for (size_t g = 0; g < n_groups; g++)
            if (p->group[g].person && has(&p->persons, p->group[g].person))
                p->group[p->linked.parent[g]].put = true;
        for (size_t g = 0; g < n_groups && !p->persons.failed; g++)
            if (p->group[g].person && p->group[p->linked.parent[g]].put && !is_among(&p->persons, before, p->group[g].person))
                tr_buf_add(&p->persons, &p->group[g].person, sizeof p->group[g].person);
    } while (!p->persons.failed && p->persons.len > before);
    return p->persons.failed ? -1 : 0;
}

/* Looks at each referral that the register had before the put. */
static int look(struct looking *l, int (*take)(void *, const struct tr_store_found *))
{
    const struct tr_store_query query = {.kind =
                                             tr_str(tr_record_kind_names[TR_RECORD_REFERRAL]),
                                         .before = true};

    return tr_store_get(l->r->store, &query, take, l, &l->err) < 0 || l->failed < 0 ? -1 : 0;
}

int tr_put_persons_compare(struct tr_register *r, struct tr_put_persons *p,
                           struct tr_persons *persons)
{
    struct looking l = {.r = r, .put = p, .persons = persons};
    const size_t n_groups = p->group ? p->linked.ids.n : 0;
    int rc = 0;

    if (p->persons.len == 0 && n_groups == 0)
        return 0;
    if (n_groups > 0)
        rc = look(&l, note_number);
    if (spread_numbers(p, n_groups) < 0)
        rc = tr_err_memory(&l.err);
    if (rc == 0)
        rc = look(&l, note_found);
    tr_buf_clear(&l.columns);
    tr_buf_clear(&l.old);
    return rc < 0 ? tr_app_fail(r->app, &l.err) : 0;
}

/* ---- decisions about persons ---- */

void tr_register_link_id(const struct tr_link *l, struct tr_buf *out)
{
    bool turned = tr_str_cmp(l->other_id, l->referral_id) < 0;

    out->len = 0;
    tr_buf_str(out, turned ? l->other_id : l->referral_id);
    tr_buf_char(out, '|');
    tr_buf_str(out, turned ? l->referral_id : l->other_id);
}

/* Leaves the rows that were decided; how many were not goes to *open. */
static int keep_decided(struct tr_register *r, struct tr_records *links)
{
    struct tr_err err;
    uint32_t n = 0;
    int rc = 0;

    for (uint32_t i = 0; i < links->n; i++) {
        const struct tr_link *l = tr_link(links, i);

        if (memchr(l->referral_id.p, '|', l->referral_id.len) ||
            memchr(l->other_id.p, '|', l->other_id.len)) {
            tr_records_fault(links, i, "referral_id", TR_E_ID_BAR, NULL, NULL, &err);
            rc = tr_app_fail(r->app, &err);
        }
        if (l->link < 0)
            continue;
        *tr_link(links, n) = *l;
        links->line[n++] = links->line[i];
    }
    if (n < links->n) {
        char number[24];

        snprintf(number, sizeof number, "%u", links->n - n);
        tr_app_note(r->app, N_("not decided, and not stored: %1"), number, NULL);
    }
    links->n = n;
    return rc;
}

/* The persons of the referrals that decisions are about. */
struct linking {
    struct tr_dict ids;     /* of such referrals */
    struct tr_arena text;   /* holds */
    struct tr_str *person;  /* the pseudonym of each; empty: nobody knows */
};

static int note_person(void *cookie, const struct tr_store_found *found)
{
    struct linking *k = cookie;
    int at = tr_dict_find(&k->ids, found->id);

    if (at >= 0)
        k->person[at] = tr_arena_copy(&k->text, found->person);
    return 0;
}

/* Adds what the register has of other pairs to the rows; texts are borrowed. */
static int add_known(struct tr_records *all, const struct tr_records *links,
                     const struct tr_records *known)
{
    struct tr_buf id = {0};
    struct tr_dict pairs = {0};
    int rc = 0;

    for (uint32_t i = 0; rc == 0 && i < links->n + known->n; i++) {
        const bool is_new = i < links->n;
        const struct tr_link *l = is_new ? tr_link(links, i) : tr_link(known, i - links->n);
        struct tr_link *to;
        int value = (int)i;

        tr_register_link_id(l, &id);
        rc = tr_dict_add(&pairs, tr_buf_slice(&id), &value);
        if (rc == 1 && !is_new) {
            rc = 0;
            continue;
        }
        rc = rc < 0 || !(to = tr_records_add(all, 0)) ? -1 : (*to = *l, 0);
    }
    rc = id.failed ? -1 : rc;
    tr_buf_clear(&id);
    tr_dict_clear(&pairs);
    return rc;
}

/* The referrals of all rows, and their persons. */
static int find_persons(struct tr_register *r, const struct tr_records *all, struct linking *k,
                        struct tr_err *err)
{
    const struct tr_store_query query = {.kind =
                                             tr_str(tr_record_kind_names[TR_RECORD_REFERRAL])};
    int next = 0;

    k->person = calloc(2 * (size_t)all->n + 1, sizeof *k->person);
    for (uint32_t i = 0; k->person && i < 2 * all->n; i++) {
        const struct tr_link *l = tr_link(all, i / 2);
        int number = next, known = tr_dict_add(&k->ids, i % 2 ? l->other_id : l->referral_id,
                                               &number);

        if (known < 0)
            return tr_err_memory(err);
        next += known == 0;
    }
    if (!k->person)
        return tr_err_memory(err);
    if (tr_store_get(r->store, &query, note_person, k, err) < 0)
        return -1;
    return k->text.failed ? tr_err_memory(err) : 0;
}

/* Says which rows join two persons, together with all others, or part one. */
static int judge(struct tr_register *r, const struct tr_records *links,
                 const struct tr_records *all, const struct linking *k, struct tr_err *err)
{
    const struct tr_list *list = tr_profile_list(links->profile, "link");
    struct tr_link_groups groups = {0};
    struct tr_str *person = calloc(2 * (size_t)all->n + 1, sizeof *person);
    bool *joins = calloc(2 * (size_t)all->n + 1, sizeof *joins);
    int rc = person && joins && tr_link_groups_make(&groups, all) == 0 ? 0 : tr_err_memory(err);

    for (uint32_t i = 0; rc == 0 && i < 2 * all->n; i++) {
        const struct tr_link *l = tr_link(all, i / 2);
        struct tr_str id = i % 2 ? l->other_id : l->referral_id;
        struct tr_str own = k->person[tr_dict_find(&k->ids, id)];
        int part = tr_link_part(&groups, id);

        if (part < 0 || own.len == 0)
            continue;
        joins[part] |= person[part].len > 0 && !tr_str_eq(person[part], own);
        person[part] = own;
    }
    for (uint32_t i = 0; person && joins && i < links->n && rc >= -1 && groups.parent; i++) {
        const struct tr_link *l = tr_link(links, i);
        struct tr_str a = k->person[tr_dict_find(&k->ids, l->referral_id)];
        struct tr_str b = k->person[tr_dict_find(&k->ids, l->other_id)];
        int part = tr_link_part(&groups, l->referral_id);
        bool same = tr_str_is(list->entry[l->link].code, "same");
        bool parts = tr_str_is(list->entry[l->link].code, "not_same");

        if (same ? !joins[part] : !parts || a.len == 0 || !tr_str_eq(a, b))
            continue;
        tr_records_fault(links, i, "link", same ? TR_E_LINK_JOINS : TR_E_LINK_PARTS, NULL, NULL,
                         err);
        tr_app_say(r->app, err);
        rc = 1;
    }
    tr_link_groups_clear(&groups);
    free(person);
    free(joins);
    return rc;
}

/* Judges rows together with what is known: 1 when some contradict numbers. */
static int hold_against(struct tr_register *r, const struct tr_records *links,
                        const struct tr_records *known)
{
    struct tr_records all;
    struct linking k = {0};
    struct tr_err err;
    int rc;

    tr_records_start(&all, &tr_link_kind, links->profile, links->source);
    rc = add_known(&all, links, known) < 0 ? tr_err_memory(&err) : 0;
    if (rc == 0)
        rc = find_persons(r, &all, &k, &err);
    if (rc == 0)
        rc = judge(r, links, &all, &k, &err);
    if (rc < 0)
        tr_app_fail(r->app, &err);
    tr_records_clear(&all);
    tr_dict_clear(&k.ids);
    tr_arena_clear(&k.text);
    free(k.person);
    return rc;
}

int tr_register_check_links(struct tr_register *r, struct tr_records *links)
{
    struct tr_records known = {0};
    int rc = keep_decided(r, links) < 0 || read_known(r, &known) < 0 ||
                     hold_against(r, links, &known) != 0
                 ? -1
                 : 0;

    tr_records_clear(&known);
    return rc;
}

int tr_register_recheck_links(struct tr_register *r)
{
    struct tr_records known = {0}, nothing = {0};
    int rc = read_known(r, &known);

    if (rc == 0 && known.n > 0 && hold_against(r, &known, &nothing) < 0)
        rc = -1;
    tr_records_clear(&known);
    return rc;
}
